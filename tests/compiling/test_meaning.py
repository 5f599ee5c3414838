"""A plan says what its terms say: random schemes on a plan interpreter and as Python, beside plain Fractions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.problems import Problem
from incentive_rules.compiling import compile_plan
from incentive_rules.engine.scalar import ScalarEngine
from incentive_rules.model.checked import Checked, CheckedInput
from incentive_rules.model.plan import Lit, Plan, PlanOutput
from incentive_rules.model.result import MISSING, Result
from tests.compiling import generated, interpreter
from tests.compiling.invariants import plan_faults, plan_invariants
from tests.compiling.meaning import Person, Row, Value


def read_exact(one: CheckedInput, raw: object) -> Fraction | str | bool | int | Problem | None:
    """Rows of these tests hold exact values already."""
    assert raw is None or isinstance(raw, Fraction | str | bool)
    return raw


def input_cells(plan: Plan, row: Row, level: tuple[str, ...]) -> interpreter.Cells:
    cells: interpreter.Cells = {}
    for one in plan.inputs:
        if one.level == level:
            value = row[one.name]
            if one.known is not None:
                cells[one.known] = value is not None
            if isinstance(value, Fraction):
                value = int(value * 10**one.decimals)
            cells[one.cell] = one.filler if value is None else value
    return cells


def answer(output: PlanOutput, cells: interpreter.Cells) -> Value:
    if output.known is not None and cells[output.known] is False:
        return None
    top = cells[output.numerator]
    if isinstance(top, bool | str):
        return top
    below = 10 ** (output.decimals or 0)
    for one in output.denominators:
        below *= int(one.value) if isinstance(one, Lit) else int(cells[one])
    return Fraction(top, below)


def interpreted(plan: Plan, row: Row, orders: Sequence[Row]) -> dict[str, object]:
    rows = [input_cells(plan, order, ("orders",)) for order in orders] if plan.details else []
    person, tables = interpreter.run(plan, {"": input_cells(plan, row, ())}, {"orders": rows})
    return {
        o.name: tuple(answer(o, cells) for cells in tables["orders"]) if o.level else answer(o, person)
        for o in plan.outputs
    }


def exact(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(exact(one) for one in value)
    return None if value is MISSING else value if isinstance(value, str | bool) else Fraction(value)  # type: ignore[arg-type]


def expected(checked: Checked, row: Row, orders: Sequence[Row]) -> dict[str, object]:
    person = Person(checked, row, {"orders": list(orders)})
    return {
        q.name: tuple(r[q.name] for r in person.rows["orders"]) if q.level else person.values[q.name]
        for q in checked.quantities
    }


def agree(checked: Checked, people: Sequence[tuple[Row, Sequence[Row]]]) -> None:
    plan, findings = compile_plan(checked)
    if plan is None:
        assert {finding.code for finding in findings} == {"too-wide"}
        return
    assert plan_faults(plan) == ()
    engine = ScalarEngine(plan, read_exact)
    for row, orders in people:
        wanted = expected(checked, row, orders)
        assert interpreted(plan, row, orders) == wanted
        details: Mapping[str, Sequence[Row]] | None = {"orders": orders} if plan.details else None
        result = engine.score(row, details)
        assert isinstance(result, Result)
        assert {name: exact(value) for name, value in result.items()} == wanted


@given(st.integers(0, 10**9))
def test_a_plan_gives_the_digits_of_the_terms(seed: int) -> None:
    random = Random(seed)
    checked = generated.scheme(random, details=False)
    agree(checked, [(generated.person(random), ()) for _ in range(6)])


@given(st.integers(0, 10**9))
def test_so_does_a_plan_with_detail_rows(seed: int) -> None:
    random = Random(seed)
    checked = generated.scheme(random)
    agree(checked, [(generated.person(random), generated.orders(random)) for _ in range(4)])


def test_every_invariant_is_looked_at() -> None:
    """An invariant that never meets its subject proves nothing."""
    walked: Counter[str] = Counter()
    for seed in range(60):
        plan, _ = compile_plan(generated.scheme(Random(seed)))
        if plan is not None:
            walked.update({one.name: one.walked for one in plan_invariants(plan)})
    walked.pop("weights_and_denominators_are_not_negative")  # of ranks and pools: test_meaning_people
    assert min(walked.values()) > 20
