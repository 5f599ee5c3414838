"""A plan that promises too much is found out where it does, and not where a number has wrapped."""

from __future__ import annotations

from random import Random

import pytest
from attrs import evolve

from incentive_rules.compiling import compile_plan
from incentive_rules.engine.columnar import ColumnarEngine
from incentive_rules.engine.columns import cells
from incentive_rules.model.plan import Gather, Let, Lit
from tests.compiling import generated_people
from tests.compiling.test_meaning_people import columns_of, read_exact

SEED = 3


def test_a_bound_that_is_too_tight_is_found_at_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(SEED)
    plan, _ = compile_plan(generated_people.scheme(random))
    assert plan is not None
    population = generated_people.population(random, 6)
    columns = columns_of(plan, population)
    found = 0
    for number, step in enumerate(plan.steps):
        if isinstance(step, Let | Gather) and step.low is not None and not isinstance(getattr(step, "expr", None), Lit):
            values = columns.values(step.cell)
            if values and max(values) > step.low:  # type: ignore[type-var, operator]
                tight = evolve(step, high=int(max(values)) - 1)  # type: ignore[type-var]
                broken = evolve(plan, steps=(*plan.steps[:number], tight, *plan.steps[number + 1 :]))
                with pytest.raises(AssertionError, match=f"cell {step.cell}: .* not within"):
                    columns_of(broken, population)
                found += 1
    assert found > 5
    monkeypatch.setattr(cells, "bounds_are_checked", False)
    assert len(ColumnarEngine(broken, read_exact).run(population).results) == 6  # outside the tests it costs nothing
