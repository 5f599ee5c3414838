"""Groups handed over for one person alone: what comes out, and is refused, is what a run of the same rows gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.base.reports import message_of
from tests.properties.generated_companies import company
from tests.properties.test_companies import compiled

Row = dict[str, object]
HEAD = """\
format: 1
scheme: groups
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
"""
RATES = HEAD + """\
require: [deal_amount * rate <= 5000000 * rate]
pay:
  commission: {amount: sum(amount_cny) * 2%}
inputs:
  seller: {type: key}
groups:
  rates: {key: deal_currency, inputs: {rate: {type: money, decimals: 4, range: [0, 100], column: Rate}}}
details:
  deals:
    belongs_to: [seller, deal_currency]
    key: [deal]
    inputs:
      deal: {type: key}
      deal_amount: {type: number, decimals: 2, range: [0, 10000000]}
    quantities:
      amount_cny: {is: deal_amount * rate, type: money}
"""
DEALS: list[Row] = [
    {"deal": "a", "deal_currency": "USD", "deal_amount": "1000.50"},
    {"deal": "b", "deal_currency": "EUR", "deal_amount": 2000},
    {"deal": "c", "deal_currency": "CNY", "deal_amount": 300},
]
TABLE: list[Row] = [
    {"deal_currency": "USD", "Rate": "7.2345"}, {"deal_currency": "EUR", "Rate": "7.9012"},
    {"deal_currency": "CNY", "Rate": 1}, {"deal_currency": "GBP", "Rate": "9"},
]  # fmt: skip
STAFF = HEAD + """\
require: [goal >= 1, jobs <= ceiling]
quantities:
  part: {is: jobs / goal, decimals: 4}
pay:
  bonus: {amount: "100 * part + 1 * per_head + 1 * coalesce(mean_jobs, 0)"}
inputs:
  engineer: {type: key}
  department: {type: category}
  jobs: {type: integer, range: [0, 99]}
groups:
  departments:
    key: department
    inputs:
      division: {type: category}
      goal: {type: integer, range: [1, 50]}
    quantities:
      per_head: {is: fund / goal, decimals: 2}
      mean_jobs: {is: "mean(jobs, over=everyone, within=department)", decimals: 2}
  divisions:
    key: division
    inputs:
      fund: {type: money, range: [0, 9000]}
      ceiling: {type: integer, range: [0, 99]}
"""
ANN: Row = {"engineer": "A", "department": "South", "jobs": 30}
DEPARTMENTS: list[Row] = [
    {"department": "South", "division": "Field", "goal": 40}, {"department": "North", "division": "Field", "goal": 7},
]  # fmt: skip
DIVISIONS: list[Row] = [{"division": "Field", "fund": 800, "ceiling": 60}]


@pytest.fixture(scope="module")
def rates() -> ir.Pipeline:
    return ir.compile(text=RATES, period="2026-04")


@pytest.fixture(scope="module")
def staff() -> ir.Pipeline:
    return ir.compile(text=STAFF, period="2026-04")


def codes(error: pytest.ExceptionInfo[ir.DataError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# ── A row's value that needs one row of a group ───────────────────────────────────────────────────


def test_a_fact_of_a_row_s_group_is_asked_for_and_may_be_given_in_each_row(rates: ir.Pipeline) -> None:
    assert rates.needs_others == ("rate",)
    with pytest.raises(ir.DataError, match=r"takes other people or groups to compute: `deals\.rate`") as refused:
        rates.score({"seller": "S"}, {"deals": DEALS})
    assert "write the values in each row of `deals`, or hand over the groups" in str(refused.value)
    given_rows = [{**row, "rate": 7} for row in DEALS]
    assert rates.score({"seller": "S"}, {"deals": given_rows})["commission"] == Decimal("462.07")
    with pytest.raises(ir.DataError, match="`rate` is given once, and each row of `deals` has its own"):
        rates.score({"seller": "S"}, {"deals": DEALS}, {"rate": 7})


def test_groups_that_are_handed_over_come_to_each_row(rates: ir.Pipeline) -> None:
    run = rates.run([{"seller": "S"}], {"deals": [{**row, "seller": "S"} for row in DEALS]}, groups={"rates": TABLE})
    handed: Iterator[Row] = iter(TABLE)  # read once, and kept for the explanation
    one = rates.score({"seller": "S"}, {"deals": DEALS}, groups={"rates": handed})
    assert one == run.results[0] and one["commission"] == Decimal("466.81")
    assert "= 2000 × 7.9012 = 15,802.40" in str(one.explain("en"))
    said = rates.explain({"seller": "S"}, "commission", {"deals": DEALS}, groups={"rates": iter(TABLE)}, lang="zh")
    assert "2000 × 7.9012" in str(said)


def test_no_row_needs_no_group(rates: ir.Pipeline) -> None:
    assert rates.score({"seller": "S"}, {"deals": []})["commission"] == 0


@pytest.mark.parametrize(
    "deals, table, found",
    [
        (DEALS, TABLE[:2], ["data-group-unknown"]),
        (DEALS, [*TABLE, TABLE[0]], ["data-key-twice", "data-key-twice"]),
        (DEALS, [{"deal_currency": "USD"}], ["data-column"]),
        (DEALS, [{**row, "Rate": -1} for row in TABLE[:1]], ["data-range"]),
        ([{**DEALS[0], "deal_currency": None}], TABLE, ["data-orphan"]),
        ([{**DEALS[0], "deal_currency": "usd"}], TABLE, ["data-group-unknown"]),
        ([{**DEALS[0], "deal_amount": 9_000_000}], TABLE, ["data-require"]),
    ],
)  # fmt: skip
def test_what_a_run_refuses_is_refused_of_one_person(
    rates: ir.Pipeline, deals: list[Row], table: list[Row], found: list[str]
) -> None:
    with pytest.raises(ir.DataError) as alone:
        rates.score({"seller": "S"}, {"deals": deals}, groups={"rates": table})
    assert codes(alone) == found
    with pytest.raises(ir.DataError) as together:
        rates.run([{"seller": "S"}], {"deals": [{**row, "seller": "S"} for row in deals]}, groups={"rates": table})
    assert set(found) <= set(codes(together)) | {"data-group-unknown"}


def test_what_only_one_person_can_do_wrong_is_told(rates: ir.Pipeline) -> None:
    for deals, groups, said in (
        ([{**row, "rate": 7} for row in DEALS[:1]], {"rates": TABLE}, "the rows of `rates` bring it as well"),
        ([{"deal": "a", "deal_amount": 1}], {"rates": TABLE}, "does not say to which `deal_currency` it belongs"),
        (DEALS, {"rats": TABLE}, "`rats` is not a table of this scheme"),
    ):
        with pytest.raises(ir.DataError, match=said):
            rates.score({"seller": "S"}, {"deals": deals}, groups=groups)


@pytest.mark.parametrize("second", [8, "7.0001", "7.00"])
def test_rows_of_one_group_say_one_thing_of_it(rates: ir.Pipeline, second: object) -> None:
    """A run has one row of each group: two rates of one currency cannot stand there."""
    deals: list[Row] = [
        {"deal": "a", "deal_currency": "USD", "deal_amount": 100, "rate": 7},
        {"deal": "b", "deal_currency": "EUR", "deal_amount": 100, "rate": 9},
        {"deal": "c", "deal_currency": "USD ", "deal_amount": 100, "Rate": second},
    ]
    if second == "7.00":  # the same number, written in another way
        assert rates.score({"seller": "S"}, {"deals": deals})["commission"] == Decimal("46.00")
        return
    with pytest.raises(ir.DataError) as refused:
        rates.score({"seller": "S"}, {"deals": deals})
    (problem,) = refused.value.problems
    assert (problem.code, problem.variant, problem.row) == ("data-two-owners", "group", 3)
    assert "USD" in str(refused.value) and str(second) in str(refused.value) and "deals#1" in str(refused.value)
    assert "各行不一致" in message_of(problem, "zh")


CHAIN = HEAD + """\
pay: {bonus: {amount: 1 * sum(worth)}}
inputs: {seller: {type: key}}
groups:
  rates: {key: cur, inputs: {zone: {type: category}, rate: {type: integer, range: [0, 9]}},
          quantities: {all_of_it: "rate * sum(size, over=deals)"}}
  zones: {key: zone, inputs: {extra: {type: integer, range: [0, 9]}}}
details:
  deals:
    belongs_to: [seller, cur]
    key: [deal]
    inputs: {size: {type: integer, range: [0, 9]}, kind: {type: category}}
    quantities: {of_kind: "sum(size, over=deals, within=kind)", doubled: of_kind * 2, less: of_kind - size}
  parts:
    belongs_to: deals
    inputs: {n: {type: integer, range: [0, 9]}}
    quantities: {worth: {is: 1.00 * n * rate * extra + 1.00 * (all_of_it + doubled + less), type: money}}
"""


@pytest.mark.parametrize(("name", "said"), [
    ({"rate": 3}, '"USD"'), ({"extra": 4}, '"USD"'), ({"all_of_it": 5}, '"USD"'), ({"of_kind": 6}, '"x"'),
    ({"rate": 3, "cur": "EUR", "all_of_it": 7}, ""), ({"size": 3}, ""), ({"of_kind": 6, "kind": "y"}, ""),
])  # fmt: skip
def test_whatever_is_one_of_a_group_is_the_same_in_all_its_rows(name: Row, said: str) -> None:
    """Facts of the group, of the group above it, what is computed of it, and sums `within` it."""
    pipeline = ir.compile(text=CHAIN, period="2026-04")
    groups: Row = {"cur": "USD", "kind": "x", "rate": 2, "extra": 3, "all_of_it": 4, "of_kind": 5}
    first: Row = {"deal": "a", "size": 1, **groups}
    parts: list[Row] = [{"deal": "a", "n": 1}, {"deal": "b", "n": 2}]
    tables = {"deals": [first, {**first, "deal": "b", **name}], "parts": parts}
    if not said:
        assert pipeline.score({"seller": "S"}, tables)["bonus"] > 0
        return
    with pytest.raises(ir.DataError, match=f"rows of {said} in `deals` disagree"):
        pipeline.score({"seller": "S"}, tables)


@pytest.mark.parametrize("value", [8, 9])
@pytest.mark.parametrize("name", ["goal", "mean_jobs"])
def test_what_is_given_does_not_win_over_a_fact(staff: ir.Pipeline, name: str, value: int) -> None:
    """The value among the facts was overruled without a word."""
    given: Row = {"goal": 8, "fund": 20, "mean_jobs": 30, "ceiling": 60}
    fact = name if name == "goal" else f"given({name})"
    assert set(given) == set(staff.needs_others)
    with pytest.raises(ir.DataError) as refused:
        staff.score({**ANN, fact: value}, given=given)
    assert [(p.code, p.variant) for p in refused.value.problems] == [("data-name-unknown", "given-fact")]
    assert "已经给出" in message_of(refused.value.problems[0], "zh")
    others = {one: number for one, number in given.items() if one != "goal"}
    assert staff.score(ANN, given=given) == staff.score({**ANN, "goal": 8}, given=others)


def test_a_row_without_a_group_is_left_out_where_the_scheme_says_so() -> None:
    text = RATES.replace("key: [deal]", "key: [deal]\n    without_owner: leave_out")
    pipeline = ir.compile(text=text, period="2026-04")
    deals: list[Row] = [*DEALS, {"deal": "d", "deal_currency": None, "deal_amount": 999}]
    run = pipeline.run([{"seller": "S"}], {"deals": [{**row, "seller": "S"} for row in deals]}, groups={"rates": TABLE})
    assert run.summary.left_out == {"deals": 1}
    assert pipeline.score({"seller": "S"}, {"deals": deals}, groups={"rates": TABLE}) == run.results[0]
    given_rows = [{**row, "rate": 7} for row in deals]
    assert pipeline.score({"seller": "S"}, {"deals": given_rows})["commission"] == Decimal("462.07")


def test_examples_of_one_person_may_bring_groups() -> None:
    examples = RATES.replace("column: Rate", "unit: CNY") + """\
examples:
  - name: rows of groups
    period: 2026-04
    given:
      rates: [{deal_currency: USD, rate: 7.2345}, {deal_currency: EUR, rate: 7.9012}]
      deals: [{deal: a, deal_currency: USD, deal_amount: 1000.50}, {deal: b, deal_currency: EUR, deal_amount: 2000}]
    expect: {commission: 460.81}
  - name: in each row
    period: 2026-04
    given: {deals: [{deal: a, rate: 7.2345, deal_amount: 1000.50}]}
    expect: {commission: 144.76}
"""
    assert ir.test(text=examples).ok, str(ir.test(text=examples))
    wrong = ir.test(text=examples.replace("deal_currency: EUR, deal", "deal_currency: YEN, deal"))
    assert '`deal_currency` is "YEN", which has no row in `rates`' in str(wrong)


def test_examples_in_chinese_may_too() -> None:
    text = """\
格式: 1
方案: 汇率
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
薪酬:
  佣金: {金额: 求和(折合) * 2%}
数据:
  销售: {类型: 编号}
群组:
  汇率表: {编号: 货币, 数据: {汇率: {类型: 金额, 小数位: 4, 取值范围: [0, 100]}}}
明细:
  成交:
    归属: [销售, 货币]
    数据: {原币: {类型: 数值, 小数位: 2, 取值范围: [0, 1000000]}}
    计算项: {折合: {为: 原币 * 汇率, 类型: 金额}}
算例:
  - 情形: 一个人
    周期: 2026-04
    给定: {汇率表: [{货币: 美元, 汇率: 7.2345}], 成交: [{货币: 美元, 原币: 1000.50}]}
    应得: {佣金: 144.76}
"""
    assert ir.test(text=text).ok, str(ir.test(text=text))


# ── The person's own groups ───────────────────────────────────────────────────────────────────────


def test_a_person_has_the_facts_of_a_group_and_of_the_group_above_it(staff: ir.Pipeline) -> None:
    assert staff.needs_others == ("mean_jobs", "ceiling", "fund", "goal")
    run = staff.run([ANN], groups={"departments": DEPARTMENTS, "divisions": DIVISIONS})
    one = staff.score(ANN, given={"mean_jobs": 30}, groups={"departments": DEPARTMENTS, "divisions": DIVISIONS})
    assert one["bonus"] == run.results[0]["bonus"] == Decimal("125.00")
    assert one["per_head"] == Decimal("20.00")


def test_a_requirement_about_a_group_s_facts_holds_of_one_person_too(staff: ir.Pipeline) -> None:
    tight: Sequence[Mapping[str, object]] = [{**DIVISIONS[0], "ceiling": 20}]
    groups = {"departments": DEPARTMENTS, "divisions": tight}
    with pytest.raises(ir.DataError, match="the requirement `jobs <= ceiling` does not hold"):
        staff.score(ANN, given={"mean_jobs": 30}, groups=groups)
    with pytest.raises(ir.DataError, match="the requirement `jobs <= ceiling` does not hold"):
        staff.run([ANN], groups=groups)
    with pytest.raises(ir.DataError, match="takes other people to compute: `ceiling`"):
        staff.score(ANN, given={"mean_jobs": 30, "fund": 800, "goal": 40})


# ── As a run ──────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(0, 2**32 - 1))
@settings(suppress_health_check=list(HealthCheck), deadline=None)
@pytest.mark.filterwarnings("ignore::incentive_rules.SchemeWarning")
def test_one_person_with_groups_handed_over_gets_what_a_run_gives(seed: int) -> None:
    rng = Random(seed)
    pipeline, people = compiled(rng), company(rng)
    run = pipeline.run(people.people, people.details, groups=people.groups, referee=0)
    facts_of_groups = {one.name for one in pipeline.inputs if one.details in people.groups}
    decided = [name for name in pipeline.needs_others if name not in facts_of_groups]
    for row, result in zip(people.people, run.results, strict=True):
        if not result.in_scope:
            continue
        own = {name: [r for r in rows if _is_of(r, str(row["engineer"]))] for name, rows in people.details.items()}
        values = {name: result[name] for name in decided}
        if any(isinstance(value, tuple) for value in values.values()):
            return  # given in rows: elsewhere
        bare = {name: [{k: v for k, v in r.items() if k != "engineer"} for r in rows] for name, rows in own.items()}
        one = pipeline.score(row, bare, values, groups=people.groups)
        assert {name: value for name, value in one.items() if name in result} == {
            name: value for name, value in result.items() if name in one
        }, seed


def _is_of(row: Mapping[str, object], key: str) -> bool:
    return row.get("engineer") == key or str(row.get("order", "")).startswith(f"{key}-")
