"""Rows of data as they were read or handed over, before anything is typed; and the exact values of everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from ..base.problems import Problem
from .carriers import Carrier
from .levels import Level
from .on_demand import Integers
from .record import History
from .table import Cells, Column, Rows, column_of, rows_of


@frozen(eq=False)
class Lost:
    """A float of 32 bits or fewer, which had lost digits before it was handed over."""

    number: float


@frozen(eq=False)
class Foreign:
    """A cell that a program handed over, as a record keeps it.

    `value` is its exact built-in object, None if the cell was empty. `narrow`: it was a float of 32 bits or fewer;
    `alien`: its type is never read; `text` is how messages show it.
    """

    value: object
    text: str
    narrow: bool = False
    alien: bool = False


class ByInput(dict[str, object]):
    """A row whose names are those of inputs, whatever headings these have in a file."""


def changed_row(row: Mapping[str, object], changed: dict[str, object]) -> dict[str, object]:
    """The changed row, marked as by the names of inputs if `row` is."""
    return ByInput(changed) if isinstance(row, ByInput) else changed


@frozen
class DataTable:
    """One file: its headings, and its cells by column; `rows` gives the cells of each row in the order of the headings.

    A csv cell is the text of the file; a json cell is a value of json, with exact numbers, and None if an object lacks
    the name. `lines` are the lines on which the rows begin, None for json. `content` are the bytes of a file, in
    `encoding`; rows that a program handed over have none. Headings that are `by_input` are the names of inputs, as in
    `ByInput`.
    """

    name: str
    headings: tuple[str, ...]
    rows: Rows = field(repr=False, converter=rows_of)
    lines: Sequence[int | None] = field(repr=False)
    digest: str = field(default="", repr=False, eq=False)  # SHA-256 of the file's bytes
    content: bytes = field(default=b"", repr=False, eq=False)
    encoding: str = field(default="", eq=False)
    by_input: bool = False

    def column(self, number: int) -> Column:
        """The cells under one heading, by its number."""
        return self.rows.columns[number] if len(self.rows) else column_of(())


@frozen
class FileRows:
    """The number of rows of a file, without its `blank` rows, in which nothing stands."""

    name: str
    rows: int
    blank: int = 0


@frozen
class RowsRead:
    """The number of rows of one table, and of those that belong to nobody.

    `files` are those that it was read from; none if it was made from the rows below it. `left_out` counts rows without
    an owner that the scheme leaves out, `without_owner` those that it refuses, `refused` other refused rows that belong
    to nobody, `waiting` those that belong to a refused row.
    """

    rows: int
    files: tuple[FileRows, ...] = ()
    left_out: int = 0
    without_owner: int = 0
    refused: int = 0
    waiting: int = 0


@frozen
class RowOrigin:
    """Where a row came from: its table, its number from 1, and its line in the file."""

    table: str = ""
    row: int | None = None
    line: int | None = None


@frozen
class DataRow:
    """The raw values of one person or one detail row, by the names of inputs.

    `key` is that of the person, or of the person who owns a detail row; "" if none could be read. `elsewhere` has the
    places of inputs from further, joined files. `problems` are those of the row as a whole, such as a key that is in
    two rows. `earlier` tells for cells from no file whether a record had them (`recorded`) or the scheme (`first`).
    `links` are keys by the name of a level: of a detail row its own, and those of its owners but the person. `number`,
    from 0, is that among the rows of people.
    """

    key: str
    cells: Mapping[str, object] = field(hash=False)
    origin: RowOrigin = RowOrigin()
    elsewhere: Mapping[str, RowOrigin] = field(factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()
    links: Mapping[str, str] = field(factory=dict, hash=False)
    earlier: Mapping[str, str] = field(factory=dict, hash=False)
    number: int = field(default=-1, eq=False, repr=False)


@runtime_checkable
class _Keyed(Protocol):
    def keys(self) -> Sequence[str]: ...


@runtime_checkable
class _Counted(Protocol):
    def count_all(self) -> int: ...


def count_rows(owned: Mapping[str, Sequence[DataRow]]) -> int:
    """How many rows people have in one table."""
    return owned.count_all() if isinstance(owned, _Counted) else sum(map(len, owned.values()))


@frozen
class People:
    """All rows of a run: the people, their detail rows by table, and the columns that nobody reads.

    `details`: detail table → person's key → rows, those of nested tables too; `groups`: key name of a group → its rows;
    `shared`: detail table → rows that no person owns. `orphans` are the problems of detail rows that belong to nobody;
    `read` counts the rows by table, "" for people; `unread` pairs a table with a heading; `digests` are those of the
    files. `tables` are the tables that all this was read from, each with its name ("" for people); a table from a file
    has its bytes and no rows. `history` is what earlier periods bring. `lacking` are, by level, the refused rows that
    belong to nobody, those of groups too: whatever depends on all rows of their owner waits. `warnings` are about data
    that may be meant, and mostly are slips. `carrier` is what brought the rows of people.
    """

    rows: Sequence[DataRow]
    details: Mapping[str, Mapping[str, Sequence[DataRow]]] = field(factory=dict, hash=False)
    orphans: tuple[Problem, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    digests: tuple[str, ...] = ()
    groups: Mapping[str, tuple[DataRow, ...]] = field(factory=dict, hash=False)
    shared: Mapping[str, Sequence[DataRow]] = field(factory=dict, hash=False)
    read: Mapping[str, RowsRead] = field(factory=dict, hash=False)
    tables: tuple[tuple[str, DataTable], ...] = field(default=(), repr=False)
    history: History = field(factory=History, repr=False)
    lacking: Mapping[Level, tuple[DataRow, ...]] = field(factory=dict, hash=False)
    warnings: tuple[Problem, ...] = field(default=(), repr=False)
    carrier: Carrier = Carrier.ROWS

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the people, "" if one has none."""
        return self.rows.keys() if isinstance(self.rows, _Keyed) else [row.key for row in self.rows]


@frozen(eq=False)
class Absent:
    """In place of a cell: the row has none of this name, which is not an empty one; or `row` is no row at all."""

    row: object


@frozen
class PopulationTable:
    """All rows of one level, raw: cells by input, the key of each row, and the numbers of its owners.

    `owners`: level of a direct owner → for each row, the number of its owner there. `keys` decide who gets last cents;
    "" if rows have none. `origins` are the places of the rows in files.
    """

    level: Level
    rows: Sequence[Mapping[str, object]] = field(repr=False, hash=False)
    keys: Sequence[str] = field(repr=False)
    owners: Mapping[Level, Integers] = field(factory=dict, repr=False, hash=False)
    origins: Sequence[DataRow | None] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Column:
        """The raw cells of one input, in the order of the rows; `Absent` if a row has none."""
        if isinstance(self.rows, Cells):
            return self.rows.columns.get(name) or column_of([Absent({})] * len(self.rows))
        return column_of(_cell(row, name) for row in self.rows)


def _cell(row: object, name: str) -> object:
    return row[name] if isinstance(row, Mapping) and name in row else Absent(row)


@frozen
class Population:
    """Everybody together: a table for each level, every row with an owner in each of its owners' tables.

    `refused` are rows of people that are refused, with their problems: they are not in the tables, and `held` names by
    level the group rows to which one of them belongs ("" in it: it may be any of them). A row of people has its own
    `number`. `lacking` are, by level, further refused rows: those of `People`.
    """

    tables: Mapping[Level, PopulationTable] = field(hash=False)
    refused: tuple[tuple[DataRow, tuple[Problem, ...]], ...] = ()
    held: Mapping[Level, frozenset[str]] = field(factory=dict, hash=False)
    lacking: Mapping[Level, tuple[DataRow, ...]] = field(factory=dict, hash=False)


ExactValue = Fraction | str | bool | int | None  # a day or a time is its number; None is missing


@frozen
class ExactTable:
    """All rows of one level with their exact values by input name, for the referee.

    `keys` and `owners` are those of the `PopulationTable`.
    """

    level: Level
    rows: Sequence[Mapping[str, ExactValue]] = field(repr=False, hash=False)
    keys: Sequence[str] = field(repr=False)
    owners: Mapping[Level, Integers] = field(factory=dict, repr=False, hash=False)

    def __len__(self) -> int:
        return len(self.rows)


@frozen
class ExactPopulation:
    """Everybody who is accepted, with exact values: a table for each level. `everyone` may be left out."""

    tables: Mapping[Level, ExactTable] = field(hash=False)
