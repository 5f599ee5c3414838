"""What `require` makes known of the rows of each level.

A premise is judged for each row of its own level. So it is known of that row and of all rows below it, and of
no other: what is required of a ticket says nothing about somebody who has none.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from ...model.checked import Premise
from ...model.levels import Level
from ..names.symbols import Symbols
from ..ranges.prover import Assumptions


class Premises:
    """The premises read so far, and the assumptions that they allow of a row."""

    def __init__(self, symbols: Symbols) -> None:
        self.found: list[Premise] = []
        self._levels = symbols.levels
        self._term_facts = symbols.term_facts
        self._known: dict[Level, Assumptions] = {}

    def add(self, premise: Premise) -> None:
        """Join a premise: from now on it is known of its rows."""
        self.found.append(premise)
        self._known.clear()

    def base(self, level: Level) -> Assumptions:
        """The assumptions that hold for each row of `level`."""
        if level not in self._known:
            self._known[level] = self._with(Assumptions(level=level), self.found)
        return self._known[level]

    def below(self, assumptions: Assumptions, level: Level) -> Assumptions:
        """What is known of a row of `level` that belongs to a row of which `assumptions` hold."""
        more = [one for one in self.found if not self._levels.is_above(one.level, assumptions.level)]
        return self._with(evolve(assumptions, level=level), more)

    def _with(self, assumptions: Assumptions, premises: Iterable[Premise]) -> Assumptions:
        for one in premises:
            if self._levels.is_above(one.level, assumptions.level):
                assumptions = self._term_facts.assume(one.term, True, assumptions)
        return assumptions
