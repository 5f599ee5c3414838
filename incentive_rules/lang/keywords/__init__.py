"""The one table of keywords: every field of every block, in both spellings, with its meaning.

Loading, the JSON Schemas for editors and the reference page are made from it. `BLOCKS` has the
fields, `words` the choices. A document uses one language of keywords, that of its first key.
"""

from __future__ import annotations

import re

from ...base.words import is_chinese
from .common import IN_LANGUAGES
from .document import EFFECTIVE, SCHEME
from .entry import (
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
    Word,
)
from .facts import FACTUAL
from .measures import MEASURES
from .money import MONEY
from .promises import PROMISED
from .translated import in_chinese
from .words import BETTER, CHOICES, FLAGS, MISSING, TBD

ALL_BLOCKS = (SCHEME, EFFECTIVE, *MEASURES, *MONEY, *PROMISED, *FACTUAL, IN_LANGUAGES)
BLOCKS = {block.name: block for block in ALL_BLOCKS}
OPEN_BLOCKS = frozenset({"detail_row", "grade_share"})  # beside their own keys they hold the author's names
_FIELDS = {f.key: f for block in reversed(ALL_BLOCKS) for f in block.fields}
_PAIR = re.compile(r"\b([a-z_]+)(:(?: ([a-z_]+)\b)?)|^([a-z_]+)$")


def example_of(field: Field, language: str) -> str:
    """The example value of a field with the keywords, words and names of `language`."""
    if not is_chinese(language):
        return field.example

    def translate(found: re.Match[str]) -> str:
        if found[4]:
            return _word(field, found[4])
        inner = _FIELDS.get(found[1])
        if inner is None:
            return found[0]
        return f"{inner.chinese}: {_word(inner, found[3])}" if found[3] else f"{inner.chinese}:"

    return in_chinese(_PAIR.sub(translate, field.example))


def _word(field: Field, text: str) -> str:
    choice = field.form.choice if isinstance(field.form, OneOf) else BETTER
    word = choice.find(text)
    return word.chinese if word else {"true": "是", "false": "否"}.get(text, text)


def as_spelled(key: str, language: str) -> str:
    """A keyword as a document in `language` spells it; `key` is the English spelling."""
    return next(f.spelling(language) for block in ALL_BLOCKS for f in block.fields if f.key == key)


__all__ = [
    "ALL_BLOCKS",
    "BLOCKS",
    "CHOICES",
    "FLAGS",
    "MISSING",
    "OPEN_BLOCKS",
    "TBD",
    "Block",
    "ByForm",
    "ByKey",
    "Entries",
    "Field",
    "Fields",
    "Form",
    "Items",
    "OneOf",
    "Reads",
    "TableRows",
    "TextAs",
    "Vocabulary",
    "Word",
    "as_spelled",
    "example_of",
]  # fmt: skip
