"""From the meaning of a formula to steps of the plan: one small rule for each kind of term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from ..base.numbers import Rounding
from ..lang.types import Kind, Type
from ..model.plan import Atom, Lit
from ..model.terms import (
    Absolute,
    Adjusted,
    Aggregate,
    Choice,
    Compared,
    Every,
    Extreme,
    FirstKnown,
    Fixed,
    Fold,
    IsIn,
    IsKnown,
    IsNot,
    LookUp,
    Mean,
    Negated,
    Power,
    Product,
    Quotient,
    Read,
    Rounded,
    Some,
    Sum,
    Term,
    operands,
)
from . import choices, means, rationals, rounding, rows, tables
from .cells import FALSE, TRUE, Cells
from .rationals import Lowered, Number, Word

NUMBERS = (Kind.NUMBER, Kind.DATE, Kind.TIME)


def filler_of(type_: Type) -> str | bool:
    """A legal text or flag for a missing one."""
    if type_.kind is Kind.BOOLEAN:
        return False
    return min(type_.values) if type_.values else ""


class Lowering:
    """Lowers terms one after another into the same cells; `names` grows with each quantity."""

    def __init__(self, cells: Cells, names: Mapping[str, Lowered], max_rows: int) -> None:
        self.cells = cells
        self._names = names
        self._max_rows = max_rows
        self._done: dict[int, tuple[Term, Lowered]] = {}  # the term is held, so that its id stays its own

    def lower(self, term: Term) -> Lowered:
        """The cells that hold the value of `term`; operands first, so that depth costs no stack."""
        pending = [term]
        while pending:
            top = pending[-1]
            waiting = [t for t in operands(top) if id(t) not in self._done]
            if id(top) in self._done:
                pending.pop()
            elif waiting:
                pending.extend(waiting)
            else:
                pending.pop()
                self._done[id(top)] = (top, self._made(top))
        return self._done[id(term)][1]

    def number(self, term: Term) -> Number:
        """The lowered form of a term that is a number, a date or a time."""
        lowered = self.lower(term)
        if isinstance(lowered, Word):  # a plain `missing` where a number is due
            return choices.MISSING_NUMBER
        return lowered

    def flag(self, term: Term) -> Atom:
        """The flag of a condition, which is never missing."""
        lowered = self.lower(term)
        return lowered.atom if isinstance(lowered, Word) else FALSE

    def _made(self, term: Term) -> Lowered:
        if term.place is not None:
            self.cells.place = term.place
        lowered = self._rule(term)
        surely = not term.facts.may_miss and not isinstance(term, Fixed)
        return evolve(lowered, known=None) if surely and lowered.known is not None else lowered

    def _rule(self, term: Term) -> Lowered:
        cells = self.cells
        match term:
            case Fixed():
                return self._fixed(term)
            case Read(name=name):
                return self._names[name]
            case Negated(operand=x):
                return rationals.negated(cells, self.number(x))
            case Sum(left=a, right=b, minus=minus):
                return rationals.add(cells, self.number(a), self.number(b), minus)
            case Product(left=a, right=b):
                return rationals.multiply(cells, self.number(a), self.number(b))
            case Quotient(left=a, right=b, missing_at_zero=missing):
                return rationals.divide(cells, self.number(a), self.number(b), missing)
            case Power(operand=x, exponent=n):
                return rationals.power(cells, self.number(x), n)
            case Extreme(largest=largest, operands=xs):
                best = self.number(xs[0])
                for x in xs[1:]:
                    best = choices.extreme(cells, largest, best, self.number(x))
                return best
            case Absolute(operand=x):
                return rationals.absolute(cells, self.number(x))
            case Rounded(operand=x, decimals=places, mode=mode):
                return rounding.rounded(cells, self.number(x), places, Rounding(mode))
            case Compared(operator=operator, left=a, right=b):
                return self._compared(operator, a, b)
            case IsIn(operand=x, members=members):
                return self._is_in(x, members)
            case IsNot(operand=x):
                return Word(cells.negation(self.flag(x)), self.lower(x).known)
            case Every(operands=xs):
                return Word(cells.all_of(*(self.flag(x) for x in xs)) or TRUE)
            case Some(operands=xs):
                return Word(self._some(xs))
            case IsKnown(operand=x):
                return Word(self.lower(x).known or TRUE)
        return self._longer_rule(term)

    def _longer_rule(self, term: Term) -> Lowered:
        cells = self.cells
        match term:
            case Choice(condition=c, then=a, otherwise=b):
                return choices.choose(cells, self.flag(c), *self._alike(a, b))
            case FirstKnown(operands=xs):
                found = self.lower(xs[-1])
                for x in reversed(xs[:-1]):
                    first = self.lower(x)
                    known = first.known or TRUE
                    found = choices.choose(cells, known, evolve(first, known=None), found)
                return found
            case LookUp(grid=grid, keys=keys):
                return tables.look_up(cells, grid, tuple(self.lower(key) for key in keys))
            case Mean(weights=weights, parts=parts, missing=missing, at_least=least):
                numbers = [self.number(p) for p in parts]
                return means.mean(cells, [self.number(w) for w in weights], numbers, missing, least)
            case Adjusted(operand=x, steps=steps):
                made = [
                    means.LoweredStep(
                        step.action, TRUE if step.when is None else self.flag(step.when), self.lower(step.amount)
                    )
                    for step in steps
                ]
                return means.adjusted(cells, self.lower(x), made)
            case Aggregate(function=function, source=level, value=value, where=where, min_rows=least):
                lowered = None if value is None else self.lower(value)
                flag = None if where is None else self.flag(where)
                return rows.aggregate(cells, function, level, lowered, flag, least, self._max_rows)
            case Fold(function=function, values=values, wheres=wheres, most=most):
                lowered_values = [None if v is None else self.lower(v) for v in values]
                flags = [None if w is None else self.flag(w) for w in wheres]
                return means.fold(cells, function, lowered_values, flags, most)
        raise AssertionError(type(term).__name__)

    def _fixed(self, term: Fixed) -> Lowered:
        if term.value is None:
            if term.facts.type.kind in NUMBERS:
                return choices.MISSING_NUMBER
            return Word(Lit(filler_of(term.facts.type)), FALSE)
        if isinstance(term.value, str | bool):
            return Word(Lit(term.value))
        return rationals.constant(term.value)

    def _compared(self, operator: str, left: Term, right: Term) -> Word:
        a, b = self._alike(left, right)
        known = self.cells.all_of(a.known, b.known)
        if isinstance(a, Number) and isinstance(b, Number):
            return Word(choices.compare(self.cells, operator, a, b), known)
        if isinstance(a, Number) or isinstance(b, Number):
            return Word(FALSE, known)
        same = self.cells.same(a.atom, b.atom)
        return Word(same if operator == "==" else self.cells.negation(same), known)

    def _is_in(self, operand: Term, members: Sequence[object]) -> Word:
        x = self.lower(operand)
        found: Atom = FALSE
        for member in members:
            if isinstance(x, Number):
                edge = rationals.constant(member) if isinstance(member, Fraction) else None
                here = FALSE if edge is None else choices.compare(self.cells, "==", evolve(x, known=None), edge)
            else:
                here = self.cells.same(x.atom, Lit(member)) if isinstance(member, str | bool) else FALSE
            found = self.cells.either(found, here)
        return Word(found, x.known)

    def _some(self, terms: Sequence[Term]) -> Atom:
        found: Atom = FALSE
        for term in terms:
            found = self.cells.either(found, self.flag(term))
        return found

    def _alike(self, left: Term, right: Term) -> tuple[Lowered, Lowered]:
        return self.lower(left), self.lower(right)
