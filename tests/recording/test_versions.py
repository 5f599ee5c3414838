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


# ── Rows of the year ──────────────────────────────────────────────────────────────────────────────

ROWS = [{"engineer": "A", "earned": 1}]
ALLOWED = YEAR.replace("    recorded:", "    gaps: allow\n    recorded:")


@pytest.fixture
def season(tmp_path: Path) -> Path:
    """January to April of a year: three months of the first version, and the first of the second."""
    for number, text in enumerate((YEAR, YEAR, YEAR, since(YEAR, "2026-04-01")), 1):
        run = compiled(text, f"2026-0{number}").run(ROWS, history=[tmp_path] if number > 1 else ())
        run.save(tmp_path / str(number))
    return tmp_path


def test_a_record_that_is_named_brings_the_need_for_those_that_it_used(season: Path, tmp_path: Path) -> None:
    """What the record of April stood on, and what lies beside it, belongs to the year of May as well."""
    may = compiled(since(YEAR, "2026-04-01"), "2026-05")
    assert may.run(ROWS, history=[season]).results[0]["year_to_date"] == 5
    problems = refusals(may.run, ROWS, history=[season / "4"])
    assert [(one.code, one.variant, one.params["period"]) for one in problems] == [
        ("history-gap", "", "2026-01"), ("history-gap", "", "2026-02"), ("history-gap", "", "2026-03")
    ]  # fmt: skip
    shutil.copytree(season / "4", tmp_path / "apart" / "4")
    assert len(refusals(may.run, ROWS, history=[tmp_path / "apart" / "4"])) == 3


def test_a_year_does_not_begin_anew_beside_its_own_records(season: Path, tmp_path: Path) -> None:
    """Neither in a new version, which needs no record by itself, nor where gaps are allowed."""
    for where, text in (("new", since(YEAR, "2026-05-01")), ("allowed", ALLOWED)):
        begun = compiled(text, "2026-05").run(ROWS)
        assert begun.results[0]["year_to_date"] == 1
        with pytest.raises(ir.DataError) as refused:
            begun.save(season / "5")
        found = [(one.code, one.variant, one.params["period"]) for one in refused.value.problems]
        assert found == [("history-gap", "lying", f"2026-0{number}") for number in (1, 2, 3, 4)]
        assert not (season / "5").exists()
        begun.save(tmp_path / where / "5")


def test_a_gap_is_no_gap_where_its_record_lies_there(season: Path, tmp_path: Path) -> None:
    may = compiled(ALLOWED, "2026-05")
    problems = refusals(may.run, ROWS, history=[season / "4"])
    assert codes(problems) == [("history-gap", "lying")] * 3
    assert problems[0].params == {"period": "2026-01", "name": "months", "record": "1"}
    shutil.copytree(season / "4", tmp_path / "apart" / "4")
    assert may.run(ROWS, history=[tmp_path / "apart" / "4"]).results[0]["year_to_date"] == 2
    assert may.run(ROWS, history=[season]).results[0]["year_to_date"] == 5


def test_rows_of_the_data_hold_what_lies_there(season: Path) -> None:
    """A new version whose data bring the table, and less of it than was recorded beside."""
    may = compiled(since(YEAR, "2026-05-01"), "2026-05")
    rows = [{"engineer": "A", "month_earned": 1}]
    for count, saved in ((0, False), (3, False), (4, True)):
        run = may.run(ROWS, {"months": rows * count})
        assert run.results[0]["year_to_date"] == count + 1
        if saved:
            run.save(season / "5")
            continue
        with pytest.raises(ir.DataError) as refused:
            run.save(season / "5")
        assert set(codes(refused.value.problems)) == {("history-gap", "lying")}


def test_months_of_the_year_are_no_quarter_of_it(season: Path) -> None:
    """The first quarter was paid in months, which no quarter can take rows from: the year lacks it, and says so."""
    quarters = since(YEAR, "2026-04-01").replace("period: month", "period: quarter")
    second = compiled(quarters, "2026-Q2").run(ROWS)
    second.save(season / "apart" / "Q2")
    for number in (1, 2, 3):
        shutil.copytree(season / str(number), season / "apart" / str(number))
    given = [season / "apart" / "Q2"]
    (problem,) = refusals(compiled(quarters, "2026-Q3").run, ROWS, history=given)
    assert (problem.code, problem.variant, problem.params["period"]) == ("history-gap", "", "2026-Q1")
    allowed = quarters.replace("    recorded:", "    gaps: allow\n    recorded:")
    assert compiled(allowed, "2026-Q3").run(ROWS, history=given).results[0]["year_to_date"] == 2


# ── Kinds and units ───────────────────────────────────────────────────────────────────────────────

DAYS = """\
format: 1
scheme: leave
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay: {p: {amount: 1.00 * x}}
quantities: {after: {is: before + x, unit: day}}
inputs:
  who: {type: key}
  x: {type: integer, range: [0, 1000], unit: day}
  before: {type: integer, range: [0, 100000], unit: day, carried_from: after, first: 0}
"""
MONEY = DAYS.replace("is: before + x, unit: day", "is: before + 1.00 * x, type: money").replace(
    "before: {type: integer, range: [0, 100000], unit: day", "before: {type: money, decimals: 2, range: [0, 1000]"
)
POINTS = DAYS.replace(", unit: day", "")
SUMS = """\
format: 1
scheme: sums
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay: {p: {amount: 1.00 * sum(then) / 1}}
inputs:
  who: {type: key}
  x: {type: integer, range: [0, 1000], unit: day}
details: {months: {belongs_to: who, recorded: {then: x}}}
"""


@pytest.mark.parametrize(
    ("before", "after", "variant", "told"),
    [
        (DAYS, DAYS.replace("unit: day", "unit: hour"), "unit", {"unit": "day", "own": "hour"}),
        (MONEY, POINTS, "kind", {"kind_word": "money", "wanted_word": "number"}),
        (POINTS, MONEY, "kind", {"kind_word": "number", "wanted_word": "money"}),
        (SUMS, SUMS.replace("unit: day", "unit: hour"), "unit", {"unit": "day", "own": "hour"}),
        (DAYS, POINTS, None, {}),
        (POINTS, DAYS, None, {}),
    ],
)
def test_what_was_recorded_is_of_the_same_kind_and_unit(
    tmp_path: Path, before: str, after: str, variant: str | None, told: dict[str, str]
) -> None:
    """Ten days are not ten hours, and twelve euros no twelve points."""
    rows = [{"who": "A", "x": 10}]
    compiled(before, "2026-01").run(rows).save(tmp_path / "1")
    february = compiled(after, "2026-02")
    if variant is None:
        assert february.run(rows, history=[tmp_path]).results[0]["after"] == 20
        return
    (problem,) = refusals(february.run, rows, history=[tmp_path])
    assert (problem.code, problem.variant) == ("history-name", variant)
    assert told.items() <= problem.params.items()
