"""Cells in columns: each different cell of a column is kept once, and a row is a number.

A file of two million rows has few different words, amounts and dates: whoever reads a column reads each of them once
and looks the others up. Rows are made of the columns when somebody asks for one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeAlias, overload

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Whole numbers, one for each row. Only whoever computes with them needs numpy.
Integers: TypeAlias = "Sequence[int] | npt.NDArray[np.signedinteger[Any]]"

# Of these types equal objects are the same cell. 1.0 and 1.00 are not: messages show them as they were written.
_ALIKE = frozenset({str, int, bool, date, type(None)})


class Column(Sequence[object]):
    """The cells of one column: that of a row is `values[codes[row]]`.

    `codes` are whole numbers of 32 bits, in an array; `values` the different cells, in the order in which they first
    appear.
    """

    __slots__ = ("codes", "values")

    def __init__(self, codes: Integers, values: Sequence[object]) -> None:
        self.codes = codes
        self.values = values

    @overload
    def __getitem__(self, row: SupportsIndex) -> object: ...
    @overload
    def __getitem__(self, row: slice) -> list[object]: ...
    def __getitem__(self, row: SupportsIndex | slice) -> object:
        if isinstance(row, slice):
            return [self.values[code] for code in self.codes[row]]
        return self.values[self.codes[row.__index__()]]

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[object]:
        return map(self.values.__getitem__, self.codes)


class Coder:
    """Takes the cells of one column piece by piece, and gives the `Column` in the end."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._others: dict[tuple[type, object], int] = {}
        self._values: list[object] = []
        self._codes = array("i")

    def texts(self, cells: Sequence[str]) -> None:
        """Further cells, all of them texts."""
        known = self._texts
        for text in dict.fromkeys(cells):
            if text not in known:
                known[text] = len(self._values)
                self._values.append(text)
        self._codes.extend(map(known.__getitem__, cells))

    def cells(self, cells: Sequence[object]) -> None:
        """Further cells, whatever they are."""
        self._codes.extend(map(self._code, cells))

    def _code(self, cell: object) -> int:
        new = len(self._values)
        kind = type(cell)
        if kind is str:
            found = self._texts.setdefault(cell, new)  # type: ignore[arg-type]  # it is a text
        else:
            found = self._others.setdefault((kind, cell), new) if kind in _ALIKE else new
        if found == new:
            self._values.append(cell)
        return found

    def column(self) -> Column:
        return Column(self._codes, self._values)


def column_of(cells: Iterable[object]) -> Column:
    """The column of these cells."""
    coder = Coder()
    coder.cells(tuple(cells))
    return coder.column()


class Rows(Sequence[tuple[object, ...]]):
    """The rows of a table that is kept in columns, each made when it is looked at."""

    __slots__ = ("_size", "columns")

    def __init__(self, columns: Sequence[Column], size: int) -> None:
        self.columns = tuple(columns)
        self._size = size

    @overload
    def __getitem__(self, row: SupportsIndex) -> tuple[object, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[tuple[object, ...], ...]: ...
    def __getitem__(self, row: SupportsIndex | slice) -> tuple[object, ...]:
        if isinstance(row, slice):
            return tuple(self[number] for number in range(*row.indices(self._size)))
        if not -self._size <= row.__index__() < self._size:
            raise IndexError(row)
        return tuple([column[row] for column in self.columns])

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


class Cells(Sequence[Mapping[str, object]]):
    """Rows that are kept in columns with names; each is made when it is looked at."""

    __slots__ = ("_size", "columns")

    def __init__(self, columns: Mapping[str, Column], size: int) -> None:
        self.columns = columns
        self._size = size

    @overload
    def __getitem__(self, row: SupportsIndex) -> dict[str, object]: ...
    @overload
    def __getitem__(self, row: slice) -> list[Mapping[str, object]]: ...
    def __getitem__(self, row: SupportsIndex | slice) -> Mapping[str, object] | list[Mapping[str, object]]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(self._size))]
        if not -self._size <= row.__index__() < self._size:
            raise IndexError(row)
        return {name: column[row] for name, column in self.columns.items()}

    def __len__(self) -> int:
        return self._size
