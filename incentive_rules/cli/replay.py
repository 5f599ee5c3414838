"""`replay`: repeats a recorded run from its folder alone, and reports what differs."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ..base.errors import DataError
from ..base.reports import message_of, render_problems
from ..base.text import echo
from ..model.record import Replay
from ..replaying import replay as do_again
from . import options
from .console import language_of, note, out
from .exits import Exit
from .wording import say

SAYS = "do a recorded run again, and compare every byte · 重算已记录的运行并逐字节核对"


@click.command(name="replay", help=SAYS, short_help=SAYS)
@options.folder
@click.option("--referee", "second", is_flag=True, help="recompute with the second engine too · 另用参考引擎复算")
@options.language
def replay_command(folder: str, second: bool, lang: str) -> int:
    try:
        found = do_again(folder, referee=second, lang=language_of(lang))
    except DataError as error:
        note(render_problems(error.problems, "text", language_of(lang)))
        return Exit.USAGE if any(p.code == "record-missing" for p in error.problems) else Exit.FINDINGS
    language = language_of(lang, found.record.language)
    for line in _lines(found, language):
        out(line)
    if found.differences:
        note(render_problems(found.differences, "text", language))
    if any(problem.code == "engines-differ" for problem in found.differences):
        return Exit.DIFFERS
    return Exit.CLEAN if found.same else Exit.FINDINGS


def _lines(found: Replay, language: str) -> Iterator[str]:
    record = found.record
    head = (echo(record.name), echo(record.scheme), record.period.text, record.fingerprint[:12])
    yield f"{say('record', language)}  {'  '.join(head)}"
    marks = {"scheme": record.meaning[:12], "data": record.data[:12], "result": record.results[:12]}
    yield f"{say('fingerprint', language)}  {say('fingerprints', language, **marks)}"
    for one in found.notes:
        yield f"{say('noted', language)}  {message_of(one, language)}"
    if found.same:
        yield say("same_bytes", language, count=f"{len(record):,}")
        if found.recomputed is not None:
            yield say("referee_again", language, count=f"{found.recomputed:,}")
    else:
        yield say("other_bytes", language)
