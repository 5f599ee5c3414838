"""Worlds: a small population, the ground, with other cells and without some of its rows; and what is asked of them.

The caller hands over who plays them (`PlayOn`). A cell is known by its table ("" the people), the number of its row in
the ground, from 0, and the name of its input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    """How a world differs from its ground."""

    cells: Mapping[CellAt, object] = field(factory=dict)
    without: frozenset[RowAt] = frozenset()

    def but(self, *cells: tuple[CellAt, object]) -> World:
        """The same world with these cells."""
        return World({**self.cells, **dict(cells)}, self.without)

    def lacking(self, rows: frozenset[RowAt]) -> World:
        """The same world without just these rows."""
        return World(self.cells, rows)


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


MakeGround = Callable[[Tables], "Ground | None"]


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
