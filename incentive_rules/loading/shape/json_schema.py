"""The JSON Schemas of a scheme, one per keyword language, made from the keyword table.

They serve editors (completion, hover, squiggles) and our own check of the shape alike. Draft-07
keywords, kinds told apart by `if`/`then`, never `oneOf`, so that an error always stands at its node.
Editors type YAML scalars themselves, so a number may come as a number or as text.
`python docs/make_reference.py` writes them anew.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import TypeAlias

from ...base.json_types import Json
from ...base.words import in_language
from ...lang.keywords import (
    ALL_BLOCKS,
    OPEN_BLOCKS,
    TBD,
    Block,
    ByForm,
    ByKey,
    Entries,
    Field,
    Fields,
    Form,
    Items,
    OneOf,
    Reads,
    TableRows,
    TextAs,
    Vocabulary,
    example_of,
)  # fmt: skip
from ...lang.keywords.words import BETTER, EXACT, FLAGS, NEAR

Schema: TypeAlias = dict[str, Json]

_PLAIN = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_HOLE = "|".join(TBD)
_WORDY: list[Json] = ["string", "number", "boolean"]
_SCALAR: Schema = {"type": _WORDY}
# A name in a formula: no space, no sign, no digit in front. Loading says precisely what is wrong.
_SIGNS = r"""\s.,:;+*/%()<>='"!?@#&|{}\[\]`~^\\\-"""  # no escape that ECMA-262 does not know
_NAME = f"^[^0-9{_SIGNS}][^{_SIGNS}]*$"


def _pattern(of: str, *types: Json) -> Schema:
    return {"type": ["string", *types] if types else "string", "pattern": f"^({of}|{_HOLE})$"}


def _text(reads: Reads, language: str) -> Schema:
    better = "|".join(word.spelling(language) for word in BETTER.words)
    near = in_language(language, *NEAR)
    exact = "|".join(word.spelling(language) for word in EXACT.words)
    forms: dict[Reads, Schema] = {
        Reads.TEXT: _SCALAR,
        Reads.FORMULA: _SCALAR,
        Reads.CONSTANT: _SCALAR,
        Reads.NAME: _SCALAR,
        Reads.NUMBER: _pattern(_PLAIN + "%?", "number"),
        Reads.PERCENT: _pattern(_PLAIN + "%"),
        Reads.WHOLE: _pattern("0|[1-9][0-9]*", "integer"),
        Reads.DECIMALS: _pattern(rf"[0-9]|1[0-5]|{exact}", "integer"),
        Reads.DATE: _pattern(_DAY),
        Reads.DAY_OF_YEAR: _pattern(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
        Reads.PERIOD: _pattern(r"[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?", "integer"),
        Reads.FLAG: _pattern("|".join(FLAGS), "boolean"),
        Reads.BETTER: _pattern(f"{better}|{near} .+"),
        Reads.CURRENCY: _pattern("[A-Z]{3}"),
        Reads.HOLE: {"enum": list(TBD)},
    }
    return forms[reads]


def _choice(choice: Vocabulary, language: str) -> Schema:
    words: list[Json] = [word.spelling(language) for word in choice.words]
    return {"enum": [*words, *TBD]}


def _by_form(form: ByForm, language: str) -> Schema:
    """The rules of a value of several forms: first that its form is allowed, then the rules of that form."""
    kinds: list[tuple[Json, Form]] = []
    if form.mapping is not None:
        kinds.append(("object", form.mapping))
    if form.items is not None:
        kinds.append(("array", form.items))
    if form.text is not None:
        kinds.append((_WORDY, form.text))
    allowed: list[Json] = []
    rules: list[Json] = []
    for kind, what in kinds:
        allowed.extend(kind if isinstance(kind, list) else [kind])
        rules.append({"if": {"type": kind}, "then": _form(what, language)})
    return {"type": allowed, "allOf": rules}


def _form(form: Form, language: str) -> Schema:
    match form:
        case TextAs(reads=reads):
            return _text(reads, language)
        case OneOf(choice=choice):
            return _choice(choice, language)
        case Items(of=of, exactly=exactly, least=least):
            counts: Schema = {"minItems": least} if least else {}
            if exactly is not None:
                counts = {"minItems": exactly, "maxItems": exactly}
            return {"type": "array", "items": _form(of, language), **counts}
        case Entries(of=of, names=names, least=least):
            only: Schema = {"propertyNames": {"pattern": _NAME}} if names else {}
            if least:
                only["minProperties"] = least
            return {"type": "object", "additionalProperties": _form(of, language), **only}
        case TableRows():
            return {"$ref": "#/definitions/rows"}
        case Fields(block=block):
            return {"$ref": f"#/definitions/{block}"}
        case ByForm():
            return _by_form(form, language)
        case ByKey(then=then, otherwise=otherwise):
            return {"$ref": f"#/definitions/{then.block}_or_{otherwise.block}"}


def _described(field: Field, language: str) -> Schema:
    meaning = in_language(language, field.meaning_en, field.meaning_zh)
    if isinstance(field.form, OneOf):
        lines = [
            f"{w.spelling(language)}: {in_language(language, w.meaning_en, w.meaning_zh)}"
            for w in field.form.choice.words
            if w.meaning_en
        ]
        meaning = "\n".join([meaning, *lines])
    if field.example:
        sign = in_language(language, "for example", "例如")
        meaning = f"{meaning}\n{sign}: {example_of(field, language)}"
    inner = _form(field.form, language)
    # Draft-07 ignores whatever stands beside a `$ref`.
    return {"description": meaning, "allOf": [inner]} if "$ref" in inner else {"description": meaning, **inner}


def _block(block: Block, language: str) -> Schema:
    required: list[Json] = [f.spelling(language) for f in block.fields if f.required]
    return {
        "title": block.title(language),
        "type": "object",
        "properties": {f.spelling(language): _described(f, language) for f in block.fields},
        **({"required": required} if required else {}),
        "additionalProperties": _SCALAR if block.name in OPEN_BLOCKS else False,
    }


def _choices_by_key(form: Form) -> list[ByKey]:
    match form:
        case ByKey():
            return [form]
        case Items(of=of) | Entries(of=of):
            return _choices_by_key(of)
        case ByForm(text=a, mapping=b, items=c):
            return [found for part in (a, b, c) if part is not None for found in _choices_by_key(part)]
        case _:
            return []


def schema_of(language: str) -> Schema:
    """The JSON Schema of a scheme with `zh` or `en` keywords."""
    definitions: Schema = {
        "rows": {"type": "object", "minProperties": 1, "additionalProperties": {"type": [*_WORDY, "object"], "allOf": [
            {"if": {"type": "object"}, "then": {"$ref": "#/definitions/rows"}},
        ]}},
    }  # fmt: skip
    for block in ALL_BLOCKS[1:]:
        definitions[block.name] = _block(block, language)
        for field in block.fields:
            for choice in _choices_by_key(field.form):
                key = _spelling(choice, language)
                definitions[f"{choice.then.block}_or_{choice.otherwise.block}"] = {
                    "type": "object",
                    "if": {"required": [key]},
                    "then": {"$ref": f"#/definitions/{choice.then.block}"},
                    "else": {"$ref": f"#/definitions/{choice.otherwise.block}"},
                }
    top = ALL_BLOCKS[0]
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_block(top, language), "definitions": definitions}


def _spelling(choice: ByKey, language: str) -> str:
    block = next(b for b in ALL_BLOCKS if b.name == choice.then.block)
    return block.by_key[choice.key].spelling(language)


def schema_text(language: str) -> str:
    """The schema as it is shipped: readable JSON."""
    return json.dumps(schema_of(language), ensure_ascii=False, indent=1) + "\n"


def schema_name(language: str) -> str:
    """The file name of the schema: `incentive_rules.schema.json`, `incentive_rules.zh.schema.json`."""
    return in_language(language, "incentive_rules.schema.json", "incentive_rules.zh.schema.json")


def shipped_schema(language: str) -> str:
    """The text of the schema that the package ships."""
    return resources.files(__package__).joinpath("schema", schema_name(language)).read_text(encoding="utf-8")


def write_schemas(folder: Path = Path(__file__).parent / "schema") -> None:
    """Writes both schemas into `folder`, that of the package unless another is given."""
    for language in ("en", "zh"):
        (folder / schema_name(language)).write_text(schema_text(language), encoding="utf-8", newline="\n")
