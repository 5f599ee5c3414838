"""What somebody gains by moving a row of details to another period: it leaves the one, and comes to the other.

Each period is a world of its own, of the same company; in both the row says the same. Where leaving alone, and coming
alone, bring most is climbed to first; then the row says in both periods what it said in one of them, and both are
climbed on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from .climb import NOTHING, Climb, Climber, Twin
from .games import Games
from .shrink import Keeps
from .space import ONE
from .worlds import CellAt, RowAt, World

MOST_STARTS = 2
Content = Mapping[CellAt, object]  # what the row says


@frozen(eq=False)
class Moved:
    """The row leaves in `left`, whose second world lacks it, and comes in `come`, whose first world lacks it."""

    left: Twin
    come: Twin
    amount: float  # gained in both together


class MovedRows:
    """The moves of one person's rows, as far as one line of pay goes."""

    def __init__(self, games: Games) -> None:
        self.games, self.space = games, games.space

    def best(self) -> Moved | None:
        """The row whose move brings most; None where there is none, or no move brings anything."""
        found = [moved for row in self.rows() for moved in self._of_row(row)]
        best = max(found, key=lambda one: one.amount, default=None)
        return best if best is not None and best.amount > 0 else None

    def keeps(self, twin: Twin) -> Keeps:
        """Which simpler twins still gain as much by the same row, which still says the same."""
        [row] = twin.gone_first | twin.gone_second
        said = self.content(row, twin.world)
        least = self.games.search.climb.judged([twin], self.games.gain)[0][0]

        def kept(twins: Sequence[Twin]) -> list[bool]:
            gained = self.games.search.climb.judged(twins, self.games.gain)[0].tolist()
            return [gain >= least and self.content(row, one.world) == said
                    for gain, one in zip(gained, twins, strict=True)]  # fmt: skip

        return kept

    def rows(self) -> list[RowAt]:
        """The first row of the person in each table."""
        return [(table, self.space.rows_of(table, ONE)[0]) for table in self.space.details()]

    def content(self, row: RowAt, world: World) -> dict[CellAt, object]:
        """What a row says in a world."""
        said = self.space.ground.tables[row[0]][row[1]]
        cells = [(*row, name) for name in said]
        return {cell: world.get(cell, said[cell[2]]) for cell in cells if self.space.input_of(cell) is not None}

    def _of_row(self, row: RowAt) -> list[Moved]:
        """The best moves of a row for each content that is worth trying."""
        gone = frozenset({row})
        starts = [world for world in self.games.search.starts() if row not in world.without]
        left = self._climbed([Twin(world, gone_second=gone) for world in starts], None)
        come = self._climbed([Twin(world, gone_first=gone) for world in starts], None)
        worlds = [World(), *(side[0].twin.world for side in (left, come) if side)]
        contents = [self.content(row, world) for world in worlds]
        contents = [one for number, one in enumerate(contents) if one not in contents[:number]]
        leaving, coming = (self._with(row, side[:1], contents) for side in (left, come))
        return [
            Moved(one.twin, other.twin, one.amount + other.amount)
            for one, other in zip(leaving, coming, strict=True)
            if one is not None and other is not None
        ]

    def _with(self, row: RowAt, side: Sequence[Climber], contents: Sequence[Content]) -> list[Climber | None]:
        """How far one side goes on with each of these contents of the row."""
        twins = [evolve(one.twin, world=one.twin.world.but(content)) for one in side for content in contents]
        found = self._climbed(twins, row)
        held = [(self.content(row, one.twin.world), one) for one in found]
        return [next((one for content, one in held if content == wanted), None) for wanted in contents]

    def _climbed(self, twins: Sequence[Twin], fixed: RowAt | None) -> list[Climber]:
        """Where these twins get to, the best first; no lever moves the cells of the `fixed` row."""
        levers = self.games.search.climb.levers
        if fixed is not None:
            levers = [evolve(one, cells=tuple(cell for cell in one.cells if cell[:2] != fixed)) for one in levers]
        climb = Climb(self.space, [one for one in levers if one.cells or one.rows])
        twins = [evolve(one, world=one.world.settled()) for one in twins]
        amounts, near = climb.judged(twins, self.games.gain)
        begin = [Climber(twin, (), amount, close) for twin, amount, close in
                 zip(twins, amounts.tolist(), near.tolist(), strict=True) if amount != NOTHING]  # fmt: skip
        begin.sort(key=lambda one: (-one.amount, -one.near))
        found = climb.climb(begin[:MOST_STARTS] if fixed is None else begin, self.games.gain)
        self.games.search.climb.tried += climb.tried
        return found
