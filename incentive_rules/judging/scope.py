"""Resolves names (an argument, a name of a member, a row or an owner, a constant), and finds the rows of aggregates."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from attrs import evolve, field, frozen

from ..lang.functions import EVERYONE as EVERYBODY
from ..lang.functions import OTHERS, PART, VALUE
from ..lang.made_names import MadeName
from ..model.levels import EVERYONE, PERSON, Level, Levels
from ..model.scheme import Family, Formula
from ..model.terms import Constant
from ..model.trace import Served, Violation, Working
from .aggregate_calls import AGGREGATES, AggregateCall, RowSet, name_of
from .aggregates import FoundRows
from .evaluator import Later, Log, Scope
from .numbers import RefereeFault
from .parse import Parsed
from .population import PopulationRows
from .prepared import PreparedScheme
from .tables import TableOutput
from .time_served import served

MEMBER = ("member", "成员")


class CaseValues(Protocol):
    """The values of a population, and the prepared scheme: what every scope reads."""

    @property
    def ready(self) -> PreparedScheme: ...
    @property
    def rows(self) -> PopulationRows: ...
    @property
    def levels(self) -> Levels: ...

    def value(self, level: Level, row: int, name: str) -> Constant:
        """A value of one row: an input, or a quantity, which is computed if need be."""

    def taking_part(self, fine: Level, level: Level, row: int) -> Sequence[int]:
        """The rows of `fine` that belong to a row of `level`, without those of people out of scope."""

    def work(self, formula: Formula, scope: Scope) -> Working:
        """Evaluates a formula in a scope."""

    @property
    def outcomes(self) -> dict[tuple[str, int], object]:
        """The pools, elections and gradings computed so far, by quantity and group row."""

    def cached_rows(self, address: tuple[object, ...]) -> FoundRows | None: ...
    def cache_rows(self, address: tuple[object, ...] | None, found: FoundRows, rows: int) -> None:
        """Caches what an aggregate found in so many rows, for other scopes with the same address."""

    def breaks(self, broken: Violation, level: Level, row: int) -> None:
        """Reports a violation in a row."""


@frozen(eq=False)
class Standpoint:
    """The scope of a formula at one row; `owner` is the quantity whose formula it is, `part` one of a mean."""

    case: CaseValues
    level: Level = PERSON
    row: int = 0
    owner: str = ""
    measuring: bool = False
    min_rows: int = 0
    family: Family | None = None
    member: str = ""
    part: str = ""
    arguments: Mapping[str, Later] = field(factory=dict)

    # ── Names ────────────────────────────────────────────────────────────────────────────────────

    def read(self, name: str, log: Log) -> Constant:
        """The value of a name, by its innermost meaning; the reading is noted."""
        if name in self.arguments:
            value = self.arguments[name]()
            log.note(name, "", value)
            return value
        if self.part and name in PART:
            return self.value_of(name, self.part, log)
        family = self.family
        if family is not None:
            if name in MEMBER:
                log.note(name, "", self.member)
                return self.member
            if name in family.constants[self.member]:
                value = self.case.ready.constant(family.name, self.member, name)
                log.note(name, "", value)
                return value
        if name in VALUE and not self.case.ready.knows(name):
            return self.value_of(name, measured_name(self.owner), log)
        return self.value_of(name, self.full_name(name), log)

    def measured(self, name: str, log: Log) -> Constant:
        return self.value_of(measured_name(name), measured_name(self.full_name(name)), log)

    def named(self, written: str, log: Log) -> tuple[bool, Constant]:
        there = self.case.ready.knows(written)
        return there, self.value_of(written, written, log) if there else None

    def full_name(self, name: str) -> str:
        """The full name of a local name of a family."""
        local = self.family is not None and name in self.family.locals
        return f"{self.member}_{name}" if local else name

    def value_of(self, written: str, name: str, log: Log) -> Constant:
        """The value of a full name, at whatever level: of this row, of an owner, or of everybody."""
        home, value = self.find(name)
        log.note(written, name, value, home)
        return value

    def find(self, name: str) -> tuple[Level | None, Constant]:
        """The level of a name, None for a constant, and its value for this row."""
        ready = self.case.ready
        home = ready.homes.get(name)
        if home is not None and self.case.levels.is_above(home, self.level):
            return home, self.case.value(home, self.case.rows.owner(self.level, self.row, home), name)
        if home is None and name in ready.checked.constants:
            return None, ready.checked.constants[name][0]
        group = (name,)
        if group in self.case.levels and group in self.case.levels.above(self.level):
            row = self.case.rows.owner(self.level, self.row, group)
            return group, self.case.value(group, row, MadeName.GROUP.of(name))
        raise RefereeFault(f"nothing is called {name} at {self.level}")

    def table(self, name: str, give: str | None) -> TableOutput | None:
        return self.case.ready.table(name, give)

    def function(self, name: str) -> tuple[tuple[str, ...], Parsed] | None:
        return self.case.ready.function(name)

    def within(self, arguments: Mapping[str, Later]) -> Scope:
        return evolve(self, arguments=arguments, family=None, part="")

    def served(self, first: Constant, last: Constant, method: str) -> Served:
        period = self.case.ready.checked.period
        if period is None:
            raise RefereeFault("there is no period to have served in")
        return served(first, last, method, period)

    # ── Many rows ────────────────────────────────────────────────────────────────────────────────

    def row_set(self, call: AggregateCall) -> RowSet[Scope]:
        return _RowFinder(self, call).found()

    def cached_rows(self, row_set: RowSet[Scope], node: ast.Call) -> FoundRows | None:
        return None if row_set.address is None else self.case.cached_rows((id(node), *row_set.address))

    def cache_rows(self, row_set: RowSet[Scope], node: ast.Call, found: FoundRows) -> None:
        address = None if row_set.address is None else (id(node), *row_set.address)
        self.case.cache_rows(address, found, len(row_set.numbers))

    def clash(self, row_set: RowSet[Scope], code: str, formula: Parsed) -> None:
        broken = Violation(code, self.owner or formula.formula.text, formula.formula.place)
        self.case.breaks(broken, row_set.value_level, row_set.value_row)

    def is_one_for(self, row_set: RowSet[Scope], home: Level | None) -> bool:
        return home is None or self.case.levels.is_above(home, row_set.value_level)


class _RowFinder:
    """Finds the rows of one aggregate, and the row at which its value stands."""

    def __init__(self, here: Standpoint, call: AggregateCall) -> None:
        self.here, self.call, self.rule = here, call, AGGREGATES[call.function]
        self.case, self.levels, self.ready = here.case, here.case.levels, here.case.ready

    def found(self) -> RowSet[Scope]:
        over, conditions = self.call.over, []
        while over in self.ready.selections:
            selection = self.ready.selections[over]
            conditions.append(self.ready.condition(selection))
            over = selection.over
        if over in self.ready.families:
            return self.of_family(self.ready.families[over], tuple(conditions))
        if over in self.ready.parts:
            return self.of_parts(over, tuple(conditions))
        return self.of_rows(over, tuple(conditions))

    # ── Rows of a level ──────────────────────────────────────────────────────────────────────────

    def of_rows(self, over: str, conditions: tuple[Parsed, ...]) -> RowSet[Scope]:
        here, case, levels = self.here, self.case, self.levels
        others = over in OTHERS
        if others and not self.rule.of_others:
            raise RefereeFault(f"{self.call.function} is not of others")
        source = PERSON if others or over in EVERYBODY else self.named_level(over) if over else self.implied_level()
        value_level = self.value_level(source, others or over in EVERYBODY)
        value_row = case.rows.owner(here.level, here.row, value_level)
        numbers = case.taking_part(source, value_level, value_row)
        own = case.rows.owner(here.level, here.row, source) if levels.is_above(source, here.level) else None
        if (others or self.rule.of_each_row) and own is None:
            raise RefereeFault(f"{self.call.function} has no own row here")
        many = PERSON in levels.above(source) and not levels.is_above(PERSON, value_level)
        high = levels[value_level].sort in ("group", "everyone")
        again = value_level != here.level and not here.arguments
        family, member = (here.family.name, here.member) if here.family is not None else ("", "")
        return RowSet(
            over=over or (source[0] if source else EVERYONE[0]),
            numbers=numbers,
            of=lambda number: evolve(here, level=source, row=number, measuring=False, part=""),
            value_level=value_level,
            value_row=value_row,
            group=value_level[0] if high else "",
            key=case.rows.key(value_level, value_row) if high else "",
            address=(source, value_level, value_row, here.owner, family, member) if again else None,
            sort={"details": "rows", "group": "groups"}.get(levels[source].sort, "people"),
            strange=many or levels[source].sort != "details",
            others=others,
            needed=here.min_rows if levels[source].sort == "details" else 0,
            own=own,
            conditions=conditions,
        )

    def value_level(self, source: Level, everybody: bool) -> Level:
        """The level of the value: `within`, everyone, the level of the formula, or the first owner of the rows."""
        here = self.here.level
        below = here != source and self.levels.is_above(here, source)
        if self.call.within:
            return self.level_within(self.call.within)
        if everybody:
            return EVERYONE
        owner = self.levels[source].owners[0]
        if self.call.function == "running":
            return owner
        if self.levels[source].sort == "details":
            return here if below and self.call.function != "rank" else owner
        if self.call.function == "rank":
            return EVERYONE
        # People, or groups: all of them, but those of the group whose own formula it is where nothing is named.
        own = below and not self.call.over and self.levels[here].sort == "group"
        return here if own else EVERYONE

    def level_within(self, name: str) -> Level:
        """The level named under `within`: the key of people means each person's own rows."""
        return PERSON if name == self.ready.people_key else self.named_level(name)

    def named_level(self, name: str) -> Level:
        level = self.ready.level_named(name)
        if level is None:
            raise RefereeFault(f"{name} is no details, no group and no family")
        return level

    def implied_level(self) -> Level:
        """The one level whose rows have all names of the formula that the level of the value does not have."""
        call = self.call
        if self.rule.of_each_row:  # of people, or of the detail rows whose names stand in it
            rows = self.levels.meet(set(self.homes(call.parts)))
            return rows if rows is not None and self.levels[rows].sort == "details" else PERSON
        base = self.level_within(call.within) if call.within else self.here.level
        finer = {home for home in self.homes(call.parts) if not self.levels.is_above(home, base)}
        found = self.levels.meet(finer) if finer else None
        if found is None:
            raise RefereeFault(f"`over` is needed: the names belong to {sorted(finer)}")
        return found

    def homes(self, nodes: Iterable[ast.AST]) -> Iterator[Level]:
        """The levels of the names in a formula; an aggregate in it counts at the level of its value."""
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AGGREGATES:
                options = {k.arg: k.value for k in node.keywords}
                if "within" in options:
                    yield self.level_within(name_of(options["within"]))
                    continue
                if "over" in options:
                    over = name_of(options["over"])
                    known = over in EVERYBODY or (over,) in self.levels
                    yield self.levels[self.named_level(over)].owners[0] if known and over not in EVERYBODY else EVERYONE
                    continue
            if isinstance(node, ast.Name) and node.id not in self.here.arguments:
                home = self.ready.homes.get(self.here.full_name(node.id))
                if home is not None:
                    yield home
            yield from self.homes(ast.iter_child_nodes(node))

    # ── Members ──────────────────────────────────────────────────────────────────────────────────

    def of_family(self, family: Family, conditions: tuple[Parsed, ...]) -> RowSet[Scope]:
        def of(number: int) -> Scope:
            return evolve(self.here, family=family, member=family.members[number])

        return self.of_members(family.name, len(family.members), of, conditions)

    def of_parts(self, group: str, conditions: tuple[Parsed, ...]) -> RowSet[Scope]:
        parts = self.ready.parts[group]

        def of(number: int) -> Scope:
            return evolve(self.here, part=parts[number])

        return self.of_members(group, len(parts), of, conditions)

    def of_members(
        self, over: str, count: int, of: Callable[[int], Scope], conditions: tuple[Parsed, ...]
    ) -> RowSet[Scope]:  # fmt: skip
        if self.call.within or self.rule.of_each_row:
            raise RefereeFault(f"{self.call.function} is not of the members of {over}")
        here = self.here
        numbers = tuple(range(count))
        return RowSet(over, numbers, of, here.level, here.row, sort="members", conditions=conditions)


def measured_name(indicator: str) -> str:
    return MadeName.VALUE.of(indicator)
