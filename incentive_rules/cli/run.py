"""`run`: everybody in the data files, the pay table, the sums that reconcile it, and files for payroll."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from attrs import evolve

from ..base.errors import DataError, SchemeError
from ..base.garbage import collector_paused
from ..base.reports import MOST_OF_A_KIND, render_problems
from ..base.text import echo
from ..engine.summary import Computed
from ..framing.texts import as_file
from ..model.data import People
from ..model.record import Correction
from ..model.run import HowMany, Run, SecondOpinion
from ..pipeline import Pipeline
from ..pipeline import compile_quietly as compile_scheme
from ..recorded_runs import paid_before, paid_beside
from . import options
from .console import ReaderGone, Unreported, flush, language_of, mute, note, out
from .corrections import HEADINGS, difference_rows, print_correction, record_lines
from .exits import Exit
from .pay_table import ReportColumn, columns_by_name, columns_in_report, no_such_column, print_run
from .people import files_in, people_in, refused_scheme
from .recomputing import differing
from .result_files import cannot_be_written, is_workbook, refused_rows, result_files, told_of_marks, wrong_ending
from .result_workbook import result_workbook
from .rows_read import exit_of, not_whole
from .screen import Progress
from .warned import warning_lines
from .wording import say
from .writing import CannotWrite, PendingFiles

SHORT_WORK = 10_000  # formulas and rows of aggregates that are looked at before anybody waits
SAYS = "pay everybody in the data files · 按数据文件计算每个人"


@click.command(name="run", help=SAYS, short_help=SAYS)
@options.scheme
@options.data
@options.period
@options.details
@options.encoding
@options.on_error
@options.target
@options.columns
@options.aside
@options.referee
@options.history
@options.record
@options.corrects
@options.language
@collector_paused()
def run_command(
    scheme: str, data: tuple[str, ...], period: str | None, details: tuple[str, ...], encoding: str, on_error: str,
    target: str | None, columns: str, aside: str | None, referee: HowMany, history: tuple[str, ...], record: str | None,
    corrects: tuple[str, ...], lang: str,
) -> int:  # fmt: skip
    language = language_of(lang)
    refusal = wrong_ending(target, aside, language)
    if refusal:
        note(refusal)
        return Exit.USAGE
    try:
        pipeline = compile_scheme(scheme, period=period)
    except SchemeError as error:
        return refused_scheme(error, lang)
    language = language_of(lang, pipeline.scheme.language)
    if record is not None and os.path.lexists(record):
        note(say("record_exists", language, folder=echo(record)))
        return Exit.USAGE
    chosen, wrong = columns_by_name(pipeline, columns, language)
    if wrong:
        note(no_such_column(pipeline, wrong, language))
        return Exit.USAGE
    if not chosen and not columns.strip(" ,，"):
        note(say("no_columns", language))
        return Exit.USAGE
    refusal = cannot_be_written(target, aside, (scheme, *files_in(data, details)), language)
    if refusal:
        note(refusal)
        return Exit.USAGE
    people, code = people_in(pipeline, data, details, encoding, language, history)
    if people is None:
        return code
    again = paid_before(pipeline.checked, people)
    anew = again or (() if record is None else paid_beside(pipeline.checked, people, record))
    if anew and not corrects:
        note(f"{render_problems(anew, 'text', language)}\n\n{say('nobody_paid_table', language)}")
        return Exit.REJECTED
    computed, code = _computed(pipeline, people, language)
    if computed is None:
        return code
    done = pipeline.paid(people, computed, on_error="quarantine", lang=language)
    done = evolve(done, warnings=tuple(one for one in done.warnings if one not in again))
    listed = {} if aside is None else {aside: refused_rows(done, aside, language)}
    if done.quarantined and on_error == "reject":
        return _rejected(done, language) if _write(listed, language) else Exit.USAGE
    done = evolve(done, second_opinion=_recomputed(pipeline, people, computed, referee, language))
    if done.second_opinion is not None and done.second_opinion.dissents:
        note(differing(done.second_opinion, language))
        _note_warnings(done, language)
        return Exit.DIFFERS
    try:
        beside = None if record is None else Path(record).absolute().parent
        assert done.recorder is not None
        correction = done.recorder.correction(done, corrects, beside) if corrects else None
        files = _texts(pipeline, done, people, chosen, target, correction, language) | listed
        marked = _written(done, files, record, correction)
    except DataError as error:
        note(str(error))
        return Exit.USAGE if any(p.code == "record-missing" for p in error.problems) else Exit.REJECTED
    except CannotWrite as error:
        note(say("cannot_write", language, file=echo(error.file), reason=error.reason))
        return Exit.USAGE
    try:
        if correction is not None:
            print_correction(pipeline, done, correction, language)
        else:
            shown = columns_in_report(pipeline, language) if columns in ("pay", "all") else chosen
            print_run(pipeline, done, people, computed, shown, language)
        warned = (*done.warnings, *(() if correction is None else correction.warnings))
        of_records = record_lines(pipeline.scheme, people, record, marked, language)
        for line in (*warning_lines(warned, language), *of_records):
            out(line)
        for file, text in files.items():
            note(say("written", language, file=echo(file)))
            for line in told_of_marks(file, text, language):
                note(line)
        if done.quarantined:
            note(render_problems([q.problem for q in done.quarantined], "concise", language))
            if aside is None and len(done.quarantined) > MOST_OF_A_KIND:
                note(say("every_reason", language))
        _say_next(scheme, data, details, history, period, done, language)
        if not done.whole:
            out(not_whole(done, language))
        flush()
    except ReaderGone:
        mute()  # whoever reads has seen enough
    except (Exception, KeyboardInterrupt) as error:
        raise Unreported([echo(one) for one in (*files, *([] if record is None else [record]))]) from error
    return exit_of(done)


def _texts(
    pipeline: Pipeline, done: Run, people: People, chosen: Sequence[ReportColumn], target: str | None,
    correction: Correction | None, language: str,
) -> dict[str, str | bytes]:  # fmt: skip
    """What stands in each file of results: of a correction, what it pays; a workbook holds everything."""
    if target is None:
        return {}
    if is_workbook(target):
        try:
            return {target: result_workbook(pipeline, done, people, chosen, correction, language)}
        except OSError as error:
            raise CannotWrite(target, error) from error
    if correction is not None:
        return {target: as_file(target, HEADINGS, difference_rows(correction.differences))}
    return dict(result_files(pipeline, done, chosen, target))


def _written(done: Run, texts: Mapping[str, str | bytes], record: str | None, correction: Correction | None) -> str:
    """Write all files and the record, or nothing at all; the fingerprint of the record. Its folder comes last."""
    with PendingFiles(texts) as files:
        if record is None:
            files.place()
            return ""
        assert done.recorder is not None
        try:
            return done.recorder.save(done, record, correction or (), files.place)
        except OSError as error:
            raise CannotWrite(record, error) from error


def _computed(pipeline: Pipeline, people: People, language: str) -> tuple[Computed | None, int]:
    """Everybody's results or problems; None and an exit code where the tables are too large for any."""
    progress = Progress(say("computing", language))
    try:
        return pipeline.compute(people, lang=language, progress=progress), Exit.CLEAN
    except DataError as error:
        note(str(error))
        return None, Exit.REJECTED
    finally:
        progress.end()


def _recomputed(
    pipeline: Pipeline, people: People, computed: Computed, referee: HowMany, language: str
) -> SecondOpinion | None:  # fmt: skip
    """What the referee says, with a line at a terminal that tells how far it is."""
    progress = Progress(say("recomputing", language), 1, SHORT_WORK)
    try:
        return pipeline.second_opinion(people, computed, referee, progress)
    finally:
        progress.end()


def _rejected(done: Run, language: str) -> int:
    """One bad row, and nobody is paid: every reason at once, and how many could be paid without those rows."""
    note(render_problems([q.problem for q in done.quarantined], "text", language))
    _note_warnings(done, language)
    note("")
    s = done.summary
    phrase = "nobody_paid" if s.paid + s.out_of_scope else "nobody_paid_none"
    note(say(phrase, language, read=s.read, usable=s.paid + s.out_of_scope, refused=s.quarantined))
    return Exit.REJECTED


def _note_warnings(done: Run, language: str) -> None:
    """Where there is no report, for something that was only warned of may be the cause."""
    for line in warning_lines(done.warnings, language):
        note(line)


def _write(texts: Mapping[str, str | bytes], language: str) -> bool:
    """Each file whole; said where one cannot be written."""
    try:
        with PendingFiles(texts) as files:
            files.place()
    except CannotWrite as error:
        note(say("cannot_write", language, file=echo(error.file), reason=error.reason))
        return False
    return True


def _say_next(
    scheme: str, data: tuple[str, ...], details: tuple[str, ...], history: tuple[str, ...], period: str | None,
    done: Run, language: str,
) -> None:  # fmt: skip
    """The command that most people want next."""
    if not done.results or not done.results[0].key:
        return
    words = ["incentive-rules", "explain", scheme, *data]
    words += [word for one in details for word in ("--details", one)]
    words += [word for one in history for word in ("--history", one)]
    words += ["--period", period or "", "--id", done.results[0].key]
    out(f"{say('next', language)}  {' '.join(map(_quoted, words))}")


def _quoted(word: str) -> str:
    plain = word.isprintable() and not set(word) & set(" '\"$`\\|&;<>()*?#~!")
    return echo(word, 200) if plain else "'" + echo(word, 200).replace("'", "'\\''") + "'"
