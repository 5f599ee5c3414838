"""Functions of the language: their bounds are those of their ends, and later ones leave the names of values alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.lang.functions import ROW_FUNCTIONS

HEAD = """\
format: 1
scheme: functions
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  who: {type: key}
  hired: {type: date, range: [2000-02-29, 2026-12-31]}
  left: {type: date, range: [2020-01-01, 2030-12-31], can_be_missing: true}
  x: {type: number, decimals: 2, range: [-7.25, 3.5]}
  y: {type: money, decimals: 2, range: [-7.25, 3.5]}
"""
ROW = {"who": "A", "hired": "2024-02-29", "left": None, "x": "-1.50", "y": "2.99"}


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        ("trunc(x)", -7, 3), ("floor(x)", -8, 3), ("ceil(x)", -7, 4), ("abs(x)", 0, Fraction("7.25")),
        ("min(x, 0)", Fraction("-7.25"), 0), ("max(x, 0, 1)", 1, Fraction("3.5")), ("clamp(x, -1, 1)", -1, 1),
        ("years(hired, left)", -6, 30), ("months(hired, left)", -83, 370), ("days(hired, left)", -2556, 11263),
        ("months(hired, period_last_day)", -10, 312),
    ],
)  # fmt: skip
def test_the_bounds_of_a_function_are_what_it_gives_of_the_ends(formula: str, low: Fraction, high: Fraction) -> None:
    pipeline = ir.compile(text=f"{HEAD}quantities: {{q: '{formula}'}}\n", period="2026-02")
    (output,) = (one for one in pipeline.checked.quantities if one.name == "q")
    assert (output.facts.bounds.low, output.facts.bounds.high) == (low, high)


def test_what_is_missing_stays_missing_and_money_stays_money() -> None:
    text = HEAD + "quantities: {m: 'months(hired, left)', t: trunc(y), s: 'years(hired, period_last_day)'}\n"
    result = ir.compile(text=text, period="2026-02").score(ROW)
    assert (result["m"], result["t"], result["s"]) == (ir.MISSING, 2, 2)
    wrong = ir.check(text=HEAD + "quantities: {m: 'months(x, left)', n: 'trunc(hired)', o: trunc(x) + y}\n")
    assert [d.code for d in wrong.errors] == ["kind-needed", "number-needed", "money-mixed"]


@given(st.integers(-10_000, 10_000), st.dates(), st.dates())
def test_engine_and_referee_agree(cents: int, hired: object, left: object) -> None:
    wide = HEAD.replace("[2000-02-29, 2026-12-31]", "[0001-01-01, 9999-12-31]").replace(
        "[2020-01-01, 2030-12-31]", "[0001-01-01, 9999-12-31]").replace("[-7.25, 3.5]", "[-100, 100]")  # fmt: skip
    text = wide + "quantities: {a: 'months(hired, left)', b: 'years(left, hired)', c: trunc(x * 7 / 3)}\n"
    pipeline = ir.compile(text=text, period="2026-02")
    row = {**ROW, "x": Fraction(cents, 100), "hired": hired, "left": left}
    run = pipeline.run([row], referee="all")
    assert run.results[0]["a"] == pipeline.score(row)["a"]


@pytest.mark.parametrize("name", ["months", "years", "trunc", "月数", "年数", "取整"])
def test_a_value_or_a_table_of_rows_may_still_be_called_so(name: str) -> None:
    """Schemes were written before these functions; what is called needs a name of its own."""
    rows = f"details: {{{name}: {{belongs_to: who, inputs: {{v: {{type: integer, range: [0, 9]}}}}}}}}\n"
    text = HEAD + rows + f"quantities: {{q: 'sum(v, over={name}) + {name}(x)'}}\n"
    fits = name in ("trunc", "取整")
    report = ir.check(text=text)
    assert [d.code for d in report.errors] == ([] if fits else ["arguments"])
    value = HEAD + f"quantities: {{{name}: x + 1, q: {name} * 2}}\n"
    assert ir.compile(text=value, period="2026-02").score(ROW)["q"] == -1
    for section, body in (("tables", "{from: {0: 1}}"), ("functions", "{takes: [a], is: a + 1}")):
        found = ir.check(text=f"{HEAD}{section}: {{{name}: {body}}}\nquantities: {{q: x}}\n")
        assert ("name-taken", "function") in [(d.code, d.variant) for d in found.errors]


def test_each_function_says_how_each_argument_moves_it() -> None:
    for one in ROW_FUNCTIONS:
        assert set(one.directions) <= {"up", "down", "none"}
        assert len(one.ways(one.most or 5)) == (one.most or 5)


def test_an_aggregate_of_people_without_groups_is_told_of_everyone_alone() -> None:
    found = ir.check(text=HEAD + "quantities: {q: sum(x)}\n")
    assert [(d.code, d.variant) for d in found.errors] == [("over-needed", "everyone")]
    assert ir.check(text=HEAD + "quantities: {q: 'sum(x, over=everyone)'}\n").ok
