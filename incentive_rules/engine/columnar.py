"""Everybody together: any plan over a population, in columns of whole numbers.

    decode      raw cells                -> a column for each input, and problems
    who is in   scope, premises of one   -> the rest of the rows: refused people and those out of scope are excluded
    work out    the plan's steps         -> a column for each cell that is read
    taint       refused rows             -> a column of causes for each cell: what rests on those rows is held
    who stays   premises of many, ties   -> further people are refused, and the taint is worked out again
    answer      columns                  -> results, groups, pools, honours

Whoever is neither refused nor held comes out as if the refused rows had never been there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import field, frozen

from ..base.problems import Problem
from ..model.arrays import Array, Flags
from ..model.data import Population
from ..model.exact_values import ReadCell
from ..model.levels import PERSON, Level
from ..model.plan import Cell, Plan, PlanCheck
from ..model.plan_cells import looks_at_people, step_refs
from ..model.result_columns import OUT_OF_SCOPE, MaybeResults, Results
from ..model.run import HonorOutcome, PoolOutcome
from .columns.cells import Columns, Texts
from .columns.decode import Decoder
from .columns.index import Index, index_of
from .columns.program import Program
from .quarantine.absences import Absences
from .quarantine.exclusion import columns_of_rest, refused_above_people, without_excluded
from .quarantine.refusals import Refusals, RowProblems, key_in
from .quarantine.taint import Causes, Taint
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
        problems = RowProblems(self.plan, population, index)
        inputs: dict[Cell, Array] = {}
        for level in self.plan.levels:
            columns, bad = self._decoder.decoded(level, population.tables.get(level), texts)
            inputs.update(columns)
            problems.of_cells(level, bad)
        problems.of_counts()
        outside = self._out_of_scope(problems, inputs, texts, population)
        early = problems.refusals()
        outside[list(early.people)] = False
        rest = without_excluded(index, early.gone, outside)
        found = self._everything.run(
            rest, columns_of_rest(rest, index, inputs, self._answers.levels), texts, population
        )
        absences = Absences(population, rest)
        absences.add(index, early.gone)
        taint = Taint(self.plan, rest, absences.columns())
        late = self._late(found, population, taint)
        if late.gone:
            absences.add(rest, late.gone)
            taint = Taint(self.plan, rest, absences.columns())
        return self._outcome(found, index, np.flatnonzero(outside).tolist(), early, late, taint, absences)

    def _outcome(
        self, columns: Columns, before: Index, outside: Sequence[int], early: Refusals, late: Refusals, taint: Taint,
        absences: Absences,
    ) -> Outcome:  # fmt: skip
        """What became of everybody; `early` are the refusals among all rows, `late` those among the rest."""
        rest, answers, population = columns.index, self._answers, absences.population
        size = before.size(PERSON)
        problems: list[tuple[Problem, ...]] = [()] * size
        numbers = rest.numbers[PERSON]
        causes = taint.of(self._felt, PERSON)
        gone = causes > 0
        gone[list(late.people)] = True
        for person in np.flatnonzero(causes).tolist():
            problems[numbers[person]] = (absences.problem(numbers[person], int(causes[person])),)
        for person, own in late.people.items():
            problems[numbers[person]] = own
        for number, own in early.people.items():
            problems[number] = own
        return Outcome(
            self._results(columns, size, gone, outside, population),
            tuple(problems),
            answers.groups(columns, population, taint),
            answers.pools(columns, population, taint, gone),
            answers.honors(columns, population, taint, gone),
            (*early.unowned, *late.unowned),
            refused_above_people(before, early.gone, rest, late.gone),
        )

    def _results(
        self, columns: Columns, size: int, gone: Flags, outside: Sequence[int], population: Population
    ) -> MaybeResults:
        """Of each of `size` rows of people the result; `gone` flags those of the columns that have none."""
        row_of = np.full(size, NO_RESULT, np.int64)
        row_of[columns.index.numbers[PERSON]] = np.where(gone, NO_RESULT, np.arange(len(gone)))
        row_of[outside] = OUT_OF_SCOPE
        people = np.flatnonzero(row_of != NO_RESULT)
        rows, keys = row_of[people], self._answers.keys(columns)
        if len(people) != len(gone) or len(outside):
            pairs = zip(people.tolist(), rows.tolist(), strict=True)
            keys = [key_in(population, PERSON, person) if row == OUT_OF_SCOPE else keys[row] for person, row in pairs]
        places = np.full(len(row_of), -1)
        places[people] = np.arange(len(people))
        return MaybeResults(Results(self._answers.results(columns), keys, rows), places)

    def _out_of_scope(
        self, problems: RowProblems, inputs: Mapping[Cell, Array], texts: Texts, population: Population
    ) -> Flags:
        """Who is out of scope. What does not hold of one person's rows, or of groups, joins the problems."""
        index = problems.index
        if not self._first and self.plan.in_scope is None:
            return np.zeros(index.size(PERSON), bool)
        # Owners of more rows than their sums were bounded for are refused, whatever those would be.
        sized = RowProblems(self.plan, population, index)
        sized.of_counts()
        rest = index.without(sized.refusals().gone)
        found = columns_of_rest(rest, index, inputs, self._answers.levels)
        columns = self._who_is_in.run(rest, found, texts, population)

        def of_all(flags: Flags, level: Level) -> Flags:
            whole = np.ones(index.size(level), bool)
            whole[rest.numbers[level]] = flags
            return whole

        scope = None if self.plan.in_scope is None else of_all(columns[self.plan.in_scope], PERSON)
        for checks, flags in self._asked(self._first, columns, Taint(self.plan, rest)):
            whole = {check.flag: of_all(flags[check.flag], check.level) for _, check in checks}
            problems.of_checks(checks, whole, scope, everybody=self.plan.checks_first)
        return np.zeros(index.size(PERSON), bool) if scope is None else ~scope

    def _late(self, columns: Columns, population: Population, taint: Taint) -> Refusals:
        """Whom that refuses which must hold of many together."""
        problems = RowProblems(self.plan, population, columns.index)
        for checks, flags in self._asked(self._later, columns, taint):
            problems.of_checks(checks, flags)
        return problems.refusals()

    def _asked(self, checks: Checks, columns: Columns, taint: Taint) -> Iterator[tuple[Checks, Mapping[Cell, Flags]]]:
        """What must hold, with the flags of all rows: first each guard, then all that may rest on what guards decide.

        Where a flag is tainted, or rests on what a guard leaves open, it may hold or not: it counts as true.
        """
        known: dict[Cell, Causes] = {}
        undecided = Taint(self.plan, columns.index)

        def flags_of(check: PlanCheck) -> Flags:
            flags: Flags = columns[check.flag]
            return flags | (taint.of([check.flag], check.level) > 0) | (undecided.of([check.flag], check.level) > 0)

        for number, check in self._undecided.in_order(checks):
            flags = flags_of(check)
            yield ((number, check),), {check.flag: flags}
            if not flags.all():
                known |= self._undecided.causes(check, flags, columns.index)
                undecided = Taint(self.plan, columns.index, known=known)
        rest = tuple(one for one in checks if one[1].code not in GUARDS)
        yield rest, {check.flag: flags_of(check) for _, check in rest}


def resting_on_others(plan: Plan) -> frozenset[Cell]:
    """The cells that one person's rows and the rows of groups do not decide alone."""
    found: set[Cell] = set()
    for step in plan.steps:
        if any(cell in found for cell in step_refs(step)) or looks_at_people(plan, step):
            found.add(step.cell)
    return frozenset(found)
