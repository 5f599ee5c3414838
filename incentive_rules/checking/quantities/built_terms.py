"""Builds the terms that pools, honours and grades by rank consist of: counts, ranks, shares of a count, rounded terms.

Ranks and counts are aggregates over people; a quota compares a rank with a cut-off. So engines know two steps, to rank
and to share, and nothing of honours or grades.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.numbers import Rounding
from ...base.places import Place
from ...lang.types import BOOLEAN, PLAIN, WHOLE, Bounds, Facts
from ...model import scheme as s
from ...model import terms as t
from ...model.checked import Guard
from ...model.levels import PERSON, Level, most_rows
from ..formulas.rounding import rounded_bounds
from .quantity_formulas import QuantityFormulas

ZERO, ONE = Fraction(0), Fraction(1)


def fixed(value: Fraction | bool | None, place: Place) -> t.Fixed:
    """A constant term that checking adds."""
    if isinstance(value, bool):
        return t.Fixed(facts=Facts(BOOLEAN), place=place, value=value)
    if value is None:
        return t.Fixed(facts=Facts(PLAIN, True, Bounds(ZERO, ZERO)), place=place, value=None)
    return t.Fixed(facts=Facts(PLAIN, bounds=Bounds(value, value)), place=place, value=value)


def count_term(
    formulas: QuantityFormulas, source: Level, level: Level, where: t.Term | None, place: Place
) -> t.Aggregate:
    """The number of rows of `source` that a row of `level` owns and for which `where` holds."""
    most = Fraction(most_rows(formulas.symbols.scheme, formulas.symbols.levels, source, level))
    facts = Facts(WHOLE, bounds=Bounds(ZERO, most))
    return t.Aggregate(facts=facts, place=place, function="count", source=source, level=level, value=None, where=where)


def rank_term(
    formulas: QuantityFormulas, keys: tuple[t.Term, ...], group: Level, where: t.Term | None, ties: str, at: Place
) -> t.Ranked:
    """The rank of each person by these keys, highest first; missing where `where` fails."""
    most = Fraction(most_rows(formulas.symbols.scheme, formulas.symbols.levels, PERSON, group))
    return t.Ranked(
        facts=Facts(WHOLE, bounds=Bounds(ONE, most)), place=at, source=PERSON, group=group,
        keys=tuple((key, True) for key in keys), where=where, ties=ties,
    )  # fmt: skip


def share_of_count_term(count: t.Term, share: Fraction, mode: Rounding, place: Place) -> t.Term:
    """`share` of a count, rounded to a whole number."""
    high = count.facts.bounds.high
    bounds = Bounds(ZERO, None if high is None else high * share)
    product = t.Product(facts=Facts(PLAIN, bounds=bounds), place=place, left=count, right=fixed(share, place))
    return rounded_term(product, 0, mode)


def guard_against_tie(
    formulas: QuantityFormulas,
    quantity: s.Quantity,
    ranked: t.Term,
    first: t.Term,
    last: t.Term,
    cutoff: t.Term,
    place: Place,
) -> None:
    """Adds a guard that fails where people with one rank stand on both sides of the cut-off."""
    flag = Facts(BOOLEAN)
    inside = t.Compared(facts=flag, place=place, operator="<=", left=first, right=cutoff)
    beyond = t.Compared(facts=flag, place=place, operator=">", left=last, right=cutoff)
    tied = t.Every(facts=flag, place=place, operands=(ranked, inside, beyond))
    guard = Guard("data-tie", quantity.name, t.IsNot(facts=flag, place=place, operand=tied), PERSON, place)
    if not any(one.code == guard.code and one.place == place for one in formulas.guards):  # once for all outputs
        formulas.guards.append(guard)


def rounded_term(term: t.Term, decimals: int, mode: Rounding) -> t.Term:
    """The term rounded to `decimals` places."""
    bounds = rounded_bounds(term.facts.bounds, decimals, mode)
    type_ = evolve(term.facts.type, whole=decimals == 0 and term.facts.type.money == 0)
    facts = Facts(type_, term.facts.may_miss, bounds)
    return t.Rounded(facts=facts, place=term.place, operand=term, decimals=decimals, mode=mode.value)


def extreme_term(largest: bool, one: t.Term, other: t.Term, place: Place) -> t.Term:
    """The largest, or the smallest, of two whole numbers."""
    (a, b), (c, d) = (
        (one.facts.bounds.low, one.facts.bounds.high),
        (other.facts.bounds.low, other.facts.bounds.high),
    )
    pick = max if largest else min
    bounds = Bounds(None if a is None or c is None else pick(a, c), None if b is None or d is None else pick(b, d))
    return t.Extreme(facts=Facts(WHOLE, bounds=bounds), place=place, largest=largest, operands=(one, other))
