"""Reads purpose, objectives, principles and procedure, which are kept as they are written."""

from __future__ import annotations

from ...lang.keywords import BLOCKS, ByForm, ByKey, Entries, Field, Fields, Form, Items, Reads, TextAs
from ...model.document import Item, Mapping, Scalar, Sequence
from ...model.scheme import Literal, Note
from . import values
from .findings import LoadingLog
from .section import entries_of, open_block

KEPT = ("purpose", "objectives", "principles", "procedure")


def read_note(findings: LoadingLog, field: Field, item: Item) -> Note:
    """Reads one section as it is written; keywords become the English ones, and every text is checked by its field."""
    return _note(findings, field.key, field.form, item, field.spelling(findings.language))


def _note(findings: LoadingLog, key: str, form: Form, item: Item, what: str) -> Note:
    if isinstance(form, ByForm):
        form = (
            form.text if isinstance(item, Scalar) else form.mapping if isinstance(item, Mapping) else form.items
        ) or form
    match item:
        case Scalar():
            if isinstance(form, TextAs):
                _judge(findings, form, item, what)
            return Note(key, item.text, item.place)
        case Sequence(items=items):
            inner = form.of if isinstance(form, Items) else form
            return Note(key, "", item.place, tuple(_note(findings, "", inner, i, what) for i in items))
        case Mapping(entries=entries):
            notes: list[Note] = []
            for entry in entries:
                name, inner = entry.key.text, form.of if isinstance(form, Entries) else form
                if isinstance(form, Fields | ByKey):
                    found = BLOCKS[form.block if isinstance(form, Fields) else form.then.block].find(
                        name, findings.language
                    )
                    if found is None:
                        continue  # reported with the shape
                    name, inner = found.key, found.form
                notes.append(_note(findings, name, inner, entry.value, entry.key.text))
            return Note(key, "", item.place, tuple(notes))


def _judge(findings: LoadingLog, form: TextAs, item: Scalar, what: str) -> None:
    if values.is_hole(item):
        return
    if form.reads is Reads.NUMBER:
        values.number(findings, item, what)
    elif form.reads is Reads.PERCENT:
        values.percent(findings, item, what)
    elif form.reads is Reads.WHOLE:
        values.whole(findings, item, what)
    elif form.reads is Reads.DATE:
        values.day(findings, item, what)
    elif form.reads is Reads.FLAG:
        values.flag(findings, item, what)


def measured_by(findings: LoadingLog, objectives: Item | None) -> tuple[tuple[Note, tuple[Literal, ...]], ...]:
    """Each objective with the indicators that measure it; none if it does not name any."""
    found: list[tuple[Note, tuple[Literal, ...]]] = []
    for entry in entries_of(findings, objectives):
        section = open_block(findings, entry.value, "objective", entry.key.text)
        if section is not None:
            found.append(
                (Note(entry.key.text, section.title(), entry.key.place), section.literals("measured_by"))
            )
    return tuple(found)
