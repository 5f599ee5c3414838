"""`audit` at the command line: what it prints, in a width that fits, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_rules.base.text import width
from incentive_rules.cli import main
from tests.auditing.test_schemes import SCHEME, csv_of, people

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in ("INCENTIVE_RULES_LANG", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    Path("callers.yaml").write_text(SCHEME, "utf-8")
    Path("callers.csv").write_text(csv_of(people()), "utf-8")
    same = [{"pay": 1000 + i % 3, "gender": "FM"[i // 3 % 2], "post": "ab"[i // 6 % 2]} for i in range(240)]
    Path("same.csv").write_text(csv_of(same), "utf-8")
    less = [{**row, "pay": 800 + i % 3 if row["gender"] == "F" else row["pay"]} for i, row in enumerate(same)]
    Path("less.csv").write_text(csv_of(less), "utf-8")

    def call(*arguments: str) -> Ran:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_everything_inside_is_clean(run: Run) -> None:
    code, out, err = run("audit", "same.csv", "--of", "pay", "--by", "gender", "--within", "post", "--strict")
    assert (code, err) == (0, "")
    assert "pay by gender within post" in out
    assert "0 outside, 0 inconclusive" in out


def test_a_gap_outside_its_limit_is_a_finding(run: Run) -> None:
    code, out, _ = run("audit", "less.csv", "--of", "pay", "--by", "gender", "--reference", "M")
    assert code == 1
    assert "F against M (limit 5% either way)" in out
    assert "OUTSIDE" in out
    assert run("audit", "less.csv", "--of", "pay", "--by", "gender", "--limit", "gap=30%")[0] == 0
    assert run("audit", "less.csv", "--of", "pay", "--by", "gender", "--limit", "gap=none")[0] == 0


def test_an_inconclusive_figure_is_one_only_where_that_is_asked(run: Run) -> None:
    Path("few.csv").write_text("pay,gender\n" + "".join(f"{90 + 7 * i},{'FM'[i % 2]}\n" for i in range(24)), "utf-8")
    code, out, _ = run("audit", "few.csv", "--of", "pay", "--by", "gender")
    assert code == 0
    assert "inconclusive" in out
    assert run("audit", "few.csv", "--of", "pay", "--by", "gender", "--strict")[0] == 1


def test_a_scheme_before_the_data_is_run_first(run: Run) -> None:
    code, out, err = run(
        "audit", "callers.yaml", "callers.csv", "--period", "2026-04", "--of", "net", "--of", "grade in [A, B]",
        "--by", "gender", "--by", "age=30,45", "--within", "post", "--noise", "csat=0.2", "--min-group", "5",
    )  # fmt: skip
    assert (code, err) == (1, "")
    for text in ("net by gender", "grade in [A, B] by age", "effective weight", "under the declared noise", "volume"):
        assert text in out


def test_in_chinese(run: Run) -> None:
    code, out, _ = run("audit", "less.csv", "--of", "pay", "--by", "gender", "--within", "post", "--lang", "zh")
    assert code == 1
    for text in ("平均差距", "超出限度", "置信水平 95%", "基尼系数"):
        assert text in out
    assert "gap" not in out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_fits_the_width(run: Run, language: str) -> None:
    """Whatever groups and categories are called."""
    names = ["Department of Transportation and Public Works and much more of that", "华东大区客户服务中心安装与维修部"]
    rows = [f"{1000 + i * 37 % 900},{names[i % 2]} {i % 4},{names[1 - i % 2]} {i % 6}" for i in range(600)]
    Path("long.csv").write_text("\n".join(["pay,group,department", *rows]), "utf-8")
    wanted = ("--of", "pay", "--of", "pay < 1300", "--by", "group", "--within", "department")
    _, out, _ = run("audit", "long.csv", *wanted, "--lang", language)
    assert max(map(width, out.splitlines())) <= 100


def test_amounts_of_very_many_digits_and_every_group_shown_fit_as_well(run: Run) -> None:
    rows = [f"{'9' * (i % 30 + 1)}.25,{'FM'[i % 2]}" for i in range(60)]
    Path("huge.csv").write_text("\n".join(["pay,gender", *rows]), "utf-8")
    code, out, _ = run("audit", "huge.csv", "--of", "pay", "--by", "gender", "--min-group", "1")
    assert code == 0
    assert "every group is shown" in out
    assert max(map(width, out.splitlines())) <= 100


def test_json(run: Run) -> None:
    code, out, _ = run("audit", "less.csv", "--of", "pay", "--by", "gender", "--format", "json")
    assert code == 1
    told = json.loads(out)
    assert told["verdicts"]["outside"] == 2
    assert {group["group"] for group in told["groups"]} == {None, "F", "M"}


@pytest.mark.parametrize(
    "arguments, code, says",
    [
        (["--of", "pay"], 2, "DATA..."),
        (["same.csv", "--of", "pay"], 2, "`by` is missing"),
        (["same.csv", "--by", "gender"], 2, "`of` is missing"),
        (["same.csv", "--of", "pay", "--by", "gendre"], 3, "is it the column `gender`?"),
        (["nowhere.csv", "--of", "pay", "--by", "gender"], 2, "nowhere.csv"),
        (["nowhere.yaml", "same.csv", "--of", "pay", "--by", "gender"], 2, "nowhere.yaml"),
        (["same.csv", "--of", "pay", "--by", "gender", "--limit", "gapp=1"], 2, "there is no limit `gapp`"),
        (["same.csv", "--of", "pay", "--by", "gender", "--noise", "pay=1"], 2, "`noise` needs a scheme"),
        (["same.csv", "--of", "post", "--by", "gender"], 3, "which is not a number"),
        (["callers.yaml", "callers.csv", "--of", "net", "--by", "gender"], 2, "a period is needed"),
        (["callers.yaml", "callers.csv", "--period", "2026-04", "--of", "nett", "--by", "gender"], 2, "`net`"),
        (["same.csv", "--details", "x", "--of", "pay", "--by", "gender"], 2, "details"),
    ],
)
def test_wrong_arguments_and_bad_data(run: Run, arguments: list[str], code: int, says: str) -> None:
    found, out, err = run("audit", *arguments)
    assert (found, out) == (code, "")
    assert says in err


def test_one_group_and_tiny_groups_are_said(run: Run) -> None:
    Path("one.csv").write_text("pay,gender\n" + "5,F\n" * 30, "utf-8")
    code, out, _ = run("audit", "one.csv", "--of", "pay", "--by", "gender")
    assert code == 0
    assert "`gender` has one group only" in out
    assert run("audit", "one.csv", "--of", "pay", "--by", "gender", "--strict")[0] == 1
    Path("tiny.csv").write_text("pay,gender\n" + "5,F\n" * 9 + "6,M\n" * 9, "utf-8")
    code, out, _ = run("audit", "tiny.csv", "--of", "pay", "--by", "gender")
    assert code == 0
    assert "fewer than two groups of 10" in out
    assert "18 people, in groups too small" in out


def test_without_scipy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incentive_rules.auditing.intervals.find_spec", lambda name: None)
    code, out, err = run("audit", "same.csv", "--of", "pay", "--by", "gender", "--lang", "zh")
    assert (code, out) == (2, "")
    assert err == "审计要用 scipy 计算区间：pip install 'incentive_rules[audit]'\n"
