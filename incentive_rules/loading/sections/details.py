"""Reads detail tables: to whom their rows belong, by what key they differ, and tables of earlier periods."""

from __future__ import annotations

import re
from collections.abc import Mapping as Mapped

from attrs import frozen

from ...base.diagnostics import Fix
from ...base.places import Place
from ...base.text import nearest
from ...lang.functions import MEANS_PEOPLE
from ...lang.made_names import full_name
from ...model.document import Entry, Item, Scalar
from ...model.scheme import Details, Literal, Quantity, Recorded, Role
from .findings import LoadingLog
from .inputs import inputs_of_rows
from .known_collections import Collections
from .names import Names
from .owners import Links, without_circles
from .quantities import quantities
from .section import Section, clash, entries_of, open_block


@frozen
class DetailsRead:
    """The detail tables, the quantities of their rows, and the places where each table names its owners."""

    tables: tuple[Details, ...]
    quantities: tuple[Quantity, ...]
    links: Links


def details(
    findings: LoadingLog, names: Names, item: Item | None, missing_texts: tuple[str, ...], known: Collections
) -> DetailsRead:
    """The detail tables of a document."""
    tables: list[Details] = []
    found: list[Quantity] = []
    links: dict[tuple[str, str], Place] = {}
    for entry in entries_of(findings, item):
        if not names.define(entry.key):
            continue
        name = entry.key.text
        section = open_block(findings, entry.value, "details", name)
        if section is None:
            findings.lose(entry.key)
            continue
        owners, whole = _owners(section, known)
        if "recorded" in section:
            owners = _of_people(section, owners, known)
        links |= {(name, owner): place for owner, place in owners.items()}
        facts = inputs_of_rows(findings, names, section, missing_texts)
        own = (*_recorded(names, section), *quantities(findings, names, section.item("quantities"), known, name))
        if not whole:  # whose rows they are is not known, so nothing of them can be computed
            findings.lose(entry.key, *facts, *own)
            continue
        table = Details(
            name, tuple(owners), facts, entry.key.place, tuple(t.text for t in section.literals("key")),
            section.title(), "recorded" in section, section.choice("gaps") or "refuse",
            section.choice("without_owner") or "refuse",
        )  # fmt: skip
        tables.append(table)
        found.extend(own)
    return DetailsRead(without_circles(findings, tuple(tables), links), tuple(found), links)


def _owners(section: Section, known: Collections) -> tuple[Mapped[str, Place], bool]:
    """The owners by the names of their levels, each with its place; and whether all of them are known."""
    found: dict[str, Place] = {}
    whole = True
    for owner in section.literals("belongs_to"):
        if owner.text in known.words:
            found.setdefault(known.resolved(owner.text), owner.place)
            continue
        whole = False
        if owner.text not in known.lost:
            _unknown(section, owner, known)
    return found, whole


def _unknown(section: Section, owner: Literal, known: Collections) -> None:
    """Reports an unknown owner; the report of several in one text says how a list is written."""
    parts = [part for part in re.split("[、，,;；/+ ]+", owner.text) if part]
    several = len(parts) > 1 and all(part in known.words for part in parts)
    words = [word for word in known.words if word != section.owner]
    near = (known.key,) if known.key and owner.text.casefold() in MEANS_PEOPLE else nearest(owner.text, words, 1)
    variant = "list" if several else "missing" if owner.text in known.doubtful else "near" if near else ""
    mended = f"[{', '.join(parts)}]"
    section.findings.report(
        "belongs-unknown", owner.place, variant, fixes=(Fix(owner.place, mended),) if several else (),
        name=section.owner, owner=owner.text, near=near[0] if near else "", key=known.key or "", mended=mended,
    )  # fmt: skip


# ── Tables of earlier periods ─────────────────────────────────────────────────────────────────────


def _of_people(section: Section, owners: Mapped[str, Place], known: Collections) -> Mapped[str, Place]:
    """The owners of a recorded table: only people may own one; others are reported."""
    other = next((place for owner, place in owners.items() if owner != known.key), None)
    if other is not None:
        section.findings.report("recorded-owner", other, name=section.owner, key=known.key or "")
    return {known.key: section.place_of("belongs_to")} if known.key else {}


def _recorded(names: Names, section: Section) -> tuple[Quantity, ...]:
    """The quantities of a row of a recorded table: for each local name the quantity that it had in that period."""
    if "recorded" not in section:
        if "gaps" in section:
            section.lacks("recorded", section.place_of("gaps"))
        return ()
    clash(section, "recorded", ("inputs", "without_owner", "key"))
    made = (_recorded_name(names, entry, section.owner) for entry in section.named("recorded"))
    return tuple(one for one in made if one is not None)


def _recorded_name(names: Names, entry: Entry, table: str) -> Quantity | None:
    if not names.define(entry.key):
        return None
    source = entry.value if isinstance(entry.value, Scalar) else None
    body = Recorded(full_name(source.text), source.place) if source else None
    return Quantity(entry.key.text, Role.RECORDED, body, entry.key.place, table=table)
