"""Between which values terms lie, with ends that may be open."""

from __future__ import annotations

from fractions import Fraction

from ..lang.types import ANY, Bounds, Kind
from ..model import terms as t


def bounds_of(term: t.Term | None) -> Bounds:
    """What checking knows of the value of a term; of a flag 0 for false, 1 for true."""
    if term is None:
        return ANY
    if isinstance(term, t.Fixed) and isinstance(term.value, Fraction | bool):
        return Bounds(Fraction(term.value), Fraction(term.value))
    if term.facts.type.kind is Kind.BOOLEAN:
        return Bounds(Fraction(0), Fraction(1))
    if isinstance(term, t.Choice):  # of several cells of a table that was spelled out
        branches = [one for one in (term.then, term.otherwise) if not (isinstance(one, t.Fixed) and one.value is None)]
        found = bounds_of(branches[0]) if branches else ANY
        return narrowed(term.facts.bounds, hull_of(found, bounds_of(branches[-1])) if branches else ANY)
    return term.facts.bounds


def narrowed(one: Bounds, other: Bounds) -> Bounds:
    """What lies between both."""
    lows = [end for end in (one.low, other.low) if end is not None]
    highs = [end for end in (one.high, other.high) if end is not None]
    return Bounds(max(lows, default=None), min(highs, default=None))


def never_below(bounds: Bounds, limit: Fraction = Fraction(0)) -> bool:
    return bounds.low is not None and bounds.low >= limit


def never_above(bounds: Bounds, limit: Fraction = Fraction(0)) -> bool:
    return bounds.high is not None and bounds.high <= limit


def lies_above(one: Bounds, other: Bounds) -> bool:
    """Whether every value of `one` is at least every value of `other`."""
    return one.low is not None and other.high is not None and one.low >= other.high


def hull_of(one: Bounds, other: Bounds) -> Bounds:
    low = None if one.low is None or other.low is None else min(one.low, other.low)
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    return Bounds(low, high)


def summed(one: Bounds, other: Bounds) -> Bounds:
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    return Bounds(low, high)


def product_of(one: Bounds, other: Bounds) -> Bounds:
    ends = (one.low, one.high), (other.low, other.high)
    products = [a * b for a in ends[0] for b in ends[1] if a is not None and b is not None]
    return Bounds(min(products), max(products)) if len(products) == 4 else ANY
