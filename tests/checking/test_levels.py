"""Where values live: the level of each quantity is found from what it reads, and aggregates lead up from there."""

from __future__ import annotations

from fractions import Fraction

import pytest

from incentive_rules.base.reports import render
from incentive_rules.checking import check_scheme
from incentive_rules.loading import load
from incentive_rules.model import terms as t
from incentive_rules.model.levels import EVERYONE, PERSON
from tests.checking.levels import checked_text, codes, document

REGION = "      region: {type: category}\n"
TEAM, ORDER, STEP, SHARE, PROJECT = ("team",), ("orders",), ("steps",), ("shares",), ("project",)

STANDS = [
    # what a formula reads decides
    ("jobs * 2", PERSON),
    ("goal * 2", TEAM),
    ("jobs / goal", PERSON),
    ("hours * 2", ORDER),
    ("effort + 60 * hours", STEP),
    ("points * budget", SHARE),
    ("double * 3", EVERYONE),
    ("of_team + goal", TEAM),
    ('region == "north"', TEAM),
    # aggregates count where their value stands
    ("sum(hours)", PERSON),
    ("sum(effort)", PERSON),
    ("count(over=shares)", PERSON),
    ("sum(points, within=project)", PROJECT),
    ("sum(hours, within=team)", TEAM),
    ("sum(hours, over=orders, within=everyone)", EVERYONE),
    ("count(over=everyone)", EVERYONE),
    ("count(over=teams)", EVERYONE),
    ("sum(goal, over=teams, within=region)", ("region",)),
    ("sum(jobs, over=everyone, within=team) - jobs", PERSON),
    ("sum(jobs, over=others, within=team)", PERSON),
    ('rank(jobs, ties="dense")', PERSON),
    ('rank(hours, over=orders, within=team, ties="dense")', ORDER),
    ("running(hours, order=[day])", ORDER),
    ("hours / 24 - 1 + points * 0", None),
]


@pytest.mark.parametrize("formula, level", STANDS)
def test_a_quantity_stands_at_the_coarsest_level_that_reads_all_of_it(
    formula: str, level: tuple[str, ...] | None
) -> None:
    if level is None:
        assert codes(document(formula)) == {"levels-apart"}
    else:
        assert checked_text(document(formula)).quantity("q").level == level


def test_a_quantity_in_a_block_stands_there() -> None:
    block = "details:\n  orders:\n"
    text = document("longest").replace(block, f"{block}    quantities:\n      longest: max(effort)\n")
    checked = checked_text(text)
    assert checked.quantity("longest").level == ORDER
    term = checked.quantity("longest").term
    assert isinstance(term, t.Aggregate) and (term.source, term.level) == (STEP, ORDER)


def test_at_a_person_rows_of_rows_come_together_at_once() -> None:
    term = checked_text(document("jobs + sum(effort)")).quantity("q").term
    assert isinstance(term, t.Sum) and isinstance(term.right, t.Aggregate)
    assert (term.right.source, term.right.level) == (STEP, PERSON)


def test_the_key_of_a_group_is_read_at_the_group() -> None:
    text = document("fund(team)", "tables:\n  fund: {equals: {north: 1, south: 2}, else: 3}\n")
    assert checked_text(text).quantity("q").level == PERSON
    group = text.replace(REGION, f"{REGION}    quantities:\n      own: fund(team)\n")
    own = checked_text(group).quantity("own")
    assert own.level == TEAM and {x.name for x in t.walk(own.term) if isinstance(x, t.Read)} == {"group(team)"}


REFUSED = [
    ("sum(jobs)", "over-needed/people"),
    ("mean(jobs, over=team)", "level-mixed/over"),
    ("sum(hours, over=team)", "level-mixed/over"),
    ("mean(jobs, within=others)", "group-unknown/others"),
    ("sum(jobs, over=nobody_at_all)", "over-unknown"),
    ("sum(hours + points)", "over-needed/two"),
    ("sum(jobs, over=orderz)", "over-unknown/near"),
    ("count(over=everyone, within=wage)", "group-unknown"),
    ("count(over=everyone, within=teem)", "group-unknown/near"),
    ("count(over=everyone, within=nickname)", "group-unknown/missing"),
    ("sum(jobs, over=everyone, within=project)", "within-apart"),
    ("max(jobs, over=others)", "others-where"),
    ("sum(hours - sum(hours))", "aggregate-inside"),
    ("mean(jobs / goal, over=everyone)", "exact-aggregated"),
    ("latest(hours)", "rows-unordered"),
    ("latest(hours, order=[jobs / goal])", "order-by"),
    ("running(hours, order=[left])", "order-by"),
    ('rank(jobs, ties="fair")', "option-word"),
    ("rank(jobs)", "option-word/needed"),
    ('percentile(hours, double, method="linear")', "percentile-p"),
    ('percentile(hours, 150%, method="linear")', "percentile-p"),
    ("percentile(hours, 50%)", "option-word/needed"),
    ("percentile(hours)", "arguments"),
    ("best(hours, n=0)", "best-n"),
    ("served(hired, jobs, method=\"calendar_days\")", "kind-needed"),
    ("served(hired, left)", "option-word/needed"),
]  # fmt: skip


@pytest.mark.parametrize("formula, code", REFUSED)
def test_what_cannot_be_meant_is_one_finding(formula: str, code: str) -> None:
    assert codes(document(formula)) == {code}


@pytest.mark.parametrize("formula, said", [
    ("rank(jobs)", "`名次` 没有写明 `并列`"), ("sum(jobs)", "`求和` 没有写明对哪些人汇总"),
    ("mean(jobs, over=team)", "`jobs` 是 `人员` 各自的值"),
])  # fmt: skip
def test_a_report_in_chinese_names_functions_options_and_people_in_chinese(formula: str, said: str) -> None:
    scheme, _ = load(document(formula), "levels.yaml")
    assert scheme is not None
    assert said in render(check_scheme(scheme)[1], "text", "zh")


def test_a_value_of_people_cannot_be_read_at_their_group() -> None:
    pinned = document("jobs").replace(REGION, f"{REGION}    quantities:\n      own: jobs * 2\n")
    assert codes(pinned) == {"level-mixed/people"}


BOUNDS = [
    ("count(over=everyone)", 0, 1_000_000),
    ("sum(hours)", 0, 240_000),
    ("sum(hours, within=team)", 0, 240_000_000_000),
    ("coalesce(percentile(hours, 75%, method=\"linear\"), 0)", 0, 24),
    ("coalesce(variance(hours), 0)", 0, 144),
    ('coalesce(rank(score, ties="standard"), 0)', 0, 1_000_000),
    # one's own part of a whole
    ("ratio(jobs, sum(jobs, over=everyone, within=team))", 0, 1),
    ("ratio(jobs, mean(jobs, over=everyone, within=team))", 0, 1_000_000),
    ("ratio(2 * jobs, max(jobs, over=everyone))", 0, 2),
    # days of the second quarter
    ("period_days", 91, 91),
    ('coalesce(served(hired, coalesce(left, period_last_day), method="calendar_days"), 0)', 0, 1),
    ('coalesce(served(hired, left, method="majority_months"), 0)', 0, 1),
]  # fmt: skip


@pytest.mark.parametrize("formula, low, high", BOUNDS)
def test_what_rows_come_to_is_bounded(formula: str, low: int, high: int) -> None:
    bounds = checked_text(document(formula)).quantity("q").facts.bounds
    assert (bounds.low, bounds.high) == (Fraction(low), Fraction(high))


def test_what_is_known_of_one_person_is_not_known_of_others() -> None:
    """In `... if known(score)` only one's own score is known: the others' may be missing all the same."""
    found = checked_text(document("mean(score, over=everyone) if known(score) else 0")).quantity("q").term
    aggregate = next(x for x in t.walk(found) if isinstance(x, t.Aggregate))
    assert aggregate.value is not None and aggregate.value.facts.may_miss


def test_selections_hold_together_with_the_condition_of_the_call() -> None:
    text = document("count(over=long, where=day > hired)", "selections:\n  long: {over: orders, where: hours > 8}\n")
    term = checked_text(text).quantity("q").term
    assert isinstance(term, t.Aggregate) and isinstance(term.where, t.Every)
    assert len(term.where.operands) == 2


def test_the_scope_is_known_before_anybody_is_compared() -> None:
    assert codes(document("jobs", "applies_to: of_team > 1\n")) == {"scope-others"}
