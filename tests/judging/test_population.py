"""Populations before the referee: who takes part, premises of every level, recorded rows, laziness, the period."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from incentive_rules.base.periods import read_period
from incentive_rules.judging.judge import PopulationReferee, referee
from incentive_rules.judging.numbers import RefereeFault
from incentive_rules.judging.time_served import served
from incentive_rules.model.data import ExactPopulation
from incentive_rules.model.scheme import Given, Recorded, Role
from incentive_rules.model.terms import Constant
from tests.judging.made import at, fractions, given, group_of, made, mean, pay, quantity, table_of
from tests.judging.made_people import judge_population, judged, population, values

F = Fraction
INPUTS = [given("engineer", "key", known=True), group_of("department"), given("points"), given("days")]
FOUR = [
    {"engineer": "a", "department": "east", "points": 1, "days": 1},
    {"engineer": "b", "department": "east", "points": 2, "days": 1},
    {"engineer": "c", "department": "west", "points": 4, "days": 1},
    {"engineer": "d", "department": "west", "points": 8, "days": 1},
]


def four(**days: object) -> list[dict[str, object]]:
    return [{**one, "days": days.get(str(one["engineer"]), one["days"])} for one in FOUR]


def test_a_premise_of_a_group_stops_its_people() -> None:
    checked = made(
        inputs=INPUTS,
        quantities=[quantity("total", "sum(points)", level="department")],
        require=[("total < 10", "department"), "days >= 0"],
    )
    found = judged(checked, FOUR)
    assert [[(b.code, b.text, b.key) for b in one.broken] for one in found] == [
        [], [], [("data-require", "total < 10", "west")], [("data-require", "total < 10", "west")],
    ]  # fmt: skip
    assert values("total", found[:2]) == [3, 3]


def test_a_premise_may_look_at_others_once_it_is_known_who_they_are() -> None:
    checked = made(
        inputs=INPUTS,
        quantities=[pay("share", "points / sum(points, within=department)")],
        require=["points <= 3 * mean(points, over=everyone)", "days > 0"],
        applies_to="days < 9",
    )
    assert [len(one.broken) for one in judged(checked, FOUR)] == [0, 0, 0, 0]
    found = judged(checked, four(c=9))
    assert [one.in_scope for one in found] == [True, True, False, True]
    assert values("share", found) == ["0.33", "0.67", 0, 1]
    # Whoever breaks a premise about the own row takes no part: 8 is more than three times the mean of 1, 2 and 8 / 3.
    found = judged(checked, four(c=0))
    assert [[b.text for b in one.broken] for one in found] == [[], [], ["days > 0"], []]
    found = judged(checked, four(c=0, b=0, a=0))
    assert [len(one.broken) for one in found] == [1, 1, 1, 0]


def test_a_range_of_a_group_that_was_not_proved_is_checked() -> None:
    low = quantity("low", "sum(points)", level="department", range_=("0", "10"), proved=False)
    found = judged(made(inputs=INPUTS, quantities=[low]), FOUR)
    assert [[(b.code, b.text, b.key) for b in one.broken] for one in found] == [
        [], [], [("data-range-declared", "low", "west")], [("data-range-declared", "low", "west")],
    ]  # fmt: skip


def test_one_person_rests_on_its_own_group_and_on_nobody_elses() -> None:
    checked = made(
        inputs=INPUTS,
        quantities=[
            quantity("double", "2 * points"),
            quantity("team", "sum(double, within=department)"),
            quantity("own", "1 / days"),
        ],
    )
    people = population(checked, four(b=0, c=0, d=0))
    everybody = PopulationReferee(checked, people)
    assert everybody.judge(0).values == fractions(double=2, team=6, own=1)
    with pytest.raises(RefereeFault, match="zero"):
        everybody.judge(1)
    broken = dict(people.tables)
    table = broken[()]
    broken[()] = evolve(table, rows=(*table.rows[:2], {}, {}))  # the west cannot be read at all
    assert judge_population(checked, ExactPopulation(broken), [0])[0].values["team"] == 6


def test_a_long_chain_of_names_needs_no_deep_stack_for_anybody() -> None:
    chain = [quantity("n0", "points")] + [quantity(f"n{i}", f"n{i - 1} + 1") for i in range(1, 400)]
    total = quantity("total", "sum(n399, within=department)")
    checked = made(inputs=INPUTS, quantities=[*chain, total])
    assert values("total", judged(checked, FOUR)) == [801, 801, 810, 810]


# ── Records ───────────────────────────────────────────────────────────────────────────────────────


def quarters(rows: list[dict[str, object]]) -> list[object]:
    checked = made(
        inputs=INPUTS,
        details=[table_of("quarters", [])],
        quantities=[
            quantity("total", "10 * points"),
            quantity("quarter_total", Recorded("total", at(1)), role=Role.RECORDED, level="quarters"),
            quantity("year", "mean(quarter_total)"),
        ],
    )
    found = judged(checked, FOUR[:1], quarters=rows)
    return [*values("year", found), [row["quarter_total"] for row in found[0].rows["quarters"]]]


def test_a_recorded_table_ends_with_what_this_period_gives() -> None:
    now: dict[str, object] = {"engineer": "a", "current(quarters)": True}
    assert quarters([now]) == [10, [10]]
    earlier: dict[str, object] = {
        "engineer": "a", "current(quarters)": False, "recorded(quarter_total)": F(40)
    }  # fmt: skip
    assert quarters([earlier, {**earlier, "recorded(quarter_total)": None}, now]) == [25, [40, None, 10]]


# ── One person alone ──────────────────────────────────────────────────────────────────────────────


def test_rows_of_rows_are_joined_by_the_keys_that_they_carry() -> None:
    checked = made(
        inputs=INPUTS,
        details=[
            table_of("incidents", [given("incident", "key"), given("weight")], key=["incident"]),
            table_of("events", [given("minutes")], ["incidents"]),
        ],
        quantities=[
            quantity("spent", "sum(minutes)", level="incidents"), quantity("answer", "sum(spent * weight)"),
            quantity("all_of_it", "sum(minutes)"),
        ],
    )  # fmt: skip
    events: list[dict[str, Constant]] = [
        {"incident": "I1", "minutes": F(5)}, {"incident": "I2", "minutes": F(7)}, {"incident": "I1", "minutes": F(1)},
    ]  # fmt: skip
    incidents: list[dict[str, Constant]] = [{"incident": "I2", "weight": F(2)}, {"incident": "I1", "weight": F(10)}]
    person = fractions(engineer="'a'", department="'east'")
    found = referee(checked, person, {"incidents": incidents, "events": events})
    assert (found.values["answer"], found.values["all_of_it"]) == (74, 13)
    assert [row["spent"] for row in found.rows["incidents"]] == [7, 6]
    made_of_events = referee(checked, person, {"events": events})
    assert [row["spent"] for row in made_of_events.rows["incidents"]] == [6, 7]
    with pytest.raises(RefereeFault):
        referee(checked, person, {"events": [{"minutes": F(1)}]})


def test_what_others_decide_may_be_given() -> None:
    body = Given("given(team)", at(1))
    checked = made(
        inputs=[*INPUTS, given("given(team)")],
        quantities=[quantity("team", body), quantity("answer", "points / team")],
    )
    found = referee(checked, {**fractions(points=3), "given(team)": F(12), "department": "east"})
    assert found.values["answer"] == F(1, 4)


def test_parts_of_a_group_of_indicators_are_aggregated_by_their_scores() -> None:
    inputs = [given("a"), given("b"), given("c")]
    total = quantity("total", mean({"a": "50%", "b": "30%", "c": "20%"}, "reweigh"), role=Role.GROUP)

    def of_parts(text: str) -> Constant:
        checked = made(inputs=inputs, quantities=[total, quantity("answer", text)])
        return referee(checked, fractions(a=90, b=80, c=None)).values["answer"]

    assert of_parts("min(part, over=total)") == 80
    assert of_parts("计数(分项 >= 85, 范围=total, 其中=已知(分项))") == 1
    assert of_parts("best(part, over=total, n=1) - mean(part, over=total)") == 5
    assert of_parts("count(over=total)") == 3


# ── The period ────────────────────────────────────────────────────────────────────────────────────


def day(text: str) -> Fraction:
    return F(date.fromisoformat(text).toordinal())


@pytest.mark.parametrize(
    "first, last, calendar, full, started, majority",
    [
        ("2020-01-01", "2030-01-01", 1, 1, 1, 1),
        ("2026-04-01", "2026-06-30", 1, 1, 1, 1),
        ("2026-04-02", "2026-06-30", F(90, 91), F(2, 3), 1, 1),
        ("2026-04-16", "2026-05-15", F(30, 91), 0, F(2, 3), F(1, 3)),  # 15 of 30 days, 15 of 31
        ("2026-06-30", "2026-06-30", F(1, 91), 0, F(1, 3), 0),
        ("2026-07-01", "2026-12-31", 0, 0, 0, 0),
        ("2026-05-02", "2026-05-01", 0, 0, 0, 0),
    ],
)
def test_how_much_of_a_quarter_was_served(
    first: str, last: str, calendar: Fraction, full: Fraction, started: Fraction, majority: Fraction
) -> None:
    period = read_period("2026-Q2")
    assert period is not None
    methods = ("calendar_days", "full_months", "started_months", "majority_months")
    found = [served(day(first), day(last), method, period).value for method in methods]
    assert found == [calendar, full, started, majority]
    assert served(None, day(last), "calendar_days", period).value is None


def test_a_month_that_begins_within_a_month_ends_there_too() -> None:
    period = read_period("2026-Q1", (4, 6))  # from the 6th of April to the 5th of July
    assert period is not None
    assert served(day("2026-05-06"), day("2026-06-05"), "full_months", period).value == F(1, 3)


def test_a_formula_may_ask_how_much_was_served() -> None:
    checked = made(
        inputs=[given("hired", "date"), given("left", "date")],
        quantities=[quantity("part", '在期比例(hired, left, 方法="整月")')],
        period="2026-Q2",
    )
    assert referee(checked, {"hired": day("2026-05-01"), "left": day("2026-12-31")}).values["part"] == F(2, 3)
