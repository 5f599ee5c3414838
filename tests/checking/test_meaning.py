"""What formulas mean to the checker: money, whole numbers, missing values, decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import render
from incentive_rules.checking import check_scheme
from incentive_rules.loading import load
from incentive_rules.model.checked import CheckedQuantity
from incentive_rules.reading.values import one_person

SCHEME = """\
format: 1
scheme: meaning
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  id: {type: key}
  n: {type: integer, range: [1, 9]}
  x: {type: number, decimals: 2, range: [0, 9]}
  maybe: {type: integer, range: [0, 9], can_be_missing: true}
  other: {type: integer, range: [0, 9], can_be_missing: true}
  wage: {type: money, range: [0, 9000]}
  flag: {type: boolean}
  level: {type: category, one_of: [low, high]}
parameters:
  step: {is: 50, type: money}
tables:
  base: {type: money, equals: {low: 3000, high: 5000}}
  rate: {equals: {low: 1.5, high: 2.25}}
  band: {from: {5: {word: top, points: 3}}, else: {word: rest, points: missing}}
functions:
  half: {takes: [v], is: v / 2}
quantities:
  sure: missing if not known(maybe) else maybe + 1
  ready: known(maybe) and maybe > 2
  q: FORMULA
"""


def quantity(formula: str) -> CheckedQuantity:
    """The checked quantity `q: formula`."""
    scheme, found = load(SCHEME.replace("FORMULA", "'" + formula.replace("'", "''") + "'"), "meaning.yaml")
    assert scheme is not None
    checked, more = check_scheme(scheme)
    assert checked is not None, render((*found, *more))
    return checked.quantity("q")


def codes(formula: str) -> set[str]:
    """The codes of all findings about `q: formula`, hints left out."""
    scheme, found = load(SCHEME.replace("FORMULA", "'" + formula.replace("'", "''") + "'"), "meaning.yaml")
    assert scheme is not None
    return {d.code for d in (*found, *check_scheme(scheme)[1])} - {"unused", "table-unreachable"}


# formula, kind (money for an amount), may be missing, decimals (None: exact)
MEANINGS = [
    ("n * 2", "number", False, 0),
    ("x * 2 + n", "number", False, 2),
    ("x * x", "number", False, 4),
    ("x / 4", "number", False, 4),
    ("x / 3", "number", False, None),
    ("n / (n + 1)", "number", False, None),
    ("wage * 12.5%", "money", False, 2),
    ("wage / step", "number", False, 4),
    ("wage / base(level)", "number", False, None),
    ("base(level) + step * min(n, 5)", "money", False, 2),
    ("base(level) + 50 * min(n, 5)", "money", False, 2),
    ("max(0, wage - 2000)", "money", False, 2),
    ("wage * base(level) / step", "money", False, 2),
    ("rate(level)", "number", False, 2),
    ("half(n)", "number", False, 1),
    ("maybe + n", "number", True, 0),
    ("coalesce(maybe, 0)", "number", False, 0),
    ("coalesce(maybe, other)", "number", True, 0),
    ("coalesce(maybe, other, n)", "number", False, 0),
    ("ratio(n, maybe)", "number", True, None),
    ("ratio(maybe, n)", "number", True, None),
    ("maybe if known(maybe) else 0", "number", False, 0),
    ("sure if known(maybe) else 0", "number", True, 0),
    ("maybe if known(sure) else 0", "number", False, 0),
    ("maybe if ready else 0", "number", False, 0),
    ("0 if not known(maybe) or maybe > 3 else maybe", "number", False, 0),
    ("maybe + other if known(maybe + other) else 0", "number", False, 0),
    ("band(n, give=points)", "number", True, 0),
    ("band(n, give=word)", "category", False, None),
    ("n > 3", "boolean", False, None),
    ("3 <= n < 5", "boolean", False, None),
    ('level == "low"', "boolean", False, None),
    ("round(x / 3, 1)", "number", False, 1),
    ("floor(x)", "number", False, 0),
]


@pytest.mark.parametrize(("formula", "kind", "may_miss", "decimals"), MEANINGS)
def test_kind_missing_and_decimals(formula: str, kind: str, may_miss: bool, decimals: int | None) -> None:
    found = quantity(formula)
    shown = "money" if found.facts.type.is_money else str(found.facts.type.kind)
    assert (shown, found.facts.may_miss, found.decimals) == (kind, may_miss, decimals)


REFUSED = [
    ("wage + n", "money-mixed"),
    ("wage + n * n", "money-mixed"),
    ("wage > n", "money-mixed"),
    ("wage * wage", "money-times-money"),
    ("1 / (wage + 1)", "money-times-money"),
    ("n + flag", "number-needed"),
    ("flag + 1", "number-needed"),
    ('level + "a"', "number-needed"),
    ("n and flag", "condition-needed"),
    ("1 if n else 0", "condition-needed"),
    ("flag == 1", "kinds-mixed"),
    ('level > "low"', "order-needed"),
    ('level == "lwo"', "word-impossible"),
    ('level in ["low", "hgih"]', "word-impossible"),
    ("maybe > 3", None),
    ("1 if maybe > 3 else 0", "condition-missing"),
    ("maybe > 3 and known(maybe)", "condition-missing"),
    ("not (maybe > 3)", "condition-missing"),
    ("base(n)", "table-edge"),
    ("base()", "arguments"),
    ("base(level, n)", "arguments"),
    ("band(n)", "table-give"),
    ("nn + 1", "name-unknown"),
    ("bas(level)", "function-unknown"),
    ("base + 1", "name-not-value"),
    ("n(2)", "name-not-function"),
    ("round(n, n)", "round-places"),
    ("sum(n)", "over-needed"),
    ("missing", None),
]


@pytest.mark.parametrize(("formula", "code"), REFUSED)
def test_what_is_refused_and_why(formula: str, code: str | None) -> None:
    assert codes(formula) == ({code} if code else set())


@pytest.mark.thorough
def test_a_chain_of_two_thousand_names_is_checked_in_order_without_recursion() -> None:
    lines = "".join(f"  c{i}: {{is: 'c{i + 1} + 1', decimals: 0}}\n" for i in range(1999)) + "  c1999: n\n"
    text = SCHEME[: SCHEME.index("quantities:")] + "quantities:\n" + lines
    scheme, found = load(text, "chain.yaml")
    assert scheme is not None, render(found)
    checked, more = check_scheme(scheme)
    assert checked is not None, render(more)
    assert checked.quantities[0].name == "c1999"


def test_a_cycle_is_named_once_as_a_path() -> None:
    text = SCHEME.replace("  q: FORMULA\n", "  a: b + 1\n  b: c + 1\n  c: a + 1\n  d: a + n\n")
    scheme, _ = load(text, "cycle.yaml")
    assert scheme is not None
    _, found = check_scheme(scheme)
    cycles = [d for d in found if d.code == "cycle"]
    assert [d.params["path"] for d in cycles] == ["a → b → c → a"]
    assert len(cycles[0].others) == 2


def test_a_premise_over_quantities_helps_what_leans_on_it_wherever_it_stands() -> None:
    lines = ["  b: missing if n > 5 else n\n", "  c: {is: 10 / b, decimals: 2}\n", "  d: b + 1\n"]
    for order in (lines, lines[::-1]):
        text = SCHEME.replace("  q: FORMULA\n", "".join(order)) + "require:\n  - known(b) and b > 0\n"
        scheme, found = load(text, "premise.yaml")
        assert scheme is not None, render(found)
        checked, more = check_scheme(scheme)
        assert checked is not None, render((*found, *more))
        assert not checked.quantity("c").facts.may_miss and not checked.quantity("d").facts.may_miss


def test_a_broken_premise_over_quantities_is_a_row_error_in_both_engines() -> None:
    text = SCHEME.replace("  q: FORMULA\n", "  b: missing if n > 5 else n\n") + "require:\n  - known(b)\n"
    pipeline = ir.compile(text=text + 'pay:\n  p: {amount: "10 * b"}\n', period="2026-01")
    row = {"id": "1", "n": 3, "x": 1, "maybe": 1, "other": 1, "wage": 1, "flag": True, "level": "low"}
    assert pipeline.score(row)["p"] == Decimal("30.00")
    bad = {**row, "n": 7}
    with pytest.raises(ir.DataError) as caught:
        pipeline.score(bad)
    assert [p.code for p in caught.value.problems] == ["data-require"]
    assert pipeline.judge(*one_person(pipeline.checked, bad, {})).broken


def test_a_rounding_that_comes_too_late_is_hinted_at() -> None:
    """Money rounds to the currency's places by itself: to cut the sum, its parts stay exact."""
    parts = "  a: {is: wage / 3, type: money}\n  b: {is: a + a, type: money, decimals: 2, rounding: floor}\n"
    exact = parts.replace("wage / 3,", "wage / 3, decimals: exact,")
    for text, expected in ((parts, {"rounded-again"}), (exact, set())):
        scheme, _ = load(SCHEME.replace("  q: FORMULA\n", text), "late.yaml")
        assert scheme is not None
        assert {d.code for d in check_scheme(scheme)[1]} - {"unused", "table-unreachable"} == expected


def test_what_was_measured_is_called_in_the_language_of_the_keywords() -> None:
    text = """\
格式: 1
方案: 缺项
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
数据:
  工号: {类型: 编号}
  按时: {类型: 整数, 取值范围: [0, 9]}
  任务: {类型: 整数, 取值范围: [0, 9]}
指标:
  及时率: {权重: 100%, 方向: 越高越好, 实际值: 按时 / 任务, 计分: 100 * 实际值}
薪酬:
  奖金: {金额: 100 * 实际值(及时率)}
"""
    scheme, _ = load(text, "缺项.yaml")
    assert scheme is not None
    report = render(check_scheme(scheme)[1], "text", "zh")
    assert "已知(实际值(及时率))" in report and "value(" not in report
