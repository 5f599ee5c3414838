"""Computes aggregates: from the values of the rows whose condition holds to the result, with how it came about."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

from attrs import define, field, frozen

from ..model.levels import Level
from ..model.terms import Constant
from ..model.trace import Among, Gathered, Percentile, Placed, Reading
from .aggregate_calls import AGGREGATES, AggregateCall, RowSet
from .functions import as_number, total_of
from .numbers import RefereeFault
from .ranking import Ranking, Worth

S = TypeVar("S")


@frozen
class FoundRow:
    """One row whose condition holds: its number, its value (None: missing), and its order."""

    number: int
    value: Constant
    order: tuple[Constant, ...] = ()


@define(eq=False)
class FoundRows:
    """The rows that an aggregate found, in their order; `results` caches what it concluded, by the row that asked.

    `above` are the names with one value for all of the rows, `reads` those of the rows themselves.
    """

    items: tuple[FoundRow, ...]
    above: tuple[tuple[Reading, Level | None], ...]
    reads: tuple[str, ...]
    results: dict[int | None, tuple[Constant, Gathered | Placed, str]] = field(factory=dict)
    order: Ranking | None = None


def concluded(call: AggregateCall, row_set: RowSet[S], found: FoundRows) -> tuple[Constant, Gathered | Placed, str]:
    """The value of an aggregate, how it came about, and the code of the problem if rows tie, else ""."""
    own = row_set.own if row_set.others or AGGREGATES[call.function].of_each_row else None
    if own not in found.results:
        found.results[own] = _concluded(call, row_set, found)
    return found.results[own]


def _concluded(call: AggregateCall, row_set: RowSet[S], found: FoundRows) -> tuple[Constant, Gathered | Placed, str]:
    among = Among(row_set.group, row_set.key, len(row_set.numbers))
    if call.function == "rank":
        placed = _ranked(call, row_set, found, among)
        return placed.place, placed, ""
    items = tuple(i for i in found.items if i.value is not None and not (row_set.others and i.number == row_set.own))
    weighted = call.function == "mean" and bool(call.order)
    if weighted:
        items = tuple(i for i in items if None not in i.order)
    clash, counted = "", len(items)
    if call.function == "running":
        items, clash = _up_to(items, row_set.own)
    if call.function == "latest":
        items, clash = _latest(items)
    values = tuple(item.value for item in items)
    weights = tuple(as_number(item.order[0]) for item in items) if weighted else ()
    weight = sum(weights, Fraction(0)) if weighted else None
    rows = len(row_set.numbers) - row_set.others
    few = row_set.needed if counted < row_set.needed else 0
    steps = None
    value: Constant = None
    chosen = _largest(values, call.most) if call.function == "best" else ()
    if call.function == "percentile" and values:
        steps = percentile([as_number(v) for v in values], call.fraction, call.method)
        value = between(steps)
    elif weighted:
        value = _weighted(values, weights) / weight if weight else None
    elif call.function == "best":
        value = total_of(chosen) if chosen else None
    elif call.function != "percentile":
        value = aggregated(call.function, values)
    value = None if few else value
    shown = () if row_set.strange else values
    reads = () if row_set.strange else found.reads
    added = _weighted(values, weights) if weighted else _added(call.function, values)
    gathered = Gathered(
        call.function, row_set.over, rows, shown, value, few, reads, len(values), added,
        among if row_set.group else None, row_set.others, row_set.sort, steps,
        () if row_set.strange else weights, weight,
        call.most if call.function == "best" else None, () if row_set.strange else chosen,
    )  # fmt: skip
    return value, gathered, clash


def _weighted(values: tuple[Constant, ...], weights: tuple[Fraction, ...]) -> Fraction:
    return sum((as_number(value) * weight for value, weight in zip(values, weights, strict=True)), Fraction(0))


def _added(function: str, values: tuple[Constant, ...]) -> Constant:
    if AGGREGATES[function].of_flags:
        return Fraction(sum(v is True for v in values))
    numbers = [v for v in values if isinstance(v, Fraction)]
    return sum(numbers, Fraction(0)) if numbers and len(numbers) == len(values) else None


def _largest(values: tuple[Constant, ...], most: Constant) -> tuple[Constant, ...]:
    """The `most` largest of the values, the largest first."""
    if most is None:
        return ()
    count = as_number(most)
    if count < 0 or count.denominator != 1:
        raise RefereeFault(f"{count} is no number of values")
    return tuple(sorted(values, key=as_number, reverse=True)[: int(count)])


def aggregated(function: str, values: tuple[Constant, ...]) -> Constant:
    """Aggregates the values that counted: `count` and `share` take flags, the others numbers, `latest` anything."""
    rule = AGGREGATES[function]
    if rule.made_of is None:
        raise RefereeFault(f"{function} is made of more than values")
    return rule.made_of(values) if values else rule.of_none


# ── Percentiles ───────────────────────────────────────────────────────────────────────────────────


def percentile(values: list[Fraction], fraction: Fraction, method: str) -> Percentile:
    """The position by the definition of the method, and the values there; `values` is not empty.

    at_least: the first of the values that at least pn of them do not exceed. more_than: the first that more than pn do
    not exceed, or the last one. linear: position 1 + p(n - 1) on straight lines between neighbours.
    """
    ordered = sorted(values)
    count = len(ordered)
    share = fraction * count
    match method:
        case "at_least":
            place = next(k for k in range(1, count + 1) if k >= share)
        case "more_than":
            place = next((k for k in range(1, count + 1) if k > share), count)
        case "linear":
            position = 1 + fraction * (count - 1)
            low = ordered[int(position) - 1]
            high = ordered[min(int(position), count - 1)] if position > int(position) else low
            return Percentile(fraction, method, position, low, high)
        case _:
            raise RefereeFault(f"{method} is no method of percentile")
    return Percentile(fraction, method, Fraction(place), ordered[place - 1], ordered[place - 1])


def between(steps: Percentile) -> Fraction:
    position, low, high = as_number(steps.position), as_number(steps.low), as_number(steps.high)
    return low + (position - int(position)) * (high - low)


# ── Order ─────────────────────────────────────────────────────────────────────────────────────────


def order_of(item: FoundRow) -> tuple[Fraction | str, ...]:
    """The order of a row; never missing and never a flag, and of one kind for all rows."""
    found: list[Fraction | str] = []
    for value in item.order:
        if value is None or isinstance(value, bool):
            raise RefereeFault(f"rows are ordered by {value!r}")
        found.append(value)
    return tuple(found)


def _latest(items: tuple[FoundRow, ...]) -> tuple[tuple[FoundRow, ...], str]:
    """The row with the largest order; the code of a tie if several have it and differ in value."""
    if not items:
        return (), ""
    end = max(order_of(item) for item in items)
    last = tuple(item for item in items if order_of(item) == end)
    clash = any(item.value != last[0].value for item in last)
    return last[:1], "data-latest-tie" if clash else ""


def _up_to(items: tuple[FoundRow, ...], own: int | None) -> tuple[tuple[FoundRow, ...], str]:
    """The rows up to the own one, which is last; none if the own row does not count."""
    orders = [order_of(item) for item in items]
    clash = "data-order-tie" if len(set(orders)) < len(orders) else ""
    here = next((item for item in items if item.number == own), None)
    if here is None:
        return (), clash
    before = [item for item in items if order_of(item) < order_of(here)]
    return (*sorted(before, key=order_of), here), clash


def _ranked(call: AggregateCall, row_set: RowSet[S], found: FoundRows, among: Among) -> Placed:
    """The rank of the own row among all that are ranked."""
    if found.order is None:
        sign = 1 if call.first == "high" else -1
        compared = {i.number: (i.value, *i.order) for i in found.items}
        found.order = Ranking({
            number_: tuple(sign * as_number(v) for v in values)
            for number_, values in compared.items() if None not in values
        })  # fmt: skip
    order, own = found.order, row_set.own
    what = row_set.sort, row_set.over
    if own is None or own not in order:
        return Placed(among, None, len(order), call.ties, call.first, None, None, None, 0, found.reads, *what)
    values = [_values_of(call, worth) for worth in (order.worth[own], *order.neighbours(own))]
    own_value, before, after = (one[0] if one else None for one in values)
    return Placed(
        among, Fraction(order.place(own, call.ties)), len(order), call.ties, call.first,
        own_value, before, after, order.level_with(own), found.reads, *what, tuple(one[1:] for one in values),
    )  # fmt: skip


def _values_of(call: AggregateCall, worth: Worth | None) -> Worth:
    """The values by which a row is ranked, () without a row; they are negated if the lowest is first."""
    return worth or () if call.first == "high" else tuple(-one for one in worth or ())
