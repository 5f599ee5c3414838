"""Columns of data without a scheme: each cell read as elsewhere, as an exact number or as a word, or refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from .base.places import Place, Source
from .base.problems import Problem
from .lang.types import PLAIN, Facts, Kind, Type
from .model.checked import CheckedInput
from .model.data import DataTable, ExactValue, RowOrigin
from .model.scheme import Input
from .model.terms import Constant
from .reading.cells.cell import read_cell
from .reading.sources.copies import copies_among
from .reading.sources.strays import is_blank, stray_row
from .reading.tables.columns import columns_missing, input_columns
from .reading.tables.rows import placed

_NOWHERE = Place(Source("", ""), 0, 0)
_MOST_DECIMALS = 34  # those of the longest number that is read
ColumnValues = Sequence[ExactValue]
Made = TypeVar("Made")


def number_column(heading: str) -> CheckedInput:
    """A reader of numbers of any size; an empty cell is missing."""
    return _reader(heading, "number", PLAIN)


def word_column(heading: str) -> CheckedInput:
    """A reader of words; an empty cell is missing."""
    return _reader(heading, "category", Type(Kind.CATEGORY))


def _reader(heading: str, kind: str, type_: Type) -> CheckedInput:
    definition = Input(heading, kind, _NOWHERE, decimals=_MOST_DECIMALS, can_be_missing=True, column=heading)
    return CheckedInput(definition, Facts(type_, True), _MOST_DECIMALS)


def read_columns(
    tables: Sequence[DataTable], readers: Collection[CheckedInput], problems: list[Problem], blank_too: bool = False
) -> Sequence[ColumnValues]:
    """The values of each reader in all rows of all tables, one after the other.

    Rows in which nothing stands are none, unless `blank_too` asks for every row. What cannot be read, and a row that is
    a sum or repeats the headings, is added to `problems`.
    """
    problems += _copies(tables)
    found: list[list[ExactValue]] = [[] for _ in readers]
    for table in tables:
        numbers, wrong = input_columns(readers, table.headings, table.name)
        problems += wrong
        missing = [one for one in readers if one.name not in numbers]
        if missing:
            problems += columns_missing(missing, table)
            continue
        there = range(len(table.rows)) if blank_too else _rows_in(table, sorted(set(numbers.values())), problems)
        for values, reader in zip(found, readers, strict=True):
            values += _values(table, numbers[reader.name], reader, there, problems)
    return found


def each_once(values: Iterable[ExactValue], made: Callable[[ExactValue], Made]) -> list[Made]:
    """What `made` makes of each value, of one object once: all rows with equal cells have the same one."""
    kept = list(values)  # so that no other object takes the place of one
    known = {id(value): value for value in kept}
    found = {key: made(value) for key, value in known.items()}
    return [found[id(value)] for value in kept]


def as_audited(value: ExactValue) -> Constant:
    """A value of a cell, the number of a day or a time as any other number."""
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _copies(tables: Sequence[DataTable]) -> tuple[Problem, ...]:
    """Files that hold the same rows: each person would count twice, and every interval be too narrow."""
    if len(tables) < 2:
        return ()
    readers = [word_column(heading) for heading in dict.fromkeys(h for table in tables for h in table.headings)]
    same, _ = copies_among(tables, readers, [input_columns(readers, table.headings)[0] for table in tables])
    return same


def _rows_in(table: DataTable, read: Sequence[int], problems: list[Problem]) -> list[int]:
    """The rows in which something stands; a sum at the end of a file, or its headings once more, is a problem.

    Each different cell is looked at once: only where one may be such a word, or every cell is empty, is the row.
    """
    headings = [table.headings[number] for number in read]
    columns = [table.column(number) for number in read]
    odd = [
        [stray_row([cell], [heading]) is not None for cell in column.values]
        for column, heading in zip(columns, headings, strict=True)
    ]
    empty = [[is_blank([cell]) for cell in column.values] for column in columns]
    found = []
    for row, codes in enumerate(zip(*(column.codes for column in columns), strict=True)):
        if all(map(list.__getitem__, empty, codes)) and is_blank(table.rows[row]):
            continue
        stray = None
        if any(map(list.__getitem__, odd, codes)):
            stray = stray_row([column[row] for column in columns], headings)
        if stray is None:
            found.append(row)
        else:
            problems.append(placed(stray, _origin(table, row)))
    return found


def _origin(table: DataTable, row: int) -> RowOrigin:
    return RowOrigin(table.name, row + 1, table.lines[row])


def _values(
    table: DataTable, number: int, reader: CheckedInput, rows: Iterable[int], problems: list[Problem]
) -> list[ExactValue]:
    """The values of one column in these rows: of equal cells each is read once. True and false are what they are."""
    column = table.column(number)
    read = [cell if type(cell) is bool else read_cell(reader, cell) for cell in column.values]
    values: list[ExactValue] = []
    for row in rows:
        value = read[column.codes[row]]
        if isinstance(value, Problem):
            problems.append(placed(value, _origin(table, row)))
            value = None
        values.append(value)
    return values
