"""Which rows are absent from which groups, and how a message tells it.

A row that is refused is absent from everything that it belongs to: its person, its department and that one's region,
everyone. Some rows were refused before they had a place in the population; where such a row does not say to what it
belongs, or says what no table knows, it may belong to any group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest

import numpy as np
from attrs import frozen

from ...base.problems import Problem
from ...base.text import echo, listed
from ...model.arrays import Flags, Ints
from ...model.data import DataRow, Population
from ...model.levels import EVERYONE, PERSON, Level
from ..columns.index import Index
from .refusals import key_in, origin_of
from .taint import LackingRows

MOST_NAMED = 5  # keys in one message


@frozen(order=True)
class Cause:
    """Why values are held: rows of the level `source` are absent from the row of `group` that has this key."""

    group: Level
    key: str
    source: Level


class Absences:
    """The rows of `rest` that lack somebody, and whom they lack.

    Those are known from the start whom the population names as refused; `add` further ones.
    """

    def __init__(self, population: Population, rest: Index) -> None:
        self.population = population
        self._rest = rest
        self._lacking: dict[tuple[Level, Level], dict[int, Cause]] = {}  # by the level of absent rows and one above
        self._whose: dict[Cause, set[str]] = {}
        self._told: dict[Cause, str] = {}
        self._numbered: list[Cause] = []
        self._add_refused_people()
        for level, rows in population.lacking.items():
            if level in rest.numbers:
                self._add_unowned(level, rows)

    def _note(self, source: Level, group: Level, row: int, whose: Iterable[str]) -> None:
        """A row of `group`, by its number in the rest, lacks rows of `source` that are these people's."""
        cause = Cause(group, self._key(group, self._rest.number(group, row)), source)
        self._lacking.setdefault((source, group), {})[row] = cause
        self._whose.setdefault(cause, set()).update(whose)

    def _note_upwards(self, source: Level, group: Level, row: int, whose: Iterable[str]) -> None:
        """A row of `group` lacks rows of `source`, and so does whatever that row belongs to."""
        for level in (group, *self._rest.above(group)):
            self._note(source, level, int(self._rest.up(group, level)[row]), whose)

    # ── Rows of the population ────────────────────────────────────────────────────────────────────

    def add(self, index: Index, gone: Mapping[Level, Flags]) -> None:
        """The rows of `index` that are `gone` are absent from those above them that are still there."""
        for source, flags in gone.items():
            rows = np.flatnonzero(flags)
            whose = [{self._person(index, source, row)} for row in rows.tolist()]
            if not index.of_people(source):
                self._add_rows_of_groups(source, self._places(source, index.numbers[source][rows]), whose)
            for group in index.above(source):
                owners = index.up(source, group)[rows]
                goes = gone[group][owners] if index.of_people(group) else np.zeros(len(rows), bool)
                there = self._places(group, index.numbers[group][owners])
                for name, row, by_itself in zip(whose, there.tolist(), goes.tolist(), strict=True):
                    if by_itself:
                        continue  # the owner is refused as well, and is told of by itself
                    if row >= 0:
                        self._note(source, group, row, name)
                    else:  # the group went with its last row, so it is absent itself
                        self._note(group, EVERYONE, 0, name)

    def _add_rows_of_groups(self, group: Level, there: Ints, whose: Sequence[Iterable[str]]) -> None:
        """Refused groups that are still there lack all rows that belong to them, for these are refused too."""
        below = [source for source in self._rest.numbers if group in self._rest.above(source)]
        for row, name in zip(there.tolist(), whose, strict=True):
            for source in below if row >= 0 else ():
                self._note(source, group, row, name)

    def _places(self, level: Level, numbers: Ints) -> Ints:
        """Where the rows with these numbers in the population are among the rest, -1 where they are not."""
        known = self._rest.numbers[level]
        found = np.searchsorted(known, numbers)
        return np.where(np.isin(numbers, known), found, -1)

    # ── Rows that never had a place in it ─────────────────────────────────────────────────────────

    def _add_refused_people(self) -> None:
        """People who were refused, with all their rows, are absent from the groups that one of these names.

        Of what sort the rows are that name a group is not known: it lacks rows of every sort.
        """
        rest, population = self._rest, self.population
        if not population.refused and not population.held:
            return
        sources = [level for level in rest.numbers if rest.of_people(level)]
        for group, names in {**population.held, EVERYONE: frozenset({""})}.items():
            if group not in rest.numbers:
                continue
            whose, everybody = self._refused_by_key(group)
            keys = self._keys(group)
            for row, key in enumerate(keys):
                if key in names or "" in names:  # "" is any of them
                    for source in sources:
                        if group in rest.above(source):
                            self._note_upwards(source, group, row, whose.get(key, everybody))
            if self._is_made_of_rows(group) and not names <= set(keys):
                self._note(group, EVERYONE, 0, everybody)  # a group of refused people alone is absent itself

    def _refused_by_key(self, group: Level) -> tuple[Mapping[str, Sequence[str]], Sequence[str]]:
        """The names of the refused people by the key of the group that they say is theirs; and the names of all."""
        found: dict[str, list[str]] = {}
        named = [(row, _named(row)) for row, _ in self.population.refused]
        for row, name in named:
            for key in {row.links.get(group[0]), str(row.cells.get(group[0]))} - {None}:
                found.setdefault(str(key), []).append(name)
        return found, [name for _, name in named]

    def _add_unowned(self, level: Level, rows: Iterable[DataRow]) -> None:
        """Refused rows of a level that are no person's are absent from all rows of an owner that they may mean."""
        rest = self._rest
        owners = {one: self._keys(one) for one in rest.owners(level) if one != PERSON}
        places = {one: {key: row for row, key in enumerate(keys)} for one, keys in owners.items()}
        # Of an order that is no person's nobody knows whose it is: some person lacks it.
        unknown = [one for one in rest.numbers if rest.of_people(one)] if rest.of_people(level) else [level]
        for row in rows:
            whose = [_named(row)]
            for owner, known in places.items():
                key = "" if owner == EVERYONE else row.links.get(owner[0])
                if key is not None and key in known:
                    self._note_upwards(level, owner, known[key], whose)
                    continue
                for any_ in known.values() if self._may_be_any(owner, key) else ():
                    self._note_upwards(level, owner, any_, whose)
                for above in (owner, *rest.above(owner)):  # an owner that is not there is absent itself
                    self._note(above, EVERYONE, 0, whose)
            for source in unknown:
                self._note(source, EVERYONE, 0, whose)

    def _may_be_any(self, group: Level, key: str | None) -> bool:
        """Whether nobody knows which group is meant: none is named, or one that its table does not have."""
        if self._rest.levels[group].sort != "group":
            return False
        refused = {row.key for row in self.population.lacking.get(group, ())}
        return key is None or (not self._is_made_of_rows(group) and key not in refused)

    def _is_made_of_rows(self, level: Level) -> bool:
        """Whether a level is groups of which no table says which there are."""
        return self._rest.levels[level].sort == "group" and not self._rest.levels[level].table

    # ── What is told ──────────────────────────────────────────────────────────────────────────────

    def columns(self) -> LackingRows:
        """The causes of the rows that lack somebody, numbered so that the first has the largest number."""
        self._numbered = sorted(self._whose, reverse=True)
        numbers = {cause: number for number, cause in enumerate(self._numbered, 1)}
        found = {}
        for (source, group), causes in self._lacking.items():
            column = found[source, group] = np.zeros(self._rest.size(group), np.int64)
            column[list(causes)] = [numbers[cause] for cause in causes.values()]
        return found

    def problem(self, person: int, number: int) -> Problem:
        """Why the result of a person of the population is held, by the number of the cause."""
        cause = self._numbered[number - 1]
        if cause not in self._told:
            keys = nsmallest(MOST_NAMED + 1, self._whose[cause])
            self._told[cause] = listed((f'"{echo(key)}"' for key in keys), MOST_NAMED, ", ")
        params = {"group": cause.group[0], "value": f'"{echo(cause.key)}"', "refused": self._told[cause]}
        origin = origin_of(self.population, PERSON, person)
        where = None if origin is None else origin.origin
        return Problem(
            "data-held", params, "everyone" if cause.group == EVERYONE else "",
            table="" if where is None else where.table,
            row=None if where is None else where.row,
            line=None if where is None else where.line,
            key=echo(self._key(PERSON, person)),
        )  # fmt: skip

    def _key(self, level: Level, number: int) -> str:
        return key_in(self.population, level, number)

    def _keys(self, level: Level) -> list[str]:
        return [self._key(level, number) for number in self._rest.numbers[level].tolist()]

    def _person(self, index: Index, source: Level, row: int) -> str:
        """The person of a row, or the row itself where it is no person's."""
        level = source
        if index.of_people(source):
            level, row = PERSON, int(index.up(source, PERSON)[row])
        number = index.number(level, row)
        origin = origin_of(self.population, level, number)
        return self._key(level, number) or (str(number + 1) if origin is None else _named(origin))


def _named(row: DataRow) -> str:
    """The key of a row, or where it stands."""
    where = row.origin
    return row.key or (f"{where.table}:{where.line}" if where.line is not None else f"{where.table}#{where.row}")
