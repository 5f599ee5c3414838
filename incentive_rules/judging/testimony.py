"""Limits what the referee computes: which values it takes from the run, and how much it may evaluate.

The referee asks for the values of people who are not judged as it would ask for a cell, and gives up values that need
more rows than it may evaluate.
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
    """Raised for a value that needs more rows than may be evaluated, or that the run does not have."""


class Testimony(Protocol):
    """The values that a run has of people, by their numbers, and of groups; `TooMuch` for any that it does not have."""

    def is_heard_of(self, person: int) -> bool:
        """Whether the values of a person are taken from the run: the person is not judged."""

    def takes_part(self, person: int) -> bool:
        """Whether such a person is in scope."""

    def of_person(self, person: int, name: str) -> Constant:
        """The value of a quantity of a person."""

    def of_row(self, person: int, name: str, number: int) -> Constant:
        """The value of a quantity of a detail row, by its number among the person's rows."""

    def of_group(self, level: str, key: str, name: str) -> Constant:
        """The value of a quantity of a group, or of everyone."""


@define
class Effort:
    """Counts what was evaluated: formulas, and rows of aggregates.

    No aggregate is begun that would lead beyond twice `most`; none may run over more than `largest` rows. None is no
    limit. `watch` is called now and then with what was `spent`.
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
        """Raises `TooMuch` if so many rows are more than is left."""
        left = None if self.most is None else 2 * self.most - self.spent
        if any(bound is not None and rows > bound for bound in (left, self.largest)):
            raise TooMuch(f"{rows} rows")


def focus_of(levels: Levels, population: ExactPopulation, people: Collection[int], largest: int | None) -> Focus:
    """The rows whose owned rows will be asked for: these people, their groups, and the people of these groups.

    Of a group of more than `largest` people nobody is added: its aggregates are not computed either.
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
