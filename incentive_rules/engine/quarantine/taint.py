"""Which values are held: beside the column of values of each cell, a column of causes.

A refused row is absent from whatever looks at several rows. What comes out there might have been another value, so
neither that value nor anything that rests on it may be paid: it is tainted. Taint spreads step by step, in the order of
the plan. It follows from where a step looks and not from what it finds there, so no value is needed to work it out:

    Let                        a row is tainted where a cell that the step reads is
    Spread                     a row is tainted where its owner is
    Gather, Latest, Quantile   an owner is tainted where a row below it is absent, or where one of those rows is
                               tainted in a cell that the step reads: it might have counted, or not
    Rank, RunningSum, Share    all rows of a group are tainted together, where one of them is absent or tainted in
                               a cell that the step reads: each place, and each share, rests on all the others

A condition does not make this milder. Whether it would have left out the absent row nobody can tell.

A column of causes holds for each row the number of a cause, and 0 where the value stands. The first cause has the
largest number, so the first of several causes is their maximum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from ...model.arrays import Ints
from ...model.levels import Level
from ...model.plan import Cell, Crossing, Plan, Spread, Step
from ...model.plan_cells import levels_of_cells, looked_at, step_refs
from ..columns.index import Index

Causes = Ints
LackingRows = Mapping[tuple[Level, Level], Causes]  # by the level of absent rows and one above them
NONE_LACKING: LackingRows = {}
NO_CELLS: Mapping[Cell, Causes] = {}


class Taint:
    """The causes of every cell of a plan.

    `lacking` are the causes of rows that lack rows of a level below; `known` are those of cells that have some of their
    own. One column serves many cells, so that it costs little more where one refused row holds everybody.
    """

    def __init__(
        self, plan: Plan, index: Index, lacking: LackingRows = NONE_LACKING, known: Mapping[Cell, Causes] = NO_CELLS
    ) -> None:
        self._levels = levels_of_cells(plan)
        self._index = index
        self._lacking = lacking
        self._made: dict[object, tuple[object, Causes]] = {}
        self._columns: dict[Cell, Causes] = {}
        for step in plan.steps if lacking or known else ():
            causes = self._merged(known.get(step.cell), self._of_step(step))
            if causes is not None:
                self._columns[step.cell] = causes

    def of(self, cells: Iterable[Cell], level: Level) -> Causes:
        """The causes of the rows of `level` that rest on these cells: on their own, their owner's, their rows'."""
        return self._whole(self._of_cells(cells, level), level)

    def of_group(self, cells: Iterable[Cell], source: Level, group: Level) -> Causes:
        """The causes of the rows of `group` that lack a row of `source`, or rest on one of these cells."""
        return self._whole(self._merged(self._lacking.get((source, group)), self._of_cells(cells, group)), group)

    def _whole(self, causes: Causes | None, level: Level) -> Causes:
        return np.zeros(self._index.size(level), np.int64) if causes is None else causes

    # ── What a step reads; None is a column without a cause ───────────────────────────────────────

    def _of_step(self, step: Step) -> Causes | None:
        if isinstance(step, Spread):
            return self._down(self._columns.get(step.source), self._levels[step.source], step.level)
        if not isinstance(step, Crossing):
            return self._of_cells(step_refs(step), step.level)
        rows, owners = looked_at(step)
        below = self._up(self._of_cells(step_refs(step), rows), rows, owners)
        return self._down(self._merged(self._lacking.get((rows, owners)), below), owners, step.level)

    def _of_cells(self, cells: Iterable[Cell], level: Level) -> Causes | None:
        found = None
        for cell in cells:
            found = self._merged(found, self._of_cell(cell, level))
        return found

    def _of_cell(self, cell: Cell, level: Level) -> Causes | None:
        causes, own, index = self._columns.get(cell), self._levels[cell], self._index
        if causes is None or own == level:
            return causes
        if own in index.above(level):
            return self._down(causes, own, level)
        if level in index.above(own):
            return self._up(causes, own, level)
        found = None  # a group of another kind: it is felt by those who have rows in it
        for rows in index.numbers:
            if own in index.above(rows) and level in index.above(rows):
                found = self._merged(found, self._up(self._down(causes, own, rows), rows, level))
        return found

    # ── From column to column, each made once ─────────────────────────────────────────────────────

    def _merged(self, left: Causes | None, right: Causes | None) -> Causes | None:
        if left is None or right is None or left is right:
            return right if left is None else left
        return self._once(("merged", id(left), id(right)), (left, right), lambda: merged(left, right))

    def _down(self, causes: Causes | None, own: Level, level: Level) -> Causes | None:
        if causes is None or own == level:
            return causes
        return self._once(("down", id(causes), own, level), causes, lambda: causes[self._index.up(level, own)])

    def _up(self, causes: Causes | None, own: Level, level: Level) -> Causes | None:
        if causes is None or own == level:
            return causes
        return self._once(("up", id(causes), own, level), causes, lambda: self._first_below(causes, own, level))

    def _first_below(self, causes: Causes, own: Level, level: Level) -> Causes:
        found = np.zeros(self._index.size(level), np.int64)
        np.maximum.at(found, self._index.up(own, level), causes)
        return found

    def _once(self, key: object, made_of: object, make: Callable[[], Causes]) -> Causes:
        if key not in self._made:
            self._made[key] = made_of, make()  # what it is made of is kept, so that no other array gets its id
        return self._made[key][1]


def merged(left: Causes, right: Causes) -> Causes:
    """The causes of two columns; in a row where both have one, the left.

    Where one has a cause in every row in which the other has one, it is taken as it is, and no third column is made.
    """
    if not right[left == 0].any():
        return left
    if not left[right == 0].any():
        return right
    return np.where(left > 0, left, right)
