"""Aggregates over the rows of a finer level, each by the steps that gather from its rows.

Comes in: the rows that count, and the value of each. Goes out: one number of the level above, and whether it is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from ..model.levels import Level
from ..model.plan import Atom, CellValue, Gather, Latest, Lit, Quantile, Ref
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


@frozen
class CountingRows:
    """The rows that count for the aggregate `term`: those where `include`, `count` of them.

    `value` is that of each row, or its condition, which is true where `held`; None where rows are counted. `most` is
    how many values are the best.
    """

    term: Aggregate
    over: Over
    value: Lowered | None
    include: Atom
    held: Atom
    count: Atom
    most: Atom

    @property
    def number(self) -> Rational:
        """The value of each row of an aggregate of numbers."""
        assert isinstance(self.value, Rational)
        return self.value

    @property
    def others(self) -> bool:
        """Whether a row is left out of what is said of it."""
        return self.term.others


def counting_rows(
    cells: CellBuilder, term: Aggregate, over: Over, value: Lowered | None, where: Atom | None, most: Atom
) -> CountingRows:
    """The rows where `where` whose value is not missing."""
    include = cells.all_of(where, None if value is None else value.known) or TRUE
    held = cells.both(include, value.atom) if isinstance(value, TextOrFlag) else include
    return CountingRows(term, over, value, include, held, _count(cells, over, include, term.others), most)


# ── One pass over the rows ────────────────────────────────────────────────────────────────────────


def _gathered(
    cells: CellBuilder,
    over: Over,
    function: str,
    value: Atom,
    where: Atom,
    empty: int,
    span: tuple[int, int],
    most: Atom = ZERO,
) -> Ref:
    at = over.source
    rows, here = cells.at(value, at).cell, cells.at(where, at).cell
    count = most.value if isinstance(most, Lit) else cells.at(most, over.level)
    assert isinstance(count, int | Ref)
    return cells.cross(Gather(NO_CELL, over.level, at, function, rows, here, empty, *span, most=count))


def _some(cells: CellBuilder, count: Atom) -> Atom:
    return cells.negation(cells.compare("==", count, ZERO))


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


# ── One function for each aggregate ───────────────────────────────────────────────────────────────


def counted_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """How many rows there are, or how many where the condition holds."""
    return whole_rational(cells, _count(cells, rows.over, rows.held, rows.others))


def share_of_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """How many rows there are where the condition holds, by how many there are."""
    share = divide(cells, counted_rows(cells, rows), whole_rational(cells, rows.count), missing_at_zero=True)
    return evolve(share, high=min(share.high, Fraction(1)))


def sum_of_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """The values added up."""
    return _sum(cells, rows.over, rows.number, rows.include, rows.others)


def mean_of_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """The values added up, by how many there are: no less than the least of them, no more than the largest."""
    value = rows.number
    mean = divide(cells, sum_of_rows(cells, rows), whole_rational(cells, rows.count), missing_at_zero=True)
    low, high = min(value.low, Fraction(0)), max(value.high, Fraction(0))
    return reduced(cells, evolve(mean, low=max(low, mean.low), high=min(high, mean.high)))


def variance_of_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """The mean of the squares of the deviations: (n * sum of squares - the sum squared) / n**2."""
    value, over, count = rows.number, rows.over, rows.count
    low, high = cells.span(value.top)
    square = cells.multiply(value.top, value.top)
    most = max(low * low, high * high) * over.most
    squares = _gathered(cells, over, "sum", square, rows.include, 0, (0, most))
    total = _sum(cells, over, value, rows.include, False).top
    top = cells.subtract(cells.multiply(count, squares), cells.multiply(total, total))
    cells.narrow(top, 0, over.most**2 * (high - low) ** 2 // 4)
    scale, number = value.constant**2, whole_rational(cells, count)
    spread = whole_rational(cells, top)
    spread = evolve(spread, constant=scale, low=spread.low / scale, high=spread.high / scale)
    found = divide(cells, divide(cells, spread, number), number, missing_at_zero=True)
    widest = Fraction((high - low) ** 2, 4 * scale)
    return reduced(cells, evolve(found, low=max(found.low, Fraction(0)), high=min(found.high, widest)))


def least_of_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """The least of the values; of no rows the largest that one could be stands for it."""
    return _extreme(cells, rows, "min", cells.span(rows.number.top)[1])


def largest_of_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """The largest of the values; of no rows the least that one could be stands for it."""
    return _extreme(cells, rows, "max", cells.span(rows.number.top)[0])


def _extreme(cells: CellBuilder, rows: CountingRows, function: str, empty: int) -> Rational:
    span = cells.span(rows.number.top)
    top = _gathered(cells, rows.over, function, rows.number.top, rows.include, empty, span)
    return _known_of_some(cells, rows, top, span, rows.number.constant)


def best_of_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """The `most` largest of the values added up; of none of them it is not known."""
    low, high = cells.span(rows.number.top)
    times = min(cells.span(rows.most)[1], rows.over.most)
    span = min(0, low * times), max(0, high * times)
    top = _gathered(cells, rows.over, "best", rows.number.top, rows.include, 0, span, rows.most)
    found = _known_of_some(cells, rows, top, span, rows.number.constant)
    return evolve(found, known=cells.all_of(found.known, cells.compare("<", ZERO, rows.most)))


def percentile_of_rows(cells: CellBuilder, rows: CountingRows) -> Rational:
    """A percentile; between two values it counts steps as fine as the fraction that says it."""
    term, over, value = rows.term, rows.over, rows.number
    below = term.fraction.denominator
    times = below if term.method == "linear" else 1
    low, high = (end * times for end in cells.span(value.top))
    here, at = cells.at(value.top, over.source).cell, cells.at(rows.include, over.source).cell
    top = cells.cross(
        Quantile(
            NO_CELL, over.level, over.source, here, at, term.fraction.numerator, below, term.method, low, low, high
        )
    )
    return _known_of_some(cells, rows, top, (low, high), value.constant * times)


def _known_of_some(cells: CellBuilder, rows: CountingRows, top: Atom, span: tuple[int, int], scale: int) -> Rational:
    """`top` steps of 1/`scale`, known where there is a row that counts."""
    low, high = (Fraction(end, scale) for end in span)
    return Rational(top, low, high, scale, (), cells.all_of(_some(cells, rows.count)))


# ── The latest row ────────────────────────────────────────────────────────────────────────────────


def lower_latest(
    cells: CellBuilder,
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
