"""One person by the engine that their plan needs: the scalar one, or lists where rows are nested or ordered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..base.problems import Problem
from ..model.data import Population
from ..model.plan import Plan
from ..model.result import Result
from .lists import ListEngine
from .lists_reading import ReadCell
from .scalar import ScalarEngine

Facts = Mapping[str, object]
Tables = Mapping[str, Sequence[Facts]]
Problems = tuple[Problem, ...]
Gather = Callable[[Facts, Tables], "tuple[Population | None, Problems]"]
Score = Callable[..., Result | Problems]


def one_person_engine(plan: Plan, read_cell: ReadCell, gather: Gather) -> Score:
    """`score(facts, tables)`: a result, or every problem. `gather` makes a population of one."""
    if plan.is_alone:
        return ScalarEngine(plan, read_cell).score
    engine = ListEngine(plan, read_cell)

    def score(facts: Facts, tables: Tables | None = None) -> Result | Problems:
        population, problems = gather(facts, tables or {})
        if population is None or problems:
            return problems
        outcome = engine.run(population)
        result = outcome.results[0]
        return outcome.problems[0] if result is None else result

    return score
