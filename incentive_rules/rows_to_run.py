"""Prepares and closes a run of everybody: from tables to people, and from what was computed to a `Run`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Protocol

from attrs import evolve

from .base.diagnostics import Diagnostic
from .base.garbage import collector_paused
from .base.problems import Problem, Problems
from .engine.summary import Computed, set_aside, summarise
from .engine.tables import table_outcomes
from .framed_runs import RunTables
from .model.carriers import Carrier, carrier_of
from .model.checked import Checked
from .model.data import DataTable, People
from .model.plan import Plan
from .model.record import History, SchemeFile
from .model.run import RecordSources, Run
from .reading.earlier import brought
from .reading.people import gather
from .reading.sources.handed import HandedRows, further_tables, tables_of, with_distinct_names
from .reading.tables.words import alike_in_records
from .reading.values import count_corrections, count_corrections_together, details_of, may_be_corrected
from .recorded_runs import earlier_periods, paid_before, recorder_of


class Prepared(Protocol):
    """A scheme made ready to pay."""

    checked: Checked
    plan: Plan
    source: SchemeFile
    warnings: tuple[Diagnostic, ...]

    @property
    def fingerprint(self) -> str: ...


def people_of(
    checked: Checked, rows: HandedRows | None, details: Mapping[str, HandedRows] | None,
    groups: Mapping[str, HandedRows] | None, history: RecordSources | History,
) -> tuple[People | None, Problems]:  # fmt: skip
    """The people of a run, with their details, groups and earlier periods; or the problems of whole tables."""
    problems: list[Problem] = []
    tables = None if rows is None else tables_of(rows, problems)
    further: dict[str, tuple[DataTable, ...]] = {}
    for name, given in (*further_tables(details, "details").items(), *further_tables(groups, "groups").items()):
        further[name] = (*further.get(name, ()), *tables_of(given, problems, name))
    with collector_paused():
        every = iter(with_distinct_names([*(tables or ()), *(table for given in further.values() for table in given)]))
        tables = None if tables is None else tuple(islice(every, len(tables)))
        further = {name: tuple(islice(every, len(given))) for name, given in further.items()}
        earlier, wrong = earlier_periods(checked, history, brought(checked, tables or (), further))
        problems += wrong
        people, more = gather(checked, tables, further, earlier) if not problems else (None, ())
    if people is None:
        return None, (*problems, *more)
    return evolve(people, carrier=_carrier(rows, details)), (*problems, *more)


def _carrier(rows: HandedRows | None, details: Mapping[str, HandedRows] | None) -> Carrier:
    """What carries the people; where the details alone were given, what carries the first of these."""
    first = rows if rows is not None else next(iter((details or {}).values()), None)
    return carrier_of(first) or Carrier.ROWS


def run_of(pipeline: Prepared, people: People, computed: Computed, engine: str, language: str) -> Run:
    """The run of what was computed; whoever has a problem is set aside."""
    checked = pipeline.checked
    problems = (*computed.problems, *people.orphans)
    summary = summarise(
        computed, people, pipeline.plan,
        (lambda row: count_corrections(checked, row, details_of(people, row))) if may_be_corrected(checked) else None,
        count_corrections_together(checked, people),
    )  # fmt: skip
    of_records = (*paid_before(checked, people), *alike_in_records(people))
    warnings: tuple[Diagnostic | Problem, ...] = (*pipeline.warnings, *people.warnings, *of_records)
    recorder = recorder_of(checked, pipeline.source, people, computed, engine, language)
    return Run(
        computed.paid, set_aside(problems, language), summary, pipeline.fingerprint, warnings,
        computed.pools, computed.honors, computed.groups, table_outcomes(checked, people, computed), recorder,
        made_by=RunTables(checked, people, computed, people.carrier),
    )  # fmt: skip
