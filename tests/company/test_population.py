"""Everybody together, from YAML to pay: groups, nested tickets, ranks, pools, honours, and who waits for whom."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

import incentive_rules as ir
from incentive_rules.model.run import Run
from incentive_rules.recomputing.differences import differences

SCHEME = """\
format: 1
scheme: company
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
applies_to: months >= 1
inputs:
  engineer: {type: key}
  department: {type: category}
  months: {type: integer, range: [0, 500]}
  jobs: {type: integer, range: [0, 500]}
groups:
  projects:
    key: project
    inputs:
      worth: {type: money, range: [0, 1000000]}
      accepted: {type: boolean}
details:
  assignments:
    belongs_to: [engineer, project]
    inputs:
      points: {type: number, decimals: 1, range: [0, 100]}
  incidents:
    belongs_to: engineer
    key: [incident]
    inputs:
      incident: {type: key}
    quantities:
      spent: sum(effort)
  events:
    belongs_to: incidents
    inputs:
      effort: {type: integer, range: [0, 600]}
quantities:
  place: rank(jobs, ties="standard", first="high", within=department)
  usual: {is: "coalesce(mean(jobs, over=everyone, within=department), 0)", decimals: 2}
  longest: max(spent)
pay:
  bonus: {amount: "(100 if place == 1 else 0) + 1 * coalesce(longest, 0)"}
  project_bonus:
    title: Project bonus
    pool:
      {each: project, amount: worth * 2%, to: assignments, in_proportion_to: points, when: accepted,
       cents: largest_remainder}
honors:
  star:
    title: Star
    among: jobs >= usual
    within: department
    best_by: [jobs]
    places: {share: 50%, of: group, rounding: half_up, at_least: 1}
    ties: all
    award: 500
"""
PEOPLE: list[dict[str, object]] = [
    {"engineer": "G1", "department": "South", "months": 9, "jobs": 10},
    {"engineer": "G2", "department": "South", "months": 9, "jobs": 20},
    {"engineer": "G3", "department": "North", "months": 9, "jobs": 5},
    {"engineer": "G4", "department": "North", "months": 0, "jobs": 50},
]
DETAILS: dict[str, list[dict[str, object]]] = {
    "assignments": [
        {"engineer": "G1", "project": "P1", "points": 1},
        {"engineer": "G2", "project": "P1", "points": 1},
        {"engineer": "G3", "project": "P1", "points": 1},
        {"engineer": "G1", "project": "P2", "points": 4},
    ],
    "incidents": [{"engineer": "G1", "incident": "I1"}, {"engineer": "G1", "incident": "I2"}],
    "events": [{"incident": "I2", "effort": 5}, {"incident": "I2", "effort": 6}, {"incident": "I1", "effort": 7}],
}
PROJECTS: list[dict[str, object]] = [
    {"project": "P1", "worth": "1000.01", "accepted": True},
    {"project": "P2", "worth": 500, "accepted": False},
    {"project": "P3", "worth": 100, "accepted": True},
]


@pytest.fixture(scope="module")
def pipeline() -> ir.Pipeline:
    return ir.compile(text=SCHEME, period="2026-04")


@pytest.fixture(scope="module")
def done(pipeline: ir.Pipeline) -> Run:
    return pipeline.run(PEOPLE, DETAILS, groups={"projects": PROJECTS})


def pay(run: Run) -> dict[str, tuple[object, ...]]:
    return {r.key: tuple(r[name] for name in ("bonus", "project_bonus", "star", "net")) for r in run.results}


def test_everybody_is_paid_from_what_they_have_together(done: Run) -> None:
    amount = Decimal
    assert pay(done) == {
        "G1": (amount("11.00"), amount("6.67"), False, amount("17.67")),
        "G2": (amount("100.00"), amount("6.67"), True, amount("606.67")),
        "G3": (amount("100.00"), amount("6.66"), True, amount("606.66")),
        "G4": (amount("0.00"), amount("0.00"), ir.MISSING, amount("0.00")),
    }
    assert done.summary.totals["net"] == Decimal("1231.00") and done.summary.reconciles
    assert (done.summary.paid, done.summary.out_of_scope) == (3, 1)


def test_a_run_says_what_became_of_pools_and_honours(done: Run) -> None:
    pools = {p.group: (str(p.amount), str(p.paid), str(p.remainder), p.members, p.state) for p in done.pools}
    assert pools == {
        "P1": ("20.00", "20.00", "0.00", 3, "paid"),
        "P2": ("10.00", "0.00", "10.00", 1, "condition_not_met"),
        "P3": ("2.00", "0.00", "2.00", 0, "nobody"),
    }
    assert {(h.group, h.eligible, h.places, h.chosen, h.empty) for h in done.honors} == {
        ("North", 1, 1, ("G3",), 0), ("South", 1, 1, ("G2",), 0),
    }  # fmt: skip
    assert done.groups["department"]["South"]["usual"] == Decimal("15.00")
    assert done.results[0]["usual"] == Decimal("15.00"), "what stands at the department is read by its people"
    assert done.results[0]["spent"] == (7, 11)


def test_the_referee_agrees_about_everybody(pipeline: ir.Pipeline) -> None:
    people = pipeline.people(PEOPLE, DETAILS, {"projects": PROJECTS})
    computed = pipeline.compute(people)
    hearing = pipeline.hearing(people, computed)
    for row, result, _ in computed.outcomes:
        assert result is not None and list(differences(result, hearing.judge(row))) == []


@pytest.mark.parametrize("seed", range(5))
def test_neither_the_order_of_rows_nor_that_of_tables_counts(pipeline: ir.Pipeline, done: Run, seed: int) -> None:
    mix = Random(seed)
    shuffled = {name: mix.sample(rows, len(rows)) for name, rows in reversed(DETAILS.items())}
    again = pipeline.run(mix.sample(PEOPLE, 4), shuffled, groups={"projects": mix.sample(PROJECTS, 3)})
    assert pay(again) == pay(done)
    assert sorted(again.pools, key=str) == sorted(done.pools, key=str)
    assert again.groups == done.groups


def test_a_result_explains_itself_among_the_others(done: Run) -> None:
    text = str(done.results[1].explain("en", name="bonus"))
    assert "place = 1" in text and "100" in text
    loaded = pickle.loads(pickle.dumps(done.results[1]))
    assert loaded == done.results[1]


def test_what_the_data_must_bring_can_be_asked_for(pipeline: ir.Pipeline) -> None:
    needed = [(one.details, one.column, one.type) for one in pipeline.inputs]
    assert needed == [
        ("", "engineer", "key"), ("", "department", "category"), ("", "months", "integer"), ("", "jobs", "integer"),
        ("projects", "worth", "money"), ("projects", "accepted", "boolean"),
        ("assignments", "points", "number"), ("incidents", "incident", "key"), ("events", "effort", "integer"),
        ("assignments", "engineer", "key"), ("assignments", "project", "key"),
        ("incidents", "engineer", "key"), ("events", "incident", "key"), ("projects", "project", "key"),
    ]  # fmt: skip


# ── Who waits for whom ────────────────────────────────────────────────────────────────────────────


def problems(run: Run) -> set[tuple[str, str]]:
    return {(q.key, q.problem.code) for q in run.quarantined}


def test_who_stands_on_a_group_of_which_a_row_is_refused_waits(pipeline: ir.Pipeline) -> None:
    """G1's rank and stars are South's, and the shares of P1 are everybody's who works there."""
    bad = [{**PEOPLE[0], "jobs": "many"}, *PEOPLE[1:]]
    run = pipeline.run(bad, DETAILS, groups={"projects": PROJECTS}, on_error="quarantine")
    assert problems(run) == {("G1", "data-number"), ("G2", "data-held"), ("G3", "data-held")}
    assert [r.key for r in run.results] == ["G4"] and run.summary.reconciles
    with pytest.raises(ir.DataError, match="`jobs` is \"many\""):
        pipeline.run(bad, DETAILS, groups={"projects": PROJECTS})


def test_who_does_not_is_paid_as_if_the_row_had_never_been(pipeline: ir.Pipeline) -> None:
    apart = {**DETAILS, "assignments": DETAILS["assignments"][2:3]}
    bad = [{**PEOPLE[0], "jobs": "many"}, *PEOPLE[1:]]
    run = pipeline.run(bad, apart, groups={"projects": PROJECTS}, on_error="quarantine")
    assert problems(run) == {("G1", "data-number"), ("G2", "data-held")}
    without = pipeline.run(PEOPLE[2:], {"assignments": apart["assignments"], "incidents": [], "events": []},
                           groups={"projects": PROJECTS})  # fmt: skip
    assert pay(run)["G3"] == pay(without)["G3"]


def test_the_referee_leaves_the_refused_out_too(pipeline: ir.Pipeline) -> None:
    apart = {**DETAILS, "assignments": DETAILS["assignments"][2:3]}
    people = pipeline.people([{**PEOPLE[0], "jobs": "many"}, *PEOPLE[1:]], apart, {"projects": PROJECTS})
    computed = pipeline.compute(people)
    row, result, _ = computed.outcomes[2]
    assert result is not None and list(differences(result, pipeline.hearing(people, computed).judge(row))) == []


def test_a_detail_row_that_is_refused_holds_its_project(pipeline: ir.Pipeline) -> None:
    wrong = [*DETAILS["assignments"], {"engineer": "G9", "project": "P1", "points": 1}]
    run = pipeline.run(PEOPLE, {**DETAILS, "assignments": wrong}, groups={"projects": PROJECTS}, on_error="quarantine")
    assert problems(run) == {("G9", "data-orphan"), *((who, "data-held") for who in ("G1", "G2", "G3"))}
    assert {p.group: p.state for p in run.pools}["P1"] == "held"


# ── One person ────────────────────────────────────────────────────────────────────────────────────

ONE = {name: PEOPLE[0][name] for name in ("engineer", "department", "months", "jobs")}
OWN = {
    "assignments": [{"project": "P1", "points": 1}],
    "incidents": [{"incident": "I1"}],
    "events": [{"incident": "I1", "effort": 7}],
}
GIVEN = {"place": 1, "project_bonus": "6.67", "star": False}


def test_one_person_alone_is_never_a_population_of_one(pipeline: ir.Pipeline) -> None:
    assert set(pipeline.needs_others) == set(GIVEN)
    with pytest.raises(ir.DataError) as refused:
        pipeline.score(ONE, OWN)
    assert [p.code for p in refused.value.problems] == ["data-needs-others"]
    for name in GIVEN:
        assert f"`{name}`" in str(refused.value)
    with pytest.raises(ir.DataError, match="`star`"):
        pipeline.score(ONE, OWN, {**{name: GIVEN[name] for name in ("place", "project_bonus")}})


def test_what_others_decide_is_given(pipeline: ir.Pipeline) -> None:
    paid = pipeline.score(ONE, OWN, GIVEN)
    amounts = [str(paid[name]) for name in ("bonus", "project_bonus", "net")]
    assert amounts == ["107.00", "6.67", "113.67"]
    assert paid["place"] == 1 and paid["star"] is False
    assert "place = 1" in str(paid.explain("en", name="bonus"))
    assert "place = 1" in str(pipeline.explain(ONE, "bonus", OWN, GIVEN))


def test_what_is_not_due_needs_nobody(pipeline: ir.Pipeline) -> None:
    text = SCHEME.replace("    title: Star\n", "    title: Star\n    every: year\n")
    yearly = ir.compile(text=text, period="2026-04")
    assert set(pipeline.needs_others) - set(yearly.needs_others) == {"star"}
    paid = yearly.score(ONE, OWN, {"place": 1, "project_bonus": 0})
    assert paid["star"] is False and paid.lines["award(star)"].state == "not_this_period"
    assert "star" in ir.compile(text=text, period="2026-12").needs_others


def test_a_given_value_obeys_its_range_and_its_name(pipeline: ir.Pipeline) -> None:
    for given, code in (
        ({**GIVEN, "place": 0}, "data-range"), ({**GIVEN, "place": Fraction(1, 2)}, "data-decimals"),
        ({**GIVEN, "palce": 1}, "data-name-unknown"), ({**GIVEN, "star": "perhaps"}, "data-flag"),
    ):  # fmt: skip
        with pytest.raises(ir.DataError) as refused:
            pipeline.score(ONE, OWN, given)
        assert [p.code for p in refused.value.problems] == [code]


def test_a_run_and_a_score_that_is_given_the_same_pay_the_same(pipeline: ir.Pipeline, done: Run) -> None:
    for person, result in zip(PEOPLE, done.results, strict=True):
        if not result.in_scope:
            continue
        given = {name: result[name] for name in pipeline.needs_others}
        mine = {name: [row for row in rows if row.get("engineer") == result.key] for name, rows in DETAILS.items()}
        own = {name: [{k: v for k, v in row.items() if k != "engineer"} for row in rows] for name, rows in mine.items()}
        incidents = {row["incident"] for row in own["incidents"]}
        own["events"] = [row for row in DETAILS["events"] if row["incident"] in incidents]
        assert pipeline.score(person, own, given)["net"] == result["net"]


# ── Examples ──────────────────────────────────────────────────────────────────────────────────────

EXAMPLES = """\
examples:
  - name: two in one department
    period: 2026-04
    people:
      A: {given: {department: X, months: 1, jobs: 3, incidents: [{incident: I1}], events: [{incident: I1, effort: 9}]}}
      B: {given: {department: X, months: 1, jobs: 4, assignments: [{times: 2, project: P1, points: 1}]}}
    given:
      projects: [{project: P1, worth: 100, accepted: true}]
    expect:
      A: {place: 2, bonus: 9.00, project_bonus: 0.00, star: false}
      B: {place: 1, project_bonus: 2.00, award(star): 500.00, net: 602.00}
  - name: alone
    period: 2026-04
    given:
      {department: X, months: 1, jobs: 3, place: 1, incidents: [{incident: I1}], events: [{incident: I1, effort: 9}]}
    expect: {bonus: 109.00}
"""


def test_examples_are_of_several_people_or_give_what_others_decide() -> None:
    report = ir.test(text=SCHEME + EXAMPLES)
    assert report.ok, str(report)
    assert [outcome.name for outcome in report.outcomes] == ["two in one department", "alone"]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "shows"),
    [
        ("A: {place: 2", "A: {place: 1", "example-differs", "two in one department · A"),
        ("place: 1, incidents", "incidents", "example-population", "`place`"),
        ("project: P1, points", "project: P2, points", "example-refused", "no row in `projects`"),
        ("A: {given: {department: X, months: 1, jobs: 3,", "A: {given: {department: X, months: 1,",
         "example-refused", "jobs"),
        ("jobs: 4", "jobs: 4000", "example-refused", "allowed 0 to 500"),
        ("events: [{incident: I1, effort: 9}]}}\\n      B", "events: [{incident: I2, effort: 9}]}}\\n      B",
         "example-refused", "no row of `incidents`"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_example_is_found(right: str, wrong: str, code: str, shows: str) -> None:
    right, wrong = right.replace("\\n", "\n"), wrong.replace("\\n", "\n")
    assert right in EXAMPLES
    report = ir.test(text=SCHEME + EXAMPLES.replace(right, wrong))
    assert {d.code for d in report.diagnostics} == {code}, str(report)
    assert shows in str(report)


# ── Made tables, recorded tables ──────────────────────────────────────────────────────────────────

LOG = """\
format: 1
scheme: log
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {resolver: {type: key}}
details:
  incidents:
    belongs_to: resolver
    key: [number]
    inputs: {number: {type: key}}
    quantities:
      reopened: latest(reopenings, order=[at])
  events:
    belongs_to: incidents
    without_owner: leave_out
    inputs:
      at: {type: time, written: "DD-MM-YYYY hh:mm"}
      reopenings: {type: integer, range: [0, 9]}
quantities: {clean: count(reopened == 0)}
pay: {bonus: {amount: 10 * clean}}
"""


def test_a_raw_log_becomes_tickets_and_people() -> None:
    log = [
        {"number": "I1", "resolver": "R1", "at": "29-02-2016 01:16", "reopenings": 0},
        {"number": "I1", "resolver": "R1", "at": "28-02-2016 09:00", "reopenings": 1},
        {"number": "I2", "resolver": "R2", "at": "01-03-2016 09:00", "reopenings": 2},
        {"number": "", "resolver": "R2", "at": "01-03-2016 09:00", "reopenings": 2},
    ]
    pipeline = ir.compile(text=LOG, period="2026-04")
    run = pipeline.run(details={"events": log})
    assert {r.key: r["bonus"] for r in run.results} == {"R1": Decimal("10.00"), "R2": Decimal("0.00")}
    assert run.summary.left_out == {"events": 1}
    own = {"events": [{k: v for k, v in row.items() if k != "resolver"} for row in log[:2]]}
    assert pipeline.score({"resolver": "R1"}, own)["bonus"] == 10
