"""Who reaches what a scheme gives, and which indicators change what somebody gets: one case is proof."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from ..lang.types import Kind
from ..model import terms as t
from ..model.arrays import Flags
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import PERSON
from ..model.scheme import Role
from .climb import NOTHING, Climb, Climber, Numbers, PairJudge, Twin
from .goals import Goal
from .space import COLLEAGUE, ONE, Space
from .work import measured_of
from .worlds import CellAt, PlayedWorlds, World

PAID = (Role.PAY, Role.HONOR, Role.ENTITLEMENT)
WORLDS_AT_ONCE = 60
MOST_PAIRS = 3000  # for one indicator
MOST_CLIMBERS = 4
FAR = 1e9


class Reaching:
    """Who reaches goals, or shows that an indicator counts, on one ground."""

    def __init__(self, checked: Checked, space: Space, starts: Sequence[World], behind: frozenset[str]) -> None:
        self.checked, self.space = checked, space
        self.starts = [world.settled() for world in starts]
        self.climb = Climb(space, space.levers(behind), most_rounds=5)
        self.quantities = {q.name: q for q in checked.quantities}
        self._of_measured: dict[str, list[CellAt]] = {}
        people = {q.name: q for q in checked.quantities if q.level == PERSON and q.due and q.name in behind}
        self._edges = {
            name: [float(edge) * 10 ** (people[name].decimals or 0) for edge in edges]
            for name, edges in space.thresholds.of.items()
            if name in people and people[name].facts.type.kind is Kind.NUMBER
        }

    def worlds(self) -> Iterator[list[World]]:
        """The worlds to begin with, then what each lever makes of them."""
        yield self.starts
        found = [world for start in self.starts for lever in self.climb.levers for choice in range(len(lever))
                 if (world := lever.pulled(start, choice)) is not None]  # fmt: skip
        yield from (found[begin : begin + WORLDS_AT_ONCE] for begin in range(0, len(found), WORLDS_AT_ONCE))

    # ── Goals ─────────────────────────────────────────────────────────────────────────────────────

    def reached(self, goals: Collection[Goal]) -> dict[Goal, World]:
        """A world for each goal that somebody reaches in it."""
        found: dict[Goal, World] = {}
        for worlds in self.worlds():
            self._look(worlds, goals, found)
            if len(found) == len(goals):
                return found
        for goal in [goal for goal in goals if goal not in found]:
            begin = [Climber(Twin(world)) for world in self.starts]

            def judge(
                played: PlayedWorlds, one: Numbers, two: Numbers, goal: Goal = goal
            ) -> tuple[Numbers, Numbers]:
                del two
                there = played.there(ONE)
                has = played.has(goal.name, ONE, goal.value)
                near = self._distance(played, goal)
                return np.where(there, has.astype(float), NOTHING)[one], np.where(there, -near, NOTHING)[one]

            top = self.climb.climb(begin, judge, enough=1)[0]
            if top.amount >= 1:
                found[goal] = top.twin.world
        return found

    def _look(self, worlds: Sequence[World], goals: Collection[Goal], found: dict[Goal, World]) -> None:
        played = self.space.ground.play(worlds)
        self.climb.tried += len(worlds)
        for goal in goals:
            if goal not in found:
                has = np.flatnonzero(played.has(goal.name, ONE, goal.value))
                if len(has):
                    found[goal] = max((worlds[n] for n in has.tolist()), key=lambda world: len(world.without))

    def _distance(self, played: PlayedWorlds, goal: Goal) -> Numbers:
        """How far what the table looks at is from where the goal stands."""
        size = len(played.there(ONE))
        span = self.span(goal)
        if span is None:
            return np.zeros(size)
        name, low, high = span
        scale = 10 ** (self.quantities[name].decimals or 0)
        value = played.column(name, ONE)
        numbers = np.where(value.known, value.values.astype(float), 1e18) / scale
        below = 0 if low is None else np.maximum(0, float(low) - numbers)
        above = 0 if high is None else np.maximum(0, numbers - float(high))
        found: Numbers = np.zeros(size) + below + above
        return found

    def span(self, goal: Goal) -> tuple[str, Fraction | None, Fraction | None] | None:
        """What a table of steps looks at, and between which numbers it must be for the goal."""
        term = self.quantities[goal.name].term
        if not isinstance(term, t.LookUp) or not isinstance(term.keys[0], t.Read) or term.grid.kind not in STEPS:
            return None
        name = term.keys[0].name
        if name not in self.quantities or self.quantities[name].level != PERSON:
            return None
        edges = [(edge, result) for edge, result in term.grid.rows if isinstance(edge, Fraction)]
        rising = term.grid.kind == "from"
        bounds: list[tuple[Fraction | None, Fraction | None, object]] = []
        if rising:
            bounds.append((None, edges[0][0] if edges else None, term.grid.otherwise))
            for place, (edge, result) in enumerate(edges):
                bounds.append((edge, edges[place + 1][0] if place + 1 < len(edges) else None, result))
        else:
            below: Fraction | None = None
            for edge, result in edges:
                bounds.append((below, edge, result))
                below = edge
            bounds.append((below, None, term.grid.otherwise))
        spans = [(low, high) for low, high, result in bounds if result == goal.value]
        return (name, *spans[0]) if len(spans) == 1 else None

    def excluded(self, goal: Goal) -> bool:
        """Whether bounds leave no room for the goal."""
        quantity = self.quantities[goal.name]
        bounds, words = quantity.facts.bounds, quantity.facts.type.values
        if isinstance(goal.value, str) and words is not None and goal.value not in words:
            return True
        if goal.value is None:
            return bounds.low == 0 and bounds.high == 0
        span = self.span(goal)
        if span is None:
            return False
        name, low, high = span
        bounds, is_from = self.quantities[name].facts.bounds, self._is_from(goal)
        if low is not None and bounds.high is not None and (bounds.high < low or (bounds.high == low and not is_from)):
            return True
        return high is not None and bounds.low is not None and (bounds.low > high or (bounds.low == high and is_from))

    def _is_from(self, goal: Goal) -> bool:
        term = self.quantities[goal.name].term
        return isinstance(term, t.LookUp) and term.grid.kind == "from"

    # ── Indicators ────────────────────────────────────────────────────────────────────────────────

    def counting(self, indicators: Collection[str]) -> dict[str, Twin]:
        """For each indicator a twin in which of all scores of indicators only its own differs, and something paid.

        Where no pair that is met pays anything else, those in which only its score differs are brought to a threshold.
        """
        found: dict[str, Twin] = {}
        measured = {name: q for name, q in measured_of(self.checked).items() if name in self.quantities}
        for name in [one for one in indicators if one in measured]:
            judge = self._alone_moved(name, [other for other in measured if other != name])
            begin: list[Climber] = []
            tried = 0
            for close, worlds in ((True, self.starts), *((False, worlds) for worlds in self.worlds())):
                twins = [twin for world in worlds for twin in self._twins(measured[name], world, close)]
                met = self._met(twins[: MOST_PAIRS - tried], judge)
                begin += met
                tried += len(twins)
                if (met and met[0].amount > 0) or tried >= MOST_PAIRS:
                    break
            begin.sort(key=lambda one: (-one.amount, -one.near))
            if begin and begin[0].amount <= 0:
                begin = self.climb.climb(begin[:MOST_CLIMBERS], judge, enough=1)
            if begin and begin[0].amount > 0:
                found[name] = begin[0].twin
        return found

    def _met(self, twins: Sequence[Twin], judge: PairJudge) -> list[Climber]:
        """The best of the twins that are of any use; of those that show it, the smallest world."""
        amounts, near = self.climb.judged(twins, judge)
        lacking = np.array([len(twin.world.without) if amount > 0 else 0
                            for twin, amount in zip(twins, amounts.tolist(), strict=True)])  # fmt: skip
        order = np.lexsort((-near, -lacking, -amounts))[:MOST_CLIMBERS].tolist()
        return [Climber(twins[n], (), float(amounts[n]), float(near[n])) for n in order if amounts[n] != NOTHING]

    def _twins(self, measured: CheckedQuantity, world: World, close: bool) -> Iterator[Twin]:
        """Two values of a cell behind what an indicator measured, neighbours where `close`; or a row more or less."""
        for cell in self._cells(measured):
            values = self.space.values(cell)
            if (cell[0], cell[1]) in world.without or len(values) < 2:
                continue
            far = [(values[0], values[-1]), (values[0], values[1]), (values[-2], values[-1])]
            for before, after in dict.fromkeys(pairwise(values) if close else far):
                yield Twin(world, ((cell, before, after),))
        for table in self.space.details():
            rows = [(table, row) for row in self.space.rows_of(table, ONE) if (table, row) not in world.without]
            yield from (Twin(world, gone_second=frozenset({row})) for row in (rows[:1] if close else rows[-1:]))

    def _cells(self, measured: CheckedQuantity) -> list[CellAt]:
        """The first cells of each input that what an indicator measured rests on, one's own and a colleague's."""
        if measured.name in self._of_measured:
            return self._of_measured[measured.name]
        behind = self.space.graph.behind(measured.name)
        first: dict[object, CellAt] = {}
        for cell in self.space.cells(behind, (ONE, COLLEAGUE)):
            first.setdefault((cell[0], cell[2], self.space.whose(cell[0], cell[1])), cell)
        self._of_measured[measured.name] = list(first.values())
        return self._of_measured[measured.name]

    def _alone_moved(self, name: str, others: Sequence[str]) -> PairJudge:
        """Judges pairs in which this indicator's score differs and no other's: 1 where something that is paid does; and
        how near what moves between the two worlds is to a threshold."""
        paid = [q.name for q in self.checked.quantities if q.definition.role in PAID and q.due and q.level == PERSON]
        above = {one: edges for one, edges in self._edges.items() if name in self.space.graph.behind(one)}

        def judge(played: PlayedWorlds, first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
            def differs(one: str) -> Flags:
                value = played.column(one, ONE)
                known, values = value.known, value.values
                apart: Flags = (known[first] != known[second]) | (known[first] & (values[first] != values[second]))
                return apart

            there, own = played.there(ONE), played.column(name, ONE).known
            fine = there[first] & there[second] & own[first] & own[second] & differs(name)
            for other in others:
                fine &= ~differs(other)
            pays = np.zeros(len(first), bool)
            for line in paid:
                pays |= differs(line)
            near = -_to_a_threshold(above, played, first, second)
            return np.where(fine, pays.astype(float), NOTHING), np.where(fine, near, NOTHING)

        return judge


def _to_a_threshold(
    edges_of: Mapping[str, Sequence[float]], played: PlayedWorlds, first: Numbers, second: Numbers
) -> Numbers:
    """How far the nearest threshold lies outside of what a name moves between two worlds, as a part of it."""
    nearest: Numbers = np.full(len(first), FAR)
    for name, edges in edges_of.items():
        value = played.column(name, ONE)
        numbers = value.values.astype(float)
        low, high = np.minimum(numbers[first], numbers[second]), np.maximum(numbers[first], numbers[second])
        moves = value.known[first] & value.known[second] & (high > low)
        for edge in edges:
            apart = np.maximum(0, np.maximum(low - edge, edge - high)) / max(1.0, abs(edge))
            nearest = np.where(moves, np.minimum(nearest, apart), nearest)
    return nearest


STEPS = ("from", "up_to")
