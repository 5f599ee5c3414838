"""Compiles a `Checked` to a `Plan`: inputs, then each named quantity in order, then the premises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial
from math import ceil, floor

from attrs import evolve

from ..base.diagnostics import Diagnostic
from ..base.moments import MINUTES_PER_DAY
from ..base.numbers import read_number
from ..lang.types import ORDERED, Kind
from ..model.checked import Checked, CheckedInput, CheckedQuantity, Guard, Premise
from ..model.levels import PERSON, most_rows
from ..model.plan import (
    Atom,
    Cell,
    Lit,
    Plan,
    PlanCheck,
    PlanHonor,
    PlanInput,
    PlanLine,
    PlanOutput,
    PlanPool,
    Ref,
    Span,
    Step,
)
from ..model.plan_cells import kept_cells, steps_to
from ..model.scheme import Role
from ..model.terms import Read, Term, operands
from .cells import CellBuilder
from .choices import MISSING_NUMBER, choose, compare
from .lower import Lowering, filler_of
from .plan_builder import FALSE, NO_CELL, TRUE, WIDEST, TooWide, width_of
from .rationals import Lowered, Rational, TextOrFlag, constant_rational, reduced
from .reports import honor_in, honor_of, pool_is_paid, pool_of, shared_in
from .rounding import needs_rounding, rounded_rational
from .rows import NotWhole

DEFAULT_SPANS: dict[Kind, Span] = {
    Kind.NUMBER: (-(10**34) + 1, 10**34 - 1),
    Kind.DATE: (date.min.toordinal(), date.max.toordinal()),
    Kind.TIME: (0, (date.max.toordinal() + 1) * MINUTES_PER_DAY - 1),
}
CLAMPED_FROM = 8  # bits that the checker must know better before a value is clamped to what it knows


def compile_plan(checked: Checked) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """The plan of a checked scheme; or None and the findings, if a number would be too wide for the engines."""
    return _Compilation(checked).plan()


class _Compilation:
    """One compilation: the cells, the names so far, and the findings."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.cells = CellBuilder(checked.levels)
        self.names: dict[str, Lowered] = {}
        self.lowering = Lowering(self.cells, self.names, partial(most_rows, checked.scheme, checked.levels))
        self.outputs: list[PlanOutput] = []
        self.checks: list[PlanCheck] = []
        self.lines: list[PlanLine] = []
        self.pools: list[PlanPool] = []
        self.honors: list[PlanHonor] = []
        self.in_scope: Cell | None = None
        self.findings: list[Diagnostic] = []

    def plan(self) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
        inputs = tuple(self._input(one) for one in self.checked.inputs.values())
        for quantity in self.checked.quantities:
            self._guarded(quantity.name, quantity.term, partial(self._quantity, quantity))
        for premise in self.checked.premises:
            self._guarded(premise.formula.text, premise.term, partial(self._premise, premise))
        for guard in self.checked.guards:
            self._guarded(guard.name, guard.term, partial(self._guard, guard))
        if self.checked.applies_to is not None:
            self._guarded("applies_to", self.checked.applies_to, partial(self._scope, self.checked.applies_to))
        if self.findings:
            return None, tuple(self.findings)
        written = {q.name: number for number, q in enumerate(self.checked.scheme.quantities)}
        plan = Plan(
            inputs=inputs,
            steps=self.cells.steps(),
            outputs=tuple(self.outputs),
            checks=(*self.checks, *self.lowering.ties),
            lines=tuple(self.lines),
            maps=tuple(self.cells.maps),
            in_scope=self.in_scope,
            details=tuple(details.name for details in self.checked.scheme.details),
            max_rows=self.checked.scheme.max_rows_per_person,
            currency_decimals=self.checked.currency_decimals,
            checks_first=self.checked.premises_first,
            levels=self.checked.levels,
            pools=tuple(sorted(self.pools, key=lambda pool: written.get(pool.name, 0))),
            honors=tuple(sorted(self.honors, key=lambda honor: written.get(honor.name, 0))),
        )
        return evolve(plan, steps=live_steps(plan)), ()

    def _guarded(self, name: str, term: Term, work: Callable[[], None]) -> None:
        """Does `work`; a number that is too wide is reported and gets a dummy, so that all of them are reported."""
        try:
            work()
            return
        except TooWide as wide:
            factor, bits = self._widest_read(term)
            params = {"name": name, "bits": str(wide.bits), "most": str(WIDEST), "factor": factor, "own": str(bits)}
            self.findings.append(Diagnostic("too-wide", term.place, params, "" if factor else "alone"))
        except NotWhole:
            text = term.place.text if term.place is not None else name
            self.findings.append(Diagnostic("exact-aggregated", term.place, {"text": text}))
        number = term.facts.type.kind in ORDERED
        self.names[name] = constant_rational(Fraction(1)) if number else TextOrFlag(Lit(filler_of(term.facts.type)))

    def _widest_read(self, term: Term) -> tuple[str, int]:
        """The name in a formula whose numerator and denominators need the most bits."""
        found, pending = ("", -1), [term]
        seen: set[int] = set()
        while pending:
            part = pending.pop()
            if id(part) in seen:
                continue
            seen.add(id(part))
            pending.extend(operands(part))
            lowered = self.names.get(part.name) if isinstance(part, Read) else None
            if isinstance(part, Read) and isinstance(lowered, Rational):
                bits = sum(width_of(self.cells.span(atom)) for atom in (lowered.top, *lowered.factors))
                if bits > found[1]:
                    found = (part.name, bits)
        return found

    # ── Names ─────────────────────────────────────────────────────────────────────────────────────

    def _input(self, one: CheckedInput) -> PlanInput:
        type_, level = one.facts.type, one.level
        span = self._span(one) if type_.kind in ORDERED else None
        cell = self.cells.enter(level, span)
        known = self.cells.enter(level, None) if one.facts.may_miss else None
        flag = None if known is None else Ref(known)
        if span is None:
            self.names[one.name] = TextOrFlag(Ref(cell), flag)
            filler: int | str | bool = filler_of(type_)
        else:
            steps = 10**one.decimals
            low, high = Fraction(span[0], steps), Fraction(span[1], steps)
            self.names[one.name] = Rational(Ref(cell), low, high, steps, (), flag)
            filler = min(max(0, span[0]), span[1])
        low_end, high_end = span or (None, None)
        return PlanInput(one.name, level, cell, known, type_, one.decimals, low_end, high_end, filler, one)

    def _span(self, one: CheckedInput) -> Span:
        low, high = DEFAULT_SPANS[one.facts.type.kind]
        bounds, steps = one.facts.bounds, 10**one.decimals
        return (
            low * steps if bounds.low is None else ceil(bounds.low * steps),
            high * steps if bounds.high is None else floor(bounds.high * steps),
        )

    def _quantity(self, quantity: CheckedQuantity) -> None:
        level, lowering = quantity.level, self.lowering
        self.cells.place = quantity.definition.place
        if not quantity.due:
            self._name(quantity, _not_due(quantity), None)
            return
        value = lowering.lower(quantity.term, level)
        self.cells.place = quantity.definition.place
        if isinstance(value, Rational) and quantity.decimals is not None and quantity.facts.type.kind is Kind.NUMBER:
            decimals = quantity.decimals
            if quantity.rounds or not needs_rounding(value, decimals):
                value = rounded_rational(self.cells, value, decimals, quantity.rounding)
            else:  # nobody asked for rounding, so there is none
                quantity = evolve(quantity, decimals=None)
        flag = None if quantity.condition is None else lowering.flag(quantity.condition, level)
        if isinstance(value, Rational):
            value = self._within_facts(quantity, value, flag)
        value = self._where(quantity, flag, value)
        if not quantity.facts.may_miss:
            value = evolve(value, known=None)
        pool = shared_in(quantity)
        if pool is not None:
            flag = self.cells.all_of(flag, pool_is_paid(lowering, pool))
        self._name(quantity, value, flag)
        if pool is not None:
            self.pools.append(pool_of(lowering, quantity.name, pool))
        honor = honor_in(quantity)
        if honor is not None:
            self.honors.append(honor_of(lowering, quantity.name, honor, self.outputs[-1].numerator))

    def _name(self, quantity: CheckedQuantity, value: Lowered, paid: Atom | None) -> None:
        """Keeps the value of a quantity under its name; `paid` is whether a pay line is paid."""
        self.names[quantity.name] = value
        self.outputs.append(self._output(quantity, value))
        if quantity.definition.role is Role.PAY and quantity.definition.pay is not None:
            cell = None if paid is None else self._cell(paid)
            self.lines.append(PlanLine(quantity.name, quantity.definition.pay.kind, cell, quantity.due))

    def _premise(self, premise: Premise) -> None:
        formula = premise.formula
        flag = self.lowering.flag(premise.term, premise.level)
        self._check(PlanCheck(premise.level, NO_CELL, "data-require", formula.text, formula.place), flag)

    def _guard(self, guard: Guard) -> None:
        of = next((q for q in self.checked.quantities if q.name == guard.name), None)
        if of is None or of.due:
            flag = self.lowering.flag(guard.term, guard.level)
            self._check(PlanCheck(guard.level, NO_CELL, guard.code, guard.name, guard.place), flag)

    def _check(self, check: PlanCheck, flag: Atom) -> None:
        if flag != TRUE:
            self.checks.append(evolve(check, flag=self.cells.at(flag, check.level).cell))

    def _scope(self, term: Term) -> None:
        self.in_scope = self._cell(self.lowering.flag(term, PERSON))

    def _where(self, quantity: CheckedQuantity, flag: Atom | None, value: Lowered) -> Lowered:
        """The value if `when` holds; else 0 for a pay line, and missing for anything else."""
        if flag is None:
            return value
        if quantity.definition.role is Role.PAY:
            return choose(self.cells, flag, value, constant_rational(Fraction(0)))
        return evolve(value, known=self.cells.all_of(value.known, flag))

    def _within_facts(self, quantity: CheckedQuantity, value: Rational, flag: Atom | None) -> Rational:
        """The value with the bounds of the checker, if those are much better or must be checked.

        The checker's bounds are those of rows that meet every premise; a clamp makes them hold for all rows.
        """
        bounds = quantity.facts.bounds
        if not quantity.proved:
            self._check_range(quantity, value, flag)
        if value.factors or bounds.low is None or bounds.high is None:
            return value
        low, high = ceil(bounds.low * value.constant), floor(bounds.high * value.constant)
        gain = width_of(self.cells.span(value.top)) - width_of((low, high))
        if low > high or (quantity.proved and gain < CLAMPED_FROM):
            return value
        top = self.cells.extreme(False, self.cells.extreme(True, value.top, Lit(low)), Lit(high))
        ends = Fraction(low, value.constant), Fraction(high, value.constant)
        clamped = evolve(value, top=top, low=max(value.low, ends[0]), high=min(value.high, ends[1]))
        return reduced(self.cells, clamped)

    def _check_range(self, quantity: CheckedQuantity, value: Rational, where: Atom | None) -> None:
        """Checks the declared range of known values for which the condition of the name holds."""
        cells, definition = self.cells, quantity.definition
        plain = evolve(value, known=None)
        within: Atom = TRUE
        for literal, operator in ((definition.low, ">="), (definition.high, "<=")):
            end = None if literal is None else read_number(literal.text)
            if end is not None:
                within = cells.both(within, compare(cells, operator, plain, constant_rational(end)))
        for flag in (value.known, where):
            if flag is not None:
                within = cells.either(cells.negation(flag), within)
        name, place = quantity.name, definition.place
        self._check(PlanCheck(quantity.level, NO_CELL, "data-range-declared", name, place), within)

    def _output(self, quantity: CheckedQuantity, value: Lowered) -> PlanOutput:
        cells, level = self.cells, quantity.level
        known = None if value.known is None else cells.at(value.known, level).cell
        below: tuple[Cell | Lit, ...] = ()
        if isinstance(value, TextOrFlag):
            numerator = cells.at(value.atom, level).cell
        elif quantity.decimals is not None and quantity.facts.type.kind is Kind.NUMBER:
            steps = 10**quantity.decimals // value.constant
            numerator = cells.at(cells.multiply(Lit(steps), value.top), level).cell
        else:
            numerator = cells.at(value.top, level).cell
            factors = tuple(cells.at(factor, level).cell for factor in value.factors)
            below = (*([Lit(value.constant)] if value.constant != 1 else []), *factors)
        return PlanOutput(
            quantity.name, level, quantity.facts.type, numerator, below, known, quantity.decimals,
            quantity.definition.role, quantity.definition.place,
        )  # fmt: skip

    def _cell(self, atom: Atom) -> Cell:
        return self.cells.at(atom, PERSON).cell


def _not_due(quantity: CheckedQuantity) -> Lowered:
    """The value of a quantity that is not due in this period: 0 for money, False for an honour, else missing."""
    if quantity.definition.role is Role.PAY:
        return constant_rational(Fraction(0))
    if quantity.definition.role is Role.HONOR:
        return TextOrFlag(FALSE)
    type_ = quantity.facts.type
    return MISSING_NUMBER if type_.kind in ORDERED else TextOrFlag(Lit(filler_of(type_)), FALSE)


def live_steps(plan: Plan) -> tuple[Step, ...]:
    """The steps whose cells are read by something that leaves the plan."""
    return steps_to(plan.steps, kept_cells(plan))
