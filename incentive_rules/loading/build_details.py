"""Detail tables: whose rows they are, what tells them apart, and tables of earlier periods."""

from __future__ import annotations

from ..base.text import nearest
from ..model.document import Item, Scalar
from ..model.scheme import Details, Quantity, Recorded, Role
from .build_inputs import inputs
from .build_quantities import quantities
from .collecting import Collections
from .fields import Section, entries_of, open_block
from .findings import Findings
from .names import Names, full_name


def details(
    findings: Findings, names: Names, item: Item | None, missing_texts: tuple[str, ...], known: Collections,
    lost: frozenset[str],
) -> tuple[tuple[Details, ...], tuple[Quantity, ...]]:  # fmt: skip
    """The detail tables, with the quantities of their rows; `lost` are names in sections that nobody knows."""
    tables: list[Details] = []
    found: list[Quantity] = []
    for entry in entries_of(findings, item):
        if not names.define(entry.key):
            continue
        name = entry.key.text
        section = open_block(findings, entry.value, "details", name)
        if section is None:
            findings.later_names.append((name, entry.key.place))
            continue
        owners = _owners(section, known, lost)
        facts = inputs(findings, names, section.item("inputs"), missing_texts)
        own = (
            *_recorded(findings, names, section, name),
            *quantities(findings, names, section.item("quantities"), known, name),
        )
        table = Details(
            name, owners, facts, entry.key.place, tuple(t.text for t in section.literals("key")),
            section.text("title"), "recorded" in section, section.choice("gaps") or "refuse",
            section.choice("without_owner") or "refuse",
        )  # fmt: skip
        tables.append(table)
        found.extend(own)
        mark = "recorded" if "recorded" in section else "belongs_to" if owners not in ((known.key,), ()) else None
        if mark is not None:
            findings.later(mark, name, section.place_of(mark))
    return tuple(tables), tuple(found)


def _owners(section: Section, known: Collections, lost: frozenset[str]) -> tuple[str, ...]:
    """The owners by the names of their levels; one that nobody knows is reported."""
    found: list[str] = []
    for owner in section.literals("belongs_to"):
        if owner.text in known.words:
            found.append(known.resolved(owner.text))
        elif owner.text not in lost:
            near = nearest(owner.text, known.words, 1)
            section.findings.report(
                "belongs-unknown", owner.place, "near" if near else "", name=section.owner, owner=owner.text,
                near=near[0] if near else "", key=known.key or "",
            )  # fmt: skip
    return tuple(dict.fromkeys(found))


def _recorded(findings: Findings, names: Names, section: Section, table: str) -> tuple[Quantity, ...]:
    """What each row of a recorded table holds: for each local name the quantity that it had in that period."""
    found: list[Quantity] = []
    for entry in section.named("recorded"):
        if not names.define(entry.key):
            continue
        source = entry.value if isinstance(entry.value, Scalar) else None
        body = Recorded(full_name(source.text), source.place) if source else None
        found.append(Quantity(entry.key.text, Role.RECORDED, body, entry.key.place, table=table))
    return tuple(found)
