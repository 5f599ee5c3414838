"""A pool's units shared among the rows of each group: all groups at once, in whole columns.

What is rare (Webster's method, weights over denominators of their own, numbers that are too wide) goes group by group
through `apportionment`. Keys are asked for only where rows are level and the last units fall among them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import lcm, prod

import numpy as np

from ...model.arrays import Array, Flags, Ints
from ...model.plan import Share
from .apportionment import part_of, shares
from .cells import Columns, is_narrow, is_wide, largest
from .crossings import sums
from .ordering import Ordered, exact_quotients, ordered

FirstOfEquals = Callable[[Ints], Ints]  # of some rows: the place of each by what tells rows apart


def shared(step: Share, columns: Columns, precedence: FirstOfEquals) -> Array:
    """What each row gets of its group's amount."""
    where, members = columns.where(step.where), columns[step.weight.numerator] > 0
    pools = _Pools(step, columns, np.flatnonzero(members if where is None else members & where), precedence)
    found = np.zeros(columns.index.size(step.level), np.int64 if is_narrow(step.low, step.high) else object)
    found[pools.rows] = pools.in_columns() if pools.fit else pools.one_by_one()
    return found


class _Pools:
    """The operands of a `Share`, of those `rows` alone that are `where` and have a weight."""

    def __init__(self, step: Share, columns: Columns, rows: Ints, precedence: FirstOfEquals) -> None:
        self.rows = rows
        self._precedence = precedence
        self._method = step.method
        self._groups = columns.index.size(step.group)
        self._owner = columns.index.up(step.level, step.group)[rows]
        self._amounts = columns[step.amount]
        self._weights = columns[step.weight.numerator][rows]
        self._below = [columns[cell][rows] for cell in step.weight.denominators]
        self._caps = None if step.cap is None else columns[step.cap][rows]
        self._among: Flags | None = None if step.among is None else columns[step.among][rows]

    def _sums(self, values: Array) -> Array:
        return sums(values, self._owner, self._groups)

    @property
    def fit(self) -> bool:
        """Whether whole columns can do it, and no number on the way is too wide for them."""
        summed = [self._weights] if self._caps is None else [self._weights, self._caps]
        if self._method == "webster" or self._below or is_wide(self._amounts, *summed):
            return False
        if self._method == "keep_remainder" and self._caps is not None and self._among is not None:
            return False  # caps for an amount that is no whole number of units
        if not all(is_narrow(largest(column) * len(column)) for column in summed):
            return False
        is_plain = self._caps is None and self._among is None
        weight = largest(self._weights if is_plain else self._sums(self._weights))
        capacity = 0 if self._caps is None else largest(self._sums(self._caps))
        return is_narrow((2 * largest(self._amounts) + capacity + 1) * weight)

    # ── All groups at once ────────────────────────────────────────────────────────────────────────

    def in_columns(self) -> Array:
        """Exact shares, those above their caps cut; then whole units."""
        takes = np.ones(len(self.rows), bool) if self._among is None else self._among
        units, total = self._amounts, self._sums(np.where(takes, self._weights, 0))
        if self._among is not None:
            every = self._sums(self._weights)
            if self._method == "keep_remainder":
                total = every  # of the whole amount, each rounded down
            else:
                units = (2 * units * total + every) // np.maximum(2 * every, 1)
        given = np.zeros(len(self.rows), np.int64)
        if self._caps is not None:
            full = self._full(np.flatnonzero(takes), units, total)
            given[full] = self._caps[full]
            units, takes = units - self._sums(given), takes.copy()
            takes[full] = False
            total = self._sums(np.where(takes, self._weights, 0))
        rows = np.flatnonzero(takes)
        owner, weights = self._owner[rows], self._weights[rows]
        given[rows], part = np.divmod(units[owner] * weights, total[owner])
        if self._method == "largest_remainder":
            left = units - sums(given[rows], owner, self._groups)
            given[rows[self._first(ordered(owner, self._groups, [-part, -weights]), left, rows)]] += 1
        return given

    def _full(self, rows: Ints, units: Ints, total: Ints) -> Ints:
        """Those of the rows that get their cap although their exact share is larger.

        Water that rises in vessels: those with the lowest cap for their weight are full first.
        """
        assert self._caps is not None
        order = ordered(self._owner[rows], self._groups, exact_quotients(self._caps[rows], [self._weights[rows]]))
        rows = rows[order.rows]
        caps, weights = self._caps[rows], self._weights[rows]
        left = units[order.owner] - (order.running(caps) - caps)
        heavy = total[order.owner] - (order.running(weights) - weights)
        stops = caps * heavy >= left * weights
        return np.asarray(rows[order.running(stops.astype(np.int64)) == 0])

    def _first(self, order: Ordered, units: Ints, rows: Ints) -> Ints:
        """The first rows of each group, as many as it has units; of equals those that come first by precedence."""
        found, starts = order.rows.copy(), order.starts()
        cuts = (order.begins[:-1] + units)[(units > 0) & (units < order.counts)]
        run = np.cumsum(starts) - 1
        is_cut = np.zeros(len(run), bool)
        is_cut[run[cuts[~starts[cuts]]]] = True  # the last unit falls among equals
        tied = np.flatnonzero(is_cut[run])
        if len(tied):
            precedence = self._precedence(self.rows[rows[found[tied]]])
            found[tied] = found[tied][np.lexsort((precedence, run[tied]))]
        return found[order.places < units[order.owner]]

    # ── Group by group ────────────────────────────────────────────────────────────────────────────

    def one_by_one(self) -> list[int]:
        """The same by `apportionment`; weights over one denominator, which changes no share."""
        keys = self._precedence(self.rows)
        order = ordered(self._owner, self._groups, [])
        given = [0] * len(self.rows)
        for amount, (begin, end) in zip(self._amounts.tolist(), pairwise(order.begins.tolist()), strict=True):
            if begin == end:
                continue
            rows = order.rows[begin:end]
            weights = self._whole_weights(rows)
            if self._among is not None:
                every, among = sum(weights), self._among[rows].tolist()
                weights = [weight for weight, takes in zip(weights, among, strict=True) if takes]
                rows = rows[self._among[rows]]
                amount = part_of(amount, sum(weights), every, self._method)
            caps = None if self._caps is None else self._caps[rows].tolist()
            found = shares(amount, weights, keys[rows].tolist(), self._method, caps)
            for row, share in zip(rows.tolist(), found, strict=True):
                given[row] = share
        return given

    def _whole_weights(self, rows: Ints) -> list[int]:
        tops = self._weights[rows].tolist()
        below = [prod(row) for row in zip(*(column[rows].tolist() for column in self._below), strict=True)]
        common = lcm(*below)
        return [top * (common // under) for top, under in zip(tops, below, strict=True)] if below else tops
