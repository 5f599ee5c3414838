"""Reads detail tables from their files, or makes them from the keys in rows below them; finds rows with equal keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from attrs import evolve, field, frozen

from ...base.problems import Problem, Problems
from ...base.text import echo
from ...model.arrays import Ints
from ...model.checked import Checked
from ...model.data import DataRow, DataTable, FileRows, RowOrigin
from ...model.on_demand import ChosenItems, JoinedItems
from ...model.table import Cells, Column
from ..sources.copies import copies_among
from ..sources.strays import is_blank, stray_row, unread_in, without_heading
from .columns import columns_missing, heading_of, input_columns
from .duplicate_keys import KeyedRow, duplicate_keys
from .key_columns import (
    KeyColumn,
    cells_below,
    column_codes,
    equal_keys,
    keys_below,
    keys_of,
    no_keys,
    row_groups,
    taken,
)
from .links import KeyReader, ReadKey, TableLinks, joined_key, key_input, person_inputs, quoted
from .looks import twins_by_word
from .origins import FileOrigins
from .rows import placed, where_of

Disputes = Mapping[str, tuple[tuple[int, KeyedRow], ...]]


@frozen(eq=False)
class TableRead:
    """The rows of one detail table in columns, read from files or made from the keys in rows below it.

    `cells` are raw, by the names of inputs; `keys` stand in the order of `TableLinks.key_inputs`. `strays` says why a
    row is no row of data. `disputes` (made tables only): own key → the rows below that contradict it, each with the
    position in `links.key_inputs` of the column that differs. `files` are those that it was read from.
    """

    links: TableLinks
    cells: Cells
    keys: tuple[KeyColumn, ...]
    origins: Sequence[RowOrigin]
    strays: Mapping[int, Problem] = field(factory=dict)
    disputes: Disputes = field(factory=dict)
    files: tuple[FileRows, ...] = ()
    warnings: Problems = ()

    def __len__(self) -> int:
        return len(self.origins)

    def row(self, number: int) -> KeyedRow:
        """One row, as it was read."""
        keys = tuple([column[number] for column in self.keys])
        return KeyedRow(self.cells[number], self.origins[number], keys, self.strays.get(number))

    def own_keys(self) -> KeyColumn:
        """The rows' own keys; None where a row has none that can be read."""
        own = [self.keys[place] for place in self.links.key]
        named = row_groups([column.codes for column in own], len(self))
        return equal_keys(named.codes, [self.own_key(row) for row in named.first.tolist()])

    def own_key(self, number: int) -> str | None:
        """A row's own key; None if it has none that can be read."""
        return joined_key([column[number] for column in self.keys], self.links.key)


# ── Reading, and making what has no file ──────────────────────────────────────────────────────────


class Readers:
    """The readers of key columns: one for each name, so that a text is read once in all tables."""

    def __init__(self) -> None:
        self._made: dict[str, KeyReader] = {}

    def of(self, links: TableLinks) -> tuple[KeyReader, ...]:
        return tuple(self._made.setdefault(one.name, KeyReader(one)) for one in links.key_inputs)


def read_details(
    links: TableLinks, tables: Sequence[DataTable], readers: Readers, alone: bool = False
) -> tuple[TableRead, Problems, tuple[tuple[str, str], ...]]:
    """Reads the rows of one detail table from all its files.

    Returns also the problems of whole files, and the columns that nobody reads. Rows of one person `alone` may lack
    columns: the cells are missing, and if no row has a key of its own none needs one. Empty rows are passed over, but
    not those of one person alone.
    """
    parts: list[_Part] = []
    files = list[FileRows]()
    problems, unread, there = list[Problem](), list[tuple[str, str]](), list[Mapping[str, int]]()
    keys = readers.of(links)
    for table in tables:
        columns, doubled = input_columns(links.readers, table.headings, table.name, table.by_input)
        problems += doubled
        if table.headings and not alone:
            problems += columns_missing((one for one in links.readers if one.name not in columns), table)
        there.append(columns)
        if problems or not (table.headings or alone):
            files.append(FileRows(table.name, 0))
            continue
        unread += unread_in(table, columns.values())
        part = _part_of(links, table, columns, keys, alone)
        parts.append(part)
        files.append(FileRows(table.name, len(part.rows), len(table.rows) - len(part.rows)))
    if alone and not any(links.key_inputs[place].name in found for found in there for place in links.key):
        links = evolve(links, key=())
    twice, warnings = ((), ()) if problems else copies_among(tables, links.readers, there)
    warnings += tuple(problem for table in tables for problem in without_heading(table))
    found = evolve(_together(links, parts), files=tuple(files), warnings=warnings)
    return found, (*problems, *twice), tuple(unread)


@frozen(eq=False)
class _Part:
    """The rows of one file that are kept: their numbers in the file, from 0, and what stands in each."""

    table: DataTable
    rows: Ints
    cells: Mapping[str, Column]
    keys: Sequence[KeyColumn]
    strays: Mapping[int, Problem]


def _part_of(
    links: TableLinks, table: DataTable, columns: Mapping[str, int], readers: Sequence[KeyReader], alone: bool
) -> _Part:
    """The rows of one file in which something stands."""
    size = len(table.rows)
    key_columns = [columns.get(one.name) for one in links.key_inputs]
    keys = [no_keys(size) if column is None else keys_of(table.column(column), read)
            for read, column in zip(readers, key_columns, strict=True)]  # fmt: skip
    cells = {one.name: table.column(columns[one.name]) for one in links.inputs if one.name in columns}
    strays, blank = dict[int, Problem](), set[int]()
    # A row of data says whose it is: only a line that does not can be empty, or a sum.
    for number in () if alone else _without_owner(table, key_columns, keys).tolist():
        row = table.rows[number]
        if is_blank(row):
            blank.add(number)
        elif (stray := stray_row(row, table.headings)) is not None:
            strays[number] = stray
    rows = np.arange(size)
    if blank:
        rows = np.delete(rows, sorted(blank))
        cells = {name: taken(column, rows) for name, column in cells.items()}
        keys = [column.at(rows) for column in keys]
        strays = {number: strays[row] for number, row in enumerate(rows.tolist()) if row in strays} if strays else {}
    return _Part(table, rows, cells, keys, strays)


def _without_owner(table: DataTable, key_columns: Sequence[int | None], keys: Sequence[KeyColumn]) -> Ints:
    """The rows in which a key is missing, or whose first key is the heading of its column."""
    naming = next((column for column in key_columns if column is not None), None)
    if naming is None:
        return np.arange(len(table.rows))
    column = table.column(naming)
    said = [n for n, value in enumerate(column.values) if type(value) is str and value == table.headings[naming]]
    found = np.isin(column_codes(column), said) if said else np.zeros(len(column), bool)
    for one in keys:
        found |= one.empty()
    return np.flatnonzero(found)


def _together(links: TableLinks, parts: Sequence[_Part]) -> TableRead:
    """Joins the rows of several files, one below the other."""
    if not parts:
        return TableRead(links, Cells({}, 0), tuple(no_keys(0) for _ in links.key_inputs), ())
    origins = JoinedItems([ChosenItems(FileOrigins(part.table), part.rows) for part in parts])
    keys = tuple([keys_below([part.keys[place] for part in parts]) for place in range(len(links.key_inputs))])
    names = dict.fromkeys(name for part in parts for name in part.cells)
    cells = {name: cells_below([(part.cells.get(name), len(part.rows)) for part in parts]) for name in names}
    strays, before = dict[int, Problem](), 0
    for part in parts:
        strays |= {before + number: problem for number, problem in part.strays.items()}
        before += len(part.rows)
    return TableRead(links, Cells(cells, before), keys, origins, strays)


def made_from(links: TableLinks, below: Iterable[TableRead]) -> TableRead:
    """Makes a table out of the rows below it: one row for each key, in the order in which the keys appear."""
    said, origins = _said_below(links, below)
    named = row_groups([column.codes for column in said], len(origins))
    own = row_groups([said[place].codes[named.first] for place in links.key], len(named.first))
    rows = named.first[own.first]
    disputes: dict[str, list[tuple[int, KeyedRow]]] = {}
    if len(own.first) < len(named.first):
        kept = rows[own.codes][named.codes]  # for each row below the one that was met first with its key
        for number in np.flatnonzero(named.first[named.codes] != kept).tolist():
            says, first = (tuple([column[row] for column in said]) for row in (number, int(kept[number])))
            # Cells that cannot be read have codes of their own, and may yet say the same.
            place = next((n for n, key in enumerate(says) if key != first[n]), None)
            if place is not None:
                disputes.setdefault(joined_key(says, links.key) or "", []).append(
                    (place, KeyedRow({}, origins[number], says))
                )
    keys = tuple([column.at(rows) for column in said])
    cells = {one.name: Column(column.codes.astype(np.int32), column.keys)
             for one, column in zip(links.key_inputs, keys, strict=True) if one in links.inputs}  # fmt: skip
    made = TableRead(links, Cells(cells, len(rows)), keys, ChosenItems(origins, rows))
    return evolve(made, disputes={key: tuple(found) for key, found in disputes.items()})


def _said_below(links: TableLinks, below: Iterable[TableRead]) -> tuple[list[KeyColumn], Sequence[RowOrigin]]:
    """The key columns of a table to be made, taken from all rows below it, and the origins of those rows.

    Rows without its key are skipped, since `owners` reports them.
    """
    parts: list[list[KeyColumn]] = []
    origins: list[Sequence[RowOrigin]] = []
    for table in below:
        positions = {one.name: n for n, one in enumerate(table.links.key_inputs)}
        places = [positions[one.name] for one in links.key_inputs]
        others = [other for found in table.disputes.values() for _, other in found]
        others = [other for other in others if other.stray is None]
        disputed = [_column([other.keys[place] for other in others]) for place in places]
        for columns, where in (([table.keys[place] for place in places], table.origins),
                               (disputed, [other.origin for other in others])):  # fmt: skip
            says = np.ones(len(where), bool)
            for place in links.key:
                says &= columns[place].where(lambda key: isinstance(key, str))
            if where is table.origins:
                says[list(table.strays)] = False
            rows = np.flatnonzero(says)
            parts.append([column.at(rows) for column in columns])
            origins.append(ChosenItems(where, rows))
    said = [keys_below(columns) for columns in zip(*parts, strict=True)]
    return said, JoinedItems(origins)


def _column(keys: Sequence[ReadKey]) -> KeyColumn:
    return equal_keys(np.arange(len(keys)), keys)


def people_made(checked: Checked, below: Iterable[TableRead]) -> tuple[DataRow, ...]:
    """Makes the people that the rows of detail tables name."""
    inputs = person_inputs(checked)
    key = next(number for number, one in enumerate(inputs) if one is key_input(checked))
    table = made_from(TableLinks("", inputs, inputs, (key,), ()), below)
    wrong = {number: problems for number, _, problems in disputed(table)}
    return tuple(
        DataRow(table.own_key(n) or "", table.cells[n], table.origins[n], problems=wrong.get(n, ()))
        for n in range(len(table))
    )


def rows_with_duplicate_keys(table: TableRead, own: KeyColumn) -> Iterator[tuple[int, Problem]]:
    """Finds rows whose `own` key is missing, equal to another one, or looks the same, by their numbers."""
    suspect = np.bincount(own.codes, minlength=len(own.keys))[own.codes] > 1
    alike = twins_by_word(key for key in own.keys if isinstance(key, str))
    suspect |= own.where(lambda key: key is None or key in alike)
    numbers = np.flatnonzero(suspect).tolist()
    yield from duplicate_keys(table.links, ((number, table.row(number)) for number in numbers))


def disputed(table: TableRead) -> Iterator[tuple[int, tuple[KeyedRow, ...], tuple[Problem, ...]]]:
    """Each made row about which the rows below disagree, with these rows and the problems why it is refused."""
    for number in range(len(table)) if table.disputes else ():
        own = table.own_key(number) or ""
        others = table.disputes.get(own, ())
        if others:
            problems: dict[int, Problem] = {}
            for column, other in others:
                problems.setdefault(column, _dispute(table.links, column, own, table.row(number), other))
            yield number, tuple(other for _, other in others), tuple(problems.values())


def _dispute(links: TableLinks, column: int, own: str, row: KeyedRow, other: KeyedRow) -> Problem:
    read = links.key_inputs[column]
    said = {"first": _said(row.keys[column]), "second": _said(other.keys[column]), "where": where_of(row.origin)}
    params = {"details": links.name, "value": quoted(own), "input": read.name, **said}
    variant = "" if links.name else "people"
    return placed(Problem("data-two-owners", params, variant, column=echo(heading_of(read))), other.origin)


def _said(key: ReadKey) -> str:
    return quoted(key if isinstance(key, str) else "")
