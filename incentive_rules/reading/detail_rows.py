"""Detail rows whose owners are known, in columns: all rows of a table, or those of each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import SupportsIndex, overload

import numpy as np
from attrs import evolve

from ..model.data import DataRow, RowOrigin
from ..model.table import Cells, column_of
from .key_columns import KeyColumn, Numbers, different, in_order, keys_of, taken
from .origins import ChosenOrigins


class DetailRows(Sequence[DataRow]):
    """Rows of one detail table; each is made when it is looked at.

    `cells` are raw, by the names of inputs; `people` the keys of the persons who own the rows, None where no person
    does; `links` by the level's name the keys of the rows themselves and of their other owners.
    """

    def __init__(
        self, cells: Cells, people: KeyColumn | None, links: Mapping[str, KeyColumn], origins: Sequence[RowOrigin]
    ) -> None:
        self.cells = cells
        self.people = people
        self.links = links
        self.origins = origins

    @overload
    def __getitem__(self, row: SupportsIndex) -> DataRow: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[DataRow, ...]: ...
    def __getitem__(self, row: SupportsIndex | slice) -> DataRow | tuple[DataRow, ...]:
        if isinstance(row, slice):
            return tuple(self[number] for number in range(*row.indices(len(self))))
        number = row.__index__()
        links = {name: key for name, keys in self.links.items() if isinstance(key := keys[number], str)}
        person = None if self.people is None else self.people[number]
        cells = self.cells[number]
        return DataRow(person if isinstance(person, str) else "", cells, self.origins[number], links=links)

    def __len__(self) -> int:
        return len(self.cells)

    def at(self, rows: Numbers) -> DetailRows:
        """These rows, in this order."""
        cells = Cells({name: taken(column, rows) for name, column in self.cells.columns.items()}, len(rows))
        people = None if self.people is None else self.people.at(rows)
        links = {name: keys.at(rows) for name, keys in self.links.items()}
        return DetailRows(cells, people, links, ChosenOrigins([(self.origins, rows)]))


class _Stretch(Sequence[DataRow]):
    """Rows that stand one after the other."""

    __slots__ = ("_numbers", "_rows")

    def __init__(self, rows: DetailRows, numbers: range) -> None:
        self._rows, self._numbers = rows, numbers

    @overload
    def __getitem__(self, row: SupportsIndex) -> DataRow: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[DataRow, ...]: ...
    def __getitem__(self, row: SupportsIndex | slice) -> DataRow | tuple[DataRow, ...]:
        if isinstance(row, slice):
            return tuple(self._rows[number] for number in self._numbers[row])
        return self._rows[self._numbers[row.__index__()]]

    def __len__(self) -> int:
        return len(self._numbers)


def detail_rows(rows: Sequence[DataRow]) -> DetailRows:
    """Rows that were made one by one, in columns."""
    names = dict.fromkeys(name for row in rows for name in row.cells)
    cells = Cells({name: column_of(row.cells.get(name) for row in rows) for name in names}, len(rows))
    levels = dict.fromkeys(name for row in rows for name in row.links)
    links = {name: keys_of(column_of(row.links.get(name) for row in rows), _said) for name in levels}
    people = keys_of(column_of(row.key for row in rows), _said)
    return DetailRows(cells, people, links, [row.origin for row in rows])


def _said(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None


class OwnedRows(Mapping[str, Sequence[DataRow]]):
    """The rows of one detail table by the key of the person who owns them.

    `rows` are all of them, those of each person one after the other in the order of the file; people stand in the order
    in which the file names them. `starts` says where the rows of each person begin, and where the last ones end.
    """

    def __init__(self, rows: DetailRows) -> None:
        """`rows` are in the order of the file, and each is a person's."""
        assert rows.people is not None
        named = different([rows.people.codes], len(rows))
        self.rows = rows.at(in_order(named.codes))
        self.starts = np.concatenate([[0], np.cumsum(named.counts())])
        self.places = {str(rows.people[row]): place for place, row in enumerate(named.first.tolist())}

    def __getitem__(self, person: str) -> Sequence[DataRow]:
        place = self.places[person]
        return _Stretch(self.rows, range(int(self.starts[place]), int(self.starts[place + 1])))

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def count(self, person: str) -> int:
        """How many rows a person has."""
        place = self.places.get(person)
        return 0 if place is None else int(self.starts[place + 1] - self.starts[place])


def owned_rows(rows: Mapping[str, Sequence[DataRow]]) -> OwnedRows:
    """The rows of people, as they were read or made one by one."""
    if isinstance(rows, OwnedRows):
        return rows
    every = [evolve(row, key=person) for person, own in rows.items() for row in own]
    return OwnedRows(detail_rows(every))
