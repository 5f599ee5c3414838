"""Columns of data without a scheme: each cell read as elsewhere, as an exact number or as a word, or refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from .base.places import Place, Source
from .base.problems import Problem
from .lang.types import PLAIN, Facts, Kind, Type
from .model.checked import CheckedInput
from .model.data import DataTable, RowOrigin
from .model.scheme import Input
from .model.terms import Constant
from .reading.cells.cell import CellValue, read_cell
from .reading.sources.strays import is_blank, stray_row
from .reading.tables.columns import columns_missing, input_columns
from .reading.tables.rows import placed

_NOWHERE = Place(Source("", ""), 0, 0)
_MOST_DECIMALS = 34  # those of the longest number that is read
ColumnValues = Sequence[CellValue]


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
    found: list[list[CellValue]] = [[] for _ in readers]
    for table in tables:
        numbers, wrong = input_columns(readers, table.headings, table.name)
        problems += wrong
        missing = [one for one in readers if one.name not in numbers]
        if missing:
            problems += columns_missing(missing, table)
            continue
        there = [
            row for row, cells in enumerate(table.rows)
            if blank_too or not _is_no_row(table, row, cells, numbers, problems)
        ]  # fmt: skip
        for values, reader in zip(found, readers, strict=True):
            values += _values(table, numbers[reader.name], reader, there, problems)
    return found


def as_audited(value: CellValue) -> Constant:
    """A value of a cell, the number of a day or a time as any other number."""
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _is_no_row(
    table: DataTable, row: int, cells: Sequence[object], numbers: Mapping[str, int], problems: list[Problem]
) -> bool:
    """Whether nothing is to be read in this row; a sum at the end of a file is a problem."""
    if is_blank(cells):
        return True
    read = sorted(set(numbers.values()))
    stray = stray_row([cells[number] for number in read], [table.headings[number] for number in read])
    if stray is not None:
        problems.append(placed(stray, _origin(table, row)))
    return stray is not None


def _origin(table: DataTable, row: int) -> RowOrigin:
    return RowOrigin(table.name, row + 1, table.lines[row])


def _values(
    table: DataTable, number: int, reader: CheckedInput, rows: Sequence[int], problems: list[Problem]
) -> list[CellValue]:
    """The values of one column in these rows: of equal cells each is read once."""
    column = table.column(number)
    read = [read_cell(reader, cell) for cell in column.values]
    values: list[CellValue] = []
    for row in rows:
        value = read[column.codes[row]]
        if isinstance(value, Problem):
            problems.append(placed(value, _origin(table, row)))
            value = None
        values.append(value)
    return values
