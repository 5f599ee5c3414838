"""Incentive schemes written in YAML, checked before anybody is paid, and computed exactly.

    import incentive_rules as ir

    ir.check("bonus.yaml")                                    # every finding, as a Report
    ir.prove("bonus.yaml")                                    # the verdict on each promise, as a ProofReport
    pipeline = ir.compile("bonus.yaml", period="2026-03")     # SchemeError carries .diagnostics
    pipeline.score({"engineer": "G1", "jobs": 100, ...})      # one person; DataError carries .problems
    pipeline.run(rows, on_error="quarantine")                 # everybody; `.save(folder)` records it
    ir.replay(folder)                                         # the same bytes again, years later
    ir.audit("pay.csv", of="salary", by="gender")             # gaps between groups, with intervals and verdicts

A `str` is a path everywhere; a document that is no file is passed as `text=`.
Everything heavier than this file is imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .base.version import VERSION

if TYPE_CHECKING:
    from .auditing.report import Audit, AuditFigure, AuditVerdict, GroupFigures
    from .base.diagnostics import Diagnostic, Severity
    from .base.errors import DataError, EnginesDiffer, IncentiveRulesError, MissingExtra, SchemeError, SchemeWarning
    from .base.limits import Limits
    from .base.periods import Period
    from .base.problems import Problem
    from .data_audit import audit
    from .explaining.explain import Explanation
    from .model.nearest_steps import NearestStep, OutcomeChange
    from .model.record import Correction, Difference, Record, Replay
    from .model.report import Report, TestReport
    from .model.result import MISSING, Line, Result
    from .model.run import Dissent, HonorOutcome, PoolOutcome, Quarantined, Run, SecondOpinion, Summary, TableOutcome
    from .model.verdict import Counterexample, GroupGap, Measurement, Obstacle, ProofReport, Status, Verdict
    from .pipeline import Pipeline, check, test
    from .pipeline import compile as compile  # noqa: A004 - always written `ir.compile`
    from .proofs import prove
    from .replaying import read_record, replay

_HOMES = {
    "Audit": "auditing.report",
    "AuditFigure": "auditing.report",
    "AuditVerdict": "auditing.report",
    "GroupFigures": "auditing.report",
    "Diagnostic": "base.diagnostics",
    "Severity": "base.diagnostics",
    "DataError": "base.errors",
    "EnginesDiffer": "base.errors",
    "IncentiveRulesError": "base.errors",
    "Limits": "base.limits",
    "MISSING": "model.result",
    "MissingExtra": "base.errors",
    "SchemeError": "base.errors",
    "SchemeWarning": "base.errors",
    "Period": "base.periods",
    "Problem": "base.problems",
    "Correction": "model.record",
    "Difference": "model.record",
    "Explanation": "explaining.explain",
    "Dissent": "model.run",
    "HonorOutcome": "model.run",
    "Line": "model.result",
    "PoolOutcome": "model.run",
    "NearestStep": "model.nearest_steps",
    "OutcomeChange": "model.nearest_steps",
    "Quarantined": "model.run",
    "Counterexample": "model.verdict",
    "GroupGap": "model.verdict",
    "Measurement": "model.verdict",
    "Obstacle": "model.verdict",
    "ProofReport": "model.verdict",
    "Status": "model.verdict",
    "Verdict": "model.verdict",
    "Record": "model.record",
    "Replay": "model.record",
    "Report": "model.report",
    "Result": "model.result",
    "Run": "model.run",
    "SecondOpinion": "model.run",
    "Summary": "model.run",
    "TableOutcome": "model.run",
    "TestReport": "model.report",
    "Pipeline": "pipeline",
    "audit": "data_audit",
    "check": "pipeline",
    "compile": "pipeline",
    "prove": "proofs",
    "read_record": "replaying",
    "replay": "replaying",
    "test": "pipeline",
}

# With `compile`, so that `help` shows it; `from incentive_rules import *` then shadows the builtin: write `ir.compile`.
__all__ = [
    "MISSING",
    "Audit",
    "AuditFigure",
    "AuditVerdict",
    "Correction",
    "Counterexample",
    "DataError",
    "Diagnostic",
    "Difference",
    "Dissent",
    "EnginesDiffer",
    "Explanation",
    "GroupFigures",
    "GroupGap",
    "HonorOutcome",
    "IncentiveRulesError",
    "Limits",
    "Line",
    "Measurement",
    "MissingExtra",
    "NearestStep",
    "Obstacle",
    "OutcomeChange",
    "Period",
    "Pipeline",
    "PoolOutcome",
    "Problem",
    "ProofReport",
    "Quarantined",
    "Record",
    "Replay",
    "Report",
    "Result",
    "Run",
    "SchemeError",
    "SchemeWarning",
    "SecondOpinion",
    "Severity",
    "Status",
    "Summary",
    "TableOutcome",
    "TestReport",
    "Verdict",
    "audit",
    "check",
    "compile",
    "prove",
    "read_record",
    "replay",
    "test",
]


__version__ = VERSION


if not TYPE_CHECKING:  # or every misspelt name would be an object to a type checker

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found: object = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    """The public names; modules and what this file works with are left out."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
