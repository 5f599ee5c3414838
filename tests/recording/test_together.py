"""Records of runs in which people's pay rests on others: pools, ranks, honours, groups, and who is held."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

import incentive_rules as ir
from incentive_rules.batch import BatchEngine
from incentive_rules.recording.contents import fingerprint_of
from tests.recording.made import codes, compiled, refusals

TEAMS = """\
format: 1
scheme: teams
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  engineer: {type: key}
  department: {type: category}
  jobs: {type: integer, range: [0, 500]}
groups:
  departments:
    key: department
    inputs:
      fund: {type: money, range: [0, 1000000]}
details:
  months:
    belongs_to: engineer
    recorded: {month_jobs: jobs, month_usual: usual, month_place: place}
quantities:
  usual: {is: "coalesce(mean(jobs, within=department), 0)", decimals: 2}
  place: rank(jobs, ties="standard", first="high", within=department)
  year_usual: {is: "coalesce(mean(month_usual), 0)", decimals: 4}
pay:
  part:
    title: Part
    pool: {each: department, amount: fund, in_proportion_to: jobs, cents: largest_remainder}
honors:
  star: {among: jobs > 0, within: department, best_by: [jobs], places: {number: 1}, ties: all, award: 500}
"""
PEOPLE: list[dict[str, object]] = [
    {"engineer": "G1", "department": "南", "jobs": 10},
    {"engineer": "G2", "department": "南", "jobs": 20},
    {"engineer": "G3", "department": "北", "jobs": 5},
]
FUNDS: list[dict[str, object]] = [{"department": "南", "fund": 100}, {"department": "北", "fund": "0.01"}]


def run(period: str = "2026-01", people: Any = PEOPLE, **options: Any) -> Any:
    return compiled(TEAMS, period).run(people, groups={"departments": FUNDS}, **options)


def test_a_run_of_people_together_is_done_again_by_both_engines(tmp_path: Path) -> None:
    run().save(tmp_path / "2026-01")
    found = ir.replay(tmp_path / "2026-01", referee=True)
    assert found.same and found.recomputed == 3
    manifest = json.loads((tmp_path / "2026-01" / "manifest.json").read_text("utf-8"))
    assert manifest["library"]["engine"] == "columns"
    assert [(one["table"], one["file"]) for one in manifest["inputs"]] == [
        ("", "inputs/people.jsonl"), ("departments", "inputs/departments.jsonl"),
    ]  # fmt: skip


def test_the_record_has_pools_honours_and_the_values_of_groups(tmp_path: Path) -> None:
    run().save(tmp_path / "2026-01")
    totals = json.loads((tmp_path / "2026-01" / "totals.json").read_text("utf-8"))
    south = {"name": "part", "group": "南", "amount": "100.00", "paid": "100.00", "remainder": "0.00"}
    assert {**south, "members": 2, "state": "paid"} in totals["pools"]
    star = {"name": "star", "group": "南", "eligible": 2, "places": 1, "empty": 0, "chosen": ["G2"]}
    assert star in totals["honors"]
    assert totals["groups"]["department"]["南"]["usual"] == "15.00"
    record = ir.read_record(tmp_path / "2026-01")
    assert record.value("G1", "part") == Decimal("33.33") and record.value("G2", "star") is True
    assert record.value("G1", "usual") == Decimal("15.00")


def test_the_order_of_rows_decides_nothing(tmp_path: Path) -> None:
    run().save(tmp_path / "first")
    for seed in range(3):
        people = list(PEOPLE)
        Random(seed).shuffle(people)
        other = compiled(TEAMS, "2026-01").run(people, groups={"departments": FUNDS[::-1]})
        other.save(tmp_path / str(seed) / "other")
        for name in ("results.jsonl", "totals.json", "quarantined.json", "names.json"):
            there = tmp_path / str(seed) / "other" / name
            assert there.read_bytes() == (tmp_path / "first" / name).read_bytes(), name


def test_values_of_a_group_are_remembered_with_its_people(tmp_path: Path) -> None:
    run().save(tmp_path / "2026-01")
    more = [{**one, "jobs": 40} for one in PEOPLE]
    second = run("2026-02", more, history=[tmp_path])
    assert {r.key: r["year_usual"] for r in second.results} == {
        "G1": Decimal("27.5"), "G2": Decimal("27.5"), "G3": Decimal("22.5"),
    }  # fmt: skip
    second.save(tmp_path / "2026-02")
    assert ir.replay(tmp_path / "2026-02", referee=True).same


def test_whoever_waits_for_a_refused_row_is_set_aside_in_the_record_too(tmp_path: Path) -> None:
    people = [*PEOPLE, {"engineer": "G4", "department": "南", "jobs": -1}]
    done = run("2026-01", people, on_error="quarantine")
    assert [result.key for result in done.results] == ["G3"]
    done.save(tmp_path / "2026-01")
    record = ir.read_record(tmp_path / "2026-01")
    assert record.set_aside == {"G1", "G2", "G4"}
    assert ir.replay(tmp_path / "2026-01", referee=True).same
    problems = refusals(run, "2026-02", PEOPLE, history=[tmp_path])
    assert ("history-set-aside", "") in codes(problems)


def test_a_correction_of_one_moves_everybody_who_shares_with_them(tmp_path: Path) -> None:
    run().save(tmp_path / "2026-01")
    mended = [{**PEOPLE[0], "jobs": 20}, *PEOPLE[1:]]
    again = run("2026-01", mended)
    differences = again.differences([tmp_path])
    assert [(d.key, d.name, str(d.amount)) for d in differences] == [
        ("G1", "part", "16.67"), ("G1", "award(star)", "500.00"), ("G2", "part", "-16.67"),
    ]  # fmt: skip
    again.save(tmp_path / "corrected", corrects=[tmp_path])
    assert ir.replay(tmp_path / "corrected", referee=True).same


def test_people_whom_only_details_name_are_recorded(tmp_path: Path) -> None:
    text = TEAMS.split("inputs:")[0] + (
        "inputs:\n  engineer: {type: key}\n"
        "details:\n  tickets:\n    belongs_to: engineer\n    inputs:\n      effort: {type: integer, range: [0, 600]}\n"
        "pay:\n  bonus: {amount: 2 * sum(effort)}\n"
    )
    tickets = [{"engineer": "A", "effort": 5}, {"engineer": "B", "effort": 7}, {"engineer": "A", "effort": 1}]
    ir.compile(text=text, period="2026-01").run(details={"tickets": tickets}).save(tmp_path / "2026-01")
    assert ir.read_record(tmp_path / "2026-01").value("A", "net") == Decimal("12.00")
    assert ir.replay(tmp_path / "2026-01").same


@pytest.mark.parametrize("name", ["part", "place"])
def test_a_record_answers_for_values_that_rest_on_others(tmp_path: Path, name: str) -> None:
    done = run()
    done.save(tmp_path / "2026-01")
    record = ir.read_record(tmp_path / "2026-01")
    for result in done.results:
        assert record.value(result.key, name) == result[name]


def test_facts_of_groups_and_of_their_groups_are_remembered_too(tmp_path: Path) -> None:
    text = TEAMS.replace("      fund: {", "      region: {type: category}\n      fund: {")
    regions = "  regions:\n    key: region\n    inputs:\n      level: {type: integer, range: [0, 9]}\n"
    text = text.replace("details:\n", f"{regions}details:\n")
    text = text.replace("month_place: place}", "month_fund: fund, month_level: level}")
    text = text.replace("month_usual: usual, ", "").replace("mean(month_usual)", "sum(month_level)")
    text = text.replace("quantities:\n", "quantities:\n  funds: {is: sum(month_fund), type: money}\n")
    levels = [{"region": "华南", "level": 3}, {"region": "华北", "level": 4}]
    funds = [{**one, "region": f"华{one['department']}"} for one in FUNDS]
    groups = {"departments": funds, "regions": levels}
    first = ir.compile(text=text, period="2026-01").run(PEOPLE, groups=groups)
    first.save(tmp_path / "2026-01")
    record = ir.read_record(tmp_path / "2026-01")
    assert record.value("G1", "fund") == Decimal("100.00") and record.value("G3", "level") == 4
    second = ir.compile(text=text, period="2026-02").run(PEOPLE, groups=groups, history=[tmp_path])
    assert {r.key: (r["funds"], r["year_usual"]) for r in second.results} == {
        "G1": (Decimal("200.00"), Decimal("6")), "G2": (Decimal("200.00"), Decimal("6")),
        "G3": (Decimal("0.02"), Decimal("8")),
    }  # fmt: skip
    second.save(tmp_path / "2026-02")
    assert ir.replay(tmp_path / "2026-02", referee=True).same


@pytest.mark.parametrize("gives", [
    "honors:\n  star: {best_by: [jobs], places: 1, ties: all}\n",
    "entitlements:\n  course: {when: 'coalesce(jobs >= most, false)'}\n",
    "",
])  # fmt: skip
def test_the_fingerprint_of_results_tells_who_gets_what_apart_where_nothing_is_paid(gives: str) -> None:
    head = TEAMS.partition("details:\n")[0]
    most = "quantities:\n  most: max(jobs, over=everyone)\n  is_most: jobs == most\n"
    pipeline = compiled(head + most + gives, "2026-01")
    marks = []
    for jobs in ((10, 20), (20, 10)):
        people = [{**person, "jobs": number} for person, number in zip(PEOPLE, jobs, strict=False)]
        run = pipeline.run(people, groups={"departments": FUNDS})
        marks.append(fingerprint_of(pipeline.checked, run.results))
    assert marks[0] != marks[1]


@pytest.mark.parametrize("word", ["scalar", "lists"])
def test_a_record_of_an_engine_that_had_another_name_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(BatchEngine, "engine", word)
        run().save(tmp_path / "record")
    manifest = json.loads((tmp_path / "record" / "manifest.json").read_text("utf-8"))
    assert manifest["library"]["engine"] == word
    assert ir.replay(tmp_path / "record").same
