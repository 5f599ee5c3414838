"""What lists do where an answer is not a number: ties, refusals of many, pools without members, lines not due."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

import incentive_rules as ir
from incentive_rules.engine.columnar import ColumnarEngine
from incentive_rules.model.run import Run
from incentive_rules.reading.cells.cell import read_cell

HEAD = """\
format: 1
scheme: lists
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  id: {type: key}
  unit: {type: category}
  score: {type: integer, range: [0, 100], can_be_missing: true}
"""
PEOPLE = [
    {"id": "A", "unit": "x", "score": 90},
    {"id": "B", "unit": "x", "score": 80},
    {"id": "C", "unit": "x", "score": 80},
    {"id": "D", "unit": "y", "score": 70},
    {"id": "E", "unit": "y", "score": None},
]
Rows = list[dict[str, object]]


def ran(text: str, people: Rows, details: dict[str, Rows] | None = None, groups: dict[str, Rows] | None = None) -> Run:
    pipeline = ir.compile(text=HEAD + text, period="2026-03")
    return pipeline.run(people, details, groups=groups, on_error="quarantine")


def told(run: Run) -> dict[str, list[str]]:
    """The codes of each person's problems, with whom they wait for."""
    found: dict[str, list[str]] = {}
    for one in run.quarantined:
        held = one.problem.params.get("refused", "")
        found.setdefault(one.key, []).append(f"{one.problem.code} {held}".strip())
    return found


# ── What must hold of many ────────────────────────────────────────────────────────────────────────

STAR = """\
honors:
  star: {{within: unit, best_by: ["coalesce(score, 0)"], places: {{number: 2}}, ties: {ties}, award: 100}}
"""


@pytest.mark.parametrize("ties, chosen", [("all", "ABC"), ("none", "A")])
def test_a_tie_across_the_line(ties: str, chosen: str) -> None:
    run = ran(STAR.format(ties=ties), PEOPLE)
    assert "".join(r.key for r in run.results if r["star"] and r.key in "ABC") == chosen
    assert [(h.group, h.eligible, h.places, h.empty) for h in run.honors] == [
        ("x", 3, 2, 2 - len(chosen) if ties == "none" else 0),
        ("y", 2, 2, 0),
    ]


def test_a_tie_that_is_refused_is_told_to_the_tied_and_holds_their_group_alone() -> None:
    run = ran(STAR.format(ties="refuse"), PEOPLE)
    assert told(run) == {"A": ['data-held "B", "C"'], "B": ["data-tie"], "C": ["data-tie"]}
    assert [(h.group, h.state, h.chosen) for h in run.honors] == [("x", "held", ()), ("y", "decided", ("D", "E"))]
    assert {r.key: r["award(star)"] for r in run.results} == {"D": Decimal("100.00"), "E": Decimal("100.00")}


def test_a_premise_of_a_group_refuses_its_people() -> None:
    text = """\
quantities:
  highest: {is: "coalesce(max(score, over=everyone, within=unit), 0)"}
require:
  - highest >= 75
pay:
  line: {amount: 1.00 * highest}
"""
    run = ran(text, PEOPLE)
    assert told(run) == {"D": ["data-require"], "E": ["data-require"]}
    assert {r.key: r["line"] for r in run.results} == dict.fromkeys("ABC", Decimal("90.00"))
    assert run.groups["unit"] == {"x": {"highest": 90}, "y": {}}


def test_whoever_waits_is_not_told_of_premises_that_cannot_be_judged() -> None:
    """C has no row to stand on; whether the mean is high enough for the others nobody can say."""
    text = """\
quantities:
  usual: {is: "coalesce(mean(score, over=everyone, within=unit), 0)", decimals: 2}
require:
  - usual >= 85
pay:
  line: {amount: 1.00 * usual}
"""
    people = [*PEOPLE[:2], {**PEOPLE[2], "score": 101}]
    assert told(ran(text, people)) == {"A": ['data-held "C"'], "B": ['data-held "C"'], "C": ["data-range"]}


def test_what_rests_on_everybody_waits_for_everybody() -> None:
    text = """\
quantities:
  usual: {is: "coalesce(mean(score, over=everyone), 0)", decimals: 2}
pay:
  line: {amount: 1.00 * usual}
"""
    run = ran(text, [*PEOPLE, {"id": "F", "unit": "z", "score": "many"}])
    assert told(run) == {**{key: ['data-held "F"'] for key in "ABCDE"}, "F": ["data-number"]}
    assert {one.problem.variant for one in run.quarantined} == {"everyone", "missing"}
    assert run.groups["everyone"] == {"": {}}


# ── Order ─────────────────────────────────────────────────────────────────────────────────────────

VISITS = """\
details:
  visits:
    belongs_to: id
    inputs:
      day: {type: date}
      grade: {type: category, one_of: [a, b]}
      worth: {type: money, range: [0, 100]}
    quantities:
      so_far: running(worth, order=[day])
quantities:
  last: latest(grade, order=[day])
pay:
  line: {amount: 10.00 if known(last) and last == "a" else 0.00}
"""


def test_two_latest_rows_that_differ_refuse_their_person() -> None:
    def visit(person: str, day: int, grade: str) -> dict[str, object]:
        return {"id": person, "day": f"2026-03-0{day}", "grade": grade, "worth": 1}

    text = VISITS.replace("    quantities:\n      so_far: running(worth, order=[day])\n", "")
    visits = [
        visit("A", 1, "b"), visit("A", 2, "a"),
        visit("B", 2, "a"), visit("B", 2, "b"), visit("B", 1, "a"),
        visit("C", 2, "a"), visit("C", 2, "a"),
        visit("D", 2, "a"), visit("D", 2, "b"), visit("D", 3, "b"),
    ]  # fmt: skip
    run = ran(text, PEOPLE[:4], {"visits": visits})
    assert told(run) == {"B": ["data-latest-tie"]}
    assert {r.key: (r["last"], r["line"]) for r in run.results} == {
        "A": ("a", Decimal("10.00")), "C": ("a", Decimal("10.00")), "D": ("b", Decimal("0.00")),
    }  # fmt: skip


def test_two_rows_of_one_place_have_no_running_sum() -> None:
    visits = [
        {"id": person, "day": f"2026-03-0{day}", "grade": "a", "worth": worth}
        for person, day, worth in [("A", 2, 5), ("A", 1, 7), ("B", 1, 1), ("B", 1, 2)]
    ]
    run = ran(VISITS, PEOPLE[:3], {"visits": visits})
    assert [(one.key, one.problem.code, one.row) for one in run.quarantined] == [
        ("B", "data-order-tie", 3), ("B", "data-order-tie", 4)
    ]  # fmt: skip
    found = {r.key: r["so_far"] for r in run.results}
    assert found == {"A": (Decimal("12.00"), Decimal("7.00")), "C": ()}


# ── Pools ─────────────────────────────────────────────────────────────────────────────────────────

UNITS = """\
groups:
  units:
    key: unit
    inputs:
      fund: {type: money, range: [0, 1000]}
      ready: {type: boolean}
pay:
  bonus:
    pool: {each: unit, amount: fund, in_proportion_to: score, when: ready, CENTS}
"""
FUNDS: Rows = [
    {"unit": "x", "fund": 100, "ready": True},
    {"unit": "y", "fund": 50, "ready": False},
    {"unit": "z", "fund": 30, "ready": True},
]


def pools(run: Run) -> list[tuple[str, Decimal, Decimal, Decimal, int, str]]:
    return [(p.group, p.amount, p.paid, p.remainder, p.members, p.state) for p in run.pools]


def test_what_becomes_of_pools() -> None:
    run = ran(UNITS.replace("CENTS", "cents: largest_remainder"), PEOPLE, groups={"units": FUNDS})
    d = Decimal
    assert pools(run) == [
        ("x", d("100.00"), d("100.00"), d("0.00"), 3, "paid"),
        ("y", d("50.00"), d("0.00"), d("50.00"), 1, "condition_not_met"),
        ("z", d("30.00"), d("0.00"), d("30.00"), 0, "nobody"),
    ]
    assert {r.key: (r["bonus"], r.lines["bonus"].state) for r in run.results} == {
        "A": (d("36.00"), "paid"), "B": (d("32.00"), "paid"), "C": (d("32.00"), "paid"),
        "D": (d("0.00"), "condition_not_met"), "E": (d("0.00"), "condition_not_met"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "words, shares, remainder",
    [
        ("cents: keep_remainder, at_most: 33.333", "33.33 33.33 33.33", "0.01"),
        ("cents: largest_remainder, at_most: 34", "34.00 33.00 33.00", "0.00"),
        ("cents: webster, at_most: 34", "34.00 33.00 33.00", "0.00"),
        ('cents: largest_remainder, among: id != "A"', "0.00 50.00 50.00", "0.00"),
        ('cents: largest_remainder, among: id != "A", left_out: kept', "0.00 32.00 32.00", "36.00"),
    ],
)
def test_caps_and_who_takes_part(words: str, shares: str, remainder: str) -> None:
    run = ran(UNITS.replace("CENTS", words), PEOPLE[:3], groups={"units": FUNDS})
    assert " ".join(str(r["bonus"]) for r in run.results) == shares
    assert str(run.pools[0].remainder) == remainder
    assert run.pools[0].paid + run.pools[0].remainder == run.pools[0].amount


def test_a_remainder_that_is_refused_refuses_its_group() -> None:
    words = "cents: largest_remainder, remainder: refuse"
    run = ran(UNITS.replace("CENTS", words), [*PEOPLE, {"id": "F", "unit": "z", "score": 0}], groups={"units": FUNDS})
    assert told(run) == {"F": ["data-remainder"]}


def test_a_bad_row_of_a_group_refuses_its_people() -> None:
    funds: Rows = [{**FUNDS[0], "fund": "much"}, *FUNDS[1:]]
    run = ran(UNITS.replace("CENTS", "cents: webster"), PEOPLE, groups={"units": funds})
    assert set(told(run)) == {"A", "B", "C", "x"}  # the row itself as well
    assert [r.key for r in run.results] == ["D", "E"]


def test_a_company_shares_with_units_and_these_with_people() -> None:
    text = """\
quantities:
  size: {is: "count(score >= 0 if known(score) else false, over=everyone, within=unit)"}
  unit_fund:
    type: money
    pool: {each: everyone, to: unit, amount: 100.01, in_proportion_to: size}
pay:
  bonus: {pool: {each: unit, amount: unit_fund, in_proportion_to: score}}
"""
    run = ran(text, PEOPLE)
    assert run.groups["unit"] == {
        "x": {"size": 3, "unit_fund": Decimal("75.01")},
        "y": {"size": 1, "unit_fund": Decimal("25.00")},
    }
    assert [str(r["bonus"]) for r in run.results] == ["27.01", "24.00", "24.00", "25.00", "0.00"]
    assert [(p.name, p.group, str(p.amount), p.members) for p in run.pools] == [
        ("unit_fund", "", "100.01", 2), ("bonus", "x", "75.01", 3), ("bonus", "y", "25.00", 1),
    ]  # fmt: skip


# ── Not this period, nobody, pickles ──────────────────────────────────────────────────────────────


def test_what_is_not_due() -> None:
    text = """\
pay:
  line: {amount: '1.00 * rank(coalesce(score, 0), ties="standard")'}
  yearly: {every: year, amount: "1.00 * count(over=everyone)"}
honors:
  star: {every: quarter, within: unit, best_by: [score], places: {number: 1}, ties: refuse}
  sun: {every: year, within: unit, best_by: [score], places: {number: 1}, ties: refuse}
entitlements:
  leave: {every: year, amount: 5}
"""
    run = ran(text, PEOPLE[:3])
    states = [(r.lines["yearly"].state, r["yearly"], r["star"], r["sun"], r["leave"]) for r in run.results]
    assert states == [("not_this_period", Decimal("0.00"), star, False, ir.MISSING) for star in (True, False, False)]
    assert [h.name for h in run.honors] == ["star"]


def test_nobody_at_all() -> None:
    run = ran(UNITS.replace("CENTS", "cents: webster"), [], groups={"units": FUNDS})
    assert (run.results, run.quarantined) == ((), ())
    assert [p.state for p in run.pools] == ["nobody", "condition_not_met", "nobody"]


def test_an_engine_pickles_as_its_plan() -> None:
    pipeline = ir.compile(text=HEAD + STAR.format(ties="all"), period="2026-03")
    engine = pickle.loads(pickle.dumps(ColumnarEngine(pipeline.plan, read_cell)))
    assert engine.plan == pipeline.plan
