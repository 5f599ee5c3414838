"""The shipped schemes: what is claimed of each fact holds between two runs of their sample data, one cell moved."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from random import Random

import pytest

import incentive_rules as ir
from incentive_rules.engine.summary import Computed
from incentive_rules.lang.types import Kind
from incentive_rules.model.checked import CheckedInput
from incentive_rules.proving.calculus import Calculus
from incentive_rules.proving.graph import ReadGraph
from incentive_rules.proving.move import Move
from incentive_rules.proving.work import can_move
from tests.proving.worlds import Claims, Tables, compared, moved_text, with_cell

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
# The scheme, the period with its folder of data, the table of people and their key.
COMPANIES = {
    "first": ("service_engineer_1", "2026-Q1", "engineers", "employee_no"),
    "second": ("service_engineer_2_zh", "2026-01", "工程师", "工号"),
}
PEOPLE = 12  # of the company, so that groups are small and ties are met
MOVES = {"fast": 30, "ci": 100, "nightly": 20_000}


@cache
def company(name: str) -> tuple[ir.Pipeline, Tables]:
    """The pipeline and the tables of the first people, "" the people; each table by its name in the scheme."""
    scheme, period, people, key = COMPANIES[name]
    pipeline = ir.compile(SCHEMES / f"{scheme}.yaml", period=period)
    tables: Tables = {}
    for file in sorted((SCHEMES / "data" / scheme / period).glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            tables["" if file.stem == people else file.stem] = list(csv.DictReader(lines))
    kept = {row[key] for row in Random(5).sample(tables[""], PEOPLE)}
    groups = {group.name for group in pipeline.scheme.groups}
    return pipeline, {
        table: rows if table in groups else [row for row in rows if row.get(key) in kept]
        for table, rows in tables.items()
    }


def computed(pipeline: ir.Pipeline, tables: Tables) -> Computed | None:
    groups = {group.name: tables[group.name] for group in pipeline.scheme.groups if group.name in tables}
    details = {name: rows for name, rows in tables.items() if name and name not in groups}
    try:
        return pipeline.compute(pipeline.people(tables[""], details, groups))
    except ir.DataError:
        return None


def heading(one: CheckedInput) -> str:
    return one.definition.column or one.name


@pytest.mark.thorough
@pytest.mark.parametrize("name", COMPANIES)
def test_no_claim_about_a_founding_scheme_is_broken(name: str, pytestconfig: pytest.Config) -> None:
    pipeline, tables = company(name)
    key, rng, claims = COMPANIES[name][3], Random(11), Claims()
    checked, graph = pipeline.checked, ReadGraph(pipeline.checked)
    before = computed(pipeline, tables)
    assert before is not None
    facts = [one for one in checked.inputs.values() if can_move(checked, one)
             and any(one.name in graph.behind(q.name) for q in checked.quantities)]  # fmt: skip
    calculi: dict[Move, Calculus] = {}
    for number in range(MOVES[str(pytestconfig.getoption("--profile"))]):
        one = facts[number % len(facts)]
        table = one.level[0] if one.level else ""
        rows = [i for i, row in enumerate(tables.get(table, ())) if row.get(heading(one))]
        if not rows:
            continue
        row = rng.choice(rows)
        text, kind = str(tables[table][row][heading(one)]), one.facts.type.kind
        if kind is Kind.CATEGORY:
            words = [literal.text for literal in one.definition.one_of if literal.text != text]
            new, words_moved = (rng.choice(words), True) if words else (None, False)
        else:
            new, words_moved = moved_text(rng, kind, text, one.decimals, one.facts.bounds.high), False
        after = computed(pipeline, with_cell(tables, table, row, heading(one), new)) if new is not None else None
        if after is None or new is None:
            continue
        move = Move(one.name, one.level, words=(text, new) if words_moved else None)
        calculus = calculi.setdefault(move, Calculus(checked, move, graph=graph))
        where = f"{table or 'people'} {row}: {one.name} {text} to {new}"
        compared(calculus, before, after, tables[table][row][key], claims, where)
    assert not claims.broken, claims.broken[0]
    assert claims.pairs >= 10
    assert claims.moved >= 20
