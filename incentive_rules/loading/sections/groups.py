"""Reads groups (tables with a key and no owner) and selections (names for some rows of a collection)."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Mapped

from ...base.diagnostics import Other
from ...base.text import nearest
from ...lang.functions import EVERYONE
from ...lang.keywords.words import TYPE
from ...model.document import Item, Scalar
from ...model.scheme import Formula, Group, Input, Quantity, Selection
from .findings import LoadingLog
from .inputs import inputs_of_rows
from .known_collections import Collections
from .names import Names
from .quantities import quantities
from .section import Section, entries_of, open_block, texts_of

# ── The section `groups` ──────────────────────────────────────────────────────────────────────────


def groups(
    findings: LoadingLog, names: Names, item: Item | None, missing_texts: tuple[str, ...], known: Collections,
    before: Iterable[Input],
) -> tuple[tuple[Group, ...], tuple[Quantity, ...]]:  # fmt: skip
    """The tables of groups and the quantities of their rows; `before` are the inputs of people and of details."""
    read: list[tuple[Scalar, Section, Scalar, tuple[Input, ...], tuple[Quantity, ...]]] = []
    for entry in entries_of(findings, item):
        if not names.define(entry.key):
            continue
        section = open_block(findings, entry.value, "data_group", entry.key.text)
        if section is None:
            findings.lose(entry.key)
            continue
        key = section.scalar("key")
        facts = inputs_of_rows(findings, names, section, missing_texts)
        own = quantities(findings, names, section.item("quantities"), known, key.text if key else None)
        if key is None:
            findings.lose(entry.key, *facts, *own, *texts_of(entry.value))
            continue
        read.append((entry.key, section, key, facts, own))
    # A key may be a category of people, of rows or of other groups, wherever that stands.
    inputs = {i.name: i for i in (*before, *(i for *_, facts, _ in read for i in facts))}
    tables: list[Group] = []
    found: list[Quantity] = []
    for name, section, key, facts, own in read:
        if _good_key(findings, names, name.text, key, tables, inputs, known):
            tables.append(Group(name.text, key.text, facts, name.place, key.place, section.title()))
            found.extend(own)
        else:
            findings.lose(name, *facts, *own)
    return tuple(tables), tuple(found)


def _good_key(
    findings: LoadingLog, names: Names, table: str, key: Scalar, before: list[Group], inputs: Mapped[str, Input],
    known: Collections,
) -> bool:  # fmt: skip
    """Whether `key` is a new name, or a category of people, rows or groups; reported if not."""
    twin = next((g for g in before if g.key == key.text), None)
    if twin is not None:
        others = (Other(twin.key_place, f"`{key.text}`"),)
        findings.report("name-twice", key.place, "group", others=others, name=key.text)
        return False
    same = inputs.get(key.text)
    if same is None:
        return names.define(key)
    of_people = key.text == known.key
    if same.type in ("category", "key", "") and not of_people:  # one that is broken was reported
        return True
    type_ = next(w for w in TYPE.words if w.english == same.type).spelling(findings.language)
    others = (Other(same.place, f"`{key.text}`"),)
    findings.report(
        "group-key", key.place, "key" if of_people else "", others=others, name=key.text, table=table, type=type_
    )
    return False


# ── The section `selections` ──────────────────────────────────────────────────────────────────────


def selections(
    findings: LoadingLog, names: Names, item: Item | None, known: Collections, others: Iterable[str]
) -> tuple[Selection, ...]:
    """The selections; `others` are names to aggregate over that are no levels: families, groups of indicators."""
    able = (*known.words, *others, *EVERYONE)
    found: list[Selection] = []
    for entry in entries_of(findings, item):
        if not names.define(entry.key):
            continue
        section = open_block(findings, entry.value, "selection", entry.key.text)
        over = section.scalar("over") if section else None
        if section is None or over is None:
            findings.lose(entry.key)
            continue
        where = section.formula("where")
        if over.text not in able and over.text not in known.lost:
            near = nearest(over.text, able, 1)
            findings.report(
                "selection-over", over.place, "near" if near else "", name=entry.key.text, over=over.text,
                near=near[0] if near else "",
            )  # fmt: skip
            findings.lose(entry.key)
            continue
        condition = where if isinstance(where, Formula) else None
        found.append(Selection(entry.key.text, known.resolved(over.text), condition, entry.key.place, over.place))
    return tuple(found)
