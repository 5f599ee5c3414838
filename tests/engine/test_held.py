"""Whoever is set aside leaves no trace: all others come out as if those rows had never been there, or wait."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.compiling import compile_plan
from incentive_rules.engine.columnar import ColumnarEngine, Outcome
from incentive_rules.model.data import Population, PopulationTable
from incentive_rules.model.levels import EVERYONE, PERSON, Level
from incentive_rules.model.result import Result
from tests.compiling import generated_people
from tests.compiling.generated_people import DEPARTMENT, LEVELS, PROJECT, WORK
from tests.compiling.test_meaning_people import read_or_refuse
from tests.engine.populations import without

BAD = "bad"


def spoilt(random: Random, population: Population) -> Population:
    """Some cells of some rows are bad, at any level."""
    tables = dict(population.tables)
    for level, table in tables.items():
        rows = []
        for row in table.rows:
            names = [name for name in row if name not in ("id", "department")]
            bad = {random.choice(names): BAD} if names and random.random() < 0.12 else {}
            rows.append({**row, **bad})
        tables[level] = evolve(table, rows=tuple(rows))
    return Population(tables)


def keyed(population: Population, outcome: Outcome) -> dict[str, tuple[Result | None, tuple[str, ...]]]:
    """Each person's result or the codes of the problems, by key."""
    codes = [tuple(problem.code for problem in problems) for problems in outcome.problems]
    return dict(zip(population.tables[PERSON].keys, zip(outcome.results, codes, strict=True), strict=True))


def bad_rows(population: Population, level: Level) -> set[int]:
    return {n for n, row in enumerate(population.tables[level].rows) if BAD in row.values()}


@given(st.integers(0, 10**9))
def test_the_refused_leave_no_trace(seed: int) -> None:
    random = Random(seed)
    plan, _ = compile_plan(generated_people.scheme(random))
    if plan is None:
        return
    engine = ColumnarEngine(plan, read_or_refuse)
    whole = spoilt(random, generated_people.population(random, 6))
    first = engine.run(whole)
    found = keyed(whole, first)
    refused = {key for key, (_, codes) in found.items() if codes and codes != ("data-held",)}
    assert refused == expected_refused(whole)
    projects = {whole.tables[PROJECT].keys[n] for n in bad_rows(whole, PROJECT)}
    rest = without(whole, refused, {PROJECT: projects})
    alone = engine.run(rest)
    again = keyed(rest, alone)
    for key, (result, codes) in found.items():
        if result is not None:
            assert again[key] == (result, ())
        else:
            assert codes == ("data-held",) or key in refused
    for level, groups in first.groups.items():
        for key, values in groups.items():
            assert values.items() <= alone.groups[level][key].items()


@given(st.integers(0, 10**9))
def test_neither_do_those_whom_a_premise_refuses(seed: int) -> None:
    """Some premises rest on one person, some on a group; some people are out of scope, and count nowhere."""
    random = Random(seed)
    plan, _ = compile_plan(generated_people.scheme(random, judged=True))
    if plan is None:
        return
    engine = ColumnarEngine(plan, read_or_refuse)
    whole = spoilt(random, generated_people.population(random, 6)) if random.random() < 0.5 else (
        generated_people.population(random, 6)
    )  # fmt: skip
    found = keyed(whole, engine.run(whole))
    refused = {key for key, (_, codes) in found.items() if codes and codes != ("data-held",)}
    outside = {key for key, (result, _) in found.items() if result is not None and not result.in_scope}
    gone = {PROJECT: {whole.tables[PROJECT].keys[n] for n in bad_rows(whole, PROJECT)}}
    rest = without(whole, refused | outside, gone)
    again = keyed(rest, engine.run(rest))
    for key, (result, codes) in found.items():
        if result is not None and result.in_scope:
            assert again[key] == (result, ())
        elif key not in refused | outside:
            assert codes == ("data-held",)
    turned = shuffled(random, whole)
    assert {k: c for k, (_, c) in keyed(turned, engine.run(turned)).items()} == {k: c for k, (_, c) in found.items()}


def expected_refused(population: Population) -> set[str]:
    """The people with a bad row, or with a row that belongs to a bad one."""
    tables = population.tables
    people = bad_rows(population, PERSON)
    work = bad_rows(population, WORK)
    work |= {n for n, project in enumerate(tables[WORK].owners[PROJECT]) if project in bad_rows(population, PROJECT)}
    work |= {tables[("parts",)].owners[WORK][n] for n in bad_rows(population, ("parts",))}
    people |= {tables[WORK].owners[PERSON][n] for n in work}
    return {tables[PERSON].keys[n] for n in people}


@given(st.integers(0, 10**9))
def test_what_the_refused_say_plays_no_part(seed: int) -> None:
    """Another wage of somebody refused changes nothing for anybody."""
    random = Random(seed)
    plan, _ = compile_plan(generated_people.scheme(random))
    if plan is None:
        return
    engine = ColumnarEngine(plan, read_or_refuse)
    population = generated_people.population(random, 5)
    answers = []
    for wage in (0, 50):
        rows = list(population.tables[PERSON].rows)
        rows[0] = {**rows[0], "senior": BAD, "wage": Fraction(wage)}
        tables = {**population.tables, PERSON: evolve(population.tables[PERSON], rows=tuple(rows))}
        outcome = engine.run(Population(tables))
        answers.append((outcome.results, outcome.groups))
    assert answers[0] == answers[1]


@given(st.integers(0, 10**9))
def test_the_order_of_rows_plays_no_part(seed: int) -> None:
    random = Random(seed)
    plan, _ = compile_plan(generated_people.scheme(random))
    if plan is None:
        return
    engine = ColumnarEngine(plan, read_or_refuse)
    population = spoilt(random, generated_people.population(random))
    turned = shuffled(random, population)
    one, other = engine.run(population), engine.run(turned)
    here, there = keyed(population, one), keyed(turned, other)
    assert {k: codes for k, (_, codes) in here.items()} == {k: codes for k, (_, codes) in there.items()}
    for key, (result, _) in here.items():
        if result is not None:
            assert as_set(result) == as_set(there[key][0])
    assert one.groups == other.groups


def as_set(result: Result | None) -> Mapping[str, object]:
    assert result is not None
    return {name: sorted(map(repr, value)) if isinstance(value, tuple) else value for name, value in result.items()}


def shuffled(random: Random, population: Population) -> Population:
    """The same rows in another order, at every level."""
    new: dict[Level, list[int]] = {}
    for level, table in population.tables.items():
        new[level] = random.sample(range(len(table)), len(table))
    tables = {}
    for level, table in population.tables.items():
        order = new[level]
        owners = {
            owner: tuple(new[owner].index(rows[number]) for number in order) for owner, rows in table.owners.items()
        }
        tables[level] = PopulationTable(
            level, tuple(table.rows[n] for n in order), tuple(table.keys[n] for n in order), owners
        )
    return Population(tables)


def test_the_levels_of_these_schemes() -> None:
    """What the tests above go through: rows with two owners, rows of rows, groups with and without a table."""
    assert LEVELS[WORK].owners == (PERSON, PROJECT)
    assert LEVELS[PROJECT].table and not LEVELS[DEPARTMENT].table
    assert EVERYONE in LEVELS.above(("parts",))
