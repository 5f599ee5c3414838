"""A referee who does not hear everybody: what is taken as the run has it, and how much may be looked at.

The referee asks for the values of others as it would ask for a cell, and gives up what takes more rows than it may
look at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from attrs import define

from ..model.data import ExactPopulation
from ..model.levels import PERSON, Level, Levels
from ..model.terms import Constant
from .population import Focus, PopulationRows


class TooMuch(Exception):
    """A value that would take more rows than may be looked at, or that the run does not tell."""


class Testimony(Protocol):
    """What a run found of people, by their numbers, and of groups. What it does not know is `TooMuch`."""

    def is_heard_of(self, person: int) -> bool:
        """Whether the values of a person are taken from the run: of one who is not judged."""

    def takes_part(self, person: int) -> bool:
        """Whether a person of whom is heard is in scope."""

    def of_person(self, person: int, name: str) -> Constant:
        """What the run has for a quantity of a person."""

    def of_row(self, person: int, name: str, number: int) -> Constant:
        """What the run has for a quantity of a detail row, by its number among the person's rows."""

    def of_group(self, level: str, key: str, name: str) -> Constant:
        """What the run has for a quantity of a group, or of everyone."""


@define
class Effort:
    """How much was looked at: formulas worked out, and rows of aggregates.

    `most` is meant to be `spent`, and no aggregate is begun that would lead beyond twice as much; none may look at more
    than `largest` rows. None is no end. `watch` is told now and then what was spent.
    """

    most: int | None = None
    largest: int | None = None
    watch: Callable[[int], None] | None = None
    spent: int = 0

    def spend(self, count: int = 1) -> None:
        before, self.spent = self.spent, self.spent + count
        if self.watch is not None and self.spent // 1_000 > before // 1_000:
            self.watch(self.spent)

    def afford(self, rows: int) -> None:
        """Nothing, or `TooMuch` where so many rows are more than is left."""
        left = None if self.most is None else 2 * self.most - self.spent
        if any(bound is not None and rows > bound for bound in (left, self.largest)):
            raise TooMuch(f"{rows} rows")


def focus_of(levels: Levels, population: ExactPopulation, people: Collection[int], largest: int | None) -> Focus:
    """Whose rows will be asked for: these people, the groups that they or their rows are in, and these groups' people.

    Of a group of more than `largest` people nobody is added: its aggregates are not worked out either.
    """
    rows = PopulationRows(levels, population, {PERSON: frozenset(people)})
    found: dict[Level, set[int]] = {PERSON: set(people)}
    for level in (one for one in levels if one in rows and levels.is_above(PERSON, one)):
        mine = {row for person in people for row in rows.owned(PERSON, person, level)}
        found.setdefault(level, set()).update(mine)
        for above in levels.above(level):
            if above in rows and levels[above].sort == "group":
                found.setdefault(above, set()).update(rows.owner(level, row, above) for row in mine)
    groups: Mapping[Level, frozenset[int]] = {
        level: frozenset(numbers) for level, numbers in found.items() if levels[level].sort == "group"
    }
    members = PopulationRows(levels, population, groups)
    for level, numbers in groups.items():
        if levels.is_above(level, PERSON):
            for number in numbers:
                together = members.owned(level, number, PERSON)
                found[PERSON].update(together if largest is None or len(together) <= largest else ())
    return {level: frozenset(numbers) for level, numbers in found.items()}
