"""The operations in which the functions of the language say what they mean.

Of the same words the checker makes terms, with types and bounds (`checking.built_ins`), and `Numbers` plain numbers:
so a function is said once, and whatever reads terms knows it.

    def whole_part(a, x):
        return a.rounded(x, Rounding.DOWN)

    whole_part(Numbers(), Fraction(-7, 2))  # -3
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from ..base.numbers import Rounding, rounded

V = TypeVar("V")
Meaning = Callable[..., Any]  # of an algebra and the arguments, each a value of it; gives a value of it


class Algebra(Protocol[V]):
    """Exact numbers. Days are counted from the first of January of the year 1, which is day 1; moments in minutes."""

    def number(self, value: int) -> V: ...

    def plus(self, left: V, right: V) -> V: ...

    def minus(self, left: V, right: V) -> V: ...

    def times(self, value: V, count: int) -> V: ...

    def over(self, value: V, count: int) -> V:
        """The quotient by a whole number above 0."""

    def rounded(self, value: V, mode: Rounding) -> V:
        """The value as a whole number."""

    def magnitude(self, value: V) -> V: ...

    def largest(self, *values: V) -> V: ...

    def smallest(self, *values: V) -> V: ...

    def where_less(self, left: V, right: V, then: V, otherwise: V) -> V:
        """`then` where left < right, else `otherwise`."""


class ExactNumbers:
    """The algebra of plain exact numbers."""

    def number(self, value: int) -> Fraction:
        return Fraction(value)

    def plus(self, left: Fraction, right: Fraction) -> Fraction:
        return left + right

    def minus(self, left: Fraction, right: Fraction) -> Fraction:
        return left - right

    def times(self, value: Fraction, count: int) -> Fraction:
        return value * count

    def over(self, value: Fraction, count: int) -> Fraction:
        return value / count

    def rounded(self, value: Fraction, mode: Rounding) -> Fraction:
        return rounded(value, 0, mode)

    def magnitude(self, value: Fraction) -> Fraction:
        return abs(value)

    def largest(self, *values: Fraction) -> Fraction:
        return max(values)

    def smallest(self, *values: Fraction) -> Fraction:
        return min(values)

    def where_less(self, left: Fraction, right: Fraction, then: Fraction, otherwise: Fraction) -> Fraction:
        return then if left < right else otherwise
