"""Which column an input reads: its own, or another's as well; and names of inputs that are no headings."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import render
from incentive_rules.reading.sources.files import read_bytes

HEAD = """\
format: 1
scheme: columns
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: year
"""
SHARED = HEAD + """\
quantities: {a: year + 1, b: 'count(over=everyone, within=season)', c: season}
inputs:
  driver: {type: key}
  year: {type: integer, range: [1950, 2025]}
  season: {type: category, column: year}
MORE"""
THREE = HEAD + """\
quantities: {a: low + 1, b: high + 1}
inputs:
  driver: {type: key}
  low: {type: integer, range: [0, 9], column: points}
  high: {type: integer, range: [5, 99], column: points}
MORE"""
SWAPPED = HEAD + """\
quantities: {a: 10 * one + two}
inputs:
  driver: {type: key}
  one: {type: integer, range: [0, 9], column: two}
  two: {type: integer, range: [0, 9], column: one}
MORE"""
ROWS = HEAD + """\
quantities: {a: 'sum(year) + count(season == "1950")'}
details:
  races:
    belongs_to: driver
    inputs: {year: {type: integer, range: [1950, 2025]}, season: {type: category, column: year}}
inputs: {driver: {type: key}}
MORE"""


def pipeline(text: str, more: str = "") -> ir.Pipeline:
    return ir.compile(text=text.replace("MORE", more), period="2026")


def table(text: str) -> object:
    found, problems = read_bytes(text.encode(), "data.csv")
    assert found is not None, problems
    return found


def test_two_inputs_read_one_column_of_a_file_and_of_a_row() -> None:
    """Each by its own rule: one as a number, one as a word."""
    for rows in (table("driver,year\nA,1950\n"), [{"driver": "A", "year": 1950}]):
        run = pipeline(SHARED).run(rows)  # type: ignore[arg-type]
        assert run.results[0].as_dict() == {"a": 1951, "b": 1, "c": "1950"}


def test_two_inputs_that_say_the_same_column_both_read_it() -> None:
    for rows in (table("driver,points\nA,7\n"), [{"driver": "A", "points": 7}]):
        assert pipeline(THREE).run(rows).results[0].as_dict() == {"a": 8, "b": 8}  # type: ignore[arg-type]
    assert pipeline(THREE).score({"driver": "A", "points": "7"})["b"] == 8
    with pytest.raises(ir.DataError) as error:
        pipeline(THREE).score({"driver": "A", "points": 3})
    assert [(p.code, p.params["input"], p.column) for p in error.value.problems] == [("data-range", "high", "points")]


def test_the_same_in_detail_rows() -> None:
    for rows in (table("driver,year\nA,1950\nA,1951\n"), [{"driver": "A", "year": y} for y in (1950, 1951)]):
        run = pipeline(ROWS).run([{"driver": "A"}], {"races": rows})  # type: ignore[dict-item]
        assert run.results[0]["a"] == 3902
    assert pipeline(ROWS).score({"driver": "A"}, {"races": [{"year": 1950}, {"year": 1951}]})["a"] == 3902


def test_whoever_shares_a_column_may_still_be_named_by_itself() -> None:
    """An input is found by its own name too; what stands under it then is its value."""
    facts = {"driver": "A", "year": 1960, "season": "1950"}
    assert pipeline(SHARED).run([facts]).results[0]["c"] == "1950"
    assert pipeline(SHARED).run(table("driver,year,season\nA,1960,1950\n")).results[0]["c"] == "1950"  # type: ignore[arg-type]
    assert pipeline(THREE).score({"driver": "A", "low": 1, "high": 20})["b"] == 21


def test_a_value_that_is_given_twice_is_refused() -> None:
    text = SHARED.replace("column: year", "column: kind")
    with pytest.raises(ir.DataError) as error:
        pipeline(text).run([{"driver": "A", "year": 1950, "season": "x", "kind": "y"}])
    assert [(p.code, p.variant) for p in error.value.problems] == [("data-heading-twice", "both")]


EXAMPLES: Mapping[str, tuple[str, str]] = {
    "shared": (SHARED, "given: {driver: A, year: 1960, season: '1950'}, expect: {a: 1961, c: '1950'}"),
    "one column": (THREE, "given: {driver: A, low: 1, high: 20}, expect: {a: 2, b: 21}"),
    "swapped": (SWAPPED, "given: {driver: A, one: 1, two: 2}, expect: {a: 12}"),
    "rows": (ROWS, "given: {races: [{year: 1950, season: '1950'}, {year: 1951, season: x}]}, expect: {a: 3902}"),
    "several": (SHARED, "people: {A: {given: {year: 1960, season: x}}}, expect: {A: {a: 1961, b: 1, c: x}}"),
    "several swapped": (SWAPPED, "people: {A: {given: {one: 1, two: 2}}}, expect: {A: {a: 12}}"),
    "several with rows": (ROWS, "people: {A: {given: {races: [{year: 1950, season: x}]}}}, expect: {A: {a: 1950}}"),
}  # fmt: skip


@pytest.mark.parametrize("text, example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_names_the_inputs_and_not_the_columns(text: str, example: str) -> None:
    more = f"examples:\n  - {{name: x, period: 2026, {example}}}\n"
    (outcome,) = ir.test(text=text.replace("MORE", more)).outcomes
    assert outcome.passed, render(outcome.diagnostics)


def test_swapped_columns_of_a_row_are_headings() -> None:
    assert pipeline(SWAPPED).score({"driver": "A", "one": 1, "two": 2})["a"] == 21
    assert pipeline(SWAPPED).run(table("driver,one,two\nA,1,2\n")).results[0]["a"] == 21  # type: ignore[arg-type]
    run = pipeline(SWAPPED).run([{"driver": "A", "one": 1, "two": 2}])
    assert "12" not in str(run.results[0].explain("en")).splitlines()[0]
