"""Whose work is better and who is paid less all the same; and how far work may get better without any more pay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from random import Random

import numpy as np
from attrs import frozen

from ..lang.types import Kind
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import PERSON
from .climb import Numbers, Twin
from .ordering import weights_by_hand
from .space import ONE, Space
from .values import raw_number, unit_of
from .work import Improvement, feeds_of, measured_of
from .worlds import CellAt, OfWorlds, World

WORLDS = 1500
STEPS_ALONG = 64


@frozen(eq=False)
class Overtaken:
    """A twin whose second world has the better scores by hand, and pays a line less; of so many that were tried."""

    twin: Twin | None
    line: str
    tried: int


class Orders:
    """Worlds of one person who differs in work alone, compared with one another."""

    def __init__(self, checked: Checked, space: Space, starts: Sequence[World]) -> None:
        self.checked, self.space, self.starts = checked, space, starts
        self.work = set[str]().union(*feeds_of(checked).values())

    def _cells(self, left_out: Collection[str]) -> list[list[CellAt]]:
        """The cells of work, but of what is left out: each by itself, of details the same one in all rows."""
        found: dict[tuple[str, str], list[CellAt]] = {}
        for cell in self.space.cells(frozenset(self.work.difference(left_out)), (ONE,)):
            if self.space.whose(cell[0], cell[1]) == ONE:
                found.setdefault((cell[0], cell[2]), []).append(cell)
        return list(found.values())

    def worlds(self, start: World, left_out: Collection[str] = ()) -> list[World]:
        """Worlds that differ from one in some facts of work."""
        rng, cells = Random(5), self._cells(left_out)  # noqa: S311 - the same each time
        made = [start.settled()]
        for _ in range(WORLDS if cells else 0):
            changed: dict[CellAt, object] = {}
            for group in rng.sample(cells, min(len(cells), rng.choice((1, 1, 2, 3, 5)))):
                values = self.space.values(group[0])
                chosen = rng.choice(values) if values else None
                for cell in group if rng.random() < 0.5 else group[:1]:
                    if chosen is not None and (cell[0], cell[1]) not in start.without:
                        changed[cell] = chosen
            made.append(made[0].but(changed))
        return made

    def overtaken(
        self, within: Fraction, lines: Sequence[CheckedQuantity], left_out: Collection[str] = ()
    ) -> Overtaken:  # fmt: skip
        """Somebody whose scores, weighted by hand, exceed another's by more than this, and who is paid less."""
        weights = weights_by_hand(self.checked)
        if weights is None:
            return Overtaken(None, "", 0)
        tried = 0
        quantities = {q.name: q for q in self.checked.quantities}
        for start in self.starts:
            worlds = self.worlds(start, left_out)
            played = self.space.ground.play(worlds)
            tried += len(worlds)
            scores = [played.column(name, ONE) for name in weights]
            known = played.there(ONE) & np.logical_and.reduce([one.known for one in scores])
            total: Numbers = sum(
                (one.values.astype(float) / 10 ** (quantities[name].decimals or 0) * float(weight)
                 for one, (name, weight) in zip(scores, weights.items(), strict=True)), np.zeros(len(worlds)),
            )  # fmt: skip
            rows = np.flatnonzero(known)
            rows = rows[np.argsort(total[rows], kind="stable")]
            for line in lines if len(rows) else ():
                paid = played.column(line.name, ONE).values.astype(float)[rows]
                best = np.maximum.accumulate(paid)
                at = np.searchsorted(total[rows], total[rows] - float(within) - 1e-6, side="left") - 1
                loses = (at >= 0) & (best[np.maximum(at, 0)] > paid)
                if loses.any():
                    gap = np.where(loses, best[np.maximum(at, 0)] - paid, 0)
                    second = int(np.argmax(gap))
                    first = int(np.argmax(paid[: at[second] + 1]))
                    return Overtaken(_twin_of(worlds[rows[first]], worlds[rows[second]], self.space), line.name, tried)
        return Overtaken(None, "", tried)

    # ── Plateaus ──────────────────────────────────────────────────────────────────────────────────

    def plateau(
        self, line: CheckedQuantity, improvements: Sequence[Improvement]
    ) -> tuple[Twin | None, Fraction, str, int]:  # fmt: skip
        """The longest stretch of a measured value on which the line stays, as a part of its range: its two ends.

        No ends where it never stays; and how many worlds were tried.
        """
        best: tuple[Twin | None, Fraction, str] = (None, Fraction(0), "")
        tried = 0
        measured = measured_of(self.checked)
        for improvement in improvements:
            for cells, values in self._along(improvement):
                worlds = [World(dict.fromkeys(cells, value)) for value in values]
                played = self.space.ground.play(worlds)
                tried += len(worlds)
                paid = played.column(line.name, ONE)
                for name in improvement.indicators:
                    found = _longest(played.column(measured[name].name, ONE), paid)
                    if found is not None and found[2] > best[1]:
                        first, second, share = found
                        step = tuple((cell, values[first], values[second]) for cell in cells)
                        best = (Twin(World(), step), share, name)
        return (*best, tried)

    def _along(self, improvement: Improvement) -> Iterator[tuple[list[CellAt], list[object]]]:
        """A number of work from one end of its range to the other, in all rows of the person."""
        one = self.checked.inputs.get(improvement.move.name)
        if one is None or improvement.move.measured or one.facts.type.kind is not Kind.NUMBER:
            return
        low, high, unit = one.facts.bounds.low, one.facts.bounds.high, unit_of(one)
        table = improvement.move.level[0] if improvement.move.level != PERSON else ""
        cells = [cell for cell in self.space.cells(frozenset({one.name}), (ONE,)) if cell[0] == table]
        if low is None or high is None or not cells:
            return
        places = dict.fromkeys(Fraction(int((low + (high - low) * n / STEPS_ALONG) / unit)) * unit
                               for n in range(STEPS_ALONG + 1))  # fmt: skip
        values = [raw_number(one, place) for place in places if low <= place <= high]
        yield cells, values if improvement.sign == "+" else values[::-1]


def _longest(value: OfWorlds, line: OfWorlds) -> tuple[int, int, Fraction] | None:
    """The first and the last world of the longest stretch, and its part of the range that was gone through."""
    known = value.known & line.known
    rows = np.flatnonzero(known)
    if len(rows) < 2:
        return None
    numbers = value.values.astype(float)[rows]
    pay = line.values[rows]
    span = float(numbers.max() - numbers.min())  # of what the fact can bring about
    best: tuple[int, int, Fraction] | None = None
    begin = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or pay[at] != pay[begin]:
            share = abs(numbers[at - 1] - numbers[begin]) / span if span else 0
            if share > 0 and (best is None or share > best[2]):
                best = (int(rows[begin]), int(rows[at - 1]), Fraction(round(share * 10_000), 10_000))
            begin = at
    return best


def _twin_of(one: World, other: World, space: Space) -> Twin:
    """The twin of two worlds that lack the same rows."""
    here, there = one.cells, other.cells
    tables = space.ground.tables
    cells = [(cell, here.get(cell, tables[cell[0]][cell[1]].get(cell[2])), there.get(cell, tables[cell[0]][cell[1]].get(
        cell[2]))) for cell in dict.fromkeys((*here, *there))]  # fmt: skip
    same = {cell: before for cell, before, after in cells if before == after}
    return Twin(World(same, one.without), tuple(one for one in cells if one[1] != one[2]))
