"""Periods of pay and the days that they cover."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.periods import PeriodKind, read_period


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2026", PeriodKind.YEAR, "2026-01-01", "2026-12-31"),
        ("2026-H2", PeriodKind.HALF_YEAR, "2026-07-01", "2026-12-31"),
        ("2026-Q2", PeriodKind.QUARTER, "2026-04-01", "2026-06-30"),
        ("2024-02", PeriodKind.MONTH, "2024-02-01", "2024-02-29"),
        ("2026-12", PeriodKind.MONTH, "2026-12-01", "2026-12-31"),
    ],
)
def test_both_ends_are_inside(text: str, kind: PeriodKind, first: str, last: str) -> None:
    period = read_period(text)
    assert period is not None
    assert (period.kind, str(period.first_day), str(period.last_day), str(period)) == (kind, first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-0",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-H3",
        "2026-q1",
        "2026-04-01",
        "0000",
        "9999",
        "２０２６",
        "2026 ",
    ],
)
def test_nothing_else_is_a_period(text: str) -> None:
    assert read_period(text) is None


def test_a_year_that_starts_in_april_is_named_after_its_start() -> None:
    year, quarter, month = (read_period(text, (4, 1)) for text in ("2026", "2026-Q4", "2026-04"))
    assert year and quarter and month
    assert (str(year.first_day), str(year.last_day)) == ("2026-04-01", "2027-03-31")
    assert (str(quarter.first_day), str(quarter.last_day)) == ("2027-01-01", "2027-03-31")
    assert (str(month.first_day), str(month.last_day)) == ("2026-04-01", "2026-04-30")


@given(st.integers(1, 9998), st.integers(1, 12), st.integers(1, 28))
def test_the_parts_of_a_year_follow_each_other_without_a_gap(year: int, month: int, day: int) -> None:
    if year == 9998 and (month, day) != (1, 1):
        return  # its end would lie beyond the calendar
    whole = read_period(f"{year:04}", (month, day))
    assert whole is not None
    for names in (("H1", "H2"), ("Q1", "Q2", "Q3", "Q4")):
        parts = [read_period(f"{year:04}-{name}", (month, day)) for name in names]
        days = [(part.first_day, part.last_day) for part in parts if part]
        assert (days[0][0], days[-1][1]) == (whole.first_day, whole.last_day)
        assert all(later[0] - earlier[1] == timedelta(days=1) for earlier, later in pairwise(days))
    assert isinstance(whole.first_day, date)
