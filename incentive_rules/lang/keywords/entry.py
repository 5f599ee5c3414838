"""What one entry of the keyword table holds: the forms a value can take, a field, a block of fields.

A document is made of blocks (mappings whose keys are keywords), of mappings whose keys are the
author's own names, of lists, and of texts. The place decides what a text is: `Reads` names the ways.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from attrs import define, field, frozen

from ...base.text import fold, nearest
from ...base.words import in_language


class Reads(StrEnum):
    """How the text at a place is read."""

    TEXT = "text"  # prose, kept as written
    FORMULA = "formula"
    NUMBER = "number"  # `12`, `0.50`, `5%`
    PERCENT = "percent"  # with its sign: `40%`
    WHOLE = "whole"
    DECIMALS = "decimals"  # 0 to 15, or `exact`
    DATE = "date"
    DAY_OF_YEAR = "day_of_year"  # `04-01`
    PERIOD = "period"  # `2026-Q2`
    FLAG = "flag"  # true false 是 否
    NAME = "name"  # one of the author's names
    CONSTANT = "constant"  # a number, word, flag or date; what it is depends on where it is used
    BETTER = "better"  # a direction, or `near` and a target
    CURRENCY = "currency"
    HOLE = "hole"  # nothing but `tbd`: anything else here is no text


@frozen
class Word:
    """A word that a field may hold, in both spellings; `instead` is what people write and mean this word by.

    `told` is how sentences write it in English, where that is not the word itself.
    """

    english: str
    chinese: str
    meaning_en: str = ""
    meaning_zh: str = ""
    instead: str = ""
    told: str = ""

    def spelling(self, language: str) -> str:
        return in_language(language, self.english, self.chinese)

    @property
    def in_sentences(self) -> tuple[str, str]:
        """The word as explanations write it, in English and in Chinese."""
        return (self.told or self.english, self.chinese)


@frozen
class Vocabulary:
    """The words that a field may hold; `tbd` may always stand in their place."""

    name: str
    words: tuple[Word, ...]

    def find(self, text: str) -> Word | None:
        """The word that `text` spells, in either language."""
        return next((w for w in self.words if text in (w.english, w.chinese)), None)

    def meant_by(self, text: str, language: str) -> str:
        """The word that was probably meant by `text`, in one language; empty where two are as likely.

        >>> from .words import BETTER
        >>> BETTER.meant_by("越大越好", "zh"), BETTER.meant_by("越X越好", "zh")
        ('越高越好', '')
        """
        for word in self.words:
            if fold(text) in map(fold, word.instead.split()):
                return word.spelling(language)
        near = nearest(text, [w.spelling(language) for w in self.words], 2, alike=True)
        return near[0] if len(near) == 1 else ""


# ── The forms of a value ──────────────────────────────────────────────────────────────────────────


@frozen
class TextAs:
    """A piece of text, read as its place says."""

    reads: Reads


@frozen
class OneOf:
    """One of the words of a choice."""

    choice: Vocabulary


@frozen
class Items:
    """A list; `exactly` so many items where that is fixed, else at `least` so many."""

    of: Form
    exactly: int | None = None
    least: int = 0


@frozen
class Entries:
    """A mapping whose keys are the author's: names that formulas can use, or just labels; `least` so many of them."""

    of: Form
    names: bool = True
    least: int = 0


@frozen
class TableRows:
    """The rows of a table, at least one: edges or words on the left, results or further levels on the right."""


@frozen
class Fields:
    """A mapping whose keys are the keywords of one block."""

    block: str


@frozen
class ByForm:
    """Different things, told apart by whether a text, a mapping or a list is written."""

    text: Form | None = None
    mapping: Form | None = None
    items: Form | None = None


@frozen
class ByKey:
    """Two kinds of block, told apart by whether the key `key` stands in it."""

    key: str
    then: Fields
    otherwise: Fields


Form = TextAs | OneOf | Items | Entries | TableRows | Fields | ByForm | ByKey


# ── Fields and blocks ─────────────────────────────────────────────────────────────────────────────


@frozen
class Field:
    """One keyword in one block: both spellings, the form of its value, its meaning, an example value.

    `instead` is what people write and mean this keyword by.
    """

    key: str
    chinese: str
    form: Form
    meaning_en: str
    meaning_zh: str
    example: str = ""
    required: bool = False
    instead: str = ""

    def spelling(self, language: str) -> str:
        return in_language(language, self.key, self.chinese)


@define(frozen=True, slots=False)
class Block:
    """A mapping whose keys are keywords; `en` and `zh` say what it describes."""

    name: str
    en: str
    zh: str
    fields: tuple[Field, ...] = field(repr=False)

    @cached_property
    def by_key(self) -> dict[str, Field]:
        return {f.key: f for f in self.fields}

    @cached_property
    def by_chinese(self) -> dict[str, Field]:
        return {f.chinese: f for f in self.fields}

    def find(self, text: str, language: str) -> Field | None:
        """The field that `text` spells: in `language` first, then in the other one."""
        first, second = in_language(language, (self.by_key, self.by_chinese), (self.by_chinese, self.by_key))
        return first.get(text) or second.get(text)

    def title(self, language: str) -> str:
        return in_language(language, self.en, self.zh)
