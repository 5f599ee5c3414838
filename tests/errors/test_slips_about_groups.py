"""Slips in what a whole scheme says of groups, pools, honours and further tables: one mistake is one error.

Each row: what was written, what was typed instead, the error, the text it points at, and a piece of its remedy.
"""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of
from incentive_rules.document_to_plan import mended
from tests.shared_data import ROOT

SCHEME = (ROOT / "schemes" / "service_engineer_2_zh.yaml").read_text("utf-8")

SLIPS = [
    # pools
    ("每个: 项目 ", "每个: 项目表格 ", "group-unknown", "项目表格", "是不是想写 `项目`"),
    ("分给: 项目成员", "分给: 成员", "pool-apart", "成员", "是不是想写 `项目成员`"),
    ("按比例: 角色点数", "比例: 角色点数", "key-unknown", "比例", "是不是想写 `按比例`"),
    ("      分给: 项目成员\n", "      分给: 项目成员\n      小数: 2\n", "key-unknown", "小数", "可以写"),
    # honours
    ("评选范围: 全体", "范围: 全体", "key-unknown", "范围", "是不是想写 `评选范围`"),
    ("评选范围: 全体", "评选范围: 全公司", "group-unknown", "全公司", "是不是想写 `全体`"),
    ("并列: 全部授予", "并列: 都给", "word-unknown", "都给", "全部授予、全部不授、中止"),
    ("奖金: 500\n", "奖励: 500\n", "key-unknown", "奖励", "是不是想写 `奖金`"),
    # whose rows they are
    ("归属: [工号, 项目]", "归属: [员工, 项目]", "belongs-unknown", "员工", "是不是想写 `工号`"),
    ("归属: [工号, 项目]", "归属: [工号, 项目编号]", "belongs-unknown", "项目编号", "是不是想写 `项目`"),
    ("    归属: 工号\n    编号: 工单号", "    归属: 工单号\n    编号: 工单号", "belongs-unknown", "工单号",
     "是不是想写 `工号`"),
    # whose values come together
    ("计数(范围=全体, 组内=部门)", "计数(范围=所有人, 组内=部门)", "over-unknown", "所有人", "是不是想写 `全体`"),
    ("计数(范围=全体, 组内=部门)", "计数(总分 > 平均(总分, 范围=全体), 范围=全体)", "aggregate-inside",
     "平均(总分, 范围=全体)", "单独写成一个计算项"),
    ("编号: 项目\n", "主键: 项目\n", "key-unknown", "主键", "是不是想写 `编号`"),
    # sections by a wrong name: what stands in them is not missed anywhere else
    ("群组: ", "分组: ", "key-unknown", "分组", "是不是想写 `群组`"),
    ("明细: ", "明细表: ", "key-unknown", "明细表", "是不是想写 `明细`"),
    ("荣誉:\n", "荣誉称号:\n", "key-unknown", "荣誉称号", "是不是想写 `荣誉`"),
]


@pytest.mark.sampled(2)  # each checks a whole scheme
@pytest.mark.parametrize(
    ("written", "typed", "code", "points_at", "remedy"),
    [pytest.param(*slip, id=slip[2] + slip[1]) for slip in SLIPS],
)
def test_one_slip_is_one_error(written: str, typed: str, code: str, points_at: str, remedy: str) -> None:
    assert written in SCHEME
    report = ir.check(text=SCHEME.replace(written, typed, 1))
    assert [d.code for d in report.errors] == [code], str(report)
    error = report.errors[0]
    assert error.place is not None
    assert error.place.text == points_at
    assert remedy in help_of(error, "zh")


@pytest.mark.thorough
def test_owners_in_one_text_become_a_list() -> None:
    slipped = SCHEME.replace("归属: [工号, 项目]", "归属: 工号、项目", 1)
    report = ir.check(text=slipped)
    assert [d.code for d in report.errors] == ["belongs-unknown"]
    assert mended(slipped) == (SCHEME, 1)
