"""Levels: where a value lives, and which level lies above which.

A level is a table: `()` the people, `("work_orders",)` the rows of a detail table, `("department",)` the
groups that a category or a key makes, `("everyone",)` the one row of everybody. A row reads the values of
its owners and of theirs in turn; only aggregates lead the other way. Names are unique, so a level is
known by one name, however deep it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from .scheme import Details, Input, Scheme

Level = tuple[str, ...]

PERSON: Level = ()
EVERYONE: Level = ("everyone",)


@frozen
class Collection:
    """One level: what its rows are, and the levels of their direct owners, the first owner first.

    `sort` is everyone | group | people | details. A group has the name of the category or key of its rows: `table` is
    the `groups:` table with its rows, "" if the values in the data make them.
    """

    level: Level
    sort: str
    owners: tuple[Level, ...]
    table: str = ""


@frozen
class Levels:
    """All levels of a scheme, each after those above it."""

    collections: Mapping[Level, Collection] = field(hash=False)
    _above: Mapping[Level, tuple[Level, ...]] = field(init=False, repr=False, eq=False)

    @_above.default
    def _ways_up(self) -> Mapping[Level, tuple[Level, ...]]:
        return {level: self._found_above(level) for level in self.collections}

    def __contains__(self, level: object) -> bool:
        return level in self.collections

    def __getitem__(self, level: Level) -> Collection:
        return self.collections[level]

    def above(self, level: Level) -> tuple[Level, ...]:
        """Every level that a row of `level` can read, its own first, then owner by owner."""
        return self._above.get(level, ())

    def _found_above(self, level: Level) -> tuple[Level, ...]:
        found: dict[Level, None] = {}
        waiting = [level]
        while waiting:
            top = waiting.pop(0)
            if top not in found and top in self.collections:
                found[top] = None
                waiting.extend(self.collections[top].owners)
        return tuple(found)

    def is_above(self, coarse: Level, fine: Level) -> bool:
        """Whether a row of `fine` can read values of `coarse`: the same level, an owner, or an owner's owner."""
        return coarse == fine or coarse in self.above(fine)

    def meet(self, levels: Iterable[Level]) -> Level | None:
        """The coarsest level whose rows can read all of `levels`; None if there is none, or no single one."""
        wanted = set(levels)
        able = [level for level in self.collections if all(self.is_above(one, level) for one in wanted)]
        coarsest = [one for one in able if not any(o != one and self.is_above(o, one) for o in able)]
        return coarsest[0] if len(coarsest) == 1 else None

    def way(self, fine: Level, coarse: Level) -> tuple[Level, ...]:
        """The levels from `fine` up to `coarse`, both included, each the owner of the one before it."""
        came: dict[Level, Level] = {}
        waiting = [fine]
        while waiting:
            top = waiting.pop(0)
            if top == coarse:
                path = [top]
                while path[-1] != fine:
                    path.append(came[path[-1]])
                return tuple(reversed(path))
            for owner in self.collections[top].owners:
                if owner not in came and owner != fine:
                    came[owner] = top
                    waiting.append(owner)
        raise ValueError(f"{coarse} is not above {fine}")

    def __iter__(self) -> Iterator[Level]:
        return iter(self.collections)


def levels_of(scheme: Scheme) -> Levels:
    """The levels of a scheme: everyone, groups, people, details; each after its owners.

    A group is made by each key of `groups:`, and by each category or further key that no row may lack.
    """
    key = next((i.name for i in scheme.inputs if i.type == "key"), None)
    tables = {group.key: group for group in scheme.groups}
    found: dict[Level, Collection] = {EVERYONE: Collection(EVERYONE, "everyone", ())}

    def groups_of(inputs: Iterable[Input], apart: Iterable[str | None]) -> tuple[Level, ...]:
        """The groups that rows with these inputs belong to, those that they are told apart by left out."""
        made = []
        for one in inputs:
            if one.type in ("category", "key") and not one.can_be_missing and one.name not in apart:
                add_group(one.name)
                made.append((one.name,))
        return tuple(made)

    def add_group(name: str) -> None:
        if (name,) in found:
            return
        table = tables.get(name)
        found[name,] = Collection((name,), "group", (EVERYONE,), table.name if table else "")
        if table is not None:
            owners = groups_of(table.inputs, (name,))
            del found[name,]  # it comes after the groups that it belongs to
            found[name,] = Collection((name,), "group", (EVERYONE, *owners), table.name)

    for name in tables:
        add_group(name)
    of_people = groups_of(scheme.inputs, (key,))
    found[PERSON] = Collection(PERSON, "people", (EVERYONE, *of_people))
    waiting = {d.name: d for d in scheme.details}

    def add_details(table: Details) -> None:
        waiting.pop(table.name, None)
        owners: list[Level] = []
        for word in table.belongs_to or ("",):
            if word in waiting:
                add_details(waiting[word])
            named = next((g.key for g in scheme.groups if word == g.name), word)
            owners.append(PERSON if word == key or (named,) not in found else (named,))
        links = {*table.key, *table.belongs_to, key}
        owners += groups_of(table.inputs, links)
        found[table.name,] = Collection((table.name,), "details", tuple(dict.fromkeys(owners)))

    while waiting:
        add_details(next(iter(waiting.values())))
    return Levels(found)


def most_rows(scheme: Scheme, levels: Levels, source: Level, level: Level) -> int:
    """How many rows of `source` one row of `level`, above it, can own at the most, by the scheme's limits."""
    sort = levels[source].sort
    if sort != "details":
        return scheme.max_people if sort in ("people", "group") else 1
    of_one = PERSON in levels.above(source) and not levels.is_above(PERSON, level) and levels[level].sort != "details"
    return scheme.max_rows_per_person * (scheme.max_people if of_one or level == EVERYONE else 1)


ONE_PERSON = Levels(
    {EVERYONE: Collection(EVERYONE, "everyone", ()), PERSON: Collection(PERSON, "people", (EVERYONE,))}
)
