"""Rounding a fraction to whole steps, in each of the six modes, by one floor division.

Half up rounds the magnitude and restores the sign: floor((top + half) / below) with half = below // 2,
and (below - 1) // 2 where top is negative, so that ties go away from zero on both sides.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd

from ..base.numbers import Rounding, scaled
from ..model.plan import Atom, Lit
from .cells import CellBuilder
from .plan_builder import ONE, ZERO, width_of
from .rationals import Rational

LANE = 62  # bits; a wider numerator is divided factor by factor, as limbs need it


def rounded_rational(cells: CellBuilder, number: Rational, decimals: int, mode: Rounding) -> Rational:
    """`number` as a whole count of steps of ten to the minus `decimals`."""
    steps = 10**decimals
    common = gcd(steps, number.constant)
    below = number.constant // common
    top = cells.multiply(Lit(steps // common), number.top)
    common = gcd(cells.content(top), below)
    top, below = cells.shrink(top, common or 1), below // (common or 1)
    low, high = scaled(number.low, decimals, mode), scaled(number.high, decimals, mode)
    if below > 1 or number.factors:
        top = _divided(cells, top, (*([Lit(below)] if below > 1 else []), *number.factors), mode)
    top = cells.narrow(top, low, high)
    return Rational(top, Fraction(low, steps), Fraction(high, steps), steps, (), number.known)


def needs_rounding(number: Rational, decimals: int) -> bool:
    """Whether a value of the number may lie between two steps of ten to the minus `decimals`."""
    return bool(number.factors) or 10**decimals % number.constant != 0


def _divided(cells: CellBuilder, top: Atom, belows: tuple[Atom, ...], mode: Rounding) -> Atom:
    below = cells.product(belows)
    if mode is Rounding.HALF_EVEN:
        return _half_even(cells, top, below)
    shifted = cells.add(top, _offset(cells, top, below, mode))
    if width_of(cells.span(shifted)) <= LANE:
        return cells.floor_divide(shifted, below)
    # floor(floor(x / a) / b) is floor(x / (a * b)).
    for factor in belows:
        shifted = cells.floor_divide(shifted, factor)
    return shifted


def _offset(cells: CellBuilder, top: Atom, below: Atom, mode: Rounding) -> Atom:
    """The number to add before the floor division."""
    less_one = cells.add(below, Lit(-1))
    if mode is Rounding.FLOOR:
        return ZERO
    if mode is Rounding.CEILING:
        return less_one
    half = Lit(2)
    if mode is Rounding.HALF_UP:
        return _by_sign(cells, top, lambda: cells.floor_divide(below, half), lambda: cells.floor_divide(less_one, half))
    outward = mode is Rounding.UP
    return _by_sign(cells, top, lambda: less_one if outward else ZERO, lambda: ZERO if outward else less_one)


def _by_sign(cells: CellBuilder, top: Atom, positive: Callable[[], Atom], negative: Callable[[], Atom]) -> Atom:
    low, high = cells.span(top)
    if low >= 0:
        return positive()
    if high < 0:
        return negative()
    return cells.pick(cells.compare("<", top, ZERO), negative(), positive())


def _half_even(cells: CellBuilder, top: Atom, below: Atom) -> Atom:
    """The floor, and one more where the rest is above half, or is half and the floor is odd."""
    least = cells.floor_divide(top, below)
    rest = cells.multiply(Lit(2), cells.subtract(top, cells.multiply(least, below)))
    cells.narrow(rest, 0, 2 * cells.span(below)[1] - 2)
    odd = cells.compare("==", cells.subtract(least, cells.multiply(Lit(2), cells.floor_divide(least, Lit(2)))), ONE)
    up = cells.either(cells.compare("<", below, rest), cells.both(cells.compare("==", rest, below), odd))
    return cells.add(least, cells.pick(up, ONE, ZERO))
