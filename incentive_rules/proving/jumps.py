"""How far one step of one cell takes a line, and how much a line pays at the most: the largest that is found."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from attrs import frozen

from ..lang.types import Kind
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import PERSON
from ..model.scheme import Role
from .cliffs import steps_of_stretches, wide_pairs
from .climb import NOTHING, Climb, Climber, Numbers, Twin
from .graph import ReadGraph
from .space import COLLEAGUE, ONE, Space
from .work import feeds_of
from .worlds import PlayedWorlds, World


@frozen(eq=False)
class Best:
    """The pair of a ground between whose worlds most happens, of `tried`; None where nothing does."""

    space: Space
    twin: Twin
    amount: float
    tried: int


class LineSearch:
    """Everything that is tried on one ground with one line of pay."""

    def __init__(self, checked: Checked, space: Space, line: CheckedQuantity) -> None:
        self.checked, self.space, self.line = checked, space, line
        graph = ReadGraph(checked)
        self.behind = graph.behind(line.name) | {line.name}
        self.climb = Climb(space, space.levers(self.behind))
        self.near = _Nearness(checked, self.behind, space)
        self._starts: list[World] | None = None

    @property
    def tried(self) -> int:
        return self.climb.tried

    def starts(self) -> list[World]:
        """Worlds to begin with: the ground, the best paid, and both without the others."""
        if self._starts is None:
            begin = self.space.starts(frozenset(self.behind))
            paid = [one.twin.world for one in self.climb.climb([Climber(Twin(world)) for world in begin], self.payout)]
            self._starts = [world.settled() for world in (*begin, *paid, *map(self.space.mirrored, paid))]
        return self._starts

    def highest(self) -> Best | None:
        """The world in which the line is highest, as a twin without a difference."""
        begin = [Climber(Twin(world)) for world in self.starts()]
        top = self.climb.climb(begin, self.payout)[0]
        return None if top.amount == NOTHING else Best(self.space, top.twin, top.amount, self.tried)

    def largest_jump(self, of_work: bool, left_out: Collection[str] = (), enough: float = np.inf) -> Best | None:
        """The step of one cell that changes the line most; `left_out` are names of facts whose steps do not count."""
        feeding = set[str]().union(*feeds_of(self.checked).values()) if of_work else set[str]()
        twins: list[Twin] = []
        wide: list[Twin] = []
        for cell in self.space.cells(frozenset(self.behind), (ONE, COLLEAGUE)):
            if cell[2] in left_out or (of_work and cell[2] not in feeding):
                continue
            if cell[0] and self.space.whose(cell[0], cell[1]) >= 0 and not self._is_first(cell[0], cell[1]):
                continue
            steps = self.space.steps(cell)
            twins += [Twin(world, ((cell, *step),)) for world in self.starts()[2:] for step in steps]
            values = self.space.values(cell)
            if values and not isinstance(values[0], bool | str):
                wide += [twin for world in self.starts()[2:] for twin in wide_pairs(world, cell, values)]
        twins += steps_of_stretches(wide, self.space.input_of, lambda tried: self.climb.judged(tried, self.jump)[0])
        top = self.climb.climb(self.climb.best_of(twins, self.jump), self.jump, enough)
        return Best(self.space, top[0].twin, top[0].amount, self.tried) if top and top[0].amount > 0 else None

    def _is_first(self, table: str, row: int) -> bool:
        return row == self.space.rows_of(table, self.space.whose(table, row))[0]

    # ── What is judged ────────────────────────────────────────────────────────────────────────────

    def jump(self, played: PlayedWorlds, first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
        """By how much the line changes."""
        paid = played.column(self.line.name, ONE)
        values = paid.values.astype(float)
        there = paid.known[first] & paid.known[second]
        change = np.where(there, np.abs(values[second] - values[first]), NOTHING)
        return change, np.where(there, self.near.of(played, first, second), NOTHING)

    def payout(self, played: PlayedWorlds, first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
        """How much the line pays, then how good the scores are."""
        paid = played.column(self.line.name, ONE)
        there = paid.known[first]
        return (
            np.where(there, paid.values.astype(float)[first], NOTHING),
            np.where(there, self.near.scores(played)[first], NOTHING),
        )


class _Nearness:
    """How near a pair of worlds is to more: how far what thresholds are about moves, and how much is at stake."""

    def __init__(self, checked: Checked, behind: Collection[str], space: Space) -> None:
        people = [q for q in checked.quantities if q.level == PERSON and q.due and q.name in behind]
        self._people = len(space.people)
        self._keyed = [
            (q.name, max(1.0, float(max(map(abs, edges))) * 10 ** (q.decimals or 0)))
            for q in people
            if (edges := space.thresholds.of.get(q.name)) and q.facts.type.kind is Kind.NUMBER
        ]
        self._scores = [q.name for q in people if q.definition.role in (Role.SCORE, Role.GROUP, Role.COMPOSITE)
                        and q.facts.type.kind is Kind.NUMBER]  # fmt: skip
        self._paid = [q.name for q in people if q.definition.role is Role.PAY]

    def scores(self, played: PlayedWorlds) -> Numbers:
        """The known scores of oneself and of the colleague, those above all that thresholds are about."""
        found: Numbers = np.zeros(len(played.there(ONE)))
        keyed = {name for name, _ in self._keyed}
        for person in (ONE, COLLEAGUE)[: self._people]:
            for name in self._scores:
                score = played.column(name, person)
                part = np.where(score.known, score.values.astype(float), 0) / (1e9 if name in keyed else 1e12)
                found = found + part
        return found

    def of(self, played: PlayedWorlds, first: Numbers, second: Numbers) -> Numbers:
        found: Numbers = np.zeros(len(first))
        for name, scale in self._keyed:
            value = played.column(name, ONE)
            numbers = np.where(value.known, value.values.astype(float), 0) / scale
            found = found + np.abs(numbers[second] - numbers[first])
        for name in self._paid:
            paid = played.column(name, ONE).values.astype(float)
            found = found + np.maximum(np.abs(paid[first]), np.abs(paid[second])) / 1e9
        return found + self.scores(played)[first] / 1e3
