"""Compiles the JSON Schema that checks the shape of a document, in which every scalar is text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ...base.json_types import Json
from .json_schema import Schema, shipped_schema

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

PlainDocument: TypeAlias = "str | list[PlainDocument] | dict[str, PlainDocument]"


@cache
def validator(language: str) -> Validator:
    """The compiled schema.

    Patterns serve editors only: the reader of each place says more than a pattern can. Texts that can be
    nothing but right are passed over, which makes the check four times as fast.
    """
    from jsonschema import Draft7Validator
    from jsonschema.validators import extend

    known: dict[int, bool] = {}  # by the identity of a schema, which lives as long as the validator

    def passes(value: PlainDocument, schema: Json) -> bool:
        if not isinstance(value, str):
            return False
        key = id(schema)
        if key not in known:
            known[key] = _takes_any_text(schema)
        return known[key]

    def says_nothing(*_: object) -> Iterator[ValidationError]:
        yield from ()

    def properties(
        validator: Descending, fields: dict[str, Schema], instance: PlainDocument, schema: Schema
    ) -> Iterator[ValidationError]:
        if isinstance(instance, dict):
            for key, value in instance.items():
                if key in fields and not passes(value, fields[key]):
                    yield from validator.descend(value, fields[key], path=key, schema_path=key)

    unknown_keys = Draft7Validator.VALIDATORS["additionalProperties"]

    def additional(
        validator: Descending, rest: Schema | bool, instance: PlainDocument, schema: Schema
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
    """The part of a validator that the rules of a schema use."""

    def descend(
        self, instance: PlainDocument, schema: Schema, path: object = None, schema_path: object = None
    ) -> Iterable[ValidationError]: ...


def _takes_any_text(schema: Json) -> bool:
    """Whether every text satisfies `schema`, patterns apart."""
    if not isinstance(schema, dict) or "enum" in schema or "$ref" in schema:
        return False
    types = as_list(schema.get("type"))
    if "string" not in types:
        return False
    rules = [rule for rule in as_list(schema.get("allOf", [])) if isinstance(rule, dict)]
    return all("string" not in _condition(rule) or _takes_any_text(rule["then"]) for rule in rules)


def _condition(rule: Schema) -> list[object]:
    tested = rule.get("if")
    return as_list(tested.get("type")) if isinstance(tested, dict) else ["string"]


def as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]
