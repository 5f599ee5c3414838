"""Reads constants as the kind of value that is due: numbers, words, flags, days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction

from ...base.numbers import read_number
from ...lang.keywords.words import FORMULA_FLAGS
from ...lang.types import BOOLEAN, DATE, MOMENTS, MONEY, PLAIN, Bounds, Facts, Kind, Type
from ...model.scheme import Literal
from ...model.terms import Constant

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def word(text: str) -> str:
    """A category or key in the form in which it is compared: NFC, without surrounding spaces."""
    return unicodedata.normalize("NFC", text.strip())


def day_number(text: str) -> int | None:
    """The ordinal of `2026-01-31`, None if there is no such day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def number_of(literal: Literal | None) -> Fraction | None:
    """The number of a literal; a day counts as its day number."""
    if literal is None or literal.quoted:
        return None
    found = read_number(literal.text)
    if found is None:
        day = day_number(literal.text)
        return None if day is None else Fraction(day)
    return found


def read_as(literal: Literal, kind: Kind) -> Constant:
    """The constant of `literal` as a value of `kind`; None if it is no such value."""
    if kind is Kind.NUMBER:
        return None if literal.quoted else read_number(literal.text)
    if kind is Kind.BOOLEAN:
        return None if literal.quoted else FORMULA_FLAGS.get(literal.text)
    if kind in MOMENTS:
        day = day_number(literal.text)
        return None if day is None else Fraction(day)
    return word(literal.text)


def is_percentage(literal: Literal) -> bool:
    """Whether a constant is written as a percentage, `5%`: as an amount of money it is refused."""
    return not literal.quoted and literal.text.endswith("%")


def constant_facts(value: Constant, money: bool = False, unit: str | None = None, day: bool = False) -> Facts:
    """The facts of a constant."""
    if isinstance(value, bool):
        return Facts(BOOLEAN)
    if isinstance(value, str):
        return Facts(Type(Kind.CATEGORY, values=frozenset({value})))
    if value is None:
        return Facts(PLAIN, may_miss=True)
    if day:
        return Facts(DATE, bounds=Bounds(value, value))
    base = MONEY if money else PLAIN
    whole = value.denominator == 1 and not money
    return Facts(Type(base.kind, base.money, whole=whole, unit=unit), bounds=Bounds(value, value))
