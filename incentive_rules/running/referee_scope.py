"""What a name means where it is read: an argument, a member's own, a row's own, the person's, a constant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from attrs import evolve, field, frozen

from ..lang.functions import VALUE
from ..model.scheme import Family
from ..model.terms import Constant
from .referee_evaluator import Later, Log, Scope
from .referee_formula import Parsed
from .referee_numbers import RefereeFault
from .referee_tables import Column

MEMBER = ("member", "成员")


class Person(Protocol):
    """The values of one person, and the scheme's tables and functions: what every scope stands on."""

    def knows(self, name: str) -> bool:
        """Whether the person has a value of that name."""

    def value(self, name: str) -> Constant:
        """The person's value: an input, a parameter, or a quantity worked out now if need be."""

    def row_value(self, details: str, row: int, name: str) -> Constant:
        """A value of one detail row."""

    def names_of(self, details: str) -> frozenset[str]:
        """The inputs and quantities that rows of a detail table have."""

    def row_count(self, details: str) -> int: ...
    def all_details(self) -> tuple[str, ...]: ...
    def families(self) -> Mapping[str, Family]: ...
    def constant(self, family: str, member: str, name: str) -> Constant: ...
    def table(self, name: str, give: str | None) -> Column | None: ...
    def function(self, name: str) -> tuple[tuple[str, ...], Parsed] | None: ...


@frozen(eq=False)
class Standpoint:
    """A `Scope`: where a formula stands. `owner` is the quantity whose formula it is."""

    person: Person
    owner: str = ""
    measuring: bool = False
    min_rows: int = 0
    details: str | None = None
    row: int = 0
    family: Family | None = None
    member: str = ""
    arguments: Mapping[str, Later] = field(factory=dict)

    def read(self, name: str, log: Log) -> Constant:
        """The value of a name, innermost meaning first; the reading is noted."""
        if name in self.arguments:
            value = self.arguments[name]()
            log.note(name, "", value)
            return value
        family = self.family
        if family is not None:
            if name in MEMBER:
                log.note(name, "", self.member)
                return self.member
            if name in family.constants[self.member]:
                value = self.person.constant(family.name, self.member, name)
                log.note(name, "", value)
                return value
        if name in VALUE and not self.person.knows(name):
            return self._person_value(name, measured_name(self.owner), log)
        if self.details is not None and name in self.person.names_of(self.details):
            value = self.person.row_value(self.details, self.row, name)
            log.note(name, name, value)
            return value
        return self._person_value(name, self.full_name(name), log)

    def measured(self, name: str, log: Log) -> Constant:
        return self._person_value(f"{VALUE[0]}({name})", measured_name(self.full_name(name)), log)

    def full_name(self, name: str) -> str:
        """A local name of a family, as it is called outside of its block."""
        local = self.family is not None and name in self.family.locals
        return f"{self.member}_{name}" if local else name

    def _person_value(self, written: str, name: str, log: Log) -> Constant:
        value = self.person.value(name)
        # A person's value that a row's formula reads belongs to the formula that runs over the rows.
        noted = log.above if log.above is not None and written == name else log
        noted.note(written, name, value)
        return value

    def table(self, name: str, give: str | None) -> Column | None:
        return self.person.table(name, give)

    def function(self, name: str) -> tuple[tuple[str, ...], Parsed] | None:
        return self.person.function(name)

    def within(self, arguments: Mapping[str, Later]) -> Scope:
        return evolve(self, arguments=arguments, family=None, details=None)

    def rows_needed(self, collection: str) -> int:
        return self.min_rows if collection in self.person.all_details() else 0

    def collection_of(self, names: frozenset[str]) -> str:
        found = [d for d in self.person.all_details() if names & self.person.names_of(d)]
        if not found:
            families = self.person.families().values()
            found = [
                f.name for f in families if names & {*f.locals, *MEMBER, *(c for m in f.constants.values() for c in m)}
            ]
        if len(found) != 1:
            raise RefereeFault(f"`over` is needed: {sorted(names)} belong to {found}")
        return found[0]

    def each_of(self, collection: str) -> tuple[Scope, ...]:
        if collection in self.person.all_details():
            rows = range(self.person.row_count(collection))
            return tuple(evolve(self, details=collection, row=row, measuring=False) for row in rows)
        family = self.person.families().get(collection)
        if family is None:
            raise RefereeFault(f"{collection} is no details and no family")
        return tuple(evolve(self, family=family, member=member) for member in family.members)


def measured_name(indicator: str) -> str:
    return f"{VALUE[0]}({indicator})"
