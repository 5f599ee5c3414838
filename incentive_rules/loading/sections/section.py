"""Opens blocks of a document by their English keys, whatever language they are written in.

A `Section` reads its fields as the keyword table says. What has the wrong form was reported by the check of the shape;
here it counts as absent (and is noted, so that nothing can be dropped without a finding).
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from datetime import date

from attrs import frozen

from ...base.numbers import Rounding
from ...base.places import Place
from ...base.titles import LANGUAGES_OF_TITLES, NO_TITLE, Title
from ...base.words import both
from ...lang.keywords import BLOCKS, Block, OneOf, example_of
from ...model.document import Entry, Item, Mapping, Scalar, Sequence
from ...model.scheme import Formula, Literal, Tbd
from . import values
from .findings import LoadingLog
from .formulas import formula


def literal(scalar: Scalar) -> Literal:
    """A constant as it is written."""
    return Literal(scalar.text, scalar.place, scalar.style in ("single", "double"))


@frozen
class Section:
    """One mapping of keywords. `owner` is the path of names that leads to it: `服务质量 · 响应速度`."""

    findings: LoadingLog
    block: Block
    entries: Mapped[str, Entry]
    place: Place
    owner: str
    strange: bool = False  # it has keys that are unknown, so that what seems absent may be one of them

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def word(self, key: str) -> str:
        """The keyword in the language of the document."""
        return self.block.by_key[key].spelling(self.findings.language)

    def path(self, key: str) -> str:
        """Owner and field, as the author would say it: `服务质量 · 权重`."""
        return path_of(self.owner, self.word(key))

    def place_of(self, key: str) -> Place:
        """The place of the key; of the whole block if the key is not written."""
        return self.entries[key].key.place if key in self.entries else self.place

    def lacks(self, key: str, place: Place | None = None, variant: str = "") -> None:
        """Reports that the field `key` is needed here."""
        if self.strange:
            return
        field = self.block.by_key[key]
        example = example_of(field, self.findings.language) or "…"
        meaning = both(field.meaning_en, field.meaning_zh)
        self.findings.report(
            "key-missing", place or self.place, variant,
            key=self.word(key), owner=self.owner, example=example, meaning_word=meaning,
        )  # fmt: skip

    # ── Forms ────────────────────────────────────────────────────────────────────────────────────

    def item(self, key: str) -> Item | None:
        return self.entries[key].value if key in self.entries else None

    def scalar(self, key: str) -> Scalar | None:
        """The text of a field; None, and noted, if it is `tbd`."""
        found = self.item(key)
        if found is None:
            return None
        if not isinstance(found, Scalar):
            self.findings.wrong_forms.append(found.place)
            return None
        return None if self.hole(key) else found

    def hole(self, key: str) -> Tbd | None:
        """The `tbd` in a field, noted; None if there is none."""
        found = self.item(key)
        return note_hole(self.findings, found, self.path(key)) if isinstance(found, Scalar) else None

    def section(self, key: str) -> Section | None:
        """The block of one field; None where there is none, or where the field takes no block."""
        found = self.item(key)
        form = self.block.by_key[key].form
        name = getattr(form, "block", None) or getattr(getattr(form, "mapping", None), "block", "")
        return open_block(self.findings, found, str(name), self.path(key)) if found is not None and name else None

    def named(self, key: str) -> Iterator[Entry]:
        """The entries of a mapping whose keys are names of the author."""
        yield from entries_of(self.findings, self.item(key))

    def items(self, key: str) -> tuple[Item, ...]:
        """The items of a list; a single text counts as a list of one."""
        found = self.item(key)
        if found is None or isinstance(found, Sequence):
            return found.items if found else ()
        if isinstance(found, Scalar):
            return () if self.hole(key) is not None else (found,)
        if isinstance(found, Mapping):
            self.findings.wrong_forms.append(found.place)
        return ()

    # ── Values ───────────────────────────────────────────────────────────────────────────────────

    def text(self, key: str) -> str:
        found = self.scalar(key)
        return found.text if found else ""

    def title(self, key: str = "title") -> Title:
        """What people call the thing, in one language or in both; empty if it is not said."""
        found = self.item(key)
        return NO_TITLE if found is None else read_title(self.findings, found, self.path(key))

    def titles(self, key: str) -> tuple[tuple[Scalar, Title], ...]:
        """The author's words of a mapping, each with its title; none where no mapping stands."""
        found = self.item(key)
        entries = found.entries if isinstance(found, Mapping) else ()
        return tuple((e.key, read_title(self.findings, e.value, self.path(key))) for e in entries)

    def choice(self, key: str) -> str | None:
        """The English word of a choice; None for an unknown word, which the check of the shape reported."""
        found = self.scalar(key)
        form = self.block.by_key[key].form
        if found is None or not isinstance(form, OneOf):
            return None
        word = form.choice.find(found.text)
        if word is None:
            self.findings.wrong_forms.append(found.place)
        return word.english if word else None

    def flag(self, key: str) -> bool | None:
        found = self.scalar(key)
        return values.flag(self.findings, found, self.path(key)) if found else None

    def whole(self, key: str, least: int = 0) -> int | None:
        found = self.scalar(key)
        return values.whole(self.findings, found, self.path(key), least) if found else None

    def decimals(self, key: str = "decimals") -> int | str | None:
        found = self.scalar(key)
        return values.decimals(self.findings, found, self.path(key)) if found else None

    def day(self, key: str) -> date | None:
        found = self.scalar(key)
        return values.day(self.findings, found, self.path(key)) if found else None

    def literal(self, key: str) -> Literal | None:
        found = self.scalar(key)
        return literal(found) if found else None

    def literals(self, key: str) -> tuple[Literal, ...]:
        """The texts of a list; none where no list stands, but perhaps a mapping without entries."""
        if isinstance(self.item(key), Mapping):
            return ()
        return tuple(literal(i) for i in self.items(key) if isinstance(i, Scalar))

    def formula(self, key: str) -> Formula | Tbd | None:
        """Reads the formula of a field: `Tbd` if it is `tbd`, None if the field is absent."""
        if (hole := self.hole(key)) is not None:
            return hole
        found = self.scalar(key)
        return formula(self.findings, found) if found else None


def clash(section: Section, first: str, others: tuple[str, ...], variant: str = "") -> None:
    """Reports each of `others` that is written beside the field `first`, which excludes it."""
    for key in others:
        if key in section:
            section.findings.report(
                "keys-clash", section.place_of(key), variant, owner=section.owner, first=section.word(first),
                second=section.word(key),
            )  # fmt: skip


def rounding(section: Section) -> Rounding | None:
    word = section.choice("rounding")
    return Rounding(word) if word else None


def read_title(findings: LoadingLog, item: Item, what: str) -> Title:
    """Reads a title: a text, or one for each language. Reports a title that says nothing; `what` is its path."""
    if isinstance(item, Scalar):
        return NO_TITLE if note_hole(findings, item, what) is not None else Title(item.text)
    section = open_block(findings, item, "in_languages", what)
    if section is None:
        return NO_TITLE
    said = {language: section.scalar(language) for language in LANGUAGES_OF_TITLES}
    for language, text in said.items():
        if text is not None and not text.text.strip():
            findings.report("title-empty", section.place_of(language), what=section.path(language))
    if not said.keys() & section.entries.keys() and not section.strange:
        findings.report("title-empty", item.place, what=what)
    texts = {language: text.text for language, text in said.items() if text is not None and text.text.strip()}
    return Title.of(texts, findings.reports or findings.language)


def path_of(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def note_hole(findings: LoadingLog, item: Item, what: str) -> Tbd | None:
    """The `Tbd` of an item that is `tbd`, noted once; None for any other item."""
    if not isinstance(item, Scalar) or not values.is_hole(item):
        return None
    return findings.holes.setdefault(item.place.start, Tbd(item.place, what))


def open_block(findings: LoadingLog, item: Item, block: str, owner: str) -> Section | None:
    """Opens `item` as the block called `block`; None, and noted, if it is no mapping or `tbd`."""
    if not isinstance(item, Mapping):
        if note_hole(findings, item, owner) is None:
            findings.wrong_forms.append(item.place)
        return None
    kind = BLOCKS[block]
    entries: dict[str, Entry] = {}
    for entry in item.entries:
        field = kind.find(entry.key.text, findings.language)
        if field is not None:
            entries.setdefault(field.key, entry)
    return Section(findings, kind, entries, item.place, owner, len(entries) < len(item.entries))


def entries_of(findings: LoadingLog, item: Item | None) -> Iterator[Entry]:
    """The entries of a mapping; none, and noted, if `item` is something else."""
    if isinstance(item, Mapping):
        yield from item.entries
    elif item is not None:
        findings.wrong_forms.append(item.place)


def texts_of(item: Item) -> Iterator[Scalar]:
    """The texts in a mapping, whatever their keys."""
    for entry in item.entries if isinstance(item, Mapping) else ():
        if isinstance(entry.value, Scalar):
            yield entry.value
