"""A pair of worlds made simpler, as long as it shows the same: fewest people, fewest rows, values of the ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from .climb import Twin
from .space import ONE, Space
from .worlds import World

Keeps = Callable[[Sequence[Twin]], Sequence[bool]]  # which of some twins still show it
MOST_ROUNDS = 40


def shrunk(space: Space, twin: Twin, keeps: Keeps) -> Twin:
    """The simplest twin that is met on the way; of each round the first simplification that holds, and all that do
    together where they hold together."""
    for _ in range(MOST_ROUNDS):
        simpler = [one for one in _simpler(space, twin) if one is not None]
        held = [one for one, good in zip(simpler, keeps(simpler), strict=True) if good] if simpler else []
        if not held:
            return twin
        together = _together(twin, held)
        twin = together if len(held) > 1 and keeps([together])[0] else held[0]
    return twin


def _simpler(space: Space, twin: Twin) -> Iterator[Twin | None]:
    """Twins that are simpler by one thing, the largest first."""
    world = twin.world
    others = [n for n in range(len(space.people)) if n != ONE]
    for group in ([others] if len(others) > 1 else []) + [[n] for n in reversed(others)]:
        rows = frozenset().union(*(space.everything_of(n) for n in group))
        yield _lacking(twin, rows)
    for table in space.details():
        for person in range(len(space.people)):
            rows_here = [(table, n) for n in space.rows_of(table, person) if (table, n) not in world.without]
            yield _lacking(twin, frozenset(rows_here))
            yield _lacking(twin, frozenset(rows_here[1:]))
            yield _lacking(twin, frozenset(rows_here[-1:]))
    gone = {(cell[0], cell[1]) for cell in world.cells} & set(world.without)
    if gone:
        left = {c: v for c, v in world.cells.items() if (c[0], c[1]) not in gone}
        yield evolve(twin, world=World(left, world.without))
    names = dict.fromkeys((cell[0], cell[2], space.whose(cell[0], cell[1])) for cell in world.cells)
    for table, name, person in names:
        if any(table == gone for gone, _ in twin.gone_first):
            continue
        left = {c: v for c, v in world.cells.items()
                if (c[0], c[2], space.whose(c[0], c[1])) != (table, name, person)}  # fmt: skip
        yield evolve(twin, world=World(left, world.without))
    for cell in world.cells if not twin.gone_first else ():  # a half says what its other half says
        yield evolve(twin, world=World({c: v for c, v in world.cells.items() if c != cell}, world.without))


def _lacking(twin: Twin, rows: frozenset[tuple[str, int]]) -> Twin | None:
    """The twin without these rows; None where it lacks them, or is about one of them."""
    about = {(cell[0], cell[1]) for cell, _, _ in twin.cells} | twin.gone_first | twin.gone_second
    if rows <= twin.world.without or rows & about:
        return None
    return evolve(twin, world=World(twin.world.cells, twin.world.without | rows))


def _together(twin: Twin, held: Sequence[Twin]) -> Twin:
    """All simplifications at once: rows that one of them lacks, cells that all of them have."""
    cells = twin.world.cells
    kept = {cell: value for cell, value in cells.items() if all(cell in one.world.cells for one in held)}
    without = frozenset().union(*(one.world.without for one in held))
    return evolve(twin, world=World(kept, without))


