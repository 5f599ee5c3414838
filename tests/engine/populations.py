"""Populations made by hand: rows of people, of details by their person's number, of groups by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from incentive_rules.model.data import Population, PopulationTable
from incentive_rules.model.levels import EVERYONE, PERSON, Level, Levels

Row = Mapping[str, object]


def population(
    levels: Levels,
    people: Sequence[Row],
    details: Mapping[str, Sequence[tuple[object, Row]]] | None = None,
    groups: Mapping[str, Mapping[str, Row]] | None = None,
    key: str = "",
    held: Mapping[Level, frozenset[str]] | None = None,
) -> Population:
    """People with their groups as cells; details as pairs of owner and row, the owner a number or several by level.

    Groups without rows of their own are those that the people name, in the order in which they are met.
    """
    tables: dict[Level, PopulationTable] = {EVERYONE: PopulationTable(EVERYONE, ({},), ("",))}
    keys: dict[Level, list[str]] = {}
    for level in levels:
        if levels[level].sort == "group":
            name = level[0]
            given = (groups or {}).get(name)
            met = [
                str(row[name])
                for row in [*people, *(r for rows in (groups or {}).values() for r in rows.values())]
                if name in row
            ]
            met += [str(row[name]) for rows in (details or {}).values() for _, row in rows if name in row]
            keys[level] = list(given) if given is not None else list(dict.fromkeys(met))
    for level in levels:
        if levels[level].sort == "group":
            given = (groups or {}).get(level[0]) or {}
            rows = [given.get(one, {}) for one in keys[level]]
            owners = {
                owner: tuple(keys[owner].index(str(row[owner[0]])) for row in rows)
                for owner in levels[level].owners
                if owner != EVERYONE
            }
            tables[level] = PopulationTable(level, tuple(rows), tuple(keys[level]), owners)
    above = [owner for owner in levels[PERSON].owners if owner != EVERYONE]
    tables[PERSON] = PopulationTable(
        PERSON, tuple(people), tuple(str(row.get(key, "")) for row in people),
        {owner: tuple(keys[owner].index(str(row[owner[0]])) for row in people) for owner in above},
    )  # fmt: skip
    for name, rows in (details or {}).items():
        level = (name,)
        owners = {}
        for owner in levels[level].owners:
            if owner in keys:
                owners[owner] = tuple(keys[owner].index(str(row[owner[0]])) for _, row in rows)
            elif owner != EVERYONE:
                owners[owner] = tuple(int(str(number)) for number, _ in rows)
        tables[level] = PopulationTable(level, tuple(row for _, row in rows), ("",) * len(rows), owners)
    return Population(tables, held=held or {})


def without(population: Population, people: set[str], groups: Mapping[Level, set[str]]) -> Population:
    """The population without some people, by key, and some groups, and without whatever belongs to them.

    A group of those that the people name goes with its last row.
    """
    gone: dict[Level, set[int]] = {}
    for level, table in population.tables.items():
        names = people if level == PERSON else groups.get(level, set())
        gone[level] = {n for n, key in enumerate(table.keys) if key in names}
    for level, table in population.tables.items():
        for owner, rows in table.owners.items():
            if owner != EVERYONE and gone[owner]:
                gone[level] |= {n for n, above in enumerate(rows) if above in gone[owner]}
    for level, table in population.tables.items():
        if not any(table.rows) and level != EVERYONE:  # groups that bring nothing of their own
            met = {
                rows[n]
                for below, one in population.tables.items()
                for owner, rows in one.owners.items()
                if owner == level
                for n in range(len(one))
                if n not in gone[below]
            }
            gone[level] |= set(range(len(table))) - met
    kept = {level: [n for n in range(len(table)) if n not in gone[level]] for level, table in population.tables.items()}
    tables = {
        level: PopulationTable(
            level, tuple(table.rows[n] for n in kept[level]), tuple(table.keys[n] for n in kept[level]),
            {o: tuple(kept[o].index(rows[n]) for n in kept[level]) for o, rows in table.owners.items()},
        )
        for level, table in population.tables.items()
    }  # fmt: skip
    return Population(tables)
