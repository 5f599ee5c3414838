"""Reads a file of counterexamples: two worlds and the promise that they broke, each part with its place."""

from __future__ import annotations

from collections.abc import Iterator

from ..base.diagnostics import Diagnostic
from ..base.limits import DEFAULT_LIMITS, Limits
from ..base.places import Place
from ..base.text import listed, nearest
from ..base.words import both
from ..lang.keywords import BLOCKS
from ..lang.keywords.kept import COUNTEREXAMPLES, KEPT, PEOPLE
from ..model.document import Entry, Item, Mapping, Scalar, Sequence
from ..model.kept_pairs import KeptCell, KeptPair, KeptRow, KeptWorld
from .yaml.reader import read_document

A_TEXT, A_LIST = both("a text", "一段文字"), both("a list", "列表")
ENTRIES = both("entries of its own", "下级条目")


def load_kept(
    data: bytes | str, name: str, limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[KeptPair, ...], tuple[Diagnostic, ...]]:
    """The pairs in `data`, and everything that is wrong with its shape; a pair that is misshapen is left out."""
    document, found = read_document(data, name, limits)
    if document is None:
        return (), found
    reader = _Reader()
    pairs = tuple(reader.pairs(document.root))
    return pairs, (*found, *reader.findings)


class _Reader:
    """Reads pairs, and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.findings: list[Diagnostic] = []

    def report(self, code: str, place: Place, variant: str = "", **params: str) -> None:
        self.findings.append(Diagnostic(code, place, params, variant))

    def pairs(self, root: Mapping) -> Iterator[KeptPair]:
        top = (COUNTEREXAMPLES.english, COUNTEREXAMPLES.chinese)
        for entry in root.entries:
            if entry.key.text not in top:
                self.unknown(entry, top)
                continue
            for item in self.items(entry.value, entry.key.text):
                pair = self.pair(item)
                if pair is not None:
                    yield pair
        if not any(entry.key.text in top for entry in root.entries):
            self.report("kept-shape", root.place, "lacks", name_word=both(*top))

    def pair(self, item: Item) -> KeptPair | None:
        before = len(self.findings)
        entries = {}
        for entry in self.entries(item, both(COUNTEREXAMPLES.english, COUNTEREXAMPLES.chinese)):
            word = KEPT.find(entry.key.text)
            if word is None:
                self.unknown(entry, [spelled for one in KEPT.words for spelled in (one.english, one.chinese)])
            else:
                entries[word.english] = entry
        for word in KEPT.words:
            if word.english not in entries and isinstance(item, Mapping):
                self.report("kept-shape", item.place, "lacks", name_word=both(word.english, word.chinese))
        if len(self.findings) > before or not isinstance(item, Mapping):
            return None
        promise = self.promise(entries["promise"])
        period, who = (self.text(entries[word]) for word in ("period", "who"))
        tables: dict[str, Place] = {}
        one, changed = (self.world(entries[word], tables) for word in ("one", "other"))
        if len(self.findings) > before:
            return None
        return KeptPair(promise, period, who, one, {**one, **changed}, item.place, tables)

    def promise(self, entry: Entry) -> str:
        text = self.text(entry)
        fields = BLOCKS["promises"].fields
        found = next((field.key for field in fields if text in (field.key, field.chinese)), "")
        if not found and isinstance(entry.value, Scalar):
            near = "".join(nearest(text, [word for field in fields for word in (field.key, field.chinese)], 1))
            self.report("kept-promise", entry.value.place, "near" if near else "", text=text, near=near)
        return found

    def world(self, entry: Entry, tables: dict[str, Place]) -> KeptWorld:
        found: dict[str, tuple[KeptRow, ...]] = {}
        for table in self.entries(entry.value, entry.key.text):
            name = "" if table.key.text in (PEOPLE.english, PEOPLE.chinese) else table.key.text
            tables.setdefault(name, table.key.place)
            found[name] = tuple(self.row(item, table.key.text) for item in self.items(table.value, table.key.text))
        return found

    def row(self, item: Item, table: str) -> KeptRow:
        cells = (KeptCell(entry.key.text, self.text(entry), entry.key.place) for entry in self.entries(item, table))
        return KeptRow(tuple(cells), item.place)

    # ── Forms ────────────────────────────────────────────────────────────────────────────────────

    def text(self, entry: Entry) -> str:
        if isinstance(entry.value, Scalar):
            return entry.value.text
        self.report("kept-shape", entry.value.place, "form", name_word=entry.key.text, sort_word=A_TEXT)
        return ""

    def items(self, item: Item, name: str) -> tuple[Item, ...]:
        if isinstance(item, Sequence):
            return item.items
        self.report("kept-shape", item.place, "form", name_word=name, sort_word=A_LIST)
        return ()

    def entries(self, item: Item, name: str) -> tuple[Entry, ...]:
        if isinstance(item, Mapping):
            return item.entries
        self.report("kept-shape", item.place, "form", name_word=name, sort_word=ENTRIES)
        return ()

    def unknown(self, entry: Entry, known: Iterator[str] | list[str] | tuple[str, ...]) -> None:
        words = list(known)
        near = "".join(nearest(entry.key.text, words, 1))
        names = listed((f"`{word}`" for word in words), len(words))
        self.report(
            "kept-shape", entry.key.place, "near" if near else "", name=entry.key.text, near=near, names=names
        )  # fmt: skip
