"""Writes rows that a program handed over as a file of a record; read again, each cell is the same to the last digit.

Texts, flags, nothing and whole numbers are written as they are; any other cell as an object with its type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from ..base.numbers import EXACT, decimal_text
from ..model.data import DataTable, Foreign, Lost
from ..model.result import MISSING
from .canonical_json import BrokenRecord, json_line, parse_json

ToPlain = Callable[[object], object]  # what reading makes of a cell before its type is known
Shown = Callable[[object], str]  # how a message shows it
_MOST_PLAIN = 10**18  # of larger whole numbers readers of json differ
_THEMSELVES = frozenset({str, int, bool, type(None)})  # what reading takes as it is


def cell_as_json(value: object) -> object:
    """An exact built-in object as json; raises `TypeError` for any other."""
    if value is MISSING or value is None or isinstance(value, bool | str):
        return None if value is MISSING else value
    if isinstance(value, int):
        return value if abs(value) < _MOST_PLAIN else {"int": f"{value:x}"}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, Decimal):
        return {"decimal": decimal_text(value)}
    if isinstance(value, Fraction):
        return {"fraction": f"{value.numerator:x}/{value.denominator:x}"}
    if isinstance(value, datetime) and not getattr(value, "nanosecond", 0):
        return {"datetime": value.isoformat()}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    raise TypeError(type(value).__name__)


_READERS: Mapping[str, Callable[[str], object]] = {
    "int": lambda text: int(text, 16),
    "float": float,
    "decimal": lambda text: Decimal(text, EXACT),
    "fraction": lambda text: Fraction(*(int(part, 16) for part in text.split("/"))),
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def cell_from_json(written: object) -> object:
    """The object that `cell_as_json` wrote; raises `BrokenRecord` for anything else."""
    if written is None or isinstance(written, bool | int | str):
        return written
    match written:
        case {"shown": str(text), **rest} if set(rest) <= {"value", "narrow", "alien"}:
            narrow, alien = rest.get("narrow") is True, rest.get("alien") is True
            value = cell_from_json(rest.get("value"))
            if isinstance(value, Foreign) or (narrow and not isinstance(value, float)):
                raise BrokenRecord("a cell")
            return Foreign(value, text, narrow, alien)
    if not isinstance(written, dict) or len(written) != 1:
        raise BrokenRecord("a cell")
    ((word, text),) = written.items()
    if word not in _READERS or not isinstance(text, str):
        raise BrokenRecord("a cell")
    try:
        return _READERS[word](text)
    except (ValueError, InvalidOperation, ZeroDivisionError, TypeError) as error:
        raise BrokenRecord("a cell") from error


def _raw_cell(raw: object, plain: ToPlain, shown: Shown) -> object:
    """A cell of any type as json, with the text that messages show if that differs."""
    if type(raw) in _THEMSELVES:
        return cell_as_json(raw)
    value = plain(raw)
    text = shown(raw if value is None else value)  # as reading shows what it refuses
    if isinstance(value, Lost):
        return {"shown": text, "value": {"float": repr(value.number)}, "narrow": True}
    try:
        cell = cell_as_json(value)
    except TypeError:
        return {"shown": text, "alien": True}
    return cell if shown(cell_from_json(cell)) == text else {"shown": text, "value": cell}


def rows_file(table: DataTable, plain: ToPlain, shown: Shown) -> Iterator[bytes]:
    """A table without a file of its own: its headings on the first line, then a line for each row."""
    yield json_line({"name": table.name, "headings": list(table.headings)})
    for cells, line in zip(table.rows, table.lines, strict=True):
        row = [_raw_cell(cell, plain, shown) for cell in cells]
        yield json_line(row if line is None else {"line": line, "cells": row})


def read_rows(data: bytes) -> DataTable:
    """Reads the table again; raises `BrokenRecord` for bytes that `rows_file` never writes."""
    head, *lines = data.split(b"\n")
    match parse_json(head):
        case {"name": str(name), "headings": list(headings)} if all(isinstance(h, str) for h in headings):
            pass
        case _:
            raise BrokenRecord("the headings")
    if not lines or lines.pop() != b"":
        raise BrokenRecord("the last line")
    rows, numbers = [], list[int | None]()
    for text in lines:
        match parse_json(text):
            case {"line": int(number), "cells": list(cells)}:
                numbers.append(number)
            case list(cells):
                numbers.append(None)
            case _:
                raise BrokenRecord("a row")
        if len(cells) != len(headings):
            raise BrokenRecord("a row")
        rows.append(tuple(map(cell_from_json, cells)))
    return DataTable(name, tuple(headings), tuple(rows), tuple(numbers))
