"""One of many: rows as they stand in their file, earlier periods, what others decide in another period."""

from __future__ import annotations

from decimal import Decimal

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: alone
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
quantities:
  points: sum(order_points)
  team: {is: "mean(points, over=everyone, within=department)", decimals: 2}
  year: {is: mean(month_points), decimals: 2}
pay:
  bonus: {amount: 10 * points}
  against_team: {amount: "5 * max(0, points - coalesce(team, 0))"}
  of_the_year: {amount: "2 * coalesce(year, 0)", every: year}
honors:
  star: {every: year, within: everyone, best_by: year, places: 1, ties: all}
inputs:
  engineer: {type: key}
  department: {type: category}
details:
  orders:
    belongs_to: engineer
    key: order_no
    inputs: {order_points: {type: integer, range: [0, 20]}}
  months: {belongs_to: engineer, recorded: {month_points: points}}
people:
  typical:
    department: north
    team: 12
    star: false
    orders: [{times: 3, order_points: 5}]
    months: [{times: 11, month_points: 9}]
examples:
  - name: a month
    period: 2026-04
    person: typical
    but: {months: [{times: 3, month_points: 9}]}
    expect: {bonus: 150, against_team: 15, of_the_year: 0}
  - name: the last month, with the earlier ones
    period: 2026-12
    person: typical
    expect: {year: 9.5, of_the_year: 19}
  - name: two people
    period: 2026-12
    people: {A: {person: typical}, B: {person: typical, but: {orders: [{order_points: 9}]}}}
    expect: {A: {team: 12, star: true}, B: {team: 12, star: false, against_team: 0}}
"""


def test_the_examples_of_one_and_of_several_people_pass() -> None:
    report = ir.test(text=SCHEME)
    assert report.ok, report


@pytest.mark.parametrize("with_key", [True, False])
def test_rows_may_have_the_column_that_tells_them_apart(with_key: bool) -> None:
    pipeline = ir.compile(text=SCHEME, period="2026-12")
    orders = [{"order_points": 5, **({"order_no": f"N{n}"} if with_key else {})} for n in range(3)]
    months = [{"month_points": 9}] * 11
    person = {"engineer": "A", "department": "north"}
    result = pipeline.score(person, {"orders": orders, "months": months}, given={"team": 12, "star": False})
    assert (result["bonus"], result["against_team"], result["year"]) == (150, 15, Decimal("9.50"))


@pytest.mark.parametrize(("name", "said"), [
    ("q1", "remove it; to be given: `team` `star`"), ("tem", "did you mean `team`?"),
])  # fmt: skip
def test_what_is_given_and_nobody_asks_for_is_said_with_what_is_asked_for(name: str, said: str) -> None:
    pipeline = ir.compile(text=SCHEME, period="2026-12")
    given = {"team": 12, "star": False, name: 1}
    with pytest.raises(ir.DataError) as refused:
        pipeline.score({"engineer": "A", "department": "north"}, {"orders": [], "months": []}, given=given)
    assert f"`{name}` is given" in str(refused.value) and said in str(refused.value)
