"""Small crowds in which everything meets: what is claimed of ranks, pools, groups and rows, against the engine."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

import incentive_rules as ir
from incentive_rules.engine.summary import Computed
from incentive_rules.proving.calculus import Calculus
from incentive_rules.proving.graph import ReadGraph
from incentive_rules.proving.move import Move
from incentive_rules.proving.work import can_move
from tests.proving.worlds import Claims, Row, Tables, compared, with_cell

GROWING = "1 * sum(x, over=everyone, within=dept)"
METHODS = ("largest_remainder", "webster", "keep_remainder")
HEAD = """\
format: 1
scheme: crowd
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: JPY
limits: {max_people: 50, max_rows_per_person: 20}
inputs:
  id: {type: key}
  dept: {type: category}
  x: {type: integer, range: [0, 9]}
  y: {type: integer, range: [0, 9]}
  loose: {type: integer, range: [0, 9], can_be_missing: true}
  flag: {type: boolean}
groups:
  projects: {key: project, inputs: {budget: {type: integer, range: [0, 40]}}}
details:
  jobs:
    belongs_to: id
    key: job
    inputs:
      points: {type: integer, range: [0, 9]}
      good: {type: boolean}
      order: {type: integer, range: [0, 999]}
      kind: {type: category, one_of: [a, b, c]}
      state: {type: category, one_of: [a, b, c]}
    quantities:
      worth: points * 2 if good else points
      so_far: running(points, order=[order])
      place_of_job: rank(points, within=id, ties="standard")
      place_of_kind: rank(points + x, within=kind, ties="modified")
  steps:
    belongs_to: jobs
    inputs:
      length: {type: integer, range: [0, 9]}
    quantities:
      longest: rank(length + points, within=id, ties="standard")
  parts:
    belongs_to: [id, project]
    inputs:
      role: {type: integer, range: [0, 9]}
    quantities:
      part_of_all: role / max(1, role_sum)
"""
QUANTITIES = """\
quantities:
  role_sum: sum(role, over=parts, within=project)
  mean_x: coalesce(mean(x, over=everyone, within=dept), 0)
  others_x: coalesce(mean(x, over=others, within=dept), 0)
  size: count(over=everyone, within=dept)
  taking: count(over=everyone, within=dept, where=flag)
  part: coalesce(ratio(x, mean(x, over=everyone, within=dept)), 1)
  part_of_sum: coalesce(ratio(x, sum(x, over=everyone)), 0)
  known_mean: coalesce(mean(loose, over=everyone, within=dept, where=flag), 0)
  best_two: coalesce(best(x, over=everyone, within=dept, n=2), 0)
  least: coalesce(min(x, over=everyone, within=dept, where=flag), 9)
  most: coalesce(max(x, over=everyone, within=dept, where=flag), 0)
  middle: 'coalesce(percentile(x, 50%, over=everyone, within=dept, method="linear"), 0)'
  spread: coalesce(variance(x, over=everyone, within=dept), 0)
  standard: 'coalesce(rank(x, within=dept, ties="standard"), 0)'
  modified: 'coalesce(rank(x, within=dept, ties="modified", then=[y]), 0)'
  dense: 'coalesce(rank(x, within=dept, ties="dense"), 0)'
  low_first: 'coalesce(rank(loose, within=dept, ties="standard", first="low"), 0)'
  jobs_sum: sum(points)
  good_sum: sum(points, where=good)
  good_share: coalesce(share(good), 0)
  latest_points: coalesce(latest(points, order=[order]), 0)
  of_state: count(state == "a")
  share_of_state: coalesce(share(state == "a", where=state != "c"), 0)
  worth_sum: sum(worth)
  running_sum: sum(so_far)
  places: sum(place_of_job)
  kinds: sum(place_of_kind)
  longest_sum: sum(longest)
  lengths: sum(length)
  parts_sum: coalesce(sum(role), 0)
  grade_of_x: letter(x)
  worth_of_grade: value_of(grade_of_x)
  fund: {pool: {each: everyone, amount: 30, to: dept, in_proportion_to: mean_x, cents: largest_remainder}, decimals: 0}
tables:
  letter: {from: {3: B, 7: A}, else: C}
  value_of: {equals: {A: 9, B: 4, C: 0}}
"""


def pools() -> str:
    lines = []
    for method in METHODS:
        base = f"in_proportion_to: x, cents: {method}"
        own = {
            "plain": f"amount: 17, {base}",
            "capped": f"amount: 17, at_most: 1 * y, {base}",
            "shared": f"amount: 17, among: flag, left_out: shared, {base}",
            "kept": f"amount: 17, among: flag, left_out: kept, {base}",
            "grown": f"amount: '{GROWING}', {base}",
            "growing": f"amount: '{GROWING}', in_proportion_to: y, cents: {method}",
            "loose": f"amount: 17, in_proportion_to: loose, cents: {method}",
        }
        lines += [f"  {name}_{method}: {{pool: {{each: dept, {said}}}}}" for name, said in own.items()]
        for name, weight in (("project", "role"), ("by_x", "role + x")):
            said = f"each: project, amount: 1 * budget, to: parts, in_proportion_to: {weight}, cents: {method}"
            lines.append(f"  {name}_{method}: {{pool: {{{said}}}}}")
    return "pay:\n" + "\n".join(lines) + "\n  from_fund: {pool: {each: dept, amount: 1 * fund, in_proportion_to: y}}\n"


HONORS = """\
honors:
  star: {among: flag, within: dept, best_by: [x, y], places: {number: 1}, ties: all, award: 10}
  half:
    among: x > 2
    within: dept
    best_by: [y]
    places: {share: 50%, of: group, rounding: half_up}
    ties: none
    award: 5
  some:
    among: x > 2
    within: dept
    best_by: [y]
    places: {share: 50%, of: eligible, rounding: down}
    ties: all
    award: 5
grades: {of: x, within: dept, ties: all, shares: {A: {share: 30%, c: 3}, B: {share: 40%, c: 2}, C: {share: 30%, c: 1}}}
wage_floor: {amount: 20}
"""
PAIRS = {"fast": 20, "ci": 250, "nightly": 100_000}


@cache
def pipeline() -> ir.Pipeline:
    text = HEAD + QUANTITIES + pools() + HONORS
    report = ir.check(text=text)
    assert report.ok, report
    return ir.compile(text=text, period="2026-04")


def crowd(rng: Random) -> Tables:
    small = rng.choice((2, 4, 9))
    people: list[Row] = [
        {"id": f"E{n}", "dept": rng.choice("NS"), "x": str(rng.randint(0, small)), "y": str(rng.randint(0, small)),
         "loose": rng.choice(("", str(rng.randint(0, small)))), "flag": rng.choice(("true", "false"))}
        for n in range(rng.choice((1, 2, 3, 5)))
    ]  # fmt: skip
    jobs: list[Row] = [
        {"id": person["id"], "job": f"J{n}{person['id']}", "points": str(rng.randint(0, small)), "order": str(n),
         "good": rng.choice(("true", "false")), "kind": rng.choice("abc"),
         "state": rng.choice("abc")}
        for person in people for n in range(rng.choice((0, 1, 2, 3)))
    ]  # fmt: skip
    steps: list[Row] = [{"job": job["job"], "length": str(rng.randint(0, small))}
                        for job in jobs for _ in range(rng.choice((0, 1, 2)))]  # fmt: skip
    parts: list[Row] = [{"id": person["id"], "project": rng.choice("PQ"), "role": str(rng.randint(0, small))}
                        for person in people for _ in range(rng.choice((0, 1, 2)))]  # fmt: skip
    projects: list[Row] = [{"project": word, "budget": str(rng.randint(0, 40))} for word in "PQ"]
    return {"": people, "jobs": jobs, "steps": steps, "parts": parts, "projects": projects}


def test_every_fact_that_is_moved_may_be() -> None:
    checked = pipeline().checked
    assert all(can_move(checked, checked.inputs[name]) for names in FACTS.values() for name in names)
    assert not can_move(checked, checked.inputs["kind"]), "it says among which rows others are placed"
    assert not can_move(checked, checked.inputs["dept"])


def computed(tables: Tables) -> Computed:
    details = {name: tables[name] for name in ("jobs", "steps", "parts")}
    made = pipeline()
    return made.compute(made.people(tables[""], details, {"projects": tables["projects"]}))


FACTS = {"": ("x", "y", "loose", "flag"), "jobs": ("points", "good", "state"), "steps": ("length",), "parts": ("role",)}


def moved(rng: Random, name: str, text: str) -> str | None:
    if name in ("flag", "good"):
        return "true" if text == "false" else None
    if name == "state":
        return rng.choice([word for word in "abc" if word != text])
    return None if text in ("", "9") else str(min(9, int(text) + rng.choice((1, 1, 1, 2, 5))))


@pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")
def test_no_claim_about_a_crowd_is_broken(pytestconfig: pytest.Config) -> None:
    rng, claims, graph = Random(3), Claims(), ReadGraph(pipeline().checked)
    calculi: dict[Move, Calculus] = {}
    wanted = PAIRS[str(pytestconfig.getoption("--profile"))]
    while claims.pairs < wanted and not claims.broken:
        tables = crowd(rng)
        before = computed(tables)
        for table, names in FACTS.items():
            for name in names:
                if not tables[table]:
                    continue
                row = rng.randrange(len(tables[table]))
                text = str(tables[table][row][name])
                new = moved(rng, name, text)
                if new is None:
                    continue
                level = (table,) if table else ()
                move = Move(name, level, words=(text, new) if name == "state" else None)
                calculus = calculi.setdefault(move, Calculus(pipeline().checked, move, graph=graph))
                job = tables[table][row].get("job")
                key = tables[table][row].get("id") or next(one["id"] for one in tables["jobs"] if one["job"] == job)
                after = computed(with_cell(tables, table, row, name, new))
                compared(calculus, before, after, key, claims, f"{tables}\n{table} {row}: {name} {text} to {new}")
    assert not claims.broken, claims.broken[0]
    assert claims.moved >= 10 * wanted
