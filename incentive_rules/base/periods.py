"""Periods of pay: `2026`, `2026-H1`, `2026-Q2`, `2026-04`, counted from the day a year starts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from attrs import frozen


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[self.value]


_ENDINGS = {
    PeriodKind.MONTH: tuple(f"-{month:02d}" for month in range(1, 13)),
    PeriodKind.QUARTER: ("-Q1", "-Q2", "-Q3", "-Q4"),
    PeriodKind.HALF_YEAR: ("-H1", "-H2"),
    PeriodKind.YEAR: ("",),
}
_PATTERN = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


@frozen
class Period:
    """One period. Both `first_day` and `last_day` are inside; `text` is how it is written."""

    text: str
    kind: PeriodKind
    first_day: date
    last_day: date

    def __str__(self) -> str:
        return self.text


def _month_later(year: int, month: int, count: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


@lru_cache(1024)
def read_period(text: str, year_starts: tuple[int, int] = (1, 1)) -> Period | None:
    """The period that `text` names, or None if it names none.

    A year is named after the calendar year in which it starts; `year_starts` is (month, day).
    """
    found = _PATTERN.fullmatch(text)
    if not found:
        return None
    year, half, quarter, month = (int(g) if g else 0 for g in found.groups())
    if year < 1 or year > 9998:
        return None
    kind, before = PeriodKind.YEAR, 0
    if half:
        kind, before = PeriodKind.HALF_YEAR, 6 * (half - 1)
    elif quarter:
        kind, before = PeriodKind.QUARTER, 3 * (quarter - 1)
    start_month, start_day = year_starts
    if month:
        # A month is named by the calendar month in which it starts.
        kind, first = PeriodKind.MONTH, (year, month)
    else:
        first = _month_later(year, start_month, before)
    after = _month_later(*first, kind.months)
    first_day = date(*first, start_day)
    return Period(text, kind, first_day, date(*after, start_day) - timedelta(days=1))


def period_at(day: date, kind: PeriodKind, year_starts: tuple[int, int] = (1, 1)) -> Period | None:
    """The period of `kind` that holds `day`; None where the calendar of Python ends."""
    for year in (day.year, day.year - 1, day.year + 1):
        for ending in _ENDINGS[kind]:
            period = read_period(f"{year:04d}{ending}", year_starts)
            if period is not None and period.first_day <= day <= period.last_day:
                return period
    return None


def period_before(period: Period, year_starts: tuple[int, int] = (1, 1)) -> Period | None:
    """The period of the same kind that ends on the day before `period` begins."""
    if period.first_day.toordinal() <= 366:
        return None
    return period_at(period.first_day - timedelta(days=1), period.kind, year_starts)


def earlier_in_year(period: Period, year_starts: tuple[int, int] = (1, 1)) -> tuple[Period, ...]:
    """The periods of the same kind and year before `period`, the first one first."""
    year = period_at(period.first_day, PeriodKind.YEAR, year_starts)
    found: list[Period] = []
    before = period_before(period, year_starts)
    while before is not None and year is not None and before.first_day >= year.first_day:
        found.append(before)
        before = period_before(before, year_starts)
    return tuple(reversed(found))
