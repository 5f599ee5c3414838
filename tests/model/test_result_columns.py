"""Results in columns are to whoever looks at them the results that were made one by one."""

from __future__ import annotations

import pickle
from decimal import Decimal

import numpy as np
import pytest

import incentive_rules as ir
from incentive_rules.model.result_columns import exact_total, in_order_of_keys, results_of
from tests.spoiling import maybe_results_of

SCHEME = """\
format: 1
scheme: columns
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
applies_to: jobs >= 1
inputs:
  who: {type: key}
  team: {type: category}
  jobs: {type: integer, range: [0, 99]}
details:
  orders:
    belongs_to: who
    inputs: {hours: {type: integer, range: [0, 9]}}
    quantities: {twice: {is: 2 * hours}}
quantities:
  place: rank(jobs, ties="standard")
pay:
  bonus: {amount: "10.00 * sum(twice)"}
"""
PEOPLE = [{"who": who, "team": team, "jobs": jobs} for who, team, jobs in (("B", "x", 2), ("A", "y", 0), ("C", "x", 5))]
ORDERS = [{"who": "C", "hours": 3}, {"who": "B", "hours": 1}, {"who": "C", "hours": 4}]


@pytest.fixture(scope="module")
def run() -> ir.Run:
    return ir.compile(text=SCHEME, period="2026-04").run(PEOPLE, {"orders": ORDERS}, referee="all")


def test_they_are_a_sequence_like_a_tuple_of_them(run: ir.Run) -> None:
    results = run.results
    assert [one.key for one in results] == ["B", "A", "C"] and results[-1].key == "C" and len(results) == 3
    assert results == tuple(results) and tuple(results) == results and results[1:] == tuple(results)[1:]
    assert results != tuple(results)[:2] and results != list(results)
    assert hash(results) == hash(tuple(results))
    assert results[2]["twice"] == (6, 8) and results[2]["bonus"] == Decimal("140.00")
    assert not results[1].in_scope and results[1]["bonus"] == 0
    with pytest.raises(IndexError):
        results[3]


def test_a_run_that_was_pickled_is_the_same_and_explains_nobody(run: ir.Run) -> None:
    again = pickle.loads(pickle.dumps(run))
    assert again == run and again.results == run.results
    assert "bonus" in str(run.results[0].explain("en", name="bonus"))
    with pytest.raises(TypeError, match="came from elsewhere"):
        again.results[0].explain()


def test_results_made_one_by_one_become_the_same_columns(run: ir.Run) -> None:
    made = results_of(list(run.results))
    assert made == run.results and made.units("bonus") == 16_000 and results_of(made) is made
    assert [*made.in_scope] == [True, False, True]
    assert [one.key for one in in_order_of_keys(made)] == ["A", "B", "C"]
    assert in_order_of_keys(in_order_of_keys(made)) == tuple(sorted(made, key=lambda one: one.key))


def test_who_has_no_result_has_a_place_all_the_same(run: ir.Run) -> None:
    first, _, last = run.results
    some = maybe_results_of([None, first, None, last])
    assert some == (None, first, None, last) and [*some.has_result] == [False, True, False, True]
    assert maybe_results_of(some) is some and len(some.results) == 2
    assert maybe_results_of([]) == () and results_of(()) == ()


def test_a_total_never_wraps() -> None:
    most = (1 << 62) - 1
    assert exact_total(np.array([most] * 5)) == 5 * most
    assert exact_total(np.array([10**30, 1], object)) == 10**30 + 1
    assert exact_total(np.zeros(0, np.int64)) == 0
