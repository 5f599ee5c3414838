"""Examples of several people, rows of groups beside them, and facts that name what needs others."""

from __future__ import annotations

import pytest

from incentive_rules.model.scheme import Fact
from tests.loading.schemes import CHINESE, clean, quantity, wrong

TABLES = """\
groups:
  projects: {key: project, inputs: {worth: {type: money, range: [0, 5000]}}}
details:
  surveys: {belongs_to: engineer, inputs: {stars: {type: integer, range: [1, 5]}}}
  costs: {belongs_to: project, inputs: {cost: {type: money, range: [0, 500]}}}
honors: {star: {best_by: speed, places: 1, ties: all, award: 9}}
people:
  typical: {jobs: 10, on_time: 9, surveys: [{times: 3, stars: 5}]}
examples:
"""
TWO = """\
  - name: two
    period: 2026-04
    people:
      Anna: {person: typical}
      Bert: {person: typical, but: {jobs: 20, surveys: []}}
      Cleo: {given: {jobs: 1}}
    given: {projects: [{project: P1, worth: 5}], costs: [{times: 2, project: P1, cost: 5}]}
    expect: {Anna: {speed: 80, award(star): 9}, Bert: {value(speed): missing}}
"""


def shown(facts: tuple[Fact, ...]) -> dict[str, object]:
    """Facts by name: their texts, and their rows with the counts."""
    return {
        fact.name: fact.value.text
        if fact.value
        else [(times, shown(row)) for times, row in fact.rows]
        if fact.rows is not None
        else None
        for fact in facts
    }


def test_an_example_may_be_of_several_people_at_once() -> None:
    (example,) = clean(TABLES + TWO).examples
    assert (example.name, example.period, example.expect) == ("two", "2026-04", ())
    anna, bert, cleo = example.people
    assert [person.key for person in example.people] == ["Anna", "Bert", "Cleo"]
    assert shown(anna.facts) == {"jobs": "10", "on_time": "9", "surveys": [(3, {"stars": "5"})]}
    assert shown(bert.facts) == {"jobs": "20", "on_time": "9", "surveys": []}
    assert shown(cleo.facts) == {"jobs": "1"}
    assert shown(anna.expect) == {"speed": "80", "award(star)": "9"}
    assert (shown(bert.expect), cleo.expect) == ({"value(speed)": "missing"}, ())


def test_beside_them_stand_the_rows_of_groups_and_of_what_belongs_to_groups() -> None:
    (example,) = clean(TABLES + TWO).examples
    assert shown(example.facts) == {
        "projects": [(1, {"project": "P1", "worth": "5"})],
        "costs": [(2, {"project": "P1", "cost": "5"})],
    }


def test_of_one_person_facts_may_name_what_needs_others() -> None:
    (example,) = clean(
        TABLES + "  - name: one\n    period: 2026-04\n    person: typical\n"
        "    but: {value(speed): 90%, star: true, award(star): 9}\n    expect: {award(star): 9}\n"
    ).examples
    assert shown(example.facts)["value(speed)"] == "90%"
    assert shown(example.facts)["award(star)"] == "9"
    assert (shown(example.expect), example.people) == ({"award(star)": "9"}, ())


def test_in_chinese_too() -> None:
    scheme = clean(
        CHINESE + "指标:\n  速度: {权重: 100%, 方向: 越高越好, 实际值: 件数, 计分: 实际值}\n"
        "荣誉: {服务之星: {评选依据: 速度, 名额: 1, 并列: 中止, 奖金: 500}}\n样例人员: {典型: {件数: 5}}\n算例:\n"
        "  - 情形: 两个人\n    周期: 2026-04\n    各人: {张: {人员: 典型}, 李: {给定: {件数: 7, 实际值(速度): 7}}}\n"
        "    应得: {张: {奖金(服务之星): 0}, 李: {实际值( 速度 ): 7}}\n"
    )
    zhang, li = scheme.examples[0].people
    assert (shown(zhang.expect), shown(li.expect)) == ({"award(服务之星)": "0"}, {"value(速度)": "7"})
    assert shown(li.facts) == {"件数": "7", "value(速度)": "7"}
    assert quantity(scheme, "award(服务之星)").title == "服务之星奖金"


ONE = "  - {name: x, period: 2026-04, person: typical"
SEVERAL = "  - {name: x, period: 2026-04, people: {A: {person: typical}, B: {person: typical}}"


@pytest.mark.parametrize(
    "example, found",
    [
        (SEVERAL + ", person: typical}", [("keys-clash", "person")]),
        (SEVERAL + ", but: {jobs: 5}}", [("keys-clash", "but")]),
        (SEVERAL + ", expect: {speed: 80}}", [("expect-people", "speed")]),
        (SEVERAL + ", expect: {D: {speed: 80}}}", [("expect-people/unknown", "D")]),
        (SEVERAL.replace("B:", "Bert:") + ", expect: {Berta: {speed: 80}}}", [("expect-people/unknown-near", "Berta")]),
        (SEVERAL + ", given: {jobs: 5}}", [("fact-rows/beside", "jobs")]),
        (SEVERAL + ", given: {surveys: []}}", [("fact-rows/beside", "surveys")]),
        (SEVERAL + ", given: {projects: 5}}", [("fact-rows", "5")]),
        (SEVERAL.replace("typical}}", "tipical}}") + "}", [("person-unknown/near", "tipical")]),
        (SEVERAL.replace("{person: typical}}", "{person: typical, given: {}}}") + "}", [("keys-clash", "given")]),
        (SEVERAL.replace("{person: typical}}", "{but: {jobs: ten}}}") + "}", [("number-wrong", "ten")]),
        (SEVERAL.replace("{person: typical}}", "typical}") + "}", [("shape-wrong/mapping", "typical")]),
        (ONE + ", expect: {A: {speed: 80}}}", [("expect-people/alone", "A")]),
        (SEVERAL.replace("typical}}", "typical, but: {projects: []}}}") + "}", [("fact-rows/group", "projects")]),
        (ONE + ", but: {costs: []}}", [("fact-rows/group", "costs")]),
        (ONE + ", expect: {speed: [80]}}", [("shape-wrong/mapping-text", "[80]")]),
    ],
)
def test_what_can_be_wrong_with_the_people_of_an_example(example: str, found: list[tuple[str, str]]) -> None:
    assert wrong(TABLES + example + "\n") == found


def test_an_example_of_one_person_may_bring_rows_of_groups() -> None:
    (example,) = clean(TABLES + ONE + ", but: {projects: [{project: P1, worth: 5}]}}\n").examples
    assert shown(example.facts)["projects"] == [(1, {"project": "P1", "worth": "5"})]


def test_a_sample_person_has_no_rows_of_groups() -> None:
    assert wrong(TABLES.replace("jobs: 10,", "jobs: 10, projects: [],") + TWO)[0] == ("fact-rows/group", "projects")
