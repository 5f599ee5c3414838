"""What earlier periods bring into a run, and everything for which it is refused."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of, message_of
from incentive_rules.model.record import UsedRecord
from tests.recording.made import BALANCE, balance, codes, compiled, refusals


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """January and February of two people; B came in February."""
    folder = tmp_path / "records"
    balance("2026-01", {"A": 10}).save(folder / "2026-01")
    balance("2026-02", {"A": 20, "B": 5}, history=[folder]).save(folder / "2026-02")
    return folder


def closing(run: Any) -> dict[str, Decimal]:
    return {result.key: result["closing"] for result in run.results}


def year(run: Any) -> dict[str, Decimal]:
    return {result.key: result["year_to_date"] for result in run.results}


# ── Rows and balances ─────────────────────────────────────────────────────────────────────────────


def test_a_period_stands_on_those_before_it(records: Path) -> None:
    run = balance("2026-03", {"A": 1, "B": 2, "C": 3}, history=[records])
    assert closing(run) == {"A": 31, "B": 7, "C": 3}
    assert year(run) == {"A": 31, "B": 7, "C": 3}
    assert [result["month_earned"] for result in run.results] == [(10, 20, 1), (5, 2), (3,)]


def test_records_are_named_one_by_one_or_read_already(records: Path) -> None:
    wanted = closing(balance("2026-03", {"A": 1}, history=[records]))
    first, second = records / "2026-01", records / "2026-02"
    for given in ([first, second], [second, str(first)], [ir.read_record(first), second], [records, first, second]):
        assert closing(balance("2026-03", {"A": 1}, history=given)) == wanted


def test_one_folder_or_one_record_needs_no_list(records: Path) -> None:
    last = records / "2026-02"
    for one in (str(records), records, [records], (records, last), {last, records / "2026-01"}):
        run = balance("2026-03", {"A": 1}, history=one)
        assert closing(run) == {"A": 31} and year(run) == {"A": 31}
    again = balance("2026-02", {"A": 22, "B": 1}, history=str(records / "2026-01"))
    for one in (str(last), last, ir.read_record(last), [last]):
        amounts = {found.key: str(found.amount) for found in again.differences(one)}
        assert amounts == {found.key: str(found.amount) for found in again.differences([last])} != {}
    for wrong in (None, 3, [3], b"records", [None]):
        with pytest.raises(TypeError, match=r"history is a folder, .* in a list, not (NoneType|int|bytes)"):
            balance("2026-03", {"A": 1}, history=wrong)
        with pytest.raises(TypeError, match="corrects is a folder"):
            again.differences(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="name the records by which people were paid"):
        balance("2026-01", {"A": 1}).differences([])


def test_a_record_says_which_records_it_stands_on(records: Path) -> None:
    first, second = (ir.read_record(records / name) for name in ("2026-01", "2026-02"))
    assert first.used == () and second.used == (UsedRecord(first.fingerprint, "2026-01"),)
    run = balance("2026-03", {"A": 1}, history=[records])
    run.save(records / "2026-03")
    assert ir.read_record(records / "2026-03").used == (
        UsedRecord(first.fingerprint, "2026-01"), UsedRecord(second.fingerprint, "2026-02")
    )  # fmt: skip


def test_a_replay_needs_the_folder_alone(records: Path, tmp_path: Path) -> None:
    run = balance("2026-03", {"A": 1, "B": 2}, history=[records])
    run.save(tmp_path / "elsewhere" / "2026-03")
    shutil.rmtree(records)
    assert ir.replay(tmp_path / "elsewhere" / "2026-03", referee=True).same


def test_the_first_period_in_force_needs_nothing(tmp_path: Path) -> None:
    assert closing(balance("2026-01", {"A": 10})) == {"A": 10}
    (tmp_path / "records").mkdir()
    assert closing(balance("2026-01", {"A": 10}, history=[tmp_path / "records"])) == {"A": 10}


def test_balances_cross_the_turn_of_the_year_and_rows_do_not(tmp_path: Path) -> None:
    scheme = BALANCE.replace("first_day: 2026-01-01", "first_day: 2026-12-01")
    balance("2026-12", {"A": 10}, scheme).save(tmp_path / "2026-12")
    run = balance("2027-01", {"A": 1}, scheme, history=[tmp_path])
    assert closing(run) == {"A": 11} and year(run) == {"A": 1}


def test_the_year_starts_where_the_scheme_says(tmp_path: Path) -> None:
    scheme = BALANCE.replace("period: month\n", "period: month\nyear_starts: 04-01\n")
    scheme = scheme.replace("first_day: 2026-01-01", "first_day: 2026-03-01")
    balance("2026-03", {"A": 100}, scheme).save(tmp_path / "2026-03")
    april = balance("2026-04", {"A": 10}, scheme, history=[tmp_path])
    assert year(april) == {"A": 10} and closing(april) == {"A": 110}
    april.save(tmp_path / "2026-04")
    may = balance("2026-05", {"A": 1}, scheme, history=[tmp_path])
    assert year(may) == {"A": 11} and closing(may) == {"A": 111}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("day", ["04-01", "04-16", "02-28", "12-28"])
def test_every_month_of_a_year_that_starts_anywhere_is_counted(tmp_path: Path, day: str) -> None:
    scheme = BALANCE.replace("period: month\n", f"period: month\nyear_starts: {day}\n")
    scheme = scheme.replace("first_day: 2026-01-01", f"first_day: 2026-{day}")
    start = int(day[:2]) - 1
    for number in range(12):
        name = f"{2026 + (start + number) // 12}-{(start + number) % 12 + 1:02d}"
        run = balance(name, {"A": 1}, scheme, history=[tmp_path])
        assert year(run) == closing(run) == {"A": number + 1}
        run.save(tmp_path / name)


def test_earlier_periods_may_come_with_the_data() -> None:
    rows = [{"engineer": "A", "earned": 1, "opening": 30}]
    months = [{"engineer": "A", "month_earned": 10}, {"engineer": "A", "month_earned": 20}]
    run = compiled(BALANCE, "2026-03").run(rows, {"months": months})
    assert closing(run) == {"A": 31} and year(run) == {"A": 31}


def test_what_differs_from_period_to_period_is_remembered(tmp_path: Path) -> None:
    """A dated parameter and the days of a period are other ones now; the records know what they were."""
    scheme = BALANCE.replace("pay:\n", "parameters:\n  rate: {dated: {2026-01-01: 4.5%, 2026-02-01: 12%}}\npay:\n")
    also = "month_rate: rate, month_length: period_days"
    scheme = scheme.replace("month_earned: earned}", f"month_earned: earned, {also}}}")
    more = "  rates: {is: sum(month_rate), decimals: 4}\n  all_days: {is: sum(month_length)}\n"
    scheme = scheme.replace("quantities:\n", "quantities:\n" + more)
    balance("2026-01", {"A": 1}, scheme).save(tmp_path / "2026-01")
    (result,) = balance("2026-02", {"A": 1}, scheme, history=[tmp_path]).results
    assert (result["rates"], result["all_days"]) == (Decimal("0.1650"), 59)


def test_a_table_may_have_given_more_in_an_earlier_period(tmp_path: Path) -> None:
    first, second = "{from: {5: 1.5}, else: 0}", "{from: {5: 1.2}, else: 0}"
    dated = f"tables:\n  factor: {{dated: {{2026-01-01: {first}, 2026-02-01: {second}}}}}\n"
    scheme = BALANCE.replace("quantities:\n", f"{dated}quantities:\n  now: {{is: factor(earned), decimals: 2}}\n")
    scheme = scheme.replace("month_earned: earned}", "month_earned: earned, month_factor: now}")
    scheme = scheme.replace("  closing:", "  factors: {is: sum(month_factor), decimals: 2}\n  closing:")
    balance("2026-01", {"A": 9}, scheme).save(tmp_path / "2026-01")
    (result,) = balance("2026-02", {"A": 9}, scheme, history=[tmp_path]).results
    assert result["factors"] == Decimal("2.70")


# ── Gaps ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_period_of_this_year_may_not_be_left_out(records: Path) -> None:
    problems = refusals(balance, "2026-04", {"A": 1}, history=[records])
    assert codes(problems) == [("history-gap", ""), ("history-gap", "carried")]
    assert [p.params["period"] for p in problems] == ["2026-03", "2026-03"]
    assert codes(refusals(balance, "2026-02", {"A": 1})) == [("history-gap", ""), ("history-gap", "carried")]
    shutil.rmtree(records / "2026-01")
    problems = refusals(balance, "2026-03", {"A": 1}, history=[records])
    assert [(p.code, p.params["period"]) for p in problems] == [("history-gap", "2026-01")]


def test_gaps_may_be_allowed(records: Path) -> None:
    scheme = BALANCE.replace("    recorded:", "    gaps: allow\n    recorded:")
    shutil.rmtree(records / "2026-01")
    run = balance("2026-03", {"A": 1}, scheme, history=[records])
    assert year(run) == {"A": 21} and closing(run) == {"A": 31}


def test_a_gap_is_a_period_without_a_record_and_nobody_who_was_set_aside(tmp_path: Path) -> None:
    """B's row of January is there, and what stands in it is not known: February does not pass over it."""
    carried = next(line for line in BALANCE.splitlines(keepends=True) if "carried_from" in line)
    allowing = BALANCE.replace("    recorded:", "    gaps: allow\n    recorded:")
    scheme = allowing.replace("opening + ", "").replace(carried, "")
    balance("2026-01", {"A": 10, "B": -1}, scheme, on_error="quarantine").save(tmp_path / "2026-01")
    (problem,) = refusals(balance, "2026-02", {"A": 1, "B": 5}, scheme, history=[tmp_path])
    assert (problem.code, problem.key, problem.params["period"]) == ("history-set-aside", "B", "2026-01")
    aside = balance("2026-02", {"A": 1, "B": 5}, scheme, history=[tmp_path], on_error="quarantine")
    assert year(aside) == {"A": 11} and [one.key for one in aside.quarantined] == ["B"]
    mended = balance("2026-01", {"A": 10, "B": 2}, scheme)
    mended.save(tmp_path / "2026-01-c", corrects=[tmp_path])
    assert year(balance("2026-02", {"A": 1, "B": 5}, scheme, history=[tmp_path])) == {"A": 11, "B": 7}


def test_before_the_scheme_was_in_force_there_are_no_gaps(tmp_path: Path) -> None:
    scheme = BALANCE.replace("first_day: 2026-01-01", "first_day: 2026-06-01")
    assert year(balance("2026-06", {"A": 1}, scheme)) == {"A": 1}


# ── Records that cannot be used ───────────────────────────────────────────────────────────────────


def test_a_record_that_is_named_must_be_usable_and_a_folder_holds_others_too(records: Path) -> None:
    other = BALANCE.replace("scheme: balance", "scheme: other")
    balance("2026-01", {"A": 99}, other).save(records / "other-2026-01")
    balance("2026-03", {"A": 1}, history=[records]).save(records / "2026-03")
    assert closing(balance("2026-03", {"A": 1}, history=[records])) == {"A": 31}
    named = {"other-2026-01": ("record-scheme", ""), "2026-03": ("record-period", "same")}
    for name, code in named.items():
        assert codes(refusals(balance, "2026-03", {"A": 1}, history=[records, records / name])) == [code]
    later = refusals(balance, "2026-02", {"A": 1}, history=[records / "2026-01", records / "2026-03"])
    assert codes(later) == [("record-period", "later")]


def test_a_folder_of_something_else_was_not_meant(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert codes(refusals(balance, "2026-01", {"A": 1}, history=[tmp_path])) == [("record-missing", "none")]
    assert codes(refusals(balance, "2026-01", {"A": 1}, history=[tmp_path / "none"])) == [("record-missing", "")]


def test_a_changed_record_in_a_folder_is_a_problem(records: Path) -> None:
    path = records / "2026-01" / "results.jsonl"
    path.write_bytes(path.read_bytes().replace(b"10.00", b"99.00"))
    assert codes(refusals(balance, "2026-03", {"A": 1}, history=[records])) == [("record-changed", "")]


def test_two_records_of_one_period_are_one_too_many(records: Path) -> None:
    shutil.move(records / "2026-02", records.parent / "2026-02")
    balance("2026-02", {"A": 21}, history=[records / "2026-01"]).save(records / "2026-02-again")
    shutil.move(records.parent / "2026-02", records / "2026-02")
    (problem,) = refusals(balance, "2026-03", {"A": 1}, history=[records])
    assert (problem.code, problem.params["period"]) == ("record-twice", "2026-02")
    assert {problem.params["record"], problem.params["other"]} == {"2026-02", "2026-02-again"}


def test_a_copy_of_a_record_is_the_same_record(records: Path) -> None:
    shutil.copytree(records / "2026-01", records / "copy")
    assert closing(balance("2026-03", {"A": 1}, history=[records])) == {"A": 31}


def test_a_name_that_a_record_lacks_is_not_invented(records: Path) -> None:
    scheme = BALANCE.replace("month_earned: earned", "month_earned: earned, month_bonus: bonus")
    scheme = scheme.replace("quantities:\n", "quantities:\n  bonus: {is: earned / 2, decimals: 2, type: money}\n")
    scheme = scheme.replace("sum(month_earned)", "sum(month_earned) + sum(month_bonus)")
    problems = refusals(balance, "2026-03", {"A": 1}, scheme, history=[records])
    assert codes(problems) == [("history-name", "")] * 2
    assert problems[0].params == {"record": "2026-01", "source": "bonus", "name": "month_bonus"}


def test_another_length_of_period_is_another_record(tmp_path: Path) -> None:
    quarterly = BALANCE.replace("period: month", "period: quarter")
    balance("2026-Q1", {"A": 1}, quarterly).save(tmp_path / "2026-Q1")
    months = refusals(balance, "2026-04", {"A": 1}, history=[tmp_path / "2026-Q1"])  # no months of it are known
    assert [(one.code, one.params["period"]) for one in months] == [
        ("history-gap", f"2026-0{number}") for number in (1, 2, 3)
    ]


# ── People who come, go, and are set aside ────────────────────────────────────────────────────────


def test_who_was_set_aside_has_no_result_that_a_later_period_could_use(records: Path) -> None:
    balance("2026-03", {"A": 1, "B": -1}, history=[records], on_error="quarantine").save(records / "2026-03")
    run = balance("2026-04", {"A": 1, "B": 2}, history=[records], on_error="quarantine")
    assert closing(run) == {"A": 32}
    assert codes(run.quarantined[n].problem for n in range(len(run.quarantined))) == [("history-set-aside", "")]
    again = balance("2026-03", {"A": 1, "B": 4}, history=[records])
    again.save(records / "2026-03-corrected", corrects=[records])
    assert closing(balance("2026-04", {"A": 1, "B": 2}, history=[records])) == {"A": 32, "B": 11}


def test_a_balance_is_not_lost_by_a_month_away(records: Path) -> None:
    balance("2026-03", {"A": 1}, history=[records]).save(records / "2026-03")
    problems = refusals(balance, "2026-04", {"A": 1, "B": 2}, history=[records])
    assert codes(problems) == [("carried-interrupted", "")]
    assert problems[0].params == {
        "key": "B", "name": "closing", "value": "5.00", "period": "2026-02", "last": "2026-03"
    }
    rows = [{"engineer": "A", "earned": 1, "opening": None}, {"engineer": "B", "earned": 2, "opening": 5}]
    assert closing(compiled(BALANCE, "2026-04").run(rows, history=[records])) == {"A": 32, "B": 7}


def test_who_comes_back_with_nothing_to_carry_begins_anew(tmp_path: Path) -> None:
    balance("2026-01", {"A": 0}).save(tmp_path / "2026-01")
    balance("2026-02", {"B": 1}, history=[tmp_path]).save(tmp_path / "2026-02")
    assert closing(balance("2026-03", {"A": 3, "B": 1}, history=[tmp_path])) == {"A": 3, "B": 2}


def test_what_the_data_bring_must_agree_with_the_record(records: Path) -> None:
    pipeline = compiled(BALANCE, "2026-03")
    good = [{"engineer": "A", "earned": 1, "opening": "30.00"}]
    assert closing(pipeline.run(good, history=[records])) == {"A": 31}
    problems = refusals(pipeline.run, [{**good[0], "opening": 29}], history=[records])
    assert codes(problems) == [("data-carried", "")] and problems[0].params["value"] == "29"


def test_without_a_first_value_somebody_new_brings_their_own(records: Path) -> None:
    scheme = BALANCE.replace(", first: 0", "")
    problems = refusals(balance, "2026-03", {"A": 1, "N": 1}, scheme, history=[records])
    assert codes(problems) == [("carried-first", "")] and problems[0].key == "N"


def test_who_is_out_of_scope_has_no_row_and_no_balance(tmp_path: Path) -> None:
    scheme = BALANCE.replace("period: month\n", "period: month\napplies_to: earned > 0\n")
    balance("2026-01", {"A": 10, "B": 0}, scheme).save(tmp_path / "2026-01")
    run = balance("2026-02", {"A": 1, "B": 2}, scheme, history=[tmp_path])
    assert closing(run) == {"A": 11, "B": 2} and year(run) == {"A": 11, "B": 2}


# ── Values as they are carried ────────────────────────────────────────────────────────────────────

WORDS = """\
format: 1
scheme: words
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  engineer: {type: key}
  mark: {type: integer, range: [0, 100]}
  grade_before:
    type: category
    one_of: [high, low]
    texts: {high: [H, top], low: [L]}
    carried_from: grade_now
    first: low
  share_before: {type: number, decimals: 4, range: [0, 1], scale: percent, carried_from: share_now, first: 50%}
  hired_before: {type: date, range: [2000-01-01, 2030-12-31], carried_from: hired, first: 2020-02-29}
  hired: {type: date, range: [2000-01-01, 2030-12-31]}
quantities:
  grade_now: {equals: {true: high, false: low}, of: mark > 50}
  share_now: {is: mark / 100}
  seen: {is: grade_before}
  seen_share: {is: share_before}
  seen_day: {is: hired_before}
"""


def test_values_are_carried_as_they_are_whatever_files_would_write(tmp_path: Path) -> None:
    """A word that files spell in another way, a percentage, a day: none becomes something else on its way."""
    text = WORDS.replace("  grade_now: {equals: {true: high, false: low}, of: mark > 50}\n", "")
    text = text.replace("quantities:\n", 'quantities:\n  grade_now: {is: \'"high" if mark > 50 else "low"\'}\n')
    rows = [{"engineer": "A", "mark": 63, "hired": "2021-03-01"}, {"engineer": "B", "mark": 7, "hired": "2021-03-02"}]
    first = ir.compile(text=text, period="2026-01").run(rows)
    assert [result["seen"] for result in first.results] == ["low", "low"]
    assert [result["seen_share"] for result in first.results] == [Decimal("0.5")] * 2
    first.save(tmp_path / "2026-01")
    second = ir.compile(text=text, period="2026-02").run(rows, history=[tmp_path])
    assert [result["seen"] for result in second.results] == ["high", "low"]
    assert [result["seen_share"] for result in second.results] == [Decimal("0.63"), Decimal("0.07")]
    assert [str(result["seen_day"]) for result in second.results] == ["2021-03-01", "2021-03-02"]


def test_every_problem_is_worded_in_both_languages(records: Path) -> None:
    problems = refusals(balance, "2026-04", {"A": 1}, history=[records])
    problems += refusals(balance, "2026-03", {"A": 1}, history=[records / "2026-01", records / "none"])
    for problem in problems:
        for language in ("en", "zh"):
            text = message_of(problem, language) + help_of(problem, language)
            assert "…" not in text and "{" not in text


def test_a_name_that_had_a_value_for_each_row_is_none_of_the_person(tmp_path: Path) -> None:
    details = "  sales:\n    belongs_to: engineer\n    inputs:\n      sold: {type: money, range: [0, 100]}\n"
    details += "    quantities:\n      kept: {is: sold / 2, type: money}\n"
    before = BALANCE.replace("details:\n", f"details:\n{details}")
    rows = [{"engineer": "A", "earned": 1}]
    ir.compile(text=before, period="2026-01").run(rows, {"sales": [{"engineer": "A", "sold": 4}]}).save(tmp_path / "r")
    after = BALANCE.replace("quantities:\n", "quantities:\n  kept: {is: earned / 2, type: money}\n")
    after = after.replace("month_earned: earned", "month_earned: earned, month_kept: kept")
    after = after.replace("sum(month_earned)", "sum(month_earned) + sum(month_kept)")
    (problem,) = refusals(balance, "2026-02", {"A": 1}, after, history=[tmp_path])
    assert (problem.code, problem.variant, problem.params["source"]) == ("history-name", "rows", "kept")
