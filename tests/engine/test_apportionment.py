"""Whole units shared in proportion: small boxes tried whole, against shares made unit by unit."""

from __future__ import annotations

import doctest
import itertools
import random
from collections.abc import Sequence
from fractions import Fraction

import pytest

from incentive_rules.engine.columns import apportionment
from incentive_rules.engine.columns.apportionment import Weight, shares
from incentive_rules.judging.apportionment import Member, apportioned

METHODS = ("largest_remainder", "webster", "keep_remainder")


def by_definition(amount: int, weights: Sequence[Weight], caps: Sequence[int] | None, method: str) -> list[int]:
    """What the referee gives."""
    some = [i for i, weight in enumerate(weights) if weight > 0]
    members = [Member(Fraction(weights[i]), (f"k{i}",), None if caps is None else caps[i]) for i in some]
    found = [0] * len(weights)
    for i, share in zip(some, apportioned(amount, members, method), strict=True):
        found[i] = share
    return found


def test_the_examples_of_the_docstrings() -> None:
    assert doctest.testmod(apportionment).failed == 0


@pytest.mark.sampled(1)
@pytest.mark.parametrize("method", METHODS)
def test_every_case_of_a_small_box(method: str, pytestconfig: pytest.Config) -> None:
    """Three members with weights 0 to 4 (in small to 2), amounts 0 to 7; each cap absent, or 0 to 3."""
    most = 3 if pytestconfig.getoption("--profile") == "fast" else 5
    keys = ["k0", "k1", "k2"]
    for weights in itertools.product(range(most), repeat=3):
        for amount in range(8):
            assert shares(amount, weights, keys, method) == by_definition(amount, weights, None, method)
            for caps in itertools.product((0, 1, 3), repeat=3):
                given = shares(amount, weights, keys, method, caps)
                assert given == by_definition(amount, weights, caps, method)
                assert sum(given) <= amount
                assert all(share <= cap for share, cap in zip(given, caps, strict=True))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("capped", [False, True])
def test_large_sums_and_quotients(method: str, capped: bool) -> None:
    chance = random.Random(f"{method}{capped}")
    for _ in range(150):
        size = chance.randint(1, 12)
        weights: list[Weight] = [
            chance.choice((0, 1, chance.randint(1, 10**6), Fraction(chance.randint(1, 99), chance.randint(1, 31))))
            for _ in range(size)
        ]
        caps = [chance.randint(0, 900) for _ in weights] if capped else None
        amount = chance.randint(0, 5000)
        keys = [f"k{i}" for i in range(size)]
        assert shares(amount, weights, keys, method, caps) == by_definition(amount, weights, caps, method)


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_rows_plays_no_part(method: str) -> None:
    chance = random.Random(5)
    for _ in range(200):
        rows = [(chance.randint(0, 5), f"k{i}", chance.randint(0, 6)) for i in range(6)]
        turned = chance.sample(rows, len(rows))
        for capped in (False, True):
            found = []
            for some in (rows, turned):
                given = shares(
                    chance.choice([17]), [w for w, _, _ in some], [k for _, k, _ in some], method,
                    [c for _, _, c in some] if capped else None,
                )  # fmt: skip
                found.append(dict(zip((k for _, k, _ in some), given, strict=True)))
            assert found[0] == found[1]


@pytest.mark.thorough
def test_webster_begins_where_it_is_nearly_done() -> None:
    """A giant among many small ones: whole shares rounded one by one would be far from the amount."""
    weights = [10**9, *[1] * 2000]
    keys = [f"k{i:04}" for i in range(len(weights))]
    given = shares(10**9 + 1000, weights, keys, "webster")
    assert sum(given) == 10**9 + 1000
    assert given == by_definition(10**9 + 1000, weights, None, "webster")
