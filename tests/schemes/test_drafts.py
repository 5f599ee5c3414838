"""The three drafts with which the language began: the smallest one pays, the other two are sound."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.diagnostics import Severity
from incentive_rules.base.reports import severity_of
from tests.schemes.engines import compiled

# Sex, age and origin are there for the audit alone, and age is a number for which the drafts give no edges.
AUDITED = {"unused": 3, "promise-edges": 1}
REMARKS = {
    "service_engineer_1.yaml": AUDITED | {"promise-open": 4, "title-twice": 1},  # a group and an indicator: 工作效率
    "service_engineer_2_zh.yaml": AUDITED | {"promise-open": 2, "objective-unmeasured": 2},
}


@pytest.fixture(scope="module")
def drafts(shared: Path) -> Path:
    return shared / "drafts"


def test_the_smallest_draft_compiles_and_pays(drafts: Path) -> None:
    """90% on time scores 100 x (90 - 70) / (95 - 70) = 80, no complaint 100: 60% x 80 + 40% x 100 = 88."""
    path = drafts / "smallest.yaml"
    assert ir.check(path).diagnostics == ()
    engines = compiled(path.read_text("utf-8"), "2026-03")
    values = engines.score({"engineer": "G001", "jobs": 100, "on_time": 90, "complaints": 0})
    assert (values["on_time_rate"], values["complaint_count"], values["total"]) == (80, 100, 88)
    result = engines.pipeline.score({"engineer": "G001", "jobs": 100, "on_time": 90, "complaints": 0})
    assert str(result["bonus"]) == "2640.00"


@pytest.mark.parametrize("name", REMARKS)
def test_the_full_drafts_are_free_of_errors(name: str, drafts: Path) -> None:
    report = ir.check(drafts / name)
    assert [found for found in report.diagnostics if severity_of(found.code) is Severity.ERROR] == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", REMARKS)
def test_beside_that_there_are_only_remarks(name: str, drafts: Path) -> None:
    report = ir.check(drafts / name)
    assert Counter(d.code for d in report.diagnostics) == REMARKS[name]


@pytest.mark.thorough
def test_the_examples_of_the_chinese_draft_pass_as_they_are(drafts: Path) -> None:
    """They leave out sex, age and origin, which nothing stands on."""
    report = ir.test(drafts / "service_engineer_2_zh.yaml")
    assert [outcome.passed for outcome in report.outcomes] == [True] * 4, str(report)


@pytest.mark.thorough
def test_the_examples_of_the_english_draft_pass_with_what_the_department_decides(drafts: Path) -> None:
    """One person never makes a department of one: the example has to say what the others come to."""
    text = (drafts / "service_engineer_1.yaml").read_text("utf-8")
    alone = ir.test(text=text)
    assert {d.code for outcome in alone.outcomes for d in outcome.diagnostics} == {"example-population"}
    last = "    star_last_quarter: false\n"
    text = text.replace(last, f"{last}    value(team_contribution): 1\n")
    text = text.replace("but: {work_orders: []}", "but: {work_orders: [], value(team_contribution): missing}")
    report = ir.test(text=text)
    assert [outcome.passed for outcome in report.outcomes] == [True] * 4, str(report)
