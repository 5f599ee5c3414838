"""Grades by rank are a person's, as the grades of the scheme and as a quantity beside them."""

from __future__ import annotations

import pytest

from incentive_rules.checking.check import check_scheme
from incentive_rules.loading import load
from incentive_rules.model.levels import PERSON
from tests.errors.fragments import complete

SHARES = "{of: speed, within: post, ties: all, shares: {A: {share: 20%, factor: 1.5}, B: {share: 80%, factor: 1}}}"


@pytest.mark.parametrize(
    "fragment, name", [(f"grades: {SHARES}\n", "grade"), (f"quantities: {{year: {SHARES}}}\n", "year")]
)
def test_a_grade_by_rank_stands_at_the_person(fragment: str, name: str) -> None:
    scheme, _ = load(complete(fragment), "scheme.yaml")
    assert scheme is not None
    checked, found = check_scheme(scheme)
    assert checked is not None, found
    assert checked.quantity(name).level == checked.quantity("factor").level == PERSON
    assert checked.quantity(name).facts.type.values == frozenset({"A", "B"})
