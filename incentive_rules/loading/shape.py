"""The shape of a document, judged by the JSON Schema of its keyword language.

Unknown and missing keys, wrong forms (a mapping where a text is due), unknown words, and keywords of
the other language. What a text says inside its place (numbers, dates, names) is judged where it is built.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ..base.diagnostics import Diagnostic, Fix
from ..base.places import Place
from ..base.text import nearest
from ..base.words import both
from ..lang.keywords import ALL_BLOCKS, CHOICES, TBD, Block, Choice, example_of
from ..model.document import Document, Entry, Item, Mapping, Scalar, Sequence
from .schema_writer import Json, Schema, shipped_schema

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

_FOUND = {
    "Scalar": ("a text", "一段文字"), "Mapping": ("entries of its own", "下级条目"), "Sequence": ("a list", "列表"),
}  # fmt: skip
_FORMS = {"object": "mapping", "array": "list", "string": "text"}


def check_shape(document: Document, language: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the shape, in document order; one finding for each fault."""
    errors = list(_validator(language).iter_errors(_plain(document.root)))
    if not errors:
        return ()
    found = [d for error in _one_per_node(errors) for d in _Explained(document, language, error).diagnostics()]
    return tuple(sorted(found, key=lambda d: d.place.start if d.place else 0))


def _plain(item: Item) -> Plain:
    match item:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [_plain(i) for i in items]
        case Mapping(entries=entries):
            return {e.key.text: _plain(e.value) for e in entries}


@cache
def _validator(language: str) -> Validator:
    """The compiled schema.

    Patterns serve editors only: the reader of each place says more than a pattern can. Texts that can be
    nothing but right are passed over, which makes the check four times as fast.
    """
    from jsonschema import Draft7Validator
    from jsonschema.validators import extend

    known: dict[int, bool] = {}  # by the identity of a schema, which lives as long as the validator

    def passes(value: Plain, schema: Json) -> bool:
        if not isinstance(value, str):
            return False
        key = id(schema)
        if key not in known:
            known[key] = _takes_any_text(schema)
        return known[key]

    def says_nothing(*_: object) -> Iterator[ValidationError]:
        yield from ()

    def properties(
        validator: Descending, fields: dict[str, Schema], instance: Plain, schema: Schema
    ) -> Iterator[ValidationError]:
        if isinstance(instance, dict):
            for key, value in instance.items():
                if key in fields and not passes(value, fields[key]):
                    yield from validator.descend(value, fields[key], path=key, schema_path=key)

    unknown_keys = Draft7Validator.VALIDATORS["additionalProperties"]

    def additional(
        validator: Descending, rest: Schema | bool, instance: Plain, schema: Schema
    ) -> Iterator[ValidationError]:
        if isinstance(rest, bool) or "properties" in schema:
            yield from unknown_keys(validator, rest, instance, schema)
        elif isinstance(instance, dict):
            for key, value in instance.items():
                if not passes(value, rest):
                    yield from validator.descend(value, rest, path=key)

    rules = {
        "pattern": says_nothing, "propertyNames": says_nothing,
        "properties": properties, "additionalProperties": additional,
    }  # fmt: skip
    lenient: type[Validator] = extend(Draft7Validator, rules)  # type: ignore[no-untyped-call]
    return lenient(json.loads(shipped_schema(language)))


class Descending(Protocol):
    """What the rules of a schema need of their validator."""

    def descend(
        self, instance: Plain, schema: Schema, path: object = None, schema_path: object = None
    ) -> Iterable[ValidationError]: ...


def _takes_any_text(schema: Json) -> bool:
    """Whether every text meets `schema`, patterns apart."""
    if not isinstance(schema, dict) or "enum" in schema or "$ref" in schema:
        return False
    types = _list(schema.get("type"))
    if "string" not in types:
        return False
    rules = [rule for rule in _list(schema.get("allOf", [])) if isinstance(rule, dict)]
    return all("string" not in _condition(rule) or _takes_any_text(rule["then"]) for rule in rules)


def _condition(rule: Schema) -> list[object]:
    tested = rule.get("if")
    return _list(tested.get("type")) if isinstance(tested, dict) else ["string"]


def _one_per_node(errors: list[ValidationError]) -> list[ValidationError]:
    """At one node only the outermost rule speaks: a wrong form says all that its inner rules would repeat."""
    seen: dict[tuple[object, ...], ValidationError] = {}
    for error in sorted(errors, key=lambda e: len(e.absolute_schema_path)):
        kind = error.validator if error.validator in ("required", "additionalProperties") else "form"
        seen.setdefault((*error.absolute_path, kind), error)
    return list(seen.values())


@cache
def _block_with(keys: tuple[str, ...], language: str) -> Block:
    return next(b for b in ALL_BLOCKS if tuple(f.spelling(language) for f in b.fields) == keys)


@cache
def _choice_of(words: tuple[str, ...], language: str) -> Choice | None:
    return next((c for c in CHOICES if tuple(w.spelling(language) for w in c.words) == words), None)


class _Explained:
    """One error of the schema, told with places and in the author's words."""

    def __init__(self, document: Document, language: str, error: ValidationError) -> None:
        self.language = language
        self.error = error
        self.key: Scalar | None = None  # the key of the node, the nearest one above a list item
        self.owner: str = ""  # the author's name or keyword of the block in which a key is wrong
        node: Item = document.root
        for step in error.absolute_path:
            if isinstance(node, Mapping):
                entry = next(e for e in node.entries if e.key.text == step)
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
        return _block_with(tuple(properties), self.language)

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
            near = nearest(key.text, free, 1) or nearest(key.text, allowed, 1)
            top = "" if self.key else "top"
            variant = "-".join(part for part in (top, "" if near else "far") if part)
            yield Diagnostic("key-unknown", key.place, {
                "key": key.text, "owner": self.what, "block_word": both(block.en, block.zh),
                "near": near[0] if near else "", "allowed": _listed(free or allowed, self.language),
            }, variant)  # fmt: skip

    def missing_keys(self) -> Iterator[Diagnostic]:
        block = self.block()
        written = {e.key.text for e in self._entries()}
        place = self.key.place if self.key else self._entries()[0].key.place if self._entries() else self.place
        if isinstance(self.error.absolute_path[-1] if self.error.absolute_path else None, int):
            place = self._entries()[0].key.place if self._entries() else self.place
        for field in block.fields:
            if field.required and not written & {field.key, field.chinese}:
                meaning = {
                    "meaning_word": both(field.meaning_en, field.meaning_zh),
                    "example": example_of(field, self.language) or "…",
                }
                yield Diagnostic(
                    "key-missing", place, {"key": field.spelling(self.language), "owner": self.what, **meaning},
                    "" if self.key else "top",
                )  # fmt: skip

    def unknown_word(self) -> Diagnostic:
        allowed = [str(word) for word in _list(self.schema["enum"]) if word not in TBD]
        if not allowed:  # nothing but `tbd` is a text here
            return self.wrong_form("object")
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
        near = nearest(self.node.text, allowed, 1)
        params = {
            "what": self.what, "word": self.node.text, "near": near[0] if near else "",
            "allowed": _listed(allowed, self.language),
        }  # fmt: skip
        return Diagnostic("word-unknown", self.place, params, "" if near else "far")

    def wrong_form(self, types: object) -> Diagnostic:
        forms = [_FORMS[t] for t in _list(types) if isinstance(t, str) and t in _FORMS]
        found = both(*_FOUND[type(self.node).__name__])
        block = _example_of(self.what, self.language)
        return Diagnostic(
            "shape-wrong",
            self.place,
            {"what": self.what, "found_word": found, "example": block},
            "-".join(sorted(forms)),
        )


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def _example_of(key: str, language: str) -> str:
    """How the value of a keyword may look; empty for the author's own names."""
    for block in ALL_BLOCKS:
        field = block.find(key, language)
        if field is not None and field.example:
            return example_of(field, language)
    return ""


def _listed(words: list[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(words)


def one_language(found: Iterable[Diagnostic], language: str) -> tuple[Diagnostic, ...]:
    """All keywords of the other language as one finding, at the first of them, with all the mends."""
    found = tuple(found)
    mixed = sorted((d for d in found if d.code == "language-mixed"), key=lambda d: d.place.start if d.place else 0)
    if not mixed:
        return found
    first = mixed[0]
    variant = "-".join(part for part in ("zh" if language == "zh" else "", "many" if len(mixed) > 1 else "") if part)
    params = {**first.params, "count": str(len(mixed) - 1)}
    fixes = tuple(fix for d in mixed for fix in d.fixes)
    whole = Diagnostic(first.code, first.place, params, variant, fixes=fixes)
    return (*(d for d in found if d.code != "language-mixed"), whole)
