"""Finds files with the same rows: one that was exported twice, packed beside itself, or given by two names.

Rows are compared by what is read in them, not by how it is written: `11.50` and `11.5` are one amount.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt
from attrs import frozen

from ...base.problems import Problem
from ...base.text import bare, echo
from ...model.arrays import Ints
from ...model.checked import CheckedInput
from ...model.data import DataTable
from ..cells.cell import read_cell
from .coding import number_cells
from .strays import is_nothing

_FEWEST = 5  # rows of a file that stand in another one before anybody is told: fewer may be alike by chance
_TRIED = 40  # rows among which so many must be different



def copies_among(
    tables: Sequence[DataTable], readers: Collection[CheckedInput], columns: Sequence[Mapping[str, int]]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems of files of one table with the same rows, and warnings of files whose rows are all in another file.

    `columns` has for each file the columns of the `readers`, by name. Neither the order of rows nor empty rows matter.
    """
    if len(tables) < 2:
        return (), ()
    every = _Files(tables, readers, columns)
    same, within = list[Problem](), list[Problem]()
    for one, other in combinations(every.files, 2):
        small, large = sorted((one, other), key=lambda file: file.size)
        is_copy, is_part = 0 < small.size == large.size, _FEWEST <= small.size < large.size
        if not (is_copy or is_part) or not small.may_be_within(large):
            continue
        here, there = every.rows(small), every.rows(large)
        if is_part and len(set(here[:_TRIED].tolist())) < _FEWEST:
            continue
        if _counted(here).is_within(_counted(there)):
            found = _problem(one, other, "data-copy") if is_copy else _problem(large, small, "data-within")
            (same if is_copy else within).append(found)
    return tuple(same), tuple(within)


def _problem(one: _File, other: _File, code: str) -> Problem:
    names = one.table.name, other.table.name
    params = {"file": echo(names[0]), "other": echo(names[1]), "count": str(other.size)}
    return Problem(code, params, "same" if code == "data-copy" and names[0] == names[1] else "", table=names[1])


@frozen(eq=False)
class _Counted:
    """How often each of some numbers stands somewhere."""

    numbers: Ints
    counts: Ints

    def is_within(self, other: _Counted) -> bool:
        """Whether each stands in the other as often as here."""
        places = np.searchsorted(other.numbers, self.numbers)
        if not len(places) or int(places[-1]) >= len(other.numbers):
            return not len(places)
        found = np.array_equal(other.numbers[places], self.numbers)
        return found and bool((self.counts <= other.counts[places]).all())


def _counted(numbers: Ints) -> _Counted:
    counts = np.bincount(numbers)
    there = np.flatnonzero(counts)
    return _Counted(there, counts[there])


@frozen(eq=False)
class _File:
    """The rows of one file: in each column that is read the number of what is read in each row."""

    table: DataTable
    columns: Sequence[Ints]
    counted: Sequence[_Counted]

    @property
    def size(self) -> int:
        return len(self.columns[0])

    def may_be_within(self, other: _File) -> bool:
        """Whether in each column by itself everything stands in the other file as often as here."""
        pairs = zip(self.counted, other.counted, strict=False)
        return len(self.columns) == len(other.columns) and all(one.is_within(two) for one, two in pairs)


class _Files:
    """Files of one table. What is read alike has one number in all of them."""

    def __init__(
        self, tables: Sequence[DataTable], readers: Collection[CheckedInput], columns: Sequence[Mapping[str, int]]
    ) -> None:
        self._known: dict[int, dict[Hashable, int]] = {}  # by the place of a column
        self.files = [
            self._file(table, [(one, read[one.name]) for one in readers if one.name in read])
            for table, read in zip(tables, columns, strict=True)
            if table.rows and read
        ]

    def _file(self, table: DataTable, read: Sequence[tuple[CheckedInput, int]]) -> _File:
        says = _says_something(table)
        columns = []
        for place, (checked, number) in enumerate(read):
            column, known = table.column(number), self._known.setdefault(place, {})
            values = [known.setdefault(_value(checked, cell), len(known)) for cell in column.values]
            numbers = np.array(values, np.int64)[np.asarray(column.codes)]
            columns.append(numbers if says is None else numbers[says])
        return _File(table, columns, [_counted(column) for column in columns])

    def rows(self, file: _File) -> Ints:
        """The number of each row of a file; equal rows have one number in all files that have as many columns."""
        return self._rows[id(file)]

    @cached_property
    def _rows(self) -> Mapping[int, Ints]:
        found: dict[int, Ints] = {}
        for width in {len(file.columns) for file in self.files}:
            alike = [file for file in self.files if len(file.columns) == width]
            joined = [np.concatenate([file.columns[place] for file in alike]) for place in range(width)]
            ends = np.cumsum([file.size for file in alike])[:-1]
            parts = np.split(_numbers_of_rows(joined), ends)
            found |= {id(file): part for file, part in zip(alike, parts, strict=True)}
        return found


def _says_something(table: DataTable) -> npt.NDArray[np.bool_] | None:
    """The rows in which something stands; None where it does in all."""
    nothing = None
    for column in table.rows.columns:
        empty = np.fromiter(map(is_nothing, column.values), bool, len(column.values))
        if not empty.any():
            return None
        empty = empty[np.asarray(column.codes)]
        nothing = empty if nothing is None else nothing & empty
    return None if nothing is None or not nothing.any() else ~nothing


def _numbers_of_rows(columns: Sequence[Ints]) -> Ints:
    found = number_cells([column.view(np.uint64) for column in columns])
    if found is not None:
        return found[0].astype(np.int64)
    known: dict[tuple[int, ...], int] = {}
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return np.array([known.setdefault(row, len(known)) for row in rows], np.int64)


def _value(item: CheckedInput, cell: object) -> object:
    """A cell, read; a cell that cannot be read counts as its text, without the blanks around it."""
    found = read_cell(item, cell)
    if isinstance(found, Fraction):
        return found.as_integer_ratio()  # its hash is made much sooner
    if not isinstance(found, Problem):
        return found
    return ("", bare(cell) if isinstance(cell, str) else "" if found.code == "data-missing" else str(cell))
