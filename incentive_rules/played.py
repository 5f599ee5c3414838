"""The engine on which small populations are played, one after the other or many worlds of one at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from .base.problems import Problem
from .batch import BatchEngine, Hearing
from .engine.summary import Computed
from .engine.worlds import DecodedCrowd, Differences, PatchedCell, WorldResults, WorldsEngine
from .model.arrays import Flags
from .model.checked import Checked
from .model.data import DataTable, People
from .model.levels import PERSON, Level
from .model.plan import Plan
from .model.result import Result, Slot
from .proving.worlds import OfWorlds, World, rows_of_world
from .reading.cells.cell import read_cell
from .reading.people import gather
from .reading.population import population_of
from .reading.sources.mappings import read_mappings
from .recomputing.differences import differences

CrowdTables = Mapping[str, Sequence[Mapping[str, object]]]


class Stage:
    """A compiled scheme on which populations are played, by the engine and, when asked, by the referee."""

    def __init__(self, checked: Checked, plan: Plan) -> None:
        self.checked, self.plan = checked, plan
        self._engine = BatchEngine(checked, plan)

    @cached_property
    def _worlds(self) -> WorldsEngine:
        return WorldsEngine(self.plan, read_cell)

    def ground(self, tables: CrowdTables) -> PlayedGround | None:
        """The tables made ready to be played over and over with differences; None where they are refused."""
        people = self._gathered(tables)
        if isinstance(people, tuple) or any(row.problems for row in people.rows) or people.orphans:
            return None
        population, problems = population_of(self.checked, people, self.plan.is_alone)
        ground = None if population is None or problems else self._worlds.ground(population)
        return None if ground is None else PlayedGround(self._worlds, self.checked, tables, ground)

    def play(self, tables: CrowdTables) -> Mapping[str, Result]:
        """The results of the people in scope, by key; nobody where the tables are refused."""
        played = self._played(tables)
        return {} if played is None else {
            str(row.key): result for row, result, _ in played[1].outcomes if result is not None and result.in_scope
        }  # fmt: skip

    def agrees(self, tables: CrowdTables, key: str) -> bool:
        """Whether the referee finds the same for the person with this key."""
        played = self._played(tables)
        if played is None:
            return False
        hearing = Hearing(self.checked, self.plan, *played)
        found = [(row, result) for row, result, _ in played[1].outcomes if str(row.key) == key and result is not None]
        return bool(found) and all(not [*differences(result, hearing.judge(row))] for row, result in found)

    def refusals(self, tables: CrowdTables) -> tuple[Problem, ...]:
        """Why these tables, or rows of them, are refused."""
        found = self._gathered(tables)
        if isinstance(found, tuple):
            return found
        computed = self._engine.compute(found)
        return computed.problems if isinstance(computed, Computed) else computed

    def _played(self, tables: CrowdTables) -> tuple[People, Computed] | None:
        people = self._gathered(tables)
        if isinstance(people, tuple):
            return None
        computed = self._engine.compute(people)
        return (people, computed) if isinstance(computed, Computed) else None

    def _gathered(self, tables: CrowdTables) -> People | tuple[Problem, ...]:
        further = {name: [_table(name, rows)] for name, rows in tables.items() if name}
        for table in self.checked.scheme.details:
            if not table.recorded:
                further.setdefault(table.name, [DataTable(table.name, (), (), ())])
        people, problems = gather(self.checked, [_table("", tables.get("", ()))], further)
        return problems if people is None else people


class PlayedGround:
    """A population on which worlds are played, many in one run."""

    def __init__(self, engine: WorldsEngine, checked: Checked, tables: CrowdTables, ground: DecodedCrowd) -> None:
        self._engine, self._ground = engine, ground
        self.tables, self.keys = tables, ground.keys
        self._levels: dict[str, Level] = {"": PERSON} | {one.name: (one.name,) for one in checked.scheme.details}
        self._levels |= {one.name: (one.key,) for one in checked.scheme.groups}
        self._numbers: dict[str, dict[int, int]] = {}  # of rows in the population, by those in the tables
        for name, level in self._levels.items():
            table = ground.population.tables.get(level)
            origins = () if table is None else table.origins
            self._numbers[name] = {one.origin.row - 1: number for number, one in enumerate(origins)
                                   if one is not None and one.origin.row is not None}  # fmt: skip

    def play(self, worlds: Sequence[World]) -> ManyWorlds:
        """What everybody gets in each of these worlds; in several runs where they are very many."""
        at_once = self._engine.at_once(self._ground)
        parts = [worlds[begin : begin + at_once] for begin in range(0, len(worlds), at_once)]
        return ManyWorlds([self._engine.play(self._ground, self._differences(part)) for part in parts], at_once)

    def tables_of(self, world: World) -> CrowdTables:
        """The rows of one world."""
        return rows_of_world(self.tables, world)

    def _differences(self, worlds: Sequence[World]) -> Differences:
        cells: dict[tuple[Level, str], list[PatchedCell]] = {}
        lacking: dict[Level, list[tuple[int, int]]] = {}
        for number, world in enumerate(worlds):
            for (table, row, name), value in world.cells.items():
                place = self._numbers[table].get(row)
                if place is not None:
                    cells.setdefault((self._levels[table], name), []).append((number, place, value))
            for table, row in world.without:
                place = self._numbers[table].get(row)
                if place is not None:
                    lacking.setdefault(self._levels[table], []).append((number, place))
        return Differences(len(worlds), cells, lacking)


class ManyWorlds:
    """What everybody gets in each of many worlds, in columns."""

    def __init__(self, parts: Sequence[WorldResults], at_once: int) -> None:
        self._parts, self._at_once = parts, at_once
        self._there: dict[int, Flags] = {}

    def there(self, person: int) -> Flags:
        """In which worlds a person has a result and is in scope."""
        if person not in self._there:
            self._there[person] = np.concatenate([part.places[:, person] >= 0 for part in self._parts])
        return self._there[person]

    def column(self, name: str, person: int) -> OfWorlds:
        """A quantity of a person in all worlds."""
        columns = [self._of(part, part.columns.layout.slots[name], person) for part in self._parts]
        values = np.concatenate([values for values, _ in columns])
        return OfWorlds(values, np.concatenate([known for _, known in columns]) & self.there(person))

    def _of(self, part: WorldResults, slot: Slot, person: int) -> tuple[Flags, Flags]:
        """The values of a quantity of a person, and which are known; anything where there is no result."""
        there = part.places[:, person] >= 0
        rows = part.places[:, person][there]
        values = np.asarray(part.columns.columns[slot.numerator].values)[rows]
        if slot.decimals is None and slot.denominators:
            values = values.astype(float)
            for place in slot.denominators:
                values = values / np.asarray(part.columns.columns[place].values)[rows].astype(float)
        found = np.zeros(len(there), values.dtype)
        found[there] = values
        known = there.copy()
        if slot.known is not None:
            known[there] = np.asarray(part.columns.columns[slot.known].values)[rows]
        return found, known

    def result(self, world: int, person: int) -> Result | None:
        """All that a person gets in one world."""
        part = self._parts[world // self._at_once]
        return part.result(world % self._at_once, person)


def _table(name: str, rows: Sequence[Mapping[str, object]]) -> DataTable:
    table, _ = read_mappings(rows, name)
    return DataTable(name, (), (), ()) if table is None else table
