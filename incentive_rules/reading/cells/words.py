"""Reads flags, categories and keys in cells: the word, or the problem why there is none.

A word is the text between the blanks around it, in composed form (NFC). A character that nobody can see is refused by
its name: `north` and `north` with an invisible character in it would be two groups.
"""

from __future__ import annotations

from functools import lru_cache

from ...base.numbers import MOST_DIGITS
from ...base.problems import Problem
from ...base.text import bare, composed, echo, listed, nearest
from ...lang.keywords.words import FLAGS
from ...model.checked import CheckedInput
from .problems import cell_problem, in_yaml, wrong_type
from .showing import shown_character
from .texts import hidden_character, is_odd_blank

_TRUE_SPELLINGS = frozenset({"true", "True", "是"})
_MOST_SHOWN_WORDS = 8
MOST_COMPARED = 200  # words that one wrong word is compared with


def read_flag(item: CheckedInput, raw: object) -> bool | Problem:
    """Reads True or False, by the words of the input or by `true false 是 否`."""
    if isinstance(raw, bool):
        return raw
    if not isinstance(raw, str):
        return cell_problem(item, "data-flag", raw)
    value = _spelled(item, raw)
    if value is not None:
        return value in _TRUE_SPELLINGS
    text = bare(raw)
    if text in FLAGS:
        return FLAGS[text]
    variant = "missing" if item.definition.can_be_missing else "word"
    return cell_problem(item, "data-flag", raw, variant, text=in_yaml(text))


def read_word(item: CheckedInput, raw: object) -> str | Problem:
    """Reads a category: one of the declared words, or any text if none are declared."""
    text = _text_of(raw)
    if text is None:
        return wrong_type(item, raw)
    value = _spelled(item, text)
    if value is not None:
        return value
    values = item.facts.type.values
    if values is not None and text in values:
        return text
    text = bare(text)
    hidden = hidden_character(text, breaks=True)
    if hidden:
        return _hidden(item, text, hidden)
    return text if values is None or text in values else _no_word(item, raw, text, values)


def read_key(item: CheckedInput, raw: object) -> str | Problem:
    """Reads a key of people, rows or groups: a text on one line."""
    text = _text_of(raw)
    if text is None:
        return wrong_type(item, raw)
    text = bare(text)
    hidden = hidden_character(text)
    return _hidden(item, text, hidden) if hidden else text


def _text_of(raw: object) -> str | None:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**MOST_DIGITS:
        return str(raw)
    return None


def _spelled(item: CheckedInput, text: str) -> str | None:
    """The value that the input's `texts` give to a text, with or without the blanks around it."""
    for value, spellings in item.definition.texts:
        for spelling in map(composed, spellings):
            if spelling in (text, bare(text)):
                return value
    return None


def _hidden(item: CheckedInput, text: str, character: str) -> Problem:
    params = {"character": shown_character(character), "number": str(ord(character))}
    return cell_problem(item, "data-text", text, "blank" if is_odd_blank(character) else "", **params)


def _no_word(item: CheckedInput, raw: object, text: str, values: frozenset[str]) -> Problem:
    allowed = _allowed(item, values)
    alike = _alike(text, tuple(allowed[:MOST_COMPARED]))
    near = alike[0] if len(alike) == 1 else ""  # of two that are as near, neither is put into anybody's mouth
    words = listed((f"`{echo(word)}`" for word in allowed), _MOST_SHOWN_WORDS)
    variant = "near" if near else "missing" if item.definition.can_be_missing else ""
    return cell_problem(item, "data-category", raw, variant, allowed=words, near=near, text=in_yaml(text))


@lru_cache(1024)
def _alike(text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """The words nearest to a wrong one; cached, since the same mistakes recur in a column."""
    return nearest(text, allowed, 2, alike=True)


def _allowed(item: CheckedInput, values: frozenset[str]) -> list[str]:
    written = [literal.text for literal in item.definition.one_of]
    return [word for word in written if word in values] or sorted(values)
