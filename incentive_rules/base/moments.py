"""Writes dates and times in ISO 8601; both are whole numbers, of days and of minutes."""

from __future__ import annotations

from datetime import date

LAST_DAY = date.max.toordinal()
MINUTES_PER_DAY = 24 * 60


def day_text(number: int) -> str:
    """The day of a number, as in `date.toordinal`: `2026-04-01`.

    >>> day_text(739707)
    '2026-04-01'
    """
    return date.fromordinal(number).isoformat()


def time_text(minutes: int) -> str:
    """Minutes of a day as `08:30`; of a day and a time together as `2026-04-01 08:30`.

    >>> time_text(510), time_text(739707 * 1440 + 510)
    ('08:30', '2026-04-01 08:30')
    """
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{day_text(days)} {clock}" if days else clock
