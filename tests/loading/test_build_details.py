"""Detail tables: whose rows they are, what tells them apart, tables of earlier periods; groups and selections."""

from __future__ import annotations

import pytest

from incentive_rules.model.levels import EVERYONE, PERSON, levels_of
from incentive_rules.model.scheme import Recorded, Role
from tests.loading.schemes import clean, loaded, quantity, wrong

TABLES = """\
groups:
  projects:
    title: Projects
    key: project
    inputs: {worth: {type: money, range: [0, 5000000]}}
    quantities: {half: {is: worth / 2, type: money}}
  posts:
    key: post
    inputs: {hours_due: {type: integer, range: [0, 200]}}
details:
  incidents:
    belongs_to: engineer
    key: [incident]
    inputs: {solved: {type: boolean}}
    without_owner: leave_out
  events:
    belongs_to: incidents
    inputs: {minute: {type: integer, range: [0, 1440]}}
    quantities: {hour: minute / 60}
  assignments: {belongs_to: [engineer, projects], inputs: {points: {type: integer, range: [0, 9]}}}
  targets: {belongs_to: post, inputs: {target: {type: integer, range: [0, 9]}}}
  months: {belongs_to: engineer, recorded: {score: speed, reached: value(speed)}, gaps: allow}
"""


# ── Owners ────────────────────────────────────────────────────────────────────────────────────────


def test_rows_belong_to_people_to_rows_to_groups_or_to_several_of_these() -> None:
    """A table of groups may be named by its own name or by its key; the key is what its level is called."""
    scheme = clean(TABLES)
    assert {d.name: d.belongs_to for d in scheme.details} == {
        "incidents": ("engineer",), "events": ("incidents",), "assignments": ("engineer", "project"),
        "targets": ("post",), "months": ("engineer",),
    }  # fmt: skip
    levels = levels_of(scheme)
    assert levels["events",].owners == (("incidents",),)
    assert levels["assignments",].owners == (PERSON, ("project",))
    assert levels[PERSON].owners == (EVERYONE, ("post",))


def test_what_is_said_of_a_table_is_kept() -> None:
    incidents, events, *_, months = clean(TABLES).details
    assert (incidents.key, incidents.without_owner, events.without_owner) == (("incident",), "leave_out", "refuse")
    assert [i.name for i in incidents.inputs] == ["solved"]
    assert (months.recorded, months.gaps, events.recorded, events.gaps) == (True, "allow", False, "refuse")


def test_quantities_of_rows_and_of_groups_stand_there() -> None:
    scheme = clean(TABLES)
    assert {name: quantity(scheme, name).table for name in ("hour", "half", "score")} == {
        "hour": "events", "half": "project", "score": "months",
    }  # fmt: skip


def test_a_row_of_a_record_holds_what_a_quantity_was() -> None:
    scheme = clean(TABLES)
    recorded = {q.name: q.body.source for q in scheme.quantities if isinstance(q.body, Recorded)}
    assert recorded == {"score": "speed", "reached": "value(speed)"}
    assert quantity(scheme, "score").role is Role.RECORDED


@pytest.mark.parametrize(
    "details, found",
    [
        ("surveys: {belongs_to: enginer}", [("belongs-unknown/near", "enginer")]),
        ("surveys: {belongs_to: [engineer, teams]}", [("belongs-unknown", "teams")]),
        ("surveys: {belongs_to: engineer; post}", [("belongs-unknown/list", "engineer; post")]),
        ("surveys: {belongs_to: everyone}", [("belongs-unknown", "everyone")]),
        ("surveys: {belongs_to: jobs}", [("belongs-unknown", "jobs")]),
        ("surveys: {belongs_to: rating}", [("belongs-unknown", "rating")]),
        ("surveys: {belongs_to: surveys}", [("details-circle/itself", "surveys")]),
        ("a: {belongs_to: b, key: x}\n  b: {belongs_to: a, key: y}", [("details-circle", "a")]),
        ("a: {belongs_to: b, key: x}\n  b: {belongs_to: [engineer, a], key: y}", [("details-circle", "a")]),
        ("a: {belongs_to: engineer}\n  b: {belongs_to: a}", [("details-key", "a")]),
        ("a: {belongs_to: engineer, key: x}\n  b: {belongs_to: [a, engineer]}", [("details-two-ways", "engineer")]),
        ("a: {belongs_to: [engineer, post]}", [("details-two-ways", "post")]),
        ("a: {recorded: {x: speed}, belongs_to: post}", [("recorded-owner", "post")]),
        ("a: {recorded: {x: speed}, belongs_to: engineer, key: y}", [("keys-clash", "key")]),
        (
            "a: {recorded: {x: speed}, belongs_to: engineer, inputs: {y: {type: boolean}}}",
            [("keys-clash", "inputs")],
        ),
        ("a: {belongs_to: engineer, gaps: allow}", [("key-missing", "gaps")]),
        ("a: {belongs_to: engineer, recorded: {x: speed}, gaps: maybe}", [("word-unknown/far", "maybe")]),
        ("a: {belongs_to: engineer, without_owner: allow}", [("word-unknown/far", "allow")]),
        ("a: {inputs: {y: {type: boolean}}}", [("key-missing", "a")]),
        ("jobs: {belongs_to: engineer}", [("name-twice", "jobs")]),
        ("a: {belongs_to: engineer, recorded: {jobs: speed}}", [("name-twice", "jobs")]),
        (
            "a: {belongs_to: engineer, inputs: {y: {type: integer, range: [0, 9], carried_from: speed}}}",
            [("key-useless/rows", "carried_from")],
        ),
    ],
)
def test_what_can_be_wrong_with_owners(details: str, found: list[tuple[str, str]]) -> None:
    assert wrong(f"details:\n  {details}\n") == found


def test_a_circle_is_told_with_its_path_and_shown_at_every_link() -> None:
    _, (found,) = loaded(
        "details:\n  a: {belongs_to: c, key: x}\n  b: {belongs_to: a, key: y}\n  c: {belongs_to: b, key: z}\n"
    )
    assert found.params["path"] == "a → c → b → a"
    assert len(found.others) == 2


def test_the_names_of_a_table_that_was_lost_exist_all_the_same() -> None:
    """One finding: that of the section. What reads its names says nothing more."""
    text = "detials:\n  surveys: {belongs_to: engineer, inputs: {stars: {type: integer, range: [1, 5]}}}\n"
    scheme, found = loaded(text + "quantities: {liked: mean(stars)}\n")
    assert [d.code for d in found] == ["key-unknown"]
    assert {"surveys", "stars"} <= {name for name, _ in scheme.lost_names}


def test_a_category_that_people_may_lack_owns_rows_only_with_a_table_of_its_own() -> None:
    team = "inputs:\n  team: {type: category, can_be_missing: true}\ndetails:\n  aims: {belongs_to: team}\n"
    assert wrong(team) == [("belongs-unknown/missing", "team")]
    assert clean(team + "groups:\n  teams: {key: team}\n").details[0].belongs_to == ("team",)


# ── Groups ────────────────────────────────────────────────────────────────────────────────────────


def test_a_table_of_groups_has_a_key_of_its_own_or_one_that_people_name() -> None:
    projects, posts = clean(TABLES).groups
    assert (projects.name, projects.key, projects.title) == ("projects", "project", "Projects")
    assert (posts.key, [i.name for i in posts.inputs]) == ("post", ["hours_due"])


@pytest.mark.parametrize(
    "groups, found",
    [
        ("projects: {inputs: {}}", [("key-missing", "projects")]),
        ("projects: {key: project}\n  plans: {key: project}", [("name-twice/group", "project")]),
        ("projects: {key: jobs}", [("group-key", "jobs")]),
        ("people_too: {key: engineer}", [("group-key/key", "engineer")]),
        ("projects: {key: project, inputs: {project: {type: key}}}", []),
        ("areas: {key: area}\n  shops: {key: shop, inputs: {area: {type: category}}}", []),
        ("shops: {key: shop, inputs: {area: {type: category}}}\n  areas: {key: area}", []),
        ("shops: {key: shop, inputs: {area: {type: boolean}}}\n  areas: {key: area}", [("group-key", "area")]),
        ("projects: {key: speed}", [("name-twice", "speed")]),
        ("projects: {key: project id}", [("name-invalid/mended", "project id")]),
        ("projects: {key: everyone}", [("name-taken/word", "everyone")]),
        ("projects: {key: project, inputs: {jobs: {type: boolean}}}", [("name-twice", "jobs")]),
        (
            "projects: {key: project, inputs: {y: {type: boolean, carried_from: speed}}}",
            [("key-useless/rows", "carried_from")],
        ),
    ],
)
def test_what_can_be_wrong_with_groups(groups: str, found: list[tuple[str, str]]) -> None:
    assert wrong(f"groups:\n  {groups}\n") == found


# ── Selections ────────────────────────────────────────────────────────────────────────────────────


def test_a_selection_is_over_any_collection() -> None:
    scheme = clean(
        TABLES
        + "repeat:\n  lines:\n    members: {phone: {aim: 5}, field: {aim: 9}}\n    quantities: {rate: jobs / aim}\n"
        "selections:\n  done: {over: incidents, where: solved}\n  busy: {over: everyone, where: jobs > 9}\n"
        "  large: {over: projects, where: worth > 100}\n  juniors: {over: post, where: hours_due > 5}\n"
        "  ahead: {over: lines, where: rate > 1}\n  good: {over: total, where: part > 60}\n"
    )
    assert {one.name: one.over for one in scheme.selections} == {
        "done": "incidents", "busy": "everyone", "large": "project", "juniors": "post", "ahead": "lines",
        "good": "total",
    }  # fmt: skip
    assert [one.where.text for one in scheme.selections if one.where][:2] == ["solved", "jobs > 9"]


@pytest.mark.parametrize(
    "selections, found",
    [
        ("busy: {over: everybody, where: jobs > 9}", [("selection-over/near", "everybody")]),
        ("busy: {over: others, where: jobs > 9}", [("selection-over", "others")]),
        ("busy: {over: jobs, where: jobs > 9}", [("selection-over", "jobs")]),
        ("busy: {over: speed, where: jobs > 9}", [("selection-over", "speed")]),
        ("busy: {over: everyone}", [("key-missing", "busy")]),
        ("busy: {where: jobs > 9}", [("key-missing", "busy")]),
        ("busy: {over: everyone, where: jobs >}", [("formula-end", ">")]),
        ("jobs: {over: everyone, where: jobs > 9}", [("name-twice", "jobs")]),
    ],
)
def test_what_can_be_wrong_with_selections(selections: str, found: list[tuple[str, str]]) -> None:
    assert wrong(f"selections:\n  {selections}\n") == found
