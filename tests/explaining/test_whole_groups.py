"""Whole groups explained: the members of each pool, honour and grade by rank add up to what the run says of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.explaining.whole_groups import GroupExplanation
from incentive_rules.model.scheme import Honor, Pool
from incentive_rules.model.trace import Chosen, Graded, Portion
from tests.proving.test_founding_claims import company

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"


def explained(name: str, kind: type) -> Iterator[tuple[ir.Run, GroupExplanation]]:
    """Every group of every decision of a kind of a founding scheme, for some of its company, with the run."""
    pipeline, tables = company(name)
    groups = {group.name: tables[group.name] for group in pipeline.scheme.groups if group.name in tables}
    details = {table: rows for table, rows in tables.items() if table and table not in groups}
    people = pipeline.people(tables[""], details, groups)
    run = pipeline.run(people, referee=0)
    for quantity in pipeline.checked.quantities:
        if isinstance(quantity.definition.body, kind) and quantity.due:
            for group in pipeline.explain_groups(people, quantity.name):
                yield run, group


def test_the_shares_of_a_pool_add_up_to_it_and_each_is_what_the_member_gets() -> None:
    seen = 0
    for run, group in explained("first", Pool):
        portions = [(one.who, one.decided) for one in group.members if isinstance(one.decided, Portion)]
        shares = sum((Fraction(portion.share) for _, portion in portions), Fraction(0))  # type: ignore[arg-type]
        first = portions[0][1]
        assert shares + Fraction(first.remainder) == Fraction(first.amount) or shares == 0  # type: ignore[arg-type]
        assert f"{group.among.key}" in str(group) or group.among.level == "everyone"
        by_person: dict[str, Fraction] = {}
        for who, portion in portions:
            by_person[who] = by_person.get(who, Fraction(0)) + Fraction(portion.share)  # type: ignore[arg-type]
        paid = {result.key: result for result in run.results}
        if all(portion.row is None and who in paid for who, portion in portions):
            assert {who: Fraction(Decimal(str(paid[who][group.name]))) for who in by_person} == by_person
        seen += len(portions)
    assert seen >= 15


def test_whoever_is_chosen_stands_before_the_others() -> None:
    seen = 0
    for run, group in explained("first", Honor):
        candidates = [(one.who, one.decided) for one in group.members if isinstance(one.decided, Chosen)]
        chosen = {who for who, decided in candidates if decided.verdict == "chosen"}
        said = next(one for one in run.honors if (one.name, one.group) == (group.name, group.among.key))
        assert chosen == set(said.chosen)
        places = [decided.place for _, decided in candidates]
        ranked = [place for place in places if place is not None]
        assert places == [*sorted(ranked), *[None] * (len(places) - len(ranked))]
        seen += len(chosen)
    assert seen >= 1


GRADED = """\
format: 1
scheme: ranked
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  id: {type: key}
  points: {type: integer, range: [0, 100], can_be_missing: true}
quantities:
  standing:
    of: points
    within: everyone
    shares: {top: {share: 50%, rate: 2}, rest: {share: 50%, rate: 1}}
    rounding: down
    ties: all
pay:
  bonus: {amount: "100 * coalesce(rate, 0)"}
"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_grades_by_rank_tell_the_cuts_and_everybody(language: str) -> None:
    pipeline = ir.compile(text=GRADED, period="2026-01")
    rows = [{"id": key, "points": points} for key, points in {"A": 10, "B": 30, "C": 20, "D": None}.items()]
    [group] = pipeline.explain_groups(pipeline.people(rows), "standing", lang=language)
    assert [one.who for one in group.members] == ["B", "C", "A", "D"]
    assert [one.decided.place for one in group.members if isinstance(one.decided, Graded)] == [1, 2, 3, None]
    lines = str(group).splitlines()
    missing = "missing" if language == "en" else "缺失"
    assert [line.split()[-1] for line in lines[-4:]] == ["top", "rest", "rest", missing]
    [hidden] = pipeline.explain_groups(pipeline.people(rows), "standing", anonymous=True)
    assert [one.who for one in hidden.members] == ["2", "3", "1", "4"]
