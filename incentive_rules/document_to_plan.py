"""Takes a document to a scheme that is ready to pay for one period, with the findings of every stage."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve, frozen

from .base.diagnostics import Diagnostic
from .base.limits import DEFAULT_LIMITS, Limits
from .base.stacks import on_its_own_stack
from .checking import check_scheme
from .checking.names.period import find_period
from .compiling import compile_plan
from .loading import load, written_in
from .loading.fixes import mend
from .model.checked import Checked
from .model.plan import Plan
from .model.record import SchemeFile
from .model.report import Report
from .model.scheme import Scheme
from .reading.sources.files import read_scheme

Diagnostics = tuple[Diagnostic, ...]


@frozen
class CompiledScheme:
    """A scheme checked and compiled for one period."""

    checked: Checked
    plan: Plan


@frozen
class Loaded:
    """A document: the scheme as far as it could be read, the findings, and the bytes.

    `written` is the language that it seems to be written in.
    """

    scheme: Scheme | None
    findings: Diagnostics
    written: str
    source: SchemeFile


def loaded(path: str | Path | None, text: str | None, limits: Limits) -> Loaded:
    """The document in a file, or in `text`."""
    if (path is None) is (text is None):
        raise TypeError("give either a path or text=")
    if text is not None:
        source = SchemeFile(content=text.encode("utf-8", "replace"))
        return Loaded(*load(text, "<text>", limits), written_in(text), source)
    assert path is not None
    if isinstance(path, str) and "\n" in path:
        raise TypeError("this is a document and not a path: pass it as text=")
    name = Path(path).name
    data, problem = read_scheme(path, limits.file_bytes)
    if data is None:
        return Loaded(None, () if problem is None else (problem,), "", SchemeFile(name, b""))
    return Loaded(*load(data, name, limits), written_in(data), SchemeFile(name, data))


def checked_report(document: Loaded, period: str | None, limits: Limits) -> Report:
    """The findings about a document, for one period or for all of them."""
    scheme = document.scheme
    if scheme is None:
        return Report(document.findings, written=document.written)
    found, wrong_period = find_period(scheme, period) if period is not None else (None, ())
    checked, more = check_scheme(scheme, found, limits)
    findings = (*document.findings, *wrong_period, *map(_as_checked, more))
    if checked is not None and Report(findings).ok:
        # A limit of the engines (a number that grows without bound) is the author's to mend, so it belongs here.
        findings = (*findings, *compile_plan(checked)[1], *map(_as_checked, _broken(checked)))
    if checked is not None and Report(findings).ok:
        findings = (*findings, *_left_open(checked))
    return Report((*findings, *_lost(findings, checked)), scheme)


def made_ready(
    scheme: Scheme | None, findings: Diagnostics, period: str | None, limits: Limits = DEFAULT_LIMITS,
    draft_too: bool = False,
) -> tuple[CompiledScheme | None, Diagnostics]:  # fmt: skip
    """All stages up to the plan; a stage that fails gives the findings of those before it as well."""
    if scheme is None:
        return None, findings
    found, wrong = find_period(scheme, period)
    checked, more = check_scheme(scheme, found, limits)
    draft = (Diagnostic("scheme-draft", None),) if scheme.status == "draft" and not draft_too else ()
    findings = (*findings, *wrong, *draft, *more)
    findings = (*findings, *_lost(findings, checked))
    if checked is None or not Report(findings).ok:
        return None, findings
    plan, too_wide = compile_plan(checked)
    findings = (*findings, *too_wide, *_broken(checked))
    return (None if plan is None else CompiledScheme(checked, plan)), findings


def _as_checked(finding: Diagnostic) -> Diagnostic:
    """A promise that is broken is an error where a scheme is checked; who runs or proves it is warned."""
    return evolve(finding, code="promise-refuted") if finding.code == "promise-broken" else finding


def _broken(checked: Checked) -> Diagnostics:
    """The promises that rules alone show broken; who makes none waits for nothing."""
    if not checked.scheme.promises:
        return ()
    from .proving.cheap import promises_broken

    return tuple(promises_broken(checked))


def _left_open(checked: Checked) -> Diagnostics:
    if not checked.scheme.promises:
        return ()
    from .proving.cheap import promises_left_open

    return tuple(promises_left_open(checked))


def _lost(findings: Diagnostics, checked: Checked | None) -> Diagnostics:
    """Reports a missing part of a scheme without errors: it would be paid to nobody, and nobody would see it."""
    if checked is None or not checked.lost or not Report(findings).ok:
        return ()
    return tuple(Diagnostic("nothing-computed", place, {"name": name}) for name, place in checked.lost)


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
