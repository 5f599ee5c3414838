"""Groups whose names nobody can tell apart: two pools where one was meant."""

from __future__ import annotations

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: twins
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  engineer: {type: key}
  team: {type: category}
  note: {type: category}
  x: {type: integer, range: [0, 9]}
quantities:
  noted: note == "x"
pay:
  bonus:
    pool: {each: team, amount: '100', in_proportion_to: x}
"""


def row(key: str, team: str, note: str = "x") -> dict[str, object]:
    return {"engineer": key, "team": team, "note": note, "x": 3}


@pytest.mark.parametrize("other", [" north", "north ", "no\u200brth", "north\u00a0"])
def test_who_belongs_to_a_group_that_looks_like_another_is_refused(other: str) -> None:
    people = [row("A", "north"), row("B", other), row("C", "south")]
    with pytest.raises(ir.DataError) as refused:
        ir.compile(text=SCHEME, period="2026-03").run(people)
    assert [(p.code, p.key) for p in refused.value.problems] == [("data-group-twin", "A"), ("data-group-twin", "B")]
    kept = ir.compile(text=SCHEME, period="2026-03").run(people, on_error="quarantine")
    assert [(r.key, str(r["bonus"])) for r in kept.results] == [("C", "100.00")]


def test_what_an_eye_tells_apart_is_two_groups_and_what_nobody_is_gathered_by_is_anything() -> None:
    people = [row("A", "north", " x"), row("B", "North", "x "), row("C", "nor th")]
    run = ir.compile(text=SCHEME, period="2026-03").run(people)
    assert [str(r["bonus"]) for r in run.results] == ["100.00"] * 3


def test_the_message_shows_what_the_eye_does_not_see() -> None:
    with pytest.raises(ir.DataError, match=r'"no\\u200brth"'):
        ir.compile(text=SCHEME, period="2026-03").run([row("A", "north"), row("B", "no\u200brth")])
