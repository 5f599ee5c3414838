"""What the range analysis proves: sixteen formulas that real schemes hold, and the rules one by one.

Plain intervals prove 5 of the 16; guards, `require`, whole numbers, N/D <= k and weighted means the rest.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from incentive_rules.base.reports import render
from incentive_rules.checking import check_scheme
from incentive_rules.lang.types import Bounds
from incentive_rules.loading import load

COUNTS = ["on_time", "tasks", "good", "bad", "a", "b", "done", "plan", "complaints", "sales", "base", "target"]
HEAD = """\
format: 1
scheme: ranges
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  id: {type: key}
"""
INPUTS = (
    "".join(f"  {name}: {{type: integer, range: [0, 3000]}}\n" for name in COUNTS)
    + "".join(f"  {name}: {{type: integer, range: [0, 50]}}\n" for name in ("w1", "w2", "seniority"))
    + "".join(f"  {name}: {{type: integer, range: [0, 1]}}\n" for name in ("k1", "k2", "k3"))
    + "".join(f"  {name}: {{type: number, decimals: 2, range: [0, 100]}}\n" for name in ("s1", "s2", "s3", "survey"))
    + "  days_in: {type: integer, range: [0, 92]}\n  period_days: {type: integer, range: [90, 92]}\n"
    + "  x: {type: number, decimals: 2, range: [-5, 5]}\n"
)


def proved(formula: str, *premises: str, style: str = "concise") -> Bounds | str:
    """The bounds of `q: formula`, or the report where the check refuses it."""
    require = "require:\n" + "".join(f"  - '{p}'\n" for p in premises) if premises else ""
    scheme, found = load(f"{HEAD}{INPUTS}{require}quantities:\n  q: '{formula}'\n", "ranges.yaml")
    assert scheme is not None, render(found)
    checked, more = check_scheme(scheme)
    return checked.quantity("q").facts.bounds if checked else render((*found, *more), style)


REAL = [
    ("on_time / tasks if tasks > 0 else 1", ["on_time <= tasks"], 0, 1),
    ("good / (good + bad) if good + bad > 0 else 0", [], 0, 1),
    ("1 - complaints / tasks if tasks != 0 else 0", ["complaints <= tasks"], 0, 1),
    ("clamp(done / plan, 0, 1.5) * 100 if plan >= 1 else 100", [], 0, 150),
    ("(sales - base) / (target - base) * 100", ["base < target", "base <= sales", "sales <= target"], 0, 100),
    ("days_in / period_days", ["days_in <= period_days"], 0, 1),
    ("done / max(plan, 1)", ["done <= plan"], 0, 3000),
    ("(k1*s1*40 + k2*s2*30 + k3*s3*30) / (k1*40 + k2*30 + k3*30) if k1 + k2 + k3 >= 1 else 0", [], 0, 100),
    ("(w1*s1 + w2*s2) / (w1 + w2) if w1 + w2 > 0 else 0", [], 0, 100),
    (
        "on_time / tasks * 60 + good / (good + bad) * 40 if tasks > 0 and good + bad > 0 else 0",
        ["on_time <= tasks"],
        0,
        100,
    ),
    ("a / (a + b) * s1 + b / (a + b) * s2 if a + b > 0 else 0", [], 0, 100),
    ("a / b if a <= b and not b == 0 else 1", [], 0, 1),
    ("min(50 * min(seniority, 20), 1000) / 10", [], 0, 100),
    ("(100 - survey) / (100 - 60) if survey < 100 else 0", [], 0, Fraction(5, 2)),
    ("100 - 5 * min(complaints, 20)", [], 0, 100),
]


@pytest.mark.parametrize(("formula", "premises", "low", "high"), REAL)
def test_bounds_of_formulas_that_real_schemes_hold(
    formula: str, premises: list[str], low: Fraction, high: Fraction
) -> None:
    found = proved(formula, *premises)
    assert isinstance(found, Bounds), found
    assert found.low is not None and found.low >= low
    assert found.high is not None and found.high <= high


def test_the_harmonic_mean_is_bounded_but_not_tightly() -> None:
    """The sixteenth: its true bound is 3000; what is proved is wider, and a `range:` may be declared."""
    found = proved("2 * a * b / (a + b) if a + b > 0 else 0")
    assert isinstance(found, Bounds) and found.closed


REFUSED = [
    ("a / b", []),
    ("a / (b - base)", []),
    ("a / b if b >= 0 else 0", []),
    ("a / (target - base)", ["base <= target"]),
    ("a / x", []),
    ("min(1, a / (x * target)) if x != 0 else 0", []),
    ("min(1, a / (x * target)) if x != 0 or target != 0 else 0", []),
    ("a / b if b in [0, 1] else 0", []),
    ("a / x if x not in [1] else 0", []),
    ("a / abs(x)", []),
]


@pytest.mark.parametrize(("formula", "premises"), REFUSED)
def test_a_divisor_that_may_be_zero_is_refused(formula: str, premises: list[str]) -> None:
    found = proved(formula, *premises)
    assert isinstance(found, str) and "divisor-zero" in found


GUARDED = [
    ("a / b if b > 0 else 0", []),
    ("a / b if not b == 0 else 0", []),
    ("0 if b == 0 else a / b", []),
    ("0 if b < 1 else a / b", []),
    ("a / x if x != 0 else 0", []),
    ("a / x if x > 0 or x < 0 else 0", []),
    ("a / (target - base)", ["base < target"]),
    ("a / b", ["b >= 1"]),
    ("a / b", ["b > 0 and a >= 0"]),
    ("min(1, a / (x * target)) if x != 0 and target > 0 else 0", []),
    ("clamp(a / (plan * x * x), 0, 1) if x != 0 and plan != 0 else 0", []),
    ("(a / b if c else 0)".replace("c", "b > a"), []),
    ("a / b if b in [1, 2, 5] else 0", []),
    ("a / x if x in [-1, 2] else 0", []),
    ("a / b if b not in [0] else 0", []),
    ("a / abs(x) if x != 0 else 0", []),
    ("a / abs(x) if abs(x) > 0 else 0", []),
    ("a / floor(survey) if floor(survey) > 0 else 0", []),
]


@pytest.mark.parametrize(("formula", "premises"), GUARDED)
def test_a_guard_proves_the_divisor(formula: str, premises: list[str]) -> None:
    found = proved(formula, *premises)
    if formula == "a / x if x > 0 or x < 0 else 0":  # neither side of an `or` is known to hold
        assert isinstance(found, str)
        return
    assert isinstance(found, Bounds), found


NAMED = """format: 1
scheme: named
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  id: {type: key}
  team: {type: category, one_of: [a, b]}
  x: {type: integer, range: [1, 10]}
quantities:
  members: count(over=everyone, within=team)
  whole: sum(x, over=everyone, within=team)
  part: {is: x / whole, decimals: 6}
pay:
  equal: {amount: 100 / members}
  by_part: {amount: 100 * part}
"""


def test_what_is_proved_where_a_name_is_defined_is_known_where_it_is_read() -> None:
    """Oneself is one of the team's members; so they are not none, by whatever name they are counted."""
    scheme, found = load(NAMED, "named.yaml")
    assert scheme is not None, render(found)
    checked, more = check_scheme(scheme)
    assert checked is not None, render(more)
    assert checked.quantity("members").facts.bounds.low == 1
    assert checked.quantity("whole").facts.bounds.low == 1
    assert checked.quantity("part").facts.bounds.closed


@pytest.mark.parametrize(
    ("formula", "guard"),
    [("a / floor(survey)", "floor(survey) > 0"), ("a / abs(x)", "abs(x) > 0"), ("a / x", "x != 0"), ("a / b", "b > 0"),
     ("a / (b - base)", "b - base != 0")],
)  # fmt: skip
def test_the_guard_that_the_report_names_is_one_that_proves(formula: str, guard: str) -> None:
    report = proved(formula, style="full")
    assert isinstance(report, str) and f"`{guard}`" in report
    assert isinstance(proved(f"{formula} if {guard} else 0"), Bounds)


def test_the_divisor_of_a_quotient_is_not_forgotten_where_the_sign_is_open() -> None:
    """(0.125 * s1 / 0.125) / x reaches 100 / 0.01; found by a random scheme."""
    found = proved("(12.5% * s1 / 12.5%) / x if x != 0 else 0")
    assert found == Bounds(Fraction(-10_000), Fraction(10_000))


@pytest.mark.parametrize("whole", [3, 91])
def test_what_a_constant_divides_keeps_its_steps(whole: int) -> None:
    """A share of 91 days that is above 0 is one day at least, also where it is exact."""
    text = f"{HEAD}{INPUTS}quantities:\n  part: a / {whole}\n  q: done / part if part > 0 else 0\n"
    scheme, _ = load(text, "ranges.yaml")
    assert scheme is not None
    checked, found = check_scheme(scheme)
    assert checked is not None, render(found)
    assert checked.quantity("q").facts.bounds == Bounds(Fraction(0), Fraction(3000 * whole))


def test_a_declared_range_is_proved_or_listed_as_an_assumption() -> None:
    text = (
        f"{HEAD}{INPUTS}quantities:\n  q: {{is: 'a * 2', range: [0, 6000]}}\n  r: {{is: 'a * 2', range: [0, 5000]}}\n"
    )
    scheme, _ = load(text, "ranges.yaml")
    assert scheme is not None
    checked, _ = check_scheme(scheme)
    assert checked is not None
    assert checked.quantity("q").proved and not checked.quantity("r").proved
    assert [name for name, _ in checked.assumptions] == ["r"]
