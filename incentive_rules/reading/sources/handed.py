"""Reads rows that a program hands over: one mapping for each row, frames, files that it names, or tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, TypeAlias, cast

from attrs import evolve

from ...base.errors import DataError
from ...base.garbage import collector_paused
from ...base.problems import Problem, causes
from ...base.reports import render_problems
from ...model.carriers import ArrowStream, Frame, carrier_of, is_series, named
from ...model.data import DataTable
from .files import read_file
from .mappings import read_mappings
from .refusals import TableOrProblems
from .sheet_names import split_sheet

HandedRow = Mapping[str, object]
HandedRows: TypeAlias = Iterable[HandedRow] | DataTable | Iterable[DataTable] | Frame | ArrowStream | Path | str
FILES = (".csv", ".csv.gz", ".json", ".json.gz", ".parquet", ".xlsx")


def facts_of(row: object) -> dict[str, object]:
    """A row as a dict of its own; raises `TypeError` for anything that is no mapping."""
    if isinstance(row, Mapping):
        return dict(row)
    if carrier_of(row) is not None:
        raise TypeError(f"this is a whole table ({named(row)}): use pipeline.run(frame), or give one row as a dict")
    if is_series(row):
        raise TypeError(f"this is a {named(row)}: give one row as a dict, such as dict(frame.iloc[0])")
    if isinstance(row, list | tuple) and row and all(isinstance(one, Mapping) for one in row):
        raise TypeError("these are several rows: use pipeline.run(rows), or give one of them")
    raise TypeError(f"a row is a mapping of names to values, not {named(row)}")


def kept_rows(rows: HandedRows) -> HandedRows:
    """Rows that can be read again and again, even if an iterator was handed over."""
    if isinstance(rows, DataTable | str | PurePath) or carrier_of(rows) is not None:
        return rows
    kept: tuple[HandedRow, ...] | tuple[DataTable, ...] = tuple(cast(Iterable[Any], rows))  # all are of one kind
    return kept


def kept_groups(groups: Mapping[str, HandedRows] | None) -> Mapping[str, HandedRows] | None:
    """The rows of groups, which explaining a result reads a second time."""
    return None if groups is None else {name: kept_rows(rows) for name, rows in groups.items()}


def listed_rows(rows: HandedRows) -> list[HandedRow]:
    """The detail rows of one person as mappings; `DataError` if what carries them cannot be read."""
    if not isinstance(rows, DataTable | str | PurePath) and carrier_of(rows) is None:
        return list(cast(Iterable[HandedRow], rows))
    problems: list[Problem] = []
    tables = tables_of(rows, problems)
    if problems:
        raise DataError(render_problems(problems), causes(problems))
    return [dict(zip(table.headings, row, strict=True)) for table in tables for row in table.rows]


def further_tables(tables: Mapping[str, HandedRows] | None, what: str) -> Mapping[str, HandedRows]:
    """Further tables by their names; raises `TypeError` for a table without one."""
    if tables is not None and not isinstance(tables, Mapping):
        raise TypeError(f"`{what}` are tables by their names, {what}={{name: rows}}, not {named(tables)}")
    return tables or {}


def listed_tables(details: Mapping[str, HandedRows] | None) -> dict[str, list[HandedRow]]:
    """The detail rows of one person as mappings, by the names of their tables."""
    return {name: listed_rows(rows) for name, rows in further_tables(details, "details").items()}


def with_distinct_names(tables: Sequence[DataTable]) -> tuple[DataTable, ...]:
    """Gives files with one name and other contents distinct names: each further one gets a number.

    Messages and counts would not say which of them is meant: `a/visits.csv` and `b/visits.csv`.
    """
    names: dict[str, str] = {}
    found = []
    for table in tables:
        name, number = table.name, 1
        while table.content and names.setdefault(name, table.digest) != table.digest:
            number += 1
            stem, point, ending = table.name.partition(".")
            name = f"{stem} ({number}){point}{ending}"
        found.append(table if name == table.name else evolve(table, name=name))
    return tuple(found)


def tables_of(rows: HandedRows, problems: list[Problem], name: str = "") -> tuple[DataTable, ...]:
    """The tables of the rows; their problems are added to `problems`."""
    if isinstance(rows, DataTable):
        return (rows,)
    if isinstance(rows, PurePath) or (isinstance(rows, str) and split_sheet(rows)[0].lower().endswith(FILES)):
        return _known(read_file(str(rows)), problems)
    if isinstance(rows, str | bytes):
        raise TypeError(f"these rows are a text that is no name of a data file ({', '.join(FILES)})")
    if isinstance(rows, Mapping) and any(
        carrier_of(one) is not None or is_series(one) or isinstance(one, list | tuple | Mapping)
        for one in rows.values()
    ):
        raise TypeError("these rows are several columns or tables: give one frame, or a list of mappings")
    if isinstance(rows, Mapping):
        raise TypeError("these rows are one row: give a list of them, or use pipeline.score(row)")
    if carrier_of(rows) is not None:
        from .frames import read_frame

        with collector_paused():
            return _known(read_frame(rows, name), problems)
    if is_series(rows):
        raise TypeError(f"these rows are one column ({named(rows)}): give the frame that holds it and the key")
    if not isinstance(rows, Iterable):
        raise TypeError(f"rows are a list of mappings, a frame or the name of a file, not {named(rows)}")
    listed: list[object] = list(rows)
    tables = tuple(table for table in listed if isinstance(table, DataTable))
    if tables and len(tables) == len(listed):
        return tables
    with collector_paused():
        return _known(read_mappings(listed, name), problems)


def _known(read: TableOrProblems, problems: list[Problem]) -> tuple[DataTable, ...]:
    table, wrong = read
    problems += wrong
    return () if table is None else (table,)
