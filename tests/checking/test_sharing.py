"""Pools, honours and grades by rank: what they are made of, what is refused, and what must be given of one alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from incentive_rules.checking.given_values import needed_from_others, scheme_of_one
from incentive_rules.model import terms as t
from incentive_rules.model.levels import EVERYONE, PERSON
from tests.checking.levels import checked_text, codes, document

POOL = """\
pay:
  bonus:
    pool:
      each: project
      amount: budget * 2%
      to: shares
      in_proportion_to: points
"""
STAR = """\
honors:
  star:
    every: year
    among: jobs > 5
    within: team
    best_by: [score, jobs]
    places: {share: 10%, of: eligible, rounding: down, at_least: 1, at_most: floor(goal / 10)}
    ties: refuse
    award: 500
"""
GRADES = """\
grades:
  of: of_person
  within: team
  shares: {A: {share: 20%, factor: 1.5}, B: {share: 70%, factor: 1}, C: {share: 10%, factor: missing}}
  ties: all
"""


def test_a_pay_line_that_rows_share_is_the_sum_of_the_persons_rows() -> None:
    line = checked_text(document("jobs", POOL)).quantity("bonus")
    assert line.level == PERSON and isinstance(line.term, t.Aggregate)
    share = line.term.value
    assert isinstance(share, t.Shared)
    assert (share.source, share.group, share.decimals) == (("shares",), ("project",), 2)
    assert share.facts.bounds.high == Fraction(2000)
    assert isinstance(share.amount, t.Rounded), "a pool holds whole cents"


def test_a_pool_of_a_company_can_be_shared_by_its_groups() -> None:
    pool = "{each: everyone, amount: 1000, to: team, in_proportion_to: goal}"
    text = document("jobs").replace("  of_team", f"  fund:\n    type: money\n    pool: {pool}\n  of_team")
    fund = checked_text(text).quantity("fund")
    assert fund.level == ("team",) and isinstance(fund.term, t.Shared) and fund.term.group == EVERYONE


def test_what_a_pool_may_not_keep_is_guarded() -> None:
    checked = checked_text(document("jobs", POOL + "      remainder: refuse\n      cents: keep_remainder\n"))
    assert [(g.code, g.name, g.level) for g in checked.guards] == [("data-remainder", "bonus", ("project",))]


def test_an_honour_compares_a_place_with_the_places_of_its_group() -> None:
    star = checked_text(document("jobs", STAR), "2026-Q4").quantity("star")
    assert star.due and isinstance(star.term, t.Choice)
    assert isinstance(star.term.condition, t.Every), "among, and the first thing to be best by may be missing"
    chosen = star.term.then
    assert isinstance(chosen, t.Compared) and isinstance(chosen.left, t.Ranked)
    assert chosen.left.group == ("team",) and len(chosen.left.keys) == 2


def test_a_tie_that_is_refused_is_guarded_at_each_person() -> None:
    checked = checked_text(document("jobs", STAR))
    assert [(g.code, g.name, g.level) for g in checked.guards] == [("data-tie", "star", PERSON)]


@pytest.mark.parametrize("period, due", [("2026-Q1", False), ("2026-Q3", False), ("2026-Q4", True)])
def test_what_is_given_once_a_year_falls_due_in_its_last_period(period: str, due: bool) -> None:
    checked = checked_text(document("jobs", STAR), period)
    assert (checked.quantity("star").due, checked.quantity("award(star)").due) == (due, due)


def test_years_that_start_in_april_end_in_march() -> None:
    text = document("jobs", STAR).replace("period: quarter\n", "period: quarter\nyear_starts: 04-01\n")
    text = text.replace("first_day: 2026-01-01, last_day: 2026-12-31", "first_day: 2026-04-01, last_day: 2027-03-31")
    assert [checked_text(text, f"2026-Q{n}").quantity("star").due for n in (1, 2, 3, 4)] == [False, False, False, True]


def test_grades_by_rank_are_cut_off_from_the_best_downwards() -> None:
    text = document("jobs", GRADES).replace("  of_team:", "  of_person: {is: score, decimals: 2}\n  of_team:")
    checked = checked_text(text)
    grade, factor = checked.quantity("grade"), checked.quantity("factor")
    assert grade.facts.type.values == {"A", "B", "C"} and grade.facts.may_miss
    assert (factor.facts.bounds.low, factor.facts.bounds.high) == (1, Fraction(3, 2))


REFUSED = [
    (POOL.replace("budget * 2%", "budget - 100"), "pool-negative/amount"),
    (POOL.replace("points\n", "points - 3\n"), "pool-negative"),
    (POOL + "      at_most: points - 9\n", "pool-negative/cap"),
    (POOL.replace("to: shares", "to: orders"), "pool-apart"),
    (POOL.replace("to: shares", "to: project"), "pool-apart"),
    (POOL.replace("      to: shares\n", ""), "pool-apart/people"),
    (POOL.replace("to: shares", "to: sharers"), "pool-apart/near"),
    (POOL.replace("to: shares", "to: whoever"), "pool-apart/unknown"),
    (POOL.replace("project", "everyone").replace("shares", "team").replace("budget", "100"), "pool-apart/pay"),
    (POOL.replace("each: project", "each: projekt"), "group-unknown/near"),
    (POOL.replace("budget * 2%", "sum(points)"), "money-needed"),
    (POOL.replace("budget * 2%", "jobs"), "level-mixed/apart"),
    (STAR.replace("floor(goal / 10)", "jobs"), "level-mixed/people"),
    (STAR.replace("floor(goal / 10)", "goal / 10"), "places-whole"),
    (STAR.replace("floor(goal / 10)", "20%"), "places-whole/share"),
    (STAR.replace("[score, jobs]", "[city]"), "number-needed"),
    (STAR.replace("within: team", "within: nickname"), "group-unknown/missing"),
    (STAR.replace("jobs > 5", "score > 5"), "condition-missing"),
]  # fmt: skip


@pytest.mark.parametrize("more, code", REFUSED)
def test_what_cannot_be_shared_or_chosen_is_one_finding(more: str, code: str) -> None:
    assert codes(document("jobs", more)) == {code}


# ── One person alone ──────────────────────────────────────────────────────────────────────────────


def test_what_others_decide_must_be_given_by_its_own_name() -> None:
    text = document("jobs / goal + of_team", POOL + STAR)
    assert needed_from_others(checked_text(text)) == ("of_team", "bonus", "goal"), "the star is not due yet"
    checked = checked_text(text, "2026-Q4")
    assert needed_from_others(checked) == ("of_team", "bonus", "star", "goal")
    one = scheme_of_one(checked)
    assert {"given(of_team)", "given(star)", "given(bonus)", "goal"} <= set(one.inputs)
    assert all(found.level in (PERSON, ("shares",), ("orders",), ("steps",)) for found in one.inputs.values())
    assert one.quantity("q").level == PERSON and not one.guards


def test_only_what_a_wish_rests_on_is_asked_for() -> None:
    checked = checked_text(document("jobs / goal", POOL + STAR))
    assert needed_from_others(checked, ["q"]) == ("goal",)
    assert [q.name for q in scheme_of_one(checked, ["q"]).quantities] == ["q"]


def test_a_row_of_a_group_that_is_not_the_persons_brings_what_its_group_decides() -> None:
    checked = checked_text(document("points * budget"))
    one = scheme_of_one(checked)
    assert one.inputs["budget"].level == ("shares",) and "given(q)" not in one.inputs


def test_bounds_that_hold_of_people_together_are_checked_of_what_is_given() -> None:
    """Beside a whole that was given nobody knows that one's own part is smaller."""
    text = document("ratio(jobs, all_jobs)").replace("  of_team:", "  all_jobs: sum(jobs, over=everyone)\n  of_team:")
    together, one = checked_text(text), scheme_of_one(checked_text(text))
    assert together.quantity("q").proved and not one.quantity("q").proved


# ── What is read by way of another word ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("word", ["award", "奖金"])
def test_a_line_that_reads_the_money_of_an_honour_comes_after_it(word: str) -> None:
    checked = checked_text(document("jobs", STAR + f"pay:\n  twice: {{amount: {word}(star) * 2}}\n"))
    names = [q.name for q in checked.quantities]
    assert names.index("award(star)") < names.index("twice") < names.index("earnings")
    assert not checked.lost


@pytest.mark.parametrize(
    "line", ["count(over=many, within=team) < 3", "count(over=many, within=team) + jobs < 300"]
)
def test_a_requirement_comes_after_what_a_selection_reads(line: str) -> None:
    more = f"selections:\n  many: {{over: everyone, where: q > 5}}\nrequire:\n  - {line}\n"
    checked = checked_text(document("jobs + 1", more))
    assert [premise.formula.text.strip() for premise in checked.premises] == [line]
    assert not checked.lost


@pytest.mark.parametrize("formula", [
    "1 if rank(jobs, ties='dense', within=team) == 1 else 0",
    "jobs if coalesce(rank(coalesce(score, 0), ties='standard', where=jobs > 5), 99) == 1 and jobs > 9 else 0",
    "1 / rank(jobs, ties='dense') if jobs == 1 and rank(jobs, ties='dense') > 2 else 0",
])  # fmt: skip
def test_a_condition_may_look_at_a_place(formula: str) -> None:
    assert not codes(document(formula.replace("'", '"')))
