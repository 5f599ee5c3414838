"""Keys in columns: each different cell is read once, and rows that say the same are looked at once.

A key is a text, the problem of a cell that holds none, or None where the cell is empty. Rows are numbered from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from attrs import frozen

from ...model.arrays import Flags, Ints
from ...model.table import Coder, Column
from .links import Key


@frozen(eq=False)
class KeyColumn:
    """The keys of one column: that of a row is `keys[codes[row]]`. Equal texts have one code."""

    codes: Ints
    keys: Sequence[Key]

    def __getitem__(self, row: int) -> Key:
        return self.keys[int(self.codes[row])]

    def __len__(self) -> int:
        return len(self.codes)

    def where(self, holds: Callable[[Key], bool]) -> Flags:
        """Which rows have a key of which this holds."""
        return np.fromiter(map(holds, self.keys), bool, len(self.keys))[self.codes]

    def texts(self) -> list[str]:
        """The keys of all rows, "" where there is none."""
        texts = [key if isinstance(key, str) else "" for key in self.keys]
        return [texts[code] for code in self.codes.tolist()]

    def at(self, rows: Ints) -> KeyColumn:
        """The keys of these rows."""
        return KeyColumn(self.codes[rows], self.keys)


def keys_of(column: Column, read: Callable[[object], Key]) -> KeyColumn:
    """The keys that the cells of a column are read as."""
    return _merged([(codes_of(column), [read(cell) for cell in column.values])])


def no_keys(size: int) -> KeyColumn:
    """The keys of so many rows that say none."""
    return KeyColumn(np.zeros(size, np.int64), (None,))


def keys_below(columns: Sequence[KeyColumn]) -> KeyColumn:
    """The keys of several files, one below the other."""
    return columns[0] if len(columns) == 1 else _merged([(one.codes, one.keys) for one in columns])


def or_else(first: KeyColumn, second: KeyColumn) -> KeyColumn:
    """The keys of one column, and those of another where the first has none."""
    none = first.where(lambda key: key is None)
    codes = np.where(none, second.codes + len(first.keys), first.codes)
    return _merged([(codes, (*first.keys, *second.keys))])


def equal_keys(codes: Ints, keys: Sequence[Key]) -> KeyColumn:
    """A column of keys among which equal ones may stand several times."""
    return _merged([(codes, keys)])


def _merged(parts: Sequence[tuple[Ints, Sequence[Key]]]) -> KeyColumn:
    if len(parts) == 1 and set(map(type, parts[0][1])) == {str} and len(set(parts[0][1])) == len(parts[0][1]):
        return KeyColumn(*parts[0])  # nothing stands twice
    numbers: dict[Hashable, int] = {}
    keys: list[Key] = []
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


def codes_of(column: Column) -> Ints:
    """Which of its values each cell of a column is."""
    return np.asarray(column.codes, np.int64)


def taken(column: Column, rows: Ints) -> Column:
    """The cells of these rows; the values stay, also those that none of them has."""
    return Column(np.asarray(column.codes, np.int32)[rows], column.values)


def cells_below(parts: Sequence[tuple[Column | None, int]]) -> Column:
    """The cells of several files, one below the other; a file without the column has so many rows without a cell."""
    columns = [Column(np.zeros(size, np.int32), (None,)) if column is None else column for column, size in parts]
    if len(columns) == 1:
        return columns[0]
    coder = Coder()
    for column in columns:
        coder.cells(column.values)
    whole = coder.column()
    codes, begin = np.asarray(whole.codes, np.int32), 0
    found = []
    for column in columns:
        found.append(codes[begin : begin + len(column.values)][codes_of(column)])
        begin += len(column.values)
    return Column(np.concatenate(found), whole.values)


@frozen(eq=False)
class Different:
    """Rows by what they say: `codes` are equal where they say the same, `first` is the first row that says each.

    What is said first has the code 0.
    """

    codes: Ints
    first: Ints

    def counts(self, rows: Flags | None = None) -> Ints:
        """How many rows, or how many of these, say each."""
        codes = self.codes if rows is None else self.codes[rows]
        return np.bincount(codes, minlength=len(self.first)).astype(np.int64)


def different(columns: Sequence[Ints], size: int) -> Different:
    """What the codes of several columns say together, of so many rows."""
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
    return Different(numbers[codes], first[order])


def _near(codes: Ints, most: int) -> Ints:
    """The codes, or as many smaller ones where they are so large that a table of them would be long."""
    if not len(codes) or int(codes.max()) < most:
        return codes
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def in_order(numbers: Ints) -> Ints:
    """The rows in the order of their numbers, those with equal ones in their own order."""
    size = len(numbers)
    rows = np.arange(size)
    if size < 2 or bool((numbers[1:] >= numbers[:-1]).all()):
        return rows
    pairs = numbers * size + rows  # sorting whole numbers is ten times as fast as a stable sort of places
    pairs.sort()
    return pairs % size
