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
from .showing import character_name
from .texts import hidden_character, is_odd_blank

_TRUE_SPELLINGS = frozenset({"true", "True", "是"})
_MOST_SHOWN_WORDS = 8
_MOST_COMPARED = 200  # words that one wrong word is compared with


def read_flag(checked: CheckedInput, raw: object) -> bool | Problem:
    """Reads True or False, by the words of the input or by `true false 是 否`."""
    if isinstance(raw, bool):
        return raw
    if not isinstance(raw, str):
        return cell_problem(checked, "data-flag", raw)
    value = _spelled(checked, raw)
    if value is not None:
        return value in _TRUE_SPELLINGS
    text = bare(raw)
    if text in FLAGS:
        return FLAGS[text]
    variant = "missing" if checked.definition.can_be_missing else "word"
    return cell_problem(checked, "data-flag", raw, variant, text=in_yaml(text))


def read_word(checked: CheckedInput, raw: object) -> str | Problem:
    """Reads a category: one of the declared words, or any text if none are declared."""
    text = _text_of(raw)
    if text is None:
        return wrong_type(checked, raw)
    value = _spelled(checked, text)
    if value is not None:
        return value
    values = checked.facts.type.values
    if values is not None and text in values:
        return text
    text = bare(text)
    hidden = hidden_character(text, breaks=True)
    if hidden:
        return _hidden(checked, text, hidden)
    return text if values is None or text in values else _no_word(checked, raw, text, values)


def read_key(checked: CheckedInput, raw: object) -> str | Problem:
    """Reads a key of people, rows or groups: a text on one line."""
    text = _text_of(raw)
    if text is None:
        return wrong_type(checked, raw)
    text = bare(text)
    hidden = hidden_character(text)
    return _hidden(checked, text, hidden) if hidden else text


def _text_of(raw: object) -> str | None:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**MOST_DIGITS:
        return str(raw)
    return None


def _spelled(checked: CheckedInput, text: str) -> str | None:
    """The value that the input's `texts` give to a text, with or without the blanks around it."""
    for value, spellings in checked.definition.texts:
        for spelling in map(composed, spellings):
            if spelling in (text, bare(text)):
                return value
    return None


def _hidden(checked: CheckedInput, text: str, character: str) -> Problem:
    params = {"character": character_name(character), "number": str(ord(character))}
    return cell_problem(checked, "data-text", text, "blank" if is_odd_blank(character) else "", **params)


def _no_word(checked: CheckedInput, raw: object, text: str, values: frozenset[str]) -> Problem:
    allowed = _allowed(checked, values)
    alike = _alike(text, tuple(allowed[:_MOST_COMPARED]))
    near = alike[0] if len(alike) == 1 else ""  # of two that are as near, neither is put into anybody's mouth
    words = listed((f"`{echo(word)}`" for word in allowed), _MOST_SHOWN_WORDS)
    variant = "near" if near else "missing" if checked.definition.can_be_missing else ""
    return cell_problem(checked, "data-category", raw, variant, allowed=words, near=near, text=in_yaml(text))


@lru_cache(1024)
def _alike(text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """The words nearest to a wrong one; cached, since the same mistakes recur in a column."""
    return nearest(text, allowed, 2, alike=True)


def _allowed(checked: CheckedInput, values: frozenset[str]) -> list[str]:
    written = [literal.text for literal in checked.definition.one_of]
    return [word for word in written if word in values] or sorted(values)
