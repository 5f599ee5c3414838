"""The three drafts with which the language began: the smallest one pays, the other two say what is still to come."""

from __future__ import annotations

from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.diagnostics import Severity
from incentive_rules.base.reports import severity_of
from tests.schemes.engines import compiled

WAITING = {
    "service_engineer_1.yaml": [
        (101, "within", ""),  # one's points against the department's mean
        (156, "every", "annual_bonus"),
        (160, "pool", "project_bonus"),
        (204, "honors", "service_star"),
        (214, "honors", "excellent_employee"),
        (235, "each", "team_activity"),
        (236, "within", ""),
        (240, "every", "annual_leave"),
        (321, "groups", "projects"),
        (345, "belongs_to", "assignments"),
        (350, "recorded", "quarters"),
    ],
    "service_engineer_2_zh.yaml": [
        (131, "频率", "年度奖金"),
        (134, "奖金池", "项目奖金"),
        (153, "荣誉", "服务之星"),
        (161, "荣誉", "优秀员工"),
        (178, "每个", "团队建设活动"),
        (179, "组内", ""),
        (182, "频率", "带薪年假"),
        (272, "群组", "项目表"),
        (283, "归属", "项目成员"),
        (288, "取自记录", "本年各月"),
    ],
}
REMARKS = {
    "service_engineer_1.yaml": ["title-twice"],  # a group and an indicator are both called 工作效率
    "service_engineer_2_zh.yaml": ["objective-unmeasured", "objective-unmeasured"],
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


@pytest.mark.parametrize("name", WAITING)
def test_a_full_draft_lacks_exactly_what_needs_several_people_or_periods(name: str, drafts: Path) -> None:
    report = ir.check(drafts / name)
    errors = [found for found in report.diagnostics if severity_of(found.code) is Severity.ERROR]
    assert {found.code for found in errors} == {"not-yet"}
    found = [(e.place.line, e.params["what"], e.params.get("name", "")) for e in errors if e.place]
    assert found == WAITING[name]


@pytest.mark.parametrize("name", REMARKS)
def test_beside_that_there_are_only_remarks(name: str, drafts: Path) -> None:
    report = ir.check(drafts / name)
    remarks = [d.code for d in report.diagnostics if severity_of(d.code) is not Severity.ERROR]
    assert remarks == REMARKS[name]
