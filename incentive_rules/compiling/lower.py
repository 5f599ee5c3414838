"""Lowers formulas to steps of the plan, by one small rule for each kind of term."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from ..base.numbers import Rounding
from ..lang.aggregates import MOST_BEST
from ..lang.types import ORDERED, Kind, Type
from ..model.levels import PERSON, Level
from ..model.plan import Atom, Lit, PlanCheck
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
    Ranked,
    Read,
    Rounded,
    Running,
    Shared,
    Some,
    Sum,
    Term,
    operand_levels,
)
from . import adjustments, aggregates, choices, means, members, population, rationals, rounding, rows, tables
from .cells import CellBuilder
from .plan_builder import FALSE, TRUE, ZERO
from .rationals import Lowered, Rational, TextOrFlag


def filler_of(type_: Type) -> str | bool:
    """A legal text or flag for a missing one."""
    if type_.kind is Kind.BOOLEAN:
        return False
    return min(type_.values) if type_.values else ""


class Lowering:
    """Lowers terms one after another into the same cells; `names` grows with each quantity.

    `ties` are the checks that `latest` and `running` need, and `pools` the cells of each `Shared`, by its id.
    """

    def __init__(
        self, cells: CellBuilder, names: Mapping[str, Lowered], most_rows: Callable[[Level, Level], int]
    ) -> None:
        self.cells = cells
        self.ties: list[PlanCheck] = []
        self.pools: dict[int, population.PoolCells] = {}
        self._names = names
        self.most_rows = most_rows
        # By the term and the level of its rows; the term is held, so that its id stays its own.
        self._done: dict[tuple[int, Level], tuple[Term, Lowered]] = {}
        self._level: Level = PERSON

    def lower(self, term: Term, level: Level | None = None) -> Lowered:
        """The cells with the value of `term` for rows of `level`; operands first, so that depth costs no stack.

        Within a rule the level is that of the rule's own term.
        """
        level = self._level if level is None else level
        pending = [(term, level)]
        while pending:
            top, at = pending[-1]
            waiting = [(t, where) for t, where in operand_levels(top, at) if (id(t), where) not in self._done]
            if (id(top), at) in self._done:
                pending.pop()
            elif waiting:
                pending.extend(waiting)
            else:
                pending.pop()
                self._done[id(top), at] = (top, self._made(top, at))
        return self._done[id(term), level][1]

    def number(self, term: Term, level: Level | None = None) -> Rational:
        """Lowers a term that is a number, a date or a time."""
        lowered = self.lower(term, level)
        if isinstance(lowered, TextOrFlag):  # a plain `missing` where a number is due
            return choices.MISSING_NUMBER
        return lowered

    def flag(self, term: Term, level: Level | None = None) -> Atom:
        """Lowers a condition, which is never missing, to its flag."""
        lowered = self.lower(term, level)
        return lowered.atom if isinstance(lowered, TextOrFlag) else FALSE

    def _made(self, term: Term, level: Level) -> Lowered:
        if term.place is not None:
            self.cells.place = term.place
        self._level = self.cells.context = level
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
                return rationals.negated_rational(cells, self.number(x))
            case Sum(left=a, right=b, minus=minus):
                return rationals.add_rationals(cells, self.number(a), self.number(b), minus)
            case Product(left=a, right=b):
                return rationals.multiply_rationals(cells, self.number(a), self.number(b))
            case Quotient(left=a, right=b, missing_at_zero=missing):
                return rationals.divide(cells, self.number(a), self.number(b), missing)
            case Power(operand=x, exponent=n):
                return rationals.power_of_rational(cells, self.number(x), n)
            case Extreme(largest=largest, operands=xs):
                best = self.number(xs[0])
                for x in xs[1:]:
                    best = choices.extreme(cells, largest, best, self.number(x))
                return best
            case Absolute(operand=x):
                return rationals.absolute(cells, self.number(x))
            case Rounded(operand=x, decimals=places, mode=mode):
                return rounding.rounded_rational(cells, self.number(x), places, Rounding(mode))
            case Compared(operator=operator, left=a, right=b):
                return self._compared(operator, a, b)
            case IsIn(operand=x, members=members):
                return self._is_in(x, members)
            case IsNot(operand=x):
                return TextOrFlag(cells.negation(self.flag(x)), self.lower(x).known)
            case Every(operands=xs):
                known = cells.all_of(*(self.lower(x).known for x in xs))
                return TextOrFlag(cells.all_of(*(self.flag(x) for x in xs)) or TRUE, known)
            case Some(operands=xs):
                return TextOrFlag(self._some(xs), cells.all_of(*(self.lower(x).known for x in xs)))
            case IsKnown(operand=x):
                return TextOrFlag(self.lower(x).known or TRUE)
        return self._longer_rule(term)

    def _longer_rule(self, term: Term) -> Lowered:
        cells = self.cells
        match term:
            case Choice(condition=c, then=a, otherwise=b):
                return choices.choose(cells, self.flag(c), self.lower(a), self.lower(b))
            case FirstKnown(operands=xs):
                found = self.lower(xs[-1])
                for x in reversed(xs[:-1]):
                    first = self.lower(x)
                    known = first.known or TRUE
                    found = choices.choose(cells, known, evolve(first, known=None), found)
                return found
            case LookUp(grid=grid, keys=keys):
                return tables.lower_look_up(cells, grid, tuple(self.lower(key) for key in keys))
            case Mean(weights=weights, parts=parts, missing=missing, at_least=least):
                numbers = [self.number(p) for p in parts]
                return means.mean(cells, [self.number(w) for w in weights], numbers, missing, least)
            case Adjusted(operand=x, steps=steps):
                made = [
                    adjustments.LoweredStep(
                        step.action, TRUE if step.when is None else self.flag(step.when), self.lower(step.amount)
                    )
                    for step in steps
                ]
                return adjustments.lower_adjustments(cells, self.lower(x), made)
            case Aggregate() | Ranked() | Running() | Shared():
                return self._of_rows(term)
            case Fold(function=function, values=values, wheres=wheres, most=most):
                lowered_values = [None if v is None else self.lower(v) for v in values]
                flags = [None if w is None else self.flag(w) for w in wheres]
                found_members = members.counting_members(cells, lowered_values, flags, self._most(most, level=None))
                return aggregates.aggregate_of_members(cells, function, found_members)
        raise AssertionError(type(term).__name__)

    def _of_rows(self, term: Aggregate | Ranked | Running | Shared) -> Lowered:
        """Lowers a term over several rows; its operands are at the level of these rows, or of their group."""
        cells, at = self.cells, term.source
        above = term.level if isinstance(term, Aggregate) else term.group
        over = rows.Over(at, above, self.most_rows(at, above))
        if isinstance(term, Shared):
            found, self.pools[id(term)] = population.lower_share(cells, term, over, self._pool_parts(term))
            return found
        where = None if term.where is None else self.flag(term.where, at)
        if isinstance(term, Ranked):
            keys = [(self.lower(key, at), descending) for key, descending in term.keys]
            return population.lower_ranked(cells, term, over, keys, where)
        value = None if term.value is None else self.lower(term.value, at)
        order = [self.lower(one, at) for one in term.order]
        if isinstance(term, Running):
            assert isinstance(value, Rational)
            total, clash = population.lower_running(cells, over, value, where, order)
            self._tie("data-order-tie", at, clash)
            return total
        if not term.entry.is_ordered:
            return aggregates.aggregate_of_rows(cells, term, over, value, where, self._most(term.most, above))
        assert value is not None
        chosen, clash = rows.lower_latest(cells, over, value, where, order, filler_of(term.facts.type))
        self._tie("data-latest-tie", above, clash)
        return chosen

    def _most(self, most: int | Term, level: Level | None) -> Atom:
        """How many values count, at `level`; never below 0, nor above what `best` may add up."""
        if isinstance(most, int):
            return Lit(most)
        number = rounding.rounded_rational(self.cells, self.number(most, level), 0, Rounding.FLOOR).top
        return self.cells.extreme(False, self.cells.extreme(True, number, ZERO), Lit(MOST_BEST))

    def _tie(self, code: str, level: Level, clash: Atom) -> None:
        place = self.cells.place
        text = place.text if place is not None else ""
        flag = self.cells.at(self.cells.negation(clash), level).cell
        if all(check.flag != flag for check in self.ties):
            self.ties.append(PlanCheck(level, flag, code, text, place))

    def _pool_parts(self, term: Shared) -> population.PoolParts:
        at, group = term.source, term.group
        return population.PoolParts(
            amount=self.number(term.amount, group),
            weight=self.number(term.weight, at),
            when=None if term.when is None else self.flag(term.when, group),
            among=None if term.among is None else self.flag(term.among, at),
            cap=None if term.cap is None else self.number(term.cap, at),
        )

    def _fixed(self, term: Fixed) -> Lowered:
        if term.value is None:
            if term.facts.type.kind in ORDERED:
                return choices.MISSING_NUMBER
            return TextOrFlag(Lit(filler_of(term.facts.type)), FALSE)
        if isinstance(term.value, str | bool):
            return TextOrFlag(Lit(term.value))
        return rationals.constant_rational(term.value)

    def _compared(self, operator: str, left: Term, right: Term) -> TextOrFlag:
        a, b = self.lower(left), self.lower(right)
        known = self.cells.all_of(a.known, b.known)
        if isinstance(a, Rational) and isinstance(b, Rational):
            return TextOrFlag(choices.compare(self.cells, operator, a, b), known)
        if isinstance(a, Rational) or isinstance(b, Rational):
            return TextOrFlag(FALSE, known)
        same = self.cells.same(a.atom, b.atom)
        return TextOrFlag(same if operator == "==" else self.cells.negation(same), known)

    def _is_in(self, operand: Term, members: Sequence[object]) -> TextOrFlag:
        x = self.lower(operand)
        found: Atom = FALSE
        for member in members:
            if isinstance(x, Rational):
                edge = rationals.constant_rational(member) if isinstance(member, Fraction) else None
                here = FALSE if edge is None else choices.compare(self.cells, "==", evolve(x, known=None), edge)
            else:
                here = self.cells.same(x.atom, Lit(member)) if isinstance(member, str | bool) else FALSE
            found = self.cells.either(found, here)
        return TextOrFlag(found, x.known)

    def _some(self, terms: Sequence[Term]) -> Atom:
        found: Atom = FALSE
        for term in terms:
            found = self.cells.either(found, self.flag(term))
        return found
