"""Compiles terms over all rows of one group: ranks, running sums, and shares of a pool."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from ..base.numbers import Rounding
from ..model.plan import Atom, Cell, Rank, RankKey, RunningSum, Share
from ..model.terms import Ranked, Shared
from .cells import CellBuilder
from .plan_builder import NO_CELL, ONE, TRUE, ZERO
from .rationals import Lowered, Rational, TextOrFlag, whole_rational
from .rounding import rounded_rational
from .rows import NotWhole, Over, order_cell


def lower_ranked(
    cells: CellBuilder, term: Ranked, over: Over, keys: Sequence[tuple[Lowered, bool]], where: Atom | None
) -> Rational:
    """The rank of each row; missing for a row with a missing key."""
    known = cells.all_of(where, *(key.known for key, _ in keys))
    places = tuple(_rank_key(cells, key, over, descending) for key, descending in keys)
    here = cells.at(known or TRUE, over.source).cell
    least = 1 if known is None else 0
    rank = cells.cross(Rank(NO_CELL, over.source, over.level, places, here, term.ties, least, over.most))
    return whole_rational(cells, rank, known)


def _rank_key(cells: CellBuilder, key: Lowered, over: Over, descending: bool = True) -> RankKey:
    """The key by which rows are compared; a denominator that all rows share is left out."""
    if isinstance(key, TextOrFlag):
        return RankKey(cells.at(cells.pick(key.atom, ONE, ZERO), over.source).cell, (), descending)
    own = (one for one in key.factors if not cells.graph.is_above(cells.level(one), over.level))
    below = tuple(cells.at(factor, over.source).cell for factor in own)
    return RankKey(cells.at(key.top, over.source).cell, below, descending)


def lower_running(
    cells: CellBuilder, over: Over, value: Rational, where: Atom | None, order: Sequence[Lowered]
) -> tuple[Rational, Atom]:
    """The sum up to and with each row; and whether the row ties with another in the order."""
    if value.factors:
        raise NotWhole
    known = cells.all_of(where, value.known, *(one.known for one in order))
    at, group = over.source, over.level
    here = cells.at(known or TRUE, at).cell
    places = tuple(order_cell(cells, one, at) for one in order)
    row = cells.at(value.top, at).cell
    least, largest = cells.span(value.top)
    low, high = min(0, least * over.most), max(0, largest * over.most)
    total = cells.cross(RunningSum(NO_CELL, at, group, row, here, places, False, low, high))
    clash = cells.cross(RunningSum(NO_CELL, at, group, cells.at(ONE, at).cell, here, places, True))  # whatever is added
    scale = value.constant
    return Rational(total, Fraction(low, scale), Fraction(high, scale), scale, (), known), clash


@frozen
class PoolCells:
    """The cells of a pool for reports: `share` as it is paid, `where` for rows that share it; in steps of money."""

    amount: Cell
    when: Cell | None
    share: Cell
    where: Cell
    decimals: int


@frozen
class PoolParts:
    """The lowered operands of a `Shared`."""

    amount: Rational
    weight: Rational
    when: Atom | None
    among: Atom | None
    cap: Rational | None


def lower_share(cells: CellBuilder, term: Shared, over: Over, parts: PoolParts) -> tuple[Rational, PoolCells]:
    """Each row's share of the amount of its group, both in whole steps of money, rounded down."""
    at, group = over.source, over.level
    amount = _steps(cells, parts.amount, term.decimals)
    cap = None if parts.cap is None else cells.at(_steps(cells, parts.cap, term.decimals), at).cell
    kept = parts.among is not None and term.left_out == "kept"
    takes_part = cells.all_of(
        parts.weight.known, None if parts.cap is None else parts.cap.known, None if kept else parts.among
    )
    here = cells.all_of(takes_part, parts.when) or TRUE
    weight = _rank_key(cells, evolve(parts.weight, top=cells.extreme(True, parts.weight.top, ZERO)), over)
    most = cells.span(amount)[1]
    share: Atom = cells.cross(
        Share(NO_CELL, at, group, cells.at(amount, group).cell, weight, cells.at(here, at).cell, cap, term.method,
              0, most, cells.at(parts.among, at).cell if kept and parts.among is not None else None)
    )  # fmt: skip
    scale = 10**term.decimals
    members = cells.all_of(takes_part, parts.among, cells.compare("<", ZERO, parts.weight.top)) or TRUE
    found = PoolCells(
        cells.at(amount, group).cell,
        None if parts.when is None else cells.at(parts.when, group).cell,
        cells.at(share, at).cell,
        cells.at(members, at).cell,
        term.decimals,
    )
    return Rational(share, Fraction(0), Fraction(most, scale), scale), found


def _steps(cells: CellBuilder, money: Rational, decimals: int) -> Atom:
    """An amount in whole steps of money, never below 0."""
    return cells.extreme(True, rounded_rational(cells, money, decimals, Rounding.FLOOR).top, ZERO)
