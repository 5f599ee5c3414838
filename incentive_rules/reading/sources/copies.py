"""Finds files with the same rows: one that was exported twice, packed beside itself, or given by two names.

Rows are compared by what is read in them, not by how it is written: `11.50` and `11.5` are one amount.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice

from ...base.problems import Problem
from ...base.text import bare, echo
from ...model.checked import CheckedInput
from ...model.data import DataTable
from ..cells.cell import read_cell
from .strays import is_blank

_FEWEST = 5  # rows of a file that stand in another one before there is a warning: fewer may be alike by chance
_TRIED = 40  # rows that are looked for before all are

ReadRow = tuple[object, ...]


def copies_among(
    tables: Sequence[DataTable], readers: Collection[CheckedInput], columns: Sequence[Mapping[str, int]]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems of files of one table with the same rows, and warnings of files whose rows are all in another file.

    `columns` has for each file the columns of the `readers`, by name. Neither the order of rows nor empty rows matter.
    """
    if len(tables) < 2:
        return (), ()
    files = [_File(table, read, readers) for table, read in zip(tables, columns, strict=True) if table.rows and read]
    same, within = [], []
    for one, other in combinations(files, 2):
        few, many = sorted((len(one.hashes), len(other.hashes)))
        if few == many and few and sum(one.hashes) == sum(other.hashes):
            if Counter(one.rows()) != Counter(other.rows()):
                continue
            same.append(_problem(one, other, "data-copy"))
        elif _FEWEST <= few < many:
            small, large = sorted((one, other), key=lambda file: len(file.hashes))
            if small.is_within(large):
                within.append(_problem(large, small, "data-within"))
    return tuple(same), tuple(within)


def _problem(one: _File, other: _File, code: str) -> Problem:
    names = one.table.name, other.table.name
    params = {"file": echo(names[0]), "other": echo(names[1]), "count": str(len(other.hashes))}
    return Problem(code, params, "same" if code == "data-copy" and names[0] == names[1] else "", table=names[1])


class _File:
    """The rows of one file as they are read. `hashes` are made once, since a file is compared with each other one."""

    def __init__(self, table: DataTable, columns: Mapping[str, int], readers: Iterable[CheckedInput]) -> None:
        self.table = table
        self._columns = [(one, columns[one.name]) for one in readers if one.name in columns]
        self.hashes = list(map(hash, self.rows()))

    def rows(self) -> Iterator[ReadRow]:
        first = self._columns[0][1]
        rows = [row for row in self.table.rows if _says(row[first]) or not is_blank(row)]
        return zip(*(_values(one, [row[column] for row in rows]) for one, column in self._columns), strict=True)

    @cached_property
    def met(self) -> frozenset[int]:
        return frozenset(self.hashes)

    def is_within(self, other: _File) -> bool:
        """Whether each of its rows is in the other file at least as often."""
        tried = set(islice(self.hashes, _TRIED))
        if len(tried) < _FEWEST or not tried <= other.met:
            return False
        return Counter(self.rows()) <= Counter(other.rows())


def _says(cell: object) -> bool:
    return type(cell) is str and cell != "" and not cell.isspace()


def _values(item: CheckedInput, cells: Sequence[object]) -> Iterable[object]:
    """The cells of one column, read; each different text is read once."""
    if set(map(type, cells)) <= {str}:
        known = {text: _value(item, text) for text in set(cells)}
        return map(known.__getitem__, cells)
    return (_value(item, cell) for cell in cells)


def _value(item: CheckedInput, cell: object) -> object:
    """A cell, read; a cell that cannot be read counts as its text, without the blanks around it."""
    found = read_cell(item, cell)
    if isinstance(found, Fraction):
        return found.as_integer_ratio()  # its hash is made much sooner
    if not isinstance(found, Problem):
        return found
    return ("", bare(cell) if isinstance(cell, str) else "" if found.code == "data-missing" else str(cell))
