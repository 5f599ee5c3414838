"""A period run again pays the difference from everything that was paid for it, and leaves what was recorded alone."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.base.words import in_language
from incentive_rules.cli import main
from incentive_rules.model.record import Difference
from tests.recording.made import BALANCE, balance, codes, compiled, refusals


def amounts(differences: tuple[Difference, ...]) -> dict[str, str]:
    return {one.key: str(one.amount) for one in differences}


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    balance("2026-01", {"A": 1000, "B": 500, "C": 7}).save(tmp_path / "records" / "2026-01")
    return tmp_path / "records"


def test_a_correction_pays_the_new_amount_less_what_was_paid(records: Path) -> None:
    """E43: paid 1000, run again 1150, pays 150."""
    again = balance("2026-01", {"A": 1150, "B": 500, "D": 3})
    differences = again.differences([records])
    assert differences == (
        Difference("A", "commission", "earning", Decimal("1000.00"), Decimal("1150.00"), "changed"),
        Difference("C", "commission", "earning", Decimal("7.00"), Decimal("0.00"), "gone"),
        Difference("D", "commission", "earning", Decimal("0.00"), Decimal("3.00"), "new"),
    )
    assert amounts(differences) == {"A": "150.00", "C": "-7.00", "D": "3.00"}


def test_a_second_correction_counts_the_first(records: Path) -> None:
    """E43: paid 1000 and 150, run again 1100, pays -50."""
    balance("2026-01", {"A": 1150, "B": 500, "C": 7}).save(records / "first", corrects=[records / "2026-01"])
    second = balance("2026-01", {"A": 1100, "B": 500, "C": 7})
    both = [records / "2026-01", records / "first"]
    for given_records in (both, both[::-1], [records], [records / "first"]):
        assert amounts(second.differences(given_records)) == {"A": "-50.00"}
    second.save(records / "second", corrects=second.correction([records]))
    third = balance("2026-01", {"A": 1000, "B": 500, "C": 7})
    assert amounts(third.differences([records])) == {"A": "-100.00"}
    marks = [ir.read_record(records / name).fingerprint for name in ("2026-01", "first", "second")]
    assert ir.read_record(records / "second").corrects == tuple(marks[:2])
    third.save(records / "third", corrects=[records])
    assert ir.read_record(records / "third").corrects == tuple(marks)


def test_the_record_of_a_correction_holds_both(records: Path) -> None:
    untouched = (records / "2026-01" / "results.jsonl").read_bytes()
    again = balance("2026-01", {"A": 1150, "B": 500, "C": 7})
    again.save(records / "corrected", corrects=[records])
    assert (records / "2026-01" / "results.jsonl").read_bytes() == untouched
    record = ir.read_record(records / "corrected")
    assert record.value("A", "commission") == 1150
    head, *paid = lines_of(records / "corrected" / "paid.jsonl")
    assert head == {"lines": [{"name": "commission", "kind": "earning"}], "set_aside": []}
    assert paid[0] == {"key": "A", "lines": {"commission": "1000.00"}} and len(paid) == 3
    assert lines_of(records / "corrected" / "differences.jsonl") == [
        {
            "key": "A",
            "state": "changed",
            "lines": [
                {"name": "commission", "kind": "earning", "paid": "1000.00", "now": "1150.00", "difference": "150.00"}
            ],
        }
    ]
    assert ir.replay(records / "corrected").same


def test_the_replay_of_a_correction_needs_no_other_record(records: Path, tmp_path: Path) -> None:
    balance("2026-01", {"A": 1150}).save(tmp_path / "corrected", corrects=[records])
    shutil.rmtree(records)
    assert ir.replay(tmp_path / "corrected").same


def test_later_periods_use_the_corrected_values(records: Path) -> None:
    balance("2026-01", {"A": 1150, "B": 500}).save(records / "corrected", corrects=[records])
    february = balance("2026-02", {"A": 1, "B": 1, "C": 1}, history=[records])
    assert {r.key: r["closing"] for r in february.results} == {"A": 1151, "B": 501, "C": 1}


def test_whoever_is_gone_was_paid_and_comes_back_as_new(records: Path) -> None:
    balance("2026-01", {"A": 1000, "B": 500}).save(records / "first", corrects=[records])
    second = balance("2026-01", {"A": 1000, "B": 500, "C": 7})
    assert [(d.key, d.state, str(d.amount)) for d in second.differences([records])] == [("C", "new", "7.00")]


def test_coming_and_going_are_differences_without_any_money(tmp_path: Path) -> None:
    balance("2026-01", {"A": 1, "B": 0}).save(tmp_path / "2026-01")
    differences = balance("2026-01", {"A": 1, "N": 0}).differences([tmp_path])
    assert [(d.key, d.state, str(d.amount)) for d in differences] == [("B", "gone", "0.00"), ("N", "new", "0.00")]


def test_a_line_that_comes_or_goes_with_the_scheme_is_a_difference(records: Path) -> None:
    scheme = BALANCE.replace("  commission: {amount: earned}\n", "  bonus: {amount: earned / 2, kind: deduction}\n")
    differences = balance("2026-01", {"A": 1000, "B": 500, "C": 7}, scheme).differences([records])
    assert [(d.name, d.kind, str(d.paid), str(d.now)) for d in differences if d.key == "A"] == [
        ("bonus", "deduction", "0.00", "500.00"), ("commission", "earning", "1000.00", "0.00"),
    ]  # fmt: skip


def test_a_line_that_changes_its_kind_is_two_differences(records: Path) -> None:
    scheme = BALANCE.replace("commission: {amount: earned}", "commission: {amount: earned, kind: deduction}")
    differences = balance("2026-01", {"A": 1000, "B": 500, "C": 7}, scheme).differences([records])
    assert [(d.name, d.kind, str(d.amount)) for d in differences if d.key == "A"] == [
        ("commission", "deduction", "1000.00"), ("commission", "earning", "-1000.00"),
    ]  # fmt: skip


# ── Refused ───────────────────────────────────────────────────────────────────────────────────────


def test_only_records_of_this_period_and_scheme_are_corrected(records: Path) -> None:
    balance("2026-02", {"A": 1, "B": 1, "C": 1}, history=[records]).save(records / "2026-02")
    run = balance("2026-01", {"A": 1})
    assert codes(refusals(run.differences, [records / "2026-02"])) == [("record-period", "corrects")]
    other = balance("2026-01", {"A": 1}, BALANCE.replace("scheme: balance", "scheme: other"))
    assert codes(refusals(other.differences, [records / "2026-01"])) == [("record-scheme", "")]
    assert codes(refusals(other.differences, [records])) == [("record-missing", "period")]
    assert codes(refusals(run.differences, [records / "none"])) == [("record-missing", "")]
    assert amounts(run.differences([records])) == {"A": "-999.00", "B": "-500.00", "C": "-7.00"}


def test_nobody_knows_which_of_two_first_runs_was_paid(records: Path, tmp_path: Path) -> None:
    run = balance("2026-01", {"A": 2000})
    run.save(tmp_path / "elsewhere" / "again")
    (tmp_path / "elsewhere" / "again").rename(records / "again")
    assert codes(refusals(run.differences, [records])) == [("record-twice", "")]
    assert codes(refusals(run.save, tmp_path / "new", [records])) == [("record-twice", "")]
    assert not (tmp_path / "new").exists()


def test_a_slip_in_the_data_takes_nothing_back(records: Path) -> None:
    """Set aside, B would lose what was paid; a row without a key could be anybody's."""
    rows = [{"engineer": "A", "earned": 1150}, {"engineer": "B", "earned": -1}, {"engineer": "C", "earned": 7}]
    run = compiled(BALANCE, "2026-01").run(rows, on_error="quarantine")
    (problem,) = refusals(run.differences, [records])
    assert (problem.code, problem.variant, problem.key) == ("correction-held", "", "B")
    nameless = compiled(BALANCE, "2026-01").run([*rows[::2], {"engineer": "", "earned": 1}], on_error="quarantine")
    assert codes(refusals(nameless.differences, [records])) == [("correction-held", "key")]


def test_who_was_set_aside_before_may_be_so_again_or_be_paid_now(tmp_path: Path) -> None:
    first = balance("2026-01", {"A": 10, "B": -1, "C": -1}, on_error="quarantine")
    first.save(tmp_path / "2026-01")
    second = balance("2026-01", {"A": 11, "B": 20, "C": -1}, on_error="quarantine")
    assert amounts(second.differences([tmp_path])) == {"A": "1.00", "B": "20.00"}
    second.save(tmp_path / "corrected", corrects=[tmp_path])
    assert ir.read_record(tmp_path / "corrected").set_aside == {"C"}
    assert ir.replay(tmp_path / "corrected").same


# ── A law ─────────────────────────────────────────────────────────────────────────────────────────

AMOUNT = st.integers(0, 3).map(lambda n: Decimal(n) * Decimal("0.01"))
RUN = st.dictionaries(st.sampled_from("ABCD"), AMOUNT, max_size=4)


@pytest.mark.thorough
@settings(max_examples=15)
@given(st.lists(RUN, min_size=2, max_size=4))
def test_all_payments_together_are_what_the_last_run_says(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, Decimal]]
) -> None:
    folder = tmp_path_factory.mktemp("chain")
    paid: dict[str, Decimal] = {}
    for number, earned in enumerate(runs):
        run = balance("2026-01", earned)
        differences = run.differences([folder]) if number else ()
        for one in differences:
            paid[one.key] = paid.get(one.key, Decimal(0)) + one.amount
        if not number:
            paid = dict(earned)
        run.save(folder / str(number), corrects=[folder] if number else [])
        assert {k: v for k, v in paid.items() if v} == {k: v for k, v in earned.items() if v}
        assert ir.replay(folder / str(number)).same


# ── Later periods that rest on what was corrected ─────────────────────────────────────────────────


def test_a_record_that_rests_on_a_corrected_one_is_corrected_first(records: Path) -> None:
    balance("2026-02", {"A": 1, "B": 1, "C": 1}, history=[records]).save(records / "2026-02")
    balance("2026-01", {"A": 1150, "B": 500, "C": 7}).save(records / "2026-01-c", corrects=[records])
    (problem,) = refusals(balance, "2026-03", {"A": 1}, history=[records])
    assert (problem.code, problem.params["period"], problem.params["other"]) == ("record-stale", "2026-02", "2026-01")
    again = balance("2026-02", {"A": 1, "B": 1, "C": 1}, history=[records])
    assert again.differences([records]) == ()
    again.save(records / "2026-02-c", corrects=[records])
    march = balance("2026-03", {"A": 1}, history=[records])
    assert [r["closing"] for r in march.results] == [1152]


# ── The command line ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("INCENTIVE_RULES_LANG", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    text = BALANCE.replace("commission: {amount", "commission: {title: Commission, amount")
    text = text.replace("pay:\n", "pay:\n  fee: {kind: deduction, amount: earned / 10}\n")
    Path("scheme.yaml").write_text(text, "utf-8")
    Path("people.csv").write_text("engineer,earned\nA,1000\nB,500\nC,7\n", "utf-8")
    Path("mended.csv").write_text("engineer,earned\nA,1150\nB,500\nD,30\n", "utf-8")
    assert main(["run", "scheme.yaml", "people.csv", "--period", "2026-01", "--record", "records/2026-01"]) == 0
    return tmp_path


AGAIN = ["run", "scheme.yaml", "mended.csv", "--period", "2026-01", "--corrects", "records"]


def test_the_program_prints_and_writes_the_differences(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main([*AGAIN, "--record", "records/2026-01-c", "--out", "pay.csv", "--referee", "3"]) == 0
    printed = capsys.readouterr().out
    table = [line.split() for line in printed.splitlines()]
    assert ["pay", "line", "kind", "paid", "due", "now", "difference"] in table
    assert ["C", "Commission", "earning", "7.00", "0.00", "-7.00", "gone"] in table
    assert ["A", "Commission", "earning", "1,000.00", "1,150.00", "150.00"] in table
    assert ["A", "fee", "deduction", "100.00", "115.00", "15.00"] in table
    assert "difference  earnings 173.00   deductions 17.30   net 155.70" in printed
    assert "check  1 changed, 1 new, 1 gone; 1 unchanged" in printed
    assert f"corrects  {ir.read_record('records/2026-01').fingerprint[:12]}" in printed
    with Path("pay.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["key"] for row in rows] == ["A", "A", "C", "C", "D", "D"]
    assert rows[0] == {
        "key": "A", "state": "changed", "line": "fee", "kind": "deduction", "paid": "100.00", "now": "115.00",
        "difference": "15.00", "total": "",
    }  # fmt: skip
    assert [row["total"] for row in rows[:2]] == ["", "135.00"]
    assert main([*AGAIN, "--lang", "zh"]) == 0
    assert "没有人的金额变化" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "kinds"),
    [("en", ("earning", "deduction", "employer cost", "kind")), ("zh", ("收入", "扣款", "单位承担", "类别"))],
)
def test_the_program_tells_lines_of_one_name_and_another_kind_apart(
    here: Path, capsys: pytest.CaptureFixture[str], language: str, kinds: tuple[str, ...]
) -> None:
    """What was an earning is taken off now; of earnings alone nothing has to be said."""
    text = Path("scheme.yaml").read_text("utf-8")
    words = [*AGAIN[:2], "people.csv", *AGAIN[3:], "--lang", language]
    summed = in_language(language, ("sum", "net"), ("合计", "实发"))
    for kind, shown, total in (("deduction", kinds[1], "-1,000.00"), ("employer_cost", kinds[2], "-500.00")):
        changed = text.replace("title: Commission, amount", f"title: Commission, kind: {kind}, amount")
        Path("scheme.yaml").write_text(changed, "utf-8")
        capsys.readouterr()
        assert main(words) == 0
        lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("B")]
        assert [line.split(None, 1)[1].split() for line in lines] == [
            ["Commission", *shown.split(), "0.00", "500.00", "500.00"],
            ["Commission", kinds[0], "500.00", "0.00", "-500.00"],
            [*summed, total],
        ]
    Path("scheme.yaml").write_text(text.replace("earned / 10", "0.10 * earned"), "utf-8")
    Path("people.csv").write_text("engineer,earned\nA,1000\nB,500\nC,7\nD,0\n", "utf-8")
    assert main(words) == 0
    assert kinds[3] in capsys.readouterr().out
    Path("scheme.yaml").write_text(text.replace("amount: earned}", "amount: earned + 1.00}"), "utf-8")
    assert main(words) == 0
    assert kinds[3] not in capsys.readouterr().out.split("\n\n")[1]


def test_the_program_says_why_it_cannot_correct(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main([*AGAIN[:-1], "nowhere"]) == 2
    assert "record-missing" in capsys.readouterr().err
    Path("mended.csv").write_text("engineer,earned\nA,-1\nB,500\nC,7\n", "utf-8")
    assert main([*AGAIN, "--on-error", "quarantine", "--out", "pay.csv", "--record", "new"]) == 3
    captured = capsys.readouterr()
    assert "correction-held" in captured.err and captured.out == ""
    assert not Path("pay.csv").exists() and not Path("new").exists()
