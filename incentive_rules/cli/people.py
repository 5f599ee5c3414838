"""What `run` and `explain` share: a scheme made ready, and everybody in the data files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..base.errors import DataError, SchemeError
from ..base.problems import Problem
from ..base.reports import render, render_problems
from ..base.text import echo
from ..model.data import DataRow, DataTable, People
from ..pipeline import Pipeline
from ..reading.files import read_file
from .console import language_of, note
from .wording import say

FINDINGS, USAGE, REJECTED = 1, 2, 3
_USAGE_CODES = ("scheme-file", "period-unknown", "period-kind")


def refused_scheme(error: SchemeError, lang: str) -> int:
    """Say what is wrong with a scheme that cannot be used; the exit code for it."""
    unread = any(d.code == "scheme-file" for d in error.diagnostics)  # a file that is not there has no language
    note(render(error.diagnostics, "text", language_of(lang, "" if unread else error.language)))
    return USAGE if any(d.code in _USAGE_CODES for d in error.diagnostics) else FINDINGS


def people_in(
    pipeline: Pipeline, data: Sequence[str], details: Sequence[str], encoding: str, language: str
) -> tuple[People | None, int]:
    """Everybody in the files; or None and an exit code, the reasons said."""
    problems: list[Problem] = []
    tables = _tables(data, encoding, problems)
    further: dict[str, list[DataTable]] = {}
    for one in details:
        name, _, file = one.partition("=")
        if not name or not file:
            note(say("usage_details", language, value=echo(one)))
            return None, USAGE
        further.setdefault(name, []).extend(_tables([file], encoding, problems))
    if problems:
        _say_nobody(render_problems(problems, "text", language), language)
        return None, USAGE if any(p.code == "data-file" for p in problems) else REJECTED
    try:
        return pipeline.people(tables, further, lang=language), 0
    except DataError as error:
        _say_nobody(str(error), language)
        return None, REJECTED


def _tables(files: Sequence[str], encoding: str, problems: list[Problem]) -> list[DataTable]:
    found = []
    for file in files:
        table, wrong = read_file(file, encoding)
        problems += wrong
        found += [] if table is None else [table]
    return found


def _say_nobody(report: str, language: str) -> None:
    note(report)
    note("")
    note(say("nobody_paid_table", language))


def details_of(people: People, row: DataRow) -> Mapping[str, tuple[DataRow, ...]]:
    """The detail rows of one person."""
    return {name: groups.get(row.key, ()) for name, groups in people.details.items()}
