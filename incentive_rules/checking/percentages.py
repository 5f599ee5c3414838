"""Percentages compared with numbers that are plainly no shares of 1: `total >= 90%`, for a total out of 100."""

from __future__ import annotations

from fractions import Fraction

from ..lang.types import Kind
from ..model import terms as t
from .rounding import SCORES
from .world import World

MOST_OF_A_SHARE = Fraction(10)  # 1000%: a growth rate may be that, a score or a count soon is more


def counts_beyond_shares(term: t.Term, world: World) -> bool:
    """Whether a term is an input or a score whose values go far beyond 100%, which is 1.

    A quotient may be large as well, and be a share all the same: of one the bounds say nothing.
    """
    while isinstance(term, t.Read):
        declared = world.inputs.get(term.name)
        quantity = world.quantities.get(term.name)
        if declared is not None:
            return not declared.definition.percent and _is_large(term)
        if quantity is None:
            return False
        if quantity.definition.role in SCORES:
            return _is_large(term)
        if not isinstance(quantity.term, t.Read):
            return quantity.facts.type.whole and _is_large(term)
        term = quantity.term
    return False


def _is_large(term: t.Term) -> bool:
    facts = term.facts
    plain = facts.type.kind is Kind.NUMBER and facts.type.money == 0
    return plain and facts.bounds.high is not None and facts.bounds.high > MOST_OF_A_SHARE
