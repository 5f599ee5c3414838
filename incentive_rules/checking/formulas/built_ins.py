"""The meaning of a function of the language as terms, each with its type and its bounds."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.numbers import Rounding
from ...base.places import Place
from ...lang.algebra import ExactNumbers
from ...lang.functions import RowFunction
from ...lang.types import BOOLEAN, DATE, PLAIN, WHOLE, Bounds, Facts, Kind, Type
from ...model import terms as t
from ..ranges.bounds import add_bounds, divide_bounds, hull, multiply_bounds, negated_bounds, tighter
from .rounding import rounded_bounds

MOMENT_KINDS = {"date": Kind.DATE, "time": Kind.TIME}  # what a function may take beside numbers
GIVES = {"whole": WHOLE, "date": DATE, "plain": PLAIN}
_NUMBERS = ExactNumbers()


def meant(function: RowFunction, terms: tuple[t.Term, ...], type_: Type, place: Place) -> t.Term:
    """What `function` gives of `terms`, numbers of `type_` or moments; missing where one of them is."""
    assert function.meaning is not None
    found: t.Term = function.meaning(Terms(type_, place, folds=function.takes in MOMENT_KINDS), *terms)
    # Each part of the meaning is missing where an argument is, and no other way.
    facts = evolve(
        found.facts, may_miss=any(x.facts.may_miss for x in terms), type=GIVES.get(function.gives, found.facts.type)
    )
    corners = _corners(function, terms)
    return evolve(found, facts=facts if corners is None else evolve(facts, bounds=tighter(facts.bounds, corners)))


def _corners(function: RowFunction, terms: tuple[t.Term, ...]) -> Bounds | None:
    """The bounds of a function that moves one way with each argument: what it gives of their ends."""
    ways, bounds = function.ways(len(terms)), [x.facts.bounds for x in terms]
    if "none" in ways or not all(one.closed for one in bounds):
        return None
    assert function.meaning is not None
    least = [one.low if way == "up" else one.high for way, one in zip(ways, bounds, strict=True)]
    greatest = [one.high if way == "up" else one.low for way, one in zip(ways, bounds, strict=True)]
    return Bounds(function.meaning(_NUMBERS, *least), function.meaning(_NUMBERS, *greatest))


class Terms:
    """The algebra of terms: numbers of one type, with bounds by intervals.

    Where it `folds`, what is made of constants alone is a constant: the days of the period are such.
    """

    def __init__(self, type_: Type, place: Place, folds: bool = False) -> None:
        self.type = type_
        self.place = place
        self.folds = folds

    def _constant(self, value: Fraction, *operands: t.Term) -> t.Fixed:
        return t.Fixed(facts=self._facts(Bounds(value, value), *operands), place=self.place, value=value)

    def _known(self, *terms: t.Term) -> tuple[Fraction, ...] | None:
        """The values of constants; None where one of them is none, or nothing is folded."""
        values = tuple(x.value for x in terms if isinstance(x, t.Fixed) and isinstance(x.value, Fraction))
        return values if self.folds and len(values) == len(terms) else None

    def number(self, value: int) -> t.Term:
        exact = Fraction(value)
        return t.Fixed(facts=Facts(WHOLE, bounds=Bounds(exact, exact)), place=self.place, value=exact)

    def plus(self, left: t.Term, right: t.Term) -> t.Term:
        known = self._known(left, right)
        if known is not None:
            return self._constant(_NUMBERS.plus(*known))
        facts = self._facts(add_bounds(left.facts.bounds, right.facts.bounds), left, right)
        return t.Sum(facts=facts, place=self.place, left=left, right=right)

    def minus(self, left: t.Term, right: t.Term) -> t.Term:
        known = self._known(left, right)
        if known is not None:
            return self._constant(_NUMBERS.minus(*known))
        facts = self._facts(add_bounds(left.facts.bounds, negated_bounds(right.facts.bounds)), left, right)
        return t.Sum(facts=facts, place=self.place, left=left, right=right, minus=True)

    def times(self, value: t.Term, count: int) -> t.Term:
        known = self._known(value)
        if known is not None:
            return self._constant(_NUMBERS.times(known[0], count))
        factor = self.number(count)
        facts = self._facts(multiply_bounds(value.facts.bounds, factor.facts.bounds), value)
        return t.Product(facts=facts, place=self.place, left=value, right=factor)

    def over(self, value: t.Term, count: int) -> t.Term:
        known = self._known(value)
        if known is not None:
            return self._constant(_NUMBERS.over(known[0], count))
        divisor = self.number(count)
        facts = evolve(self._facts(divide_bounds(value.facts.bounds, divisor.facts.bounds), value), type=PLAIN)
        return t.Quotient(facts=facts, place=self.place, left=value, right=divisor)

    def rounded(self, value: t.Term, mode: Rounding) -> t.Term:
        known = self._known(value)
        if known is not None:
            return self._constant(_NUMBERS.rounded(known[0], mode))
        facts = self._facts(rounded_bounds(value.facts.bounds, 0, mode), value)
        type_ = evolve(facts.type, whole=facts.type.money == 0)
        return t.Rounded(facts=evolve(facts, type=type_), place=self.place, operand=value, decimals=0, mode=mode.value)

    def magnitude(self, value: t.Term) -> t.Term:
        bounds = value.facts.bounds
        if bounds.low is None or bounds.low < 0:
            most = None if bounds.low is None or bounds.high is None else max(-bounds.low, bounds.high)
            bounds = (
                negated_bounds(bounds) if bounds.high is not None and bounds.high <= 0 else Bounds(Fraction(0), most)
            )
        return t.Absolute(facts=self._facts(bounds, value), place=self.place, operand=value)

    def largest(self, *values: t.Term) -> t.Term:
        bounds = negated_bounds(_least([negated_bounds(x.facts.bounds) for x in values]))
        return t.Extreme(facts=self._facts(bounds, *values), place=self.place, largest=True, operands=values)

    def smallest(self, *values: t.Term) -> t.Term:
        bounds = _least([x.facts.bounds for x in values])
        return t.Extreme(facts=self._facts(bounds, *values), place=self.place, largest=False, operands=values)

    def where_less(self, left: t.Term, right: t.Term, then: t.Term, otherwise: t.Term) -> t.Term:
        known = self._known(left, right)
        if known is not None:
            return then if known[0] < known[1] else otherwise
        may_miss = left.facts.may_miss or right.facts.may_miss
        held = t.Compared(facts=Facts(BOOLEAN, may_miss), place=self.place, operator="<", left=left, right=right)
        facts = self._facts(hull(then.facts.bounds, otherwise.facts.bounds), then, otherwise)
        return t.Choice(facts=facts, place=self.place, condition=held, then=then, otherwise=otherwise)

    def _facts(self, bounds: Bounds, *operands: t.Term) -> Facts:
        return Facts(self.type, any(x.facts.may_miss for x in operands), bounds)


def _least(bounds: list[Bounds]) -> Bounds:
    """The bounds of the smallest of several numbers."""
    lows = [one.low for one in bounds if one.low is not None]
    highs = [one.high for one in bounds if one.high is not None]
    return Bounds(min(lows) if len(lows) == len(bounds) else None, min(highs) if highs else None)
