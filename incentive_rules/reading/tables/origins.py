"""Where rows came from, looked up when somebody asks."""

from __future__ import annotations

from ...model.data import DataTable, RowOrigin
from ...model.on_demand import OnDemand


class FileOrigins(OnDemand[RowOrigin]):
    """Where the rows of one file stand in it."""

    def __init__(self, table: DataTable) -> None:
        self._table = table

    def made(self, number: int) -> RowOrigin:
        return RowOrigin(self._table.name, number + 1, self._table.lines[number])

    def __len__(self) -> int:
        return len(self._table.rows)
