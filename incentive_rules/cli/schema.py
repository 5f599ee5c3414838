"""`schema`: the JSON Schema that lets an editor complete and check a scheme while it is written."""

from __future__ import annotations

import re
from pathlib import Path

import click

from ..base.text import echo
from ..loading import written_in
from ..loading.shape.json_schema import schema_name, shipped_schema
from . import options
from .console import language_of, note, out
from .exits import Exit
from .possible import schemes_possible
from .wording import say
from .writing import CannotWrite, PendingFiles

SAYS = "write the JSON Schema for editors · 输出供编辑器用的 JSON Schema"
MODELINE = "# yaml-language-server: $schema="
_MODELINE = re.compile(r"^\ufeff?#\s*yaml-language-server:\s*\$schema=(\S+)", re.MULTILINE)


@click.command(name="schema", help=SAYS, short_help=SAYS)
@click.option("--write", "scheme", metavar="SCHEME", shell_complete=schemes_possible,
              help="put it where the first line of this scheme names it · 写到方案首行所指的位置")  # fmt: skip
@click.option("--out", "target", metavar="FILE", help="write it there instead of to the screen · 写入文件")
@options.language
def schema_command(lang: str, scheme: str | None, target: str | None) -> int:
    if scheme is not None:
        return _beside(scheme, lang, target)
    language = language_of(lang)
    text = shipped_schema(language)
    if target is None:
        out(text.rstrip("\n"))
        return Exit.CLEAN
    return _placed(target, text, language)


def _beside(scheme: str, lang: str, target: str | None) -> int:
    """Puts the schema of the scheme's keywords where its modeline points; a scheme without one gets the line, too."""
    try:
        text = Path(scheme).read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror or "" if isinstance(error, OSError) else "UTF-8"
        note(say("cannot_read", language_of(lang), file=echo(scheme), reason=reason))
        return Exit.USAGE
    language = language_of(lang, written_in(text))
    if target is not None:
        note(say("write_or_out", language))
        return Exit.USAGE
    keywords = written_in(text) or language
    found = _MODELINE.search(text)
    named = schema_name(keywords) if found is None else found.group(1)
    if ":" in named or named.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", named):
        note(say("schema_elsewhere", language, named=echo(named)))
        return Exit.USAGE
    if not named.endswith(".schema.json"):  # it may be a file of data, which a stranger's scheme must not replace
        note(say("schema_no_json", language, named=echo(named)))
        return Exit.USAGE
    if found is None:
        mark, rest = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
        ending = "\r\n" if "\r\n" in rest else "\n"
        code = _placed(scheme, f"{mark}{MODELINE}{named}{ending}{rest}", language)
        if code != Exit.CLEAN:
            return code
    return _placed(str(Path(scheme).parent / named), shipped_schema(keywords), language)


def _placed(file: str, text: str, language: str) -> int:
    try:
        with PendingFiles({file: text}) as files:
            files.place()
    except CannotWrite as error:
        note(say("cannot_write", language, file=echo(error.file), reason=error.reason))
        return Exit.USAGE
    note(say("written", language, file=echo(file)))
    return Exit.CLEAN
