"""Keeps rows of people, and detail rows with known owners, in columns; a row is made when it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import evolve

from ...model.arrays import Ints
from ...model.data import DataRow, RowOrigin
from ...model.on_demand import ChosenItems, OnDemand
from ...model.table import Cells, Column, column_of
from .key_columns import KeyColumn, in_order, keys_of, row_groups, taken

NO_CHANGES: Mapping[int, DataRow] = {}


class DataRows(OnDemand[DataRow]):
    """Rows of people, or of one detail table.

    `cells` are raw, by the names of inputs; `people` the keys of the persons whose rows they are, None if no person
    owns a row; `links` has, by the name of a level, the keys of detail rows themselves and of their other owners.
    `changed` are rows that differ from their columns, such as rows with a problem, by their numbers.
    """

    def __init__(
        self, cells: Cells, people: KeyColumn | None, links: Mapping[str, KeyColumn], origins: Sequence[RowOrigin],
        changed: Mapping[int, DataRow] = NO_CHANGES,
    ) -> None:  # fmt: skip
        self.cells = cells
        self.people = people
        self.links = links
        self.origins = origins
        self.changed = changed
        self._keys: list[str] | None = None

    def made(self, number: int) -> DataRow:
        if number in self.changed:
            return self.changed[number]
        links = {name: key for name, keys in self.links.items() if isinstance(key := keys[number], str)}
        person = None if self.people is None else self.people[number]
        cells = self.cells[number]
        own = person if isinstance(person, str) else ""
        return DataRow(own, cells, self.origins[number], links=links, number=number)

    def __len__(self) -> int:
        return len(self.cells)

    def at(self, rows: Ints) -> DataRows:
        """These rows, in this order."""
        cells = Cells({name: taken(column, rows) for name, column in self.cells.columns.items()}, len(rows))
        people = None if self.people is None else self.people.at(rows)
        links = {name: keys.at(rows) for name, keys in self.links.items()}
        new = enumerate(rows.tolist()) if self.changed else ()
        changed = {number: evolve(self.changed[old], number=number) for number, old in new if old in self.changed}
        return DataRows(cells, people, links, ChosenItems(self.origins, rows), changed)

    def with_changed(self, changed: Mapping[int, DataRow]) -> DataRows:
        """The same rows, some of them replaced."""
        numbered = {number: evolve(row, number=number) for number, row in changed.items()}
        return DataRows(self.cells, self.people, self.links, self.origins, {**self.changed, **numbered})

    def keys(self) -> list[str]:
        """The keys of the people whose rows they are, "" where there is none."""
        if self._keys is None:
            self._keys = [""] * len(self) if self.people is None else self.people.texts()
            for number, row in self.changed.items():
                self._keys[number] = row.key
        return self._keys


def data_rows(rows: Sequence[DataRow]) -> DataRows:
    """Puts rows that were made one by one into columns."""
    names = dict.fromkeys(name for row in rows for name in row.cells)
    cells = Cells({name: column_of(row.cells.get(name) for row in rows) for name in names}, len(rows))
    levels = dict.fromkeys(name for row in rows for name in row.links)
    links = {name: keys_of(column_of(row.links.get(name) for row in rows), _said) for name in levels}
    people = keys_of(column_of(row.key for row in rows), _said)
    return DataRows(cells, people, links, [row.origin for row in rows])


def with_changed(rows: Sequence[DataRow], changed: Mapping[int, DataRow]) -> Sequence[DataRow]:
    """The rows, some of them replaced."""
    if not changed:
        return rows
    if isinstance(rows, DataRows):
        return rows.with_changed(changed)
    return tuple(changed.get(number, row) for number, row in enumerate(rows))


def rows_with_problems(rows: Sequence[DataRow]) -> Iterator[tuple[int, DataRow]]:
    """The rows that have a problem, each with its number."""
    every = sorted(rows.changed.items()) if isinstance(rows, DataRows) else enumerate(rows)
    return ((number, row) for number, row in every if row.problems)


def numbered(rows: Sequence[DataRow]) -> Sequence[DataRow]:
    """The rows of people, each with its own number."""
    return rows if isinstance(rows, DataRows) else tuple(evolve(row, number=n) for n, row in enumerate(rows))


def keys_of_people(rows: Sequence[DataRow]) -> list[str]:
    """The keys of the rows of people, "" if a row has none."""
    return rows.keys() if isinstance(rows, DataRows) else [row.key for row in rows]


def column_of_rows(rows: Sequence[DataRow], name: str) -> Column:
    """The cells of one input; None if a row has none."""
    if not isinstance(rows, DataRows):
        return column_of(row.cells.get(name) for row in rows)
    return rows.cells.columns.get(name) or column_of([None] * len(rows))


def _said(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None


class OwnedRows(Mapping[str, Sequence[DataRow]]):
    """The rows of one detail table by the key of the person who owns them.

    `rows` are sorted by person, and within a person in the order of the file; people are in the order in which the file
    names them. `starts` has the first row of each person, and last the number of all rows.
    """

    def __init__(self, rows: DataRows) -> None:
        """`rows` are in the order of the file, and each is a person's."""
        assert rows.people is not None
        named = row_groups([rows.people.codes], len(rows))
        self.rows = rows.at(in_order(named.codes))
        self.starts = np.concatenate([[0], np.cumsum(named.counts())])
        firsts = rows.people.at(named.first).texts()
        self.places = dict(zip(firsts, range(len(firsts)), strict=True))

    def __getitem__(self, person: str) -> Sequence[DataRow]:
        place = self.places[person]
        return ChosenItems(self.rows, range(int(self.starts[place]), int(self.starts[place + 1])))

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def with_more_than(self, most: int) -> list[str]:
        """The people who have more than `most` rows."""
        places = np.flatnonzero(np.diff(self.starts) > most)
        people = [*self.places] if len(places) else []
        return [people[place] for place in places.tolist()]

    def count_all(self) -> int:
        """How many rows people have."""
        return len(self.rows)

    def span(self, person: str) -> tuple[int, int]:
        """Where the rows of a person begin, and where they end."""
        place = self.places.get(person)
        return (0, 0) if place is None else (int(self.starts[place]), int(self.starts[place + 1]))

    def count(self, person: str) -> int:
        """How many rows a person has."""
        begin, end = self.span(person)
        return end - begin


def owned_rows(rows: Mapping[str, Sequence[DataRow]]) -> OwnedRows:
    """The rows of people, as they were read or made one by one."""
    if isinstance(rows, OwnedRows):
        return rows
    every = [evolve(row, key=person) for person, own in rows.items() for row in own]
    return OwnedRows(data_rows(every))
