"""A column may hold cells of any types: what is read of each is what is read of it alone, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir

SCHEME = """
format: 1
scheme: mixed
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  k: {type: key}
  x: {type: X, MORE}
quantities:
  y: MEASURED
"""
# Cells that Python finds equal and that are not the same, next to some that are.
CELLS = (
    0, 1, 2, True, False, 0.0, -0.0, 1.0, 2.0, "0", "1", "1.0", "是", "true", Decimal(1), Decimal("1.0"),
    Decimal("1.10"),
    Decimal("1.1"), Decimal("-0"), Fraction(1), Fraction(11, 10), 1.1, 2**53, 2**53 + 1, float(2**53), 2**63, "", None,
    date(2026, 4, 1), datetime(2026, 4, 1), "2026-04-01",
)  # fmt: skip
KINDS = {
    "integer": ("range: [0, 99999999999999999999]", "x + 1"),
    "number": ("decimals: 2, range: [0, 99999999999999999999]", "x + 1"),
    "boolean": ("", "1 if x else 2"),
    "date": ("range: [2026-01-01, 2026-12-31]", "days(x, period_last_day)"),
    "category": ("", "1 if x == \"1\" else 2"),
}


def pipeline_for(kind: str) -> ir.Pipeline:
    more, measured = KINDS[kind]
    text = SCHEME.replace("X, MORE", f"{kind}, {more}" if more else kind).replace("MEASURED", measured)
    return ir.compile(text=text, period="2026-04")


def outcomes(pipeline: ir.Pipeline, cells: Sequence[object]) -> list[object]:
    """For each cell the value that comes of it with its type, or the code of what is wrong with it."""
    run = pipeline.run([{"k": f"K{n}", "x": cell} for n, cell in enumerate(cells)], on_error="quarantine", referee=0)
    values = {result.key: result["y"] for result in run.results}
    codes = {one.key: one.problem.code for one in run.quarantined}
    keys = [f"K{n}" for n in range(len(cells))]
    return [(type(values[key]), values[key]) if key in values else codes[key] for key in keys]


@pytest.mark.parametrize("kind", KINDS)
@given(cells=st.lists(st.sampled_from(CELLS), min_size=2, max_size=8))
def test_what_stands_beside_a_cell_changes_nothing(kind: str, cells: list[object]) -> None:
    pipeline = pipeline_for(kind)
    assert outcomes(pipeline, cells) == [outcome for cell in cells for outcome in outcomes(pipeline, [cell])]


@pytest.mark.parametrize("kind", KINDS)
def test_cells_that_python_finds_equal_are_read_each_for_itself(kind: str) -> None:
    pipeline = pipeline_for(kind)
    alone = [outcome for cell in CELLS for outcome in outcomes(pipeline, [cell])]
    for cells, expected in ((CELLS, alone), (CELLS[::-1], alone[::-1])):
        assert outcomes(pipeline, cells) == expected
