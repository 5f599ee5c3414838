"""A department that shares its bonus, at the terminal: who is paid, what remains, who waits, and why."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_rules.base.text import width
from incentive_rules.cli import main

Run = Callable[..., tuple[int, str, str]]

SCHEME = """\
格式: 1
方案: 部门奖金
语言: zh
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
数据:
  工号: {类型: 编号}
  部门: {类型: 类别}
  工单数: {类型: 整数, 取值范围: [0, 500]}
群组:
  部门表:
    编号: 部门
    数据:
      奖金总额: {类型: 金额, 取值范围: [0, 100000]}
薪酬:
  计件: {金额: 2 * 工单数}
  部门奖金:
    奖金池: {每个: 部门, 金额: 奖金总额, 按比例: 工单数, 尾差: 最大余数法}
荣誉:
  服务之星:
    评选条件: 工单数 > 0
    评选范围: 部门
    评选依据: [工单数]
    名额: {人数: 1}
    并列: 全部授予
    奖金: 100
"""
PEOPLE = "工号,部门,工单数\nG1,华东,10\nG2,华东,20\nG3,华北,0\nG4,西南,3\n"
EXAMPLES = """\
算例:
  - 情形: 两个人分奖金
    周期: 2026-04
    各人:
      甲: {给定: {部门: 华东, 工单数: 1}}
      乙: {给定: {部门: 华东, 工单数: 3}}
    给定: {部门表: [{部门: 华东, 奖金总额: 100}]}
    应得:
      甲: {部门奖金: 25.00, 服务之星: 否}
      乙: {部门奖金: 75.00, 服务之星: 是}
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("方案.yaml").write_text(SCHEME, "utf-8")
    Path("数据").mkdir()
    Path("数据/人员.csv").write_text(PEOPLE, "utf-8")
    Path("数据/部门表.csv").write_text("部门,奖金总额\n华东,1000\n华北,500\n西南,100\n新疆,50\n", "utf-8")

    def call(command: str, *arguments: str) -> tuple[int, str, str]:
        code = main([command, "方案.yaml", "数据", "--period", "2026-04", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_honours_and_pools_stand_under_the_pay_table(run: Run) -> None:
    code, out, err = run("run", "--referee", "4")
    assert (code, err) == (0, "")
    blocks = [block.splitlines() for block in out.split("\n\n")]
    assert blocks[1][2] == "G2    40.00    666.67        100.00  806.67"
    assert blocks[2] == [
        "荣誉      群组  合格  名额  空缺  当选",
        "服务之星  华东     2     1     —  G2",
        "服务之星  华北     0     1     1  无人",
        "服务之星  西南     1     1     —  G4",
        "服务之星  新疆     0     1     1  无人",
    ]
    assert blocks[3][-1] == "部门奖金  合计     3  1,650.00  1,100.00  550.00"
    assert "没有人参与分配" in blocks[3][2] and len({width(line) for line in blocks[1]}) == 1
    assert "复算全部 4 人，0 人不同" in out
    english = run("run", "--lang", "en")[1]
    assert "nobody has a share" in english and "honour    group  eligible" in english


def test_the_files_have_the_same(run: Run) -> None:
    code, _, err = run("run", "--out", "pay.csv")
    assert code == 0 and err.count("已写入") == 3
    with Path("pay.pools.csv").open(encoding="utf-8-sig", newline="") as file:
        pools = {row["group"]: (row["amount"], row["paid"], row["remainder"]) for row in csv.DictReader(file)}
    assert pools["华东"] == ("1000.00", "1000.00", "0.00") and pools["新疆"] == ("50.00", "0.00", "50.00")
    run("run", "--out", "pay.json")
    honors = json.loads(Path("pay.honors.json").read_text("utf-8"))
    assert {(row["group"], row["chosen"]) for row in honors} >= {("华东", "G2"), ("华北", None)}


def test_who_waits_for_a_refused_row_is_told_for_whom(run: Run) -> None:
    Path("数据/人员.csv").write_text(PEOPLE.replace("G3,华北,0", "G3,西南,1").replace("西南,3", "西南,x"), "utf-8")
    code, out, err = run("run", "--on-error", "quarantine")
    assert code == 5 and "读入 4 = 计算 2 + 隔离 2 + 不适用 0" in out
    assert "有问题行，暂缓" in out and "另有 1 人受此牵连，改正后即可计算：G3" in err
    run("run", "--on-error", "quarantine", "--quarantine", "隔离.csv")
    assert '此人的结果取决于整个 `部门` ""西南""' in Path("隔离.csv").read_text("utf-8-sig")
    code, out, err = run("explain", "--id", "G3")
    assert (code, out) == (3, "") and "error" not in err and '"G4"' in err
    assert run("explain", "--id", "G2")[0] == 0


def test_explain_shows_the_pool_and_the_place_where_the_scheme_allows_it(run: Run) -> None:
    code, out, _ = run("explain", "--id", "G1")
    assert code == 0 and "÷ 30" not in out and "第 2 名" not in out and "与他人共同决定" in out  # a department of two
    scheme = next(Path().glob("*.yaml"))
    scheme.write_text(scheme.read_text("utf-8") + "公开人数: 0\n", "utf-8")
    code, out, _ = run("explain", "--id", "G1")
    assert code == 0 and "= 1,000.00 × 10 ÷ 30" in out and "第 2 名" in out


def test_explain_shows_a_whole_pool_and_all_candidates_to_who_may_see_them(run: Run) -> None:
    code, out, _ = run("explain", "--pool", "部门奖金", "--group", "华东")
    assert code == 0
    assert out.splitlines()[2:] == [
        "部门奖金 · 部门 华东",
        "  金额 = 奖金总额 = 1,000.00",
        "  谁    权重             精确份额      份额   末位",
        "  G1      10  1000/3 (≈ 333.3333)    333.33",
        "  G2      20  2000/3 (≈ 666.6667)    666.67  +0.01  余数较大，得末位一个单位",
        "  合计    30                       1,000.00",
        "  先按精确份额去尾发放，余下的逐个末位单位给余数最大者；余数相同者先给份额大的，再给编号小的。",
    ]
    code, out, _ = run("explain", "--honor", "服务之星", "--group", "部门=华东", "--lang", "en")
    assert [line.split() for line in out.splitlines()[-2:]] == [
        ["1", "G2", "20", "chosen"], ["2", "G1", "10", "beyond", "the", "places"]
    ]  # fmt: skip
    named = run("explain", "--honor", "服务之星", "--anonymous")[1]
    assert "1  2         20  当选" in named
    for kind, name in (("--honor", "服务之星"), ("--pool", "部门奖金")):
        for format_ in ("text", "json"):
            told = run("explain", kind, name, "--anonymous", "--format", format_)[1]
            assert not any(key in told for key in ("G1", "G2", "G3", "G4"))
    told = json.loads(run("explain", "--pool", "部门奖金", "--format", "json")[1])
    assert [one["key"] for one in told["groups"]] == ["华东", "华北", "西南"]
    assert [one["key"] for one in told["groups"][0]["decided"]] == ["G1", "G2"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "`--pool`"),
        (("--pool", "部门奖金", "--id", "G1"), 2, "`--pool`"),
        (("--id", "G1", "--anonymous"), 2, "`--pool`"),
        (("--pool", "部门奖"), 2, "是不是 部门奖金？"),
        (("--honor", "部门奖金"), 2, "方案中没有这样的 部门奖金"),
        (("--pool", "部门奖金", "--group", "华冬"), 2, "没有 华冬 这个组"),
        (("--pool", "部门奖金", "--group", "项目=华东"), 2, "没有 项目=华东 这个组"),
    ],
)
def test_what_is_asked_of_a_group_is_there(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    found, out, err = run("explain", *arguments)
    assert (found, out) == (code, "")
    assert said in err


def test_a_group_that_waits_for_a_refused_row_says_which(run: Run) -> None:
    Path("数据/人员.csv").write_text(PEOPLE.replace("G2,华东,20", "G2,华东,x"), "utf-8")
    code, out, err = run("explain", "--pool", "部门奖金", "--group", "华东")
    assert (code, out) == (3, "")
    assert "人员.csv:3" in err
    assert run("explain", "--pool", "部门奖金", "--group", "西南")[0] == 0


def test_examples_of_several_people_pass_at_the_terminal(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    Path("方案.yaml").write_text(SCHEME + EXAMPLES, "utf-8")
    assert main(["test", "方案.yaml"]) == 0, capsys.readouterr().out
    assert "通过  两个人分奖金" in capsys.readouterr().out
    Path("方案.yaml").write_text(SCHEME + EXAMPLES.replace("75.00", "75.01"), "utf-8")
    assert main(["test", "方案.yaml"]) == 1
    out = capsys.readouterr().out
    assert "算例 `两个人分奖金 · 乙`：`部门奖金` 为 75.00，应为 75.01" in out and "计算过程" in out


def test_an_unknown_department_is_found_in_its_file(run: Run) -> None:
    Path("数据/人员.csv").write_text(PEOPLE.replace("G3,华北", "G3,华 北"), "utf-8")
    code, out, err = run("run")
    assert (code, out) == (3, "")
    assert "`部门` 为 \"华 北\"，但 `部门表` 中没有这一行\n --> 人员.csv:4" in err and "是不是 `华北`？" in err
