"""Proves bounds of polynomials under the assumptions of one place in a formula.

Assumptions grow along the branches of a condition. Their `facts` are polynomials that are known to be at least 0; their
`boxes` are bounds of single atoms; `nonzero` are polynomials known not to be 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from itertools import groupby

from attrs import evolve, field, frozen

from ...lang.types import Bounds
from ...model.levels import ONE_PERSON, PERSON, Level, Levels
from . import polynomials as poly
from .bounds import ZERO, _kept, divide_bounds, multiply_bounds, power_bounds, tighter
from .polynomials import Monomial, Polynomial

MOST_EFFORT = 2_000  # monomials looked at in one proof; what is not proved by then stays unproved
ALL_EFFORT = 300_000  # the same in all proofs of one check


@frozen
class Assumptions:
    """What is known of a row of `level`: of its own values, and of those of all rows above it."""

    level: Level = PERSON
    known: frozenset[int] = frozenset()
    boxes: Mapping[int, Bounds] = field(factory=dict)
    facts: tuple[Polynomial, ...] = ()
    nonzero: tuple[Polynomial, ...] = ()
    impossible: bool = False  # the conditions that lead here exclude each other


@frozen
class StandingFact:
    """A polynomial that is at least 0 for each row of `level` of which the terms `needs` are known.

    The sum of the tickets of a person is no less than any one of them: that is known for a ticket, and not for a
    person, who may have none.
    """

    polynomial: Polynomial
    level: Level
    needs: frozenset[int]


class Prover:
    """Proves bounds of polynomials under assumptions, by five rules (docs/explanation/ranges.md).

    Atoms are numbers of the caller, who gives the bounds and the step of each.
    """

    def __init__(self, levels: Levels = ONE_PERSON) -> None:
        self.bounds_of: dict[int, Bounds] = {}
        self.step_of: dict[int, Fraction | None] = {}
        self._levels = levels
        self._standing: dict[int, list[StandingFact]] = {}  # by each atom of theirs
        self._left = 0  # of the effort of the proof at hand, and of all of them
        self._left_in_all = ALL_EFFORT

    def note(self, fact: StandingFact) -> None:
        """Notes a fact that holds under any assumptions."""
        for number in poly.atoms(fact.polynomial):
            known = self._standing.setdefault(number, [])
            if fact not in known:
                known.append(fact)

    def _standing_of(self, numbers: Iterable[int], assumptions: Assumptions) -> list[Polynomial]:
        """The standing facts about these atoms that hold of the row that the assumptions are about."""
        found: dict[int, Polynomial] = {}
        for number in sorted(numbers):
            for fact in self._standing.get(number, ()):
                if fact.needs <= assumptions.known and self._levels.is_above(fact.level, assumptions.level):
                    found[id(fact)] = fact.polynomial
        return list(found.values())

    def _box(self, number: int, assumptions: Assumptions) -> Bounds:
        return assumptions.boxes.get(number) or self.bounds_of[number]

    def _monomial(self, monomial: Monomial, assumptions: Assumptions) -> Bounds:
        powers = [power_bounds(self._box(a, assumptions), len(list(same))) for a, same in groupby(monomial)]
        return reduce(multiply_bounds, powers) if powers else Bounds(poly.ONE, poly.ONE)

    def _low_by_boxes(self, p: Polynomial, assumptions: Assumptions) -> Fraction | None:
        total = ZERO
        self._left -= len(p)
        for monomial, coefficient in p.items():
            found = self._monomial(monomial, assumptions)
            end = found.low if coefficient > 0 else found.high
            if end is None:
                return None
            total += coefficient * end
        return total

    def _low_by_factor(self, p: Polynomial, assumptions: Assumptions) -> Fraction | None:
        """A weighted sum, collected by one factor that is never negative: the sum of w * (k - s)."""
        best: Fraction | None = None
        for factor in poly.atoms(p):
            if self._left <= 0:
                break
            box = self._box(factor, assumptions)
            if box.low is None or box.low < 0 or box.high is None:
                continue
            inside: dict[Monomial, Fraction] = {}
            rest: dict[Monomial, Fraction] = {}
            for monomial, coefficient in p.items():
                if factor in monomial:
                    left = list(monomial)
                    left.remove(factor)
                    inside[tuple(left)] = coefficient
                else:
                    rest[monomial] = coefficient
            if len(inside) < 2:
                continue
            one, other = self._low_by_boxes(inside, assumptions), self._low_collected(rest, assumptions)
            if one is None or other is None:
                continue
            found = (one * box.low if one >= 0 else one * box.high) + other
            best = found if best is None else max(best, found)
        return best

    def _low_collected(self, p: Polynomial, assumptions: Assumptions) -> Fraction | None:
        found = self._low_by_boxes(p, assumptions)
        if self._left > 0 and any(len(m) >= 2 for m in p):
            other = self._low_by_factor(p, assumptions)
            if other is not None and (found is None or other > found):
                found = other
        return found

    def low(self, p: Polynomial, assumptions: Assumptions) -> Fraction | None:
        """A proved lower bound of `p`, None if none is found with the effort that one proof may take."""
        effort = self._left = min(MOST_EFFORT, self._left_in_all)
        found = self._low(p, assumptions, 3)
        self._left_in_all -= effort - max(self._left, 0)
        return _kept(found)

    def _low(self, p: Polynomial, assumptions: Assumptions, depth: int) -> Fraction | None:
        """A proved lower bound of `p`, with at most `depth` facts subtracted from it."""
        best = self._low_collected(p, assumptions)
        if depth == 0:
            return best
        names = poly.atoms(p)
        for fact in (*assumptions.facts, *self._standing_of(names, assumptions)):
            self._left -= 1
            if not (names & poly.atoms(fact)):
                continue
            for monomial in fact:
                if self._left <= 0:
                    return best
                if monomial and monomial in p and p[monomial] * fact[monomial] > 0:
                    found = self._low(poly.add(p, fact, -p[monomial] / fact[monomial]), assumptions, depth - 1)
                    if found is not None and (best is None or found > best):
                        best = found
        return best

    def high(self, p: Polynomial, assumptions: Assumptions) -> Fraction | None:
        found = self.low(poly.scale(p, -1), assumptions)
        return None if found is None else -found

    def bounds(self, p: Polynomial, assumptions: Assumptions) -> Bounds:
        return Bounds(self.low(p, assumptions), self.high(p, assumptions))

    def sign(self, p: Polynomial, assumptions: Assumptions) -> int:
        """1 if `p` is proved above 0, -1 below, 2 if not 0 but of either sign, 0 if it may be 0."""
        low = self.low(p, assumptions)
        if low is not None and low > 0:
            return 1
        high = self.high(p, assumptions)
        if high is not None and high < 0:
            return -1
        if any(poly.proportional(p, other) is not None for other in assumptions.nonzero):
            if low is not None and low >= 0:
                return 1
            return -1 if high is not None and high <= 0 else 2
        return self._sign_of_product(p, assumptions)

    def _sign_of_product(self, p: Polynomial, assumptions: Assumptions) -> int:
        """A single product of several factors is 0 only where one of them is."""
        if len(p) != 1 or len(next(iter(p))) < 2:
            return 0
        ((monomial, coefficient),) = p.items()
        found = 1 if coefficient > 0 else -1
        for factor in monomial:
            sign = self.sign(poly.atom(factor), assumptions)
            if sign == 0:
                return 0
            found = 2 if 2 in (found, sign) else found * sign
        return found

    def quotient(self, n: Polynomial, d: Polynomial, assumptions: Assumptions) -> Bounds:
        """Bounds of n/d, d being above 0: by ends, then N/D <= k as k*D - N >= 0."""
        step = poly.step_of(d, lambda a: self.step_of.get(a))
        ends = self.bounds(d, assumptions)
        low = ends.low if ends.low is not None and ends.low > 0 else step
        if low is not None and ends.high is not None and ends.high < low:
            return Bounds(ZERO, ZERO)  # the conditions exclude each other: nobody gets here
        found = divide_bounds(self.bounds(n, assumptions), Bounds(low, ends.high)) if low else Bounds()
        return self._by_candidates(n, d, found, assumptions)

    def _by_candidates(self, n: Polynomial, d: Polynomial, found: Bounds, assumptions: Assumptions) -> Bounds:
        low, high = found.low, found.high
        for k in self._candidates(n, d, assumptions):
            if (high is None or k < high) and self._at_least_zero(poly.add(poly.scale(d, k), n, -1), assumptions):
                high = k
            if (low is None or k > low) and self._at_least_zero(poly.add(n, poly.scale(d, k), -1), assumptions):
                low = k
        return Bounds(low, high)

    def _at_least_zero(self, p: Polynomial, assumptions: Assumptions) -> bool:
        found = self.low(p, assumptions)
        return found is not None and found >= 0

    def _candidates(self, n: Polynomial, d: Polynomial, assumptions: Assumptions) -> list[Fraction]:
        """Values that such quotients are bounded by in practice: 0, 1, 100, ends of boxes, ratios of coefficients."""
        found = {Fraction(0), Fraction(1), Fraction(100)}
        for a in sorted(poly.atoms(n))[:6]:
            box = self._box(a, assumptions)
            found |= {end for end in (box.low, box.high) if end is not None}
        found |= {n[m] / d[m] for m in n if m in d}
        # One's own part of a whole: from k*D - N >= 0, whatever the scales of both are.
        standing = self._standing_of(poly.atoms(n) | poly.atoms(d), assumptions)
        found |= {-fact[e] * n[m] / (fact[m] * d[e]) for fact in standing for m in n for e in d
                  if fact.get(m, ZERO) < 0 < fact.get(e, ZERO)}  # fmt: skip
        return sorted(found)


def learn(assumptions: Assumptions, p: Polynomial, strict: bool, prover: Prover) -> Assumptions:
    """The assumptions with p >= 0 among them (p > 0 if `strict`)."""
    rest = {m: c for m, c in p.items() if m}
    if strict:
        step = poly.step_of(rest, lambda a: prover.step_of.get(a)) if rest else None
        if step is None:
            assumptions = evolve(assumptions, nonzero=(*assumptions.nonzero, p))
        else:  # `rest` is a multiple of `step` and above -constant: at least the next multiple
            p = poly.add(rest, poly.constant(-_next_multiple(-p.get((), ZERO), step)))
    if not any(p):
        false = p.get((), ZERO) < 0 or (strict and not p)
        return evolve(assumptions, impossible=assumptions.impossible or false)
    if len(rest) > 1 or len(next(iter(rest))) > 1:
        return evolve(assumptions, facts=(*assumptions.facts, p))
    ((number,), coefficient) = next(iter(rest.items()))
    edge = -p.get((), ZERO) / coefficient
    box = assumptions.boxes.get(number) or prover.bounds_of[number]
    now = tighter(box, Bounds(edge, None) if coefficient > 0 else Bounds(None, edge))
    empty = (box.high is not None and box.high < edge) if coefficient > 0 else (box.low is not None and box.low > edge)
    return evolve(assumptions, boxes={**assumptions.boxes, number: now}, impossible=assumptions.impossible or empty)


def _next_multiple(edge: Fraction, step: Fraction) -> Fraction:
    """The smallest multiple of `step` above `edge`."""
    return (edge // step + 1) * step
