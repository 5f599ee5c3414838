"""Amounts in the characters of receipts, each written by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from incentive_rules.explaining.slips.yuan_in_words import yuan_in_words


@pytest.mark.sampled(40)
@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("19339.32", "壹万玖仟叁佰叁拾玖元叁角贰分"),
        ("101", "壹佰零壹元整"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("10001", "壹万零壹元整"),
        ("10100", "壹万零壹佰元整"),
        ("100000.05", "壹拾万元零伍分"),
        ("100100000", "壹亿零壹拾万元整"),
        ("100000001", "壹亿零壹元整"),
        ("120000000", "壹亿贰仟万元整"),
        ("1005000", "壹佰万伍仟元整"),
        ("10050000", "壹仟零伍万元整"),
        ("-300", "负叁佰元整"),
        ("-0.5", "负伍角整"),
    ],
)
def test_amounts_in_words(amount: str, words: str) -> None:
    assert yuan_in_words(Fraction(amount)) == words


def test_what_is_finer_than_a_fen_is_no_amount() -> None:
    with pytest.raises(ValueError, match="two decimals"):
        yuan_in_words(Fraction("0.005"))
