"""`schema`: the JSON Schema that lets an editor complete and check a scheme while it is written."""

from __future__ import annotations

from pathlib import Path

import click

from ..loading.shape.json_schema import shipped_schema
from . import options
from .console import language_of, note, out
from .exits import Exit
from .wording import say

SAYS = "write the JSON Schema for editors · 输出供编辑器用的 JSON Schema"


@click.command(name="schema", help=SAYS, short_help=SAYS)
@options.language
@click.option("--out", "target", metavar="FILE", help="write it there instead of to the screen · 写入文件")
def schema_command(lang: str, target: str | None) -> int:
    language = language_of(lang)
    text = shipped_schema(language)
    if target is None:
        out(text.rstrip("\n"))
        return Exit.CLEAN
    try:
        Path(target).write_text(text, "utf-8")
    except OSError as error:
        note(say("cannot_write", language, file=target, reason=error.strerror or ""))
        return Exit.USAGE
    note(say("written", language, file=target))
    return Exit.CLEAN
