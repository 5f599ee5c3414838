"""From raw cells to exact values, each read when somebody asks for it: what the referee takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..base.problems import Problem
from ..base.reports import message_of
from ..model.checked import Checked, CheckedInput
from ..model.data import ExactPopulation, ExactTable, ExactValue, Population
from .cells import read_cell


class ExactRow(Mapping[str, ExactValue]):
    """A row whose cells are read as they are asked for; all of them can be read, for the row was accepted."""

    __slots__ = ("_cells", "_inputs", "_read")

    def __init__(self, inputs: Mapping[str, CheckedInput], cells: Mapping[str, object]) -> None:
        self._inputs = inputs
        self._cells = cells
        self._read: dict[str, ExactValue] = {}

    def __getitem__(self, name: str) -> ExactValue:
        if name not in self._read:
            value = read_cell(self._inputs[name], self._cells.get(name))
            if isinstance(value, Problem):
                raise ValueError(message_of(value))
            self._read[name] = value
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._inputs

    def __iter__(self) -> Iterator[str]:
        return iter(self._inputs)

    def __len__(self) -> int:
        return len(self._inputs)


def exact_population(checked: Checked, population: Population) -> ExactPopulation:
    """The same people and rows with exact values."""
    tables = {}
    for level, table in population.tables.items():
        inputs = {name: one for name, one in checked.inputs.items() if one.level == level}
        rows = tuple([ExactRow(inputs, cells) for cells in table.rows])
        tables[level] = ExactTable(level, rows, table.keys, table.owners)
    return ExactPopulation(tables)
