"""Aggregates over the rows of a detail table: what is computed by row, and what is gathered from it."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ..model.levels import Level
from ..model.plan import Atom, Lit, Ref
from .cells import ONE, TRUE, ZERO, Cells
from .rationals import Lowered, Number, Word, divide, reduced, whole


class NotWhole(Exception):
    """Rows of an exact quotient cannot be gathered: its denominator differs from row to row."""


def aggregate(
    cells: Cells,
    function: str,
    source: Level,
    value: Lowered | None,
    where: Atom | None,
    min_rows: int,
    max_rows: int,
) -> Number:
    """The aggregate of `value` over the rows of `source` where `where`; missing rows are skipped."""
    include = cells.all_of(where, None if value is None else value.known) or TRUE
    count = _count(cells, source, include, max_rows)
    enough = cells.compare("<=", Lit(min_rows), count) if min_rows > 0 else None
    if function in ("count", "share"):
        held = cells.both(include, value.atom) if isinstance(value, Word) else include
        total = whole(cells, _count(cells, source, held, max_rows))
        if function == "share":
            total = divide(cells, total, whole(cells, count), missing_at_zero=True)
            total = evolve(total, high=min(total.high, Fraction(1)))
        return evolve(total, known=cells.all_of(total.known, enough))
    assert isinstance(value, Number)
    if value.factors:
        raise NotWhole
    if function in ("min", "max"):
        return _extreme(cells, function, source, value, include, count, enough)
    total = _sum(cells, source, value, include, max_rows)
    if function == "mean":
        mean = divide(cells, total, whole(cells, count), missing_at_zero=True)
        low, high = min(value.low, Fraction(0)), max(value.high, Fraction(0))
        total = reduced(cells, evolve(mean, low=max(low, mean.low), high=min(high, mean.high)))
    return evolve(total, known=cells.all_of(total.known, enough))


def _count(cells: Cells, source: Level, where: Atom, max_rows: int) -> Ref:
    return cells.gather("sum", cells.at(ONE, source), cells.at(where, source), 0, (0, max_rows))


def _sum(cells: Cells, source: Level, value: Number, where: Atom, max_rows: int) -> Number:
    low, high = cells.span(value.top)
    span = (min(0, low * max_rows), max(0, high * max_rows))
    top = cells.gather("sum", cells.at(value.top, source), cells.at(where, source), 0, span)
    return Number(top, Fraction(span[0], value.constant), Fraction(span[1], value.constant), value.constant)


def _extreme(
    cells: Cells, function: str, source: Level, value: Number, where: Atom, count: Atom, enough: Atom | None
) -> Number:
    low, high = cells.span(value.top)
    empty = high if function == "min" else low
    top = cells.gather(function, cells.at(value.top, source), cells.at(where, source), empty, (low, high))
    some = cells.negation(cells.compare("==", count, ZERO))
    known = cells.all_of(enough or some)
    low_value, high_value = Fraction(low, value.constant), Fraction(high, value.constant)
    return Number(top, low_value, high_value, value.constant, (), known)
