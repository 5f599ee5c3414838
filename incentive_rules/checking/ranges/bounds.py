"""Interval arithmetic: the bounds of a sum, a product, a power or a quotient of bounded values."""

from __future__ import annotations

from fractions import Fraction

from ...lang.types import Bounds

ZERO = Fraction(0)
AT_ZERO = Bounds(ZERO, ZERO)
WIDEST_END = 4096  # bits; a bound that needs more is of no use to anybody, and products double it each time


def tighter(left: Bounds, right: Bounds) -> Bounds:
    """The intersection of two intervals; a single point if they do not overlap, for then no row gets there."""
    low = max((x for x in (left.low, right.low) if x is not None), default=None)
    high = min((x for x in (left.high, right.high) if x is not None), default=None)
    return Bounds(low, low if low is not None and high is not None and low > high else high)


def hull(left: Bounds, right: Bounds) -> Bounds:
    """The smallest interval around both."""
    return Bounds(
        None if left.low is None or right.low is None else min(left.low, right.low),
        None if left.high is None or right.high is None else max(left.high, right.high),
    )


def short_bounds(bounds: Bounds) -> Bounds:
    """The bounds, without an end that would need too many digits."""
    return (
        bounds if _is_short(bounds.low) and _is_short(bounds.high) else Bounds(*map(_kept, (bounds.low, bounds.high)))
    )


def _kept(end: Fraction | None) -> Fraction | None:
    return end if _is_short(end) else None


def _is_short(end: Fraction | None) -> bool:
    return end is None or end.numerator.bit_length() + end.denominator.bit_length() <= WIDEST_END


def negated_bounds(bounds: Bounds) -> Bounds:
    """The bounds of -x."""
    return Bounds(None if bounds.high is None else -bounds.high, None if bounds.low is None else -bounds.low)


def add_bounds(left: Bounds, right: Bounds) -> Bounds:
    return short_bounds(
        Bounds(
            None if left.low is None or right.low is None else left.low + right.low,
            None if left.high is None or right.high is None else left.high + right.high,
        )
    )


def multiply_bounds(left: Bounds, right: Bounds) -> Bounds:
    """The bounds of a product; open wherever an open end could reach it."""
    if left.low is None or left.high is None or right.low is None or right.high is None:
        return _half_open_product(left, right)
    if left.low.numerator >= 0 and right.low.numerator >= 0:  # as almost everything is that is counted or paid
        return short_bounds(Bounds(left.low * right.low, left.high * right.high))
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return short_bounds(Bounds(min(ends), max(ends)))


def power_bounds(base: Bounds, power: int) -> Bounds:
    """The bounds of a whole power; of an even one they are never negative."""
    if power == 1 or base.low is None or base.high is None:
        return base if power == 1 else Bounds(ZERO if power % 2 == 0 else None, None)
    ends = (base.low**power, base.high**power)
    return short_bounds(Bounds(ZERO if power % 2 == 0 and base.low < 0 < base.high else min(ends), max(ends)))


def _half_open_product(left: Bounds, right: Bounds) -> Bounds:
    not_negative = left.low is not None and left.low >= 0 and right.low is not None and right.low >= 0
    if not_negative:
        assert left.low is not None and right.low is not None
        high = None if left.high is None or right.high is None else left.high * right.high
        return short_bounds(Bounds(left.low * right.low, high))
    return Bounds()


def divide_bounds(left: Bounds, right: Bounds) -> Bounds:
    """The bounds of a quotient whose divisor's bounds exclude 0."""
    if not right.excludes_zero:
        return Bounds()
    low = None if right.high is None else 1 / right.high
    high = None if right.low is None else 1 / right.low
    if right.high is None:
        low = ZERO
    if right.low is None:
        high = ZERO
    return multiply_bounds(left, Bounds(low, high))
