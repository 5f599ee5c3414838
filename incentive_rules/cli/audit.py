"""`audit`: how what people get compares between groups, from columns of data or from what a scheme makes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from ..auditing.as_json import as_json
from ..auditing.intervals import need_scipy
from ..auditing.report import Audit, AuditVerdict
from ..base.errors import DataError, MissingExtra, SchemeError
from ..base.garbage import collector_paused
from ..data_audit import Asked, RunToAudit, audit_columns, audit_run
from ..pipeline import compile_quietly as compile_scheme
from . import options
from .audited_data import read_to_audit, refused_command
from .console import language_of, note, out
from .exits import Exit
from .wording import say

SAYS = "compare what groups of people get: gaps, rates, weights · 比较各组所得：差距、比例、权重"
SCHEMES = (".yaml", ".yml")


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
        found = read_to_audit(files, details, encoding, pipeline, language)
        asked = Asked(of, by, within, reference, min_group, confidence, _pairs(limits), _pairs(noise))
        if pipeline is None:
            audit = audit_columns(found.people, asked, language)
        else:
            quarantine = on_error == "quarantine"
            run = RunToAudit(pipeline, found.further, {}, history, "quarantine" if quarantine else "reject")
            audit = audit_run(run, found.people, asked, language)
    except (SchemeError, MissingExtra, DataError) as error:
        return refused_command(error, lang)
    out(json.dumps(as_json(audit), ensure_ascii=False, indent=2) if format_ == "json" else str(audit))
    return _code(audit, strict)


def _code(audit: Audit, strict: bool) -> int:
    undecided = strict and (audit.count(AuditVerdict.INCONCLUSIVE) > 0 or bool(audit.notes))
    return Exit.CLEAN if audit.ok and not undecided else Exit.FINDINGS


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    """`gap=5%` as a name and its number."""
    return {name.strip(): number.strip() for name, _, number in (text.partition("=") for text in texts)}
