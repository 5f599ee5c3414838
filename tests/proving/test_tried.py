"""What people decide: who reaches what is given, which indicators count, and how far things go."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.model.verdict import Status, Verdict
from tests.proving.test_founding_claims import SCHEMES
from tests.proving.test_prove import HEAD, WORK

GRADES = """\
grades:
  of: total
  from: {90: {grade: A}, 60: {grade: B}}
  else: {grade: C}
"""


def verdict(promise: str, rest: str) -> Verdict:
    text = f"{HEAD}{rest}principles: {{p: {{title: P, promises: {{{promise}}}}}}}\n"
    return ir.prove(text=text, period="2026-01").verdicts[0]


def test_whoever_reaches_it_is_proof() -> None:
    found = verdict("everything_reachable: [grades, pay]", WORK + GRADES)
    assert (found.status, found.obstacles) == (Status.PROVED, ())
    assert found.grounds.startswith("4 of 4 are reached by somebody")


def test_bounds_that_exclude_it_are_proof_of_the_contrary() -> None:
    rest = WORK.replace("score: value}", "score: value / 2}") + GRADES  # at most 70
    found = verdict("everything_reachable: [grades]", rest)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.REFUTED, ["A"])


def test_what_nobody_reaches_is_named() -> None:
    """A contradiction that bounds do not see: nobody is found, and nothing is claimed."""
    rest = WORK.replace("amount: 10 * total", "amount: 10 * total\n    when: jobs == late and jobs == late + 1")
    found = verdict("everything_reachable: [pay]", rest)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["bonus"])


def test_an_indicator_counts_where_a_pair_shows_it() -> None:
    assert verdict("every_indicator_counts: true", WORK).status is Status.PROVED
    capped = WORK.replace("amount: 10 * total", "amount: 10 * total if late > 200 else 10 * work")
    found = verdict("every_indicator_counts: true", capped)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["care"])


@pytest.mark.thorough
def test_the_founding_schemes_give_what_they_say() -> None:
    """Everybody can reach everything, some of it at the end of the year alone, and every indicator counts."""
    for name in ("service_engineer_1", "service_engineer_2_zh"):
        verdicts = {one.promise: one for one in ir.prove(SCHEMES / f"{name}.yaml").verdicts}
        for promise in ("everything_reachable", "every_indicator_counts"):
            assert verdicts[promise].status is Status.PROVED, verdicts[promise]


# ── Gains, and what is measured ──────────────────────────────────────────────────────────────────


def report(promise: str, rest: str, head: str = HEAD) -> ir.ProofReport:
    text = f"{head}{rest}principles: {{p: {{title: P, promises: {{{promise}}}}}}}\n"
    return ir.prove(text=text, period="2026-01")


ROWS = """\
details:
  tickets:
    belongs_to: id
    key: ticket
    inputs:
      points: {type: integer, range: [0, 20]}
      rating: {type: integer, range: [1, 5], can_be_missing: true}
"""
PER_TICKET = """\
indicators:
  work: {weight: 50%, better: higher, value: sum(points), score: "min(100, value)"}
  care: {weight: 50%, better: higher, value: mean(rating), score: "20 * value"}
total: {missing: reweigh}
pay:
  bonus: {amount: "10 * coalesce(total, 0)"}
  piece: {amount: "3 * count(over=tickets)"}
"""


def test_who_withholds_a_bad_rating_gains_and_who_splits_a_ticket_is_paid_twice() -> None:
    """All by hand: without a rating of 1 in (1, 5, 5, 5) the mean is 5; a ticket more is 3.00 of piece rate."""
    withheld = report("withholding_gains_at_most: {line: bonus, at_most: 10}", PER_TICKET + ROWS).verdicts[0]
    assert withheld.status is Status.REFUTED
    pair = withheld.counterexample
    assert pair is not None and pair.happening == "gains"
    assert {one.name for one in pair.changes} & {"rating"}
    split = report("splitting_gains_at_most: {line: piece, at_most: 2.99}", PER_TICKET + ROWS).verdicts[0]
    assert split.status is Status.REFUTED
    assert split.counterexample is not None and split.counterexample.amount == "3.00"
    kept = report("splitting_gains_at_most: {line: piece, at_most: 3}", PER_TICKET + ROWS).verdicts[0]
    assert kept.status is Status.TESTED
    assert "the largest gain that was found is 3.00" in kept.notes[0]


def test_halves_say_what_the_whole_said() -> None:
    """A ticket that is split sums to itself, and is told twice: the sum of points is as it was."""
    pair = report("splitting_gains_at_most: {line: piece, at_most: 2.99}", PER_TICKET + ROWS).verdicts[0].counterexample
    assert pair is not None
    sums = [sum(int(row["points"]) for row in world["tickets"] if row["id"] == pair.who) for world in
            (pair.world, pair.other)]  # fmt: skip
    assert sums[0] == sums[1]
    assert len(pair.other["tickets"]) == len(pair.world["tickets"]) + 1


def test_what_is_not_promised_is_measured() -> None:
    found = {one.keyword: one for one in report("gives: [pay]", WORK).measures}
    assert (found["largest_jump"].amount, found["highest_payout"].amount) == ("6.00", "1000.00")
    assert found["largest_jump"].shown is not None
    assert "splitting_gains_at_most" not in found, "there are no rows"
    text = str(report("gives: [pay]", WORK))
    assert "measured (the largest that was tried, and no bound):" in text
    assert "highest payout · bonus: 1000.00" in text


def test_the_cent_of_equal_people_is_measured() -> None:
    """Three alike share 1.00 of a pool: the key decides over a cent, and that is told."""
    pool = WORK.replace("amount: 10 * total", "pool: {each: everyone, amount: 1, in_proportion_to: total}")
    [cent] = [one for one in report("same_facts_same_pay: true", pool).measures if one.keyword == "last_cent"]
    assert (cent.line, sorted(cent.amount.split(" / "), reverse=True)) == ("bonus", ["0.34", "0.33", "0.33"])
    kept = pool.replace("in_proportion_to: total", "in_proportion_to: total, cents: keep_remainder")
    assert not [one for one in report("same_facts_same_pay: true", kept).measures if one.keyword == "last_cent"]


# ── Orders and plateaus ──────────────────────────────────────────────────────────────────────────


def test_whose_scores_are_better_by_hand_is_paid_less() -> None:
    promise = "order_preserving: {within: 0.5}"
    assert verdict(promise, WORK).status is Status.TESTED
    found = verdict(promise, WORK.replace("amount: 10 * total", "amount: 10 * total if total < 50 else 300"))
    assert found.status is Status.REFUTED
    pair = found.counterexample
    assert pair is not None
    stages = {name: (float(before), float(after)) for name, before, after in pair.stages if name in ("total", "bonus")}
    assert stages["total"][1] > stages["total"][0] + 0.5
    assert stages["bonus"][1] < stages["bonus"][0]


def test_the_longest_plateau() -> None:
    """From 50 jobs to 100 nothing more is paid: half of what can be done."""
    flat = WORK.replace("amount: 10 * total", "amount: 600 if jobs >= 50 else 10 * jobs")
    only = flat[: flat.index("  care:")].replace("60%", "100%") + flat[flat.index("pay:") :]
    promise = "plateau_at_most: {line: bonus, share: SHARE}"
    found = verdict(promise.replace("SHARE", "50%"), only)
    assert found.status is Status.TESTED
    assert "the longest that was found is 50% of `work`" in found.notes[0]
    assert verdict(promise.replace("SHARE", "49%"), only).status is Status.REFUTED
