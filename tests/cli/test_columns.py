"""The columns of the table that `run` prints: those of pay, or those that were asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from incentive_rules.cli import main

SCHEME = """\
format: 1
scheme: teams
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
quantities:
  members: count(over=everyone, within=team)
  most: max(jobs, over=everyone)
  leads: jobs == most
  share_of_team: {title: Share, is: "ratio(jobs, sum(jobs, over=everyone, within=team))", decimals: 2}
inputs:
  engineer: {type: key}
  team: {type: category}
  jobs: {type: integer, range: [0, 500]}
"""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("teams.yaml").write_text(SCHEME, "utf-8")
    Path("people.csv").write_text("engineer,team,jobs\nA,x,3\nB,x,1\nC,y,3\n", "utf-8")


def table(capsys: pytest.CaptureFixture[str], *more: str) -> list[list[str]]:
    assert main(["run", "teams.yaml", "people.csv", "--period", "2026-04", *more]) == 0
    lines = capsys.readouterr().out.splitlines()
    return [line.split() for line in lines[3 : lines.index("", 3)]]


def test_a_scheme_that_pays_and_scores_nothing_shows_its_quantities(capsys: pytest.CaptureFixture[str]) -> None:
    assert table(capsys, "--lang", "en") == [
        ["engineer", "leads", "Share"],
        ["A", "yes", "0.75"],
        ["B", "no", "0.25"],
        ["C", "yes", "1.00"],
    ]


def test_values_of_groups_and_of_everyone_stand_in_columns_where_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert table(capsys, "--lang", "zh", "--columns", "members, most，leads") == [
        ["engineer", "members", "most", "leads"],
        ["A", "2", "3", "是"],
        ["B", "2", "3", "否"],
        ["C", "1", "3", "是"],
    ]


def test_the_file_has_the_same_columns(capsys: pytest.CaptureFixture[str]) -> None:
    table(capsys, "--columns", "members,leads", "--out", "pay.csv")
    assert Path("pay.csv").read_text("utf-8-sig").splitlines()[:2] == ["engineer,members,leads", "A,2,true"]
    assert table(capsys, "--columns", "all", "--out", "all.csv")[0] == ["engineer", "leads", "Share"]
    assert Path("all.csv").read_text("utf-8-sig").startswith("engineer,members,most,leads,share_of_team")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("jobs", ("`jobs` is a fact or a parameter", "`jobs` 是数据或参数")),
        ("most,rate", ("`rate` is a fact or a parameter", "`rate` 是数据或参数")),
        ("leeds", ("did you mean", "leads")),
        ("", ("names no column", "没有写列名")),
        (" ， ", ("names no column", "没有写列名")),
    ],
)
def test_what_is_no_column_is_told(capsys: pytest.CaptureFixture[str], name: str, told: tuple[str, str]) -> None:
    Path("teams.yaml").write_text(SCHEME.replace("quantities:", "parameters: {rate: 2}\nquantities:"), "utf-8")
    for language, words in zip(("en", "zh"), told, strict=True):
        command = ["run", "teams.yaml", "people.csv", "--period", "2026-04", "--lang", language]
        assert main([*command, "--columns", name]) == 2
        captured = capsys.readouterr()
        assert words in captured.err and captured.out == ""
