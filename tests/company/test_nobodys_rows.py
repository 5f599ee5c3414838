"""Rows that are nobody's and cannot stand: who looks at all rows of an owner waits, and nobody is paid from a part."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

import incentive_rules as ir
from incentive_rules.model.run import Run

Row = dict[str, object]

SCHEME = """\
format: 1
scheme: nobody's
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  engineer: {type: key}
groups:
  projects:
    key: project
    inputs: {fund: {type: money, range: [0, 1000]}}
    quantities: {reached: {is: sum(worth), type: money}}
details:
  orders:
    belongs_to: engineer
    inputs: {hours: {type: integer, range: [0, 9]}}
  milestones:
    belongs_to: project
    inputs: {worth: {type: money, range: [0, 100]}}
  shares:
    belongs_to: [engineer, project]
    inputs: {part: {type: integer, range: [0, 9]}}
pay:
  own: {amount: 1.00 * sum(hours)}
  bonus: {pool: {each: project, amount: reached, to: shares, in_proportion_to: part}}
"""
PEOPLE: list[Row] = [{"engineer": "A"}, {"engineer": "B"}]
PROJECTS = [{"project": "P1", "fund": 10}, {"project": "P2", "fund": 20}]
ORDERS = [{"engineer": "A", "hours": 1}, {"engineer": "B", "hours": 3}]
MILESTONES = [{"project": "P1", "worth": 10}, {"project": "P2", "worth": 20}]
SHARES = [{"engineer": "A", "project": "P1", "part": 1}, {"engineer": "B", "project": "P2", "part": 1}]

def run(
    more: str = "", *, projects: Sequence[Row] = (), orders: Sequence[Row] = (), milestones: Sequence[Row] = (),
    people: Sequence[Row] = PEOPLE,
) -> Run:  # fmt: skip
    """The run with some rows more, bad ones set aside; each case is refused whole where they are not."""
    pipeline = ir.compile(text=SCHEME + more, period="2026-04")
    details = {
        "orders": [*ORDERS, *orders], "milestones": [*MILESTONES, *milestones],
        "shares": [one for one in SHARES if {"engineer": one["engineer"]} in people],
    }  # fmt: skip
    if not people:
        details["orders"] = []
    groups = {"projects": [*PROJECTS, *projects]}
    if projects or orders or milestones:
        with pytest.raises(ir.DataError):
            pipeline.run(people, details, groups=groups)
    return pipeline.run(people, details, groups=groups, on_error="quarantine")


def paid(found: Run) -> dict[str, object]:
    return {result.key: result["earnings"] for result in found.results}


ALL_HOURS = "  all: {amount: '1.00 * sum(hours, within=everyone)'}\n"
ALL_WORTH = "  all: {amount: 'sum(worth, within=everyone)'}\n"
ALL_FUNDS = "  all: {amount: 'sum(fund, over=project)'}\n"
PLACE = "  first: {amount: '9 if rank(sum_of_hours, ties=\"standard\") == 1 else 0.00'}\n"
OWN_SUM = "quantities: {sum_of_hours: sum(hours)}\n"


def test_without_them_all_are_paid() -> None:
    assert paid(run(ALL_WORTH)) == {"A": Decimal("41.00"), "B": Decimal("53.00")}


@pytest.mark.parametrize("more", [ALL_HOURS, PLACE + OWN_SUM])
def test_an_order_of_a_stranger_holds_who_looks_at_everybodys(more: str) -> None:
    found = run(more, orders=[{"engineer": "C", "hours": 5}])
    assert paid(found) == {}
    assert found.quarantined[0].reason == 'this pay rests on everybody, and "orders#3" cannot stand'
    assert paid(run(orders=[{"engineer": "C", "hours": 5}])) == {"A": Decimal("11.00"), "B": Decimal("23.00")}


def test_a_bad_row_of_a_group_holds_its_group_and_who_looks_at_all() -> None:
    bad: Sequence[Row] = [{"project": "P2", "worth": 2000}]
    assert paid(run(milestones=bad)) == {"A": Decimal("11.00")}
    assert paid(run(ALL_WORTH, milestones=bad)) == {}


def test_a_row_of_no_group_holds_all_groups_and_who_looks_at_them() -> None:
    """It may have been meant for any of them, and whichever it was lacks it."""
    for project in ("P9", ""):
        bad: Sequence[Row] = [{"project": project, "worth": 20}]
        assert paid(run(milestones=bad)) == {}
        assert paid(run(ALL_WORTH, milestones=bad)) == {}


def test_a_group_that_is_refused_and_has_nobody_holds_who_looks_at_all_groups() -> None:
    bad: Sequence[Row] = [{"project": "P3", "fund": -5}]
    assert paid(run(projects=bad)) == {"A": Decimal("11.00"), "B": Decimal("23.00")}
    assert paid(run(ALL_FUNDS, projects=bad)) == {}



@pytest.mark.parametrize("must", ["require: [reached > 0]\n", "require: ['reached + fund > fund']\n"])
def test_a_group_with_nobody_must_hold_what_is_required(must: str) -> None:
    empty: Sequence[Row] = [{"project": "P3", "fund": 5}]
    found = run(must, projects=empty)
    assert paid(found) == {"A": Decimal("11.00"), "B": Decimal("23.00")}
    assert [(one.key, one.row) for one in found.quarantined] == [("P3", 3)]
    assert not found.groups["project"].get("P3"), "what is made of a value that may not be is none"
    found = run("  all: {amount: '1.00 * sum(rate, over=project)'}\n" + must
                + "quantities: {rate: {is: fund / reached, decimals: 2}}\n", projects=empty)  # fmt: skip
    assert paid(found) == {}


def test_what_is_required_of_everybody_is_required_of_nobody_too() -> None:
    must = "require: [count(over=everyone) > 1]\nquantities: {each: {is: 100 / count(over=everyone), decimals: 2}}\n"
    found = run(must, people=[])
    assert [one.reason for one in found.quarantined] == ["the requirement `count(over=everyone) > 1` does not hold"]
    assert found.groups["everyone"] == {"": {}}
