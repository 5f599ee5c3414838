"""A company that was computed once, and is played again and again with one cell changed: `played` gives what follows.

Each world has a cell of its own that lies at one value, or anywhere between two. What the plan says of a cell is worked
out again in the rows that rest on it, and nowhere else; all other rows are those of the known company.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen

from ...model.arrays import Array, Ints
from ...model.data import Population
from ...model.exact_values import ReadCell
from ...model.levels import Level
from ...model.plan import Cell, Find, Let, Lit, Op, Pick, Plan, PlanInput, Ref, Spread, Step
from ..columns.cells import Columns, Texts, facts_of_cells
from ..columns.decode import Decoder
from ..columns.index import Index, index_of
from ..columns.precedence import Precedence
from ..columns.program import Program
from ..quarantine.exclusion import columns_of_rest, without_excluded
from .boxes import Box, box_of, clipped, ends_of, found_in_map, operated, picked, point, wide_if
from .crossings import FirstOfRows, crossed
from .slices import RowsOfCells, Slice, Slicer

NO_ROWS = np.zeros(0, np.int64)


@frozen(eq=False)
class CellInWorlds:
    """A cell in some worlds: the input, the row of its level, and the least and largest value in each world."""

    input: PlanInput
    row: int
    worlds: Ints
    low: Sequence[int]
    high: Sequence[int]


@frozen(eq=False)
class KnownCompany:
    """Everybody who is accepted and in scope, with every cell of the plan; `inputs` are those of cells of the data."""

    plan: Plan
    index: Index
    columns: Columns
    inputs: Mapping[Cell, Array]
    population: Population

    def row_of(self, level: Level, number: int) -> int | None:
        """The row of a level by its number in the population; None where it is not among those who are paid."""
        numbers = self.index.numbers[level]
        at = int(np.searchsorted(numbers, number))
        return at if at < len(numbers) and numbers[at] == number else None


def known_company(plan: Plan, population: Population, read_cell: ReadCell) -> KnownCompany:
    """The company computed once; what cannot be read was refused before, and nobody refused is in the population."""
    index, texts = index_of(plan.levels, population), Texts()
    decoder = Decoder(plan, read_cell)
    inputs: dict[Cell, Array] = {}
    for level in plan.levels:
        inputs.update(decoder.decoded(level, population.tables.get(level), texts)[0])
    facts = facts_of_cells(plan)
    rest, of_rest = index, inputs
    if plan.in_scope is not None:
        inside = Program(plan, [plan.in_scope]).run(index, inputs, texts, population)[plan.in_scope]
        rest = without_excluded(index, {}, ~inside)
        levels = {cell: one.level for cell, one in facts.items()}
        of_rest = dict(columns_of_rest(rest, index, inputs, levels))
    columns = Program(plan, [step.cell for step in plan.steps]).run(rest, of_rest, texts, population)
    for cell, column in of_rest.items():
        columns[cell] = column
    return KnownCompany(plan, rest, columns, of_rest, population)


class Nearby:
    """Plays a known company with other cells."""

    def __init__(self, company: KnownCompany) -> None:
        self.company = company
        self._slicer = Slicer(company.plan, company.index)
        self._maps = [(dict(entries), default) for entries, default in company.plan.maps]
        self._precedence = Precedence(
            company.plan, company.population, company.index, company.inputs, company.columns.texts
        )

    def slice(self, changed: Iterable[tuple[PlanInput, int]], wanted: RowsOfCells, also: Iterable[Cell] = ()) -> Slice:
        """What is computed again where these cells change: input and row."""
        rows: dict[Cell, list[int]] = {}
        for one, row in changed:
            rows.setdefault(one.cell, []).append(row)
        return self._slicer.slice({cell: np.unique(found) for cell, found in rows.items()}, wanted, also)

    def play(self, slice_: Slice, worlds: int, changes: Iterable[CellInWorlds]) -> Played:
        """What becomes of the rows of a slice in each world."""
        played = Played(self.company, slice_, worlds, self._precedence)
        played.set(changes)
        for step in slice_.steps:
            played.boxes[step.cell] = self._stepped(step, slice_.rows[step.cell], played)
        return played

    def _stepped(self, step: Step, rows: Ints, played: Played) -> Box:
        facts = self.company.columns.facts
        match step:
            case Spread(source=source, level=level):
                owner = self.company.index.up(level, facts[source].level)[rows]
                return played.box(source, owner)
            case Let(expr=Op(operator=operator, operands=atoms)):
                boxes = played.operands(atoms, rows, facts[step.cell].is_wide)
                return clipped(operated(operator, boxes), facts[step.cell].span)
            case Let(expr=Pick(condition=condition, then=then, otherwise=otherwise)):
                boxes = played.operands((condition, then, otherwise), rows, facts[step.cell].is_wide)
                return clipped(picked(*boxes), facts[step.cell].span)
            case Let(expr=Ref(cell=source)):
                return played.box(source, rows)
            case Let(expr=Find(map=number, key=Ref(cell=cell))):
                entries, default = self._maps[number]
                key, is_text = played.box(cell, rows), facts[cell].kind is str
                found = found_in_map(self.company.columns, entries, default, key, is_text)
                return clipped(found, facts[step.cell].span)
            case Let():
                raise AssertionError(step)  # a constant rests on nothing
        return crossed(step, rows, played)


class Played:
    """What became of the rows of a slice: boxes of them, and the known company for all others."""

    def __init__(self, company: KnownCompany, slice_: Slice, worlds: int, precedence: Precedence) -> None:
        self.company, self.index, self.base, self.worlds = company, company.index, company.columns, worlds
        self._rows, self._precedence = slice_.rows, precedence
        self.boxes: dict[Cell, Box] = {}
        self._inputs = {cell for one in company.plan.inputs for cell in one.cells}

    def set(self, changes: Iterable[CellInWorlds]) -> None:
        """The cells that change."""
        low, high = dict[Cell, Array](), dict[Cell, Array]()
        for one in changes:
            cell = one.input.cell
            at = int(np.searchsorted(self._rows.get(cell, NO_ROWS), one.row))
            if at == len(self._rows.get(cell, NO_ROWS)) or self._rows[cell][at] != one.row:
                continue  # nothing that is wanted rests on it
            if cell not in low:
                low[cell] = np.tile(self.base[cell][self._rows[cell]], (self.worlds, 1))
                high[cell] = low[cell].copy()
            low[cell][one.worlds, at] = one.low
            high[cell][one.worlds, at] = one.high
        self.boxes |= {cell: box_of(ends, high[cell]) for cell, ends in low.items()}

    def changed_rows(self, cell: Cell) -> Ints:
        """The rows of a cell that may differ from those of the known company."""
        return self._rows[cell] if cell in self.boxes else NO_ROWS

    def box(self, cell: Cell, rows: Ints) -> Box:
        """The values of a cell in these rows, in all worlds."""
        known = self.base[cell][rows]
        if cell not in self.boxes:
            return point(known[None, :])
        box, own = self.boxes[cell], self._rows[cell]
        if len(own) == len(rows) and np.array_equal(own, rows):
            return box
        if not len(own):
            return point(known[None, :])
        at = np.minimum(np.searchsorted(own, rows), len(own) - 1)
        there = own[at] == rows
        ends = [np.where(there, end[:, at], known) for end in ends_of(box)]
        return point(ends[0]) if len(ends) == 1 else Box(ends[0], ends[1])

    def operands(self, atoms: Iterable[Ref | Lit], rows: Ints, wide: bool) -> list[Box]:
        """The boxes of operands: cells in these rows, and constants."""
        boxes = [self.box(atom.cell, rows) if isinstance(atom, Ref) else self._constant(atom) for atom in atoms]
        return wide_if(wide or any(box.low.dtype == object for box in boxes), boxes)

    def _constant(self, atom: Lit) -> Box:
        value = self.base.atom(atom.value)
        dtype = bool if isinstance(value, bool) else np.int64 if abs(value).bit_length() <= 62 else object
        return point(np.array([[value]], dtype))

    def first_of_equals(self, level: Level) -> FirstOfRows:
        """The order of equal rows by their keys; by what they say only where no cell of theirs has changed."""
        changed = any(self.company.plan.inputs and one.level == level and one.cell in self.boxes
                      for one in self.company.plan.inputs)  # fmt: skip
        precedence = self._precedence

        def places(rows: Ints) -> Ints | None:
            return None if changed and not precedence.tells_by_keys(level, rows) else precedence.places(level, rows)

        return places


