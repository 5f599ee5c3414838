"""Money of one currency is never corrected, carried over or added up as money of another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of, message_of
from incentive_rules.cli import main
from tests.recording.made import BALANCE, balance, codes, refusals
from tests.recording.test_nothing_forgotten import OWED, month

YEAR = BALANCE[: BALANCE.index("  closing")] + BALANCE[BALANCE.index("  year_to_date") :]
YEAR = "".join(line for line in YEAR.splitlines(keepends=True) if "opening" not in line)
SCHEMES = {"a balance": OWED, "rows of the year": YEAR, "both": BALANCE}


def written(text: str, currency: str) -> str:
    found = text.replace("currency: EUR", f"currency: {currency}")
    return found.replace("decimals: 2, ", "") if currency == "JPY" else found


def paid(text: str, period: str, *given: Path) -> ir.Run:
    row = {"engineer": "A", "earned": 200, **({"active": True} if "active" in text else {})}
    return ir.compile(text=text, period=period).run([row], history=given)


@pytest.mark.parametrize("currency", ["USD", "JPY"])
@pytest.mark.parametrize("text", SCHEMES.values(), ids=SCHEMES)
def test_nothing_of_another_currency_comes_into_a_run(text: str, currency: str, tmp_path: Path) -> None:
    paid(text, "2026-01").save(tmp_path / "r" / "01")
    other = written(text, currency)
    for given in (tmp_path / "r", tmp_path / "r" / "01"):
        (problem,) = refusals(paid, other, "2026-02", given)
        assert (problem.code, problem.variant) == ("record-currency", "")
        assert problem.params == {"record": "01", "period": "2026-01", "currency": "EUR", "wanted": currency}
        for language in ("en", "zh"):
            told = message_of(problem, language) + help_of(problem, language)
            assert "EUR" in told and currency in told and "{" not in told
    assert paid(text, "2026-02", tmp_path / "r").results


@pytest.mark.parametrize("currency", ["USD", "JPY"])
@pytest.mark.parametrize("text", SCHEMES.values(), ids=SCHEMES)
def test_what_was_paid_in_another_currency_is_not_set_off(text: str, currency: str, tmp_path: Path) -> None:
    paid(text, "2026-01").save(tmp_path / "r" / "01")
    other = paid(written(text, currency), "2026-01")
    for given in (tmp_path / "r", tmp_path / "r" / "01"):
        found = refusals(other.differences, [given])
        assert codes(found) == [("record-currency", "corrects")]
        assert codes(refusals(other.save, tmp_path / "r" / "new", [given])) == [("record-currency", "corrects")]
        for language in ("en", "zh"):
            told = message_of(found[0], language) + help_of(found[0], language)
            assert "EUR" in told and currency in told and "{" not in told
    assert not (tmp_path / "r" / "new").exists()
    assert paid(text, "2026-01").differences([tmp_path / "r"]) == ()


def test_a_record_says_its_currency(tmp_path: Path) -> None:
    paid(OWED, "2026-01").save(tmp_path / "eur")
    points = """\
format: 1
scheme: points
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
quantities: {twice: {is: x * 2}}
inputs: {engineer: {type: key}, x: {type: integer, range: [0, 9]}}
"""
    ir.compile(text=points, period="2026-01").run([{"engineer": "A", "x": 1}]).save(tmp_path / "none")
    assert [ir.read_record(tmp_path / name).currency for name in ("eur", "none")] == ["EUR", ""]
    assert ir.replay(tmp_path / "eur").same and ir.replay(tmp_path / "none").same


def test_a_scheme_that_begins_to_pay_takes_what_it_counted_before(tmp_path: Path) -> None:
    """A record without any money has none of another currency."""
    counting = """\
format: 1
scheme: counting
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
quantities: {all: {is: before + x, type: integer}}
inputs:
  engineer: {type: key}
  x: {type: integer, range: [0, 9]}
  before: {type: integer, range: [0, 99], carried_from: all, first: 0}
"""
    paying = counting.replace("quantities:", "currency: EUR\npay: {bonus: {amount: all * 1.00}}\nquantities:")
    rows = [{"engineer": "A", "x": 4}]
    ir.compile(text=counting, period="2026-01").run(rows).save(tmp_path / "1")
    run = ir.compile(text=paying, period="2026-02").run(rows, history=[tmp_path])
    assert [result["bonus"] for result in run.results] == [8]


def test_a_folder_may_hold_what_was_recorded_in_an_older_currency(tmp_path: Path) -> None:
    """What brings nothing may lie there; somebody who had a balance in it and was away is still asked after."""
    month(1, {"A": 5, "B": 7}).save(tmp_path / "1")
    shutil.copytree(tmp_path / "1", tmp_path / "all" / "1")
    dollars = written(OWED, "USD")
    rows = {"A": {"earned": 1, "opening": 6}}
    assert codes(refusals(month, 2, rows, tmp_path / "1", text=dollars)) == [("record-currency", "")]
    month(2, rows, text=dollars.replace("first_day: 2026-01-01", "first_day: 2026-02-01")).save(tmp_path / "all" / "2")
    assert [r["closing"] for r in month(3, {"A": 1}, tmp_path / "all", text=dollars).results] == [8]
    assert codes(refusals(month, 3, {"A": 1, "B": 1}, tmp_path / "all", text=dollars)) == [("carried-interrupted", "")]
    named = refusals(month, 3, {"A": 1}, tmp_path / "all", tmp_path / "1", text=dollars)
    assert codes(named) == [("record-currency", "")]


@pytest.mark.parametrize(("language", "told"), [("en", "is in EUR, and the scheme in USD"), ("zh", "币种是 USD")])
def test_the_program_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    balance("2026-01", {"A": 200}).save(tmp_path / "r" / "01")
    Path("s.yaml").write_text(written(BALANCE, "USD"), "utf-8")
    Path("p.csv").write_text("engineer,earned\nA,200\n", "utf-8")
    for more in (["--period", "2026-01", "--corrects", "r"], ["--period", "2026-02", "--history", "r"]):
        assert main(["run", "s.yaml", "p.csv", *more, "--lang", language, "--record", "new"]) == 3
        captured = capsys.readouterr()
        assert "record-currency" in captured.err and told in captured.err and captured.out == ""
    assert not Path("new").exists()
