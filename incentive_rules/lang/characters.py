"""Which characters a formula may hold, and what a name may be.

Everything here looks at single characters or single names; the lexer joins them to tokens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ..base.text import HIDDEN, character_name, echo
from .faults import Fault

# Of the hidden characters, those that turn the direction of reading.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Marks that look like one of ours; each is mended by replacing it.
MARKS = {
    "≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<=", "≠": "!=", "×": "*", "✕": "*", "∗": "*", "÷": "/",
    "∕": "/", "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "、": ",", "【": "[", "】": "]", "〔": "[", "〕": "]",
    "′": "'", "″": '"', "‚": "'", "„": '"', "«": '"', "»": '"',
}  # fmt: skip
QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "„": "“", "«": "»", "＂": "＂", "＇": "＇", "”": "”", "’": "’"}
_PLAIN = frozenset("+-*/%<>=!&|^()[],\"'0123456789.")

# Letters of Cyrillic and Greek that cannot be told from a Latin one.
_LATIN_LOOKING = frozenset("аеорсухіјѕһԁԛԝԌАВЕКМНОРСТУХІЈЅԚԜαικνορυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_NEVER_IN_NAMES = frozenset("\u00b7\u0387\u30fb\uff65")  # middle dots: they read as a multiplication

LONGEST_NAME = 120


def hidden_characters(text: str) -> Iterator[Fault]:
    """Control, invisible and direction-turning characters and foreign spaces, wherever they stand."""
    if text.isascii() and text.isprintable():
        return
    for i, c in enumerate(text):
        if " " <= c <= "~" or c in "\n\t":
            continue
        category, params = unicodedata.category(c), {"character": character_name(c)}
        if c in _BIDI:
            yield Fault("formula-invisible", i, i + 1, params, "direction")
        elif c == "\r" or (HIDDEN.match(c) and category in ("Cc", "Cn", "Cs", "Zl", "Zp")):
            yield Fault("formula-control", i, i + 1, params)
        elif HIDDEN.match(c):
            yield Fault("formula-invisible", i, i + 1, params, "", "")
        elif category == "Zs":
            yield Fault("formula-space", i, i + 1, params, "", " ")


def meant_by(character: str) -> str | None:
    """The mark or digit of the language that a full-width or typographic one stands for."""
    if character in MARKS:
        return MARKS[character]
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and plain in _PLAIN else None


def begins_name(character: str) -> bool:
    return character.isidentifier()


def continues_name(character: str) -> bool:
    return ("a" + character).isidentifier() and character not in _NEVER_IN_NAMES


def name_fault(name: str, start: int = 0) -> Fault | None:
    """What forbids `name`, if anything: the rule for names in formulas and for names that are defined.

    A name is letters, digits and `_` of any script, begins with a letter, is in the one form that
    normalisation (NFKC) leaves alone, and does not mix Latin with letters that look Latin.
    """
    end = start + len(name)
    if not name or not begins_name(name[0]) or not all(map(continues_name, name)):
        return Fault("formula-name", start, end, {"name": echo(name)})
    if len(name) > LONGEST_NAME:
        return Fault("formula-name", start, end, {"name": echo(name), "most": str(LONGEST_NAME)}, "long")
    if name[0] == "_":
        return Fault("formula-name", start, end, {"name": echo(name)}, "underscore")
    if (plain := unicodedata.normalize("NFKC", name)) != name:
        params = {"name": echo(name), "plain": echo(plain)}
        return Fault("formula-name", start, end, params, "form", plain if plain.isidentifier() else None)
    looks = next((c for c in name if c in _LATIN_LOOKING), None)
    if looks and any("LATIN" in unicodedata.name(c, "") for c in name):
        return Fault("formula-name", start, end, {"name": echo(name), "character": character_name(looks)}, "mixed")
    return None
