"""A plan over a population says what its terms say: random schemes of several levels in lists, beside Fractions."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.problems import Problem
from incentive_rules.compiling import compile_plan
from incentive_rules.compiling.invariants import plan_faults, plan_invariants
from incentive_rules.model.checked import CheckedInput
from incentive_rules.model.data import Population
from incentive_rules.model.plan import Lit, Plan, PlanOutput, Spread
from incentive_rules.running.lists import Runnable
from incentive_rules.running.lists_crossings import Columns
from incentive_rules.running.lists_frames import frames_of
from incentive_rules.running.lists_reading import Reading
from tests.compiling import generated_people
from tests.compiling.meaning import Value
from tests.compiling.meaning_people import judged
from tests.compiling.test_meaning import read_exact


def read_or_refuse(one: CheckedInput, raw: object) -> Fraction | str | bool | int | Problem | None:
    """Exact values, and the text `bad`, which nothing can be."""
    return Problem("data-bad", {"input": one.name}) if raw == "bad" else read_exact(one, raw)


def columns_of(plan: Plan, population: Population) -> Columns:
    """Every cell's column."""
    frames = frames_of(plan.levels, population)
    reading = Reading(plan, read_exact)
    inputs = {}
    for level in plan.levels:
        columns, bad = reading.read(level, population.tables[level].rows)
        assert bad == []
        inputs.update(columns)
    return Runnable(reading, plan, [step.cell for step in plan.steps], "").run(frames, inputs, population)


def values(plan: Plan, output: PlanOutput, columns: Columns) -> list[Value]:
    """A quantity's values, from its cells."""
    tops = columns[output.numerator]
    known = [True] * len(tops) if output.known is None else columns[output.known]
    belows = [10 ** (output.decimals or 0)] * len(tops)
    for one in output.denominators:
        factors = [one.value] * len(tops) if isinstance(one, Lit) else columns[one]
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
                assert all(step.low <= value <= step.high for value in columns[step.cell]), step
        wanted = judged(checked, population)
        assert {output.name: values(plan, output, columns) for output in plan.outputs} == wanted


def test_every_invariant_is_looked_at() -> None:
    walked: Counter[str] = Counter()
    for seed in range(80):
        plan, _ = compile_plan(generated_people.scheme(Random(seed)))
        if plan is not None:
            walked.update({one.name: one.walked for one in plan_invariants(plan)})
    assert min(walked.values()) > 20
