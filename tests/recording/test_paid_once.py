"""No payment is made twice, and no correction forgets one, because a record was not named."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from tests.recording.made import BALANCE, balance, codes, compiled, refusals

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
    shutil.rmtree(tmp_path / "2")
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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_program_looks_where_the_new_record_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """Nobody names the record of January, which a scheme without any history has no reason to do."""
    monkeypatch.chdir(tmp_path)
    inputs = "inputs: {engineer: {type: key}, earned: {type: money, range: [0, 5000]}}\n"
    plain = BALANCE[: BALANCE.index("quantities:")] + inputs
    Path("s.yaml").write_text(plain, "utf-8")
    Path("q.yaml").write_text(plain.replace("period: month", "period: quarter"), "utf-8")
    Path("o.yaml").write_text(plain.replace("scheme: balance", "scheme: other"), "utf-8")
    Path("p.csv").write_text("engineer,earned\nA,1000\n", "utf-8")
    Path("more.csv").write_text("engineer,earned\nA,1001\n", "utf-8")
    january = ["run", "s.yaml", "p.csv", "--period", "2026-01", "--lang", language]
    quarter = ["run", "q.yaml", "p.csv", "--period", "2026-Q1", "--lang", language]
    assert main([*january, "--record", "r/1"]) == 0
    capsys.readouterr()
    for words, code in ((january, "paid-already"), (quarter, "record-period")):
        for folder in ("r/again", str(tmp_path / "r" / "again")):
            assert main([*words, "--record", folder, "--out", "pay.csv"]) == 3
            captured = capsys.readouterr()
            assert f"[{code}]" in captured.err and "--corrects 1" in captured.err and captured.out == ""
    assert sorted(one.name for one in Path("r").iterdir()) == ["1"] and not Path("pay.csv").exists()
    for scheme, period in (("o.yaml", "2026-01"), ("s.yaml", "2026-02"), ("q.yaml", "2026-Q2")):
        assert main(["run", scheme, "p.csv", "--period", period, "--record", f"r/{scheme}"]) == 0
    assert main(["run", "s.yaml", "more.csv", "--period", "2026-01", "--record", "elsewhere/1"]) == 0
    # A correction knows the record that it corrects, and no other.
    assert main([*january, "--corrects", "r/1", "--record", "r/1c"]) == 0
    capsys.readouterr()
    assert main([*january, "--corrects", "r", "--record", "elsewhere/1c", "--out", "pay.csv"]) == 3
    assert "[record-twice]" in capsys.readouterr().err
    assert not Path("elsewhere/1c").exists() and not Path("pay.csv").exists()


def test_what_was_recorded_since_the_run_counts_when_it_is_saved(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    runs = [balance("2026-01", {"A": 7}), balance("2026-01", {"A": 8}, history=[tmp_path / "r"])]
    runs[0].save(tmp_path / "r" / "1")
    for folder in (tmp_path / "r" / "again", tmp_path / "r" / "1" / ".." / "again"):
        for run in runs:
            assert codes(refusals(run.save, folder)) == [("paid-already", "")]
    # A folder of the history is looked at again, wherever the record goes; so is that of a record named alone.
    (tmp_path / "h").mkdir()
    late = balance("2026-01", {"A": 9}, history=[tmp_path / "h"])
    shutil.copytree(tmp_path / "r" / "1", tmp_path / "h" / "1")
    assert codes(refusals(late.save, tmp_path / "else" / "1")) == [("paid-already", "")]
    february = balance("2026-02", {"A": 9}, history=[tmp_path / "r" / "1"])
    balance("2026-02", {"A": 9}, history=[tmp_path / "r" / "1"]).save(tmp_path / "r" / "2")
    assert codes(refusals(february.save, tmp_path / "else" / "2")) == [("paid-already", "")]
    (found,) = balance("2026-02", {"A": 9}, history=[tmp_path / "r" / "1"]).warnings
    assert getattr(found, "code", "") == "paid-already"
    # Two corrections that were computed before either was recorded would pay the same difference twice.
    again = balance("2026-01", {"A": 10})
    both = [again.correction([tmp_path / "r"]) for _ in range(2)]
    again.save(tmp_path / "r" / "1c", both[0])
    assert codes(refusals(again.save, tmp_path / "r" / "1d", both[1])) == [("record-twice", "")]
    again.save(tmp_path / "r" / "1d", [tmp_path / "r"])


def test_a_damaged_record_where_the_new_one_goes_may_be_of_its_period(tmp_path: Path) -> None:
    balance("2026-01", {"A": 7}).save(tmp_path / "1")
    (tmp_path / "1" / "manifest.json").write_bytes(b"{}")
    assert codes(refusals(balance("2026-01", {"A": 7}).save, tmp_path / "2")) == [("record-changed", "")]
