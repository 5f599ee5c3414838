"""What somebody gains without working better: by leaving out a cell or a row, by splitting a row in two.

The second world of a pair is the one after the trick; how much more its line pays is what was gained.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np
from attrs import evolve

from ..lang.types import Kind
from ..model import terms as t
from ..model.checked import Checked
from ..model.promises import SPLITTING, WITHHOLDING
from .climb import NOTHING, Climb, Climber, Numbers, Twin
from .jumps import Best, LineSearch
from .space import ONE
from .values import number_at, raw_number, unit_of
from .worlds import CellAt, PlayedWorlds, World

MOST_CLIMBERS = 6


class Games:
    """The tricks with one line of pay, on the ground on which it is searched; none with what is `left_out`."""

    def __init__(self, search: LineSearch, left_out: Collection[str] = ()) -> None:
        self.search, self.checked, self.space = search, search.checked, search.space
        self.left_out = left_out

    def best(self, way: str) -> Best | None:
        """The trick that brings most; None where none brings anything."""
        twins = self.tricks(way)
        climb = self._climb(way)
        found = climb.climb(self._beginnings(climb, twins), self.gain)
        self.search.climb.tried += climb.tried
        return Best(self.space, found[0].twin, found[0].amount, climb.tried) if found and found[0].amount > 0 else None

    def tricks(self, way: str) -> list[Twin]:
        """All tricks of one sort, in the worlds to begin with."""
        return [*self._withheld()] if way == WITHHOLDING else [*self._split()]

    def _climb(self, way: str) -> Climb:
        """Who climbs: of a row that is split no lever moves what is halved, nor one of the halves alone."""
        levers = self.search.climb.levers
        if way == SPLITTING:
            halved = {(table, row, name) for table in self.space.details() for row in self._halves(table)
                      for name in summed_inputs(self.checked, table)}  # fmt: skip
            whole = [one for one in levers if len(one.cells) != 1 or one.cells[0][0] == ""]
            levers = [evolve(one, cells=tuple(cell for cell in one.cells if cell not in halved)) for one in whole]
        return Climb(self.space, [one for one in levers if one.cells or one.rows])

    def _halves(self, table: str) -> list[int]:
        """The row that is split, and the one that is there afterwards."""
        rows = self.space.rows_of(table, ONE)
        return [rows[0], rows[-1]] if len(rows) > 1 else []

    def _beginnings(self, climb: Climb, twins: list[Twin]) -> list[Climber]:
        """The tricks with which a climb begins: the best of each input, or of the rows of each table."""
        amounts, near = climb.judged(twins, self.gain)
        found: dict[object, Climber] = {}
        for number in np.lexsort((-near, -amounts)).tolist():
            twin = twins[number]
            told = tuple(cell[2] for cell, _, _ in twin.cells[:1]) or tuple(table for table, _ in twin.gone_second)
            if amounts[number] != NOTHING:
                found.setdefault(told, Climber(twin, (), float(amounts[number]), float(near[number])))
        return list(found.values())[:MOST_CLIMBERS]

    def gain(self, played: PlayedWorlds, first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
        """By how much the line is more in the second world."""
        paid = played.column(self.search.line.name, ONE)
        values = paid.values.astype(float)
        there = paid.known[first] & paid.known[second]
        gained = np.where(there, values[second] - values[first], NOTHING)
        return gained, np.where(there, self.search.near.of(played, first, second), NOTHING)

    # ── The tricks ────────────────────────────────────────────────────────────────────────────────

    def _withheld(self) -> Iterator[Twin]:
        """A cell that may be missing is left empty; a row of details is left out."""
        cells = [cell for cell in self.space.cells(frozenset(self.search.behind), (ONE,))
                 if (one := self.space.input_of(cell)) is not None and one.definition.can_be_missing
                 and self._is_first(cell) and cell[2] not in self.left_out]  # fmt: skip
        for world in self.search.starts():
            for cell in cells:
                for value in (self.space.ground.tables[cell[0]][cell[1]].get(cell[2]), *self.space.values(cell)[:1]):
                    if value is not None:
                        yield Twin(world, ((cell, value, None),))
            for table in self.space.details():
                rows = [(table, row) for row in self.space.rows_of(table, ONE) if (table, row) not in world.without]
                yield from (Twin(world, gone_second=frozenset({row})) for row in rows[:1])

    def _split(self) -> Iterator[Twin]:
        """A row becomes two: what is summed is halved between them, everything else is said twice."""
        for table in self.space.details():
            if not self._halves(table) or not self._has_own_key(table):
                continue
            whole = self._halves(table)[0]
            said = self.space.ground.tables[table][whole]
            inputs = {name: one for name in said if (one := self.space.input_of((table, whole, name))) is not None}
            summed = [name for name in inputs if name in summed_inputs(self.checked, table)]
            for world in self.search.starts():
                if (table, whole) in world.without:
                    continue
                now = {name: world.get((table, whole, name), said[name]) for name in inputs}
                for wholes in ({}, *({name: self.space.values((table, whole, name))[-1]} for name in summed)):
                    yield self._halved(world, table, {**now, **wholes}, summed)

    def _halved(self, world: World, table: str, said: Mapping[str, object], summed: Sequence[str]) -> Twin:
        """One row that says this, and the two that it becomes."""
        whole, half = self._halves(table)
        copied = {(table, row, name): value for name, value in said.items() for row in (whole, half)}
        cells: list[tuple[CellAt, object, object]] = []
        for name in summed:
            one = self.space.input_of((table, whole, name))
            if one is not None and one.facts.type.kind is Kind.NUMBER and said[name] is not None:
                full, unit = number_at(one, said[name]), unit_of(one)
                part = Fraction(int(full / 2 / unit)) * unit
                cells.append(((table, whole, name), raw_number(one, full), raw_number(one, part)))
                copied[table, half, name] = raw_number(one, full - part)
        begin = World({**world.own, **copied}, world.without - {(table, half)}, world.common).settled()
        return Twin(begin, tuple(cells), gone_first=frozenset({(table, half)}))

    def _has_own_key(self, table: str) -> bool:
        """Whether a row is told from others by a number of its own, so that there can be one more."""
        one = next(d for d in self.checked.scheme.details if d.name == table)
        return not one.key or any(key not in one.belongs_to and (key,) not in self.checked.levels for key in one.key)

    def _is_first(self, cell: CellAt) -> bool:
        return not cell[0] or cell[1] == self.space.rows_of(cell[0], ONE)[0]


def summed_inputs(checked: Checked, table: str) -> set[str]:
    """The inputs of a detail table that some formula adds up."""
    found: set[str] = set()
    for quantity in checked.quantities:
        for part in t.walk(quantity.term):
            if isinstance(part, t.Aggregate) and part.function == "sum" and part.source == (table,) and part.value:
                found |= {read.name for read in t.walk(part.value) if isinstance(read, t.Read)}
    return found
