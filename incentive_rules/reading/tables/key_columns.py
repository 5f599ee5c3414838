"""Keys in columns: each different cell is read once, and rows are grouped by equal keys.

A key is a text, the problem of a cell that cannot be read, or None where the cell is empty. Rows are numbered from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import repeat

import numpy as np
from attrs import frozen

from ...model.arrays import Flags, Ints
from ...model.table import Coder, Column
from ..sources.coding import all_texts, number_texts
from .links import KeyReader, ReadKey


@frozen(eq=False)
class KeyColumn:
    """The keys of one column: that of a row is `keys[codes[row]]`. Equal texts have one code.

    Where they are `plain`, all of them are texts of letters and digits of ASCII.
    """

    codes: Ints
    keys: Sequence[ReadKey]
    plain: bool = False

    def __getitem__(self, row: int) -> ReadKey:
        return self.keys[int(self.codes[row])]

    def __len__(self) -> int:
        return len(self.codes)

    def where(self, holds: Callable[[ReadKey], bool]) -> Flags:
        """Which rows have a key of which this holds."""
        found = np.fromiter(map(holds, self.keys), bool, len(self.keys))
        return found[self.codes] if found.any() else np.zeros(len(self), bool)

    def empty(self) -> Flags:
        """Which rows say no key."""
        return np.zeros(len(self), bool) if self.plain else self.where(lambda key: key is None)

    def texts(self) -> list[str]:
        """The keys of all rows, "" where there is none."""
        texts = self.plain_texts()
        if texts is None:
            texts = [key if isinstance(key, str) else "" for key in self.keys]
        return [*map(texts.__getitem__, self.codes.tolist())]

    def plain_texts(self) -> Sequence[str] | None:
        """The different keys where they are plain."""
        return self.keys if self.plain else None  # type: ignore[return-value]  # all of them are texts

    def numbers_in(self, places: Mapping[str, int]) -> Ints:
        """By row the number that its key has; -1 where it has none, as what is no key."""
        texts = self.plain_texts()
        if texts is None:
            texts = [key if isinstance(key, str) else "" for key in self.keys]
        return np.fromiter(map(places.get, texts, repeat(-1)), np.int64, len(texts))[self.codes]

    def at(self, rows: Ints) -> KeyColumn:
        """The keys of these rows."""
        return KeyColumn(self.codes[rows], self.keys, self.plain)


def keys_of(column: Column, read: Callable[[object], ReadKey]) -> KeyColumn:
    """The keys that the cells of a column are read as."""
    if isinstance(read, KeyReader) and read.takes_as_they_are(column.values):
        return KeyColumn(column_codes(column), column.values, plain=True)
    return _merged([(column_codes(column), [read(cell) for cell in column.values])])


def no_keys(size: int) -> KeyColumn:
    """A column of `size` rows without a key."""
    return KeyColumn(np.zeros(size, np.int64), (None,))


def keys_below(columns: Sequence[KeyColumn]) -> KeyColumn:
    """Joins the keys of several files, one below the other."""
    if len(columns) > 1 and all(one.plain for one in columns):
        keys, numbers = number_texts([one.plain_texts() or () for one in columns])
        codes = [new[one.codes] for one, new in zip(columns, numbers, strict=True)]
        return KeyColumn(np.concatenate(codes), keys, plain=True)
    return columns[0] if len(columns) == 1 else _merged([(one.codes, one.keys) for one in columns])


def or_else(first: KeyColumn, second: KeyColumn) -> KeyColumn:
    """The keys of one column; those of `second` where the first has none."""
    none = first.where(lambda key: key is None)
    codes = np.where(none, second.codes + len(first.keys), first.codes)
    return _merged([(codes, (*first.keys, *second.keys))])


def equal_keys(codes: Ints, keys: Sequence[ReadKey]) -> KeyColumn:
    """A column of keys in which equal keys may have several codes: makes these one."""
    return _merged([(codes, keys)])


def _merged(parts: Sequence[tuple[Ints, Sequence[ReadKey]]]) -> KeyColumn:
    if len(parts) == 1 and set(map(type, parts[0][1])) == {str} and len(set(parts[0][1])) == len(parts[0][1]):
        return KeyColumn(*parts[0])  # nothing stands twice
    numbers: dict[Hashable, int] = {}
    keys: list[ReadKey] = []
    found: list[Ints] = []
    for codes, these in parts:
        new = np.empty(len(these), np.int64)
        for place, key in enumerate(these):
            # A problem tells of its own cell.
            own = key if key is None or isinstance(key, str) else (len(found), place)
            number = new[place] = numbers.setdefault(own, len(keys))
            if number == len(keys):
                keys.append(key)
        found.append(new[codes])
    return KeyColumn(np.concatenate(found) if len(found) > 1 else found[0], keys)


def column_codes(column: Column) -> Ints:
    """Which of its values each cell of a column is."""
    return np.asarray(column.codes, np.int64)


def taken(column: Column, rows: Ints) -> Column:
    """The cells of these rows; the values stay, also those that none of them has."""
    return Column(np.asarray(column.codes, np.int32)[rows], column.values)


def cells_below(parts: Sequence[tuple[Column | None, int]]) -> Column:
    """Joins the cells of several files, one below the other; a file without the column adds empty cells."""
    columns = [Column(np.zeros(size, np.int32), (None,)) if column is None else column for column, size in parts]
    if len(columns) == 1:
        return columns[0]
    values = [column.values for column in columns]
    if all_texts(values):
        texts, numbers = number_texts(values)
        every = [new[column_codes(column)] for column, new in zip(columns, numbers, strict=True)]
        return Column(np.concatenate(every).astype(np.int32), texts)
    coder = Coder()
    for column in columns:
        coder.cells(column.values)
    whole = coder.column()
    codes, begin = np.asarray(whole.codes, np.int32), 0
    found = []
    for column in columns:
        found.append(codes[begin : begin + len(column.values)][column_codes(column)])
        begin += len(column.values)
    return Column(np.concatenate(found), whole.values)


@frozen(eq=False)
class RowGroups:
    """Rows grouped by equal content: `codes[row]` is the group's number, `first[code]` its first row.

    Groups are numbered in order of appearance.
    """

    codes: Ints
    first: Ints

    def counts(self, rows: Flags | None = None) -> Ints:
        """How many rows, or how many of these, are in each group."""
        codes = self.codes if rows is None else self.codes[rows]
        return np.bincount(codes, minlength=len(self.first)).astype(np.int64)


def row_groups(columns: Sequence[Ints], size: int) -> RowGroups:
    """What the codes of several columns say together, of so many rows."""
    if len(columns) == 1 and size:
        # Codes are mostly given in the order in which cells first appear, so that each new one is the next number.
        codes = columns[0]
        is_new = np.ones(size, bool)
        np.greater(codes[1:], np.maximum.accumulate(codes)[:-1], out=is_new[1:])
        first = np.flatnonzero(is_new)
        if np.array_equal(codes[first], np.arange(len(first))):
            return RowGroups(codes, first)
    codes = np.zeros(size, np.int64)
    for column in columns:
        width = int(column.max()) + 1 if size else 1
        codes = _near(codes, 4 * size + 1_000) * width + column  # both are below 2**31, and the product below 2**62
    codes = _near(codes, 4 * size + 1_000)
    first = np.full(int(codes.max()) + 1 if size else 0, size, np.int64)
    first[codes[::-1]] = np.arange(size - 1, -1, -1)  # of equal codes the last one assigned stays: the first row
    there = np.flatnonzero(first < size)
    order = there[np.argsort(first[there])]
    numbers = np.empty(len(first), np.int64)
    numbers[order] = np.arange(len(order))
    return RowGroups(numbers[codes], first[order])


def _near(codes: Ints, most: int) -> Ints:
    """The codes, replaced by smaller ones where they exceed `most`, so that a table of them stays short."""
    if not len(codes) or int(codes.max()) < most:
        return codes
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def in_order(numbers: Ints) -> Ints:
    """The numbers of the rows, sorted by `numbers`; equal rows keep their order."""
    size = len(numbers)
    rows = np.arange(size)
    if size < 2 or bool((numbers[1:] >= numbers[:-1]).all()):
        return rows
    pairs = numbers * size + rows  # sorting whole numbers is ten times as fast as a stable sort of places
    pairs.sort()
    return pairs % size
