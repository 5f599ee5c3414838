"""The steps that look at several rows, of many worlds at once.

A sum is that of the known company and what has changed. All others are worked out by the very functions of a run, world
beside world, at the ends of the boxes; where an order is open, the ends of what the plan allows stand for the answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import prod
from typing import Protocol

import numpy as np

from ...model.arrays import Array, Flags, Ints
from ...model.levels import Level
from ...model.plan import Cell, Crossing, Gather, Latest, Quantile, Rank, Ref, RunningSum, Share
from ...model.plan_cells import step_refs
from ..columns.apportionment import is_full, part_of
from ..columns.cells import Columns, is_narrow, is_wide, largest, widened
from ..columns.crossings import gathered, latest, quantile, ranked, running
from ..columns.index import Index
from ..columns.sharing import shared
from .boxes import Box, box_of, certain, clipped, ends_of, masked, point, wide_if

FirstOfRows = Callable[[Ints], "Ints | None"]  # the places of rows by what tells them apart; None where nothing does


class NearbyValues(Protocol):
    """The values of cells in all worlds, and in the known company."""

    index: Index
    base: Columns
    worlds: int

    def box(self, cell: Cell, rows: Ints) -> Box:
        """The values in these rows."""
        ...

    def changed_rows(self, cell: Cell) -> Ints:
        """The rows of a cell that may differ from those of the known company."""
        ...

    def first_of_equals(self, level: Level) -> FirstOfRows:
        """What puts equal rows of a level in order."""
        ...


def crossed(step: Crossing, rows: Ints, values: NearbyValues) -> Box:
    """The boxes of some rows of the step's cell."""
    if isinstance(step, Gather) and step.function == "sum":
        return _summed(step, rows, values)
    local = _Local(step, rows, values)
    if isinstance(step, Gather) and step.function in ("min", "max"):
        return local.extreme(step)
    return local.worked_out(step)


def _summed(step: Gather, rows: Ints, values: NearbyValues) -> Box:
    """The known sum, and by how much what is added up has changed."""
    up = values.index.up(step.source, step.level)
    below = np.union1d(values.changed_rows(step.value), values.changed_rows(step.where))
    below = below[np.isin(up[below], rows)]
    is_always = values.base.facts[step.where].constant is True
    now = masked(None if is_always else values.box(step.where, below), values.box(step.value, below), 0)
    before = values.base[step.value][below]
    if not is_always:
        before = np.where(values.base[step.where][below], before, 0)
    known = values.base[step.cell][rows]
    span = (step.low, step.high)
    wide = not is_narrow(*span) or is_wide(known, before, now.low)
    if not wide and len(below):
        most = max(largest(now.low.ravel()), largest(now.high.ravel()), largest(before))
        wide = not is_narrow(2 * most * len(below) + largest(known))
    if wide:
        known, before, [now] = widened(known), widened(before), wide_if(True, [now])
    at = np.searchsorted(rows, up[below])
    ends = [_added(known, end - before, at, values.worlds) for end in ends_of(now)]
    return clipped(point(ends[0]) if len(ends) == 1 else Box(ends[0], ends[1]), span)


def _added(known: Array, change: Array, at: Ints, worlds: int) -> Array:
    """Known sums, with changes of the rows below them in each world."""
    found = np.tile(known, (worlds, 1))
    change = np.broadcast_to(change, (worlds, len(at)))
    for column, place in enumerate(at.tolist()):
        found[:, place] += change[:, column]
    return found


class _Local:
    """All rows that a step looks at to find some rows of its cell, world beside world."""

    def __init__(self, step: Crossing, rows: Ints, values: NearbyValues) -> None:
        self._step, self._rows, self._values = step, rows, values
        index = values.index
        self._is_up = isinstance(step, Gather | Latest | Quantile)
        self._level = step.source if isinstance(step, Gather | Latest | Quantile) else step.level
        self._above = step.level if isinstance(step, Gather | Latest | Quantile) else step.group
        up = index.up(self._level, self._above)
        owners = np.zeros(index.size(self._above), bool)
        owners[rows if self._is_up else up[rows]] = True
        self._owners = np.flatnonzero(owners)
        self._below = np.flatnonzero(owners[up])
        self._own = np.searchsorted(self._owners, up[self._below])
        self._boxes = {cell: values.box(cell, self._rows_of(cell)) for cell in dict.fromkeys(step_refs(step))}

    def _rows_of(self, cell: Cell) -> Ints:
        return self._owners if self._is_of_owner(cell) else self._below

    def _is_of_owner(self, cell: Cell) -> bool:
        step = self._step
        if isinstance(step, Gather):
            return isinstance(step.most, Ref) and cell == step.most.cell and cell not in (step.value, step.where)
        return isinstance(step, Share) and cell == step.amount

    # ── The least and the largest ────────────────────────────────────────────────────────────────

    def extreme(self, step: Gather) -> Box:
        """The least or the largest value below each row."""
        is_always = self._values.base.facts[step.where].constant is True
        box = masked(None if is_always else self._boxes[step.where], self._boxes[step.value], step.empty)
        if not is_narrow(step.low, step.high):
            [box] = wide_if(True, [box])
        function = np.minimum if step.function == "min" else np.maximum
        ends = []
        for end in ends_of(box):
            found = np.full((len(self._rows), self._values.worlds), step.empty, end.dtype)
            function.at(found, self._own, np.broadcast_to(end, (self._values.worlds, len(self._below))).T)
            ends.append(found.T)
        return clipped(point(ends[0]) if len(ends) == 1 else Box(ends[0], ends[1]), (step.low, step.high))

    # ── By the functions of a run ────────────────────────────────────────────────────────────────

    def worked_out(self, step: Crossing) -> Box:
        """The answer where everything that decides it is known; where the order alone is, its ends.

        Worlds in which nothing that the step reads has changed have the answer of the known company.
        """
        worlds, known = self._values.worlds, self._values.base[step.cell][self._rows]
        moved = self._moved()
        deciding = [cell for cell in self._boxes if not self._is_only_valued(step, cell)]
        open_, valued = self._open(deciding), self._open([cell for cell in self._boxes if cell not in deciding])
        rank = step if isinstance(step, Rank) and self._has_ends(step) else None
        low = high = np.tile(known, (worlds, 1))
        if isinstance(step, Share) and len(self._rows) == 1:
            full = self._full(step, moved)
            cap = self._boxes[step.cap].low[:, self._row] if step.cap is not None and full.any() else known
            low = high = np.where(full[:, None], np.broadcast_to(cap, (worlds,))[:, None], low)
            moved, open_ = moved & ~full, open_ & ~full
        asked = np.flatnonzero(moved if rank is not None else moved & ~open_)
        if len(asked):
            first, second = self._ends(step, asked)
            one = self._at(step, asked, first)
            if one is None:
                open_ = open_ | moved
            else:
                other: Array | None = one
                if (open_ | valued)[asked].any():
                    other = self._at(step, asked, second)
                assert other is not None
                low, high = low.copy(), low.copy()
                low[asked], high[asked] = np.minimum(one, other), np.maximum(one, other)
        if rank is not None:
            open_ = open_ & self._several_move(rank)
        return box_of(low, high) if not open_.any() else self._anything(step, open_, Box(low, high))

    def _moved(self) -> Flags:
        """The worlds in which a cell that the step reads may differ from the known company's."""
        moved = np.zeros(self._values.worlds, bool)
        for cell, box in self._boxes.items():
            known = self._values.base[cell][self._rows_of(cell)]
            for end in ends_of(box):
                moved |= np.broadcast_to(np.asarray(end != known, bool).any(axis=1), moved.shape)
        return moved

    def _ends(self, step: Crossing, asked: Ints) -> tuple[dict[Cell, Array], dict[Cell, Array]]:
        """The cells of these worlds at either end; of what ranks go by, where a row comes last, and where first."""

        def of_asked(end: Array) -> Array:
            return end[asked] if len(end) > 1 else end

        first = {cell: of_asked(box.low) for cell, box in self._boxes.items()}
        second = {cell: of_asked(box.high) for cell, box in self._boxes.items()}
        for key in step.keys if isinstance(step, Rank) else ():
            if not key.descending:
                first[key.numerator], second[key.numerator] = second[key.numerator], first[key.numerator]
        return first, second

    def _is_only_valued(self, step: Crossing, cell: Cell) -> bool:
        """Whether a cell's values pass into the answer without deciding which rows count, so that both move alike."""
        match step:
            case Gather() | Quantile():
                return cell == step.value and cell != step.where
            case Latest() | RunningSum():
                return not step.clash and cell == step.value and cell not in (step.where, *step.order)
        return False

    def _open(self, cells: Sequence[Cell]) -> Flags:
        """The worlds in which something of these cells is open."""
        open_ = np.zeros(self._values.worlds, bool)
        for cell in cells:
            known = certain(self._boxes[cell])
            if known is not None:
                open_ |= np.broadcast_to(~known.all(axis=1), open_.shape)
        return open_

    def _anything(self, step: Crossing, open_: Flags, found: Box) -> Box:
        """What the plan allows where it is open."""
        shape = (self._values.worlds, len(self._rows))
        if isinstance(step, Latest | RunningSum) and (step.clash or step.low is None or step.high is None):
            low, high = self._without_bounds(step)
        else:
            assert step.low is not None and step.high is not None
            low, high = step.low, step.high
        dtype = bool if isinstance(low, bool) else np.int64 if is_narrow(low, high) else object
        least, most = np.full(shape, low, dtype), np.full(shape, high, dtype)
        where = open_[:, None]
        return box_of(np.where(where, least, found.low), np.where(where, most, found.high))

    def _without_bounds(self, step: Latest | RunningSum) -> tuple[int, int] | tuple[bool, bool]:
        """The least and the largest of what can come out of a step without bounds: a flag, or a text."""
        box = self._boxes[step.value]
        if step.clash or box.low.dtype == bool or not isinstance(step, Latest):
            return False, True
        empty = int(self._values.base.atom(step.empty))
        ends = [int(value) for end in (box.low, box.high) if end.size for value in (end.min(), end.max())]
        return min(empty, *ends), max(empty, *ends)

    # ── Pools with caps ──────────────────────────────────────────────────────────────────────────

    @property
    def _row(self) -> int:
        """Where the only row that is wanted stands among those that the step looks at."""
        return int(np.searchsorted(self._below, self._rows[0]))

    def _full(self, step: Share, moved: Flags) -> Flags:
        """The worlds in which the only wanted row, whose weight alone has changed, surely gets its cap.

        The exact share of a row grows with its weight. So whoever has the cap with the least weight of a box has it
        with every weight of it; and of many boxes it is enough to find from which weight on that is so.
        """
        found, row = np.zeros(self._values.worlds, bool), self._row
        if step.cap is None or step.method == "webster":
            return found
        weight = (step.weight.numerator, *step.weight.denominators)
        alone = moved & ~self._open(step.weight.denominators)
        for cell, box in self._boxes.items():
            known = self._values.base[cell][self._rows_of(cell)]
            for end in ends_of(box):
                other = np.asarray(end != known, bool)
                if cell in weight and cell not in (step.cap, step.where, step.among, step.amount):
                    other = np.delete(other, row, axis=1)
                alone &= ~np.broadcast_to(other.any(axis=1), alone.shape)
        if not alone.any():
            return found
        least = [self._boxes[cell].low[:, row] for cell in weight]
        tops, *below = (np.broadcast_to(end, alone.shape)[alone].tolist() for end in least)
        weights = [Fraction(top, prod(under)) for top, *under in zip(tops, *below, strict=True)]
        edge = self._fills_from(step, row, sorted(set(weights)))
        found[alone] = [edge is not None and weight >= edge for weight in weights]
        return found

    def _fills_from(self, step: Share, row: int, weights: Sequence[Fraction]) -> Fraction | None:
        """The least of these ascending weights of the row with which it gets its cap; None where none of them does."""
        base = self._values.base
        takes = np.asarray(base[step.where][self._below], bool)
        columns = [base[cell][self._below].tolist() for cell in (step.weight.numerator, *step.weight.denominators)]
        every = [Fraction(top, prod(below)) for top, *below in zip(*columns, strict=True)]
        among = takes if step.among is None else takes & np.asarray(base[step.among][self._below], bool)
        if not among[row] or step.cap is None:
            return None
        caps = base[step.cap][self._below].tolist()
        amount = int(base[step.amount][self._owners[0]])

        def fills(weight: Fraction) -> bool:
            own = [weight if number == row else one for number, one in enumerate(every)]
            whole = sum(one for one, is_in in zip(own, takes.tolist(), strict=True) if is_in)
            chosen = [number for number, is_in in enumerate(among.tolist()) if is_in]
            part: int | Fraction = amount
            if step.among is not None:
                part = part_of(amount, sum((own[number] for number in chosen), Fraction(0)), whole, step.method)
            return is_full(part, [own[n] for n in chosen], [caps[n] for n in chosen], chosen.index(row))

        at = bisect_left(weights, True, key=fills)
        return weights[at] if at < len(weights) else None

    # ── Ranks ────────────────────────────────────────────────────────────────────────────────────

    def _has_ends(self, step: Rank) -> bool:
        """Whether a row that moves alone among the others has its least and largest place at the ends of its way."""
        plain = step.ties != "dense" and not any(key.denominators for key in step.keys)
        return plain and certain(self._boxes[step.where]) is None and (
            len({key.numerator for key in step.keys}) == len(step.keys)
        )  # fmt: skip

    def _several_move(self, step: Rank) -> Flags:
        """The worlds in which more than one row of a group may be here or there."""
        moving: Array = np.zeros((self._values.worlds, len(self._below)), bool)
        for key in step.keys:
            known = certain(self._boxes[key.numerator])
            if known is not None:
                moving = moving | ~known
        owners = np.zeros((self._values.worlds, len(self._owners)), np.int64)
        for column, place in enumerate(self._own.tolist()):
            owners[:, place] += moving[:, column]
        several: Flags = np.asarray((owners > 1).any(axis=1), bool)
        return several

    def _at(self, step: Crossing, asked: Ints, ends: Mapping[Cell, Array]) -> Array | None:
        """The answer of some worlds by the function of a run; None where equal rows cannot be told apart.

        Many worlds are alike in what the step reads: each of these is worked out once.
        """
        whole = {cell: np.broadcast_to(end, (len(asked), len(self._rows_of(cell)))) for cell, end in ends.items()}
        first, of_world = _alike([*whole.values()], len(asked))
        worlds, values = len(first), self._values
        below, owners = len(self._below), len(self._owners)
        numbers = {self._above: np.arange(worlds * owners), self._level: np.arange(worlds * below)}
        up = (np.arange(worlds)[:, None] * owners + self._own).ravel()
        index = Index(values.index.levels, numbers, {(self._level, self._above): up})
        columns = Columns(values.base.facts, index, values.base.texts)
        for cell, end in whole.items():
            columns[cell] = end[first].ravel()
        found = self._work(step, columns)
        if found is None:
            return None
        table = found.reshape(worlds, owners if self._is_up else below)
        places = np.searchsorted(self._owners if self._is_up else self._below, self._rows)
        answers: Array = table[:, places][of_world]
        return answers

    def _work(self, step: Crossing, columns: Columns) -> Array | None:
        match step:
            case Gather():
                return gathered(step, columns)
            case Latest():
                return latest(step, columns)
            case Quantile():
                return quantile(step, columns)
            case Rank():
                return ranked(step, columns)
            case RunningSum():
                return running(step, columns)
        try:
            return shared(step, columns, partial(self._first, self._values.first_of_equals(step.level)))
        except _NotTold:
            return None

    def _first(self, places: FirstOfRows, rows: Ints) -> Ints:
        """The places of rows of all worlds by what tells them apart: alike in each world."""
        own = self._below[rows % len(self._below)]
        different = np.unique(own)
        found = places(different)
        if found is None:
            raise _NotTold
        return found[np.searchsorted(different, own)]


class _NotTold(Exception):
    """Rows are level, and what tells them apart may be what changes."""



def _alike(tables: Sequence[Array], size: int) -> tuple[Ints, Ints]:
    """The first of each different row of several tables side by side, and for each row which of them it is like."""
    rows: list[object] = [()] * size
    for one in tables:
        said = one.tolist() if one.dtype == object else [row.tobytes() for row in np.ascontiguousarray(one)]
        rows = [(before, tuple(row) if isinstance(row, list) else row) for before, row in zip(rows, said, strict=True)]
    known: dict[object, int] = {}
    of_row = [known.setdefault(row, len(known)) for row in rows]
    first = np.zeros(len(known), np.int64)
    first[of_row[::-1]] = np.arange(size)[::-1]
    return first, np.array(of_row, np.int64)
