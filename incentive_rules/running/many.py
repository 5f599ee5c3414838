"""Everybody: each row through the engine, the good ones paid or all refused, and the sums that reconcile it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from ..base.numbers import to_decimal
from ..base.problems import Problem
from ..base.reports import message_of
from ..model.data import DataRow, People
from ..model.plan import Plan
from ..model.result import Result
from ..model.run import Quarantined, Summary
from ..model.scheme import Role

DetailRows = Mapping[str, tuple[DataRow, ...]]
Score = Callable[[DataRow, DetailRows], "tuple[Result | None, tuple[Problem, ...]]"]
Corrections = Callable[[DataRow, DetailRows], Mapping[str, int]]
_MONEY_ROLES = (Role.PAY, Role.RESULT)


@frozen
class Computed:
    """Each row with its result, or with the problems for which it has none."""

    outcomes: tuple[tuple[DataRow, Result | None, tuple[Problem, ...]], ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for _, _, problems in self.outcomes for problem in problems)


def compute(people: People, score: Score, progress: Callable[[int, int], None] | None = None) -> Computed:
    """Every row of `people` scored; a row with a problem of its own is not."""
    outcomes = []
    for number, row in enumerate(people.rows, 1):
        details = {name: groups.get(row.key, ()) for name, groups in people.details.items()}
        result, problems = (None, row.problems) if row.problems else score(row, details)
        outcomes.append((row, result, problems))
        if progress is not None:
            progress(number, len(people.rows))
    return Computed(tuple(outcomes))


def summarise(computed: Computed, people: People, plan: Plan, corrections: Corrections) -> Summary:
    """The sums of a run: of each pay line and result, in the order of the scheme; 0 where nobody was paid."""
    totals = {o.name: to_decimal(0, o.decimals or 0) for o in plan.outputs if o.role in _MONEY_ROLES and not o.level}
    counts: dict[str, int] = {}
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
                totals[name] += amount
        details = {name: groups.get(row.key, ()) for name, groups in people.details.items()}
        for name, count in corrections(row, details).items():
            counts[name] = counts.get(name, 0) + count
    return Summary(len(computed.outcomes), paid, refused, out_of_scope, totals, counts, people.unread)


def set_aside(problems: Sequence[Problem], language: str) -> tuple[Quarantined, ...]:
    """The problems as a list that people can work through."""
    return tuple(
        Quarantined(p.key, p.row, p.column, _unquoted(p.params.get("value", "")), message_of(p, language), p)
        for p in problems
    )


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
