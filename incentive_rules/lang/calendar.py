"""The calendar in the operations of the language: in which month a day lies, and which day of it it is.

A year is counted from the first of March, so that the day which some years lack is its last (Hinnant, "chrono-
compatible low-level date algorithms", 2013); 400 years have 146,097 days.
"""

from __future__ import annotations

from typing import TypeVar

from ..base.numbers import Rounding
from .algebra import Algebra

V = TypeVar("V")

_BEFORE_YEAR_1 = 305  # days from the first of March of the year 0 to the day before day 1
_ERA = 146_097  # days of 400 years


def month_and_day(a: Algebra[V], day: V) -> tuple[V, V]:
    """The number of a day's month, months counted from March of the year 0, and its place in the month, from 1."""

    def whole(value: V, count: int) -> V:
        return a.rounded(a.over(value, count), Rounding.FLOOR)

    def plus(value: V, count: int) -> V:
        return a.plus(value, a.number(count))

    since = plus(day, _BEFORE_YEAR_1)
    era = whole(since, _ERA)
    of_era = a.minus(since, a.times(era, _ERA))
    shifted = a.minus(a.plus(a.minus(of_era, whole(of_era, 1_460)), whole(of_era, 36_524)), whole(of_era, _ERA - 1))
    year = whole(shifted, 365)
    leap_days = a.minus(whole(year, 4), whole(year, 100))
    of_year = a.minus(of_era, a.plus(a.times(year, 365), leap_days))
    month = whole(plus(a.times(of_year, 5), 2), 153)
    begins = whole(plus(a.times(month, 153), 2), 5)
    number = a.plus(a.times(a.plus(year, a.times(era, 400)), 12), month)
    return number, plus(a.minus(of_year, begins), 1)


def months(a: Algebra[V], first: V, last: V) -> V:
    """Completed months from one day to another, below 0 where the second is the earlier one.

    A month is complete on the day of the same number, or on the last day of a month that has no such day.
    """
    return a.where_less(last, first, a.minus(a.number(0), _completed(a, last, first)), _completed(a, first, last))


def years(a: Algebra[V], first: V, last: V) -> V:
    """Completed years: twelve completed months each."""
    return a.rounded(a.over(months(a, first, last), 12), Rounding.DOWN)


def _completed(a: Algebra[V], first: V, last: V) -> V:
    """Completed months from `first` to `last`, where `first` is not the later one."""
    begun, begun_on = month_and_day(a, first)
    month, on = month_and_day(a, last)
    next_month, _ = month_and_day(a, a.plus(last, a.number(1)))
    between = a.minus(month, begun)
    one_less = a.minus(between, a.number(1))
    # The last day of its month completes whatever was begun on a day that the month does not have.
    return a.where_less(on, begun_on, a.where_less(month, next_month, between, one_less), between)
