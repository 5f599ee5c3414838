"""Rules of types: which values may stand together, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from attrs import evolve, frozen

from ...lang.types import Kind, Type
from ...model import terms as t


class Clash(StrEnum):
    """Why values cannot stand together; each is a code of the catalogue."""

    KINDS = "kinds-mixed"
    MONEY = "money-mixed"
    UNITS = "unit-mixed"


@frozen
class CommonType:
    """The common type of several values, or the reason there is none and the two that clash."""

    type: Type | None
    clash: Clash | None = None
    between: tuple[int, int] = (0, 0)


def common_type(types: Sequence[Type], units_agree: bool = True) -> CommonType:
    """The type of values that are added, compared or chosen between.

    A plain number in which a literal stands counts as money beside money, unless it is a percentage.
    Categories join their values. The result counts as literal only if all do, and is a percentage where
    nothing but percentages and literals stand together.
    """
    known = [(i, x) for i, x in enumerate(types) if x.kind is not Kind.UNKNOWN]
    if len(known) < len(types):
        return CommonType(Type(Kind.UNKNOWN))
    kinds = {x.kind for x in types}
    if kinds == {Kind.CATEGORY, Kind.KEY}:
        return CommonType(Type(Kind.CATEGORY))
    if len(kinds) > 1:
        other = next(i for i, x in known if x.kind is not types[0].kind)
        return CommonType(None, Clash.KINDS, (0, other))
    first = types[0]
    if first.kind is Kind.CATEGORY:
        sets = [x.values for x in types]
        joined = None if None in sets else frozenset().union(*(v for v in sets if v is not None))
        return CommonType(evolve(first, values=joined))
    if first.kind is not Kind.NUMBER:
        return CommonType(first)
    return _numbers(types, units_agree)


def _numbers(types: Sequence[Type], units_agree: bool) -> CommonType:
    fixed = [(i, x.money) for i, x in enumerate(types) if not x.counts_as_money]
    power = fixed[0][1] if fixed else 0
    odd = next((i for i, money in fixed if money != power), None)
    if odd is not None:
        return CommonType(None, Clash.MONEY, (fixed[0][0], odd))
    units = [(i, x.unit) for i, x in enumerate(types) if x.unit]
    unit = units[0][1] if units else None
    if units_agree:
        odd = next((i for i, u in units if u != unit), None)
        if odd is not None:
            return CommonType(None, Clash.UNITS, (units[0][0], odd))
    return CommonType(
        Type(
            Kind.NUMBER,
            power,
            literal=power == 0 and all(x.literal for x in types),
            percent=power == 0 and any(x.percent for x in types) and all(x.percent or x.literal for x in types),
            whole=all(x.whole for x in types),
            unit=unit,
        )
    )


def product(left: Type, right: Type) -> Type:
    """Money counts add up; units are dropped; a literal anywhere is remembered while the product is plain."""
    money = left.money + right.money
    literal = money == 0 and (left.literal or right.literal)
    percent = left.percent and right.percent
    return Type(Kind.NUMBER, money, literal=literal, percent=percent, whole=left.whole and right.whole)


def quotient(left: Type, right: Type) -> Type:
    """Money divided by money is a plain number, and no literal in it makes it money again."""
    money = left.money - right.money
    plain = left.money == 0 and right.money == 0
    return Type(Kind.NUMBER, money, literal=plain and (left.literal or right.literal))


def can_be_money(found: Type) -> bool:
    """Whether a money place may read the value as an amount."""
    return found.is_money or found.counts_as_money


def amounts_multiplied(term: t.Term) -> tuple[t.Term, t.Term] | None:
    """The two sides of the innermost product of two amounts in a term; of a power, the amount twice."""
    for part in reversed(tuple(t.walk(term))):
        sides = (part.left, part.right) if isinstance(part, t.Product) else ()
        if isinstance(part, t.Power) and part.exponent > 1:
            sides = (part.operand, part.operand)
        if sides and all(side.facts.type.money > 0 for side in sides):
            return sides
    return None
