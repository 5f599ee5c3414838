"""Reads dates and times in cells: days since the year 1 and minutes, or the problem why there are none.

A clock time alone counts its minutes from midnight; with a date, from midnight of day 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from fractions import Fraction
from functools import lru_cache

from ...base.moments import MINUTES_PER_DAY, day_text, time_text
from ...base.problems import Problem
from ...base.text import bare
from ...model.checked import CheckedInput
from .day_slips import day_slip, time_slip
from .problems import cell_problem, in_yaml, out_of_range

_DAY = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_DATE = re.compile(_DAY, re.ASCII)
_TIME = re.compile(rf"(?:{_DAY}[ T])?(?P<hour>\d{{2}}):(?P<minute>\d{{2}})(?::00)?", re.ASCII)
_LETTERS = {"YYYY": "year", "MM": "month", "DD": "day", "hh": "hour", "mm": "minute"}
_EXAMPLE = {"YYYY": "2026", "MM": "01", "DD": "31", "hh": "12", "mm": "30"}


def read_date(item: CheckedInput, raw: object) -> int | Problem:
    """Reads the number of a day, from a value without clock time and zone."""
    day: date | None = None
    if isinstance(raw, str):
        found = _written(item, _DATE).fullmatch(bare(raw))
        day = _day(found["year"], found["month"], found["day"]) if found else None
    elif isinstance(raw, datetime):
        day = raw.date() if raw.tzinfo is None and _is_midnight(raw) else None
    elif isinstance(raw, date):
        day = raw
    if day is None:
        slip = day_slip(raw, item.definition.written)
        return _refused(item, "data-date", raw, slip.variant, near=slip.meant, other=slip.other, form=slip.form)
    number = day.toordinal()
    if not item.facts.bounds.holds(Fraction(number)):
        return out_of_range(item, day.isoformat(), lambda bound: day_text(int(bound)))
    return number


def read_time(item: CheckedInput, raw: object) -> int | Problem:
    """Reads the minutes of a local time in whole minutes, without zone."""
    minutes: int | None = None
    if isinstance(raw, str):
        found = _written(item, _TIME).fullmatch(bare(raw))
        minutes = _minutes_in_text(found.groupdict()) if found else None
    elif isinstance(raw, datetime):
        if raw.tzinfo is None and not (raw.second or raw.microsecond or getattr(raw, "nanosecond", 0)):
            minutes = raw.toordinal() * MINUTES_PER_DAY + raw.hour * 60 + raw.minute
    elif isinstance(raw, time) and raw.tzinfo is None and not (raw.second or raw.microsecond):
        minutes = raw.hour * 60 + raw.minute
    low = item.facts.bounds.low
    # A clock time alone is a value of its own; where moments of dates are due it is half of one.
    dated = low is not None and low >= MINUTES_PER_DAY
    if minutes is None or (minutes < MINUTES_PER_DAY and dated):
        slip = time_slip(raw, item.definition.written, dated)
        return _refused(item, "data-time", raw, slip.variant, near=slip.meant, other=slip.other, form=slip.form)
    if not item.facts.bounds.holds(Fraction(minutes)):
        return out_of_range(item, time_text(minutes), lambda bound: time_text(int(bound)))
    return minutes


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time() and not getattr(moment, "nanosecond", 0)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _minutes_in_text(parts: Mapping[str, str | None]) -> int | None:
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    if hour > 23 or minute > 59:
        return None
    clock = hour * 60 + minute
    year = parts.get("year")
    if year is None:
        return clock
    found = _day(year, parts.get("month") or "", parts.get("day") or "")
    return None if found is None else found.toordinal() * MINUTES_PER_DAY + clock


def _written(item: CheckedInput, iso: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern of a date or a time in the data: as the input declares it, else that of ISO 8601."""
    return _pattern(item.definition.written) if item.definition.written else iso


@lru_cache(256)
def _pattern(written: str) -> re.Pattern[str]:
    """`DD-MM-YYYY hh:mm` as a regular expression: each group of letters is that many digits, all else is literal."""
    parts = (f"(?P<{_LETTERS[part]}>\\d{{{len(part)}}})" if part in _LETTERS else re.escape(part)
             for part in re.split("(YYYY|MM|DD|hh|mm)", written))  # fmt: skip
    return re.compile("".join(parts), re.ASCII)


def _refused(item: CheckedInput, code: str, raw: object, variant: str, **params: str) -> Problem:
    if not variant and isinstance(raw, str) and item.definition.can_be_missing and not any(map(str.isdigit, raw)):
        return cell_problem(item, code, raw, "missing", text=in_yaml(bare(raw)))
    written = item.definition.written
    kept = {name: value for name, value in params.items() if value}
    if written:
        kept["near"] = _example(written)
    return cell_problem(item, code, raw, variant or ("written" if written else ""), written=written, **kept)


def _example(written: str) -> str:
    """An example of the form: 31.01.2026 for `DD.MM.YYYY`."""
    for letters, digits in _EXAMPLE.items():
        written = written.replace(letters, digits)
    return written
