"""Everybody together: any plan over a population, in columns of whole numbers.

    decode      raw cells                -> a column for each input, and problems
    who is in   scope, premises of one   -> the rows that stand, all others left out
    work out    the plan's steps         -> a column for each cell that is read
    who stays   premises of many, ties   -> rejected people, and those whose values rest on them: held
    answer      columns                  -> results, groups, pools, honours

Whoever is not rejected and not held comes out as if the rejected rows had never been there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import field, frozen

from ..base.problems import Problem
from ..model.data import Population
from ..model.exact_values import ReadCell
from ..model.levels import PERSON, Level
from ..model.plan import Cell, Gather, Latest, Plan, PlanCheck, Quantile, Rank, Running, Share, Step
from ..model.plan_cells import step_refs
from ..model.result_columns import OUT_OF_SCOPE, MaybeResults, Results
from ..model.run import HonorOutcome, PoolOutcome
from .columns.cells import Array, Columns, Texts
from .columns.decode import Decoder
from .columns.index import Flags, index_of
from .columns.program import Program
from .quarantine.exclusion import Exclusion, columns_of
from .quarantine.held import Held, Holding, Seeds
from .quarantine.rejection import Rejected, Rejections
from .quarantine.undecided import GUARDS, Undecided
from .results import Answers, Groups

Checks = tuple[tuple[int, PlanCheck], ...]
NO_RESULT = -2  # in the place of a row of the columns, as `OUT_OF_SCOPE` is


@frozen
class Outcome:
    """What became of everybody, in the order of the people's table: a result, or every problem of that row.

    `groups` has the values of the levels above people: by level (`department`, `everyone`), key and name.
    `unowned` are the problems of groups to which no person belongs; `gone` the numbers of the rows above people that
    do not stand.
    """

    results: MaybeResults = field(repr=False)
    problems: tuple[tuple[Problem, ...], ...] = field(repr=False)
    groups: Groups = field(factory=dict, repr=False)
    pools: tuple[PoolOutcome, ...] = ()
    honors: tuple[HonorOutcome, ...] = ()
    unowned: tuple[Problem, ...] = ()
    gone: Mapping[Level, frozenset[int]] = field(factory=dict, repr=False)


class ColumnarEngine:
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
        self._decoder = Decoder(plan, read_cell)
        self._answers = Answers(plan)
        scope = () if plan.in_scope is None else (plan.in_scope,)
        self._who_is_in = Program(plan, (*(check.flag for _, check in self._first), *scope))
        later = tuple(check.flag for _, check in self._later)
        self._everything = Program(plan, (*self._answers.wanted, *later))
        # What a result rests on: what stands in it, and whether its person stands.
        self._felt = (*self._answers.cells, *later)

    def __reduce__(self) -> tuple[type[ColumnarEngine], tuple[Plan, ReadCell]]:
        return (ColumnarEngine, (self.plan, self.read_cell))

    def run(self, population: Population) -> Outcome:
        """Everybody's results or problems, and what became of groups, pools and honours."""
        index, texts = index_of(self.plan.levels, population), Texts()
        rejections = Rejections(self.plan, population, index)
        inputs: dict[Cell, Array] = {}
        for level in self.plan.levels:
            columns, bad = self._decoder.decoded(level, population.tables.get(level), texts)
            inputs.update(columns)
            rejections.of_cells(level, bad)
        rejections.of_counts()
        outside = self._out_of_scope(rejections, inputs, texts, population)
        rejected = rejections.rejected()
        outside[list(rejected.people)] = False
        exclusion = Exclusion(index, rejected, outside, population)
        rest = columns_of(exclusion.rest, index, inputs, self._answers.levels)
        found = self._everything.run(exclusion.rest, rest, texts, population)
        return self._outcome(found, exclusion, np.flatnonzero(outside).tolist(), population)

    def _out_of_scope(
        self, rejections: Rejections, inputs: Mapping[Cell, Array], texts: Texts, population: Population
    ) -> Flags:
        """Who is out of scope; and what is wrong with one person's rows alone goes to the rejections."""
        index = rejections.index
        if not self._first and self.plan.in_scope is None:
            return np.zeros(index.size(PERSON), bool)
        # Owners of more rows than their sums were bounded for are rejected, whatever those would be.
        sized = Rejections(self.plan, population, index)
        sized.of_counts()
        rest = index.without(sized.rejected().gone)
        found = columns_of(rest, index, inputs, self._answers.levels)
        columns = self._who_is_in.run(rest, found, texts, population)

        def of_all(flags: Flags, level: Level) -> Flags:
            whole = np.ones(index.size(level), bool)
            whole[rest.numbers[level]] = flags
            return whole

        scope = None if self.plan.in_scope is None else of_all(columns[self.plan.in_scope], PERSON)
        for checks, flags in self._asked(self._first, columns):
            whole = {check.flag: of_all(flags[check.flag], check.level) for _, check in checks}
            rejections.of_checks(checks, whole, scope, everybody=self.plan.checks_first)
        return np.zeros(index.size(PERSON), bool) if scope is None else ~scope

    def _outcome(
        self, columns: Columns, exclusion: Exclusion, outside: Sequence[int], population: Population
    ) -> Outcome:
        rest, steps = exclusion.rest, self.plan.steps
        seeds, held, late = Seeds(), None, Rejected()
        if exclusion.holds:
            seeds = exclusion.seeds()
            held = Holding(self.plan, steps, rest, seeds)
        late = self._late(columns, population, held)
        if late.people or late.unowned:
            seeds = exclusion.seeds(late)
            held = Holding(self.plan, steps, rest, seeds)
        out = {} if held is None else held.of_all(self._felt, PERSON)
        size = exclusion.before.size(PERSON)
        problems: list[tuple[Problem, ...]] = [()] * size
        numbers, answers = rest.numbers[PERSON], self._answers
        gone = np.zeros(len(numbers), bool)
        gone[[*late.people, *out]] = True
        for person, cause in out.items():
            problems[numbers[person]] = (exclusion.problem(numbers[person], cause, seeds),)
        for person, own in late.people.items():
            problems[numbers[person]] = own
        for number, own in exclusion.rejected.people.items():
            problems[number] = own
        return Outcome(
            self._results(columns, exclusion, gone, outside),
            tuple(problems),
            answers.groups(columns, population, held),
            answers.pools(columns, population, held, gone),
            answers.honors(columns, population, held, gone),
            (*exclusion.rejected.unowned, *late.unowned),
            exclusion.gone(late),
        )

    def _results(
        self, columns: Columns, exclusion: Exclusion, gone: Flags, outside: Sequence[int]
    ) -> MaybeResults:
        """Of each row of people the result; `gone` flags those of the columns that have none."""
        row_of = np.full(exclusion.before.size(PERSON), NO_RESULT, np.int64)
        row_of[columns.index.numbers[PERSON]] = np.where(gone, NO_RESULT, np.arange(len(gone)))
        row_of[outside] = OUT_OF_SCOPE
        people = np.flatnonzero(row_of != NO_RESULT)
        rows, keys = row_of[people], self._answers.keys(columns)
        if len(people) != len(gone) or len(outside):
            pairs = zip(people.tolist(), rows.tolist(), strict=True)
            keys = [exclusion.key(person) if row == OUT_OF_SCOPE else keys[row] for person, row in pairs]
        places = np.full(len(row_of), -1)
        places[people] = np.arange(len(people))
        return MaybeResults(Results(self._answers.results(columns), keys, rows), places)

    def _late(self, columns: Columns, population: Population, held: Holding | None) -> Rejected:
        """The people rejected by what must hold of many; where that rests on a held value it says nothing."""
        rejections = Rejections(self.plan, population, columns.index)
        for checks, flags in self._asked(self._later, columns, held):
            rejections.of_checks(checks, flags)
        return rejections.rejected()

    def _asked(
        self, checks: Checks, columns: Columns, held: Holding | None = None
    ) -> Iterator[tuple[Checks, Mapping[Cell, Flags]]]:
        """What must hold, with the flags of all rows: first each guard, then all that may rest on what guards decide.

        Where a flag rests on a held value, or on one that is not decided, it says nothing.
        """
        index, undecided = columns.index, self._undecided
        known: dict[Cell, Held] = {}
        open_: Holding | None = None

        def flags_of(check: PlanCheck) -> Flags:
            flags: Flags = columns[check.flag]
            out = [row for one in (held, open_) if one is not None for row in one.at(check.flag, check.level)]
            if out:
                flags = flags.copy()
                flags[out] = True
            return flags

        for number, check in undecided.in_order(checks):
            flags = flags_of(check)
            yield ((number, check),), {check.flag: flags}
            found = undecided.where(check, flags, index) if not flags.all() else {}
            if found:
                known |= found
                open_ = Holding(self.plan, self.plan.steps, index, Seeds(), known)
        rest = tuple(one for one in checks if one[1].code not in GUARDS)
        yield rest, {check.flag: flags_of(check) for _, check in rest}


def resting_on_others(plan: Plan) -> frozenset[Cell]:
    """The cells that one person's rows and the rows of groups do not decide alone."""
    found: set[Cell] = set()
    for step in plan.steps:
        if any(cell in found for cell in step_refs(step)) or _looks_at_people(plan, step):
            found.add(step.cell)
    return frozenset(found)


def _looks_at_people(plan: Plan, step: Step) -> bool:
    """Whether a step looks at rows of several people, or at several groups."""
    match step:
        case Gather(source=rows, level=group) | Latest(source=rows, level=group) | Quantile(source=rows, level=group):
            pass
        case Rank(level=rows, group=group) | Running(level=rows, group=group) | Share(level=rows, group=group):
            pass
        case _:
            return False
    levels = plan.levels
    if PERSON in levels.above(group):
        return False
    return PERSON in levels.above(rows) or levels[rows].sort == "group"
