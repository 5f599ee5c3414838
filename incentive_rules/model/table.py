"""Cells in columns: each different cell of a column is kept once, and a row is a number.

A file of two million rows has few different words, amounts and dates: whoever reads a column reads each of them once
and looks the others up. Rows are made of the columns when somebody asks for one.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from ..base.numbers import to_decimal
from .on_demand import Integers, OnDemand

# Of these types equal objects are the same cell. 1.0 and 1.00 are not: messages show them as they were written.
_ALIKE = frozenset({str, int, bool, date, type(None)})


class Column(OnDemand[object]):
    """The cells of one column: that of a row is `values[codes[row]]`.

    `codes` are whole numbers of 32 bits, in an array; `values` the different cells, in the order in which they first
    appear.
    """

    __slots__ = ("codes", "values")

    def __init__(self, codes: Integers, values: Sequence[object]) -> None:
        self.codes = codes
        self.values = values

    def made(self, number: int) -> object:
        return self.values[self.codes[number]]

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[object]:
        return map(self.values.__getitem__, self.codes)


class DecimalCells(OnDemand[Decimal]):
    """Different numbers with equally many decimals, counted in `steps` of the last one: whole numbers of 64 bits.

    Frames hold decimals so. Whoever reads the column takes the steps; a `Decimal` is made of one that is looked at.
    """

    __slots__ = ("decimals", "steps")

    def __init__(self, steps: Integers, decimals: int) -> None:
        self.steps = steps
        self.decimals = decimals

    def made(self, number: int) -> Decimal:
        return to_decimal(int(self.steps[number]), self.decimals)

    def __len__(self) -> int:
        return len(self.steps)


class Coder:
    """Takes the cells of one column piece by piece, and gives the `Column` in the end."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}  # a text is known by itself
        self._codes = array("i")

    def texts(self, cells: Iterable[str]) -> None:
        """Further cells, all of them texts."""
        known = self._known
        code = known.setdefault
        self._codes.extend(array("i", [code(text, len(known)) for text in cells]))

    def cells(self, cells: Iterable[object]) -> None:
        """Further cells, whatever they are."""
        known = self._known
        code = known.setdefault
        self._codes.extend(array("i", [code(_told_by(cell), len(known)) for cell in cells]))

    def column(self) -> Column:
        return Column(self._codes, [one.cell if isinstance(one, _Other) else one for one in self._known])


@frozen
class _Other:
    """A cell that is no text, as a key; `alike` is equal for cells that are the same one."""

    alike: Hashable
    cell: object = field(eq=False)


def _told_by(cell: object) -> Hashable:
    """By what a cell is told from others."""
    if type(cell) is str:
        return cell
    return _Other((type(cell), cell) if type(cell) in _ALIKE else object(), cell)


def column_of(cells: Iterable[object]) -> Column:
    """The column of these cells."""
    coder = Coder()
    coder.cells(tuple(cells))
    return coder.column()


class Rows(OnDemand[tuple[object, ...]]):
    """The rows of a table that is kept in columns, each made when it is looked at."""

    __slots__ = ("_size", "columns")
    _several = tuple

    def __init__(self, columns: Sequence[Column], size: int) -> None:
        self.columns = tuple(columns)
        self._size = size

    def made(self, number: int) -> tuple[object, ...]:
        return tuple([column.made(number) for column in self.columns])

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return zip(*self.columns, strict=True) if self.columns else iter(((),) * self._size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # a table of a million rows is no key


def rows_of(rows: Iterable[Sequence[object]], width: int = 0) -> Rows:
    """Rows of equal length in columns; `width` is their length where there may be none."""
    if isinstance(rows, Rows):
        return rows
    kept = tuple(rows)
    if not kept:
        return Rows([column_of(()) for _ in range(width)], 0)
    return Rows([column_of(cells) for cells in zip(*kept, strict=True)], len(kept))


class Cells(OnDemand[Mapping[str, object]]):
    """Rows that are kept in columns with names; each is made when it is looked at."""

    __slots__ = ("_size", "columns")

    def __init__(self, columns: Mapping[str, Column], size: int) -> None:
        self.columns = columns
        self._size = size

    def made(self, number: int) -> Mapping[str, object]:
        return {name: column.made(number) for name, column in self.columns.items()}

    def __len__(self) -> int:
        return self._size
