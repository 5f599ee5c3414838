"""Whoever is out of scope is asked for nothing that their groups must hold, neither in a run nor by the referee."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import incentive_rules as ir

Row = dict[str, object]
HEAD = """\
format: 1
scheme: outside
effective: {first_day: 2024-01-01, last_day: 2030-12-31}
period: month
currency: EUR
inputs: {who: {type: key}, a: {type: integer, range: [-9, 9]}, team: {type: category}}
quantities: {b: "max(a, 0)"}
pay: {bonus: {amount: 1.00 * b}}
details:
  sales: {belongs_to: [who, kind], inputs: {n: {type: integer, range: [0, 9]}}}
"""
TABLES = """\
groups:
  teams:
    key: team
    inputs: {division: {type: category}, goal: {type: integer, range: [0, 9]}}
    quantities: {must: MUST}
  divisions: {key: division, inputs: {fund: {type: integer, range: [0, 9]}}, quantities: {more: MORE}}
  kinds: {key: kind, inputs: {rate: {type: integer, range: [0, 9]}}, quantities: {half: HALF}}
"""
# What must hold of a group, and which value of which row breaks it.
DEMANDS = {
    "a requirement of the team": ("require: ['goal > 1']\n", {}, {"goal": 1}),
    "a declared range of the team": ("", {"MUST": "{is: goal, range: [2, 9]}"}, {"goal": 1}),
    "a requirement of the team's division": ("require: ['fund > 1']\n", {}, {"fund": 1}),
    "a declared range of the division": ("", {"MORE": "{is: fund, range: [2, 9]}"}, {"fund": 1}),
    "a requirement of a row's kind": ("require: ['rate > 1']\n", {}, {"rate": 1}),
    "a declared range of a row's kind": ("", {"HALF": "{is: rate, range: [2, 9]}"}, {"rate": 1}),
    "a requirement of both": ("require: ['goal > fund']\n", {}, {"goal": 1, "fund": 3}),
}
SCOPES = ["a > 0", "b > 0"]  # by a fact; by a quantity, which stands on what must hold of the person
PEOPLE: list[Row] = [{"who": "E1", "a": -1, "team": "x"}, {"who": "E2", "a": 5, "team": "y"}]


def pipeline_of(demand: str, scope: str) -> ir.Pipeline:
    must, of_groups, _ = DEMANDS[demand]
    text = TABLES
    for mark, name in (("MUST", "goal"), ("MORE", "fund"), ("HALF", "rate")):
        text = text.replace(mark, of_groups.get(mark, f"{{is: {name}}}"))
    return ir.compile(text=f"{HEAD}applies_to: '{scope}'\n{must}{text}", period="2024-01")


def run(pipeline: ir.Pipeline, broken: Mapping[str, object], people: list[Row], aside: bool = True) -> ir.Run:
    """Of E1's team, division and kind the values are `broken`; of E2's all is well."""
    teams: list[Row] = [{"team": "x", "division": "u", "goal": 5}, {"team": "y", "division": "v", "goal": 5}]
    divisions: list[Row] = [{"division": "u", "fund": 3}, {"division": "v", "fund": 3}]
    kinds: list[Row] = [{"kind": "p", "rate": 5}, {"kind": "q", "rate": 5}]
    for table in (teams, divisions, kinds):
        table[0] |= {name: value for name, value in broken.items() if name in table[0]}
    sales = [{"who": one["who"], "kind": "p" if one["team"] == "x" else "q", "n": 1} for one in people]
    groups = {"teams": teams, "divisions": divisions, "kinds": kinds}
    on_error = "quarantine" if aside else "reject"
    return pipeline.run(people, {"sales": sales}, groups=groups, on_error=on_error, referee="all")  # type: ignore[arg-type]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("demand", DEMANDS)
def test_who_is_out_of_scope_is_not_refused_for_their_group(demand: str, scope: str) -> None:
    pipeline, broken = pipeline_of(demand, scope), DEMANDS[demand][2]
    found = run(pipeline, broken, PEOPLE)
    assert [(one.key, one.in_scope, one["bonus"]) for one in found.results] == [("E1", False, 0), ("E2", True, 5)]
    # The group has nobody in scope, and must hold what is required as one to which nobody belongs does.
    (told,) = found.quarantined
    assert told.key not in ("E1", "E2")
    without = run(pipeline, broken, PEOPLE[1:])
    assert [(one.key, one["bonus"]) for one in without.results] == [("E2", 5)]
    assert without.quarantined == found.quarantined
    assert run(pipeline, {}, PEOPLE, aside=False).summary.out_of_scope == 1


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("demand", DEMANDS)
def test_who_is_in_scope_of_the_same_group_is_refused(demand: str, scope: str) -> None:
    pipeline, broken = pipeline_of(demand, scope), DEMANDS[demand][2]
    third: Row = {"who": "E3", "a": 4, "team": "x"}
    found = run(pipeline, broken, [*PEOPLE, third])
    assert [(one.key, one.in_scope) for one in found.results] == [("E1", False), ("E2", True)]
    assert {one.key for one in found.quarantined} == {"E3"}
    with pytest.raises(ir.DataError) as refused:
        run(pipeline, broken, [*PEOPLE, third], aside=False)
    assert {one.key for one in refused.value.problems} == {"E3"}


def test_their_own_rows_are_asked_where_the_scope_stands_on_them() -> None:
    """As before: the scope of somebody whose own requirement does not hold is not known."""
    text = f"{HEAD}applies_to: 'b > 0'\nrequire: ['a > -1']\n" + TABLES.replace("MUST", "{is: goal}").replace(
        "MORE", "{is: fund}"
    ).replace("HALF", "{is: rate}")
    found = run(ir.compile(text=text, period="2024-01"), {}, PEOPLE)
    assert [one.key for one in found.results] == ["E2"] and [one.key for one in found.quarantined] == ["E1"]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("demand", DEMANDS)
def test_one_person_alone_is_asked_as_in_a_run(demand: str, scope: str) -> None:
    """The facts of groups come with the person or with a row: they are those of the group all the same."""
    pipeline, broken = pipeline_of(demand, scope), DEMANDS[demand][2]
    group = {"division": "u", "goal": 5, "fund": 3, **broken}
    rate = {"rate": 5, **broken}["rate"]
    facts = {name: value for name, value in group.items() if name != "rate"}

    teams = [{"team": "x", "division": "u", "goal": facts["goal"]}]
    divisions = [{"division": "u", "fund": facts["fund"]}]
    groups = {"teams": teams, "divisions": divisions, "kinds": [{"kind": "p", "rate": rate}]}
    sales = {"sales": [{"kind": "p", "n": 1}]}

    outside = pipeline.score(PEOPLE[0], sales, groups=groups)  # type: ignore[arg-type]
    assert (outside.in_scope, outside["bonus"]) == (False, 0)
    told = pipeline.explain(PEOPLE[0], "bonus", sales, groups=groups)  # type: ignore[arg-type]
    assert "out of scope" in str(told) or "bonus = 0.00" in str(told)
    inside = {**PEOPLE[1], "team": "x"}
    if "requirement" in demand:
        with pytest.raises(ir.DataError) as refused:
            pipeline.score(inside, sales, groups=groups)  # type: ignore[arg-type]
        assert {one.code for one in refused.value.problems} == {"data-require"}
    else:  # of one alone nothing is known of what nothing of theirs reads
        assert pipeline.score(inside, sales, groups=groups).in_scope  # type: ignore[arg-type]
