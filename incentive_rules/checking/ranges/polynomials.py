"""Polynomials with exact coefficients: the small algebra that range proofs are made of.

A polynomial maps monomials to coefficients; a monomial is a sorted tuple of atoms (whole numbers
that stand for names and other indivisible terms), the empty one is the constant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import gcd, lcm

Monomial = tuple[int, ...]
Polynomial = Mapping[Monomial, Fraction]

ONE = Fraction(1)
# Beyond these a term is treated as one atom with its own bounds.
MOST_MONOMIALS = 48
HIGHEST_DEGREE = 24
WIDEST_COEFFICIENT = 4096  # bits


def constant(value: Fraction | int) -> Polynomial:
    return {(): Fraction(value)} if value else {}


def atom(number: int) -> Polynomial:
    return {(number,): ONE}


def add(left: Polynomial, right: Polynomial, times: Fraction | int = 1) -> Polynomial:
    """left + times * right."""
    result = dict(left)
    for monomial, coefficient in right.items():
        total = result.get(monomial, Fraction(0)) + times * coefficient
        if total:
            result[monomial] = total
        else:
            result.pop(monomial, None)
    return result


def multiply(left: Polynomial, right: Polynomial) -> Polynomial | None:
    """The product; None if it would grow beyond the size that is reasoned about."""
    if len(left) * len(right) > MOST_MONOMIALS * 4:
        return None
    result: dict[Monomial, Fraction] = {}
    for m, c in left.items():
        for n, d in right.items():
            if len(m) + len(n) > HIGHEST_DEGREE:
                return None
            key = tuple(sorted(m + n))
            result[key] = result.get(key, Fraction(0)) + c * d
    found = {m: c for m, c in result.items() if c}
    short = all(c.numerator.bit_length() + c.denominator.bit_length() <= WIDEST_COEFFICIENT for c in found.values())
    return found if short and len(found) <= MOST_MONOMIALS else None


def scale(polynomial: Polynomial, times: Fraction | int) -> Polynomial:
    return {m: c * times for m, c in polynomial.items()} if times else {}


def atoms(polynomial: Polynomial) -> frozenset[int]:
    return frozenset(a for monomial in polynomial for a in monomial)


def step_of(polynomial: Polynomial, steps: Callable[[int], Fraction | None]) -> Fraction | None:
    """The largest step that divides every value of the polynomial, if each atom has a step of its own.

    Whole-number tightening: what is above 0 is then at least one step.
    """
    numerators, denominators = 0, 1
    for monomial, coefficient in polynomial.items():
        size = abs(coefficient)
        for a in monomial:
            step = steps(a)
            if step is None:
                return None
            size *= step
        numerators = gcd(numerators * (size.denominator // gcd(size.denominator, denominators)),
                         size.numerator * (denominators // gcd(size.denominator, denominators)))  # fmt: skip
        denominators = lcm(denominators, size.denominator)
    return Fraction(numerators, denominators) if numerators else None


def proportional(left: Polynomial, right: Polynomial) -> Fraction | None:
    """k with left = k * right, or None."""
    if left.keys() != right.keys() or not left:
        return None
    first = next(iter(left))
    k = left[first] / right[first]
    return k if all(left[m] == k * right[m] for m in left) else None
