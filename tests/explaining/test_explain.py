"""Explanations people can check by hand: golden texts in both languages, and a calculator that re-reckons them."""

from __future__ import annotations

import ast
import json
import re
from fractions import Fraction
from textwrap import dedent

import pytest

import incentive_rules as ir
from incentive_rules.explaining.explain import explain
from incentive_rules.judging.judge import referee
from incentive_rules.model.scheme import Family, Role
from incentive_rules.model.trace import Trace
from tests.explaining.engineer import scheme, traced
from tests.judging.made import at, body, fractions, function, given, literal, made, pay, quantity, table


def text_of(trace: Trace, name: str | None = None, language: str = "zh", **options: bool) -> str:
    return str(explain(scheme(), trace, name, language, **options))


def test_a_line_of_pay_in_chinese() -> None:
    assert text_of(traced(), "performance") == dedent(
        """\
        绩效工资 = 13,282.26                               第 50 行
        │ = base_of(岗位) × 系数 × 出勤率
        │ = 9,000.00 × 1.5 × (61/62) = 411750/31 (≈ 13,282.2581)
        │ = 13,282.26  保留 2 位小数（四舍五入）
        │ base_of(senior) = 9,000.00                       对照表，第 61 行
        ├ 岗位 = senior                                    数据，第 70 行
        ├ 系数 = 1.5                                       第 39 行
        │ │ 综合得分 91.5 达到 90 → 1.5                    第 40 行
        │ └ 综合得分 = 91.5                                第 20 行
        │   │ = 60% × 服务及时性 + 40% × 客户满意度
        │   │ = 60% × 92.5 + 40% × 90 = 91.5
        │   ├ 服务及时性 = 92.5                            第 11 行
        │   │ │ 实际值(服务及时性) 95% 在 90% 与 98% 之间  第 11 行
        │   │ │   = 80 + (100 - 80) × (95% - 90%) ÷ (98% - 90%) = 92.5
        │   │ └ 实际值(服务及时性) = 0.95                  第 10 行
        │   │   │ = 按时数 ÷ 任务数
        │   │   │ = 95 ÷ 100 = 0.95
        │   │   ├ 按时数 = 95                              数据，第 73 行
        │   │   └ 任务数 = 100                             数据，第 74 行
        │   └ 客户满意度 = 90                              第 16 行
        │     │ = 100 × 实际值 ÷ 5
        │     │ = 100 × 4.5 ÷ 5 = 90
        │     └ 实际值(客户满意度) = 4.5                   第 15 行
        │         = 平均(rating)
        │         平均：surveys 4 行 → (5 + 5 + 4 + 4) ÷ 4 = 4.5
        └ 出勤率 = 61/62 (≈ 0.9839)                        第 45 行
          │ = capped(出勤天数 ÷ 应出勤天数, 1)
          │ = capped(61 ÷ 62, 1) = 61/62 (≈ 0.9839)
          │ capped(a = 61/62, top = 1)                     第 65 行
          │   = 取小(a, top)
          │   = 取小(61/62, 1) = 61/62 (≈ 0.9839)
          ├ 出勤天数 = 61                                  数据，第 71 行
          └ 应出勤天数 = 62                                数据，第 72 行

        本次取值没有缺项，没有触发任何调整规则"""
    )


def test_a_score_with_a_missing_part_and_two_adjustments_in_english() -> None:
    assert text_of(traced(complaints=3, accident=True, ratings=(5, 4)), "total", "en") == dedent(
        """\
        综合得分 = 0                                        line 20
        │ = (60% × 服务及时性) ÷ 60%
        │ = (60% × 92.5) ÷ 60% = 92.5
        │   left out, missing: 客户满意度
        │   adjustment: 投诉三次封顶; at most 80: 92.5 becomes 80
        │     condition 投诉次数 ≥ 3: 3 ≥ 3 holds
        │   adjustment: 一票否决; set to 0: 80 becomes 0
        │     condition 安全事故: yes holds
        ├ 服务及时性 = 92.5                                 line 11
        │ │ value(服务及时性) 95% lies between 90% and 98%  line 11
        │ │   = 80 + (100 - 80) × (95% - 90%) ÷ (98% - 90%) = 92.5
        │ └ value(服务及时性) = 0.95                        line 10
        │   │ = 按时数 ÷ 任务数
        │   │ = 95 ÷ 100 = 0.95
        │   ├ 按时数 = 95                                   data, line 73
        │   └ 任务数 = 100                                  data, line 74
        ├ 客户满意度 = missing                              line 16
        │ │ = 100 × value ÷ 5
        │ │ = 100 × missing ÷ 5 = missing
        │ │ value(客户满意度) is missing
        │ └ value(客户满意度) = missing                     line 15
        │     = mean(rating)
        │     surveys has 2 rows that count, 3 are needed
        │     mean: 2 rows of surveys → missing
        ├ 投诉次数 = 3                                      data, line 75
        ├ target = 80                                       parameter, line 1
        └ 安全事故 = yes                                    data, line 76

        missing: value(客户满意度), 客户满意度
        adjusted: 综合得分 (投诉三次封顶, 一票否决)"""
    )


def test_a_line_whose_condition_fails_says_so() -> None:
    assert text_of(traced(complaints=1), "extra") == dedent(
        """\
        全勤奖 = 0.00   第 52 行
        │ 条件 投诉次数 = 0：1 = 0 不成立
        │ 条件不成立，本项为 0
        └ 投诉次数 = 1  数据，第 75 行

        本次取值没有缺项，没有触发任何调整规则"""
    )


def test_the_branch_that_was_taken_stands_with_its_reason() -> None:
    text = text_of(traced(), "extra", "en")
    assert "= 500 if 出勤率 = 1 else 0\n" in text
    assert "because 出勤率 = 1: 61/62 = 1 does not hold" in text
    assert "condition 投诉次数 = 0: 0 = 0 holds" in text


@pytest.mark.parametrize(
    "values, name, reason",
    [
        ({"jobs": 0, "on_time": 0}, "value(timeliness)", "除数为 0：没有可测的"),
        ({"jobs": 0, "on_time": 0}, "timeliness", "实际值(服务及时性) 缺失"),
        ({"ratings": (5,)}, "value(satisfaction)", "surveys 只有 1 行可计，至少要 3 行"),
        ({"ratings": (), "jobs": 0, "on_time": 0}, "total", "没有已知且有权重的分项"),
        ({"on_time": None}, "on_time", "数据中没有"),
    ],
)
def test_a_missing_value_says_why(values: dict[str, object], name: str, reason: str) -> None:
    text = text_of(traced(**values), name)
    assert reason in text
    assert text.splitlines()[-1].startswith("缺失：")


def test_a_name_may_be_asked_for_by_its_title_and_an_unknown_one_is_a_key_error() -> None:
    assert text_of(traced(), "绩效工资") == text_of(traced(), "performance")
    assert explain(scheme(), traced(), "实际值(timeliness)").names == ("value(timeliness)",)
    with pytest.raises(KeyError):
        text_of(traced(), "nobody")


def test_without_a_name_it_explains_what_is_paid_in_the_end() -> None:
    explanation = explain(scheme(), traced())
    assert explanation.names == ("net",)
    assert str(explanation).startswith("实发 = 12,219.68")
    assert str(explanation).count("(见上)") == 2


def test_the_complete_list_has_every_name_and_reads_only_what_stands_above() -> None:
    everything = explain(scheme(), traced(), all=True)
    assert {entry.name for entry in everything.entries} == {line.name for line in traced()}
    seen: set[str] = set()
    for entry in everything.entries:
        assert set(entry.reads) <= seen
        seen.add(entry.name)
    assert "rating [第 3 条] = 4" in str(everything)
    only = explain(scheme(), traced(), "attendance", all=True)
    assert [entry.name for entry in only.entries] == ["days_worked", "days_due", "attendance"]


# ── The pocket calculator ─────────────────────────────────────────────────────────────────────────

EQUATION = re.compile(r"(?:^|→ )(?:= )?([-(]?[0-9][^=→]*[×÷+-][^=→]*) = (-?[0-9][^ ]*)")


def reckon(text: str) -> Fraction:
    """What a calculator makes of `9,000.00 × 1.5 × (61/62)`."""
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", text).replace("×", "*").replace("÷", "/").strip()
    text = re.sub(r"([0-9.]+)%", r"(\1/100)", text)

    def worked(node: ast.expr) -> Fraction:
        match node:
            case ast.Constant():
                return Fraction(ast.get_source_segment(text, node) or "")
            case ast.UnaryOp(operand=x):
                return -worked(x)
            case ast.BinOp(left=a, op=op, right=b):
                x, y = worked(a), worked(b)
                kinds = {ast.Add: x + y, ast.Sub: x - y, ast.Mult: x * y}
                return x / y if isinstance(op, ast.Div) else kinds[type(op)]
        raise AssertionError(text)

    return worked(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"complaints": 3},
        {"ratings": ()},
        {"on_time": 99},
        {"on_time": 91, "jobs": 99},
        {"days_worked": 7, "on_time": 98},
    ],
)
def test_every_equation_can_be_checked_with_a_pocket_calculator(language: str, values: dict[str, object]) -> None:
    checked = 0
    for line in text_of(traced(**values), language=language, all=True).splitlines():
        found = EQUATION.search(line.strip())
        if found:
            checked += 1
            assert reckon(found[1]) == reckon(found[2]), line
    assert checked >= 6


# ── Details, families, scope, slices ──────────────────────────────────────────────────────────────


def test_members_of_a_family_stand_below_what_adds_them_up() -> None:
    family = Family(
        "measures", ("m1", "m2"), {m: {"weight": literal("2")} for m in ("m1", "m2")}, ("rate", "score"), at(1)
    )
    scores = [quantity(f"{m}_score", "rate * weight", family="measures", member=m, line=5) for m in family.members]
    checked = made(
        quantities=[*scores, quantity("answer", "sum(score, over=measures)", line=9)],
        inputs=[given("m1_rate", line=2), given("m2_rate", line=3)],
        families=[family],
    )
    trace = referee(checked, fractions(m1_rate=10, m2_rate="0.5")).trace
    assert str(explain(checked, trace, "answer", "en")) == dedent(
        """\
        answer = 21        line 9
        │ = sum(score, over=measures)
        │ sum: 2 members of measures → 20 + 1 = 21
        ├ m1_score = 20    line 5
        │ │ = m1_rate × weight
        │ │ = 10 × 2 = 20
        │ │ weight = 2     line 1
        │ └ m1_rate = 10   data, line 2
        └ m2_score = 1     line 5
          │ = m2_rate × weight
          │ = 0.5 × 2 = 1
          │ weight = 2     line 1
          └ m2_rate = 0.5  data, line 3

        nothing was missing, no adjustment acted"""
    )


def test_a_member_stands_in_its_own_formula_by_its_key() -> None:
    family = Family("measures", ("m1",), {"m1": {}}, ("score",), at(1))
    score = quantity("m1_score", "1 if member == 'm1' else 2", family="measures", member="m1")
    checked = made(quantities=[score], families=[family])
    assert 'because member = "m1": m1 = m1 holds' in str(explain(checked, referee(checked, {}).trace, "m1_score", "en"))


def test_a_member_calls_its_own_names_in_full_whether_they_were_read_or_not() -> None:
    family = Family("bands", ("b1",), {"b1": {}}, ("full", "part", "tax"), at(1))
    checked = made(
        quantities=[quantity("b1_tax", "full if part >= 5 else half(part)", family="bands", member="b1")],
        inputs=[given("b1_full"), given("b1_part")],
        families=[family],
        functions=[function("half", "full", "full / 2")],
    )
    text = str(explain(checked, referee(checked, fractions(b1_full=10, b1_part=3)).trace, "b1_tax", "en"))
    assert "= b1_full if b1_part ≥ 5 else half(b1_part)" in text
    assert "= full ÷ 2\n" in text, "the argument of a function only has the same name"


def test_slices_show_each_slice_at_its_rate() -> None:
    tax = table("tax", body("slices", {0: "10%", 1000: "20%"}, line=3), money=True, line=2)
    checked = made(
        quantities=[pay("due", "tax(income * 2)", line=7)], inputs=[given("income", "money", 5)], tables=[tax]
    )
    text = str(explain(checked, referee(checked, fractions(income=750)).trace, "due", "en"))
    assert "tax(750.00 × 2 = 1500) = 1000 × 0.1 + 500 × 0.2 = 200.00  table, line 3" in text


@pytest.mark.parametrize(
    "on_time, said",
    [
        (90, "90% 正好是折点 → 80"),
        (100, "100% 在端点 98% 之外 → 100"),
        (50, "50% 在端点 70% 之外 → 0"),
        (94, "94% 在 90% 与 98% 之间"),
    ],
)
def test_a_point_and_the_ends_of_a_line_say_what_they_are(on_time: int, said: str) -> None:
    assert said in text_of(traced(on_time=on_time), "timeliness")


def test_what_was_never_looked_at_is_left_out() -> None:
    both = quantity("both", "x > 1 and y > 1", type_="boolean")
    either = quantity("either", "x > 1 or y > 1 or y > 2", type_="boolean")
    checked = made(quantities=[both, either], inputs=[given("x"), given("y")])
    trace = referee(checked, fractions(x=1, y=2)).trace
    assert "= 1 > 1 and … = no" in str(explain(checked, trace, "both", "en"))
    assert "= 1 > 1 or 2 > 1 or 2 > 2 = yes" in str(explain(checked, trace, "either", "en"))


def test_names_with_the_same_title_are_called_by_their_names() -> None:
    checked = made(quantities=[quantity("a", "1", title="等级"), quantity("b", "a + 1", title="等级")])
    assert str(explain(checked, referee(checked, {}).trace, "b")).startswith("b = 2")


def test_out_of_scope_says_which_condition_failed() -> None:
    checked = made(quantities=[pay("base", "100", line=4)], inputs=[given("months", line=2)], applies_to="months >= 1")
    text = str(explain(checked, referee(checked, fractions(months=0)).trace, "base", "en"))
    assert "base = 0.00" in text
    assert "condition months ≥ 1: 0 ≥ 1 does not hold" in text
    assert "the scheme does not apply to this person" in text


def test_negative_numbers_and_fractions_take_brackets() -> None:
    checked = made(
        quantities=[quantity("third", "x / 3"), quantity("answer", "5 - x * third ** 2 - x")], inputs=[given("x")]
    )  # fmt: skip
    text = str(explain(checked, referee(checked, fractions(x=-2)).trace, "answer", "en"))
    assert "= 5 - (-2) × (-2/3) ^ 2 - (-2) = 71/9 (≈ 7.8889)" in text


# ── Programs and notebooks ────────────────────────────────────────────────────────────────────────


def test_json_has_english_words_and_exact_texts() -> None:
    found = json.loads(json.dumps(explain(scheme(), traced(), "performance", "zh").as_json()))
    assert found["names"] == ["performance"]
    lines = {line["name"]: line for line in found["lines"]}
    assert lines["attendance"]["value"] == "61/62"
    assert lines["performance"] | {"formula": None} == {
        "name": "performance", "value": "13282.26", "exact": "411750/31", "decimals": 2, "rounding": "half_up",
        "state": "computed", "file": "方案.yaml", "line": 50, "formula": None,
    }  # fmt: skip
    assert lines["performance"]["formula"]["calls"][0]["table"]["value"] == "9000"
    assert lines["coefficient"]["table"]["steps"] == [{"kind": "from", "key": "91.5", "line": 40, "edge": "90"}]
    assert lines["total"]["mean"]["parts"][0] == {"name": "timeliness", "weight": "0.6", "value": "92.5"}
    assert lines["value(satisfaction)"]["formula"]["calls"][0]["values"] == ["5", "5", "4", "4"]


def test_every_text_of_an_author_is_escaped() -> None:
    nasty = "<script>\x1b[31m\u202e"
    checked = made(quantities=[quantity("x", "1 + 1", title=nasty, role=Role.QUANTITY)])
    explanation = explain(checked, referee(checked, {}).trace, "x")
    assert "\x1b" not in str(explanation)
    assert "\u202e" not in str(explanation)
    assert "<script>" not in explanation._repr_html_()
    assert "&lt;script&gt;" in explanation._repr_html_()


def test_an_indicator_has_its_title_beside_what_it_measured() -> None:
    """In a scheme that is read the title stands twice: for the score, and for what was measured."""
    text = """\
format: 1
scheme: titled
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  engineer: {type: key}
  jobs: {type: integer, range: [1, 500]}
  on_time: {type: integer, range: [0, 500]}
indicators:
  speed: {title: In time, weight: 100%, better: higher, value: on_time / jobs, score: {points: {70%: 0, 95%: 100}}}
"""
    pipeline = ir.compile(text=text, period="2026-04")
    shown = str(pipeline.explain({"engineer": "G1", "jobs": 10, "on_time": 9}, "total", lang="en"))
    assert "= 100% × In time" in shown and "value(In time) = 0.9" in shown
