"""Computes how much of a period somebody served: by calendar days, or by months, counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from ..base.periods import Period
from ..model.terms import Constant
from ..model.trace import Served
from .numbers import RefereeFault

SERVED = ("calendar_days", "full_months", "started_months", "majority_months")


def served(first: Constant, last: Constant, method: str, period: Period) -> Served:
    """The share of the period from `first` to `last`, both days included; missing if one of them is.

    calendar_days: days served / days. full_months: months served from end to end / months. started_months: months with
    a day served / months. majority_months: months of which at least half the days were / months.
    """
    if method not in SERVED:
        raise RefereeFault(f"{method} is no way to count what was served")
    if first is None or last is None:
        return Served(method, 0, 0, None)
    if not isinstance(first, Fraction) or not isinstance(last, Fraction):
        raise RefereeFault("days are due")
    if method == "calendar_days":
        inside, days = _inside(period.first_day, period.last_day, first, last)
        return Served(method, inside, days, Fraction(inside, days))
    months = [_inside(start, end, first, last) for start, end in months_of(period)]
    match method:
        case "full_months":
            counted = sum(inside == days for inside, days in months)
        case "started_months":
            counted = sum(inside > 0 for inside, _ in months)
        case _:
            counted = sum(2 * inside >= days for inside, days in months)
    return Served(method, counted, len(months), Fraction(counted, len(months)))


def _inside(start: date, end: date, first: Fraction, last: Fraction) -> tuple[int, int]:
    """How many of the days from `start` to `end` were served, and how many there are."""
    days = range(start.toordinal(), end.toordinal() + 1)
    return sum(first <= day <= last for day in days), len(days)


def months_of(period: Period) -> Iterator[tuple[date, date]]:
    """The months of a period, each from the day of the month on which the period begins."""
    start = period.first_day
    while start <= period.last_day:
        following = date(start.year + start.month // 12, start.month % 12 + 1, start.day)
        yield start, following - timedelta(days=1)
        start = following
