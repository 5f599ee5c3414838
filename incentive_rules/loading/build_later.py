"""Detail tables, groups and honours: what can be computed, and what is only read by this version."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ..base.text import nearest
from ..model.document import Entry, Item, Scalar
from ..model.scheme import Details, Input, Quantity
from . import values
from .build_inputs import inputs
from .build_quantities import quantities, read_later
from .build_tables import one_of
from .fields import Section, entries_of, note_hole, open_block
from .findings import Findings
from .formulas import formula
from .names import Names


@frozen
class Owners:
    """Whom a detail table can belong to: people (by their key), further tables, groups."""

    key: str | None
    others: frozenset[str]


def details(
    findings: Findings, names: Names, item: Item | None, missing_texts: tuple[str, ...], owners: Owners
) -> tuple[tuple[Details, ...], tuple[Quantity, ...]]:
    """The tables that belong to people alone, with the quantities of their rows; all others are for later."""
    tables: list[Details] = []
    found: list[Quantity] = []
    for entry in entries_of(findings, item):
        if not names.define(entry.key):
            continue
        section = open_block(findings, entry.value, "details", entry.key.text)
        if section is None:
            findings.later_names.append((entry.key.text, entry.key.place))
            continue
        mark = _why_later(section, owners)
        facts = inputs(findings, names, section.item("inputs"), missing_texts)
        own = quantities(findings, names, section.item("quantities"), entry.key.text)
        if mark is None:
            belongs = tuple(t.text for t in section.literals("belongs_to"))
            key = tuple(t.text for t in section.literals("key"))
            tables.append(Details(entry.key.text, belongs, facts, entry.key.place, key, section.text("title")))
            found.extend(own)
        else:
            findings.later(mark, entry.key.text, section.place_of(mark))
            findings.later_names.append((entry.key.text, entry.key.place))
            _names_for_later(findings, facts, own)
            _recorded(findings, names, section)
    return tuple(tables), tuple(found)


def _why_later(section: Section, owners: Owners) -> str | None:
    """The keyword that this version cannot compute, or None."""
    belongs = section.literals("belongs_to")
    for owner in belongs:
        known = [*owners.others, *([owners.key] if owners.key else [])]
        if owner.text not in known:
            near = nearest(owner.text, known, 1)
            section.findings.report(
                "belongs-unknown", owner.place, "near" if near else "", name=section.owner, owner=owner.text,
                near=near[0] if near else "", key=owners.key or "",
            )  # fmt: skip
    if "recorded" in section:
        return "recorded"
    return "belongs_to" if len(belongs) > 1 or any(o.text in owners.others for o in belongs) else None


def _names_for_later(findings: Findings, facts: Iterable[Input], own: Iterable[Quantity]) -> None:
    findings.later_names.extend((i.name, i.place) for i in facts)
    findings.later_names.extend((q.name, q.place) for q in own)


def _recorded(findings: Findings, names: Names, section: Section) -> None:
    for entry in section.named("recorded"):
        if names.define(entry.key):
            findings.later_names.append((entry.key.text, entry.key.place))


def groups(findings: Findings, names: Names, item: Item | None, missing_texts: tuple[str, ...]) -> None:
    """Tables with a key and no owner: read, and left for later."""
    for entry in entries_of(findings, item):
        section = _later_block(findings, names, entry, "data_group", "groups")
        if section is None:
            continue
        key = section.scalar("key")
        if key is not None and key.text not in names and names.define(key):
            findings.later_names.append((key.text, key.place))
        facts = inputs(findings, names, section.item("inputs"), missing_texts)
        _names_for_later(findings, facts, quantities(findings, names, section.item("quantities")))


def _later_block(findings: Findings, names: Names, entry: Entry, block: str, what: str) -> Section | None:
    if not names.define(entry.key):
        return None
    findings.later(what, entry.key.text, entry.key.place)
    findings.later_names.append((entry.key.text, entry.key.place))
    return open_block(findings, entry.value, block, entry.key.text)


def honors(findings: Findings, names: Names, item: Item | None) -> None:
    """Honours: every formula and word of them is read; nothing computes them yet."""
    for entry in entries_of(findings, item):
        section = _later_block(findings, names, entry, "honor", "honors")
        if section is None:
            continue
        read_later(section, "among", "award")
        for each in section.items("best_by"):
            if isinstance(each, Scalar) and note_hole(findings, each, section.path("best_by")) is None:
                findings.later_formulas.append(formula(findings, each))
        for key in ("ties", "empty_places", "every"):
            section.choice(key)
        section.flag("at_risk")
        _places(section)


def _places(section: Section) -> None:
    if isinstance(section.item("places"), Scalar) or section.item("places") is None:
        read_later(section, "places")
        return
    places = section.section("places")
    if places is None:
        return
    if one_of(places, ("share", "number")) == "share":
        scalar = places.scalar("share")
        if scalar is not None:
            values.percent(places.findings, scalar, places.path("share"))
        if "of" not in places:
            places.lacks("of", places.place_of("share"))
    places.choice("of")
    places.choice("rounding")
    read_later(places, "number", "at_least", "at_most")
