"""`best` over many members: a short plan, and the sum of the largest known values whatever their order."""

from __future__ import annotations

import itertools
import random

import pytest

import incentive_rules as ir
from incentive_rules.compiling.members import sorting_pairs

SCHEME = """\
format: 1
scheme: rounds
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  id: {type: key}
repeat:
  rounds:
    members: {MEMBERS}
    inputs:
      x: {type: number, decimals: 1, range: [-50, 50], can_be_missing: true}
    quantities:
      y: {is: x * weight}
quantities:
  all: best(y, over=rounds, n=MOST)
  some: best(y, over=rounds, n=MOST, where=x > 0 if known(x) else false)
"""


@pytest.mark.parametrize("size", range(1, 10))
def test_the_pairs_sort_every_row_of_noughts_and_ones(size: int) -> None:
    """Whatever sorts these sorts everything (the 0-1 principle)."""
    for row in itertools.product((0, 1), repeat=size):
        found = list(row)
        for i, j in sorting_pairs(size):
            found[i], found[j] = max(found[i], found[j]), min(found[i], found[j])
        assert found == sorted(row, reverse=True)


@pytest.mark.parametrize("size, most", [(1, 1), (2, 3), (5, 2), (12, 4), (33, 33)])
def test_best_is_the_sum_of_the_largest_known(size: int, most: int) -> None:
    weights = [(1, "0.5", 3)[i % 3] for i in range(size)]
    members = ", ".join(f"m{i}: {{weight: {w}}}" for i, w in enumerate(weights))
    scheme = SCHEME.replace("MEMBERS", members).replace("MOST", str(most))
    pipeline = ir.compile(text=scheme, period="2026-03")
    chance = random.Random(size)
    for _ in range(20):
        xs = [chance.choice((None, chance.randint(-50, 50))) for _ in range(size)]
        result = pipeline.score({"id": "A", **{f"m{i}_x": x for i, x in enumerate(xs)}})
        for name, lowest in (("all", -51), ("some", 0)):
            ys = sorted((x * float(w) for x, w in zip(xs, weights, strict=True) if x is not None and x > lowest))
            if ys:
                assert float(result[name]) == sum(ys[-most:])
            else:
                assert result[name] is ir.MISSING


@pytest.mark.thorough
def test_the_plan_of_many_members_stays_short() -> None:
    members = ", ".join(f"m{i}: {{weight: 1}}" for i in range(200))
    pipeline = ir.compile(text=SCHEME.replace("MEMBERS", members).replace("MOST", "4"), period="2026-03")
    assert len(pipeline.plan.steps) < 15_000
