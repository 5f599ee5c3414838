"""Places of those who are level: compared by something else, in the same direction, whatever the way of ties."""

from __future__ import annotations

import json

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: league
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  who: {type: key}
  team: {type: category, one_of: [n, s]}
  points: {type: integer, range: [0, 99]}
  wins: {type: integer, range: [0, 99]}
  seconds: {type: integer, range: [0, 9999], can_be_missing: true}
  since: {type: date}
quantities:
  place: 'RANK'
"""
# who, team, points, wins, seconds, since
PEOPLE = [
    ("A", "n", 10, 3, 50, "2020-01-01"), ("B", "n", 10, 3, 40, "2021-01-01"), ("C", "s", 10, 4, 99, "2019-01-01"),
    ("D", "s", 12, 0, None, "2020-01-01"), ("E", "n", 9, 9, 9, "2020-01-01"), ("F", "s", 10, 3, 40, "2018-01-01"),
]  # fmt: skip
NAMES = ("who", "team", "points", "wins", "seconds", "since")


def scheme(rank: str) -> ir.Pipeline:
    return ir.compile(text=SCHEME.replace("RANK", rank), period="2026-02")


def places(rank: str) -> str:
    """The places of all, in the order of their keys; `-` for none. The referee computes everybody too."""
    rows = [dict(zip(NAMES, one, strict=True)) for one in PEOPLE]
    run = scheme(rank).run(rows, referee="all")
    return " ".join("-" if one["place"] is ir.MISSING else str(one["place"]) for one in run.results)


@pytest.mark.parametrize(
    ("rank", "found"),
    [
        ('rank(points, ties="standard")', "2 2 2 1 6 2"),
        ('rank(points, ties="standard", then=wins)', "3 3 2 1 6 3"),
        ('rank(points, ties="standard", then=[wins])', "3 3 2 1 6 3"),
        ('rank(points, ties="modified", then=wins)', "5 5 2 1 6 5"),
        ('rank(points, ties="dense", then=wins)', "3 3 2 1 4 3"),
        ('rank(points, ties="dense", first="low", then=wins)', "2 2 3 4 1 2"),
        ('rank(points, ties="standard", then=[wins, -seconds])', "4 2 1 - 5 2"),
        ('rank(points, ties="standard", then=[wins, coalesce(-seconds, 0), since])', "5 3 2 1 6 4"),
        ('rank(points, ties="standard", within=team, then=[wins, since])', "2 1 2 1 3 3"),
        ('rank(points, ties="standard", where=team == "n", then=-wins)', "1 1 - - 3 -"),
        ('rank(points / 3, ties="standard", then=wins / 7)', "3 3 2 1 6 3"),
    ],
)
def test_equals_are_told_apart_by_what_comes_then(rank: str, found: str) -> None:
    assert places(rank) == found


def test_an_explanation_shows_by_what() -> None:
    rows = [dict(zip(NAMES, one, strict=True)) for one in PEOPLE]
    run = scheme('rank(points, ties="standard", then=[wins, -seconds])').run(rows)
    told = str(run.results[0].explain("en", name="place"))
    assert "own value 10 (then 3, -50), next better 10 (then 3, -40), next worse 9 (then 9, -9)" in told
    assert "本人 10（再比 3、-50）" in str(run.results[0].explain("zh", name="place"))


@pytest.mark.parametrize(
    ("rank", "code"),
    [
        ('rank(points, ties="standard", then=team)', "number-needed"),
        ('rank(points, ties="standard", then=nobody)', "name-unknown"),
        ('sum(points, over=everyone, then=wins)', "arguments"),
    ],
)
def test_what_cannot_be_compared_is_refused(rank: str, code: str) -> None:
    found = ir.check(text=SCHEME.replace("RANK", rank))
    assert [d.code for d in found.errors] == [code]


def test_a_chinese_scheme_says_it_in_its_own_words() -> None:
    english = scheme('rank(points, ties="standard", then=[wins, -seconds])')
    chinese = scheme('名次(points, 并列="standard", 再按=[wins, -seconds])')
    assert english.fingerprint == chinese.fingerprint
    other = scheme('rank(points, ties="standard", then=[wins, seconds])')
    assert other.fingerprint != english.fingerprint


def test_days_are_shown_as_days() -> None:
    rows = [dict(zip(NAMES, one, strict=True)) for one in PEOPLE]
    run = scheme('rank(points, ties="standard", then=[wins, since])').run(rows)
    told = run.results[0].explain("en", name="place")
    assert "own value 10 (then 3, 2020-01-01), next better 10 (then 3, 2021-01-01)" in str(told)
    as_json = json.dumps(told.as_json())
    assert '"then": [["3", "2020-01-01"], ["3", "2021-01-01"]' in as_json and "7377" not in as_json


@pytest.mark.parametrize(
    ("option", "code"),
    [("then=wins, then=wins", "formula-option"), ("then=[]", "formula-operand"), ("thn=wins", "formula-option")],
)
def test_a_slip_in_the_option_is_no_choice(option: str, code: str) -> None:
    found = ir.check(text=SCHEME.replace("RANK", f'rank(points, ties="standard", {option})'))
    assert [d.code for d in found.errors] == [code]
