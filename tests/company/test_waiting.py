"""Quarantine where rows belong to groups: who waits until a refused row is mended, and who is paid all the same."""

from __future__ import annotations

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: waiting
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
groups:
  departments:
    key: department
    inputs:
      region: {type: category}
    quantities:
      sold: sum(worth, over=sales)
details:
  sales:
    belongs_to: department
    inputs: {worth: {type: integer, range: [0, 100]}}
inputs:
  engineer: {type: key}
  department: {type: category}
  points: {type: integer, range: [0, 100]}
pay:
  bonus: {amount: FORMULA}
"""
PEOPLE = [
    {"engineer": "N1", "department": "north", "points": 1},
    {"engineer": "N2", "department": "north", "points": 2},
    {"engineer": "S1", "department": "south", "points": 4},
    {"engineer": "E1", "department": "east", "points": 8},
]
DEPARTMENTS = [
    {"department": "north", "region": "A"},
    {"department": "south", "region": "A"},
    {"department": "east", "region": "B"},
]
SALES = [
    {"department": "north", "worth": 10},
    {"department": "south", "worth": 20},
    {"department": "east", "worth": 40},
]
ALONE = "'10 * points'"
DEPARTMENT = "10 * sum(points, over=everyone, within=department)"
REGION = "10 * sum(points, over=everyone, within=region)"
SOLD, SOLD_BY_REGION, SOLD_BY_ALL = (
    "10 * sold",
    "10 * sum(worth, over=sales, within=region)",
    "10 * sum(worth, over=sales, within=everyone)",
)


def waiting(formula: str, people: object = PEOPLE, sales: object = SALES) -> tuple[str, str]:
    """Who is paid, and who waits because of others, in their order."""
    pipeline = ir.compile(
        text=SCHEME.replace("FORMULA", f'"{formula}"' if formula[0] != "'" else formula), period="2026-04"
    )
    details = {"sales": sales}
    run = pipeline.run(people, details, groups={"departments": DEPARTMENTS}, on_error="quarantine")  # type: ignore[arg-type]
    held = [q.key for q in run.quarantined if q.problem.code == "data-held"]
    return " ".join(r.key for r in run.results), " ".join(held)


def changed(number: int, **cells: object) -> list[dict[str, object]]:
    return [{**row, **cells} if n == number else row for n, row in enumerate(PEOPLE)]


@pytest.mark.parametrize("formula, paid, held", [
    (ALONE, "N2 S1 E1", ""), (DEPARTMENT, "S1 E1", "N2"), (REGION, "E1", "N2 S1"), (SOLD, "N2 S1 E1", ""),
])  # fmt: skip
@pytest.mark.parametrize(
    "people", [changed(0, points=101), [PEOPLE[0], *PEOPLE]], ids=["a bad cell", "two rows of one"]
)
def test_a_refused_person_holds_their_department_and_its_region(
    people: object, formula: str, paid: str, held: str
) -> None:
    assert waiting(formula, people) == (paid, held)


@pytest.mark.parametrize("department", ["nroth", None])
@pytest.mark.parametrize("formula, paid, held", [
    (ALONE, "N2 S1 E1", ""), (DEPARTMENT, "", "N2 S1 E1"), (REGION, "", "N2 S1 E1"), (SOLD, "N2 S1 E1", ""),
])  # fmt: skip
def test_nobody_knows_which_department_a_slip_of_the_pen_meant(
    department: object, formula: str, paid: str, held: str
) -> None:
    assert waiting(formula, changed(0, department=department)) == (paid, held)


@pytest.mark.parametrize("formula, paid, held", [
    (SOLD, "S1 E1", "N1 N2"), (SOLD_BY_REGION, "E1", "N1 N2 S1"),
    (SOLD_BY_ALL, "", "N1 N2 S1 E1"),
])  # fmt: skip
def test_a_refused_row_that_is_no_person_s_holds_what_looks_at_its_table(formula: str, paid: str, held: str) -> None:
    assert waiting(formula, sales=[{"department": "north", "worth": 500}, *SALES]) == (paid, held)


@pytest.mark.parametrize("department", ["nroth", None])
@pytest.mark.parametrize("formula, paid, held", [
    (SOLD, "", "N1 N2 S1 E1"), (SOLD_BY_REGION, "", "N1 N2 S1 E1"),
])  # fmt: skip
def test_a_row_of_nobody_knows_whom_may_be_any_department_s(
    department: object, formula: str, paid: str, held: str
) -> None:
    assert waiting(formula, sales=[{"department": department, "worth": 5}, *SALES]) == (paid, held)


CITIES = """\
format: 1
scheme: cities
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  who: {type: key}
  city: {type: category}
  points: {type: integer, range: [0, 100]}
quantities:
  weight: {is: "sum(points, over=everyone, within=city)"}
  fund: {type: money, pool: {each: everyone, to: city, amount: '100', in_proportion_to: weight}}
pay:
  bonus: {amount: fund}
  own: {amount: 1.00 * points}
"""


FUND = "  fund: {type: money, pool: {each: everyone, to: city, amount: '100', in_proportion_to: weight}}\n"
OF_ONE_CITY = CITIES.replace(FUND, "").replace("amount: fund", "amount: 1.00 * weight")


@pytest.mark.parametrize("text, held", [(CITIES, ["B", "C"]), (OF_ONE_CITY, [])])
def test_a_city_of_which_nobody_is_left_is_missed_by_who_looks_at_all_cities(text: str, held: list[str]) -> None:
    """Its last row is refused, so that no row of it is left that could lack one."""
    rows = [{"who": "A", "city": "Ulm", "points": 101}, {"who": "B", "city": "Bonn", "points": 1},
            {"who": "C", "city": "Kiel", "points": 2}]  # fmt: skip
    run = ir.compile(text=text, period="2026-04").run(rows, on_error="quarantine")
    assert [q.key for q in run.quarantined if q.problem.code == "data-held"] == held
    reasons = {q.reason for q in run.quarantined if q.problem.code == "data-held"}
    assert reasons == ({'this pay rests on everybody, and "A" cannot stand'} if held else set())
