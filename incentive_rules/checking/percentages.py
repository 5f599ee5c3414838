"""Percentages compared with numbers that are plainly no shares of 1: `total >= 90%`, for a total out of 100."""

from __future__ import annotations

from fractions import Fraction

from ..lang.types import Kind
from ..model import terms as t
from .rounding import SCORES
from .world import World

MOST_OF_A_SHARE = Fraction(10)  # 1000%: a growth rate may be that, a score or a count soon is more
_OF_ANOTHER_SCALE = ("count", "share", "variance")


def counts_beyond_shares(term: t.Term, world: World) -> bool:
    """Whether a term is an input or a score whose values go far beyond 100%, which is 1.

    A quotient may be large as well, and be a share all the same: of one the bounds say nothing.
    """
    pending, seen = [term], {id(term)}
    while pending:
        top = pending.pop()
        if isinstance(top, t.Read):
            quantity = world.quantities.get(top.name)
            if quantity is None or quantity.definition.role in SCORES or quantity.facts.type.whole:
                if _counts(top, world):
                    return True
                continue
            inside: tuple[t.Term, ...] = (quantity.term,) if isinstance(quantity.term, t.Read) else ()
        else:
            inside = _parts_of_one_scale(top)
        for part in inside:  # a sum of itself has one part twice
            if id(part) not in seen:
                seen.add(id(part))
                pending.append(part)
    return False


def _counts(name: t.Read, world: World) -> bool:
    """Whether a name is an input that is no percentage, a score or a whole number, and can be large."""
    declared = world.inputs.get(name.name)
    known = declared is not None or name.name in world.quantities
    return known and not (declared is not None and declared.definition.percent) and _is_large(name)


def _parts_of_one_scale(term: t.Term) -> tuple[t.Term, ...]:
    """The parts of a term that are of the same scale as itself: of a sum, a choice, a mean."""
    match term:
        case t.Rounded(operand=x) | t.Negated(operand=x) | t.Absolute(operand=x):
            return (x,)
        case t.Sum(left=a, right=b):
            return (a, b)
        case t.Extreme(operands=xs) | t.FirstKnown(operands=xs):
            return xs
        case t.Choice(then=a, otherwise=b):
            return (a, b)
        case t.Aggregate(value=x, function=function) if x is not None and function not in _OF_ANOTHER_SCALE:
            return (x,)
    return ()


def _is_large(term: t.Term) -> bool:
    facts = term.facts
    plain = facts.type.kind is Kind.NUMBER and facts.type.money == 0
    return plain and facts.bounds.high is not None and facts.bounds.high > MOST_OF_A_SHARE
