"""How each aggregate of the language is computed: of rows, and of members that are spelled out.

The one table by name in this package. What an aggregate is called, takes and gives stands in `lang/aggregates.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from ..lang.aggregates import Gives
from ..model.plan import Atom
from ..model.terms import Aggregate
from . import members, rows
from .cells import CellBuilder
from .rationals import Lowered, Rational, reduced


@frozen
class AggregateLowering:
    """The steps of one aggregate; None of members where it cannot run over them."""

    of_rows: Callable[[CellBuilder, rows.CountingRows], Rational]
    of_members: Callable[[CellBuilder, members.CountingMembers], Rational] | None = None


LOWERINGS: Mapping[str, AggregateLowering] = {
    "count": AggregateLowering(rows.counted_rows, members.counted_members),
    "sum": AggregateLowering(rows.sum_of_rows, members.sum_of_members),
    "mean": AggregateLowering(rows.mean_of_rows, members.mean_of_members),
    "share": AggregateLowering(rows.share_of_rows, members.share_of_members),
    "min": AggregateLowering(rows.least_of_rows, members.least_of_members),
    "max": AggregateLowering(rows.largest_of_rows, members.largest_of_members),
    "best": AggregateLowering(rows.best_of_rows, members.best_of_members),
    "percentile": AggregateLowering(rows.percentile_of_rows),
    "variance": AggregateLowering(rows.variance_of_rows),
}


def aggregate_of_rows(
    cells: CellBuilder, term: Aggregate, over: rows.Over, value: Lowered | None, where: Atom | None, most: Atom
) -> Rational:
    """The aggregate of `value` over rows where `where`; missing rows are skipped. `latest` has its own function."""
    if isinstance(value, Rational) and value.factors:
        return _of_quotients(cells, term, over, value, where, most)
    return LOWERINGS[term.function].of_rows(cells, rows.counting_rows(cells, term, over, value, where, most))


def _of_quotients(
    cells: CellBuilder, term: Aggregate, over: rows.Over, value: Rational, where: Atom | None, most: Atom
) -> Rational:
    """Aggregates fractions whose denominator is one for all rows of an owner: the numerators, divided once."""
    smallest = largest = 1
    for factor in value.factors:
        if not cells.graph.is_above(cells.level(factor), over.level):
            raise rows.NotWhole
        low, high = cells.span(factor)
        smallest, largest = smallest * max(low, 1), largest * high
    low, high = cells.span(value.top)
    plain = Rational(value.top, Fraction(low, value.constant), Fraction(high, value.constant), value.constant)
    found = aggregate_of_rows(cells, term, over, evolve(plain, known=value.known), where, most)
    times = 2 if term.entry.gives is Gives.SQUARE else 1
    ends = [end / below**times for end in (found.low, found.high) for below in (smallest, largest)]
    factors = tuple(sorted((*found.factors, *value.factors * times), key=lambda ref: ref.cell))
    return reduced(cells, evolve(found, low=min(ends), high=max(ends), factors=factors))


def aggregate_of_members(cells: CellBuilder, function: str, values: members.CountingMembers) -> Rational:
    """The aggregate of members that are spelled out."""
    lower = LOWERINGS[function].of_members
    assert lower is not None
    return lower(cells, values)
