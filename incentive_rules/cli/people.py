"""Prepares what `run` and `explain` share: the scheme, and everybody in the data files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..base.errors import DataError, SchemeError
from ..base.problems import Problem
from ..base.reports import render, render_problems
from ..base.text import echo
from ..model.data import DataTable, People
from ..pipeline import Pipeline
from ..reading.sources.files import read_file
from .console import language_of, note
from .data_files import DataFiles, data_files, shown_names
from .exits import Exit
from .screen import Progress
from .wording import say

MOST_FILES = 8
LONG_READ = 5_000_000  # bytes of all files together, behind which somebody waits
_USAGE_CODES = ("scheme-file", "period-unknown", "period-kind")


def refused_scheme(error: SchemeError, lang: str) -> int:
    """Prints what is wrong with a scheme that cannot be used; returns the exit code for it."""
    unread = any(d.code == "scheme-file" for d in error.diagnostics)  # a file that is not there has no language
    note(render(error.diagnostics, "text", language_of(lang, "" if unread else error.language)))
    return Exit.USAGE if any(d.code in _USAGE_CODES for d in error.diagnostics) else Exit.FINDINGS


def files_in(data: Sequence[str], details: Sequence[str]) -> tuple[str, ...]:
    """Every file that these arguments name, those of folders included."""
    files = data_files(data, [(name, file) for name, _, file in (one.partition("=") for one in details)], ())
    return (*files.people, *(file for _, file in files.tables))


def people_in(
    pipeline: Pipeline, data: Sequence[str], details: Sequence[str], encoding: str, language: str,
    history: Sequence[str] = (),
) -> tuple[People | None, int]:  # fmt: skip
    """Reads everybody in the files; None, and an exit code after the reasons were printed, if that fails."""
    named = [one.partition("=") for one in details]
    wrong = next((one for one, (name, _, file) in zip(details, named, strict=True) if not name or not file), None)
    if wrong is not None or not (data or details):
        usage = say("usage_missing", language, name="DATA...") if wrong is None else ""
        note(usage or say("usage_details", language, value=echo(wrong or "")))
        return None, Exit.USAGE
    tables = [*(t.name for t in pipeline.scheme.details), *(t.name for t in pipeline.scheme.groups)]
    files = data_files(data, [(name, file) for name, _, file in named], tables)
    problems = list(files.problems)
    names = shown_names([*files.people, *(file for _, file in files.tables)])
    further: dict[str, list[DataTable]] = {}
    with _told(files, names, language) as told:
        people = _tables(files.people, names, encoding, problems, told)
        for name, file in files.tables:
            further.setdefault(name, []).extend(_tables([file], names, encoding, problems, told))
    if files.passed_over:
        note(say("passed_over", language, files=_listed(files.passed_over)))
    if problems:
        _say_nobody(render_problems(problems, "text", language), language)
        return None, Exit.USAGE if any(p.code == "data-file" for p in problems) else Exit.REJECTED
    try:
        return pipeline.people(people if files.people else None, further, history=history, lang=language), Exit.CLEAN
    except DataError as error:
        _say_nobody(str(error), language)
        if any(problem.code == "data-details" for problem in error.problems):
            note(say("taken_for_people", language, files=_listed([Path(file).name for file in files.people])))
        return None, Exit.USAGE if any(p.code == "record-missing" for p in error.problems) else Exit.REJECTED


def _listed(names: Sequence[str]) -> str:
    more = f" … (+{len(names) - MOST_FILES})" if len(names) > MOST_FILES else ""
    return ", ".join(echo(name, 40) for name in names[:MOST_FILES]) + more or "—"


@contextmanager
def _told(files: DataFiles, names: Mapping[str, str], language: str) -> Iterator[Callable[[str], None]]:
    """Tells at a terminal which file is read, and how much of all is behind it, if there is much to read."""
    wanted = [*files.people, *(file for _, file in files.tables)]
    sizes = {file: _size(file) for file in wanted}
    progress = Progress(say("reading", language), LONG_READ // 2)
    behind: list[str] = []

    def told(file: str) -> None:
        progress(sum(sizes[one] for one in behind), sum(sizes.values()), what=echo(names[file], 40))
        behind.append(file)

    try:
        yield told
    finally:
        progress.end()


def _size(file: str) -> int:
    try:
        return Path(file).stat().st_size
    except (OSError, ValueError):  # reading says what is wrong with it
        return 0


def _tables(
    files: Sequence[str], names: Mapping[str, str], encoding: str, problems: list[Problem],
    told: Callable[[str], None],
) -> list[DataTable]:  # fmt: skip
    found = []
    for file in files:
        told(file)
        table, wrong = read_file(file, encoding, names[file])
        problems += wrong
        found += [] if table is None else [table]
    return found


def _say_nobody(report: str, language: str) -> None:
    note(report)
    note("")
    note(say("nobody_paid_table", language))
