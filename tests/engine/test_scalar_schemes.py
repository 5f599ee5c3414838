"""The schemes of this repository, person by random person: the generated Python and the referee agree to the digit."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

import incentive_rules as ir
from incentive_rules.engine.scalar import ScalarEngine
from incentive_rules.judging.judge import referee
from incentive_rules.lang.types import Kind
from incentive_rules.model.plan import PlanInput
from incentive_rules.model.result import MISSING, Result
from incentive_rules.reading.cells.cell import read_cell
from tests.compiling.invariants import plan_faults

ROOT = Path(__file__).resolve().parents[2]
# They need people together, and have tests of their own.
TOGETHER = {"hac_fy2024.yaml", "it_service_desk.yaml", "service_engineer_1.yaml", "service_engineer_2_zh.yaml"}
ALL = [*sorted((ROOT / "schemes").glob("*.yaml")), ROOT / "tests" / "benchmarks" / "ten_indicators.yaml"]
SCHEMES = [path for path in ALL if path.name not in TOGETHER]
PEOPLE = 40


def pipeline_of(path: Path) -> ir.Pipeline:
    report = ir.check(path)
    assert report.ok and report.scheme is not None, str(report)
    first, kind = report.scheme.first_day, report.scheme.period_kind.value
    period = {"month": f"{first.year}-{first.month:02}", "quarter": f"{first.year}-Q{first.month // 3 + 1}"}
    return ir.compile(path, period=period.get(kind, str(first.year)))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_scheme_is_of_one_person_alone_or_of_people_together(path: Path) -> None:
    """So that none falls between this file's tests and those of people together."""
    assert pipeline_of(path).plan.is_alone is (path.name not in TOGETHER)


def raw(random: Random, one: PlanInput) -> Fraction | str | bool | int | None:
    """A value as the referee takes it: often an end of the range, sometimes missing."""
    if one.known is not None and random.random() < 0.3:
        return None
    match one.type.kind:
        case Kind.BOOLEAN:
            return random.random() < 0.5
        case Kind.CATEGORY | Kind.KEY:
            return random.choice(sorted(one.type.values or {f"E{random.randint(0, 99)}"}))
    assert one.low is not None
    assert one.high is not None
    low, high = one.low, min(one.high, one.low + random.choice([3, 300, 10**6, 10**12]))
    number = random.choice([low, one.high, random.randint(low, high), random.randint(low, high)])
    return Fraction(number, 10**one.decimals) if one.type.kind is Kind.NUMBER else number


def for_the_engine(one: PlanInput, value: Fraction | str | bool | int | None) -> object:
    if value is None or one.type.kind not in (Kind.DATE, Kind.TIME):
        return value * (100 if one.checked.definition.percent else 1) if isinstance(value, Fraction) else value
    days, minutes = (int(value), 0) if one.type.kind is Kind.DATE else divmod(int(value), 1440)
    if one.type.kind is Kind.DATE:
        return date.fromordinal(days)
    clock = time(*divmod(minutes, 60))
    return datetime.combine(date.fromordinal(days), clock) if days else clock


def plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(plain(one) for one in value)
    if isinstance(value, datetime):
        return value.toordinal() * 1440 + value.hour * 60 + value.minute
    if isinstance(value, date):
        return value.toordinal()
    return None if value is MISSING else value


@pytest.mark.sampled(1)
@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: str(path.stem))
def test_engine_and_referee_agree(path: Path) -> None:
    pipeline = pipeline_of(path)
    assert plan_faults(pipeline.plan) == ()
    engine, random, paid = ScalarEngine(pipeline.plan, read_cell), Random(path.stem), 0
    inputs = pipeline.plan.inputs
    for _ in range(PEOPLE):
        values = {one.name: raw(random, one) for one in inputs if not one.level}
        tables = {
            name: [
                {one.name: raw(random, one) for one in inputs if one.level == (name,)}
                for _ in range(random.randint(0, 5))
            ]
            for name in pipeline.plan.details
        }
        by_name = {one.name: one for one in inputs}
        row = {name: for_the_engine(by_name[name], value) for name, value in values.items()}
        rows = {t: [{n: for_the_engine(by_name[n], v) for n, v in r.items()} for r in rs] for t, rs in tables.items()}
        found = engine.score(row, rows or None)
        judged = referee(pipeline.checked, values, tables)
        assert isinstance(found, tuple) is bool(judged.broken), (found, judged.broken)
        if isinstance(found, Result):
            paid += 1
            assert {n: plain(found[n]) for n in judged.values} == dict(judged.values)
            assert judged.outside == ()
            for line in found.lines.values():
                assert line.state == judged.states[line.name]
    assert paid or pipeline.plan.checks
