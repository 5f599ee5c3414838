"""Everybody of a run: one person after another where each stands alone, else all together; and their referee."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from attrs import evolve

from .base.problems import Problem
from .base.stacks import on_its_own_stack
from .explaining.explain import Explanation, explain
from .model.checked import Checked
from .model.data import DataRow, People
from .model.levels import PERSON
from .model.plan import Plan
from .model.result import Result, set_explainer
from .model.trace import Judgement
from .reading.cells import read_cell
from .reading.exact import exact_population
from .reading.population import population_of
from .reading.values import details_of, engine_rows, located, read_person
from .running.lists import ListEngine
from .running.many import Computed, Score, compute, compute_together
from .running.referee import Court, referee
from .running.scalar import ScalarEngine
from .running.scalar import Score as Engine

Progress = Callable[[int, int], None]


class Everybody:
    """The engine of whole runs."""

    def __init__(self, checked: Checked, plan: Plan, score: Engine | None = None) -> None:
        """`score` is the engine of one person alone, where it is ready already."""
        self.checked = checked
        self.plan = plan
        self._ready = score

    @property
    def engine(self) -> str:
        """Which engine it is: `scalar` or `lists`."""
        return "scalar" if self.plan.is_alone else "lists"

    @cached_property
    def _scalar(self) -> Engine:
        return self._ready or ScalarEngine(self.plan, read_cell).score

    @cached_property
    def _lists(self) -> ListEngine:
        return ListEngine(self.plan, read_cell)

    def compute(self, people: People, progress: Progress | None = None) -> Computed | tuple[Problem, ...]:
        """The results of everybody; or the problems of tables that are too large for any result."""
        if self.plan.is_alone:
            computed = compute(people, self._score_of(people), progress)
        else:
            population, problems = population_of(self.checked, people)
            if population is None:
                return problems
            computed = compute_together(people, population, self._lists)
        hearing = Hearing(self.checked, self.plan, people, computed)
        for row, result, _ in computed.outcomes:
            if result is not None:
                set_explainer(result, (hearing.explained, row, None))
        return computed

    def _score_of(self, people: People) -> Score:
        def score(row: DataRow) -> tuple[Result | None, tuple[Problem, ...]]:
            details = details_of(people, row)
            found = self._scalar(*engine_rows(self.checked, row, details))
            return (None, located(found, row, details)) if isinstance(found, tuple) else (found, ())

        return score


class Hearing:
    """The people of one run before the referee: each is judged when somebody asks, with all that they rest on."""

    def __init__(self, checked: Checked, plan: Plan, people: People, computed: Computed) -> None:
        self.checked = checked
        self._alone = plan.is_alone
        self._people = people
        self._computed = computed

    @on_its_own_stack
    def judge(self, row: DataRow) -> Judgement:
        """What the referee finds for a row of people that was not refused."""
        if self._alone:
            values, tables, _ = read_person(self.checked, row, details_of(self._people, row))
            return referee(self.checked, values, tables)
        court, numbers = self._court
        return court.judge(numbers[id(row)])

    @on_its_own_stack
    def explain(self, row: DataRow, name: str | None = None, lang: str = "", all: bool = False) -> Explanation:
        """Why this person gets this."""
        return explain(self.checked, self.judge(row).trace, name, lang or self.checked.scheme.language or "en", all)

    def explained(self, row: DataRow, _: object, name: str | None, lang: str) -> Explanation:
        """The same as a result asks for it."""
        return self.explain(row, name, lang)

    @cached_property
    def _court(self) -> tuple[Court, dict[int, int]]:
        """The referee of everybody but the refused. Who is held is not refused: others rest on them."""
        rows = tuple(
            evolve(row, problems=problems) if result is None and not _is_held(problems) else row
            for row, result, problems in self._computed.outcomes
        )
        population, _ = population_of(self.checked, evolve(self._people, rows=rows))
        assert population is not None  # it was computed
        numbers = {id(origin): n for n, origin in enumerate(population.tables[PERSON].origins)}
        return Court(self.checked, exact_population(self.checked, population)), numbers


def _is_held(problems: tuple[Problem, ...]) -> bool:
    return all(problem.code == "data-held" for problem in problems)
