"""Documents become schemes: what each section makes, in which order, under which names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.periods import PeriodKind
from incentive_rules.loading import load
from incentive_rules.model.scheme import Formula, Literal, Outputs, Role, TableBody, TableOf, Tbd, WeightedMean
from tests.errors.fragments import MINIMAL
from tests.loading.schemes import CHINESE, clean, codes, loaded, quantity

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"


# ── Whole documents ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["smallest.yaml", "service_engineer_1.yaml", "service_engineer_2_zh.yaml"])
def test_the_drafts_read_without_a_finding(shared: Path, name: str) -> None:
    scheme, found = load((shared / "drafts" / name).read_bytes(), name)
    assert found == ()
    assert scheme is not None
    assert len(scheme.quantities) >= 10


def test_nothing_of_a_draft_is_lost(shared: Path) -> None:
    scheme, _ = load((shared / "drafts" / "service_engineer_1.yaml").read_bytes(), "draft.yaml")
    assert scheme is not None
    assert scheme.lost_names == ()
    assert [q.name for q in scheme.quantities if q.body is None] == []


@pytest.mark.parametrize("file", sorted(SCHEMES.glob("*.yaml")), ids=lambda f: f.stem)
def test_the_schemes_that_we_ship_read_without_a_finding(file: Path) -> None:
    assert load(file.read_bytes(), file.name)[1] == ()


def test_a_chinese_and_an_english_document_make_the_same_scheme() -> None:
    chinese = clean(
        CHINESE + "指标:\n  速度: {权重: 100%, 方向: 越高越好, 实际值: 件数, 计分: {达到: {9: 100}, 其余: 0}}\n"
    )
    english, _ = load(
        "format: 1\nscheme: 小方案\neffective: {first_day: 2026-01-01, last_day: 2026-12-31}\nperiod: month\n"
        "currency: CNY\ninputs:\n  工号: {type: key}\n  件数: {type: integer, range: [1, 500]}\n"
        "indicators:\n  速度: {weight: 100%, better: higher, value: 件数, score: {from: {9: 100}, else: 0}}\n",
        "english.yaml",
    )
    assert english is not None
    assert chinese.inputs == english.inputs
    assert [q.name for q in chinese.quantities] == ["value(速度)", "速度", "总分"]
    assert chinese.quantities[1].body == english.quantities[1].body


def test_the_heading_of_a_scheme() -> None:
    scheme = clean(
        "status: example\nversion: 2026.10\ntitle: Bonus\nrounding: half_even\nyear_starts: 04-01\n"
        "procedure: {consulted: 2025-11-20, published: 2025-12-10, backdated: agreed}\n"
        "limits: {max_people: 200, max_rows_per_person: 50}\npurpose: fair pay\n"
    )
    assert (scheme.status, scheme.version, scheme.title) == ("example", "2026.10", "Bonus")
    assert (scheme.first_day, scheme.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (scheme.period_kind, scheme.year_starts) == (PeriodKind.MONTH, (4, 1))
    assert (scheme.published, scheme.backdated) == (date(2025, 12, 10), "agreed")
    assert (scheme.max_people, scheme.max_rows_per_person) == (200, 50)
    assert [(n.key, n.text) for n in scheme.notes] == [("purpose", "fair pay"), ("procedure", "")]


def test_money_without_a_currency_is_told_where_the_money_is() -> None:
    text = MINIMAL.replace("currency: CNY\n", "")
    _, (found,) = load(text, "scheme.yaml")
    assert (found.code, found.variant) == ("key-missing", "currency")
    assert found.place is not None
    assert found.place.text == "wage"


# ── Indicators ────────────────────────────────────────────────────────────────────────────────────

TREE = """\
indicators:
  quality:
    weight: 60%
    missing: zero
    parts:
      care: {weight: 70%, better: higher, value: on_time / jobs, score: 100 * value, unit: share, source: survey}
      calm: {weight: 30%, better: near 40, value: jobs, score: {points: {0: 0, 40: 100, 80: 0}}, min_rows: 2}
  output: {weight: 40%, better: lower, value: jobs, score: value, decimals: 2, rounding: down, range: [0, 500]}
  aside: {better: none, value: jobs, score: value}
total:
  title: All in all
  missing: reweigh
  at_least: 1
  adjust:
    - {reason: veto, when: audited, set: 0}
    - {reason: cap, at_most: 70}
"""


def test_a_tree_becomes_a_measured_value_and_a_score_for_each_leaf_and_a_mean_for_each_group() -> None:
    scheme = clean(TREE)
    assert [(q.name, q.role) for q in scheme.quantities] == [
        ("quality", Role.GROUP), ("value(care)", Role.MEASURED), ("care", Role.SCORE), ("value(calm)", Role.MEASURED),
        ("calm", Role.SCORE), ("value(output)", Role.MEASURED), ("output", Role.SCORE), ("value(aside)", Role.MEASURED),
        ("aside", Role.SCORE), ("total", Role.GROUP),
    ]  # fmt: skip


def test_a_group_inherits_what_follows_from_a_missing_part() -> None:
    scheme = clean(TREE)
    means = {q.name: q.body for q in scheme.quantities if isinstance(q.body, WeightedMean)}
    assert means["quality"].missing == "zero"
    assert means["total"].missing == "reweigh"
    inherited = clean(TREE.replace("    missing: zero\n", ""))
    body = quantity(inherited, "quality").body
    assert isinstance(body, WeightedMean)
    assert body.missing == "reweigh"


def test_only_indicators_with_a_weight_are_parts_of_the_total() -> None:
    body = quantity(clean(TREE), "total").body
    assert isinstance(body, WeightedMean)
    assert [(p.name, p.weight.text if isinstance(p.weight, Literal) else None) for p in body.parts] == [
        ("quality", "60%"),
        ("output", "40%"),
    ]


def test_what_is_said_of_an_indicator() -> None:
    scheme = clean(TREE)
    calm, output = quantity(scheme, "calm"), quantity(scheme, "output")
    assert calm.indicator is not None
    assert (calm.indicator.better, calm.indicator.near, calm.indicator.parent, calm.indicator.min_rows) == (
        "near", Literal("40", calm.place), "quality", 2,
    )  # fmt: skip
    assert isinstance(calm.body, TableOf)
    assert calm.body.argument == "value(calm)"
    assert (output.decimals, str(output.rounding), output.low and output.low.text) == (2, "down", "0")
    assert quantity(scheme, "value(care)").unit == "share"
    assert [(a.action, a.reason, a.when is None) for a in quantity(scheme, "total").adjust] == [
        ("set", "veto", False),
        ("at_most", "cap", True),
    ]


def test_the_target_of_near_is_read_as_a_number_at_its_place() -> None:
    _, (found,) = loaded(TREE.replace("near 40", "near 1_0"))
    assert (found.code, found.place and found.place.text) == ("number-wrong", "1_0")


def test_weights_that_are_relative_are_formulas() -> None:
    scheme = clean(
        "indicators:\n  all:\n    weight: 100%\n    weights: relative\n    parts:\n"
        "      a: {weight: jobs, better: higher, value: jobs, score: value}\n"
        "      b: {weight: 2 * jobs, better: higher, value: jobs, score: value}\n"
    )
    body = quantity(scheme, "all").body
    assert isinstance(body, WeightedMean)
    assert body.relative
    assert all(isinstance(p.weight, Formula) for p in body.parts)


def test_grades_make_one_quantity_for_each_output() -> None:
    scheme = clean("grades: {of: speed, from: {90: {mark: A, factor: 1.5}}, else: {mark: B, factor: 0}}\n")
    grades = [q for q in scheme.quantities if q.role is Role.GRADE]
    assert [(q.name, q.body.give if isinstance(q.body, TableOf) else None) for q in grades] == [
        ("mark", "mark"),
        ("factor", "factor"),
    ]


def test_the_title_of_the_grades_is_that_of_their_words() -> None:
    rows = "from: {90: {factor: 1.5, mark: A}}, else: {factor: 0, mark: B}}"
    scheme = clean(f"grades: {{of: speed, title: Assessment, {rows}\n")
    assert {q.name: q.title for q in scheme.quantities if q.role is Role.GRADE} == {"factor": "", "mark": "Assessment"}
    scheme = clean("grades: {of: speed, title: Assessment, from: {90: {factor: 1.5}}, else: {factor: 0}}\n")
    assert quantity(scheme, "factor").title == "Assessment"


def test_a_single_output_is_called_grade() -> None:
    scheme = clean("grades: {of: speed, from: {90: A}, else: B}\n")
    assert quantity(scheme, "grade").role is Role.GRADE


# ── Tables and parameters ─────────────────────────────────────────────────────────────────────────


def test_a_table_may_have_several_keys_and_levels() -> None:
    scheme = clean(
        "tables:\n  rate:\n    keys: [region, year, band]\n    equals: {ruk: {2013: {1: 20%, 2: 40%}}, wales: "
        "{from: {2010: {1: 10%}}, else: 0}}\n    else: 0\n"
    )
    body = scheme.tables[0].body.at(date(2026, 1, 1))
    assert isinstance(body, TableBody)
    (ruk, first), (wales, second) = body.rows
    assert (ruk.text, wales.text) == ("ruk", "wales")
    assert isinstance(first, TableBody)
    assert isinstance(second, TableBody)
    assert (first.kind, second.kind) == ("equals", "from")
    ((_, innermost),) = first.rows
    assert isinstance(innermost, TableBody)
    assert isinstance(innermost.rows[0][1], Outputs)
    assert scheme.tables[0].keys == ("region", "year", "band")


def test_tables_and_parameters_may_be_dated() -> None:
    scheme = clean(
        "parameters:\n  gift: {type: money, changes_inside: first_day, dated: {2026-04-01: 500, 2026-01-01: 800}}\n"
        "tables:\n  step: {dated: {2026-01-01: {from: {10: 2}, else: 1}}}\n"
    )
    gift = scheme.parameters[0].value
    assert [day for day, _ in gift.values] == [date(2026, 1, 1), date(2026, 4, 1)]
    assert gift.changes_inside
    value = gift.at(date(2026, 2, 1))
    assert isinstance(value, Literal)
    assert value.text == "800"
    assert isinstance(scheme.tables[0].body.at(date(2026, 1, 1)), TableBody)


# ── Pay and entitlements ──────────────────────────────────────────────────────────────────────────


def test_pay_makes_its_own_results() -> None:
    scheme = clean(
        "pay:\n  wage_paid: {amount: wage}\n"
        "  bonus: {amount: 10 * jobs, at_most: 3000, at_least: 100, when: jobs > 5}\n"
        "  pension: {kind: deduction, amount: wage * 8%, at_risk: false}\n"
    )
    results = [
        (q.name, q.body.text) for q in scheme.quantities if q.role is Role.RESULT and isinstance(q.body, Formula)
    ]
    assert results == [
        ("earnings", "wage_paid + bonus"), ("deductions", "pension"), ("net", "earnings - deductions"),
        ("employer_cost", "0"),
    ]  # fmt: skip
    bonus = quantity(scheme, "bonus")
    assert [a.action for a in bonus.adjust] == ["at_least", "at_most"], "the cap comes last, and holds"
    assert isinstance(bonus.when, Formula)
    assert bonus.type == "money"


def test_results_are_called_by_the_language_of_the_keywords() -> None:
    scheme = clean(CHINESE + "薪酬:\n  奖金: {金额: 10 * 件数}\n")
    assert [q.name for q in scheme.quantities] == ["奖金", "应发", "扣款", "实发", "单位承担"]


def test_an_entitlement_is_a_condition_or_an_amount() -> None:
    scheme = clean(
        "entitlements:\n  promotion: {when: jobs > 400, decided_by: the board}\n"
        "  leave: {when: jobs > 1, amount: 5, unit: day}\n"
    )
    promotion, leave = quantity(scheme, "promotion"), quantity(scheme, "leave")
    assert (promotion.type, promotion.when, promotion.decided_by) == ("boolean", None, "the board")
    assert isinstance(promotion.body, Formula)
    assert promotion.body.text == "jobs > 400"
    assert isinstance(leave.when, Formula)


# ── Drafts ────────────────────────────────────────────────────────────────────────────────────────

DRAFT = """\
status: draft
parameters: {target: tbd}
tables: {step: tbd, other: {from: {10: tbd}, else: 0}}
indicators:
  speed: {weight: tbd, better: tbd, value: tbd, score: tbd}
  calm: {weight: 10%, better: higher, value: jobs, score: {points: tbd}}
grades: {of: speed, from: {90: {mark: A, factor: tbd}}, else: {mark: B, factor: 0}}
quantities: {double: tbd}
pay: {bonus: {amount: tbd, when: tbd}, gift: tbd}
"""


def test_a_draft_may_have_holes_and_each_is_listed_by_its_owner() -> None:
    scheme = clean(DRAFT)
    assert sorted(hole.what for hole in scheme.holes) == [
        "bonus · amount", "bonus · when", "calm · score · points", "double", "gift", "grades · 90 · factor",
        "other · 10", "speed · better", "speed · score", "speed · value", "speed · weight", "step", "target",
    ]  # fmt: skip
    assert isinstance(quantity(scheme, "factor").body, Tbd)


def test_a_hole_is_an_error_once_the_scheme_is_no_draft() -> None:
    found = codes(DRAFT.replace("status: draft\n", ""))
    assert set(found) == {"tbd-in-active"}
    assert len(found) == 13


# ── Examples ──────────────────────────────────────────────────────────────────────────────────────


def test_an_example_starts_from_a_person_and_says_what_differs() -> None:
    scheme = clean(
        "details:\n  surveys: {belongs_to: engineer, inputs: {stars: {type: integer, range: [1, 5]}}}\n"
        "people:\n  typical: {jobs: 10, on_time: 9, surveys: [{times: 3, stars: 5}, {stars: 4}]}\n"
        "examples:\n  - {name: fewer, period: 2026-04, person: typical, but: {jobs: 9}, expect: {speed: missing}}\n"
        "  - {name: alone, period: 2026-05, given: {jobs: 1}, expect: {value(speed): 0}}\n"
    )
    fewer, alone = scheme.examples
    facts = {f.name: f for f in fewer.facts}
    assert [(n, f.value.text) for n, f in facts.items() if f.value] == [("jobs", "9"), ("on_time", "9")]
    rows = facts["surveys"].rows
    assert rows is not None
    assert [(times, [f.value.text for f in row if f.value]) for times, row in rows] == [(3, ["5"]), (1, ["4"])]
    assert [(f.name, f.value.text) for f in fewer.expect if f.value] == [("speed", "missing")]
    assert [f.name for f in alone.expect] == ["value(speed)"]
    assert [p.text for p in scheme.example_periods] == ["2026-04", "2026-05"]


@pytest.mark.parametrize(
    "example, code",
    [
        ("{name: x, period: 2026-Q2, expect: {}}", "period-wrong/not-month"),
        ("{name: x, period: spring, expect: {}}", "period-wrong"),
        ("{name: x, period: 2026-04, given: {jobs: ten}}", "number-wrong"),
        ("{name: x, period: 2026-04, given: {audited: perhaps}}", "flag-wrong"),
        ("{name: x, period: 2026-04, person: nobody, given: {}}", "keys-clash"),
    ],
)
def test_what_can_be_wrong_in_an_example(example: str, code: str) -> None:
    assert code in codes(f"examples:\n  - {example}\n")


# ── Whatever is done to a document, loading answers with findings ─────────────────────────────────

WORDS = ("tbd", "true", "40%", "[a, b]", "{a: b}", "{from: {1: 2}, else: 3}", "2026-01-01", "jobs / 0", "月", "", "-1")


@given(st.data())
def test_a_mangled_scheme_never_breaks_loading(data: st.DataObject) -> None:
    """Values are exchanged and lines dropped: there is a scheme or a finding, and never an exception."""
    lines = (
        MINIMAL + TREE.replace("indicators:", "composites:") + DRAFT.replace("indicators:", "repeat:")
    ).splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(1, len(lines) - 1))
        if ": " in lines[at] and data.draw(st.booleans()):
            lines[at] = lines[at].split(": ")[0] + ": " + data.draw(st.sampled_from(WORDS))
        else:
            del lines[at]
    scheme, found = load("\n".join(lines) + "\n", "mangled.yaml")
    assert scheme is not None or found
