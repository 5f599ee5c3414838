"""Names and words of a scheme that nobody can tell apart are refused; what only resembles another is none of these."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from tests.errors.fragments import complete


def told(text: str) -> list[tuple[str, str]]:
    return [(d.code, d.place.text if d.place else "") for d in ir.check(text=complete(text)).errors]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("inputs:\n  cap: {type: integer, range: [0, 9]}\n  сар: {type: integer, range: [0, 9]}\n", "сар"),
        ("parameters: {A: 1}\nquantities: {Α: A * 2}\n", "Α"),
        ("functions: {f: {takes: [a, а], is: a + а}}\nquantities: {x: 'f(1, 2)'}\n", "а"),
        ("inputs:\n  team: {type: category, one_of: [A, А]}\n", "А"),
    ],
)
def test_what_nobody_can_tell_apart_is_refused(text: str, place: str) -> None:
    assert ("name-alike", place) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "parameters: {rate: 1, Rate: 2, r4te: 3}\nquantities: {x: rate + Rate + r4te}\n",
        "parameters: {премия: 1, цена: 2}\nquantities: {x: премия + цена}\n",
        "functions: {f: {takes: [x1], is: x1}, g: {takes: [x1], is: x1}}\nquantities: {x: f(1) + g(2)}\n",
    ],
)
def test_what_can_be_told_apart_is_not(text: str) -> None:
    assert told(text) == []


def test_a_formula_that_uses_the_other_letters_is_told_which_name_is_meant() -> None:
    report = ir.check(text=complete("parameters: {cap: 9}\nquantities: {x: сар * 2}\n"))
    assert "did you mean `cap`" in str(report) and "`с` and `c` are two characters" in str(report)


def test_only_what_looks_alike_is_called_so() -> None:
    text = complete("parameters: {最低薪资: 2690}\nquantities: {x: 最低工资 * 2}\n")
    assert "最低薪资" in str(ir.check(text=text)) and "two characters" not in str(ir.check(text=text))
