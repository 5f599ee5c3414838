"""The steps that look at several rows, over lists: each one pass, or one sort of each group."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..model.levels import Level
from ..model.plan import Cell, Crossing, Gather, Latest, Quantile, Rank, RankKey, Running, Share, Value
from ..model.result import Raw
from .lists_frames import Column, Frames
from .ranks import places, quantile
from .shares import Key, Weight, part_of, shares


class Columns:
    """The column of each cell that has one; repeated values and constants are made when they are asked for."""

    def __init__(
        self,
        frames: Frames,
        levels: Mapping[Cell, Level],
        origins: Mapping[Cell, Cell],
        constants: Mapping[Cell, Value],
    ) -> None:
        self.frames = frames
        self.made: dict[Cell, Column] = {}
        self._levels = levels
        self._origins = origins
        self._constants = constants

    def __getitem__(self, cell: Cell) -> Column:
        origin = self._origins.get(cell, cell)
        level = self._levels[cell]
        if origin in self._constants:
            return [self._constants[origin]] * self.frames.size(level)
        if origin == cell:
            return self.made[cell]
        column = self.made[origin]
        return [column[row] for row in self.frames.index(level, self._levels[origin])]

    def where(self, cell: Cell) -> Column | None:
        """The flags of a condition; None where it always holds."""
        return None if self._constants.get(self._origins.get(cell, cell)) is True else self[cell]


def crossed(step: Crossing, columns: Columns, keys: Callable[[Level], Sequence[Key]]) -> Column:
    """The column of a step's cell; `keys` tell the rows of a level apart, where the last units of a pool need it."""
    match step:
        case Gather(function="best"):
            return [sum(heapq.nlargest(step.most, some)) if some else step.empty for some in _values(step, columns)]
        case Gather():
            return _gathered(step, columns)
        case Quantile():
            return [
                quantile(sorted(some), step.top, step.bottom, step.method) if some else step.empty
                for some in _values(step, columns)
            ]
        case Latest():
            return _latest(step, columns)
        case Rank():
            return _ranked(step, columns)
        case Running():
            return _running(step, columns)
        case Share():
            return _shared(step, columns, keys(step.level))


def _rows(columns: Columns, level: Level, group: Level, where: Cell) -> list[list[int]]:
    """For each row of `group`, its rows where `where`."""
    flags = columns.where(where)
    found: list[list[int]] = [[] for _ in range(columns.frames.size(group))]
    for row, owner in enumerate(columns.frames.index(level, group)):
        if flags is None or flags[row]:
            found[owner].append(row)
    return found


# ── Up to a level above ───────────────────────────────────────────────────────────────────────────


def _values(step: Gather | Quantile, columns: Columns) -> list[list[Any]]:
    found: list[list[Any]] = [[] for _ in range(columns.frames.size(step.level))]
    flags, values = columns.where(step.where), columns[step.value]
    for row, owner in enumerate(columns.frames.index(step.source, step.level)):
        if flags is None or flags[row]:
            found[owner].append(values[row])
    return found


def _gathered(step: Gather, columns: Columns) -> Column:
    flags = columns.where(step.where)
    index: Any = columns.frames.index(step.source, step.level)
    values: Any = columns[step.value]
    if flags is not None:
        index, values = itertools.compress(index, flags), itertools.compress(values, flags)
    found: list[Any] = [step.empty] * columns.frames.size(step.level)
    if step.function == "sum":
        for owner, value in zip(index, values, strict=True):
            found[owner] += value
    elif step.function == "min":
        for owner, value in zip(index, values, strict=True):
            if value < found[owner]:
                found[owner] = value
    else:
        for owner, value in zip(index, values, strict=True):
            if value > found[owner]:
                found[owner] = value
    return found


def _latest(step: Latest, columns: Columns) -> Column:
    """The value in the row with the largest order; or whether several such rows differ in it."""
    size = columns.frames.size(step.level)
    flags, values = columns.where(step.where), columns[step.value]
    orders = list(zip(*(columns[cell] for cell in step.order), strict=True))
    largest: list[Any] = [None] * size
    found: list[Raw] = [step.empty] * size
    clash = [False] * size
    for row, owner in enumerate(columns.frames.index(step.source, step.level)):
        if flags is not None and not flags[row]:
            continue
        if largest[owner] is None or orders[row] > largest[owner]:
            largest[owner], found[owner], clash[owner] = orders[row], values[row], False
        elif orders[row] == largest[owner] and values[row] != found[owner]:
            clash[owner] = True
    return clash if step.clash else found


# ── Among the rows of a group ─────────────────────────────────────────────────────────────────────


def _ranked(step: Rank, columns: Columns) -> Column:
    found: list[Raw] = [0] * columns.frames.size(step.level)
    keys = list(zip(*(_signed(_weights(key, columns), key.descending) for key in step.keys), strict=True))
    for rows in _rows(columns, step.level, step.group, step.where):
        for row, place in zip(rows, places([keys[row] for row in rows], step.ties), strict=True):
            found[row] = place
    return found


def _signed(values: Sequence[Weight], descending: bool) -> Sequence[Weight]:
    return [-value for value in values] if descending else values


def _weights(key: RankKey, columns: Columns) -> Sequence[Weight]:
    """What rows are compared by, exactly."""
    found: Sequence[Weight] = columns[key.numerator]
    for cell in key.denominators:
        found = [Fraction(top) / below for top, below in zip(found, columns[cell], strict=True)]
    return found


def _running(step: Running, columns: Columns) -> Column:
    """The sum up to and with each row; or whether another row has its place in the order."""
    values = columns[step.value]
    orders = list(zip(*(columns[cell] for cell in step.order), strict=True))
    found: list[Any] = [False if step.clash else 0] * columns.frames.size(step.level)
    for rows in _rows(columns, step.level, step.group, step.where):
        rows.sort(key=orders.__getitem__)
        if step.clash:
            for row, after in itertools.pairwise(rows):
                if orders[row] == orders[after]:
                    found[row] = found[after] = True
            continue
        for row, total in zip(rows, itertools.accumulate(values[row] for row in rows), strict=True):
            found[row] = total
    return found


def _shared(step: Share, columns: Columns, keys: Sequence[Key]) -> Column:
    found: list[Raw] = [0] * columns.frames.size(step.level)
    amounts = columns[step.amount]
    weights = _weights(step.weight, columns)
    caps = None if step.cap is None else columns[step.cap]
    among = None if step.among is None else columns[step.among]
    for whole, rows in zip(amounts, _rows(columns, step.level, step.group, step.where), strict=True):
        amount: int | Fraction = whole
        if among is not None:
            every, rows = sum(weights[row] for row in rows), [row for row in rows if among[row]]
            amount = part_of(whole, sum(weights[row] for row in rows), every, step.method)
        given = shares(
            amount, [weights[row] for row in rows], [keys[row] for row in rows], step.method,
            None if caps is None else [caps[row] for row in rows],
        )  # fmt: skip
        for row, share in zip(rows, given, strict=True):
            found[row] = share
    return found
