"""`run`: everybody in the data files, the pay table, the sums that reconcile it, and files for payroll."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..base.errors import DataError, SchemeError
from ..base.fingerprints import fingerprint
from ..base.problems import Problem
from ..base.reports import render, render_problems
from ..base.text import echo, nearest
from ..model.data import DataRow, DataTable, People
from ..model.run import Run
from ..pipeline import Pipeline, compile
from ..reading.files import read_file
from ..reading.columns import heading_of
from ..reading.people import key_input
from ..running.differences import differences, show_constant
from . import options
from .console import Progress, language_of, note, out
from .exports import cell_text, csv_text, json_text, write_whole
from .statement import adjustments, columns_by_name, pay_table, totals_line, MOST_ROWS
from .wording import say

FINDINGS, USAGE, REJECTED = 1, 2, 3


@click.command(help="Pay everybody in the data files. · 按数据文件计算每个人。")
@options.scheme
@options.data
@options.period
@options.details
@options.encoding
@click.option("--on-error", type=click.Choice(("reject", "quarantine")), default="reject", help="what a bad row does · 问题行如何处理")
@click.option("--out", "target", metavar="FILE", help="results as .csv or .json · 结果文件")
@click.option("--columns", default="pay", metavar="NAMES", help="of the file: pay, all, or names with commas · 结果文件的列")
@click.option("--quarantine", "aside", metavar="FILE", help="refused rows with their reasons, .csv or .json · 问题行清单")
@click.option("--referee", "sample", type=click.IntRange(min=0), default=0, metavar="N", help="recompute N people · 复算 N 人")
@options.language
def run(
    scheme: str, data: tuple[str, ...], period: str | None, details: tuple[str, ...], encoding: str, on_error: str,
    target: str | None, columns: str, aside: str | None, sample: int, lang: str,
) -> int:  # fmt: skip
    language = language_of(lang)
    for file in (target, aside):
        if file is not None and not file.lower().endswith((".csv", ".json")):
            note(say("usage_out", language, file=echo(file)))
            return USAGE
    try:
        pipeline = compile(scheme, period=period)
    except SchemeError as error:
        return refused_scheme(error, lang)
    language = language_of(lang, pipeline.scheme.language)
    chosen, wrong = columns_by_name(pipeline, columns, language)
    if wrong:
        near = next(iter(nearest(wrong, [o.name for o in pipeline.plan.outputs], 1)), "")
        note(say("no_such_column", language, name=echo(wrong)) + (f"; {say('did_you_mean', language, near=near)}" if near else ""))
        return USAGE
    people, code = people_in(pipeline, data, details, encoding, language)
    if people is None:
        return code
    progress = Progress(say("computing", language))
    try:
        done = pipeline.run(people, on_error="quarantine", lang=language, progress=progress)
    finally:
        progress.end()
    problems = tuple(q.problem for q in done.quarantined)
    if aside is not None and not _write(aside, _aside_text(done, aside), language):
        return USAGE
    if problems and on_error == "reject":
        note(render_problems(problems, "text", language))
        s = done.summary
        note("")
        note(say("nobody_paid", language, read=s.read, usable=s.paid + s.out_of_scope, refused=s.quarantined))
        return REJECTED
    disagreement = _referee(pipeline, done, people, sample, language)
    names = [c.name for c in chosen]
    key = key_input(pipeline.checked)
    heading = key.name if key is not None else "row"
    rows = [{heading: r.key, **{n: r[n] for n in names}} for r in done.results]
    if target is not None:
        text = json_text(rows) if target.lower().endswith(".json") else csv_text([heading, *names], [list(r.values()) for r in rows])
        if not _write(target, text, language):
            return USAGE
    _print(pipeline, done, people, language, rows)
    if problems:
        note(render_problems(problems, "concise", language))
    if disagreement is not None:
        note(disagreement)
        return FINDINGS
    if sample:
        count = min(sample, len(done.results))
        out(f"{say('referee', language)}  {say('referee_agrees', language, count=count)}")
    for file in (target, aside):
        if file is not None:
            note(say("written", language, file=echo(file)))
    _next(scheme, data, details, period, done, language)
    return 0


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────


def refused_scheme(error: SchemeError, lang: str) -> int:
    """The report of a scheme that cannot be used, and the exit code for it."""
    note(render(error.diagnostics, "text", language_of(lang, error.language)))
    return USAGE if any(d.code in ("scheme-file", "period-unknown") for d in error.diagnostics) else FINDINGS


def people_in(
    pipeline: Pipeline, data: Sequence[str], details: Sequence[str], encoding: str, language: str
) -> tuple[People | None, int]:
    """Everybody in the files; or None and an exit code, the reasons said."""
    problems: list[Problem] = []
    tables = [table for file in data if (table := _table(file, encoding, problems)) is not None]
    further: dict[str, list[DataTable]] = {}
    for one in details:
        name, equals, file = one.partition("=")
        if not equals or not name or not file:
            note(say("usage_details", language, value=echo(one)))
            return None, USAGE
        table = _table(file, encoding, problems)
        if table is not None:
            further.setdefault(name, []).append(table)
    if problems:
        note(render_problems(problems, "text", language))
        note("")
        note(say("nobody_paid_table", language))
        return None, USAGE if any(p.code == "data-file" for p in problems) else REJECTED
    try:
        return pipeline.people(tables, further, lang=language), 0
    except DataError as error:
        note(str(error))
        note("")
        note(say("nobody_paid_table", language))
        return None, REJECTED


def _table(file: str, encoding: str, problems: list[Problem]) -> DataTable | None:
    table, wrong = read_file(file, encoding)
    problems += wrong
    return table


def details_of(people: People, row: DataRow) -> Mapping[str, tuple[DataRow, ...]]:
    """The detail rows of one person."""
    return {name: groups.get(row.key, ()) for name, groups in people.details.items()}


# ── The referee ───────────────────────────────────────────────────────────────────────────────────


def _referee(pipeline: Pipeline, done: Run, people: People, sample: int, language: str) -> str | None:
    """The first difference among `sample` people, chosen by a hash of their keys; None if there is none."""
    if not sample:
        return None
    rows = {row.key or str(n): row for n, row in enumerate(people.rows) if not row.problems}
    results = {r.key or str(n): r for n, r in enumerate(done.results)}
    salt = pipeline.fingerprint
    order = sorted(results, key=lambda key: hashlib.sha256(f"{salt}:{key}".encode("utf-8", "replace")).digest())
    for key in order[:sample]:
        judgement = pipeline.judge(rows[key], details_of(people, rows[key]))
        for name, ours, theirs in differences(results[key], judgement):
            params = {"name": name, "who": key, "value": show_constant(ours), "expected": show_constant(theirs)}
            return render_problems([Problem("engines-differ", params, key=key)], "text", language)
    return None


# ── What is printed ───────────────────────────────────────────────────────────────────────────────


def _print(pipeline: Pipeline, done: Run, people: People, language: str, rows: Sequence[Mapping[str, object]]) -> None:
    scheme = pipeline.scheme
    head = [say("scheme", language), echo(scheme.title or scheme.name)]
    if scheme.version:
        head += [f"{say('version', language)} {echo(scheme.version)}"]
    if scheme.status == "example":
        head += [say("example_status", language)]
    out("  ".join(head))
    period = pipeline.checked.period
    if period is not None:
        out(f"{say('period', language)}  {period.first_day} {say('to', language)} {period.last_day}")
    out()
    shown = {r.key for r in done.results[:MOST_ROWS] if r.in_scope}
    changed = adjustments(pipeline, [(row, details_of(people, row)) for row in people.rows if row.key in shown and not row.problems])
    key = key_input(pipeline.checked)
    for line in pay_table(pipeline, done.results, changed, language, heading_of(key) if key else "#"):
        out(line)
    out()
    if changed:
        out(f"* {say('adjusted', language, count=len(changed))}")
        for who, reasons in changed.items():
            out(f"  {echo(who, 24)}  {reasons}")
    s = done.summary
    totals = totals_line(done, language)
    if totals:
        out(f"{say('totals', language)}  {totals}")
    out(f"{say('reconciled', language)}  {say('read', language, read=s.read, paid=s.paid, quarantined=s.quarantined, out=s.out_of_scope)}")
    if s.corrections:
        listed = "  ".join(say("corrected_line", language, name=echo(n), count=c) for n, c in s.corrections.items())
        out(f"{say('corrected', language)}  {listed}")
    if s.unread:
        headings = [echo(heading, 24) for _, heading in s.unread]
        more = f" … (+{len(headings) - 8})" if len(headings) > 8 else ""
        out(f"{say('unread', language)}  {', '.join(headings[:8])}{more}")
    result = fingerprint([[cell_text(v) for v in row.values()] for row in rows])
    digests = fingerprint(sorted(people.digests))
    parts = {"scheme": done.fingerprint[:12], "data": digests[:12], "result": result[:12]}
    out(f"{say('fingerprint', language)}  {say('fingerprints', language, **parts)}")


def _next(
    scheme: str, data: Sequence[str], details: Sequence[str], period: str | None, done: Run, language: str
) -> None:
    """The command that most people want next."""
    if not done.results or not done.results[0].key:
        return
    words = ["incentive-rules", "explain", scheme, *data, *(w for d in details for w in ("--details", d))]
    words += ["--period", period] if period else []
    quoted = " ".join(word if word.isprintable() and not set(word) & set(" '\"$`\\|&;<>()*?") else f"'{echo(word)}'" for word in words)
    out(f"{say('next', language)}  {quoted} --id {echo(done.results[0].key)}")


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────


def _aside_text(done: Run, target: str) -> str:
    names = ("key", "table", "line", "row", "column", "value", "code", "reason")
    rows = [
        dict(zip(names, (q.key, q.problem.table, q.problem.line, q.row, q.column, q.value, q.problem.code, q.reason), strict=True))
        for q in done.quarantined
    ]
    return json_text(rows) if target.lower().endswith(".json") else csv_text(names, [list(r.values()) for r in rows])


def _write(target: str, text: str, language: str) -> bool:
    try:
        write_whole(Path(target), text)
    except OSError as error:
        note(say("cannot_write", language, file=echo(target), reason=error.strerror or ""))
        return False
    return True
