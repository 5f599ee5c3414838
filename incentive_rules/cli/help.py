"""`help CODE`: what a finding means, with a wrong and a right example; without a code, all of them."""

from __future__ import annotations

import click

from ..base.codes import CODES, Code
from ..base.text import echo, nearest, width
from ..base.words import colon, in_language
from . import options
from .console import language_of, note, out
from .exits import Exit
from .wording import hint, say

SAYS = "explain a code such as weights-total · 解释一个错误编号"


@click.command(name="help", help=SAYS, short_help=SAYS)
@click.argument("code", required=False, metavar="CODE")
@options.language
def help_command(code: str | None, lang: str) -> int:
    language = language_of(lang)
    if code is None:
        _list(language)
        return Exit.CLEAN
    # The code as it stands in a report, brackets and all, is what people paste.
    name = code.strip().strip("[]").removeprefix("error[").removeprefix("错误[")
    if name not in CODES:
        near = next(iter(nearest(name, CODES, 1)), "")
        note(say("no_such_code", language, code=echo(name)) + hint("did_you_mean", near, language))
        return Exit.USAGE
    _explain(CODES[name], language)
    return Exit.CLEAN


def _list(language: str) -> None:
    out(say("codes", language))
    out()
    columns = max(map(len, CODES), default=0)
    for code in CODES.values():
        out(f"{code.name:<{columns}}  {code.wording(language).message}")


def _explain(code: Code, language: str) -> None:
    wording = code.wording(language)
    out(f"{code.name} ({code.severity.value})")
    out(f"  {wording.message}")
    if wording.help:
        out(f"  {say('remedy', language)}{colon(language)}{wording.help}")
    out()
    out(in_language(language, code.why_en, code.why_zh))
    for label, example in (("wrong", code.wrong), ("right", code.right)):
        if example:
            out()
            heading = say(label, language)
            out(heading)
            out("─" * width(heading))
            out(example.rstrip("\n"))
    if code.variants:
        out()
        out(say("variants", language) + in_language(language, ":", "："))
        for variant in code.variants:
            out(f"  {code.wording(language, variant).message}")
