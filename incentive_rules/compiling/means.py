"""Compiles weighted means."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from attrs import evolve

from ..model.plan import Atom, Lit
from .cells import CellBuilder
from .choices import choose, compare
from .plan_builder import FALSE, ONE, TRUE, ZERO
from .rationals import (
    Rational,
    add_rationals,
    constant_rational,
    divide,
    multiply_rationals,
    reduced,
)


def flags_counted(cells: CellBuilder, flags: Sequence[Atom | None]) -> Atom:
    """How many flags hold; None always does."""
    total: Atom = ZERO
    sure = 0
    for flag in flags:
        if flag is None or flag == TRUE:
            sure += 1
        elif flag != FALSE:
            total = cells.add(total, cells.pick(flag, ONE, ZERO))
    return cells.add(total, Lit(sure))


def or_zero(cells: CellBuilder, number: Rational) -> Rational:
    """The number where it is known, 0 where it is not."""
    if number.known is None:
        return number
    chosen = choose(cells, number.known, evolve(number, known=None), constant_rational(Fraction(0)))
    assert isinstance(chosen, Rational)
    return chosen


def added_up(cells: CellBuilder, numbers: Sequence[Rational]) -> Rational:
    """The sum of numbers that are all known."""
    total = constant_rational(Fraction(0))
    for number in numbers:
        total = add_rationals(cells, total, number)
    return total


def whole_weights(weights: Sequence[Rational]) -> Sequence[Rational]:
    """Constant weights as the smallest whole numbers in the same proportion; others as they are."""
    if not all(isinstance(w.top, Lit) and not w.factors and w.known is None for w in weights):
        return weights
    scale = lcm(*(w.constant for w in weights))
    common = gcd(*(int(w.low * scale) for w in weights)) or 1
    return [constant_rational(w.low * scale / common) for w in weights]


def mean(
    cells: CellBuilder, weights: Sequence[Rational], parts: Sequence[Rational], missing: str, at_least: int
) -> Rational:
    """One quotient: the weighted sum of what is known over the known weights (of all, for `zero`)."""
    weights = whole_weights(weights)
    known = [cells.all_of(w.known, p.known) for w, p in zip(weights, parts, strict=True)]
    terms, known_weights = [], []
    every = missing == "refuse"  # then fillers need no replacing: one of them makes all of it missing
    for weight, part, flag in zip(weights, parts, known, strict=True):
        product = multiply_rationals(cells, evolve(weight, known=None), evolve(part, known=None))
        terms.append(or_zero(cells, evolve(product, known=None if every else flag)))
        known_weights.append(or_zero(cells, evolve(weight, known=None if every else flag)))
    present = added_up(cells, known_weights)
    total = added_up(cells, [or_zero(cells, w) for w in weights]) if missing == "zero" else present
    result = divide(cells, added_up(cells, terms), total)
    if all(w.low >= 0 for w in weights):
        low, high = min(p.low for p in parts), max(p.high for p in parts)
        if any(flag is not None for flag in known) or present.low <= 0:
            low, high = min(low, Fraction(0)), max(high, Fraction(0))
        result = evolve(result, low=max(low, result.low), high=min(high, result.high))
    if every:
        enough = cells.all_of(*known) if at_least <= len(parts) else FALSE
    else:
        enough = _at_least(cells, known, at_least)
    positive = all(w.low > 0 for w in weights)  # then a known part is a known weight
    some = None if positive else cells.negation(compare(cells, "==", total, constant_rational(Fraction(0))))
    if positive and at_least <= 0 and missing == "reweigh":
        enough = _at_least(cells, known, 1)
    return reduced(cells, evolve(result, known=cells.all_of(some, enough)))


def _at_least(cells: CellBuilder, flags: Sequence[Atom | None], least: int) -> Atom | None:
    """Whether at least so many flags hold, in which None always does."""
    if least == 1:
        some: Atom = FALSE
        for flag in flags:
            some = cells.either(some, flag or TRUE)
        return cells.all_of(some)
    return cells.all_of(cells.compare("<=", Lit(least), flags_counted(cells, flags)))
