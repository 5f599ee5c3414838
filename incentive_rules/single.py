"""Computes one person alone: the scheme of one, in which values of others are given, its engine and its referee."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from .base.diagnostics import Diagnostic
from .base.problems import Problems
from .base.reports import message_of
from .base.stacks import on_its_own_stack
from .checking.given_values import needed_from_others, scheme_of_one
from .compiling import compile_plan
from .engine.scalar import ScalarEngine
from .model.checked import Checked
from .model.data import DataRow, Population
from .model.exact_values import ReadCell
from .model.plan import Plan
from .model.result import Result
from .model.trace import Judgement
from .reading.alone import Alone, alone_with, idle_columns, with_this_period
from .reading.cells.cell import read_cell
from .reading.owners.group_facts import NO_GROUPS, GroupFacts, GroupRows, InputValues
from .reading.values import DetailRows, one_person, read_person

TablesByName = Mapping[str, Sequence[InputValues]]
NOTHING_GIVEN: InputValues = {}
MakePopulation = Callable[[InputValues, TablesByName], "tuple[Population | None, Problems]"]
ScoreOne = Callable[..., Result | Problems]


class OnePerson:
    """A scheme made ready for one person after another.

    `needed` are the names whose values other people decide. `findings` are the reasons if there is no engine. With
    `wanted` only what these names depend on is computed.
    """

    def __init__(self, checked: Checked, plan: Plan, wanted: Iterable[str] | None = None) -> None:
        self.needed: tuple[str, ...] = ()
        self.findings: tuple[Diagnostic, ...] = ()
        self.checked = self._whole = checked
        self.recorded = any(table.recorded for table in checked.scheme.details)
        found: Plan | None = plan
        if not plan.is_alone:
            names = None if wanted is None else tuple(wanted)
            self.needed = needed_from_others(checked, names)
            self.checked = scheme_of_one(checked, names)
            found, self.findings = _compiled(self.checked)
        self.plan = found
        # An engine takes an input that is left out and may be missing for missing: what is carried is asked for before.
        self._may_be_lost = any(one.carried_from is not None and one.can_be_missing for one in checked.scheme.inputs)
        # Rows that their key does not tell apart would count twice: an engine sees their cells one by one.
        self._keyed = any(table.key for table in checked.scheme.details)
        self._idle = idle_columns(checked, found is None or not found.is_alone)

    @property
    def is_simple(self) -> bool:
        """Whether the facts are passed to the engine as they are."""
        return not (self.needed or self.recorded or self._keyed or self._idle or self._may_be_lost)

    @cached_property
    def engine(self) -> ScoreOne:
        """`engine(facts, tables)` by the names of the inputs."""
        assert self.plan is not None  # else there are findings

        def population(facts: InputValues, tables: TablesByName) -> tuple[Population | None, Problems]:
            from .reading.population import population_of_one  # most schemes do without

            return population_of_one(self.checked, facts, tables)

        return one_person_engine(self.plan, read_cell, population)

    def problems_with(self, facts: InputValues, tables: TablesByName | None, groups: GroupRows) -> Problems:
        """The problems of names that are missing or not asked for, before any cell is read."""
        return self._brought(facts, tables, NOTHING_GIVEN, groups).problems

    def score(
        self,
        facts: InputValues,
        tables: TablesByName | None = None,
        given: InputValues = NOTHING_GIVEN,
        groups: GroupRows | None = None,
    ) -> Result | Problems:
        """The result of this person; or every problem of the facts."""
        brought = self._brought(facts, tables, given, groups)
        if self.recorded and self.plan is not None and self.plan.is_alone:
            brought = with_this_period(self.checked, brought)  # who gathers a population adds it there
        return brought.problems or self.engine(brought.facts, brought.tables)

    def judge(
        self,
        facts: InputValues,
        tables: TablesByName | None = None,
        given: InputValues = NOTHING_GIVEN,
        groups: GroupRows | None = None,
    ) -> Judgement:
        """The judgement of the referee, for facts that `score` accepts."""
        brought = self._brought(facts, tables, given, groups)
        brought = with_this_period(self.checked, brought) if self.recorded else brought
        return self.judge_row(*one_person(self.checked, brought.facts, brought.tables or {}))

    @on_its_own_stack
    def judge_row(self, row: DataRow, details: DetailRows) -> Judgement:
        """The judgement of rows under the names of inputs; raises `ValueError` for an unreadable cell."""
        from .judging.judge import referee  # who only scores waits for no second engine

        values, rows, problems = read_person(self.checked, row, details)
        if problems:
            raise ValueError(message_of(problems[0]))
        return referee(self.checked, values, rows)

    def _brought(
        self, facts: InputValues, tables: TablesByName | None, given: InputValues, groups: GroupRows | None
    ) -> Alone:
        of_groups = GroupFacts(self._whole, self.checked, groups or NO_GROUPS)
        return alone_with(self.checked, self.needed, facts, tables, given, self._idle, of_groups)


@on_its_own_stack
def _compiled(checked: Checked) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    return compile_plan(checked)


def one_person_engine(plan: Plan, read_cell: ReadCell, gather: MakePopulation) -> ScoreOne:
    """`score(facts, tables)`: a result, or every problem. `gather` makes a population of one."""
    if plan.is_alone:
        return ScalarEngine(plan, read_cell).score
    from .engine.columnar import ColumnarEngine  # who scores people alone waits for no arrays

    engine = ColumnarEngine(plan, read_cell)

    def score(facts: InputValues, tables: TablesByName | None = None) -> Result | Problems:
        population, problems = gather(facts, tables or {})
        if population is None or problems:
            return problems
        outcome = engine.run(population)
        result = outcome.results[0]
        return outcome.problems[0] if result is None else result

    return score
