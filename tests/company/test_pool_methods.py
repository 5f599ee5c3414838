"""The table of docs/explanation/pools.md, in both engines: which property each way of sharing a pool keeps.

The columnar engine and the referee share a pool by code of their own, and neither sees the other's. The answers are
those of a study of six ways to round a pool; where it found that ties went by the place in the list, ours go by the
larger share and then by the key, so that the order of rows plays no part at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from incentive_rules.engine.columns.apportionment import shares
from incentive_rules.judging.apportionment import Member, apportioned
from tests.company.pool_properties import PROPERTIES, Case, Method, broken

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "pools.md"
METHODS = ("largest_remainder", "webster", "keep_remainder")


def by_the_engine(method: str) -> Method:
    return lambda pool, weights, keys: shares(pool, weights, keys, method)


def by_the_referee(method: str) -> Method:
    def share(pool: int, weights: Sequence[int], keys: Sequence[str]) -> Sequence[int]:
        members = [Member(Fraction(w), (key,), None) for w, key in zip(weights, keys, strict=True)]
        return apportioned(pool, members, method)

    return share


@cache
def found(engine: str, method: str) -> Mapping[str, Case]:
    return broken(by_the_engine(method) if engine == "columnar" else by_the_referee(method))


def written() -> dict[str, dict[str, bool]]:
    """Property → method → whether the page says that it is kept."""
    table = PAGE.read_text("utf-8").partition("<!-- properties -->\n")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    methods = [re.sub("`", "", cell) for cell in rows[0][1:]]
    return {
        name: {method: {"yes": True, "no": False}[cell] for method, cell in zip(methods, cells, strict=True)}
        for name, *cells in rows[2:]
    }


@pytest.mark.sampled(1)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("engine", ["columnar", pytest.param("referee", marks=pytest.mark.thorough)])
def test_what_is_kept_is_what_the_page_says(engine: str, method: str) -> None:
    says = {name: kept[method] for name, kept in written().items()}
    assert {name: name not in found(engine, method) for name in PROPERTIES} == says


@pytest.mark.thorough
@pytest.mark.parametrize("method", METHODS)
def test_both_engines_break_a_property_in_the_same_case(method: str) -> None:
    by_columns, by_referee = found("columnar", method), found("referee", method)
    assert {n: (c.pool, c.weights, c.shares) for n, c in by_columns.items()} == {
        n: (c.pool, c.weights, c.shares) for n, c in by_referee.items()
    }


@pytest.mark.thorough
def test_the_table_is_printed() -> None:
    print(f"\n{'':45}" + "".join(f"{method:>19}" for method in METHODS))
    for name in PROPERTIES:
        answers = ["no" if name in found("columnar", method) else "yes" for method in METHODS]
        print(f"{name:45}" + "".join(f"{answer:>19}" for answer in answers))
    for method in METHODS:
        for name, case in found("columnar", method).items():
            print(f"{method}: not “{name}”: {case.pool} by {case.weights} is {case.shares}")


def test_a_bigger_pool_can_cost_somebody_a_cent_by_largest_remainder() -> None:
    """The page's example, and the smallest there is."""
    for share in (by_the_engine("largest_remainder"), by_the_referee("largest_remainder")):
        assert list(share(3, (1, 3, 3), "abc")) == [1, 1, 1]
        assert list(share(4, (1, 3, 3), "abc")) == [0, 2, 2]


def test_from_four_members_on_webster_can_leave_the_exact_share_by_more_than_a_cent() -> None:
    for share in (by_the_engine("webster"), by_the_referee("webster")):
        assert list(share(2, (10, 10, 10, 10, 31), "abcde")) == [0, 0, 0, 0, 2]
    assert 2 - Fraction(2 * 31, 71) > 1
