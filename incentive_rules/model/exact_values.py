"""Exact values for the referee: made from those of a result, and written into messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from ..base.moments import LAST_DAY, MINUTES_PER_DAY, day_text, time_text
from ..base.numbers import show_number
from ..base.problems import Problem
from ..lang.types import Kind, Type
from .checked import CheckedInput
from .data import ExactValue
from .result import MISSING
from .terms import Constant

ReadCell = Callable[[CheckedInput, object], ExactValue | Problem]  # what a cell of an input holds, or why it is refused


def as_constant(value: object) -> Constant:
    """A result's value as a constant: dates are day numbers, missing is None."""
    if value is MISSING or value is None:
        return None
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, datetime):
        return Fraction(value.toordinal() * MINUTES_PER_DAY + value.hour * 60 + value.minute)
    if isinstance(value, date):
        return Fraction(value.toordinal())
    if isinstance(value, time):
        return Fraction(value.hour * 60 + value.minute)
    if isinstance(value, (int, Decimal, Fraction)):
        return Fraction(value)
    raise TypeError(type(value).__name__)


def show_typed(value: Constant, type_: Type) -> str:
    """A value in a message, by its type: dates and times as texts."""
    if isinstance(value, Fraction) and value.denominator == 1 and value > 0:
        if type_.kind is Kind.DATE and value <= LAST_DAY:
            return day_text(int(value))
        if type_.kind is Kind.TIME:
            return time_text(int(value))
    return show_constant(value)


def show_constant(value: Constant, decimals: int | None = None) -> str:
    """A value in a message: exact numbers, texts as they are, `missing`."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return show_number(value, decimals)
    return value
