"""Checks the shape of a document against the JSON Schema of its keyword language.

It reports unknown and missing keys, wrong forms (a mapping where a text is due), unknown words, and keywords of the
other language. What a text says (numbers, dates, names) is checked where it is built.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from ...base.diagnostics import Diagnostic, Fix
from ...base.places import Place
from ...base.text import Guesses, fold
from ...base.words import both, is_chinese, list_separator
from ...lang.keywords import (
    ALL_BLOCKS,
    BLOCKS,
    CHOICES,
    TBD,
    Block,
    ByForm,
    ByKey,
    Entries,
    Field,
    Fields,
    Form,
    Items,
    Reads,
    TextAs,
    Vocabulary,
    example_of,
)
from ...model.document import Document, Entry, Item, Mapping, Scalar, Sequence
from ..yaml.hints import WIDE_BRACKETS, fullwidth_brackets
from .lenient import PlainDocument, as_list, validator

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_FOUND = {
    "Scalar": ("a text", "一段文字"), "Mapping": ("entries of its own", "下级条目"), "Sequence": ("a list", "列表"),
}  # fmt: skip
# Two numbers with anything between them that is no number: 0~50, [0、50], 0至50, 0-50.
_END = r"\s*(-?[0-9]+(?:\.[0-9]+)?%?)\s*"
_BOTH_ENDS = re.compile(rf"[\[(]?{_END}(?:[-~—–、;,/至到]|to|\.\.)+{_END}[\])]?")
_FORMS = {"object": "mapping", "array": "list", "string": "text"}


def check_shape(document: Document, language: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the shape, in document order; one finding for each fault."""
    errors = list(validator(language).iter_errors(_plain(document.root)))
    if not errors:
        return ()
    entries, guesses = _Index(), Guesses()
    found: list[Diagnostic] = []
    for error in _one_per_node(errors):
        found.extend(_Explained(document, language, error, entries, guesses).diagnostics())
    return tuple(sorted(found, key=lambda d: d.place.start if d.place else 0))


def _plain(item: Item) -> PlainDocument:
    match item:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [_plain(i) for i in items]
        case Mapping(entries=entries):
            return {e.key.text: _plain(e.value) for e in entries}


def _one_per_node(errors: list[ValidationError]) -> list[ValidationError]:
    """Keeps the outermost error of each node: a wrong form says all that the errors inside it would repeat."""
    seen: dict[tuple[object, ...], ValidationError] = {}
    for error in sorted(errors, key=lambda e: len(e.absolute_schema_path)):
        kind = error.validator if error.validator in ("required", "additionalProperties") else "form"
        seen.setdefault((*error.absolute_path, kind), error)
    return list(seen.values())


@cache
def _block_with(keys: tuple[str, ...], title: object, language: str) -> Block:
    """The block of a part of the schema: two may have the same keys, and mean other things by them."""
    same = (b for b in ALL_BLOCKS if tuple(f.spelling(language) for f in b.fields) == keys)
    return next(b for b in same if b.title(language) == title)


@cache
def _choice_of(words: tuple[str, ...], language: str) -> Vocabulary | None:
    return next((c for c in CHOICES if tuple(w.spelling(language) for w in c.words) == words), None)


class _Index:
    """The entries of mappings by their keys, made once for each mapping that holds an error."""

    def __init__(self) -> None:
        self._entries: dict[int, dict[str, Entry]] = {}

    def at(self, mapping: Mapping, key: object) -> Entry:
        if id(mapping) not in self._entries:
            self._entries[id(mapping)] = {e.key.text: e for e in mapping.entries}
        return self._entries[id(mapping)][str(key)]


class _Explained:
    """Words one error of the schema for the author, with its places."""

    def __init__(
        self, document: Document, language: str, error: ValidationError, entries: _Index, guesses: Guesses
    ) -> None:
        self.language = language
        self.guesses = guesses
        self.error = error
        self.key: Scalar | None = None  # the key of the node, the nearest one above a list item
        self.field: Field | None = None
        self.form: Form = Fields("scheme")
        node: Item = document.root
        for step in error.absolute_path:
            self.field, self.form = _within(self.form, step, node, language)
            if isinstance(node, Mapping):
                entry = entries.at(node, step)
                self.key, node = entry.key, entry.value
            elif isinstance(node, Sequence) and isinstance(step, int):
                node = node.items[step]
        self.node = node

    def diagnostics(self) -> Iterator[Diagnostic]:
        match str(self.error.validator):
            case "additionalProperties":
                yield from self.unknown_keys()
            case "required":
                yield from self.missing_keys()
            case "enum":
                yield self.unknown_word()
            case "minItems" if "maxItems" not in self.schema:
                yield Diagnostic("entries-none", self.place, {"what": self.what})
            case "minProperties":
                yield Diagnostic("entries-none", self.place, {"what": self.what})
            case "minItems" | "maxItems" if (ends := self.both_ends()) is not None:
                yield ends
            case "minItems" | "maxItems":
                yield Diagnostic("items-count", self.place, {"what": self.what, "count": str(self.schema["minItems"])})
            case _:
                yield self.wrong_form(self.schema.get("type", "object"))

    @property
    def schema(self) -> dict[str, object]:
        schema = self.error.schema
        assert isinstance(schema, dict)
        return schema

    @property
    def place(self) -> Place:
        return self.node.place

    @property
    def what(self) -> str:
        return self.key.text if self.key else ""

    def block(self) -> Block:
        properties = self.schema["properties"]
        assert isinstance(properties, dict)
        return _block_with(tuple(properties), self.schema["title"], self.language)

    def _entries(self) -> tuple[Entry, ...]:
        return self.node.entries if isinstance(self.node, Mapping) else ()

    def unknown_keys(self) -> Iterator[Diagnostic]:
        block = self.block()
        allowed = [f.spelling(self.language) for f in block.fields]
        taken = {e.key.text for e in self._entries()}
        for entry in self._entries():
            key = entry.key
            if key.text in allowed:
                continue
            meant = block.find(key.text, self.language)
            if meant is not None:
                spelling = meant.spelling(self.language)
                fixes = () if spelling in taken else (Fix(key.place, spelling),)
                yield Diagnostic(
                    "language-mixed", key.place, {"key": key.text, "own": spelling}, self.language, fixes=fixes
                )
                continue
            free = [k for k in allowed if k not in taken]
            near = self.meant_by(key.text, block, free, allowed)
            top = "" if self.key else "top"
            variant = "-".join(part for part in (top, "" if near else "far") if part)
            yield Diagnostic("key-unknown", key.place, {
                "key": key.text, "owner": self.what, "block_word": both(block.en, block.zh),
                "near": near[0] if near else "", "allowed": _listed(free or allowed, self.language),
            }, variant)  # fmt: skip

    def meant_by(self, key: str, block: Block, free: list[str], allowed: list[str]) -> tuple[str, ...]:
        """The field that an unknown key was probably meant for: rather one that is not written yet."""
        instead = (f.spelling(self.language) for f in block.fields if fold(key) in map(fold, f.instead.split()))
        if (meant := next(instead, None)) is not None:
            return (meant,)
        return self.guesses.nearest(key, free, 1) or self.guesses.nearest(key, allowed, 1)

    def missing_keys(self) -> Iterator[Diagnostic]:
        block = self.block()
        written = {e.key.text for e in self._entries()}
        place = self.key.place if self.key else self._entries()[0].key.place if self._entries() else self.place
        if isinstance(self.error.absolute_path[-1] if self.error.absolute_path else None, int):
            place = self._entries()[0].key.place if self._entries() else self.place
        allowed = [f.spelling(self.language) for f in block.fields]
        free = [k for k in allowed if k not in written]
        meant = {near for key in written - set(allowed) for near in self.meant_by(key, block, free, allowed)}
        for field in block.fields:
            if (
                field.required
                and not written & {field.key, field.chinese}
                and field.spelling(self.language) not in meant
            ):
                meaning = {
                    "meaning_word": both(field.meaning_en, field.meaning_zh),
                    "example": example_of(field, self.language) or "…",
                }
                yield Diagnostic(
                    "key-missing", place, {"key": field.spelling(self.language), "owner": self.what, **meaning},
                    "" if self.key else "top",
                )  # fmt: skip

    def unknown_word(self) -> Diagnostic:
        allowed = [str(word) for word in as_list(self.schema["enum"]) if word not in TBD]
        if not allowed:  # nothing but `tbd` is a text here
            is_list = isinstance(self.form, ByForm) and self.form.mapping is None and self.form.items is not None
            return self.wrong_form("array" if is_list else "object")
        if not isinstance(self.node, Scalar):
            return self.wrong_form("string")
        choice = _choice_of(tuple(allowed), self.language)
        foreign = choice.find(self.node.text) if choice else None
        if foreign is not None:
            own = foreign.spelling(self.language)
            return Diagnostic(
                "language-mixed",
                self.place,
                {"key": self.node.text, "own": own},
                fixes=(Fix(self.place, own),),
            )
        near = choice.meant_by(self.node.text, self.language) if choice else ""
        params = {
            "what": self.what, "word": self.node.text, "near": near,
            "allowed": _listed(allowed, self.language),
        }  # fmt: skip
        return Diagnostic("word-unknown", self.place, params, "" if near else "far")

    def both_ends(self) -> Diagnostic | None:
        """A range as people write it, `0~50`, `[0、50]` or `0至50`, and how it is written here."""
        items = self.form.items if isinstance(self.form, ByForm) else self.form
        of_range = isinstance(items, Items) and items.exactly == 2
        text = self.node.text if isinstance(self.node, Scalar) else None
        if isinstance(self.node, Sequence) and len(self.node.items) == 1 and isinstance(self.node.items[0], Scalar):
            text = self.node.items[0].text
        found = _BOTH_ENDS.fullmatch(unicodedata.normalize("NFKC", text)) if of_range and text else None
        if found is None:
            return None
        mended = f"[{found[1]}, {found[2]}]"
        params = {"what": self.what, "count": "2", "mended": f"{self.what}: {mended}"}
        return Diagnostic("items-count", self.place, params, "written", fixes=(Fix(self.place, mended),))

    def wrong_form(self, types: object) -> Diagnostic:
        ends = self.both_ends()
        if ends is not None:
            return ends
        if isinstance(self.node, Scalar) and self.node.text[:1] in set(WIDE_BRACKETS):
            return fullwidth_brackets(self.place.source, self.place.start, self.place.end)
        forms = [_FORMS[t] for t in as_list(types) if isinstance(t, str) and t in _FORMS]
        found = both(*_FOUND[type(self.node).__name__])
        example = _example(self.field, self.form, self.language)
        return Diagnostic(
            "shape-wrong",
            self.place,
            {"what": self.what, "found_word": found, "example": example},
            "-".join(sorted(forms)),
        )


def _within(form: Form, step: object, node: Item, language: str) -> tuple[Field | None, Form]:
    """The field (None for a name of the author) and the form of the node at `step` below `form`."""
    match form:
        case ByForm(text=text, mapping=mapping, items=items):
            inner = mapping if isinstance(node, Mapping) else items if isinstance(node, Sequence) else text
            return (None, form) if inner is None else _within(inner, step, node, language)
        case ByKey(key=key, then=then, otherwise=otherwise):
            spelling = BLOCKS[then.block].by_key[key].spelling(language)
            is_then = isinstance(node, Mapping) and node.get(spelling) is not None
            return _within(then if is_then else otherwise, step, node, language)
        case Fields(block=block):
            field = BLOCKS[block].find(str(step), language)
            return (field, field.form) if field else (None, form)
        case Entries(of=of) | Items(of=of):
            return None, of
        case _:
            return None, form


def _example(field: Field | None, form: Form, language: str) -> str:
    """An example of the value of a field, or of a name of the author."""
    if field is not None:
        return example_of(field, language) or "…"
    inner: Form | None = form
    if isinstance(form, ByForm):
        inner = form.mapping
    elif isinstance(form, ByKey):
        inner = form.otherwise
    if not isinstance(inner, Fields):
        return "…"
    fields = BLOCKS[inner.block].fields
    formulas = [f for f in fields if f.form == TextAs(Reads.FORMULA)]
    shown = [f for f in fields if f.required][:2] or formulas[:1] or fields[:1]
    return "{" + ", ".join(f"{f.spelling(language)}: {example_of(f, language) or '…'}" for f in shown) + "}"


def _listed(words: list[str], language: str) -> str:
    return list_separator(language).join(words)


def one_language(found: Iterable[Diagnostic], language: str) -> tuple[Diagnostic, ...]:
    """Joins all keywords of the other language into one finding, at the first of them, with all the mends."""
    found = tuple(found)
    mixed = sorted((d for d in found if d.code == "language-mixed"), key=lambda d: d.place.start if d.place else 0)
    if not mixed:
        return found
    first = mixed[0]
    variant = "-".join(
        part for part in ("zh" if is_chinese(language) else "", "many" if len(mixed) > 1 else "") if part
    )
    params = {**first.params, "count": str(len(mixed) - 1)}
    fixes = tuple(fix for d in mixed for fix in d.fixes)
    whole = Diagnostic(first.code, first.place, params, variant, fixes=fixes)
    return (*(d for d in found if d.code != "language-mixed"), whole)
