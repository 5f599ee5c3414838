"""Everybody: each row through the engine, the good ones paid or all refused, and the sums that reconcile it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import field, frozen

from ..base.numbers import EXACT, to_decimal
from ..base.problems import Problem
from ..base.reports import message_of
from ..model.data import DataRow, People, Population
from ..model.levels import Level
from ..model.plan import Plan
from ..model.result import Result, Value
from ..model.run import HonorOutcome, PoolOutcome, Quarantined, Summary
from ..model.scheme import Role

if TYPE_CHECKING:
    from .columnar import ColumnarEngine

Score = Callable[[DataRow], "tuple[Result | None, tuple[Problem, ...]]"]
Corrections = Callable[[DataRow], Mapping[str, int]]
_MONEY_ROLES = (Role.PAY, Role.RESULT)


@frozen
class Computed:
    """Each row with its result, or with the problems for which it has none; and what became of groups.

    `population` is what people together were computed from, None where each stands alone.
    """

    outcomes: tuple[tuple[DataRow, Result | None, tuple[Problem, ...]], ...]
    groups: Mapping[str, Mapping[str, Mapping[str, Value]]] = field(factory=dict, repr=False)
    pools: tuple[PoolOutcome, ...] = ()
    honors: tuple[HonorOutcome, ...] = ()
    nobodys: tuple[Problem, ...] = ()  # of groups to which no person belongs
    population: Population | None = field(default=None, repr=False, eq=False)
    gone: Mapping[Level, frozenset[int]] = field(factory=dict, repr=False)  # rows above people that do not stand

    @property
    def problems(self) -> tuple[Problem, ...]:
        found = (problem for _, _, problems in self.outcomes for problem in problems)
        return (*found, *self.nobodys)


def compute_together(people: People, population: Population, engine: ColumnarEngine) -> Computed:
    """Everybody at once, where people's values rest on each other's."""
    outcome = engine.run(population)
    refused = {row.number: problems for row, problems in population.refused}
    answers = zip(outcome.results, outcome.problems, strict=True)
    outcomes = tuple(
        (row, None, refused[row.number]) if row.number in refused else (row, *next(answers)) for row in people.rows
    )
    return Computed(outcomes, outcome.groups, outcome.pools, outcome.honors, outcome.nobodys, population, outcome.gone)


def compute(people: People, score: Score, progress: Callable[[int, int], None] | None = None) -> Computed:
    """Every row of `people` scored; a row with a problem of its own is not."""
    outcomes = []
    for number, row in enumerate(people.rows, 1):
        result, problems = (None, row.problems) if row.problems else score(row)
        outcomes.append((row, result, problems))
        if progress is not None:
            progress(number, len(people.rows))
    return Computed(tuple(outcomes))


def summarise(
    computed: Computed, people: People, plan: Plan, corrections: Corrections | None, together: Mapping[str, int]
) -> Summary:
    """The sums of a run: of each pay line and result, in the order of the scheme; 0 where nobody was paid.

    `together` are the corrected numbers of groups, beside those of the people who are paid.
    """
    totals = {o.name: to_decimal(0, o.decimals or 0) for o in plan.outputs if o.role in _MONEY_ROLES and not o.level}
    counts = dict(together)
    paid = out_of_scope = refused = 0
    for row, result, _ in computed.outcomes:
        if result is None:
            refused += 1
            continue
        if not result.in_scope:
            out_of_scope += 1
            continue
        paid += 1
        for name in totals:
            amount = result[name]
            if isinstance(amount, Decimal):
                totals[name] = EXACT.add(totals[name], amount)
        for name, count in corrections(row).items() if corrections is not None else ():
            counts[name] = counts.get(name, 0) + count
    left_out = {name: read.left_out for name, read in people.read.items() if read.left_out}
    return Summary(len(computed.outcomes), paid, refused, out_of_scope, totals, counts, people.unread, left_out)


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
