"""What `require` says, and what is therefore known of the rows of each level.

A premise is judged for each row of its own level. So it is known of that row and of all rows below it, and of
no other: what is required of a ticket says nothing about somebody who has none.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from ...model import scheme as s
from ...model.checked import Premise
from ...model.levels import Level
from ..formulas.calls import Calls
from ..formulas.context import Frame
from ..formulas.reader import unknown
from ..names.level_inference import Inside, level_for, levels_read
from ..names.symbols import World
from ..ranges.prover import Situation


class Premises:
    """The premises read so far, and the situation in which they put the rows of a level."""

    def __init__(self, world: World, calls: Calls) -> None:
        self.found: list[Premise] = []
        self._world = world
        self._calls = calls
        self._known: dict[Level, Situation] = {}
        calls.premises = self

    def base(self, level: Level) -> Situation:
        """What is known of every row of `level`, whoever's it is."""
        if level not in self._known:
            self._known[level] = self._with(Situation(level=level), self.found)
        return self._known[level]

    def below(self, situation: Situation, level: Level) -> Situation:
        """What is known of a row of `level` that belongs to the row of a situation."""
        graph = self._world.levels
        more = [one for one in self.found if not graph.is_above(one.level, situation.level)]
        return self._with(evolve(situation, level=level), more)

    def _with(self, situation: Situation, premises: Iterable[Premise]) -> Situation:
        graph = self._world.levels
        for one in premises:
            if graph.is_above(one.level, situation.level):
                situation = self._calls.knowledge.assume(one.term, True, situation)
        return situation

    def read(self, formulas: Iterable[s.Formula]) -> None:
        """Read further premises, each with the help of those before it; what is wrong with one is reported."""
        for formula in formulas:
            if formula.expression is not None:
                self._read(formula)

    def _read(self, formula: s.Formula) -> None:
        world, calls = self._world, self._calls
        assert formula.expression is not None
        level = level_for(levels_read(formula.expression, world, Inside()), world)
        if level is None:
            world.findings.report("levels-apart", formula.place, name=formula.text.strip())
            return
        before = self.base(level)
        term = calls.condition(formula.expression, Frame(formula=formula, owner="", level=level), before)
        if unknown(term):
            return
        if calls.knowledge.assume(term, True, before).impossible:
            world.findings.report("premise-impossible", formula.place, text=formula.text.strip())
            return
        self.found.append(Premise(formula, term, level))
        self._known.clear()
