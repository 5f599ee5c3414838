"""How many places an honour has, and where a grade ends: every step from the share to the number stands in the text."""

from __future__ import annotations

from typing import Any

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: places
effective: {first_day: 2024-01-01, last_day: 2030-12-31}
period: month
currency: EUR
inputs: {who: {type: key}, team: {type: category}, points: {type: integer, range: [0, 100]}}
groups: {teams: {key: team, inputs: {most: {type: integer, range: [1, 2]}}}}
honors: {star: {within: team, best_by: points, places: PLACES, ties: all}}
grades: {of: points, within: everyone, shares: {A: 20%, B: 40%, C: 40%}, ties: all, rounding: ROUNDING}
pay: {bonus: {amount: 10.00 if star else 0.00}}
"""
PEOPLE = [{"who": who, "team": "x", "points": points} for who, points in (("A", 5), ("B", 4), ("C", 3))]
TEAMS = [{"team": "x", "most": 2}]


def said(name: str, language: str, places: str = "1", rounding: str = "half_up") -> tuple[str, dict[str, Any]]:
    """What B is told of a name, and the last line of it for programs."""
    text = SCHEME.replace("PLACES", places).replace("ROUNDING", rounding)
    pipeline = ir.compile(text=text, period="2024-01")
    people = pipeline.people(PEOPLE, groups={"teams": TEAMS})
    computed = pipeline.compute(people)
    found = pipeline.hearing(people, computed).explain(computed.outcomes[1][0], name, language, True)
    return str(found), next(line for line in found.as_json()["lines"] if line["name"] == name)


@pytest.mark.parametrize(("places", "english", "chinese"), [
    ("{share: 50%, of: eligible, rounding: up, at_most: 1}",
     "places: 50% × 3 = 1.5 → 2 (up), at most 1 → 1", "名额：50% × 3 = 1.5 → 2（进位），至多 1 → 1"),
    ("{share: 50%, of: group, rounding: down, at_least: 2}",
     "places: 50% × 3 = 1.5 → 1 (down), at least 2 → 2", "名额：50% × 3 = 1.5 → 1（去尾），至少 2 → 2"),
    ("{share: 50%, of: eligible}", "places: 50% × 3 = 1.5 → 2 (half up)", "名额：50% × 3 = 1.5 → 2（四舍五入）"),
    ("{share: 50%, of: eligible, at_least: 1, at_most: most}",
     "places: 50% × 3 = 1.5 → 2 (half up), at least 1, at most most = 2", "，至少 1，至多 most = 2"),
    ("{number: 5, at_most: 'min(most, 9)'}",
     "places: 5, at most min(most, 9) = min(2, 9) = 2 → 2", "名额：5，至多 取小(most, 9) = 取小(2, 9) = 2 → 2"),
    ("'floor(count(over=everyone, within=team) / 2)'", "÷ 2) = floor(3 ÷ 2) = 1", "÷ 2) = 向下取整(3 ÷ 2) = 1"),
    ("{share: 100%, of: eligible, at_most: 9}", "places: 100% × 3 = 3, at most 9", "名额：100% × 3 = 3，至多 9"),
    ("4", "places: 4, but no more than 3 could be chosen", "名额：4，参加评选的只有 3 人"),
])  # fmt: skip
def test_places_lead_from_the_share_to_the_number(places: str, english: str, chinese: str) -> None:
    """50% of 3, rounded up, read 1.5 → 1: that a cap had made it 1 was not said."""
    text, line = said("star", "en", places)
    assert any(one.strip(" │├└").endswith(english) for one in text.splitlines()), text
    assert chinese in said("star", "zh", places)[0]
    assert line["honor"]["places"] <= 3


def test_the_bounds_stand_in_the_lines_for_programs() -> None:
    _, line = said("star", "en", "{share: 50%, of: eligible, rounding: up, at_most: most}")
    found = line["honor"]
    assert (found["counted"], found["rounding"], found["wanted"]) == ("2", "up", "2")
    assert found["at_most"]["text"] == "most" and "at_least" not in found
    assert "most [x] = 2" in said("star", "en", "{share: 50%, of: eligible, at_most: most}")[0]


@pytest.mark.parametrize(("rounding", "word", "other"), [("half_up", "half up", "四舍五入"), ("down", "down", "去尾")])
def test_a_cut_that_is_rounded_says_how(rounding: str, word: str, other: str) -> None:
    text, line = said("grade", "en", rounding=rounding)
    assert f"A: 20% × 3 = 0.6 ({word}) → up to" in text and f"B: 60% × 3 = 1.8 ({word}) → up to" in text
    assert f"A：20% × 3 = 0.6（{other}） → 前" in said("grade", "zh", rounding=rounding)[0]
    assert line["distribution"]["rounding"] == rounding
