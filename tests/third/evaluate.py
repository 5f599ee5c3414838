"""Formulas at a row: what each name is, and each operation, in fractions with None for missing."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, trunc
from typing import Any

from tests.third import aggregates, sharing
from tests.third.exact import minutes, months, rounded
from tests.third.formulas import Node
from tests.third.levels import Levels, is_aggregate
from tests.third.reading import Unknown
from tests.third.scheme import Name, Scheme
from tests.third.world import Row, World

COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


class Fault(Exception):
    """What a scheme that was accepted may not do: divide by nothing, pay a missing amount, leave its range."""


@dataclass
class Place:
    """Where a formula is worked out: its row, and the block in which it is written.

    `measured` says that it is an indicator's value, where a divisor of 0 makes it missing; `counts` then collects
    how many rows each aggregate over details had.
    """

    row: Row
    here: str
    measured: bool = False
    counts: list[int] | None = None

    def at(self, row: Row) -> Place:
        return Place(row, self.here, self.measured)


@dataclass
class Court:
    """A scheme and its rows; every value is worked out when somebody asks for it, and kept."""

    scheme: Scheme
    world: World
    levels: Levels = field(init=False)
    kept: dict[tuple[str, int], Any] = field(default_factory=dict)
    rests: dict[tuple[str, int], set[tuple[str, str]]] = field(default_factory=dict)  # of what is kept: on which groups
    resting: set[tuple[str, str]] = field(default_factory=set)  # so far, of what is being made
    refused: dict[int, tuple[Row, str]] = field(default_factory=dict)  # rows whose declared range does not hold

    def __post_init__(self) -> None:
        self.levels = Levels(self.scheme)

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def look(self, name: str, row: Row) -> Any:
        """The value of a name that a row can read."""
        if self.levels.is_key(name, row.level):
            return row.key
        one = self.levels.name(name)
        for holder in (row, *row.owners.values()):
            if one.name in holder.given:
                return holder.given[one.name]
        at = row.up(self.levels.of(name))
        key = (one.name, id(at))
        return self.once(key, lambda: self._finished(one, at, getattr(self, f"_{one.how}")(one, at)))

    def once(self, key: tuple[str, int], make: Callable[[], Any], group: Row | None = None) -> Any:
        """What is made, and kept; `group` is the one whose people or rows it takes together.

        On which groups a value rests is kept beside it: whatever is asked for while it is made counts.
        """
        if key not in self.kept:
            around, self.resting = self.resting, set()
            if group is not None:
                self.resting.add((group.level, group.key))
            try:
                self.kept[key] = make()
                self.rests[key] = self.resting
            finally:
                around |= self.resting
                self.resting = around
        self.resting |= self.rests[key]
        return self.kept[key]

    def _finished(self, one: Name, row: Row, value: Any) -> Any:
        if isinstance(value, Fraction):
            decimals = one.decimals
            if decimals is None and self.levels.is_money(one.name) and one.how not in ("input", "constant"):
                decimals = self.scheme.decimals
            if isinstance(decimals, int):
                value = rounded(value, decimals, one.mode)
        if (
            one.low is not None
            and value is not None
            and not (isinstance(value, Fraction) and one.low <= value <= one.high)
        ):
            self.refused[id(row)] = (row, f"{one.name} is out of its range")
        return value

    def _input(self, one: Name, row: Row) -> Any:
        return row.cells[one.name]

    def _key(self, one: Name, row: Row) -> Any:
        return row.key

    def _constant(self, one: Name, row: Row) -> Any:
        return one.parts["value"]

    def _recorded(self, one: Name, row: Row) -> Any:
        return row.cells[one.name] if one.name in row.cells else self.look(one.parts["source"], row)

    def _formula(self, one: Name, row: Row) -> Any:
        place = Place(row, one.here)
        if one.parts["when"] is not None and not self.condition(one.parts["when"], place):
            return None
        return self.value(one.parts["is"], place)

    def _table(self, one: Name, row: Row) -> Any:
        place = Place(row, one.here)
        if one.parts["when"] is not None and not self.condition(one.parts["when"], place):
            return None
        return one.parts["table"].look([self.value(one.parts["of"], place)], one.parts["give"])

    def _measured(self, one: Name, row: Row) -> Any:
        place = Place(row, one.here, measured=True, counts=[])
        found = self.value(one.parts["is"], place)
        assert place.counts is not None
        return None if any(count < one.parts["min_rows"] for count in place.counts) else found

    def _group(self, one: Name, row: Row) -> Any:
        """A weighted mean of what is known, and what the group says of the rest."""
        group, place = one.parts["group"], Place(row, one.here)
        parts = [(self.value(weight, place), self.look(name, row)) for name, weight in group.items]
        known = [(weight, score) for weight, score in parts if score is not None]
        if group.missing == "zero":
            weighed = [(weight, Fraction(0) if score is None else score) for weight, score in parts]
        else:
            weighed = known
        total = sum((weight for weight, _ in weighed), Fraction(0))
        found = None
        if (
            total != 0
            and len(known) >= group.at_least
            and not (group.missing in (None, "refuse") and len(known) < len(parts))
        ):
            found = sum((weight * score for weight, score in weighed), Fraction(0)) / total
        for rule in group.adjust:
            if rule["when"] is None or self.condition(rule["when"], place):
                found = self._adjusted(rule["action"], found, self.value(rule["by"], place))
        return found

    def _adjusted(self, action: str, found: Any, by: Any) -> Any:
        if action == "set":
            return by
        if found is None:
            return None
        return {"at_most": min, "at_least": max, "add": operator.add, "multiply": operator.mul}[action](found, by)

    # ── money ────────────────────────────────────────────────────────────────────────────────────

    def due(self, one: Name) -> bool:
        every = one.parts["every"]
        return every is None or self.scheme.period.due(every)

    def _pay(self, one: Name, row: Row) -> Any:
        place = Place(row, one.here)
        if self.state(one, row) != "paid" and "pool" not in one.parts:
            return Fraction(0)
        if not self.due(one):
            return Fraction(0)
        found = self.value(one.parts["amount"], place)
        if found is None:
            raise Fault(f"{one.name} is missing")
        for bound, pick in (("at_least", max), ("at_most", min)):
            if one.parts[bound] is not None:
                found = pick(found, self.value(one.parts[bound], place))
        return found

    def state(self, one: Name, row: Row) -> str:
        """paid | condition_not_met | not_this_period: what the statement says of a line."""
        if not self.due(one):
            return "not_this_period"
        when = one.parts.get("when")
        return "paid" if when is None or self.condition(when, Place(row, one.here)) else "condition_not_met"

    def _sum(self, one: Name, row: Row) -> Any:
        kind = one.parts["kind"]
        wanted = {
            "earnings": {"earning": 1},
            "deductions": {"deduction": 1},
            "employer_cost": {"employer_cost": 1},
            "net": {"earning": 1, "deduction": -1},
        }[kind]
        return sum((wanted.get(of, 0) * self.look(name, row) for name, of in one.parts["lines"]), Fraction(0))

    def _shortfall(self, one: Name, row: Row) -> Any:
        of, floor_ = one.parts["of"], self.look(self.scheme.fixed("wage_floor"), row)
        if of in ("net", "earnings"):
            signs = {"earning": 1, "deduction": -1 if of == "net" else 0}
            before = sum((signs.get(kind, 0) * self.look(name, row) for name, kind in one.parts["lines"]), Fraction(0))
        else:
            before = self.look(of, row)
        return max(Fraction(0), floor_ - before)

    def _award(self, one: Name, row: Row) -> Any:
        if not self.look(one.parts["honor"], row):
            return Fraction(0)
        return self.value(one.parts["amount"], Place(row, one.here))

    def _entitlement(self, one: Name, row: Row) -> Any:
        if not self.due(one):
            return None
        place, when, amount = Place(row, one.here), one.parts["when"], one.parts["amount"]
        entitled = when is None or self.condition(when, place)
        if amount is None:
            return entitled
        return self.value(amount, place) if entitled else None

    def _honor(self, one: Name, row: Row) -> Any:
        return self.due(one) and row.key in sharing.honored(self, one, row.up(one.parts["within"])).chosen

    def _shares(self, one: Name, row: Row) -> Any:
        grade = sharing.graded(self, one, row.up(one.parts["within"])).get(row.key)
        if grade is None:
            return None
        said = grade[one.parts["give"]]
        from tests.third.exact import constant

        return said if one.parts["give"] == "" else constant(said)

    def _pool(self, one: Name, row: Row) -> Any:
        return sharing.pooled(self, one, row.up(one.parts["each"])).paid.get(id(row), Fraction(0))

    # ── formulas ─────────────────────────────────────────────────────────────────────────────────

    def condition(self, node: Node, place: Place) -> bool:
        found = self.value(node, place)
        if not isinstance(found, bool):
            raise Fault(f"a condition is {found}")
        return found

    def value(self, node: Node, place: Place) -> Any:
        kind = node[0]
        if kind in ("number", "text", "flag", "constant"):
            return node[1]
        if kind == "name":
            return self.look(node[1], place.row)
        if kind == "if":
            return self.value(node[1] if self.condition(node[2], place) else node[3], place)
        if kind in ("and", "or"):
            if self.condition(node[1], place) is (kind == "or"):
                return kind == "or"
            return self.condition(node[2], place)
        if kind == "missing":
            return None
        if kind == "inlined":
            return self.value(node[1], place)
        return getattr(self, f"_do_{kind}")(node, place)

    def _do_not(self, node: Node, place: Place) -> Any:
        found = self.value(node[1], place)
        return None if found is None else not found

    def _do_sign(self, node: Node, place: Place) -> Any:
        found = self.value(node[2], place)
        return None if found is None else -found if node[1] == "-" else found

    def _do_sum(self, node: Node, place: Place) -> Any:
        left, right = self.value(node[2], place), self.value(node[3], place)
        if left is None or right is None:
            return None
        return left + right if node[1] == "+" else left - right

    def _do_product(self, node: Node, place: Place) -> Any:
        left, right = self.value(node[2], place), self.value(node[3], place)
        if left is None or right is None:
            return None
        if node[1] == "*":
            return left * right
        if right == 0:
            if place.measured:
                return None
            raise Fault(f"a division by nothing at {place.row.key}")
        return left / right

    def _do_power(self, node: Node, place: Place) -> Any:
        found = self.value(node[1], place)
        return None if found is None else found ** node[2]

    def _do_compare(self, node: Node, place: Place) -> Any:
        operands = [self.value(one, place) for one in node[1]]
        if any(one is None for one in operands):
            return None
        return all(
            COMPARE[sign](left, right) for left, sign, right in zip(operands, node[2], operands[1:], strict=False)
        )

    def _do_among(self, node: Node, place: Place) -> Any:
        found = self.value(node[1], place)
        return None if found is None else (found in [self.value(one, place) for one in node[2]]) is not node[3]

    def _do_call(self, node: Node, place: Place) -> Any:
        name, arguments = node[1], node[2]
        if name in self.scheme.tables:
            return self.scheme.tables[name].look([self.value(one, place) for one in arguments], node[3].get("give", ""))
        if name in ("value", "award"):
            return self.look(f"{name}({arguments[0][1]})", place.row)
        if is_aggregate(node):
            return aggregates.aggregated(self, node, place)
        if name == "known":
            return self.value(arguments[0], place) is not None
        if name == "coalesce":
            for one in arguments:
                found = self.value(one, place)
                if found is not None:
                    return found
            return None
        values = [self.value(one, place) for one in arguments]
        return None if any(one is None for one in values) else self._called(name, values, node[3])

    def _called(self, name: str, values: list[Any], options: dict[str, Any]) -> Any:
        match name:
            case "min":
                return min(values)
            case "max":
                return max(values)
            case "clamp":
                return max(min(values[0], values[2]), values[1])
            case "abs":
                return abs(values[0])
            case "round":
                return rounded(values[0], int(values[1]) if len(values) > 1 else 0, "half_up")
            case "floor":
                return Fraction(floor(values[0]))
            case "ceil":
                return Fraction(ceil(values[0]))
            case "ratio":
                return None if values[1] == 0 else values[0] / values[1]
            case "days":
                return Fraction((values[1] - values[0]).days)
            case "trunc":
                return Fraction(trunc(values[0]))
            case "months":
                return Fraction(months(values[0], values[1]))
            case "years":
                return Fraction(trunc(Fraction(months(values[0], values[1]), 12)))
            case "minutes":
                return minutes(values[0], values[1])
            case "day_of":
                return values[0].date()
            case "served":
                return self.scheme.period.served(values[0], values[1], options["method"])
        raise Unknown(f"function {name}")
