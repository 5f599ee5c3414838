"""Grades by rank: as the grades of the scheme, and as a quantity beside them."""

from __future__ import annotations

import pytest

from incentive_rules.base.numbers import Rounding
from incentive_rules.model.scheme import Distribution, Role
from tests.loading.schemes import clean, codes, quantity

BY_YEAR = (
    "quantities:\n  year: {of: speed, within: post, ties: all, rounding: down, "
    "shares: {A: {share: 20%, factor: 1.5}, B: {share: 80%, factor: 1}}}\n"
)


def test_a_quantity_by_rank_is_called_as_it_is_written_and_makes_its_further_outputs() -> None:
    scheme = clean(BY_YEAR)
    for name, words in (("year", ["A", "B"]), ("factor", ["1.5", "1"])):
        found = quantity(scheme, name)
        assert found.role is Role.QUANTITY
        body = found.body
        assert isinstance(body, Distribution)
        assert (body.argument, body.within, body.give, body.ties, body.rounding) == (
            "speed", "post", name, "all", Rounding.DOWN,
        )  # fmt: skip
        assert [share.text for share, _ in body.rows] == ["20%", "80%"]
        assert [dict(outputs.values)[name].text for _, outputs in body.rows] == words


def test_the_grades_of_the_scheme_stand_beside_it() -> None:
    scheme = clean(BY_YEAR + "grades: {of: total, from: {90: A}, else: B}\n")
    assert [q.name for q in scheme.quantities if q.name in ("grade", "year", "factor")] == ["year", "factor", "grade"]


@pytest.mark.parametrize(
    "fragment, code",
    [
        ("quantities: {year: {of: speed, is: speed, shares: {A: 50%, B: 50%}}}\n", "keys-clash"),
        ("quantities: {year: {of: speed, from: {1: A}, shares: {A: 50%, B: 50%}}}\n", "keys-clash"),
        ("quantities: {year: {of: speed, decimals: 2, shares: {A: 50%, B: 50%}}}\n", "keys-clash"),
        ("quantities: {year: {shares: {A: 50%, B: 50%}}}\n", "key-missing"),
        ("quantities: {year: {is: speed, within: post}}\n", "key-missing"),
        ("quantities: {year: {is: speed, ties: all}}\n", "key-missing"),
        ("quantities: {year: {of: speed, shares: {A: 50%, B: 40%}}}\n", "shares-total"),
        ("quantities: {y: {of: speed, shares: {A: {share: 9%, wage: 1}, B: {share: 91%, wage: 2}}}}\n", "name-twice"),
    ],
)  # fmt: skip
def test_what_cannot_stand_beside_shares_is_found(fragment: str, code: str) -> None:
    assert codes(fragment) == [code]
