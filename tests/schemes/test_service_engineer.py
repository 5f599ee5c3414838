"""The two shipped service engineer schemes: their examples, their data, and the same rules in plain fractions."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.model.run import Run
from incentive_rules.reading.files import read_file
from incentive_rules.running.differences import as_constant
from tests.schemes.by_hand import Row, pay_by_month, pay_by_quarter
from tests.schemes.engines import SCHEMES, Engines, as_fraction

ByHand = Callable[[Row], Mapping[str, object]]

BOTH = pytest.mark.parametrize(
    "name, period, by_hand",
    [("service_engineer_person", "2026-Q2", pay_by_quarter), ("service_engineer_person_zh", "2026-04", pay_by_month)],
    ids=["english", "chinese"],
)


def scheme_and_data(name: str) -> tuple[Path, Path]:
    return SCHEMES / f"{name}.yaml", SCHEMES / "data" / f"{name}.csv"


def paid(name: str, period: str) -> tuple[Run, Engines]:
    scheme, data = scheme_and_data(name)
    pipeline = ir.compile(scheme, period=period)
    table, problems = read_file(data)
    assert table is not None
    assert not problems
    people = pipeline.people(table)
    run, engines = pipeline.run(people), Engines(pipeline)
    for row, result in zip(people.rows, run.results, strict=True):
        engines.agree(result, row, {})
    return run, engines


@BOTH
def test_the_scheme_has_no_error_and_passes_its_examples(name: str, period: str, by_hand: ByHand) -> None:
    scheme, _ = scheme_and_data(name)
    # The one hint: gender is in the data, for the audit, and no formula reads it.
    assert [found.code for found in ir.check(scheme).diagnostics] == ["unused"]
    assert ir.test(scheme).ok


@BOTH
def test_everybody_gets_what_the_same_rules_give_by_hand(name: str, period: str, by_hand: ByHand) -> None:
    run, _ = paid(name, period)
    with scheme_and_data(name)[1].open(encoding="utf-8", newline="") as file:
        rows = {next(iter(row.values())): row for row in csv.DictReader(file)}
    for result in run.results:
        if result.in_scope:
            wanted = by_hand(rows[result.key])
            assert {one: as_constant(result[one]) for one in wanted} == wanted, result.key
    assert [result.key for result in run.results if not result.in_scope] == ["G012"]


@BOTH
def test_a_run_reconciles_with_the_sum_of_its_people(name: str, period: str, by_hand: ByHand) -> None:
    run, _ = paid(name, period)
    summary = run.summary
    assert (summary.read, summary.paid, summary.out_of_scope, summary.quarantined) == (12, 11, 1, 0)
    assert summary.reconciles
    for line, total in summary.totals.items():
        assert Fraction(total) == sum(as_fraction(result[line]) or 0 for result in run.results), line


def test_the_data_show_what_a_scheme_can_do_to_people() -> None:
    """A cap, a veto, a missing survey, half a month: the shipped table is also a tour."""
    run, _ = paid("service_engineer_person", "2026-Q2")
    people = {result.key: result for result in run.results}
    assert people["G004"]["total"] == 70, "three complaints: capped"
    assert people["G008"]["grade"] == "E", "a major accident: vetoed"
    assert people["G007"]["satisfaction"] is people["G007"]["team_spirit"] is ir.MISSING, "no survey, two peers"
    assert people["G006"]["attendance"] == Fraction(1, 2), "half the quarter"
    assert people["G006"]["performance_pay"] == 9000, "15000 x 1.2 x 1/2"
