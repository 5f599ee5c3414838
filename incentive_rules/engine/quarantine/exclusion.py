"""Who is left out of a population, what the rest looks like without them, and which groups lack somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ...base.problems import Problem
from ...base.text import echo
from ...model.data import DataRow, Population
from ...model.levels import EVERYONE, PERSON, Level
from ...model.plan import Cell
from ..columns.cells import Array
from ..columns.index import Flags, Index, Ints
from .held import Cause, Seeds
from .rejection import Rejected, key_of, origin_of


class Exclusion:
    """The rejected and those out of scope leave `before`; `rest` is everybody else.

    A group that nobody is left in goes too, unless a table of groups brings it.
    """

    def __init__(self, before: Index, rejected: Rejected, outside: Flags, population: Population) -> None:
        """`outside` flags the people out of scope."""
        self.before = before
        self.rejected = rejected
        self._population = population
        self.rest = before.without(self._dropped(outside))

    @property
    def holds(self) -> bool:
        """Whether somebody was set aside, so that what looked at them is held."""
        population = self._population
        return not self.rejected.is_empty or bool(population.refused or population.held or population.lacking)

    def _dropped(self, outside: Flags) -> dict[Level, Flags]:
        before = self.before
        dropped = {level: np.zeros(before.size(level), bool) for level in before.numbers}
        for level, gone in self.rejected.gone.items():
            dropped[level] |= gone
        dropped[PERSON] |= outside
        for level in before.numbers:
            if outside.any() and level != PERSON and before.of_people(level):
                dropped[level] |= dropped[PERSON][before.up(level, PERSON)]
        for group in reversed(tuple(before.numbers)):
            if before.levels[group].sort == "group" and not before.levels[group].table:
                left = np.zeros(before.size(group), bool)
                for level in before.numbers:
                    if group in before.owners(level):
                        left[before.up(level, group)[~dropped[level]]] = True
                dropped[group] |= ~left
        dropped[EVERYONE][:] = False  # there may be nobody left, and then everyone is nobody
        return dropped

    def gone(self, late: Rejected) -> Mapping[Level, frozenset[int]]:
        """The rows above people that do not stand, by their numbers before anybody left."""
        found: dict[Level, frozenset[int]] = {}
        for level, numbers in self.rest.numbers.items():
            if not self.before.of_people(level):
                rows = [_rows(self.rejected, level), numbers[_rows(late, level)]]
                found[level] = frozenset(np.concatenate(rows).tolist())
        return found

    def key(self, person: int) -> str:
        return key_of(self._population, PERSON, person)

    # ── What they hold ────────────────────────────────────────────────────────────────────────────

    def seeds(self, late: Rejected | None = None) -> Seeds:
        """The rows of the rest to which somebody belongs who was set aside, or is now (`late`)."""
        seeds = Seeds()
        self._of_gone(seeds, self.before, self.rejected)
        if late is not None:
            self._of_gone(seeds, self.rest, late)
        self._of_unread(seeds)
        for level, lacking in self._population.lacking.items():
            self._of_lacking(seeds, level, lacking)
        return seeds

    def _new(self, level: Level, number: int) -> int | None:
        """The row of the rest that has this number in the population, if it is still there."""
        row = int(np.searchsorted(self.rest.numbers[level], number))
        return row if row < self.rest.size(level) and self.rest.number(level, row) == number else None

    def _of_gone(self, seeds: Seeds, index: Index, rejected: Rejected) -> None:
        for source in rejected.gone:
            rows = _rows(rejected, source).tolist()
            self._of_rejected_group(seeds, index, source, rows)
            for group in index.above(source):
                above = index.up(source, group)
                with_it = rejected.gone.get(group) if index.of_people(group) else None
                for row in rows:
                    owner = int(above[row])
                    if with_it is not None and with_it[owner]:
                        continue
                    old = index.number(group, owner)
                    new = self._new(group, old)
                    if new is not None:
                        seeds.add(source, group, new, self._key(group, old), [self._whose(index, source, row)])
                    else:  # the group is gone with its last row: whoever looked at all groups looked at it
                        seeds.add(group, EVERYONE, 0, "", [self._whose(index, source, row)])

    def _of_rejected_group(self, seeds: Seeds, index: Index, group: Level, rows: Iterable[int]) -> None:
        """What a rejected group found in its rows is held, where the group is still there."""
        if index.of_people(group):
            return
        below = [one for one in self.rest.numbers if group in self.rest.above(one)]
        for row in rows:
            old = index.number(group, row)
            new = self._new(group, old)
            for source in below if new is not None else ():
                seeds.add(source, group, new or 0, self._key(group, old), [self._whose(index, group, row)])

    def _of_unread(self, seeds: Seeds) -> None:
        """Rows of people that never came so far: they hold the groups that they name."""
        rest, population = self.rest, self._population
        if not population.refused and not population.held:
            return
        held = {**population.held, EVERYONE: frozenset({""})}
        for group, names in held.items():
            if group not in rest.numbers:
                continue
            found = [(row, key) for row, key in enumerate(self._keys(group)) if key in names or "" in names]
            by_key, everybody = self._by_key(group)
            for row, key in found:
                for source in rest.numbers:
                    if rest.of_people(source) and group in rest.above(source):
                        self._upwards(seeds, source, group, row, by_key.get(key, everybody))
            made = rest.levels[group].sort == "group" and not rest.levels[group].table
            if made and names - {key for _, key in found}:
                seeds.add(group, EVERYONE, 0, "", everybody)

    def _of_lacking(self, seeds: Seeds, level: Level, lacking: Sequence[DataRow]) -> None:
        """Rejected rows that belong to no person hold whatever looks at all rows of an owner that they name.

        An owner that is not there is lacking itself; a group that no table knows may be any of them. Of a person
        nobody knows who it is, or of which group.
        """
        rest = self.rest
        if level not in rest.numbers:
            return
        places: Mapping[Level, Mapping[str | None, int]] = {
            one: {key: row for row, key in enumerate(self._keys(one))} for one in rest.owners(level) if one != PERSON
        }
        unknown = [one for one in rest.numbers if rest.of_people(one)] if rest.of_people(level) else [level]
        for row in lacking:
            name = [_shown(row)]
            for owner, rows in places.items():
                key = "" if owner == EVERYONE else row.links.get(owner[0])
                found = [rows[key]] if key in rows else range(rest.size(owner)) if self._is_any(owner, key) else ()
                for number in found:
                    self._upwards(seeds, level, owner, number, name)
                if key not in rows:
                    for above in (owner, *rest.above(owner)):
                        seeds.add(above, EVERYONE, 0, "", name)
            for source in unknown:
                seeds.add(source, EVERYONE, 0, "", name)

    def _is_any(self, level: Level, key: str | None) -> bool:
        """Whether nobody knows which group is meant: none is said, or one that its table does not have."""
        if self.rest.levels[level].sort != "group":
            return False
        refused = {row.key for row in self._population.lacking.get(level, ())}
        return key is None or (bool(self.rest.levels[level].table) and key not in refused)

    def _upwards(self, seeds: Seeds, source: Level, group: Level, row: int, whose: Iterable[str]) -> None:
        """Hold a row of a group, and the groups to which that one belongs."""
        for level in (group, *self.rest.above(group)):
            above = int(self.rest.up(group, level)[row])
            seeds.add(source, level, above, self._key(level, self.rest.number(level, above)), whose)

    def _by_key(self, group: Level) -> tuple[Mapping[str, Sequence[str]], Sequence[str]]:
        """The refused rows that name each row of a group, by its key; and all of them."""
        found: dict[str, list[str]] = {}
        shown = [(row, _shown(row)) for row, _ in self._population.refused]
        for row, name in shown:
            for key in {row.links.get(group[0]), str(row.cells.get(group[0]))} - {None}:
                found.setdefault(str(key), []).append(name)
        return found, [name for _, name in shown]

    def _key(self, level: Level, number: int) -> str:
        return key_of(self._population, level, number)

    def _keys(self, level: Level) -> list[str]:
        """The keys of the rest of a level."""
        return [self._key(level, number) for number in self.rest.numbers[level].tolist()]

    def _whose(self, index: Index, source: Level, row: int) -> str:
        """The person of a row, or the row itself where it is no person's."""
        level = source
        if index.of_people(source):
            level, row = PERSON, int(index.up(source, PERSON)[row])
        number = index.number(level, row)
        origin = origin_of(self._population, level, number)
        return self._key(level, number) or (_shown(origin) if origin is not None else str(number + 1))

    def problem(self, person: int, cause: Cause, seeds: Seeds) -> Problem:
        """Why a person's result is held: which group, and whose rows of it were set aside."""
        origin = origin_of(self._population, PERSON, person)
        params = {"group": cause.group[0], "value": f'"{echo(cause.key)}"', "refused": seeds.refused(cause)}
        where = None if origin is None else origin.origin
        return Problem(
            "data-held", params, "everyone" if cause.group == EVERYONE else "",
            table="" if where is None else where.table,
            row=None if where is None else where.row,
            line=None if where is None else where.line,
            key=echo(self.key(person)),
        )  # fmt: skip


def columns_of(
    rest: Index, before: Index, columns: Mapping[Cell, Array], levels: Mapping[Cell, Level]
) -> Mapping[Cell, Array]:
    """Columns of all rows before some left as those of the rest."""
    if rest is before:
        return columns
    return {cell: column[rest.numbers[levels[cell]]] for cell, column in columns.items()}


def _rows(rejected: Rejected, level: Level) -> Ints:
    """The numbers of the rows of a level that go with the rejected."""
    flags = rejected.gone.get(level)
    return np.zeros(0, np.int64) if flags is None else np.flatnonzero(flags)


def _shown(row: DataRow) -> str:
    """The key of a row, or where it stands."""
    where = row.origin
    return row.key or (f"{where.table}:{where.line}" if where.line is not None else f"{where.table}#{where.row}")
