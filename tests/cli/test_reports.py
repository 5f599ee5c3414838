"""What a report says is true of what it shows, and one slip is told once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_rules.cli import main

Run = Callable[..., tuple[int, str, str]]

SCHEME = """\
格式: 1
方案: 计件
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
数据:
  工号: {类型: 编号}
  部门: {类型: 类别}
  底薪: {类型: 金额, 取值范围: [0, 20000]}
群组:
  部门表:
    编号: 部门
    数据: {系数: {类型: 数值, 小数位: 1, 取值范围: [0, 2]}}
明细:
  工单:
    归属: 工号
    编号: 单号
    数据: {件数: {类型: 整数, 取值范围: [0, 100]}}
指标:
  件数分: {权重: 100%, 方向: 越高越好, 实际值: 求和(件数), 计分: 实际值}
总分:
  调整:
    - {原因: 封顶, 条件: 底薪 > 100, 不高于: 1}
薪酬:
  工资: {金额: 底薪 * 系数 + 2 * 总分}
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("方案.yaml").write_text(SCHEME, "utf-8")
    Path("数据").mkdir()
    people = "".join(f"G{n:02},{'甲' if n % 2 else '乙'},{n * 10}\n" for n in range(30))
    Path("数据/人员.csv").write_text("工号,部门,底薪\n" + people, "utf-8")
    Path("数据/部门表.csv").write_text("部门,系数\n甲,1\n乙,1.5\n", "utf-8")
    Path("数据/工单.csv").write_text("单号,工号,件数\n" + "".join(f"D{n},G{n:02},5\n" for n in range(30)), "utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        words = arguments if arguments[0] == "replay" else ("run", "方案.yaml", *arguments, "--period", "2026-04")
        code = main([*words, "--lang", "zh"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def add(file: str, line: str) -> None:
    with Path("数据", file).open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")


def test_how_many_were_adjusted_is_said_of_those_who_are_shown(run: Run) -> None:
    """Twenty are shown of thirty, and only of these it is looked up."""
    code, out, err = run("数据")
    assert code == 0, err
    assert "* 上列人员中 9 人受调整规则影响" in out
    Path("数据/人员.csv").write_text("工号,部门,底薪\nG11,甲,110\n", "utf-8")
    Path("数据/工单.csv").write_text("单号,工号,件数\nD11,G11,5\n", "utf-8")
    assert "* 1 人受调整规则影响" in run("数据")[1]


def test_a_group_that_stands_twice_is_one_error(run: Run) -> None:
    """Fifteen people wait for it, and nothing is wrong with any of them."""
    add("部门表.csv", "甲,2")
    code, _, err = run("数据")
    assert code == 3
    assert err.count("错误[") == 1
    assert '`部门表` 中的 "甲" 出现了不止一次' in err


def test_a_row_that_stands_twice_is_one_error(run: Run) -> None:
    add("工单.csv", "D7,G07,5")
    code, _, err = run("数据")
    assert code == 3
    assert err.count("错误[data-key-twice]") == 1
    assert "工单.csv:9, 工单.csv:32" in err


def test_a_folder_of_records_is_not_one_of_them(run: Run) -> None:
    assert run("数据", "--record", "记录/四月")[0] == 0
    code, _, err = run("replay", "记录")
    assert code == 2
    assert "记录 不是运行记录\n" in err and "其中也没有" not in err
    assert run("replay", "记录/四月")[0] == 0


@pytest.mark.parametrize("option", ["--history", "--corrects"])
def test_a_record_that_is_not_there_is_a_slip_of_the_command(run: Run, option: str) -> None:
    code, out, err = run("数据", option, "纪录")
    assert (code, out) == (2, "") and "没有文件夹 纪录" in err


def test_what_leads_to_the_values_of_a_group_is_not_called_unused(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Who removes the department, as the hint says, has no factor any more."""
    assert main(["check", "方案.yaml"]) == 0
    assert "unused" not in capsys.readouterr().out


def test_a_copy_in_the_folder_is_one_error(run: Run) -> None:
    Path("数据/人员 - 副本.csv").write_bytes(Path("数据/人员.csv").read_bytes())
    code, _, err = run("数据")
    assert code == 3
    assert err.count("错误[") == 1
    assert "人员 - 副本.csv 和 人员.csv 有相同的列：`部门` `底薪`" in err
