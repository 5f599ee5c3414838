"""A key that is written in another way than in the records is another person: that is told, and nobody guesses."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of, message_of
from incentive_rules.cli import main
from tests.recording.made import BALANCE, balance
from tests.recording.test_currencies import YEAR
from tests.recording.test_nothing_forgotten import OWED, month


def told(warnings: Any) -> list[tuple[str, str, str]]:
    return [(w.variant, w.params["value"], w.params["others"]) for w in warnings if w.code == "history-alike"]


PAIRS = [("007", "7"), ("A-1", "a-1"), ("A01", "AO1"), ("\u0410-1", "A-1"), ("Ａ１", "A1"), ("张 三", "张三")]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("recorded", "now"), [*PAIRS, *(pair[::-1] for pair in PAIRS)])
@pytest.mark.parametrize("text", [OWED, YEAR, BALANCE], ids=["balance", "rows", "both"])
def test_a_new_key_that_looks_like_one_of_the_records_is_told(
    text: str, recorded: str, now: str, tmp_path: Path
) -> None:
    def run(period: str, key: str, *given: Path) -> ir.Run:
        facts = {"earned": 10, **({"active": True} if "active" in text else {})}
        rows = [{"engineer": one, **facts} for one in (key, "other")]
        return ir.compile(text=text, period=period).run(rows, history=given)

    run("2026-01", recorded).save(tmp_path / "r" / "1")
    february = run("2026-02", now, tmp_path / "r")
    assert told(february.warnings) == [("", f'"{now}"', f'"{recorded}"')]
    february.save(tmp_path / "r" / "2")
    assert ir.replay(tmp_path / "r" / "2").same
    assert told(run("2026-02", recorded, tmp_path / "r" / "1").warnings) == []
    correction = run("2026-01", now).correction([tmp_path / "r"])
    assert told(correction.warnings) == [("corrects", f'"{now}"', f'"{recorded}"')]
    assert told(run("2026-01", recorded).correction([tmp_path / "r"]).warnings) == []
    for problem in (*february.warnings, *correction.warnings):
        for language in ("en", "zh"):
            words = message_of(problem, language) + help_of(problem, language)  # type: ignore[arg-type]
            assert now in words and recorded in words and "{" not in words


def test_two_who_are_both_known_or_both_there_are_two(tmp_path: Path) -> None:
    month(1, {"007": 10, "7": 5}).save(tmp_path / "1")
    assert told(month(2, {"7": 1}, tmp_path / "1").warnings) == []
    assert told(month(2, {"007": 1, "7": 1}, tmp_path / "1").warnings) == []
    month(1, {"007": 10}).save(tmp_path / "alone" / "1")
    assert told(month(2, {"007": 1, "7": 1}, tmp_path / "alone").warnings) == []
    assert told(month(2, {"8": 1}, tmp_path / "alone").warnings) == []


def test_who_was_away_for_long_is_known_as_well(tmp_path: Path) -> None:
    month(1, {"007": 10, "B": 1}).save(tmp_path / "1")
    month(2, {"B": 1}, tmp_path / "1").save(tmp_path / "2")
    assert told(month(3, {"7": 1, "B": 1}, tmp_path / "2").warnings) == [("", '"7"', '"007"')]


@pytest.mark.parametrize(("language", "words"), [("en", ("looks like", "who is gone")), ("zh", ("相像", "不再有"))])
def test_the_program_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str,
    words: tuple[str, str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    balance("2026-01", {"007": 200}).save(tmp_path / "r" / "01")
    Path("s.yaml").write_text(BALANCE, "utf-8")
    Path("p.csv").write_text("engineer,earned\n7,200\n", "utf-8")
    for more, said in zip(
        (["--period", "2026-02", "--history", "r"], ["--period", "2026-01", "--corrects", "r"]), words, strict=True
    ):
        assert main(["run", "s.yaml", "p.csv", *more, "--lang", language]) == 0
        assert said in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", "away  1 person has a balance and is not in the data: A",
         "away  2 people have a balance and are not in the data: A, B"),
        ("zh", "不在本期  1 人有结转而不在数据中：A", "不在本期  2 人有结转而不在数据中：A, B"),
    ],
)  # fmt: skip
def test_the_program_says_who_is_away_with_a_balance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, one: str,
    several: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    month(1, {"A": 10, "B": 5, "C": 0, "D": 1, "E": -5001}, on_error="quarantine").save(tmp_path / "1")
    month(2, {"B": 5, "D": 1}, tmp_path / "1").save(tmp_path / "2")
    Path("s.yaml").write_text(OWED, "utf-8")
    Path("d.csv").write_text("engineer,active,earned\nD,true,1\n", "utf-8")
    Path("bd.csv").write_text("engineer,active,earned\nD,true,1\nB,true,1\n", "utf-8")
    for file, told_ in (("bd.csv", one), ("d.csv", several)):
        words = ["run", "s.yaml", file, "--period", "2026-03", "--history", "2", "--lang", language]
        assert main(words) == 0
        assert told_ in capsys.readouterr().out.splitlines()
    shutil.rmtree("2")
    Path("all.csv").write_text("engineer,active,earned\nA,true,1\nB,true,1\nD,true,1\n", "utf-8")
    assert main(["run", "s.yaml", "all.csv", "--period", "2026-02", "--history", "1", "--lang", language]) == 0
    assert "away  " not in (printed := capsys.readouterr().out) and "不在本期" not in printed
