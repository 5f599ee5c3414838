"""`prove`: the verdict on each promise of a scheme, with what keeps one from being proved."""

from __future__ import annotations

from typing import Literal

import click

from ..auditing.intervals import need_scipy
from ..base.errors import DataError, MissingExtra, SchemeError
from ..base.text import echo
from ..groups_compared import DataToProve, with_groups_compared
from ..kept_runs import kept_file, read_kept
from ..model.kept_pairs import pairs_as_text
from ..model.verdict import ProofReport
from ..pipeline import compile_quietly as compile_scheme
from ..proofs import prove as prove_scheme
from . import options
from .audited_data import read_to_audit, refused_command
from .console import language_of, note, out
from .exits import Exit
from .wording import say
from .writing import CannotWrite, PendingFiles

SAYS = "say of each promise whether it is proved · 逐条说明承诺是否得到证明"


@click.command(name="prove", help=SAYS, short_help=SAYS)
@options.scheme
@options.period
@click.option("--data", multiple=True, metavar="DATA", help="people whose groups are compared · 用于比较群体的人员数据")
@options.details
@options.encoding
@options.history
@options.on_error
@click.option("--strict", is_flag=True, help="exit with 1 also for unknown or inconclusive · 未知、无定论也算不通过")
@click.option("--write-counterexamples", "keep", is_flag=True,
              help="keep the pairs found, beside the scheme · 把找到的反例存在方案旁边")  # fmt: skip
@options.format_of("text", "json", "junit", "html")
@click.option("--out", "target", metavar="FILE", help="write the report there, not on stdout · 报告写入文件")
@options.language
def prove_command(
    scheme: str, period: str | None, data: tuple[str, ...], details: tuple[str, ...], encoding: str,
    history: tuple[str, ...], on_error: str, strict: bool, keep: bool, format_: str, target: str | None,
    lang: str,
) -> int:  # fmt: skip
    language = language_of(lang)
    try:
        if data or details:
            pipeline = compile_scheme(scheme, period=period)
            language = language_of(lang, pipeline.scheme.language)
            need_scipy(language)
            found = read_to_audit(data, details, encoding, pipeline, language)
            aside: Literal["reject", "quarantine"] = "quarantine" if on_error == "quarantine" else "reject"
            people = DataToProve(found.people, found.further, {}, history, aside)
            report = prove_scheme(scheme, period=pipeline.period)
            report = with_groups_compared(report, pipeline, people, language)
        else:
            report = prove_scheme(scheme, period=period)
            language = language_of(lang, report.scheme.language)
    except (SchemeError, MissingExtra, DataError) as error:
        return refused_command(error, lang)
    if keep and not _keep(scheme, report, language):
        return Exit.USAGE
    text = report.render(format_, language)
    if target is None:
        out(text)
    elif not _written(target, text, language):
        return Exit.USAGE
    return Exit.CLEAN if (report.all_known if strict else report.ok) else Exit.FINDINGS


def _keep(scheme: str, report: ProofReport, language: str) -> bool:
    """Write the file of counterexamples, those that were kept before included; said where it cannot be written."""
    kept, _ = read_kept(scheme)
    file, text = str(kept_file(scheme)), pairs_as_text(report, kept)
    if not text:
        note(say("none_to_keep", language))
        return True
    return _written(file, text, language)


def _written(file: str, text: str, language: str) -> bool:
    """Write a file, whole or not at all; said either way."""
    try:
        with PendingFiles({file: text}) as files:
            files.place()
    except CannotWrite as error:
        note(say("cannot_write", language, file=echo(error.file), reason=error.reason))
        return False
    note(say("written", language, file=echo(file)))
    return True
