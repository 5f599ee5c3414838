"""Reads raw cells into exact values, for the referee, each when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..base.problems import Problem
from ..base.reports import message_of
from ..model.checked import Checked, CheckedInput
from ..model.data import ExactPopulation, ExactTable, ExactValue, Population
from ..model.on_demand import Integers, OnDemand
from .cells.cell import read_cell


class ExactRow(Mapping[str, ExactValue]):
    """A row whose cells are read when they are asked for; the row was accepted, so all can be read."""

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


class ExactRows(OnDemand[Mapping[str, ExactValue]]):
    """The rows of a level, each made when it is looked at."""

    __slots__ = ("_cells", "_inputs", "_known")

    def __init__(self, inputs: Mapping[str, CheckedInput], cells: Sequence[Mapping[str, object]]) -> None:
        self._inputs = inputs
        self._cells = cells
        self._known: dict[int, ExactRow] = {}

    def made(self, number: int) -> ExactRow:
        if number not in self._known:
            self._known[number] = ExactRow(self._inputs, self._cells[number])
        return self._known[number]

    def __len__(self) -> int:
        return len(self._cells)


def exact_population(checked: Checked, population: Population) -> ExactPopulation:
    """The same people and rows with exact values."""
    tables = {}
    for level, table in population.tables.items():
        inputs = {name: one for name, one in checked.inputs.items() if one.level == level}
        owners = {owner: _plain_numbers(numbers) for owner, numbers in table.owners.items()}
        tables[level] = ExactTable(level, ExactRows(inputs, table.rows), table.keys, owners)
    return ExactPopulation(tables)


def _plain_numbers(numbers: Integers) -> Sequence[int]:
    """Numbers as Python integers, which are quicker for the referee: it looks at them one by one."""
    return numbers if isinstance(numbers, Sequence) else numbers.tolist()
