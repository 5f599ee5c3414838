"""The ways in which the worlds of a ground can differ: a cell, the same cell of all rows of somebody, rows, people.

The first person of the ground is the one who is looked at; the second is a colleague.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import frozen

from ..lang.types import Kind
from ..model.checked import Checked, CheckedInput
from ..model.levels import PERSON
from ..model.terms import Read, walk
from .graph import ReadGraph
from .values import Thresholds, steps_among, values_of
from .work import makes_groups
from .worlds import GROUND, CellAt, Ground, RowAt, World

ONE, COLLEAGUE = 0, 1
NOBODY = -1
MOST_OF_LEVER = 7  # values of a cell that a climb tries, and steps of it
_Value = TypeVar("_Value")


@frozen(eq=False)
class Lever:
    """One way to change a world: these cells take one of the `choices` together, or just some of the rows are gone."""

    cells: tuple[CellAt, ...]
    choices: tuple[object, ...]
    rows: tuple[frozenset[RowAt], ...] = ()  # which of them may be gone
    all_rows: frozenset[RowAt] = frozenset()

    def __len__(self) -> int:
        return len(self.choices) + len(self.rows)

    def pulled(self, world: World, choice: int) -> World | None:
        """The world with one of the choices; None where nothing changes."""
        if choice < len(self.choices):
            value = self.choices[choice]
            if all(world.get(cell, self) == value for cell in self.cells):
                return None
            return world.but(dict.fromkeys(self.cells, value))
        gone = (world.without - self.all_rows) | self.rows[choice - len(self.choices)]
        return None if gone == world.without else world.lacking(gone)


class Space:
    """The cells and rows of a ground, whose they are, and what they may become."""

    def __init__(self, checked: Checked, ground: Ground, graph: ReadGraph, thresholds: Thresholds) -> None:
        self.checked, self.ground, self.graph, self.thresholds = checked, ground, graph, thresholds
        self.key = next((one.name for one in checked.scheme.inputs if one.type == "key"), "")
        self.levels: Mapping[str, tuple[str, ...]] = {
            "": PERSON, **{one.name: (one.name,) for one in checked.scheme.details},
            **{one.name: (one.key,) for one in checked.scheme.groups},
        }  # fmt: skip
        self.people = list(map(str, ground.keys))
        period = checked.period
        self._days = [] if period is None else [
            period.first_day + (period.last_day - period.first_day) * n / 4 for n in range(5)]  # fmt: skip
        self._movable: dict[tuple[str, str], CheckedInput | None] = {}
        self._values: dict[CellAt, list[object]] = {}
        self._beside: dict[str, set[str]] | None = None
        self._inputs = {(one.level, one.name): one for one in checked.inputs.values()}

    def input_of(self, cell: CellAt) -> CheckedInput | None:
        """The input whose cell it is, where it is one that may move: no key, no group, nothing from earlier periods."""
        table, _, name = cell
        if (table, name) not in self._movable:
            self._movable[table, name] = self._found_input(table, name)
        return self._movable[table, name]

    def _found_input(self, table: str, name: str) -> CheckedInput | None:
        one = self._inputs.get((self.levels[table], name))
        if one is None or "(" in name or one.definition.type == "key" or one.definition.carried_from is not None:
            return None
        details = next((d for d in self.checked.scheme.details if d.name == table), None)
        links = () if details is None else (*details.key, *details.belongs_to)
        return None if name in links or makes_groups(self.checked, name) else one

    def whose(self, table: str, row: int) -> int:
        """The number of the person whose row it is, or `NOBODY`."""
        rows = self.ground.tables[table]
        if table == "":
            return row
        key = str(rows[row].get(self.key, ""))
        return self.people.index(key) if key in self.people and self.key in rows[row] else NOBODY

    def cells(self, behind: frozenset[str], people: Sequence[int]) -> Iterator[CellAt]:
        """The cells of these people, and of groups, that the names behind something include."""
        for table, rows in self.ground.tables.items():
            for number, row in enumerate(rows):
                if self.whose(table, number) in (*people, NOBODY):
                    for name in row:
                        if name in behind and self.input_of((table, number, name)) is not None:
                            yield (table, number, name)

    def values(self, cell: CellAt) -> list[object]:
        """The values of a cell that are worth trying."""
        if cell not in self._values:
            self._values[cell] = self._found_values(cell)
        return self._values[cell]

    def _found_values(self, cell: CellAt) -> list[object]:
        one = self.input_of(cell)
        table, number, name = cell
        row = self.ground.tables[table][number]
        kinds = (Kind.DATE, Kind.TIME)
        times = [other for other in row if other != name and (found := self._inputs.get((self.levels[table], other)))
                 is not None and found.facts.type.kind in kinds]  # fmt: skip
        return [] if one is None else values_of(one, row, self.thresholds, times, self._days)

    def steps(self, cell: CellAt) -> list[tuple[object, object]]:
        """The steps of a cell that are worth trying."""
        one = self.input_of(cell)
        found = [] if one is None else steps_among(one, self.values(cell))
        return list(_spread(found))

    def rows_of(self, table: str, person: int) -> list[int]:
        return [n for n in range(len(self.ground.tables.get(table, ()))) if self.whose(table, n) == person]

    def everything_of(self, person: int) -> frozenset[RowAt]:
        """A person with all rows."""
        return frozenset((table, number) for table in self.levels if table in self.ground.tables
                         for number in self.rows_of(table, person))  # fmt: skip

    def mirrored(self, world: World) -> World:
        """The world in which everybody is there, and the colleague has the cells and the rows that oneself has."""
        cells, gone = world.cells, set[RowAt]()
        copied = dict(cells)
        for table in self.levels:
            if table not in self.ground.tables or len(self.people) <= COLLEAGUE:
                continue
            for own, other in zip(self.rows_of(table, ONE), self.rows_of(table, COLLEAGUE), strict=False):
                for name in self.ground.tables[table][own]:
                    if self.input_of((table, own, name)) is not None:
                        copied[table, other, name] = cells.get((table, own, name), self.ground.tables[table][own][name])
                if (table, own) in world.without:
                    gone |= {(table, own), (table, other)}
        return World(copied, frozenset(gone))

    def all_alike(self, world: World) -> World:
        """The world in which everybody has the cells and the rows that oneself has, groups too."""
        cells, gone = dict(world.cells), set[RowAt]()
        for table in self.levels:
            if table not in self.ground.tables:
                continue
            for person in range(1, len(self.people)):
                for own, other in zip(self.rows_of(table, ONE), self.rows_of(table, person), strict=False):
                    row = self.ground.tables[table][own]
                    for name in row:
                        if self.input_of((table, own, name)) is not None:
                            cells[table, other, name] = world.get((table, own, name), row[name])
                    if (table, own) in world.without:
                        gone |= {(table, own), (table, other)}
        return World(cells, frozenset(gone))

    def of_same_groups(self) -> list[int]:
        """Oneself and those who are in all the same groups."""
        rows = self.ground.tables[""]
        groups = [name for name in rows[ONE] if makes_groups(self.checked, name)]
        return [n for n in range(len(self.people)) if all(rows[n][name] == rows[ONE][name] for name in groups)]

    def partners(self, cell: CellAt) -> frozenset[CellAt]:
        """The cells of the same row that some formula, or something that must hold, reads beside this one."""
        if self._beside is None:
            self._beside = {}
            terms = [t for q in self.checked.quantities for t in (q.term, q.condition) if t is not None]
            for term in (*terms, *(premise.term for premise in self.checked.premises)):
                names = {part.name for part in walk(term) if isinstance(part, Read)}
                for name in names:
                    self._beside.setdefault(name, set()).update(names - {name})
        table, row, name = cell
        return frozenset((table, row, other) for other in self._beside.get(name, ()))

    def alone(self) -> World:
        """The world without the others."""
        return World(without=frozenset().union(*(self.everything_of(n) for n in range(1, len(self.people)))))

    def starts(self, behind: frozenset[str]) -> list[World]:
        """The ground, among others and alone; and the same with the facts that premises tie at either end.

        A fact on which nothing rests that is looked at moves on no lever. Where a premise holds it beside one on which
        something does (`late <= jobs`), it would keep that one from where something happens.
        """
        cells = [*self.cells(self._tied(behind) - behind, range(len(self.people)))]
        ends = [{cell: values[end] for cell in cells if (values := self.values(cell))} for end in (0, -1)]
        found = [GROUND, self.alone()]
        return found + [world.but(end) for end in ends if end for world in found]

    def _tied(self, names: frozenset[str]) -> frozenset[str]:
        """These names, and all that premises read beside one of them or beside what it rests on."""
        found = set(names)
        for _ in self.checked.premises:
            before = len(found)
            for premise in self.checked.premises:
                read = {part.name for part in walk(premise.term) if isinstance(part, Read)}
                read = read.union(*(self.graph.behind(name) for name in read))
                found |= read if not read.isdisjoint(found) else set()
            if len(found) == before:
                break
        return frozenset(found)

    def details(self) -> list[str]:
        """The detail tables with rows of people."""
        names = (one.name for one in self.checked.scheme.details if not one.recorded)
        return [name for name in names if self.rows_of(name, ONE)]

    def levers(self, behind: frozenset[str]) -> list[Lever]:
        """The ways to change a world that may change what rests on the names behind it."""
        found: list[Lever] = []
        for table, rows in self.ground.tables.items():
            for person in (ONE, COLLEAGUE, NOBODY):
                numbers = [n for n in range(len(rows)) if self.whose(table, n) == person]
                numbers = numbers[:1] if person == NOBODY else numbers
                names = [name for name in rows[numbers[0]] if name in behind] if numbers else []
                for name in names:
                    cells = [(table, n, name) for n in numbers]
                    if self.input_of(cells[0]) is None:
                        continue
                    choices = _spread(self.values(cells[0]))
                    if len(cells) > 1:
                        found.append(Lever(tuple(cells), choices))
                    if person != COLLEAGUE or len(cells) == 1:
                        found.append(Lever((cells[0],), choices))
        for table in self.details():
            for person in (ONE, COLLEAGUE):
                own = self.rows_of(table, person)
                kept = [frozenset((table, n) for n in own[count:]) for count in range(len(own) + 1)]
                if own:
                    found.append(Lever((), (), tuple(kept), kept[0]))
        return found


def _spread(values: Sequence[_Value]) -> tuple[_Value, ...]:
    """Some of the values, from both ends and between."""
    if len(values) <= MOST_OF_LEVER:
        return tuple(values)
    places = sorted({round(n * (len(values) - 1) / (MOST_OF_LEVER - 1)) for n in range(MOST_OF_LEVER)})
    return tuple(values[place] for place in places)


def worlds_by_levers(space: Space, behind: frozenset[str]) -> list[World]:
    """The ground, and what each lever makes of it."""
    levers = space.levers(behind)
    pulled = [lever.pulled(GROUND, choice) for lever in levers for choice in range(len(lever))]
    return [GROUND, *(world for world in pulled if world is not None)]
