"""What the cells of a run hold: of each cell an array with one value for each row of its level.

    whole numbers   int64 where the plan's bounds are narrow; where they are wide, Python's own in an object array
    flags           bool
    texts           int64: the number that `Texts` gives each of them

Arrays of 64 bits wrap without a word, so what may enter them is decided beforehand, by bounds. Narrow is what needs 62
bits: the sum and the difference of two such numbers then still fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import numpy as np
from attrs import frozen

from ...model.arrays import Array, Flags, Ints
from ...model.levels import EVERYONE, Level
from ...model.plan import Cell, CellValue, Let, Lit, Plan, Span, Spread
from ...model.plan_cells import kinds_of_cells, levels_of_cells, spans_of_cells
from ...model.result import Raw
from .index import Index

NARROW_BITS = 62
WIDE = np.dtype(object)

# Whether every column is held against the bounds that the plan promises. The tests do so, always: a bound that is too
# tight is then found where it arises, and not where a number has wrapped.
bounds_are_checked = False


def is_narrow(*numbers: int) -> bool:
    """Whether all these fit into an array with a bit to spare."""
    return all(abs(number).bit_length() <= NARROW_BITS for number in numbers)


def is_wide(*columns: Array) -> bool:
    """Whether one of these holds Python's own numbers."""
    return any(column.dtype == WIDE for column in columns)


def largest(column: Array) -> int:
    """The largest magnitude of some numbers, 0 of none."""
    return max(abs(int(column.max())), abs(int(column.min()))) if len(column) else 0


def widened(column: Array) -> Array:
    """The same numbers as Python's own, which never wrap."""
    return column.astype(object)


def of_numbers(numbers: Sequence[int], span: Span) -> Array:
    """The column of some numbers within these bounds."""
    return np.fromiter(numbers, np.int64 if is_narrow(*span) else object, len(numbers))


def within(column: Array, span: Span | None) -> Array:
    """Numbers as columns of these bounds hold them; what has no bounds as it is.

    A number that does not fit into an array is an `OverflowError`: here nothing wraps.
    """
    return column if span is None else column.astype(np.int64 if is_narrow(*span) else object, copy=False)


class Texts:
    """The texts of one run, each with a number of its own."""

    def __init__(self) -> None:
        self.listed: list[str] = []  # by their numbers
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.listed)

    def __getitem__(self, number: int) -> str:
        return self.listed[number]

    def number(self, text: str) -> int:
        """The number of a text, a new one where it was not met before."""
        found = self._numbers.setdefault(text, len(self.listed))
        if found == len(self.listed):
            self.listed.append(text)
        return found

    def numbers(self, texts: Sequence[str]) -> Ints:
        """The numbers of many texts."""
        known, begin = self._numbers, len(self.listed)
        new = dict(zip(texts, range(begin, begin + len(texts)), strict=True))
        if len(new) == len(texts) and known.keys().isdisjoint(texts):
            known.update(new)
            self.listed.extend(texts)
            return np.arange(begin, begin + len(texts))
        found = np.fromiter((known.setdefault(text, len(known)) for text in texts), np.int64, len(texts))
        self.listed.extend(islice(known, begin, None))
        return found

    def known(self, text: str) -> int | None:
        """The number of a text that was met before."""
        return self._numbers.get(text)

    def places(self) -> Ints:
        """By the number of each text its place among all of them, in the order of texts."""
        places = np.empty(len(self), np.int64)
        places[sorted(range(len(self)), key=self.listed.__getitem__)] = np.arange(len(self))
        return places


@frozen
class CellFacts:
    """What the plan says of a cell. `span` bounds a number; `constant` is the value that all its rows have, if any."""

    level: Level
    kind: type[int] | type[bool] | type[str]
    span: Span | None = None
    constant: CellValue | None = None

    @property
    def is_wide(self) -> bool:
        return self.span is not None and not is_narrow(*self.span)


def facts_of_cells(plan: Plan) -> Mapping[Cell, CellFacts]:
    """What the plan says of each of its cells."""
    kinds, spans = kinds_of_cells(plan), spans_of_cells(plan)
    constants: dict[Cell, CellValue] = {}
    for step in plan.steps:
        if isinstance(step, Let) and isinstance(step.expr, Lit):
            constants[step.cell] = step.expr.value
        elif isinstance(step, Spread) and step.source in constants:
            constants[step.cell] = constants[step.source]
    levels = levels_of_cells(plan)
    return {c: CellFacts(level, kinds[c], spans[c], constants.get(c)) for c, level in levels.items()}


class Columns:
    """The columns of one run by their cells; the rows that they are of, and the texts that numbers stand for."""

    def __init__(self, facts: Mapping[Cell, CellFacts], index: Index, texts: Texts) -> None:
        self.facts = facts
        self.index = index
        self.texts = texts
        self._columns: dict[Cell, Array] = {}

    def __getitem__(self, cell: Cell) -> Array:
        return self._columns[cell]

    def __setitem__(self, cell: Cell, column: Array) -> None:
        if bounds_are_checked:
            assert_sound(cell, self.facts[cell], column, self.index)
        self._columns[cell] = column

    def drop(self, cells: Iterable[Cell]) -> None:
        """What nobody reads any more."""
        for cell in cells:
            self._columns.pop(cell, None)

    def level(self, cell: Cell) -> Level:
        return self.facts[cell].level

    def where(self, cell: Cell) -> Flags | None:
        """The flags of a condition; None where it always holds."""
        return None if self.facts[cell].constant is True else self[cell]

    def atom(self, value: CellValue) -> int | bool:
        """A constant as columns hold it."""
        return self.texts.number(value) if isinstance(value, str) else value

    def at(self, cell: Cell, level: Level) -> Array:
        """A cell's values beside the rows of `level`, its own or one below."""
        own = self.level(cell)
        if own == level:
            return self[cell]
        if own == EVERYONE and self.index.size(EVERYONE) == 1:
            return np.broadcast_to(self[cell], self.index.size(level))
        return self[cell][self.index.up(level, own)]

    def values(self, cell: Cell, level: Level | None = None) -> list[Raw]:
        """A cell's values beside the rows of `level`, its own where none is named, as Python's own; texts as texts."""
        column: list[Raw] = self.at(cell, self.level(cell) if level is None else level).tolist()
        return [*map(self.texts.listed.__getitem__, map(int, column))] if self.facts[cell].kind is str else column


def assert_sound(cell: Cell, facts: CellFacts, column: Array, index: Index) -> None:
    """A column has a value of the right kind for each row, within the bounds that the plan gives."""
    assert column.shape == (index.size(facts.level),), f"cell {cell}: {column.shape} values"
    wanted = np.dtype(bool) if facts.kind is bool else WIDE if facts.is_wide else np.dtype(np.int64)
    assert column.dtype == wanted, f"cell {cell}: {column.dtype} in place of {wanted}"
    if facts.span is not None and len(column):
        low, high = facts.span
        least, most = int(column.min()), int(column.max())
        assert low <= least <= most <= high, f"cell {cell}: {least} to {most}, not within {low} to {high}"
