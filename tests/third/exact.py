"""Exact numbers, how they are rounded, and days: what `docs/reference` says of each, in the plainest way."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}")
FLAGS = {"true": True, "True": True, "是": True, "false": False, "False": False, "否": False}
MISSING = ("missing", "缺失")
DECIMALS = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "ISK": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def number(text: str) -> Fraction:
    """The exact number.

    >>> number("12.5%"), number("-0.30")
    (Fraction(1, 8), Fraction(-3, 10))
    """
    percent = text.endswith("%")
    return Fraction(text.rstrip("%")) / (100 if percent else 1)


def constant(text: str) -> object:
    """A constant by its look, where its place does not say what it is."""
    text = text.strip()
    if text in MISSING:
        return None
    if NUMBER.fullmatch(text):
        return number(text)
    if text in FLAGS:
        return FLAGS[text]
    if DAY.fullmatch(text):
        return date.fromisoformat(text)
    return text


def rounded(value: Fraction, decimals: int, mode: str) -> Fraction:
    """`value` with so many decimals.

    >>> [str(rounded(Fraction(-5, 2), 0, m)) for m in ("half_up", "half_even", "down", "up", "floor", "ceiling")]
    ['-3', '-2', '-2', '-3', '-3', '-2']
    """
    scaled = value * 10**decimals
    size, sign = abs(scaled), -1 if scaled < 0 else 1
    whole = floor(size)
    rest = size - whole
    half = Fraction(1, 2)
    match mode:
        case "half_up":
            steps = sign * (whole + (rest >= half))
        case "half_even":
            steps = sign * (whole + (rest > half or (rest == half and whole % 2 == 1)))
        case "down":
            steps = sign * whole
        case "up":
            steps = sign * (whole + (rest > 0))
        case "floor":
            steps = floor(scaled)
        case "ceiling":
            steps = ceil(scaled)
        case _:
            raise ValueError(mode)
    return Fraction(steps, 10**decimals)


# ── Days ──────────────────────────────────────────────────────────────────────────────────────────


def months_later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Span:
    """A period: its first and last day, and the year that it belongs to.

    >>> one = Span("2024-Q1")
    >>> one.first.isoformat(), one.last.isoformat(), one.due("quarter"), one.due("year")
    ('2024-01-01', '2024-03-31', True, False)
    """

    def __init__(self, text: str, year_starts: str = "01-01") -> None:
        month, day = map(int, year_starts.split("-"))
        parts = text.split("-")
        year = date(int(parts[0]), month, day)
        start, self.months = 0, 12
        if len(parts) == 2 and parts[1].startswith("Q"):
            start, self.months = 3 * (int(parts[1][1:]) - 1), 3
        elif len(parts) == 2 and parts[1].startswith("H"):
            start, self.months = 6 * (int(parts[1][1:]) - 1), 6
        elif len(parts) == 2:
            self.months = 1
            start = (int(parts[1]) - month) % 12
            year = months_later(date(int(parts[0]), int(parts[1]), day), -start)
        self.year_starts, self.position = year, start
        self.first = months_later(year, start)
        self.last = months_later(year, start + self.months) - timedelta(1)
        self.days = (self.last - self.first).days + 1

    def due(self, every: str) -> bool:
        """Whether something of this frequency falls due in the period: in the last one of each."""
        length = MONTHS[every]
        return length <= self.months or (self.position + self.months) % length == 0

    def served(self, first: date, last: date, method: str) -> Fraction:
        """The share of the period from one day to another, both included."""
        if method == "calendar_days":
            return Fraction(_inside(first, last, self.first, self.last), self.days)
        found = 0
        for number_ in range(self.months):
            start = months_later(self.first, number_)
            end = months_later(self.first, number_ + 1) - timedelta(1)
            inside, whole = _inside(first, last, start, end), (end - start).days + 1
            found += {
                "full_months": inside == whole,
                "started_months": inside > 0,
                "majority_months": 2 * inside >= whole,
            }[method]
        return Fraction(found, self.months)


def _inside(first: date, last: date, start: date, end: date) -> int:
    return max(0, (min(last, end) - max(first, start)).days + 1)


def minutes(first: datetime, last: datetime) -> Fraction:
    return Fraction(int((last - first).total_seconds()), 60)


def months(first: date, last: date) -> int:
    """Completed months: as often as one more month, counted from the first day, does not pass the last."""
    if last < first:
        return -months(last, first)
    count = max(0, 12 * (last.year - first.year) - 12)
    while months_later(first, count + 1) <= last:
        count += 1
    return count


def percentile(values: list[Fraction], share: Fraction, method: str) -> Fraction:
    """The percentile of some values, by a named method."""
    found, count = sorted(values), len(values)
    if method == "linear":
        place = share * (count - 1)
        below = floor(place)
        above = min(below + 1, count - 1)
        return found[below] + (place - below) * (found[above] - found[below])
    place = ceil(share * count) if method == "at_least" else floor(share * count) + 1
    return found[min(max(int(place), 1), count) - 1]
