"""Columns made by hand: the rows of people, each in one of some groups, and what the plan would say of their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import numpy as np

from incentive_rules.engine.columns.cells import CellFacts, Columns, Texts, within
from incentive_rules.engine.columns.index import Index
from incentive_rules.model.arrays import Array
from incentive_rules.model.levels import EVERYONE, PERSON, Collection, Level, Levels
from incentive_rules.model.plan import CellValue

GROUP: Level = ("group",)
LEVELS = Levels({
    EVERYONE: Collection(EVERYONE, "everyone", ()),
    GROUP: Collection(GROUP, "group", (EVERYONE,)),
    PERSON: Collection(PERSON, "people", (EVERYONE, GROUP)),
})  # fmt: skip

# How large numbers are: small ones, those whose sums and products an array does not hold, those that it does not hold;
# and those of which numpy by itself would make numbers without a sign, and of these floats.
SIZES = (3, 40, 2**31, 2**61, 2**64 - 1, 2**70)


class Made:
    """Cells get their numbers in the order in which they are given their values."""

    def __init__(self, owner: Sequence[int], groups: int) -> None:
        self.owner = list(owner)
        self.groups = groups
        self._values: list[tuple[Level, list[CellValue], CellFacts]] = []

    def cell(self, values: Sequence[CellValue], level: Level = PERSON) -> int:
        """A cell with these values; its bounds are theirs."""
        numbers = [value for value in values if type(value) is int]
        kind = int if numbers or not values else type(values[0])
        span = (min(numbers, default=0), max(numbers, default=0)) if kind is int else None
        constant = True if values and all(value is True for value in values) else None
        self._values.append((level, list(values), CellFacts(level, kind, span, constant)))
        return len(self._values) - 1

    def columns(self) -> Columns:
        """The columns of all cells so far."""
        numbers = {EVERYONE: 1, GROUP: self.groups, PERSON: len(self.owner)}
        index = Index(
            LEVELS, {level: np.arange(size) for level, size in numbers.items()},
            {(PERSON, GROUP): np.array(self.owner, np.int64)},
        )  # fmt: skip
        facts: Mapping[int, CellFacts] = {cell: facts for cell, (_, _, facts) in enumerate(self._values)}
        columns = Columns(facts, index, Texts())
        for cell, (_, values, own) in enumerate(self._values):
            columns[cell] = _column([columns.atom(value) for value in values], own)
        return columns

    def rows(self, group: int, where: Sequence[bool]) -> list[int]:
        """The rows of a group where `where`."""
        return [row for row, owner in enumerate(self.owner) if owner == group and where[row]]


def _column(values: list[int | bool], facts: CellFacts) -> Array:
    if facts.kind is bool:
        return np.array(values, bool)
    found = np.empty(len(values), object)
    found[:] = values
    return within(found, facts.span or (0, 0))


def some(random: Random, most_groups: int = 5, most_rows: int = 40) -> Made:
    """Rows in groups at random; groups may be empty, and there may be no rows at all."""
    groups = random.randint(1, most_groups)
    return Made([random.randrange(groups) for _ in range(random.choice((0, 1, random.randint(2, most_rows))))], groups)


def flags(random: Random, count: int) -> list[bool]:
    """Flags that hold everywhere, nowhere, or here and there."""
    share = random.choice((0.0, 1.0, 0.5, 0.8))
    return [random.random() < share for _ in range(count)]


def numbers(random: Random, count: int, size: int, low: int | None = None) -> list[int]:
    """Numbers up to `size`, many of them equal or next to each other."""
    least = -size if low is None else low
    near = [random.randint(least, size) for _ in range(3)]

    def drawn() -> int:
        return random.choice((random.choice(near), random.choice(near) + 1, random.randint(least, size)))

    return [max(least, min(size, drawn())) for _ in range(count)]
