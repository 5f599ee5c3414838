"""Completed months and years, by the calendar: ends of months, 29 February, backwards, and over centuries."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.lang.algebra import ExactNumbers
from incentive_rules.lang.calendar import month_and_day, months, years

NUMBERS = ExactNumbers()


def day(text: str) -> Fraction:
    return Fraction(date.fromisoformat(text).toordinal())


COMPLETED = [
    ("2026-01-15", "2026-02-14", 0), ("2026-01-15", "2026-02-15", 1), ("2026-01-15", "2027-01-15", 12),
    ("2026-01-31", "2026-02-27", 0), ("2026-01-31", "2026-02-28", 1), ("2026-01-31", "2026-03-30", 1),
    ("2026-01-31", "2026-03-31", 2), ("2026-01-30", "2024-02-29", -23), ("2024-01-30", "2024-02-28", 0),
    ("2024-01-30", "2024-02-29", 1), ("2024-02-29", "2025-02-27", 11), ("2024-02-29", "2025-02-28", 12),
    ("2024-02-29", "2028-02-28", 47), ("2024-02-29", "2028-02-29", 48), ("2026-02-28", "2026-03-28", 1),
    ("2026-03-31", "2026-04-30", 1), ("2026-04-30", "2026-05-30", 1), ("2026-05-01", "2026-05-01", 0),
    ("2026-12-31", "2027-01-01", 0), ("1899-12-31", "1900-02-28", 2), ("1600-02-29", "2000-02-29", 4800),
    ("0001-01-01", "9999-12-31", 119_987), ("9999-11-30", "9999-12-31", 1),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "count"), COMPLETED)
def test_a_month_is_complete_on_its_day_or_on_the_last_day_of_a_shorter_one(first: str, last: str, count: int) -> None:
    assert months(NUMBERS, day(first), day(last)) == count
    assert months(NUMBERS, day(last), day(first)) == -count
    whole = abs(count) // 12
    assert years(NUMBERS, day(first), day(last)) == (whole if count >= 0 else -whole)


@given(st.dates())
def test_every_day_lies_in_its_month(one: date) -> None:
    number, place = month_and_day(NUMBERS, Fraction(one.toordinal()))
    assert (number + 3, place) == (12 * one.year + one.month, one.day)
