"""A plan over a population says what its terms say: random schemes of several levels, beside Fractions."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.problems import Problem
from incentive_rules.compiling import compile_plan
from incentive_rules.engine.columns.cells import Columns, Texts
from incentive_rules.engine.columns.decode import Decoder
from incentive_rules.engine.columns.index import index_of
from incentive_rules.engine.columns.program import Program
from incentive_rules.model.arrays import Array
from incentive_rules.model.checked import CheckedInput
from incentive_rules.model.data import Population
from incentive_rules.model.plan import Cell, Lit, Plan, PlanOutput, Spread
from tests.compiling import generated_people
from tests.compiling.invariants import plan_faults, plan_invariants
from tests.compiling.meaning import Value
from tests.compiling.meaning_people import judged
from tests.compiling.test_meaning import read_exact


def read_or_refuse(one: CheckedInput, raw: object) -> Fraction | str | bool | int | Problem | None:
    """Exact values, and the text `bad`, which nothing can be."""
    return Problem("data-bad", {"input": one.name}) if raw == "bad" else read_exact(one, raw)


def columns_of(plan: Plan, population: Population) -> Columns:
    """Every cell's column."""
    texts, decoder = Texts(), Decoder(plan, read_exact)
    inputs: dict[Cell, Array] = {}
    for level in plan.levels:
        columns, bad = decoder.decoded(level, population.tables[level], texts)
        assert bad == []
        inputs.update(columns)
    wanted = [*inputs, *(step.cell for step in plan.steps)]
    return Program(plan, wanted).run(index_of(plan.levels, population), inputs, texts, population)


def values(plan: Plan, output: PlanOutput, columns: Columns) -> list[Value]:
    """A quantity's values, from its cells."""
    tops = columns.values(output.numerator)
    known = [True] * len(tops) if output.known is None else columns.values(output.known)
    belows = [10 ** (output.decimals or 0)] * len(tops)
    for one in output.denominators:
        factors = [one.value] * len(tops) if isinstance(one, Lit) else columns.values(one)
        belows = [below * factor for below, factor in zip(belows, factors, strict=True)]
    return [
        (Fraction(top, below) if type(top) is int else top) if is_known else None
        for top, below, is_known in zip(tops, belows, known, strict=True)
    ]


@given(st.integers(0, 10**9))
def test_a_plan_over_a_population_gives_the_digits_of_the_terms(seed: int) -> None:
    random = Random(seed)
    checked = generated_people.scheme(random)
    plan, findings = compile_plan(checked)
    if plan is None:
        assert {finding.code for finding in findings} <= {"too-wide", "exact-aggregated"}
        return
    assert plan_faults(plan) == ()
    for _ in range(3):
        population = generated_people.population(random)
        columns = columns_of(plan, population)
        for step in plan.steps:
            if not isinstance(step, Spread) and step.low is not None and step.high is not None:
                assert all(step.low <= value <= step.high for value in columns.values(step.cell)), step
        wanted = judged(checked, population)
        assert {output.name: values(plan, output, columns) for output in plan.outputs} == wanted


def test_every_invariant_is_looked_at() -> None:
    walked: Counter[str] = Counter()
    for seed in range(80):
        plan, _ = compile_plan(generated_people.scheme(Random(seed)))
        if plan is not None:
            walked.update({one.name: one.walked for one in plan_invariants(plan)})
    assert min(walked.values()) > 20
