"""A scheme and its data -> what everybody gets.

>>> text = '''format: 1
... scheme: s
... effective: {first_day: 2026-01-01, last_day: 2026-12-31}
... period: month
... currency: EUR
... pay: {bonus: {amount: 10.00 * jobs / 3}}
... inputs: {who: {type: key}, jobs: {type: integer, range: [0, 9]}}
... '''
>>> judged(text, "2026-04", {"": [{"who": "E1", "jobs": "1"}]}).people["E1"]["bonus"]
Fraction(333, 100)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.third.aggregates import Tie
from tests.third.evaluate import Court, Fault, Place
from tests.third.formulas import Node
from tests.third.levels import calls_in, is_aggregate, names_in
from tests.third.scheme import Scheme, scheme
from tests.third.sharing import Honored, Pooled, honored, pooled
from tests.third.world import History, Row, Tables, build, wrong

Values = dict[str, Any]
MADE_OF_DATA = ("input", "key", "constant")


@dataclass
class Judged:
    """What came out: of people, of groups by level and key, of honours and pools by name and group.

    A name of detail rows is the list of their values. `outside` are the people out of scope, `refused` those who are
    a cause, each with the first reason, `undecided` those for whom a tie of others leaves something open.
    """

    scheme: Scheme
    court: Court
    people: dict[str, Values] = field(default_factory=dict)
    groups: dict[str, dict[str, Values]] = field(default_factory=dict)
    honors: dict[tuple[str, str], Honored] = field(default_factory=dict)
    pools: dict[tuple[str, str], Pooled] = field(default_factory=dict)
    states: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)  # whose result rests on a group that lacks a row
    may_wait: set[str] = field(default_factory=set)  # the same, of formulas that could
    moved: dict[str, str] = field(default_factory=dict)  # and for whom it matters, with a name
    broken: set[tuple[str, str]] = field(default_factory=set)  # rows that are refused, by level and key
    outside: list[str] = field(default_factory=list)
    made: dict[tuple[str, str], Row] = field(default_factory=dict)  # held, for values are kept by the ids of rows

    def somebody(self, level: str, key: str) -> Row:
        """A person of this group of whom nothing else is known."""
        if (level, key) not in self.made:
            group = next(row for row in self.court.world.rows[level] if row.key == key)
            owners = {"everyone": self.court.world.everyone, **group.owners, level: group}
            self.made[level, key] = Row("person", "", owners=owners)
        return self.made[level, key]


def judged(text: str, period: str, tables: Tables, history: History = ()) -> Judged:
    """All values of all people in scope who are not refused.

    First the scope is known, then the requirements; what else refuses somebody (a tie, a declared range) is found among
    those who are left. At last everything is worked out as if the rows of the refused did not exist.
    """
    read = scheme(text, period)
    world = build(read, tables, history)
    outside = []
    refused: dict[str, str] = {}
    if read.applies_to is not None:
        court = Court(read, world)
        inside = set()
        for row in world.rows["person"]:
            try:
                if court.condition(read.applies_to, Place(row, "person")):
                    inside.add(row.key)
            except Tie as tie:
                refused.update((one.up("person").key, f"a tie of {tie}") for one in tie.rows)
        outside = [row.key for row in world.rows["person"] if row.key not in inside and row.key not in refused]
        world = build(read, tables, history, inside)
    undecided: set[str] = set()
    broken: set[tuple[str, str]] = set()
    whole = Judged(read, Court(read, world), outside=outside)
    for step in (_cells, _rules, _values, _values):
        found = Judged(read, Court(read, world), refused=refused, undecided=undecided, broken=broken, outside=outside)
        before = len(refused)
        step(found)
        if step is _values and len(refused) == before:
            break
        if len(refused) > before:
            left = {row.key for row in world.rows["person"]} - set(refused)
            world = build(read, tables, history, left)
    if refused or broken:
        _waiting(found, whole)
    return found


def _waiting(found: Judged, whole: Judged) -> None:
    """Whose result rests on a group that a refused row belongs to; as all rows have it, those of the refused too."""
    rows = whole.court.world.rows
    lacking = {
        (group.level, group.key)
        for row in [*rows["person"], *(row for name in found.scheme.tree.get("details", {}) for row in rows[name])]
        if row.up("person").key in found.refused
        for group in row.owners.values()
        if "person" not in whole.court.levels.above(group.level)
    } | {
        (group.level, group.key)
        for level, key in found.broken
        for row in rows[level]
        if row.key == key and level != "person" and level not in found.scheme.tree.get("details", {})
        for group in row.owners.values()
    }
    gathered = [_gathered(whole, name) for name in found.scheme.names]
    for person in rows["person"]:
        if person.key not in found.refused:
            if any(_could_rest(levels, person, lacking) for levels in gathered):
                found.may_wait.add(person.key)
            for name, row in _asked_of(whole, person):
                whole.court.resting, value = set(), None
                with suppress(Tie, Fault):  # a refused row may bring anything
                    value = whole.court.look(name, row)
                if whole.court.resting & lacking:
                    found.waiting.add(person.key)
                    if row is person and value is not None and value != found.people[person.key][name]:
                        found.moved[person.key] = name


def _could_rest(levels: set[str], person: Row, lacking: set[tuple[str, str]]) -> bool:
    """Whether what is gathered at these levels, needed or not, is of a group that lacks a row."""
    own = {(level, person.owners[level].key) for level in levels if level in person.owners}
    return bool(own & lacking) or len(levels) > 1 or len(own) < len(levels)


def _gathered(found: Judged, name: str) -> set[str]:
    """The levels of the groups that a formula, and what it reads, takes together anywhere, needed or not."""
    levels, seen, waiting, gathered = found.court.levels, set[str](), [name], set[str]()
    while waiting:
        one = levels.name(waiting.pop())
        if one.name in seen:
            continue
        seen.add(one.name)
        levels.of(one.name)
        parts = [*one.parts.values()]
        group = one.parts.get("group")
        parts += (
            [weight for _, weight in group.items] + [rule[key] or () for rule in group.adjust for key in ("when", "by")]
            if group
            else []
        )
        waiting += [item for item, _ in group.items] if group else []
        waiting += [line for line, _ in one.parts.get("lines", ())]
        waiting += [one.parts[key] for key in ("honor", "pool", "source") if key in one.parts]
        waiting += [read for read in names_in(parts) if read in found.scheme.names]
        gathered |= {one.parts[key] for key in ("within", "each") if key in one.parts}
        for call in calls_in(parts):
            if call[1] in ("value", "award"):
                waiting.append(f"{call[1]}({call[2][0][1]})")
            elif is_aggregate(call) and (source := levels.source(call, one.here)).written is None:
                gathered.add(
                    "everyone" if source.others or call[1] == "rank" else levels.target(call, source, one.here)
                )
    return {level for level in gathered if "person" not in levels.above(level)}


def _asked_of(found: Judged, person: Row) -> Iterator[tuple[str, Row]]:
    """What a person's result is made of: names that a person can read, and those of own rows."""
    levels = found.court.levels
    for name, one in found.scheme.names.items():
        level = levels.of(name)
        if one.how not in MADE_OF_DATA and level in levels.above("person"):
            yield name, person
        elif one.how not in MADE_OF_DATA and "person" in levels.above(level):
            yield from ((name, row) for row in found.court.world.rows[level] if row.up("person") is person)


def _cells(found: Judged) -> None:
    for level, specs in found.scheme.inputs.items():
        for row in found.court.world.rows[level]:
            for name, spec in specs.items():
                if (
                    name in row.cells
                    and spec["type"] != "key"
                    and "carried_from" not in spec
                    and wrong(row.cells[name], spec)
                ):
                    _refuse(found, row, f"{name} is {wrong(row.cells[name], spec)}")


def _values(found: Judged) -> None:
    _people(found)
    _groups(found)
    _orders(found)
    for row, reason in found.court.refused.values():
        _refuse(found, row, reason)


def _asked(found: Judged, name: str, row: Row) -> Any:
    """A value; where an order or a line falls between equals, those are refused."""
    try:
        return found.court.look(name, row)
    except Tie as tie:
        _tied(found, tie, row)
        return tie


def _people(found: Judged) -> None:
    court, levels = found.court, found.court.levels
    above = levels.above("person")
    made = [(name, levels.of(name)) for name, one in found.scheme.names.items() if one.how not in MADE_OF_DATA]
    for row in court.world.rows["person"]:
        values: Values = {}
        for name, level in made:
            if level in above:
                values[name] = _asked(found, name, row)
            elif "person" in levels.above(level):
                values[name] = [_asked(found, name, one) for one in court.world.rows[level] if one.up("person") is row]
        found.people[row.key] = values
        found.states[row.key] = {}
        for one in found.scheme.names.values():
            if one.how == "pay" and "pool" not in one.parts:
                try:
                    found.states[row.key][one.name] = court.state(one, row)
                except Tie as tie:
                    _tied(found, tie, row)


def _groups(found: Judged) -> None:
    court, levels = found.court, found.court.levels
    details = found.scheme.tree.get("details", {})
    for name, one in found.scheme.names.items():
        level = levels.of(name)
        if level != "person" and level not in details and one.how not in MADE_OF_DATA:
            for row in court.world.rows[level]:
                if (level, row.key) not in found.broken:  # a group that is refused has no values
                    found.groups.setdefault(level, {}).setdefault(row.key, {})[name] = _asked(found, name, row)
        try:
            if one.how == "honor" and court.due(one):
                for row in court.world.rows[one.parts["within"]]:
                    found.honors[name, row.key] = honored(court, one, row)
            if one.how == "pool":
                for row in court.world.rows[one.parts["each"]]:
                    found.pools[name.removeprefix("pool of "), row.key] = pooled(court, one, row)
        except Tie as tie:
            _tied(found, tie)


def _orders(found: Judged) -> None:
    """An order that a formula names must tell the rows apart, also where nobody needs the value."""
    court = found.court
    for one in found.scheme.names.values():
        for call in _ordered([*one.parts.values()]):
            source = court.levels.source(call, one.here)
            level = source.level if call[1] == "running" else court.levels.target(call, source, one.here)
            for row in court.world.rows[level]:
                try:
                    court.value(call, Place(row, one.here, measured=True))
                except Tie as tie:
                    _tied(found, tie)
                except Fault:
                    pass  # what stands around it keeps this from being worked out


def _ordered(node: Any) -> Iterator[Node]:
    if isinstance(node, (tuple, list)):
        if len(node) == 4 and node[0] == "call" and node[1] in ("running", "latest"):
            yield tuple(node)
        for one in node:
            yield from _ordered(one)


def _tied(found: Judged, tie: Tie, waits: Row | None = None) -> None:
    """Those who are level are refused; whose value it would decide waits."""
    for row in tie.rows:
        _refuse(found, row, f"a tie of {tie}")
    if waits is not None and waits not in tie.rows:
        found.undecided |= _people_of(found, waits)


def _rules(found: Judged) -> None:
    court = found.court
    faults = []
    for node in found.scheme.require:
        level = court.levels.coarsest(court.levels.read(node, ""))
        for row in court.world.rows[level]:
            try:
                holds = court.condition(node, Place(row, ""))
            except Tie as tie:
                _tied(found, tie, row)
                continue
            except Fault as fault:
                faults.append((row, fault))
                continue
            if not holds:
                _refuse(found, row, f"requirement {node}")
    for row, fault in faults:  # another requirement keeps it from being worked out, or else it is one
        if not _people_of(found, row) <= set(found.refused):
            raise fault


def _refuse(found: Judged, row: Row, reason: str) -> None:
    """The people whose row it is, who belong to it, or who have a row that does."""
    found.broken.add((row.level, row.key))
    for key in _people_of(found, row):
        found.refused.setdefault(key, reason)


def _people_of(found: Judged, row: Row) -> set[str]:
    rows = found.court.world.rows
    people = {row.key} if row.level == "person" else set()
    if "person" in row.owners:
        people.add(row.owners["person"].key)
    for level, below in rows.items():
        if level == "person" or "person" in found.court.levels.above(level):
            people |= {one.up("person").key for one in below if one.owners.get(row.level) is row}
    return people
