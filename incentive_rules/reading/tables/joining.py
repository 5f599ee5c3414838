"""Joins files one to one on the key: the rows of people or of groups, each with its place in its file.

Only the keys are read here. A row that is refused (its key missing, or twice) keeps its problem, so that a run may set
that row aside and pay the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from attrs import evolve

from ...base.problems import Problem, Problems
from ...base.text import echo, listed
from ...model.checked import CheckedInput
from ...model.data import DataRow, DataTable, FileRows
from ...model.table import Cells
from ..sources.strays import is_blank, is_total, stray_row, totals_in
from .columns import columns_missing, heading_of, input_columns
from .data_rows import DataRows
from .key_columns import keys_of, row_groups
from .links import KeyReader, ReadKey
from .looks import twin, twins_by_word
from .origins import FileOrigins
from .rows import placed, places_of

_MOST_HEADINGS = 5  # in one message


def columns_of_all(
    inputs: Sequence[CheckedInput],
    key: CheckedInput | None,
    tables: Sequence[DataTable],
    optional: Collection[str] = (),
) -> tuple[list[Mapping[str, int]], Problems]:
    """For each file the columns of the inputs that it has; the problems of inputs in no file, or in two.

    The `optional` inputs need no column.
    """
    columns, problems, absent = [], list[Problem](), list[CheckedInput]()
    shared: dict[tuple[str, str], list[str]] = {}
    for table in tables:
        found, doubled = input_columns(inputs, table.headings, table.name, table.by_input)
        columns.append(found)
        problems += doubled
        if len(tables) > 1 and key is not None and key.name not in found:
            params = {"file": echo(table.name), "heading": heading_of(key)}
            problems.append(Problem("data-column", params, "key", table=table.name))
    for checked in inputs:
        homes = [table for table, found in zip(tables, columns, strict=True) if checked.name in found]
        if not homes and checked.name not in optional and any(table.headings for table in tables):
            absent.append(checked)
        elif len(homes) > 1 and checked is not key:
            shared.setdefault((homes[0].name, homes[1].name), []).append(heading_of(checked))
    problems += columns_missing(absent, *tables)
    problems += [_in_both(file, other, headings) for (file, other), headings in shared.items()]
    return columns, tuple(problems)


def _in_both(file: str, other: str, headings: Sequence[str]) -> Problem:
    """One problem for all columns that are in two files: often one file is a copy of the other."""
    names = listed((f"`{echo(heading)}`" for heading in headings), _MOST_HEADINGS)
    params = {"heading": headings[0], "headings": names, "file": file, "other": other}
    return Problem("data-heading-twice", params, "files" if len(headings) == 1 else "copy", table=other)


def joined(
    inputs: Sequence[CheckedInput],
    key: CheckedInput | None,
    tables: Sequence[DataTable],
    columns: Sequence[Mapping[str, int]],
    group: str = "",
) -> tuple[Sequence[DataRow], tuple[FileRows, ...], Problems]:
    """One row for each key out of all files; the number of rows of each; warnings of files that lack some of the keys.

    `group` is the table of groups whose rows they are, "" for people.
    """
    read = [rows_of_file(key, table, found, inputs) for table, found in zip(tables, columns, strict=True)]
    counts = zip(tables, read, strict=True)
    files = tuple(FileRows(table.name, len(rows), len(table.rows) - len(rows)) for table, rows in counts)
    parts = [_marked(rows, key, group) for rows in read]
    if len(parts) == 1:
        return parts[0], files, ()
    needed = _needed(inputs, key, tables, columns)
    warnings = _warn_of_gaps([table for table in tables if table.name not in needed], tables, parts)
    return _one_a_key(inputs, needed, parts), files, tuple(warnings)


def _needed(
    inputs: Sequence[CheckedInput], key: CheckedInput | None, tables: Sequence[DataTable],
    columns: Sequence[Mapping[str, int]],
) -> list[str]:  # fmt: skip
    """The files with inputs that nobody may lack."""
    required = {checked.name for checked in inputs if not checked.definition.can_be_missing and checked is not key}
    return [table.name for table, found in zip(tables, columns, strict=True) if required & set(found)]


def _warn_of_gaps(
    optional: Collection[DataTable], tables: Sequence[DataTable], parts: Sequence[Sequence[DataRow]]
) -> Iterator[Problem]:
    """Warns of files with inputs that may be missing, which have no row for some people of other files."""
    known = dict.fromkeys(row.key for part in parts for row in part if row.key)
    for table, part in zip(tables, parts, strict=True):
        there = {row.key for row in part}
        lacking = [key for key in known if key not in there] if table in optional and table.headings else []
        if lacking:
            keys = listed((f'"{echo(one)}"' for one in lacking), _MOST_HEADINGS, ", ")
            params = {"file": echo(table.name), "count": str(len(lacking)), "keys": keys}
            yield Problem("data-partly", params, table=table.name)


def _one_a_key(
    inputs: Sequence[CheckedInput], needed: Sequence[str], parts: Sequence[Sequence[DataRow]]
) -> tuple[DataRow, ...]:
    by_key: dict[str, list[DataRow]] = {}
    unkeyed = []
    for row in (row for part in parts for row in part):
        if row.problems:
            unkeyed.append(row)
        else:
            by_key.setdefault(row.key, []).append(row)
    # A key that stands twice in one file is set aside whole: its rows in the other files too.
    doubled = {row.key for row in unkeyed if row.key}
    merged = (_merged(rows, inputs, needed) for found, rows in by_key.items() if found not in doubled)
    return (*merged, *unkeyed)


def rows_of_file(
    key: CheckedInput | None, table: DataTable, columns: Mapping[str, int], inputs: Sequence[CheckedInput]
) -> DataRows:
    """The rows of one file in which something stands, with the cells of the inputs that have a column there."""
    size = len(table.rows)
    cells = {one.name: table.column(columns[one.name]) for one in inputs if one.name in columns}
    rows = DataRows(Cells(cells, size), None, {}, FileOrigins(table))
    place = None if key is None else columns.get(key.name)
    if key is None or place is None:
        return rows
    heading = heading_of(key)
    rows.people = keys = keys_of(table.column(place), KeyReader(key))
    # A row of data says whose it is: only a line that does not can be empty, or a sum.
    if keys.plain and heading not in keys.keys and not totals_in(keys.keys):  # type: ignore[arg-type]  # all are texts
        return rows
    strange = keys.where(lambda read: not isinstance(read, str) or read == heading or is_total(read))
    blank, changed = list[int](), dict[int, DataRow]()
    for number in np.flatnonzero(strange).tolist():
        if is_blank(table.rows[number]):
            blank.append(number)
        elif isinstance(problem := _stray(key, keys[number], table, number), Problem):
            row = rows[number]
            changed[number] = evolve(row, key="", problems=(placed(problem, row.origin),))
    found = rows.with_changed(changed)
    return found.at(np.delete(np.arange(size), blank)) if blank else found


def _stray(key: CheckedInput, read: ReadKey, table: DataTable, number: int) -> ReadKey:
    """The problem of a row without a readable key, or of a total; its key if there is none."""
    if read is None:
        read = Problem("data-missing", {"input": echo(key.name)}, "whose", column=echo(heading_of(key)))
    return stray_row(table.rows[number], table.headings) or read


def _marked(rows: DataRows, key: CheckedInput | None, group: str) -> DataRows:
    """The rows; those whose key is in another row, or looks like another one, have the problem of it."""
    if rows.people is None:
        return rows
    named = row_groups([rows.people.codes], len(rows))
    if rows.people.plain and not rows.changed and len(named.first) == len(rows):
        return rows  # each stands once, and each can be told from all others
    own = [rows.people[row] for row in named.first.tolist()]  # the different keys
    counts = named.counts()
    for number, row in rows.changed.items():  # they have no key
        counts[named.codes[number]] -= not row.key
    same = twins_by_word(one for one, count in zip(own, counts.tolist(), strict=True) if isinstance(one, str) and count)
    look = np.array([one in same for one in own], bool)
    numbers = [n for n in np.flatnonzero((counts > 1)[named.codes] | look[named.codes]).tolist() if rows[n].key]
    doubled: dict[str, list[DataRow]] = {}
    for number in numbers:
        doubled.setdefault(rows[number].key, []).append(rows[number])
    marked = {}
    for number in numbers:
        row = rows[number]
        if len(doubled[row.key]) > 1:
            where = places_of(one.origin for one in doubled[row.key])
            params = {"value": f'"{echo(row.key)}"', "where": where} | ({"details": group} if group else {})
            problem = Problem("data-key-twice", params, "group" if group else "", key=row.key)
            row = evolve(row, problems=(placed(problem, row.origin),))
        if row.key in same and key is not None:
            problem = twin(key.name, heading_of(key), row.key, same[row.key])
            row = evolve(row, problems=(*row.problems, placed(problem, row.origin, row.key)))
        marked[number] = row
    return rows.with_changed(marked) if marked else rows


def _merged(rows: Sequence[DataRow], inputs: Sequence[CheckedInput], needed: Sequence[str]) -> DataRow:
    """One person's row out of all files; a file of `needed` without a row for the person is one problem."""
    first = rows[0]
    lacking = [name for name in needed if all(row.origin.table != name for row in rows)]
    absent = tuple(
        placed(Problem("data-missing", {"value": f'"{echo(first.key)}"', "file": echo(name)}, "file"), first.origin,
               first.key)
        for name in lacking
    )  # fmt: skip
    cells: dict[str, object] = dict.fromkeys(checked.name for checked in inputs)
    elsewhere = {}
    for row in rows:
        cells.update(row.cells)
        if row is not first:
            elsewhere.update(dict.fromkeys(row.cells, row.origin))
    return DataRow(first.key, cells, first.origin, elsewhere, absent)
