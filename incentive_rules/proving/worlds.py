"""Worlds: a small population, the ground, with other cells and without some of its rows; and what is asked of them.

The caller hands over who plays them (`PlayOn`). A cell is known by its table ("" the people), the number of its row in
the ground, from 0, and the name of its input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from attrs import field, frozen
from numpy.typing import NDArray

from ..model.arrays import Flags
from ..model.result import Result

CrowdRow = Mapping[str, object]
Tables = Mapping[str, Sequence[CrowdRow]]  # "" the people; cells under the names of inputs
CellAt = tuple[str, int, str]
RowAt = tuple[str, int]


@frozen(eq=False)
class World:
    """How a world differs from its ground: by cells, those of its `own` after those `common` to many worlds, and rows.

    Whoever leaves out a person leaves out the person's rows.
    """

    own: Mapping[CellAt, object] = field(factory=dict)
    without: frozenset[RowAt] = frozenset()
    common: Mapping[CellAt, object] = field(factory=dict)

    @property
    def cells(self) -> Mapping[CellAt, object]:
        """All cells that differ."""
        return {**self.common, **self.own}

    def get(self, cell: CellAt, otherwise: object) -> object:
        """What stands in a cell, if it differs."""
        return self.own[cell] if cell in self.own else self.common.get(cell, otherwise)

    def but(self, cells: Mapping[CellAt, object]) -> World:
        """The same world with these cells."""
        return World({**self.own, **cells}, self.without, self.common)

    def lacking(self, rows: frozenset[RowAt]) -> World:
        """The same world without just these rows."""
        return World(self.own, rows, self.common)

    def settled(self) -> World:
        """The same world, from which many others are about to differ."""
        return World({}, self.without, self.cells)


GROUND = World()


@frozen(eq=False)
class OfWorlds:
    """A quantity of one person in many worlds: `values` where they are `known`.

    `values` are whole steps of the last decimal where it has decimals, numbers of texts where it is a word, and else
    quotients that are only looked at to choose where to search.
    """

    values: NDArray[Any]
    known: Flags


class PlayedWorlds(Protocol):
    """What came of many worlds."""

    def there(self, person: int) -> Flags:
        """In which worlds this person of the ground has a result and is in scope."""
        ...

    def column(self, name: str, person: int) -> OfWorlds:
        """A quantity of a person, in all worlds; unknown where the person has no result."""
        ...

    def has(self, name: str, person: int, value: str | bool | None) -> Flags:
        """In which worlds a quantity of a person has this value; without one, in which it is there and not 0."""
        ...

    def result(self, world: int, person: int) -> Result | None:
        """All that a person gets in one world."""
        ...


class Ground(Protocol):
    """A small population that can be played again and again with differences."""

    tables: Tables
    keys: Sequence[str]  # of the people, in the order of their rows

    def play(self, worlds: Sequence[World]) -> PlayedWorlds:
        """What comes of many worlds."""
        ...


class PlaysWorlds(Protocol):
    """Who plays small populations: the engine, and when asked the referee."""

    def play(self, tables: Tables) -> Mapping[str, Result]:
        """The results of the people in scope, by key."""
        ...

    def agrees(self, tables: Tables, key: str) -> bool:
        """Whether the referee finds the same for the person with this key."""
        ...

    def ground(self, tables: Tables, names: frozenset[str] | None = None) -> Ground | None:
        """The tables made ready, for these names alone where some are asked for; None where they are refused."""
        ...


def rows_of_world(tables: Tables, world: World) -> Tables:
    """The rows of a world, as they would be handed over."""
    made: dict[str, list[CrowdRow]] = {name: list(rows) for name, rows in tables.items()}
    for (table, row, name), value in world.cells.items():
        old = made[table][row]
        changed = type(old)(old)  # type: ignore[call-arg]
        changed[name] = value  # type: ignore[index]
        made[table][row] = changed
    lacking = world.without
    return {
        name: [row for number, row in enumerate(rows) if (name, number) not in lacking] for name, rows in made.items()
    }
