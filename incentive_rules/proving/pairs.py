"""The search for a pair: somebody who does better in one fact, and is paid less.

One fact of one row goes from its worst value to its best, in many worlds at once: those to begin with, and what each
lever makes of them. Where a line falls between two values, or something crosses a threshold, the two are brought
together until no step lies between them. What moves and crosses nothing is brought to a threshold by a climb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from attrs import evolve, frozen

from ..lang.types import Kind
from ..model.checked import Checked
from ..model.levels import PERSON
from .better import Doubt
from .climb import NOTHING, Climb, Climber, Numbers, Twin
from .compared import PayCompared
from .graph import ReadGraph
from .space import ONE, Space
from .values import value_between
from .work import Improvement, measures_of
from .worlds import CellAt, PlayedWorlds, World

MOST_CROSSINGS = 6  # of one threshold of one name
MOST_BISECTIONS = 40
MOST_ALONG = 9  # values of a fact in worlds that a lever made
WORLDS_AT_ONCE = 300


@frozen(eq=False)
class Loss:
    """A twin in which the better world pays less, by `amount`."""

    twin: Twin
    amount: float


class PairSearch:
    """The search on one ground."""

    def __init__(self, checked: Checked, space: Space, starts: Sequence[World]) -> None:
        self.checked, self.space, self.starts = checked, space, [world.settled() for world in starts]
        graph = ReadGraph(checked)
        self._judged = PayCompared(checked).judged
        behind = frozenset().union(*(graph.behind(line.name) for line, wanted, _ in self._judged if wanted))
        self.climb = Climb(space, space.levers(behind), most_rounds=5)
        people = {q.name: q for q in checked.quantities if q.level == PERSON and q.due and q.name in behind}
        self._keyed = {
            name: np.array([float(edge) * 10 ** (people[name].decimals or 0) for edge in edges])
            for name, edges in space.thresholds.of.items()
            if name in people and people[name].facts.type.kind is Kind.NUMBER
        }

    def losses(self, doubt: Doubt, deep: bool) -> Iterator[Loss]:
        """Pairs that pay less for doing better, as they are met; neighbouring values each.

        What is looked at first, and quickly, are the worlds to begin with; `deep` what levers make of them.
        """
        for cell in self._cells(doubt.improvement):
            seeds: dict[tuple[str, bool], tuple[float, Twin]] = {}
            for twins in self._along(doubt.improvement, cell, deep):
                yield from self._among(doubt, twins, seeds)
            for name, twin in [(name, twin) for (name, _), (_, twin) in seeds.items()] if deep else ():
                yield from self._climbed(doubt, name, twin)

    def _cells(self, improvement: Improvement) -> Iterator[CellAt]:
        """The fact in the first row of the person that has it."""
        move = improvement.move
        table = move.level[0] if move.level != PERSON else ""
        rows = [ONE] if not table else self.space.rows_of(table, ONE)
        if rows and self.space.input_of((table, rows[0], move.name)) is not None:
            yield (table, rows[0], move.name)

    def _along(self, improvement: Improvement, cell: CellAt, deep: bool) -> Iterator[list[Twin]]:
        """Neighbouring values of the fact: in the worlds to begin with, or in those that levers make of them."""
        values = self._values(improvement, cell)
        if not deep:
            yield [twin for world in self.starts for twin in _neighbours(cell, world, values)]
            return
        places = sorted({round(n * (len(values) - 1) / (MOST_ALONG - 1)) for n in range(MOST_ALONG)})
        ends = {0, 1, len(values) - 2, len(values) - 1}
        few = [value for place, value in enumerate(values) if place in ends or place in places]
        worlds: list[World] = []
        for lever in self.climb.levers:
            if lever.cells == (cell,):
                continue
            for start in self.starts:
                pulled = [lever.pulled(start, choice) for choice in range(len(lever))]
                worlds += [world for world in pulled if world is not None and (cell[0], cell[1]) not in world.without]
        for begin in range(0, len(worlds), WORLDS_AT_ONCE):
            part = worlds[begin : begin + WORLDS_AT_ONCE]
            yield [twin for world in part for twin in _neighbours(cell, world, few)]

    def _values(self, improvement: Improvement, cell: CellAt) -> list[object]:
        """The values of the fact from the worst to the best."""
        if improvement.move.words is not None:
            return list(improvement.move.words)
        values = self.space.values(cell)
        return values[::-1] if improvement.sign == "-" else values

    # ── What is met ───────────────────────────────────────────────────────────────────────────────

    def _among(
        self, doubt: Doubt, twins: Sequence[Twin], seeds: dict[tuple[str, bool], tuple[float, Twin]]
    ) -> Iterator[Loss]:
        """Losses of these twins, brought together; then of those in which something crosses a threshold."""
        if not twins:
            return
        played, first = self._played(twins)
        loss = self._loss(doubt, played, first, first + 1)
        for number in np.argsort(-loss, kind="stable")[:3].tolist():
            if loss[number] > 0:
                yield self._closest(doubt, twins[number])
        crossing: list[tuple[str, float, Twin]] = []
        for name, edges in self._keyed.items():
            value = played.column(name, ONE)
            before, after = value.values.astype(float)[first], value.values.astype(float)[first + 1]
            there = value.known[first] & value.known[first + 1] & (loss > NOTHING)
            for up in (True, False):
                change = np.where(there, (after - before) * (1 if up else -1), 0)
                top = int(np.argmax(change))
                if change[top] > seeds.get((name, up), (0.0, None))[0]:
                    seeds[name, up] = (float(change[top]), twins[top])
                for edge in edges.tolist():
                    crosses = there & (change > 0) & ((before < edge) != (after < edge))
                    crossing += [(name, edge, twins[n]) for n in np.flatnonzero(crosses)[:MOST_CROSSINGS].tolist()]
        yield from self._at_crossings(doubt, crossing)

    def _climbed(self, doubt: Doubt, name: str, twin: Twin) -> Iterator[Loss]:
        """Losses after what moves was brought to each of its thresholds."""
        for edge in self._keyed[name].tolist():

            def judge(played: PlayedWorlds, one: Numbers, two: Numbers, edge: float = edge) -> tuple[Numbers, Numbers]:
                loss = self._loss(doubt, played, one, two)
                value = played.column(name, ONE)
                ends = value.values.astype(float)[one], value.values.astype(float)[two]
                low, high = np.minimum(*ends), np.maximum(*ends)
                gap = np.maximum(0, edge - high) + np.maximum(0, low - edge + 1e-9)
                there = (loss > NOTHING) & value.known[one] & value.known[two] & (low < high)
                return np.where(there, np.maximum(loss, 0), NOTHING), np.where(there, -gap, NOTHING)

            found = self.climb.climb([Climber(twin)], judge, enough=1e-9)[0]
            if found.amount > 0:
                yield self._closest(doubt, found.twin)
            elif found.near > -1e-6:
                yield from self._at_crossings(doubt, [(name, edge, found.twin)])

    def _at_crossings(self, doubt: Doubt, crossing: Sequence[tuple[str, float, Twin]]) -> Iterator[Loss]:
        """Losses between the neighbouring values at which something crosses its threshold."""
        standing = list(crossing)
        for _ in range(MOST_BISECTIONS):
            halves = [(n, name, edge, twin, middle) for n, (name, edge, twin) in enumerate(standing)
                      if (middle := self._middle(twin)) is not None]  # fmt: skip
            if not halves:
                break
            played, first = self._played([half for *_, twin, middle in halves for half in _halves(twin, middle)[:1]])
            for at, (n, name, edge, twin, middle) in enumerate(halves):
                value = played.column(name, ONE)
                one, two = int(first[at]), int(first[at]) + 1
                crosses = bool(value.known[one] and value.known[two]) and (
                    (float(value.values[one]) < edge) != (float(value.values[two]) < edge))  # fmt: skip
                standing[n] = (name, edge, _halves(twin, middle)[0 if crosses else 1])
        twins = [twin for _, _, twin in standing]
        if twins:
            played, first = self._played(twins)
            loss = self._loss(doubt, played, first, first + 1)
            for number in np.argsort(-loss, kind="stable").tolist():
                if loss[number] > 0:
                    yield Loss(twins[number], float(loss[number]))

    def _closest(self, doubt: Doubt, twin: Twin) -> Loss:
        """The same fall between two neighbouring values: of two halves one has it."""
        for _ in range(MOST_BISECTIONS):
            middle = self._middle(twin)
            if middle is None:
                break
            halves = _halves(twin, middle)
            played, first = self._played(halves)
            loss = self._loss(doubt, played, first, first + 1)
            if loss.max() <= 0:
                break
            twin = halves[int(np.argmax(loss > 0))]
        return Loss(twin, float(self.loss_of(doubt, [twin])[0]))

    def _middle(self, twin: Twin) -> object | None:
        [(cell, before, after)] = twin.cells
        one = self.space.input_of(cell)
        assert one is not None
        return value_between(one, before, after)

    def _played(self, twins: Sequence[Twin]) -> tuple[PlayedWorlds, Numbers]:
        self.climb.tried += len(twins)
        played = self.space.ground.play([world for twin in twins for world in twin.pair()])
        return played, np.arange(0, 2 * len(twins), 2)

    def loss_of(self, doubt: Doubt, twins: Sequence[Twin]) -> Numbers:
        """How much the better world of each twin pays less."""
        played, first = self._played(twins)
        return self._loss(doubt, played, first, first + 1)

    def _loss(self, doubt: Doubt, played: PlayedWorlds, first: Numbers, second: Numbers) -> Numbers:
        """By how much some line is worse in the second world, where it may not be; `NOTHING` where nobody can say."""
        there = played.there(ONE)
        fine = there[first] & there[second]
        for name in measures_of(doubt.improvement.indicators):
            known = played.column(name, ONE).known
            fine &= known[first] == known[second]
        found = np.zeros(len(first))
        for line, wanted, slack in self._judged:
            if wanted and line.name not in doubt.left_out:
                paid = played.column(line.name, ONE).values.astype(float)
                units = float(slack) * 10 ** (line.decimals or 0)
                worse = wanted * (paid[first] - paid[second])
                found = np.maximum(found, np.where(worse > units, worse, 0))
        return np.where(fine, found, NOTHING)


def _neighbours(cell: CellAt, world: World, values: Sequence[object]) -> Iterator[Twin]:
    """The world with each two values that follow each other."""
    if (cell[0], cell[1]) not in world.without:
        for before, after in pairwise(values):
            yield Twin(world, ((cell, before, after),))


def _halves(twin: Twin, middle: object) -> list[Twin]:
    [(cell, before, after)] = twin.cells
    return [evolve(twin, cells=((cell, before, middle),)), evolve(twin, cells=((cell, middle, after),))]
