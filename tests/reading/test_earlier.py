"""What earlier periods bring: the rows of recorded tables, and values that are carried over."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve

from incentive_rules.base.problems import Problem
from incentive_rules.base.reports import message_of
from incentive_rules.model.checked import Checked, CheckedInput
from incentive_rules.model.data import People
from incentive_rules.model.levels import PERSON
from incentive_rules.model.record import History
from incentive_rules.model.result import MISSING
from incentive_rules.model.scheme import Literal
from incentive_rules.reading.earlier import recorded_rows
from incentive_rules.reading.people import gather
from incentive_rules.reading.population import population_of
from tests.reading.inputs import flag, key, number, word
from tests.reading.made import HERE, details, owned, scheme, table

QUARTERS = scheme(
    [key("engineer")],
    {
        details("quarters", "engineer", recorded=True): [
            flag("current(quarters)"),
            number("recorded(quarter_total)", 0, 100, 2, can_be_missing=True),
            word("recorded(quarter_grade)", "A", "B", can_be_missing=True),
        ]
    },
)


def people_of(checked: Checked, people: str, history: History | None = None, **further: str) -> People:
    tables = {name: [table(name, text)] for name, text in further.items()}
    found, problems = gather(checked, [table("people", people)], tables, history or History())
    assert found is not None, problems
    return found


def values(people: People, who: str) -> list[tuple[object, object]]:
    rows = people.details["quarters"][who]
    return [(row.cells["current(quarters)"], row.cells.get("recorded(quarter_total)")) for row in rows]


def test_the_row_of_this_period_is_added_for_everybody() -> None:
    people = people_of(QUARTERS, "engineer\nG1\nG2\n")
    assert values(people, "G1") == values(people, "G2") == [(True, None)]
    made, _ = population_of(QUARTERS, people)
    assert made is not None and owned(made, ("quarters",), PERSON) == [("", "G1"), ("", "G2")]


def test_earlier_periods_come_from_a_file_or_from_the_records() -> None:
    rows = "engineer,quarter_total,quarter_grade\nG1,88.5,A\nG1,70,B\nG1,71,B\nG2,60,B\n"  # of three earlier periods
    given = people_of(QUARTERS, "engineer\nG1\nG2\n", quarters=rows)
    assert values(given, "G1") == [(False, "88.5"), (False, "70"), (False, "71"), (True, None)]
    assert values(given, "G2") == [(False, "60"), (True, None)]
    history = History(rows={"quarters": {"G1": ({"quarter_total": Decimal("88.50"), "quarter_grade": "A"},)}})
    kept = people_of(QUARTERS, "engineer\nG1\nG2\n", history)
    assert values(kept, "G1") == [(False, Decimal("88.50")), (True, None)]


def test_one_caller_names_the_values_of_earlier_periods_as_the_scheme_does() -> None:
    rows = recorded_rows(QUARTERS, "quarters", [{"quarter_total": 80, "quarter_grade": "B"}])
    assert rows == [
        {"recorded(quarter_total)": 80, "recorded(quarter_grade)": "B", "current(quarters)": False},
        {"recorded(quarter_total)": None, "recorded(quarter_grade)": None, "current(quarters)": True},
    ]


def carried(**says: object) -> Checked:
    balance = number("opening", -1000, 1000, 2)
    carrying = evolve(balance.definition, carried_from="closing", **says)  # type: ignore[arg-type]
    return scheme([key("engineer"), evolve(balance, definition=carrying)])


def opening(people: People) -> list[object]:
    return [row.cells["opening"] for row in people.rows]


def test_a_carried_value_comes_from_the_records_else_it_is_the_first() -> None:
    checked = carried(first=Literal("0", HERE))
    history = History(carried={"opening": {"G1": Decimal("12.50"), "G3": MISSING}}, complete=True)
    assert opening(people_of(checked, "engineer\nG1\nG2\nG3\n", history)) == [Decimal("12.50"), 0, None]


def test_without_records_and_a_first_value_the_data_bring_it() -> None:
    found, problems = gather(carried(), [table("people", "engineer\nG1\n")], {})
    assert found is None and [p.code for p in problems] == ["data-column"]
    assert opening(people_of(carried(), "engineer,opening\nG1,5\n")) == ["5"]


def test_two_answers_to_what_is_carried_over_are_one_too_many() -> None:
    history = History(carried={"opening": {"G1": Decimal("5.00"), "G2": Decimal(7), "G3": Decimal(1)}})
    people = people_of(carried(), "engineer,opening\nG1,5\nG2,6\nG3,\n", history)
    assert [[p.code for p in row.problems] for row in people.rows] == [[], ["data-carried"], []]
    assert opening(people) == [Decimal("5.00"), "6", Decimal(1)]
    assert message_of(people.rows[1].problems[0]) == '`opening` is "6" here and 7 in the records'


def test_a_hole_in_the_records_is_the_problem_of_whom_it_concerns() -> None:
    history = History(problems={"G2": (Problem("data-missing", {"input": "opening"}),)})
    people = people_of(QUARTERS, "engineer\nG1\nG2\n", history)
    assert [[p.code for p in row.problems] for row in people.rows] == [[], ["data-missing"]]


def test_a_percentage_is_carried_over_as_what_it_is() -> None:
    share: CheckedInput = number("share", 0, 1, 4, percent=True)
    carrying = evolve(share, definition=evolve(share.definition, carried_from="x", first=Literal("50%", HERE)))
    checked = scheme([key("engineer"), carrying])
    history = History(carried={"share": {"G1": Decimal("0.25")}}, complete=True)
    people = people_of(checked, "engineer\nG1\nG2\n", history)
    assert [row.cells["share"] for row in people.rows] == [25, 50]
