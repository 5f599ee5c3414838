"""A scheme that goes over to periods of another length carries its balances on, and uses its folder of records."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from tests.recording.made import codes, compiled, refusals
from tests.recording.test_currencies import YEAR
from tests.recording.test_nothing_forgotten import OWED


def of(kind: str, text: str = OWED, day: str = "2025-01-01") -> str:
    found = text.replace("period: month", f"period: {kind}").replace("last_day: 2026", "last_day: 2027")
    return found.replace("first_day: 2026-01-01", f"first_day: {day}")


def run(text: str, period: str, *given: object, **earned: object) -> ir.Run:
    rows = []
    for key, amount in earned.items():
        facts = amount if isinstance(amount, dict) else {"earned": amount}
        rows.append({"engineer": key, **({"active": True} if "active" in text else {}), **facts})
    return compiled(text, period).run(rows, history=given)  # type: ignore[arg-type]


def closing(found: ir.Run) -> dict[str, object]:
    return {result.key: result["closing"] for result in found.results}


LENGTHS = [
    ("month", "2026-11", "2026-12", "quarter", "2027-Q1"), ("month", "2026-05", "2026-06", "half_year", "2026-H2"),
    ("quarter", "2026-Q1", "2026-Q2", "month", "2026-07"), ("half_year", "2025-H2", "2026-H1", "quarter", "2026-Q3"),
    ("year", "2025", "2026", "month", "2027-01"),
]  # fmt: skip


@pytest.fixture(params=LENGTHS, ids=lambda p: f"{p[0]} to {p[3]}")
def changed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str, Path]:
    """Two periods of one length, B away in the second; the scheme and the first period of another length."""
    kind, first, second, other, period = request.param
    begins = {"2026-11": "2026-11-01", "2026-05": "2026-05-01", "2025-H2": "2025-07-01", "2025": "2025-01-01"}
    day = begins.get(first, "2026-01-01")
    run(of(kind, day=day), first, A=10, B=10).save(tmp_path / "r" / first)
    run(of(kind, day=day), second, tmp_path / "r", A=10).save(tmp_path / "r" / second)
    return of(other, day=day), period, tmp_path / "r"


@pytest.mark.parametrize("named", ["folder", "last", "each"])
def test_balances_are_carried_whatever_the_length(changed: tuple[str, str, Path], named: str) -> None:
    text, period, records = changed
    each = sorted(records.iterdir())
    given = {"folder": [records], "last": each[-1:], "each": each}[named]
    found = run(text, period, *given, A=5)
    assert closing(found) == {"A": 25}
    found.save(records / period)
    assert ir.replay(records / period).same
    assert codes(refusals(run, text, period, *given, A=5, B=5)) == [("carried-interrupted", "")]


def test_the_first_one_of_the_new_length_is_the_record_of_the_next(changed: tuple[str, str, Path]) -> None:
    text, period, records = changed
    run(text, period, records, A=5).save(records / period)
    following = {"2027-Q1": "2027-Q2", "2026-H2": "2027-H1", "2026-07": "2026-08", "2026-Q3": "2026-Q4"}
    after = following.get(period, "2027-02")
    assert closing(run(text, after, records, A=1)) == {"A": 26}
    assert codes(refusals(run, text, after, records, A=1, B=1)) == [("carried-interrupted", "")]


def test_a_correction_stands_on_the_same_record(changed: tuple[str, str, Path]) -> None:
    text, period, records = changed
    run(text, period, records, A=5).save(records / period)
    begins = {"2027-Q1": "2027-01-01", "2026-H2": "2026-07-01", "2026-07": "2026-07-01", "2026-Q3": "2026-07-01"}
    old = text[text.index("first_day: ") :][: len("first_day: 2026-01-01")]
    fresh = text.replace(old, f"first_day: {begins.get(period, '2027-01-01')}")
    assert codes(refusals(run(fresh, period, A=5).differences, [records])) == [("history-gap", "corrects")]
    assert run(fresh, period, records, A=5).differences([records]) == ()


def test_the_last_record_may_not_lack(changed: tuple[str, str, Path]) -> None:
    text, period, records = changed
    shutil.rmtree(sorted(records.iterdir())[-1])
    assert codes(refusals(run, text, period, records, A=5)) == [("history-gap", "carried")]
    assert closing(run(text, period, records, A={"earned": 5, "opening": 20})) == {"A": 25}


def test_a_month_and_its_quarter_are_two_answers(tmp_path: Path) -> None:
    run(of("month", day="2026-03-01"), "2026-03", A=1).save(tmp_path / "m" / "03")
    run(of("quarter", day="2026-01-01"), "2026-Q1", A=2).save(tmp_path / "q" / "Q1")
    assert codes(refusals(run, OWED, "2026-04", tmp_path / "m", tmp_path / "q", A=1)) == [("record-twice", "")]


def test_rows_of_the_year_are_those_of_its_periods(tmp_path: Path) -> None:
    """Months are no quarters: those of this year lack, those of an earlier one are passed over."""
    months, quarters = of("month", YEAR, "2026-01-01"), of("quarter", YEAR, "2026-04-01")
    for number in (1, 2, 3):
        given = [tmp_path] if number > 1 else []
        run(months, f"2026-0{number}", *given, A=1).save(tmp_path / f"{number}")
    (problem,) = refusals(run, quarters, "2026-Q2", tmp_path, A=1)
    assert (problem.code, problem.params["period"]) == ("history-gap", "2026-Q1")
    allowed = quarters.replace("    recorded:", "    gaps: allow\n    recorded:")
    assert run(allowed, "2026-Q2", tmp_path, A=1).results[0]["year_to_date"] == 1
    assert run(of("quarter", YEAR, "2027-01-01"), "2027-Q1", tmp_path, A=1).results[0]["year_to_date"] == 1
    assert codes(refusals(run, allowed, "2026-Q2", tmp_path / "3", A=1)) == [("record-period", "kind")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_program_carries_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.yaml").write_text(of("month", day="2026-12-01"), "utf-8")
    Path("q.yaml").write_text(of("quarter", day="2027-01-01"), "utf-8")
    Path("p.csv").write_text("engineer,active,earned\nA,true,10\n", "utf-8")
    assert main(["run", "m.yaml", "p.csv", "--period", "2026-12", "--record", "r/12"]) == 0
    words = ["run", "q.yaml", "p.csv", "--history", "r", "--columns", "all", "--lang", language]
    assert main([*words, "--period", "2027-Q1", "--record", "r/Q1", "--out", "1.csv"]) == 0
    assert main([*words, "--period", "2027-Q2", "--out", "2.csv"]) == 0
    assert "20.00" in Path("1.csv").read_text("utf-8-sig") and "30.00" in Path("2.csv").read_text("utf-8-sig")
    assert "2026-12" in capsys.readouterr().out
