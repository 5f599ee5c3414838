"""What is known at one place of a formula: which terms are there, and between which bounds they lie.

A situation grows along the branches of a condition. Facts are polynomials that are known to be at
least 0; boxes are bounds of single atoms; `nonzero` are polynomials known not to be 0.
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
class Situation:
    """What is known of a row of `level`: of its own values, and of those of all rows above it."""

    level: Level = PERSON
    known: frozenset[int] = frozenset()
    boxes: Mapping[int, Bounds] = field(factory=dict)
    facts: tuple[Polynomial, ...] = ()
    nonzero: tuple[Polynomial, ...] = ()
    impossible: bool = False  # the conditions that lead here exclude each other


@frozen
class Standing:
    """A polynomial that is at least 0 for each row of `level`, in every situation where the terms `needs` are known.

    A person's tickets add up to no less than one of them: that is known of a ticket, and not of a person, who may
    have none.
    """

    polynomial: Polynomial
    level: Level
    needs: frozenset[int]


class Prover:
    """Bounds of polynomials under the facts of a situation, by five rules (docs/explanation/ranges.md).

    Atoms are numbers handed out by the caller, who says the bounds and the step of each.
    """

    def __init__(self, levels: Levels = ONE_PERSON) -> None:
        self.bounds_of: dict[int, Bounds] = {}
        self.step_of: dict[int, Fraction | None] = {}
        self._levels = levels
        self._standing: dict[int, list[Standing]] = {}  # by each atom of theirs
        self._left = 0  # of the effort of the proof at hand, and of all of them
        self._left_in_all = ALL_EFFORT

    def stand(self, fact: Standing) -> None:
        """Note a fact that holds in every situation."""
        for number in poly.atoms(fact.polynomial):
            known = self._standing.setdefault(number, [])
            if fact not in known:
                known.append(fact)

    def _standing_of(self, numbers: Iterable[int], situation: Situation) -> list[Polynomial]:
        """The standing facts about these atoms that hold of the situation's row."""
        found: dict[int, Polynomial] = {}
        for number in sorted(numbers):
            for fact in self._standing.get(number, ()):
                if fact.needs <= situation.known and self._levels.is_above(fact.level, situation.level):
                    found[id(fact)] = fact.polynomial
        return list(found.values())

    def _box(self, number: int, situation: Situation) -> Bounds:
        return situation.boxes.get(number) or self.bounds_of[number]

    def _monomial(self, monomial: Monomial, situation: Situation) -> Bounds:
        powers = [power_bounds(self._box(a, situation), len(list(same))) for a, same in groupby(monomial)]
        return reduce(multiply_bounds, powers) if powers else Bounds(poly.ONE, poly.ONE)

    def _low_by_boxes(self, p: Polynomial, situation: Situation) -> Fraction | None:
        total = ZERO
        self._left -= len(p)
        for monomial, coefficient in p.items():
            found = self._monomial(monomial, situation)
            end = found.low if coefficient > 0 else found.high
            if end is None:
                return None
            total += coefficient * end
        return total

    def _low_by_factor(self, p: Polynomial, situation: Situation) -> Fraction | None:
        """A weighted sum, collected by one factor that is never negative: the sum of w * (k - s)."""
        best: Fraction | None = None
        for factor in poly.atoms(p):
            if self._left <= 0:
                break
            box = self._box(factor, situation)
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
            one, other = self._low_by_boxes(inside, situation), self._low_collected(rest, situation)
            if one is None or other is None:
                continue
            found = (one * box.low if one >= 0 else one * box.high) + other
            best = found if best is None else max(best, found)
        return best

    def _low_collected(self, p: Polynomial, situation: Situation) -> Fraction | None:
        found = self._low_by_boxes(p, situation)
        if self._left > 0 and any(len(m) >= 2 for m in p):
            other = self._low_by_factor(p, situation)
            if other is not None and (found is None or other > found):
                found = other
        return found

    def low(self, p: Polynomial, situation: Situation) -> Fraction | None:
        """A proved lower bound of `p`, None if none is found with the effort that one proof may take."""
        effort = self._left = min(MOST_EFFORT, self._left_in_all)
        found = self._low(p, situation, 3)
        self._left_in_all -= effort - max(self._left, 0)
        return _kept(found)

    def _low(self, p: Polynomial, situation: Situation, depth: int) -> Fraction | None:
        """The same with at most `depth` facts subtracted."""
        best = self._low_collected(p, situation)
        if depth == 0:
            return best
        names = poly.atoms(p)
        for fact in (*situation.facts, *self._standing_of(names, situation)):
            self._left -= 1
            if not (names & poly.atoms(fact)):
                continue
            for monomial in fact:
                if self._left <= 0:
                    return best
                if monomial and monomial in p and p[monomial] * fact[monomial] > 0:
                    found = self._low(poly.add(p, fact, -p[monomial] / fact[monomial]), situation, depth - 1)
                    if found is not None and (best is None or found > best):
                        best = found
        return best

    def high(self, p: Polynomial, situation: Situation) -> Fraction | None:
        found = self.low(poly.scale(p, -1), situation)
        return None if found is None else -found

    def bounds(self, p: Polynomial, situation: Situation) -> Bounds:
        return Bounds(self.low(p, situation), self.high(p, situation))

    def sign(self, p: Polynomial, situation: Situation) -> int:
        """1 if `p` is proved above 0, -1 below, 2 if not 0 but of either sign, 0 if it may be 0."""
        low = self.low(p, situation)
        if low is not None and low > 0:
            return 1
        high = self.high(p, situation)
        if high is not None and high < 0:
            return -1
        if any(poly.proportional(p, other) is not None for other in situation.nonzero):
            if low is not None and low >= 0:
                return 1
            return -1 if high is not None and high <= 0 else 2
        return self._sign_of_product(p, situation)

    def _sign_of_product(self, p: Polynomial, situation: Situation) -> int:
        """A single product of several factors is 0 only where one of them is."""
        if len(p) != 1 or len(next(iter(p))) < 2:
            return 0
        ((monomial, coefficient),) = p.items()
        found = 1 if coefficient > 0 else -1
        for factor in monomial:
            sign = self.sign(poly.atom(factor), situation)
            if sign == 0:
                return 0
            found = 2 if 2 in (found, sign) else found * sign
        return found

    def quotient(self, n: Polynomial, d: Polynomial, situation: Situation) -> Bounds:
        """Bounds of n/d, d being above 0: by ends, then N/D <= k as k*D - N >= 0."""
        step = poly.step_of(d, lambda a: self.step_of.get(a))
        ends = self.bounds(d, situation)
        low = ends.low if ends.low is not None and ends.low > 0 else step
        if low is not None and ends.high is not None and ends.high < low:
            return Bounds(ZERO, ZERO)  # the conditions exclude each other: nobody gets here
        found = divide_bounds(self.bounds(n, situation), Bounds(low, ends.high)) if low else Bounds()
        return self._by_candidates(n, d, found, situation)

    def _by_candidates(self, n: Polynomial, d: Polynomial, found: Bounds, situation: Situation) -> Bounds:
        low, high = found.low, found.high
        for k in self._candidates(n, d, situation):
            if (high is None or k < high) and self._at_least_zero(poly.add(poly.scale(d, k), n, -1), situation):
                high = k
            if (low is None or k > low) and self._at_least_zero(poly.add(n, poly.scale(d, k), -1), situation):
                low = k
        return Bounds(low, high)

    def _at_least_zero(self, p: Polynomial, situation: Situation) -> bool:
        found = self.low(p, situation)
        return found is not None and found >= 0

    def _candidates(self, n: Polynomial, d: Polynomial, situation: Situation) -> list[Fraction]:
        """Values that such quotients are bounded by in practice: 0, 1, 100, ends of boxes, ratios of coefficients."""
        found = {Fraction(0), Fraction(1), Fraction(100)}
        for a in sorted(poly.atoms(n))[:6]:
            box = self._box(a, situation)
            found |= {end for end in (box.low, box.high) if end is not None}
        found |= {n[m] / d[m] for m in n if m in d}
        # One's own part of a whole: from k*D - N >= 0, whatever the scales of both are.
        standing = self._standing_of(poly.atoms(n) | poly.atoms(d), situation)
        found |= {-fact[e] * n[m] / (fact[m] * d[e]) for fact in standing for m in n for e in d
                  if fact.get(m, ZERO) < 0 < fact.get(e, ZERO)}  # fmt: skip
        return sorted(found)


def learn(situation: Situation, p: Polynomial, strict: bool, prover: Prover) -> Situation:
    """The situation in which also p >= 0 holds (p > 0 if `strict`)."""
    rest = {m: c for m, c in p.items() if m}
    if strict:
        step = poly.step_of(rest, lambda a: prover.step_of.get(a)) if rest else None
        if step is None:
            situation = evolve(situation, nonzero=(*situation.nonzero, p))
        else:  # `rest` is a multiple of `step` and above -constant: at least the next multiple
            p = poly.add(rest, poly.constant(-_next_multiple(-p.get((), ZERO), step)))
    if not any(p):
        false = p.get((), ZERO) < 0 or (strict and not p)
        return evolve(situation, impossible=situation.impossible or false)
    if len(rest) > 1 or len(next(iter(rest))) > 1:
        return evolve(situation, facts=(*situation.facts, p))
    ((number,), coefficient) = next(iter(rest.items()))
    edge = -p.get((), ZERO) / coefficient
    box = situation.boxes.get(number) or prover.bounds_of[number]
    now = tighter(box, Bounds(edge, None) if coefficient > 0 else Bounds(None, edge))
    empty = (box.high is not None and box.high < edge) if coefficient > 0 else (box.low is not None and box.low > edge)
    return evolve(situation, boxes={**situation.boxes, number: now}, impossible=situation.impossible or empty)


def _next_multiple(edge: Fraction, step: Fraction) -> Fraction:
    """The smallest multiple of `step` above `edge`."""
    return (edge // step + 1) * step
