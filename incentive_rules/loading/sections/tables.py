"""Reads tables (rows by edge or word, nested levels, named outputs) and parameters, which are tables of one value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from ...base.diagnostics import Fix
from ...base.words import both, list_separator
from ...lang.keywords import BLOCKS, example_of
from ...model.document import Entry, Item, Mapping, Scalar
from ...model.scheme import Dated, Literal, Outputs, Parameter, Table, TableBody, TableKind, Tbd
from . import values
from .findings import LoadingLog
from .names import Names
from .section import Section, entries_of, literal, note_hole, open_block, path_of
from .values import NUMERIC_TYPES

T = TypeVar("T")
_FORMS = {"Scalar": ("a text", "一段文字"), "Sequence": ("a list", "列表")}  # as the check of the shape calls them
KINDS = tuple(kind.value for kind in TableKind)


def one_of(section: Section, keys: tuple[str, ...]) -> str | None:
    """The one of `keys` that is written; None, and reported, if none is, or several are."""
    found = [key for key in keys if key in section]
    listed = list_separator(section.findings.language).join(section.word(k) for k in keys)
    if len(found) > 1:
        section.findings.report(
            "keys-clash",
            section.place_of(found[1]),
            owner=section.owner,
            first=section.word(found[0]),
            second=section.word(found[1]),
        )
    elif not found and not section.strange:
        section.findings.report("keys-none", section.place, owner=section.owner, allowed=listed)
    return found[0] if found else None


# ── Bodies ────────────────────────────────────────────────────────────────────────────────────────


def table_body(section: Section, levels: int = 1, numeric: bool = False) -> TableBody | Tbd | None:
    """Reads the table in `section`; returns its first `tbd` instead if any cell is one."""
    reader = _Reader(section.findings, numeric)
    body = reader.body(section, levels)
    return reader.first_hole or body


class _Reader:
    """Reads one table; its results must be numbers if it is `numeric`."""

    def __init__(self, findings: LoadingLog, numeric: bool) -> None:
        self.findings = findings
        self.numeric = numeric
        self.first_hole: Tbd | None = None
        self.outputs: set[str] = set()  # the names that were judged

    def hole(self, item: Item, what: str) -> bool:
        found = note_hole(self.findings, item, what)
        self.first_hole = self.first_hole or found
        return found is not None

    def body(self, section: Section, levels: int) -> TableBody | None:
        word = one_of(section, KINDS)
        if word is None:
            return None
        rows_item = section.item(word)
        if rows_item is None or self.hole(rows_item, section.path(word)):
            return None
        kind = TableKind(word)
        rows = self.rows(kind, rows_item, levels, section.owner)
        otherwise = section.item("else")
        # One `else` covers any depth: named outputs stand there for every further key as well.
        names = {name for outputs in _outputs_of(rows) for name, _ in outputs.values if name}
        whole = isinstance(otherwise, Mapping) and {e.key.text for e in otherwise.entries} == names
        rest = None if otherwise is None else self.result(otherwise, 1 if whole else levels, kind, section.path("else"))
        return TableBody(kind, rows, rest, section.place_of(word))

    def rows(
        self, kind: TableKind, item: Item, levels: int, owner: str
    ) -> tuple[tuple[Literal, TableBody | Outputs], ...]:
        found: list[tuple[Literal, TableBody | Outputs]] = []
        for entry in entries_of(self.findings, item):
            result = self.result(entry.value, levels, kind, path_of(owner, entry.key.text))
            if result is not None:
                found.append((self.edge(kind, entry.key, owner), result))
        return tuple(found)

    def edge(self, kind: TableKind, key: Scalar, owner: str) -> Literal:
        """Reads an edge, as a number or a day if its kind asks for one; a mistyped one is kept as it was meant."""
        if kind is TableKind.EQUALS or values.is_date(key.text) or values.is_time(key.text):
            return literal(key)
        return self.number(key, owner)

    def number(self, scalar: Scalar, what: str) -> Literal:
        if values.number(self.findings, scalar, what) is None:
            return Literal(values.number_fault(scalar.text)[1] or "0", scalar.place)
        return Literal(scalar.text, scalar.place)

    def result(self, item: Item, levels: int, kind: TableKind, what: str) -> TableBody | Outputs | None:
        """Reads the result of a row: a further level, named outputs, or one constant."""
        if isinstance(item, Scalar):
            return None if self.hole(item, what) else Outputs((("", self.constant(item, kind, what)),), item.place)
        if not isinstance(item, Mapping):
            self.findings.wrong_forms.append(item.place)
            return None
        if levels > 1 or any(isinstance(e.value, Mapping) for e in item.entries):
            return self.level(item, levels - 1, what)
        outputs: list[tuple[str, Literal]] = []
        for entry in item.entries:
            self.output_name(entry)
            if isinstance(entry.value, Scalar) and not self.hole(entry.value, path_of(what, entry.key.text)):
                outputs.append((entry.key.text, self.constant(entry.value, kind, path_of(what, entry.key.text))))
        return Outputs(tuple(outputs), item.place)

    def level(self, item: Mapping, levels: int, what: str) -> TableBody | None:
        """Reads a further level: it begins with a keyword of tables, or its keys are words to compare with."""
        block = BLOCKS["table_in_place"]
        first = item.entries[0].key.text if item.entries else ""
        if block.find(first, self.findings.language) is not None:
            section = open_block(self.findings, item, block.name, what)
            if section is None:
                return None
            self.judge(section, item)
            return self.body(section, levels)
        return TableBody(TableKind.EQUALS, self.rows(TableKind.EQUALS, item, levels, what), None, item.place)

    def judge(self, section: Section, item: Mapping) -> None:
        """Checks the keywords and rows of a further level, which the check of the shape took for edges."""
        language = self.findings.language
        allowed = [field.spelling(language) for field in section.block.fields]
        for entry in item.entries:
            found = section.block.find(entry.key.text, language)
            text, place = entry.key.text, entry.key.place
            if found is None:
                near = self.findings.guesses.nearest(text, allowed, 1)
                self.findings.report(
                    "key-unknown", place, "" if near else "far", key=text, owner=section.owner,
                    block_word=both(section.block.en, section.block.zh), near=near[0] if near else "",
                    allowed=list_separator(language).join(allowed),
                )  # fmt: skip
            elif text != (own := found.spelling(language)):
                self.findings.report("language-mixed", place, language, fixes=(Fix(place, own),), key=text, own=own)
            if found is None or found.key not in KINDS or isinstance(entry.value, Mapping):
                continue
            if note_hole(self.findings, entry.value, section.path(found.key)) is None:
                self.findings.report(
                    "shape-wrong", entry.value.place, "mapping", what=text,
                    found_word=both(*_FORMS[type(entry.value).__name__]), example=example_of(found, language),
                )  # fmt: skip

    def output_name(self, entry: Entry) -> None:
        if entry.key.text not in self.outputs:
            self.outputs.add(entry.key.text)
            Names(self.findings).check(entry.key)

    def constant(self, scalar: Scalar, kind: TableKind, what: str) -> Literal:
        """Reads a result: a number if numbers are due; else a word, unless it was surely meant as a number."""
        draws = kind in (TableKind.POINTS, TableKind.SLICES)  # a line cannot run through a point that is missing
        must = draws or (self.numeric and not values.is_missing(scalar))
        plain = scalar.style not in ("single", "double")
        if must or (plain and values.looks_like_number(scalar.text)):
            return self.number(scalar, what)
        return literal(scalar)


def _outputs_of(rows: tuple[tuple[Literal, TableBody | Outputs], ...]) -> Iterator[Outputs]:
    for _, result in rows:
        if isinstance(result, Outputs):
            yield result
        else:
            yield from _outputs_of(result.rows)


# ── The sections `tables` and `parameters` ────────────────────────────────────────────────────────


def tables(findings: LoadingLog, names: Names, item: Item | None) -> tuple[Table, ...]:
    found: list[Table] = []
    for entry in entries_of(findings, item):
        if names.define(entry.key, called=True):
            found.append(_table(findings, entry))
    return tuple(found)


def _table(findings: LoadingLog, entry: Entry) -> Table:
    name = entry.key.text
    section = open_block(findings, entry.value, "table", name)
    if section is None:
        hole = note_hole(findings, entry.value, name)
        body: Dated[TableBody | Tbd] = Dated(((date.min, hole),)) if hole else Dated(())
        return Table(name, body, (), None, entry.key.place)
    keys = section.literals("keys")
    type_ = section.choice("type")
    return Table(
        name, _dated_body(section, max(1, len(keys)), type_ in NUMERIC_TYPES), tuple(k.text for k in keys),
        type_, entry.key.place, section.title(), section.text("unit") or None,
    )  # fmt: skip


def _dated_body(section: Section, levels: int, numeric: bool) -> Dated[TableBody | Tbd]:
    if "dated" not in section:
        body = table_body(section, levels, numeric)
        return Dated(((date.min, body),)) if body is not None else Dated(())
    one_of(section, ("dated", *KINDS))
    bodies: list[tuple[date, TableBody | Tbd]] = []
    for entry in section.named("dated"):
        owner = path_of(section.owner, entry.key.text)
        day = values.day(section.findings, entry.key, section.path("dated"))
        hole = note_hole(section.findings, entry.value, owner)
        inner = None if hole else open_block(section.findings, entry.value, "table_in_place", owner)
        found = hole or (table_body(inner, levels, numeric) if inner else None)
        if day is not None and found is not None:
            bodies.append((day, found))
    return _in_time(section, bodies)


def _in_time(section: Section, values_: list[tuple[date, T]]) -> Dated[T]:
    """Sorts dated values by their first days."""
    ordered = tuple(sorted(values_, key=lambda pair: pair[0]))
    return Dated(ordered, section.choice("changes_inside") == "first_day")


def parameters(findings: LoadingLog, names: Names, item: Item | None) -> tuple[Parameter, ...]:
    found: list[Parameter] = []
    for entry in entries_of(findings, item):
        if names.define(entry.key):
            found.append(_parameter(findings, entry))
    return tuple(found)


def _parameter(findings: LoadingLog, entry: Entry) -> Parameter:
    name, place = entry.key.text, entry.key.place
    if isinstance(entry.value, Scalar):
        value = typed_constant(findings, entry.value, name, None)
        return Parameter(name, Dated(((date.min, value),)), None, place)
    section = open_block(findings, entry.value, "parameter", name)
    if section is None:
        return Parameter(name, Dated(()), None, place)
    one_of(section, ("is", "dated"))
    type_ = section.choice("type")
    dated: list[tuple[date, Literal | Tbd]] = []
    if "dated" in section:
        for row in section.named("dated"):
            day = values.day(findings, row.key, section.path("dated"))
            if day is not None and isinstance(row.value, Scalar):
                dated.append((day, typed_constant(findings, row.value, path_of(name, row.key.text), type_)))
    elif isinstance(given := section.item("is"), Scalar):
        dated.append((date.min, typed_constant(findings, given, section.path("is"), type_)))
    return Parameter(
        name, _in_time(section, dated), type_, place,
        section.title(), section.text("unit") or None, section.text("source"),
    )  # fmt: skip


def typed_constant(findings: LoadingLog, scalar: Scalar, what: str, type_: str | None) -> Literal | Tbd:
    """Reads a constant of a declared type, or of none; a mistyped one is reported and kept as it was meant."""
    hole = note_hole(findings, scalar, what)
    if hole is not None:
        return hole
    if type_ in NUMERIC_TYPES or (type_ is None and scalar.style == "plain" and values.looks_like_number(scalar.text)):
        if values.number(findings, scalar, what) is None:
            return Literal(values.number_fault(scalar.text)[1] or "0", scalar.place)
    elif type_ == "boolean":
        values.flag(findings, scalar, what)
    elif type_ == "date":
        values.day(findings, scalar, what)
    return literal(scalar)
