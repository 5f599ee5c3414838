"""Checks the owners of all detail tables together: no circle, one way to each level, a key for rows that own rows."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from itertools import combinations, pairwise

from attrs import evolve

from ...base.diagnostics import Other
from ...base.places import Place
from ...model.levels import EVERYONE, PERSON, Level, levels_of
from ...model.scheme import Details, Scheme
from .findings import LoadingLog

Links = Mapped[tuple[str, str], Place]  # where a table names an owner, by both their names


def without_circles(findings: LoadingLog, tables: tuple[Details, ...], links: Links) -> tuple[Details, ...]:
    """Reports each circle of owners; returns the tables with each circle cut at its last link."""
    owners = {table.name: list(table.belongs_to) for table in tables}
    for table in tables:
        circle = _circle_from(table.name, owners)
        while circle:
            last, first = circle[-1], circle[0]
            others = tuple(Other(links[pair]) for pair in pairwise(circle))
            findings.report(
                "details-circle", links[last, first], "" if len(circle) > 1 else "itself", others=others,
                name=first, path=" → ".join([*circle, first]),
            )  # fmt: skip
            owners[last].remove(first)
            circle = _circle_from(table.name, owners)
    return tuple(evolve(table, belongs_to=tuple(owners[table.name])) for table in tables)


def _circle_from(start: str, owners: Mapped[str, list[str]]) -> list[str]:
    """Tables of which each belongs to the next, and the last to `start`, the first; none if `start` is in no circle."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        for owner in owners[way[-1]]:
            if owner == start:
                return way
            if owner in owners and owner not in seen:
                seen.add(owner)
                ways.append([*way, owner])
    return []


def check_owners(findings: LoadingLog, scheme: Scheme, links: Links) -> None:
    """Reports tables whose rows reach a level in two ways, and tables that own others and have no key."""
    levels = levels_of(scheme)
    key = next((i.name for i in scheme.inputs if i.type == "key"), None)
    by_name = {table.name: table for table in scheme.details}
    for table in scheme.details:
        for owner in table.belongs_to:
            if owner in by_name and not by_name[owner].key:
                others = (Other(by_name[owner].place, f"`{owner}`"),)
                findings.report("details-key", links[table.name, owner], others=others, name=table.name, owner=owner)
        above: dict[str, dict[Level, None]] = {}
        for owner in table.belongs_to:
            level = PERSON if owner == key else (owner,)
            above[owner] = dict.fromkeys(levels.above(level) if level in levels else ())
        for first, second in combinations(table.belongs_to, 2):
            shared = next((x for x in above[second] if x in above[first] and x != EVERYONE), None)
            if shared is not None:
                others = (Other(links[table.name, first], f"`{first}`"),)
                findings.report(
                    "details-two-ways", links[table.name, second], others=others, name=table.name, first=first,
                    second=second, level=shared[0] if shared else key or "",
                )  # fmt: skip
                break
