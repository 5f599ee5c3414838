"""The slips of a run: each person judged, what would tell of others kept back, the rest worded as a `PaySlip`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from attrs import evolve

from .base.errors import DataError, EnginesDiffer
from .base.fingerprints import fingerprint
from .base.problems import Problem, causes
from .base.reports import render_problems
from .base.stacks import on_its_own_stack
from .base.text import echo
from .batch import Hearing
from .engine.summary import Computed
from .explaining.explain import Explanation, explain
from .explaining.slips.content import SlipHead, SlipWriter
from .explaining.steps import chosen_steps, told_steps
from .explaining.withholding import GroupSizes, with_others_kept_back
from .model.checked import Checked
from .model.data import DataRow, People
from .model.exact_values import as_constant, show_typed
from .model.levels import EVERYONE, PERSON
from .model.scheme import Role
from .model.slip import PaySlip, StepOnSlip
from .model.trace import Trace
from .what_if import WhatIfs


class Slips:
    """The people of one run, of whom each may have a slip; `fingerprints` are told at its foot."""

    def __init__(
        self, checked: Checked, hearing: Hearing, people: People, computed: Computed, language: str,
        fingerprints: tuple[tuple[str, str], ...] = (), what_ifs: WhatIfs | None = None,
    ) -> None:  # fmt: skip
        """`hearing` is that of these people, and they are `computed`; with `what_ifs` slips tell the nearest steps."""
        self._checked, self._hearing, self._people, self._computed = checked, hearing, people, computed
        self._language, self._fingerprints = language, fingerprints
        self._writer, self._what_ifs = SlipWriter(checked, language), what_ifs

    @property
    def rows(self) -> tuple[DataRow, ...]:
        """The people who have a result, in the order of the data."""
        return tuple(self._computed.rows(self._computed.accepted))

    def of_key(self, key: str) -> PaySlip:
        """The slip of the person with this key; KeyError where nobody has it, `DataError` where there is no result."""
        row = next((row for row in self._people.rows if row.key == key), None)
        if row is None:
            raise KeyError(echo(key))
        return self.of(row)

    def of(self, row: DataRow) -> PaySlip:
        """The slip of somebody who has a result; else `DataError` with the reasons."""
        self._hold_against_run(row)
        trace = self.told_trace(row)
        period = self._checked.period
        assert period is not None  # a plan is for one
        result = self._computed.results[row.number]
        least = self._checked.scheme.show_groups_from
        head = SlipHead(row.key, result is not None and result.in_scope, period, least, self._fingerprints)
        return evolve(self._writer.slip(trace, head), what_if=tuple(self._steps(row)))

    def _steps(self, row: DataRow) -> Iterator[StepOnSlip]:
        """The few of the nearest steps that a page has room for."""
        if self._what_ifs is None:
            return
        chosen = chosen_steps(self._what_ifs.of(row), self._checked)
        for one in told_steps(chosen, self._checked, self._language):
            yield StepOnSlip(one.what, one.values, one.through, one.change, one.step.gains)

    @on_its_own_stack
    def explain(self, row: DataRow, name: str | None = None, everything: bool = False) -> Explanation:
        """Why this person gets this, without what would tell of others."""
        return explain(self._checked, self.told_trace(row), name, self._language, everything)

    def told_trace(self, row: DataRow) -> Trace:
        """How the values of somebody came about, with what would tell of others marked."""
        if self._computed.results[row.number] is None:
            problems = self._computed.problems_of_people[row.number]
            raise DataError(render_problems(problems, "text", self._language), causes(problems))
        trace = self._hearing.trace(row)
        return with_others_kept_back(trace, self._checked, self._sizes, self._checked.scheme.show_groups_from)

    def _hold_against_run(self, row: DataRow) -> None:
        """`EnginesDiffer` where the run pays other amounts than the slip would say."""
        result = self._computed.results[row.number]
        if result is None:
            return
        judgement = self._hearing.judge(row)
        paid = {q.name: q for q in self._checked.quantities if q.level == PERSON}
        for name, q in paid.items():
            if q.definition.role not in (Role.PAY, Role.RESULT) or name not in judgement.values:
                continue
            ours, theirs = as_constant(result[name]), judgement.values[name]
            if ours != theirs:
                said = {"name": name, "who": row.key, "value": show_typed(ours, q.facts.type),
                        "expected": show_typed(theirs, q.facts.type)}  # fmt: skip
                problem = Problem("engines-differ", said, key=row.key, place=q.definition.place)
                raise EnginesDiffer(render_problems((problem,), "text", self._language), (problem,))

    @cached_property
    def _sizes(self) -> GroupSizes:
        """How many people in scope belong to each group."""
        standing = self._hearing.population.tables[PERSON]
        numbers = self._hearing.standing
        results = self._computed.results
        within = [place for place, number in enumerate(numbers)
                  if (result := results[number]) is not None and result.in_scope]  # fmt: skip
        sizes: dict[tuple[str, str], int] = {(EVERYONE[0], ""): len(within)}
        for level, owners in standing.owners.items():
            keys = self._hearing.population.tables[level].keys
            for number, count in Counter(int(owners[place]) for place in within).items():
                sizes[(level[0], keys[number] if number < len(keys) else "")] = count
        return sizes


def data_fingerprint(people: People) -> str:
    """The fingerprint of the data of these people, whatever the order of their files."""
    return fingerprint(sorted(people.digests))
