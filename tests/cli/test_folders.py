"""Data that lie in a folder: each file is known by its name, and none is passed over in silence."""

from __future__ import annotations

import json
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
  底薪: {类型: 金额, 取值范围: [0, 20000]}
明细:
  工单:
    归属: 工号
    数据: {件数: {类型: 整数, 取值范围: [0, 100]}}
薪酬:
  工资: {金额: 底薪 + 2 * 求和(件数)}
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("方案.yaml").write_text(SCHEME, "utf-8")
    Path("数据").mkdir()
    Path("数据/工程师.csv").write_text("工号,底薪\nG1,100\nG2,200\n", "utf-8")
    Path("数据/工单.json").write_text(json.dumps([{"工号": "G2", "件数": 7}]), "utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["run", "方案.yaml", *arguments, "--period", "2026-04"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_files_of_a_folder_are_known_by_the_names_of_tables(run: Run) -> None:
    code, out, err = run("数据")
    assert (code, err) == (0, "") and "G2    214.00  214.00" in out
    named = run("数据/工程师.csv", "--details", "工单=数据/工单.json")
    assert named[1].split("下一步")[0] == out.split("下一步")[0]


def test_what_is_no_data_is_said(run: Run) -> None:
    Path("数据/说明.md").write_text("x", "utf-8")
    Path("数据/旧").mkdir()
    Path("数据/.DS_Store").write_text("", "utf-8")
    code, _, err = run("数据")
    assert code == 0 and err == "不是 csv 或 json，未读：旧, 说明.md\n"


def test_a_file_of_another_name_is_one_of_people(run: Run) -> None:
    Path("数据/工单.json").rename(Path("数据/工单表.json"))
    code, _, err = run("数据")
    assert code == 3 and "没有提供明细 `工单`" in err and "作为人员数据读入的文件：工单表.json, 工程师.csv" in err


def test_a_folder_without_data_is_wrong_use(run: Run) -> None:
    Path("空").mkdir()
    code, out, err = run("空")
    assert (code, out) == (2, "") and "文件夹 `空` 中没有 csv 或 json 文件" in err
    assert run()[0] == 2


def test_people_whom_details_do_not_describe_are_asked_for(run: Run) -> None:
    code, _, err = run("--details", "工单=数据/工单.json")
    assert code == 3 and "没有提供人员数据，而明细不足以说明每个人" in err
