"""Slips of an author who edits the scaffold: one mistake is one error, in the language of the document, with a remedy.

Each row: what was written, what was typed instead, the error, the text it points at, and a piece of its remedy.
"""

from __future__ import annotations

from importlib.resources import files

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of
from incentive_rules.document_to_plan import mended

SCAFFOLD = files("incentive_rules.cli").joinpath("scaffold", "scheme.zh.yaml").read_text("utf-8")

SLIPS = [
    # a word of one's own: the one that is meant, never its opposite
    ("方向: 越高越好", "方向: 越大越好", "word-unknown", "越大越好", "是不是想写 `越高越好`"),
    ("方向: 越低越好", "方向: 越小越好", "word-unknown", "越小越好", "是不是想写 `越低越好`"),
    ("方向: 越高越好", "方向: 越某越好", "word-unknown", "越某越好", "可以写：越高越好、越低越好"),
    ("状态: 示例", "状态: 正式", "word-unknown", "正式", "是不是想写 `生效`"),
    ("周期: 月\n", "周期: 每月\n", "word-unknown", "每月", "是不是想写 `月`"),
    # a section by a wrong name: what stands in it is not missed anywhere else
    ("薪酬:\n", "工资:\n", "key-unknown", "工资", "薪酬"),
    ("等级评定:\n", "等级:\n", "key-unknown", "等级", "是不是想写 `等级评定`"),
    # a fact that was taken away: told where a formula lacks it, and not again in every example
    ("  投诉次数:   {类型: 整数, 取值范围: [0, 50]}\n", "", "name-unknown", "投诉次数", "在“数据”"),
    # a name that stands for two things: nothing is said of weights that seem to lack
    ("  投诉:\n", "  投诉次数:\n", "name-twice", "投诉次数", "另取名称"),
    # the odd row of a table is told, not all the others
    ("等级: 优秀, 系数: 1.5}", "等级: 优秀, 级数: 1.5}", "table-outputs", "{等级: 优秀, 级数: 1.5}", "同样的几项"),
    ("90: {等级: 优秀, 系数: 1.5}", "90: {等级: 优秀, 系 数: 1.5}", "name-invalid", "系 数", "系_数"),
    # a table in place is told by the quantity that it looks up
    ("  其余: {等级: 待改进, 系数: 0}\n", "", "table-hole", "达到", "其余"),
    # an example that gives a score instead of a fact would be read past
    ("改为: {投诉次数: 3}", "改为: {投诉: 3}", "example-name", "投诉", "是不是想写 `投诉次数`"),
    ("依据: 总分", "依据: 综合得分", "name-unknown", "综合得分", "在“数据”"),
    # examples of remedies are in the document's language
    ("原因: 投诉三次及以上，综合得分不超过七十分\n      条件", "条件", "key-missing", "条件", "重大责任事故"),
    ("为: 2000", "为: 待定", "tbd-in-active", "待定", "状态: 草案"),
    # numbers as they stand on paper
    ("为: 2000", "为: 2万", "number-wrong", "2万", "`20000`"),
    ("[0, 23]}\n  应", "[0, 23天]}\n  应", "number-wrong", "23天", "`23`"),
    ("    90: {", "    90以上: {", "number-wrong", "90以上", "`90`：“达到”指该值及以上"),
    ("    90: {", "    90-100: {", "number-wrong", "90-100", "`90`"),
    # YAML cannot be read, and the report is in Chinese all the same
    ("    方向: 越高越好\n    实际值: 满意", "     方向: 越高越好\n    实际值: 满意", "indent", "方向", "对齐"),
    ("权重: 30%", "权重: \"30%\" 左右", "text-after-quote", '"30%" 左右', "整句加引号"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "typed", "code", "points_at", "remedy"), SLIPS, ids=[s[2] + s[1] for s in SLIPS])
def test_one_slip_is_one_error(written: str, typed: str, code: str, points_at: str, remedy: str) -> None:
    assert written in SCAFFOLD
    report = ir.check(text=SCAFFOLD.replace(written, typed, 1))
    assert [d.code for d in report.errors] == [code], str(report)
    error = report.errors[0]
    assert report.language == "zh"
    assert error.place is not None
    assert error.place.text == points_at
    assert remedy in help_of(error, "zh")


MENDED = [
    ("[1, 5]", "【1, 5】", "fullwidth-mark"),
    ("[1, 5]", "【1，5】", "fullwidth-mark"),
    ("[1, 5]", "［1, 5］", "fullwidth-mark"),
    ("[1, 5]", "[1、5]", "items-count"),
    ("[1, 5]", "1~5", "items-count"),
    ("[1, 5]", "1至5", "items-count"),
    ("    权重: 50%", "\t权重: 50%", "tab-indent"),
    ("    权重: 50%", "  \t权重: 50%", "tab-indent"),
    ("  客户满意度:\n", "\t客户满意度:\n", "tab-indent"),
    ("    方向: 越低越好\n", "\t\t\t方向: 越低越好\n", "tab-indent"),
    ("    权重: 50%", "\u3000\u3000权重: 50%", "fullwidth-mark"),
    ("  投诉:\n", "\u3000投诉:\n", "fullwidth-mark"),
]


@pytest.mark.parametrize(("written", "typed", "code"), MENDED, ids=[m[1].strip("\n") for m in MENDED])
def test_a_mechanical_slip_is_mended_to_the_character(written: str, typed: str, code: str) -> None:
    slipped = SCAFFOLD.replace(written, typed, 1)
    assert [d.code for d in ir.check(text=slipped).errors] == [code]
    assert mended(slipped) == (SCAFFOLD, 1)


@pytest.mark.parametrize(("typed", "argument"), [("等级评定:\n  依据: 总分\n", "总分"), ("", "实际值(投诉)")])
def test_a_hole_in_a_table_names_the_quantity_that_falls_into_it(typed: str, argument: str) -> None:
    hole = "  其余: {等级: 待改进, 系数: 0}\n" if typed else ", 其余: 0}"
    report = ir.check(text=SCAFFOLD.replace(hole, "" if typed else "}", 1))
    assert [d.params["argument"] for d in report.errors] == [argument]


def test_a_forgotten_range_says_nothing_of_what_leans_on_it() -> None:
    report = ir.check(text=SCAFFOLD.replace("{类型: 整数, 取值范围: [0, 50]}", "{类型: 整数}", 1))
    assert [d.code for d in report.diagnostics] == ["range-needed"]


def test_a_document_that_cannot_be_read_is_told_in_its_own_language() -> None:
    broken = SCAFFOLD.replace("总分:\n", "总分：\n", 1)
    report = ir.check(text=broken)
    assert report.scheme is None
    assert str(report).startswith("错误[fullwidth-mark]")
    with pytest.raises(ir.SchemeError, match=r"^错误\[fullwidth-mark\]"):
        ir.compile(text=broken, period="2026-04")
    assert str(ir.check(text="format: 1\nscheme： x\n")).startswith("error[fullwidth-mark]")
