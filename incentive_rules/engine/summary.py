"""Everybody: all rows through the engine, the good ones paid or all refused, and the sums that reconcile it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from attrs import field, frozen

from ..base.numbers import to_decimal
from ..base.problems import Problem
from ..base.reports import message_of
from ..model.data import DataRow, People, Population
from ..model.levels import Level
from ..model.on_demand import ChosenItems, OnDemand
from ..model.plan import Plan
from ..model.result import Result, Value, units_of
from ..model.run import HonorOutcome, PoolOutcome, Quarantined, Summary
from ..model.scheme import Role

if TYPE_CHECKING:
    from .columnar import ColumnarEngine

Corrections = Callable[[DataRow], Mapping[str, int]]
_MONEY_ROLES = (Role.PAY, Role.RESULT)
OutcomeOfRow = tuple[DataRow, Result | None, tuple[Problem, ...]]


class Outcomes(OnDemand[OutcomeOfRow]):
    """Each row of people with its result, or with its problems; rows are made when somebody looks at them."""

    def __init__(
        self, rows: Sequence[DataRow], results: Sequence[Result | None], problems: Sequence[tuple[Problem, ...]]
    ) -> None:
        self.rows, self.results, self.problems = rows, results, problems

    def made(self, number: int) -> OutcomeOfRow:
        return self.rows[number], self.results[number], self.problems[number]

    def __len__(self) -> int:
        return len(self.results)


def _outcomes_of(outcomes: Sequence[OutcomeOfRow]) -> Outcomes:
    if isinstance(outcomes, Outcomes):
        return outcomes
    kept = tuple(outcomes)
    return Outcomes([row for row, _, _ in kept], [result for _, result, _ in kept], [found for _, _, found in kept])


@frozen
class Computed:
    """Each row with its result, or with the problems for which it has none; and what became of groups.

    `population` is what they were computed from.
    """

    outcomes: Outcomes = field(converter=_outcomes_of)
    groups: Mapping[str, Mapping[str, Mapping[str, Value]]] = field(factory=dict, repr=False)
    pools: tuple[PoolOutcome, ...] = ()
    honors: tuple[HonorOutcome, ...] = ()
    unowned: tuple[Problem, ...] = ()  # of groups to which no person belongs
    population: Population | None = field(default=None, repr=False, eq=False)
    gone: Mapping[Level, frozenset[int]] = field(factory=dict, repr=False)  # rows above people that do not stand

    @property
    def results(self) -> Sequence[Result | None]:
        """The result of each row of people, None where there is none."""
        return self.outcomes.results

    @property
    def problems_of_people(self) -> Sequence[tuple[Problem, ...]]:
        """The problems of each row of people."""
        return self.outcomes.problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*chain.from_iterable(self.problems_of_people), *self.unowned)

    def rows(self, numbers: Sequence[int]) -> Sequence[DataRow]:
        """These rows of people, each made when somebody looks at it."""
        return ChosenItems(self.outcomes.rows, numbers)

    @property
    def accepted(self) -> list[int]:
        """The numbers of the rows that have a result."""
        return [number for number, result in enumerate(self.results) if result is not None]


def compute_together(people: People, population: Population, engine: ColumnarEngine) -> Computed:
    """Everybody at once."""
    outcome = engine.run(population)
    refused = {row.number: problems for row, problems in population.refused}
    results: list[Result | None] = [None] * len(people.rows)
    problems: list[tuple[Problem, ...]] = [()] * len(people.rows)
    others = (number for number in range(len(people.rows)) if number not in refused)
    for number, result, own in zip(others, outcome.results, outcome.problems, strict=True):
        results[number], problems[number] = result, own
    for number, own in refused.items():
        problems[number] = own
    outcomes = Outcomes(people.rows, results, problems)
    return Computed(outcomes, outcome.groups, outcome.pools, outcome.honors, outcome.unowned, population, outcome.gone)


def summarise(
    computed: Computed, people: People, plan: Plan, corrections: Corrections | None, together: Mapping[str, int]
) -> Summary:
    """The sums of a run: of each pay line and result, in the order of the scheme; 0 where nobody was paid.

    `together` are the corrected numbers of groups, beside those of the people who are paid.
    """
    counts = dict(together)
    results = computed.results
    paid = [number for number, result in enumerate(results) if result is not None and result.in_scope]
    money = [o for o in plan.outputs if o.role in _MONEY_ROLES and not o.level]
    totals = {o.name: to_decimal(units_of(o.name, results), o.decimals or 0) for o in money}
    for found in map(corrections, computed.rows(paid)) if corrections is not None else ():
        for name, count in found.items():
            counts[name] = counts.get(name, 0) + count
    refused = sum(result is None for result in results)
    left_out = {name: read.left_out for name, read in people.read.items() if read.left_out}
    outside = len(results) - refused - len(paid)
    return Summary(len(results), len(paid), refused, outside, totals, counts, people.unread, left_out)


def causes(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems without those that only wait for others to be mended, if there are such others."""
    found = tuple(problem for problem in problems if not problem.follows)
    return found or tuple(problems)


def set_aside(problems: Sequence[Problem], language: str) -> tuple[Quarantined, ...]:
    """The problems as a list that people can work through."""
    return tuple(
        Quarantined(p.key, p.row, p.column, _unquoted(p.params.get("value", "")), message_of(p, language), p)
        for p in problems
    )


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
