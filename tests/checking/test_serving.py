"""`served(first, last)`: every method, against days counted one by one."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.checking.formulas.time_served import months_between

SCHEME = """\
format: 1
scheme: served
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: quarter
inputs:
  engineer: {type: key}
  hired: {type: date}
  left: {type: date, can_be_missing: true}
quantities:
  calendar_days: {is: 'served(hired, left, method="calendar_days")', decimals: exact}
  full_months: {is: 'served(hired, left, method="full_months")', decimals: exact}
  started_months: {is: 'served(hired, left, method="started_months")', decimals: exact}
  majority_months: {is: 'served(hired, left, method="majority_months")', decimals: exact}
"""
FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
PIPELINE = ir.compile(text=SCHEME, period="2026-Q2")
DAYS = st.dates(date(2026, 2, 1), date(2026, 8, 31))


def inside(first: date, last: date, start: date, end: date) -> int:
    """The days from `start` to `end` on which somebody who came on `first` and left on `last` was there."""
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return sum(first <= day <= last for day in days)


@given(DAYS, DAYS)
@example(date(2026, 4, 1), date(2026, 6, 30))
@example(date(2026, 4, 16), date(2026, 4, 30))
@example(date(2026, 5, 10), date(2026, 5, 9))
@example(date(2026, 6, 30), date(2026, 4, 1))
def test_every_method_counts_what_its_name_says(hired: date, left: date) -> None:
    result = PIPELINE.score({"engineer": "G1", "hired": hired, "left": left})
    months = [(start, end, inside(hired, left, start, end)) for start, end in months_between(FIRST, LAST)]
    assert result["calendar_days"] == Fraction(inside(hired, left, FIRST, LAST), 91)
    assert result["full_months"] == Fraction(sum(n == (b - a).days + 1 for a, b, n in months), 3)
    assert result["started_months"] == Fraction(sum(n > 0 for _, _, n in months), 3)
    assert result["majority_months"] == Fraction(sum(2 * n >= (b - a).days + 1 for a, b, n in months), 3)


@pytest.mark.parametrize("method", ["calendar_days", "full_months", "started_months", "majority_months"])
def test_a_day_that_is_missing_makes_it_missing(method: str) -> None:
    assert PIPELINE.score({"engineer": "G1", "hired": FIRST, "left": None})[method] is ir.MISSING


def test_pay_by_a_last_day_that_may_be_missing_is_told_which_day_to_write() -> None:
    pay = "currency: CNY\npay:\n  bonus: {amount: '100 * served(hired, left, method=\"calendar_days\")'}\n"
    report = ir.check(text=SCHEME + pay)
    assert [(d.code, d.variant) for d in report.errors] == [("missing-unhandled", "day")]
    assert "coalesce(left, period_last_day)" in str(report)


def test_pay_by_a_mean_of_no_rows_is_told_what_to_write() -> None:
    pay = "currency: CNY\npay:\n  bonus: {amount: '100 * mean(days(hired, left), over=others)'}\n"
    report = ir.check(text=SCHEME.replace("type: date, can_be_missing: true", "type: date") + pay)
    assert [(d.code, d.variant) for d in report.errors] == [("missing-unhandled", "rows")]
    assert "`coalesce(mean(days(hired, left), over=others), 0)`" in str(report)
