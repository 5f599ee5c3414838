"""Bounds recorded values by the other periods of the scheme: dated tables and parameters, and the days of a period.

A row of a `recorded:` table was made by this scheme in an earlier period, so it may have values that no row of this
period can have. The scheme is looked at once for each period that differs from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date, timedelta
from fractions import Fraction

from ..base.numbers import decimals_of
from ..base.periods import Period
from ..lang.functions import PERIOD_NAMES
from ..lang.types import Facts
from ..model import scheme as s
from .names.declarations import days_that_differ
from .names.dependencies import formulas_of
from .names.period import period_of_scheme
from .names.symbols import Elsewhere, Symbols

FoundFacts = Mapping[str, tuple[Facts, int | None]]  # by name: what is known of it, and its places
OnDay = Callable[[date, Period | None, Set[str]], tuple[FoundFacts, int]]


def elsewhere(scheme: s.Scheme, on_day: OnDay, most: int) -> Elsewhere:
    """The facts of every recorded name in each period that differs; decimals None if they have no end.

    `on_day` finds the facts of some names in one period and says how many parts it looked at: at `most` so many on
    all days.
    """
    sources = {q.body.source for q in scheme.quantities if isinstance(q.body, s.Recorded)}
    dated = days_that_differ(scheme) if sources else ()
    periods = _periods(scheme) if sources and _reads_the_period(scheme) else ()
    if len(dated) + len(periods) < 2:
        return {}
    days = dict.fromkeys([(day, period_of_scheme(scheme, day)) for day in dated] + [(p.first_day, p) for p in periods])
    found: dict[str, list[tuple[Facts, int | None]]] = {}
    for day, period in days:
        facts, parts = on_day(day, period, sources)
        for name in facts:
            found.setdefault(name, []).append(facts[name])
        most -= parts
        if most < 0:
            break
    return {name: tuple(facts) for name, facts in found.items()}


def found_facts(symbols: Symbols, names: Set[str]) -> FoundFacts:
    """What is known of those of `names` that are sound quantities or constants."""
    found: dict[str, tuple[Facts, int | None]] = {}
    for name in names:
        if name in symbols.quantities:
            found[name] = (symbols.quantities[name].facts, symbols.quantities[name].decimals)
        elif name in symbols.constants:
            value, facts = symbols.constants[name]
            found[name] = (facts, decimals_of(value) if isinstance(value, Fraction) else 0)
    return found


def _reads_the_period(scheme: s.Scheme) -> bool:
    """Whether some formula may read the days of the period, judged by its text: a function may read them."""
    words = (*PERIOD_NAMES, *PERIOD_NAMES.values())
    formulas = [formula for q in scheme.quantities for formula in formulas_of(q)]
    formulas += [one.formula for one in scheme.functions if isinstance(one.formula, s.Formula)]
    recorded = [q.body.source for q in scheme.quantities if isinstance(q.body, s.Recorded)]
    return any(word in text for text in (*(f.text for f in formulas), *recorded) for word in words)


def _periods(scheme: s.Scheme) -> tuple[Period, ...]:
    """The first and the last period in force, and one of each length."""
    found = {period.first_day: period for period in _walk(scheme)}
    lengths: dict[int, Period] = {}
    for period in found.values():
        lengths.setdefault((period.last_day - period.first_day).days, period)
    ends = [found[min(found)], found[max(found)]] if found else []
    return tuple({p.first_day: p for p in (*ends, *lengths.values())}.values())


def _walk(scheme: s.Scheme) -> Iterator[Period]:
    """The periods of four years, in which every length is met, and the last one in force."""
    last = period_of_scheme(scheme, scheme.last_day)
    if last is not None and last.last_day > scheme.last_day:
        last = period_of_scheme(scheme, last.first_day - timedelta(days=1)) if last.first_day > date.min else None
    day = scheme.first_day
    for _ in range(4 * 12):
        period = period_of_scheme(scheme, day)
        if period is None or period.last_day > scheme.last_day or period.last_day == date.max:
            break
        if period.first_day >= scheme.first_day:
            yield period
        day = period.last_day + timedelta(days=1)
    if last is not None and last.first_day >= scheme.first_day:
        yield last
