"""What an example expects is compared wherever the value lives; what nothing computes there is no pass."""

from __future__ import annotations

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: everywhere
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {who: {type: key}, x: {type: integer, range: [0, 9]}, team: {type: category}}
groups:
  projects: {key: project, inputs: {worth: {type: integer, range: [0, 99]}}, quantities: {hours_in: sum(hours)}}
details:
  roles: {belongs_to: [who, project], inputs: {hours: {type: integer, range: [0, 9]}}, quantities: {twice: hours * 2}}
quantities: {all_hours: sum(twice), members: 'count(over=everyone, within=team)', middle: 'mean(x, over=everyone)'}
pay: {bonus: {amount: 1.00 * all_hours}}
entitlements: {room: {each: project, amount: worth}}
"""
ALONE = "examples: [{name: e, period: 2026-04, given: {x: 1, team: k, roles: [{project: J, hours: 3}], "
SEVERAL = """\
examples:
  - name: e
    period: 2026-04
    given: {projects: [{project: J, worth: 5}]}
    people: {A: {given: {x: 1, team: k, roles: [{project: J, hours: 3}]}}, B: {given: {x: 4, team: k, roles: []}}}
    expect: {A: {EXPECT}}
"""


def found(text: str) -> list[str]:
    (outcome,) = ir.test(text=SCHEME + text).outcomes
    return [d.code + (f"/{d.variant}" if d.variant else "") for d in outcome.diagnostics]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("members: 2", "members: 3"), ("middle: 2.5", "middle: missing"), ("twice: 6", "twice: 7"),
     ("hours_in: 3", "hours_in: 4"),
     ("room: 5", "room: 6"), ("bonus: 6", "bonus: 6.01")],
)  # fmt: skip
def test_a_wrong_expectation_fails_wherever_its_value_lives(right: str, wrong: str) -> None:
    assert found(SEVERAL.replace("EXPECT", right)) == []
    assert found(SEVERAL.replace("EXPECT", wrong)) == ["example-differs"]


@pytest.mark.parametrize("expected", ["hours_in: 3", "room: 5", "members: 1"])
def test_what_nothing_computes_for_one_person_is_no_pass(expected: str) -> None:
    assert found(ALONE + f"projects: [{{project: J, worth: 5}}]}}, expect: {{{expected}}}}}]\n") == [
        "example-differs/uncomputed"
    ]


def test_of_several_rows_there_is_no_one_value() -> None:
    rows = "roles: [{project: J, hours: 3}, {project: J, hours: 4}]"
    assert found(SEVERAL.replace("roles: [{project: J, hours: 3}]", rows).replace("EXPECT", "twice: 6")) == [
        "example-differs/rows"
    ]


def test_a_fact_is_no_result() -> None:
    report = ir.check(text=SCHEME + SEVERAL.replace("EXPECT", "x: 1"), period="2026-04")
    assert {d.code for d in report.errors} == {"example-name"}
