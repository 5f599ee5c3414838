"""Joins runs with records: those of earlier periods that a run reads, and what a run keeps for its own record."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn, cast

from attrs import evolve

from .base.errors import DataError
from .base.periods import earlier_in_year
from .base.problems import Problem, Problems
from .base.reports import render_problems
from .base.text import echo
from .base.version import VERSION
from .compiling.fingerprint import SEMANTICS
from .engine.summary import Computed
from .model.checked import Checked
from .model.data import People
from .model.record import Correction, History, Record, SchemeFile
from .model.result_columns import results_of
from .model.run import RecordSources, Run
from .reading.cells.carriers import plain
from .reading.cells.showing import shown
from .reading.earlier import brought
from .reading.owners.belonging import FactsOf
from .reading.tables.words import alike_in_time
from .recording.corrections import conflicts_beside as anew
from .recording.corrections import paid_already
from .recording.find import Seen, earlier_records, lying_before, lying_in
from .recording.history import history_of
from .recording.recorder import Keeper, Maker


def earlier_periods(
    checked: Checked, given: RecordSources | History, by_data: Collection[str]
) -> tuple[History, Problems]:
    """What records bring into a run, beside what the data bring (`by_data`); or the problems for which they cannot."""
    if isinstance(given, History):
        return given, ()
    assert checked.period is not None  # a scheme that is run was checked for its period
    found = earlier_records(_each(given, "history"), checked.scheme.name, checked.period)
    history, more = history_of(checked, found, by_data) if not found.problems else (None, ())
    return history or History(), (*found.problems, *more)


def _each(given: object, argument: str) -> tuple[str | Path | Record, ...]:
    """The records, or folders of them, that somebody names; one of them may stand alone."""
    alone = isinstance(given, str | bytes | Path | Record) or not isinstance(given, Iterable)
    found = list[str | Path | Record]()
    for one in (given,) if alone else cast(Iterable[object], given):
        if not isinstance(one, str | Path | Record):
            raise TypeError(f"{argument} is a folder, a record, or several of them in a list, not {type(one).__name__}")
        found.append(one)
    return tuple(found)


def recorder_of(
    checked: Checked, source: SchemeFile, people: People, computed: Computed, engine: str, language: str
) -> RunRecorder:
    """What the run of these people needs so that it can be recorded."""
    facts = FactsOf(checked, people)
    keeper = Keeper(
        checked, source, Maker(VERSION, SEMANTICS, engine, plain, shown), people,
        computed.rows(computed.accepted),
        computed.rows(computed.refused),
        facts.inputs, facts, partial(facts.by_column, computed.accepted),
    )  # fmt: skip
    return RunRecorder(keeper, language)


def paid_before(checked: Checked, people: People) -> Problems:
    """The problem that one of the records given with these people is of the very period that is run."""
    assert checked.period is not None
    return paid_already(checked.period, people.history.again)


def paid_beside(
    checked: Checked, people: People, folder: str | Path, corrected: Sequence[str] | None = None
) -> Problems:
    """The problem that a record in the new `folder` would pay again what another record has paid.

    The other record lies beside the folder, or in a folder of the history. `corrected` are the records that a
    correction corrects.
    """
    assert checked.period is not None
    target = Path(folder).absolute()
    found, problems = lying_in((target.parent, *people.history.folders), checked.scheme.name, checked.period)
    return problems or anew(checked.period, found, target.name, corrected) or _begun_anew(checked, people, target)


def _begun_anew(checked: Checked, people: People, target: Path) -> Problems:
    """The problems of leaving out records of earlier periods that lie beside the new record.

    Balances would begin with their first value, and a year without some of its periods.
    """
    assert checked.period is not None
    tables = people.tables
    by_data = brought(checked, [table for name, table in tables if not name], [name for name, _ in tables])
    carried = [one.name for one in checked.scheme.inputs if one.carried_from is not None and one.name not in by_data]
    years = [one.name for one in checked.scheme.details if one.recorded]
    before = lying_before(target.parent, checked.scheme.name, checked.period) if carried or years else ()
    if carried and before and not people.history.used:
        return (_left(carried[0], before[0], "beside"),)
    used = {one.period for one in people.history.used}
    of_year = {one.text for one in earlier_in_year(checked.period, checked.scheme.year_starts)} if years else set[str]()
    left = {one.period.text: one for one in reversed(before) if one.period.text in of_year - used}
    short = [name for name in years if name not in by_data or _most_rows(people, name) < len(left)]
    return tuple(_left(short[0], one, "lying") for one in left.values()) if short else ()


def _most_rows(people: People, table: str) -> int:
    """The largest number of earlier periods of which the data have rows for one person in a recorded table."""
    return max((len(rows) - 1 for rows in people.details.get(table, {}).values()), default=0)


def _left(name: str, record: Seen, variant: str) -> Problem:
    params = {"name": echo(name), "period": record.period.text, "record": record.name}
    return Problem("history-gap", params, variant, table=record.name)


class RunRecorder:
    """Records a run; it is not pickled with the run."""

    def __init__(self, keeper: Keeper, language: str) -> None:
        self.keeper = keeper
        self._language = language

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()

    def save(
        self,
        run: Run,
        folder: str | Path,
        corrects: RecordSources | Correction,
        before: Callable[[], None] | None = None,
    ) -> str:
        if self.keeper.people.rows and not self.keeper.people.tables:
            raise TypeError("these people were not read from tables: use pipeline.people()")
        if not isinstance(corrects, Correction):
            given = _each(corrects, "corrects")
            problems = () if given else paid_before(self.keeper.checked, self.keeper.people)
            if problems:
                self._refuse(problems)
            found = self.correction(run, given, Path(folder).absolute().parent) if given else None
        else:
            found = corrects
        corrected = None if found is None else found.paid.records
        problems = paid_beside(self.keeper.checked, self.keeper.people, folder, corrected)
        if problems and not os.path.lexists(folder):  # else that is what is wrong
            self._refuse(problems)
        return self.keeper.save(run, folder, found, before)

    def correction(self, run: Run, corrects: RecordSources, beside: Path | None = None) -> Correction:
        found, problems = self.keeper.correction(run, _each(corrects, "corrects"), beside)
        if found is None and not problems:
            raise ValueError("name the records by which people were paid for this period: there is nothing to correct")
        if found is None:
            self._refuse(problems)
        there = {*results_of(run.results).keys, *(row.key for row in self.keeper.refused)}
        before = found.paid.amounts.keys() | found.paid.set_aside
        return evolve(found, warnings=tuple(alike_in_time(there - before, before - there, "corrects")))

    def _refuse(self, problems: Problems) -> NoReturn:
        raise DataError(render_problems(problems, "text", self._language), problems)
