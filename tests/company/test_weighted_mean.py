"""The mean of rows by their weights: what counts, what is missing, and how an explanation shows it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: weighted
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {who: {type: key}, team: {type: category, one_of: [n, s]}, base: {type: money, decimals: 2, range: [0, 9999]}}
details:
  jobs:
    belongs_to: who
    inputs:
      rating: {type: integer, range: [-5, 5], can_be_missing: true}
      hours: {type: number, decimals: 1, range: [0, 24], can_be_missing: true}
      worth: {type: money, decimals: 2, range: [0, 999]}
quantities:
  q: {is: 'FORMULA', decimals: exact}
"""
# who, rating, hours, worth
JOBS = [
    ("A", 5, "2", "10"), ("A", 2, "1", "20"), ("A", None, "9", "5"), ("A", 3, None, "7"),
    ("B", 4, "0", "1"), ("B", 1, "0", "2"), ("C", None, "3", "9"), ("D", -5, "0.5", "100"), ("D", 5, "1.5", "0"),
]  # fmt: skip
PEOPLE = [("A", "n", "100"), ("B", "n", "50"), ("C", "s", "30"), ("D", "s", "10")]


def values(formula: str) -> list[object]:
    pipeline = ir.compile(text=SCHEME.replace("FORMULA", formula), period="2026-04")
    people = [dict(zip(("who", "team", "base"), one, strict=True)) for one in PEOPLE]
    jobs = [dict(zip(("who", "rating", "hours", "worth"), one, strict=True)) for one in JOBS]
    run = pipeline.run(people, {"jobs": jobs}, referee="all")
    return [None if one["q"] is ir.MISSING else one["q"] for one in run.results]


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("mean(rating, weight=hours)", [4, None, None, Fraction(5, 2)]),
        ("mean(rating, weight=1)", [Fraction(10, 3), Fraction(5, 2), None, 0]),
        ("mean(rating, weight=2.5)", [Fraction(10, 3), Fraction(5, 2), None, 0]),
        ("mean(rating, weight=worth)", [Fraction(111, 37), Fraction(6, 3), None, -5]),
        ("mean(rating, weight=hours, where=known(rating) and rating > 2)", [5, None, None, 5]),
        ("mean(rating * 2, weight=coalesce(hours, 1))", [Fraction(2 * 15, 4), None, None, 5]),
        ("mean(worth, weight=hours) / base", [Fraction(85, 1200), None, Fraction(9, 30), Fraction(5, 2)]),
    ],
)
def test_each_value_counts_as_often_as_its_weight_says(formula: str, found: list[object]) -> None:
    guarded = formula.replace("/ base", "/ max(base, 1.00)")
    assert values(guarded) == found


def test_people_are_weighted_as_well() -> None:
    everyone = "mean(1 if team == \"n\" else 0, over=everyone, weight=base)"
    assert values(everyone) == [Fraction(150, 190)] * 4
    assert values("mean(base, over=everyone, within=team, weight=base) / 1.00")[:2] == [Fraction(12500, 150)] * 2
    assert values("mean(base, over=others, weight=base) / 1.00")[0] == Fraction(2500 + 900 + 100, 90)


def test_money_stays_money_and_the_bounds_are_those_of_the_values() -> None:
    text = SCHEME.replace("  q: {is: 'FORMULA', decimals: exact}\n", "  q: 'mean(worth, weight=hours)'\n")
    pipeline = ir.compile(text=text + "pay: {p: {amount: 'coalesce(q, 0)'}}\n", period="2026-04")
    (q,) = (one for one in pipeline.checked.quantities if one.name == "q")
    assert q.facts.type.is_money and (q.facts.bounds.low, q.facts.bounds.high) == (0, 999)
    rows = [{"rating": 1, "hours": 1, "worth": 10}, {"rating": 1, "hours": 2, "worth": 11}]
    assert pipeline.score({"who": "A", "team": "n", "base": 0}, {"jobs": rows})["p"] == Decimal("10.67")


def test_an_explanation_weighs_before_it_divides() -> None:
    pipeline = ir.compile(text=SCHEME.replace("FORMULA", "mean(rating, weight=hours)"), period="2026-04")
    jobs = [{"rating": r, "hours": h, "worth": w} for _, r, h, w in JOBS[:4]]
    told = pipeline.explain({"who": "A", "team": "n", "base": 0}, "q", {"jobs": jobs})
    assert "mean: 2 of 4 rows of jobs → (5 × 2 + 2 × 1) ÷ (2 + 1) = 4" in str(told)


def test_too_few_rows_are_those_with_value_and_weight() -> None:
    text = SCHEME.replace(
        "quantities:\n  q: {is: 'FORMULA', decimals: exact}\n",
        "indicators:\n"
        "  q: {weight: 100%, better: higher, value: 'mean(rating, weight=hours)', min_rows: 3, score: value}\n"
        "total: {missing: reweigh}\n",
    )
    pipeline = ir.compile(text=text, period="2026-04")
    jobs = [{"rating": 1, "hours": 1, "worth": 1} for _ in range(3)]
    person = {"who": "A", "team": "n", "base": 0}
    assert pipeline.score(person, {"jobs": jobs})["q"] == 1
    assert pipeline.score(person, {"jobs": [*jobs[:2], {**jobs[0], "hours": None}]})["q"] is ir.MISSING


@pytest.mark.parametrize(
    ("formula", "code", "variant"),
    [
        ("mean(rating, weight=rating)", "weight-formula", "rows"),
        ("mean(rating, weight=team)", "number-needed", ""),
        ("sum(rating, weight=hours)", "arguments", "option"),
    ],
)
def test_what_is_no_weight_is_refused(formula: str, code: str, variant: str) -> None:
    found = ir.check(text=SCHEME.replace("FORMULA", formula))
    assert [(d.code, d.variant) for d in found.errors] == [(code, variant)]


def test_in_chinese() -> None:
    plain = ir.compile(text=SCHEME.replace("FORMULA", "mean(rating, weight=hours)"), period="2026-04")
    chinese = ir.compile(text=SCHEME.replace("FORMULA", "平均(rating, 权重=hours)"), period="2026-04")
    assert plain.fingerprint == chinese.fingerprint


def test_weights_that_add_to_nothing_are_said_to_be_so() -> None:
    pipeline = ir.compile(text=SCHEME.replace("FORMULA", "mean(rating, weight=hours)"), period="2026-04")
    jobs = [{"rating": 4, "hours": 0, "worth": 1}]
    told = str(pipeline.explain({"who": "B", "team": "n", "base": 0}, "q", {"jobs": jobs}))
    assert "the weights in jobs add to 0" in told and "no rows" not in told
