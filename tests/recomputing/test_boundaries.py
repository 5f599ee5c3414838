"""Who the referee recomputes beside a sample: people with a fact at the end of its range, or a value on an edge."""

from __future__ import annotations

from fractions import Fraction

import pytest

import incentive_rules as ir
from incentive_rules.reading.values import read_person
from incentive_rules.recomputing.boundaries import Boundary, boundaries_of, spread, stands_on

SCHEME = """\
format: 1
scheme: edges
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
indicators:
  pace: {weight: 100%, better: higher, value: jobs / worked, score: {points: {1: 0, 3: 100}}}
grades: {of: total, from: {90: {grade: A, rate_of: 1.5}, 60: {grade: B, rate_of: 1}}, else: {grade: C, rate_of: 0}}
tables:
  rate: {keys: [post, jobs], equals: {low: {from: {50: 2}, else: 1}, high: {from: {80: 2}, else: 1}}}
quantities:
  inside: rate(post, jobs)
  distance: sum(km)
  computed: {is: 'rate(post, jobs * 2 / 2)', decimals: 2}
pay:
  bonus: {amount: 100 * rate_of * inside + 0 * computed + 0 * distance}
inputs:
  engineer: {type: key}
  post: {one_of: [low, high], type: category}
  jobs: {type: integer, range: [0, 99]}
  worked: {type: integer, range: [1, 31]}
  flag: {type: boolean}
details:
  trips: {belongs_to: engineer, key: [trip], inputs: {trip: {type: key}, km: {type: integer, range: [0, 900]}}}
"""


@pytest.fixture(scope="module")
def pipeline() -> ir.Pipeline:
    return ir.compile(text=SCHEME, period="2026-04")


def met(pipeline: ir.Pipeline, km: int = 5, **facts: object) -> set[Boundary]:
    row = {"engineer": "G1", "post": "low", "jobs": 37, "worked": 20, "flag": True, **facts}
    people = pipeline.people([row], {"trips": [{"engineer": "G1", "trip": "t", "km": km}]})
    details = {name: groups["G1"] for name, groups in people.details.items()}
    values, tables, _ = read_person(pipeline.checked, people.rows[0], details)
    (result,) = pipeline.run(people).results
    found = stands_on(boundaries_of(pipeline.checked), [values, *tables["trips"]], result)
    return {(name, Fraction(value)) for name, value in found}


def test_the_boundaries_are_ends_of_ranges_and_edges_of_tables(pipeline: ir.Pipeline) -> None:
    assert boundaries_of(pipeline.checked) == {
        "jobs": {0, 50, 80, 99}, "worked": {1, 31}, "km": {0, 900}, "value(pace)": {1, 3}, "total": {60, 90},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "boundaries"),
    [
        ({}, set()),
        ({"jobs": 0}, {("jobs", 0)}),
        ({"worked": 31, "jobs": 99}, {("worked", 31), ("jobs", 99)}),
        ({"jobs": 50}, {("jobs", 50)}),
        ({"jobs": 60}, {("value(pace)", 3)}),
        ({"jobs": 56}, {("total", 90)}),
        ({"km": 900}, {("km", 900)}),
    ],
)
def test_a_person_stands_on(pipeline: ir.Pipeline, facts: dict[str, int], boundaries: set[Boundary]) -> None:
    assert met(pipeline, **facts) == boundaries


def test_a_flag_is_no_one(pipeline: ir.Pipeline) -> None:
    result = pipeline.score({"engineer": "G1", "post": "low", "jobs": 3, "worked": 20, "flag": True}, {"trips": []})
    assert stands_on({"flag": frozenset({Fraction(1)})}, [{"flag": True}], result) == ()


def test_a_rare_boundary_is_not_crowded_out() -> None:
    common, rare = ("complaints", Fraction(0)), ("total", Fraction(90))
    standing = [(n, [common]) for n in range(50)] + [(99, [rare])]
    assert spread(standing, 3) == (0, 99, 1)
    assert len(spread(standing, 500)) == 51
    assert spread([], 500) == () and spread([(1, [common, rare])], 500) == (1,)
