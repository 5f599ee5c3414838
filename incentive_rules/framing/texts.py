"""Writing results: csv that no spreadsheet obeys, json that keeps every text and digit."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from ..base.numbers import show_number
from ..model.result import MISSING
from ..model.text_columns import TextColumn, Writing, lines_of

# What makes a spreadsheet run a cell instead of showing it, full-width forms included (CWE-1236). A space
# before it does not help: some importers trim.
_OBEYED = re.compile("'*\\s*[=+\\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]")
_MARKED = re.compile(f"'(?:{_OBEYED.pattern}|-?[0-9]+/[0-9])")


_UNQUOTED = re.compile(r"[\w.\-]+")


def neutral(text: str) -> str:
    """A text as a csv cell may hold it: a leading `'` keeps a spreadsheet from obeying it.

    A text that has one already gets another, so that no two texts become one.
    """
    return "'" + text if is_obeyed(text) else text


def is_obeyed(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula, or has to guess."""
    return _OBEYED.match(text) is not None


def marked_cells(text: str) -> list[str]:
    """The cells of a csv file that have a `'` in front which their values have not."""
    if "'" not in text:
        return []
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row if _MARKED.match(cell)]


def cell_text(value: object) -> str:
    """A value as text: plain digits, `true` or `false`, ISO dates, nothing for a missing value."""
    if value is MISSING or value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        exact = show_number(value)
        return f"{value.numerator}/{value.denominator}" if "/" in exact else exact
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(cell_text(part) for part in value)
    return str(value)


def _csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Results as csv: numbers stay numbers, texts are neutralised, lines end as RFC 4180 says."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([neutral(heading) for heading in headings])
    writer.writerows(rows)
    return file.getvalue()


def _csv_cell(value: object) -> str:
    text = cell_text(value)
    if isinstance(value, str):
        return neutral(text)
    # A spreadsheet would take 1/3 for the first of March, and -1/3 for a formula.
    return "'" + text if "/" in text else text


def _json_list(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Results as a json list: numbers with all their digits, texts unchanged, a missing value null."""
    names = [f"{_json_text(heading)}: " for heading in headings]
    lines = ["{" + ", ".join(map(str.__add__, names, row)) + "}" for row in rows]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _json_value(value: object) -> str:
    if value is MISSING or value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return cell_text(value)
    if isinstance(value, Fraction) and "/" not in cell_text(value):
        return cell_text(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_json_value(part) for part in value) + "]"
    return _json_text(cell_text(value) if not isinstance(value, str) else value)


def _json_text(text: str) -> str:
    # U+2028 and U+2029 end a line for JavaScript and for some logs; lone surrogates cannot be encoded.
    plain = json.dumps(text, ensure_ascii=False)
    return re.sub("[\u2028\u2029\ud800-\udfff\x7f-\x9f]", lambda found: f"\\u{ord(found.group()):04x}", plain)


def writing_of(target: str) -> Writing:
    """How a value is written in a file of results with this name."""
    return Writing(_json_value, around_words='"') if _is_json(target) else Writing(_csv_text_of)


def as_file(target: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The rows in the form that the name of the file asks for."""
    if _is_json(target):
        return _json_list(headings, ([_json_value(value) for value in row] for row in rows))
    return _csv_text(headings, ([_csv_cell(value) for value in row] for row in rows))


def file_of_columns(target: str, headings: Sequence[str], columns: Sequence[TextColumn]) -> str:
    """The text of `as_file`, from columns of texts made with `writing_of`; there is at least one row."""
    if not _is_json(target):
        begin, joints, end = _csv_text(headings, ()), [b"", *[b","] * (len(columns) - 1), b"\r\n"], ""
    else:
        names = [f"{_json_text(heading)}: " for heading in headings]
        joints = [("{" if not number else ", ").encode() + name.encode() for number, name in enumerate(names)]
        begin, joints, end = "[\n", [*joints, b"},\n"], "\n]\n"
    lines = b"".join(lines_of(columns, joints))
    return begin + (lines.removesuffix(b",\n") if end else lines).decode() + end


def _csv_text_of(value: object) -> str:
    """A value as it stands in a line of csv, in quotes where it needs them."""
    text = _csv_cell(value)
    if _UNQUOTED.fullmatch(text):
        return text
    file = io.StringIO()
    csv.writer(file).writerow((text, ""))
    return file.getvalue().removesuffix(",\r\n")


def _is_json(target: str) -> bool:
    return target.lower().endswith(".json")
