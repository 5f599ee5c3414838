"""What rests on a row that was set aside: values that looked at a group to which it belongs, step by step.

A held value is never paid: it would be another one if the row had stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from heapq import nsmallest

import numpy as np
from attrs import frozen

from ...base.text import echo, listed
from ...model.levels import Level
from ...model.plan import Cell, Gather, Latest, Plan, Quantile, Rank, Running, Share, Spread, Step
from ...model.plan_cells import step_refs
from ..columns.index import Index

MOST_NAMED = 5  # keys in one message


@frozen(order=True)
class Cause:
    """A group, by its level and key, and the level of the rows set aside that belong to it."""

    group: Level
    key: str
    source: Level


Held = Mapping[int, Cause]  # the rows whose value is held, each with one cause
NOTHING: Held = {}
NO_CELLS: Mapping[Cell, Held] = {}


class Holding:
    """The held rows of every cell. One mapping serves many cells, so that what holds everybody costs little more.

    `known` are rows of cells that are held whatever they rest on.
    """

    def __init__(
        self, plan: Plan, steps: Iterable[Step], index: Index, seeds: Seeds, known: Mapping[Cell, Held] = NO_CELLS
    ) -> None:
        self._index = index
        self._seeds: Mapping[tuple[Level, Level], Held] = seeds.rows
        self._known: dict[object, tuple[object, Held]] = {}
        self._levels = {c: i.level for i in plan.inputs for c in i.cells}
        self.cells: dict[Cell, Held] = {}
        for step in steps:
            self._levels[step.cell] = step.level
            held = self._union(known.get(step.cell, NOTHING), self._of(step))
            if held:
                self.cells[step.cell] = held

    def at(self, cell: Cell, level: Level) -> Held:
        """The rows of `level` that rest on a held value of a cell: their own, their group's, or one of their rows'."""
        held, own, index = self.cells.get(cell, NOTHING), self._levels[cell], self._index
        if not held or own == level:
            return held
        if own in index.above(level):
            return self._down(held, own, level)
        if level in index.above(own):
            return self._up(held, own, level)
        found = NOTHING  # a group of another kind: they have rows in it
        for fine in index.numbers:
            if own in index.above(fine) and level in index.above(fine):
                found = self._union(found, self._up(self._down(held, own, fine), fine, level))
        return found

    def of_all(self, cells: Iterable[Cell], level: Level) -> Held:
        """The rows of `level` that rest on a held value in any of these cells."""
        found = NOTHING
        for cell in cells:
            found = self._union(found, self.at(cell, level))
        return found

    def of_group(self, cells: Iterable[Cell], source: Level, group: Level) -> Held:
        """The rows of `group` that lack a row of `source`, or rest on a held value in any of these cells."""
        return self._union(self._seeds.get((source, group), NOTHING), self.of_all(cells, group))

    def _of(self, step: Step) -> Held:
        match step:
            case Spread(level=level, source=source):
                return self._down(self.cells.get(source, NOTHING), self._levels[source], level)
            case (
                Gather(level=level, source=source)
                | Latest(level=level, source=source)
                | Quantile(level=level, source=source)
            ):
                found = self._seeds.get((source, level), NOTHING)
                return self._union(found, self._up(self._read(step, source), source, level))
            case Rank(level=level, group=group) | Running(level=level, group=group) | Share(level=level, group=group):
                found = self._seeds.get((level, group), NOTHING)
                found = self._union(found, self._up(self._read(step, level), level, group))
                return self._down(found, group, level)
        return self._read(step, step.level)

    def _read(self, step: Step, level: Level) -> Held:
        """The rows of `level` for which something that the step reads is held."""
        found = NOTHING
        for cell in step_refs(step):
            found = self._union(found, self.at(cell, level))
        return found

    # ── Each once ─────────────────────────────────────────────────────────────────────────────────

    def _union(self, left: Held, right: Held) -> Held:
        if not left or left is right:
            return right
        if not right or right.keys() <= left.keys():
            return left
        if left.keys() <= right.keys():
            return right
        return self._once(("union", id(left), id(right)), (left, right), lambda: {**right, **left})

    def _down(self, held: Held, own: Level, level: Level) -> Held:
        if not held:
            return NOTHING

        def made() -> Held:
            is_held = np.zeros(self._index.size(own), bool)
            is_held[list(held)] = True
            above = self._index.up(level, own)
            rows = np.flatnonzero(is_held[above])
            return {row: held[owner] for row, owner in zip(rows.tolist(), above[rows].tolist(), strict=True)}

        return self._once(("down", id(held), own, level), held, made)

    def _up(self, held: Held, own: Level, level: Level) -> Held:
        if not held:
            return NOTHING

        def made() -> Held:
            above = self._index.up(own, level)[list(held)].tolist()
            found: dict[int, Cause] = {}
            for owner, cause in zip(above, held.values(), strict=True):
                found[owner] = min(cause, found.get(owner, cause))
            return found

        return self._once(("up", id(held), own, level), held, made)

    def _once(self, key: object, holds: object, made: Callable[[], Held]) -> Held:
        if key not in self._known:
            self._known[key] = (holds, made())  # what it was made of is held, so that its id stays its own
        return self._known[key][1]


class Seeds:
    """Which rows of levels above are held by rows that are gone, and by whose."""

    def __init__(self) -> None:
        self.rows: dict[tuple[Level, Level], dict[int, Cause]] = {}
        self._whose: dict[Cause, set[str]] = {}
        self._shown: dict[Cause, str] = {}

    def add(self, source: Level, group: Level, row: int, key: str, whose: Iterable[str]) -> None:
        """Row `row` of `group`, with this key, is held by rows of `source` of these people."""
        cause = Cause(group, key, source)
        self.rows.setdefault((source, group), {})[row] = cause
        self._whose.setdefault(cause, set()).update(whose)

    def refused(self, cause: Cause) -> str:
        """Whose rows they are, as a message says it."""
        if cause not in self._shown:
            keys = nsmallest(MOST_NAMED + 1, self._whose[cause])
            self._shown[cause] = listed((f'"{echo(key)}"' for key in keys), MOST_NAMED, ", ")
        return self._shown[cause]
