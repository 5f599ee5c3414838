"""No balance is forgotten because a record was not named."""

from __future__ import annotations

import itertools
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from tests.recording.made import codes, compiled, refusals

# Nobody is in the table of months here, so that the record of the period before is all that a run needs.
OWED = """\
format: 1
scheme: owed
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
applies_to: active
pay:
  commission: {amount: earned}
quantities:
  closing: {is: opening + earned, type: money}
inputs:
  engineer: {type: key}
  active: {type: boolean}
  earned: {type: money, decimals: 2, range: [-5000, 5000]}
  opening: {type: money, decimals: 2, range: [-100000, 100000], carried_from: closing, first: 0}
"""


def month(number: int, earned: dict[str, object], *given: object, text: str = OWED, on_error: str = "reject") -> ir.Run:
    rows = []
    for key, amount in earned.items():
        facts = amount if isinstance(amount, dict) else {"active": amount is not None, "earned": amount or 0}
        rows.append({"engineer": key, "active": True, **facts})
    return compiled(text, f"2026-{number:02d}").run(rows, history=given, on_error=on_error)  # type: ignore[arg-type]


def closing(run: ir.Run) -> dict[str, object]:
    return {result.key: result["closing"] for result in run.results}


# ── Balances ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("months_away", [1, 3])
def test_the_last_record_alone_knows_what_somebody_away_has(tmp_path: Path, months_away: int) -> None:
    """A is not in the data for months: the balance is in each record, whichever records those were made with."""
    month(1, {"A": 500, "B": 1}).save(tmp_path / "1")
    for number in range(2, 2 + months_away):
        month(number, {"B": 1}, tmp_path / f"{number - 1}").save(tmp_path / f"{number}")
        assert ir.replay(tmp_path / f"{number}").same
    last = tmp_path / f"{1 + months_away}"
    for given in ([last], [tmp_path], [last, tmp_path / "1"]):
        (problem,) = refusals(month, 2 + months_away, {"A": 1, "B": 1}, *given)
        assert (problem.code, problem.params["key"], problem.params["value"]) == ("carried-interrupted", "A", "500.00")
        assert problem.params["period"] == "2026-01"
    back = month(2 + months_away, {"A": {"earned": 1, "opening": 500}, "B": 1, "N": 7}, last)
    assert closing(back) == {"A": 501, "B": 2 + months_away, "N": 7}


@pytest.mark.parametrize("months_away", [1, 3])
def test_whoever_is_out_of_scope_keeps_what_they_had(tmp_path: Path, months_away: int) -> None:
    """A is in the data all the time, so that nobody has to ask what became of the balance."""
    month(1, {"A": 500, "B": 1, "C": -3}).save(tmp_path / "1")
    for number in range(2, 2 + months_away):
        month(number, {"A": None, "B": 1, "C": None}, tmp_path / f"{number - 1}").save(tmp_path / f"{number}")
        assert ir.replay(tmp_path / f"{number}").same
    last, number = tmp_path / f"{1 + months_away}", 2 + months_away
    for given in ([last], [tmp_path], [tmp_path / "1", last]):
        assert closing(month(number, {"A": 1, "B": 1, "N": 1}, *given)) == {"A": 501, "B": number, "N": 1}
    month(number, {"B": 1}, last).save(tmp_path / f"{number}")
    (problem,) = refusals(month, number + 1, {"A": 1}, tmp_path / f"{number}")
    assert (problem.code, problem.params["value"]) == ("carried-interrupted", "500.00")


def test_what_the_data_say_of_somebody_out_of_scope_stays_so(tmp_path: Path) -> None:
    month(1, {"A": 500, "B": 1}).save(tmp_path / "1")
    month(2, {"B": 1}, tmp_path / "1").save(tmp_path / "2")
    settled = {"active": False, "earned": 0, "opening": 0}
    month(3, {"A": settled, "B": 1, "C": {**settled, "opening": 70}}, tmp_path / "2").save(tmp_path / "3")
    assert closing(month(4, {"A": 1, "B": 1, "C": 1}, tmp_path / "3")) == {"A": 1, "B": 4, "C": 71}


WAYS = ({"earned": 0}, {"earned": 5}, {"active": False, "earned": 0}, {"active": False, "earned": 0, "opening": 0},
        {"earned": 9999}, None)  # paid nothing, paid, out of scope, settled, refused, away  # fmt: skip


@pytest.mark.thorough
def test_whatever_way_somebody_takes_each_month_is_done_again_to_the_same_bytes(tmp_path: Path) -> None:
    """One person for each way through four months; who is refused by a balance that is in doubt is set aside."""
    ways = list(itertools.product(range(len(WAYS)), repeat=4))
    for number in range(1, 5):
        chosen = {"".join(map(str, way)): WAYS[way[number - 1]] for way in ways}
        there: dict[str, object] = {key: facts for key, facts in chosen.items() if facts is not None}
        month(number, there, tmp_path, on_error="quarantine").save(tmp_path / f"{number}")
        assert not ir.replay(tmp_path / f"{number}").differences
    assert {one.period for one in ir.read_record(tmp_path / "4").balances["closing"].values()} > {"2026-01", "2026-03"}


def test_whoever_never_was_in_scope_begins_with_what_the_scheme_says_then(tmp_path: Path) -> None:
    month(1, {"A": None, "B": 1}).save(tmp_path / "1")
    later = OWED.replace("first: 0", "first: 5")
    assert closing(month(2, {"A": 1, "B": 1}, tmp_path / "1", text=later)) == {"A": 6, "B": 2}


def test_a_record_is_read_without_any_other(tmp_path: Path) -> None:
    month(1, {"A": 500, "B": 1}).save(tmp_path / "1")
    month(2, {"B": 1}, tmp_path / "1").save(tmp_path / "2")
    shutil.rmtree(tmp_path / "1")
    record = ir.read_record(tmp_path / "2")
    assert {key: (one.period, one.value) for key, one in record.balances["closing"].items()} == {
        "A": ("2026-01", Decimal("500.00"))
    }
    assert codes(refusals(month, 3, {"A": 1}, record)) == [("carried-interrupted", "")]


def test_who_was_set_aside_and_then_away_does_not_begin_anew(tmp_path: Path) -> None:
    month(1, {"A": 9999, "B": 1}, on_error="quarantine").save(tmp_path / "1")
    month(2, {"B": 1}, tmp_path / "1").save(tmp_path / "2")
    for given in (tmp_path / "2", tmp_path):
        (problem,) = refusals(month, 3, {"A": 1, "B": 1}, given)
        assert (problem.code, problem.params["period"]) == ("history-set-aside", "2026-01")


def test_a_record_that_was_made_without_the_one_before_says_so(tmp_path: Path) -> None:
    """Where the data bring the balances of some people, the record of the run does not know those of others."""
    month(1, {"A": 500, "B": 1}).save(tmp_path / "1")
    month(2, {"B": {"earned": 1, "opening": 1}}).save(tmp_path / "2")
    (problem,) = refusals(month, 3, {"A": 1, "B": 1}, tmp_path / "2")
    assert (problem.code, problem.variant, problem.params["period"]) == ("carried-interrupted", "unknown", "2026-01")
    assert closing(month(3, {"B": 1}, tmp_path / "2")) == {"B": 3}
    (problem,) = refusals(month, 3, {"A": 1, "B": 1}, tmp_path / "2", tmp_path / "1")
    assert (problem.variant, problem.params["value"]) == ("", "500.00")
    month(3, {"B": 1}, tmp_path / "2").save(tmp_path / "3")
    assert ir.replay(tmp_path / "3").same
    assert codes(refusals(month, 4, {"A": 1}, tmp_path / "3")) == [("carried-interrupted", "unknown")]
    assert closing(month(4, {"A": {"earned": 1, "opening": 500}}, tmp_path / "3")) == {"A": 501}
    assert closing(month(4, {"N": 1}, tmp_path)) == {"N": 1}


def test_a_balance_of_a_new_name_has_no_past(tmp_path: Path) -> None:
    before = OWED.replace(", carried_from: closing, first: 0", "").replace("closing", "standing")
    rows = [{"engineer": "A", "active": True, "earned": 5, "opening": 0}]
    compiled(before, "2026-01").run(rows).save(tmp_path / "1")
    assert codes(refusals(month, 2, {"A": 1}, tmp_path / "1")) == [("history-name", "")]


def test_the_program_finds_the_balance_in_the_last_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(OWED, "utf-8")
    for number, rows in ((1, "A,true,500\nB,true,1\n"), (2, "B,true,1\n"), (3, "A,true,1\nB,true,1\n")):
        Path(f"{number}.csv").write_text(f"engineer,active,earned\n{rows}", "utf-8")
    words = ["run", "s.yaml", "1.csv", "--period", "2026-01", "--record", "r/1"]
    assert main(words) == 0
    assert main(["run", "s.yaml", "2.csv", "--period", "2026-02", "--history", "r/1", "--record", "r/2"]) == 0
    capsys.readouterr()
    wanted = {"en": "A had `closing` = 500.00 in 2026-01", "zh": "A 在 2026-01 的 `closing` 为 500.00"}
    for language, told in wanted.items():
        words = ["run", "s.yaml", "3.csv", "--period", "2026-03", "--history", "r/2", "--lang", language]
        assert main(words) == 3
        captured = capsys.readouterr()
        assert told in captured.err and captured.out == ""
