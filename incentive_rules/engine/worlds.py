"""Many worlds at once: one small population over and over, each time with other cells, in one run of the plan.

Each world is a row of everyone. Whoever is compared, ranked or paid from a pool with others is so inside one world,
because its rows lead up to no other. Cells are decoded once; a world says only where it differs.

A world in which somebody would be refused is not played: what others get there may rest on the refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from ..base.problems import Problem
from ..model.arrays import Array, Flags, Ints
from ..model.data import Population, PopulationTable
from ..model.exact_values import ReadCell
from ..model.levels import EVERYONE, PERSON, Level
from ..model.on_demand import OnDemand
from ..model.plan import Plan, PlanInput
from ..model.plan_cells import levels_of_cells
from ..model.result import Raw, Result, make_result
from ..model.result_columns import ResultColumns
from .codegen.inputs import cell_value
from .columnar import resting_on_others
from .columns.cells import Columns, Texts
from .columns.decode import Decoder
from .columns.index import Index, index_of
from .columns.program import Program
from .quarantine.exclusion import columns_of_rest, without_excluded
from .quarantine.refusals import RowProblems
from .results import Answers

MOST_ROWS = 400_000  # of the largest table in one run of the plan


class _Again(OnDemand[str]):
    """Keys of so many rows, over and over."""

    def __init__(self, keys: Sequence[str], times: int) -> None:
        self._keys, self._times = keys, times

    def made(self, number: int) -> str:
        return self._keys[number % len(self._keys)]

    def __len__(self) -> int:
        return len(self._keys) * self._times


@frozen(eq=False)
class CellOfWorlds:
    """What some worlds have in a cell of the ground: `raw`, in the input `name` of row `row` of a level."""

    level: Level
    name: str
    row: int
    raw: object
    worlds: Ints


@frozen(eq=False)
class RowsOfWorlds:
    """Rows of a level of the ground that some worlds lack."""

    level: Level
    rows: Ints
    worlds: Ints


@frozen(eq=False)
class Differences:
    """How so many worlds differ from their ground; of two cells in one place the later one stands."""

    worlds: int
    cells: Sequence[CellOfWorlds] = ()
    lacking: Sequence[RowsOfWorlds] = ()


@frozen(eq=False)
class WorldResults:
    """What everybody gets in each of some worlds.

    `places` says, by world and person of the ground, where they stand in the columns; -1 where they have no result.
    """

    columns: ResultColumns
    places: Ints
    keys: Sequence[str]

    def result(self, world: int, person: int) -> Result | None:
        """What one person of one world gets."""
        place = int(self.places[world, person])
        return None if place < 0 else make_result(self.columns.state(self.keys[person], place))


@frozen(eq=False)
class DecodedCrowd:
    """A population that worlds differ from, decoded."""

    population: Population
    index: Index
    inputs: Mapping[int, Array]
    keys: Sequence[str]  # of the people


class WorldsEngine:
    """Plays many worlds of one ground in one run."""

    def __init__(self, plan: Plan, read_cell: ReadCell) -> None:
        self.plan, self._read_cell = plan, read_cell
        self._decoder, self._answers = Decoder(plan, read_cell), Answers(plan)
        self._levels, self._texts = levels_of_cells(plan), Texts()
        self._inputs = {(one.level, one.name): one for one in plan.inputs}
        self._known: dict[tuple[str, object], tuple[Raw, bool] | None] = {}
        others = resting_on_others(plan)
        self._first = [check for check in plan.checks if check.flag not in others]
        self._later = [check for check in plan.checks if check.flag in others]
        scope = () if plan.in_scope is None else (plan.in_scope,)
        self._who_is_in = Program(plan, (*(check.flag for check in self._first), *scope))
        self._everything = Program(plan, (*self._answers.wanted, *(check.flag for check in self._later)))

    def ground(self, population: Population) -> DecodedCrowd | None:
        """The population made ready; None where something is wrong with its rows."""
        index = index_of(self.plan.levels, population)
        problems = RowProblems(self.plan, population, index)
        inputs: dict[int, Array] = {}
        for level in self.plan.levels:
            columns, bad = self._decoder.decoded(level, population.tables.get(level), self._texts)
            inputs.update(columns)
            problems.of_cells(level, bad)
        problems.of_counts()
        if problems.found or population.refused or population.lacking:
            return None
        return DecodedCrowd(population, index, inputs, population.tables[PERSON].keys)

    def at_once(self, ground: DecodedCrowd) -> int:
        """How many worlds of this ground one run takes."""
        return max(1, MOST_ROWS // max(1, *(ground.index.size(level) for level in ground.index.numbers)))

    def play(self, ground: DecodedCrowd, differ: Differences) -> WorldResults:
        """What everybody gets in each world; nobody gets anything in one where somebody would be refused."""
        index = _repeated(ground.index, differ.worlds)
        sound = np.ones(differ.worlds, bool)
        inputs = self._patched(ground, differ, index, sound)
        index, inputs = self._without_lacking(ground, differ, index, inputs)
        population = _repeated_keys(ground.population, differ.worlds)
        outside = self._who_is_out(index, inputs, population, sound)
        gone = {level: ~sound[index.up(level, EVERYONE)] for level in index.numbers if level != EVERYONE}
        outside &= ~gone[PERSON]
        rest = without_excluded(index, gone, outside)
        columns = self._everything.run(rest, self._of_rest(rest, index, inputs), self._texts, population)
        for check in self._later:
            _blame(sound, rest, columns[check.flag], check.level)
        return self._results(ground, differ.worlds, columns, sound)

    def _of_rest(self, rest: Index, before: Index, inputs: Mapping[int, Array]) -> Mapping[int, Array]:
        """The columns of those rows of `before` that the rest still has."""
        if rest is before:
            return inputs
        places = {level: np.searchsorted(before.numbers[level], rest.numbers[level]) for level in rest.numbers}
        return {cell: column[places[self._levels[cell]]] for cell, column in inputs.items()}

    def _without_lacking(
        self, ground: DecodedCrowd, differ: Differences, index: Index, inputs: Mapping[int, Array]
    ) -> tuple[Index, Mapping[int, Array]]:
        """The rows but for those that a world lacks, and but for the rows that belong to these."""
        if not differ.lacking:
            return index, inputs
        dropped = {level: np.zeros(index.size(level), bool) for level in index.numbers}
        for one in differ.lacking:
            size = ground.index.size(one.level)
            dropped[one.level][np.add.outer(one.worlds * size, one.rows)] = True
        for level in index.numbers:  # each after those above it
            for owner in index.owners(level):
                dropped[level] |= dropped[owner][index.up(level, owner)]
        rest = without_excluded(index, dropped, np.zeros(index.size(PERSON), bool))
        return rest, columns_of_rest(rest, index, inputs, self._levels)

    # ── Cells ─────────────────────────────────────────────────────────────────────────────────────

    def _patched(self, ground: DecodedCrowd, differ: Differences, index: Index, sound: Flags) -> Mapping[int, Array]:
        """The columns of all worlds; where a cell cannot be read its world is not sound."""
        inputs = {cell: np.tile(column, differ.worlds) for cell, column in ground.inputs.items()}
        for patch in differ.cells:
            one = self._inputs.get((patch.level, patch.name))
            if one is None:
                continue  # nothing reads it
            read = self._read(one, patch.raw)
            if read is None:
                sound[patch.worlds] = False
                continue
            places = patch.worlds * ground.index.size(patch.level) + patch.row
            inputs[one.cell][places] = self._texts.number(read[0]) if isinstance(read[0], str) else read[0]
            if one.known is not None:
                inputs[one.known][places] = read[1]
        return inputs

    def _read(self, one: PlanInput, raw: object) -> tuple[Raw, bool] | None:
        """A raw cell as columns hold it, and whether it is known; None where it cannot be read."""
        key = (one.name, (type(raw), raw))
        if key not in self._known:
            value = self._read_cell(one.checked, raw)
            wrong = isinstance(value, Problem) or (value is None and one.known is None)
            self._known[key] = None if wrong else cell_value(one, value)
        return self._known[key]

    # ── Who is in ─────────────────────────────────────────────────────────────────────────────────

    def _who_is_out(
        self, index: Index, inputs: Mapping[int, Array], population: Population, sound: Flags
    ) -> Flags:  # fmt: skip
        """Who is out of scope. Worlds in which something does not hold that must are not sound."""
        scope = self.plan.in_scope
        if scope is None and not self._first:
            return np.zeros(index.size(PERSON), bool)
        columns = self._who_is_in.run(index, inputs, self._texts, population)
        inside = np.ones(index.size(PERSON), bool) if scope is None else columns[scope]
        for check in self._first:
            flags = columns[check.flag]
            if index.of_people(check.level) and not self.plan.checks_first:
                flags = flags | ~inside[index.up(check.level, PERSON)]
            _blame(sound, index, flags, check.level)
        outside: Flags = ~inside
        return outside

    def _results(self, ground: DecodedCrowd, worlds: int, columns: Columns, sound: Flags) -> WorldResults:
        size = len(ground.keys)
        places = np.full(worlds * size, -1, np.int64)
        numbers = columns.index.numbers[PERSON]
        places[numbers] = np.where(sound[numbers // max(1, size)], np.arange(len(numbers)), -1)
        return WorldResults(self._answers.results(columns), places.reshape(worlds, size), ground.keys)


def _blame(sound: Flags, index: Index, flags: Flags, level: Level) -> None:
    """Worlds with a row where the flag does not hold are not sound."""
    if not flags.all():
        sound[index.up(level, EVERYONE)[~flags]] = False


def _repeated(index: Index, times: int) -> Index:
    """The rows of an index over and over, each time below a row of everyone of their own."""
    numbers = {level: np.arange(index.size(level) * times) for level in index.numbers}
    numbers[EVERYONE] = np.arange(times)
    owners: dict[tuple[Level, Level], Ints] = {}
    for level in index.numbers:
        size = index.size(level)
        for owner in index.owners(level) if level != EVERYONE else ():
            step = 1 if owner == EVERYONE else index.size(owner)
            own = np.zeros(size, np.int64) if owner == EVERYONE else index.up(level, owner)
            owners[level, owner] = np.tile(own, times) + np.repeat(np.arange(times) * step, size)
    return Index(index.levels, numbers, owners)


def _repeated_keys(population: Population, times: int) -> Population:
    """A population that says only by which keys the rows of all worlds are told apart."""
    tables = {
        level: PopulationTable(level, (), _Again(table.keys, times) if len(table.keys) else ())
        for level, table in population.tables.items()
    }
    return Population(tables)
