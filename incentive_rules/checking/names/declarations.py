"""Makes the table of symbols of a scheme on one day: inputs with their facts, constants in force, tables read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from attrs import evolve

from ...base.currencies import DECIMALS
from ...base.moments import MINUTES_PER_DAY
from ...base.periods import Period
from ...base.places import Place
from ...lang.made_names import MadeName
from ...lang.types import BOOLEAN, DATE, KEY, MONEY, PLAIN, TIME, UNKNOWN, WHOLE, Bounds, Facts, Kind, Type
from ...model import scheme as s
from ...model.checked import CheckedInput
from ...model.levels import PERSON, Level, levels_of
from ...model.terms import Constant
from ..ranges.facts import TermFacts
from .constants import constant_facts, is_percentage, number_of, read_as, word
from .findings import Findings
from .level_inference import fixed_level, looks_beyond_one
from .period import days_of, period_constants
from .symbols import Symbol, Symbols, SymbolSort
from .tables import LookupTable, read_table

DEFAULT_DECIMALS = 6
FIRST_DATE, LAST_DATE = date(1900, 1, 1).toordinal(), date(9999, 12, 31).toordinal()


def symbols_of(scheme: s.Scheme, day: date, period: Period | None, findings: Findings) -> Symbols:
    """The symbols of `scheme` on `day`; what is wrong with declarations is reported."""
    places = currency_places(scheme)
    inputs = {}
    for definition, level in _all_inputs(scheme):
        inputs[definition.name] = _input(definition, level, places, findings)
    inputs |= current_flags(scheme)
    levels = levels_of(scheme)
    term_facts = TermFacts(levels)
    for name, checked in inputs.items():
        term_facts.declare(name, checked.facts, checked.decimals if checked.facts.type.kind is Kind.NUMBER else 0)
    return Symbols(
        scheme=scheme, day=day, days=days_of(scheme, day, period), findings=findings, term_facts=term_facts,
        names=_names(scheme), inputs=inputs,
        constants=period_constants(scheme, day, period) | dict(_constants(scheme, day, period, findings)),
        tables=dict(_tables(scheme, day, period, findings)),
        functions={f.name: f for f in scheme.functions},
        families={f.name: f for f in scheme.families},
        details={d.name: d for d in scheme.details},
        selections={one.name: one for one in scheme.selections},
        definitions={q.name: q for q in scheme.quantities},
        levels=levels,
        has_others=looks_beyond_one(scheme),
        parts_of={q.name: tuple(part.name for part in q.body.parts)
                  for q in scheme.quantities if isinstance(q.body, s.WeightedMean)},
    )  # fmt: skip


def currency_places(scheme: s.Scheme) -> int | None:
    """The decimals of the scheme's currency, None without one."""
    return DECIMALS.get(scheme.currency) if scheme.currency else None


def _all_inputs(scheme: s.Scheme) -> Iterator[tuple[s.Input, Level]]:
    for definition in scheme.inputs:
        yield definition, PERSON
    for group in scheme.groups:
        for definition in group.inputs:
            yield definition, (group.key,)
    for table in scheme.details:
        for definition in table.inputs:
            yield definition, (table.name,)


def _names(scheme: s.Scheme) -> dict[str, Symbol]:
    found: dict[str, Symbol] = {}
    for name, place in scheme.lost_names:
        found[name] = Symbol(name, SymbolSort.LOST, place)
    for name in period_constants(scheme, scheme.first_day, None):
        found[name] = Symbol(name, SymbolSort.PERIOD, scheme.place)
    for definition, level in _all_inputs(scheme):
        found[definition.name] = Symbol(definition.name, SymbolSort.INPUT, definition.place, level)
    for parameter in scheme.parameters:
        found[parameter.name] = Symbol(parameter.name, SymbolSort.PARAMETER, parameter.place)
    for table in scheme.tables:
        found[table.name] = Symbol(table.name, SymbolSort.TABLE, table.place)
    for function in scheme.functions:
        found[function.name] = Symbol(function.name, SymbolSort.FUNCTION, function.place)
    for family in scheme.families:
        found[family.name] = Symbol(family.name, SymbolSort.FAMILY, family.place)
    for rows in scheme.details:
        found[rows.name] = Symbol(rows.name, SymbolSort.DETAILS, rows.place, (rows.name,))
    for group in scheme.groups:
        found[group.name] = Symbol(group.name, SymbolSort.GROUP, group.place, (group.key,))
        if group.key not in found or found[group.key].sort is SymbolSort.LOST:
            found[group.key] = Symbol(group.key, SymbolSort.GROUP, group.key_place, (group.key,))
    for selection in scheme.selections:
        found[selection.name] = Symbol(selection.name, SymbolSort.SELECTION, selection.place)
    lost = lost_quantities(scheme)
    for quantity in scheme.quantities:
        sort = SymbolSort.LOST if quantity.name in lost else SymbolSort.QUANTITY
        found[quantity.name] = Symbol(quantity.name, sort, quantity.place, fixed_level(quantity))
    return found


def lost_quantities(scheme: s.Scheme) -> set[str]:
    """The quantities whose definition is lost to an error that is reported elsewhere."""
    lost = {name for name, _ in scheme.lost_names}
    return {q.name for q in scheme.quantities if q.name in lost and q.body is None and q.when is None}


# ── Inputs ────────────────────────────────────────────────────────────────────────────────────────


def _input(definition: s.Input, level: Level, places: int | None, findings: Findings) -> CheckedInput:
    kind = definition.type
    low, high = number_of(definition.low), number_of(definition.high)
    if low is not None and high is not None and low > high:
        findings.report(
            "range-empty", definition.low.place if definition.low else definition.place, name=definition.name
        )
        low, high = high, low
    bounds, decimals = Bounds(low, high), 0
    type_ = {
        "number": PLAIN,
        "integer": WHOLE,
        "money": MONEY,
        "boolean": BOOLEAN,
        "date": DATE,
        "time": TIME,
        "key": KEY,
    }.get(kind)
    if kind in ("number", "integer", "money"):
        if not bounds.closed:
            findings.report("range-needed", definition.place, name=definition.name)
            return CheckedInput(definition, Facts(UNKNOWN), decimals, level)  # what leans on it says nothing more
        if kind == "money":
            for end in (definition.low, definition.high):
                if end is not None and is_percentage(end):
                    findings.report("money-needed", end.place, variant="percent", name=definition.name, text=end.text)
            decimals = definition.decimals if definition.decimals is not None else places or 0
        elif kind == "number":
            decimals = definition.decimals if definition.decimals is not None else DEFAULT_DECIMALS
    elif kind in ("date", "time"):
        bounds = Bounds(low or Fraction(FIRST_DATE), high or Fraction(LAST_DATE))
        if kind == "time":
            bounds = Bounds(_minutes(bounds.low, 0), _minutes(bounds.high, MINUTES_PER_DAY - 1))
    elif kind == "category":
        values = [word(lit.text) for lit in definition.one_of] or [value for value, _ in definition.texts]
        type_ = Type(Kind.CATEGORY, values=frozenset(values) if values else None)
    if type_ is None:
        type_ = Type(Kind.UNKNOWN)
    if definition.unit:
        type_ = evolve(type_, unit=definition.unit)
    if definition.percent and type_.kind is Kind.NUMBER:
        type_ = evolve(type_, percent=True)
    return CheckedInput(definition, Facts(type_, definition.can_be_missing, bounds), decimals, level)


def _minutes(day: Fraction | None, more: int) -> Fraction | None:
    return None if day is None else day * MINUTES_PER_DAY + more


# ── Dated values ──────────────────────────────────────────────────────────────────────────────────


def _constants(
    scheme: s.Scheme, day: date, period: Period | None, findings: Findings
) -> Iterator[tuple[str, tuple[Constant, Facts]]]:
    for parameter in scheme.parameters:
        _check_changes(parameter.name, parameter.value, parameter.place, scheme, period, findings)
        literal = parameter.value.at(day)
        if literal is None and parameter.value.values:
            findings.report("dated-start", parameter.place, name=parameter.name, day=day.isoformat())
        if not isinstance(literal, s.Literal):
            continue
        kind = {"boolean": Kind.BOOLEAN, "category": Kind.CATEGORY, "date": Kind.DATE}.get(
            parameter.type or "", Kind.NUMBER
        )
        value = read_as(literal, kind)
        if value is None:
            findings.report(
                "parameter-value", literal.place, name=parameter.name, text=literal.text, kind_word=str(kind)
            )
            continue
        if parameter.type == "integer" and isinstance(value, Fraction) and value.denominator != 1:
            findings.report(
                "parameter-value", literal.place, name=parameter.name, text=literal.text, kind_word="integer"
            )
            continue
        if parameter.type == "money" and is_percentage(literal):
            findings.report("money-needed", literal.place, variant="percent", name=parameter.name, text=literal.text)
        facts = constant_facts(value, parameter.type == "money", parameter.unit, kind is Kind.DATE)
        if kind is Kind.NUMBER and is_percentage(literal):
            facts = evolve(facts, type=evolve(facts.type, percent=True))
        yield parameter.name, (value, facts)


def _tables(
    scheme: s.Scheme, day: date, period: Period | None, findings: Findings
) -> Iterator[tuple[str, LookupTable]]:
    for table in scheme.tables:
        _check_changes(table.name, table.body, table.place, scheme, period, findings)
        yield table.name, read_table(table, day, findings)


def _check_changes(
    name: str, value: s.Dated[s.T], place: Place, scheme: s.Scheme, period: Period | None, findings: Findings
) -> None:
    """Reports a change strictly inside a period, unless the author declared which day decides."""
    if value.changes_inside:
        return
    for change, _ in value.values:
        if change <= scheme.first_day or change > scheme.last_day:
            continue
        inside = period.first_day < change <= period.last_day if period else not _starts_period(change, scheme)
        if inside:
            findings.report("change-inside", place, name=name, day=change.isoformat())
            return


def _starts_period(day: date, scheme: s.Scheme) -> bool:
    month, first = scheme.year_starts
    if day.day != first:
        return False
    return (day.month - month) % 12 % scheme.period_kind.months == 0


def days_that_differ(scheme: s.Scheme) -> tuple[date, ...]:
    """One day for each combination of dated values that the scheme can meet, the first day first."""
    found = {scheme.first_day}
    dated: list[date] = [d for p in scheme.parameters for d, _ in p.value.values]
    dated += [d for table in scheme.tables for d, _ in table.body.values]
    found.update(d for d in dated if scheme.first_day < d <= scheme.last_day)
    return tuple(sorted(found))


def current_flags(scheme: s.Scheme) -> dict[str, CheckedInput]:
    """For each recorded table the flag of the row that stands for the period being run."""
    found = {}
    for table in scheme.details:
        if table.recorded:
            name = MadeName.CURRENT.of(table.name)
            found[name] = CheckedInput(s.Input(name, "boolean", table.place), Facts(BOOLEAN), 0, (table.name,))
    return found
