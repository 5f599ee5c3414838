"""How many rows each level has, and which row above each of them belongs to."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...model.arrays import Flags, Ints
from ...model.data import Population
from ...model.levels import EVERYONE, PERSON, Level, Levels


class Index:
    """The rows of the levels that a population has, numbered from 0.

    `numbers` are the rows' numbers in the population: the same, until some are left out. `owners` leads from a level
    and that of a direct owner to the number of each row's owner.
    """

    def __init__(
        self, levels: Levels, numbers: Mapping[Level, Ints], owners: Mapping[tuple[Level, Level], Ints]
    ) -> None:
        self.levels = levels
        self.numbers = numbers
        self._up = dict(owners)
        self._below: dict[tuple[Level, Level], Ints] = {}
        self._of_people = frozenset(one for one in levels if one == PERSON or PERSON in levels.above(one))

    def size(self, level: Level) -> int:
        return len(self.numbers[level]) if level in self.numbers else 0

    def number(self, level: Level, row: int) -> int:
        """The number of a row in the population."""
        return int(self.numbers[level][row])

    def owners(self, level: Level) -> tuple[Level, ...]:
        """The levels of the direct owners of a level's rows."""
        return tuple(owner for owner in self.levels[level].owners if owner in self.numbers)

    def above(self, level: Level) -> tuple[Level, ...]:
        """The levels above the rows of a level, their own not among them."""
        return tuple(above for above in self.levels.above(level)[1:] if above in self.numbers)

    def of_people(self, level: Level) -> bool:
        """Whether a row of this level is a person, or some person's."""
        return level in self._of_people

    def up(self, fine: Level, coarse: Level) -> Ints:
        """For each row of `fine`, the number of the row of `coarse` above it."""
        if (fine, coarse) not in self._up:
            self._up[fine, coarse] = self._found(fine, coarse)
        return self._up[fine, coarse]

    def _found(self, fine: Level, coarse: Level) -> Ints:
        if coarse == fine:
            return np.arange(self.size(fine))
        if coarse == EVERYONE and self.size(EVERYONE) == 1:
            return np.broadcast_to(np.int64(0), self.size(fine))
        first = self.levels.way(fine, coarse)[1]
        return self.up(first, coarse)[self.up(fine, first)]

    def counts(self, fine: Level, coarse: Level) -> Ints:
        """How many rows of `fine` each row of `coarse` has below it."""
        return np.bincount(self.up(fine, coarse), minlength=self.size(coarse))

    def places(self, fine: Level, coarse: Level) -> Ints:
        """Of each row of `fine` its place, from 1, among those below the same row of `coarse`."""
        if (fine, coarse) not in self._below:
            order = np.argsort(self.up(fine, coarse), kind="stable")
            begins = np.cumsum(self.counts(fine, coarse)) - self.counts(fine, coarse)
            places = np.empty(len(order), np.int64)
            places[order] = np.arange(1, len(order) + 1) - begins[self.up(fine, coarse)[order]]
            self._below[fine, coarse] = places
        return self._below[fine, coarse]

    def without(self, dropped: Mapping[Level, Flags]) -> Index:
        """The rest, numbered anew; no row that stays belongs to one that is left out."""
        if not any(flags.any() for flags in dropped.values()):
            return self
        stays = {level: np.ones(self.size(level), bool) for level in self.numbers}
        stays |= {level: ~flags for level, flags in dropped.items()}
        kept = {level: np.flatnonzero(flags) for level, flags in stays.items()}
        new = {level: np.cumsum(flags) - 1 for level, flags in stays.items()}
        owners = {
            (fine, coarse): new[coarse][rows[kept[fine]]]
            for (fine, coarse), rows in self._up.items()
            if coarse in self.owners(fine)
        }
        return Index(self.levels, {level: self.numbers[level][rows] for level, rows in kept.items()}, owners)


def index_of(levels: Levels, population: Population) -> Index:
    """The rows of a population; everyone is one row."""
    numbers: dict[Level, Ints] = {}
    owners: dict[tuple[Level, Level], Ints] = {}
    for level in levels:
        table = population.tables.get(level)
        if level == EVERYONE:
            numbers[level] = np.arange(1)
        elif table is not None:
            numbers[level] = np.arange(len(table))
            for owner, rows in table.owners.items():
                if owner != EVERYONE:
                    owners[level, owner] = np.asarray(rows, np.int64)
    return Index(levels, numbers, owners)
