"""Weighted means, adjustments, and aggregates over members that are spelled out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm

from attrs import evolve, frozen

from ..model.plan import Atom, Lit
from .cells import CellBuilder
from .choices import MISSING_NUMBER, aligned, choose, compare, extreme
from .plan_builder import FALSE, ONE, TRUE, ZERO
from .rationals import (
    Lowered,
    Rational,
    TextOrFlag,
    add_rationals,
    constant_rational,
    divide,
    multiply_rationals,
    reduced,
    whole_rational,
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


def _or_zero(cells: CellBuilder, number: Rational) -> Rational:
    """The number where it is known, 0 where it is not."""
    if number.known is None:
        return number
    chosen = choose(cells, number.known, evolve(number, known=None), constant_rational(Fraction(0)))
    assert isinstance(chosen, Rational)
    return chosen


def _sum(cells: CellBuilder, numbers: Sequence[Rational]) -> Rational:
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
        terms.append(_or_zero(cells, evolve(product, known=None if every else flag)))
        known_weights.append(_or_zero(cells, evolve(weight, known=None if every else flag)))
    present = _sum(cells, known_weights)
    total = _sum(cells, [_or_zero(cells, w) for w in weights]) if missing == "zero" else present
    result = divide(cells, _sum(cells, terms), total)
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


@frozen
class LoweredStep:
    action: str
    when: Atom
    amount: Lowered


def lower_adjustments(cells: CellBuilder, value: Lowered, steps: Sequence[LoweredStep]) -> Lowered:
    """The value after its steps; `set` acts on a missing value too, the others only on a known one."""
    for step in steps:
        if step.action == "set":
            value = choose(cells, step.when, step.amount, value)
            continue
        assert isinstance(value, Rational) and isinstance(step.amount, Rational)
        value = choose(cells, step.when, _stepped(cells, step.action, value, step.amount), value)
    return value


def _stepped(cells: CellBuilder, action: str, value: Rational, amount: Rational) -> Rational:
    match action:
        case "at_most":
            return extreme(cells, False, value, amount)
        case "at_least":
            return extreme(cells, True, value, amount)
        case "add":
            return add_rationals(cells, value, amount)
        case "multiply":
            return multiply_rationals(cells, value, amount)
    raise AssertionError(action)


def lower_fold(
    cells: CellBuilder, function: str, values: Sequence[Lowered | None], wheres: Sequence[Atom | None], most: Atom
) -> Rational:
    """An aggregate over members that are spelled out; members left out or missing are skipped."""
    included = [cells.all_of(w, None if v is None else v.known) for v, w in zip(values, wheres, strict=True)]
    if function in ("count", "share"):
        held = [
            cells.all_of(flag, v.atom) if isinstance(v, TextOrFlag) else flag
            for v, flag in zip(values, included, strict=True)
        ]
        total = whole_rational(cells, flags_counted(cells, held))
        if function == "count":
            return total
        return divide(cells, total, whole_rational(cells, flags_counted(cells, included)), missing_at_zero=True)
    numbers = [evolve(v, known=flag) for v, flag in zip(values, included, strict=True) if isinstance(v, Rational)]
    if function in ("min", "max"):
        return _fold_extreme(cells, function == "max", numbers)
    if function == "best":
        return _best(cells, numbers, most)
    total = _sum(cells, [_or_zero(cells, n) for n in numbers])
    if function == "sum":
        return total
    number = whole_rational(cells, flags_counted(cells, included))
    result = divide(cells, total, number, missing_at_zero=True)
    low = min([Fraction(0)] * (result.known is not None) + [n.low for n in numbers])
    high = max([Fraction(0)] * (result.known is not None) + [n.high for n in numbers])
    return reduced(cells, evolve(result, low=max(low, result.low), high=min(high, result.high)))


def _fold_extreme(cells: CellBuilder, largest: bool, numbers: Sequence[Rational]) -> Rational:
    best: Lowered = MISSING_NUMBER
    for number in numbers:
        assert isinstance(best, Rational)
        here, so_far = number.known or TRUE, best.known or TRUE
        plain, plain_best = evolve(number, known=None), evolve(best, known=None)
        better = compare(cells, "<", plain_best, plain) if largest else compare(cells, "<", plain, plain_best)
        take = cells.both(here, cells.either(cells.negation(so_far), better))
        known = cells.either(here, so_far)
        best = choose(cells, take, plain, evolve(plain_best) if best.known != FALSE else best)
        best = evolve(best, known=None if known == TRUE else known)
    assert isinstance(best, Rational)
    return best


def _best(cells: CellBuilder, numbers: Sequence[Rational], most: Atom) -> Rational:
    """The sum of the `most` largest known numbers, sorted by comparing fixed pairs; missing ones count least."""
    if any(number.factors for number in numbers):
        return _best_by_pairs(cells, numbers, most)
    alike = aligned(cells, numbers)
    least = Lit(min(cells.span(number.top)[0] for number in alike))
    tops = [n.top if n.known is None else cells.pick(n.known, n.top, least) for n in alike]
    for i, j in sorting_pairs(len(tops)):
        tops[i], tops[j] = cells.extreme(True, tops[i], tops[j]), cells.extreme(False, tops[i], tops[j])
    known = flags_counted(cells, [number.known for number in numbers])
    counted = known if isinstance(most, Lit) else cells.extreme(False, known, most)
    total: Atom = ZERO
    for i, top in enumerate(tops[: cells.span(most)[1]]):
        total = cells.add(total, cells.pick(cells.compare("<", Lit(i), counted), top, ZERO))
    found = divide(cells, whole_rational(cells, total), constant_rational(Fraction(alike[0].constant)))
    return evolve(found, known=cells.all_of(cells.compare("<", ZERO, counted)))


def sorting_pairs(size: int) -> Iterator[tuple[int, int]]:
    """Pairs of places to put in order one after the other, so that any row is sorted (Batcher; Knuth 5.2.2 M)."""
    top = 1 << (size - 1).bit_length() >> 1
    step = top
    while step:
        width, rest, apart = top, 0, step
        while True:
            yield from ((i, i + apart) for i in range(size - apart) if i & step == rest)
            if width == step:
                break
            width, rest, apart = width // 2, step, width - step
        step //= 2


def _best_by_pairs(cells: CellBuilder, numbers: Sequence[Rational], most: Atom) -> Rational:
    """The sum of the `most` largest of exact quotients, which share no denominator.

    A quotient counts where fewer than `most` others are before it.
    """
    terms: list[Rational] = []
    for i, number in enumerate(numbers):
        before = []
        for j, other in enumerate(numbers):
            if i != j:
                operator = "<=" if j < i else "<"
                ahead = compare(cells, operator, evolve(number, known=None), evolve(other, known=None))
                before.append(cells.both(other.known or TRUE, ahead))
        among = cells.compare("<", flags_counted(cells, before), most)
        terms.append(_or_zero(cells, evolve(number, known=cells.all_of(number.known, among))))
    some: Atom = FALSE
    for number in numbers:
        some = cells.either(some, number.known or TRUE)
    return evolve(_sum(cells, terms), known=cells.all_of(some, cells.compare("<", ZERO, most)))
