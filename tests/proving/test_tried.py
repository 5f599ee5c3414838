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
    """What one in a million has: nobody is found, and nothing is claimed."""
    rare = "jobs * 101 + late == 7834"  # 77 jobs and 57 times late alone
    rest = WORK.replace("amount: 10 * total", f"amount: 10 * total\n    when: {rare}")
    found = verdict("everything_reachable: [pay]", rest)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["bonus"])


def test_an_indicator_counts_where_a_pair_shows_it() -> None:
    assert verdict("every_indicator_counts: true", WORK).status is Status.PROVED
    capped = WORK.replace("amount: 10 * total", "amount: 10 * total if late > 200 else 10 * work")
    found = verdict("every_indicator_counts: true", capped)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["care"])


@pytest.mark.thorough
def test_the_first_founding_scheme_gives_what_it_says() -> None:
    """Everybody can reach everything, some of it at the end of the year alone, and every indicator counts.

    In the first quarter alone it takes a climb: work and contribution move together, but for little
    work, which decides over pay where the total is near a grade.
    """
    for period in (None, "2026-Q1"):
        verdicts = {one.promise: one for one in ir.prove(SCHEMES / "service_engineer_1.yaml", period=period).verdicts}
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


@pytest.mark.thorough
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


MEANS = """\
indicators:
  care: {weight: 100%, better: higher, value: mean(rating), score: "20 * value"}
total: {missing: reweigh}
pay:
  bonus: {amount: "10 * coalesce(total, 0)"}
"""


def test_who_moves_a_row_to_another_period_gains() -> None:
    """By hand: the best is a rating of 5 that leaves other fives, where nothing changes, and comes where there was no
    rating and so no bonus: 1,000.00. A worse one, of r, brings at most 200 r there and 100 (5 - r) where it leaves.

    Bounds prove twice as much: they hold in each of the two periods.
    """
    found = report("moving_gains_at_most: {line: bonus, at_most: 999.99}", MEANS + ROWS).verdicts[0]
    assert found.status is Status.REFUTED
    pairs = (found.counterexample, *found.further)
    told = [(one.happening, one.amount) for one in pairs if one is not None]
    assert told == [("comes", "+1000.00"), ("leaves", "0.00")]
    come, left = pairs
    assert come is not None and left is not None
    assert [one.before for one in come.changes] == [None, None] == [one.after for one in left.changes]
    assert [one.after for one in come.changes] == [one.before for one in left.changes], "it says the same in both"
    kept = report("moving_gains_at_most: {line: bonus, at_most: 1000}", MEANS + ROWS)
    assert kept.verdicts[0].status is Status.TESTED
    assert "the largest gain that was found is 1000.00" in kept.verdicts[0].notes[0]
    [measured] = [one for one in kept.measures if one.keyword == "moving_gains_at_most"]
    assert (measured.amount, len(measured.further)) == ("1000.00", 1)
    twice = report("moving_gains_at_most: {line: bonus, at_most: 2000}", MEANS + ROWS).verdicts[0]
    assert twice.status is Status.PROVED
    nothing = report("moving_gains_at_most: {line: bonus, at_most: 1}", WORK).verdicts[0]
    assert nothing.status is Status.NOT_APPLICABLE, "there are no rows"


@pytest.mark.thorough
def test_what_is_excepted_is_not_tried() -> None:
    """A rating may be left out, says the works council; then what brings most is to leave out the ticket itself."""
    alone = MEANS.replace("mean(rating)", "mean(rating) if count(over=tickets) >= 4 else 3")
    limit = "withholding_gains_at_most: {line: bonus, at_most: 10EXCEPT}"
    assert report(limit.replace("EXCEPT", ""), alone + ROWS).verdicts[0].status is Status.REFUTED
    excepted = ", except: {rating: {reason: who was not asked has no rating}}"
    found = report(limit.replace("EXCEPT", excepted), alone + ROWS).verdicts
    assert [one.status for one in found][1:] == [Status.ACCEPTED]
    pair = found[0].counterexample
    assert pair is not None and len(pair.changes) == 2, "a whole row is left out"
    order = "order_preserving: {within: 0.5EXCEPT}"
    turned = WORK.replace("amount: 10 * total", "amount: 10 * total if jobs < 50 else 300")
    assert verdict(order.replace("EXCEPT", ""), turned).status is Status.REFUTED
    order = order.replace("EXCEPT", ", except: {jobs: the cap of the works council}")
    assert verdict(order, turned).status is Status.TESTED
    flat = WORK.replace("amount: 10 * total", "amount: 600 if jobs >= 50 else 10 * jobs")
    plateau = "plateau_at_most: {line: bonus, share: 49%EXCEPT}"
    assert verdict(plateau.replace("EXCEPT", ""), flat).status is Status.REFUTED
    both = ", except: {jobs: capped, late: not for this line}"
    assert verdict(plateau.replace("EXCEPT", both), flat).status is not Status.REFUTED


def test_an_indicator_that_moves_with_another_counts_where_the_other_stands_still() -> None:
    """Up to 20 jobs `work` moves without `more`; it decides over pay where `care` and `skill` are near their best."""
    rest = """\
indicators:
  work: {weight: 20%, better: higher, value: jobs, score: value}
  more: {weight: 10%, better: higher, value: jobs, score: "max(0, min(100, value - 20))"}
  care: {weight: 35%, better: lower, value: late, score: 100 - value}
  skill: {weight: 35%, better: higher, value: age, score: value}
grades: {of: total, from: {63: {rate: 20}}, else: {rate: 10}}
pay:
  bonus: {amount: 10 * rate}
"""
    found = verdict("every_indicator_counts: true", rest)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["more"])


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
