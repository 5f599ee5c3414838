"""`run --referee` as people meet it: what it prints, what it leaves unwritten, and how it ends."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from incentive_rules.cli import main
from incentive_rules.cli.exits import MEANS, Exit
from tests.company.test_second_opinion import TOGETHER, teams
from tests.spoiling import engine_that, off_by_one

SCHEME = """\
format: 1
scheme: bonus
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay:
  bonus: {title: Bonus, amount: 10 * jobs}
  twice: {amount: 2 * bonus}
inputs:
  engineer: {type: key}
  jobs: {type: integer, range: [0, 99]}
"""
PEOPLE = "engineer,jobs\n" + "".join(f"E{n:02},{n}\n" for n in range(1, 31))
RUN = ("run", "scheme.yaml", "people.csv", "--period", "2026-04")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("INCENTIVE_RULES_LANG", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    Path("scheme.yaml").write_text(SCHEME, "utf-8")
    Path("people.csv").write_text(PEOPLE, "utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*RUN, *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    "arguments, english, chinese",
    [
        ((), "referee  recomputed 24 of 30, 0 differ\n", "参考引擎  30 人中复算 24 人，0 人不同\n"),
        (("--referee", "3"), "referee  recomputed 3 of 30, 0 differ\n", "参考引擎  30 人中复算 3 人，0 人不同\n"),
        (("--referee", "all"), "referee  recomputed all 30 from the data alone, 0 differ\n",
         "参考引擎  只凭数据复算全部 30 人，0 人不同\n"),
        (("--referee", "全部"), "referee  recomputed all 30 from the data alone, 0 differ\n",
         "参考引擎  只凭数据复算全部 30 人，0 人不同\n"),
    ],
)  # fmt: skip
def test_a_report_says_how_many_were_recomputed(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], english: str, chinese: str
) -> None:
    assert english in run(capsys, *arguments, "--lang", "en")[1]
    assert chinese in run(capsys, *arguments, "--lang", "zh")[1]


def test_a_report_is_the_same_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys) == run(capsys)


def test_with_0_nobody_is_recomputed_and_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--referee", "0", "--lang", "en")
    assert code == 0 and "referee" not in out


def test_what_rests_on_very_many_rows_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incentive_rules.second_opinion.LEAST_EFFORT", 800)
    people, rows = teams(200)
    Path("scheme.yaml").write_text(TOGETHER.replace("place: rank", "place: rank"), "utf-8")
    Path("people.csv").write_text("engineer,team\n" + "".join(f"{p['engineer']},{p['team']}\n" for p in people))
    Path("t.csv").write_text("engineer,points\n" + "".join(f"{r['engineer']},{r['points']}\n" for r in rows))
    _, out, _ = run(capsys, "--details", "tickets=t.csv", "--lang", "en")
    assert "\nnot recomputed  place, top: they rest on very many rows; `--referee all` recomputes them too\n" in out
    _, out, _ = run(capsys, "--details", "tickets=t.csv", "--lang", "zh", "--referee", "all")
    assert "未复算" not in out and "复算全部 200 人" in out


# ── Where the engines differ ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("referee", [(), ("--referee", "2"), ("--referee", "all")])
def test_where_the_engines_differ_nothing_is_written_and_the_exit_code_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, referee: tuple[str, ...]
) -> None:
    engine_that(monkeypatch, off_by_one("bonus"))
    Path("people.csv").write_text(PEOPLE + "E99,100\n", "utf-8")
    before = sorted(Path().iterdir())
    out_files = ("--out", "pay.csv", "--record", "record", "--quarantine", "refused.csv", "--on-error", "quarantine")
    code, out, err = run(capsys, *referee, *out_files, "--lang", "en")
    assert (code, out) == (Exit.DIFFERS, "") and code == 6
    assert sorted(Path().iterdir()) == before, "neither results, nor a record, nor the list of refused rows"
    assert "error[engines-differ]: two engines disagree: `bonus` of E" in err
    assert "amount: 10 * jobs" in err and "do not pay" in err
    assert err.rstrip().endswith("nobody was paid, and nothing was written")


def test_both_values_are_shown_and_what_follows_is_counted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine_that(monkeypatch, off_by_one("bonus", {"E07"}))
    code, _, err = run(capsys, "--referee", "all", "--lang", "zh")
    assert code == Exit.DIFFERS
    assert "E07 的 `bonus` 为 70.01，参考引擎为 70" in err and "没有计算任何人，也没有写出任何文件" in err
    assert err.count("error[") + err.count("错误[") == 1


def test_few_of_many_differences_are_told_and_the_others_counted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine_that(monkeypatch, off_by_one("bonus"))
    _, _, err = run(capsys, "--referee", "all", "--lang", "en")
    assert err.count("error[engines-differ]") == 5 and "and 25 more values that differ" in err


# ── Arguments ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", ["-1", "x", "1.5", "", "al", "99999999999"])
def test_what_is_no_number_of_people_is_an_error_of_usage(capsys: pytest.CaptureFixture[str], value: str) -> None:
    code, out, err = run(capsys, f"--referee={value}", "--lang", "en")
    assert (code, out) == (Exit.USAGE, "") and "--referee: " in err and "is not possible; one of N | 0 | all" in err
    _, _, err = run(capsys, f"--referee={value}", "--lang", "zh")
    assert "--referee：不能是" in err and "可选 N | 0 | all" in err


def test_an_empty_company_has_nobody_to_recompute(capsys: pytest.CaptureFixture[str]) -> None:
    Path("people.csv").write_text("engineer,jobs\n", "utf-8")
    for referee in ("all", "5"):
        code, out, _ = run(capsys, "--referee", referee, "--lang", "en")
        assert code == 0 and "referee  nobody to recompute\n" in out
    assert "参考引擎  没有可复算的人\n" in run(capsys, "--lang", "zh")[1]


# ── At a terminal ─────────────────────────────────────────────────────────────────────────────────


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("lang, word", [("en", "recomputing"), ("zh", "正在复算")])
def test_long_work_of_the_referee_shows_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, word: str
) -> None:
    monkeypatch.setattr("incentive_rules.cli.run.SHORT_WORK", 20)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert main([*RUN, "--referee", "all", "--lang", lang]) == 0
    written = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert word in written and "29 / 30 (" in written
    assert word not in written.rpartition("\x1b[2K")[2], "and the line is taken away"


def test_short_work_and_files_show_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert main([*RUN, "--lang", "en"]) == 0
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_every_exit_code_is_explained_in_both_languages() -> None:
    assert set(MEANS) == set(Exit)
    assert all(english and any("\u4e00" <= c <= "\u9fff" for c in chinese) for english, chinese in MEANS.values())
