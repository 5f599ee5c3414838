"""`audit`: how what people get compares between groups, from columns of data or from what a scheme makes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click
from attrs import frozen

from ..auditing.as_json import as_json
from ..auditing.intervals import need_scipy
from ..auditing.report import Audit, AuditVerdict
from ..base.errors import DataError, MissingExtra, SchemeError
from ..base.garbage import collector_paused
from ..base.problems import Problem
from ..base.reports import render_problems
from ..base.text import echo
from ..data_audit import Asked, RunToAudit, audit_columns, audit_run
from ..model.data import DataTable
from ..pipeline import Pipeline
from ..pipeline import compile_quietly as compile_scheme
from ..reading.sources.files import read_file
from . import options
from .console import language_of, note, out
from .data_files import data_files, shown_names
from .exits import Exit
from .people import refused_scheme
from .wording import say

SAYS = "compare what groups of people get: gaps, rates, weights · 比较各组所得：差距、比例、权重"
SCHEMES = (".yaml", ".yml")
_USAGE = ("audit-argument", "audit-condition", "audit-name", "data-file", "record-missing")


@click.command(name="audit", help=SAYS, short_help=SAYS)
@click.argument("data", metavar="[SCHEME] DATA...", nargs=-1)
@click.option("--of", multiple=True, metavar="WHAT", help="what is compared: salary, 'grade in [S, A]' · 比较什么")
@click.option("--by", multiple=True, metavar="GROUPS", help="which groups: gender, age=30,40,50 · 按什么分组")
@click.option("--within", multiple=True, metavar="GROUPS", help="categories of workers: post · 工作类别")
@click.option("--reference", default="", metavar="GROUP", help="compared with this group; else the largest · 比较基准")
@click.option("--min-group", type=int, default=10, show_default=True, help="no smaller group is shown · 更小的组不显示")
@click.option("--confidence", default="95%", show_default=True, help="of each interval · 区间的置信水平")
@click.option("--limit", "limits", multiple=True, metavar="NAME=NUMBER", help="gap=5%, ratio=0.8, gini=none · 限度")
@click.option("--noise", multiple=True, metavar="NAME=NUMBER", help="how far a fact may be off · 数据可能的误差")
@click.option("--strict", is_flag=True, help="inconclusive is a finding, too · 无法判定也算问题")
@options.period
@options.details
@options.encoding
@options.history
@options.on_error
@options.format_of("text", "json")
@options.language
@collector_paused()
def audit_command(
    data: tuple[str, ...], of: tuple[str, ...], by: tuple[str, ...], within: tuple[str, ...], reference: str,
    min_group: int, confidence: str, limits: tuple[str, ...], noise: tuple[str, ...], strict: bool, period: str | None,
    details: tuple[str, ...], encoding: str, history: tuple[str, ...], on_error: str, format_: str, lang: str,
) -> int:  # fmt: skip
    language = language_of(lang)
    scheme = data[0] if data and data[0].lower().endswith(SCHEMES) else None
    files = data if scheme is None else data[1:]
    if not files and not details:
        note(say("usage_missing", language, name="DATA..."))
        return Exit.USAGE
    pipeline = None
    try:
        if scheme is not None:
            pipeline = compile_scheme(scheme, period=period)
            language = language_of(lang, pipeline.scheme.language)
        need_scipy(language)
        found = _read(files, details, encoding, pipeline, language)
        asked = Asked(of, by, within, reference, min_group, confidence, _pairs(limits), _pairs(noise))
        if pipeline is None:
            audit = audit_columns(found.people, asked, language)
        else:
            quarantine = on_error == "quarantine"
            run = RunToAudit(pipeline, found.further, {}, history, "quarantine" if quarantine else "reject")
            audit = audit_run(run, found.people, asked, language)
    except SchemeError as error:
        return refused_scheme(error, lang)
    except MissingExtra as error:
        note(str(error))
        return Exit.USAGE
    except DataError as error:
        note(str(error))
        return Exit.USAGE if all(problem.code in _USAGE for problem in error.problems) else Exit.REJECTED
    out(json.dumps(as_json(audit), ensure_ascii=False, indent=2) if format_ == "json" else str(audit))
    return _code(audit, strict)


def _code(audit: Audit, strict: bool) -> int:
    undecided = strict and (audit.count(AuditVerdict.INCONCLUSIVE) > 0 or bool(audit.notes))
    return Exit.CLEAN if audit.ok and not undecided else Exit.FINDINGS


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    """`gap=5%` as a name and its number."""
    return {name.strip(): number.strip() for name, _, number in (text.partition("=") for text in texts)}


@frozen
class _Read:
    people: tuple[DataTable, ...]
    further: dict[str, tuple[DataTable, ...]]


def _read(
    data: Sequence[str], details: Sequence[str], encoding: str, pipeline: Pipeline | None, language: str
) -> _Read:  # fmt: skip
    """The tables of people and the further ones; `DataError` with everything that is wrong with the files."""
    scheme = None if pipeline is None else pipeline.scheme
    tables = [] if scheme is None else [*(t.name for t in scheme.details), *(t.name for t in scheme.groups)]
    named = [(name, file) for name, _, file in (one.partition("=") for one in details)]
    wrong = next((one for one, (name, file) in zip(details, named, strict=True) if not name or not file), None)
    if wrong is not None:
        problem = Problem("audit-argument", {"option": "details", "text": echo(wrong)})
        raise DataError(render_problems([problem], "text", language), (problem,))
    files = data_files(data, named, tables)
    problems = list(files.problems)
    names = shown_names([*files.people, *(file for _, file in files.tables)])
    people = _tables(files.people, names, encoding, problems)
    further: dict[str, tuple[DataTable, ...]] = {}
    for name, file in files.tables:
        further[name] = (*further.get(name, ()), *_tables([file], names, encoding, problems))
    if problems:
        raise DataError(render_problems(problems, "text", language), tuple(problems))
    return _Read(people, further)


def _tables(
    files: Sequence[str], names: dict[str, str], encoding: str, problems: list[Problem]
) -> tuple[DataTable, ...]:
    found = []
    for file in files:
        table, wrong = read_file(file, encoding, names[file])
        problems += wrong
        found += [] if table is None else [table]
    return tuple(found)
