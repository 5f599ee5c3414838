"""Compares and chooses fractions and words; a choice between denominators chooses both as a pair."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from attrs import evolve

from ..model.plan import Atom, Lit
from .cells import CellBuilder
from .plan_builder import FALSE, TRUE, ZERO
from .rationals import Lowered, Rational, TextOrFlag, at_common_denominator, reduced, without

MISSING_NUMBER = Rational(ZERO, Fraction(0), Fraction(0), 1, (), FALSE)


def compare(cells: CellBuilder, operator: str, left: Rational, right: Rational) -> Atom:
    """The flag `left operator right`, cross-multiplied; of fillers it has no meaning."""
    if operator in (">", ">="):
        return compare(cells, "<" if operator == ">" else "<=", right, left)
    if operator == "!=":
        return cells.negation(compare(cells, "==", left, right))
    if operator != "==":
        if left.high < right.low or (operator == "<=" and left.high == right.low):
            return TRUE
        if left.low > right.high or (operator == "<" and left.low == right.high):
            return FALSE
    if not left.factors and not right.factors:
        if isinstance(right.top, Lit):
            return _against_constant(cells, operator, left, right.low)
        if isinstance(left.top, Lit):
            if operator == "==":
                return _against_constant(cells, operator, right, left.low)
            flipped = "<=" if operator == "<" else "<"
            return cells.negation(_against_constant(cells, flipped, right, left.low))
    top_left, top_right, _, _ = at_common_denominator(cells, left, right)
    common = gcd(cells.content(top_left), cells.content(top_right)) or 1
    return cells.compare(operator, cells.shrink(top_left, common), cells.shrink(top_right, common))


def _against_constant(cells: CellBuilder, operator: str, number: Rational, edge: Fraction) -> Atom:
    """A comparison without a product: the edge becomes a whole threshold of the numerator."""
    content = cells.content(number.top) or 1
    top, threshold = cells.shrink(number.top, content), edge * number.constant / content
    if operator == "==":
        return cells.compare("==", top, Lit(threshold.numerator)) if threshold.denominator == 1 else FALSE
    return cells.compare(operator, top, Lit(ceil(threshold) if operator == "<" else floor(threshold)))


def choose(cells: CellBuilder, condition: Atom, then: Lowered, otherwise: Lowered) -> Lowered:
    """`then` where `condition` holds, else `otherwise`; a plain `missing` borrows the other as its filler."""
    if isinstance(condition, Lit):
        return otherwise if condition == FALSE else then
    if then.known == FALSE or otherwise.known == FALSE:
        given = otherwise if then.known == FALSE else then
        return evolve(given, known=_known(cells, condition, then, otherwise))
    if isinstance(then, TextOrFlag) and isinstance(otherwise, TextOrFlag):
        atom = cells.pick_flag(condition, then.atom, otherwise.atom)
        return TextOrFlag(atom, _known(cells, condition, then, otherwise))
    assert isinstance(then, Rational) and isinstance(otherwise, Rational)
    return _choose_number(cells, condition, then, otherwise)


def _known(cells: CellBuilder, condition: Atom, then: Lowered, otherwise: Lowered) -> Atom | None:
    known = cells.pick_flag(condition, then.known or TRUE, otherwise.known or TRUE)
    return None if known == TRUE else known


def _choose_number(cells: CellBuilder, condition: Atom, then: Rational, otherwise: Rational) -> Rational:
    known = _known(cells, condition, then, otherwise)
    low, high = min(then.low, otherwise.low), max(then.high, otherwise.high)
    for zero, other in ((then, otherwise), (otherwise, then)):
        if zero.top == ZERO:
            tops = (ZERO, other.top) if zero is then else (other.top, ZERO)
            top = cells.pick(condition, *tops)
            return reduced(cells, Rational(top, low, high, other.constant, other.factors, known))
    if then.factors == otherwise.factors or _is_constant(then) or _is_constant(otherwise):
        first, second, shared, factors = at_common_denominator(cells, then, otherwise)
        return reduced(cells, Rational(cells.pick(condition, first, second), low, high, shared, factors, known))
    mine, theirs = without(then.factors, otherwise.factors), without(otherwise.factors, then.factors)
    common = gcd(then.constant, otherwise.constant)
    pair = cells.pick(
        condition,
        cells.product(mine, then.constant // common),
        cells.product(theirs, otherwise.constant // common),
    )
    both = without(then.factors, mine)
    factors = tuple(sorted((*both, *([pair] if not isinstance(pair, Lit) else [])), key=lambda ref: ref.cell))
    common *= pair.value if isinstance(pair, Lit) and type(pair.value) is int else 1
    top = cells.pick(condition, then.top, otherwise.top)
    return reduced(cells, Rational(top, low, high, common, factors, known))


def _is_constant(number: Rational) -> bool:
    """Whether a number is constant, so that it can be written over the denominator of the other."""
    return isinstance(number.top, Lit) and not number.factors


def extreme(cells: CellBuilder, largest: bool, left: Rational, right: Rational) -> Rational:
    """The larger or smaller of two; missing if one is."""
    ends = max if largest else min
    low, high = ends(left.low, right.low), ends(left.high, right.high)
    known = cells.all_of(left.known, right.known)
    if FALSE in (left.known, right.known):
        return evolve(left, known=FALSE)
    if left.factors == right.factors or _is_constant(left) or _is_constant(right):
        first, second, shared, factors = at_common_denominator(cells, left, right)
        return reduced(cells, Rational(cells.extreme(largest, first, second), low, high, shared, factors, known))
    wanted = compare(cells, "<", right, left) if largest else compare(cells, "<", left, right)
    picked = choose(cells, wanted, evolve(left, known=None), evolve(right, known=None))
    assert isinstance(picked, Rational)
    return reduced(cells, evolve(picked, low=low, high=high, known=known))


def aligned(cells: CellBuilder, numbers: Sequence[Rational]) -> tuple[Rational, ...]:
    """Brings fractions to one constant in the denominator, so that choosing among them multiplies nothing."""
    shared = lcm(*(number.constant for number in numbers))
    return tuple(
        evolve(number, top=cells.multiply(Lit(shared // number.constant), number.top), constant=shared)
        for number in numbers
    )
