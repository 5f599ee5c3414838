"""How many decimals an exact name is written with: enough for every row, or none at all, which leaves a fraction."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: places
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  engineer: {type: key}
  load: {type: number, decimals: 2, range: [0, 100]}
details:
  jobs:
    belongs_to: engineer
    key: job
    inputs:
      hours: {type: number, decimals: 2, range: [0, 100]}
quantities:
  found: FORMULA
"""
ROWS = [{"engineer": "A", "load": "1.10"}, {"engineer": "B", "load": "1.20"}, {"engineer": "C", "load": "1.25"}]
JOBS = [{"engineer": "A", "job": "1", "hours": "1.01"}, {"engineer": "A", "job": "2", "hours": "1.02"}]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ('percentile(hours, 50%, method="linear")', Decimal("1.015")),
        ('percentile(hours, 25%, method="linear")', Decimal("1.0125")),
        ('percentile(hours, 50%, method="at_least")', Decimal("1.01")),
        ('percentile(load, 75%, method="linear", over=everyone)', Decimal("1.225")),
        ("variance(hours)", Fraction(1, 40_000)),
        ("variance(load, over=everyone)", Fraction(7, 1_800)),
        ("latest(hours, order=[hours])", Decimal("1.02")),
        ("sum(hours)", Decimal("2.03")),
        ("best(hours, n=1)", Decimal("1.02")),
        ('rank(load / 3, ties="standard")', 3),
        ('rank(load, ties="standard")', 3),
    ],
)
def test_a_name_without_decimals_is_exact(formula: str, value: object) -> None:
    pipeline = ir.compile(text=SCHEME.replace("FORMULA", f"'{formula}'"), period="2026-04")
    found = pipeline.run(ROWS, {"jobs": JOBS}).results[0]["found"]
    assert (found, type(found)) == (value, type(value))
