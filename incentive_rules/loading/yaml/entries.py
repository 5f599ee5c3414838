"""Checks single entries: keys that look like another, empty values, and formulas that a comma in braces cut apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence as Many

from ...base.diagnostics import Diagnostic, Fix
from ...base.places import Place, Source
from ...model.document import Entry, Item, Scalar
from .errors import cut_formula
from .hints import (
    WIDE_BRACKETS,
    fullwidth_brackets,
    fullwidth_entry,
    ideographic_indent,
    unbalanced,
    value_end,
    with_mended,
)

_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def is_empty(item: Item) -> bool:
    """Whether a value is left out, or is the `~` that some write for it; `null` and `missing` are texts."""
    if not isinstance(item, Scalar):
        return False
    block = item.style in ("literal", "folded") and not item.text.strip()
    return block or (item.style == "plain" and item.text in ("", "~"))


def empty_entry(source: Source, entry: Entry, flow: bool) -> Diagnostic:
    """The finding for an entry without a value: no space after its colon, full-width marks, or nothing was written."""
    key = entry.key
    if flow and isinstance(entry.value, Scalar) and entry.value.text == "" and key.style == "plain":
        glued = fullwidth_entry(source, key.place.start, key.place.end)
        if glued:
            return glued
        colon = key.text.find(":")
        if colon > 0 and len(key.text) == key.place.end - key.place.start:
            after = key.place.start + colon + 1
            return with_mended("colon-space", key.place, (Fix(Place(source, after, after), " "),), name=key.text)
        if "：" not in key.text and source.text[key.place.end : key.place.end + 1] != ":":
            return Diagnostic("value-empty", key.place, {"name": key.text}, "flow")
    return Diagnostic("value-empty", key.place, {"name": key.text})


def _folds(character: str) -> bool:
    """Whether a character is a wide letter, digit or underscore: `ｔ`, `１`, `＿`, but not `（`, `Ⅱ` or `㎡`."""
    category = unicodedata.category(character)
    return (category[0] == "L" or category in ("Nd", "Pc")) and unicodedata.normalize("NFKC", character) != character


def key_fault(source: Source, key: Scalar) -> Diagnostic | None:
    """What is wrong with a key by itself.

    A key is a name, a field, or a word or number of a table. So only what could pass for another
    text is refused: full-width letters and digits, decomposed accents, space at its ends. Full-width
    brackets and Roman numerals may well be words of a category.
    """
    text, place = key.text, key.place
    if not text or "\n" in text or "\t" in text:
        return Diagnostic("key-form", place, {"name": text})
    if source.text[: place.start].rstrip(" ").endswith("?") and _explicit(source, place):
        return Diagnostic("key-complex", place)
    if text == "=" and key.style == "plain":
        return Diagnostic("key-form", place, {"name": text}, "equals")
    if text == "<<" and key.style == "plain":
        return Diagnostic("yaml-anchor", place, variant="merge")
    if text[0] == "\u3000" and key.style == "plain":
        return ideographic_indent(source, place.start, place.end)
    if text != text.strip():
        return Diagnostic("key-form", place, {"name": text, "mended": text.strip()}, "space")
    normal = unicodedata.normalize("NFC", "".join(unicodedata.normalize("NFKC", c) if _folds(c) else c for c in text))
    if normal != text:
        fixes = (Fix(place, normal),) if key.style == "plain" else ()
        return Diagnostic("key-form", place, {"name": text, "mended": normal}, "alike", fixes=fixes)
    glued = re.match(r"[^:]*[^\s:]:[{\[]", text) if key.style == "plain" else None
    if glued:
        after = place.start + glued.end() - 1
        return with_mended("colon-space", place, (Fix(Place(source, after, after), " "),), name=text)
    return None


def _explicit(source: Source, place: Place) -> bool:
    """Whether the `?` before a key is YAML's mark for a key of several lines."""
    before = source.text[: place.start].rstrip(" ")[:-1]
    return not before or before[-1] in "\r\n {,[-"


def cut_texts(source: Source, pairs: Many[Entry]) -> tuple[list[Diagnostic], set[int]]:
    """The findings for formulas that a comma cut inside `{ }`; and the stray entries that this explains."""
    found: list[Diagnostic] = []
    strays: set[int] = set()
    for index, entry in enumerate(pairs):
        if index in strays or not isinstance(entry.value, Scalar) or entry.value.style != "plain":
            continue
        following = _empties_after(pairs, index)
        if not following:
            continue
        cut = _cut_at(source, entry.value.place, [pairs[i].key.place for i in following])
        if cut:
            finding, used = cut
            found.append(finding)
            strays.update(following[:used])
    return found, strays


def _empties_after(pairs: Many[Entry], index: int) -> list[int]:
    following = []
    for other in range(index + 1, len(pairs)):
        if not is_empty(pairs[other].value):
            break
        following.append(other)
    return following


def cut_items(source: Source, items: Many[Item]) -> tuple[list[Diagnostic], set[int]]:
    """The findings for texts that were cut in two inside `[ ]`, and the numbers of the items that are their pieces."""
    found: list[Diagnostic] = []
    used: set[int] = set()
    for index, item in enumerate(items):
        if index in used or not isinstance(item, Scalar) or item.style != "plain":
            continue
        if unbalanced(item.text) <= 0:
            continue
        following = [other.place for other in items[index + 1 :]]
        cut = _cut_at(source, item.place, following)
        if cut:
            found.append(cut[0])
            used.update(range(index, index + cut[1] + 1))
    return found, used


def _cut_at(source: Source, value: Place, pieces: list[Place]) -> tuple[Diagnostic, int] | None:
    """The finding for a value that goes on in the next pieces, and how many of them it needs."""
    thousands = _THOUSANDS.match(source.text, value.start)
    if thousands and thousands.end() > value.end:
        used = sum(piece.start < thousands.end() for piece in pieces)
        return cut_formula(source, value.start, thousands.end(), "thousands"), used
    if value.text[:1] in set(WIDE_BRACKETS):
        closed = next((n for n, piece in enumerate(pieces, 1) if piece.text[-1:] in set("｝］】")), 0)
        if closed:
            return fullwidth_brackets(source, value.start, pieces[closed - 1].end), closed
    if unbalanced(value.text) <= 0:
        return None
    for used, piece in enumerate(pieces, 1):
        if unbalanced(source.text[value.start : piece.end]) <= 0:
            end = max(piece.end, value_end(source.text, value.start, flow=True))
            return cut_formula(source, value.start, end), used
    return cut_formula(source, value.start, pieces[-1].end if pieces else value.end), len(pieces)
