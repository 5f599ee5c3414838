"""The whole library on one screen: what comes after what, and where findings become exceptions.

    load      text       -> Scheme       loading
    check     Scheme     -> Checked      checking
    compile   Checked    -> Plan         compiling
    score     one row    -> Result       reading, engine.scalar
    run       many rows  -> Run          rows_to_run (reading), batch (engines), engine.summary
    test      examples   -> TestReport   engine.scalar beside judging
    prove     Scheme     -> ProofReport  proofs.py (proving, and an audit where there are data)
    explain   one row    -> text         judging, explaining

A program that only scores waits for none of the rest: what runs, records, explains and judges is imported where it is
used.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn
from warnings import warn

from attrs import evolve

from .base.diagnostics import Diagnostic
from .base.errors import DataError, EnginesDiffer, SchemeError, SchemeWarning
from .base.garbage import collector_paused
from .base.limits import DEFAULT_LIMITS, Limits
from .base.problems import Problem, causes
from .base.reports import render, render_problems
from .base.stacks import on_its_own_stack
from .base.text import echo
from .compiling import fingerprint_of_meaning
from .document_to_plan import CompiledScheme, Diagnostics, Loaded, checked_report, loaded, made_ready
from .loading import load
from .model.checked import Checked
from .model.data import DataRow, People
from .model.plan import Plan
from .model.record import History, SchemeFile
from .model.report import Report, TestReport
from .model.result import Result, set_explainer
from .model.run import HowMany, NeededInput, RecordSources, Run, SecondOpinion
from .model.scheme import Scheme
from .model.trace import Judgement
from .reading.needed import needed_inputs
from .reading.owners.group_facts import GroupRows
from .reading.sources.handed import HandedRow, HandedRows, facts_of, kept_groups, listed_tables
from .reading.values import DetailRows
from .single import OnePerson, ScoreOne, TablesByName

if TYPE_CHECKING:
    from .batch import BatchEngine, Hearing, OnProgress
    from .engine.summary import Computed
    from .explaining.explain import Explanation
    from .explaining.whole_groups import GroupExplanation
    from .model.nearest_steps import NearestStep
    from .second_opinion import Watch
    from .slips import Slips
    from .what_if import WhatIfs

Brought = tuple[TablesByName | None, HandedRow, GroupRows | None]
NO_FILE = SchemeFile()

# ── One scheme ────────────────────────────────────────────────────────────────────────────────────


@on_its_own_stack
def check(
    path: str | Path | None = None, *, text: str | None = None, period: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Report:  # fmt: skip
    """Every finding about the scheme in a file, or in `text`; an author's error is never an exception.

    Without a period the scheme is checked for every day on which one of its dated values changes.
    """
    return checked_report(loaded(path, text, limits), period, limits)


def compile(
    path: str | Path | None = None, *, text: str | None = None, period: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Pipeline:  # fmt: skip
    """The scheme made ready to pay for one period; `SchemeError` with the whole report where it has errors.

    What `check` warns of stands in `.warnings` of what comes out, and is a `SchemeWarning` of Python once.
    """
    pipeline = compile_quietly(path, text=text, period=period, limits=limits)
    for warning in pipeline.warnings:
        warn(render([warning], "concise", pipeline.scheme.language or "en"), SchemeWarning, stacklevel=2)
    return pipeline


@on_its_own_stack
def compile_quietly(
    path: str | Path | None = None, *, text: str | None = None, period: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Pipeline:  # fmt: skip
    """`compile` for a caller who shows the warnings: Python's `warnings` are told nothing."""
    document = loaded(path, text, limits)
    pipeline, findings = _compiled(document, period, limits)
    if pipeline is None:
        report = Report(findings, document.scheme, document.written)
        report.raise_if_errors()
        raise SchemeError(str(report), findings, report.language)
    return pipeline


@on_its_own_stack
def compile_bytes(source: SchemeFile, period: str | None) -> Pipeline:
    """The scheme in the bytes of a file made ready, as `compile` does."""
    pipeline, findings = _compiled(Loaded(*load(source.content, source.name), "", source), period)
    if pipeline is None:
        raise SchemeError(render(findings), findings)
    return pipeline


def _compiled(
    document: Loaded, period: str | None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Pipeline | None, tuple[Diagnostic, ...]]:
    ready, findings = made_ready(document.scheme, document.findings, period, limits)
    if ready is None:
        return None, findings
    return Pipeline(ready.checked, ready.plan, document.source, Report(findings).warnings), findings


def test(path: str | Path | None = None, *, text: str | None = None) -> TestReport:  # noqa: PT028
    """The scheme's own examples, each through the engine and the referee, compared to the last digit."""
    from .example_runs import tried

    report = check(path, text=text)
    scheme = report.scheme
    if scheme is None or not report.ok:
        return TestReport(report)
    ready: dict[str | None, tuple[CompiledScheme | None, Diagnostics]] = {}
    outcomes = []
    for example in scheme.examples:
        if example.period not in ready:
            ready[example.period] = on_its_own_stack(made_ready)(scheme, (), example.period, draft_too=True)
        outcomes.append(tried(example, *ready[example.period], language=report.language))
    return TestReport(report, tuple(outcomes))


# ── Ready to pay ──────────────────────────────────────────────────────────────────────────────────


class Pipeline:
    """A scheme made ready for one period. It never changes, can be shared by threads, and can be pickled.

    `warnings` are those of the check of the scheme.
    """

    def __init__(
        self, checked: Checked, plan: Plan, source: SchemeFile = NO_FILE, warnings: tuple[Diagnostic, ...] = ()
    ) -> None:
        self.checked = checked
        self.plan = plan
        self.source = source
        self.warnings = warnings
        self._explainer = self._explain_facts

    def __reduce__(self) -> tuple[Callable[[bytes], Pipeline], tuple[bytes]]:
        return _restored, (_stored(self.checked, self.plan, self.source, self.warnings),)

    def __repr__(self) -> str:
        return f"<Pipeline {echo(self.scheme.name)} {self.period}: {len(self.plan.outputs)} names>"

    @property
    def _language(self) -> str:
        return self.scheme.language or "en"

    @property
    def scheme(self) -> Scheme:
        return self.checked.scheme

    @property
    def period(self) -> str:
        return str(self.checked.period)

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal meaning in equal periods: titles, comments, examples and places play no part."""
        return fingerprint_of_meaning(self.checked)

    @property
    def inputs(self) -> tuple[NeededInput, ...]:
        """Every fact that the data must bring."""
        return needed_inputs(self.checked)

    # ── One person ───────────────────────────────────────────────────────────────────────────────

    @property
    def needs_others(self) -> tuple[str, ...]:
        """The names whose values other people decide: `score` has to be `given` them."""
        return self._one.needed

    @cached_property
    def _one(self) -> OnePerson:
        one = OnePerson(self.checked, self.plan)
        if one.plan is None:
            raise SchemeError(render(one.findings), one.findings)
        return one

    @cached_property
    def _score_facts(self) -> ScoreOne:
        """What scores one person; looked up once, not once for each person."""
        return self._one.engine if self.plan.is_alone and self._one.is_simple else self._score_alone

    @cached_property
    def _everybody(self) -> BatchEngine:
        from .batch import BatchEngine

        return BatchEngine(self.checked, self.plan)

    def score(
        self, row: HandedRow, details: Mapping[str, HandedRows] | None = None,
        given: HandedRow | None = None, *, groups: Mapping[str, HandedRows] | None = None,
    ) -> Result:  # fmt: skip
        """What one person gets; `DataError` with everything that is wrong with the row.

        `given` are the values of `needs_others`: among one person alone they would be other ones. Those that are facts
        of groups may come from the rows of `groups` instead, as `run` takes them.
        """
        facts = row.copy() if type(row) is dict else facts_of(row)  # what explains the result later; a copy is quicker
        tables = None if details is None else listed_tables(details)
        brought: Brought | TablesByName | None = tables
        if given is None and groups is None:
            found = self._score_facts(facts, tables)
        else:
            kept = kept_groups(groups)
            found = self._one.score(facts, tables, given or {}, kept)
            brought = (tables, dict(given or {}), kept)
        if not isinstance(found, Result):
            _refuse(found, self._language)
        set_explainer(found, (self._explainer, facts, brought))
        return found

    def _score_alone(self, facts: HandedRow, tables: TablesByName | None = None) -> Result | tuple[Problem, ...]:
        return self._one.score(facts, tables)

    def explain(
        self, row: HandedRow, name: str | None = None, details: Mapping[str, HandedRows] | None = None,
        given: HandedRow | None = None, *, groups: Mapping[str, HandedRows] | None = None, lang: str = "",
        all: bool = False,
    ) -> Explanation:  # fmt: skip
        """Why one person gets this: of `name`, or of what is paid in the end; with `all` every line there is."""
        tables = listed_tables(details)
        kept = kept_groups(groups)
        self.score(row, tables or None, given, groups=kept)  # says everything that is wrong with the row
        return self._explain_facts(row, (tables, given or {}, kept), name, lang, all)

    @on_its_own_stack
    def _explain_facts(
        self, facts: HandedRow, brought: Brought | TablesByName | None, name: str | None, lang: str, all: bool = False
    ) -> Explanation:
        tables, given, groups = brought if isinstance(brought, tuple) else (brought, {}, None)
        trace = self._one.judge(facts, tables, given, groups).trace
        from .explaining.explain import explain

        return explain(self._one.checked, trace, name, lang or self._language, all)

    def alone(self, names: Iterable[str]) -> OnePerson:
        """One person, with what these quantities rest on and nothing else."""
        return OnePerson(self.checked, self.plan, names)

    def judge(self, row: DataRow, details: DetailRows) -> Judgement:
        """What the referee finds for one person who needs nobody else."""
        return self._one.judge_row(row, details)

    # ── Everybody ────────────────────────────────────────────────────────────────────────────────

    def run(
        self, rows: HandedRows | People | None = None, details: Mapping[str, HandedRows] | None = None, *,
        groups: Mapping[str, HandedRows] | None = None, history: RecordSources | History = (),
        on_error: Literal["reject", "quarantine"] = "reject", referee: HowMany = None, lang: str = "",
        progress: OnProgress | None = None,
    ) -> Run:  # fmt: skip
        """What everybody gets. A bad row rejects the run, or with `quarantine` is set aside with its reasons.

        `rows` are mappings, tables of files that are joined one to one on the key, or `people()`; without them
        the people are those whom the details name. `history` is a record of an earlier period, a folder, or several.
        `referee` is how many people the second engine computes as well, or "all"; where nothing is said it is a few,
        0 is none. `EnginesDiffer` where one comes out otherwise.
        """
        if on_error not in ("reject", "quarantine"):
            raise ValueError("on_error is `reject` or `quarantine`")
        from .second_opinion import asked_for

        asked = asked_for(referee)
        people = rows
        if not isinstance(people, People):
            people = self.people(people, details, groups, history=history, lang=lang)
        computed = self.compute(people, lang=lang, progress=progress)
        run = self.paid(people, computed, on_error=on_error, lang=lang)
        opinion = self.second_opinion(people, computed, asked)
        if opinion is not None and opinion.dissents:
            problems = tuple(dissent.problem for dissent in opinion.dissents)
            raise EnginesDiffer(render_problems(problems, "text", lang or self._language), problems, opinion)
        return evolve(run, second_opinion=opinion)

    def people(
        self, rows: HandedRows | None = None, details: Mapping[str, HandedRows] | None = None,
        groups: Mapping[str, HandedRows] | None = None, *, history: RecordSources | History = (), lang: str = "",
    ) -> People:  # fmt: skip
        """The rows of a run, joined and given to their owners, with what earlier periods bring.

        `DataError` where a table, or a record, cannot be used.
        """
        from .rows_to_run import people_of

        people, problems = people_of(self.checked, rows, details, groups, history)
        if people is None:
            _refuse(problems, lang or self._language)
        return people

    def slips(
        self, people: People, computed: Computed, *, lang: str = "", fingerprints: tuple[tuple[str, str], ...] = (),
        what_if: bool = False,
    ) -> Slips:  # fmt: skip
        """The slips of these people, asked for one by one; with `what_if` also what one thing different would give."""
        from .slips import Slips
        hearing, steps = self.hearing(people, computed), self.what_ifs(people, computed) if what_if else None
        return Slips(self.checked, hearing, people, computed, lang or self._language, fingerprints, steps)

    def compute(self, people: People, *, lang: str = "", progress: OnProgress | None = None) -> Computed:
        """Each row of people with its result or its problems, before anything is rejected or added up."""
        with collector_paused():
            computed = self._everybody.compute(people, progress)
        if isinstance(computed, tuple):
            _refuse(computed, lang or self._language)
        return computed

    @collector_paused()
    def paid(
        self, people: People, computed: Computed, *, on_error: Literal["reject", "quarantine"] = "reject",
        lang: str = "",
    ) -> Run:  # fmt: skip
        """The run of what was computed."""
        from .rows_to_run import run_of

        language = lang or self._language
        problems = (*computed.problems, *people.orphans)
        if problems and on_error == "reject":
            _refuse(problems, language)
        return run_of(self, people, computed, self._everybody.engine, language)

    @collector_paused()
    def second_opinion(
        self, people: People, computed: Computed, referee: HowMany = None, watch: Watch | None = None
    ) -> SecondOpinion | None:  # fmt: skip
        """What the referee says of some of these people, or of all; None where `referee` is 0."""
        from .second_opinion import asked_for, second_opinion

        return second_opinion(
            self.checked, people, computed, self.hearing(people, computed), asked_for(referee), self.fingerprint, watch
        )  # fmt: skip

    def explain_groups(
        self, people: People, name: str, *, lang: str = "", anonymous: bool = False
    ) -> tuple[GroupExplanation, ...]:
        """How a pool is shared, an honour given or grades by rank come out, group by group, with all members.

        For managers and auditors, since it names others; with `anonymous` people are numbered in the order of the data.
        `DataError` where nothing can be computed; refused people decide nothing.
        """
        return self.hearing(people, self.compute(people, lang=lang)).explain_groups(name, lang, anonymous)

    def nearest_steps(self, people: People, key: str, outcome: str = "") -> tuple[NearestStep, ...]:
        """What one thing different would have given: cell by cell the nearest value that changes net, or `outcome`.

        KeyError for an unknown key or name, `DataError` where the person has no result.
        """
        return self.what_ifs(people, self.compute(people)).of_key(key, outcome)

    def what_ifs(self, people: People, computed: Computed) -> WhatIfs:
        """What one thing different would have given each of these people, asked one by one."""
        from .what_if import WhatIfs

        return WhatIfs(self.checked, self.plan, self.hearing(people, computed), people, computed)

    def hearing(self, people: People, computed: Computed) -> Hearing:
        """The referee of these people: what it finds for each of them, and why."""
        from .batch import Hearing

        return Hearing(self.checked, self.plan, people, computed)


@on_its_own_stack
def _stored(*parts: object) -> bytes:
    """A pickle nests as deep as the formulas, so it is made on a stack of its own."""
    return pickle.dumps(parts, pickle.HIGHEST_PROTOCOL)


def _restored(stored: bytes) -> Pipeline:
    return Pipeline(*pickle.loads(stored))  # noqa: S301 - a part of the very pickle that is being read


def _refuse(problems: Sequence[Problem], language: str) -> NoReturn:
    raise DataError(render_problems(problems, "text", language), causes(problems))
