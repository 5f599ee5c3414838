"""`init --data SCHEME`: a workbook that somebody who never saw the scheme can fill in."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from incentive_rules.cli import main
from incentive_rules.cli.exits import Exit

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
SCHEME = """\
格式: 1
方案: 试
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
薪酬:
  奖金: {金额: 业绩 * 10%, 条件: 在岗 and 岗位 == "高级"}
数据:
  业绩: {类型: 金额, 列名: 本月业绩, 取值范围: [0, 100000]}
  在岗: {类型: 是否}
  岗位: {类型: 类别, 可选: [初级, 高级]}
  工号: {类型: 编号}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("方案.yaml").write_text(SCHEME, "utf-8")
    return tmp_path


def read(file: str | Path) -> Any:
    import openpyxl

    return openpyxl.load_workbook(file)


def rows(page: Any) -> list[list[Any]]:
    return [list(row) for row in page.iter_rows(values_only=True)]


def test_the_workbook_has_the_columns_the_words_and_an_explanation(here: Path) -> None:
    assert main(["init", "--data", "方案.yaml", "--period", "2026-01"]) == 0
    book = read("方案.数据.xlsx")
    assert book.sheetnames == ["人员", "填写说明"]
    people = book["人员"]
    assert rows(people) == [["工号", "本月业绩", "在岗", "岗位"]]
    offered = {str(rule.sqref)[0]: rule.formula1 for rule in people.data_validations.dataValidation}
    assert offered == {"C": '"是,否"', "D": '"初级,高级"'}
    assert people.column_dimensions["A"].number_format == "@", "007 stays 007"
    head, *explained = rows(book["填写说明"])
    assert head == ["表", "列", "名称", "值的类型", "单位", "允许的值", "是否必填", "示例"]
    assert explained[1] == ["人员", "本月业绩", "业绩", "金额，最多 2 位小数", "", "0 至 100000", "必填", "100000"]
    assert explained[3] == ["人员", "岗位", "岗位", "类别", "", "初级、高级", "必填", "初级"]


def test_the_examples_are_data_that_the_scheme_takes(here: Path) -> None:
    assert main(["init", "--data", "方案.yaml", "--period", "2026-01", "--out", "d.xlsx"]) == 0
    explained = rows(read("d.xlsx")["填写说明"])[1:]
    with Path("人员.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[row[1] for row in explained], [row[7] for row in explained]])
    assert main(["run", "方案.yaml", "人员.csv", "--period", "2026-01"]) == 0


@pytest.mark.thorough
def test_a_scheme_of_many_tables_has_a_sheet_for_each_but_not_for_earlier_periods(here: Path) -> None:
    scheme = str(SCHEMES / "service_engineer_2_zh.yaml")
    assert main(["init", "--data", scheme, "--period", "2026-12", "--out", "d.xlsx"]) == 0
    book = read("d.xlsx")
    assert book.sheetnames == ["人员", "工单", "派工", "回访", "互评", "项目成员", "项目表", "填写说明"]
    assert rows(book["工单"])[0][:2] == ["工单号", "工号"]


def test_nothing_is_written_over_and_every_mistake_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("d.xlsx").write_text("mine", "utf-8")
    assert main(["init", "--data", "方案.yaml", "--period", "2026-01", "--out", "d.xlsx"]) == Exit.USAGE
    assert Path("d.xlsx").read_text("utf-8") == "mine"
    assert main(["init", "--data", "方案.yaml", "--period", "2026-01", "--out", "d.csv"]) == Exit.USAGE
    assert main(["init", "--data", "方案.yaml", "--period", "2026-01", "--out", "no/d.xlsx"]) == Exit.USAGE
    assert main(["init", "--data", "none.yaml"]) == Exit.USAGE
    assert main(["init", "--out", "x.xlsx", "--lang", "zh"]) == Exit.USAGE
    said = capsys.readouterr().err
    for part in ("d.xlsx 已存在", "d.csv：文件名须以 .xlsx 结尾", "无法写入 no/d.xlsx", "none.yaml", "--data 方案"):
        assert part in said
