"""Defines each function in plain fractions: written apart from `lang.functions`, and tested against it.

A missing argument (None) makes the result missing; `known` and `coalesce` are in the evaluator.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from ..base.numbers import Rounding
from ..model.terms import Constant
from .numbers import RefereeFault, round_to


def as_number(value: Constant) -> Fraction:
    """The value of a number; raises a fault for a flag, a text, or a missing value."""
    if not isinstance(value, Fraction):
        raise RefereeFault(f"a number is due, not {'missing' if value is None else repr(value)}")
    return value


def as_flag(value: Constant) -> bool:
    """The value of a condition; raises a fault for a missing value or a number."""
    if not isinstance(value, bool):
        raise RefereeFault(f"a condition is {'missing' if value is None else repr(value)}")
    return value


def function_of_numbers(
    least: int, most: int, work: Callable[[Sequence[Fraction]], Fraction | None]
) -> Callable[..., Constant]:  # fmt: skip
    """A function of `least` to `most` numbers; missing if any of them is."""

    def worked(*values: Constant) -> Constant:
        if not least <= len(values) <= most:
            raise RefereeFault(f"{len(values)} arguments")
        numbers = [as_number(v) for v in values if v is not None]
        return None if len(numbers) < len(values) else work(numbers)

    return worked


def rounded_half_up(numbers: Sequence[Fraction]) -> Fraction:
    places = numbers[1] if len(numbers) == 2 else Fraction(0)
    if places.denominator != 1 or places < 0:
        raise RefereeFault(f"round to {places} places")
    return round_to(numbers[0], int(places), Rounding.HALF_UP)


def day_of(number: Fraction) -> date:
    return date.fromordinal(int(number))


def whole_years(months: int) -> int:
    return months // 12 if months >= 0 else -(-months // 12)


def completed_months(first: date, last: date) -> int:
    """The most months that can be added to the earlier day without passing the later one; negative if swapped."""
    if last < first:
        return -completed_months(last, first)
    count = 12 * (last.year - first.year) + last.month - first.month
    # So many months later is the day of the same number, or the last one of a month that has no such day.
    return count - (last.day < min(first.day, monthrange(last.year, last.month)[1]))


FUNCTIONS: dict[str, Callable[..., Constant]] = {
    "min": function_of_numbers(2, 999, min),
    "max": function_of_numbers(2, 999, max),
    "clamp": function_of_numbers(3, 3, lambda x: max(x[1], min(x[0], x[2]))),
    "abs": function_of_numbers(1, 1, lambda x: x[0] if x[0] >= 0 else -x[0]),
    "round": function_of_numbers(1, 2, rounded_half_up),
    "floor": function_of_numbers(1, 1, lambda x: round_to(x[0], 0, Rounding.FLOOR)),
    "ceil": function_of_numbers(1, 1, lambda x: round_to(x[0], 0, Rounding.CEILING)),
    "trunc": function_of_numbers(1, 1, lambda x: round_to(x[0], 0, Rounding.DOWN)),
    "ratio": function_of_numbers(2, 2, lambda x: None if x[1] == 0 else x[0] / x[1]),
    "days": function_of_numbers(2, 2, lambda x: x[1] - x[0]),
    "minutes": function_of_numbers(2, 2, lambda x: x[1] - x[0]),
    "months": function_of_numbers(2, 2, lambda x: Fraction(completed_months(*map(day_of, x)))),
    "years": function_of_numbers(2, 2, lambda x: Fraction(whole_years(completed_months(*map(day_of, x))))),
    "day_of": function_of_numbers(1, 1, lambda x: Fraction(x[0] // (24 * 60))),
}


def total_of(values: Sequence[Constant]) -> Fraction:
    return sum((as_number(v) for v in values), Fraction(0))

