"""A choice in words that are none of ours is told with the formula that it is."""

from __future__ import annotations

import pytest

from incentive_rules.lang.parser import parse

CHOICES = [
    ("如果 件数 > 5 则 100 否则 0", "100 if 件数 > 5 else 0"),
    ("如果件数>5则100否则0", "100 if 件数>5 else 0"),
    ("如果 件数 > 5，则 100，否则 0", "100 if 件数 > 5 else 0"),
    ("如果 件数 > 5，100，否则：0", "100 if 件数 > 5 else 0"),
    ("如果 件数 > 5 那么 件数 * 10 不然 0", "件数 * 10 if 件数 > 5 else 0"),
    ("100 如果 件数 > 5 否则 0", "100 if 件数 > 5 else 0"),
    ("if jobs > 5 then 100 else 0", "100 if jobs > 5 else 0"),
]


@pytest.mark.parametrize("text, mended", CHOICES)
def test_it_is_one_fault_with_the_formula_that_is_meant(text: str, mended: str) -> None:
    expression, (fault,) = parse(text)
    assert expression is None
    assert (fault.code, fault.variant, fault.params["mended"]) == ("formula-if", "words", mended)
    assert parse(mended)[0] is not None


@pytest.mark.parametrize("text", ["如果 件数 > 5", "100 否则 0", "如果 件数 > 5 则 100"])
def test_what_cannot_be_told_is_told_by_a_pattern(text: str) -> None:
    assert [(f.code, f.variant) for f in parse(text)[1]] == [("formula-if", "words-open")]


def test_words_in_quotes_and_names_are_no_choice() -> None:
    assert parse('职务 == "如果"')[1] == ()
    assert [f.code for f in parse('职务 == "否则" 5')[1]] == ["formula-joined"]
    assert parse("如果数 + 1")[1] == ()


def test_a_long_one_costs_no_more_than_its_length() -> None:
    assert parse("如果" + "则否则，" * 400)[0] is None
