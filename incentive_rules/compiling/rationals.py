"""Computes exact fractions in whole-number cells: numerator over a constant and variable factors.

Every operation is total: if a value is missing the cells contain some legal number, and `known` is False. The bounds
`low` and `high` are those of the fraction on every row, fillers included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from attrs import evolve, frozen

from ..model.plan import Atom, Lit, Ref
from .cells import CellBuilder
from .plan_builder import ONE, ZERO


@frozen
class Rational:
    """`top` / (`constant` * the product of `factors`); every factor is above 0.

    `known` is None if the value is always known.
    """

    top: Atom
    low: Fraction
    high: Fraction
    constant: int = 1
    factors: tuple[Ref, ...] = ()
    known: Atom | None = None


@frozen
class TextOrFlag:
    """A text or a flag."""

    atom: Atom
    known: Atom | None = None


Lowered = Rational | TextOrFlag


def constant_rational(value: Fraction, known: Atom | None = None) -> Rational:
    return Rational(Lit(value.numerator), value, value, value.denominator, (), known)


def whole_rational(cells: CellBuilder, atom: Atom, known: Atom | None = None) -> Rational:
    """A whole-number cell as a fraction."""
    low, high = cells.span(atom)
    return Rational(atom, Fraction(low), Fraction(high), 1, (), known)


def reduced(cells: CellBuilder, number: Rational) -> Rational:
    """Cancels the constants of a fraction, and narrows the numerator's bounds to those of the fraction."""
    if isinstance(number.top, Lit) and (number.top == ZERO or not number.factors):
        assert type(number.top.value) is int
        return constant_rational(Fraction(number.top.value, number.constant), number.known)
    common = gcd(cells.content(number.top), number.constant)
    if common > 1:
        number = evolve(number, top=cells.shrink(number.top, common), constant=number.constant // common)
    least = most = number.constant
    for factor in number.factors:
        low, high = cells.span(factor)
        least, most = least * max(low, 1), most * high
    low_end = number.low * (least if number.low > 0 else most)
    high_end = number.high * (most if number.high > 0 else least)
    cells.narrow(number.top, ceil(low_end), floor(high_end))
    return number


def without(factors: Sequence[Ref], taken: Sequence[Ref]) -> tuple[Ref, ...]:
    rest = Counter(factors)
    rest.subtract(taken)
    return tuple(sorted((+rest).elements(), key=lambda ref: ref.cell))


def at_common_denominator(
    cells: CellBuilder, left: Rational, right: Rational
) -> tuple[Atom, Atom, int, tuple[Ref, ...]]:
    """Both numerators over one denominator: the lcm of constants, the multiset union of factors."""
    shared = lcm(left.constant, right.constant)
    extra_left, extra_right = without(right.factors, left.factors), without(left.factors, right.factors)
    top_left = cells.multiply(cells.product(extra_left, shared // left.constant), left.top)
    top_right = cells.multiply(cells.product(extra_right, shared // right.constant), right.top)
    return top_left, top_right, shared, tuple(sorted((*left.factors, *extra_left), key=lambda ref: ref.cell))


def add_rationals(cells: CellBuilder, left: Rational, right: Rational, minus: bool = False) -> Rational:
    if minus:
        right = negated_rational(cells, right)
    top_left, top_right, shared, factors = at_common_denominator(cells, left, right)
    known = cells.all_of(left.known, right.known)
    total = _sum_of(cells, top_left, top_right)
    return reduced(cells, Rational(total, left.low + right.low, left.high + right.high, shared, factors, known))


def _sum_of(cells: CellBuilder, left: Atom, right: Atom) -> Atom:
    """`left + right`, with a negated operand subtracted."""
    for one, other in ((left, right), (right, left)):
        positive = cells.negated_operand(other)
        if positive is not None:
            return cells.subtract(one, positive)
    return cells.add(left, right)


def negated_rational(cells: CellBuilder, number: Rational) -> Rational:
    return evolve(number, top=cells.negate(number.top), low=-number.high, high=-number.low)


def multiply_rationals(cells: CellBuilder, left: Rational, right: Rational) -> Rational:
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    low = min(ends)
    if left.top == right.top and left.factors == right.factors and left.constant == right.constant:
        low = Fraction(0) if left.low <= 0 <= left.high else min(left.low**2, left.high**2)
    factors = tuple(sorted((*left.factors, *right.factors), key=lambda ref: ref.cell))
    return _over(
        cells, cells.multiply(left.top, right.top), left.constant * right.constant, factors,
        (low, max(ends)), cells.all_of(left.known, right.known),
    )  # fmt: skip


def _over(
    cells: CellBuilder,
    top: Atom,
    denominator: int,
    factors: tuple[Ref, ...],
    bounds: tuple[Fraction, Fraction],
    known: Atom | None,
) -> Rational:
    return reduced(cells, Rational(top, *bounds, denominator, factors, known))


def divide(cells: CellBuilder, left: Rational, right: Rational, missing_at_zero: bool = False) -> Rational:
    """left / right; a zero divisor counts as some other number, and makes the quotient missing if `missing_at_zero`."""
    known = cells.all_of(left.known, right.known)
    least, most = cells.span(right.top)
    top, divisor = left.top, right.top
    if least <= 0 <= most:
        if missing_at_zero:
            known = cells.all_of(known, cells.negation(cells.compare("==", divisor, ZERO)))
        if least >= 0:
            divisor = cells.extreme(True, divisor, ONE)
        else:
            divisor = cells.pick(cells.compare("==", divisor, ZERO), ONE, divisor)
    if most < 0:
        top, divisor = cells.negate(top), cells.negate(divisor)
    elif least < 0:
        top = cells.pick(cells.compare("<", divisor, ZERO), cells.negate(top), top)
        divisor = cells.absolute(divisor)
        cells.narrow(divisor, 1, max(-least, most, 1))
    own, others = without(left.factors, right.factors), without(right.factors, left.factors)
    top = cells.multiply(cells.product(others, right.constant), top)
    denominator, factors = left.constant, own
    if isinstance(divisor, Lit):
        assert type(divisor.value) is int
        denominator *= divisor.value
    else:
        content = cells.content(divisor)
        inner = cells.shrink(divisor, content)
        denominator *= content
        if isinstance(inner, Ref):
            factors = tuple(sorted((*own, inner), key=lambda ref: ref.cell))
    return _over(cells, top, denominator, factors, _quotient_bounds(cells, left, right), known)


def _quotient_bounds(cells: CellBuilder, left: Rational, right: Rational) -> tuple[Fraction, Fraction]:
    """Bounds of a guarded quotient: the divisor's magnitude is at least one step of its fraction."""
    step = Fraction(1, right.constant)
    most = step
    for factor in right.factors:
        step /= cells.span(factor)[1]
    least = step
    if right.low > 0 or right.high < 0:
        least = max(least, min(abs(right.low), abs(right.high)))
    most = max(most, abs(right.low), abs(right.high))
    divisors = [least, most] if right.low >= 0 else [-least, -most] if right.high < 0 else [least, -least, most, -most]
    ends = [end / divisor for end in (left.low, left.high) for divisor in divisors]
    return min(ends), max(ends)


def power_of_rational(cells: CellBuilder, number: Rational, exponent: int) -> Rational:
    made = constant_rational(Fraction(1), number.known)
    square = number
    while exponent:
        if exponent % 2:
            made = multiply_rationals(cells, made, square)
        exponent //= 2
        if exponent:
            square = multiply_rationals(cells, square, square)
    return made


def absolute(cells: CellBuilder, number: Rational) -> Rational:
    low, high = sorted((abs(number.low), abs(number.high)))
    if number.low <= 0 <= number.high:
        low = Fraction(0)
    return evolve(number, top=cells.absolute(number.top), low=low, high=high)
