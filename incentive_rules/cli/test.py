"""`test`: computes the examples of a scheme with both engines; shows what differs, and how it came about."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..base.reports import render
from ..base.text import echo
from ..base.words import in_language
from ..model.report import TestReport
from ..pipeline import test as test_scheme
from . import options
from .console import language_of, note, out
from .exits import Exit
from .warned import warning_lines
from .wording import say

SAYS = "run the examples of a scheme · 运行方案中的算例"


@click.command(name="test", help=SAYS, short_help=SAYS)
@options.schemes
@options.format_of("text", "json")
@options.language
def test_command(schemes: tuple[str, ...], format_: str, lang: str) -> int:
    reports = [(path, test_scheme(path)) for path in schemes]
    if format_ == "json":
        out(json.dumps([_as_json(path, tested) for path, tested in reports], ensure_ascii=False, indent=2))
    else:
        for number, (path, tested) in enumerate(reports):
            if number:
                out()
            _print(path, tested, language_of(lang, tested.report.own_language))
    if any(d.code == "scheme-file" for _, tested in reports for d in tested.diagnostics):
        return Exit.USAGE
    return Exit.CLEAN if all(tested.ok for _, tested in reports) else Exit.FINDINGS


def _print(path: str, tested: TestReport, language: str) -> None:
    if not tested.report.ok:
        note(render(tested.report.errors, "text", language))
        return
    for line in warning_lines(tested.report.warnings, language):
        note(line)
    for outcome in tested.outcomes:
        mark = say("example_passed" if outcome.passed else "example_failed", language)
        out(f"{mark}  {echo(outcome.name)}")
        if outcome.passed:
            continue
        out()
        out(render(outcome.diagnostics, "text", language))
        if outcome.trace:
            out()
            out(f"{say('trace', language)}{in_language(language, ':', '：')}")
            out("\n".join("  " + line for line in outcome.trace.splitlines()))
        out()
    count = sum(outcome.passed for outcome in tested.outcomes)
    phrase = "examples_pass" if tested.outcomes else "no_examples"
    scheme = tested.report.scheme
    example = f"    {say('example_status', language)}" if scheme is not None and scheme.status == "example" else ""
    out(f"{echo(Path(path).name)}  {say(phrase, language, count=count, of=len(tested.outcomes))}{example}")


def _as_json(path: str, tested: TestReport) -> dict[str, object]:
    return {
        "file": echo(Path(path).name),
        "ok": tested.ok,
        "diagnostics": json.loads(render(tested.report.errors, "json", "en")),
        "examples": [
            {"name": o.name, "passed": o.passed, "diagnostics": json.loads(render(o.diagnostics, "json", "en"))}
            for o in tested.outcomes
        ],
    }
