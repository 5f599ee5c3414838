"""How many rows each level has, and which row above each of them belongs to: numbers in lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..model.data import Population
from ..model.levels import EVERYONE, Level, Levels

Column = Sequence[Any]  # whole numbers, flags or texts


class Frames:
    """The rows of all levels, numbered from 0.

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

    def size(self, level: Level) -> int:
        return len(self.numbers[level])

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
            if coarse in self.levels[fine].owners
        }
        return Frames(self.levels, kept, owners)


def frames_of(levels: Levels, population: Population) -> Frames:
    """The rows of a population; a level without a table has none, and everyone is one row."""
    numbers: dict[Level, Sequence[int]] = {}
    owners: dict[tuple[Level, Level], Sequence[int]] = {}
    for level in levels:
        table = population.tables.get(level)
        numbers[level] = range(1 if level == EVERYONE else len(table) if table is not None else 0)
        for owner in levels[level].owners:
            if owner != EVERYONE and table is not None:
                owners[level, owner] = table.owners[owner]
            else:
                owners[level, owner] = [0] * len(numbers[level])
    return Frames(levels, numbers, owners)
