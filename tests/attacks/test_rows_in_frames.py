"""The corpus of hostile cells in every kind of frame that can hold them: the same verdict as in a list of dicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import incentive_rules as ir
from tests.attacks.test_rows import CELLS, PIPELINES, Case, built
from tests.framing.carriers import CARRIERS, as_rows
from tests.shared_data import ABSENT

HELD = [case for case in CELLS if case["value_type"] != "numpy"]  # an array holds these: tests/framing


def verdict(pipeline: ir.Pipeline, people: Any) -> object:
    """The value as the scheme sees it, or the code, row, column and key of the refusal."""
    run = pipeline.run(people, on_error="quarantine", referee=0)
    if not run.quarantined:
        return run.results[0]["seen"]
    (refused,) = run.quarantined
    return refused.problem.code, refused.row, refused.column, refused.key


def frame_with(make: Any, row: Mapping[str, object]) -> Any:
    """A frame of this row; None where the carrier cannot hold it, or makes something else of it."""
    try:
        frame, again = make([row]), as_rows(make([row]))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # each library has its own errors for what it cannot hold; a panic of polars is no Exception
        return None
    (held,), cell = again, row["tasks"]
    is_same = held["tasks"] == cell and isinstance(held["tasks"], str) == isinstance(cell, str)
    return frame if is_same or (cell != cell and (held["tasks"] is None or held["tasks"] != held["tasks"])) else None


@pytest.mark.skipif(not CELLS, reason=ABSENT)
@pytest.mark.parametrize("case", HELD, ids=lambda case: str(case["id"]))
def test_a_hostile_cell_has_one_verdict_in_every_frame(case: Case) -> None:
    row = {"engineer": "G1", "tasks": built(case)}
    for missing in (False, True):
        pipeline = PIPELINES[str(case["column"]), missing]
        plain = verdict(pipeline, [row])
        frames = {name: frame_with(make, row) for name, make in CARRIERS.items()}
        found = {name: verdict(pipeline, frame) for name, frame in frames.items() if frame is not None}
        assert "dicts" in found and "pandas of objects" in found
        assert all(one == plain and type(one) is type(plain) for one in found.values()), (plain, found)


@pytest.mark.skipif(not CELLS, reason=ABSENT)
def test_nearly_every_frame_holds_nearly_every_case() -> None:
    """What is left out above is little, so that the test above says something."""
    rows = [{"engineer": "G1", "tasks": built(case)} for case in HELD]
    for name, make in CARRIERS.items():
        kept = sum(frame_with(make, row) is not None for row in rows)
        assert kept >= 0.8 * len(rows), (name, kept, len(rows))
