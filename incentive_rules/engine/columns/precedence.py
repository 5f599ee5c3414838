"""What tells the rows of a level apart, where the last unit of a pool falls among equals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ...model.arrays import Array, Ints
from ...model.data import Population
from ...model.levels import EVERYONE, PERSON, Level
from ...model.plan import Cell, Plan
from .cells import Texts
from .index import Index


class Precedence:
    """The smaller key comes first, then the smaller key of the first owner, and so on up.

    Rows that their keys do not tell apart come in the order of what they say, by the inputs' names, a missing value
    before all others; after that they are the same.
    """

    def __init__(
        self, plan: Plan, population: Population, index: Index, inputs: Mapping[Cell, Array], texts: Texts
    ) -> None:
        self._inputs = sorted(plan.inputs, key=lambda one: one.name)
        self._population = population
        self._index = index
        self._columns = inputs
        self._texts = texts

    def places(self, level: Level, rows: Ints) -> Ints:
        """The place of each of some rows of a level; of those that are the same the one named first comes first."""
        told = list(zip(*self._keys(level, rows), strict=True))
        if len(set(told)) < len(told):
            told = list(zip(told, *self._contents(level, rows), strict=True))
        places = np.empty(len(rows), np.int64)
        places[sorted(range(len(told)), key=told.__getitem__)] = np.arange(len(rows))
        return places

    def tells_by_keys(self, level: Level, rows: Ints) -> bool:
        """Whether keys alone tell these different rows apart."""
        return len(set(zip(*self._keys(level, rows), strict=True))) == len(rows)

    def _keys(self, level: Level, rows: Ints) -> Iterable[Sequence[object]]:
        at, index = level, self._index
        while at != EVERYONE:
            table = self._population.tables.get(at)
            numbers = index.numbers[at][index.up(level, at)[rows]].tolist()
            yield [""] * len(rows) if table is None else [table.keys[number] for number in numbers]
            at = index.levels[at].owners[0] if at != PERSON else EVERYONE

    def _contents(self, level: Level, rows: Ints) -> Iterable[Sequence[object]]:
        for one in self._inputs:
            if one.level == level:
                values: list[object] = self._columns[one.cell][rows].tolist()
                if isinstance(one.filler, str):
                    values = [self._texts[int(str(number))] for number in values]
                known = [True] * len(rows) if one.known is None else self._columns[one.known][rows].tolist()
                yield [(is_known, value if is_known else 0) for is_known, value in zip(known, values, strict=True)]
