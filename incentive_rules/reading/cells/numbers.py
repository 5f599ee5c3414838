"""Reads numbers in cells: the exact value, or the problem why there is none."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from ...base.numbers import MOST_DIGITS, NUMBER, PERCENT, Rounding, decimals_of, rounded, show_number
from ...base.problems import Problem
from ...base.text import bare, composed
from ...model.checked import CheckedInput
from ...model.data import Lost
from .number_slips import slip_of
from .problems import cell_problem, in_yaml, out_of_range, worded, wrong_type


def read_number_cell(item: CheckedInput, raw: object) -> Fraction | Problem:
    """Reads the number in a cell, with the decimals of its input and inside its range."""
    value = exact_number(item, raw)
    if isinstance(value, Problem):
        return value
    if item.definition.nearest:
        value = rounded(value, item.decimals, Rounding.HALF_UP)
    elif not fits(value, item.decimals):
        if item.definition.percent and decimals_of(value) is not None:
            # The decimals are those of the value: 12.345% is 0.12345 and has five.
            said = {"decimals": str(item.decimals), "near": show_number(value)}
            return cell_problem(item, "data-decimals", raw, "percent", **said)
        whole = "whole" if item.decimals == 0 else ""
        return cell_problem(item, "data-decimals", raw, whole, decimals=str(item.decimals))
    if not item.facts.bounds.holds(value):
        return out_of_range(item, show_number(value), show_number)
    return value


def exact_number(item: CheckedInput, raw: object) -> Fraction | Problem:
    """Reads the number in a cell, with any range and any number of decimals."""
    if isinstance(raw, str):
        return _in_text(item, raw)
    exact = _in_object(item, raw)
    return exact / 100 if item.definition.percent and isinstance(exact, Fraction) else exact


def fits(value: Fraction, decimals: int) -> bool:
    """Whether `decimals` decimals write the value exactly."""
    if value.denominator == 1:
        return True
    places = decimals_of(value)
    return places is not None and places <= decimals


def _in_object(item: CheckedInput, raw: object) -> Fraction | Problem:
    if isinstance(raw, bool):
        return wrong_type(item, raw)
    if isinstance(raw, int):
        return Fraction(raw) if abs(raw) < 10**MOST_DIGITS else _too_long(item, raw)
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return cell_problem(item, "data-number", raw, "infinite")
        return Fraction(repr(raw)) if abs(raw) <= 2**53 else cell_problem(item, "data-float", raw)
    if isinstance(raw, Decimal):
        return _in_decimal(item, raw)
    if isinstance(raw, Fraction):
        return raw if abs(raw.numerator) < 10**60 and raw.denominator < 10**60 else _too_long(item, raw)
    if isinstance(raw, Lost):
        nearest = item.definition.nearest and abs(raw.number) <= 2**24
        return Fraction(repr(raw.number)) if nearest else worded(item, "data-float", repr(raw.number))
    return wrong_type(item, raw)


def _in_decimal(item: CheckedInput, raw: Decimal) -> Fraction | Problem:
    if not raw.is_finite():
        return cell_problem(item, "data-number", raw, "infinite")
    _, digits, exponent = raw.as_tuple()
    text = "".join(map(str, digits)).strip("0") if len(digits) <= 10 * MOST_DIGITS else "9" * 10 * MOST_DIGITS
    # The size is judged before any power of ten is built: 1E+1000000 would take minutes.
    if len(text) > MOST_DIGITS or abs(raw.adjusted()) > MOST_DIGITS or not isinstance(exponent, int):
        return Fraction(0) if raw == 0 else _too_long(item, raw)
    return Fraction(raw)


def _in_text(item: CheckedInput, raw: str) -> Fraction | Problem:
    text = bare(raw)
    suffix = bare(composed(item.definition.suffix))
    if suffix and text.endswith(suffix):
        text = bare(text[: -len(suffix)])
    percent = item.definition.percent
    # Where the scheme says that the column holds percentages, `63` and `63%` are the same.
    digits = text[:-1] if percent and PERCENT.fullmatch(text) else text
    if not NUMBER.fullmatch(digits):
        return _no_number(item, raw, text)
    if len(digits) - digits.count("-") - digits.count(".") > MOST_DIGITS:
        return _too_long(item, raw)
    whole, _, decimals = digits.partition(".")
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return value / 100 if percent else value


def _no_number(item: CheckedInput, raw: str, text: str) -> Problem:
    slip = slip_of(text, item.definition.percent)
    variant = "missing" if slip.variant == "word" and item.definition.can_be_missing else slip.variant
    said = {"near": slip.meant, "character": slip.character, "unit": in_yaml(slip.unit), "text": in_yaml(bare(raw))}
    return cell_problem(item, "data-number", raw, variant, **{name: one for name, one in said.items() if one})


def _too_long(item: CheckedInput, raw: object) -> Problem:
    return cell_problem(item, "data-number", raw, "digits", most=str(MOST_DIGITS))
