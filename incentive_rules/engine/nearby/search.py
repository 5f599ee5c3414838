"""The nearest value of a cell, up or down, at which what somebody is paid changes: no nearer one is left untried.

Distances are cut into stretches, the near ones short. A stretch is done with when nothing that is watched can change on
it, by the boxes of all that lies between, or when the scheme refuses every value of it. Any other is cut again, down to
single values, which are played as they are. So a value is passed over only where its pay is proved to be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import define, field, frozen

from ...model.arrays import Flags, Ints
from ...model.levels import PERSON
from ...model.plan import Cell, PlanInput
from .company import CellInWorlds, KnownCompany, Nearby, Played

MOST_TRIED = 600  # stretches and values of one cell in one direction; beyond, nothing is said of it
PARTS, MOST_PARTS = 8, 128  # into which a stretch is cut, more each time
MOST_BOXES = 3_000_000  # that one play holds of the widest step
Distances = tuple[int, int]  # the least and the largest distance


@frozen(eq=False)
class CellWay:
    """The values that one cell may take in one direction, by their distance from 1: `start + sign * stride * distance`.

    Of a word, `words` are the numbers of the others by their distance.
    """

    input: PlanInput
    row: int
    start: int
    sign: int
    stride: int
    most: int  # the largest distance
    words: tuple[int, ...] = ()

    def ends(self, stretch: Distances) -> Distances:
        """The least and the largest value of a stretch; words are tried one by one."""
        if self.words:
            return self.words[stretch[0] - 1], self.words[stretch[0] - 1]
        one, other = (self.start + self.sign * self.stride * distance for distance in stretch)
        return min(one, other), max(one, other)

    def value(self, distance: int) -> int:
        """The value at a distance, as cells of the plan hold it."""
        return self.ends((distance, distance))[0]


@define(eq=False)
class _Search:
    """How far the search on a way has come: stretches that are still open, the nearest first."""

    way: CellWay
    open: list[Distances] = field(factory=list)
    fresh: list[Distances] = field(factory=list)  # not yet played
    found: int | None = None
    tried: int = 0
    parts: int = PARTS
    given_up: bool = False

    @property
    def is_done(self) -> bool:
        return self.given_up or not (self.open or self.fresh)


@frozen(eq=False)
class Watched:
    """What somebody is paid: cells of a person's row with the values that they have, and the flags that must hold.

    `sound` are the flags of all that must hold, and that nobody leaves the scope.
    """

    person: int
    cells: tuple[Cell, ...]
    sound: tuple[Cell, ...]


def nearest_changes(nearby: Nearby, watched: Watched, ways: Sequence[CellWay]) -> list[int | None]:
    """For each way the distance of the nearest change; None where there is none, or none is certain."""
    searches = [_Search(way, fresh=list(_first_stretches(way))) for way in ways]
    while pending := [one for one in searches if one.fresh]:
        for some in _chunks(nearby, watched, pending):
            _round(nearby, watched, some)
        for one in pending:
            _cut(one)
    return [None if one.given_up else one.found for one in searches]


def _first_stretches(way: CellWay) -> Iterator[Distances]:
    begin, size = 1, 1
    while begin <= way.most:
        yield begin, min(begin + size - 1, way.most)
        begin, size = begin + size, 1 if way.words else size * 2


def _chunks(nearby: Nearby, watched: Watched, pending: Sequence[_Search]) -> Iterator[list[_Search]]:
    """The searches in parts that one play can hold."""
    rows = max((nearby.company.index.size(level) for level in nearby.company.index.numbers), default=1)
    at_once = max(64, MOST_BOXES // max(1, min(rows, 2000)))
    some: list[_Search] = []
    count = 0
    for one in pending:
        if some and count + len(one.fresh) > at_once:
            yield some
            some, count = [], 0
        some.append(one)
        count += len(one.fresh)
    if some:
        yield some


def cells_in_worlds(ways: Sequence[tuple[CellWay, Sequence[Distances]]]) -> tuple[int, list[CellInWorlds]]:
    """How many worlds these stretches are, one after the other, and the cells in them."""
    changes, worlds = list[CellInWorlds](), 0
    for way, stretches in ways:
        ends = [way.ends(stretch) for stretch in stretches]
        numbers = np.arange(worlds, worlds + len(ends))
        low, high = [low for low, _ in ends], [high for _, high in ends]
        changes.append(CellInWorlds(way.input, way.row, numbers, low, high))
        worlds += len(ends)
    return worlds, changes


def _round(nearby: Nearby, watched: Watched, some: Sequence[_Search]) -> None:
    """Play the fresh stretches; those on which something may change stay open."""
    cells = [(one.way.input, one.way.row) for one in some]
    slice_ = nearby.slice(cells, {cell: np.array([watched.person]) for cell in watched.cells}, watched.sound)
    worlds, changes = cells_in_worlds([(one.way, one.fresh) for one in some])
    played = nearby.play(slice_, worlds, changes)
    same, differs = compared(played, watched)
    refused, sound = soundness(nearby.company, played, watched.sound)
    at = 0
    for one in some:
        for stretch in one.fresh:
            one.tried += 1
            is_value = stretch[0] == stretch[1]
            if same[at] or refused[at]:
                pass
            elif not is_value:
                one.open.append(stretch)
            elif differs[at] and sound[at]:
                one.found = stretch[0]
            else:  # it cannot be told what comes of this value
                one.open = []
                one.given_up = one.found is None or stretch[0] < one.found
            at += 1
            if one.found is not None and is_value and one.found == stretch[0]:
                at += len(one.fresh) - one.fresh.index(stretch) - 1
                break
        one.fresh = []


def _cut(one: _Search) -> None:
    """Cut the nearest open stretches into parts, which are tried next."""
    if one.given_up:
        one.open = []
        return
    if one.found is not None:
        one.open = [stretch for stretch in one.open if stretch[0] < one.found]
    if not one.open:
        return
    if one.tried >= MOST_TRIED:
        one.given_up, one.open = True, []
        return
    one.open.sort()
    while one.open and len(one.fresh) < one.parts:
        begin, end = one.open.pop(0)
        size = max(1, -(-(end - begin + 1) // max(2, one.parts - len(one.fresh))))
        one.fresh += [(first, min(first + size - 1, end)) for first in range(begin, end + 1, size)]
    one.parts = min(one.parts * 2, MOST_PARTS)


def compared(played: Played, watched: Watched) -> tuple[Flags, Flags]:
    """In which worlds everything that is watched is surely as it was, and in which something surely differs."""
    same, differs = np.ones(played.worlds, bool), np.zeros(played.worlds, bool)
    rows = np.array([watched.person])
    for cell in watched.cells:
        if not len(played.changed_rows(cell)):
            continue
        box, known = played.box(cell, rows), played.base[cell][rows]
        low, high = box.low[:, 0], box.high[:, 0]
        same &= np.asarray((low == known[0]) & (high == known[0]), bool)
        differs |= np.asarray((high < known[0]) | (low > known[0]), bool) if low.dtype != bool else (
            np.asarray((low == high) & (low != known[0]), bool))  # fmt: skip
    return same, differs


def soundness(company: KnownCompany, played: Played, sound: Sequence[Cell]) -> tuple[Flags, Flags]:
    """Which worlds are surely refused, and which surely are not: by flags that hold in the known company."""
    refused, holds = np.zeros(played.worlds, bool), np.ones(played.worlds, bool)
    for cell in sound:
        rows: Ints = played.changed_rows(cell)
        rows = rows[np.asarray(company.columns[cell][rows], bool)] if len(rows) else rows
        if len(rows):
            box = played.box(cell, rows)
            refused |= np.broadcast_to(~box.high.all(axis=1), (played.worlds,))
            holds &= np.broadcast_to(box.low.all(axis=1), (played.worlds,))
    return refused, holds


def flags_that_must_hold(company: KnownCompany) -> tuple[Cell, ...]:
    """Those of all that must hold, and of the scope."""
    plan = company.plan
    scope = () if plan.in_scope is None else (plan.in_scope,)
    return (*dict.fromkeys(check.flag for check in plan.checks), *scope)


def levels_of_person(company: KnownCompany, person: int) -> Mapping[tuple[str, ...], Ints]:
    """The rows of a person by level: the person's own, and those of each table of details."""
    index = company.index
    found = {}
    for level in index.numbers:
        if level == PERSON:
            found[level] = np.array([person])
        elif index.of_people(level):
            found[level] = np.flatnonzero(index.up(level, PERSON) == person)
    return found
