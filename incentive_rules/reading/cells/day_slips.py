"""Recognises the slip in a cell that is no date, or no time, and the day that was probably meant.

Nothing of this is read: what was meant is shown to whoever corrects the cell. For 1/2/2026 both days are shown.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from attrs import frozen

from ...base.moments import MINUTES_PER_DAY
from ...base.text import bare
from .number_slips import MOST_CHARACTERS
from .texts import ordinary

_YEAR_FIRST = re.compile(r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}[-/ ][A-Za-z]{3,9}[-/ ]\d{2}")
_SOLID = re.compile(r"(\d{4})(\d\d)(\d\d)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm]|上午|下午)?")
_DAY_ONE = date(1899, 12, 30)  # of spreadsheets: 61 is the first of March 1900
_SERIALS = (20_000, 80_000)  # 1954 to 2119


@frozen
class DaySlip:
    """The slip in a cell where a date or a time is due: the variant of the message, and its parameters.

    `meant` and `other` are the days that may be meant; `form` is the `written:` for that form.
    """

    variant: str = ""
    meant: str = ""
    other: str = ""
    form: str = ""


def day_slip(raw: object, written: str = "") -> DaySlip:
    """The slip in a cell that was not read as a date."""
    if written:
        return DaySlip("written")
    if isinstance(raw, datetime):
        return DaySlip("clock", raw.date().isoformat()) if raw.tzinfo is None else DaySlip()
    text = _text_of(raw)
    serial = _serial(text)
    if serial is not None:
        return DaySlip("serial", serial.date().isoformat())
    found = DaySlip("near", text) if _is_day(text) else _days_in(text)
    if found is not None:
        return found
    day, _, clock = re.sub("[Tt ]+", " ", text).partition(" ")
    if clock and _CLOCK.fullmatch(clock):
        inner = _days_in(day)
        return DaySlip("clock", day if inner is None and _is_day(day) else inner.meant if inner is not None else "")
    return DaySlip("year") if _SHORT_YEAR.fullmatch(text) else DaySlip()


def time_slip(raw: object, written: str, dated: bool) -> DaySlip:
    """The slip in a cell that was not read as a time; `dated`: a time of the input must have its date."""
    if written:
        return DaySlip("written")
    if isinstance(raw, datetime):
        return DaySlip("seconds", raw.isoformat(" ", "minutes")) if raw.tzinfo is None else DaySlip()
    text = _text_of(raw)
    serial = _serial(text)
    if serial is not None:
        return DaySlip("serial", serial.isoformat(" ", "minutes"))
    day, clock = _parted(text)
    found = _CLOCK.fullmatch(clock)
    if not found:
        return DaySlip()
    hour, minute = int(found[1]) + _afternoon(found[4], int(found[1])), int(found[2])
    if hour > 23 or minute > 59:
        return DaySlip("hour")
    if not day and dated:
        return DaySlip("undated", f"{hour:02d}:{minute:02d}")
    inner = _days_in(day) if day else None
    if inner is not None and not inner.meant:
        return inner
    time = f"{hour:02d}:{minute:02d}"
    if inner is not None and inner.other:
        return DaySlip(inner.variant, f"{inner.meant} {time}", f"{inner.other} {time}", f"{inner.form} hh:mm")
    meant = f"{inner.meant if inner is not None else day} {time}".strip()
    return DaySlip("seconds" if int(found[3] or 0) else "near", meant)


def _text_of(raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return ""
    if isinstance(raw, int) and raw.bit_length() > MOST_CHARACTERS:
        return ""
    text = str(raw)
    return bare(ordinary(text)) if len(text) <= MOST_CHARACTERS else ""


def _serial(text: str) -> datetime | None:
    """The date and time of a spreadsheet's number, to the minute: 46053 is the 31st of January 2026."""
    if not re.fullmatch(r"\d{5}(\.\d+)?", text) or not _SERIALS[0] <= int(text[:5]) <= _SERIALS[1]:
        return None
    minutes = round(Decimal("0" + text[5:]) * MINUTES_PER_DAY)
    return datetime.combine(_DAY_ONE, datetime.min.time()) + timedelta(days=int(text[:5]), minutes=minutes)


def _parted(text: str) -> tuple[str, str]:
    """The date and the clock time of a text; "" for a missing date."""
    found = re.fullmatch(r"(.*?\d日?)[Tt ]+(\d{1,2}:.*)", text)
    return (found[1], found[2]) if found else ("", text)


def _afternoon(word: str | None, hour: int) -> int:
    """The hours that PM adds or AM subtracts."""
    late = word is not None and word.casefold() in ("pm", "下午")
    if word is None:
        return 0
    return 12 if late and hour < 12 else -12 if not late and hour == 12 else 0


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None and _day(text[:4], text[5:7], text[8:]) != ""


def _days_in(text: str) -> DaySlip | None:
    """The slip of a date in another form; None if no date is recognised."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, mark, month, second, day = found.groups()
        meant = _day(year, month, day)
        whole = mark == second and len(month) == len(day) == 2
        if whole and mark == "-":
            return None if meant else DaySlip("day")
        return _one_day(meant, f"YYYY{mark}MM{mark}DD" if whole else "")
    if found := _SOLID.fullmatch(text):
        meant = _day(*found.groups())
        return _one_day(meant, "YYYYMMDD") if meant else None
    if found := _YEAR_LAST.fullmatch(text):
        first, mark, second, year = found.groups()
        parts = {"DD MM YYYY": (second, first), "MM DD YYYY": (first, second)}
        readings = {form.replace(" ", mark): _day(year, *both) for form, both in parts.items()}
        able = {form: day for form, day in readings.items() if day}
        forms = list(able) if len(first) == len(second) == 2 else [""]
        days = list(dict.fromkeys(able.values()))
        if not days:
            return DaySlip("day")
        if len(days) == 1:
            return _one_day(days[0], forms[0])
        return DaySlip("order-form" if forms[0] else "order", days[0], days[1], forms[0])
    return None


def _one_day(meant: str, form: str) -> DaySlip:
    if not meant:
        return DaySlip("day")
    return DaySlip("form" if form else "near", meant, form=form)


def _day(year: str, month: str, day: str) -> str:
    """The day as it would be read; "" if there is none."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
