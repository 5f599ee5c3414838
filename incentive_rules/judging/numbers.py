"""Reads and rounds numbers for the referee: slow, plain, and written apart from `base.numbers`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from ..base.numbers import Rounding
from ..model.scheme import Literal
from ..model.terms import Constant

PLAIN_NUMBER = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(%?)", re.ASCII)
FLAGS = {"true": True, "True": True, "是": True, "false": False, "False": False, "否": False}
MISSING_WORDS = ("missing", "缺失")


class RefereeFault(AssertionError):
    """Raised for what a checked scheme can never do: a fault of this library, not of the author."""


def round_to(value: Fraction, decimals: int, mode: Rounding) -> Fraction:
    """The multiple of 10**-decimals that `mode` selects: one of the two neighbours of `value`."""
    step = Fraction(1, 10**decimals)
    below = value // step * step
    if below == value:
        return value
    above = below + step
    toward_zero, away = (below, above) if value > 0 else (above, below)
    match mode:
        case Rounding.FLOOR:
            return below
        case Rounding.CEILING:
            return above
        case Rounding.DOWN:
            return toward_zero
        case Rounding.UP:
            return away
    if value - below != above - value:
        return below if value - below < above - value else above
    if mode is Rounding.HALF_UP:
        return away
    return below if (below / step) % 2 == 0 else above


def number_in(text: str) -> Fraction | None:
    """`12`, `-0.50` and `5%` as exact numbers, digit by digit; None for anything else."""
    found = PLAIN_NUMBER.fullmatch(text)
    if not found:
        return None
    sign, whole, part, percent = found.groups()
    value = Fraction(int(whole + (part or "")), 10 ** len(part or ""))
    return (-value if sign else value) / (100 if percent else 1)


def day_in(text: str) -> Fraction | None:
    """The day number of `2026-01-01`; None for anything else."""
    try:
        return Fraction(date.fromisoformat(text).toordinal()) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def comparable_word(text: str) -> str:
    """A word in the form in which it is compared: composed characters, no spaces around it."""
    return unicodedata.normalize("NFC", text.strip())


def is_missing_word(literal: Literal) -> bool:
    return not literal.quoted and literal.text in MISSING_WORDS


def constants_of(literals: Iterable[Literal]) -> dict[str, Constant]:
    """The constants of one column by their text: all numbers, or all flags, or all words.

    The word `missing` may be in any column.
    """
    found = [x for x in literals if not is_missing_word(x)]
    numbers: list[Constant] = [None if x.quoted else number_in(x.text) for x in found]
    flags: list[Constant] = [None if x.quoted else FLAGS.get(x.text) for x in found]
    words: list[Constant] = [comparable_word(x.text) for x in found]
    column = next((c for c in (numbers, flags) if None not in c), words)
    return {x.text: value for x, value in zip(found, column, strict=True)}


def meaning_of(literal: Literal, column: dict[str, Constant]) -> Constant:
    return None if is_missing_word(literal) else column[literal.text]


def key_like(literal: Literal, key: Constant) -> Constant:
    """The constant of a row's edge, read as a value of the kind of the key."""
    if isinstance(key, bool):
        return FLAGS.get(literal.text)
    if isinstance(key, Fraction):
        number = number_in(literal.text)
        return number if number is not None else day_in(literal.text)
    return comparable_word(literal.text)
