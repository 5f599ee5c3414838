"""`statement`: a slip for each person, a page of its own, and a page that lists them."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from ..base.errors import DataError, EnginesDiffer, MissingExtra, SchemeError
from ..base.garbage import collector_paused
from ..base.reports import render_problems
from ..base.text import echo, nearest
from ..model.data import DataRow, People
from ..model.run import Run
from ..model.titles import scheme_title
from ..pipeline import Pipeline
from ..pipeline import compile_quietly as compile_scheme
from ..recording.contents import fingerprint_of
from ..rendering.slip_page import ENDINGS, IndexEntry, index_page, need_jinja, slip_page, slip_text
from ..slips import Slips, data_fingerprint
from . import options
from .audited_data import refused_command
from .console import language_of, note, out
from .exits import Exit
from .people import people_in
from .rows_read import exit_of
from .screen import Progress
from .slip_folder import INDEX, SlipFolder
from .warned import warning_lines
from .wording import hint, say
from .writing import CannotWrite

SAYS = "a slip for each person, one page each · 每人一份工资单"
EVERY = 50  # slips between two looks at how far it is
PAGES = {"html": slip_page, "md": slip_text}


@click.command(name="statement", help=SAYS, short_help=SAYS)
@options.scheme
@options.data
@options.period
@options.details
@options.encoding
@options.history
@options.on_error
@click.option("--out", "target", metavar="FOLDER", help="a new folder for the slips · 工资单的新文件夹")
@click.option("--id", "wanted", multiple=True, metavar="KEY", help="of these people only · 只出这些人的")
@click.option("--what-if", "what_if", is_flag=True, help="what one thing different would have given · 假如一件事不同")
@click.option("--format", "format_", type=click.Choice(tuple(PAGES)), default="html", show_default=True,
              help="of the slips · 工资单的格式")  # fmt: skip
@options.language
@collector_paused()
def statement_command(
    scheme: str, data: tuple[str, ...], period: str | None, details: tuple[str, ...], encoding: str,
    history: tuple[str, ...], on_error: str, target: str | None, wanted: tuple[str, ...], what_if: bool,
    format_: str, lang: str,
) -> int:  # fmt: skip
    language = language_of(lang)
    if target is None or os.path.lexists(target):
        note(say("statement_out" if target is None else "statement_exists", language, folder=echo(target or "")))
        return Exit.USAGE
    try:
        pipeline = compile_scheme(scheme, period=period)
        language = language_of(lang, pipeline.scheme.language)
        need_jinja(language)
    except (SchemeError, MissingExtra) as error:
        return refused_command(error, lang)
    people, code = people_in(pipeline, data, details, encoding, language, history)
    if people is None:
        return code
    strange = next((key for key in wanted if key not in set(people.keys)), None)
    if strange is not None:
        near = next(iter(nearest(strange, people.keys, 1)), "")
        note(say("no_such_key", language, key=echo(strange)) + hint("near_key", near, language))
        return Exit.USAGE
    try:
        return _made(pipeline, people, frozenset(wanted), on_error, target, format_, language, what_if)
    except DataError as error:
        note(str(error))
        return Exit.REJECTED
    except EnginesDiffer as error:
        note(f"{error}\n\n{say('nothing_written', language)}")
        return Exit.DIFFERS
    except CannotWrite as error:
        note(say("cannot_write", language, file=echo(error.file), reason=error.reason))
        return Exit.USAGE


def _made(
    pipeline: Pipeline, people: People, wanted: frozenset[str], on_error: str, target: str, format_: str, language: str,
    what_if: bool,
) -> int:  # fmt: skip
    """Makes the slips of the wanted people, of everybody where nobody is named; returns the exit code."""
    computed = pipeline.compute(people, lang=language)
    done = pipeline.paid(people, computed, on_error="quarantine", lang=language)
    if done.quarantined:
        note(render_problems([q.problem for q in done.quarantined], "text", language))
        if on_error == "reject":
            note(f"\n{say('nothing_written', language)}")
            return Exit.REJECTED
        note(say("statement_refused", language, count=done.summary.quarantined))
    sums = _fingerprints(pipeline, people, done)
    slips = pipeline.slips(people, computed, lang=language, fingerprints=sums, what_if=what_if)
    rows = [row for row in slips.rows if not wanted or row.key in wanted]
    if not rows:
        note(say("statement_nobody", language))
        return Exit.REJECTED
    _write(pipeline, slips, rows, target, format_, language)
    for line in warning_lines(done.warnings, language):
        note(line)
    word = "statement_one" if len(rows) == 1 else "statement_done"
    out(say(word, language, count=f"{len(rows):,}", folder=echo(target)))
    return exit_of(done)


def _fingerprints(pipeline: Pipeline, people: People, done: Run) -> tuple[tuple[str, str], ...]:
    """What `run` prints of the same scheme and data, by which a slip is known to be of that run."""
    result = fingerprint_of(pipeline.checked, done.results)
    sums = (("scheme", done.fingerprint), ("data", data_fingerprint(people)), ("result", result))
    return tuple((name, value[:12]) for name, value in sums)


def _write(
    pipeline: Pipeline, slips: Slips, rows: Sequence[DataRow], target: str, format_: str, language: str
) -> None:  # fmt: skip
    page, entries, net_title = PAGES[format_], list[IndexEntry](), ""
    progress = Progress(say("making_slips", language), EVERY)
    with SlipFolder(target) as folder:
        try:
            for number, row in enumerate(rows, 1):
                slip = slips.of(row)
                name = folder.file_of(row.key, ENDINGS[format_])
                folder.write(name, page(slip))
                net_title = net_title or slip.net_title
                entries.append(IndexEntry(row.key, name, slip.net))
                progress(number, len(rows))
        finally:
            progress.end()
        told = f"{scheme_title(pipeline.scheme, language)} · {pipeline.period}"
        folder.write(INDEX, index_page(entries, told, net_title, language))
        folder.place()
