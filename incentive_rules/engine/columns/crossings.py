"""The steps that look at several rows: each one pass over the rows, or one sort of them.

What is added up or multiplied on the way is bounded by the numbers that are there. Where it might not fit into an
array, it is done in Python's numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ...model.arrays import Array, Flags, Ints
from ...model.levels import Level
from ...model.plan import Cell, Gather, Latest, Quantile, Rank, RankKey, Ref, RunningSum
from .cells import Columns, is_narrow, largest, widened, within
from .ordering import Ordered, descending, exact_quotients, ordered

# ── Up to a level above ───────────────────────────────────────────────────────────────────────────


def gathered(step: Gather, columns: Columns) -> Array:
    """The sum, the least or the largest value of the rows below each row; or the sum of the `most` largest."""
    values, where = columns[step.value], columns.where(step.where)
    owner, size = columns.index.up(step.source, step.level), columns.index.size(step.level)
    if step.function == "best":
        rows = ordered(owner, size, [-values], where)
        most = columns[step.most.cell][rows.owner] if isinstance(step.most, Ref) else step.most
        taken = rows.rows[rows.places < most]
        found = within(sums(values[taken], owner[taken], size), (step.low, step.high))
        found[rows.counts == 0] = step.empty
    elif step.function == "sum":
        found = step.empty + sums(values if where is None else np.where(where, values, 0), owner, size)
    else:
        values = values if is_narrow(step.low, step.high) else widened(values)
        found = np.full(size, step.empty, values.dtype)
        extreme = np.minimum if step.function == "min" else np.maximum
        extreme.at(found, owner, values if where is None else np.where(where, values, step.empty))
    return within(found, (step.low, step.high))


def sums(values: Array, owner: Ints, size: int) -> Array:
    """The sum of the values of each of `size` owners."""
    bound = largest(values)
    if not is_narrow(bound * len(values)) and not is_narrow(bound * int(np.bincount(owner).max())):
        values = widened(values)
    found = np.zeros(size, values.dtype)
    np.add.at(found, owner, values)
    return found


def quantile(step: Quantile, columns: Columns) -> Array:
    """The percentile of the values below each row."""
    rows = _below(step, columns, [columns[step.value]])
    values, some = columns[step.value][rows.rows], rows.counts > 0
    begins, counts = rows.begins[:-1][some], rows.counts[some]
    if not is_narrow(max(step.top, step.bottom) * (len(values) + 1)):
        counts = widened(counts)
    if step.method == "linear":
        whole = step.top * (counts - 1) // step.bottom
        part = step.top * (counts - 1) - whole * step.bottom
        at = begins + whole.astype(np.int64)
        values, part = _widened_if(2 * max(largest(values), 1) * step.bottom, values, part)
        chosen = values[at] * step.bottom + part * (values[at + (part > 0)] - values[at])
    else:
        top = step.top * counts
        number = -(-top // step.bottom) if step.method == "at_least" else top // step.bottom + 1
        chosen = values[begins + np.clip(number, 1, counts).astype(np.int64) - 1]
    return _where_some(some, chosen, step.empty, (step.low, step.high))


def latest(step: Latest, columns: Columns) -> Array:
    """The value in the row with the largest order, the first of such rows; or whether such rows differ in it."""
    rows = _below(step, columns, _order(step.order, columns))
    values, some = columns[step.value][rows.rows], rows.counts > 0
    first = _first_alike(rows)
    of_owner = np.zeros(len(some), np.int64)
    of_owner[some] = first[rows.begins[1:][some] - 1]
    if not step.clash:
        span = None if step.low is None or step.high is None else (step.low, step.high)
        return _where_some(some, values[of_owner[some]], columns.atom(step.empty), span)
    found = np.zeros(len(some), bool)
    found[rows.owner[(first == of_owner[rows.owner]) & (values != values[first])]] = True
    return found


def _below(step: Quantile | Latest, columns: Columns, keys: Iterable[Array]) -> Ordered:
    owner, size = columns.index.up(step.source, step.level), columns.index.size(step.level)
    return ordered(owner, size, list(keys), columns.where(step.where))


def _where_some(some: Flags, values: Array, empty: int | bool, span: tuple[int, int] | None) -> Array:
    """The values of the owners that have some, `empty` for all others."""
    chosen = within(values, span)
    found = np.full(len(some), empty, chosen.dtype)
    found[some] = chosen
    return found


def _first_alike(rows: Ordered) -> Ints:
    """For each row in order where the rows that are level with it begin."""
    return np.maximum.accumulate(np.where(rows.starts(), np.arange(len(rows.rows)), 0))


def _order(cells: Iterable[Cell], columns: Columns) -> list[Array]:
    """What rows are put in order by; texts by their places among all texts."""
    return [
        columns.texts.places()[columns[cell]] if columns.facts[cell].kind is str else columns[cell] for cell in cells
    ]


def _widened_if(bound: int, *some: Array) -> list[Array]:
    """The columns, in Python's numbers where what becomes of them reaches this bound and it is wide."""
    return [one if is_narrow(bound) else widened(one) for one in some]


# ── Among the rows of a group ─────────────────────────────────────────────────────────────────────


def ranked(step: Rank, columns: Columns) -> Array:
    """The place of each row where `where`, 0 elsewhere."""
    keys = [part for key in step.keys for part in rank_key(key, columns)]
    rows = _among(step.level, step.group, step.where, columns, keys)
    found = np.zeros(columns.index.size(step.level), np.int64)
    found[rows.rows] = places(rows, step.ties)
    return within(found, (step.low, step.high))


def rank_key(key: RankKey, columns: Columns) -> tuple[Array, ...]:
    """What puts rows in the order of a key, exactly."""
    parts = exact_quotients(columns[key.numerator], [columns[cell] for cell in key.denominators])
    return descending(parts) if key.descending else parts


def places(rows: Ordered, ties: str) -> Ints:
    """The place of each row among those of its owner; equal keys have equal places.

    `standard`: 1 and those before it; `modified`: those before it or level with it; `dense`: 1 and the different places
    before it.
    """
    starts = rows.starts()
    run: Ints = np.cumsum(starts) - 1  # the number of each row's run of equals
    begins, first = np.flatnonzero(starts), rows.begins[rows.owner]
    if ties == "standard":
        return begins[run] - first + 1
    if ties == "modified":
        return np.append(begins[1:], len(starts))[run] - first
    return run - run[first] + 1


def running(step: RunningSum, columns: Columns) -> Array:
    """The sum up to and with each row where `where`; or whether another row has its place in the order."""
    rows = _among(step.level, step.group, step.where, columns, _order(step.order, columns))
    size = columns.index.size(step.level)
    if step.clash or step.low is None or step.high is None:
        clash = np.zeros(size, bool)
        level = ~rows.starts()[1:]
        clash[rows.rows[1:][level]] = clash[rows.rows[:-1][level]] = True
        return clash
    values = columns[step.value][rows.rows]
    [values] = _widened_if(largest(values) * len(values), values)
    found = np.zeros(size, values.dtype)
    found[rows.rows] = rows.running(values)
    return within(found, (step.low, step.high))


def _among(level: Level, group: Level, where: Cell, columns: Columns, keys: Iterable[Array]) -> Ordered:
    owner, size = columns.index.up(level, group), columns.index.size(group)
    return ordered(owner, size, list(keys), columns.where(where))
