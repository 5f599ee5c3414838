"""Expands `repeat`: a block for several members becomes plain names, `<member>_<local>`, before anything is checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as Mapped
from functools import partial

from attrs import evolve, frozen

from ...base.limits import Limits
from ...base.numbers import read_number
from ...base.text import nearest
from ...lang.keywords import as_spelled
from ...model.document import Entry, Item, Mapping, Scalar
from ...model.scheme import Family, Indicator, Input, Literal, Part, Quantity, Role, TableOf, WeightedMean
from . import values
from .findings import LoadingLog
from .indicators import Inherited, Tree, measured
from .inputs import one_input
from .known_collections import Collections
from .names import Names
from .quantities import quantity
from .section import Section, entries_of, open_block, path_of, texts_of
from .tables import typed_constant

_HOLE = re.compile(r"\{([^{}]*)\}")
_VALUE = re.compile(r"(?:value|实际值)\((.*)\)")


@frozen
class Repeated:
    """The inputs, quantities and indicators that one family adds to the scheme."""

    family: Family
    inputs: tuple[Input, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    parts: tuple[Part, ...] = ()  # indicators with a weight, which belong to the total


def families(
    findings: LoadingLog, names: Names, item: Item | None, missing_texts: tuple[str, ...], inherited: Inherited,
    limits: Limits, known: Collections,
) -> tuple[Repeated, ...]:  # fmt: skip
    """Reads every family of the section `repeat`."""
    found = [
        _family(findings, names, entry, missing_texts, inherited, limits, known)
        for entry in entries_of(findings, item)
        if names.define(entry.key)
    ]
    return tuple(r for r in found if r is not None)


def _family(
    findings: LoadingLog, names: Names, entry: Entry, missing_texts: tuple[str, ...], inherited: Inherited,
    limits: Limits, known: Collections,
) -> Repeated | None:  # fmt: skip
    section = open_block(findings, entry.value, "family", entry.key.text)
    if section is None:
        return None
    members, constants = _members(findings, section)
    ours = frozenset(name for own in constants.values() for name in own)
    locals_ = [e for key in ("inputs", "quantities", "indicators") for e in _keys(section, key)]
    names.check_locals([*_constant_keys(section), *(e.key for e in locals_)], entry.key.text)

    inputs = [one_input(findings, e, missing_texts, ours) for e in section.named("inputs")]
    quantities = [quantity(findings, e, known, constants=ours) for e in section.named("quantities")]
    tree = Tree(findings, ours, quantities)
    parts = tree.parts(section.item("indicators"), inherited, None, top=True)
    inner = [e.key.text for e in _inner_indicators(section.item("indicators"))]
    local_names = tuple(dict.fromkeys([*(e.key.text for e in locals_), *inner]))
    family = Family(entry.key.text, tuple(members), constants, local_names, entry.key.place)

    count = len(members) * len(local_names)
    if len(members) > limits.repeat_members or count > limits.repeat_names:
        variant, most = (
            ("members", limits.repeat_members) if len(members) > limits.repeat_members else ("", limits.repeat_names)
        )
        findings.report(
            "repeat-large",
            entry.key.place,
            variant,
            name=entry.key.text,
            members=str(len(members)),
            count=str(count),
            most=str(most),
        )
        return Repeated(evolve(family, members=()))
    checker = _Expansion(findings, family)
    checker.check_holes(section)
    for member, key in members.items():
        for local in local_names:
            names.define_made(f"{member}_{local}", key.place, "repeat")
    return Repeated(
        family,
        tuple(checker.input(i, m) for i in inputs for m in members),
        tuple(checker.quantity(q, m) for q in quantities for m in members),
        tuple(checker.part(p, m) for p in parts for m in members),
    )


def _keys(section: Section, key: str) -> list[Entry]:
    item = section.item(key)
    return list(item.entries) if isinstance(item, Mapping) else []


def _inner_indicators(item: Item | None) -> list[Entry]:
    """Indicators below groups of the block, whose names are local too."""
    found: list[Entry] = []
    for entry in item.entries if isinstance(item, Mapping) else ():
        for part in entry.value.entries if isinstance(entry.value, Mapping) else ():
            if part.key.text in ("parts", "分项") and isinstance(part.value, Mapping):
                found.extend(part.value.entries)
                found.extend(_inner_indicators(part.value))
    return found


def _constant_keys(section: Section) -> list[Scalar]:
    """The keys of the constants, each at its first place."""
    found: dict[str, Scalar] = {}
    for member in _keys(section, "members"):
        for entry in member.value.entries if isinstance(member.value, Mapping) else ():
            found.setdefault(entry.key.text, entry.key)
    return list(found.values())


def _expected(section: Section) -> list[str]:
    """The constants that at least half of the members have, and that all should have."""
    written = Counter(
        entry.key.text
        for member in _keys(section, "members")
        for entry in (member.value.entries if isinstance(member.value, Mapping) else ())
    )
    return [name for name, count in written.items() if 2 * count >= len(_keys(section, "members"))]


def _compare(findings: LoadingLog, member: Entry, own: Mapped[str, Literal], expected: list[str]) -> None:
    """Reports constants that a member lacks or alone has; a misspelt one is one finding."""
    lacking = [name for name in expected if name not in own]
    for entry in member.value.entries if isinstance(member.value, Mapping) else ():
        if entry.key.text in own and entry.key.text not in expected:
            near = nearest(entry.key.text, lacking, 1)
            findings.report(
                "members-differ", entry.key.place, "near" if near else "extra",
                name=member.key.text, extra=entry.key.text, near=near[0] if near else "",
            )  # fmt: skip
            lacking = [name for name in lacking if name not in near]
    if lacking:
        findings.report("members-differ", member.key.place, name=member.key.text, lacking=", ".join(lacking))


def _members(findings: LoadingLog, section: Section) -> tuple[dict[str, Scalar], dict[str, dict[str, Literal]]]:
    """Reads the members with their constants; all must have the same ones, so that a formula holds for each."""
    members: dict[str, Scalar] = {}
    constants: dict[str, dict[str, Literal]] = {}
    names = Names(findings)
    expected = _expected(section)
    for entry in section.named("members"):
        names.check(entry.key)
        members[entry.key.text] = entry.key
        own: dict[str, Literal] = {}
        for each in entries_of(findings, entry.value):
            if isinstance(each.value, Scalar):
                found = typed_constant(
                    findings, each.value, path_of(section.owner, entry.key.text, each.key.text), None
                )
                own[each.key.text] = found if isinstance(found, Literal) else Literal(each.value.text, each.value.place)
        _compare(findings, entry, own, expected)
        constants[entry.key.text] = own
    # They go on with the constants of another member, so that their formulas raise no further errors.
    for own in constants.values():
        for name in expected:
            other = next((other for other in constants.values() if name in other), None)
            if other is not None:
                own.setdefault(name, other[name])
    if "members" in section and not members:
        findings.report("members-none", section.place_of("members"), name=section.owner)
    return members, constants


@frozen
class _Expansion:
    """Expands what a `repeat` block defines for one member.

    Makes full names, fills titles and columns, and replaces the member's constants in ranges and weights.
    """

    findings: LoadingLog
    family: Family

    def full(self, name: str, member: str) -> str:
        """The full name of a local name; any other name unchanged."""
        inner = _VALUE.fullmatch(name)
        if inner:
            return measured(self.full(inner[1].strip(), member))
        return f"{member}_{name}" if name in self.family.locals else name

    def own(self, name: Literal | None, member: str) -> Literal | None:
        return None if name is None else self.family.constants[member].get(name.text, name)

    def filled(self, text: str, member: str) -> str:
        own = self.family.constants[member]

        def fill(found: re.Match[str]) -> str:
            return own[found[1]].text if found[1] in own else found[0]

        return _HOLE.sub(fill, text)

    def check_holes(self, section: Section) -> None:
        """Reports a `{hole}` in a title or column that is no constant of the members."""
        if not self.family.members:  # reported where they stand
            return
        known = {name for own in self.family.constants.values() for name in own}
        for key in ("inputs", "quantities", "indicators"):
            for entry in _keys(section, key):
                for part in entry.value.entries if isinstance(entry.value, Mapping) else ():
                    if part.key.text in ("title", "标题", "column", "列名"):
                        for text in (part.value,) if isinstance(part.value, Scalar) else texts_of(part.value):
                            self._check_hole(text, known)

    def _check_hole(self, text: Scalar, known: set[str]) -> None:
        for found in _HOLE.finditer(text.text):
            if found[1] not in known:
                self.findings.report("hole-unknown", text.place, hole=found[1], known=", ".join(sorted(known)))

    def input(self, local: Input, member: str) -> Input:
        low, high = self.end(local.low, member), self.end(local.high, member)
        broken = (low is None) is not (local.low is None) or (high is None) is not (local.high is None)
        if (low, high) != (local.low, local.high):
            self._check_first(local, member, low, high)
        return evolve(
            local, name=f"{member}_{local.name}", type="" if broken else local.type, low=low, high=high,
            column=self.filled(local.column, member), title=local.title.changed(partial(self.filled, member=member)),
            carried_from=self.full(local.carried_from, member) if local.carried_from else None,
        )  # fmt: skip

    def _check_first(self, local: Input, member: str, low: Literal | None, high: Literal | None) -> None:
        """Reports a first value outside of a range whose ends are the member's constants."""
        first = None if local.first is None else read_number(local.first.text)
        ends = [None if end is None else read_number(end.text) for end in (low, high)]
        if first is None or local.first is None:
            return
        if any(end is not None and (first < end if i == 0 else first > end) for i, end in enumerate(ends)):
            what = f"{member}_{local.name} · {as_spelled('first', self.findings.language)}"
            key = as_spelled("range", self.findings.language)
            self.findings.report("first-outside", local.first.place, what=what, text=local.first.text, key=key)

    def end(self, end: Literal | None, member: str) -> Literal | None:
        found = self.own(end, member)
        if found is not None and found is not end:
            scalar = Scalar(found.text, found.place)
            if not (values.is_date(found.text) or values.is_time(found.text)):
                return (
                    found
                    if values.number(self.findings, scalar, f"{self.family.name} · {member}") is not None
                    else None
                )
        return found

    def quantity(self, local: Quantity, member: str) -> Quantity:
        body = local.body
        if isinstance(body, TableOf):
            body = evolve(body, argument=self.full(body.argument, member))
        elif isinstance(body, WeightedMean):
            body = evolve(body, parts=tuple(self.part(p, member) for p in body.parts))
        about = local.indicator
        if isinstance(about, Indicator) and about.parent is not None:
            about = evolve(about, parent=self.full(about.parent, member))
        name = self.full(local.name, member) if local.role is Role.MEASURED else f"{member}_{local.name}"
        title = local.title.changed(partial(self.filled, member=member))
        return evolve(
            local, name=name, title=title, low=self.end(local.low, member),
            high=self.end(local.high, member), body=body, indicator=about, family=self.family.name, member=member,
        )  # fmt: skip

    def part(self, part: Part, member: str) -> Part:
        weight = part.weight
        if isinstance(weight, Literal):
            own = self.own(weight, member)
            if own is not None and own is not weight:
                scalar = Scalar(own.text, own.place)
                weight = (
                    own if values.percent(self.findings, scalar, f"{self.family.name} · {member}") is not None else None
                )
        return Part(self.full(part.name, member), weight, part.place)
