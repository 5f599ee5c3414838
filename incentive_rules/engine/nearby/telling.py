"""What may be told of a change to the person alone: nothing that would say what somebody else did.

A step is kept back where somebody would have another place among others, or where a value moves for which rows of
several people are put in order (a percentile, the best, the least). It is kept back, too, where what changes rests on a
sum, a mean or a pool with fewer than so many others behind it: from two amounts these could be worked out.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...model.arrays import Flags
from ...model.levels import PERSON
from ...model.plan import Cell, Crossing, Gather, Plan, Rank, Share, Step
from ...model.plan_cells import looked_at, looks_at_people, step_refs
from ...model.scheme import SCORES, Role
from .company import KnownCompany, Played

SHOWN_ANYWAY = (*SCORES, Role.GRADE, Role.PAY, Role.RESULT, Role.HONOR)  # on every slip, with their figures


class Discretion:
    """Which changes of a company may be told to the person whose they are."""

    def __init__(self, company: KnownCompany, show_groups_from: int) -> None:
        self._company, self._least = company, show_groups_from
        plan = company.plan
        self._ordering = tuple(step for step in plan.steps if looks_at_people(plan, step) and _puts_in_order(step))
        self._crossings = [step for step in plan.steps if isinstance(step, Crossing) and looks_at_people(plan, step)]
        self._shown = {output.numerator for output in plan.outputs
                       if output.level == PERSON and output.role in SHOWN_ANYWAY}  # fmt: skip
        self._input_bits = {one.cell: 1 << number for number, one in enumerate(plan.inputs)}
        self._behind = _inputs_behind(plan, self._input_bits)

    def crosses(self, played: Played) -> Flags:
        """The worlds in which somebody has another place among others; whoever has none any more passes nobody."""
        found = np.zeros(played.worlds, bool)
        for step in self._ordering:
            rows = played.changed_rows(step.cell)
            if len(rows):
                box, known = played.box(step.cell, rows), played.base[step.cell][rows]
                other = np.asarray((box.low != known) | (box.high != known), bool)
                if isinstance(step, Rank):
                    other &= np.asarray(box.high != 0, bool)
                found |= np.broadcast_to(other.any(axis=1), (played.worlds,))
        return found

    def closed(self, person: int) -> Mapping[Cell, frozenset[Cell]]:
        """For each cell of the plan, the inputs whose changes reach it in a way that would tell of too few others."""
        few = {step.cell for step in self._crossings if self._has_few_behind(step, person)}
        tainted: set[Cell] = set()
        closed: dict[Cell, int] = {}
        for step in self._company.plan.steps:
            behind = self._behind.get(step.cell, 0)
            found = 0
            for cell in step_refs(step):
                found |= closed.get(cell, 0)
                if cell in tainted:  # a value of few others that stands still beside what moves
                    found |= behind & ~self._behind.get(cell, 0)
            if step.cell in few:
                found |= behind
            if found:
                closed[step.cell] = found
            rests = step.cell in few or any(cell in tainted for cell in step_refs(step))
            if rests and step.cell not in self._shown:
                tainted.add(step.cell)
        return {cell: frozenset(one for one, bit in self._input_bits.items() if bits & bit)
                for cell, bits in closed.items()}  # fmt: skip

    def _has_few_behind(self, step: Crossing, person: int) -> bool:
        """Whether in some group of the person the step looks at somebody else, but at too few of them."""
        index = self._company.index
        level, above = looked_at(step)
        up = index.up(level, above)
        if not index.of_people(level):
            return False
        whose = index.up(level, PERSON)
        where = np.asarray(self._company.columns[step.where], bool)
        own = index.up(PERSON, above)[[person]] if above in index.above(PERSON) else np.unique(up[whose == person])
        for group in own.tolist():
            others = np.unique(whose[(up == group) & where & (whose != person)])
            if 0 < len(others) < self._least:
                return True
        return False


def _puts_in_order(step: Step) -> bool:
    """Whether what comes out depends on which rows come before which, and on how they compare."""
    return isinstance(step, Crossing) and not isinstance(step, Share) and not (
        isinstance(step, Gather) and step.function == "sum"
    )  # fmt: skip


def _inputs_behind(plan: Plan, bits: Mapping[Cell, int]) -> Mapping[Cell, int]:
    """The inputs on which each cell rests, as bits."""
    found = dict(bits)
    for step in plan.steps:
        found[step.cell] = 0
        for cell in step_refs(step):
            found[step.cell] |= found.get(cell, 0)
    return found
