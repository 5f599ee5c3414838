"""Pairs of worlds that are brought, lever by lever, to where most happens between them.

A pair is a world with two values of one cell, or with and without some rows. Each round tries every lever on every
climber and keeps, of each, the pair that is best; so many rounds, and no clock, end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from .space import Lever, Space
from .worlds import CellAt, Ground, PlayedWorlds, RowAt, World

ROUNDS = 7
FEW_CLIMBERS = 5
FEW_INPUTS = 3  # whose steps are tried in further worlds
MOST_SIBLINGS = 2
MOST_TOGETHER = 8  # levers
TINY = 1e-12
Pull = tuple[Lever, int]
StepOfCell = tuple[tuple[CellAt, object, object], ...]
Numbers = NDArray[Any]
NOTHING = -np.inf


@frozen(eq=False)
class Twin:
    """A world, and what differs in a second one: cells with two values each, and rows that only one of them has."""

    world: World
    cells: tuple[tuple[CellAt, object, object], ...] = ()
    gone_first: frozenset[RowAt] = frozenset()
    gone_second: frozenset[RowAt] = frozenset()

    def pair(self) -> tuple[World, World]:
        """The two worlds."""
        one = self.world.but({cell: value for cell, value, _ in self.cells})
        other = self.world.but({cell: value for cell, _, value in self.cells})
        if self.gone_first or self.gone_second:
            one, other = (world.lacking(world.without | gone) for world, gone in
                          ((one, self.gone_first), (other, self.gone_second)))  # fmt: skip
        return one, other

    @property
    def is_one(self) -> bool:
        """Whether nothing differs: it is one world."""
        return not (self.cells or self.gone_first or self.gone_second)


# Of the worlds that were played, first and second of each pair, how much happens; and how near more would be.
PairJudge = Callable[[PlayedWorlds, Numbers, Numbers], tuple[Numbers, Numbers]]


@frozen(eq=False)
class Climber:
    """Where a climb stands."""

    twin: Twin
    variants: tuple[StepOfCell, ...] = ()  # further steps of the same cell
    amount: float = NOTHING
    near: float = NOTHING
    siblings: tuple[Climber, ...] = ()  # steps of the same input in other worlds


def _settled(climber: Climber) -> Climber:
    return evolve(climber, twin=evolve(climber.twin, world=climber.twin.world.settled()))


class Climb:
    """Climbs on one ground; counts the pairs that it tried."""

    def __init__(self, space: Space, levers: Sequence[Lever], most_rounds: int = ROUNDS) -> None:
        self.space, self.levers, self.most_rounds = space, levers, most_rounds
        self.ground: Ground = space.ground
        self.tried = 0

    def judged(self, twins: Sequence[Twin], judge: PairJudge) -> tuple[Numbers, Numbers]:
        """How much happens in each pair, and how near it is to more."""
        if not twins:
            return np.zeros(0), np.zeros(0)
        self.tried += len(twins)
        if all(twin.is_one for twin in twins):
            numbers = np.arange(len(twins))
            return judge(self.ground.play([twin.world for twin in twins]), numbers, numbers)
        played = self.ground.play([world for twin in twins for world in twin.pair()])
        first = np.arange(0, 2 * len(twins), 2)
        return judge(played, first, first + 1)

    def best_of(self, twins: Sequence[Twin], judge: PairJudge) -> list[Climber]:
        """Where climbs may begin: the best pair of each input, with those of the same input in other worlds."""
        amounts, near = self.judged(twins, judge)
        steps: dict[CellAt, dict[StepOfCell, None]] = {}
        for twin in twins:
            steps.setdefault(twin.cells[0][0], {}).setdefault(twin.cells)
        found: dict[tuple[str, str], dict[int, Climber]] = {}
        for number in np.lexsort((-near, -amounts)).tolist():
            twin = twins[number]
            (table, _, name), _, _ = twin.cells[0]
            of_input = found.setdefault((table, name), {})
            if amounts[number] != NOTHING and id(twin.world) not in of_input and len(of_input) <= MOST_SIBLINGS:
                variants = tuple(steps[twin.cells[0][0]])
                of_input[id(twin.world)] = Climber(twin, variants, float(amounts[number]), float(near[number]))
        first = [[*of_input.values()] for of_input in found.values() if of_input]
        return [evolve(one[0], siblings=tuple(one[1:])) for one in first]

    def climb(self, climbers: Sequence[Climber], judge: PairJudge, enough: float = np.inf) -> list[Climber]:
        """The climbers where no lever brings them further, or one has enough; the best first.

        Of many only the better ones go on after a round, and those of the same input in other worlds join them.
        """
        standing = [_settled(one) for one in climbers]
        moving = list(range(len(standing)))
        for _ in range(self.most_rounds):
            if not moving or any(one.amount >= enough for one in standing):
                break
            many = len(moving) > FEW_CLIMBERS
            moving = self._round(standing, moving, judge)
            if many:
                order = sorted(range(len(standing)), key=lambda n: (-standing[n].amount, -standing[n].near))
                joined = [_settled(one) for n in order[:FEW_INPUTS] for one in standing[n].siblings]
                standing = [evolve(standing[n], siblings=()) for n in order]
                moving = [*range(min(len(order), FEW_CLIMBERS)), *range(len(order), len(order) + len(joined))]
                standing += joined
        return sorted(standing, key=lambda one: (-one.amount, -one.near))

    def _round(self, standing: list[Climber], moving: Sequence[int], judge: PairJudge) -> list[int]:
        """Every lever alone, then the best ones of several levers together; who got further."""
        tries = [(number, *found) for number in moving for found in self._next(standing[number])]
        scores = self.judged([twin for _, twin, _ in tries], judge)
        owners = np.array([number for number, _, _ in tries], np.int64)
        chains: list[tuple[int, Twin]] = []
        best: dict[int, tuple[float, float, Twin]] = {}
        for number in moving:
            own = np.flatnonzero(owners == number)
            order = own[np.lexsort((-scores[1][own], -scores[0][own]))].tolist()
            better = [n for n in order if (scores[0][n], scores[1][n]) > (
                standing[number].amount, standing[number].near + TINY)]  # fmt: skip
            if better:
                top = better[0]
                best[number] = (float(scores[0][top]), float(scores[1][top]), tries[top][1])
                chains += [(number, twin) for twin in self._chain(standing[number].twin, [tries[n][2] for n in better])]
        scores = self.judged([twin for _, twin in chains], judge)
        for (number, twin), amount, near in zip(chains, scores[0].tolist(), scores[1].tolist(), strict=True):
            if (amount, near) > best[number][:2]:
                best[number] = (amount, near, twin)
        for number, (amount, near, twin) in best.items():
            settled = evolve(twin, world=twin.world.settled())
            standing[number] = evolve(standing[number], twin=settled, amount=amount, near=near)
        return list(best)

    def _chain(self, twin: Twin, pulls: Sequence[Pull | None]) -> Iterator[Twin]:
        """The twin after the best choice of each lever, one more lever each time."""
        used: set[int] = set()
        for pull in pulls:
            if pull is None or id(pull[0]) in used:
                continue
            used.add(id(pull[0]))
            world = pull[0].pulled(twin.world, pull[1])
            if world is not None and not self._touches(twin, world):
                twin = evolve(twin, world=world)
                if len(used) > 1:
                    yield twin
            if len(used) >= MOST_TOGETHER:
                return

    def _touches(self, twin: Twin, world: World) -> bool:
        """Whether a world lacks the rows in which the twin differs."""
        if not world.without:
            return False
        rows = {(table, row) for (table, row, _), _, _ in twin.cells} | twin.gone_first | twin.gone_second
        return bool(world.without & rows)

    def _next(self, climber: Climber) -> Iterator[tuple[Twin, Pull | None]]:
        """The pairs one lever further, or with another step of the same cell."""
        twin = climber.twin
        own = {cell for cell, _, _ in twin.cells}
        others = [cells for cells in climber.variants if cells != twin.cells]
        for cells in others:
            yield evolve(twin, cells=cells), None
        partners = self.space.partners(twin.cells[0][0]) if others and twin.cells else ()
        for lever in self.levers:
            if len(lever.cells) == 1 and lever.cells[0] in own:
                continue
            for choice in range(len(lever)):
                world = lever.pulled(twin.world, choice)
                if world is not None and not self._touches(twin, world):
                    yield evolve(twin, world=world), (lever, choice)
                    for cells in others if lever.cells and lever.cells[0] in partners else ():
                        yield evolve(twin, world=world, cells=cells), None
