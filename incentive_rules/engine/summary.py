"""Everybody: all rows through the engine, the good ones paid or all refused, and the sums that reconcile it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve, field, frozen

from ..base.numbers import to_decimal
from ..base.problems import Problem
from ..base.reports import message_of
from ..model.data import DataRow, People, Population
from ..model.levels import Level
from ..model.on_demand import ChosenItems, Integers, OnDemand
from ..model.plan import Plan
from ..model.result import Explainer, Result, Value
from ..model.result_columns import MaybeResults, Results
from ..model.run import HonorOutcome, PoolOutcome, Quarantined, Summary
from ..model.scheme import Role

if TYPE_CHECKING:
    from .columnar import ColumnarEngine

Corrections = Callable[[DataRow], Mapping[str, int]]
_MONEY_ROLES = (Role.PAY, Role.RESULT)
OutcomeOfRow = tuple[DataRow, Result | None, tuple[Problem, ...]]


class Outcomes(OnDemand[OutcomeOfRow]):
    """Each row of people with its result, or with its problems; rows and results are made when they are looked at."""

    def __init__(
        self, rows: Sequence[DataRow], results: MaybeResults, problems: Sequence[tuple[Problem, ...]]
    ) -> None:
        self.rows, self.results, self.problems = rows, results, problems

    def made(self, number: int) -> OutcomeOfRow:
        return self.rows[number], self.results[number], self.problems[number]

    def __len__(self) -> int:
        return len(self.results)


@frozen
class Computed:
    """Each row with its result, or with the problems for which it has none; and what became of groups.

    `population` is what they were computed from.
    """

    outcomes: Outcomes
    groups: Mapping[str, Mapping[str, Mapping[str, Value]]] = field(factory=dict, repr=False)
    pools: tuple[PoolOutcome, ...] = ()
    honors: tuple[HonorOutcome, ...] = ()
    unowned: tuple[Problem, ...] = ()  # of groups to which no person belongs
    population: Population | None = field(default=None, repr=False, eq=False)
    gone: Mapping[Level, frozenset[int]] = field(factory=dict, repr=False)  # rows above people that do not stand

    @property
    def results(self) -> MaybeResults:
        """The result of each row of people, None where there is none."""
        return self.outcomes.results

    @property
    def paid(self) -> Results:
        """The results that there are, in the order of the data."""
        return self.results.results

    @property
    def problems_of_people(self) -> Sequence[tuple[Problem, ...]]:
        """The problems of each row of people."""
        return self.outcomes.problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*chain.from_iterable(self.problems_of_people), *self.unowned)

    def rows(self, numbers: Integers) -> Sequence[DataRow]:
        """These rows of people, each made when somebody looks at it."""
        return ChosenItems(self.outcomes.rows, numbers)

    @property
    def accepted(self) -> Integers:
        """The numbers of the rows that have a result."""
        return np.flatnonzero(self.results.has_result)

    @property
    def refused(self) -> list[int]:
        """The numbers of the rows that have none."""
        return np.flatnonzero(~self.results.has_result).tolist()

    def explained_by(self, explainer: Explainer) -> Computed:
        """The same with results that `explainer` can explain, which knows people by the numbers of their rows."""
        results = MaybeResults(self.paid.explained_by(explainer, self.accepted), self.results.places)
        return evolve(self, outcomes=Outcomes(self.outcomes.rows, results, self.outcomes.problems))


def compute_together(people: People, population: Population, engine: ColumnarEngine) -> Computed:
    """Everybody at once."""
    outcome = engine.run(population)
    refused = {row.number: problems for row, problems in population.refused}
    size = len(people.rows)
    stand = np.ones(size, bool)
    stand[list(refused)] = False
    places = np.full(size, -1)
    places[stand] = outcome.results.places
    problems: list[tuple[Problem, ...]] = [()] * size
    for number, own in zip(np.flatnonzero(stand).tolist(), outcome.problems, strict=True):
        problems[number] = own
    for number, own in refused.items():
        problems[number] = own
    outcomes = Outcomes(people.rows, MaybeResults(outcome.results.results, places), problems)
    return Computed(outcomes, outcome.groups, outcome.pools, outcome.honors, outcome.unowned, population, outcome.gone)


def summarise(
    computed: Computed, people: People, plan: Plan, corrections: Corrections | None, together: Mapping[str, int]
) -> Summary:
    """The sums of a run: of each pay line and result, in the order of the scheme; 0 where nobody was paid.

    `together` are the corrected numbers of groups, beside those of the people who are paid.
    """
    counts = dict(together)
    results = computed.paid
    money = [o for o in plan.outputs if o.role in _MONEY_ROLES and not o.level]
    units = {o.name: results.units(o.name) if len(results) else 0 for o in money}
    totals = {o.name: to_decimal(units[o.name], o.decimals or 0) for o in money}
    paid = np.asarray(computed.accepted)[results.in_scope]
    for found in map(corrections, computed.rows(paid)) if corrections is not None else ():
        for name, count in found.items():
            counts[name] = counts.get(name, 0) + count
    size = len(computed.outcomes)
    left_out = {name: read.left_out for name, read in people.read.items() if read.left_out}
    return Summary(
        size, len(paid), size - len(results), len(results) - len(paid), totals, counts, people.unread, left_out
    )


def set_aside(problems: Sequence[Problem], language: str) -> tuple[Quarantined, ...]:
    """The problems as a list that people can work through."""
    return tuple(
        Quarantined(p.key, p.row, p.column, _unquoted(p.params.get("value", "")), message_of(p, language), p)
        for p in problems
    )


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
