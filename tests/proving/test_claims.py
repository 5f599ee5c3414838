"""Whatever the calculus claims holds between two runs of the engine: random schemes and companies, one cell moved."""

from __future__ import annotations

from random import Random

import pytest

import incentive_rules as ir
from incentive_rules.engine.summary import Computed
from incentive_rules.lang.types import Kind
from incentive_rules.model.checked import Checked
from incentive_rules.proving.calculus import Calculus
from incentive_rules.proving.graph import ReadGraph
from incentive_rules.proving.work import can_move
from tests.proving.worlds import Claims, compared, moved_text, moves_of, with_cell
from tests.random_schemes.companies import Tables, company
from tests.random_schemes.documents import random_document

pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")
CHUNKS = range(4)
SEEDS = {"fast": 3, "ci": 25, "nightly": 4_000}
GROUPS = ("teams", "projects")


def tried(seed: int, claims: Claims, moves: int = 12) -> None:
    """Move some cells of two random companies of a random scheme, and hold all claims against both worlds."""
    accepted = random_document(Random(seed)).accepted()
    if accepted is None:
        return
    try:
        pipeline = ir.compile(text=accepted.text, period=accepted.period)
    except ir.SchemeError:
        return
    graph = ReadGraph(pipeline.checked)
    for number in range(3):
        rng = Random(seed * 10 + number)
        tables = company(rng, accepted)
        cells = [
            (table, row, fact)
            for table, facts in accepted.facts.items()
            if table not in GROUPS
            for fact in facts
            if _is_read(pipeline.checked, graph, fact.name)
            for row in range(len(tables.get(table, ())))
        ]
        before = None
        for table, row, fact in rng.sample(cells, min(moves, len(cells))):
            heading = fact.heading or fact.name
            text = tables[table][row].get(heading)
            if text is None or text == fact.gone or fact.writing in ("percent", "suffix"):
                continue
            one = pipeline.checked.inputs[fact.name]
            if one.facts.type.kind is Kind.CATEGORY:
                new = rng.choice([word for word in fact.words if word != text] or [None])
            else:
                new = moved_text(rng, one.facts.type.kind, text, fact.decimals, one.facts.bounds.high)
            if new is None:
                continue
            after_tables = with_cell(tables, table, row, heading, new)
            if before is None:
                before = _computed(pipeline, tables)
            after = _computed(pipeline, after_tables)
            if before is None or after is None:
                continue
            (move,) = moves_of(pipeline, fact.name, text, new)
            owner = tables[table][row]
            key = owner.get("who") or next(r["who"] for r in tables["jobs"] if r["job"] == owner["job"])
            where = f"seed {seed}, company {number}, {table or 'people'} {row}: {fact.name} {text} to {new}"
            compared(Calculus(pipeline.checked, move, graph=graph), before, after, key, claims, where)


def _is_read(checked: Checked, graph: ReadGraph, name: str) -> bool:
    one = checked.inputs.get(name)
    return one is not None and can_move(checked, one) and any(name in graph.behind(q.name) for q in checked.quantities)


def _computed(pipeline: ir.Pipeline, tables: Tables) -> Computed | None:
    groups = {name: rows for name, rows in tables.items() if name in GROUPS}
    details = {name: rows for name, rows in tables.items() if name and name not in GROUPS}
    try:
        return pipeline.compute(pipeline.people(tables[""], details, groups))
    except ir.DataError:
        return None


@pytest.mark.sampled(1)
@pytest.mark.parametrize("chunk", CHUNKS)
def test_no_claim_about_a_random_scheme_is_broken(chunk: int, pytestconfig: pytest.Config) -> None:
    claims = Claims()
    for number in range(SEEDS[str(pytestconfig.getoption("--profile"))]):
        tried(7_000_000 + chunk * 100_000 + number, claims)
    assert not claims.broken, claims.broken[0]
    assert claims.pairs and claims.moved, "nothing was moved"
