"""Which values of a fact are worth trying: ends of its range, thresholds of the scheme, and one step beside each.

A step is a unit of the last decimal, a minute, a day, true and false, or two neighbouring words of `one_of`. It never
leads to or from a missing value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from ..lang.types import Kind
from ..model import terms as t
from ..model.checked import Checked, CheckedInput
from ..model.exact_values import as_constant
from .worlds import CrowdRow

MOST_VALUES = 16  # of one cell
MOST_OFFSETS = 12  # minutes or days between two moments


class Thresholds:
    """The numbers at which a scheme changes its mind: edges of tables, constants that something is compared with."""

    def __init__(self, checked: Checked) -> None:
        found: dict[str, set[Fraction]] = {}
        every: set[Fraction] = set()
        for quantity in checked.quantities:
            for term in (quantity.term, *(() if quantity.condition is None else (quantity.condition,))):
                for part in t.walk(term):
                    for name, edges in _edges(part):
                        every |= edges
                        found.setdefault(name, set()).update(edges)
        self.of: Mapping[str, tuple[Fraction, ...]] = {
            name: tuple(sorted(edges)) for name, edges in found.items() if name
        }
        self.whole = tuple(sorted(int(edge) for edge in every if edge.denominator == 1 and abs(edge) <= 20_000))


def _edges(part: t.Term) -> Iterator[tuple[str, set[Fraction]]]:
    """What is compared, "" where it has no name, with the numbers that it is compared with."""
    match part:
        case t.LookUp(grid=grid, keys=keys):
            edges = {edge for edge, _ in grid.rows if isinstance(edge, Fraction) and not isinstance(edge, bool)}
            yield (keys[0].name if isinstance(keys[0], t.Read) else "", edges)
        case t.Compared(left=left, right=t.Fixed(value=Fraction() as edge)):
            yield (left.name if isinstance(left, t.Read) else "", {edge})
        case t.Compared(left=t.Fixed(value=Fraction() as edge), right=right):
            yield (right.name if isinstance(right, t.Read) else "", {edge})
        case t.Extreme(operands=operands):
            edges = {one.value for one in operands if isinstance(one, t.Fixed) and isinstance(one.value, Fraction)}
            for one in operands if edges else ():
                if isinstance(one, t.Read):
                    yield (one.name, edges)


def unit_of(one: CheckedInput) -> Fraction:
    """One step of a number: a unit of the last decimal that its cell has."""
    places = max(0, one.decimals - 2) if one.definition.percent else one.decimals
    return Fraction(1, 10**places) / (100 if one.definition.percent else 1)


def raw_number(one: CheckedInput, value: Fraction) -> object:
    """A number as a program would hand it over."""
    if one.definition.percent:
        value *= 100
    return Decimal(value.numerator) / Decimal(value.denominator)


def number_at(one: CheckedInput, raw: object) -> Fraction:
    """The number that a raw cell stands for."""
    found = as_constant(raw)
    number = Fraction(found) if isinstance(found, Fraction | bool) else Fraction(0)
    return number / 100 if one.definition.percent else number


def word_cells(one: CheckedInput) -> list[object]:
    """The words of a category as a program would hand them over, in the order of the document."""
    spelled = dict(one.definition.texts)
    words = [literal.text for literal in one.definition.one_of]
    return [(spelled.get(word) or (word,))[0] for word in words]


def values_of(
    one: CheckedInput, row: CrowdRow, thresholds: Thresholds, times: Iterable[str] = (), days: Iterable[date] = ()
) -> list[object]:
    """Values of a cell that are worth trying, in ascending order; `times` are the moments of its row, `days` those
    of the period."""
    kind, now = one.facts.type.kind, row.get(one.name)
    if kind is Kind.BOOLEAN:
        return [False, True]
    if kind is Kind.CATEGORY:
        return word_cells(one) or ([] if now is None else [now])
    if kind in (Kind.DATE, Kind.TIME):
        return _moments(one, row, thresholds, times, days)
    if kind is not Kind.NUMBER:
        return []
    unit, low, high = unit_of(one), one.facts.bounds.low, one.facts.bounds.high
    middle = number_at(one, now) if now is not None else (low or Fraction(0))
    best = [middle, *([low, low + unit] if low is not None else []), *([high, high - unit] if high is not None else [])]
    for edge in thresholds.of.get(one.name, ()):
        best += [edge, edge - unit, edge + unit]
    best += [Fraction(1), unit, middle + unit, middle - unit]
    if low is not None and high is not None:
        best += [low + (high - low) * n / 8 for n in (4, 2, 6, 1, 3)]
    best += [middle * 2, middle / 2, Fraction(2), Fraction(3), Fraction(5), Fraction(10)]
    inside: dict[Fraction, None] = {}
    for value in best:
        on_grid = Fraction(int(value / unit)) * unit
        if (low is None or on_grid >= low) and (high is None or on_grid <= high) and len(inside) < MOST_VALUES:
            inside.setdefault(on_grid)
    return [raw_number(one, value) for value in sorted(inside)]


def _moments(
    one: CheckedInput, row: CrowdRow, thresholds: Thresholds, times: Iterable[str], days: Iterable[date]
) -> list[object]:
    """Its own moment, those of its row, and what lies so many minutes or days beside them as the scheme asks for."""
    now = row.get(one.name)
    is_day = one.facts.type.kind is Kind.DATE
    if not isinstance(now, date if is_day else datetime):
        return [] if is_day or not isinstance(now, time) else [now]
    offsets = [0, 1, -1, *[n for n in thresholds.whole if n > 0 for n in (n, n + 1)][:MOST_OFFSETS]]
    found: dict[object, None] = {}
    for name in (one.name, *times):
        other = row.get(name)
        if name != one.name and type(other) is not type(now):
            continue
        for offset in offsets if name != one.name else (0, 1, -1):
            made = _later(other, offset)
            if made is not None and _inside(one, made):
                found.setdefault(made)
    for bound in (one.facts.bounds.low, one.facts.bounds.high):
        if is_day and bound is not None:
            found.setdefault(date.fromordinal(int(bound)))
    for day in days if is_day else ():
        if _inside(one, day):
            found.setdefault(day)
    return sorted(found)[: 3 * MOST_VALUES]  # type: ignore[type-var]


def _later(moment: object, steps: int) -> date | datetime | None:
    try:
        if isinstance(moment, datetime):
            return moment + timedelta(minutes=steps)
        return moment + timedelta(days=steps) if isinstance(moment, date) else None
    except OverflowError:
        return None


def _inside(one: CheckedInput, moment: object) -> bool:
    value, low, high = as_constant(moment), one.facts.bounds.low, one.facts.bounds.high
    assert isinstance(value, Fraction)
    return (low is None or value >= low) and (high is None or value <= high)


def next_value(one: CheckedInput, value: object) -> object | None:
    """The value one step further; None at the end of the range."""
    kind = one.facts.type.kind
    if kind is Kind.BOOLEAN:
        return True if value is False else None
    if kind is Kind.CATEGORY:
        words = word_cells(one)
        at = words.index(value) if value in words else len(words)
        return words[at + 1] if at + 1 < len(words) else None
    if kind in (Kind.DATE, Kind.TIME):
        later = _later(value, 1)
        return later if later is not None and _inside(one, later) else None
    if kind is not Kind.NUMBER:
        return None
    further = number_at(one, value) + unit_of(one)
    high = one.facts.bounds.high
    return raw_number(one, further) if high is None or further <= high else None


def steps_among(one: CheckedInput, values: Iterable[object]) -> list[tuple[object, object]]:
    """Steps that begin at some of these values."""
    found = []
    for value in values:
        following = None if value is None else next_value(one, value)
        if following is not None:
            found.append((value, following))
    return found


def value_between(one: CheckedInput, first: object, second: object) -> object | None:
    """A value between two, None between neighbours."""
    if isinstance(first, datetime) and isinstance(second, datetime):
        minutes = int((second - first).total_seconds()) // 60
        return first + timedelta(minutes=int(minutes / 2)) if abs(minutes) > 1 else None
    if isinstance(first, date) and isinstance(second, date):
        days = (second - first).days
        return first + timedelta(days=int(days / 2)) if abs(days) > 1 else None
    if one.facts.type.kind is not Kind.NUMBER:
        return None
    unit = unit_of(one)
    steps = (number_at(one, second) - number_at(one, first)) / unit
    return None if abs(steps) <= 1 else raw_number(one, number_at(one, first) + int(steps / 2) * unit)
