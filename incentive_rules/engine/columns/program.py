"""A plan's work in turn: what gives the cells that somebody wants their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from ...model.arrays import Array
from ...model.data import Population
from ...model.plan import Cell, Gather, Latest, Let, Plan, Quantile, Rank, RunningSum, Share, Spread, Step
from ...model.plan_cells import step_refs, steps_to
from .cells import Columns, Texts, facts_of_cells
from .crossings import gathered, latest, quantile, ranked, running
from .index import Index
from .precedence import Precedence
from .sharing import shared
from .steps import Work, work_of


class Program:
    """The steps on which the `wanted` cells rest, in their order."""

    def __init__(self, plan: Plan, wanted: Iterable[Cell]) -> None:
        self._plan = plan
        self._facts = facts_of_cells(plan)
        kept = frozenset(wanted)
        steps = steps_to(plan.steps, kept)
        last = {cell: number for number, step in enumerate(steps) for cell in (step.cell, *step_refs(step))}
        done: list[list[Cell]] = [[] for _ in steps]
        for cell, number in last.items():
            if cell not in kept:
                done[number].append(cell)
        self._work = [(step, self._work_of(step), cells) for step, cells in zip(steps, done, strict=True)]

    def _work_of(self, step: Step) -> Work | None:
        """What works a step out; None for a `Share`, which needs the keys of its rows as well."""
        match step:
            case Let() | Spread():
                return work_of(step, self._facts, self._plan.maps)
            case Gather():
                return partial(gathered, step)
            case Latest():
                return partial(latest, step)
            case Quantile():
                return partial(quantile, step)
            case Rank():
                return partial(ranked, step)
            case RunningSum():
                return partial(running, step)
        return None

    def run(self, index: Index, inputs: Mapping[Cell, Array], texts: Texts, population: Population) -> Columns:
        """The columns of the wanted cells; `inputs` are those of all inputs, for the rows of `index`."""
        columns = Columns(self._facts, index, texts)
        precedence = Precedence(self._plan, population, index, inputs, texts)
        for cell, column in inputs.items():
            columns[cell] = column
        for step, work, done in self._work:
            if work is not None:
                columns[step.cell] = work(columns)
            elif isinstance(step, Share):
                columns[step.cell] = shared(step, columns, partial(precedence.places, step.level))
            columns.drop(done)
        return columns
