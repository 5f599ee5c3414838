"""Aggregates over people, groups and nested tables before the referee, each value reckoned by hand."""

from __future__ import annotations

import pytest

from incentive_rules.model.checked import Checked
from tests.judging.made import given, group_of, made, quantity, table_of
from tests.judging.made_people import judged, plain, values

# Two departments, five people: 10 20 30 in the east (one value missing), 40 50 in the west.
FIVE = [
    {"engineer": "a", "department": "east", "post": "junior", "points": 10, "hours": 1},
    {"engineer": "b", "department": "east", "post": "senior", "points": 20, "hours": 1},
    {"engineer": "c", "department": "west", "post": "junior", "points": 40, "hours": 2},
    {"engineer": "d", "department": "east", "post": "senior", "points": None, "hours": 4},
    {"engineer": "e", "department": "west", "post": "junior", "points": 50, "hours": 8},
]


def scheme(text: str, level: str = "", applies_to: str | None = None) -> Checked:
    return made(
        inputs=[
            given("engineer", "key", known=True), group_of("department"), group_of("post"),
            given("points"), given("hours"),
        ],
        quantities=[quantity("double", "2 * points"), quantity("answer", text, level=level)],
        selections={"known_ones": ("everyone", "known(points)"), "busy": ("known_ones", "hours > 1")},
        applies_to=applies_to,
    )  # fmt: skip


def answers(text: str, level: str = "", applies_to: str | None = None) -> list[object]:
    return values("answer", judged(scheme(text, level, applies_to), FIVE))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("sum(points, over=everyone)", [120] * 5),
        ("求和(points, 范围=全体)", [120] * 5),
        ("count(over=everyone)", [5] * 5),
        ("count(over=everyone, within=department)", [3, 3, 2, 3, 2]),
        ("mean(points, over=everyone, within=department)", [15, 15, 45, 15, 45]),
        ("mean(points, within=department)", [15, 15, 45, 15, 45]),
        ("points / mean(points, within=department)", ["2/3", "4/3", "8/9", None, "10/9"]),
        ("sum(double, within=department)", [60, 60, 180, 60, 180]),
        ("max(points, within=department, where=hours < 8)", [20, 20, 40, 20, 40]),
        ("share(known(points), within=department)", ["2/3", "2/3", 1, "2/3", 1]),
        ("min(points, over=everyone, where=post == 'senior')", [20] * 5),
        ("count(post == 'junior', within=department)", [1, 1, 2, 1, 2]),
        ("count(over=known_ones)", [4] * 5),
        ("sum(hours, over=known_ones, within=department)", [2, 2, 10, 2, 10]),
        ("count(over=busy)", [2] * 5),
        ("mean(hours, over=busy, where=points > 40)", [8] * 5),
        # Of the others: everyone of the same group but oneself.
        ("count(over=others)", [4] * 5),
        ("sum(hours, over=others)", [15, 15, 14, 12, 8]),
        ("mean(points, over=others, within=department)", [20, 10, 50, 15, 40]),
        ("sum(hours, 范围=其他人, 组内=department)", [5, 5, 8, 2, 2]),
        ("share(hours > 1, over=others, within=department)", ["0.5", "0.5", 1, 0, 1]),
        ("mean(points, over=others, within=department, where=post == 'junior')", [None, 10, 50, 10, 40]),
        # Of a group that nobody else is in, and of values that nobody has.
        ("max(points, over=everyone, where=hours > 100)", [None] * 5),
        ("sum(points, over=everyone, where=hours > 100)", [0] * 5),
        # Over groups.
        ("count(over=department)", [2] * 5),
        ("max(count(over=everyone, within=department), over=department)", [3] * 5),
        # All at once: the best of 4 others and one's own.
        ("best(points, over=everyone, n=2)", [90] * 5),
        ("variance(hours, within=department)", [2, 2, 9, 2, 9]),
        ("percentile(hours, 50%, method='linear', over=everyone)", [2] * 5),
    ],
)
def test_an_aggregate_over_people(text: str, expected: list[object]) -> None:
    assert answers(text) == expected


def test_whoever_is_out_of_scope_takes_part_in_nothing() -> None:
    assert answers("count(over=everyone, within=department)", applies_to="hours < 8") == [3, 3, 1, 3, None]
    assert answers("sum(hours, over=everyone)", applies_to="hours < 8") == [8, 8, 8, 8, None]


def test_a_group_of_nobody_who_takes_part_is_no_group() -> None:
    assert answers("count(over=department)", applies_to="coalesce(points, 0) < 45") == [2, 2, 2, 2, None]
    assert answers("count(over=department)", applies_to="known(points) and points < 30") == [1, 1, None, None, None]


def test_a_value_of_a_group_is_read_by_its_members_and_by_itself() -> None:
    assert answers("sum(points) + 1", "department") == [31, 31, 91, 31, 91]
    assert answers("count(over=everyone, within=department)", "department") == [3, 3, 2, 3, 2]
    assert answers("1 if department == 'east' else 2", "department") == [1, 1, 2, 1, 2]
    assert answers("count(over=department)", "everyone") == [2] * 5


def test_no_result_depends_on_the_order_of_the_rows() -> None:
    for text in ("points / mean(points, within=department)", "rank(hours, within=department)"):
        forward = {one["engineer"]: value for one, value in zip(FIVE, answers(text), strict=True)}
        turned = judged(scheme(text), list(reversed(FIVE)))
        backward = values("answer", turned)
        assert {one["engineer"]: v for one, v in zip(reversed(FIVE), backward, strict=True)} == forward


# ── Tables of tables, and tables of groups ────────────────────────────────────────────────────────


def tickets(*quantities: object, **more: object) -> Checked:
    return made(
        inputs=[given("engineer", "key", known=True), group_of("department")],
        groups={"project": [given("worth"), given("accepted", "boolean")]},
        details=[
            table_of("incidents", [given("incident", "key"), given("weight")], key=["incident"]),
            table_of("events", [given("day"), given("minutes"), given("open", "boolean")], ["incidents"]),
            table_of("parts", [given("role")], ["engineer", "project"]),
            table_of("invoices", [given("sum_due")], ["project"]),
        ],
        quantities=quantities,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


PEOPLE = [{"engineer": "a", "department": "east"}, {"engineer": "b", "department": "east"}]
TABLES = {
    "incidents": [
        {"engineer": "a", "incident": "I1", "weight": 1},
        {"engineer": "b", "incident": "I2", "weight": 3},
        {"engineer": "a", "incident": "I3", "weight": 2},
    ],
    "events": [
        {"incident": "I1", "day": 1, "minutes": 5, "open": True},
        {"incident": "I3", "day": 2, "minutes": 10, "open": True},
        {"incident": "I2", "day": 3, "minutes": 100, "open": False},
        {"incident": "I1", "day": 4, "minutes": 7, "open": False},
    ],
    "project": [
        {"project": "P1", "worth": 1000, "accepted": True},
        {"project": "P2", "worth": 500, "accepted": False},
        {"project": "P3", "worth": 1, "accepted": True},
    ],
    "parts": [
        {"engineer": "a", "project": "P1", "role": 2},
        {"engineer": "b", "project": "P1", "role": 3},
        {"engineer": "b", "project": "P2", "role": 5},
    ],
    "invoices": [
        {"project": "P1", "sum_due": 70},
        {"project": "P1", "sum_due": 80},
        {"project": "P3", "sum_due": 9},
    ],
}


def asked(text: str, level: str = "") -> list[object]:
    checked = tickets(quantity("hours", "sum(minutes) / 60", level="incidents"), quantity("answer", text, level=level))
    found = judged(checked, PEOPLE, **TABLES)
    if level in ("incidents", "events", "parts"):
        return [[plain(row["answer"]) for row in one.rows[level]] for one in found]
    return values("answer", found)


def test_rows_of_rows_are_gathered_to_the_person_or_to_their_first_owner() -> None:
    assert asked("sum(minutes)") == [22, 100], "a formula of the person reaches through the incidents"
    assert asked("sum(hours * weight)") == ["8/15", 5]
    assert asked("count(over=events)", "incidents") == [[2, 1], [1]]
    assert asked("minutes - mean(minutes, over=events)", "events") == [[-1, 0, 1], [0]]
    assert asked("minutes * weight", "events") == [[5, 20, 7], [300]]
    assert asked("count(over=events, within=department)") == [4, 4]
    assert asked("max(sum(minutes), over=incidents)") == [12, 100]
    assert asked("sum(minutes, over=events, where=open and weight > 1)") == [10, 0]


def test_rows_with_two_owners_read_both_and_run_up_to_the_first() -> None:
    assert asked("sum(role)") == [2, 8]
    assert asked("role / sum(role, within=project)", "parts") == [["0.4"], ["0.6", 1]]
    assert asked("sum(role * worth)") == [2000, 5500]
    assert asked("count(over=parts, where=accepted)") == [1, 1]
    assert asked("count(project == 'P2', over=parts)") == [0, 1]


def test_groups_and_rows_that_nobody_owns_are_everybodys() -> None:
    assert asked("sum(worth, over=projects)") == [1501, 1501]
    assert asked("sum(worth, over=project, where=accepted)") == [1001, 1001]
    assert asked("max(sum(sum_due), over=project)") == [150, 150]
    assert asked("sum(sum_due, over=invoices, within=everyone)") == [159, 159]
    assert asked("count(over=parts, within=everyone)", "everyone") == [3, 3]
