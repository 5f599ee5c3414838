"""The rule of each kind of term that looks at one row: what its direction is, and why that is so."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve

from ..lang.types import Kind
from ..model import terms as t
from . import reasons
from .aggregates import AGGREGATE_RULES
from .calculus import Calculus, Rule
from .direction import (
    FLIPPED,
    UNMOVED,
    Direction,
    Sign,
    WordSteps,
    as_known,
    flipped,
    joined_signs,
    joint,
    knownness_of,
    sign_of_row,
    times,
)
from .intervals import bounds_of, lies_above, never_above, never_below
from .lookups import look_up_rule
from .means import adjusted_rule, mean_rule
from .whose import At


def read_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.Read)
    return calculus.read(term.name, at)


def negated_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.Negated)
    return flipped(calculus.loosely(term.operand, at))


def sum_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.Sum)
    left, right = calculus.loosely(term.left, at), calculus.loosely(term.right, at)
    return calculus.settled(term, reasons.OPPOSITE, left, flipped(right) if term.minus else right)


def product_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """x'y' - xy = y'(x' - x) + x(y' - y): each factor moves the product by the sign of the other one."""
    assert isinstance(term, t.Product)
    left, right = calculus.of(term.left, at), calculus.of(term.right, at)
    parts = [UNMOVED]
    for one, other in ((left, term.right), (right, term.left)):
        moved = _scaled(one, other)
        if moved is None:
            return calculus.unsure(term, reasons.FACTOR, left, right)
        parts.append(moved)
    return calculus.settled(term, reasons.OPPOSITE, *parts)


def _scaled(direction: Direction, by: t.Term) -> Direction | None:
    """The direction after it is multiplied, or divided, by a term that stays; None where its sign is open."""
    if direction.sign == "0" or never_below(bounds_of(by)):
        return direction
    return flipped(direction) if never_above(bounds_of(by)) else None


def quotient_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """As a product with 1/y, which moves against y on each side of 0."""
    assert isinstance(term, t.Quotient)
    left, right = calculus.of(term.left, at), calculus.of(term.right, at)
    whole = _part_of_whole(calculus, term, at)
    if whole is not None:
        return whole
    divisor = bounds_of(term.right)
    one_side = never_below(divisor) or never_above(divisor)
    over = _scaled(left, term.right)
    under = _scaled(flipped(right), term.left)
    if over is None or under is None or (right.sign != "0" and not one_side):
        return calculus.unsure(term, reasons.DIVISOR, left, right)
    vanishing = UNMOVED
    if term.missing_at_zero and not divisor.excludes_zero:  # it becomes known as the divisor leaves 0
        leaves: Sign = right.sign if never_below(divisor) else FLIPPED[right.sign] if never_above(divisor) else "?"
        vanishing = Direction("0", leaves if right.sign != "0" else "0")
    return calculus.settled(term, reasons.OPPOSITE, over, under, vanishing)


def _part_of_whole(calculus: Calculus, term: t.Quotient, at: At) -> Direction | None:
    """What one has, by the sum or the mean of what the group has, oneself included: x / (x + s), or n times that.

    With x >= 0 and the rest s >= 0 it moves with x where s does not, or moves against x. Of somebody else the rest
    moves alone. Known and missing values count alike in both worlds, or n would change. None where it is no such part.
    """
    whole = term.right
    if not (isinstance(whole, t.Aggregate) and whole.function in ("sum", "mean") and isinstance(whole.value, t.Read)):
        return None
    own = term.left
    same = isinstance(own, t.Read) and own.name == whole.value.name and at.level == whole.source
    if not same or whole.others or whole.where is not None or not never_below(bounds_of(whole.value)):
        return None
    mine = calculus.of(own, at)
    rest = joint(*(calculus.of(whole.value, one) for one in calculus.fellows(at, whole.level)))
    if mine.known != "0" or rest.known != "0" or mine.words or rest.words:
        return None
    sign = joined_signs((mine.sign, FLIPPED[rest.sign]))
    if sign == "?":
        return None
    known: Sign = "0"
    if term.missing_at_zero and not bounds_of(whole).excludes_zero:
        known = joined_signs((mine.sign, rest.sign))  # the whole leaves 0
    return Direction(sign, known, blame=joint(mine, rest).blame)


def power_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.Power)
    moved, bounds = calculus.of(term.operand, at), bounds_of(term.operand)
    if term.exponent == 0:
        return evolve(moved, sign="0", words=())
    if moved.sign == "0" or term.exponent % 2 or never_below(bounds):
        return moved
    return flipped(moved) if never_above(bounds) else calculus.unsure(term, reasons.POWER, moved)


def magnitude_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.Absolute)
    moved, bounds = calculus.of(term.operand, at), bounds_of(term.operand)
    if moved.sign == "0" or never_below(bounds):
        return moved
    return flipped(moved) if never_above(bounds) else calculus.unsure(term, reasons.MAGNITUDE, moved)


def rounded_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """Every way of rounding keeps the order of numbers."""
    assert isinstance(term, t.Rounded)
    return calculus.of(term.operand, at)


def extreme_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.Extreme)
    return calculus.settled(term, reasons.OPPOSITE, *(calculus.loosely(one, at) for one in term.operands))


# ── Conditions ───────────────────────────────────────────────────────────────────────────────


def compared_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """`a > b` moves with a and against b."""
    assert isinstance(term, t.Compared)
    left, right = calculus.of(term.left, at), calculus.of(term.right, at)
    if left.is_unmoved and right.is_unmoved:
        return UNMOVED
    if term.operator in ("==", "!="):
        equal = _equal(calculus, term, left, right)
        return equal if term.operator == "==" else flipped(equal)
    if _is_decided(term):
        return Direction("0", joined_signs((left.known, right.known)))
    if term.operator in ("<", "<="):
        left, right = right, left
    return calculus.settled(term, reasons.OPPOSITE, left, flipped(right))


def _is_decided(term: t.Compared) -> bool:
    """Whether bounds alone say how an order comes out."""
    left, right = bounds_of(term.left), bounds_of(term.right)
    if term.operator in (">", ">="):
        left, right = right, left
    strict = term.operator in ("<", ">")
    if None in (left.low, left.high, right.low, right.high):
        return False
    assert left.high is not None
    assert left.low is not None
    assert right.low is not None
    assert right.high is not None
    always = left.high < right.low or (not strict and left.high == right.low)
    never = left.low > right.high or (strict and left.low == right.high)
    return always or never


def _equal(calculus: Calculus, term: t.Compared, left: Direction, right: Direction) -> Direction:
    """A word is equal to one of its steps; a number, to an end of its range: there it arrives, or whence it leaves."""
    if left.sign == "0" and right.sign == "0":
        return Direction("0", joined_signs((left.known, right.known)))
    for moved, one, still, other in ((left, term.left, right, term.right), (right, term.right, left, term.left)):
        if not still.is_unmoved or not isinstance(other, t.Fixed):
            continue
        if moved.words:
            return _among(calculus, term, moved, {other.value})
        if moved.sign == "?":
            break
        value, bounds = other.value, bounds_of(one)
        if isinstance(value, Fraction | bool) and never_below(bounds, Fraction(value)):
            return flipped(moved)
        if isinstance(value, Fraction | bool) and never_above(bounds, Fraction(value)):
            return moved
    return calculus.unsure(term, reasons.EQUALITY, left, right)


def is_in_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.IsIn)
    moved = calculus.of(term.operand, at)
    if moved.words:
        return _among(calculus, term, moved, set(term.members))
    return moved if moved.sign == "0" else calculus.unsure(term, reasons.EQUALITY, moved)


def _among(calculus: Calculus, term: t.Term, moved: Direction, members: set[t.Constant]) -> Direction:
    """Whether a word that steps is one of the members."""
    known = [(steps.sign, [word for word in steps.words if word is not None]) for steps in moved.words]
    sign = joined_signs(times(sign, sign_of_row([word in members for word in words])) for sign, words in known)
    return (
        calculus.unsure(term, reasons.WORDS, moved) if sign == "?" else Direction(sign, moved.known, blame=moved.blame)
    )


def is_not_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.IsNot)
    return flipped(calculus.of(term.operand, at))


def every_or_some_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.Every | t.Some)
    return calculus.settled(term, reasons.OPPOSITE, *(calculus.of(one, at) for one in term.operands))


# ── Choices and missing values ───────────────────────────────────────────────────────────────


def choice_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """Where the condition stays, either branch; where it moves, the step from one branch to the other as well."""
    assert isinstance(term, t.Choice)
    if isinstance(term.condition, t.Fixed):
        return calculus.loosely(term.then if term.condition.value else term.otherwise, at)
    condition = calculus.of(term.condition, at)
    if condition.is_unmoved:
        then, otherwise = calculus.loosely(term.then, at), calculus.loosely(term.otherwise, at)
        return calculus.settled(term, reasons.OPPOSITE, then, otherwise)
    if condition.sign == "?":
        return calculus.unsure(term, reasons.CHOICE, condition)
    then, otherwise = calculus.of(term.then, at), calculus.of(term.otherwise, at)
    if term.facts.type.kind in (Kind.CATEGORY, Kind.KEY):
        return _word_chosen(calculus, term, condition, then, otherwise)
    step = _step(term, condition.sign)
    if step is None:
        return calculus.unsure(term, reasons.CHOICE, condition, then, otherwise)
    return calculus.settled(term, reasons.OPPOSITE, then, otherwise, evolve(step, blame=condition.blame))


def _step(term: t.Choice, sign: Sign) -> Direction | None:
    """How the value moves as the condition goes from false to true; None where either branch may be the larger."""
    gone = [isinstance(branch, t.Fixed) and branch.value is None for branch in (term.then, term.otherwise)]
    loose = [branch.facts.may_miss for branch in (term.then, term.otherwise)]
    known: Sign = "0" if not any(loose) else sign if not loose[0] else FLIPPED[sign] if not loose[1] else "?"
    if any(gone):
        return Direction("0", known)
    then, otherwise = bounds_of(term.then), bounds_of(term.otherwise)
    if lies_above(then, otherwise):
        return Direction(sign, known)
    return Direction(FLIPPED[sign], known) if lies_above(otherwise, then) else None


def _word_chosen(
    calculus: Calculus, term: t.Choice, condition: Direction, then: Direction, otherwise: Direction
) -> Direction:
    """The words of the one branch, and after them those of the other: as the grades of a table, each its own choice."""
    rows = [_words_of(branch, moved, condition.sign)
            for branch, moved in ((term.otherwise, otherwise), (term.then, then))]  # fmt: skip
    if rows[0] is None or rows[1] is None:
        return calculus.unsure(term, reasons.WORDS, condition, then, otherwise)
    words = (*rows[0], *rows[1])
    gone = times(condition.sign, sign_of_row([word is not None for word in words]))
    known = joined_signs((then.known, otherwise.known, gone))
    return Direction("?", known, words=(WordSteps(condition.sign, words),), blame=condition.blame)


def _words_of(branch: t.Term, moved: Direction, sign: Sign) -> tuple[t.Constant, ...] | None:
    if isinstance(branch, t.Fixed):
        return (branch.value,)
    if len(moved.words) == 1 and moved.words[0].sign == sign and not moved.blame:
        return moved.words[0].words
    return None


def is_known_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.IsKnown)
    moved = calculus.of(term.operand, at)
    if moved.known == "?" and not moved.blame:
        return calculus.unsure(term, reasons.REWEIGHED, moved)
    return knownness_of(moved)


def first_known_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """The first one while that is known; where it becomes known it takes the place of what came after it."""
    assert isinstance(term, t.FirstKnown)
    moved = [calculus.of(one, at) for one in term.operands]
    if all(one.known == "0" for one in moved):
        return calculus.settled(term, reasons.OPPOSITE, *moved)
    if any(one.words for one in moved):
        return calculus.unsure(term, reasons.WORDS, *moved)
    steps: list[Direction] = []
    for place, (one, direction) in enumerate(zip(term.operands, moved, strict=True)):
        for other in term.operands[place + 1 :] if direction.known != "0" else ():
            if lies_above(bounds_of(one), bounds_of(other)):
                steps.append(Direction(direction.known))
            elif lies_above(bounds_of(other), bounds_of(one)):
                steps.append(Direction(FLIPPED[direction.known]))
            else:
                return calculus.unsure(term, reasons.STANDS_IN, *moved)
    known = joined_signs(one.known for one in moved)
    found = calculus.settled(term, reasons.STANDS_IN, *(as_known(one) for one in moved), *steps)
    return evolve(found, known=known)


RULES: Mapping[type, Rule] = {
    t.Read: read_rule,
    t.Negated: negated_rule,
    t.Sum: sum_rule,
    t.Product: product_rule,
    t.Quotient: quotient_rule,
    t.Power: power_rule,
    t.Absolute: magnitude_rule,
    t.Rounded: rounded_rule,
    t.Extreme: extreme_rule,
    t.Compared: compared_rule,
    t.IsIn: is_in_rule,
    t.IsNot: is_not_rule,
    t.Every: every_or_some_rule,
    t.Some: every_or_some_rule,
    t.Choice: choice_rule,
    t.IsKnown: is_known_rule,
    t.FirstKnown: first_known_rule,
    t.LookUp: look_up_rule,
    t.Mean: mean_rule,
    t.Adjusted: adjusted_rule,
    **AGGREGATE_RULES,
}
