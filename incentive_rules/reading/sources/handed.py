"""Reads rows that a program hands over: in tables, in frames, or as one mapping for each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from attrs import evolve

from ...base.garbage import collector_paused
from ...base.problems import Problem
from ...model.data import DataTable
from .mappings import read_mappings

HandedRow = Mapping[str, object]
HandedRows = Iterable[HandedRow] | DataTable | Iterable[DataTable]


def facts_of(row: object) -> dict[str, object]:
    """A row as a dict of its own; raises `TypeError` for anything that is no mapping."""
    if not isinstance(row, Mapping):
        raise TypeError(f"a row is a mapping of names to values, not {type(row).__name__}")
    return dict(row)


def kept_rows(rows: HandedRows) -> HandedRows:
    """Rows that can be read again and again, even if an iterator was handed over."""
    if isinstance(rows, DataTable):
        return rows
    kept: tuple[HandedRow, ...] | tuple[DataTable, ...] = tuple(rows)  # type: ignore[assignment]  # all are of one kind
    return kept


def kept_groups(groups: Mapping[str, HandedRows] | None) -> Mapping[str, HandedRows] | None:
    """The rows of groups, which explaining a result reads a second time."""
    return None if groups is None else {name: kept_rows(rows) for name, rows in groups.items()}


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
    if isinstance(rows, str | bytes | PurePath):
        raise TypeError("these rows are a text or the name of a file: give its rows, such as those of csv.DictReader")
    if isinstance(rows, Mapping):
        raise TypeError("these rows are one row: give a list of them, or use pipeline.score(row)")
    listed = list(rows)
    tables = tuple(table for table in listed if isinstance(table, DataTable))
    if tables and len(tables) == len(listed):
        return tables
    with collector_paused():
        table, wrong = read_mappings(listed, name)
    problems += wrong
    return () if table is None else (table,)
