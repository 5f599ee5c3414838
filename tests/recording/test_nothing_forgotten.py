"""No balance, no correction and no payment is forgotten because a record was not named."""

from __future__ import annotations

import itertools
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from tests.recording.made import BALANCE, balance, codes, compiled, refusals

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


# ── Corrections that were not named ───────────────────────────────────────────────────────────────


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """January, and two corrections of it: 1000, 1150, 1120."""
    balance("2026-01", {"A": 1000}).save(tmp_path / "first")
    balance("2026-01", {"A": 1150}).save(tmp_path / "b", corrects=[tmp_path / "first"])
    balance("2026-01", {"A": 1120}).save(tmp_path / "a", corrects=[tmp_path / "first"])
    return tmp_path


def test_a_correction_takes_those_that_lie_beside_the_named_record(corrected: Path) -> None:
    run = balance("2026-01", {"A": 1100})
    for named in itertools.chain.from_iterable(itertools.permutations(("first", "a", "b"), n) for n in (1, 2, 3)):
        for given in ([corrected / one for one in named], [ir.read_record(corrected / one) for one in named]):
            assert [str(one.amount) for one in run.differences(given)] == ["-20.00"], named
    assert ir.read_record(corrected / "a").corrects == tuple(
        ir.read_record(corrected / one).fingerprint for one in ("first", "b")
    )


def test_those_where_the_new_record_goes_count_as_well(
    corrected: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first record was moved away from its corrections; the next correction is put beside them."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (corrected / "first").rename(elsewhere / "first")
    balance("2026-01", {"A": 1100}).save(corrected / "new", corrects=[elsewhere / "first"])
    assert "-20.00" in (corrected / "new" / "differences.jsonl").read_text("utf-8")
    shutil.rmtree(corrected / "new")
    monkeypatch.chdir(corrected)
    Path("s.yaml").write_text(BALANCE, "utf-8")
    Path("p.csv").write_text("engineer,earned\nA,1100\n", "utf-8")
    words = ["run", "s.yaml", "p.csv", "--period", "2026-01", "--corrects", str(elsewhere / "first"), "--record", "new"]
    assert main(words) == 0
    assert "-20.00" in Path("new/differences.jsonl").read_text("utf-8")


def test_a_later_period_takes_them_too(corrected: Path) -> None:
    run = balance("2026-02", {"A": 1}, history=[corrected / "first"])
    assert [result["closing"] for result in run.results] == [1121]
    with pytest.MonkeyPatch.context() as there:  # a name alone has no folder in it, and one all the same
        there.chdir(corrected)
        assert [r["closing"] for r in balance("2026-02", {"A": 1}, history=["first"]).results] == [1121]


def test_what_rests_on_a_corrected_record_is_stale_at_any_distance(tmp_path: Path) -> None:
    """March rests on February, and that on January as it was: named alone, or in their folder."""
    of_months = "  year_to_date: {is: sum(month_earned), type: money}\n"
    balances_only = BALANCE[: BALANCE.index("details:")].replace(of_months, "")
    for number in range(1, 4):
        given = [tmp_path / f"{number - 1}"] if number > 1 else []
        balance(f"2026-0{number}", {"A": 1}, balances_only, history=given).save(tmp_path / f"{number}")
    balance("2026-01", {"A": 5}, balances_only).save(tmp_path / "1c", corrects=[tmp_path / "1"])
    for given in ([tmp_path / "3"], [tmp_path]):
        (problem,) = refusals(balance, "2026-04", {"A": 1}, balances_only, history=given)
        assert (problem.code, problem.params["record"], problem.params["other"]) == ("record-stale", "2", "2026-01")


def test_a_damaged_record_beside_the_named_one_may_be_its_correction(corrected: Path) -> None:
    manifest = corrected / "a" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    assert codes(refusals(balance("2026-01", {"A": 1}).differences, [corrected / "first"])) == [("record-changed", "")]


ALLOWED = """\
format: 1
scheme: g
effective: {first_day: 2025-01-01, last_day: 2027-12-31}
period: month
currency: EUR
pay: {b: {amount: 1.00 * sum(mx) + 1.00 * before}}
quantities: {after: x}
inputs:
  p: {type: key}
  x: {type: integer, range: [0, 100]}
  before: {type: integer, range: [0, 100], carried_from: after, first: 0}
details: {months: {belongs_to: p, recorded: {mx: x}, gaps: allow}}
"""


def allowed(period: str, x: int, *given: object, brought: object = None, months: object = None) -> ir.Run:
    rows = [{"p": "A", "x": x, **({} if brought is None else {"before": brought})}]
    details = {} if months is None else {"months": [{"p": "A", "mx": one} for one in months]}  # type: ignore[attr-defined]
    return compiled(ALLOWED, period).run(rows, details, history=given)  # type: ignore[arg-type]


@pytest.mark.parametrize("first", ["2026-01", "2025-12"])
def test_a_correction_stands_on_what_the_first_run_stood_on(tmp_path: Path, first: str) -> None:
    """Nothing of it is needed for a run, and without it money would be taken back: rows in gaps, or a balance given."""
    month_ = {"2026-01": "2026-02", "2025-12": "2026-01"}[first]
    allowed(first, 10, brought=0).save(tmp_path / "1")
    paid = allowed(month_, 10, tmp_path / "1")
    paid.save(tmp_path / "2")
    assert [str(r["b"]) for r in paid.results] == [{"2026-01": "30.00", "2025-12": "20.00"}[first]]
    rows = [10] if first == "2026-01" else []  # of this year
    for run in (allowed(month_, 10, brought=10), allowed(month_, 10, brought=0, months=rows)):
        for named in (tmp_path, tmp_path / "2", ir.read_record(tmp_path / "2")):
            (problem,) = refusals(run.differences, [named])
            assert (problem.code, problem.variant) == ("history-gap", "corrects")
            assert problem.params == {
                "name": "months" if first == "2026-01" else "before", "period": first, "record": "2"
            }  # fmt: skip
        assert codes(refusals(run.save, tmp_path / "c", [tmp_path])) == [("history-gap", "corrects")]
    assert allowed(month_, 10, tmp_path / "1").differences([tmp_path]) == ()
    # A correction of that record counts as well, and so does what the first run had not.
    allowed(first, 12, brought=0).save(tmp_path / "1c", corrects=[tmp_path / "1"])
    (changed,) = allowed(month_, 10, tmp_path / "1c").differences([tmp_path])
    assert str(changed.amount) == {"2026-01": "4.00", "2025-12": "2.00"}[first]
    allowed(month_, 10, brought=3).save(tmp_path / "alone" / "2")
    assert allowed(month_, 10, tmp_path / "1c").differences([tmp_path / "alone"])


def test_a_correction_by_a_scheme_that_reads_no_history_needs_none(tmp_path: Path) -> None:
    allowed("2026-01", 10, brought=0).save(tmp_path / "1")
    allowed("2026-02", 10, tmp_path / "1").save(tmp_path / "2")
    plain = ALLOWED[: ALLOWED.index("details:")].replace("1.00 * sum(mx) + ", "")
    plain = plain.replace(", carried_from: after, first: 0", "")
    run = compiled(plain, "2026-02").run([{"p": "A", "x": 10, "before": 5}])
    assert [str(one.amount) for one in run.differences([tmp_path])] == ["-25.00"]


@pytest.mark.parametrize(("language", "told"), [("en", "add it, or its correction"), ("zh", "写出该记录，或其更正")])
def test_the_program_names_the_record_that_a_correction_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(ALLOWED, "utf-8")
    Path("a.csv").write_text("p,x,before\nA,10,0\n", "utf-8")
    Path("b.csv").write_text("p,x,before\nA,10,10\n", "utf-8")
    assert main(["run", "s.yaml", "a.csv", "--period", "2026-01", "--record", "r/1"]) == 0
    assert main(["run", "s.yaml", "b.csv", "--period", "2026-02", "--history", "r", "--record", "r/2"]) == 0
    capsys.readouterr()
    words = ["run", "s.yaml", "b.csv", "--period", "2026-02", "--corrects", "r", "--record", "r/3", "--lang", language]
    assert main(words) == 3
    captured = capsys.readouterr()
    assert "history-gap" in captured.err and told in captured.err and captured.out == "" and not Path("r/3").exists()
    assert main([*words, "--history", "r"]) == 0


# ── Paid already ──────────────────────────────────────────────────────────────────────────────────


def test_a_period_that_was_paid_is_not_recorded_anew(corrected: Path) -> None:
    again = balance("2026-01", {"A": 7}, history=[corrected])
    assert [getattr(one, "code", "") for one in again.warnings] == ["paid-already"]
    assert codes(refusals(again.save, corrected / "new")) == [("paid-already", "")]
    assert not (corrected / "new").exists()
    again.save(corrected / "new", corrects=[corrected / "first"])
    assert ir.replay(corrected / "new").same


def test_records_in_the_history_count_where_one_elsewhere_is_corrected(corrected: Path, tmp_path: Path) -> None:
    shutil.copytree(corrected / "first", tmp_path / "elsewhere" / "copy")
    again = balance("2026-01", {"A": 1100}, history=[corrected])
    assert [str(d.amount) for d in again.differences([tmp_path / "elsewhere" / "copy"])] == ["-20.00"]


def test_days_that_another_length_of_period_has_paid(tmp_path: Path) -> None:
    quarterly = BALANCE.replace("period: month", "period: quarter")
    balance("2026-Q1", {"A": 1}, quarterly).save(tmp_path / "2026-Q1")
    for month_ in ("2026-01", "2026-03"):
        found = refusals(balance, month_, {"A": 1}, history=[tmp_path])
        assert codes(found) == [("record-period", "overlaps")]
    found = refusals(balance, "2026-04", {"A": 1}, history=[tmp_path])
    assert codes(found) == [("history-gap", "")] * 3  # of the months; the balance is there


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_program_refuses_to_pay_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(BALANCE, "utf-8")
    Path("p.csv").write_text("engineer,earned\nA,1000\n", "utf-8")
    Path("q.csv").write_text("engineer,earned\nA,1100\n", "utf-8")
    assert main(["run", "s.yaml", "p.csv", "--period", "2026-01", "--record", "r/1"]) == 0
    capsys.readouterr()
    again = ["run", "s.yaml", "q.csv", "--period", "2026-01", "--history", "r", "--lang", language]
    for more in ([], ["--record", "r/2"], ["--out", "pay.csv"]):
        assert main([*again, *more]) == 3
        captured = capsys.readouterr()
        assert "paid-already" in captured.err and "--corrects 1" in captured.err and captured.out == ""
    assert not Path("r/2").exists() and not Path("pay.csv").exists()
    assert main([*again, "--corrects", "r/1"]) == 0
    assert "paid-already" not in capsys.readouterr().out
    # What was paid can still be explained.
    assert main(["explain", "s.yaml", "p.csv", "--period", "2026-01", "--history", "r", "--id", "A"]) == 0
