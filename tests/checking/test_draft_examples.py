"""In a draft the examples may give what others decide, also where a hole leaves it open who does."""

from __future__ import annotations

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: draft
status: draft
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
quantities:
  team: {is: "mean(score, over=everyone, within=department)", decimals: 2}
  against_team: score - team
pay:
  bonus: {amount: "AMOUNT"}
inputs:
  engineer: {type: key}
  department: {type: category}
  score: {type: integer, range: [0, 100]}
examples:
  - name: above the team
    period: 2026-04
    given: {department: north, score: 80, FACT}
    expect: {against_team: 5}
"""


@pytest.mark.parametrize(
    "amount, fact, found",
    [
        ("tbd", "team: 75", ["tbd-open"]),
        ("100 * coalesce(against_team, 0)", "team: 75", []),
        ("tbd", "against_team: 5", ["example-name", "tbd-open"]),  # nobody but oneself decides it
    ],
)
def test_what_others_decide_may_be_given(amount: str, fact: str, found: list[str]) -> None:
    text = SCHEME.replace("AMOUNT", amount).replace("FACT", fact)
    assert sorted(d.code for d in ir.check(text=text).diagnostics) == found


def test_it_may_be_given_where_it_hangs_on_a_hole() -> None:
    text = SCHEME.replace("decimals: 2}", "decimals: tbd}").replace("AMOUNT", "tbd").replace("FACT", "team: 75")
    assert {d.code for d in ir.check(text=text).diagnostics} == {"tbd-open"}
