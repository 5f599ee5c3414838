"""The toy that proves the cut: a person with tickets, through the plan, the referee and the scalar engine.

Two levels, one mechanism: what a ticket needs is computed per ticket, gathered once, and read by the person;
what the ticket reads of the person is spread to it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import incentive_rules as ir
from incentive_rules.model.plan import Gather, Spread
from incentive_rules.reading.values import one_person
from incentive_rules.recomputing.differences import differences

TOY = """\
format: 1
scheme: tickets
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  engineer: {type: key}
  allowance: {type: money, range: [0, 100]}
  minutes_due: {type: integer, range: [1, 600]}
details:
  tickets:
    belongs_to: engineer
    inputs:
      spent: {type: integer, range: [0, 600]}
      solved: {type: boolean}
      rating: {type: integer, range: [1, 5], can_be_missing: true}
    quantities:
      early: {is: "max(0, minutes_due - spent) / minutes_due", decimals: 4}
indicators:
  speed: {weight: 60%, better: higher, value: mean(early), score: 100 * value}
  solution: {weight: 40%, better: higher, value: share(solved), score: 100 * value}
total: {missing: reweigh, at_least: 1}
quantities:
  praised: count(known(rating) and rating >= 4)
  mean_rating: mean(rating)
  slowest: max(spent, where=solved)
pay:
  per_ticket: {amount: "allowance * count(solved)"}
  bonus: {amount: "1000 * coalesce(total, 0) / 100"}
"""

PERSON = {"engineer": "G1", "allowance": "12.50", "minutes_due": 60}
TICKETS = [
    {"spent": 15, "solved": True, "rating": 5},
    {"spent": 60, "solved": True, "rating": None},
    {"spent": 90, "solved": False, "rating": 2},
]


def scored(tickets: list[dict[str, object]]) -> ir.Result:
    """The result of one person, on which both engines agree."""
    pipeline = ir.compile(text=TOY, period="2026-04")
    result = pipeline.score(PERSON, {"tickets": tickets})
    judged = pipeline.judge(*one_person(pipeline.checked, PERSON, {"tickets": tickets}))
    assert not list(differences(result, judged))
    return result


def test_tickets_become_indicators_a_total_and_pay() -> None:
    """By hand: early is 0.75, 0 and 0; its mean 0.25; two of three solved."""
    one = scored(TICKETS)
    assert one["early"] == (Decimal("0.7500"), Decimal("0.0000"), Decimal("0.0000"))
    assert one["value(speed)"] == Fraction(1, 4)
    assert one["value(solution)"] == Fraction(2, 3)
    assert (one["speed"], one["solution"]) == (Decimal("25.0000"), Decimal("66.6667"))
    assert one["total"] == Decimal("41.6667")  # 0.6 * 25 + 0.4 * 66.6667 = 41.66668
    assert (one["praised"], one["mean_rating"], one["slowest"]) == (1, Fraction(7, 2), 60)
    assert (one["per_ticket"], one["bonus"]) == (Decimal("25.00"), Decimal("416.67"))


def test_without_tickets_there_was_nothing_to_measure() -> None:
    one = scored([])
    assert one["value(speed)"] is ir.MISSING and one["total"] is ir.MISSING and one["slowest"] is ir.MISSING
    assert (one["praised"], one["per_ticket"], one["bonus"]) == (0, Decimal("0.00"), Decimal("0.00"))


def test_the_order_of_tickets_plays_no_part() -> None:
    one, other = scored(TICKETS), scored(TICKETS[::-1])
    assert other["early"] == one["early"][::-1]
    assert all(one[name] == other[name] for name in one if name != "early")


def test_only_gathering_and_spreading_cross_levels() -> None:
    plan = ir.compile(text=TOY, period="2026-04").plan
    rows, person = ("tickets",), ()
    assert {(step.source, step.level) for step in plan.steps if isinstance(step, Gather)} == {(rows, person)}
    assert {step.level for step in plan.steps if isinstance(step, Spread)} == {rows}
