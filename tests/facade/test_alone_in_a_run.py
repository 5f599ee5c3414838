"""People of whom nobody rests on another: a run finds of each what scoring that person alone finds."""

from __future__ import annotations

from attrs import evolve

import incentive_rules as ir
from incentive_rules.model.result import Result
from incentive_rules.model.run import Run

TEXT = """\
format: 1
scheme: alone
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
limits: {max_rows_per_person: 3, max_people: 9}
applies_to: level >= 1
inputs:
  who: {type: key}
  team: {type: category}
  level: {type: integer, range: [0, 9]}
  rate: {type: money, range: [0, 90], can_be_missing: true}
details:
  tickets:
    belongs_to: who
    inputs: {hours: {type: integer, range: [0, 40]}, kind: {type: category}}
  visits:
    belongs_to: who
    inputs: {took: {type: integer, range: [0, 60]}}
require: [level < 9, sum(took) < 100, hours < 39]
pay:
  bonus: {amount: 'coalesce(rate, 0) * sum(hours) + 1.00 * sum(took)'}
"""
PIPELINE = ir.compile(text=TEXT, period="2026-04")
Row = dict[str, object]
SOUND: Row = {"team": "x", "level": 2, "rate": 5}
TICKET: Row = {"hours": 4, "kind": "mend"}
# Of each person the facts, the tickets and the minutes of visits.
PEOPLE: dict[str, tuple[Row, list[Row], list[object]]] = {
    "sound": (SOUND, [TICKET, {**TICKET, "hours": 7}], [10, 20]),
    "without rows": (SOUND, [], []),
    "nothing known": ({**SOUND, "rate": None}, [TICKET], []),
    "of no team": ({**SOUND, "team": ""}, [TICKET], [10]),
    "out of scope": ({**SOUND, "level": 0}, [{**TICKET, "hours": 39}], [60, 60]),
    "two cells": ({**SOUND, "level": "much", "rate": -1}, [{**TICKET, "kind": None}, {**TICKET, "hours": 41}], ["x"]),
    "too many rows": ({**SOUND, "rate": "x"}, [TICKET] * 4, [10, "many"]),
    "three requirements": ({**SOUND, "level": 9}, [{**TICKET, "hours": 40}], [60, 60]),
}  # fmt: skip


def ran() -> Run:
    return PIPELINE.run(
        [{"who": who, **facts} for who, (facts, _, _) in PEOPLE.items()],
        {"tickets": [{"who": who, **ticket} for who, (_, tickets, _) in PEOPLE.items() for ticket in tickets],
         "visits": [{"who": who, "took": took} for who, (_, _, visits) in PEOPLE.items() for took in visits]},
        on_error="quarantine", referee="all",
    )  # fmt: skip


def scored(who: str) -> Result | list[tuple[object, ...]]:
    facts, tickets, visits = PEOPLE[who]
    try:
        return PIPELINE.score(
            {"who": who, **facts}, {"tickets": tickets, "visits": [{"took": took} for took in visits]}
        )
    except ir.DataError as refused:
        return [(p.code, p.table, p.params, p.place, p.key) for p in refused.problems]


def test_a_run_finds_of_each_what_scoring_finds() -> None:
    assert PIPELINE.plan.is_alone
    run = ran()
    results = {result.key: result for result in run.results}
    told: dict[str, list[tuple[object, ...]]] = {}
    for one in run.quarantined:
        problem = evolve(one.problem, row=None, table="" if one.problem.table == "people" else one.problem.table)
        told.setdefault(one.key, []).append((problem.code, problem.table, problem.params, problem.place, problem.key))
    for who in PEOPLE:
        alone = scored(who)
        assert (results[who] if isinstance(alone, Result) else told[who]) == alone, who
    assert {len(found) for found in told.values()} >= {1, 3, 5}


def test_whoever_watches_is_told_of_each_person() -> None:
    calls: list[tuple[int, int]] = []
    people = [{"who": who, **facts} for who, (facts, _, _) in PEOPLE.items()]
    PIPELINE.run(people, {"tickets": [], "visits": []}, on_error="quarantine",
                 progress=lambda done, of: calls.append((done, of)))  # fmt: skip
    assert calls == [(number, len(PEOPLE)) for number in range(1, len(PEOPLE) + 1)]
