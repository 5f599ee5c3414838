"""A second engine is heard on the day of payment: on whom, how far, and what happens where it comes to other values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest
from attrs import evolve

import incentive_rules as ir
from incentive_rules import second_opinion as opinions
from incentive_rules.base.reports import message_of
from incentive_rules.judging import quantities as judged_quantities
from incentive_rules.judging.judge import PopulationReferee
from incentive_rules.judging.numbers import RefereeFault
from incentive_rules.model.data import DataRow
from tests.spoiling import engine_that, off_by_one, outcomes_of, spoilt

ALONE = """\
format: 1
scheme: alone
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
require: [done <= due]
quantities:
  share_done: {is: done / due, decimals: 4}
  hours_of_all: sum(hours)
pay:
  bonus: {amount: 1000 * share_done, when: share_done >= 50%}
  overtime: {amount: 3 * hours_of_all}
inputs:
  engineer: {type: key}
  due: {type: integer, range: [1, 40]}
  done: {type: integer, range: [0, 40]}
details:
  tickets:
    belongs_to: engineer
    inputs: {spent: {type: integer, range: [0, 600]}}
    quantities: {hours: {is: spent / 60, decimals: 2}}
"""
TOGETHER = """\
format: 1
scheme: together
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
quantities:
  own: sum(points)
  team_mean: {is: "coalesce(mean(own, over=everyone, within=team), 0)", decimals: 2}
  place: rank(own, ties="standard")
  top: coalesce(max(own, over=everyone), 0)
pay:
  bonus: {amount: 10 * team_mean + (100 if place <= 3 else 0) + 1 * own + 0 * top}
  pooled:
    pool:
      each: team
      amount: 100 * count(over=everyone, within=team)
      in_proportion_to: own
      cents: largest_remainder
honors:
  star:
    among: own > 0
    within: team
    best_by: [own]
    places: 1
    ties: all
    award: 50
inputs:
  engineer: {type: key}
  team: {type: category}
details:
  tickets: {belongs_to: engineer, inputs: {points: {type: integer, range: [0, 9]}}}
"""
Rows = list[dict[str, object]]


def staff(count: int) -> Rows:
    return [{"engineer": f"E{n:03}", "due": 20, "done": (7 * n) % 20 + 1} for n in range(count)]


def tickets(count: int) -> Rows:
    return [{"engineer": f"E{n:03}", "spent": 17 * n % 600} for n in range(count) for _ in range(2)]


def teams(count: int) -> tuple[Rows, Rows]:
    mix = Random(7)
    people: Rows = [{"engineer": f"E{n:03}", "team": f"T{n % 5}"} for n in range(count)]
    rows: Rows = [{"engineer": f"E{n:03}", "points": mix.randint(0, 9)} for n in range(count) for _ in range(3)]
    return people, rows


@pytest.fixture(scope="module")
def alone() -> ir.Pipeline:
    return ir.compile(text=ALONE, period="2026-04")


@pytest.fixture(scope="module")
def together() -> ir.Pipeline:
    return ir.compile(text=TOGETHER, period="2026-04")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of those who were recomputed, in their order."""
    keys: list[str] = []
    compare = opinions._Opinion._compare

    def noted(self: opinions._Opinion, judge: opinions.Judge, row: DataRow, result: ir.Result) -> None:
        keys.append(row.key)
        compare(self, judge, row, result)

    monkeypatch.setattr(opinions._Opinion, "_compare", noted)
    return keys


# ── Who, and how many ─────────────────────────────────────────────────────────────────────────────


def test_a_run_has_a_few_people_recomputed_and_says_how_many(alone: ir.Pipeline) -> None:
    run = alone.run(staff(60), {"tickets": tickets(60)})
    assert run.second_opinion is not None and run.second_opinion.people == opinions.PEOPLE
    assert (run.second_opinion.accepted, run.second_opinion.whole, run.second_opinion.dissents) == (60, False, ())


@pytest.mark.parametrize("count, asked, people", [(60, 5, 5), (60, 1, 1), (60, 60, 60), (60, 900, 60), (60, "all", 60)])
def test_n_means_n_people_in_all(
    alone: ir.Pipeline, heard: list[str], count: int, asked: int, people: int
) -> None:
    """Also where everybody stands on a boundary: those are among the N and not beside them."""
    edges = [{**row, "done": 0} for row in staff(count)]
    opinion = alone.run(edges, {"tickets": tickets(count)}, referee=asked).second_opinion
    assert opinion is not None and opinion.people == len(heard) == len(set(heard)) == people
    assert opinion.whole is (people == count)


def test_none_are_recomputed_where_nobody_is_asked_for(alone: ir.Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PopulationReferee, "judge", None)
    assert alone.run(staff(9), {"tickets": tickets(9)}, referee=0).second_opinion is None


def test_of_no_people_nobody_is_recomputed(alone: ir.Pipeline, together: ir.Pipeline) -> None:
    nobody = alone.people([{"engineer": "E1", "due": 1, "done": 1}], {"tickets": []})
    empty = evolve(nobody, rows=())
    for asked in (None, 5, "all"):
        opinion = alone.run(empty, referee=asked).second_opinion
        assert opinion is not None and (opinion.people, opinion.accepted) == (0, 0)
    assert together.run([], {"tickets": []}, referee="all").second_opinion is not None


@pytest.mark.parametrize("referee", [-1, "x", 1.5, True, "5", [3]])
def test_what_is_no_number_of_people_is_refused(alone: ir.Pipeline, referee: object) -> None:
    with pytest.raises(ValueError, match="referee is how many people, 0 for none, or \"all\""):
        alone.run(staff(3), {"tickets": []}, referee=referee)  # type: ignore[arg-type]


def test_the_same_data_have_the_same_people_recomputed_in_any_order(alone: ir.Pipeline, heard: list[str]) -> None:
    rows, mix = staff(200), Random(3)
    alone.run(rows, {"tickets": tickets(200)}, referee=7)
    alone.run(mix.sample(rows, 200), {"tickets": mix.sample(tickets(200), 400)}, referee=7)
    assert len(heard) == 14 and set(heard[:7]) == set(heard[7:])


def test_other_data_may_have_other_people_recomputed(alone: ir.Pipeline, heard: list[str]) -> None:
    people = alone.people(staff(200), {"tickets": tickets(200)})
    computed = alone.compute(people)
    for digest in ("a", "b"):
        alone.second_opinion(evolve(people, digests=(digest,)), computed, 9)
    assert set(heard[:9]) != set(heard[9:])


def test_who_stands_on_a_boundary_is_among_them(alone: ir.Pipeline, heard: list[str]) -> None:
    rows = [{**row, "due": 20, "done": 3} for row in staff(150)]
    rows[77] = {**rows[77], "done": 40, "due": 40}
    opinion = alone.run(rows, {"tickets": []}, referee=3).second_opinion
    assert "E077" in heard and opinion is not None and opinion.on_edges == 1


def test_only_a_part_of_a_large_company_is_looked_at(together: ir.Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """What rests on all people together stands as the run has it, and its name is told."""
    people, rows = teams(300)
    monkeypatch.setattr(opinions, "LEAST_EFFORT", 800)
    looked_at: list[tuple[int, int, int]] = []
    read = together.people(people, {"tickets": rows})
    opinion = together.second_opinion(read, together.compute(read), None, lambda *so_far: looked_at.append(so_far))
    assert opinion is not None and {"place", "top"} <= set(opinion.taken)
    assert not {"own", "team_mean", "earnings"} & set(opinion.taken)
    assert not opinion.dissents and looked_at[-1][2] <= 2 * 800 + 100


def test_what_everybody_decides_is_recomputed_from_what_the_run_has_of_the_others(together: ir.Pipeline) -> None:
    people, rows = teams(40)
    for asked in (None, 6, "all"):
        opinion = together.run(people, {"tickets": rows}, referee=asked).second_opinion
        assert opinion is not None and opinion.taken == ()


def test_one_person_with_too_many_rows_is_recomputed_where_there_is_nobody_else(
    alone: ir.Pipeline, monkeypatch: pytest.MonkeyPatch, heard: list[str]
) -> None:
    monkeypatch.setattr(opinions, "LEAST_EFFORT", 80)
    many = tickets(8) + [{"engineer": "E003", "spent": 60}] * 50
    alone.run(staff(8), {"tickets": many})
    assert heard and "E003" not in heard
    heard.clear()
    alone.run(staff(1), {"tickets": [{"engineer": "E000", "spent": 60}] * 50})
    assert heard == ["E000"]


@pytest.mark.thorough
def test_a_watcher_is_told_how_far_it_is(together: ir.Pipeline) -> None:
    people, rows = teams(400)
    read = together.people(people, {"tickets": rows})
    told: list[tuple[int, int, int]] = []
    together.second_opinion(read, together.compute(read), "all", lambda *so_far: told.append(so_far))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert {of for _, of, _ in told} == {400} and len(told) > 400, "within one judgement too"


# ── Where it comes to something else ──────────────────────────────────────────────────────────────


def refused(pipeline: ir.Pipeline, people: Rows, rows: Rows, referee: object = None) -> ir.EnginesDiffer:
    with pytest.raises(ir.EnginesDiffer) as raised:
        pipeline.run(people, {"tickets": rows}, referee=referee)  # type: ignore[arg-type]
    return raised.value


@pytest.mark.parametrize("referee", [None, 4, "all"])
def test_an_amount_that_is_wrong_by_a_cent_is_not_paid(
    alone: ir.Pipeline, monkeypatch: pytest.MonkeyPatch, referee: object
) -> None:
    engine_that(monkeypatch, off_by_one("bonus"))
    rows = [{**row, "done": 15} for row in staff(30)]
    error = refused(alone, rows, tickets(30), referee)
    assert isinstance(error.opinion, ir.SecondOpinion)
    one = error.opinion.dissents[0]
    assert (one.name, one.value, one.found, one.formula) == ("bonus", "750.01", "750", "1000 * share_done")
    said = str(error)
    assert f"`bonus` of {one.key} is 750.01, the referee has 750" in said and "amount: 1000 * share_done" in said
    assert [p.code for p in error.problems] == ["engines-differ"] * len(error.problems)


def test_a_wrong_value_of_one_detail_row_is_found_with_both_values(
    alone: ir.Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine_that(monkeypatch, off_by_one("hours", row=1))
    opinion = refused(alone, staff(3), tickets(3)).opinion
    assert isinstance(opinion, ir.SecondOpinion)
    found = {(d.key, d.name): (d.value, d.found, d.formula) for d in opinion.dissents}
    assert found["E001", "tickets.hours [2]"] == ("0.29", "0.28", "spent / 60")


@pytest.mark.parametrize("name", ["own", "team_mean", "place", "pooled", "star", "earnings"])
@pytest.mark.parametrize("referee", [None, 3, "all"])
def test_a_wrong_step_of_people_together_is_found(
    together: ir.Pipeline, monkeypatch: pytest.MonkeyPatch, name: str, referee: object
) -> None:
    engine_that(monkeypatch, off_by_one(name))
    opinion = refused(together, *teams(20), referee).opinion
    assert isinstance(opinion, ir.SecondOpinion) and name in {dissent.name for dissent in opinion.dissents}


def test_who_was_not_recomputed_may_be_wrong_and_all_of_them_may_not(
    together: ir.Pipeline, monkeypatch: pytest.MonkeyPatch, heard: list[str]
) -> None:
    people, rows = teams(40)
    together.run(people, {"tickets": rows}, referee=2)
    other = next(str(row["engineer"]) for row in people if row["engineer"] not in heard)
    engine_that(monkeypatch, off_by_one("earnings", {other}))
    assert together.run(people, {"tickets": rows}, referee=2).second_opinion is not None
    opinion = refused(together, people, rows, "all").opinion
    assert isinstance(opinion, ir.SecondOpinion) and {d.key for d in opinion.dissents} == {other}


def test_pools_and_honours_are_compared_where_all_are(together: ir.Pipeline) -> None:
    people, rows = teams(10)
    read = together.people(people, {"tickets": rows})
    computed = together.compute(read)
    pool, honor = computed.pools[0], computed.honors[0]
    wrong = evolve(
        computed, pools=(evolve(pool, paid=pool.paid + 1), *computed.pools[1:]),
        honors=(evolve(honor, places=9), *computed.honors[1:]),
    )  # fmt: skip
    opinion = together.second_opinion(read, wrong, "all")
    assert opinion is not None
    assert [(d.key, d.name, d.value, d.found) for d in opinion.dissents] == [
        (pool.group, "pooled", f"paid {pool.paid + 1}", f"paid {pool.paid}"),
        (honor.group, "star", "places 9", "places 1"),
    ]  # fmt: skip


def test_a_result_that_the_referee_cannot_reach_is_not_paid(
    alone: ir.Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> object:
        raise RefereeFault("a divisor is zero in 'done / due'")

    monkeypatch.setattr(judged_quantities, "_body", fails)
    error = refused(alone, staff(2), [])
    assert "the referee comes to no result for E00" in str(error) and "a divisor is zero" in str(error)
    opinion = error.opinion
    assert isinstance(opinion, ir.SecondOpinion) and {d.problem.variant for d in opinion.dissents} == {"fault"}


def test_somebody_whom_the_referee_refuses_is_not_paid(alone: ir.Pipeline) -> None:
    """An engine that overlooks a line of `require` would pay; the referee looks at it as well."""
    people = alone.people([{"engineer": "E1", "due": 3, "done": 2}], {"tickets": []})
    computed = alone.compute(people)
    broken = evolve(people.rows[0], cells={**people.rows[0].cells, "done": 4})
    wrong = evolve(computed, outcomes=outcomes_of([(broken, computed.outcomes[0][1], ())]))
    opinion = alone.second_opinion(evolve(people, rows=(broken,)), wrong)
    assert opinion is not None and [d.problem.variant for d in opinion.dissents] == ["premise"]
    assert message_of(opinion.dissents[0].problem) == (
        "the referee refuses E1, for `done <= due` does not hold, and the run has a result"
    )


def test_a_value_that_the_check_ruled_out_is_not_paid(alone: ir.Pipeline) -> None:
    """Both engines may have it; but what was proved with its help (a divisor that is never 0) no longer stands."""
    people = alone.people([{"engineer": "E1", "due": 1, "done": 1}], {"tickets": []})
    bounds = alone.checked.quantity("share_done").facts
    tight = evolve(bounds, bounds=evolve(bounds.bounds, high=bounds.bounds.low))
    quantities = tuple(evolve(q, facts=tight) if q.name == "share_done" else q for q in alone.checked.quantities)
    narrow = ir.Pipeline(evolve(alone.checked, quantities=quantities), alone.plan)
    opinion = narrow.second_opinion(people, narrow.compute(people))
    assert opinion is not None
    assert [(d.name, d.value, d.problem.variant) for d in opinion.dissents] == [("share_done", "1", "bounds")]


def test_the_rejected_are_told_before_anybody_is_recomputed(alone: ir.Pipeline, heard: list[str]) -> None:
    with pytest.raises(ir.DataError):
        alone.run([{**staff(1)[0], "done": 99}], {"tickets": []})
    assert heard == []


def test_who_is_set_aside_or_held_is_left_out_and_the_others_are_recomputed(together: ir.Pipeline) -> None:
    people, rows = teams(30)
    bad: Sequence[dict[str, object]] = [*rows, {"engineer": "E007", "points": 77}]
    alone_in_team = "  place: rank(own, ties=\"standard\")\n"
    text = TOGETHER.replace(alone_in_team, "  place: 9\n").replace("coalesce(max(own, over=everyone), 0)", "1")
    pipeline = ir.compile(text=text, period="2026-04")
    for asked in (None, 5, "all"):
        run = pipeline.run(people, {"tickets": bad}, on_error="quarantine", referee=asked)
        assert run.second_opinion is not None and run.second_opinion.accepted == len(run.results) == 24
        assert not run.second_opinion.dissents


def test_what_was_computed_can_be_compared_before_it_is_a_run(alone: ir.Pipeline) -> None:
    people = alone.people(staff(3), {"tickets": []})
    wrong = spoilt(alone.compute(people), off_by_one("overtime"))
    opinion = alone.second_opinion(people, wrong, "all")
    assert opinion is not None and {d.name for d in opinion.dissents} == {"overtime"}
    assert {Decimal(d.value) for d in opinion.dissents} == {Decimal("0.01")}
