"""What is not decided where a guard does not hold: a place in a ranking, a share, the latest of several rows.

A guard is what a scheme must hold so that a step has one outcome: no tie across the last place, no remainder, no two
rows of one place in an order. Where it does not hold its people are told so. Whatever else must hold of a value that
rests on that outcome may hold or not: nobody is told that it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from ...model.arrays import Flags
from ...model.plan import Cell, Crossing, Latest, Plan, PlanCheck, Rank, RunningSum, Share, Step
from ...model.plan_cells import looked_at, step_refs
from ..columns.index import Index
from .taint import Causes

GUARDS = frozenset({"data-tie", "data-remainder", "data-latest-tie", "data-order-tie"})


class Undecided:
    """By the flag of each guard the cells that are not decided where it is false."""

    def __init__(self, plan: Plan) -> None:
        self._steps: Mapping[Cell, Step] = {step.cell: step for step in plan.steps}
        self._order = {step.cell: number for number, step in enumerate(plan.steps)}
        self.cells = {check.flag: self._nearest(check.flag) for check in plan.checks if check.code in GUARDS}

    def in_order(self, checks: Iterable[tuple[int, PlanCheck]]) -> list[tuple[int, PlanCheck]]:
        """The guards among them, each after those on which it rests."""
        guards = [one for one in checks if one[1].code in GUARDS]
        return sorted(guards, key=lambda one: self._order.get(one[1].flag, -1))

    def causes(self, check: PlanCheck, flags: Flags, index: Index) -> dict[Cell, Causes]:
        """The cells that a guard leaves open, tainted in all rows of the groups in which its flag is false."""
        broken = np.flatnonzero(~flags)
        found: dict[Cell, Causes] = {}
        for cell in self.cells[check.flag]:
            step = self._steps[cell]
            assert isinstance(step, Crossing)
            group = looked_at(step)[1]
            is_open = np.zeros(index.size(group), np.int64)
            is_open[broken if check.level == group else index.up(check.level, group)[broken]] = 1
            found[cell] = is_open[index.up(step.level, group)]
        return found

    def _nearest(self, flag: Cell) -> frozenset[Cell]:
        """The steps that look at several rows and on which the flag rests, those below others of them left out."""
        met = [self._steps[cell] for cell in self._reached(flag, self._of_many) if self._of_many(cell)]
        found = {cell for step in met for cell in self._beside(step)}
        below = {cell for top in found for cell in self._reached(top, lambda _: False) if cell != top}
        return frozenset(found - below)

    def _of_many(self, cell: Cell) -> bool:
        return isinstance(self._steps.get(cell), Rank | Share | Latest | RunningSum)

    def _beside(self, step: Step) -> set[Cell]:
        """The cell of a step; of one that only says whether there is a tie, those of the values themselves."""
        if not isinstance(step, Latest | RunningSum) or not step.clash:
            return {step.cell}
        others = (one for one in self._steps.values() if isinstance(one, Latest | RunningSum) and not one.clash)
        return {step.cell, *(one.cell for one in others if _ordered(one) == _ordered(step))}

    def _reached(self, start: Cell, is_end: Callable[[Cell], bool]) -> set[Cell]:
        """The cells from which one is computed, itself among them; what the ends are computed from is left out."""
        found, pending = {start}, [start]
        while pending:
            cell = pending.pop()
            step = None if is_end(cell) else self._steps.get(cell)
            new = set(step_refs(step)) - found if step is not None else set[Cell]()
            found |= new
            pending += new
        return found


def _ordered(step: Latest | RunningSum) -> tuple[object, ...]:
    """The rows that a step puts in an order, and the order: alike for its values and for what says that two tie."""
    among = step.source if isinstance(step, Latest) else step.group
    return type(step), step.level, among, step.where, step.order
