"""Percentages compared with numbers that are plainly no shares of 1: `total >= 90%`, for a total out of 100."""

from __future__ import annotations

from fractions import Fraction

from ...lang.types import Kind
from ...model import terms as t
from ...model.checked import CheckedQuantity
from ...model.scheme import SCORES
from ..names.symbols import Symbols

MOST_OF_A_SHARE = Fraction(10)  # 1000%: a growth rate may be that, a score or a count soon is more


def counts_beyond_shares(term: t.Term, symbols: Symbols) -> bool:
    """Whether a term is an input or a score whose values go far beyond 100%, which is 1.

    A quotient may be large as well, and be a share all the same: of one the bounds say nothing.
    """
    parts = t.walk(term, lambda part: _of_one_scale(part, symbols))
    return any(isinstance(part, t.Read) and _counts(part, symbols) for part in parts)


def _counts(name: t.Read, symbols: Symbols) -> bool:
    """Whether a name is an input that is no percentage, a score or a whole number, and can be large."""
    quantity, declared = symbols.quantities.get(name.name), symbols.inputs.get(name.name)
    if quantity is not None:
        return _is_counted(quantity) and _is_large(name)
    return declared is not None and not declared.definition.percent and _is_large(name)


def _is_counted(quantity: CheckedQuantity) -> bool:
    return quantity.definition.role in SCORES or quantity.facts.type.whole


def _of_one_scale(term: t.Term, symbols: Symbols) -> tuple[t.Term, ...]:
    """The parts of a term that are of the same scale as itself: of a sum, a choice, a mean, of another name for it."""
    match term:
        case t.Read(name=name):
            quantity = symbols.quantities.get(name)
            another = quantity is not None and not _is_counted(quantity) and isinstance(quantity.term, t.Read)
            return (quantity.term,) if quantity is not None and another else ()
        case t.Rounded(operand=x) | t.Negated(operand=x) | t.Absolute(operand=x):
            return (x,)
        case t.Sum(left=a, right=b):
            return (a, b)
        case t.Extreme(operands=xs) | t.FirstKnown(operands=xs):
            return xs
        case t.Choice(then=a, otherwise=b):
            return (a, b)
        case t.Aggregate(value=x) if x is not None and term.entry.keeps_type:
            return (x,)
    return ()


def _is_large(term: t.Term) -> bool:
    facts = term.facts
    plain = facts.type.kind is Kind.NUMBER and facts.type.money == 0
    return plain and facts.bounds.high is not None and facts.bounds.high > MOST_OF_A_SHARE
