"""Everybody of a run, computed together in columns; and their referee."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property

from attrs import evolve, frozen

from .base.problems import Problem
from .base.stacks import on_its_own_stack
from .engine.columnar import ColumnarEngine
from .engine.summary import Computed, compute_together
from .explaining.explain import Explanation, explain
from .explaining.whole_groups import GroupExplanation, explain_groups
from .judging.judge import PopulationReferee, referee
from .judging.testimony import Effort, TooMuch, focus_of
from .model.checked import Checked
from .model.data import DataRow, People, Population
from .model.exact_values import as_constant
from .model.levels import PERSON
from .model.on_demand import ChosenItems
from .model.plan import Plan
from .model.result import Result
from .model.run import HonorOutcome, PoolOutcome
from .model.terms import Constant
from .model.trace import GivenValue, Judgement, Trace, TraceLine
from .reading.cells.cell import read_cell
from .reading.exact import exact_population
from .reading.population import population_of
from .reading.tables.data_rows import with_changed
from .reading.values import details_of, read_person

OnProgress = Callable[[int, int], None]
Judge = Callable[[DataRow], Judgement]


class BatchEngine:
    """The engine of whole runs."""

    engine = "columns"  # what records call it

    def __init__(self, checked: Checked, plan: Plan) -> None:
        self.checked = checked
        self.plan = plan
        self._columnar = ColumnarEngine(plan, read_cell)

    def compute(self, people: People, progress: OnProgress | None = None) -> Computed | tuple[Problem, ...]:
        """The results of everybody; or the problems of tables that are too large for any result."""
        population, problems = population_of(self.checked, people, self.plan.is_alone)
        if population is None:
            return problems
        computed = compute_together(people, population, self._columnar)
        if progress is not None:
            for number in range(len(people.rows)):
                progress(number + 1, len(people.rows))
        return computed.explained_by(Hearing(self.checked, self.plan, people, computed).explained)


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
        return self._alone_before(row, self.effort) if self._alone else self._everybody.judge(self.number(row))

    def among_others(self, rows: Iterable[DataRow], effort: Effort) -> Bench:
        """Who judges these rows of people, no further than the effort, the values of others as the run has them."""
        if self._alone:
            return Bench(on_its_own_stack(lambda row: self._alone_before(row, effort)))
        levels = self.checked.levels
        exact = exact_population(self.checked, self.population)
        judged = frozenset(map(self.number, rows))
        said = Said(self._computed, self.standing, judged)
        focus = focus_of(levels, exact, judged, effort.largest)
        everybody = PopulationReferee(self.checked, exact, testimony=said, focus=focus, effort=effort)
        return Bench(on_its_own_stack(lambda row: everybody.judge(self.number(row))), everybody.case.taken)

    @on_its_own_stack
    def outcomes(self) -> tuple[tuple[PoolOutcome, ...], tuple[HonorOutcome, ...]]:
        """What the referee finds of pools and honours."""
        return ((), ()) if self._alone else (self._everybody.pools(), self._everybody.honors())

    def trace(self, row: DataRow) -> Trace:
        """How everything about this person came about, with where earlier values are from."""
        return tuple(_from_earlier(line, row) for line in self.judge(row).trace)

    @on_its_own_stack
    def explain(self, row: DataRow, name: str | None = None, lang: str = "", all: bool = False) -> Explanation:
        """Why this person gets this."""
        return explain(self.checked, self.trace(row), name, lang or self.checked.scheme.language or "en", all)

    def explain_groups(self, name: str, lang: str = "", anonymous: bool = False) -> tuple[GroupExplanation, ...]:
        """Who shares a pool, is chosen, or gets which grade, group by group; numbers for keys if they are anonymous."""
        paid = [row for row, result, _ in self._computed.outcomes if result is not None and result.in_scope]
        digits = len(str(len(paid)))
        called = [str(number).zfill(digits) if anonymous else row.key for number, row in enumerate(paid, 1)]
        traces = ((who, self.judge(row).trace) for who, row in zip(called, paid, strict=True))
        return explain_groups(self.checked, traces, name, lang or self.checked.scheme.language or "en")

    def explained(self, number: int, _: object, name: str | None, lang: str) -> Explanation:
        """Why the person with this number gets this, as a result asks for it."""
        return self.explain(self._people.rows[number], name, lang)

    def _alone_before(self, row: DataRow, effort: Effort) -> Judgement:
        values, tables, _ = read_person(self.checked, row, details_of(self._people, row))
        return referee(self.checked, values, tables, effort)

    @cached_property
    def _everybody(self) -> PopulationReferee:
        exact = exact_population(self.checked, self.population)
        return PopulationReferee(self.checked, exact, effort=self.effort)

    @cached_property
    def population(self) -> Population:
        """Everybody but the refused. Who is held is not refused: others rest on them."""
        computed, rows, known = self._computed, self._people.rows, self._computed.population
        without = ((number, computed.problems_of_people[number]) for number in computed.refused)
        refused = {number: evolve(rows[number], problems=problems) for number, problems in without
                   if not _is_held(problems)}  # fmt: skip
        if known is not None and refused.keys() == {row.number for row, _ in known.refused}:
            return known
        population, _ = population_of(self.checked, evolve(self._people, rows=with_changed(rows, refused)))
        assert population is not None  # it was computed
        return population

    @cached_property
    def standing(self) -> Sequence[int]:
        """The numbers of the rows of the people in the population, by those of the people there."""
        refused = {row.number for row, _ in self.population.refused}
        size = len(self._people.rows)
        return [number for number in range(size) if number not in refused] if refused else range(size)

    def number(self, row: DataRow) -> int:
        """The number in the population of a person who is in it."""
        return bisect_left(self.standing, row.number)


def _from_earlier(line: TraceLine, row: DataRow) -> TraceLine:
    """An input of the person with where its value is from, where no file brought it."""
    own = line.level == PERSON and line.key in ("", row.key) and isinstance(line.source, GivenValue)
    return evolve(line, source=GivenValue(row.earlier[line.name])) if own and line.name in row.earlier else line


def _is_held(problems: tuple[Problem, ...]) -> bool:
    return all(problem.code == "data-held" for problem in problems)


class Said:
    """The results of a run by the numbers of people, but of those who are `judged`, and the values of groups."""

    def __init__(self, computed: Computed, standing: Sequence[int], judged: frozenset[int]) -> None:
        """`standing` are the numbers of the rows of people, by those of the people in the population."""
        self._groups = computed.groups
        self._judged = judged
        self._outcomes = ChosenItems(computed.results, standing)
        self._known: dict[int, Result | None] = {}

    def _result(self, person: int) -> Result | None:
        if person not in self._known:
            self._known[person] = self._outcomes[person]
        return self._known[person]

    def is_heard_of(self, person: int) -> bool:
        return person not in self._judged and self._result(person) is not None

    def takes_part(self, person: int) -> bool:
        result = self._result(person)
        return result is not None and result.in_scope

    def of_person(self, person: int, name: str) -> Constant:
        result = self._result(person)
        value = None if result is None else result[name]
        if value is None or isinstance(value, tuple):
            raise TooMuch(name)
        return as_constant(value)

    def of_row(self, person: int, name: str, number: int) -> Constant:
        result = self._result(person)
        values = None if result is None else result[name]
        if not isinstance(values, tuple) or number > len(values):
            raise TooMuch(name)
        return as_constant(values[number - 1])

    def of_group(self, level: str, key: str, name: str) -> Constant:
        found = self._groups.get(level, {}).get(key, {})
        if name not in found:  # it waits for a refused row
            raise TooMuch(name)
        return as_constant(found[name])
