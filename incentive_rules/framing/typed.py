"""Columns with types, between the results of a run and the frames of every library.

A number with decimals counts steps of its last one, so that no carrier ever sees a float. An exact quantity without
decimals is a text: no carrier knows fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from ..base.moments import MINUTES_PER_DAY
from ..base.numbers import EXACT, decimals_of, show_number
from ..lang.types import Kind
from ..model.arrays import Flags
from ..model.result import MISSING, Slot, outside_value
from ..model.result_columns import RawColumn, Results

MOST_DIGITS = 38  # of a decimal of 128 bits


class CellKind(Enum):
    """What the cells of a column are, and so what stands in its array."""

    UNITS = "steps of the last decimal"
    WHOLE = "whole numbers"
    FLAG = "true and false"
    TEXT = "texts, one for each row"
    WORD = "numbers of `words`"
    DATE = "numbers of days, as `date.toordinal` counts them"
    CLOCK = "minutes of a day"
    MOMENT = "minutes since the day 0"


@frozen(eq=False)
class TypedColumn:
    """One column of a table: `cells` as their kind says, and for which rows they are `known`; others are missing.

    `cells` are an array, of texts a list; what stands in a row that is not known means nothing.
    """

    name: str
    kind: CellKind
    cells: Any
    known: Flags
    decimals: int = 0
    words: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.known)

    @property
    def is_wide(self) -> bool:
        """Whether there are numbers beyond 64 bits, which are Python's own."""
        return isinstance(self.cells, np.ndarray) and self.cells.dtype.kind == "O"

    def units(self) -> NDArray[Any]:
        """The steps of all rows, 0 where one is missing; `OverflowError` beyond the digits of any decimal."""
        cells = np.where(self.known, self.cells, 0)
        if self.is_wide and len(cells) and max(abs(int(cells.max())), abs(int(cells.min()))) >= 10**MOST_DIGITS:
            raise OverflowError(f"`{self.name}` has more than {MOST_DIGITS} digits; run.results has them")
        return cells

    def values(self) -> list[Any]:
        """The cells as objects of Python, None where one is missing."""
        made = _MADE[self.kind]
        cells = self.cells.tolist() if isinstance(self.cells, np.ndarray) else self.cells
        pairs = zip(cells, self.known.tolist(), strict=True)
        return [made(self, cell) if known else None for cell, known in pairs]


def as_decimal(units: int, decimals: int) -> Decimal:
    """So many steps of the last decimal as a number."""
    return Decimal(units).scaleb(-decimals, EXACT)


def as_moment(minutes: int) -> datetime:
    """A moment that is counted in minutes since the day 0."""
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    return datetime.combine(date.fromordinal(days), time()) + timedelta(minutes=rest)


_MADE: dict[CellKind, Callable[[TypedColumn, Any], Any]] = {
    CellKind.UNITS: lambda column, cell: as_decimal(cell, column.decimals),
    CellKind.WHOLE: lambda _, cell: cell,
    CellKind.FLAG: lambda _, cell: cell,
    CellKind.TEXT: lambda _, cell: cell,
    CellKind.WORD: lambda column, cell: column.words[cell],
    CellKind.DATE: lambda _, cell: date.fromordinal(cell),
    CellKind.CLOCK: lambda _, cell: time(*divmod(cell, 60)),
    CellKind.MOMENT: lambda _, cell: as_moment(cell),
}


# ── Of results ────────────────────────────────────────────────────────────────────────────────────


def text_column(name: str, texts: Iterable[str]) -> TypedColumn:
    """A column of texts, none of which is missing."""
    listed = list(texts)
    return TypedColumn(name, CellKind.TEXT, listed, np.ones(len(listed), bool))


def flag_column(name: str, flags: Flags) -> TypedColumn:
    """A column of flags, none of which is missing."""
    return TypedColumn(name, CellKind.FLAG, flags, np.ones(len(flags), bool))


def of_quantity(name: str, results: Results) -> TypedColumn:
    """One quantity of people; those out of scope are paid 0, and nothing of them is measured."""
    slot = results.layout.slots[name]
    known, raw = results.raw(slot)
    inside = results.in_scope
    paid_nothing = outside_value(slot) is not MISSING and not inside.all()
    column = of_slot(name, slot, raw, known)
    if not paid_nothing:
        return column
    return evolve(column, cells=np.where(inside, column.cells, 0), known=column.known | ~inside)


def of_slot(name: str, slot: Slot, raw: Sequence[RawColumn], known: Flags) -> TypedColumn:
    """The values of one slot, whose numerators and denominators are `raw` for the rows that are `known`."""
    own = raw[0].values
    is_counted = slot.decimals is not None or (slot.whole and len(raw) == 1 and slot.constant == 1)
    if slot.kind is Kind.NUMBER and is_counted:
        decimals = slot.decimals or 0
        kind = CellKind.WHOLE if slot.whole and not decimals else CellKind.UNITS
        return TypedColumn(name, kind, _spread(own, known), known, decimals)
    if slot.kind is Kind.NUMBER:
        codes, words = _exact_texts(slot.constant, [one.values for one in raw])
        return TypedColumn(name, CellKind.WORD, _spread(codes, known), known, words=words)
    if slot.kind is Kind.BOOLEAN:
        return TypedColumn(name, CellKind.FLAG, _spread(own.astype(bool), known), known)
    if raw[0].texts is not None:
        return TypedColumn(name, CellKind.WORD, _spread(own, known), known, words=raw[0].texts)
    if slot.kind is Kind.DATE:
        return TypedColumn(name, CellKind.DATE, _spread(own, known), known)
    if slot.kind is Kind.TIME:
        kind = CellKind.MOMENT if len(own) and int(own.max()) >= MINUTES_PER_DAY else CellKind.CLOCK
        return TypedColumn(name, kind, _spread(own, known), known)
    return TypedColumn(name, CellKind.TEXT, ["" for _ in known], np.zeros(len(known), bool))  # nobody has a word


def _spread(own: NDArray[Any], known: Flags) -> NDArray[Any]:
    """The values of the rows that have one, in an array of all rows."""
    whole = np.zeros(len(known), own.dtype)
    whole[known] = own
    return whole


def _exact_texts(constant: int, parts: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], list[str]]:
    """Exact quotients as texts: for each row the number of its text. A numerator comes first, then denominators."""
    largest = prod([constant, *(_magnitude(one) for one in parts[1:])])
    if max(largest, 1) * (_magnitude(parts[0]) + 1) < 1 << 62:
        return _narrow_texts(constant, parts)
    above, below = parts[0].tolist(), [constant] * len(parts[0])
    for one in parts[1:]:
        below = [a * int(b) for a, b in zip(below, one.tolist(), strict=True)]
    met: dict[tuple[int, int], int] = {}
    codes = [met.setdefault(pair, len(met)) for pair in zip(above, below, strict=True)]
    return np.array(codes, np.int64), [_fraction_text(Fraction(int(a), b)) for a, b in met]


def _magnitude(numbers: NDArray[Any]) -> int:
    return max(abs(int(numbers.max())), abs(int(numbers.min()))) if len(numbers) else 0


def _narrow_texts(constant: int, parts: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], list[str]]:
    """The same where a numerator times its denominator needs no more than 62 bits: in lowest terms, one number each."""
    above = parts[0].astype(np.int64)
    below = np.full(len(above), constant, np.int64)
    for one in parts[1:]:
        below *= one.astype(np.int64)
    shared = np.gcd(above, below) * np.sign(below)
    above, below = above // shared, below // shared
    most = int(below.max(initial=1)) + 1
    told = above * most + below
    least = int(told.min(initial=0))
    span = int(told.max(initial=0)) - least + 1
    if span <= 4 * len(told) + 1_000:
        is_met = np.zeros(span, bool)
        is_met[told - least] = True
        met, codes = np.flatnonzero(is_met) + least, (np.cumsum(is_met) - 1)[told - least]
    else:
        met, codes = np.unique(told, return_inverse=True)
    pairs = (divmod(one, most) for one in met.tolist())
    return codes, [_fraction_text(Fraction(a, b)) for a, b in pairs]


def _fraction_text(value: Fraction) -> str:
    is_finite = decimals_of(value) is not None
    return show_number(value) if is_finite else f"{value.numerator}/{value.denominator}"


# ── Of values ─────────────────────────────────────────────────────────────────────────────────────


def of_values(name: str, values: Iterable[object], kind: CellKind = CellKind.TEXT) -> TypedColumn:
    """A column of values that were made one by one; numbers with decimals get as many as the longest has.

    `kind` is that of the column where all are missing.
    """
    listed = [None if value is MISSING else value for value in values]
    known = np.array([value is not None for value in listed], bool)
    kinds = {type(value) for value in listed if value is not None}
    if kinds == {bool}:
        return TypedColumn(name, CellKind.FLAG, np.array([bool(one) for one in listed], bool), known)
    if kinds == {int}:
        return TypedColumn(name, CellKind.WHOLE, _whole([one if isinstance(one, int) else 0 for one in listed]), known)
    if kinds and kinds <= {Decimal, int}:
        numbers = [Fraction(one) if isinstance(one, Decimal | int) else Fraction(0) for one in listed]
        decimals = max((-int(one.as_tuple().exponent) for one in listed if isinstance(one, Decimal)), default=0)
        units = _whole([int(one * 10**decimals) for one in numbers])
        return TypedColumn(name, CellKind.UNITS, units, known, max(decimals, 0))
    if kinds == {date}:
        days = [one.toordinal() if isinstance(one, date) else 1 for one in listed]
        return TypedColumn(name, CellKind.DATE, np.array(days, np.int64), known)
    if not kinds and kind is not CellKind.TEXT:
        return TypedColumn(name, kind, np.zeros(len(listed), bool if kind is CellKind.FLAG else np.int64), known)
    return TypedColumn(name, CellKind.TEXT, ["" if one is None else written_value(one) for one in listed], known)


def _whole(numbers: Sequence[int]) -> NDArray[Any]:
    narrow = all(-(1 << 63) <= number < 1 << 63 for number in numbers)
    return np.array(numbers, np.int64 if narrow else object)


def written_value(value: object) -> str:
    """A value as text: plain digits, exact fractions, ISO dates, `true` and `false`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return _fraction_text(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(written_value(part) for part in value if part is not MISSING)
    return str(value)
