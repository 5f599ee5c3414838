"""The search finds by itself the two people for whom better work pays less, and shows what is true."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

import incentive_rules as ir
from incentive_rules.model.verdict import Counterexample, Status
from tests.proving.as_it_was import first_scheme
from tests.proving.test_founding_claims import SCHEMES

HEAD = """\
format: 1
scheme: searched
effective: {first_day: 2026-01-01, last_day: 2026-03-31}
period: month
currency: EUR
limits: {max_people: 50}
inputs:
  id: {type: key}
  dept: {type: category}
  jobs: {type: integer, range: [0, 100]}
  late: {type: integer, range: [0, 100]}
  skilled: {type: boolean}
"""
WORK = """\
indicators:
  work: {weight: 60%, better: higher, value: jobs, score: value}
  care: {weight: 40%, better: lower, value: late, score: 100 - value}
pay:
  bonus:
    amount: AMOUNT
principles: {p: {title: P, promises: {better_never_pays_less: PROMISED}}}
"""


def found(amount: str, rest: str = "", promised: str = "all") -> Counterexample | None:
    text = HEAD + WORK.replace("AMOUNT", amount).replace("PROMISED", promised) + rest
    verdict = ir.prove(text=text, period="2026-01").verdicts[0]
    assert (verdict.status is Status.REFUTED) == (verdict.counterexample is not None)
    return verdict.counterexample


@pytest.mark.thorough
def test_the_second_engineer_of_the_first_scheme() -> None:
    """Who does a tenth of a point more work lifts the mean, and the colleagues' average falls below its edge."""
    report = ir.prove(text=first_scheme(), period="2026-Q2")
    assert not report.ok
    verdict = next(one for one in report.verdicts if one.promise == "better_never_pays_less")
    pair = verdict.counterexample
    assert pair is not None
    assert (pair.fact, pair.table) == ("order_points", "work_orders")
    assert Decimal(pair.after) - Decimal(pair.before) == Decimal("0.1"), "one step of one cell"
    stages = {name: (before, after) for name, before, after in pair.stages}
    before, after = map(Decimal, stages["colleagues_score"])
    assert before >= 85 > after, "the edge of the team coefficient"
    assert Decimal(stages["net"][1]) < Decimal(stages["net"][0])
    assert Decimal(stages["total"][1]) > Decimal(stages["total"][0])


DEFECTS = {
    "10 * total if jobs < 50 else 300": ("jobs", "49", "50"),
    "10 * total if jobs == 50 else 0": ("jobs", "50", "51"),
    "1000 - 10 * total": ("jobs", None, None),
    "10 * total if late > 20 else 100": ("late", "21", "20"),
    "'10 * total - 9 * coalesce(mean(total, over=others, within=dept), 0) if total < 40 else 10'": (None, None, None),
}  # fmt: skip


@pytest.mark.parametrize("amount", DEFECTS)
def test_a_planted_cliff_is_found_and_one_step_wide(amount: str) -> None:
    fact, before, after = DEFECTS[amount]
    pair = found(amount)
    assert pair is not None
    assert fact is None or pair.fact == fact
    assert before is None or (pair.before, pair.after) == (before, after)


def test_what_the_pair_shows_is_what_the_engine_pays() -> None:
    """The world that is printed, run by anybody, pays what the pair says."""
    pair = found("10 * total if jobs < 50 else 300")
    assert pair is not None
    text = HEAD + WORK.replace("AMOUNT", "10 * total if jobs < 50 else 300").replace("PROMISED", "all")
    stages = {name: (before, after) for name, before, after in pair.stages}
    pipeline = ir.compile(text=text, period="2026-01")
    for number, value in enumerate((pair.before, pair.after)):
        rows = [dict(row) for row in pair.world[""]]
        rows[pair.row - 1][pair.fact] = value
        result = next(one for one in pipeline.run(rows).results if one.key == pair.who)
        assert str(result["net"]) == stages["net"][number]


def test_what_is_sound_or_excepted_is_not_refuted() -> None:
    assert found("10 * total") is None
    excepted = "{of: all, except: {jobs: {reason: r}, work: {reason: r}}}"
    assert found("10 * total if jobs < 50 else 300", promised=excepted) is None


def test_a_pool_that_a_last_cent_leaves_is_no_counterexample() -> None:
    pool = "pool: {each: dept, amount: '3 * sum(jobs, over=everyone, within=dept)', in_proportion_to: late}"
    text = (HEAD + WORK).replace("amount: AMOUNT", pool).replace("PROMISED", "[work]")
    assert ir.prove(text=text, period="2026-01").verdicts[0].counterexample is None


@pytest.mark.thorough
def test_the_same_pair_every_time_and_in_json() -> None:
    assert found("10 * total if jobs < 50 else 300") == found("10 * total if jobs < 50 else 300")
    text = HEAD + WORK.replace("AMOUNT", "1000 - 10 * total").replace("PROMISED", "all")
    report = json.loads(ir.prove(text=text, period="2026-01").render("json"))
    pair = report["verdicts"][0]["counterexample"]
    assert report["ok"] is False
    assert {"happening", "who", "line", "amount", "changes", "stages", "world", "other"} <= pair.keys()


# ── The first founding scheme as it was ──────────────────────────────────────────────────────────


@pytest.mark.thorough
def test_two_pairs_of_the_first_scheme_as_it_was() -> None:
    """Among others a tenth of a point more lifts the mean; alone it makes a missing indicator known: both are found."""
    report = ir.prove(text=first_scheme(), period="2026-Q2")
    better = next(one for one in report.verdicts if one.promise == "better_never_pays_less")
    assert better.counterexample is not None
    among, alone = better.counterexample, better.further[0]
    for pair in (among, alone):
        assert pair.fact == "order_points"
        assert Decimal(pair.after) - Decimal(pair.before) == Decimal("0.1")
        stages = {name: (before, after) for name, before, after in pair.stages}
        assert Decimal(stages["net"][1]) < Decimal(stages["net"][0])
        assert Decimal(stages["net"][0]) - Decimal(stages["net"][1]) == Decimal(pair.amount)
    assert {"colleagues_score", "team_coefficient"} <= {name for name, _, _ in among.stages}
    assert (alone.before, alone.after) == ("0", "0.1")
    assert ("value(team_contribution)", "missing", "1") in alone.stages
    assert len(alone.world[""]) == 1


@pytest.mark.thorough
def test_one_day_of_one_day_due_moves_everything() -> None:
    """`of: any` is refuted by attendance; of work alone exactly what is promised is attained."""
    verdict = next(v for v in ir.prove(text=first_scheme(), period="2026-Q2").verdicts if v.promise == "largest_jump")
    pair = verdict.counterexample
    assert pair is not None
    assert Decimal(pair.amount) > Decimal("19800.00")
    assert {pair.fact} <= {"days_worked", "days_due"}
    work = ir.prove(SCHEMES / "service_engineer_1.yaml", period="2026-Q2")
    verdict = next(v for v in work.verdicts if v.promise == "largest_jump")
    assert verdict.status is Status.TESTED
    assert any("the largest that was found is 19800.00" in note for note in verdict.notes)


JUMPS = {
    "10 * total": "6.00",  # one job is 60% of a point
    "10 * total if jobs < 50 else 900": "606.00",
    "10 * total if not skilled else 5 * total + 900": "900.00",
}


@pytest.mark.parametrize("amount", JUMPS)
def test_the_largest_jump_of_one_step(amount: str) -> None:
    """At the edge of a table, from true to false: what is found is what the formula says."""
    text = HEAD + WORK.replace("amount: AMOUNT", f"amount: {amount}").replace(
        "better_never_pays_less: PROMISED", "largest_jump: {line: bonus, at_most: 0}")  # fmt: skip
    verdict = ir.prove(text=text, period="2026-01").verdicts[0]
    assert verdict.counterexample is not None
    tested = text.replace("at_most: 0}", "at_most: 999}")
    [note] = ir.prove(text=tested, period="2026-01").verdicts[0].notes
    assert f"the largest that was found is {JUMPS[amount]}:" in note


def test_a_jump_of_what_is_no_work_or_is_excepted_does_not_count() -> None:
    text = HEAD + WORK.replace("amount: AMOUNT", "amount: 10 * total if not skilled else 5 * total + 900")
    for promise in ("of: work, at_most: 20", "at_most: 20, except: {skilled: r}"):
        promised = text.replace("better_never_pays_less: PROMISED", f"largest_jump: {{line: bonus, {promise}}}")
        verdict = ir.prove(text=promised, period="2026-01").verdicts[0]
        assert verdict.status is Status.TESTED, verdict
