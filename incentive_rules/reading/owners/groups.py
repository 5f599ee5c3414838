"""Reads the rows of `groups:` tables, and checks whether the groups that other rows name are among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import numpy as np
from attrs import evolve, field, frozen

from ...base.problems import Problem, Problems
from ...base.text import echo, nearest
from ...model.checked import Checked, CheckedInput
from ...model.data import DataRow, DataTable, FileRows, RowOrigin
from ...model.levels import EVERYONE, Level
from ...model.scheme import Group
from ..cells.words import MOST_COMPARED
from ..sources.strays import STRAY, unread_in, without_heading
from ..tables.columns import heading_of
from ..tables.data_rows import column_of_rows, with_changed
from ..tables.joining import columns_of_all, joined
from ..tables.key_columns import keys_of
from ..tables.links import KeyReader, ReadKey, column_reader, inputs_at
from ..tables.rows import placed, read_values


def read_groups(
    checked: Checked, table: Group, tables: Sequence[DataTable]
) -> tuple[tuple[DataRow, ...], tuple[FileRows, ...], Problems, tuple[tuple[str, str], ...], Problems]:
    """Reads the rows of one table of groups from all its files.

    Returns also how many rows each file has, the problems of whole files, the columns that nobody reads, and warnings.
    """
    key = column_reader(checked, table.key)
    inputs = (key, *(one for one in inputs_at(checked, (table.key,)) if one.name != key.name))
    columns, problems = columns_of_all(inputs, key, tables)
    if problems:
        return (), (), problems, (), ()
    unread = [one for file, found in zip(tables, columns, strict=True) for one in unread_in(file, found.values())]
    rows, files, warnings = joined(inputs, key, tables, columns, table.name)
    warnings += tuple(problem for file in tables for problem in without_heading(file))
    return tuple(_with_refused_cells(row, inputs) for row in rows), files, (), tuple(unread), warnings


def _with_refused_cells(row: DataRow, inputs: Sequence[CheckedInput]) -> DataRow:
    """The row with the problems of its cells: no person owns a group, so they are reported with the row."""
    problems = () if row.problems else read_values(row, inputs)[1]
    return evolve(row, problems=problems) if problems else row


def refused_groups(checked: Checked, level: Level, rows: Sequence[DataRow]) -> tuple[DataRow, ...]:
    """The rows of groups that are refused, with the keys of the groups to which they belong themselves."""
    names = [owner[0] for owner in checked.levels[level].owners if owner != EVERYONE]
    readers = {name: KeyReader(column_reader(checked, name)) for name in names}
    found = []
    for row in rows:
        if row.problems:
            keys = {name: read(row.cells.get(name)) for name, read in readers.items()}
            found.append(evolve(row, links={name: key for name, key in keys.items() if isinstance(key, str)}))
    return tuple(found)


@frozen
class Known:
    """The groups of a table: its name, and for each key whether its row is accepted."""

    table: str
    keys: Mapping[str, bool] = field(hash=False)
    compared: tuple[str, ...]  # keys that a wrong one is compared with


def known_groups(table: str, rows: Sequence[DataRow]) -> Known:
    """The groups of a table whose rows were read."""
    found: dict[str, bool] = {}
    for row in rows:
        if row.key:
            found[row.key] = found.get(row.key, True) and not row.problems
    return Known(table, found, tuple(sorted(found))[:MOST_COMPARED])


def with_unknown_groups(
    rows: Sequence[DataRow], inputs: Sequence[CheckedInput], known: Mapping[Level, Known]
) -> Sequence[DataRow]:
    """The rows; those that name an unknown group have the problem of it."""
    found: dict[int, DataRow] = {}
    for one in inputs:
        there = known.get((one.name,))
        if there is None:
            continue
        keys = keys_of(column_of_rows(rows, one.name), KeyReader(one))
        lost = keys.where(partial(_is_lost, there))
        for number in np.flatnonzero(lost).tolist():
            row, key = found.get(number, rows[number]), keys[number]
            if isinstance(key, str) and all(problem.code != STRAY for problem in rows[number].problems):
                problem = unknown_group(one, key, there, row.elsewhere.get(one.name, row.origin), row.key)
                found[number] = evolve(row, problems=(*row.problems, problem))
    return with_changed(rows, found)


def _is_lost(known: Known, key: ReadKey) -> bool:
    return isinstance(key, str) and not known.keys.get(key, False)


def unknown_group(read: CheckedInput, key: str, known: Known, origin: RowOrigin, who: str = "") -> Problem:
    """The problem of a row that belongs to a group without a row, or with a refused one."""
    near = () if key in known.keys else _alike(key, known.compared)
    variant = "refused" if key in known.keys else "near" if len(near) == 1 else ""
    params = {"input": echo(read.name), "value": f'"{echo(key)}"', "group": known.table, "near": "".join(near[:1])}
    return placed(Problem("data-group-unknown", params, variant, column=echo(heading_of(read))), origin, who)


@lru_cache(1024)
def _alike(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The keys nearest to a wrong one; cached, since the same mistakes recur."""
    return nearest(text, known, 2, alike=True)
