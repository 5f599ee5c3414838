"""Everybody together: any plan over a population, in lists of whole numbers.

    read        raw cells                -> a list for each input, and problems
    who is in   scope, premises of one   -> the rows that stand, all others left out
    work out    walks and crossings      -> a list for each cell that is read
    who stays   premises of many, ties   -> refused people, and those whose values rest on them: held
    answer      lists                    -> results, groups, pools, honours

Whoever is not refused and not held comes out as if the refused rows had never been there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..base.problems import Problem
from ..model.data import Population
from ..model.levels import EVERYONE, PERSON, Level
from ..model.plan import Cell, Crossing, Plan, PlanCheck
from ..model.plan_cells import answered_cells
from ..model.result import Result
from ..model.run import HonorOutcome, PoolOutcome
from .generated import executed, names_of
from .lists_code import Program, program_of, resting_on_others
from .lists_crossings import Columns, crossed
from .lists_frames import Column, Frames, frames_of
from .lists_held import Held, Holding, Seeds
from .lists_leaving import Leaving
from .lists_reading import ReadCell, Reading
from .lists_results import Answers, Groups
from .lists_standing import Refused, Standing, key_of
from .shares import Key
from .undecided import GUARDS, Undecided

Checks = tuple[tuple[int, PlanCheck], ...]


@frozen
class Outcome:
    """What became of everybody, in the order of the people's table: a result, or every problem of that row.

    `groups` has the values of the levels above people: by level (`department`, `everyone`), key and name.
    `nobodys` are the problems of groups to which no person belongs; `gone` the numbers of the rows above people that
    do not stand.
    """

    results: tuple[Result | None, ...] = field(repr=False)
    problems: tuple[tuple[Problem, ...], ...] = field(repr=False)
    groups: Groups = field(factory=dict, repr=False)
    pools: tuple[PoolOutcome, ...] = ()
    honors: tuple[HonorOutcome, ...] = ()
    nobodys: tuple[Problem, ...] = ()
    gone: Mapping[Level, frozenset[int]] = field(factory=dict, repr=False)


class ListEngine:
    """`run(population)` gives the `Outcome` of everybody. Engines pickle as their plan.

    Cells are looked up by the inputs' names; names that no input has are not looked at. A problem stands at its
    row's origin where the population knows it, else at the row's number among the rows of its person.
    """

    def __init__(self, plan: Plan, read_cell: ReadCell) -> None:
        self.plan = plan
        self.read_cell = read_cell
        others = resting_on_others(plan)
        checks = tuple(enumerate(plan.checks))
        self._first = tuple((number, check) for number, check in checks if check.flag not in others)
        self._later = tuple((number, check) for number, check in checks if check.flag in others)
        self._undecided = Undecided(plan)
        scope = () if plan.in_scope is None else (plan.in_scope,)
        self._who_is_in = Runnable(self, plan, (*(check.flag for _, check in self._first), *scope), " scope")
        later = tuple(check.flag for _, check in self._later)
        self._everything = Runnable(self, plan, (*answered_cells(plan), *later, *_reported(plan)), " lists")
        self._reading = Reading(plan, read_cell)
        self._answers = Answers(plan)
        # What a result rests on: what stands in it, and whether its person stands.
        self._felt = (*self._answers.cells, *later)

    def __reduce__(self) -> tuple[type[ListEngine], tuple[Plan, ReadCell]]:
        return (ListEngine, (self.plan, self.read_cell))

    def run(self, population: Population) -> Outcome:
        """Everybody's results or problems, and what became of groups, pools and honours."""
        frames = frames_of(self.plan.levels, population)
        standing = Standing(self.plan, population, frames)
        inputs: dict[Cell, Column] = {}
        for level in self.plan.levels:
            table = population.tables.get(level)
            columns, bad = self._reading.read(level, () if table is None else table.rows)
            inputs.update(columns)
            standing.of_cells(level, bad)
        standing.of_counts()
        scope = self._scope(frames, inputs, standing, population)
        refused = standing.refused()
        outside = [p for p, judged in enumerate(scope or ()) if not judged and p not in refused.people]
        leaving = Leaving(frames, refused, outside, population)
        rest = leaving.columns(inputs, self._answers.levels)
        found = self._everything.run(leaving.rest, rest, population)
        return self._outcome(found, leaving, outside, population)

    def _scope(
        self, frames: Frames, inputs: Mapping[Cell, Column], standing: Standing, population: Population
    ) -> Column | None:
        """Whether each person is in scope, None where all are; and what is wrong with one person's rows alone."""
        if not self._first and self.plan.in_scope is None:
            return None
        columns = self._who_is_in.run(frames, inputs, population)
        scope = None if self.plan.in_scope is None else columns[self.plan.in_scope]
        for checks, flags in self._asked(self._first, columns):
            standing.of_checks(checks, flags, scope, everybody=self.plan.checks_first)
        return scope

    def _outcome(self, columns: Columns, leaving: Leaving, outside: Sequence[int], population: Population) -> Outcome:
        rest, steps = leaving.rest, self.plan.steps
        seeds, held, late = Seeds(), None, Refused({})
        if leaving.holds:
            seeds = leaving.seeds()
            held = Holding(self.plan, steps, rest, seeds)
        late = self._late(columns, population, held)
        if late.people or late.nobodys:
            seeds = leaving.seeds(late)
            held = Holding(self.plan, steps, rest, seeds)
        out = {} if held is None else held.of_all(self._felt, PERSON)
        size = len(leaving.before.numbers[PERSON])
        results: list[Result | None] = [None] * size
        problems: list[tuple[Problem, ...]] = [()] * size
        numbers, answers = rest.numbers[PERSON], self._answers
        gone = late.people.keys() | out.keys()
        for person, result in answers.results(columns, gone).items():
            results[numbers[person]] = result
        for number in outside:
            results[number] = answers.outside(leaving.key(number))
        for person, cause in out.items():
            if person not in late.people:
                problems[numbers[person]] = (leaving.problem(numbers[person], cause, seeds),)
        for person, own in late.people.items():
            problems[numbers[person]] = own
        for number, own in leaving.refused.people.items():
            problems[number] = own
        return Outcome(
            tuple(results),
            tuple(problems),
            answers.groups(columns, population, held),
            answers.pools(columns, population, held, gone),
            answers.honors(columns, population, held, gone),
            (*leaving.refused.nobodys, *late.nobodys),
            leaving.gone(late),
        )

    def _late(self, columns: Columns, population: Population, held: Holding | None) -> Refused:
        """The people refused by what must hold of many; where that rests on a held value it says nothing."""
        standing = Standing(self.plan, population, columns.frames)
        for checks, flags in self._asked(self._later, columns, held):
            standing.of_checks(checks, flags)
        return standing.refused()

    def _asked(
        self, checks: Checks, columns: Columns, held: Holding | None = None
    ) -> Iterator[tuple[Checks, Mapping[Cell, Column]]]:
        """What must hold, with the flags of all rows: first each guard, then all that may rest on what guards decide.

        Where a flag rests on a held value, or on one that is not decided, it says nothing.
        """
        frames, undecided = columns.frames, self._undecided
        known: dict[Cell, Held] = {}
        open_: Holding | None = None

        def flags_of(check: PlanCheck) -> Column:
            out: set[int] = set()
            for one in (held, open_):
                out.update(() if one is None else one.at(check.flag, check.level))
            flags = columns[check.flag]
            return [flag or row in out for row, flag in enumerate(flags)] if out else flags

        for number, check in undecided.in_order(checks):
            flags = flags_of(check)
            yield ((number, check),), {check.flag: flags}
            found = undecided.where(check, flags, frames) if not all(flags) else {}
            if found:
                known |= found
                open_ = Holding(self.plan, self.plan.steps, frames, Seeds(), known)
        rest = tuple(one for one in checks if one[1].code not in GUARDS)
        yield rest, {check.flag: flags_of(check) for _, check in rest}


class Runnable:
    """The work that gives some cells their columns, with its generated functions."""

    def __init__(self, owner: object, plan: Plan, wanted: Iterable[Cell], part: str) -> None:
        self._plan = plan
        self.program: Program = program_of(plan, wanted)
        self._functions = executed(owner, plan, self.program.text, names_of(plan), part)

    def run(self, frames: Frames, inputs: Mapping[Cell, Column], population: Population) -> Columns:
        program = self.program
        columns = Columns(frames, program.levels, program.origins, program.constants)
        columns.made.update(inputs)

        def keys(level: Level) -> Sequence[Key]:
            found = _keys(frames, population, level)
            return found if len(set(found)) == len(found) else _with_contents(found, self._facts(level, inputs))

        for work in program.work:
            if isinstance(work, Crossing):
                columns.made[work.cell] = crossed(work, columns, keys)
                continue
            function: Any = self._functions[work.name]
            given: list[Any] = [columns.made[cell] for cell in work.own]
            given += [frames.index(work.level, level) for level in work.above]
            given += [columns.made[cell] for cell in work.spread]
            columns.made.update(zip(work.made, function(frames.size(work.level), *given), strict=True))
        return columns

    def _facts(self, level: Level, inputs: Mapping[Cell, Column]) -> Sequence[Column]:
        """The values of all inputs of a level, by the inputs' names, a missing one before all others."""
        found: list[Column] = []
        for one in sorted((i for i in self._plan.inputs if i.level == level), key=lambda one: one.name):
            known = [True] * len(inputs[one.cell]) if one.known is None else inputs[one.known]
            found.append(
                [(is_known, value if is_known else 0) for is_known, value in zip(known, inputs[one.cell], strict=True)]
            )
        return found


def _reported(plan: Plan) -> Iterable[Cell]:
    """The cells that only the reports of pools and honours read."""
    for pool in plan.pools:
        yield from (pool.amount, pool.share, pool.where, *(() if pool.when is None else (pool.when,)))
    for honor in plan.honors:
        yield from (honor.eligible, honor.chosen, honor.places)


def _keys(frames: Frames, population: Population, level: Level) -> Sequence[tuple[str, ...]]:
    """What tells the rows of a level apart: their own key, then that of their owner, and of its owner in turn."""
    parts: list[list[str]] = []
    at = level
    while at != EVERYONE:
        own = [key_of(population, at, number) for number in frames.numbers[at]]
        parts.append([own[row] for row in frames.index(level, at)])
        at = frames.levels[at].owners[0] if at != PERSON else EVERYONE
    return list(zip(*parts, strict=True))


def _with_contents(keys: Sequence[tuple[str, ...]], facts: Sequence[Column]) -> Sequence[Key]:
    """Keys that do not tell all rows apart, with what the rows say."""
    return [(*key, *row) for key, row in zip(keys, zip(*facts, strict=True), strict=True)] if facts else keys
