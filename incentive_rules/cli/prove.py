"""`prove`: the verdict on each promise of a scheme, with what keeps one from being proved."""

from __future__ import annotations

import click

from ..base.errors import SchemeError
from ..base.reports import render
from ..base.text import echo
from ..kept_runs import kept_file, read_kept
from ..model.kept_pairs import pairs_as_text
from ..model.verdict import ProofReport
from ..proofs import prove as prove_scheme
from . import options
from .console import language_of, note, out
from .exits import Exit
from .wording import say
from .writing import CannotWrite, PendingFiles

SAYS = "say of each promise whether it is proved · 逐条说明承诺是否得到证明"


@click.command(name="prove", help=SAYS, short_help=SAYS)
@options.scheme
@options.period
@click.option("--strict", is_flag=True, help="exit with 1 for what is unknown as well · 未知也算不通过")
@click.option("--write-counterexamples", "keep", is_flag=True,
              help="keep the pairs found, beside the scheme · 把找到的反例存在方案旁边")  # fmt: skip
@options.format_of("text", "json", "junit")
@options.language
def prove_command(scheme: str, period: str | None, strict: bool, keep: bool, format_: str, lang: str) -> int:
    try:
        report = prove_scheme(scheme, period=period)
    except SchemeError as error:
        note(render(error.diagnostics, "text", language_of(lang, error.language)))
        return Exit.USAGE if any(d.code == "scheme-file" for d in error.diagnostics) else Exit.FINDINGS
    language = language_of(lang, report.scheme.language)
    if keep and not _keep(scheme, report, language):
        return Exit.USAGE
    out(report.render(format_, language))
    return Exit.CLEAN if (report.all_known if strict else report.ok) else Exit.FINDINGS


def _keep(scheme: str, report: ProofReport, language: str) -> bool:
    """Write the file of counterexamples, those that were kept before included; said where it cannot be written."""
    kept, _ = read_kept(scheme)
    file, text = str(kept_file(scheme)), pairs_as_text(report, kept)
    if not text:
        note(say("none_to_keep", language))
        return True
    try:
        with PendingFiles({file: text}) as files:
            files.place()
    except CannotWrite as error:
        note(say("cannot_write", language, file=echo(error.file), reason=error.reason))
        return False
    note(say("written", language, file=echo(file)))
    return True
