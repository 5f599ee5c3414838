"""The verdict on each promise of a scheme, with what is kept beside it and, where there are any, with data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Literal

from attrs import evolve

from .auditing.intervals import need_scipy
from .base.limits import DEFAULT_LIMITS, Limits
from .base.problems import Problem
from .base.stacks import on_its_own_stack
from .curve_runs import pay_curves
from .data_audit import Data, audit_refused, tables_to_audit
from .document_to_plan import loaded
from .groups_compared import DataToProve, with_groups_compared
from .kept_runs import read_kept
from .model.curves import PayCurves
from .model.record import History
from .model.run import RecordSources
from .model.scheme import Scheme
from .model.verdict import ProofReport
from .pipeline import compile_quietly
from .proof_runs import proved
from .reading.sources.handed import HandedRows
from .rendering.fairness_page import fairness_page


def prove(
    path: str | Path | None = None,
    *,
    text: str | None = None,
    period: str | None = None,
    data: Data | None = None,
    details: Mapping[str, HandedRows] | None = None,
    groups: Mapping[str, HandedRows] | None = None,
    history: RecordSources | History = (),
    on_error: Literal["reject", "quarantine"] = "reject",
    encoding: str = "utf-8",
    limits: Limits = DEFAULT_LIMITS,
) -> ProofReport:
    """The verdict on each promise of a scheme; `SchemeError` where it has errors.

    Without a period every period is looked at for which the scheme may be computed, and the worst verdict counts.
    Counterexamples that are kept beside the scheme are replayed first. `data` are files or rows of people, and what
    follows is as `run` takes it: they decide what is promised of groups. `DataError` where they cannot be used.
    """
    if data is None and not details:
        return _proved(path, text, period, limits)
    pipeline = compile_quietly(path, text=text, period=period, limits=limits)  # data are those of one period
    language = pipeline.scheme.language or "en"
    need_scipy(language)
    problems: list[Problem] = []
    tables = () if data is None else tables_to_audit(data, encoding, problems)
    if problems:
        raise audit_refused(problems, language)
    people = DataToProve(tables, details or {}, groups or {}, history, on_error)
    report = _proved(path, text, pipeline.period, limits)
    return with_groups_compared(report, pipeline, people, language)


@on_its_own_stack
def _proved(path: str | Path | None, text: str | None, period: str | None, limits: Limits) -> ProofReport:
    document = loaded(path, text, limits)
    kept, wrong = ((), ()) if path is None else read_kept(path, limits)
    report = proved(evolve(document, findings=(*document.findings, *wrong)), period, limits, kept)
    return evolve(report, page=_page, draw=partial(_drawn, report.scheme, report.periods, limits))


def _page(report: ProofReport, language: str) -> str:
    return fairness_page(report, None if report.draw is None else report.draw(language), language)


@on_its_own_stack
def _drawn(scheme: Scheme, periods: tuple[str, ...], limits: Limits, language: str) -> PayCurves | None:
    """Curves for the first period: computed when somebody looks at them."""
    return pay_curves(scheme, periods[0], language, limits) if periods else None
