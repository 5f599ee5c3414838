"""The verdict on each promise of a scheme, with the counterexamples that are kept beside it."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from .base.limits import DEFAULT_LIMITS, Limits
from .base.stacks import on_its_own_stack
from .document_to_plan import loaded
from .kept_runs import read_kept
from .model.verdict import ProofReport
from .proof_runs import proved


@on_its_own_stack
def prove(
    path: str | Path | None = None, *, text: str | None = None, period: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> ProofReport:  # fmt: skip
    """The verdict on each promise of a scheme; `SchemeError` where it has errors.

    Without a period every period is looked at for which the scheme may be computed, and the worst verdict counts.
    Counterexamples that are kept beside the scheme are replayed first.
    """
    document = loaded(path, text, limits)
    kept, wrong = ((), ()) if path is None else read_kept(path, limits)
    return proved(evolve(document, findings=(*document.findings, *wrong)), period, limits, kept)
