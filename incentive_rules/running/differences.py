"""Where an engine's result and the referee's judgement differ: nowhere, if all is well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from ..base.numbers import show_number
from ..model.result import MISSING, Result
from ..model.terms import Constant
from ..model.trace import Judgement


def as_constant(value: object) -> Constant:
    """A result's value as the referee has it: dates are day numbers, missing is None."""
    if value is MISSING or value is None:
        return None
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, datetime):
        return Fraction(value.toordinal() * 1440 + value.hour * 60 + value.minute)
    if isinstance(value, date):
        return Fraction(value.toordinal())
    if isinstance(value, time):
        return Fraction(value.hour * 60 + value.minute)
    if isinstance(value, (int, Decimal, Fraction)):
        return Fraction(value)
    raise TypeError(type(value).__name__)


def differences(result: Result, judgement: Judgement) -> Iterator[tuple[str, Constant, Constant]]:
    """Each name of the person whose two values differ, with the engine's and the referee's."""
    if result.in_scope is not judgement.in_scope:
        yield "in_scope", result.in_scope, judgement.in_scope
    for name, theirs in judgement.values.items():
        ours = as_constant(result[name])
        if ours != theirs or isinstance(ours, bool) is not isinstance(theirs, bool):
            yield name, ours, theirs
    for details, rows in judgement.rows.items():
        for name in rows[0] if rows else ():
            values = result[name]
            mine = tuple(map(as_constant, values)) if isinstance(values, tuple) else ()
            if mine != tuple(row[name] for row in rows):
                yield f"{details}.{name}", None, None
    for name, line in result.lines.items():
        if name in judgement.lines and line.state != judgement.lines[name]:
            yield f"{name}: state", line.state, judgement.lines[name]


def show_constant(value: Constant, decimals: int | None = None) -> str:
    """A value in a message: exact numbers, texts as they are, `missing`."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return show_number(value, decimals)
    return value
