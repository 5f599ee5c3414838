"""Who is left out of a population, what the rest looks like without them, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..base.problems import Problem
from ..base.text import echo
from ..model.data import DataRow, Population
from ..model.levels import EVERYONE, PERSON, Level
from ..model.plan import Cell
from .lists_frames import Column, Frames
from .lists_held import Cause, Seeds
from .lists_standing import Refused, key_of, origin_of


class Leaving:
    """The refused and those out of scope leave `before`; `rest` is everybody else.

    A group that nobody is left in goes too, unless a table of groups brings it.
    """

    def __init__(self, before: Frames, refused: Refused, outside: Sequence[int], population: Population) -> None:
        self.before = before
        self.refused = refused
        self._population = population
        dropped = self._dropped(outside)
        self.rest = before.without(dropped) if any(dropped.values()) else before
        self._numbers = {
            level: {old: new for new, old in enumerate(self.rest.numbers[level])} for level in before.numbers
        }
        self._left = any(dropped.values())

    @property
    def holds(self) -> bool:
        """Whether somebody was set aside, so that what looked at them is held."""
        population = self._population
        return any(self.refused.gone.values()) or bool(population.refused or population.held or population.lacking)

    def _dropped(self, outside: Sequence[int]) -> dict[Level, set[int]]:
        before = self.before
        dropped = {level: set(self.refused.gone.get(level, ())) for level in before.numbers}
        dropped[PERSON].update(outside)
        for level in before.numbers:
            if outside and level != PERSON and before.of_people(level):
                owner = before.index(level, PERSON)
                dropped[level].update(row for row, person in enumerate(owner) if person in dropped[PERSON])
        for group in reversed(tuple(before.numbers)):
            if before.levels[group].sort == "group" and not before.levels[group].table:
                met = set[int]()
                for level in before.numbers:
                    if group in before.owners(level):
                        rows = enumerate(before.index(level, group))
                        met.update(above for row, above in rows if row not in dropped[level])
                dropped[group].update(row for row in range(before.size(group)) if row not in met)
        dropped[EVERYONE].clear()  # there may be nobody left, and then everyone is nobody
        return dropped

    def columns(self, columns: Mapping[Cell, Column], levels: Mapping[Cell, Level]) -> Mapping[Cell, Column]:
        """The columns of the rest."""
        if not self._left:
            return columns
        return {cell: [column[row] for row in self.rest.numbers[levels[cell]]] for cell, column in columns.items()}

    def gone(self, late: Refused) -> Mapping[Level, frozenset[int]]:
        """The rows above people that do not stand, by their numbers before anybody left."""
        found: dict[Level, frozenset[int]] = {}
        for level, numbers in self.rest.numbers.items():
            if not self.before.of_people(level):
                later = {numbers[row] for row in late.gone.get(level, ())}
                found[level] = frozenset(self.refused.gone.get(level, ())) | later
        return found

    def key(self, person: int) -> str:
        return key_of(self._population, PERSON, person)

    # ── What they hold ────────────────────────────────────────────────────────────────────────────

    def seeds(self, late: Refused | None = None) -> Seeds:
        """The rows of the rest to which somebody belongs who was set aside, or is now (`late`)."""
        seeds = Seeds()
        self._of_gone(seeds, self.before, self.refused.gone)
        if late is not None:
            self._of_gone(seeds, self.rest, late.gone)
        self._of_unread(seeds)
        for level, lacking in self._population.lacking.items():
            self._of_lacking(seeds, level, lacking)
        return seeds

    def _of_gone(self, seeds: Seeds, frames: Frames, gone: Mapping[Level, set[int]]) -> None:
        for source, rows in gone.items():
            self._of_refused_group(seeds, frames, source, rows)
            for group in frames.above(source):
                index = frames.index(source, group)
                with_it = gone.get(group, set()) if frames.of_people(group) else ()
                for row in rows:
                    if index[row] in with_it:
                        continue
                    old = frames.numbers[group][index[row]]
                    new = self._numbers[group].get(old)
                    if new is not None:
                        seeds.add(source, group, new, self._key(group, old), [self._whose(frames, source, row)])
                    else:  # the group is gone with its last row: whoever looked at all groups looked at it
                        seeds.add(group, EVERYONE, 0, "", [self._whose(frames, source, row)])

    def _of_refused_group(self, seeds: Seeds, frames: Frames, group: Level, rows: Iterable[int]) -> None:
        """What a refused group found in its rows is held, where the group is still there."""
        if frames.of_people(group):
            return
        below = [one for one in self.rest.numbers if group in self.rest.above(one)]
        for row in rows:
            old = frames.numbers[group][row]
            new = self._numbers[group].get(old)
            for source in below if new is not None else ():
                seeds.add(source, group, new or 0, self._key(group, old), [self._whose(frames, group, row)])

    def _of_unread(self, seeds: Seeds) -> None:
        """Rows of people that never came so far: they hold the groups that they name."""
        rest, population = self.rest, self._population
        if not population.refused and not population.held:
            return
        held = {**population.held, EVERYONE: frozenset({""})}
        for group, names in held.items():
            if group not in rest.numbers:
                continue
            rows = [(row, self._key(group, old)) for row, old in enumerate(rest.numbers[group])]
            found = [(row, key) for row, key in rows if key in names or "" in names]
            by_key, everybody = self._by_key(group)
            for row, key in found:
                for source in rest.numbers:
                    if rest.of_people(source) and group in rest.above(source):
                        self._upwards(seeds, source, group, row, by_key.get(key, everybody))
            made = rest.levels[group].sort == "group" and not rest.levels[group].table
            if made and names - {key for _, key in found}:
                seeds.add(group, EVERYONE, 0, "", everybody)

    def _of_lacking(self, seeds: Seeds, level: Level, lacking: Sequence[DataRow]) -> None:
        """Rows that are nobody's and cannot stand hold whatever looks at all rows of an owner that they name.

        An owner that is not there is lacking itself; a group that no table knows may be any of them. Of a person
        nobody knows who it is, or of which group.
        """
        rest = self.rest
        if level not in rest.numbers:
            return
        places = {one: self._places(one) for one in rest.owners(level) if one != PERSON}
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
            above = self.rest.index(group, level)[row]
            seeds.add(source, level, above, self._key(level, self.rest.numbers[level][above]), whose)

    def _places(self, level: Level) -> Mapping[str | None, int]:
        """The rows of a level by key."""
        return {self._key(level, old): row for row, old in enumerate(self.rest.numbers[level])}

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

    def _whose(self, frames: Frames, source: Level, row: int) -> str:
        """The person of a row, or the row itself where it is no person's."""
        level = source
        if frames.of_people(source):
            level, row = PERSON, frames.index(source, PERSON)[row]
        number = frames.numbers[level][row]
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


def _shown(row: DataRow) -> str:
    """The key of a row, or where it stands."""
    where = row.origin
    return row.key or (f"{where.table}:{where.line}" if where.line is not None else f"{where.table}#{where.row}")
