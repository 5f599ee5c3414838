"""Detail tables: read from their files, or made from the keys in the rows below them; and what tells rows apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from ..base.problems import Problem
from ..base.text import echo
from ..model.checked import Checked
from ..model.data import DataRow, DataTable, FileRows, RowOrigin
from .columns import columns_missing, columns_of, heading_of
from .copies import copies_among
from .joining import Problems
from .links import Key, KeyReader, TableLinks, key_input, key_of, person_inputs, quoted
from .looks import twins
from .rows import placed, places_of, where_of
from .strays import is_blank, stray_row, unread_in, without_heading
from .words import twin


@frozen
class Told:
    """A row as it was read: its cells, and the keys in the order of `TableLinks.told`.

    `stray` says why a line is no row of data.
    """

    cells: Mapping[str, object]
    origin: RowOrigin
    keys: tuple[Key, ...]
    stray: Problem | None = None


@frozen
class TableRead:
    """The rows of one detail table; of one that was made, the other answers that rows gave about it.

    `disputes` leads from a row's own key to the rows below it that name another parent, each with the
    column in which they differ. `files` are those that it was read from.
    """

    links: TableLinks
    rows: tuple[Told, ...]
    disputes: Mapping[str, tuple[tuple[int, Told], ...]] = field(factory=dict)
    files: tuple[FileRows, ...] = ()
    warnings: Problems = ()


# ── Reading, and making what has no file ──────────────────────────────────────────────────────────


class Readers:
    """The readers of key columns: one for each name, so that a text is read once in all tables."""

    def __init__(self) -> None:
        self._made: dict[str, KeyReader] = {}

    def of(self, links: TableLinks) -> tuple[KeyReader, ...]:
        return tuple(self._made.setdefault(one.name, KeyReader(one)) for one in links.told)


def read_details(
    links: TableLinks, tables: Sequence[DataTable], readers: Readers, alone: bool = False
) -> tuple[TableRead, Problems, tuple[tuple[str, str], ...]]:
    """The rows of one detail table in all its files; problems of whole files; columns that nobody reads.

    Rows of one person `alone` name what they have: what they lack is missing, and if no row says what tells it apart
    none has to. Rows in which nothing stands are passed over, but of one person alone: there they are rows.
    """
    rows: list[Told] = []
    files = list[FileRows]()
    problems, unread, there = list[Problem](), list[tuple[str, str]](), list[Mapping[str, int]]()
    keys = readers.of(links)
    for table in tables:
        columns, doubled = columns_of(links.readers, table.headings, table.name, table.by_input)
        problems += doubled
        if table.headings and not alone:
            problems += columns_missing((one for one in links.readers if one.name not in columns), table)
        there.append(columns)
        if problems or not (table.headings or alone):
            files.append(FileRows(table.name, 0))
            continue
        unread += unread_in(table, columns.values())
        before = len(rows)
        rows += _rows_of(links, table, columns, keys, alone)
        files.append(FileRows(table.name, len(rows) - before, len(table.rows) - len(rows) + before))
    if alone and not any(links.told[place].name in found for found in there for place in links.key):
        links = evolve(links, key=())
    twice, warnings = ((), ()) if problems else copies_among(tables, links.readers, there)
    warnings += tuple(problem for table in tables for problem in without_heading(table))
    return TableRead(links, tuple(rows), {}, tuple(files), warnings), (*problems, *twice), tuple(unread)


def _rows_of(
    links: TableLinks, table: DataTable, columns: Mapping[str, int], keys: Sequence[KeyReader], alone: bool
) -> Iterator[Told]:
    """The rows of one file in which something stands."""
    told = tuple((key, columns.get(one.name)) for key, one in zip(keys, links.told, strict=True))
    here = tuple((one.name, columns[one.name]) for one in links.inputs if one.name in columns)
    naming = next((column for _, column in told if column is not None), None)
    heading = None if naming is None or alone else table.headings[naming]
    for number, (cells, line) in enumerate(zip(table.rows, table.lines, strict=True), 1):
        found = {name: cells[column] for name, column in here}
        said = tuple([None if column is None else read(cells[column]) for read, column in told])
        stray = None
        # A row of data says whose it is: only a line that does not can be empty, or a sum.
        if not alone and (naming is None or None in said or cells[naming] == heading):
            if is_blank(cells):
                continue
            stray = stray_row(cells, table.headings)
        yield Told(found, RowOrigin(table.name, number, line), said, stray)


def made_from(links: TableLinks, below: Iterable[TableRead]) -> TableRead:
    """A table out of the rows below it: one row for each key, in the order in which the keys are met."""
    first: dict[str, Told] = {}
    disputes: dict[str, list[tuple[int, Told]]] = {}
    for table in below:
        positions = {one.name: n for n, one in enumerate(table.links.told)}
        places = [positions[one.name] for one in links.told]
        disputed_rows = (other for others in table.disputes.values() for _, other in others)
        for row in (*table.rows, *disputed_rows):
            if row.stray is not None:
                continue
            keys = tuple([row.keys[place] for place in places])
            own = key_of(keys, links.key)
            if own is None:
                continue  # that row says itself that it has no owner
            found = first.get(own)
            if found is None:
                cells = {one.name: keys[n] for n, one in enumerate(links.told) if one in links.inputs}
                first[own] = Told(cells, row.origin, keys)
            elif found.keys != keys:
                column = next(n for n, key in enumerate(keys) if key != found.keys[n])
                disputes.setdefault(own, []).append((column, Told({}, row.origin, keys)))
    return TableRead(links, tuple(first.values()), {own: tuple(rows) for own, rows in disputes.items()})


def people_made(checked: Checked, below: Iterable[TableRead]) -> tuple[DataRow, ...]:
    """The people whom the rows of detail tables name."""
    inputs = person_inputs(checked)
    key = next(number for number, one in enumerate(inputs) if one is key_input(checked))
    table = made_from(TableLinks("", inputs, inputs, (key,), ()), below)
    wrong = {id(row): problems for row, _, problems in disputed(table)}
    return tuple(
        DataRow(key_of(row.keys, (key,)) or "", row.cells, row.origin, problems=wrong.get(id(row), ()))
        for row in table.rows
    )


def told_twice(table: TableRead) -> Iterator[tuple[Told, Problem]]:
    """Rows that their `key` does not tell apart, or that nobody could: counting both would pay twice."""
    links = table.links
    if not links.key:
        return
    met: dict[str, list[Told]] = {}
    for row in table.rows:
        own = key_of(row.keys, links.key)
        if row.stray is not None:
            continue
        if own is not None:
            met.setdefault(own, []).append(row)
        else:
            yield from ((row, problem) for problem in _without_key(links, row))
    same = twins(met)
    for own, rows in met.items():
        if len(rows) > 1:
            params = {"value": quoted(own), "where": places_of(row.origin for row in rows), "details": links.name}
            for row in rows:
                yield row, placed(Problem("data-key-twice", params, "details"), row.origin)
        elif own in same:
            column = links.told[links.key[0]]
            yield rows[0], placed(twin(column.name, heading_of(column), own, same[own]), rows[0].origin)


def _without_key(links: TableLinks, row: Told) -> Iterator[Problem]:
    """Why a row cannot be told from others. A key that says whose it is as well is told with its owner."""
    naming = {place for _, places in links.owners for place in places}
    for place in links.key:
        key, read = row.keys[place], links.told[place]
        if place in naming:
            continue
        if isinstance(key, Problem):
            yield placed(key, row.origin)
        elif key is None:
            params = {"input": echo(read.name), "details": links.name}
            yield placed(Problem("data-missing", params, "key", column=echo(heading_of(read))), row.origin)


def disputed(table: TableRead) -> Iterator[tuple[Told, tuple[Told, ...], tuple[Problem, ...]]]:
    """Each made row about which rows disagree, what else they say of it, and why it cannot stand."""
    for row in table.rows if table.disputes else ():
        own = key_of(row.keys, table.links.key)
        others = table.disputes.get(own or "", ())
        if others:
            problems: dict[int, Problem] = {}
            for column, other in others:
                problems.setdefault(column, _dispute(table.links, column, own or "", row, other))
            yield row, tuple(other for _, other in others), tuple(problems.values())


def _dispute(links: TableLinks, column: int, own: str, row: Told, other: Told) -> Problem:
    read = links.told[column]
    said = {"first": _said(row.keys[column]), "second": _said(other.keys[column]), "where": where_of(row.origin)}
    params = {"details": links.name, "value": quoted(own), "input": read.name, **said}
    variant = "" if links.name else "people"
    return placed(Problem("data-two-owners", params, variant, column=echo(heading_of(read))), other.origin)


def _said(key: Key) -> str:
    return quoted(key if isinstance(key, str) else "")
