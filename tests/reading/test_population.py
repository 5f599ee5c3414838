"""Rows find their owners: nested details, several owners, groups with and without a file, tables that are made."""

from __future__ import annotations

from random import Random

import pytest

from incentive_rules.base.reports import message_of
from incentive_rules.model.data import People, Population
from incentive_rules.model.levels import EVERYONE, PERSON
from incentive_rules.reading.people import gather, gather_one
from incentive_rules.reading.population import population_of
from incentive_rules.reading.sources.files import read_bytes
from incentive_rules.reading.sources.mappings import read_mappings
from tests.reading.inputs import key, number, word
from tests.reading.made import details, group, owned, population, read, refused_tables, scheme

PEOPLE = """
    engineer,department,wage
    G1,South,5000
    G2,North,6000
    G3,South,7000
"""
COMPANY = scheme(
    [key("engineer"), word("department"), number("wage", 0, 20000)],
    {
        details("incidents", "engineer", key=("incident",)): [key("incident"), number("priority", 1, 4)],
        details("events", "incidents"): [number("minutes")],
        details("assignments", "engineer", "project"): [number("points")],
        details("expenses", "projects"): [number("cost", 0, 10000)],
    },
    {group("projects", "project"): [number("value", 0, 100000), word("department_of_project")]},
    gathered=["department"],
)
FILES = {
    "incidents": "incident,engineer,priority\nI1,G1,1\nI2,G3,2\nI3,G1,3\n",
    "events": "incident,minutes\nI2,5\nI1,10\nI1,20\n",
    "assignments": "engineer,project,points\nG1,P1,2\nG2,P1,3\nG3,P2,4\n",
    "expenses": "project,cost\nP2,100\nP1,50\nP2,7\n",
    "projects": "project,value,department_of_project\nP1,1000,South\nP2,2000,North\nP3,10,South\n",
}


def problems_of(people: People) -> list[tuple[str, str, str]]:
    """Code, variant and key of what is wrong with people, then of what is nobody's."""
    mine = [(p.code, p.variant, row.key) for row in people.rows for p in row.problems]
    return mine + [(p.code, p.variant, "") for p in people.orphans]


def test_every_row_has_a_row_above_it() -> None:
    made = population(COMPANY, PEOPLE, **FILES)
    assert made.tables[PERSON].keys == ("G1", "G2", "G3") and not made.refused and not made.held
    assert owned(made, PERSON, ("department",)) == [("G1", "South"), ("G2", "North"), ("G3", "South")]
    assert owned(made, ("incidents",), PERSON) == [("I1", "G1"), ("I3", "G1"), ("I2", "G3")]
    minutes = [row["minutes"] for row in made.tables["events",].rows]
    incidents = [incident for _, incident in owned(made, ("events",), ("incidents",))]
    assert list(zip(minutes, incidents, strict=True)) == [("10", "I1"), ("20", "I1"), ("5", "I2")]
    assert [owner for _, owner in owned(made, ("assignments",), ("project",))] == ["P1", "P1", "P2"]
    assert [owner for _, owner in owned(made, ("expenses",), ("project",))] == ["P2", "P1", "P2"]
    assert owned(made, ("project",), EVERYONE) == [("P1", ""), ("P2", ""), ("P3", "")], "P3 has no members and stays"


def test_a_group_knows_its_own_key() -> None:
    made = population(COMPANY, PEOPLE, **FILES)
    assert [row["group(department)"] for row in made.tables["department",].rows] == ["North", "South"]
    assert made.tables["project",].rows[1] == {
        "project": "P2", "group(project)": "P2", "value": "2000", "department_of_project": "North",
    }  # fmt: skip


def test_a_category_by_which_nobody_is_gathered_makes_no_group() -> None:
    made = population(COMPANY, PEOPLE, **FILES)
    idle = made.tables["department_of_project",]
    assert idle.keys == ("",) and [*made.tables["project",].owners[idle.level]] == [0, 0, 0]


def shape(made: Population) -> object:
    """Everything about a population but the order of its rows."""
    return {
        level: sorted(
            (
                key,
                sorted(map(str, table.rows[n].items())),
                sorted((owner, made.tables[owner].keys[numbers[n]]) for owner, numbers in table.owners.items()),
            )
            for n, key in enumerate(table.keys)
        )
        for level, table in made.tables.items()
    }


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    def shuffled(text: str) -> str:
        head, *rows = [line.strip() for line in text.strip().splitlines()]
        Random(seed).shuffle(rows)
        return "\n".join((head, *rows))

    other = population(COMPANY, shuffled(PEOPLE), **{name: shuffled(text) for name, text in reversed(FILES.items())})
    assert shape(other) == shape(population(COMPANY, PEOPLE, **FILES))


# ── What does not fit ─────────────────────────────────────────────────────────────────────────────


def test_a_group_that_its_file_does_not_know_is_the_row_s_problem() -> None:
    assigned = FILES["assignments"] + "G2,P9,1\nG9,P2,1\n"
    people = read(COMPANY, PEOPLE, **{**FILES, "assignments": assigned})
    assert problems_of(people) == [("data-group-unknown", "", "G2"), ("data-orphan", "", "")]
    lacking = {level: [row.links for row in rows] for level, rows in people.lacking.items()}
    assert lacking == {("assignments",): [{"project": "P2"}]}, "it is nobody's, so the pool of P2 is not whole"
    (problem,) = people.rows[1].problems
    assert (problem.table, problem.line, problem.column) == ("assignments.csv", 5, "project")
    assert message_of(problem, "en") == '`project` is "P9", which has no row in `projects`'


def test_a_group_that_stands_twice_stands_for_none() -> None:
    twice = FILES["projects"] + "P1,3,South\n"
    people = read(COMPANY, PEOPLE, **{**FILES, "projects": twice})
    assert problems_of(people) == [
        ("data-group-unknown", "refused", "G1"),
        ("data-group-unknown", "refused", "G2"),
        *[("data-key-twice", "group", "")] * 2,
        ("data-group-unknown", "refused", ""),
    ]
    said = message_of(people.orphans[0], "zh")
    assert said == '`projects` 中的 "P1" 出现了不止一次：projects.csv:2, projects.csv:5'


def test_a_group_with_a_cell_that_cannot_be_read_is_refused_with_all_who_belong_to_it() -> None:
    people = read(COMPANY, PEOPLE, **{**FILES, "projects": FILES["projects"].replace("2000", "much")})
    assert problems_of(people) == [
        ("data-group-unknown", "refused", "G3"),
        ("data-number", "word", ""),
        *[("data-group-unknown", "refused", "")] * 2,
    ]


def test_a_person_of_an_unknown_group_is_told_so() -> None:
    checked = scheme(
        [key("engineer"), word("department")], {}, {group("departments", "department"): [number("budget")]}
    )
    people, departments = "engineer,department\nG1,South\nG2,Suoth\nG3,\n", "department,budget\nSouth,1\n"
    assert problems_of(read(checked, people, departments=departments)) == [("data-group-unknown", "near", "G2")]
    made = population(checked, people, departments=departments)
    assert [(row.key, [p.code for p in problems]) for row, problems in made.refused] == [
        ("G2", ["data-group-unknown"]), ("G3", ["data-missing"]),
    ]  # fmt: skip
    assert made.held == {EVERYONE: {""}, ("department",): {""}}, "nobody knows where G2 and G3 belong"


def test_a_nested_row_without_a_row_above_it_is_nobody_s() -> None:
    events = FILES["events"] + "I9,1\n,2\n"
    people = read(COMPANY, PEOPLE, **{**FILES, "events": events})
    assert problems_of(people) == [("data-orphan", "row", ""), ("data-orphan", "missing", "")]
    assert [(p.table, p.line) for p in people.orphans] == [("events.csv", 5), ("events.csv", 6)]
    assert message_of(people.orphans[0], "zh") == "`events` 中有一行属于 \"I9\"，但 `incidents` 中没有这一行"


def test_rows_below_a_row_without_an_owner_say_so() -> None:
    incidents = FILES["incidents"] + "I4,G9,1\n"
    people = read(COMPANY, PEOPLE, **{**FILES, "incidents": incidents, "events": FILES["events"] + "I4,1\n"})
    assert problems_of(people) == [("data-orphan", "", ""), ("data-orphan", "above", "")]


def test_a_row_above_that_stands_twice_is_both_owners_problem() -> None:
    incidents = FILES["incidents"] + "I1,G2,1\n"
    people = read(COMPANY, PEOPLE, **{**FILES, "incidents": incidents})
    assert problems_of(people) == [("data-key-twice", "details", "G1"), ("data-key-twice", "details", "G2")]
    made = population(COMPANY, PEOPLE, **{**FILES, "incidents": incidents})
    assert made.tables[PERSON].keys == ("G3",)
    assert made.held[("project",)] == {"P1"} and made.held[("department",)] == {"South", "North"}


def test_rows_without_an_owner_are_left_out_where_the_scheme_says_so() -> None:
    leaving = scheme(
        [key("engineer")],
        {
            details("incidents", "engineer", key=("incident",), without_owner="leave_out"): [key("incident")],
            details("events", "incidents"): [number("minutes")],
        },
    )
    people = read(
        leaving, "engineer\nG1\n", incidents="incident,engineer\nI1,G1\nI2,\nI3,G7\n",
        events="incident,minutes\nI1,1\nI2,2\nI3,3\nI3,4\n",
    )  # fmt: skip
    assert not problems_of(people)
    assert {name: (read.rows, read.left_out) for name, read in people.read.items()} == {
        "": (1, 0), "incidents": (3, 2), "events": (4, 3),
    }  # fmt: skip
    assert [row.cells["minutes"] for row in people.details["events"]["G1"]] == ["1"]


def test_people_without_rows_are_people() -> None:
    made = population(COMPANY, PEOPLE, **{**FILES, "assignments": "engineer,project,points\n"})
    assert len(made.tables[PERSON]) == 3 and len(made.tables["assignments",]) == 0


def test_a_person_with_too_many_rows_is_refused_alone() -> None:
    few = scheme([key("engineer")], {details("orders", "engineer"): [number("jobs")]}, max_rows_per_person=2)
    made = population(few, "engineer\nG1\nG2\n", orders="engineer,jobs\nG1,1\nG1,2\nG1,3\nG2,1\n")
    assert [(row.key, p.code, p.table) for row, problems in made.refused for p in problems] == [
        ("G1", "data-too-many", "people.csv")
    ]


# ── Made tables ───────────────────────────────────────────────────────────────────────────────────

LOG = scheme(
    [key("engineer")],
    {
        details("incidents", "engineer", key=("incident",)): [key("incident")],
        details("events", "incidents"): [number("minutes")],
    },
)


def test_incidents_and_people_are_made_from_events() -> None:
    made = population(LOG, None, events="engineer,minutes,incident\nG2,5,I1\nG1,6,I2\nG2,7,I3\nG2,8,I1\n")
    assert made.tables[PERSON].keys == ("G2", "G1")
    assert owned(made, ("incidents",), PERSON) == [("I1", "G2"), ("I3", "G2"), ("I2", "G1")]
    assert [owner for _, owner in owned(made, ("events",), ("incidents",))] == ["I1", "I3", "I1", "I2"]
    first = made.tables[PERSON].origins[0]
    assert first is not None and (first.origin.table, first.origin.line) == ("events.csv", 2)


@pytest.mark.parametrize("files", [1, 2])
def test_an_owner_that_cannot_be_read_in_two_rows_is_no_dispute(files: int) -> None:
    """Equal cells that hold no key say nothing different, from one file or from two, as texts or as they are handed."""
    events = ["engineer,minutes,incident\nG\u200b,5,I1\nG2,1,I2\n", "engineer,minutes,incident\nG\u200b,5,I1\n"]
    tables = [read_bytes(text.encode(), f"events{n}.csv")[0] for n, text in enumerate(events)][:files]
    assert None not in tables
    if files == 1:
        rows = [("I1", 1.5), ("I1", 1.5), ("I2", "G2")]
        handed = [{"engineer": who, "minutes": 5, "incident": incident} for incident, who in rows]
        tables = [read_mappings(handed, "events")[0]]
    people, problems = gather(LOG, None, {"events": [one for one in tables if one is not None]})
    assert people is not None and not problems
    assert [row.key for row in people.rows] == ["G2"]
    assert "data-two-owners" not in {problem.code for problem in people.orphans}


def test_rows_that_name_two_owners_of_one_incident_are_both_people_s_problem() -> None:
    people = read(LOG, None, events="engineer,minutes,incident\nG2,5,I1\nG1,6,I1\nG3,7,I3\n")
    assert problems_of(people) == [("data-two-owners", "", "G2"), ("data-two-owners", "", "G1")]
    assert message_of(people.rows[0].problems[0]) == (
        'the rows of "I1" in `incidents` disagree: `engineer` is "G1" here, and "G2" in events.csv:2'
    )
    made = population(LOG, None, events="engineer,minutes,incident\nG2,5,I1\nG1,6,I1\nG3,7,I3\n")
    assert made.tables[PERSON].keys == ("G3",)


def test_a_file_of_people_decides_who_there_is() -> None:
    people = read(LOG, "engineer\nG1\n", events="engineer,minutes,incident\nG1,5,I1\nG2,6,I2\n")
    assert problems_of(people) == [("data-orphan", "", ""), ("data-orphan", "above", "")]


def test_people_with_facts_of_their_own_are_never_made() -> None:
    counted = scheme([key("engineer"), number("wage")], {details("orders", "engineer"): [number("jobs")]})
    assert refused_tables(counted, None, orders="engineer,jobs\nG1,1\n") == [("data-details", "people")]
    missing, group = ("data-details", "missing"), ("data-details", "group")
    assert refused_tables(COMPANY, PEOPLE, events=FILES["events"]) == [missing, missing, missing, group]


def test_a_made_table_reads_the_columns_of_its_rows() -> None:
    assert refused_tables(LOG, None, events="engineer,minutes\nG1,5\n") == [("data-column", "")]
    assert read(LOG, None, events="engineer,minutes,incident,x\nG1,5,I1,9\n").unread == (("events.csv", "x"),)


# ── One person ────────────────────────────────────────────────────────────────────────────────────

COMPANY_OF_ONE = scheme(
    [key("engineer"), number("wage", 0, 20000)],
    {
        details("incidents", "engineer", key=("incident",)): [key("incident"), number("priority", 1, 4)],
        details("events", "incidents"): [number("minutes")],
    },
)


def test_one_person_brings_rows_that_need_not_say_whose_they_are() -> None:
    people, problems = gather_one(
        COMPANY_OF_ONE,
        {"engineer": "G1", "wage": 5},
        {"incidents": [{"incident": "I1", "priority": 1}], "events": [{"incident": "I1", "minutes": 5}]},
    )
    assert people is not None, problems
    made, _ = population_of(COMPANY_OF_ONE, people)
    assert made is not None and owned(made, ("incidents",), PERSON) == [("I1", "G1")]
    assert owned(made, ("events",), ("incidents",)) == [("", "I1")]


def test_in_the_facts_of_one_person_a_name_that_nothing_reads_is_a_slip() -> None:
    facts = {"engineer": "G1", "wagf": 5}
    found, problems = gather_one(COMPANY_OF_ONE, facts, {"incidents": [{"incidnt": "I1"}], "events": [], "x": []})
    assert found is None and [(p.code, p.variant) for p in problems] == [("data-details", "")]
    found, problems = gather_one(COMPANY_OF_ONE, facts, {"incidents": [{"incidnt": "I1"}], "events": []})
    assert found is None and [(p.params["name"], p.params["near"]) for p in problems] == [
        ("wagf", "wage"), ("incidnt", "incident"),
    ]  # fmt: skip


def test_what_one_person_leaves_out_is_missing() -> None:
    """Which cells may be missing is not decided here."""
    people, _ = gather_one(COMPANY_OF_ONE, {"engineer": "G1"}, {"events": [{"incident": "I7"}], "incidents": [{}]})
    assert people is not None and people.rows[0].cells == {"engineer": "G1"}
    assert [p.variant for p in people.orphans] == ["row"]
