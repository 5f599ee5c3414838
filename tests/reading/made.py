"""Schemes for the tests of reading, made from nouns without a document, and tables from lines of csv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import dedent

from attrs import evolve

from incentive_rules.base.periods import read_period
from incentive_rules.base.places import Place, Source
from incentive_rules.model.checked import Checked, CheckedInput
from incentive_rules.model.data import DataTable, People, Population
from incentive_rules.model.levels import Level
from incentive_rules.model.scheme import Details, Group, Scheme
from incentive_rules.reading.people import gather
from incentive_rules.reading.population import population_of
from incentive_rules.reading.sources.files import read_bytes
from tests.reading.inputs import word

HERE = Place(Source("scheme.yaml", "inputs:"), 0, 6)


def scheme(
    people: Sequence[CheckedInput],
    details: Mapping[Details, Sequence[CheckedInput]] | None = None,
    groups: Mapping[Group, Sequence[CheckedInput]] | None = None,
    gathered: Sequence[str] = (),
    **says: object,
) -> Checked:
    """A checked scheme that computes nothing: its tables count, and the categories that people are `gathered` by."""
    inputs: dict[str, CheckedInput] = {one.name: one for one in people}
    tables = []
    for table, own in (details or {}).items():
        tables.append(evolve(table, inputs=tuple(one.definition for one in own)))
        inputs |= {one.name: evolve(one, level=(table.name,)) for one in own}
    further = []
    for group, own in (groups or {}).items():
        further.append(evolve(group, inputs=tuple(one.definition for one in own)))
        inputs |= {one.name: evolve(one, level=(group.key,)) for one in own}
    inputs |= {f"group({name})": evolve(word(f"group({name})"), level=(name,)) for name in gathered}
    of_people = tuple(one.definition for one in people)
    made = Scheme("made", HERE, "en", "en", inputs=of_people, details=tuple(tables), groups=tuple(further), **says)  # type: ignore[arg-type]
    return Checked(made, read_period("2026-04"), inputs, (), (), None, {}, {})


def details(name: str, *belongs_to: str, key: tuple[str, ...] = (), **says: object) -> Details:
    return Details(name, belongs_to, (), HERE, key=key, **says)  # type: ignore[arg-type]


def group(name: str, key: str) -> Group:
    return Group(name, key, (), HERE, HERE)


def table(name: str, text: str) -> DataTable:
    """A file: csv, one line of headings, then the rows."""
    found, problems = read_bytes(dedent(text).strip().encode(), f"{name}.csv")
    assert found is not None, problems
    return found


def read(checked: Checked, people: str | None, **further: str) -> People:
    """Everybody in these files."""
    tables = None if people is None else [table("people", people)]
    found, problems = gather(checked, tables, {name: [table(name, text)] for name, text in further.items()})
    assert found is not None, problems
    return found


def population(checked: Checked, people: str | None, **further: str) -> Population:
    found, problems = population_of(checked, read(checked, people, **further))
    assert found is not None, problems
    return found


def refused_tables(checked: Checked, people: str | None, **further: str) -> list[tuple[str, str]]:
    """Why these files cannot be used: code and variant of each problem."""
    tables = None if people is None else [table("people", people)]
    found, problems = gather(checked, tables, {name: [table(name, text)] for name, text in further.items()})
    assert found is None
    return [(p.code, p.variant) for p in problems]


def owned(made: Population, level: Level, owner: Level) -> list[tuple[str, str]]:
    """Each row's key with the key of its owner there."""
    mine, theirs = made.tables[level], made.tables[owner]
    return [(key, theirs.keys[number]) for key, number in zip(mine.keys, mine.owners[owner], strict=True)]
