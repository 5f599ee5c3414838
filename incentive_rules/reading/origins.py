"""Where rows came from, looked up when somebody asks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import SupportsIndex, overload

from ..model.data import DataTable, RowOrigin
from .key_columns import Numbers


class FileOrigins(Sequence[RowOrigin]):
    """Where the rows of one file stand in it."""

    def __init__(self, table: DataTable) -> None:
        self._table = table

    @overload
    def __getitem__(self, row: SupportsIndex) -> RowOrigin: ...
    @overload
    def __getitem__(self, row: slice) -> list[RowOrigin]: ...
    def __getitem__(self, row: SupportsIndex | slice) -> RowOrigin | list[RowOrigin]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        number = row.__index__()
        return RowOrigin(self._table.name, number + 1, self._table.lines[number])

    def __len__(self) -> int:
        return len(self._table.rows)


class ChosenOrigins(Sequence[RowOrigin]):
    """Where some of the rows of several tables came from, those of one table after the other."""

    def __init__(self, tables: Sequence[tuple[Sequence[RowOrigin], Numbers]]) -> None:
        """The origins of each table, with the numbers of the rows that were chosen."""
        self._tables = tables
        self._starts = [0]
        for _, rows in tables:
            self._starts.append(self._starts[-1] + len(rows))

    @overload
    def __getitem__(self, row: SupportsIndex) -> RowOrigin: ...
    @overload
    def __getitem__(self, row: slice) -> list[RowOrigin]: ...
    def __getitem__(self, row: SupportsIndex | slice) -> RowOrigin | list[RowOrigin]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        number = row.__index__()
        if not 0 <= number < len(self):
            raise IndexError(number)
        table = bisect_right(self._starts, number) - 1
        origins, rows = self._tables[table]
        return origins[int(rows[number - self._starts[table]])]

    def __len__(self) -> int:
        return self._starts[-1]
