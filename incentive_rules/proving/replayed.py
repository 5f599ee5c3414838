"""Pairs of worlds played once more, each by itself, by the engine and by the referee, before anybody is shown them."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from ..model.checked import Checked
from ..model.result import Result
from ..model.verdict import Change, Counterexample, Happening
from .climb import Twin
from .shown import amount_in, changes_of, counterexample_of
from .space import ONE, Space
from .worlds import PlaysWorlds, Tables, rows_of_world


@frozen(eq=False)
class Replayed:
    """The rows of two worlds, what `who` gets in each, and the `changes` between them."""

    who: str
    one: Tables
    other: Tables
    results: tuple[Result, Result]
    changes: tuple[Change, ...]

    def amounts(self, line: str) -> tuple[Fraction, Fraction]:
        """What a line pays in the two worlds."""
        one, other = self.results
        return amount_in(one, line), amount_in(other, line)


class PairReplay:
    """Who plays worlds again; nothing comes of a pair on which the engines differ, or in which nobody is paid."""

    def __init__(self, checked: Checked, stage: PlaysWorlds) -> None:
        self.checked, self.stage = checked, stage

    def of(self, space: Space, twin: Twin) -> Replayed | None:
        """Both worlds of a twin, as rows that are handed over; one and the same where nothing differs."""
        who, ground = space.people[ONE], space.ground
        one, other = (rows_of_world(ground.tables, world) for world in twin.pair())
        other = one if twin.is_one else other
        if not self.stage.agrees(one, who) or not (twin.is_one or self.stage.agrees(other, who)):
            return None
        first, second = self.stage.play(one).get(who), self.stage.play(other).get(who)
        if first is None or second is None:
            return None
        return Replayed(who, one, other, (first, second), changes_of(self.checked, ground.tables, *twin.pair()))

    def shown(self, pair: Replayed, happening: Happening, line: str, amount: str = "") -> Counterexample | None:
        """The pair as people read it; without an amount it is the change of the line."""
        return counterexample_of(
            self.checked, happening, pair.who, line, pair.changes, pair.one, pair.other, self.stage.play, amount
        )
