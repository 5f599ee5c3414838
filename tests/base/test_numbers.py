"""Exact numbers: read from text, rounded by name, shown."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.numbers import Rounding, decimals_of, read_number, rounded, scaled, show_number, to_decimal

FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("0.1", Fraction(1, 10)),
        ("-0.50", Fraction(-1, 2)),
        ("5%", Fraction(1, 20)),
        ("12.5%", Fraction(1, 8)),
    ],
)
def test_a_number_is_its_text(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "+1", "01", "1.", ".5", "1e3", "1_000", "1,000", "0x1F", "１", "٣",
     "nan", "inf", "1%%", "--1", "1\n", "9" * 35],
)  # fmt: skip
def test_nothing_else_is_a_number(text: str) -> None:
    assert read_number(text) is None


def test_thirty_four_digits_are_the_most() -> None:
    assert read_number("9" * 34) == int("9" * 34)
    assert read_number("9." + "9" * 33) is not None


# The classic table of roundings to whole numbers, as in the documentation of java.math.RoundingMode.
ROUNDINGS = {
    #                      5.5  2.5  1.6  1.1  1.0 -1.0 -1.1 -1.6 -2.5 -5.5
    Rounding.HALF_UP:     (6,   3,   2,   1,   1,  -1,  -1,  -2,  -3,  -6),
    Rounding.HALF_EVEN:   (6,   2,   2,   1,   1,  -1,  -1,  -2,  -2,  -6),
    Rounding.DOWN:        (5,   2,   1,   1,   1,  -1,  -1,  -1,  -2,  -5),
    Rounding.UP:          (6,   3,   2,   2,   1,  -1,  -2,  -2,  -3,  -6),
    Rounding.FLOOR:       (5,   2,   1,   1,   1,  -1,  -2,  -2,  -3,  -6),
    Rounding.CEILING:     (6,   3,   2,   2,   1,  -1,  -1,  -1,  -2,  -5),
}  # fmt: skip


@pytest.mark.parametrize(("mode", "wanted"), ROUNDINGS.items())
def test_the_table_of_roundings(mode: Rounding, wanted: tuple[int, ...]) -> None:
    values = ("5.5", "2.5", "1.6", "1.1", "1.0", "-1.0", "-1.1", "-1.6", "-2.5", "-5.5")
    assert tuple(scaled(Fraction(v), 0, mode) for v in values) == wanted


@given(st.decimals(-(10**6), 10**6, places=5), st.integers(0, 4), st.sampled_from(list(Rounding)))
def test_rounding_agrees_with_decimal(value: Decimal, places: int, mode: Rounding) -> None:
    modes = {
        Rounding.HALF_UP: decimal.ROUND_HALF_UP, Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
        Rounding.DOWN: decimal.ROUND_DOWN, Rounding.UP: decimal.ROUND_UP,
        Rounding.FLOOR: decimal.ROUND_FLOOR, Rounding.CEILING: decimal.ROUND_CEILING,
    }  # fmt: skip
    expected = value.quantize(Decimal(1).scaleb(-places), modes[mode])
    assert rounded(Fraction(value), places, mode) == Fraction(expected)


@given(FRACTIONS, st.integers(0, 6))
def test_half_up_treats_both_signs_alike(value: Fraction, places: int) -> None:
    assert rounded(-value, places, Rounding.HALF_UP) == -rounded(value, places, Rounding.HALF_UP)


@given(FRACTIONS)
def test_what_is_shown_exactly_reads_back(value: Fraction) -> None:
    places = decimals_of(value)
    if places is None:
        assert show_number(value).startswith(f"{value.numerator}/{value.denominator} (≈ ")
    else:
        assert read_number(show_number(value)) == value
        assert Fraction(to_decimal(scaled(value, places, Rounding.DOWN), places)) == value


def test_numbers_are_shown_with_their_places() -> None:
    assert show_number(Fraction(5), 2) == "5.00"
    assert show_number(Fraction(-1, 20), 2) == "-0.05"
    assert show_number(Fraction(31, 92)) == "31/92 (≈ 0.3370)"
    assert show_number(Fraction(1, 3), 4) == "0.3333"
    assert to_decimal(-5, 2).as_tuple() == Decimal("-0.05").as_tuple()
