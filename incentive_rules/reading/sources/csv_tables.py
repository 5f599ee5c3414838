"""Reads a csv file: in columns at once if every line is a row, else row by row with all that is wrong."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from ...model.data import DataTable
from ...model.table import Coder, Rows, rows_of
from . import refusals
from .refusals import (
    MOST_PROBLEMS,
    TableOrProblems,
    file_problem,
    heading_problems,
    refused,
    too_many_cells,
    too_many_rows,
)

_MANY_ROWS = 1 << 15  # that are read before their cells go into columns
_LARGE = 1 << 16  # bytes of a file from which on it pays to load a library for it


def read_csv(data: bytes, name: str, codec: str = "utf-8-sig") -> TableOrProblems:
    """Reads a csv file.

    Wholly empty lines before the headings are passed over, and so are those at the end; others are rows in which every
    cell is empty. Raises `UnicodeDecodeError` if the bytes are no text.
    """
    found = None
    if b'"' not in data:
        found = _large_csv(data, name, codec) if len(data) >= _LARGE else None
        found = _plain_csv(data, name, codec) if found is None else found
    return (found, ()) if found is not None else _any_csv(data, name, codec)


def _large_csv(data: bytes, name: str, codec: str) -> DataTable | None:
    """Reads a csv file without quotes and without empty lines in columns; None if it is another one."""
    if codec != "utf-8-sig":
        return None
    data = data.removeprefix(BOM_UTF8)
    data = data.replace(b"\r\n", b"\n") if b"\r" in data else data
    data = data if data.endswith(b"\n") else data + b"\n"
    below = data.find(b"\n") + 1
    first = data[: below - 1]
    width, lines = first.count(b",") + 1, data.count(b"\n", below)
    if width < 2 or not lines or b"\r" in data or _too_much(lines, width) or not _is_text(data):
        return None
    headings, longest = tuple(first.decode().split(",")), csv.field_size_limit()
    if heading_problems(headings, name) or max(map(len, headings)) > longest:
        return None
    from .csv_columns import columns_below  # small files wait for no arrays

    columns = columns_below(data, below, width, longest)
    return None if columns is None else DataTable(name, headings, Rows(columns, lines), range(2, lines + 2))


def _is_text(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _too_much(rows: int, width: int) -> bool:
    return rows >= refusals.MOST_ROWS or (rows + 1) * width > refusals.MOST_CELLS


def _plain_csv(data: bytes, name: str, codec: str) -> DataTable | None:
    """Reads a csv file without quotes, in which every line is a row; None if anything is wrong with it.

    What is wrong is then found row by row.
    """
    lines = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") + 1
    if lines > refusals.MOST_ROWS or data.count(b",") + lines > refusals.MOST_CELLS:
        return None
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), codec, newline=""), strict=True)
    try:
        headings = next(filter(None, reader), [])
        first = reader.line_num + 1
        if not headings or heading_problems(tuple(headings), name):
            return None
        coders, nothing = [Coder() for _ in headings], [""] * len(headings)
        waiting = size = 0  # empty lines, of which nobody knows yet whether a row comes after them
        while records := list(islice(reader, _MANY_ROWS)):
            trailing = 0
            while records and not records[-1]:
                records.pop()
                trailing += 1
            if not records:
                waiting += trailing
                continue
            lengths = set(map(len, records))
            if lengths - {0, len(headings)}:
                return None
            if waiting or len(lengths) > 1:
                records = [record or nothing for record in chain([nothing] * waiting, records)]
            for coder, cells in zip(coders, zip(*records, strict=True), strict=True):
                coder.texts(cells)
            size, waiting = size + len(records), trailing
    except csv.Error:
        return None
    return DataTable(name, tuple(headings), Rows([one.column() for one in coders], size), range(first, first + size))


def _any_csv(data: bytes, name: str, codec: str) -> TableOrProblems:
    """Reads a csv file row by row; the problems if anything is wrong with it."""
    lines = _Lines(io.TextIOWrapper(io.BytesIO(data), codec, newline=""))
    reader = csv.reader(lines, strict=True)
    begins, records, count = 1, list[tuple[int, tuple[str, ...]]](), 0
    try:
        for record in reader:
            count += max(1, len(record))
            lines.most = refusals.MOST_CELLS - count
            if len(records) > refusals.MOST_ROWS:
                return too_many_rows(name)
            if record or records:
                records.append((begins, tuple(record)))
            begins = reader.line_num + 1
    except _TooMany:
        return too_many_cells(name)
    except csv.Error as error:
        return _broken(name, begins, str(error))
    while records and not records[-1][1]:
        records.pop()
    if not records:
        return refused(name, "data-format", "empty")
    headings = records[0][1]
    problems = list(heading_problems(headings, name))
    problems += [
        file_problem(name, "data-ragged", row=number, line=line, count=str(len(cells)), wanted=str(len(headings)))
        for number, (line, cells) in enumerate(records[1:], 1)
        if len(cells) != len(headings) and cells
    ]
    if problems:
        return None, tuple(problems[:MOST_PROBLEMS])
    nothing = ("",) * len(headings)
    rows = rows_of((cells or nothing for _, cells in records[1:]), len(headings))
    return DataTable(name, headings, rows, tuple(line for line, _ in records[1:])), ()


def _broken(name: str, line: int, reason: str) -> TableOrProblems:
    """The problem of a csv file that cannot be parsed, worded by this library."""
    if reason.startswith("field larger"):
        return refused(name, "data-format", "long", line, most=f"{csv.field_size_limit():,}")
    variant = "unclosed" if "end of data" in reason else "quote"
    return refused(name, "data-format", variant, line)


class _TooMany(Exception):
    pass


class _Lines:
    """Passes on the lines of a csv file.

    Raises `_TooMany` once the lines since the last complete row hold more than `most` cells.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.most = refusals.MOST_CELLS  # set anew after each row

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.most -= line.count(",") + 1
        if self.most < 0:
            raise _TooMany
        return line
