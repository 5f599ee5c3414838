"""Reads one sheet of a workbook (xlsx) with `python-calamine`; what its values hide is found in the bytes of the sheet.

`book.xlsx#工单` names a sheet; without a name, the only sheet in which something stands is read. Numbers are the
numbers that the file holds, by their shortest text; a cell in percent format is the text that it shows: `5%`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

import numpy as np

from ...base.problems import Problem
from ...base.text import echo
from ...model.data import DataTable
from ...model.table import Coder, Column, Rows, column_of
from .coding import number_cells
from .refusals import MOST_PROBLEMS, TableOrProblems, file_problem, heading_problems, refused
from .sheet_names import split_sheet
from .sheet_parts import ListedSheet, OpenWorkbook, Unreadable
from .sheet_scan import CellAddress, check_size, check_texts, hidden_cells, merged_cells, percent_cells
from .strays import is_blank

_MOST_WHOLE = 10**15  # a spreadsheet keeps 15 digits
_NEVER_CALCULATED = re.compile(rb"""<calcPr\s[^>]*\bfullCalcOnLoad=["'](?:1|true)["']""")


def sheets_in(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the sheets in which something stands, and those of hidden sheets; none if the file is broken."""
    try:
        book = OpenWorkbook(data)
        shown = [sheet for sheet in book.sheets if not sheet.is_hidden]
        said = shown if len(shown) == 1 else [sheet for sheet in shown if book.says_something(sheet)]
    except Unreadable:
        return (), ()
    return tuple(one.name for one in said), tuple(one.name for one in book.sheets if one.is_hidden)


def read_workbook(data: bytes, name: str) -> TableOrProblems:
    """Reads the table in one sheet; `name` may name the sheet."""
    if find_spec("python_calamine") is None:
        return refused(name, "data-sheet", "library")
    try:
        return _read(data, name)
    except Unreadable as error:
        return refused(name, "data-sheet", error.variant, None, **error.params)


def _read(data: bytes, name: str) -> TableOrProblems:
    import python_calamine

    book = OpenWorkbook(data)
    sheet = _chosen(book, split_sheet(name)[1])
    cells = book.part(sheet.part)
    check_size(cells)
    small, beside = book.small_workbook(sheet, cells)
    check_texts(cells, beside.get("sharedStrings", b""))
    never = _NEVER_CALCULATED.search(book.book) is not None
    problems = [
        _cell_problem(name, sheet, hidden.address, "error", word=echo(hidden.word))
        if hidden.word
        else _cell_problem(name, sheet, hidden.address, "never" if never else "formula")
        for hidden, _ in zip(hidden_cells(cells, never), range(MOST_PROBLEMS), strict=False)
    ]
    if problems:
        return None, tuple(problems)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(small)) as workbook:
            rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except python_calamine.CalamineError as error:
        raise Unreadable("workbook") from error
    percents = percent_cells(cells, beside.get("styles", b""))
    return _table(name, sheet, rows, merged_cells(cells), percents)


def _chosen(book: OpenWorkbook, named: str) -> ListedSheet:
    """The sheet that is named, or the only one that shows something."""
    if named:
        found = next((sheet for sheet in book.sheets if sheet.name == named), None)
        if found is None:
            raise Unreadable("none", sheet=echo(named), sheets=_listed(book.sheets))
        return found
    shown = [sheet for sheet in book.sheets if not sheet.is_hidden]
    said = shown if len(shown) == 1 else [sheet for sheet in shown if book.says_something(sheet)]
    if len(said) != 1:
        raise Unreadable("several" if said else "hidden", sheets=_listed(said or book.sheets))
    return said[0]


def _listed(sheets: Sequence[ListedSheet]) -> str:
    return ", ".join(f"`{echo(sheet.name)}`" for sheet in sheets[:20])


def _table(
    name: str, sheet: ListedSheet, rows: Sequence[list[Any]],
    merged: Sequence[tuple[CellAddress, CellAddress]], percents: Sequence[CellAddress],
) -> TableOrProblems:  # fmt: skip
    """The rows below the headings, which are the first row in which something stands, as far as anything stands."""
    for at in percents:
        if at.row <= len(rows) and at.column <= len(rows[at.row - 1]):
            rows[at.row - 1][at.column - 1] = _percent(rows[at.row - 1][at.column - 1])
    first = next((number for number, row in enumerate(rows) if not is_blank(row)), None)
    if first is None:
        return refused(name, "data-format", "empty")
    end = len(rows)
    while is_blank(rows[end - 1]):
        end -= 1
    problems = [
        _cell_problem(name, sheet, begin, "merged", last=str(last))
        for begin, last in merged
        if last.row > first and begin.row <= end
    ]
    headings = rows[first]
    width = max(number for number, cell in enumerate(headings, 1) if not is_blank([cell]))
    problems += [
        _cell_problem(name, sheet, CellAddress(first + 1, number), "heading", value=echo(str(_plain_cell(cell))))
        for number, cell in enumerate(headings, 1)
        if not isinstance(cell, str)
    ]
    body = rows[first + 1 : end]
    beyond = next(
        (
            CellAddress(first + 2 + number, width + 1 + place)
            for number, row in enumerate(body)
            for place, cell in enumerate(row[width:])
            if not is_blank([cell])
        ),
        None,
    )
    if beyond is not None:
        problems.append(_cell_problem(name, sheet, beyond, "beyond"))
    if problems:
        return None, tuple(problems[:MOST_PROBLEMS])
    texts = tuple(str(cell) for cell in headings[:width])
    wrong = heading_problems(texts, name)
    if wrong:
        return None, wrong[:MOST_PROBLEMS]
    columns = [_column(cells) for cells in zip(*(row[:width] for row in body), strict=True)]
    columns = columns or [column_of(()) for _ in texts]
    return DataTable(name, texts, Rows(columns, len(body)), range(first + 2, first + 2 + len(body))), ()


def _cell_problem(name: str, sheet: ListedSheet, at: CellAddress, variant: str, **params: str) -> Problem:
    return file_problem(name, "data-sheet", variant, at.row, None, cell=f"{echo(sheet.name)}!{at}", **params)


def _column(cells: Sequence[Any]) -> Column:
    """The cells under one heading, each different one once."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        coder = Coder()
        coder.texts(cells)
        return coder.column()
    if kinds == {float}:
        coded = number_cells([np.array(cells, np.float64).view(np.uint64)])
        if coded is not None:
            return Column(coded[0], [_plain_cell(cells[row]) for row in coded[1].tolist()])
    if datetime in kinds:  # a moment at midnight comes as a date
        return column_of(datetime.combine(cell, time()) if type(cell) is date else cell for cell in cells)
    return column_of(map(_plain_cell, cells))


def _plain_cell(cell: object) -> object:
    """A whole number as such: a workbook holds all numbers as floats."""
    if type(cell) is float and cell.is_integer() and abs(cell) < _MOST_WHOLE:
        return int(cell)
    return cell


def _percent(cell: object) -> object:
    """What a cell in percent format shows, with all its digits."""
    if type(cell) is not float and type(cell) is not int:
        return cell
    text = f"{Decimal(repr(cell)) * 100:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"
