"""Explanations of what people have together, checked by hand in both languages; of others no more than is needed."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from itertools import pairwise
from textwrap import dedent

import pytest

from incentive_rules.explaining.explain import explain
from incentive_rules.judging.judge import referee
from tests.explaining.team import scheme, traced
from tests.explaining.test_explain import reckon
from tests.judging.made import given, made, quantity

CHECKED = scheme()


def text_of(who: str, name: str, language: str = "zh") -> str:
    return str(explain(CHECKED, traced(who), name, language))


def body_of(who: str, name: str, language: str = "zh") -> str:
    """The explanation without its last line."""
    return text_of(who, name, language).rpartition("\n\n")[0]


def test_an_aggregate_goes_down_to_the_tickets() -> None:
    assert body_of("a", "work") == dedent(
        """\
        工作量 = 7                  第 11 行
        │ = 求和(工时)
        │ 求和：工单 4 行 → 1 + 3 + 2 + 1 = 7
        ├ 工时 [第 1 条] = 1        第 10 行
        │ │ = (closed - opened) ÷ 60
        │ │ = (540 - 480) ÷ 60 = 1
        │ ├ closed [第 1 条] = 540  数据，第 91 行
        │ └ opened [第 1 条] = 480  数据，第 90 行
        ├ 工时 [第 2 条] = 3        第 10 行
        │ │ = (closed - opened) ÷ 60
        │ │ = (660 - 480) ÷ 60 = 3
        │ ├ closed [第 2 条] = 660  数据，第 91 行
        │ └ opened [第 2 条] = 480  数据，第 90 行
        ├ 工时 [第 3 条] = 2        第 10 行
        │ │ = (closed - opened) ÷ 60
        │ │ = (600 - 480) ÷ 60 = 2
        │ ├ closed [第 3 条] = 600  数据，第 91 行
        │ └ opened [第 3 条] = 480  数据，第 90 行
        └ … 其余 1 条同法计算"""
    )


@pytest.mark.parametrize(
    "name, chinese, english",
    [
        (
            "team_mean",
            "平均：department 华东 4 人 → 17 ÷ 4 = 4.25",
            "mean: 4 people in department 华东 → 17 ÷ 4 = 4.25",
        ),
        (
            "against",
            "平均：department 华东其他 3 人 → 10 ÷ 3 = 10/3 (≈ 3.3333)",
            "mean: 3 others in department 华东 → 10 ÷ 3 = 10/3 (≈ 3.3333)",
        ),
        (
            "place",
            "名次：department 华东参加排名 4 人，第 1 名；本人 7、后一名 5；由高到低",
            "rank: number 1 of 4 ranked in department 华东; own value 7, next worse 5; the largest first",
        ),
        (
            "high",
            "百分位：全体 5 人 → 5 个值的 80%（线性）：第 4 个、与第 5 个之间：5 + (7 - 5) × 0.2 = 5.4",
            "80% of 5 values (linear): number 4, on the way to number 5: 5 + (7 - 5) × 0.2 = 5.4",
        ),
    ],
)
def test_what_many_people_have_is_told_by_number_and_sum(name: str, chinese: str, english: str) -> None:
    assert chinese in text_of("a", name, "zh")
    assert english in text_of("a", name, "en")


def test_a_value_of_a_group_stands_with_the_key_of_the_group() -> None:
    assert body_of("d", "team_mean", "en") == dedent(
        """\
        部门平均 [华南] = 0.5  line 12
          = mean(工作量, within=department)
          mean: 1 person in department 华南 → 0.5 ÷ 1 = 0.5"""
    )


def test_a_share_of_a_pool_in_chinese() -> None:
    text = body_of("a", "bonus")
    assert "\n".join(text.splitlines()[:14]) == dedent(
        """\
        团队奖金 = 288.24                    第 30 行
        │ department 华东：1,000.00，4 人分  第 30 行
        │   金额 = 部门奖金 = 1,000.00
        │   条件 达标：是 成立
        │   参与条件 出勤 > 0：10 > 0 成立
        │   权重 = 工作量 × 出勤 = 7 × 10 = 70，合计 270
        │   不高于 = 上限 = 900.00
        │   达到上限者除外：余 700.00，权重合计 170
        │   = 700.00 × 70 ÷ 170 = 4900/17 (≈ 288.2353)
        │   = 288.24  最大余数法
        ├ 部门奖金 [华东] = 1,000.00         数据，第 80 行
        ├ 达标 [华东] = 是                   数据，第 81 行
        ├ 出勤 = 10                          数据，第 72 行
        ├ 工作量 = 7                         第 11 行"""
    )


@pytest.mark.parametrize(
    "who, chinese, english",
    [
        ("b", "= 300.00  份额超过上限，取上限", "= 300.00  the share would be more: the cap"),
        ("c", "不参与分配", "takes no part: no share"),
        ("d", "奖金池条件不成立，不发放", "the condition of the pool does not hold: nothing is paid"),
    ],
)
def test_no_share_or_a_cap_says_why(who: str, chinese: str, english: str) -> None:
    assert f"│   {chinese}\n" in text_of(who, "bonus")
    assert f"│   {english}\n" in text_of(who, "bonus", "en")


def test_shares_of_several_projects_add_up() -> None:
    assert body_of("a", "shares", "en") == dedent(
        """\
        项目奖金 = 333.33                                                line 40
        │ = 333.33 + 0.00 = 333.33
        │ 项目成员 [row 1], project P1: 1,000.00 for 2 rows of 项目成员  line 40
        │   amount = 合同额 × 2% = 50,000.00 × 2% = 1,000.00
        │   condition 已验收: yes holds
        │   weight = points = 1, of 3 in all
        │   = 1,000.00 × 1 ÷ 3 = 1000/3 (≈ 333.3333)
        │   = 333.33  largest remainder
        │ 项目成员 [row 2], project P2: 180.00 for 1 row of 项目成员     line 40
        │   amount = 合同额 × 2% = 9,000.00 × 2% = 180.00
        │   condition 已验收: no does not hold
        │   the condition of the pool does not hold: nothing is paid
        ├ 合同额 [P1] = 50,000.00                                        data, line 82
        ├ 合同额 [P2] = 9,000.00                                         data, line 82
        ├ 已验收 [P1] = yes                                              data, line 83
        ├ 已验收 [P2] = no                                               data, line 83
        └ points [row 1] = 1                                             data, line 92"""
    )
    assert "没有 项目成员，不参与分配" in text_of("d", "shares")


def test_a_name_of_rows_or_of_several_groups_may_be_asked_for() -> None:
    assert body_of("a", "worth", "en").splitlines()[-2:] == [
        "合同额 [P1] = 50,000.00  data, line 82", "合同额 [P2] = 9,000.00   data, line 82",
    ]  # fmt: skip
    assert body_of("a", "hours", "en").splitlines()[-1] == "… 1 more row in the same way"
    assert body_of("a", "opened", "en").startswith("opened [row 1] = 480  data, line 90\nopened [row 2] = 480")


def test_an_honour_says_who_could_be_chosen_and_where_the_line_is() -> None:
    assert body_of("a", "star").splitlines()[:6] == [
        "服务之星 = 是                 第 21 行",
        "│ 条件 无投诉：是 成立",
        "│ department 华东 4 人，参加评选 3 人",
        "│ 名额：50% × 4 = 2",
        "│ 评选依据：工作量 = 7、出勤 = 10",
        "│ 第 1 名 → 当选",
    ]
    tied = "place 2, shared by 2; the last one chosen has 7, 10 → more share this place than there are places"
    assert tied in text_of("b", "star", "en")
    assert "│ not eligible\n" in text_of("c", "star", "en")
    assert "服务之星 = 是" in text_of("a", "award(star)")


def test_a_grade_by_rank_shows_its_cuts() -> None:
    assert "│ 工作量 0: number 5 of 5 ranked in all" in text_of("c", "grade", "en")
    assert "│ A: 40% × 5 → up to 2; B: 100% × 5 → up to 5 → B" in text_of("c", "grade", "en")
    assert "│ 工作量 5：全体参加排名 5 人，第 2 名（2 人并列）" in text_of("b", "grade")


def test_a_mean_over_recorded_periods_shows_what_was_recorded_and_what_is_new() -> None:
    assert body_of("a", "year_work").splitlines()[:6] == [
        "年度平均 = 8                    第 20 行",
        "│ = 平均(季度工作量)",
        "│ 平均：各季度 2 行 → (9 + 7) ÷ 2 = 8",
        "├ 季度工作量 [第 1 条] = 9      记录，第 19 行",
        "└ 季度工作量 [第 2 条] = 7      本期，第 19 行",
        "  │ = 工作量",
    ]


def test_a_line_that_is_not_due_says_so() -> None:
    assert body_of("a", "yearly") == "年度奖金 = 0.00  第 51 行\n  本期不发放，为 0"
    assert "not due in this period: 0" in text_of("a", "yearly", "en")


def test_how_much_of_the_period_was_served_is_counted() -> None:
    checked = made(
        inputs=[given("joined", "date"), given("left", "date")],
        quantities=[quantity("part", 'served(joined, left, method="calendar_days") * 2')],
        period="2026-Q2",
    )
    days = {name: Fraction(date(2026, month, 16).toordinal()) for name, month in (("joined", 4), ("left", 5))}
    trace = referee(checked, days).trace
    assert str(explain(checked, trace, "part", "zh")).splitlines()[1:4] == [
        '│ = 在期比例(joined, left, 方法="日历天数") × 2',
        "│ = 31/91 × 2 = 62/91 (≈ 0.6813)",
        "│ 在期比例：本期 91 天中 31 天（日历天数） → 31 ÷ 91 = 31/91 (≈ 0.3407)",
    ]
    explanation = explain(checked, trace, "part", "en")
    assert "served: 31 of 91 days of the period (calendar_days) → 31 ÷ 91" in str(explanation)
    lines = json.loads(json.dumps(explanation.as_json()))["lines"]
    assert lines[-1]["formula"]["calls"] == [
        {"served": "calendar_days", "counted": 31, "of": 91, "value": "31/91"}
    ]  # fmt: skip


def test_nobody_elses_name_stands_in_an_explanation_or_in_its_json() -> None:
    for who in "abcde":
        explanation = explain(CHECKED, traced(who), all=True)
        told = str(explanation) + json.dumps(explanation.as_json(), ensure_ascii=False)
        keys = set(re.findall(r'"([a-e])"|engineer = ([a-e])\b', told))
        assert {one or other for one, other in keys} == {who}


def test_each_line_of_a_trace_reads_only_lines_above_it() -> None:
    for who in "abcde":
        seen: set[str] = set()
        for entry in explain(CHECKED, traced(who), all=True).entries:
            assert {name for name in entry.reads if name not in ("department", "work")} <= seen, entry.name
            seen.add(entry.name)


# ── The pocket calculator ─────────────────────────────────────────────────────────────────────────

NUMBER = re.compile(r"-?[0-9(][0-9,.%×÷+()/ -]*")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("who", list("abcde"))
def test_every_equation_can_be_checked_with_a_pocket_calculator(who: str, language: str) -> None:
    checked = 0
    for line in str(explain(CHECKED, traced(who), language=language, all=True)).splitlines():
        parts = re.split(r" = |→ |: |：|、|，|  +", line)
        sides = [part.partition(" (≈")[0].strip() for part in parts]
        for left, right in pairwise(sides):
            if f"{left} = {right}" in line and NUMBER.fullmatch(left) and NUMBER.fullmatch(right):
                checked += 1
                assert reckon(left) == reckon(right), line
    assert checked >= 5


# ── For programs ──────────────────────────────────────────────────────────────────────────────────


def test_json_has_every_part_exactly() -> None:
    lines = {line["name"]: line for line in explain(CHECKED, traced("a"), all=True).as_json()["lines"]}  # type: ignore[attr-defined]
    (share,) = lines["bonus"]["pool"]["shares"]
    assert {key: share[key] for key in ("within", "key", "members", "share", "exact", "left", "open", "weights")} == {
        "within": "department", "key": "华东", "members": 4, "share": "288.24", "exact": "4900/17", "left": "700",
        "open": "170", "weights": "270",
    }  # fmt: skip
    assert share["formulas"]["weight"]["text"] == "work * days"
    assert lines["star"]["honor"]["verdict"] == "chosen"
    assert lines["star"]["honor"]["last"] == ["7", "10"]
    assert lines["grade"]["distribution"]["cuts"][0] == {"result": "A", "share": "0.4", "last_place": 2}
    call = lines["team_mean"]["formula"]["calls"][0]
    assert (call["counted"], call["total"], call["values"], call["key"]) == (4, "17", [], "华东")
    assert (lines["team_mean"]["level"], lines["team_mean"]["key"]) == ("department", "华东")
    rank = lines["place"]["formula"]["calls"][0]
    assert (rank["rank"], rank["of"], rank["before"], rank["after"]) == ("1", 4, None, "5")
    assert lines["quarter_work"]["recorded"] == {"source": "work", "this_period": True}
    assert lines["yearly"]["state"] == "not_this_period"
