"""The day of a moment: to look it up in a table of days, to compare it, to count with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import incentive_rules as ir
from tests.schemes.corners import HEAD, codes, results

pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")

ORDERS = """\
inputs: {who: {type: key}, opened: {type: time, can_be_missing: true}, ordered: {type: time}}
tables: {rate_on: {from: {2020-01-01: 1, 2026-04-15: 2}, else: 0}}
details: {calls: {belongs_to: who, inputs: {at: {type: time}}}}
"""


def test_the_last_minute_of_a_day_is_of_that_day() -> None:
    text = ORDERS + (
        "quantities:\n  opened_on: day_of(opened)\n  ordered_on: 所在日(ordered)\n  rate: rate_on(day_of(ordered))\n"
        "  first: count(day_of(at) == period_first_day)\n  last: max(day_of(at))\n"
        "  left: days(day_of(ordered), period_last_day)\npay: {a: {amount: 100 * rate}}\n"
    )
    people = [
        {"who": "A", "opened": None, "ordered": "2026-04-14 23:59"},
        {"who": "B", "opened": "2024-02-29 00:00", "ordered": "2026-04-15 00:00"},
    ]
    calls = [{"who": "A", "at": "2026-04-01 23:59"}, {"who": "A", "at": "2026-04-02 00:00"}]
    found = results(text, people, calls=calls)
    assert found["A"]["opened_on"] is ir.MISSING and found["B"]["opened_on"] == date(2024, 2, 29)
    assert [found[who]["ordered_on"] for who in "AB"] == [date(2026, 4, 14), date(2026, 4, 15)]
    assert [found[who]["a"] for who in "AB"] == [Decimal("100.00"), Decimal("200.00")]
    assert [found[who]["first"] for who in "AB"] == [1, 0]
    assert found["A"]["last"] == date(2026, 4, 2) and found["B"]["last"] is ir.MISSING
    assert [found[who]["left"] for who in "AB"] == [16, 15]


@pytest.mark.parametrize("argument", ["period_first_day", "5", "who"])
def test_only_a_moment_has_a_day(argument: str) -> None:
    assert codes(ORDERS + f"quantities: {{d: day_of({argument})}}\n") == {"kind-needed"}


def test_a_moment_looked_up_among_days_is_told_the_way() -> None:
    text = HEAD + ORDERS + "quantities: {rate: rate_on(ordered)}\n"
    for language, way in (("en", "`day_of(ordered)`"), ("zh", "`所在日(ordered)`")):
        assert way in ir.check(text=text, period="2026-04").render(language=language)


@pytest.mark.parametrize("value", ["at", "day_of(at)"])
def test_between_two_days_lies_no_number(value: str) -> None:
    """Halfway between the 1st and the 2nd of January is no day: interpolated, it was one of the year 4047."""
    for method, found in (("linear", {"number-needed"}), ("at_least", set()), ("more_than", set())):
        formula = f"percentile({value}, 50%, method=\"{method}\")"
        assert codes(ORDERS + f"quantities: {{d: '{formula}'}}\n") == found
