"""Rows that stand for periods: what was recorded of the earlier ones, and this period's own value in the last."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve

from ...lang.made_names import MadeName
from ...lang.types import BOOLEAN, Bounds, Facts, Kind, Type
from ...model import scheme as s
from ...model import terms as t
from ...model.checked import CheckedInput
from ...model.scheme import Input
from ..formulas.rounding import ExactDecimals
from ..ranges.bounds import hull
from .quantity_formulas import QuantityFormulas

# Amounts of other periods stood under other wages and tables than this one's.
OTHER_AMOUNTS = 10
LEAST_AMOUNT = Fraction(10**7)
# So did a parameter of other periods.
OTHER_VALUES = 100
PARAMETER_DECIMALS = 6
ANY_DAY = Bounds(Fraction(1), Fraction(date.max.toordinal()))
TYPE_OF = {Kind.BOOLEAN: "boolean", Kind.CATEGORY: "category", Kind.DATE: "date", Kind.TIME: "time", Kind.KEY: "key"}


def recorded(formulas: QuantityFormulas, quantity: s.Quantity, body: s.Recorded) -> t.Term | None:
    """The value of a row: this period's where it stands for it, else what was recorded."""
    table = quantity.table
    assert table is not None
    source = formulas.name_in_place(body.source, body.place, quantity.name, (table,))
    if source.facts.type.kind is Kind.UNKNOWN:
        return None
    name = MadeName.RECORDED.of(quantity.name)
    given = recorded_input(formulas, name, quantity, source, (table,), formulas.symbols.elsewhere.get(body.source, ()))
    if given is None:
        return None
    formulas.symbols.inputs[name] = given
    decimals = given.decimals if given.facts.type.kind is Kind.NUMBER else 0
    formulas.reader.term_facts.declare(name, given.facts, decimals)
    flag = t.Read(facts=Facts(BOOLEAN), place=body.place, name=MadeName.CURRENT.of(table))
    earlier = t.Read(facts=given.facts, place=body.place, name=name)
    bounds = hull(source.facts.bounds, given.facts.bounds)
    may_miss = source.facts.may_miss or given.facts.may_miss
    type_ = type_over_periods(source.facts.type, ((given.facts, given.decimals),))
    facts = evolve(source.facts, type=type_, may_miss=may_miss, bounds=bounds)
    return t.Choice(facts=facts, place=body.place, condition=flag, then=source, otherwise=earlier)


def _has_dated_values(scheme: s.Scheme) -> bool:
    """Whether a parameter or a table changes on some day, so that a quantity may have had other bounds."""
    dated = (*(one.value.values for one in scheme.parameters), *(one.body.values for one in scheme.tables))
    return any(len(values) > 1 for values in dated)


def _widened(bounds: Bounds, times: int) -> Bounds:
    """Where a value may have lain in other periods that lies within `bounds` in this one."""
    if bounds.low is None or bounds.high is None:
        return bounds
    most = times * max(abs(bounds.low), abs(bounds.high), Fraction(1))
    return Bounds(Fraction(0) if bounds.low >= 0 else -most, most)


def type_over_periods(type_: Type, others: tuple[tuple[Facts, int | None], ...]) -> Type:
    """The type of a value that had one of these in other periods: any of their words, whole where all are."""
    types = [facts.type for facts, _ in others if facts.type.kind is type_.kind]
    if type_.kind is Kind.CATEGORY:
        words = [one.values for one in (type_, *types)]
        known = [one for one in words if one is not None]
        return evolve(type_, values=frozenset[str]().union(*known) if len(known) == len(words) else None)
    return evolve(type_, whole=type_.whole and all(one.whole for one in types))


def recorded_input(
    formulas: QuantityFormulas, name: str, quantity: s.Quantity, source: t.Term, level: tuple[str, ...],
    others: tuple[tuple[Facts, int | None], ...] = (),
) -> CheckedInput | None:  # fmt: skip
    """The input that brings what an earlier period recorded; None, and reported, where no decimals can hold it.

    `others` are what the name can be in periods that differ from this one.
    """
    type_, bounds = type_over_periods(source.facts.type, others), source.facts.bounds
    differs = any(facts.bounds != bounds for facts, _ in others)
    for facts, _ in others:
        bounds = hull(bounds, facts.bounds)
    decimals: int | None = 0
    if type_.kind is Kind.NUMBER:
        decimals = ExactDecimals(formulas.symbols.inputs, formulas.symbols.quantities).of(source)
        further = [places for _, places in others]
        decimals = None if decimals is None or None in further else max(decimals, *(p or 0 for p in further), 0)
        if decimals is None:
            formulas.report("recorded-exact", quantity.place, name=quantity.name, source=source.place.text
                         if source.place else quantity.name)  # fmt: skip
            return None
        if type_.money and bounds.low is not None and bounds.high is not None:
            most = OTHER_AMOUNTS * max(abs(bounds.low), abs(bounds.high), LEAST_AMOUNT)
            bounds = Bounds(-most, most)
        elif isinstance(source, t.Fixed):
            bounds = _widened(bounds, OTHER_VALUES)
            decimals = decimals if type_.whole else max(decimals, PARAMETER_DECIMALS)
        elif differs or _has_dated_values(formulas.symbols.scheme):
            bounds = _widened(bounds, OTHER_AMOUNTS)
    elif type_.kind is Kind.DATE and (differs or isinstance(source, t.Fixed)):
        bounds = ANY_DAY
    kind = TYPE_OF.get(type_.kind) or ("money" if type_.money else "number")
    definition = Input(name, kind, quantity.place, decimals=decimals, can_be_missing=True)
    facts = Facts(evolve(type_, literal=False, whole=type_.whole and decimals == 0), True, bounds)
    return CheckedInput(definition, facts, decimals or 0, level)
