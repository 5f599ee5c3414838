"""Reads raw cells into exact values, for the referee, each when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..base.problems import Problem
from ..base.reports import message_of
from ..model.checked import Checked, CheckedInput
from ..model.data import ExactPopulation, ExactTable, ExactValue, Population
from ..model.on_demand import OnDemand
from ..model.table import Cells
from .cells.cell import read_cell


class ExactRow(Mapping[str, ExactValue]):
    """A row whose cells are read when they are asked for; the row was accepted, so all can be read."""

    __slots__ = ("_number", "_read", "_rows")

    def __init__(self, rows: ExactRows, number: int) -> None:
        self._rows = rows
        self._number = number
        self._read: dict[str, ExactValue] = {}

    def __getitem__(self, name: str) -> ExactValue:
        if name not in self._read:
            self._read[name] = self._rows.value(name, self._number)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._rows.inputs

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows.inputs)

    def __len__(self) -> int:
        return len(self._rows.inputs)


class ExactRows(OnDemand[Mapping[str, ExactValue]]):
    """The rows of a level, each made when somebody looks at it; of columns each different cell is read once."""

    __slots__ = ("_cells", "_known", "_read", "inputs")

    def __init__(self, inputs: Mapping[str, CheckedInput], cells: Sequence[Mapping[str, object]]) -> None:
        self.inputs = inputs
        self._cells = cells
        self._known: dict[int, ExactRow] = {}
        self._read: dict[tuple[str, int], ExactValue] = {}

    def made(self, number: int) -> ExactRow:
        if number not in self._known:
            self._known[number] = ExactRow(self, number)
        return self._known[number]

    def __len__(self) -> int:
        return len(self._cells)

    def value(self, name: str, number: int) -> ExactValue:
        """One cell; `KeyError` for a name that no input has."""
        column = self._cells.columns.get(name) if isinstance(self._cells, Cells) else None
        if column is None:
            return _read(self.inputs[name], self._cells[number].get(name))
        place = (name, int(column.codes[number]))
        if place not in self._read:
            self._read[place] = _read(self.inputs[name], column.values[place[1]])
        return self._read[place]


def _read(checked: CheckedInput, cell: object) -> ExactValue:
    value = read_cell(checked, cell)
    if isinstance(value, Problem):
        raise ValueError(message_of(value))
    return value


def exact_population(checked: Checked, population: Population) -> ExactPopulation:
    """The same people and rows with exact values."""
    tables = {}
    for level, table in population.tables.items():
        inputs = {name: one for name, one in checked.inputs.items() if one.level == level}
        tables[level] = ExactTable(level, ExactRows(inputs, table.rows), table.keys, table.owners)
    return ExactPopulation(tables)
