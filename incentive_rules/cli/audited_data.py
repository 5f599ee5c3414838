"""Reads the data that `audit` looks at, and by which `prove` compares groups."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ..base.errors import DataError, MissingExtra, SchemeError
from ..base.problems import Problem
from ..base.reports import render_problems
from ..base.text import echo
from ..model.data import DataTable
from ..pipeline import Pipeline
from ..reading.sources.files import read_file
from .console import note
from .data_files import data_files, shown_names
from .exits import Exit
from .people import refused_scheme

_USAGE = ("audit-argument", "audit-condition", "audit-name", "data-file", "record-missing")


def refused_command(error: SchemeError | MissingExtra | DataError, lang: str) -> int:
    """Prints what is wrong with the scheme or the data, or what is not installed; returns the exit code for it."""
    if isinstance(error, SchemeError):
        return refused_scheme(error, lang)
    note(str(error))
    wrong_arguments = isinstance(error, MissingExtra) or all(one.code in _USAGE for one in error.problems)
    return Exit.USAGE if wrong_arguments else Exit.REJECTED


@frozen
class DataRead:
    people: tuple[DataTable, ...]
    further: dict[str, tuple[DataTable, ...]]


def read_to_audit(
    data: Sequence[str], details: Sequence[str], encoding: str, pipeline: Pipeline | None, language: str
) -> DataRead:  # fmt: skip
    """The tables of people and the further ones; `DataError` with everything that is wrong with the files."""
    scheme = None if pipeline is None else pipeline.scheme
    tables = [] if scheme is None else [*(t.name for t in scheme.details), *(t.name for t in scheme.groups)]
    named = [(name, file) for name, _, file in (one.partition("=") for one in details)]
    wrong = next((one for one, (name, file) in zip(details, named, strict=True) if not name or not file), None)
    if wrong is not None:
        problem = Problem("audit-argument", {"option": "details", "text": echo(wrong)})
        raise DataError(render_problems([problem], "text", language), (problem,))
    files = data_files(data, named, tables)
    problems = list(files.problems)
    names = shown_names([*files.people, *(file for _, file in files.tables)])
    people = _tables(files.people, names, encoding, problems)
    further: dict[str, tuple[DataTable, ...]] = {}
    for name, file in files.tables:
        further[name] = (*further.get(name, ()), *_tables([file], names, encoding, problems))
    if problems:
        raise DataError(render_problems(problems, "text", language), tuple(problems))
    return DataRead(people, further)


def _tables(
    files: Sequence[str], names: dict[str, str], encoding: str, problems: list[Problem]
) -> tuple[DataTable, ...]:
    found = []
    for file in files:
        table, wrong = read_file(file, encoding, names[file])
        problems += wrong
        found += [] if table is None else [table]
    return tuple(found)
