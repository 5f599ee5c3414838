"""Where one person is enough, the columnar engine and the scalar engine give the same: results and problems."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.problems import Problem
from incentive_rules.compiling import compile_plan
from incentive_rules.engine.columnar import ColumnarEngine, Outcome
from incentive_rules.engine.scalar import ScalarEngine
from incentive_rules.model.plan import Plan
from incentive_rules.model.result import Result
from incentive_rules.reading.cells.cell import read_cell
from tests.compiling import generated
from tests.compiling.test_meaning import read_exact
from tests.engine.populations import Row, population
from tests.engine.test_scalar_details import orders_scheme

Person = tuple[Row, Sequence[Row]]


def together(plan: Plan, engine: ColumnarEngine, people: Sequence[Person], key: str = "") -> Outcome:
    orders = [(number, order) for number, (_, own) in enumerate(people) for order in own]
    details = {"orders": orders} if plan.details else {}
    return engine.run(population(plan.levels, [row for row, _ in people], details, key=key))


def one_by_one(plan: Plan, engine: ScalarEngine, people: Sequence[Person]) -> list[Result | tuple[Problem, ...]]:
    return [engine.score(row, {"orders": own} if plan.details else None) for row, own in people]


def agree(plan: Plan, people: Sequence[Person], read: object = read_exact, key: str = "") -> None:
    assert plan.is_alone
    found = together(plan, ColumnarEngine(plan, read), people, key)  # type: ignore[arg-type]
    alone = one_by_one(plan, ScalarEngine(plan, read), people)  # type: ignore[arg-type]
    for result, problems, wanted in zip(found.results, found.problems, alone, strict=True):
        assert isinstance(wanted, Result) is (result is not None)
        assert (problems if result is None else result._state) == getattr(wanted, "_state", wanted)


@given(st.integers(0, 10**9), st.booleans())
def test_random_schemes(seed: int, details: bool) -> None:
    random = Random(seed)
    plan, _ = compile_plan(generated.scheme(random, details))
    if plan is not None:
        agree(plan, [(generated.person(random), generated.orders(random)) for _ in range(random.randint(0, 6))])


def test_problems_stand_at_the_same_rows() -> None:
    plan, _ = compile_plan(orders_scheme())
    assert plan is not None
    sound = {"hours": 1, "late": False}
    people: list[Person] = [
        ({"engineer": "E1"}, [sound, {"hours": 25, "late": False}, {"hours": 21, "late": True}]),
        ({"engineer": "E2"}, [sound, {"hours": Fraction(1, 2), "late": "x"}]),
        ({"engineer": "E3"}, [{"hours": 21, "late": False}, sound, {"hours": 22, "late": False}]),
        ({"engineer": "E4"}, [sound, sound]),
        ({"engineer": "E5"}, [sound] * 6),
        ({"engineer": "E6"}, [7]),  # type: ignore[list-item]
        ({"engineer": ""}, []),
        ({}, [{"hours": 1}]),
    ]
    agree(plan, people, read_cell, "engineer")


@given(st.integers(0, 10**9))
def test_random_problems(seed: int) -> None:
    """Cells that are wrong, absent or of another kind, among cells that are right."""
    random = Random(seed)
    plan, _ = compile_plan(generated.scheme(random))
    if plan is None:
        return
    wrong = (None, "", "x", -100, Fraction(1, 7), 10**9, True, 1.5, [])

    def spoilt(row: Row) -> Row:
        return {name: random.choice(wrong) if random.random() < 0.1 else value for name, value in row.items()}

    people = [(spoilt(generated.person(random)), [spoilt(o) for o in generated.orders(random)]) for _ in range(5)]
    agree(plan, people, read_cell)
