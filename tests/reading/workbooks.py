"""Makes workbooks for tests: sheets from csv files, as people in an office would have typed them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]], hidden: Sequence[str] = ()) -> bytes:
    """The bytes of a workbook by XlsxWriter with these rows on its sheets; the `hidden` ones cannot be seen."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None and cell != "":
                    write = sheet.write_string if isinstance(cell, str) else sheet.write
                    write(number, column, cell)
        if name in hidden:
            sheet.hide()
    book.close()
    return file.getvalue()


def rows_of_csv(file: Path) -> list[list[object]]:
    """The rows of a csv file, with numbers as numbers where a spreadsheet would make them of the text."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        head, *rows = list(csv.reader(opened))
    return [[*head], *([float(cell) if _NUMBER.fullmatch(cell) else cell for cell in row] for row in rows)]
