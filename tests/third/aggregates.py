"""Many rows together: counts, sums, means, places, running sums."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.third.exact import percentile
from tests.third.formulas import Node, replaced
from tests.third.levels import Source
from tests.third.reading import Unknown
from tests.third.world import Row

if TYPE_CHECKING:
    from tests.third.evaluate import Court, Place

Pairs = list[tuple[Row, Any]]


class Tie(Exception):
    """Two rows share a place in an order, and nothing says which comes first."""

    def __init__(self, rows: list[Row], text: str) -> None:
        super().__init__(text)
        self.rows = rows


def aggregated(court: Court, node: Node, place: Place) -> Any:
    """The value of an aggregate for the row of a place."""
    source = court.levels.source(node, place.here)
    if source.written is not None:
        pairs = _members(court, node, source, place)
    else:
        target = _target(court, node, source, place)
        of_a_group = "person" not in court.levels.above(target.level)
        key = (f"{id(node)} {place.here} {place.measured}", id(target))
        pairs = court.once(key, lambda: _rows(court, node, source, place), target if of_a_group else None)
        if source.others:
            pairs = [(row, value) for row, value in pairs if row is not place.row]
    if node[1] in ("rank", "running"):
        return _along(court, node, source, place, pairs)
    if "weight" in node[3]:  # a row without a weight does not count
        pairs = [one for one in pairs if court.value(node[3]["weight"], place.at(one[0])) is not None]
    if place.counts is not None and source.level in court.scheme.tree.get("details", {}):
        place.counts.append(len(pairs))
    owner = place.row if source.written is not None else _target(court, node, source, place)
    return _together(court, node, place, pairs, owner)


def _target(court: Court, node: Node, source: Source, place: Place) -> Row:
    if node[1] in ("rank", "running") and "within" not in node[3]:
        details = source.level in court.scheme.tree.get("details", {})
        level = court.scheme.owners[source.level][0] if details else "everyone"
    elif source.others and "within" not in node[3]:
        level = "everyone"
    else:
        level = court.levels.target(node, source, place.here)
    return place.row.up(level)


def _rows(court: Court, node: Node, source: Source, place: Place) -> Pairs:
    """The rows that count, with their values: where the condition holds and the value is known."""
    target = _target(court, node, source, place)
    found = []
    for row in court.world.rows[source.level]:
        if row.up(target.level) is target:
            found += _one(court, node, source.where, place.at(row), node[2], node[3].get("where"))
    return found


def _members(court: Court, node: Node, source: Source, place: Place) -> Pairs:
    found: Pairs = []
    assert source.written is not None
    for names in source.written:
        arguments = tuple(replaced(one, names) for one in node[2])
        chosen = None if source.where is None else replaced(source.where, names)
        where = replaced(node[3]["where"], names) if "where" in node[3] else None
        found += _one(court, node, chosen, place.at(place.row), arguments, where)
    return found


def _one(
    court: Court, node: Node, chosen: Node | None, place: Place, arguments: tuple[Node, ...], where: Node | None
) -> Pairs:
    if chosen is not None and not court.condition(chosen, place):
        return []
    if where is not None and not court.condition(where, place):
        return []
    if not arguments:
        return [(place.row, True)]
    value = court.value(arguments[0], place)
    return [] if value is None else [(place.row, value)]


def _together(court: Court, node: Node, place: Place, pairs: Pairs, owner: Row) -> Any:
    values = [value for _, value in pairs]
    name = node[1]
    if name == "count":
        return Fraction(sum(value is True for value in values))
    if name == "sum":
        return sum(values, Fraction(0))
    if not values:
        return None
    match name:
        case "mean" if "weight" in node[3]:
            weights = [court.value(node[3]["weight"], place.at(row)) for row, _ in pairs]
            products = (value * weight for value, weight in zip(values, weights, strict=True))
            return sum(products, Fraction(0)) / sum(weights) if sum(weights) else None
        case "mean":
            return sum(values, Fraction(0)) / len(values)
        case "share":
            return Fraction(sum(values), len(values))
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "best":
            count = court.value(node[3]["n"], place)
            if not count:  # 0, or not known for want of rows
                return None
            return sum(sorted(values, reverse=True)[: int(count)], Fraction(0))
        case "percentile":
            return percentile(values, court.value(node[2][1], place), node[3]["method"])
        case "variance":
            mean = sum(values, Fraction(0)) / len(values)
            return sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)
        case "latest":
            orders = [(_order(court, node, place.at(row)), row, value) for row, value in pairs]
            last = max(order for order, _, _ in orders)
            found = [(row, value) for order, row, value in orders if order == last]
            if any(value != found[0][1] for _, value in found):
                raise Tie([owner], "latest")
            return found[0][1]
    raise Unknown(f"aggregate {name}")


def _order(court: Court, node: Node, place: Place) -> list[Any]:
    return _listed(court, node[3]["order"], place)


def _listed(court: Court, said: Any, place: Place) -> list[Any]:
    """The values of an option that holds one formula or a list of them."""
    return [court.value(one, place) for one in (said if isinstance(said, list) else [said])]


def _along(court: Court, node: Node, source: Source, place: Place, pairs: Pairs) -> Any:
    """One's own place, or running sum, among the rows."""
    mine = place.row.up(source.level)
    own = next((value for row, value in pairs if row is mine), None)
    if node[1] == "running":
        orders = [(_order(court, node, place.at(row)), row, value) for row, value in pairs]
        tied = [row for order, row, _ in orders if sum(order == other for other, _, _ in orders) > 1]
        if tied:
            raise Tie(tied, "running")
        if own is None:
            return None
        upto = _order(court, node, place.at(mine))
        return sum((value for order, _, value in orders if order <= upto), Fraction(0))
    then = node[3].get("then", [])
    worth = [(row, [value, *_listed(court, then, place.at(row))]) for row, value in pairs]
    worth = [(row, found) for row, found in worth if None not in found]
    own = next((found for row, found in worth if row is mine), None)
    if own is None:
        return None
    values = [found for _, found in worth]
    before = [value for value in values if (value < own if node[3].get("first") == "low" else value > own)]
    match node[3]["ties"]:
        case "standard":
            return Fraction(len(before) + 1)
        case "modified":
            return Fraction(len(before) + values.count(own))
        case "dense":
            return Fraction(len({tuple(one) for one in before}) + 1)
    raise Unknown(f"ties {node[3]['ties']}")
