"""A new version of a scheme takes over what the older one left: nothing of it is forgotten in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from tests.recording.made import codes, compiled, refusals
from tests.recording.test_currencies import YEAR
from tests.recording.test_nothing_forgotten import OWED, closing, month


def since(text: str, day: str) -> str:
    return text.replace("first_day: 2026-01-01", f"first_day: {day}").replace("last_day: 2026", "last_day: 2027")


MARCH = since(OWED, "2026-03-01")


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """January and February of the first version."""
    month(1, {"A": 10, "B": 200}).save(tmp_path / "r" / "1")
    month(2, {"A": 5, "B": 1}, tmp_path / "r").save(tmp_path / "r" / "2")
    return tmp_path / "r"


def test_balances_are_carried_into_a_new_version(records: Path) -> None:
    run = month(3, {"A": 1, "B": 1, "N": 1}, records, text=MARCH)
    assert closing(run) == {"A": 16, "B": 202, "N": 1}
    run.save(records / "3")
    assert ir.replay(records / "3").same
    assert closing(month(4, {"B": 1}, records, text=MARCH)) == {"B": 203}


@pytest.mark.parametrize("day", ["2026-01-01", "2026-02-01", "2026-02-15", "2026-03-01"])
@pytest.mark.parametrize("named", ["", "1"])
def test_the_record_directly_before_is_needed_where_earlier_ones_are_named(
    records: Path, named: str, day: str
) -> None:
    shutil.rmtree(records / "2")
    given = records / named if named else records
    problems = refusals(month, 3, {"A": 1}, given, text=since(OWED, day))
    assert codes(problems) == [("history-gap", "carried")]
    assert problems[0].params == {"period": "2026-02", "name": "opening"}
    run = month(3, {"A": {"earned": 1, "opening": 15}}, given, text=since(OWED, day))
    assert closing(run) == {"A": 16}


def test_where_nothing_was_recorded_everybody_begins(tmp_path: Path) -> None:
    """No record is named, or none of an earlier period of this scheme."""
    assert closing(month(3, {"A": 1}, text=MARCH)) == {"A": 1}
    month(1, {"A": 10}, text=OWED.replace("scheme: owed", "scheme: other")).save(tmp_path / "other")
    assert closing(month(3, {"A": 1}, tmp_path, text=MARCH)) == {"A": 1}
    assert codes(refusals(month, 3, {"A": 1}, text=since(OWED, "2026-02-01"))) == [("history-gap", "carried")]


def test_what_lies_a_year_back_is_not_forgotten_either(records: Path) -> None:
    next_year = compiled(since(OWED, "2027-01-01"), "2027-01")
    rows = [{"engineer": "A", "active": True, "earned": 1}]
    (problem,) = refusals(next_year.run, rows, history=[records])
    assert (problem.code, problem.variant, problem.params["period"]) == ("history-gap", "carried", "2026-12")


def test_who_was_away_when_the_version_changed_is_asked_after(records: Path) -> None:
    assert closing(month(3, {"A": 1}, records, text=MARCH)) == {"A": 16}
    month(3, {"A": 1}, records, text=MARCH).save(records / "3")
    assert codes(refusals(month, 4, {"A": 1, "B": 1}, records / "3", text=MARCH)) == [("carried-interrupted", "")]


@pytest.mark.parametrize("lacking", ["2026-02", "2026-03"])
def test_rows_of_a_new_version_have_no_gaps_either(tmp_path: Path, lacking: str) -> None:
    """The months since the earliest that is named belong to the year; the season of the year before is none of them."""
    rows = [{"engineer": "A", "earned": 1}]
    for period in ("2026-01", "2026-02", "2026-03"):
        compiled(YEAR, period).run(rows, history=[tmp_path] if period > "2026-01" else ()).save(tmp_path / period)
    later = compiled(since(YEAR, "2026-04-01"), "2026-04")
    assert later.run(rows, history=[tmp_path]).results[0]["year_to_date"] == 4
    season = compiled(since(YEAR, "2027-03-01"), "2027-03")
    assert season.run(rows, history=[tmp_path]).results[0]["year_to_date"] == 1
    shutil.rmtree(tmp_path / lacking)
    (problem,) = refusals(later.run, rows, history=[tmp_path])
    assert (problem.code, problem.variant) == ("history-gap", "")
    assert problem.params == {"period": lacking, "name": "months"}
    allowed = since(YEAR, "2026-04-01").replace("    recorded:", "    gaps: allow\n    recorded:")
    assert compiled(allowed, "2026-04").run(rows, history=[tmp_path]).results[0]["year_to_date"] == 3


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "`opening` is carried over from 2026-02, and there is no record"), ("zh", "`opening` 结转自 2026-02")],
)
def test_the_program_says_which_record_lacks(
    records: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, told: str
) -> None:
    monkeypatch.chdir(records.parent)
    Path("v2.yaml").write_text(MARCH, "utf-8")
    Path("m.csv").write_text("engineer,active,earned\nA,true,1\nB,true,1\n", "utf-8")
    words = ["run", "v2.yaml", "m.csv", "--period", "2026-03", "--lang", language]
    assert main([*words, "--history", "r/1"]) == 3
    captured = capsys.readouterr()
    assert told in captured.err and captured.out == ""
    assert main([*words, "--history", "r"]) == 0


def test_nobody_begins_anew_beside_the_records_of_earlier_periods(records: Path, tmp_path: Path) -> None:
    """The new version needs no record, so it names none; but its own would lie among them."""
    begun = month(3, {"A": 1}, text=MARCH)
    with pytest.raises(ir.DataError) as refused:
        begun.save(records / "3")
    assert codes(refused.value.problems) == [("history-gap", "beside")]
    assert not (records / "3").exists()
    begun.save(tmp_path / "elsewhere" / "3")
    month(3, {"A": {"earned": 1, "opening": 15}}, text=MARCH).save(records / "3")
