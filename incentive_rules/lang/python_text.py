"""The text of a formula as a Python expression of exactly the same meaning, for the referee.

It works on the tokens alone and never asks our parser how they belong together: Python's own parser
decides that a second time, so a mistake in our precedence shows as a difference between engines.
"""

from __future__ import annotations

from itertools import pairwise

from .functions import OPTIONS
from .lexer import FUNCTION_NAMES, OUR_NAMES, Token, tokens_of

MISSING_NAME = "_missing"  # what `missing` becomes; no name of an author begins with an underscore

_WORDS = {"true": "True", "false": "False", "missing": MISSING_NAME}


def python_text(text: str, number_call: str = "") -> str:
    """Python source for the text of a formula that was parsed without a fault.

    Connectives, functions and options take their English spelling; `5%` becomes `0.05`. Every other name
    stays as it is: each name of the language is a Python identifier that Python does not change.
    With `number_call="N"` each number stands as `N("0.05")`, so that no float is ever made of it.

    >>> python_text("取小(1, 实际值 / 5%) if 等级 属于 ['A'] 且 非 新人 else 缺失")
    "min ( 1 , value / 0.05 ) if 等级 in [ 'A' ] and not 新人 else _missing"
    """
    tokens, faults = tokens_of(text, length=len(text))
    if faults:
        raise ValueError(f"not a formula: {faults[0].code}")
    return " ".join([_python_word(token, after, number_call) for token, after in pairwise(tokens)])


def _python_word(token: Token, after: Token, number_call: str) -> str:
    if token.kind == "number":
        number = _decimal_text(token.text)
        return f'{number_call}("{number}")' if number_call else number
    if token.kind == "text":
        return repr(token.text)
    if token.kind == "word":
        return _WORDS.get(token.text, token.text)
    if token.kind == "name" and after.kind == "operator":
        if after.text == "(":
            return FUNCTION_NAMES.get(token.text, token.text)
        if after.text == "=":
            return OPTIONS.get(token.text, token.text)
    return OUR_NAMES.get(token.text, token.text)


def _decimal_text(number: str) -> str:
    """`0.5%` as `0.005`, digit by digit: no arithmetic, so nothing is rounded."""
    if not number.endswith("%"):
        return number
    whole, _, part = number[:-1].partition(".")
    whole = whole.rjust(3, "0")
    return f"{whole[:-2]}.{whole[-2:]}{part}"
