"""How many rows each level has, and which row above each of them belongs to: numbers in lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..model.data import Population
from ..model.levels import EVERYONE, PERSON, Level, Levels

Column = Sequence[Any]  # whole numbers, flags or texts


class Frames:
    """The rows of the levels that a population has, numbered from 0.

    `numbers` are the rows' numbers in the population: the same, until some are left out.
    """

    def __init__(
        self,
        levels: Levels,
        numbers: Mapping[Level, Sequence[int]],
        owners: Mapping[tuple[Level, Level], Sequence[int]],
    ) -> None:
        self.levels = levels
        self.numbers = numbers
        self._indexes = dict(owners)
        self._of_people = frozenset(one for one in levels if one == PERSON or PERSON in levels.above(one))

    def size(self, level: Level) -> int:
        return len(self.numbers.get(level, ()))

    def owners(self, level: Level) -> tuple[Level, ...]:
        """The levels of the direct owners of a level's rows."""
        return tuple(owner for owner in self.levels[level].owners if owner in self.numbers)

    def above(self, level: Level) -> tuple[Level, ...]:
        """The levels above the rows of a level, their own not among them."""
        return tuple(above for above in self.levels.above(level)[1:] if above in self.numbers)

    def of_people(self, level: Level) -> bool:
        """Whether a row of this level is a person, or some person's."""
        return level in self._of_people

    def index(self, fine: Level, coarse: Level) -> Sequence[int]:
        """For each row of `fine`, the number of the row of `coarse` above it."""
        if (fine, coarse) not in self._indexes:
            self._indexes[fine, coarse] = self._made(fine, coarse)
        return self._indexes[fine, coarse]

    def _made(self, fine: Level, coarse: Level) -> Sequence[int]:
        if coarse == fine:
            return range(self.size(fine))
        if coarse == EVERYONE:
            return [0] * self.size(fine)
        first = self.levels.way(fine, coarse)[1]
        above = self.index(first, coarse)
        return [above[owner] for owner in self.index(fine, first)]

    def rows_of(self, fine: Level, coarse: Level) -> list[list[int]]:
        """For each row of `coarse`, the rows of `fine` below it, in their order."""
        found: list[list[int]] = [[] for _ in range(self.size(coarse))]
        for row, owner in enumerate(self.index(fine, coarse)):
            found[owner].append(row)
        return found

    def without(self, dropped: Mapping[Level, set[int]]) -> Frames:
        """The rest, numbered anew; no row that stays belongs to one that is left out."""
        kept = {
            level: [row for row in range(self.size(level)) if row not in dropped.get(level, ())]
            for level in self.numbers
        }
        new = {level: {old: number for number, old in enumerate(rows)} for level, rows in kept.items()}
        owners = {
            (fine, coarse): [new[coarse][self._indexes[fine, coarse][row]] for row in kept[fine]]
            for fine, coarse in self._indexes
            if coarse in self.owners(fine)
        }
        return Frames(self.levels, kept, owners)


def frames_of(levels: Levels, population: Population) -> Frames:
    """The rows of a population; everyone is one row."""
    numbers: dict[Level, Sequence[int]] = {}
    owners: dict[tuple[Level, Level], Sequence[int]] = {}
    for level in levels:
        table = population.tables.get(level)
        if level == EVERYONE:
            numbers[level] = range(1)
        elif table is not None:
            numbers[level] = range(len(table))
            direct = ((owner, rows) for owner, rows in table.owners.items() if owner != EVERYONE)
            owners.update({(level, owner): list(map(int, rows)) for owner, rows in direct})
    return Frames(levels, numbers, owners)
