"""Decides when something that is given less often than the scheme is computed is due."""

from __future__ import annotations

from ...base.periods import Period, PeriodKind


def is_due(every: str | None, period: Period | None, year_starts: tuple[int, int] = (1, 1)) -> bool:
    """Whether `period` is the last one of a year, half year, quarter or month; true where nothing is said.

    Years decide where all other spans end: a quarter of a year that starts in April ends in June.
    """
    if every is None or period is None:
        return True
    months = (period.first_day.month - year_starts[0]) % 12 + period.kind.months  # of the year, when it ends
    return months % max(PeriodKind(every).months, period.kind.months) == 0
