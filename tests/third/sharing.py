"""What several people share or have a place in: honours, grades by rank, pools."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from tests.third.aggregates import Tie
from tests.third.exact import rounded
from tests.third.world import Row

if TYPE_CHECKING:
    from tests.third.evaluate import Court
    from tests.third.scheme import Name


def _members(court: Court, level: str, group: Row) -> list[Row]:
    return [row for row in court.world.rows[level] if row.up(group.level) is group]


# ── Honours ───────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Honored:
    """What became of an honour in one group."""

    eligible: int
    places: int
    chosen: frozenset[str]

    @property
    def empty(self) -> int:
        return max(0, self.places - len(self.chosen))


def honored(court: Court, one: Name, group: Row) -> Honored:
    key = (f"{one.name} of a group", id(group))
    found: Honored = court.once(key, lambda: _honored(court, one, group), group)
    return found


def _honored(court: Court, one: Name, group: Row) -> Honored:
    from tests.third.evaluate import Place

    members = _members(court, "person", group)
    able = []
    for row in members:
        place = Place(row, one.here)
        among = one.parts["among"]
        keys = [court.value(node, place) for node in one.parts["best_by"]]
        if (among is None or court.condition(among, place)) and all(key is not None for key in keys):
            able.append((keys, row))
    said = {key: court.value(node, Place(group, group.level)) for key, node in one.parts["places"].items()}
    if "number" in said:
        number = said["number"]
    else:
        of = len(able) if one.parts["of"] == "eligible" else len(members)
        number = rounded(said["share"] * of, 0, one.parts["rounding"])
    number = min(
        max(number, said.get("at_least", number)), said.get("at_most", max(number, said.get("at_least", number)))
    )
    places = min(int(number), len(able))
    chosen = set()
    for keys, row in able:
        better = sum(other > keys for other, _ in able)
        level = [other_row for other, other_row in able if other == keys]
        if better + len(level) <= places:
            chosen.add(row.key)
        elif better < places:
            if one.parts["ties"] == "refuse":
                raise Tie(level, one.name)
            if one.parts["ties"] == "all":
                chosen.add(row.key)
    return Honored(len(able), int(number), frozenset(chosen))


# ── Grades by rank ────────────────────────────────────────────────────────────────────────────────


def graded(court: Court, one: Name, group: Row) -> dict[str, dict[str, str]]:
    """The row of grades of each person whose value is known; lines are drawn cumulatively."""
    key = (
        f"grades of {one.parts['of']!r} {one.parts['rows']!r} {one.parts['ties']} {one.parts['rounding']}",
        id(group),
    )
    found: dict[str, dict[str, str]] = court.once(key, lambda: _graded(court, one, group), group)
    return found


def _graded(court: Court, one: Name, group: Row) -> dict[str, dict[str, str]]:
    from tests.third.evaluate import Place

    values = [(court.value(one.parts["of"], Place(row, "person")), row) for row in _members(court, "person", group)]
    known = [(value, row) for value, row in values if value is not None]
    lines, upto = [], Fraction(0)
    for share, said in one.parts["rows"]:
        upto += share
        lines.append((rounded(upto * len(known), 0, one.parts["rounding"]), said))
    lines = _bounded(lines, one.parts["limits"], len(known))
    found = {}
    for value, row in known:
        better = sum(other > value for other, _ in known)
        level = [other_row for other, other_row in known if other == value]
        first, last = (
            next(said for line, said in lines if line >= place) for place in (better + 1, better + len(level))
        )
        if first is not last and one.parts["ties"] == "refuse":
            raise Tie(level, one.name)
        found[row.key] = last if one.parts["ties"] == "none" else first
    return found


def _bounded(lines: list[Any], limits: list[tuple[int | None, int | None]], people: int) -> list[Any]:
    """The lines with `at_least` and `at_most` heeded, from the best grade down; the worst has all who are left.

    What the grades below must have is left to them, and they get no more than they may have. A grade's own bounds
    come after that, and of these `at_most` is the last word.
    """
    if all(limit == (None, None) for limit in limits):
        return lines
    given, found = 0, []
    for number, (line, said) in enumerate(lines[:-1]):
        rest = limits[number + 1 :]
        places = line - given
        places = min(places, people - given - sum(low for low, _ in rest if low))
        if all(high is not None for _, high in rest):
            places = max(places, people - given - sum(high for _, high in rest if high))
        low, high = limits[number]
        places = max(places, low or 0)
        places = places if high is None else min(places, high)
        given += int(places)
        found.append((given, said))
    return [*found, (max(given, people), lines[-1][1])]


# ── Pools ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Pooled:
    """What became of a pool: the amount, what each row that shares it gets, and why nothing was paid."""

    amount: Fraction
    paid: dict[int, Fraction] = field(default_factory=dict)
    shares: int = 0
    state: str = "paid"

    @property
    def total(self) -> Fraction:
        return sum(self.paid.values(), Fraction(0))


@dataclass
class _Sharer:
    row: Row
    weight: Fraction
    most: int | None  # whole units
    key: tuple[Any, ...]
    exact: Fraction = Fraction(0)
    units: int = 0

    def has_room(self) -> bool:
        return self.most is None or self.units < self.most


def pooled(court: Court, one: Name, group: Row) -> Pooled:
    key = (f"{one.name} of a group", id(group))
    found: Pooled = court.once(key, lambda: _pooled(court, one, group), group)
    if one.parts["remainder"] == "refuse" and found.state != "condition_not_met" and found.total < found.amount:
        court.refused[id(group)] = (group, f"something of {one.name} remains")
    return found


def _pooled(court: Court, one: Name, group: Row) -> Pooled:
    from tests.third.evaluate import Place

    parts, unit = one.parts, Fraction(1, 10 ** one.parts["unit"])
    here = Place(group, group.level)
    amount = rounded(court.value(parts["amount"], here), parts["unit"], one.mode)
    takers, left_out = [], Fraction(0)
    for row in _members(court, parts["to"], group):
        place = Place(row, parts["to"])
        weight = court.value(parts["in_proportion_to"], place)
        takes_part = parts["among"] is None or court.condition(parts["among"], place)
        if weight is not None and takes_part:
            most = None if parts["at_most"] is None else floor(court.value(parts["at_most"], place) / unit)
            takers.append(_Sharer(row, weight, most, _order(court, row)))
        elif weight is not None and parts["left_out"] == "kept":
            left_out += weight
    shares = sum(one.weight > 0 for one in takers)
    if parts["when"] is not None and not court.condition(parts["when"], here):
        return Pooled(amount, shares=shares, state="condition_not_met")
    if shares == 0:
        return Pooled(amount, state="nobody")
    weights = sum((one.weight for one in takers), Fraction(0))
    theirs = amount * weights / (weights + left_out)
    if parts["cents"] != "keep_remainder":
        theirs = rounded(theirs, parts["unit"], "half_up")
    _spend(takers, theirs / unit, parts["cents"])
    return Pooled(amount, {id(one.row): one.units * unit for one in takers}, shares)


def _order(court: Court, row: Row) -> tuple[Any, ...]:
    """What decides among equals: a row's own key, its owners' keys, then its values in order, missing first."""
    if row.level not in court.scheme.tree.get("details", {}):
        return (row.key,)
    keys = [row.up(level).key for level in court.scheme.owners[row.level]]
    values = [row.cells[name] for name in court.scheme.inputs.get(row.level, {})]
    return (row.key, *keys, *((False,) if value is None else (True, value) for value in values))


def _spend(takers: list[_Sharer], units: Fraction, cents: str) -> None:
    """Give each their whole units."""
    waiting = [one for one in takers if one.weight > 0]
    rest = units
    while waiting:
        weights = sum(one.weight for one in waiting)
        for one in waiting:
            one.exact = rest * one.weight / weights
        full = [one for one in waiting if one.most is not None and one.exact > one.most]
        if not full:
            break
        for one in full:
            one.exact = Fraction(one.most or 0)
            rest -= one.exact
        waiting = [one for one in waiting if one not in full]
    sharers = [one for one in takers if one.weight > 0]
    whole = floor(sum(one.exact for one in sharers))
    if cents == "webster":
        _webster(sharers, whole)
        return
    for one in sharers:
        one.units = floor(one.exact)
    if cents == "largest_remainder":
        left = whole - sum(one.units for one in sharers)
        for one in sorted(sharers, key=lambda one: (one.units - one.exact, -one.exact, one.key))[:left]:
            one.units += 1


def _webster(sharers: list[_Sharer], whole: int) -> None:
    """Each unit in turn to the largest weight / (2 * units so far + 1).

    Nobody ends with fewer units than their exact share less the number of sharers, so these are given first.
    """
    for one in sharers:
        one.units = max(0, floor(one.exact) - len(sharers))
    for _ in range(whole - sum(one.units for one in sharers)):
        open_ = [one for one in sharers if one.has_room()]
        best = max(Fraction(one.weight, 2 * one.units + 1) for one in open_)
        level = [one for one in open_ if Fraction(one.weight, 2 * one.units + 1) == best]
        min(level, key=lambda one: (-one.weight, one.key)).units += 1
