"""`over=everyone` in the formula of a group is everybody, as the pages say, and a hint asks whether that is meant."""

from __future__ import annotations

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: reach
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  person: {type: key}
  dep: {type: category}
  points: {type: integer, range: [0, 100]}
groups:
  areas: {key: area, inputs: {aim: {type: integer, range: [1, 999]}}}
  deps: {key: dep, inputs: {area: {type: category}, goal: {type: integer, range: [1, 500]}}DEP}
details:
  tickets: {belongs_to: person, inputs: {hours: {type: integer, range: [0, 9]}}}
"""


def found(block: str = "", rest: str = "") -> list[str]:
    text = SCHEME.replace("DEP", f", quantities: {{{block}}}" if block else "") + rest
    report = ir.check(text=text)
    assert not report.errors, report
    hints = [one for one in report.diagnostics if one.code == "over-whole"]
    return [str(one.params["name"]) for one in hints]


IN_A_BLOCK = [
    ("size: count(over=everyone)", ["everyone"]),
    ('reach: "sum(points, over=everyone) / goal"', ["everyone"]),
    ('reach: "sum(points, over=everyone, where=points > 5) / max(1, count(over=everyone))"', ["everyone", "everyone"]),
    ('reach: "sum(points, over=everyone, within=dep) / goal"', []),
    ('part: "sum(points) / max(1, sum(points, over=everyone, within=everyone))"', []),
    ("mine: sum(points)", []),
    ("hours_: sum(hours)", []),
    ('hours_: "sum(hours, over=tickets)"', []),
    ('part: "goal / sum(goal, over=dep)"', []),
]


@pytest.mark.parametrize(("block", "expected"), IN_A_BLOCK)
def test_everybody_in_a_block_of_groups_is_asked_about(block: str, expected: list[str]) -> None:
    assert found(block) == expected


@pytest.mark.parametrize(("rest", "expected"), [
    ('quantities: {reach: "sum(points, over=everyone) / goal"}\n', ["everyone"]),
    ('quantities: {reach: "sum(goal, over=dep) / aim"}\n', ["dep"]),
    ('quantities: {reach: "sum(goal, over=dep, within=area) / aim"}\n', []),
    ("pay: {b: {pool: {each: dep, amount: 1.00 * count(over=everyone), in_proportion_to: points}}}\n", ["everyone"]),
    ("pay: {b: {pool: {each: dep, amount: 1.00 * count(points > 1), in_proportion_to: points}}}\n", []),
    ("pay: {b: {pool: {each: everyone, amount: 1.00 * count(over=everyone), in_proportion_to: points}}}\n", []),
    ("entitlements: {e: {each: dep, amount: count(over=everyone)}}\n", ["everyone"]),
    ("quantities: {all: 'sum(points, over=everyone)', d: 'points / max(1, all)'}\n", []),
    ("quantities: {place: 'points / max(1, sum(points, over=everyone))'}\n", []),
    ("quantities: {rest: 'goal / max(1, all)', all: 'sum(points, over=everyone)'}\n", []),
])  # fmt: skip
def test_so_is_it_wherever_a_formula_is_one_of_groups(rest: str, expected: list[str]) -> None:
    assert found(rest=rest) == expected


def test_the_two_ways_out_give_what_the_hint_says() -> None:
    """Of two departments with 10 + 20 and 40 points: 70 for both, or 30 and 40."""
    points = (("A", "n", 10), ("B", "n", 20), ("C", "s", 40))
    people = [{"person": key, "dep": dep, "points": one} for key, dep, one in points]
    groups = {"deps": [{"dep": one, "area": "w", "goal": 10} for one in "ns"], "areas": [{"area": "w", "aim": 1}]}
    for options, expected in (
        (", over=everyone", [70, 70]), (", over=everyone, within=everyone", [70, 70]),
        (", over=everyone, within=dep", [30, 40]), ("", [30, 40]),
    ):  # fmt: skip
        text = SCHEME.replace("DEP", f', quantities: {{mine: "sum(points{options})"}}')
        run = ir.compile(text=text, period="2026-01").run(people, {"tickets": []}, groups=groups, referee="all")  # type: ignore[arg-type]
        assert [one["mine"] for one in run.groups["dep"].values()] == expected


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_said_in_both_languages(language: str) -> None:
    text = SCHEME.replace("DEP", ", quantities: {size: count(over=everyone)}")
    (line,) = [line for line in ir.check(text=text).render(language=language).splitlines() if "[over-whole]" in line]
    assert {"en": "one value for each `dep`", "zh": "每个 `dep` 各算一个值"}[language] in line
