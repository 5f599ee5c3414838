"""Columns of texts, joined into the lines of a file without an object for each cell.

A text that comes again is written once, and so are the digits of a whole column of numbers: a block of lines is a table
of bytes in which every column has its width, and what fills short texts up is taken out in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, repeat

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from ..base.text import are_plain
from ..lang.types import Kind
from .result import MISSING, STATES, Raw, outside_value, slot_value
from .result_columns import RawColumn, Results

Bytes = NDArray[np.uint8]

FILLER = 0xFF  # a byte that no text in UTF-8 has
_FILLER = bytes([FILLER])
_MOST_WIDTH = 200  # bytes of a text in a table; longer ones are joined one by one
_LINES = 1 << 14  # that are written at once
_FOUR_DIGITS = 10_000
_MISSING, _OUTSIDE = 0, 1  # codes of what stands where there is no value


@frozen
class Writing:
    """How values are written in a file: `text` says it of any value.

    A number with so many decimals is its digits between `around`, and a word of ASCII letters and digits is itself
    between `around_words`.
    """

    text: Callable[[object], str]
    around: str = ""
    around_words: str = ""


@frozen(eq=False)
class TextColumn:
    """The texts of one column, as bytes: of each row that of its code; where the code is -1 the digits of a number.

    `texts` are in a table in which each has a row, filled up to one width, or where they are long in a list. A number
    counts steps of its last decimal in `units`. `before` and `after` stand around numbers.
    """

    codes: NDArray[np.int64]
    texts: Bytes | Sequence[bytes]
    units: NDArray[np.int64] | None = None
    decimals: int = 0
    before: bytes = b""
    after: bytes = b""

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, rows: NDArray[np.int64]) -> TextColumn:
        """The texts of these rows."""
        return evolve(self, codes=self.codes[rows], units=None if self.units is None else self.units[rows])

    @property
    def is_table(self) -> bool:
        """Whether its texts are short enough to stand side by side."""
        return isinstance(self.texts, np.ndarray)

    def block(self, begin: int, end: int) -> list[Bytes]:
        """The bytes of some rows, in tables that stand side by side."""
        assert isinstance(self.texts, np.ndarray)
        codes = self.codes[begin:end]
        if self.units is None:
            return [self.texts[codes]]
        size = end - begin
        digits = _digits(self.units[begin:end], self.decimals)
        parts = [_repeated(self.before, size), digits, _repeated(self.after, size)]
        is_text = codes >= 0
        if not is_text.any():
            return parts
        parts = [np.where(is_text[:, None], np.uint8(FILLER), part) for part in parts]
        texts = np.full((size, self.texts.shape[1]), FILLER, np.uint8)
        texts[is_text] = self.texts[codes[is_text]]
        return [texts, *parts]

    def listed(self, begin: int, end: int) -> list[bytes]:
        """The texts of some rows, one by one."""
        if self.is_table:
            rows = np.concatenate(self.block(begin, end), axis=1)
            return [row.tobytes().translate(None, _FILLER) for row in rows]
        if self.units is None:
            return [bytes(self.texts[code]) for code in self.codes[begin:end].tolist()]
        numbers = evolve(self, codes=np.full(end - begin, -1), texts=_side_by_side([b""]), units=self.units[begin:end])
        pairs = zip(self.codes[begin:end].tolist(), numbers.listed(0, end - begin), strict=True)
        return [bytes(self.texts[code]) if code >= 0 else number for code, number in pairs]


def lines_of(columns: Sequence[TextColumn], joints: Sequence[bytes]) -> Iterator[bytes]:
    """The lines of these columns, some thousands at a time; `joints` stand before, between and after the columns."""
    size = len(columns[0])
    for begin in range(0, size, _LINES):
        end = min(begin + _LINES, size)
        if all(one.is_table for one in columns):
            pairs = zip(columns, joints, strict=False)
            parts = [part for one, joint in pairs for part in (_repeated(joint, end - begin), *one.block(begin, end))]
            table = np.concatenate([*parts, _repeated(joints[-1], end - begin)], axis=1)
            yield table.tobytes().translate(None, _FILLER)
        else:
            texts = [(repeat(joint), one.listed(begin, end)) for one, joint in zip(columns, joints, strict=False)]
            yield b"".join(chain.from_iterable(zip(*chain.from_iterable(texts), repeat(joints[-1]), strict=False)))


def _repeated(text: bytes, size: int) -> Bytes:
    return np.broadcast_to(np.frombuffer(text, np.uint8), (size, len(text)))


def _side_by_side(texts: Sequence[bytes]) -> Bytes | Sequence[bytes]:
    """Texts in a table, those that are shorter filled up; as they are where one is long."""
    width = max(map(len, texts), default=0)
    if width > _MOST_WIDTH:
        return texts
    whole = b"".join([text.ljust(width, _FILLER) for text in texts])
    return np.frombuffer(whole, np.uint8).reshape(len(texts), width)


# ── Digits ────────────────────────────────────────────────────────────────────────────────────────


def _digits(units: NDArray[np.int64], decimals: int) -> Bytes:
    """Whole numbers as texts with so many decimals, filled up: -105 and 1 with two are `-1.05` and `0.01`.

    Digits are looked up four at a time, from the last ones; zeros in front of a number are filler.
    """
    rest = np.abs(units)
    most = max(int(rest.max(initial=0)), 10**decimals)
    found: list[Bytes] = []
    while most:
        most //= _FOUR_DIGITS
        rest, last = np.divmod(rest, _FOUR_DIGITS)
        least = min(max(decimals + 1 - 4 * len(found), 0), 4)  # of these four digits so many are always written
        words = _four_digits(least)[np.where(rest == 0, last, last + _FOUR_DIGITS)]
        found.append(words.view(np.uint8).reshape(len(units), 4))
    sign = np.where(units < 0, np.uint8(ord("-")), np.uint8(FILLER))[:, None]
    digits = np.concatenate([sign, *reversed(found)], axis=1)
    if not decimals:
        return digits
    return np.concatenate([digits[:, :-decimals], _repeated(b".", len(units)), digits[:, -decimals:]], axis=1)


@cache
def _four_digits(least: int) -> NDArray[np.uint32]:
    """By number its four digits in one word: first filled up in front, but for the `least` last digits; then whole."""
    numbers = range(_FOUR_DIGITS)
    front = ((str(n) if n else "").rjust(least, "0").encode().rjust(4, _FILLER) for n in numbers)
    return np.frombuffer(b"".join([*front, *(b"%04d" % n for n in numbers)]), np.uint32)


# ── Columns of results ────────────────────────────────────────────────────────────────────────────


def each_text(texts: Iterable[str]) -> TextColumn:
    """A column in which every row has a text of its own."""
    listed = [_encoded(text) for text in texts]
    return TextColumn(np.arange(len(listed)), _side_by_side(listed))


def written_keys(keys: Sequence[str], writing: Writing) -> TextColumn:
    """A column of keys."""
    if not are_plain(keys) or max(map(len, keys)) > _MOST_WIDTH:
        return each_text(map(writing.text, keys))
    around, size = _encoded(writing.around_words), len(keys)
    words = np.array(keys, "S")
    table = words.view(np.uint8).reshape(size, words.itemsize)
    table = np.where(table == 0, np.uint8(FILLER), table)
    table = np.concatenate([_repeated(around, size), table, _repeated(around, size)], axis=1)
    return TextColumn(np.arange(size), table)


def written_flags(flags: NDArray[np.bool_], writing: Writing) -> TextColumn:
    """A column of flags."""
    return TextColumn(flags.astype(np.int64), _side_by_side([_encoded(writing.text(flag)) for flag in (False, True)]))


def coded_texts(codes: NDArray[np.int64], texts: Sequence[str]) -> TextColumn:
    """A column of texts of which each stands in many rows: that of a row is `texts[codes[row]]`."""
    return TextColumn(codes, _side_by_side([_encoded(text) for text in texts]))


def written_states(name: str, results: Results, writing: Writing) -> TextColumn:
    """The states of one line of pay."""
    _, _, paid, due = next(line for line in results.layout.lines if line[0] == name)
    inside = results.in_scope
    codes = np.where(inside, 0 if due else 2, 3)
    if paid is not None and due:
        codes[inside] = np.where(results.columns.columns[paid].values[results.rows[inside]], 0, 1)
    return coded_texts(codes, [writing.text(state) for state in STATES])


def written_column(name: str, results: Results, writing: Writing) -> TextColumn:
    """The texts of one quantity of everybody; of people each different value is written once."""
    slot = results.layout.slots[name]
    if slot.details is not None:
        of_people = results.columns.tables[slot.details] if len(results.columns.tables) else ()
        rows = (of_people[row] if row >= 0 else () for row in results.rows.tolist())
        return each_text(writing.text(tuple([slot_value(slot, one) for one in own])) for own in rows)
    known, raw = results.raw(slot)
    codes = np.where(results.in_scope, _MISSING, _OUTSIDE)
    texts = [_encoded(writing.text(MISSING)), _encoded(writing.text(outside_value(slot)))]
    units = raw[0].values
    if slot.kind is Kind.NUMBER and slot.decimals is not None and units.dtype != object:
        numbers = np.zeros(len(results), np.int64)
        numbers[known], codes[known] = units, -1
        around = _encoded(writing.around)
        return TextColumn(codes, _side_by_side(texts), numbers, slot.decimals, around, around)
    own, different = _different(raw)
    codes[known] = own + len(texts)
    alone = evolve(slot, numerator=0, denominators=tuple(range(1, len(raw))), known=None)
    texts += [_encoded(writing.text(slot_value(alone, one))) for one in different]
    return TextColumn(codes, _side_by_side(texts))


def _different(raw: Sequence[RawColumn]) -> tuple[NDArray[np.int64], list[tuple[Raw, ...]]]:
    """Which of the different values each row has, and these."""
    if len(raw) == 1 and raw[0].values.dtype != object:
        values, own = np.unique(raw[0].values, return_inverse=True)
        return own, [(one,) for one in (RawColumn(values, raw[0].texts)[n] for n in range(len(values)))]
    rows = list(zip(*(one.values.tolist() for one in raw), strict=True))
    numbers: dict[tuple[Raw, ...], int] = {}
    return np.array([numbers.setdefault(row, len(numbers)) for row in rows], np.int64), list(numbers)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
