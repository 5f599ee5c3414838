"""Rows of data as they were read from a file or handed over, before anything is typed; and everybody's exact values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from ..base.problems import Problem
from .levels import Level
from .on_demand import Integers
from .record import History
from .table import Cells, Column, Rows, column_of, rows_of


@frozen(eq=False)
class Lost:
    """A float of 32 bits or fewer: digits were lost before it came."""

    number: float


@frozen(eq=False)
class Foreign:
    """A cell that a program once handed over, as a record keeps it.

    `value` is what reading made of it: an exact built-in object, None where it said that nothing was there.
    `narrow` says that it was a float of 32 bits or fewer, `alien` that it was of no type that is ever read;
    `text` is how messages show it.
    """

    value: object
    text: str
    narrow: bool = False
    alien: bool = False


class ByInput(dict[str, object]):
    """A row under the names of the inputs, whatever columns these say that they have in a file."""


def changed_row(row: Mapping[str, object], changed: dict[str, object]) -> dict[str, object]:
    """What a row was changed into, under the names of the inputs where the row is."""
    return ByInput(changed) if isinstance(row, ByInput) else changed


@frozen
class DataTable:
    """One file: its headings, and its cells by column; `rows` gives each row's cells in the order of the headings.

    A csv cell is the text that stood there; a json cell is what json says, with exact numbers, and
    None where an object lacks the name. `lines` are the lines on which the rows begin, None for json.
    Of a file, `content` are its bytes, in `encoding`; rows that a program handed over have none. Headings that are
    `by_input` are the names of inputs, as in `ByInput`.
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
    """How many rows a file has; `blank` rows, in which nothing stands, are not among them."""

    name: str
    rows: int
    blank: int = 0


@frozen
class RowsRead:
    """The rows of one table, and those of them that cannot be in anybody's pay.

    `files` are those that they were read from; none where the table was made from the rows below it. `left_out` counts
    rows without an owner that the scheme leaves out, `without_owner` those that it refuses, `refused` further rows
    that belong to nobody and cannot stand, `waiting` those that belong to a row that cannot.
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
    """One person's or one detail row's raw values, by the names of the inputs.

    `key` is the person's key, or the owner's for a detail row; "" where none could be read. An input
    that stood in a further, joined file has its place in `elsewhere`. `problems` are those of the row
    as a whole, such as a key that stands on two rows. `earlier` says of cells that no file brought whether a record did
    (`recorded`) or the scheme (`first`). `links` are keys by the level's name: of a detail row its
    own, and those of its owners but the person. `number`, from 0, is that among the rows of people.
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
    """All rows of a run: the people, each one's detail rows by table, and the columns nobody reads.

    `details` leads from a detail table to a key to its rows, those of nested tables too; `groups` from a
    group's key name to its rows, and `shared` from a detail table that no person owns to its rows.
    `orphans` are the problems of detail rows that belong to nobody; `read` counts the rows by the name of their table,
    "" for people; `unread` pairs a table with a heading; `digests` are those of
    the files. `tables` are what all this was read from, each with its name ("" for people); one of a file has
    its bytes and no rows. `history` is what earlier periods bring. `lacking` are by level the rows that cannot
    stand and are nobody's, groups too: whoever looks at all of their owner's rows waits. `warnings` tell what in the
    data may be meant, and mostly is a slip.
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

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the people, "" where one has none."""
        return self.rows.keys() if isinstance(self.rows, _Keyed) else [row.key for row in self.rows]


@frozen(eq=False)
class Absent:
    """In the place of a cell: the row has none of this name, which is not an empty one; or `row` is no row at all."""

    row: object


@frozen
class PopulationTable:
    """All rows of one level, raw: cells by input name, what tells each apart, and where its owners stand.

    `owners` leads from each direct owner's level to the number of the owning row there, for each row.
    `keys` are what last cents go by; "" where rows have none. `origins` say where a row came from.
    """

    level: Level
    rows: Sequence[Mapping[str, object]] = field(repr=False, hash=False)
    keys: Sequence[str] = field(repr=False)
    owners: Mapping[Level, Integers] = field(factory=dict, repr=False, hash=False)
    origins: Sequence[DataRow | None] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Column:
        """The raw cells of one input, in the order of the rows; `Absent` where a row has none."""
        if isinstance(self.rows, Cells):
            return self.rows.columns.get(name) or column_of([Absent({})] * len(self.rows))
        return column_of(_cell(row, name) for row in self.rows)


def _cell(row: object, name: str) -> object:
    return row[name] if isinstance(row, Mapping) and name in row else Absent(row)


@frozen
class Population:
    """Everybody together: a table for each level, every row with an owner in each of its owners' tables.

    `refused` are rows of people that cannot stand, with their problems: they are not among the tables, and
    `held` names by level the group rows to which one of them belongs ("" in it: it may be any of them). A row of people
    tells its own `number`.
    `lacking` are by level further rows that cannot stand: those of `People`.
    """

    tables: Mapping[Level, PopulationTable] = field(hash=False)
    refused: tuple[tuple[DataRow, tuple[Problem, ...]], ...] = ()
    held: Mapping[Level, frozenset[str]] = field(factory=dict, hash=False)
    lacking: Mapping[Level, tuple[DataRow, ...]] = field(factory=dict, hash=False)


ExactValue = Fraction | str | bool | int | None  # a day or a time is its number; None is missing


@frozen
class ExactTable:
    """All rows of one level with their exact values by input name, as the referee takes them.

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
    """Everybody who is accepted, each value read: a table for each level. `everyone` may be left out."""

    tables: Mapping[Level, ExactTable] = field(hash=False)
