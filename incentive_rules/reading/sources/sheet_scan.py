"""Scans the bytes of one sheet for what values do not show: errors, formulas without a value, merged cells, percents.

No tree of XML is made. What the scan cannot tell for certain is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from attrs import frozen

from .sheet_parts import Unreadable

MOST_SHEET_CELLS = 10_000_000  # of the rectangle from A1 to the last cell: each takes memory, empty ones too
_MOST_TEXT = 1 << 30  # characters of all cells together
_AT = rb"""\sr=["']([A-Za-z]{1,3})([0-9]{1,7})["']"""
_ERROR = re.compile(rb"""<c\s([^>]*\bt=["']e["'][^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?(?:<v>([^<]*))?""")
_FORMULA = re.compile(rb"<c\s([^>]*)>\s*(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)\s*(<v\b[^>]*>)?([^<])?")
_MERGED = re.compile(rb"""<mergeCell\s[^>]*ref=["']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)["']""")
_FORMATS = re.compile(rb"""<numFmt\s[^>]*>""")
_SHARED = re.compile(rb"""<c\s[^>]*\bt=["']s["'][^>]*>\s*<v>([0-9]{1,9})</v>""")


@frozen
class CellAddress:
    """A cell by the numbers of its row and column, from 1."""

    row: int
    column: int

    def __str__(self) -> str:
        """As a spreadsheet calls it: `C17`."""
        letters, left = "", self.column
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row}"


@frozen
class HiddenCell:
    """A cell whose value would not say what it is: an error with its `word`, or a formula that has no value."""

    address: CellAddress
    word: str = ""


def check_size(sheet: bytes) -> None:
    """Raises `Unreadable` if the sheet would take too much memory, or is written in a way that is not known."""
    if b"<sheetData" not in sheet or b"<!--" in sheet:
        raise Unreadable("workbook")
    columns = re.findall(rb"""<c\sr=["']([A-Za-z]{1,3})[0-9]""", sheet)
    if len(columns) != sum(map(sheet.count, (b"<c ", b"<c>", b"<c/>"))):
        raise Unreadable("workbook")  # cells without addresses
    width = max(map(_number, set(columns)), default=0)
    height = max(map(int, set(re.findall(rb"""<c\sr=["'][A-Za-z]{1,3}([0-9]{1,9})["']""", sheet))), default=0)
    if width * height > MOST_SHEET_CELLS:
        raise Unreadable("wide", most=f"{MOST_SHEET_CELLS:,}", cell=str(CellAddress(height, width)))


def check_texts(sheet: bytes, shared: bytes) -> None:
    """Raises `Unreadable` if few long texts stand in so many cells that they would fill the memory."""
    sizes = np.array([len(one) for one in shared.split(b"</si>")], np.int64)
    if len(sizes) and int(sizes.max()) * sheet.count(b"</c>") > _MOST_TEXT:
        used = np.array([int(one) for one in _SHARED.findall(sheet)], np.int64)
        if int(sizes[used[used < len(sizes)]].sum()) > _MOST_TEXT:
            raise Unreadable("unpacked", most=str(_MOST_TEXT >> 20))


def hidden_cells(sheet: bytes, is_never_calculated: bool) -> Iterator[HiddenCell]:
    """The cells with errors, and the formulas without a value; all formulas of a workbook that never calculated."""
    if b't="e"' in sheet or b"t='e'" in sheet:
        for found in _ERROR.finditer(sheet):
            yield HiddenCell(_address(found[1]), (found[2] or b"#").decode("utf-8", "replace"))
    if b"<f" not in sheet:
        return
    for found in _FORMULA.finditer(sheet):
        is_text = re.search(rb"""\bt=["']str["']""", found[1])
        has_value = found[2] is not None and (found[3] is not None or is_text is not None)
        if is_never_calculated or not has_value:
            yield HiddenCell(_address(found[1]))


def merged_cells(sheet: bytes) -> list[tuple[CellAddress, CellAddress]]:
    """The first and the last cell of each merged field."""
    return [
        (CellAddress(int(row), _number(column)), CellAddress(int(last_row), _number(last_column)))
        for column, row, last_column, last_row in _MERGED.findall(sheet)
    ]


def percent_cells(sheet: bytes, styles: bytes) -> list[CellAddress]:
    """The cells whose format shows percents."""
    shown = {b"9", b"10"}
    for one in _FORMATS.findall(styles):
        number, code = re.search(rb"""numFmtId=["'](\d+)""", one), re.search(rb"""formatCode=(["'])(.*?)\1""", one)
        text = re.sub(rb'&quot;.*?&quot;|"[^"]*"|\\.', b"", code[2]) if code else b""
        if number and b"%" in text:
            shown.add(number[1])
    _, _, kept = styles.partition(b"<cellXfs")
    listed = re.findall(rb"<xf\b[^>]*>", kept.partition(b"</cellXfs>")[0])
    numbers = [re.search(rb"""numFmtId=["'](\d+)""", one) for one in listed]
    found = [str(place).encode() for place, number in enumerate(numbers) if number and number[1] in shown]
    if not found:
        return []
    pattern = rb"""<c\s(?=[^>]*\bs=["'](?:""" + b"|".join(found) + rb""")["'])([^>]*)>"""
    return [_address(one) for one in re.findall(pattern, sheet)]


def _address(attributes: bytes) -> CellAddress:
    found = re.search(_AT, b" " + attributes)
    if found is None:
        raise Unreadable("workbook")
    return CellAddress(int(found[2]), _number(found[1]))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
