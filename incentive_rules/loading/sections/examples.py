"""Reads examples: sample people, the facts in which an example differs from them, and the expected results."""

from __future__ import annotations

from collections.abc import Mapping as Mapped

from ...base.periods import Period, PeriodKind
from ...lang.keywords.facts import TIMES
from ...lang.made_names import full_name
from ...model.document import Entry, Item, Mapping, Scalar, Sequence
from ...model.scheme import Example, ExamplePerson, Fact, Input
from . import values
from .findings import LoadingLog
from .names import Names
from .section import Section, clash, entries_of, literal, note_hole, open_block, path_of


class ExampleReader:
    """Reads sample people and examples; each fact is checked against the type of its input."""

    def __init__(
        self, findings: LoadingLog, names: Names, inputs: Mapped[str, Input], tables: frozenset[str],
        groups: frozenset[str], nobodys: frozenset[str], period: PeriodKind | None, year_starts: tuple[int, int],
        people: Item | None,
    ) -> None:  # fmt: skip
        """`groups` are the tables of groups, `nobodys` the detail tables that belong to groups alone."""
        self.findings = findings
        self.names = names
        self.inputs = inputs
        self.tables = tables
        self.groups = groups
        self.without_people = groups | nobodys
        self.lost = {lost for lost, _ in findings.lost_names}
        self.period_kind = period
        self.year_starts = year_starts
        self.periods: dict[str, Period] = {}
        self.people = {e.key.text: self.facts(e.value, e.key.text) for e in entries_of(findings, people)}

    def examples(self, item: Item | None) -> tuple[Example, ...]:
        found: list[Example] = []
        for each in item.items if isinstance(item, Sequence) else ():
            section = open_block(self.findings, each, "example", "")
            if section is not None:
                found.append(self.example(section))
        return tuple(found)

    def example(self, section: Section) -> Example:
        name = section.text("name")
        if "people" in section:
            return self.of_several(section, name)
        facts = self.facts_of(section, self.groups)
        expect = []
        for entry in section.named("expect"):
            if isinstance(entry.value, Mapping):
                self.findings.report("expect-people", entry.key.place, "alone", name=entry.key.text, example=name)
            else:
                expect.append(self.expected(entry))
        return Example(name, self.period(section), facts, tuple(expect), section.place_of("name"))

    def of_several(self, section: Section, name: str) -> Example:
        """Reads an example of several people, with the rows of groups beside them."""
        clash(section, "people", ("person", "but"))
        entries = {e.key.text: e for e in section.named("people")}
        expected: dict[str, tuple[Fact, ...]] = {}
        for entry in section.named("expect"):
            key = entry.key.text
            if not isinstance(entry.value, Mapping):
                self.findings.report("expect-people", entry.key.place, name=key, example=name)
            elif key not in entries:
                near = self.findings.guesses.nearest(key, entries, 1)
                variant = "unknown-near" if near else "unknown"
                self.findings.report(
                    "expect-people", entry.key.place, variant, name=key, example=name, near=near[0] if near else ""
                )
            else:
                expected[key] = tuple(self.expected(e) for e in entry.value.entries)
        people = []
        for key, entry in entries.items():
            block = open_block(self.findings, entry.value, "example_person", path_of(name, key))
            facts = self.facts_of(block) if block else ()
            people.append(ExamplePerson(key, facts, expected.get(key, ()), entry.key.place))
        beside = self.without_people
        given = self.facts(section.item("given"), section.path("given"), beside) if "given" in section else {}
        return Example(name, self.period(section), tuple(given.values()), (), section.place_of("name"), tuple(people))

    def facts_of(self, section: Section, handed: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
        """The facts of one person: those of a sample person or those written, with the ones that differ.

        Rows of the tables `handed` over may be among them.
        """
        facts = dict(self.person(section))
        if "given" in section:
            facts = self.facts(section.item("given"), section.path("given"), handed=handed)
        facts |= self.facts(section.item("but"), section.path("but"), handed=handed) if "but" in section else {}
        return tuple(facts.values())

    def person(self, section: Section) -> dict[str, Fact]:
        found = section.scalar("person")
        if found is None:
            return {}
        clash(section, "person", ("given",))
        if found.text not in self.people:
            near = self.findings.guesses.nearest(found.text, self.people, 1)
            self.findings.report(
                "person-unknown", found.place, "near" if near else "", name=found.text, near=near[0] if near else ""
            )
        return self.people.get(found.text, {})

    def period(self, section: Section) -> str | None:
        found = section.scalar("period")
        read = values.period(self.findings, found, self.year_starts, section.path("period")) if found else None
        if found is None or read is None:
            return None
        if self.period_kind is not None and read.kind is not self.period_kind:
            self.findings.report(
                "period-wrong", found.place, f"not-{self.period_kind}", what=section.path("period"), text=found.text
            )
            return None
        self.periods.setdefault(read.text, read)
        return read.text

    # ── Facts ────────────────────────────────────────────────────────────────────────────────────

    def facts(
        self, item: Item | None, owner: str, beside: frozenset[str] | None = None, handed: frozenset[str] = frozenset()
    ) -> dict[str, Fact]:  # fmt: skip
        """The facts of one person, and rows of tables `handed` over; `beside` several people stand those of these."""
        found: dict[str, Fact] = {}
        strange = self.without_people - self.lost - handed
        for entry in entries_of(self.findings, item):
            name = entry.key.text
            if (name not in beside) if beside is not None else name in strange:
                self.findings.report("fact-rows", entry.key.place, "group" if beside is None else "beside", name=name)
                continue
            fact = self.fact(entry, owner)
            if fact is not None:
                found[fact.name] = fact
        return found

    def fact(self, entry: Entry, owner: str) -> Fact | None:
        name = full_name(entry.key.text)
        if isinstance(entry.value, Sequence):
            rows = tuple(self.row(each, path_of(owner, name)) for each in entry.value.items)
            return Fact(name, None, entry.key.place, tuple(r for r in rows if r is not None))
        if not isinstance(entry.value, Scalar):
            self.findings.wrong_forms.append(entry.value.place)
            return None
        if name in self.tables:
            self.findings.report("fact-rows", entry.value.place, name=name)
            return None
        self.judge(entry.value, self.inputs.get(name), path_of(owner, name))
        return Fact(name, literal(entry.value), entry.key.place)

    def row(self, item: Item, owner: str) -> tuple[int, tuple[Fact, ...]] | None:
        if not isinstance(item, Mapping):
            self.findings.wrong_forms.append(item.place)
            return None
        times, facts = 1, []
        for entry in item.entries:
            if entry.key.text in (TIMES.key, TIMES.chinese) and entry.key.text not in self.names:
                if isinstance(entry.value, Scalar):
                    times = values.whole(self.findings, entry.value, path_of(owner, entry.key.text), 1) or 1
            elif (fact := self.fact(entry, owner)) is not None:
                facts.append(fact)
        return times, tuple(facts)

    def judge(self, scalar: Scalar, about: Input | None, what: str) -> None:
        """Reports a text that cannot be a value of its input; the range is checked with the data."""
        if note_hole(self.findings, scalar, what) or values.is_missing(scalar) or about is None:
            return
        if scalar.text in about.missing_texts:
            return
        if about.type in ("number", "integer", "money") and not (about.suffix or about.percent):
            values.number(self.findings, scalar, what)
        elif about.type == "date":
            values.day(self.findings, scalar, what)
        elif about.type == "boolean" and not about.texts:
            values.flag(self.findings, scalar, what)

    def expected(self, entry: Entry) -> Fact:
        """Reads one expected result; `value(x)` is what indicator `x` measured, `award(x)` the amount of honour `x`."""
        name = entry.key.text
        full = full_name(name)
        if not isinstance(entry.value, Scalar):
            self.findings.wrong_forms.append(entry.value.place)
            return Fact(full, None, entry.key.place)
        hole = note_hole(self.findings, entry.value, name)
        return Fact(full, None if hole else literal(entry.value), entry.key.place)
