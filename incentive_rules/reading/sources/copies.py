"""Files that hold the same rows: one that was exported twice, packed beside itself, or given by two names.

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
from ...base.text import are_plain, bare, echo
from ...lang.types import Kind
from ...model.checked import CheckedInput
from ...model.data import DataTable
from ...model.table import Column
from ..cells.cell import read_cell
from .coding import RowNumbers, all_texts, number_cells, number_texts
from .strays import is_nothing

_FEWEST = 5  # rows of a file that stand in another one before anybody is told: fewer may be alike by chance
_TRIED = 40  # rows among which so many must be different


def copies_among(
    tables: Sequence[DataTable], readers: Collection[CheckedInput], columns: Sequence[Mapping[str, int]]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Files of one table with the same rows, which are refused; and those whose rows all stand in another: told.

    `columns` are for each file those of the `readers`, by name. Neither the order of rows plays a part nor empty ones.
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

    numbers: RowNumbers
    counts: RowNumbers

    def is_within(self, other: _Counted) -> bool:
        """Whether each stands in the other as often as here."""
        places = np.searchsorted(other.numbers, self.numbers)
        if not len(places) or int(places[-1]) >= len(other.numbers):
            return not len(places)
        found = np.array_equal(other.numbers[places], self.numbers)
        return found and bool((self.counts <= other.counts[places]).all())


def _counted(numbers: RowNumbers) -> _Counted:
    counts = np.bincount(numbers)
    there = np.flatnonzero(counts)
    return _Counted(there, counts[there])


@frozen(eq=False)
class _File:
    """The rows of one file: in each column that is read the number of what is read in each row."""

    table: DataTable
    columns: Sequence[RowNumbers]
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
        pairs = [(table, read) for table, read in zip(tables, columns, strict=True) if table.rows and read]
        read = [
            [(one, table.column(found[one.name])) for one in readers if one.name in found] for table, found in pairs
        ]
        says = [_says_something(table) for table, _ in pairs]
        numbers: list[list[RowNumbers]] = [[] for _ in pairs]
        for place in range(max(map(len, read), default=0)):
            there = [number for number, every in enumerate(read) if place < len(every)]
            found = _numbers_of_values([read[number][place] for number in there])
            for number, own in zip(there, found, strict=True):
                kept = says[number]
                numbers[number].append(own if kept is None else own[kept])
        self.files = [
            _File(table, own, [_counted(column) for column in own])
            for (table, _), own in zip(pairs, numbers, strict=True)
        ]

    def rows(self, file: _File) -> RowNumbers:
        """The number of each row of a file; equal rows have one number in all files that have as many columns."""
        return self._rows[id(file)]

    @cached_property
    def _rows(self) -> Mapping[int, RowNumbers]:
        found: dict[int, RowNumbers] = {}
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


def _numbers_of_values(columns: Sequence[tuple[CheckedInput, Column]]) -> list[RowNumbers]:
    """By row the number of what is read there, of the columns of several files."""
    values = [column.values for _, column in columns]
    known: dict[Hashable, int] = {}
    if all_texts(values) and len({id(checked) for checked, _ in columns}) == 1:
        checked = columns[0][0]
        texts, numbers = number_texts(values)
        if not _stand_for_themselves(checked, texts):
            read = [known.setdefault(_value(checked, text), len(known)) for text in texts]
            numbers = [np.array(read, np.int64)[own] for own in numbers]
    else:
        numbers = [
            np.array([known.setdefault(_value(checked, cell), len(known)) for cell in column.values], np.int64)
            for checked, column in columns
        ]
    return [own[np.asarray(column.codes)] for own, (_, column) in zip(numbers, columns, strict=True)]


def _stand_for_themselves(checked: CheckedInput, texts: Sequence[str]) -> bool:
    """Whether these are keys that are read as they stand."""
    return checked.facts.type.kind is Kind.KEY and not checked.definition.missing_texts and are_plain(texts)


def _numbers_of_rows(columns: Sequence[RowNumbers]) -> RowNumbers:
    found = number_cells([column.view(np.uint64) for column in columns])
    if found is not None:
        return found[0].astype(np.int64)
    known: dict[tuple[int, ...], int] = {}
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return np.array([known.setdefault(row, len(known)) for row in rows], np.int64)


def _value(checked: CheckedInput, cell: object) -> object:
    """What a cell is read as; of one that cannot be read the text, without the blanks around it."""
    found = read_cell(checked, cell)
    if isinstance(found, Fraction):
        return found.as_integer_ratio()  # its hash is made much sooner
    if not isinstance(found, Problem):
        return found
    return ("", bare(cell) if isinstance(cell, str) else "" if found.code == "data-missing" else str(cell))
