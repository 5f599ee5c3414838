"""Finds files with the same rows: one that was exported twice, packed beside itself, or given by two names.

Rows are compared by what is read in them, not by how it is written: `11.50` and `11.5` are one amount.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt
from attrs import frozen

from ...base.problems import Problem
from ...base.text import are_plain, bare, echo
from ...lang.types import Kind
from ...model.arrays import Ints
from ...model.checked import CheckedInput
from ...model.data import DataTable
from ...model.table import Column
from ..cells.cell import read_cell
from .coding import all_texts, number_cells, number_texts
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
    files = [
        _File(table, [(one, table.column(found[one.name])) for one in readers if one.name in found])
        for table, found in zip(tables, columns, strict=True)
        if table.rows and found
    ]
    same, within = list[Problem](), list[Problem]()
    for one, other in _alike_by_column(files):
        small, large = _by_size(one, other)
        is_copy = small.size == large.size
        if not is_copy and len(set(small.rows[:_TRIED].tolist())) < _FEWEST:
            continue
        if _counted(small.rows).is_within(_counted(large.rows)):
            told = _problem(one, other, "data-copy") if is_copy else _problem(large, small, "data-within")
            (same if is_copy else within).append(told)
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


class _File:
    """The rows of one file in which something stands; `columns` are those that are read, with how they are.

    `rows` are numbers by which equal rows are known in all files that may have equal ones.
    """

    def __init__(self, table: DataTable, columns: Sequence[tuple[CheckedInput, Column]]) -> None:
        self.table, self.columns = table, columns
        self.says = _says_something(table)
        self.size = len(table.rows) if self.says is None else int(self.says.sum())
        self.numbers: dict[int, Ints] = {}  # by the place of a column, what is read in each row
        self.rows: Ints = np.zeros(0, np.int64)


def _by_size(one: _File, other: _File) -> tuple[_File, _File]:
    return (other, one) if other.size < one.size else (one, other)


def _alike_by_column(files: Sequence[_File]) -> list[tuple[_File, _File]]:
    """The pairs of files of which, in each column by itself, everything stands in the other one as often; their rows
    are numbered. Columns with few different cells come first: mostly they are enough to tell.
    """
    pairs = [pair for pair in combinations(files, 2) if _may_be_alike(*_by_size(*pair))]
    width = max((len(file.columns) for file in files), default=0)
    cells = [0] * width
    for file in files:
        for place, (_, column) in enumerate(file.columns):
            cells[place] += len(column.values)
    for place in sorted(range(width), key=cells.__getitem__):
        there = list({id(file): file for pair in pairs for file in pair if place < len(file.columns)}.values())
        counted: dict[int, _Counted] = {}
        for file, numbers in zip(there, _numbers_of_values([file.columns[place] for file in there]), strict=True):
            file.numbers[place] = numbers if file.says is None else numbers[file.says]
            counted[id(file)] = _counted(file.numbers[place])
        pairs = [
            (one, other)
            for one, other in pairs
            if place >= len(one.columns) or _is_within(counted, *_by_size(one, other))
        ]
    _number_rows([*{id(file): file for pair in pairs for file in pair}.values()])
    return pairs


def _may_be_alike(small: _File, large: _File) -> bool:
    enough = 0 < small.size == large.size or _FEWEST <= small.size < large.size
    return enough and len(small.columns) == len(large.columns)


def _is_within(counted: Mapping[int, _Counted], small: _File, large: _File) -> bool:
    return counted[id(small)].is_within(counted[id(large)])


def _number_rows(files: Sequence[_File]) -> None:
    """Give equal rows one number in all files that have as many columns."""
    for width in {len(file.columns) for file in files}:
        alike = [file for file in files if len(file.columns) == width]
        joined = [np.concatenate([file.numbers[place] for file in alike]) for place in range(width)]
        ends = np.cumsum([file.size for file in alike])[:-1]
        for file, rows in zip(alike, np.split(_numbers_of_rows(joined), ends), strict=True):
            file.rows = rows


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


def _numbers_of_values(columns: Sequence[tuple[CheckedInput, Column]]) -> list[Ints]:
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
