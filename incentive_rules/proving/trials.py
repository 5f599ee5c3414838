"""What is found by trying: people at whom a promise breaks, and the largest figures that were met.

A pair is handed on only after the engine played both worlds by themselves and the referee found the same. How much is
tried is bounded by counts, so that a verdict never depends on a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np
from attrs import define, field, frozen

from ..base.numbers import show_number
from ..base.words import both
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import PERSON
from ..model.promises import MOVING
from ..model.scheme import Pool, Role
from ..model.verdict import Counterexample, Happening
from .better import Doubt
from .climb import PairJudge, Twin
from .compared import PayCompared
from .games import Games
from .goals import Goal
from .graph import ReadGraph
from .jumps import Best, LineSearch
from .moved_rows import MovedRows
from .net import decided_lines, net_of
from .ordering import ordered_lines
from .orders import Orders
from .pairs import Loss, PairSearch
from .reached import PAID, Reaching
from .replayed import PairReplay
from .shrink import shrunk
from .space import ONE, Space, worlds_by_levers
from .values import Thresholds
from .work import improvements_of_facts
from .worlds import GROUND, PlaysWorlds, Tables, World

Never = Callable[[str, str | bool | None], bool]  # of a name, a value that nobody has; None for anything but 0
MOST_DOUBTS = 24  # of which each is looked at closely
MOST_ALIKE = 150  # worlds of equal people
BY_BOUNDS = both("its bounds exclude it", "上下限排除了它")
BY_SOLVER = both("a solver proves that nobody can reach it", "经求解器证明，谁也达不到")
MOST_UNPROVED = 3  # pairs of one doubt that the referee may not confirm


@frozen(eq=False)
class Trial:
    """The most that was found of something, of `tried` pairs: so much, and where; nothing was met where it is None.

    Where it takes two pairs to show it the second is in `further`.
    """

    tried: int
    amount: Fraction | None = None
    shown: Counterexample | None = None
    further: tuple[Counterexample, ...] = ()


@define(eq=False)
class Memory:
    """What was reached, in whichever period; and what its bounds exclude in each period in which it was tried."""

    reached: set[Goal] = field(factory=set)
    excluded: dict[Goal, str] = field(factory=dict)  # by which proof, "" where there is none
    counting: set[str] = field(factory=set)
    tried: int = 0


@define(eq=False, slots=False)
class Trials:
    """Everything that is tried on a scheme in one period; `crews` are small populations to begin with.

    `doubts`: whether better work that pays less is searched for; `everything`: whether all else is tried; `exists`:
    whether people are looked for who reach something, of which `memory` knows what other periods found. `wholes` are
    populations with many rows each, `houses` such with as many people as counts and places ask for. `never` asks a
    solver whether nobody can have something, where there is one.
    """

    checked: Checked
    stage: PlaysWorlds
    crews: Iterable[Tables]  # gone through once
    doubts: bool = True
    everything: bool = True
    exists: bool = True
    memory: Memory = field(factory=Memory)
    wholes: Sequence[Tables] = ()
    houses: Iterable[Tables] = ()  # gone through once, where nobody else was found
    never: Never | None = None
    looked_at_doubts: bool = field(default=False, init=False)
    _lines: dict[str, LineSearch | None] = field(factory=dict, init=False)
    _jumps: dict[tuple[str, str, frozenset[str]], Trial] = field(factory=dict, init=False)

    @cached_property
    def replay(self) -> PairReplay:
        return PairReplay(self.checked, self.stage)

    @cached_property
    def graph(self) -> ReadGraph:
        return ReadGraph(self.checked)

    @cached_property
    def thresholds(self) -> Thresholds:
        return Thresholds(self.checked)

    @cached_property
    def tables(self) -> Tables | None:
        """The first population in which somebody is in scope; else the first that is not refused."""
        first: Tables | None = None
        for tables in self.crews:
            ground = self.stage.ground(tables)
            if ground is not None and ground.play([GROUND]).there(ONE)[0]:
                return tables
            first = tables if first is None and ground is not None else first
        return first

    def space(self, names: frozenset[str] | None = None) -> Space | None:
        """The ground for these names, with everything that may differ in it."""
        ground = None if self.tables is None else self.stage.ground(self.tables, names)
        return None if ground is None else Space(self.checked, ground, self.graph, self.thresholds)

    def line(self, name: str) -> LineSearch | None:
        """The search with one line of pay."""
        if name not in self._lines:
            line = next((q for q in self.checked.quantities if q.name == name and q.due), None)
            space = None if line is None else self.space(self.graph.behind(name) | {name})
            self._lines[name] = None if line is None or space is None else LineSearch(self.checked, space, line)
        return self._lines[name]

    @cached_property
    def main_line(self) -> CheckedQuantity | None:
        """The earning that rests on indicators and pays most; else what is paid out."""
        measured = {q.name for q in self.checked.quantities if q.definition.role is Role.MEASURED}
        lines = [q for q in decided_lines(self.checked) if q.definition.pay is not None
                 and q.definition.pay.kind == "earning" and not isinstance(q.definition.body, Pool)
                 and not measured.isdisjoint(self.graph.behind(q.name))]  # fmt: skip
        highs = [(line.facts.bounds.high or Fraction(0), -number, line) for number, line in enumerate(lines)]
        return max(highs, key=lambda one: one[:2])[2] if highs else net_of(self.checked)

    # ── Better work that pays less ────────────────────────────────────────────────────────────────

    def paid_less(self, doubts: Sequence[Doubt]) -> Iterator[Counterexample]:
        """Pairs for doubts that nothing else decided: one among others, and one of somebody who is alone."""
        self.looked_at_doubts = True
        main = self.main_line
        search = None if main is None else self.line(main.name)
        judged = [line.name for line, wanted, _ in PayCompared(self.checked).judged if wanted]
        measured = {q.name for q in self.checked.quantities if q.definition.role is Role.MEASURED}
        names = frozenset(judged).union(measured, *(self.graph.behind(name) for name in judged))
        met: set[bool] = set()  # of which sort somebody was found: alone, or among others
        for space, begin, deeps in self._grounds(names, None if search is None else search.starts()):
            gone = space.alone().without
            for alone in (False, True):
                starts = [one for one in begin if bool(gone and gone <= one.without) is alone]
                if alone in met or (met and deeps == (True,)) or not starts or not doubts:
                    continue
                found = self._first_loss(PairSearch(self.checked, space, starts), doubts, deeps)
                if found is not None:
                    met.add(alone)
                    yield found

    def _grounds(
        self, names: frozenset[str], starts: Sequence[World] | None
    ) -> Iterator[tuple[Space, Sequence[World], Sequence[bool]]]:
        """Where to look, from which worlds, and whether deep: quickly at people with all their rows, then at few."""
        grounds = [self.stage.ground(tables, names) for tables in self.wholes]
        wholes = [Space(self.checked, one, self.graph, self.thresholds) for one in grounds if one is not None]
        for space in wholes:
            yield space, [GROUND, space.alone()], (False,)
        few = self.space(names)
        if few is not None:
            yield few, [GROUND, few.alone()] if starts is None else starts, (False, True)
        houses: list[Space] = []
        for ground in (self.stage.ground(tables, names) for tables in self.houses):
            if ground is not None:
                houses.append(Space(self.checked, ground, self.graph, self.thresholds))
                yield houses[-1], [GROUND], (False,)
        for space in wholes:
            yield space, [GROUND, space.alone()], (True,)
        for space in houses:
            yield space, [GROUND], (True,)

    def _first_loss(
        self, search: PairSearch, doubts: Sequence[Doubt], deeps: Sequence[bool]
    ) -> Counterexample | None:
        for deep in deeps:
            for doubt in doubts[: MOST_DOUBTS if deep else None]:
                for number, loss in enumerate(search.losses(doubt, deep)):
                    found = self._shown_loss(search, doubt, loss)
                    if found is not None:
                        return found
                    if number + 1 >= MOST_UNPROVED:
                        break
        return None

    def _shown_loss(self, search: PairSearch, doubt: Doubt, loss: Loss) -> Counterexample | None:
        def keeps(twins: Sequence[Twin]) -> list[bool]:
            return [bool(amount > 0) for amount in search.loss_of(doubt, twins).tolist()]

        twin = shrunk(search.space, loss.twin, keeps)
        compared = PayCompared(self.checked)
        pair = self.replay.of(search.space, twin)
        if pair is None or not compared.falls(doubt.improvement, *pair.results, doubt.left_out):
            return None
        return self.replay.shown(pair, Happening.PAYS_LESS, compared.line_that_falls(*pair.results))

    # ── How far a line goes ───────────────────────────────────────────────────────────────────────

    def largest_jump(self, name: str, of: str, left_out: Collection[str] = (), limit: Fraction | None = None) -> Trial:
        """The step of one cell that changes a line most; where one breaks the limit, the search ends."""
        search, told = self.line(name), (name, of, frozenset(left_out))
        if told in self._jumps:
            return self._jumps[told]
        if search is None:
            return Trial(0)
        unit = 10 ** (search.line.decimals or 0)
        enough = float("inf") if limit is None else float(limit * unit) + 0.5
        best = search.largest_jump(of == "work", left_out, enough)
        if best is None:
            return Trial(search.tried)
        trial = self._trial(search, best, Happening.JUMPS, limit)
        if limit is None or (trial.amount is not None and trial.amount <= limit):
            self._jumps[told] = trial
        return trial

    def gains(self, way: str, name: str, left_out: Collection[str] = (), limit: Fraction | None = None) -> Trial:
        """The trick that brings most of a line: withholding, splitting or moving; none with a fact that is left out."""
        search = self.line(name)
        if search is None:
            return Trial(0)
        games = Games(search, left_out)
        if way == MOVING:
            return self._moved(search, MovedRows(games))
        if not games.tricks(way):
            return Trial(0, Fraction(0))
        best = games.best(way)
        if best is None:
            return Trial(search.tried)
        return self._trial(search, best, Happening.GAINS, limit, games.gain)

    def _moved(self, search: LineSearch, moves: MovedRows) -> Trial:
        """The row whose move to another period brings most of a line, with the person in both periods."""
        if not moves.rows():
            return Trial(0, Fraction(0))
        best = moves.best()
        sides = () if best is None else ((best.come, Happening.COMES), (best.left, Happening.LEAVES))
        shown: list[tuple[Fraction, Counterexample]] = []
        for twin, happening in sides:
            pair = self.replay.of(search.space, shrunk(search.space, twin, moves.keeps(twin)))
            if pair is None:
                return Trial(search.tried)
            before, after = pair.amounts(search.line.name)
            text = f"{'+' if after > before else ''}{show_number(after - before, search.line.decimals)}"
            found = self.replay.shown(pair, happening, search.line.name, text)
            shown += [] if found is None else [(after - before, found)]
        if len(shown) != 2:
            return Trial(search.tried)
        (came, come), (went, left) = shown
        return Trial(search.tried, came + went, come, (left,))

    def highest(self, name: str) -> Trial:
        """The most that a line pays."""
        search = self.line(name)
        best = None if search is None else search.highest()
        if search is None or best is None:
            return Trial(0)
        return self._trial(search, best, Happening.REACHES, None)

    def _trial(
        self, search: LineSearch, best: Best, happening: Happening, limit: Fraction | None,
        judge: PairJudge | None = None,
    ) -> Trial:  # fmt: skip
        """The simplest pair that shows as much, or, where it breaks a limit, that breaks it."""
        unit = 10 ** (search.line.decimals or 0)
        judge = judge or (search.jump if happening is Happening.JUMPS else search.payout)
        breaks = limit is not None and best.amount > limit * unit
        least = float(limit * unit) + 0.5 if breaks and limit is not None else best.amount

        def keeps(twins: Sequence[Twin]) -> list[bool]:
            return [bool(amount >= least) for amount in search.climb.judged(twins, judge)[0].tolist()]

        tried = search.tried
        pair = self.replay.of(search.space, shrunk(search.space, best.twin, keeps))
        if pair is None:
            return Trial(tried)
        one, other = pair.amounts(search.line.name)
        amount = one if happening is Happening.REACHES else abs(other - one)
        text = show_number(amount, search.line.decimals)
        return Trial(tried, amount, self.replay.shown(pair, happening, search.line.name, text))

    def equal_shares(self, name: str) -> tuple[Fraction, ...]:
        """What people with the same facts get of a pool, in a world where it is not the same."""
        quantity = next((q for q in self.checked.quantities if q.name == name), None)
        space = self.space(self.graph.behind(name) | {name})
        if quantity is None or space is None or quantity.level != PERSON:
            return ()
        alike = space.of_same_groups()
        worlds = [space.all_alike(world) for world in worlds_by_levers(space, self.graph.behind(name))[:MOST_ALIKE]]
        played = space.ground.play(worlds)
        shares = [played.column(name, person) for person in alike]
        there = np.logical_and.reduce([one.known for one in shares])
        values = np.array([np.where(there, one.values, 0) for one in shares])
        apart = np.flatnonzero(there & (values.max(axis=0) != values.min(axis=0)))
        if not len(apart):
            return ()
        unit = 10 ** (quantity.decimals or 0)
        return tuple(Fraction(int(value), unit) for value in values[:, int(apart[0])])

    # ── Orders and plateaus ───────────────────────────────────────────────────────────────────────

    @cached_property
    def orders(self) -> Orders | None:
        """Worlds of one person who differs in work alone."""
        search = self.reaching
        if search is None:
            return None
        return Orders(self.checked, search.space, [GROUND, search.space.alone(), *search.starts[2:3]])

    def overtaken(self, within: Fraction, left_out: Collection[str] = ()) -> Trial:
        """A pair in which the better scores, by more than this, are paid less; what is left out does not differ."""
        orders = self.orders
        if orders is None:
            return Trial(0)
        lines = ordered_lines(self.checked)
        found = orders.overtaken(within, lines, left_out)
        if found.twin is None:
            return Trial(found.tried)
        line = next(q for q in lines if q.name == found.line)
        return self._of_twin(orders.space, found.twin, Happening.PAYS_LESS, line, found.tried)

    def plateau(self, line: CheckedQuantity, left_out: Collection[str] = ()) -> tuple[Trial, Fraction, str]:
        """The longest stretch on which better work leaves the line as it is, and of which indicator."""
        orders = self.orders
        improvements = [one for one in improvements_of_facts(self.checked)
                        if one.sign in ("+", "-") and one.move.name not in left_out]  # fmt: skip
        if orders is None:
            return Trial(0), Fraction(0), ""
        twin, share, name, tried = orders.plateau(line, improvements)
        if twin is None:
            return Trial(tried), share, name
        return self._of_twin(orders.space, twin, Happening.STAYS, line, tried), share, name

    def _of_twin(self, space: Space, twin: Twin, happening: Happening, line: CheckedQuantity, tried: int) -> Trial:
        """What a twin shows, replayed by engine and referee."""
        pair = self.replay.of(space, twin)
        if pair is None:
            return Trial(tried)
        one, other = pair.amounts(line.name)
        return Trial(tried, abs(other - one), self.replay.shown(pair, happening, line.name))

    # ── Who reaches what, and what counts ─────────────────────────────────────────────────────────

    @cached_property
    def reaching(self) -> Reaching | None:
        """Who tries to reach things."""
        wanted = (*PAID, Role.RESULT, Role.GRADE, Role.MEASURED, Role.SCORE, Role.GROUP, Role.COMPOSITE)
        names = {q.name for q in self.checked.quantities if q.definition.role in wanted and q.level == PERSON and q.due}
        behind = frozenset(names).union(*(self.graph.behind(name) for name in names))
        space = self.space(behind)
        main = None if self.main_line is None else self.line(self.main_line.name)
        if space is None:
            return None
        starts = [GROUND, space.alone()] if main is None else main.starts()
        return Reaching(self.checked, space, starts, behind)

    def reach(self, goals: Sequence[Goal]) -> None:
        """Look for somebody who reaches each goal, and remember it; the engine and the referee say so."""
        search = self.reaching
        if search is None:
            return
        before = search.climb.tried
        for goal, world in search.reached([goal for goal in goals if goal not in self.memory.reached]).items():
            if self.replay.of(search.space, Twin(world)) is not None:
                self.memory.reached.add(goal)
        for goal in goals:
            if goal not in self.memory.reached and self.memory.excluded.get(goal, "not tried"):
                self.memory.excluded[goal] = self._excluded(search, goal)
        self.memory.tried += search.climb.tried - before

    def _excluded(self, search: Reaching, goal: Goal) -> str:
        """The proof that nobody reaches a goal, if there is one."""
        if search.excluded(goal):
            return BY_BOUNDS
        return BY_SOLVER if self.never is not None and self.never(goal.name, goal.value) else ""

    def count(self, indicators: Sequence[str]) -> None:
        """Look for a pair that shows that each indicator changes something, and remember those that do."""
        search = self.reaching
        if search is None:
            return
        before = search.climb.tried
        for name, twin in search.counting([one for one in indicators if one not in self.memory.counting]).items():
            if self.replay.of(search.space, twin) is not None:
                self.memory.counting.add(name)
        self.memory.tried += search.climb.tried - before
