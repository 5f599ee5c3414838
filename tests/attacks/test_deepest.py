"""The deepest formulas that are allowed go the whole way, and one step deeper is refused.

All of it from a stack of 700 calls as well: check, compile, score, judge, explain, the scheme's own examples, pickling.
"""

from __future__ import annotations

import pickle
from bisect import bisect_left
from collections.abc import Callable

import pytest

import incentive_rules as ir
from tests.attacks.expressions import on_a_deep_stack, quoted

SCHEME = """\
format: 1
scheme: deep
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  worker: {type: key}
  x: {type: integer, range: [1, 9]}
functions:
  f: {takes: [a], is: a + 1}
  g: {takes: [a], is: @BODY}
tables:
  t: {from: {1: 1, 5: 5}, else: 1}
quantities:
  q:
    is: @FORMULA
people: {one: {worker: W, x: 3}}
examples:
  - {name: one, period: 2026-01, person: one, expect: {q: 0}}
"""
ROW = {"worker": "W", "x": 3}


def around(before: str, after: str) -> Callable[[int], str]:
    return lambda n: before * n + "x" + after * n


GROWING: dict[str, Callable[[int], str]] = {
    "sum": lambda n: "x" + " + 1" * n,
    "difference": lambda n: "x" + " - 1" * n,
    "product": lambda n: "x" + " * 1" * n,
    "quotient": lambda n: "x" + " / 1" * n,
    "and": lambda n: "x > 1" + " and x > 1" * n,
    "comparison": lambda n: "x" + " <= x" * n,
    "brackets": around("(", ")"),
    "sum in brackets": around("(1 + ", ")"),
    "sum before brackets": around("(", " + 1)"),
    "sign": around("-", ""),
    "not": lambda n: "not " * n + "x > 1",
    "not in brackets": lambda n: "not (" * n + "x > 1" + ")" * n,
    "else": lambda n: "1 if x > 9 else " * n + "x",
    "then": around("(", " if x > 1 else 0)"),
    "condition": lambda n: "(" * n + "x > 1" + " if x > 1 else x > 2)" * n,
    "abs": around("abs(", ")"),
    "min": around("min(1, ", ")"),
    "max": around("max(", ", x)"),
    "clamp": around("clamp(", ", 0, 5)"),
    "round": around("round(", ")"),
    "ratio": around("ratio(", ", 1)"),
    "coalesce": around("coalesce(", ", 2)"),
    "table": around("t(", ")"),
    "function": around("f(", ")"),
    "long function": around("g(", ")"),
    "function in a sum": lambda n: "g(x)" + " + 1" * n,
    "function of a sum": lambda n: "g(x" + " + 1" * n + ")",
    "all at once": lambda n: "abs(1 + " * (n // 3) + "x" + ")" * (n // 3) + " + 1" * (2 * n // 3),
}
MOST = 170  # steps; a chain of `and` or of comparisons is flat, so it may grow until it is too long
REFUSALS = {"formula-deep", "too-large", "too-wide"}


def outcome_of(formula: str) -> list[object]:
    """Everything that can be asked of a scheme with this formula; the codes where it is refused."""
    text = scheme_of(formula)
    report = ir.check(text=text)
    if report.errors:
        return [d.code for d in report.errors]
    pipeline = ir.compile(text=text, period="2026-01")
    result = pipeline.score(ROW)
    again = pickle.loads(pickle.dumps(pipeline))
    assert again.fingerprint == pipeline.fingerprint and again.score(ROW) == result
    (tried,) = ir.test(text=text).outcomes
    explained = pipeline.explain(ROW, all=True)
    codes = [d.code for d in tried.diagnostics]
    return [result["q"], codes, str(explained), str(result.explain()), explained.as_json()]


def scheme_of(formula: str) -> str:
    return SCHEME.replace("@FORMULA", quoted(formula)).replace("@BODY", "a" + " + 1" * 60)


FEW = ("quotient",)  # the others run with `--profile ci`


@pytest.mark.parametrize(
    "growing", [pytest.param(name, marks=() if name in FEW else pytest.mark.thorough) for name in GROWING]
)
def test_a_formula_grows_until_it_is_refused(growing: str) -> None:
    grown = GROWING[growing]
    deepest = bisect_left(range(MOST), True, key=lambda n: not ir.check(text=scheme_of(grown(n))).ok) - 1
    for n in (deepest, deepest + 1):
        found = outcome_of(grown(n))
        assert isinstance(found[0], str) == (n > deepest and n < MOST)
        assert not isinstance(found[0], str) or found[0] in REFUSALS
        assert on_a_deep_stack(lambda n=n: outcome_of(grown(n))) == found  # type: ignore[misc]


def test_a_program_that_shows_a_pipeline_shows_one_line() -> None:
    text = SCHEME.replace("@FORMULA", "x").replace("@BODY", "a").replace("scheme: deep", 'scheme: "deep\\nERROR"')
    assert "\n" not in repr(ir.compile(text=text, period="2026-01"))
