"""Columns of texts, joined into the lines of a file without an object for each cell.

A text that comes again is written once, and so are the digits of a whole column of numbers: a block of lines is a table
of bytes in which every column has its width, and what fills short texts up is taken out in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from ..lang.types import Kind
from .result import MISSING, Raw, outside_value, slot_value
from .result_columns import RawColumn, Results

Bytes = NDArray[np.uint8]

FILLER = 0xFF  # a byte that no text in UTF-8 has
_FILLER = bytes([FILLER])
_MOST_WIDTH = 200  # bytes of a text in a table; longer ones are joined one by one
_BLOCK = 1 << 22  # bytes of the table of one block of lines
_FOUR_DIGITS = 10_000
_MISSING, _OUTSIDE = 0, 1  # codes of what stands where there is no value


@frozen
class Writing:
    """How values are written in a file: `text` makes it of any value, but a number with so many decimals is its digits
    between `before` and `after`."""

    text: Callable[[object], str]
    before: str = ""
    after: str = ""


@frozen(eq=False)
class TextColumn:
    """The texts of one column, as bytes: of each row that of its code; where the code is -1 the digits of a number.

    A number counts steps of its last decimal in `units`; its digits stand between `before` and `after`.
    """

    codes: NDArray[np.int64]
    texts: Sequence[bytes]
    units: NDArray[np.int64] | None = None
    decimals: int = 0
    before: bytes = b""
    after: bytes = b""

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, rows: NDArray[np.int64]) -> TextColumn:
        """The texts of these rows."""
        return evolve(self, codes=self.codes[rows], units=None if self.units is None else self.units[rows])

    def written(self) -> _Written:
        """Its different texts side by side, so that a block of rows can be taken from them."""
        width = max(map(len, self.texts), default=0)
        return _Written(self, width, _filled(self.texts, width) if width <= _MOST_WIDTH else None)


@frozen(eq=False)
class _Written:
    column: TextColumn
    width: int
    texts: Bytes | None  # None where they are too long to stand side by side

    def block(self, begin: int, end: int) -> list[Bytes]:
        """The bytes of some rows, in one table or in several that stand side by side."""
        assert self.texts is not None
        column, codes = self.column, self.column.codes[begin:end]
        if column.units is None:
            return [self.texts[codes]]
        numbers = _digits(column.units[begin:end], column.decimals)
        before, after = (_filled([text], len(text)) for text in (column.before, column.after))
        parts = [np.repeat(before, end - begin, axis=0), numbers, np.repeat(after, end - begin, axis=0)]
        is_text = codes >= 0
        if not is_text.any():
            return parts
        for part in parts:
            part[is_text] = FILLER
        texts = np.full((end - begin, self.width), FILLER, np.uint8)
        texts[is_text] = self.texts[codes[is_text]]
        return [texts, *parts]

    def listed(self, begin: int, end: int) -> list[bytes]:
        """The texts of some rows, one by one."""
        column, codes = self.column, self.column.codes[begin:end].tolist()
        if column.units is None:
            return [column.texts[code] for code in codes]
        numbers = [row.tobytes().translate(None, _FILLER) for row in _digits(column.units[begin:end], column.decimals)]
        return [
            column.texts[code] if code >= 0 else column.before + number + column.after
            for code, number in zip(codes, numbers, strict=True)
        ]


def lines_of(columns: Sequence[TextColumn], joints: Sequence[bytes]) -> Iterator[bytes]:
    """The lines of these columns, some thousands at a time; `joints` stand before, between and after the columns."""
    size = len(columns[0])
    every = [column.written() for column in columns]
    is_table = all(one.texts is not None for one in every)
    width = sum(one.width + 24 for one in every) + sum(map(len, joints))
    step = max(1, _BLOCK // width)
    for begin in range(0, size, step):
        end = min(begin + step, size)
        if not is_table:
            pairs = ((repeat(joint), one.listed(begin, end)) for one, joint in zip(every, joints, strict=False))
            yield b"".join(chain.from_iterable(zip(*chain.from_iterable(pairs), repeat(joints[-1]), strict=False)))
            continue
        fixed = [np.repeat(_filled([joint], len(joint)), end - begin, axis=0) for joint in joints]
        parts = [part for one, joint in zip(every, fixed, strict=False) for part in (joint, *one.block(begin, end))]
        yield np.concatenate([*parts, fixed[-1]], axis=1).tobytes().translate(None, _FILLER)


def _filled(texts: Sequence[bytes], width: int) -> Bytes:
    """Texts side by side, those that are shorter filled up."""
    whole = b"".join([text.ljust(width, _FILLER) for text in texts])
    return np.frombuffer(whole, np.uint8).reshape(len(texts), width)


def _digits(units: NDArray[np.int64], decimals: int) -> Bytes:
    """Whole numbers as texts with so many decimals, filled up: -105 and 1 with two are `-1.05` and `0.01`."""
    size = np.abs(units)
    most = int(size.max()) if len(size) else 0
    places = max(len(str(most)), decimals + 1)
    groups = -(-places // 4)
    digits = np.empty((len(units), 4 * groups), np.uint8)
    rest = size
    for group in range(groups - 1, 0, -1):
        rest, last = np.divmod(rest, _FOUR_DIGITS)
        digits[:, 4 * group : 4 * group + 4] = _GROUPS[last]
    digits[:, :4] = _GROUPS[rest]
    digits = digits[:, 4 * groups - places :]
    for place in range(places - decimals - 1):  # zeros in front
        digits[size < 10 ** (places - 1 - place), place] = FILLER
    sign = np.where(units < 0, np.uint8(ord("-")), np.uint8(FILLER))[:, None]
    if not decimals:
        return np.concatenate([sign, digits], axis=1)
    point = np.full((len(units), 1), ord("."), np.uint8)
    return np.concatenate([sign, digits[:, :-decimals], point, digits[:, -decimals:]], axis=1)


_GROUPS = np.frombuffer("".join(f"{n:04}" for n in range(_FOUR_DIGITS)).encode(), np.uint8).reshape(-1, 4)


# ── Columns of results ────────────────────────────────────────────────────────────────────────────


def each_text(texts: Iterable[str]) -> TextColumn:
    """A column in which every row has a text of its own."""
    listed = [_encoded(text) for text in texts]
    return TextColumn(np.arange(len(listed)), listed)


def written_flags(flags: NDArray[np.bool_], writing: Writing) -> TextColumn:
    """A column of flags."""
    return TextColumn(flags.astype(np.int64), [_encoded(writing.text(flag)) for flag in (False, True)])


def written_column(name: str, results: Results, writing: Writing) -> TextColumn:
    """The texts of one quantity of everybody; of people each different value is written once."""
    slot = results.layout.slots[name]
    if slot.details is not None:
        return each_text(writing.text(result[name]) for result in results)
    known, raw = results.raw(slot)
    codes = np.where(results.in_scope, _MISSING, _OUTSIDE)
    texts = [_encoded(writing.text(MISSING)), _encoded(writing.text(outside_value(slot)))]
    units = raw[0].values
    if slot.kind is Kind.NUMBER and slot.decimals is not None and units.dtype != object:
        numbers = np.zeros(len(results), np.int64)
        numbers[known], codes[known] = units, -1
        return TextColumn(codes, texts, numbers, slot.decimals, _encoded(writing.before), _encoded(writing.after))
    own, different = _different(raw)
    codes[known] = own + len(texts)
    alone = evolve(slot, numerator=0, denominators=tuple(range(1, len(raw))), known=None)
    return TextColumn(codes, [*texts, *(_encoded(writing.text(slot_value(alone, one))) for one in different)])


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
