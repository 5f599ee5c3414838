"""Weighted means of parts that may be missing, and adjustments in the order written."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ..lang.types import Bounds
from ..model import terms as t
from . import reasons
from .calculus import Calculus
from .direction import FLIPPED, UNMOVED, Direction, Sign, as_known, joined_signs
from .intervals import bounds_of, hull_of, lies_above, never_above, never_below, product_of, summed
from .whose import At


def mean_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """With weights of 0 or more that stay, the mean moves with each part, while the same parts are known."""
    assert isinstance(term, t.Mean)
    weights = [calculus.of(weight, at) for weight in term.weights]
    if not all(weight.is_unmoved for weight in weights):
        return calculus.unsure(term, reasons.WEIGHTS, *weights)
    if not all(never_below(bounds_of(weight)) for weight in term.weights):
        return calculus.unsure(term, reasons.NEGATIVE_WEIGHT)
    parts = [(part, calculus.of(part, at), not _is_zero(weight))
             for weight, part in zip(term.weights, term.parts, strict=True)]  # fmt: skip
    found = calculus.settled(term, reasons.OPPOSITE, *(as_known(part) for _, part, weighs in parts if weighs))
    # A part without weight is no part of the sum; a missing one is refused, and counted, all the same.
    counted = [(part, one) for part, one, weighs in parts if weighs or term.at_least or term.missing == "refuse"]
    known = joined_signs(one.known for _, one in counted)
    if known == "0":
        return found
    if term.missing == "refuse":
        return evolve(found, known=known)
    counts: Sign = known if term.at_least else "0"
    if term.missing == "zero" and all(never_below(bounds_of(part)) for part, one in counted if one.known != "0"):
        appear = Direction(known, counts)  # a part that becomes known was 0 and is no less
        return calculus.settled(term, reasons.OPPOSITE, found, appear)
    return evolve(calculus.unsure(term, reasons.REWEIGHED, *(one for _, one in counted)), known=known)


def _is_zero(weight: t.Term) -> bool:
    return isinstance(weight, t.Fixed) and weight.value == 0


def adjusted_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """Each step keeps the order of values; where its condition moves, the step itself moves the value."""
    assert isinstance(term, t.Adjusted)
    found, bounds = calculus.of(term.operand, at), bounds_of(term.operand)
    loose = term.operand.facts.may_miss
    for step in term.steps:
        when = UNMOVED if step.when is None else calculus.of(step.when, at)
        amount, limit = calculus.of(step.amount, at), bounds_of(step.amount)
        moved = _step(step, when.sign, bounds, limit)
        place = step.when or step.amount
        if moved is None or (step.action == "multiply" and not (never_below(bounds) and never_below(limit))):
            # A factor that stays and is 0 or more keeps the order of all values.
            keeps = step.action == "multiply" and when.is_unmoved and amount.is_unmoved and never_below(limit)
            if not keeps:
                return calculus.unsure(place, reasons.ADJUSTMENT, found, when, amount)
            moved = "0"
        if step.action == "set" and step.when is None:
            found, loose = amount, step.amount.facts.may_miss
        else:
            appears: Sign = when.sign if step.action == "set" and loose else "0"
            if appears != "0" and step.amount.facts.may_miss:
                appears = "?"
            change = Direction(moved, appears, blame=when.blame)
            found = calculus.settled(place, reasons.ADJUSTMENT, found, amount, change)
        bounds = _after(step, bounds, limit)
    return found


def _step(step: t.AdjustmentStep, when: Sign, bounds: Bounds, amount: Bounds) -> Sign | None:
    """How the value moves as the condition of a step comes to hold, times how that moves; None where nobody knows."""
    if when == "0":
        return "0"
    if when == "?":
        return None
    match step.action:
        case "set":
            return when if lies_above(amount, bounds) else FLIPPED[when] if lies_above(bounds, amount) else None
        case "at_most":
            return FLIPPED[when]
        case "at_least":
            return when
        case "add":
            return when if never_below(amount) else FLIPPED[when] if never_above(amount) else None
        case _:
            return (
                when
                if never_below(amount, Fraction(1))
                else FLIPPED[when]
                if never_above(amount, Fraction(1))
                else None
            )


def _after(step: t.AdjustmentStep, bounds: Bounds, amount: Bounds) -> Bounds:
    """Between which values it lies after a step, which holds or does not."""
    match step.action:
        case "add":
            done = summed(bounds, amount)
        case "multiply":
            done = product_of(bounds, amount)
        case "set":
            done = amount
        case _:
            done = hull_of(bounds, amount)
    return done if step.when is None and step.action == "set" else hull_of(bounds, done)
