"""A scheme with every level in it, and what the checker says of formulas put into it."""

from __future__ import annotations

from incentive_rules.base.periods import read_period
from incentive_rules.base.reports import render
from incentive_rules.checking import check_scheme
from incentive_rules.loading import load
from incentive_rules.model.checked import Checked

SCHEME = """\
format: 1
scheme: levels
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: quarter
currency: CNY
inputs:
  engineer: {type: key}
  team: {type: category}
  city: {type: category}
  nickname: {type: category, can_be_missing: true}
  jobs: {type: integer, range: [0, 100]}
  score: {type: number, decimals: 2, range: [0, 100], can_be_missing: true}
  hired: {type: date}
  left: {type: date, can_be_missing: true}
groups:
  teams:
    key: team
    inputs:
      goal: {type: integer, range: [1, 1000]}
      region: {type: category}
  projects:
    key: project
    inputs:
      budget: {type: money, range: [0, 100000]}
details:
  orders:
    belongs_to: engineer
    key: order
    inputs:
      hours: {type: number, decimals: 1, range: [0, 24]}
      day: {type: date}
  steps:
    belongs_to: orders
    inputs:
      effort: {type: integer, range: [0, 600]}
      at: {type: time}
  shares:
    belongs_to: [engineer, project]
    inputs:
      points: {type: integer, range: [0, 9]}
parameters:
  double: 2
quantities:
  of_team: {is: "coalesce(mean(jobs, over=everyone, within=team), 0)", decimals: 2}
  q: FORMULA
"""


def document(formula: str, more: str = "") -> str:
    """The scheme with `q: formula`, and further sections."""
    return SCHEME.replace("FORMULA", "'" + formula.replace("'", "''") + "'") + more


def checked_text(text: str, period: str = "2026-Q2") -> Checked:
    """A document checked for a period, the report where it has errors."""
    scheme, found = load(text, "levels.yaml")
    assert scheme is not None, render(found)
    checked, more = check_scheme(scheme, read_period(period, scheme.year_starts))
    assert checked is not None, render((*found, *more))
    return checked


def codes(text: str) -> set[str]:
    """The codes of all findings, each with its variant; hints left out."""
    scheme, found = load(text, "levels.yaml")
    assert scheme is not None
    return {"/".join(filter(None, (d.code, d.variant))) for d in (*found, *check_scheme(scheme)[1])} - {"unused"}
