"""The whole library on one screen: what comes after what, and where findings become exceptions.

    load      text       -> Scheme       loading
    check     Scheme     -> Checked      checking
    compile   Checked    -> Plan         compiling
    score     one row    -> Result       reading, running.scalar
    run       many rows  -> Run          reading, running.many
    test      examples   -> TestReport   running.scalar beside running.referee
    explain   one row    -> text         running.referee, explaining
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NoReturn

from .base.diagnostics import Diagnostic
from .base.errors import DataError, SchemeError
from .base.limits import DEFAULT_LIMITS, Limits
from .base.problems import Problem
from .base.reports import message_of, render, render_problems
from .base.stacks import on_its_own_stack
from .base.text import echo
from .checking import check as check_scheme
from .checking.use_periods import find_period
from .compiling import compile_plan, fingerprint_of_meaning
from .explaining.explain import Explanation, explain
from .loading import load, written_in
from .loading.mending import mend
from .model.checked import Checked
from .model.data import DataRow, DataTable, People
from .model.plan import Plan
from .model.record import History, SchemeFile
from .model.report import ExampleOutcome, Report, TestReport
from .model.result import Result, set_explainer
from .model.run import Given, NeededInput, Run
from .model.scheme import Example, Scheme
from .model.trace import Judgement
from .reading.cells import read_cell
from .reading.earlier import brought
from .reading.files import read_mappings, read_scheme
from .reading.people import gather, needed_inputs
from .reading.values import count_corrections, engine_rows, located, one_person, read_person
from .records import earlier_periods, recorder_of
from .running.examples import given_by, judge_example, refused_by
from .running.many import compute, set_aside, summarise
from .running.referee import referee
from .running.scalar import ScalarEngine

Row = Mapping[str, object]
Rows = Iterable[Row] | DataTable | Sequence[DataTable]
Findings = tuple[Diagnostic, ...]
Progress = Callable[[int, int], None]
DetailRows = Mapping[str, tuple[DataRow, ...]]
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
    scheme, findings, written, _ = _loaded(path, text, limits)
    if scheme is None:
        return Report(findings, written=written)
    found, wrong_period = find_period(scheme, period) if period is not None else (None, ())
    checked, more = check_scheme(scheme, found, limits)
    # A limit of the engines (a number that grows without bound) is the author's to mend, so it belongs here.
    _, too_wide = compile_plan(checked) if checked is not None else (None, ())
    return Report((*findings, *wrong_period, *more, *too_wide), scheme)


@on_its_own_stack
def compile(
    path: str | Path | None = None, *, text: str | None = None, period: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Pipeline:  # fmt: skip
    """The scheme made ready to pay for one period; `SchemeError` with the whole report where it has errors."""
    scheme, findings, written, source = _loaded(path, text, limits)
    pipeline, findings = _compiled(scheme, findings, period, limits, source=source)
    if pipeline is None:
        report = Report(findings, scheme, written)
        report.raise_if_errors()
        raise SchemeError(str(report), findings, report.language)
    return pipeline


@on_its_own_stack
def compile_bytes(source: SchemeFile, period: str | None) -> Pipeline:
    """The scheme in the bytes of a file made ready, as `compile` does."""
    pipeline, findings = _compiled(*load(source.content, source.name), period, DEFAULT_LIMITS, source=source)
    if pipeline is None:
        raise SchemeError(render(findings), findings)
    return pipeline


def test(path: str | Path | None = None, *, text: str | None = None) -> TestReport:  # noqa: PT028
    """The scheme's own examples, each through the engine and the referee, compared to the last digit."""
    report = check(path, text=text)
    scheme = report.scheme
    if scheme is None or not report.ok:
        return TestReport(report)
    ready: dict[str | None, tuple[Pipeline | None, Findings]] = {}
    outcomes = []
    for example in scheme.examples:
        if example.period not in ready:
            ready[example.period] = _compiled(scheme, (), example.period, DEFAULT_LIMITS, draft_too=True)
        outcomes.append(_try(example, *ready[example.period], language=report.language))
    return TestReport(report, tuple(outcomes))


@on_its_own_stack
def mended(text: str, name: str = "<text>") -> tuple[str, int]:
    """`text` with everything mechanical mended, and how many findings that took."""
    count = 0
    for _ in range(20):
        _, findings = load(text, name)
        after = mend(text, findings)
        if after == text:
            break
        count += sum(bool(d.fixes) for d in findings)
        text = after
    return text, count


def _loaded(
    path: str | Path | None, text: str | None, limits: Limits
) -> tuple[Scheme | None, Findings, str, SchemeFile]:
    """The scheme as far as it could be read, the findings, the language that it seems to be written in, its bytes."""
    if (path is None) is (text is None):
        raise TypeError("give either a path or text=")
    if text is not None:
        source = SchemeFile(content=text.encode("utf-8", "replace"))
        return *load(text, "<text>", limits), written_in(text), source
    assert path is not None
    if isinstance(path, str) and "\n" in path:
        raise TypeError("this is a document and not a path: pass it as text=")
    name = Path(path).name
    data, problem = read_scheme(path, limits.file_bytes)
    if data is None:
        return None, () if problem is None else (problem,), "", SchemeFile(name, b"")
    return *load(data, name, limits), written_in(data), SchemeFile(name, data)


@on_its_own_stack
def _compiled(
    scheme: Scheme | None, findings: Findings, period: str | None, limits: Limits, draft_too: bool = False,
    source: SchemeFile = NO_FILE,
) -> tuple[Pipeline | None, Findings]:  # fmt: skip
    """All stages up to the plan; a stage that fails gives the findings of those before it as well."""
    if scheme is None:
        return None, findings
    found, wrong = find_period(scheme, period)
    checked, more = check_scheme(scheme, found, limits)
    draft = (Diagnostic("scheme-draft", None),) if scheme.status == "draft" and not draft_too else ()
    findings = (*findings, *wrong, *draft, *more)
    if checked is None or not Report(findings).ok:
        return None, findings
    plan, too_wide = compile_plan(checked)
    return (None if plan is None else Pipeline(checked, plan, source)), (*findings, *too_wide)


@on_its_own_stack
def _try(example: Example, pipeline: Pipeline | None, findings: Findings, language: str) -> ExampleOutcome:
    if pipeline is None:
        reason = "; ".join(message_of(d, language) for d in findings)
        params = {"example": example.name, "reason": reason}
        variant = "draft" if any(d.code == "tbd-open" for d in findings) else ""
        return ExampleOutcome(example.name, (Diagnostic("example-period", example.place, params, variant),))
    given = given_by(example, pipeline.checked, read_cell, language)
    if given.findings:
        return ExampleOutcome(example.name, given.findings)
    judgement = referee(pipeline.checked, given.values, given.rows)
    try:
        result = None if judgement.broken else pipeline.score(given.cells, given.detail_cells)
    except DataError as refused:
        return ExampleOutcome(example.name, refused_by(example, refused.problems, language))
    wrong = judge_example(example, pipeline.checked, result, judgement)
    names = [d.params["name"] for d in wrong if "name" in d.params]
    known = {line.name for line in judgement.trace}
    traced = [name for name in dict.fromkeys(names) if name in known]
    trace = str(explain(pipeline.checked, judgement.trace, traced, language)) if traced else ""
    return ExampleOutcome(example.name, wrong, trace)


# ── Ready to pay ──────────────────────────────────────────────────────────────────────────────────


class Pipeline:
    """A scheme made ready for one period. It never changes, can be shared by threads, and can be pickled."""

    def __init__(self, checked: Checked, plan: Plan, source: SchemeFile = NO_FILE) -> None:
        self.checked = checked
        self.plan = plan
        self.source = source
        self._engine = ScalarEngine(plan, read_cell)
        self._score_facts = self._engine.score  # looked up once, not once for each person
        self._explainer = self._explain_facts

    def __reduce__(self) -> tuple[Callable[[bytes], Pipeline], tuple[bytes]]:
        return _restored, (_stored(self.checked, self.plan, self.source),)

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

    @property
    def fingerprint(self) -> str:
        """Equal for equal meaning in equal periods: titles, comments, examples and places play no part."""
        return fingerprint_of_meaning(self.checked)

    @property
    def inputs(self) -> tuple[NeededInput, ...]:
        """Every fact that the data must bring."""
        return needed_inputs(self.checked)

    def score(self, row: Row, details: Mapping[str, Iterable[Row]] | None = None) -> Result:
        """What one person gets; `DataError` with everything that is wrong with the row."""
        facts = row.copy() if type(row) is dict else _facts(row)  # what explains the result later; a copy is quicker
        tables = None if details is None else {name: list(rows) for name, rows in details.items()}
        found = self._score_facts(facts, tables)
        if not isinstance(found, Result):
            _refuse(found, self._language)
        set_explainer(found, (self._explainer, facts, tables))
        return found

    def _explain_facts(
        self, facts: Row, tables: Mapping[str, Iterable[Row]] | None, name: str | None, lang: str
    ) -> Explanation:
        return self._explain(*one_person(self.checked, facts, tables or {}), name, lang)

    def run(
        self,
        rows: Rows | People | None = None,
        details: Mapping[str, Rows] | None = None,
        *,
        groups: Mapping[str, Rows] | None = None,
        history: Given | History = (),
        on_error: Literal["reject", "quarantine"] = "reject",
        lang: str = "",
        progress: Progress | None = None,
    ) -> Run:
        """What everybody gets. A bad row rejects the run, or with `quarantine` is set aside with its reasons.

        `rows` are mappings, tables of files that are joined one to one on the key, or `people()`; without them
        the people are those whom the details name. `history` are records of earlier periods, or folders of them.
        """
        if on_error not in ("reject", "quarantine"):
            raise ValueError("on_error is `reject` or `quarantine`")
        language = lang or self._language
        people = rows
        if not isinstance(people, People):
            people = self.people(people, details, groups, history=history, lang=language)
        computed = compute(people, self._score, progress)
        problems = (*computed.problems, *people.orphans)
        if problems and on_error == "reject":
            _refuse(problems, language)
        summary = summarise(computed, people, self.plan, lambda row, d: count_corrections(self.checked, row, d))
        results = tuple(result for _, result, _ in computed.outcomes if result is not None)
        recorder = recorder_of(self.checked, self.source, people, computed, language)
        return Run(results, set_aside(problems, language), summary, self.fingerprint, recorder=recorder)

    def people(
        self,
        rows: Rows | None = None,
        details: Mapping[str, Rows] | None = None,
        groups: Mapping[str, Rows] | None = None,
        *,
        history: Given | History = (),
        lang: str = "",
    ) -> People:
        """The rows of a run, joined and given to their owners, with what earlier periods bring.

        `DataError` where a table, or a record, cannot be used.
        """
        problems: list[Problem] = []
        tables = None if rows is None else _tables(rows, problems)
        further: dict[str, tuple[DataTable, ...]] = {}
        for name, given in (*(details or {}).items(), *(groups or {}).items()):
            further[name] = (*further.get(name, ()), *_tables(given, problems, name))
        earlier, wrong = earlier_periods(self.checked, history, brought(self.checked, tables or (), further))
        problems += wrong
        people, more = gather(self.checked, tables, further, earlier) if not problems else (None, ())
        if people is None:
            _refuse((*problems, *more), lang or self._language)
        return people

    def _score(self, row: DataRow, details: DetailRows) -> tuple[Result | None, tuple[Problem, ...]]:
        found = self._engine.score(*engine_rows(self.checked, row, details))
        if isinstance(found, tuple):
            return None, located(found, row, details)
        set_explainer(found, (self._explain, row, details))
        return found, ()

    @on_its_own_stack
    def judge(self, row: DataRow, details: DetailRows) -> Judgement:
        """What the referee finds for one row."""
        values, tables, problems = read_person(self.checked, row, details)
        if problems:
            _refuse(problems, self._language)
        return referee(self.checked, values, tables)

    def explain(
        self,
        row: Row,
        name: str | None = None,
        details: Mapping[str, Iterable[Row]] | None = None,
        *,
        lang: str = "",
        all: bool = False,
    ) -> Explanation:
        """Why one person gets this: of `name`, or of what is paid in the end; with `all` every line there is."""
        tables = {table: list(rows) for table, rows in (details or {}).items()}
        self.score(row, tables or None)  # says everything that is wrong with the row
        return self._explain(*one_person(self.checked, row, tables), name, lang, all)

    def explain_row(
        self, row: DataRow, details: DetailRows, name: str | None = None, *, lang: str = "", all: bool = False
    ) -> Explanation:
        """The same for a row of `people()`."""
        _, problems = self._score(row, details)
        if problems or row.problems:
            _refuse((*row.problems, *problems), lang or self._language)
        return self._explain(row, details, name, lang, all)

    @on_its_own_stack
    def _explain(
        self, row: DataRow, details: DetailRows, name: str | None, lang: str, all: bool = False
    ) -> Explanation:
        return explain(self.checked, self.judge(row, details).trace, name, lang or self._language, all)


@on_its_own_stack
def _stored(checked: Checked, plan: Plan, source: SchemeFile) -> bytes:
    """A pickle nests as deep as the formulas, so it is made on a stack of its own."""
    return pickle.dumps((checked, plan, source), pickle.HIGHEST_PROTOCOL)


def _restored(stored: bytes) -> Pipeline:
    return Pipeline(*pickle.loads(stored))  # noqa: S301 - a part of the very pickle that is being read


def _facts(row: object) -> dict[str, object]:
    if not isinstance(row, Mapping):
        raise TypeError(f"a row is a mapping of names to values, not {type(row).__name__}")
    return dict(row)


def _tables(rows: Rows, problems: list[Problem], name: str = "") -> tuple[DataTable, ...]:
    if isinstance(rows, DataTable):
        return (rows,)
    if isinstance(rows, Mapping):
        raise TypeError("these rows are one row: give a list of them, or use pipeline.score(row)")
    listed = list(rows)
    tables = tuple(table for table in listed if isinstance(table, DataTable))
    if tables and len(tables) == len(listed):
        return tables
    table, wrong = read_mappings(listed, name)
    problems += wrong
    return () if table is None else (table,)


def _refuse(problems: Sequence[Problem], language: str) -> NoReturn:
    raise DataError(render_problems(problems, "text", language), tuple(problems))
