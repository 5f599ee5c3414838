"""`prove`: the verdict on each promise of a scheme, with what keeps one from being proved."""

from __future__ import annotations

import click

from ..base.errors import SchemeError
from ..base.reports import render
from ..pipeline import prove as prove_scheme
from . import options
from .console import language_of, note, out
from .exits import Exit

SAYS = "say of each promise whether it is proved · 逐条说明承诺是否得到证明"


@click.command(name="prove", help=SAYS, short_help=SAYS)
@options.scheme
@options.period
@click.option("--strict", is_flag=True, help="exit with 1 for what is unknown as well · 未知也算不通过")
@options.format_of("text", "json", "junit")
@options.language
def prove_command(scheme: str, period: str | None, strict: bool, format_: str, lang: str) -> int:
    try:
        report = prove_scheme(scheme, period=period)
    except SchemeError as error:
        note(render(error.diagnostics, "text", language_of(lang, error.language)))
        return Exit.USAGE if any(d.code == "scheme-file" for d in error.diagnostics) else Exit.FINDINGS
    out(report.render(format_, language_of(lang, report.scheme.language)))
    return Exit.CLEAN if (report.all_known if strict else report.ok) else Exit.FINDINGS
