"""Exact numbers: reading them from text, rounding them in one of six named modes, showing them.

Every number of a scheme is a `Fraction`, or a whole number scaled by a power of ten. Nothing here,
and nothing that calls it, meets a binary float.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from enum import StrEnum
from fractions import Fraction
from functools import reduce

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
PERCENT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?%", re.ASCII)
MOST_DIGITS = 34  # the width of decimal128; a longer number is refused wherever it stands

# Whatever is computed with a `Decimal` is computed here: exactly, or not at all. The context of whoever calls us, with
# its precision, traps and capitals, plays no part.
EXACT = Context(
    prec=10_000, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, capitals=1, clamp=0, flags=[],
    traps=[Inexact, InvalidOperation, Overflow, DivisionByZero],
)  # fmt: skip

# Scales a Decimal of the data to a whole number: raises instead of losing a digit, or if the exponent is beyond ±60, so
# that int() stays quick.
STEPS = Context(
    prec=40, rounding=ROUND_HALF_EVEN, Emin=-60, Emax=60, capitals=1, clamp=0, flags=[],
    traps=[Inexact, InvalidOperation, Overflow],
)  # fmt: skip


class Rounding(StrEnum):
    """How a name with decimals is rounded. Half-up rounds the magnitude and restores the sign."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"
    FLOOR = "floor"
    CEILING = "ceiling"


def read_number(text: str) -> Fraction | None:
    """The exact value of `12`, `-0.50` or `5%` (0.05); None for anything else, or for too many digits."""
    percent = PERCENT.fullmatch(text)
    if not (percent or NUMBER.fullmatch(text)) or sum(c.isdigit() for c in text) > MOST_DIGITS:
        return None
    return Fraction(text[:-1]) / 100 if percent else Fraction(text)


def round_ratio(numerator: int, denominator: int, mode: Rounding) -> int:
    """numerator/denominator rounded to a whole number by `mode`; `denominator` > 0."""
    magnitude, rest = divmod(abs(numerator), denominator)
    negative = numerator < 0
    if mode is Rounding.HALF_UP:
        up = 2 * rest >= denominator
    elif mode is Rounding.HALF_EVEN:
        up = 2 * rest > denominator or (2 * rest == denominator and magnitude % 2 == 1)
    elif mode is Rounding.DOWN:
        up = False
    elif mode is Rounding.UP:
        up = rest > 0
    else:
        up = rest > 0 and negative is (mode is Rounding.FLOOR)
    return (-1 if negative else 1) * (magnitude + up)


def scaled(value: Fraction, decimals: int, mode: Rounding) -> int:
    """`value` times ten to the `decimals`, rounded: 1.005 with 2 decimals, half up, is 101."""
    return round_ratio(value.numerator * 10**decimals, value.denominator, mode)


def rounded(value: Fraction, decimals: int, mode: Rounding) -> Fraction:
    """`value` rounded to `decimals` decimals."""
    return Fraction(scaled(value, decimals, mode), 10**decimals)


def decimals_of(value: Fraction) -> int | None:
    """How many decimals write `value` exactly; None where no finite number does."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def to_decimal(units: int, decimals: int) -> Decimal:
    """`units` / 10**`decimals` as a `Decimal` with exactly that many decimals."""
    return Decimal((units < 0, tuple(map(int, str(abs(units)))), -decimals))


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of the amounts with all their digits; 0 of none."""
    return reduce(EXACT.add, amounts, Decimal(0))


def decimal_text(value: Decimal) -> str:
    """The text of a `Decimal` with all its digits, the same in every context: `1E+5`, never `1e+5`."""
    return EXACT.to_sci_string(value)


def show_number(value: Fraction, decimals: int | None = None) -> str:
    """Plain text: with so many `decimals`, or as short as exactness allows, or `31/92 (≈ 0.3370)`."""
    shown_decimals = decimals if decimals is not None else decimals_of(value)
    if shown_decimals is None:
        return f"{value.numerator}/{value.denominator} (≈ {show_number(rounded(value, 4, Rounding.HALF_UP), 4)})"
    units = scaled(value, shown_decimals, Rounding.HALF_UP)
    digits = str(abs(units)).rjust(shown_decimals + 1, "0")
    whole, part = (digits[:-shown_decimals], "." + digits[-shown_decimals:]) if shown_decimals else (digits, "")
    return ("-" if units < 0 else "") + whole + part
