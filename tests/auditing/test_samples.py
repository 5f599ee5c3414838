"""Exact statistics, by hand."""

from __future__ import annotations

from fractions import Fraction

from incentive_rules.auditing.samples import gini, in_steps, quarters
from tests.auditing.made import sample


def test_sums_means_medians_and_variances() -> None:
    """1, 2, 4, 9: mean 4, median 3, squared differences 9 + 4 + 0 + 25 over 3."""
    one = sample(9, "1.00", 4, 2)
    assert (one.n, one.mean, one.median, one.variance) == (4, 4, 3, Fraction(38, 3))
    assert (one.least, one.greatest, one.above_zero) == (1, 9, 4)
    assert sample("0.1", "0.2", "0.4").median == Fraction(2, 10)
    assert sample(7).variance == 0


def test_thirds_and_cents_have_a_common_step_and_very_many_quotients_none() -> None:
    steps = in_steps([Fraction(1, 3), None, Fraction(1, 100)])
    assert steps is not None
    assert (list(steps.units), steps.step) == ([100, None, 3], Fraction(1, 300))
    assert in_steps([Fraction(1, n) for n in range(1, 200)]) is None


def test_quarters_of_people() -> None:
    """Eight people, two in each quarter."""
    found = quarters({"F": sample(1, 2, 3, 6), "M": sample(4, 5, 7, 8)})
    assert found["F"] == (1, Fraction(1, 2), Fraction(1, 2), 0)
    assert found["M"] == (0, Fraction(1, 2), Fraction(1, 2), 1)


def test_people_paid_the_same_on_the_line_between_quarters_stand_in_both() -> None:
    """Four people, one place in each quarter; the two in the middle have the same, and share both places."""
    found = quarters({"F": sample(1, 2), "M": sample(2, 3)})
    assert found["F"] == (1, Fraction(1, 2), Fraction(1, 2), 0)
    assert found["M"] == (0, Fraction(1, 2), Fraction(1, 2), 1)
    assert quarters({"F": sample(5), "M": sample(5, 5)})["F"] == (Fraction(1, 3),) * 4


def test_quarters_add_up_to_1_of_five_people() -> None:
    """A quarter is a person and a quarter."""
    found = quarters({"F": sample(1, 5), "M": sample(2, 3, 4)})
    assert [a + b for a, b in zip(*found.values(), strict=True)] == [1, 1, 1, 1]
    assert found["F"][0] == Fraction(4, 5)


def test_gini() -> None:
    """1 and 3: mean difference 2 over twice the mean 4, halved again for pairs with oneself: 1/4."""
    assert gini(sample(1, 3)) == Fraction(1, 4)
    assert gini(sample(2, 2, 2)) == 0
    assert gini(sample(0, 0, 0, 12)) == Fraction(3, 4)
    assert gini(sample(0, 0)) is None
    assert gini(sample(-1, 3)) is None
