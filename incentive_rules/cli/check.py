"""`check`: every finding in one or more schemes, and with `--fix` what is mechanical mended in place."""

from __future__ import annotations

from pathlib import Path

import click

from ..base.diagnostics import Severity
from ..base.reports import render
from ..base.text import echo, escape
from ..base.words import comma
from ..document_to_plan import mended
from ..loading import written_in
from ..model.report import Report
from ..pipeline import check as check_scheme
from . import options
from .console import language_of, note, out
from .exits import Exit
from .wording import say, say_count

SAYS = "say what is wrong in a scheme, all at once · 检查方案，列出全部问题"


@click.command(name="check", help=SAYS, short_help=SAYS)
@options.schemes
@options.period
@click.option("--fix", is_flag=True, help="mend what is mechanical, in place · 自动改正机械性的错误")
@options.format_of("text", "concise", "json")
@options.language
def check_command(schemes: tuple[str, ...], period: str | None, fix: bool, format_: str, lang: str) -> int:
    reports = []
    for path in schemes:
        if fix:
            _fix(path, lang)
        reports.append((path, check_scheme(path, period=period)))
    if format_ == "text":
        for number, (path, report) in enumerate(reports):
            if number:
                out()
            _print(path, report, language_of(lang, report.own_language))
    else:
        language = language_of(lang, next((r.own_language for _, r in reports if r.own_language), ""))
        text = render([d for _, report in reports for d in report.diagnostics], format_, language)
        if text:
            out(text)
    if any(d.code == "scheme-file" for _, report in reports for d in report.diagnostics):
        return Exit.USAGE
    return Exit.CLEAN if all(report.ok for _, report in reports) else Exit.FINDINGS


def _fix(path: str, lang: str) -> None:
    """Mend, check again, mend again: one mend may uncover the next."""
    try:
        before = Path(path).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return
    text, count = mended(before, Path(path).name)
    language = language_of(lang, written_in(before))
    name = echo(Path(path).name)
    if text == before:
        note(say("nothing_to_mend", language, file=name))
        return
    try:
        Path(path).write_bytes(text.encode("utf-8"))
    except OSError as error:
        note(say("cannot_write", language, file=name, reason=error.strerror or ""))
        return
    note(say("mended", language, file=name, count=count))


def _print(path: str, report: Report, language: str) -> None:
    if report.diagnostics:
        out(report.render("text", language))
        out()
    scheme = report.scheme
    if scheme is not None and scheme.status == "draft" and scheme.holes:
        out(say("draft", language, count=len(scheme.holes)))
        for hole in scheme.holes:
            out(say("draft_line", language, line=hole.place.line, what=escape(hole.what)))
        out(say("draft_end", language))
    line = f"{echo(Path(path).name or path)}  {summary(report, language)}"
    if scheme is not None and scheme.status == "example":
        line += f"    {say('example_status', language)}"
    out(line)


def summary(report: Report, language: str) -> str:
    """`no errors`, or how many of each kind there are."""
    kinds = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.HINT, "hint"))
    counts = [(word, report.count(severity)) for severity, word in kinds]
    said = [say_count(word, count, language) for word, count in counts if count]
    if report.ok:
        said.insert(0, say("clean", language))
    return comma(language).join(said)
