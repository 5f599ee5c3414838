"""Everybody of a run: one person after another where each stands alone, else all together; and their referee."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from .base.problems import Problem
from .base.stacks import on_its_own_stack
from .engine.scalar import ScalarEngine
from .engine.scalar import Score as Engine
from .engine.summary import Computed, Score, compute, compute_together
from .explaining.explain import Explanation, explain
from .judging.judge import PopulationReferee, referee
from .judging.testimony import Effort, TooMuch, focus_of
from .model.checked import Checked
from .model.data import DataRow, People, Population
from .model.exact_values import as_constant
from .model.levels import PERSON
from .model.plan import Plan
from .model.result import Result, set_explainer
from .model.run import HonorOutcome, PoolOutcome
from .model.terms import Constant
from .model.trace import GivenValue, Judgement, TraceLine
from .reading.cells.cell import read_cell
from .reading.exact import exact_population
from .reading.population import population_of
from .reading.tables.data_rows import with_changed
from .reading.values import details_of, engine_rows, located, read_person

if TYPE_CHECKING:
    from .engine.columnar import ColumnarEngine

OnProgress = Callable[[int, int], None]
Judge = Callable[[DataRow], Judgement]


class BatchEngine:
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
    def _columnar(self) -> ColumnarEngine:
        from .engine.columnar import ColumnarEngine  # who stands alone waits for no arrays

        return ColumnarEngine(self.plan, read_cell)

    def compute(self, people: People, progress: OnProgress | None = None) -> Computed | tuple[Problem, ...]:
        """The results of everybody; or the problems of tables that are too large for any result."""
        if self.plan.is_alone:
            computed = compute(people, self._score_of(people), progress)
        else:
            population, problems = population_of(self.checked, people)
            if population is None:
                return problems
            computed = compute_together(people, population, self._columnar)
        hearing = Hearing(self.checked, self.plan, people, computed)
        for number, result in enumerate(computed.results):
            if result is not None:
                set_explainer(result, (hearing.explained, number, None))
        return computed

    def _score_of(self, people: People) -> Score:
        def score(row: DataRow) -> tuple[Result | None, tuple[Problem, ...]]:
            details = details_of(people, row)
            found = self._scalar(*engine_rows(self.checked, row, details))
            return (None, located(found, row, details)) if isinstance(found, tuple) else (found, ())

        return score


@frozen
class Bench:
    """Who judges some people: `judge` one row, and the quantities `taken` as the run has them, so far."""

    judge: Judge
    taken: Collection[str] = ()


class Hearing:
    """The people of one run before the referee: each is judged when somebody asks, with all that they rest on."""

    def __init__(self, checked: Checked, plan: Plan, people: People, computed: Computed) -> None:
        self.checked = checked
        self._alone = plan.is_alone
        self._people = people
        self._computed = computed
        self.effort = Effort()  # that of all judgements

    @on_its_own_stack
    def judge(self, row: DataRow) -> Judgement:
        """What the referee finds for a row of people that was not refused."""
        return self._alone_before(row, self.effort) if self._alone else self._everybody.judge(self._numbers[row.number])

    def among_others(self, rows: Iterable[DataRow], effort: Effort) -> Bench:
        """Who judges these rows of people, no further than the effort, the values of others as the run has them."""
        if self._alone:
            return Bench(on_its_own_stack(lambda row: self._alone_before(row, effort)))
        numbers, levels = self._numbers, self.checked.levels
        exact = exact_population(self.checked, self._population)
        judged = frozenset(numbers[row.number] for row in rows)
        said = Said(self._computed, numbers, judged)
        focus = focus_of(levels, exact, judged, effort.largest)
        everybody = PopulationReferee(self.checked, exact, testimony=said, focus=focus, effort=effort)
        return Bench(on_its_own_stack(lambda row: everybody.judge(numbers[row.number])), everybody.case.taken)

    @on_its_own_stack
    def outcomes(self) -> tuple[tuple[PoolOutcome, ...], tuple[HonorOutcome, ...]]:
        """What the referee finds of pools and honours."""
        return ((), ()) if self._alone else (self._everybody.pools(), self._everybody.honors())

    @on_its_own_stack
    def explain(self, row: DataRow, name: str | None = None, lang: str = "", all: bool = False) -> Explanation:
        """Why this person gets this."""
        trace = tuple(_from_earlier(line, row) for line in self.judge(row).trace)
        return explain(self.checked, trace, name, lang or self.checked.scheme.language or "en", all)

    def explained(self, number: int, _: object, name: str | None, lang: str) -> Explanation:
        """Why the person with this number gets this, as a result asks for it."""
        return self.explain(self._people.rows[number], name, lang)

    def _alone_before(self, row: DataRow, effort: Effort) -> Judgement:
        values, tables, _ = read_person(self.checked, row, details_of(self._people, row))
        return referee(self.checked, values, tables, effort)

    @cached_property
    def _everybody(self) -> PopulationReferee:
        exact = exact_population(self.checked, self._population)
        return PopulationReferee(self.checked, exact, effort=self.effort)

    @cached_property
    def _population(self) -> Population:
        """Everybody but the refused. Who is held is not refused: others rest on them."""
        computed, rows, known = self._computed, self._people.rows, self._computed.population
        outcomes = enumerate(zip(computed.results, computed.problems_of_people, strict=True))
        refused = {number: evolve(rows[number], problems=problems) for number, (result, problems) in outcomes
                   if result is None and not _is_held(problems)}  # fmt: skip
        if known is not None and refused.keys() == {row.number for row, _ in known.refused}:
            return known
        population, _ = population_of(self.checked, evolve(self._people, rows=with_changed(rows, refused)))
        assert population is not None  # it was computed
        return population

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        """The number of each person in the population, by that of the row among the rows of people."""
        refused = {row.number for row, _ in self._population.refused}
        return {row: n for n, row in enumerate(n for n in range(len(self._people.rows)) if n not in refused)}


def _from_earlier(line: TraceLine, row: DataRow) -> TraceLine:
    """An input of the person with where its value is from, where no file brought it."""
    own = line.level == PERSON and line.key in ("", row.key) and isinstance(line.source, GivenValue)
    return evolve(line, source=GivenValue(row.earlier[line.name])) if own and line.name in row.earlier else line


def _is_held(problems: tuple[Problem, ...]) -> bool:
    return all(problem.code == "data-held" for problem in problems)


class Said:
    """The results of a run by the numbers of people, but of those who are `judged`, and the values of groups."""

    def __init__(self, computed: Computed, numbers: Mapping[int, int], judged: frozenset[int]) -> None:
        """`numbers` leads from the number of a row of people to that of the person in the population."""
        self._groups = computed.groups
        self._judged = judged
        self._results: dict[int, Result] = {
            numbers[number]: result for number, result in enumerate(computed.results) if result is not None
        }

    def is_heard_of(self, person: int) -> bool:
        return person not in self._judged and person in self._results

    def takes_part(self, person: int) -> bool:
        return self._results[person].in_scope

    def of_person(self, person: int, name: str) -> Constant:
        value = self._results[person][name] if person in self._results else None
        if value is None or isinstance(value, tuple):
            raise TooMuch(name)
        return as_constant(value)

    def of_row(self, person: int, name: str, number: int) -> Constant:
        values = self._results[person][name] if person in self._results else None
        if not isinstance(values, tuple) or number > len(values):
            raise TooMuch(name)
        return as_constant(values[number - 1])

    def of_group(self, level: str, key: str, name: str) -> Constant:
        found = self._groups.get(level, {}).get(key, {})
        if name not in found:  # it waits for a refused row
            raise TooMuch(name)
        return as_constant(found[name])
