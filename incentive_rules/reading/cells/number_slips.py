"""Recognises the slip in a text that is no number, and the number that was probably meant.

Nothing of this is read: what was meant is shown to whoever corrects the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from attrs import evolve, frozen

from ...base.numbers import MOST_DIGITS, NUMBER, decimals_of, show_number
from ...base.text import bare
from .showing import shown_character
from .texts import hidden_character, ordinary

MOST_CHARACTERS = 60  # characters; nobody means a number by a longer text
_CURRENCY = re.compile(r"^(-?)(?:[¥$€£₽₹₩]|CNY|RMB|USD|EUR|GBP|JPY|HKD|人民币)\s*(?=[-\d.(])", re.I)
_TIMES = {"千": 1_000, "万": 10_000, "亿": 100_000_000}
_NO_UNIT = re.compile(r"[kKMmwW]|以上.*|以下.*|以内.*|左右.*|多.*|余.*")  # they say another number
_GROUPS = re.compile(r"-?\d{1,3}(?:([,' ’_])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"(-?(?:\d{1,3}(?:\.\d{3})+|\d+)),(\d{1,2})")
_UNIT = re.compile(r"(-?[\d.,' ]*\d)\s*([^\W\d_][^\d]*)")
_DATE = re.compile(
    r"\d{2,4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?( \d\d?:\d\d(:\d\d)?)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\d{1,2}月\d{1,2}日|\d{1,2}[-/ ][A-Za-z]{3,9}(?:[-/ ]\d{2,4})?|[A-Za-z]{3,9}[-/ ]\d{1,4}"
    r"|\d{1,2}:\d\d(?::\d\d)?"
)


@frozen
class Slip:
    """The slip in a text where a number is due: the variant of `data-number`, and the parameters of its message."""

    variant: str = ""
    meant: str = ""  # the number, as it would be read
    character: str = ""
    unit: str = ""


def slip_of(text: str, percent: bool = False) -> Slip:
    """The slip in a text that was not read as a number; `percent`: a percent sign is allowed."""
    hidden = hidden_character(text)
    if hidden:
        return Slip("character", character=shown_character(hidden))
    if text.startswith("#"):
        return Slip("error")
    if text.startswith(("=", "＝")):
        return Slip("formula")
    if len(text) <= MOST_CHARACTERS:
        found = _meant(ordinary(text), percent)
        if found is not None:
            return evolve(found, variant="fullwidth") if _strange_digits(text) else found
        if _DATE.fullmatch(ordinary(text)):
            return Slip("date")
    return Slip() if any(c.isdigit() for c in text) else Slip("word")


def _strange_digits(text: str) -> bool:
    return any(not c.isascii() and c.isdecimal() for c in text)


# ── The number that was meant ─────────────────────────────────────────────────────────────────────


def _meant(text: str, percent: bool) -> Slip | None:
    """The slip of a text whose number is recognised; of several slips, the one to correct first names it."""
    first = ""
    for variant, mend in _MENDS:
        mended = mend(text)
        if mended is not None and mended != text:
            first, text = first or variant, mended
    times, unit = Fraction(1), ""
    if text.endswith(("%", "‰")):
        times = Fraction(1) if percent else Fraction(1, 1000 if text.endswith("‰") else 100)
        first, text = first or ("" if percent else "percent"), bare(text[:-1])
    elif found := _UNIT.fullmatch(text):
        text, unit = found.groups()
        times *= _TIMES.get(unit[0], 1)
        first = first or ("times" if unit[0] in _TIMES else "unit")
    for variant, mend in _FORMS:
        mended = mend(text)
        if mended is not None and mended != text:
            first, text = first or variant, mended
    if not NUMBER.fullmatch(text) or len(text) > MOST_DIGITS or _NO_UNIT.fullmatch(unit):
        return None
    value = Fraction(text) * times
    return None if decimals_of(value) is None else Slip(first or "near", show_number(value), unit=unit)


def _without_quotes(text: str) -> str:
    return bare(text.strip("'`\"“”"))


def _without_currency(text: str) -> str:
    return _CURRENCY.sub(r"\1", text)


def _minus_in_front(text: str) -> str | None:
    """`(100)` and `100-` as -100."""
    if found := re.fullmatch(r"\((.+)\)|(.*\d)\s*-|-\s+(.+)", text):
        return "-" + (found[1] or found[2] or found[3])
    return None


def _without_plus(text: str) -> str:
    return text[1:] if re.match(r"\+[\d.]", text) else text


def _digits_for_letters(text: str) -> str | None:
    """`1O` as 10 and `l2` as 12. A letter at the end may be a unit: 5l are five litres."""
    if not re.fullmatch(r"-?[\dOoIl]*[\dOo](?:[.,][\dOoIl]*[\dOo])?", text) or not any(c.isdigit() for c in text):
        return None
    return text.translate(str.maketrans("OoIl", "0011"))


def _without_groups(text: str) -> str:
    found = _GROUPS.fullmatch(text)
    return text.replace(found[1], "") if found else text


def _point_for_comma(text: str) -> str | None:
    found = _DECIMAL_COMMA.fullmatch(text)
    return f"{found[1].replace('.', '')}.{found[2]}" if found else None


def _digits_around_the_point(text: str) -> str:
    return re.sub(r"^(-?)\.", r"\g<1>0.", re.sub(r"\.$", "", text))


def _without_exponent(text: str) -> str | None:
    found = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,2})", text)
    if not found:
        return None
    sign, whole, part, exponent = found.groups(default="")
    return sign + show_number(Fraction(int(whole + part)) * Fraction(10) ** (int(exponent) - len(part)))


def _without_zeros(text: str) -> str:
    return re.sub(r"^(-?)0+(?=\d)", r"\1", text)


Mends = tuple[tuple[str, Callable[[str], str | None]], ...]
_MENDS: Mends = (  # of the text around the number
    ("quote", _without_quotes), ("currency", _without_currency), ("minus", _minus_in_front), ("plus", _without_plus),
    ("letters", _digits_for_letters),
)  # fmt: skip
_FORMS: Mends = (  # of the number itself
    ("currency", _without_currency), ("separator", _without_groups), ("comma", _point_for_comma),
    ("point", _digits_around_the_point), ("exponent", _without_exponent), ("zeros", _without_zeros),
)  # fmt: skip
