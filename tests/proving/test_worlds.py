"""Many worlds in one run give what each gives when it is played alone."""

from __future__ import annotations

from random import Random

import pytest

import incentive_rules as ir
from incentive_rules.crowds import crews
from incentive_rules.lang.types import Kind
from incentive_rules.played import Stage
from incentive_rules.proving.worlds import CellAt, RowAt, Tables, World, rows_of_world
from tests.proving.test_founding_claims import SCHEMES

PERIODS = {"service_engineer_1": "2026-Q2", "service_engineer_2_zh": "2026-12", "hvbp_fy2024": "2024"}


def differing(rng: Random, stage: Stage, tables: Tables) -> World:
    """A world with some cells of other rows, and without some rows of details or somebody with all their rows."""
    checked = stage.checked
    details = {one.name for one in checked.scheme.details}
    shrinking = {one.name for one in checked.scheme.details if not one.recorded}  # the past has all its rows
    cells: dict[CellAt, object] = {}
    for _ in range(rng.choice((1, 3, 9))):
        table = rng.choice([name for name, rows in tables.items() if rows])
        name = rng.choice(list(tables[table][0]))
        one = checked.inputs.get(name)
        if one is None or one.facts.type.kind is Kind.KEY or (name,) in checked.levels:
            continue
        value = rng.choice(tables[table])[name]
        bounds = one.facts.bounds
        if one.facts.type.kind is Kind.NUMBER and bounds.low is not None and bounds.high is not None:
            value = rng.choice((value, bounds.low, bounds.high))
        cells[table, rng.randrange(len(tables[table])), name] = value
    lacking: set[RowAt] = set()
    if rng.random() < 0.3:
        key = next(one.name for one in checked.scheme.inputs if one.type == "key")
        gone = rng.randrange(len(tables[""]))
        lacking |= {(table, number) for table in ("", *details) for number, row in enumerate(tables.get(table, ()))
                    if row.get(key) == tables[""][gone][key]}  # fmt: skip
    elif rng.random() < 0.5 and shrinking:
        table = rng.choice(sorted(shrinking))
        lacking |= {(table, number) for number in range(len(tables.get(table, ()))) if rng.random() < 0.5}
    return World(cells, frozenset(lacking))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", PERIODS)
def test_worlds_played_together_are_those_played_alone(name: str, pytestconfig: pytest.Config) -> None:
    pipeline = ir.compile(SCHEMES / f"{name}.yaml", period=PERIODS[name])
    stage, rng = Stage(pipeline.checked, pipeline.plan), Random(7)
    tables = next(iter(crews(pipeline.checked)))
    ground = stage.ground(tables)
    assert ground is not None
    count = 12 if pytestconfig.getoption("--profile") == "fast" else 120
    worlds = [differing(rng, stage, tables) for _ in range(count)]
    played = ground.play(worlds)
    same = 0
    for number, world in enumerate(worlds):
        alone = stage.play(rows_of_world(tables, world))
        for person, key in enumerate(ground.keys):
            result = played.result(number, person)
            if result is not None:  # else somebody is refused there
                assert alone.get(key) == (result if result.in_scope else None), (world.cells, world.without)
                same += 1
    assert same >= count


TEAM = """\
format: 1
scheme: teams
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
limits: {max_people: 50}
applies_to: jobs > 0
inputs:
  id: {type: key}
  team: {type: category}
  jobs: {type: integer, range: [0, 100]}
require: [jobs != 13]
pay:
  fund: {pool: {each: everyone, amount: 100, in_proportion_to: jobs}}
  top: {amount: "10 if coalesce(jobs == max(jobs, over=everyone), false) else 0"}
"""


def test_nobody_of_another_world_is_compared_or_shares_a_pool() -> None:
    """A pool, a rank or a largest value is worked out inside one world; a refused person stops that world only."""
    pipeline = ir.compile(text=TEAM, period="2026-01")
    stage = Stage(pipeline.checked, pipeline.plan)
    ground = stage.ground({"": [{"id": n, "team": "a", "jobs": 10} for n in ("x", "y", "z")]})
    assert ground is not None
    worlds = [World(), World({("", 0, "jobs"): 20}), World({("", 0, "jobs"): 13}), World({("", 2, "jobs"): 0}),
              World({("", 0, "jobs"): "many"}), World(without=frozenset({("", 1), ("", 2)}))]  # fmt: skip
    played = ground.play(worlds)
    found = []
    for number in range(len(worlds)):
        results = [played.result(number, person) for person in range(3)]
        found.append([None if one is None else (str(one["fund"]), str(one["top"])) for one in results])
    assert found == [
        [("33.34", "10.00"), ("33.33", "10.00"), ("33.33", "10.00")],
        [("50.00", "10.00"), ("25.00", "0.00"), ("25.00", "0.00")],
        [None, None, None],
        [("50.00", "10.00"), ("50.00", "10.00"), None],
        [None, None, None],
        [("100.00", "10.00"), None, None],
    ]
    assert played.column("fund", 0).values[:2].tolist() == [3334, 5000]
    assert played.there(1).tolist() == [True, True, False, True, False, False]
