"""Keeps what is known of terms: equality by structure, the polynomial of a term, its bounds under assumptions."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

import attrs
from attrs import evolve

from ...lang.types import ANY, ORDERED, Bounds, Facts
from ...model import terms as t
from ...model.levels import ONE_PERSON, Level, Levels
from . import polynomials as poly
from .bounds import tighter
from .polynomials import Polynomial
from .prover import Assumptions, Prover, StandingFact, learn
from .stretches import stretches
from .walk import bottom_up, makes_missing

Ratio = tuple[Polynomial, Polynomial]
_UNIT = poly.constant(1)
_FIELDS: dict[type, tuple[str, ...]] = {}


def _parts(term: object) -> tuple[object, ...]:
    kind = type(term)
    names = _FIELDS.get(kind)
    if names is None:
        names = tuple(
            a.name
            for a in attrs.fields(cast("type[attrs.AttrsInstance]", kind))
            if a.name not in ("facts", "place", "table")
        )
        _FIELDS[kind] = names
    return tuple(getattr(term, name) for name in names)


def _structured(term: object) -> list[object]:
    """The terms, and steps of adjusting, that the structure of a term is made of."""
    if not isinstance(term, t.Base | t.AdjustmentStep):
        return []
    inside: list[object] = []
    pending = list(_parts(term))
    while pending:
        part = pending.pop()
        if isinstance(part, tuple):  # the keys of a ranking are pairs
            pending.extend(part)
        elif isinstance(part, t.Base | t.AdjustmentStep):
            inside.append(part)
    return inside


def _calculated(term: t.Term) -> tuple[t.Term, ...]:
    """The operands whose polynomials make that of `term`."""
    return t.operands(term) if isinstance(term, t.Negated | t.Sum | t.Product | t.Quotient | t.Power) else ()


class TermFacts:
    """Facts about terms by structure: equal structure means equal value, so a fact about one holds for the other."""

    def __init__(self, levels: Levels = ONE_PERSON) -> None:
        self.prover = Prover(levels)
        self._numbers: dict[object, int] = {}
        self._by_identity: dict[int, tuple[object, int]] = {}
        self._ratios: dict[int, tuple[object, Ratio]] = {}
        self._signs: dict[int, int] = {}
        self._quotients: dict[int, tuple[object, bool]] = {}
        self.meanings: dict[str, t.Term] = {}  # a quantity's own term, to look through its name
        self.decimals: dict[str, int | None] = {}
        self.declared: dict[str, Bounds] = {}  # the bounds of each name, wherever it is read
        self.never_missing: set[str] = set()  # the names that are known under any assumptions

    def declare(self, name: str, facts: Facts, decimals: int | None) -> None:
        """Notes the facts of a name, which hold wherever it is read; `decimals` None means an exact one."""
        self.declared[name] = facts.bounds
        self.decimals[name] = decimals
        if not facts.may_miss:
            self.never_missing.add(name)

    # ── identity by structure ────────────────────────────────────────────────────────────────────

    def key(self, term: object) -> int:
        """A number that equal structures share."""
        for part in bottom_up(term, self._by_identity, _structured):
            shape = (
                (type(part), *map(self._shape, _parts(part))) if isinstance(part, t.Base | t.AdjustmentStep) else part
            )
            number = self._numbers.setdefault(shape, len(self._numbers))
            self._by_identity[id(part)] = (part, number)
        return self._by_identity[id(term)][1]

    def _shape(self, part: object) -> object:
        if isinstance(part, tuple):
            return tuple(self._shape(x) for x in part)
        if isinstance(part, t.Base | t.AdjustmentStep):
            return ("term", self._by_identity[id(part)][1])
        return (type(part), part)

    # ── polynomials ──────────────────────────────────────────────────────────────────────────────

    def note_sign(self, quotient: t.Quotient, sign: int) -> None:
        """Notes the proved sign of a quotient's divisor (1, -1, or 2 for either)."""
        self._signs[self.key(quotient)] = sign

    def note_part(self, whole: t.Term, part: t.Term, times: Fraction, level: Level, least: bool = False) -> None:
        """Notes that `times` * whole is never below part (never above it, if `least`), for each row of `level`."""
        numerator, denominator = self.ratio(part)
        if denominator == _UNIT:
            p = poly.add(poly.scale(self._atom(whole), times), numerator, -1)
            self.prover.note(StandingFact(poly.scale(p, -1) if least else p, level, self._needs(part)))

    def note_least(self, term: t.Term, least: Fraction, level: Level) -> None:
        """Note that a term is never below `least` for a row of `level`."""
        self.prover.note(StandingFact(poly.add(self._atom(term), poly.constant(-least)), level, frozenset()))

    def note_between(self, whole: t.Aggregate, count: t.Aggregate, bounds: Bounds) -> None:
        """Note that a sum lies between the least and the largest value of its rows, as often as there are rows."""
        total, rows = self._atom(whole), self._atom(count)
        for end, sign in ((bounds.low, 1), (bounds.high, -1)):
            if end is not None:
                fact = poly.scale(poly.add(total, rows, -end), sign)
                self.prover.note(StandingFact(fact, whole.level, frozenset()))

    def _needs(self, term: t.Term) -> frozenset[int]:
        """The terms that must be known so that `term` is: the names in it that may be missing, and perhaps itself."""
        inside = tuple(t.walk(term))
        names = {self.key(x) for x in inside if isinstance(x, t.Read) and x.name not in self.never_missing}
        return frozenset(names | {self.key(term)} if any(map(makes_missing, inside)) else names)

    def atom(self, term: t.Term) -> int:
        """The atom that stands for a term in polynomials.

        A name has one atom with the bounds of its declaration. Any other term has one for each pair
        of structure and bounds, for its bounds may owe themselves to the branch where it stands.
        """
        if isinstance(term, t.Read):
            number = self.key(term)
            bounds = self.declared.get(term.name, ANY)
        else:
            bounds = term.facts.bounds
            number = self._numbers.setdefault(("atom", self.key(term), bounds), len(self._numbers))
        if number not in self.prover.bounds_of:
            self.prover.bounds_of[number] = bounds
            self.prover.step_of[number] = self._step(term)
        return number

    def _atom(self, term: t.Term) -> Polynomial:
        return poly.atom(self.atom(term))

    def _step(self, term: t.Term) -> Fraction | None:
        if isinstance(term, t.Read):
            places = self.decimals.get(term.name)
            return self._step_of_exact(term.name) if places is None else Fraction(1, 10**places)
        if isinstance(term, t.Rounded):
            return Fraction(1, 10**term.decimals)
        if isinstance(term, t.Absolute):
            numerator, denominator = self.ratio(term.operand)
            return poly.step_of(numerator, lambda a: self.prover.step_of.get(a)) if denominator == _UNIT else None
        return Fraction(1) if term.facts.type.whole else None

    def _step_of_exact(self, name: str) -> Fraction | None:
        """The step of a name without decimals: that of its meaning, where only a constant divides it."""
        if name not in self.meanings:
            return None
        numerator, denominator = self.ratio(self.meanings[name])
        step = poly.step_of(numerator, lambda a: self.prover.step_of.get(a))
        divisor = denominator.get(()) if len(denominator) == 1 else None
        return None if step is None or not divisor else step / divisor

    def ratio(self, term: t.Term) -> Ratio:
        """The term as numerator / denominator, the denominator being above 0 wherever the term is known."""
        for part in bottom_up(term, self._ratios, _calculated):
            self._ratios[id(part)] = (part, self._find_ratio(part))
        return self._ratios[id(term)][1]

    def has_quotient(self, term: t.Term) -> bool:
        """Whether the arithmetic of `term` contains a quotient."""
        for part in bottom_up(term, self._quotients, _calculated):
            inside = any(self._quotients[id(x)][1] for x in _calculated(part))
            self._quotients[id(part)] = (part, inside or isinstance(part, t.Quotient))
        return self._quotients[id(term)][1]

    def _find_ratio(self, term: t.Term) -> Ratio:
        found: tuple[Polynomial | None, Polynomial | None] = (None, None)
        match term:
            case t.Fixed(value=Fraction() as value):
                return poly.constant(value), _UNIT
            case t.Negated(operand=x):
                n, d = self.ratio(x)
                return poly.scale(n, -1), d
            case t.Sum(left=a, right=b, minus=minus):
                (n, d), (m, e) = self.ratio(a), self.ratio(b)
                if d == e:
                    return poly.add(n, m, -1 if minus else 1), d
                one, other = poly.multiply(n, e), poly.multiply(m, d)
                if one is not None and other is not None:
                    found = (poly.add(one, other, -1 if minus else 1), poly.multiply(d, e))
            case t.Product(left=a, right=b):
                (n, d), (m, e) = self.ratio(a), self.ratio(b)
                found = (poly.multiply(n, m), poly.multiply(d, e))
            case t.Quotient(left=a, right=b):
                (n, d), (m, e) = self.ratio(a), self.ratio(b)
                sign = self._signs.get(self.key(term), 0) or _sign(b)
                if sign in (1, -1):
                    found = (poly.multiply(poly.scale(n, sign), e), poly.multiply(d, poly.scale(m, sign)))
            case t.Power(operand=x, exponent=k) if 1 <= k <= 3:
                n, d = self.ratio(x)
                found = (n, d)
                for _ in range(k - 1):
                    one, other = found
                    found = (
                        poly.multiply(one, n) if one is not None else None,
                        poly.multiply(other, d) if other is not None else None,
                    )
        numerator, denominator = found
        if numerator is None or denominator is None or len(numerator) > poly.MOST_MONOMIALS:
            return self._atom(term), _UNIT
        return numerator, denominator

    # ── bounds ───────────────────────────────────────────────────────────────────────────────────

    def refined(self, term: t.Term, assumptions: Assumptions) -> t.Term:
        """The term with what the assumptions add to its facts: that it is known, or a narrower box."""
        facts = term.facts
        if not assumptions.known and not assumptions.boxes:
            return term
        number = self.key(term)
        if facts.may_miss and number in assumptions.known:
            facts = evolve(facts, may_miss=False)
        box = assumptions.boxes.get(self.atom(term)) if assumptions.boxes else None
        if box is not None:
            facts = evolve(facts, bounds=tighter(facts.bounds, box))
        return term if facts is term.facts else evolve(term, facts=facts)

    def proved_bounds(self, term: t.Term, assumptions: Assumptions) -> Bounds:
        """The narrowest bounds found for a sum, product or quotient, by intervals and by facts."""
        n, d = self.ratio(term)
        if d == _UNIT:
            found = self.prover.bounds(n, assumptions)
        else:
            found = self.prover.quotient(n, d, assumptions)
        return tighter(term.facts.bounds, found)

    def bounds_by_step(self, left: t.Term, right: t.Term) -> Bounds:
        """Bounds of a quotient whose divisor is not 0, of either sign: it is at least one step away from 0."""
        divisor, unit = self.ratio(right)
        step = poly.step_of(divisor, lambda a: self.prover.step_of.get(a)) if unit == _UNIT else None
        ends = left.facts.bounds
        if step is None or ends.low is None or ends.high is None:
            return Bounds()
        size = max(abs(ends.low), abs(ends.high)) / step
        return Bounds(-size, size)

    def divisor_sign(self, term: t.Term, assumptions: Assumptions) -> int:
        """1 or -1 if the sign of a divisor is proved, 2 if only that it is not 0, 0 if nothing is proved."""
        bounds = term.facts.bounds
        if bounds.low is not None and bounds.low > 0:
            return 1
        if bounds.high is not None and bounds.high < 0:
            return -1
        if isinstance(term, t.Absolute):
            return int(self.divisor_sign(term.operand, assumptions) != 0)
        n, _ = self.ratio(term)
        return self.prover.sign(n, assumptions)

    # ── conditions ───────────────────────────────────────────────────────────────────────────────

    def assume(self, term: t.Term, holds: bool, assumptions: Assumptions, depth: int = 0) -> Assumptions:
        """The assumptions on the branch where the condition `term` is true (or false)."""
        match term:
            case t.Fixed(value=bool() as value):
                return assumptions if value is holds else evolve(assumptions, impossible=True)
            case t.IsNot(operand=x):
                return self.assume(x, not holds, assumptions, depth)
            case t.Every(operands=xs) if holds:
                for x in xs:
                    assumptions = self.assume(x, True, assumptions, depth)
            case t.Some(operands=xs) if not holds:
                for x in xs:
                    assumptions = self.assume(x, False, assumptions, depth)
            case t.IsKnown(operand=x) if holds:
                return self.assume_known(x, assumptions, depth)
            case t.Compared():
                assumptions = self._assume_comparison(term, holds, assumptions)
                if holds or not term.facts.may_miss:
                    for x in (term.left, term.right):
                        assumptions = self.assume_known(x, assumptions, depth + 1) if x.facts.may_miss else assumptions
            case t.IsIn():
                return self._assume_membership(term, holds, assumptions)
            case t.Read(name=name) if name in self.meanings and depth < 4:
                return self.assume(self.meanings[name], holds, assumptions, depth + 1)
        return assumptions

    def _assume_membership(self, term: t.IsIn, holds: bool, assumptions: Assumptions) -> Assumptions:
        """A number that is one of several lies between them, and is not 0 where 0 is none of them."""
        members = [x for x in term.members if isinstance(x, Fraction)]
        if not members:
            return self._assume_word(term.operand, term.members, holds, assumptions)
        numerator, denominator = self.ratio(term.operand)
        if denominator != _UNIT:
            return assumptions
        beyond = [poly.add(numerator, poly.constant(-x)) for x in (min(members), max(members))]
        if holds:
            assumptions = learn(assumptions, beyond[0], False, self.prover)
            assumptions = learn(assumptions, poly.scale(beyond[1], -1), False, self.prover)
            return assumptions if 0 in members else evolve(assumptions, nonzero=(*assumptions.nonzero, numerator))
        for member in members:
            off = poly.add(numerator, poly.constant(-member))
            assumptions = self._assume_unequal(off, poly.scale(off, -1), assumptions)
        return assumptions

    def _assume_comparison(self, term: t.Compared, holds: bool, assumptions: Assumptions) -> Assumptions:
        operator = term.operator if holds else _OPPOSITE[term.operator]
        if term.left.facts.type.kind not in ORDERED:
            if isinstance(term.right, t.Fixed) and operator in ("==", "!="):
                return self._assume_word(term.left, (term.right.value,), operator == "==", assumptions)
            return assumptions
        (n, d), (m, e) = self.ratio(term.left), self.ratio(term.right)
        one, other = poly.multiply(n, e), poly.multiply(m, d)
        if one is None or other is None:
            return assumptions
        more = poly.add(one, other, -1)
        less = poly.scale(more, -1)
        match operator:
            case ">" | ">=":
                return learn(assumptions, more, operator == ">", self.prover)
            case "<" | "<=":
                return learn(assumptions, less, operator == "<", self.prover)
            case "==":
                return learn(learn(assumptions, more, False, self.prover), less, False, self.prover)
        return self._assume_unequal(more, less, assumptions)

    def _assume_word(
        self, term: t.Term, words: tuple[t.Constant, ...], holds: bool, assumptions: Assumptions
    ) -> Assumptions:
        """A word that a table gives by rows of numbers, a grade: what it is read from lies in the rows of that word."""
        if isinstance(term, t.Read):
            term = self.meanings.get(term.name, term)
        if not isinstance(term, t.LookUp) or len(term.keys) > 1 or term.keys[0].facts.type.kind not in ORDERED:
            return assumptions
        numerator, denominator = self.ratio(term.keys[0])
        ends = stretches(term.grid, {cell for cell in t.cells_of(term.grid) if (cell in words) is holds} - {None})
        if denominator != _UNIT or ends is None:
            return assumptions
        if not ends:
            return evolve(assumptions, impossible=True)
        for end, sign, open_at in ((ends[0][0], 1, "up_to"), (ends[-1][1], -1, "from")):
            if end is not None:
                off = poly.scale(poly.add(numerator, poly.constant(-end)), sign)
                assumptions = learn(assumptions, off, term.grid.kind == open_at, self.prover)
        return assumptions

    def _assume_unequal(self, more: Polynomial, less: Polynomial, assumptions: Assumptions) -> Assumptions:
        low = self.prover.low(more, assumptions)
        if low is not None and low >= 0:
            return learn(assumptions, more, True, self.prover)
        high = self.prover.low(less, assumptions)
        if high is not None and high >= 0:
            return learn(assumptions, less, True, self.prover)
        return evolve(assumptions, nonzero=(*assumptions.nonzero, more))

    def assume_known(self, term: t.Term, assumptions: Assumptions, depth: int = 0) -> Assumptions:
        """The assumptions under which `term` is not missing: then its operands are not, either."""
        if not term.facts.may_miss and depth:
            return assumptions
        assumptions = evolve(assumptions, known=assumptions.known | {self.key(term)})
        match term:
            case t.Read(name=name) if name in self.meanings and depth < 8:
                return self.assume_known(self.meanings[name], assumptions, depth + 1)
            case t.Choice(condition=c, then=t.Fixed(value=None), otherwise=x):
                return self.assume_known(x, self.assume(c, False, assumptions, depth + 1), depth + 1)
            case t.Choice(condition=c, then=x, otherwise=t.Fixed(value=None)):
                return self.assume_known(x, self.assume(c, True, assumptions, depth + 1), depth + 1)
            case t.Quotient(left=a, right=b, missing_at_zero=guarded):
                for x in (a, b):
                    assumptions = self.assume_known(x, assumptions, depth + 1)
                if guarded:
                    n, _ = self.ratio(b)
                    assumptions = self._assume_unequal(n, poly.scale(n, -1), assumptions)
            case (
                t.Negated() | t.Sum() | t.Product() | t.Power() | t.Absolute() | t.Rounded() | t.Extreme() | t.LookUp()
                | t.Compared() | t.IsIn() | t.IsNot() | t.Every() | t.Some()
            ):  # fmt: skip
                for x in t.operands(term):
                    assumptions = self.assume_known(x, assumptions, depth + 1)
            case t.Adjusted(operand=x, steps=steps) if all(s.action != "set" for s in steps):
                return self.assume_known(x, assumptions, depth + 1)
        return assumptions


def _sign(term: t.Term) -> int:
    """The sign of a constant; 0 for any other term."""
    value = term.value if isinstance(term, t.Fixed) and isinstance(term.value, Fraction) else 0
    return (value > 0) - (value < 0)


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
