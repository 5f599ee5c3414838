"""The people of the shipped samples: each step is what the whole company run again gives, and no nearer one changes it.

By night a thousand people: those of the samples in companies whose facts were drawn anew from their colleagues'.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from random import Random

import pytest

import incentive_rules as ir
from incentive_rules.lang.types import Kind
from incentive_rules.model.terms import Read, walk
from incentive_rules.played import Stage
from tests.what_if.replayed import Company, Tables, company_of, faults_in_worlds, faults_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {
    "service_engineer_1": ("2026-Q1", "engineers", "engineer"),
    "service_engineer_2_zh": ("2026-01", "工程师", "工号"),
}


@cache
def compiled(scheme: str) -> ir.Pipeline:
    return ir.compile(ROOT / f"schemes/{scheme}.yaml", period=SAMPLES[scheme][0])


@cache
def sample(scheme: str) -> Tables:
    pipeline = compiled(scheme)
    known = {one.name for one in (*pipeline.scheme.details, *pipeline.scheme.groups)}
    tables: dict[str, list[dict[str, object]]] = {}
    for file in sorted((ROOT / "schemes/data" / scheme / SAMPLES[scheme][0]).glob("*.csv")):
        with file.open(encoding="utf-8-sig") as text:
            tables[file.stem if file.stem in known else ""] = [dict(row) for row in csv.DictReader(text)]
    carried = [name for name, one in pipeline.checked.inputs.items() if one.definition.carried_from is not None]
    for row in tables[""]:  # as if records of the period before had said so
        row.update(dict.fromkeys(carried, False))
    return tables


def shuffled(scheme: str, rng: Random) -> Tables:
    """Another company: of some cells many rows have what another one has; those that premises tie stay as they are."""
    pipeline = compiled(scheme)
    tied = {part.name for premise in pipeline.checked.premises for part in walk(premise.term) if isinstance(part, Read)}
    movable = {one.definition.column or name for name, one in pipeline.checked.inputs.items()
               if one.facts.type.kind in (Kind.NUMBER, Kind.BOOLEAN) and name not in tied}  # fmt: skip
    made = {}
    for table, rows in sample(scheme).items():
        copies = [dict(row) for row in rows]
        for column in [name for name in copies[0] if name in movable and rng.random() < 0.5]:
            values = [row[column] for row in copies]
            for row in copies:
                row[column] = rng.choice(values) if rng.random() < 0.4 else row[column]
        made[table] = copies
    return made


def tried(company: Company, people: int, steps: int, rng: Random) -> int:
    """How many steps of so many people were tried and found right."""
    rows = [row for row in company.people.rows if company.computed.results[row.number] is not None]
    count = 0
    for row in rng.sample(rows, min(people, len(rows))):
        found = company.what_ifs.of(row)
        chosen = rng.sample(found, min(steps, len(found)))
        faults = [*faults_of(company, row, chosen, rng, 2)]
        assert not faults, faults[0]
        count += len(chosen)
    return count


@pytest.mark.parametrize("scheme", SAMPLES)
def test_steps_of_some_people_are_what_the_whole_company_gives(scheme: str) -> None:
    assert tried(company_of(compiled(scheme), sample(scheme)), 2, 2, Random(3)) > 0


def tried_in_worlds(scheme: str, company: Company, people: int, nearer: int, rng: Random) -> tuple[int, int]:
    """How many people, and how many of their steps, all of them, were tried and found right."""
    ground = Stage(company.pipeline.checked, company.pipeline.plan).ground(company.tables)
    assert ground is not None
    rows = [row for row in company.people.rows if company.computed.results[row.number] is not None]
    rows = rng.sample(rows, min(people, len(rows)))
    count = 0
    for row in rows:
        steps = company.what_ifs.of(row)
        faults = [*faults_in_worlds(company, ground, row, steps, rng, nearer)]
        assert not faults, faults[0]
        count += len(steps)
    return len(rows), count


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", SAMPLES)
def test_so_are_all_steps_of_people_of_another_company(scheme: str) -> None:
    rng = Random(4)
    people, steps = tried_in_worlds(scheme, company_of(compiled(scheme), shuffled(scheme, rng)), 8, 4, rng)
    assert people == 8 and steps > 8


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", SAMPLES)
def test_so_are_those_of_a_thousand_people(scheme: str) -> None:
    """Five hundred of each scheme, in companies of about 65: all their steps, with up to 40 nearer values of each."""
    found, steps = 0, 0
    for seed in range(100):
        if found < 500:
            rng = Random(seed)
            people, claimed = tried_in_worlds(scheme, company_of(compiled(scheme), shuffled(scheme, rng)), 65, 40, rng)
            found, steps = found + people, steps + claimed
    print(f"{scheme}: {found} people, {steps} steps")
    assert found >= 500 and steps > 1_000


def test_known_amounts_of_one_engineer() -> None:
    """One more hour of training, one more day, a third complaint: amounts that were worked out by whole runs."""
    pipeline = compiled("service_engineer_1")
    company = company_of(pipeline, sample("service_engineer_1"))
    steps = company.what_ifs.of_key("G001")
    told = {(step.name, step.direction): (step.before, step.after, str(step.paid.difference)) for step in steps}
    assert told["training_hours", "up"] == (13, 14, "1328.90")
    assert told["complaints", "up"] == (0, 3, "-885.94")
    assert told["days_worked", "up"] == (63, 64, "84.37")
    assert ("training_hours", "down") not in told, "no training at all still leaves a B, and the team bonus at its cap"
