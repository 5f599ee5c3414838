"""Holds steps against the whole company run again: with the claimed value, and with values nearer than that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from attrs import frozen

import incentive_rules as ir
from incentive_rules.engine.summary import Computed
from incentive_rules.model.data import DataRow, People
from incentive_rules.model.levels import PERSON
from incentive_rules.model.nearest_steps import NearestStep
from incentive_rules.model.result import Result
from incentive_rules.played import PlayedGround
from incentive_rules.proving.values import number_at, raw_number, unit_of
from incentive_rules.proving.worlds import World
from incentive_rules.what_if import WhatIfs

Tables = Mapping[str, Sequence[Mapping[str, object]]]


@frozen
class Company:
    """The rows of a company, "" the people, and what became of them."""

    pipeline: ir.Pipeline
    tables: Tables
    people: People
    computed: Computed
    what_ifs: WhatIfs


def company_of(pipeline: ir.Pipeline, tables: Tables) -> Company:
    people = gathered(pipeline, tables)
    computed = pipeline.compute(people)
    return Company(pipeline, tables, people, computed, pipeline.what_ifs(people, computed))


def gathered(pipeline: ir.Pipeline, tables: Tables) -> People:
    groups = {group.name for group in pipeline.scheme.groups}
    details = {name: rows for name, rows in tables.items() if name and name not in groups}
    return pipeline.people(tables[""], details, {name: rows for name, rows in tables.items() if name in groups})


def run_with(company: Company, step: NearestStep, value: object) -> Result | None:
    """What the person gets in the whole company run again with another value in the cell of a step."""
    assert step.row is not None
    rows = list(company.tables[step.table])
    cells = dict(rows[step.row - 1])
    cells[step.column if step.column in cells else step.name] = value
    rows[step.row - 1] = cells
    computed = company.pipeline.compute(gathered(company.pipeline, {**company.tables, step.table: rows}))
    number = next(row.number for row in company.people.rows if row.key == step.key)
    return computed.results[number]


def faults_of(
    company: Company, row: DataRow, steps: Sequence[NearestStep], rng: Random, nearer: int = 3
) -> Iterator[str]:  # fmt: skip
    """What is wrong with these steps of a person; of the nearer values so many are tried, drawn at random."""
    was = company.computed.results[row.number]
    assert was is not None
    for step in steps:
        found = run_with(company, step, step.after)
        if found is None or not found.in_scope:
            yield f"{step}: refused"
            continue
        yield from differing(company, step, was, found)
        for value in nearer_values(company, step, rng, nearer):
            found = run_with(company, step, value)
            if found is not None and found.in_scope and found[step.outcome] != was[step.outcome]:
                yield f"{step}: {value!r} is nearer, and changes {step.outcome}"


def faults_in_worlds(
    company: Company, ground: PlayedGround, row: DataRow, steps: Sequence[NearestStep], rng: Random, nearer: int
) -> Iterator[str]:  # fmt: skip
    """The same, the whole company run again by the engine of worlds, which computes everything anew in each of them."""
    was = company.computed.results[row.number]
    assert was is not None
    worlds: list[World] = []
    whose: list[tuple[NearestStep, object]] = []
    for step in steps:
        assert step.row is not None
        for value in (step.after, *nearer_values(company, step, rng, nearer)):
            worlds.append(World({(step.table, step.row - 1, step.name): value}))
            whose.append((step, value))
    played = ground.play(worlds)
    person = list(ground.keys).index(row.key)
    for number, (step, value) in enumerate(whose):
        found = played.result(number, person)
        if value is not step.after:
            if found is not None and found.in_scope and found[step.outcome] != was[step.outcome]:
                yield f"{step}: {value!r} is nearer, and changes {step.outcome}"
        elif found is None:
            yield f"{step}: refused"
        else:
            yield from differing(company, step, was, found)


def differing(company: Company, step: NearestStep, was: Result, found: Result) -> Iterator[str]:
    """Where a step claims another value than was found."""
    for name in was:
        if company.pipeline.checked.quantity(name).level == PERSON:
            change = step.change(name)
            claimed = was[name] if change is None else change.after
            if found[name] != claimed or (change is not None and change.before != was[name]):
                yield f"{step}: {name} is {found[name]!r}, not {claimed!r}"


def nearer_values(company: Company, step: NearestStep, rng: Random, most: int) -> Iterator[object]:
    """Some of the values between the two of a step."""
    one = company.pipeline.checked.inputs[step.name]
    between = range(1, step.units)
    for units in rng.sample(between, min(most, len(between))):
        if isinstance(step.before, str):
            words = [literal.text for literal in one.definition.one_of]
            sign = 1 if step.direction == "up" else -1
            spelled = dict(one.definition.texts)
            word = words[_word(words, spelled, step.before) + sign * units]
            yield (spelled.get(word) or (word,))[0]
        elif isinstance(step.before, int | float) or hasattr(step.before, "as_tuple"):
            sign = 1 if step.direction == "up" else -1
            yield raw_number(one, number_at(one, step.before) + sign * units * unit_of(one))
        else:
            yield step.before + (step.after - step.before) / step.units * units  # type: ignore[operator]


def _word(words: Sequence[str], spelled: Mapping[str, tuple[str, ...]], text: str) -> int:
    return next(n for n, word in enumerate(words) if text in (word, *spelled.get(word, ())))
