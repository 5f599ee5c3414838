"""Pools, in pay lines and in quantities; what is due less often than it is computed; entitlements of groups."""

from __future__ import annotations

import pytest

from incentive_rules.model.scheme import Formula, Pool, Role, Tbd
from tests.loading.schemes import clean, quantity, wrong

GROUPS = """\
groups:
  posts: {key: post, inputs: {budget: {type: money, range: [0, 90000]}}}
  projects: {key: project, inputs: {worth: {type: money, range: [0, 90000]}}}
details:
  assignments: {belongs_to: [engineer, project], inputs: {points: {type: integer, range: [0, 9]}}}
"""


def pool(fragment: str, name: str = "shared") -> Pool:
    body = quantity(clean(GROUPS + fragment), name).body
    assert isinstance(body, Pool)
    return body


def test_a_pool_says_whose_it_is_what_it_holds_and_by_what_it_is_shared() -> None:
    found = pool("pay:\n  shared: {pool: {each: posts, amount: budget * 2%, in_proportion_to: jobs}}\n")
    assert (found.each, found.to, found.each_place.text) == ("post", "", "posts")
    assert isinstance(found.amount, Formula)
    assert isinstance(found.in_proportion_to, Formula)
    assert (found.amount.text, found.in_proportion_to.text) == ("budget * 2%", "jobs")
    assert (found.when, found.among, found.at_most, found.to_place) == (None, None, None, None)
    assert (found.cents, found.left_out, found.remainder) == ("largest_remainder", "shared", "keep")


def test_all_that_a_pool_can_say_is_kept() -> None:
    found = pool(
        "pay:\n  shared:\n    decimals: 0\n    at_risk: false\n    pool: {each: project, amount: worth, "
        "to: assignments, in_proportion_to: points, when: worth > 5, among: audited, at_most: 500, cents: webster, "
        "left_out: kept, remainder: refuse}\n"
    )
    assert (found.each, found.to, found.to_place and found.to_place.text) == ("project", "assignments", "assignments")
    texts = [f.text for f in (found.when, found.among, found.at_most) if isinstance(f, Formula)]
    assert texts == ["worth > 5", "audited", "500"]
    assert (found.cents, found.left_out, found.remainder) == ("webster", "kept", "refuse")


def test_the_people_may_be_named_by_their_key() -> None:
    found = pool("pay:\n  shared: {pool: {each: everyone, to: engineer, amount: 900, in_proportion_to: 1}}\n")
    assert (found.each, found.to) == ("everyone", "")


def test_a_quantity_may_be_the_share_of_each_group() -> None:
    scheme = clean(
        GROUPS
        + "quantities:\n  cut:\n    type: money\n"
        "    pool: {each: everyone, amount: 900, to: posts, in_proportion_to: budget}\n"
    )
    cut = quantity(scheme, "cut")
    assert (cut.role, cut.type, cut.table) == (Role.QUANTITY, "money", None)
    assert isinstance(cut.body, Pool)
    assert (cut.body.each, cut.body.to) == ("everyone", "post")


def test_a_hole_in_a_pool_is_a_hole_of_the_draft() -> None:
    scheme = clean("status: draft\npay: {shared: {pool: {each: post, amount: tbd, in_proportion_to: jobs}}}\n")
    assert [hole.what for hole in scheme.holes] == ["shared · pool · amount"]
    body = quantity(scheme, "shared").body
    assert isinstance(body, Pool)
    assert isinstance(body.amount, Tbd)


@pytest.mark.parametrize(
    "line, found",
    [
        ("{pool: {amount: 9, in_proportion_to: jobs}}", [("key-missing", "pool")]),
        ("{pool: {each: post, in_proportion_to: jobs}}", [("key-missing", "pool")]),
        ("{pool: {each: post, amount: 9}}", [("key-missing", "pool")]),
        ("{pool: {}}", [("key-missing", "pool")] * 3),
        ("{pool: post}", [("shape-wrong/mapping", "post")]),
        ("{pool: {each: post, amount: 9, in_proportion_to: jobs}, amount: 5}", [("keys-clash", "pool")]),
        ("{pool: {each: post, amount: 9, in_proportion_to: jobs}, when: audited}", [("keys-clash/pool", "when")]),
        ("{pool: {each: post, amount: 9, in_proportion_to: jobs}, at_most: 9}", [("keys-clash/pool", "at_most")]),
        ("{pool: {each: post, amount: 9, in_proportion_to: jobs}, at_least: 9}", [("keys-clash/pool", "at_least")]),
        ("{pool: {each: post, amount: 9, in_proportion_to: jobs, cents: webstr}}", [("word-unknown", "webstr")]),
        ("{pool: {each: post, amount: 9, in_proportion_to: jobs, shares: 5}}", [("key-unknown/far", "shares")]),
        ("{pool: {each: post, amount: 9 *, in_proportion_to: jobs}}", [("formula-end", "*")]),
    ],
)
def test_what_can_be_wrong_with_a_pool(line: str, found: list[tuple[str, str]]) -> None:
    """What is said beside a pool would take from it what its members are given, and nobody would have it."""
    assert sorted(wrong(f"pay:\n  shared: {line}\n")) == sorted(found)


def test_a_quantity_with_a_pool_says_nothing_else_to_compute() -> None:
    text = "quantities:\n  cut: {KEY, pool: {each: everyone, amount: 9, to: post, in_proportion_to: 1}}\n"
    for key, found in (
        ("is: jobs", ("keys-clash", "pool")),
        ("of: speed", ("keys-clash", "of")),
        ("when: audited", ("keys-clash/pool", "when")),
    ):
        assert wrong(text.replace("KEY", key)) == [found]


# ── Due less often than it is computed ────────────────────────────────────────────────────────────


def test_pay_honours_and_entitlements_may_be_due_less_often() -> None:
    scheme = clean(
        "pay: {bonus: {amount: 9 * jobs, every: year}, monthly: {amount: 9 * jobs, every: month}}\n"
        "honors: {star: {every: quarter, best_by: speed, places: 1, ties: all, award: 9}}\n"
        "entitlements: {leave: {amount: 5, every: half_year}, promotion: {when: jobs > 9, every: year}}\n"
    )
    assert {q.name: q.every for q in scheme.quantities if q.every} == {
        "bonus": "year", "monthly": "month", "star": "quarter", "award(star)": "quarter", "leave": "half_year",
        "promotion": "year",
    }  # fmt: skip


@pytest.mark.parametrize(
    "section",
    [
        "pay: {bonus: {amount: 9 * jobs, every: month}}",
        "honors: {star: {every: month, best_by: speed, places: 1, ties: all}}",
        "entitlements: {leave: {amount: 5, every: month}}",
    ],
)
def test_nothing_is_due_more_often_than_it_is_computed(section: str) -> None:
    assert wrong(f"period: quarter\n{section}\n") == [("every-short", "every")]


# ── Entitlements of groups ────────────────────────────────────────────────────────────────────────


def test_an_entitlement_may_be_that_of_each_group() -> None:
    scheme = clean(
        GROUPS + "entitlements:\n  trip: {each: posts, amount: 9, type: money}\n"
        "  party: {each: everyone, when: budget > 5}\n  prize: {each: project, when: worth > 5, amount: 1}\n"
    )
    assert {name: quantity(scheme, name).table for name in ("trip", "party", "prize")} == {
        "trip": "post", "party": "everyone", "prize": "project",
    }  # fmt: skip
    assert quantity(scheme, "party").when is None
    assert isinstance(quantity(scheme, "prize").when, Formula)


@pytest.mark.parametrize(
    "each, found",
    [
        ("psot", "group-unknown/near"),
        ("audited", "group-unknown"),
        ("engineer", "group-unknown"),
        ("rating", "group-unknown"),
        ("others", "group-unknown"),
    ],
)
def test_it_is_that_of_groups_alone(each: str, found: str) -> None:
    assert wrong(f"entitlements:\n  trip: {{each: {each}, amount: 9}}\n") == [(found, each)]
