"""Aggregates over the rows of a finer level: what is computed by row, and what is gathered from it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from ..model.levels import Level
from ..model.plan import Atom, CellValue, Gather, Latest, Quantile, Ref
from ..model.terms import Aggregate
from .cells import CellBuilder
from .plan_builder import NO_CELL, ONE, TRUE, ZERO
from .rationals import Lowered, Rational, TextOrFlag, divide, reduced, whole_rational


class NotWhole(Exception):
    """Rows of an exact quotient cannot be gathered: its denominator differs from row to row."""


@frozen
class Over:
    """The rows of `source` that one row of `level` owns, `most` of them at the most."""

    source: Level
    level: Level
    most: int


def aggregate(cells: CellBuilder, term: Aggregate, over: Over, value: Lowered | None, where: Atom | None) -> Rational:
    """The aggregate of `value` over rows where `where`; missing rows are skipped. `latest` has its own function."""
    include = cells.all_of(where, None if value is None else value.known) or TRUE
    if term.function in ("count", "share"):
        held = cells.both(include, value.atom) if isinstance(value, TextOrFlag) else include
        return _counted(cells, term, over, include, held)
    assert isinstance(value, Rational)
    if value.factors:
        return _of_quotients(cells, term, over, value, where)
    count = _count(cells, over, include, term.others)
    if term.function in ("sum", "mean"):
        found = _sum(cells, over, value, include, term.others)
        if term.function == "mean":
            mean = divide(cells, found, whole_rational(cells, count), missing_at_zero=True)
            low, high = min(value.low, Fraction(0)), max(value.high, Fraction(0))
            found = reduced(cells, evolve(mean, low=max(low, mean.low), high=min(high, mean.high)))
    elif term.function == "variance":
        found = _variance(cells, over, value, include, count)
    else:
        found = _one_or_some_of(cells, term, over, value, include)
        found = evolve(found, known=cells.all_of(_some(cells, count)))
    return found


def _some(cells: CellBuilder, count: Atom) -> Atom:
    return cells.negation(cells.compare("==", count, ZERO))


def _counted(cells: CellBuilder, term: Aggregate, over: Over, include: Atom, held: Atom) -> Rational:
    count = _count(cells, over, include, term.others)
    total = whole_rational(cells, _count(cells, over, held, term.others))
    if term.function == "share":
        total = divide(cells, total, whole_rational(cells, count), missing_at_zero=True)
        total = evolve(total, high=min(total.high, Fraction(1)))
    return total


def _of_quotients(cells: CellBuilder, term: Aggregate, over: Over, value: Rational, where: Atom | None) -> Rational:
    """Aggregates fractions whose denominator is one for all rows of an owner: the numerators, divided once."""
    least = most = 1
    for factor in value.factors:
        if not cells.graph.is_above(cells.level(factor), over.level):
            raise NotWhole
        low, high = cells.span(factor)
        least, most = least * max(low, 1), most * high
    low, high = cells.span(value.top)
    plain = Rational(value.top, Fraction(low, value.constant), Fraction(high, value.constant), value.constant)
    found = aggregate(cells, term, over, evolve(plain, known=value.known), where)
    times = 2 if term.function == "variance" else 1
    ends = [end / below**times for end in (found.low, found.high) for below in (least, most)]
    factors = tuple(sorted((*found.factors, *value.factors * times), key=lambda ref: ref.cell))
    return reduced(cells, evolve(found, low=min(ends), high=max(ends), factors=factors))


# ── One pass over the rows ────────────────────────────────────────────────────────────────────────


def _gathered(
    cells: CellBuilder,
    over: Over,
    function: str,
    value: Atom,
    where: Atom,
    empty: int,
    span: tuple[int, int],
    most: int = 0,
) -> Ref:
    at = over.source
    rows, here = cells.at(value, at).cell, cells.at(where, at).cell
    return cells.cross(Gather(NO_CELL, over.level, at, function, rows, here, empty, *span, most=most))


def _count(cells: CellBuilder, over: Over, where: Atom, others: bool) -> Atom:
    count = _gathered(cells, over, "sum", ONE, where, 0, (0, over.most))
    if not others:
        return count
    rest = cells.subtract(cells.at(count, over.source), cells.pick(where, ONE, ZERO))
    return cells.narrow(rest, 0, over.most - 1)


def _sum(cells: CellBuilder, over: Over, value: Rational, where: Atom, others: bool) -> Rational:
    low, high = cells.span(value.top)
    span = (min(0, low * over.most), max(0, high * over.most))
    top: Atom = _gathered(cells, over, "sum", value.top, where, 0, span)
    if others:
        top = cells.subtract(cells.at(top, over.source), cells.pick(where, value.top, ZERO))
        cells.narrow(top, *span)
    return Rational(top, Fraction(span[0], value.constant), Fraction(span[1], value.constant), value.constant)


def _variance(cells: CellBuilder, over: Over, value: Rational, where: Atom, count: Atom) -> Rational:
    """The mean of the squares of the deviations: (n * sum of squares - the sum squared) / n**2."""
    low, high = cells.span(value.top)
    square = cells.multiply(value.top, value.top)
    most = max(low * low, high * high) * over.most
    squares = _gathered(cells, over, "sum", square, where, 0, (0, most))
    total = _sum(cells, over, value, where, False).top
    top = cells.subtract(cells.multiply(count, squares), cells.multiply(total, total))
    cells.narrow(top, 0, over.most**2 * (high - low) ** 2 // 4)
    scale, number = value.constant**2, whole_rational(cells, count)
    spread = whole_rational(cells, top)
    spread = evolve(spread, constant=scale, low=spread.low / scale, high=spread.high / scale)
    found = divide(cells, divide(cells, spread, number), number, missing_at_zero=True)
    widest = Fraction((high - low) ** 2, 4 * scale)
    return reduced(cells, evolve(found, low=max(found.low, Fraction(0)), high=min(found.high, widest)))


def _one_or_some_of(cells: CellBuilder, term: Aggregate, over: Over, value: Rational, where: Atom) -> Rational:
    """The least, the largest, a percentile, or the sum of the `most` largest; a filler of no rows."""
    low, high = cells.span(value.top)
    scale = value.constant
    if term.function == "percentile":
        rows, here = cells.at(value.top, over.source).cell, cells.at(where, over.source).cell
        below = term.fraction.denominator
        times = below if term.method == "linear" else 1
        low, high, scale = low * times, high * times, scale * times
        top = cells.cross(
            Quantile(NO_CELL, over.level, over.source, rows, here, term.fraction.numerator, below, term.method,
                     low, low, high)
        )  # fmt: skip
    elif term.function == "best":
        most = min(term.most, over.most)
        low, high = min(0, low * most), max(0, high * most)
        top = _gathered(cells, over, "best", value.top, where, 0, (low, high), term.most)
    else:
        empty = high if term.function == "min" else low
        top = _gathered(cells, over, term.function, value.top, where, empty, (low, high))
    return Rational(top, Fraction(low, scale), Fraction(high, scale), scale)


# ── The latest row ────────────────────────────────────────────────────────────────────────────────


def lower_latest(
    cells: CellBuilder,
    term: Aggregate,
    over: Over,
    value: Lowered,
    where: Atom | None,
    order: Sequence[Lowered],
    filler: str | bool,
) -> tuple[Lowered, Atom]:
    """The known value in the row with the largest `order`; and whether rows share that and differ in value."""
    include = cells.all_of(where, value.known, *(one.known for one in order)) or TRUE
    at = over.source
    here = cells.at(include, at).cell
    places = tuple(order_cell(cells, one, at) for one in order)
    numeric = isinstance(value, Rational)
    atom = value.top if isinstance(value, Rational) else value.atom
    if isinstance(value, Rational) and value.factors:
        raise NotWhole
    low, high = cells.span(atom) if numeric else (None, None)
    empty: CellValue = filler if low is None or high is None else min(max(0, low), high)
    row = cells.at(atom, at).cell
    found = cells.cross(Latest(NO_CELL, over.level, at, row, here, places, empty, False, low, high))
    clash = cells.cross(Latest(NO_CELL, over.level, at, row, here, places, False, True))
    count = _count(cells, over, include, False)
    known = cells.all_of(_some(cells, count))
    if not isinstance(value, Rational) or low is None or high is None:
        return TextOrFlag(found, known), clash
    scale = value.constant
    return Rational(found, Fraction(low, scale), Fraction(high, scale), scale, (), known), clash


def order_cell(cells: CellBuilder, order: Lowered, level: Level) -> int:
    """What rows are put in order by: a whole number, or a text."""
    if isinstance(order, Rational):
        if order.factors:
            raise NotWhole
        return cells.at(order.top, level).cell
    return cells.at(order.atom, level).cell
