"""The engine on which small populations are played, one after the other or many worlds of one at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import evolve

from .base.limits import Limits
from .base.problems import Problem
from .batch import BatchEngine, Hearing
from .checking import check_scheme
from .checking.names.period import find_period
from .compiling import compile_plan
from .engine.summary import Computed
from .engine.worlds import CellOfWorlds, DecodedCrowd, Differences, RowsOfWorlds, WorldResults, WorldsEngine
from .model.arrays import Flags, Ints
from .model.checked import Checked
from .model.data import DataTable, People
from .model.levels import PERSON, Level
from .model.plan import Plan
from .model.result import Result, Slot
from .model.scheme import Scheme
from .proving.worlds import CellAt, OfWorlds, RowAt, World, rows_of_world
from .reading.cells.cell import read_cell
from .reading.people import gather
from .reading.population import population_of
from .reading.sources.mappings import read_mappings
from .recomputing.differences import differences

CrowdTables = Mapping[str, Sequence[Mapping[str, object]]]
MOST_KEPT = 4  # tables whose results are at hand


class Stage:
    """A compiled scheme on which populations are played, by the engine and, when asked, by the referee."""

    def __init__(self, checked: Checked, plan: Plan) -> None:
        self.checked, self.plan = checked, plan
        self._engine = BatchEngine(checked, plan)
        self._lately: list[tuple[CrowdTables, tuple[People, Computed] | None]] = []
        self._engines: dict[frozenset[str] | None, WorldsEngine] = {}

    def _worlds(self, names: frozenset[str] | None) -> WorldsEngine:
        """The engine of many worlds, of these names alone where some are asked for."""
        if names not in self._engines:
            plan = evolve(self.plan, pools=(), honors=())
            if names is not None:
                outputs = tuple(one for one in plan.outputs if one.name in names)
                lines = tuple(one for one in plan.lines if one.name in names)
                plan = evolve(plan, outputs=outputs, lines=lines)
            self._engines[names] = WorldsEngine(plan, read_cell)
        return self._engines[names]

    def ground(self, tables: CrowdTables, names: frozenset[str] | None = None) -> PlayedGround | None:
        """The tables made ready to be played over and over with differences; None where they are refused.

        With `names` only these quantities are asked for, which is quicker.
        """
        people = self._gathered(tables)
        if isinstance(people, tuple) or any(row.problems for row in people.rows) or people.orphans:
            return None
        population, problems = population_of(self.checked, people, self.plan.is_alone)
        engine = self._worlds(names)
        ground = None if population is None or problems else engine.ground(population)
        return None if ground is None else PlayedGround(engine, self.checked, tables, ground)

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
        """The people of these tables and what they get; tables that were played just now are not played again."""
        for known, played in self._lately:
            if known is tables:
                return played
        people = self._gathered(tables)
        computed = None if isinstance(people, tuple) else self._engine.compute(people)
        found = None if isinstance(people, tuple) or not isinstance(computed, Computed) else (people, computed)
        self._lately = [*self._lately[-MOST_KEPT:], (tables, found)]
        return found

    def _gathered(self, tables: CrowdTables) -> People | tuple[Problem, ...]:
        further = {name: [_table(name, rows)] for name, rows in tables.items() if name}
        for table in self.checked.scheme.details:
            if not table.recorded:
                further.setdefault(table.name, [DataTable(table.name, (), (), ())])
        people, problems = gather(self.checked, [_table("", tables.get("", ()))], further)
        return problems if people is None else people


def stage_for(scheme: Scheme, period: str, limits: Limits) -> Stage | None:
    """The stage of a scheme for a period; None where the scheme has errors, which are reported by whoever proves it."""
    found, _ = find_period(scheme, period)
    checked, _ = check_scheme(scheme, found, limits)
    plan = None if checked is None else compile_plan(checked)[0]
    return None if checked is None or plan is None else Stage(checked, plan)


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
        alike: dict[int, list[int]] = {}  # worlds by what is common to them
        own: dict[tuple[CellAt, type, object], list[int]] = {}
        lacking: dict[frozenset[RowAt], list[int]] = {}
        for number, world in enumerate(worlds):
            if world.common:
                alike.setdefault(id(world.common), []).append(number)
            for cell, value in world.own.items():
                own.setdefault((cell, type(value), value), []).append(number)
            if world.without:
                lacking.setdefault(world.without, []).append(number)
        cells = [
            (cell, value, numbers) for numbers in alike.values() for cell, value in worlds[numbers[0]].common.items()
        ]
        cells += [(cell, value, numbers) for (cell, _, value), numbers in own.items()]
        placed = [
            CellOfWorlds(self._levels[table], name, place, value, np.array(numbers))
            for (table, row, name), value, numbers in cells
            if (place := self._numbers[table].get(row)) is not None
        ]
        gone = [one for rows, numbers in lacking.items() for one in self._rows_gone(rows, np.array(numbers))]
        return Differences(len(worlds), placed, gone)

    def _rows_gone(self, rows: frozenset[RowAt], worlds: Ints) -> Iterator[RowsOfWorlds]:
        """The rows that these worlds lack, level by level."""
        for table in sorted({table for table, _ in rows}):
            places = [self._numbers[table][row] for name, row in rows if name == table and row in self._numbers[table]]
            yield RowsOfWorlds(self._levels[table], np.array(places, np.int64), worlds)


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

    def has(self, name: str, person: int, value: str | bool | None) -> Flags:
        """In which worlds a quantity of a person has this value; without one, in which it is there and not 0."""
        found = []
        for part in self._parts:
            slot = part.columns.layout.slots[name]
            values, known = self._of(part, slot, person)
            texts = part.columns.columns[slot.numerator].texts
            if isinstance(value, str):
                known = known & (values == (list(texts).index(value) if texts is not None and value in texts else -1))
            elif value is None:
                known = known & (values != 0)
            else:
                known = known & (values == value)
            found.append(known)
        there: Flags = np.concatenate(found) & self.there(person)
        return there

    def result(self, world: int, person: int) -> Result | None:
        """All that a person gets in one world."""
        part = self._parts[world // self._at_once]
        return part.result(world % self._at_once, person)


def _table(name: str, rows: Sequence[Mapping[str, object]]) -> DataTable:
    table, _ = read_mappings(rows, name)
    return DataTable(name, (), (), ()) if table is None else table
