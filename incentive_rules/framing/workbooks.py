"""Writes tables into a workbook of a spreadsheet program: numbers and dates as such, texts that nothing obeys.

XlsxWriter is imported where a workbook is written, and only there.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from attrs import field, frozen

from ..base.text import width
from ..base.words import in_language
from ..model.result import MISSING
from .texts import cell_text, is_obeyed

NEEDS = "python -m pip install 'incentive_rules[excel]'"  # what brings XlsxWriter
MOST_LINES, MOST_COLUMNS, MOST_CHARACTERS, MOST_OF_A_NAME = 1_048_576, 16_384, 32_767, 31
SAFE_DIGITS = 15  # a spreadsheet keeps numbers as binary floats, which hold every decimal of so many digits
_LOOKED_AT = 2_000  # rows by which a column gets its width
_NARROWEST, _WIDEST = 8, 60
_PAGE = 240  # characters that stand on a landscape page and can still be read
_MADE_ON = datetime(2000, 1, 1)  # noqa: DTZ001 - written as it stands; the same results are the same bytes
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count days in two ways
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


@frozen
class OfferedWords:
    """What may stand in the cells of one column below the heading, chosen from a list."""

    column: int
    words: tuple[str, ...]


@frozen
class BookSheet:
    """One sheet: a heading for each column, and rows of values as results have them; `wraps` breaks long texts."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    choices: tuple[OfferedWords, ...] = ()
    formats: Mapping[int, str] = field(factory=dict)  # of whole columns that people will fill in
    wraps: bool = False
    bold: frozenset[int] = frozenset()  # numbers of rows that are sums, counted from 0


def workbook_bytes(sheets: Sequence[BookSheet], language: str) -> bytes:
    """The workbook as a file has it; the same sheets give the same bytes.

    `ImportError` where XlsxWriter is not installed, `OSError` where a sheet cannot hold what should stand in it.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise ImportError(f"xlsx is written with XlsxWriter: {NEEDS}", name="xlsxwriter") from error
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": _MADE_ON})
    styles = _Styles(book)
    for name, sheet in zip(sheet_names([sheet.name for sheet in sheets]), sheets, strict=True):
        _write(book.add_worksheet(name), sheet, styles, language)
    book.close()
    return file.getvalue()


def sheet_names(wished: Iterable[str]) -> list[str]:
    """Names that every spreadsheet takes: of 31 characters at most, without `[]:*?/\\`, told apart without case."""
    taken: set[str] = {"history"}  # kept by Excel for itself
    found = []
    for wish in wished:
        plain = _FORBIDDEN.sub("_", wish).strip("' ") or "_"
        name, number = _cut(plain, MOST_OF_A_NAME), 2
        while name.casefold() in taken:
            ending = f" ({number})"
            name, number = _cut(plain, MOST_OF_A_NAME - len(ending)) + ending, number + 1
        taken.add(name.casefold())
        found.append(name)
    return found


def _cut(text: str, most: int) -> str:
    """The beginning of a text: Excel counts a character beyond 16 bits as two."""
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text.rstrip("' ")


class _Styles:
    """The formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _write(page: Any, sheet: BookSheet, styles: _Styles, language: str) -> None:
    if len(sheet.headings) > MOST_COLUMNS:
        raise _too_much(f"{MOST_COLUMNS:,} columns", f"{MOST_COLUMNS:,} 列", sheet.name, language)
    widths = [_width(heading) for heading in sheet.headings]
    heading = styles.of(bold=True, bottom=1, text_wrap=True, valign="top", bg_color="#E8EEF4")
    for column, text in enumerate(sheet.headings):
        page.write_string(0, column, _text(text, sheet.name, language), heading)
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        if last >= MOST_LINES:
            raise _too_much(f"{MOST_LINES - 1:,} rows", f"{MOST_LINES - 1:,} 行", sheet.name, language)
        own: dict[str, object] = {"bold": True, "top": 1} if last - 1 in sheet.bold else {}
        for column, value in enumerate(row):
            shown = _cell(page, last, column, value, own | _wrapped(sheet), styles, sheet.name, language)
            if last <= _LOOKED_AT:
                widths[column] = max(widths[column], _width(shown))
    for column, size in enumerate(widths):
        own_format = styles.of(num_format=sheet.formats[column]) if column in sheet.formats else None
        page.set_column(column, column, min(max(size + 2, _NARROWEST), _WIDEST), own_format)
    page.set_default_row(18)  # Chinese fonts are cut in the rows that XlsxWriter makes by itself
    page.set_landscape()
    page.set_paper(9)  # A4
    page.repeat_rows(0)
    if sum(widths) <= _PAGE:
        page.fit_to_pages(1, 0)
    page.freeze_panes(1, 0 if sheet.choices or sheet.wraps else 1)
    if sheet.headings:
        page.ignore_errors({"number_stored_as_text": _range(max(last, 1), len(sheet.headings))})
    for choice in sheet.choices:
        if len(",".join(choice.words)) <= 255:  # what a list in a cell may have in Excel
            rule = {"validate": "list", "source": list(choice.words), "error_type": "warning"}
            page.data_validation(1, choice.column, MOST_LINES - 1, choice.column, rule)


def _wrapped(sheet: BookSheet) -> dict[str, object]:
    return {"text_wrap": True, "valign": "top"} if sheet.wraps else {}


def _range(last: int, columns: int) -> str:
    from xlsxwriter.utility import xl_range

    return str(xl_range(0, 0, last, columns - 1))


def _cell(
    page: Any, row: int, column: int, value: object, own: Mapping[str, object], styles: _Styles, name: str,
    language: str,
) -> str:  # fmt: skip
    """Write one cell; the text that somebody sees there."""
    if value is MISSING or value is None:
        if own:
            page.write_blank(row, column, None, styles.of(**own))
        return ""
    if isinstance(value, bool):
        value = in_language(language, "yes" if value else "no", "是" if value else "否")
    number = _number(value)
    if number is not None:
        decimals = max(-int(number.as_tuple().exponent), 0)
        shown = "#,##0" + ("." + "0" * decimals if decimals else "")
        page.write_number(row, column, number, styles.of(num_format=shown, **own))
        return f"{number:,f}"
    if isinstance(value, datetime) and value.date() >= _FIRST_DAY:
        page.write_datetime(row, column, value, styles.of(num_format="yyyy-mm-dd hh:mm", **own))
        return "2000-01-01 00:00"
    if isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
        page.write_datetime(row, column, value, styles.of(num_format="yyyy-mm-dd", **own))
        return "2000-01-01"
    if isinstance(value, time):
        page.write_datetime(row, column, value, styles.of(num_format="hh:mm", **own))
        return "00:00"
    text = _text(cell_text(value), name, language)
    # Somebody who edits the cell, or saves the sheet as csv, meets the text again and no formula.
    plain = {"num_format": "@", **own} | ({"quote_prefix": True} if is_obeyed(text) else {})
    page.write_string(row, column, text, styles.of(**plain))
    return text


def _number(value: object) -> Decimal | None:
    """The value as a number that a spreadsheet keeps exactly; None for another value."""
    if isinstance(value, Fraction):
        exact = cell_text(value)
        if "/" in exact:
            return None
        value = Decimal(exact)
    if not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    digits = number.as_tuple().digits
    return number if len(digits) <= SAFE_DIGITS else None


def _text(text: str, name: str, language: str) -> str:
    text = _NOT_IN_XML.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    if len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        english, chinese = f"{MOST_CHARACTERS:,} characters in a cell", f"每格 {MOST_CHARACTERS:,} 个字符"
        raise _too_much(english, chinese, name, language)
    return text


def _too_much(english: str, chinese: str, name: str, language: str) -> OSError:
    said = (
        f"a sheet has at most {english} (`{name}`); .csv has no such limit",
        f"工作表最多 {chinese}（{name}）；.csv 没有此限制",
    )
    return OSError(errno.EFBIG, in_language(language, *said))


def _width(text: str) -> int:
    """How wide a text is in characters of a digit: the longest of its lines, Chinese counted double."""
    return max((width(line[: _WIDEST * 2]) for line in text.splitlines()), default=0)
