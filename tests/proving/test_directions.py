"""Where nothing is promised, `prove` tells which facts raise what comes out and which lower it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.model.verdict import Directions

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
POINTS = """\
format: 1
scheme: points
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: year
inputs:
  team: {type: key}
  wins: {type: integer, range: [0, 30]}
  fouls: {type: integer, range: [0, 30]}
  seconds: {type: integer, range: [0, 900]}
  idle: {type: integer, range: [0, 9]}
quantities:
  base: 3 * wins
  points: base - fouls + (1 if seconds == 60 else 0)
"""


def test_each_fact_is_said_to_raise_or_to_lower_or_left_open() -> None:
    report = ir.prove(text=POINTS)
    assert report.directions == (Directions("points", ("wins",), ("fouls",), ("seconds",)),)
    english, chinese = report.render("text", "en"), report.render("text", "zh")
    assert "`points` never falls (proved) as these rise: 1\n    wins\n" in english
    assert "以下各项升高时 `points` 不升（已证明）：1\n    fouls\n" in chinese
    assert json.loads(report.render("json"))["directions"] == [
        {"result": "points", "raised_by": ["wins"], "lowered_by": ["fouls"], "open": ["seconds"]}
    ]


def test_where_better_work_is_promised_the_verdict_tells_of_it() -> None:
    promised = POINTS.replace("period: year\n", "period: year\ncurrency: EUR\n") + (
        "indicators: {won: {weight: 100%, better: higher, value: wins, score: value}}\n"
        "pay: {prize: {amount: 10 * total}}\n"
    )
    assert [one.result for one in ir.prove(text=promised).directions] == ["net"]
    better = promised + "principles: {p: {title: P, promises: {better_never_pays_less: all}}}\n"
    assert ir.prove(text=better).directions == ()


@pytest.mark.thorough
def test_the_rates_of_a_national_programme() -> None:
    """Each of the 21 rates has its direction, as the programme says of the measure; a baseline has none."""
    (found,) = ir.prove(SCHEMES / "hvbp_fy2024.yaml").directions
    falling = ("hip_knee", "hai_1", "hai_2", "hai_3", "hai_4", "hai_5", "hai_6", "mspb")
    assert found.lower_it == tuple(f"{name}_rate" for name in falling)
    assert (len(found.raise_it), found.raise_it[0]) == (14, "ssi_published")
    assert len(found.open) == 21
    assert all(name.endswith("_baseline") for name in found.open)
