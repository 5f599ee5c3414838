"""Which rows of which cells are computed again: those that rest on what changes, and on which the wanted rows rest.

Every other row of every other cell stays what it is in the company that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen

from ...model.arrays import Flags, Ints
from ...model.levels import Level
from ...model.plan import Cell, Crossing, Gather, Latest, Let, Plan, Quantile, Ref, Share, Spread, Step
from ...model.plan_cells import expr_refs, levels_of_cells, step_refs
from ..columns.index import Index

RowsOfCells = Mapping[Cell, Ints]  # in ascending order


@frozen(eq=False)
class Slice:
    """The steps to compute again, and the rows of their cells; `rows` has those of the cells that change, too."""

    steps: tuple[Step, ...]
    rows: RowsOfCells


class Slicer:
    """Finds slices of one plan over the rows of one index."""

    def __init__(self, plan: Plan, index: Index) -> None:
        self._plan, self._index = plan, index
        self._levels = levels_of_cells(plan)

    def slice(self, changed: RowsOfCells, wanted: RowsOfCells, also: Iterable[Cell] = ()) -> Slice:
        """What has to be computed where these rows change and those are wanted; of `also` every row that may change."""
        dirty = self._dirty({cell: self._flags(self._levels[cell], rows) for cell, rows in changed.items()})
        needed = {cell: flags & dirty[cell] for cell, rows in wanted.items()
                  if cell in dirty and (flags := self._flags(self._levels[cell], rows)) is not None}  # fmt: skip
        for cell in also:
            if cell in dirty:
                needed[cell] = dirty[cell]
        steps = self._needed(dirty, needed)
        rows = {cell: np.flatnonzero(flags) for cell, flags in needed.items()}
        return Slice(tuple(step for step in steps if len(rows[step.cell])), rows)

    def _flags(self, level: Level, rows: Ints) -> Flags:
        found = np.zeros(self._index.size(level), bool)
        found[rows] = True
        return found

    # ── Forward: what may change ──────────────────────────────────────────────────────────────────

    def _dirty(self, changed: Mapping[Cell, Flags]) -> dict[Cell, Flags]:
        dirty = dict(changed)
        for step in self._plan.steps:
            read = [cell for cell in step_refs(step) if cell in dirty]
            if read:
                dirty[step.cell] = self._dirty_of(step, read, dirty)
        return dirty

    def _dirty_of(self, step: Step, read: Sequence[Cell], dirty: Mapping[Cell, Flags]) -> Flags:
        found = np.zeros(self._index.size(step.level), bool)
        match step:
            case Let():
                for cell in read:
                    found |= dirty[cell]
            case Spread(source=source):
                found = dirty[source][self._index.up(step.level, self._levels[source])]
            case Gather() | Latest() | Quantile():
                for cell in read:
                    if self._levels[cell] == step.level:  # how many are the best
                        found |= dirty[cell]
                    else:
                        found[self._index.up(step.source, step.level)[dirty[cell]]] = True
            case _:  # a row among those of its group: each of them may change
                groups = np.zeros(self._index.size(step.group), bool)
                up = self._index.up(step.level, step.group)
                for cell in read:
                    if isinstance(step, Share) and cell == step.amount:
                        groups |= dirty[cell]
                    else:
                        groups[up[dirty[cell]]] = True
                found = groups[up]
        return found

    # ── Backward: what is wanted ──────────────────────────────────────────────────────────────────

    def _needed(self, dirty: Mapping[Cell, Flags], needed: dict[Cell, Flags]) -> tuple[Step, ...]:
        """The steps that are needed, and their rows, which join `needed`."""
        steps: list[Step] = []

        def need(cell: Cell, rows: Callable[[], Flags]) -> None:
            if cell in dirty:
                more = rows() & dirty[cell]
                needed[cell] = needed[cell] | more if cell in needed else more

        for step in reversed(self._plan.steps):
            own = needed.get(step.cell)
            if own is None or not own.any():
                continue
            steps.append(step)
            self._need_of(step, own, need)
        return tuple(reversed(steps))

    def _need_of(self, step: Step, own: Flags, need: Callable[[Cell, Callable[[], Flags]], None]) -> None:
        match step:
            case Let(expr=expr):
                for cell in expr_refs(expr):
                    need(cell, lambda: own)
            case Spread(source=source):
                level = self._levels[source]
                need(source, lambda: self._flags(level, self._index.up(step.level, level)[own]))
            case Gather() | Latest() | Quantile():
                below = own[self._index.up(step.source, step.level)]
                for cell in step_refs(step):
                    is_most = isinstance(step, Gather) and isinstance(step.most, Ref) and cell == step.most.cell
                    need(cell, lambda is_most=is_most: own if is_most else below)  # type: ignore[misc]
            case _:
                groups, up = self._groups(step, own), self._index.up(step.level, step.group)
                for cell in step_refs(step):
                    is_amount = isinstance(step, Share) and cell == step.amount
                    need(cell, lambda is_amount=is_amount: groups if is_amount else groups[up])  # type: ignore[misc]

    def _groups(self, step: Crossing, own: Flags) -> Flags:
        assert not isinstance(step, Gather | Latest | Quantile)
        return self._flags(step.group, self._index.up(step.level, step.group)[own])
