"""Finds words and keys that look the same.

Those that nobody can tell apart are refused, others that are alike give a warning. What is read differs in nothing
invisible but the blanks inside (`cells.texts` sees to the rest). `north` and `North`, a full-width letter, a Cyrillic
one or `O` for `0` can be seen, and may be meant: they are a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from ...base.looks import in_latin
from ...base.problems import Problem
from ...base.text import echo, simplified
from ..cells.showing import shown
from .links import BETWEEN

_SEAM = "\0"  # which no text of a file holds, and no fold changes
_RUN = re.compile(r"[ \t\r\n\u3000]+")
_GAPS = str.maketrans(dict.fromkeys(" \t\r\n\u3000"))
_DIGITS = str.maketrans("0o1I|ıⅠ", "OOlllll")
_DRAWN_ALIKE = ("0oO", "1Il|")  # of ASCII


def seen(text: str) -> str:
    """A word or key as an eye sees it: any blanks inside it as one space; the parts of a key are kept apart.

    >>> seen("north \\t team")
    'north team'
    """
    return _RUN.sub(" ", text)


def twins_by_word(texts: Iterable[str]) -> dict[str, str]:
    """Of the texts that nobody can tell apart, each with another one that looks the same."""
    alike: dict[str, list[str]] = {}
    for text in texts:
        if " " in text or not text.isascii() or not text.isprintable():
            alike.setdefault(seen(text), []).append(text)
    groups = (sorted(found) for found in alike.values() if len(found) > 1)
    return {text: next(one for one in found if one != text) for found in groups for text in found}


def twin(name: str, heading: str, value: str, other: str) -> Problem:
    """The problem of a word or key that looks like another one."""
    said = {"value": _shown_word(value), "other": _shown_word(other)}
    return Problem("data-twin", {"input": echo(name), **said}, column=echo(heading))


def _shown_word(word: str) -> str:
    return shown(", ".join(word.split(BETWEEN)))


def alike(texts: Collection[str], keys: bool = False) -> Iterator[tuple[str, ...]]:
    """Texts that differ in case, in width, in blanks, or only in what their letters are drawn like.

    Of `keys` also those that differ in zeros in front: a spreadsheet drops them.
    """
    given: set[tuple[str, ...]] = set()
    whole = _SEAM.join(texts)
    for fold in (_cased, _drawn, *([_without_zeros] if keys else [])):
        if _keeps_apart(fold, whole):
            continue
        found = _grouped(texts, fold)
        yield from (group for group in found if not any(set(group) <= set(other) for other in given))
        given.update(found)


def look_of(text: str) -> tuple[str, str]:
    """Two folded forms of a text; texts are alike if either form is equal."""
    return _cased(text), _drawn(text)


def looks_of_key(key: str) -> tuple[str, ...]:
    """`look_of` of a key, and a third form without leading zeros."""
    return (*look_of(key), f"0{_without_zeros(key)}")


def by_look(keys: Iterable[str]) -> Mapping[str, str]:
    """By its looks, each key that no other one looks like."""
    found: dict[str, str] = {}
    for key in keys:
        for look in set(looks_of_key(key)):
            found[look] = "" if look in found else key
    return found


def _keeps_apart(fold: Callable[[str], str], whole: str) -> bool:
    """Whether a look at all texts in one is enough to see that no two different ones are folded alike."""
    if fold is _without_zeros:
        return not (whole.startswith("0") or f"{_SEAM}0" in whole or BETWEEN in whole)
    if not whole.isascii() or any(gap in whole for gap in " \t\r\n"):
        return False
    if fold is _cased:
        return whole == whole.upper()
    return all(sum(letter in whole for letter in letters) < 2 for letters in _DRAWN_ALIKE)


def _grouped(texts: Collection[str], fold: Callable[[str], str]) -> list[tuple[str, ...]]:
    folded = _folded(texts, fold)
    if len(set(folded)) == len(folded):
        return []
    groups: dict[str, list[str]] = {}
    for text, look in zip(texts, folded, strict=True):
        groups.setdefault(look, []).append(text)
    return [tuple(sorted(group)) for group in groups.values() if len(group) > 1]


def _folded(texts: Collection[str], fold: Callable[[str], str]) -> list[str]:
    """Each text folded. ASCII is folded letter by letter, so all texts may be folded as one."""
    whole = _SEAM.join(texts)
    if fold is _without_zeros or not whole.isascii() or whole.count(_SEAM) != len(texts) - 1:
        return [fold(text) for text in texts]
    return fold(whole).split(_SEAM)


def _cased(text: str) -> str:
    plain = in_latin(text).translate(_GAPS)
    return plain.casefold() if plain.isascii() else simplified(plain.casefold())


def _drawn(text: str) -> str:
    return in_latin(text).translate(_GAPS).translate(_DIGITS)


def _without_zeros(text: str) -> str:
    if text[:1] != "0" and BETWEEN not in text:
        return text
    return BETWEEN.join(part.lstrip("0") if part.isdigit() else part for part in text.split(BETWEEN))
