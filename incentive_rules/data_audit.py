"""An audit of data: of columns as they are, or of what a scheme makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, cast

from attrs import evolve, frozen

from .auditing.as_text import as_text
from .auditing.asking import (
    By,
    NumberLike,
    WantedGroups,
    WantedMeasure,
    wanted_confidence,
    wanted_groups,
    wanted_limits,
    wanted_measures,
    wanted_noise,
)
from .auditing.audit import audited
from .auditing.intervals import need_scipy
from .auditing.report import Audit, AuditQuestion, Flips, Grouping, LeftOut, Measured
from .auditing.samples import in_steps
from .base.errors import DataError
from .base.problems import Problem
from .base.reports import render_problems
from .base.text import echo, listed
from .columns_to_audit import as_audited, each_once, number_column, read_columns, word_column
from .lang.types import MOMENTS, Kind
from .model.carriers import carrier_of
from .model.data import DataTable
from .model.record import History
from .model.run import RecordSources
from .model.terms import Constant
from .people_to_audit import PeopleToAudit, flips_of, people_of_run
from .pipeline import Pipeline, compile_quietly
from .reading.sources.files import read_file
from .reading.sources.handed import HandedRows, kept_rows, tables_of, with_distinct_names

MOST_GROUPS = 50  # of one grouping: all pairs of them are compared
REPETITIONS = 20  # of the computation under noise
Data = str | Path | HandedRows | Iterable[str | Path]


def audit(
    data: Data,
    *,
    of: str | Iterable[str],
    by: By | Iterable[By],
    within: By | Iterable[By] = (),
    scheme: str | Path | Pipeline | None = None,
    period: str | None = None,
    details: Mapping[str, HandedRows] | None = None,
    groups: Mapping[str, HandedRows] | None = None,
    history: RecordSources | History = (),
    on_error: Literal["reject", "quarantine"] = "reject",
    reference: str = "",
    min_group: int = 10,
    confidence: NumberLike = "95%",
    limits: Mapping[str, NumberLike | None] | None = None,
    noise: Mapping[str, NumberLike] | None = None,
    encoding: str = "utf-8",
    lang: str = "",
) -> Audit:
    """How what people get compares between groups: gaps, rates, weights, each with its interval and its verdict.

    `data` are files, or rows as `run` takes them. With `scheme` they are computed first, and `of`, `by` and `within`
    name results, facts of people, or columns of their data; without it they name columns. `of` is a number, or a
    condition as in `grade in [S, A]`; `by` a grouping, or one with edges, as in `{"age": [30, 40, 50]}`; `within` the
    categories of workers. `noise` is by how much facts may be off. `DataError` with everything that is wrong;
    `MissingExtra` without scipy.
    """
    asked = Asked(of, by, within, reference, min_group, confidence, limits or {}, noise or {})
    pipeline = scheme if isinstance(scheme, Pipeline) or scheme is None else compile_quietly(scheme, period=period)
    language = lang or ("en" if pipeline is None else pipeline.scheme.language or "en")
    need_scipy(language)
    problems: list[Problem] = []
    tables = tables_to_audit(data, encoding, problems)
    if problems:
        raise audit_refused(problems, language)
    if pipeline is None:
        return audit_columns(tables, asked, language)
    run = RunToAudit(pipeline, details or {}, groups or {}, history, on_error)
    return audit_run(run, tables, asked, language)


def audit_refused(problems: Sequence[Problem], language: str) -> DataError:
    return DataError(render_problems(problems, "text", language), tuple(problems))


@frozen
class Asked:
    """What is asked, as it was written."""

    of: str | Iterable[str]
    by: By | Iterable[By]
    within: By | Iterable[By] = ()
    reference: str = ""
    min_group: int = 10
    confidence: NumberLike = "95%"
    limits: Mapping[str, NumberLike | None] = {}
    noise: Mapping[str, NumberLike] = {}


@frozen
class RunToAudit:
    """A scheme made ready, and what it computes from beside the rows of people."""

    pipeline: Pipeline
    details: Mapping[str, HandedRows]
    groups: Mapping[str, HandedRows]
    history: RecordSources | History
    on_error: Literal["reject", "quarantine"] = "reject"


@frozen
class _Wanted:
    measures: tuple[WantedMeasure, ...]
    by: tuple[WantedGroups, ...]
    within: tuple[WantedGroups, ...]
    question: AuditQuestion  # with everything but values
    noise: Mapping[str, Fraction]


def tables_to_audit(data: Data, encoding: str, problems: list[Problem]) -> tuple[DataTable, ...]:
    """The tables that the data are: files by their names, or rows."""
    if isinstance(data, str | Path):
        data = [data]
    is_table = isinstance(data, DataTable) or carrier_of(data) is not None
    listed_data = data if is_table else list(cast(Iterable[Any], data))
    if isinstance(listed_data, list) and listed_data and all(isinstance(one, str | Path) for one in listed_data):
        found = []
        for file in listed_data:
            table, wrong = read_file(file, encoding)
            problems += wrong
            found += [] if table is None else [table]
        return with_distinct_names(found)
    return tables_of(listed_data, problems)  # type: ignore[arg-type]


def _wanted(asked: Asked, names: Sequence[str], problems: list[Problem]) -> _Wanted:
    measures = wanted_measures(asked.of, names, problems)
    by = wanted_groups(asked.by, "by", names, problems)
    if not by and not problems:
        problems.append(Problem("audit-argument", {"option": "by", "text": ""}, "needed"))
    within = wanted_groups(asked.within, "within", names, problems)
    least = asked.min_group
    if type(least) is not int or least < 1:
        problems.append(Problem("audit-argument", {"option": "min_group", "text": echo(str(least))}, "whole"))
        least = 10
    confidence = wanted_confidence(asked.confidence, problems)
    limits = wanted_limits(asked.limits, problems)
    question = AuditQuestion((), (), (), (), (), asked.reference, least, confidence, limits)
    return _Wanted(measures, by, within, question, wanted_noise(asked.noise, problems))


# ── Columns ───────────────────────────────────────────────────────────────────────────────────────


def audit_columns(tables: Sequence[DataTable], asked: Asked, language: str) -> Audit:
    """The audit of columns as they stand in the data."""
    problems: list[Problem] = []
    wanted = _wanted(asked, [heading for table in tables for heading in table.headings], problems)
    if wanted.noise:
        problems.append(Problem("audit-argument", {"option": "noise", "text": ""}, "scheme"))
    if problems:
        raise audit_refused(problems, language)
    asked_for = [(m.name, m.of_numbers) for m in wanted.measures]
    asked_for += [(g.name, bool(g.edges)) for g in (*wanted.by, *wanted.within)]
    readers = {
        (name, of_numbers): (number_column if of_numbers else word_column)(name) for name, of_numbers in asked_for
    }  # fmt: skip
    columns = read_columns(tables, tuple(readers.values()), problems)
    if problems:
        raise audit_refused(_once(problems), language)
    values = {wish: each_once(column, as_audited) for wish, column in zip(readers, columns, strict=True)}
    measured = [_measured(m, values[m.name, m.of_numbers]) for m in wanted.measures]
    by, within = (
        [_grouping(g, values[g.name, bool(g.edges)]) for g in these] for these in (wanted.by, wanted.within)
    )  # fmt: skip
    return _made(evolve(wanted.question, measured=tuple(measured)), by, within, problems, language)


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Each problem once: a column may be read as a number and as a word."""
    return list(dict.fromkeys(problems))


def _measured(wanted: WantedMeasure, values: Sequence[Constant]) -> Measured:
    if wanted.operator:
        return Measured(wanted.text, each_once(values, lambda value: wanted.holds(as_audited(value))), is_share=True)
    is_share = any(isinstance(value, bool) for value in values)
    numbers = each_once(values, lambda value: None if value is None or isinstance(value, str) else Fraction(value))
    return Measured(wanted.text, numbers, is_share)


def _grouping(wanted: WantedGroups, values: Sequence[Constant]) -> Grouping:
    """The group of everybody: their word, or between which edges their number lies."""
    if wanted.edges:
        labels = each_once(values, lambda value: wanted.label(value) if isinstance(value, Fraction) else None)
        return Grouping(wanted.name, labels, wanted.labels)
    words = [("true" if value else "false") if isinstance(value, bool) else value for value in values]
    return Grouping(wanted.name, [word if isinstance(word, str) else None for word in words])


def _made(
    question: AuditQuestion, by: Sequence[Grouping], within: Sequence[Grouping], problems: list[Problem], language: str
) -> Audit:
    """The audit, unless the groupings are none or the numbers have no common step."""
    for grouping in by:
        different = len(set(grouping.labels) - {None})
        if different > MOST_GROUPS:
            told = {"name": echo(grouping.name), "count": f"{different:,}", "most": str(MOST_GROUPS)}
            problems.append(Problem("audit-type", told, "groups"))
    for measured in question.measured:
        if in_steps(measured.values) is None:
            problems.append(Problem("audit-type", {"name": echo(measured.name)}, "exact"))
    groups = dict.fromkeys(label for grouping in by for label in grouping.labels if label is not None)
    if question.reference and question.reference not in groups:
        names = listed((f"`{echo(name)}`" for name in sorted(groups)), 12) or "—"
        told = {"option": "reference", "text": echo(question.reference), "names": names}
        problems.append(Problem("audit-argument", told, "reference"))
    if problems:
        raise audit_refused(problems, language)
    found = audited(evolve(question, by=tuple(by), within=tuple(within)))
    return evolve(found, language=language, render=as_text)


# ── What a scheme makes of data ───────────────────────────────────────────────────────────────────


def audit_run(run: RunToAudit, tables: Sequence[DataTable], asked: Asked, language: str) -> Audit:
    """The audit of what a scheme makes of the data."""
    problems: list[Problem] = []
    further = {name: kept_rows(rows) for name, rows in (*run.details.items(), *run.groups.items())}
    people = _computed(evolve(run, details=further, groups={}), tables, language)
    wanted = _wanted(asked, people.names, problems)
    people.noisy_inputs(wanted.noise, problems)
    measured = [found for m in wanted.measures if (found := _measured_of(people, m, problems)) is not None]
    by, within = (
        [grouping for g in these if (grouping := _grouping_of(people, g, problems)) is not None]
        for these in (wanted.by, wanted.within)
    )
    if problems:
        raise audit_refused(problems, language)
    flips: tuple[Flips, ...] = ()
    if wanted.noise:
        aside = evolve(run, details=further, groups={}, on_error="quarantine")
        again = [_computed(aside, people.disturbed(wanted.noise, n), language) for n in range(REPETITIONS)]
        before = people.outcomes(people.grades)
        flips = tuple(flips_of(before, [one.outcomes(people.grades) for one in again]))
    question = evolve(
        wanted.question, measured=tuple(measured), indicators=tuple(people.indicators()), flips=flips
    )  # fmt: skip
    made = _made(question, by, within, problems, language)
    others = (LeftOut("", "out_of_scope", "", people.out_of_scope), LeftOut("", "set_aside", "", people.set_aside))
    return evolve(made, left_out=(*(one for one in others if one.count), *made.left_out))


def _computed(
    run: RunToAudit, rows: Sequence[DataTable] | Sequence[Mapping[str, object]], language: str
) -> PeopleToAudit:
    """Everybody computed; `DataError` where a row is refused, unless such rows are set aside."""
    pipeline = run.pipeline
    tables = [one for one in rows if isinstance(one, DataTable)]
    people = pipeline.people(rows if rows else None, run.details, history=run.history, lang=language)
    computed = pipeline.compute(people, lang=language)
    pipeline.paid(people, computed, on_error=run.on_error, lang=language)
    return people_of_run(pipeline.checked, pipeline.plan, computed, tables)


def _measured_of(people: PeopleToAudit, wanted: WantedMeasure, problems: list[Problem]) -> Measured | None:
    found = people.column(wanted.name, wanted.of_numbers, problems)
    if found is None:
        return None
    values, kind = found
    if kind in MOMENTS:
        problems.append(Problem("audit-type", {"name": echo(wanted.name)}, "moment"))
    elif wanted.of_numbers and kind is not Kind.NUMBER and (wanted.operator or kind is not Kind.BOOLEAN):
        problems.append(Problem("audit-type", {"name": echo(wanted.name)}))
    else:
        return _measured(wanted, values)
    return None


def _grouping_of(people: PeopleToAudit, wanted: WantedGroups, problems: list[Problem]) -> Grouping | None:
    found = people.column(wanted.name, bool(wanted.edges), problems)
    if found is None:
        return None
    values, kind = found
    variant = (
        "moment" if kind in MOMENTS else "edges" if wanted.edges and kind is not Kind.NUMBER
        else "numbers" if not wanted.edges and kind is Kind.NUMBER else ""
    )  # fmt: skip
    if variant:
        problems.append(Problem("audit-type", {"name": echo(wanted.name)}, variant))
        return None
    return _grouping(wanted, values)
