"""Writes json in the one form of a record (same values, same bytes), and reads such bytes again.

Numbers of pay are texts, so that no reader can turn them into binary floats; a json number counts things and is whole.
Names stand in the order of their code points.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from ..base.moments import day_text, time_text
from ..base.numbers import to_decimal
from ..base.text import HIDDEN
from ..lang.types import Kind
from ..model.result import MISSING
from ..model.terms import Constant

_MOST_DIGITS = 19  # of a whole number that counts things


def json_line(value: object) -> bytes:
    """`value` as json on one line; invisible characters and anything that ends a line are escaped."""
    return (_text(value, None) + "\n").encode()


def json_text(value: object) -> str:
    """`value` as json within a line."""
    if type(value) is str and value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'  # nothing in it is escaped
    return _text(value, None)


def json_page(value: object) -> bytes:
    """`value` as json over several lines, for people to read."""
    return (_text(value, 1) + "\n").encode()


def _text(value: object, indent: int | None) -> str:
    between = (",", ": ") if indent else (", ", ": ")
    plain = json.dumps(value, ensure_ascii=False, indent=indent, separators=between, allow_nan=False)
    return HIDDEN.sub(lambda found: json.dumps(found.group())[1:-1], plain)


class BrokenRecord(ValueError):
    """Raised for bytes that no record contains."""


def parse_json(data: bytes) -> object:
    """Parses json; raises `BrokenRecord` for anything that a record never writes."""
    try:
        found: object = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_int=_whole, parse_float=_never, parse_constant=_never
        )
    except (ValueError, RecursionError) as error:
        raise BrokenRecord("not valid json") from error
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BrokenRecord("a name stands twice")
    return found


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise BrokenRecord("a number is too long")
    return int(text)


def _never(text: str) -> object:
    raise BrokenRecord("a number with a point")


# ── Values ────────────────────────────────────────────────────────────────────────────────────────


def written(value: object) -> object:
    """A result's value as a record writes it; `model.record.recorded_value` reads it again."""
    if value is MISSING or value is None:
        return None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime):
        return f"{value.date().isoformat()} {value.hour:02d}:{value.minute:02d}"
    if isinstance(value, time):
        return f"{value.hour:02d}:{value.minute:02d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [written(one) for one in value]
    raise TypeError(type(value).__name__)


def written_constant(value: Constant | int, kind: Kind, whole: bool, decimals: int | None) -> object:
    """An exact value of a formula as json; dates and times, which are numbers in formulas, become texts."""
    if value is None or isinstance(value, bool | str):
        return value
    number = Fraction(value)
    if kind is Kind.DATE:
        return day_text(int(number))
    if kind is Kind.TIME:
        return time_text(int(number))
    if whole and number.denominator == 1:
        return str(number.numerator)
    if decimals is None:
        return written(number)
    return written(to_decimal(int(number * 10**decimals), decimals))
