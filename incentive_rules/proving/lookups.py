"""Tables: how a result moves as one key after the other moves along its rows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ..base.places import Place
from ..lang.types import Kind
from ..model import terms as t
from . import reasons
from .calculus import Calculus
from .direction import Direction, Sign, WordSteps, joined_signs, joint, sign_of_row, times
from .whose import At

CellOrGrid = t.Grid | t.Constant


def look_up_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """A table moves with each of its keys by itself, the others left where they are; then with all of them."""
    assert isinstance(term, t.LookUp)
    keys = [calculus.of(key, at) for key in term.keys]
    known = joined_signs(one.known for one in keys)
    moving = [number for number, key in enumerate(keys) if key.sign != "0"]
    if not moving:
        return Direction("0", known)
    if any(key.sign == "?" and not key.words for key in keys):
        return calculus.unsure(term, reasons.TABLE, *keys)
    holes = any(cell is None for cell in t.cells_of(term.grid))
    if holes:
        return calculus.unsure(term, reasons.TABLE_HOLES, *keys)
    blame = joint(*keys).blame
    if term.facts.type.kind in (Kind.CATEGORY, Kind.KEY):
        return _word_found(calculus, term, keys, moving)
    signs = [sign for number in moving for sign in _signs(term.grid, number, term.keys[number], keys[number])]
    sign = joined_signs(signs)
    if sign != "?":
        return Direction(sign, known, blame=blame)
    turns = (_turn(calculus, term.grid, number, keys[number]) for number in moving)
    return calculus.unsure(term, reasons.TABLE, *keys, at=next((place for place in turns if place is not None), None))


def _turn(calculus: Calculus, grid: t.Grid, number: int, moved: Direction) -> Place | None:
    """The first row that gives less than the one before it, as the key comes to them by getting better."""
    for level in _levels_at(grid, number):
        cells = dict(zip((edge for edge, _ in level.rows), level.places, strict=False))
        for steps, way in _ways(level, moved):
            rows = steps if times(calculus.better, way) != "-" else steps[::-1]
            for (_, one), (edge, other) in pairwise(rows):
                numbers = isinstance(one, Fraction | bool) and isinstance(other, Fraction | bool)
                if (other < one if numbers else _between(one, other) not in ("0", "+")) and edge is not None:  # type: ignore[operator]
                    return cells.get(edge)
    return None


def _ways(grid: t.Grid, moved: Direction) -> Iterator[tuple[list[tuple[t.Constant, CellOrGrid]], Sign]]:
    """The rows of one level in the order in which the key comes to them, each with its edge; and how it moves along."""
    rows: list[tuple[t.Constant, CellOrGrid]] = list(grid.rows)
    if moved.words:
        cells = dict(grid.rows)
        for steps in moved.words:
            yield [(word, cells.get(word, grid.otherwise)) for word in steps.words if word is not None], steps.sign
        return
    if not grid.complete and grid.kind in ("from", "up_to"):
        rows = [(None, grid.otherwise), *rows] if grid.kind == "from" else [*rows, (None, grid.otherwise)]
    yield rows, moved.sign


def _word_found(calculus: Calculus, term: t.LookUp, keys: list[Direction], moving: list[int]) -> Direction:
    """The words of the rows, in their order; of one key that moves."""
    known = joined_signs(one.known for one in keys)
    if len(moving) > 1:
        return calculus.unsure(term, reasons.WORDS, *keys)
    key = keys[moving[0]]
    found: list[WordSteps] = []
    for grid in _levels_at(term.grid, moving[0]):
        for sign, row in _rows(grid, key):
            if row is None or any(isinstance(cell, t.Grid) for cell in row):
                return calculus.unsure(term, reasons.WORDS, *keys)
            found.append(WordSteps(sign, tuple(cell for cell in row if not isinstance(cell, t.Grid))))
    return Direction("?", known, words=tuple(dict.fromkeys(found)), blame=key.blame)


def _levels_at(grid: CellOrGrid, depth: int) -> Iterator[t.Grid]:
    """The levels of a table that look at the key number `depth`, however one comes there."""
    if not isinstance(grid, t.Grid):
        return
    if depth == 0:
        yield grid
        return
    for result in _results(grid):
        yield from _levels_at(result, depth - 1)


def _results(grid: t.Grid) -> list[CellOrGrid]:
    return [*(result for _, result in grid.rows), *(() if grid.complete else (grid.otherwise,))]


def _signs(grid: t.Grid, number: int, key: t.Term, moved: Direction) -> Iterator[Sign]:
    """How the result moves with one key, at each place of the others."""
    for level in _levels_at(grid, number):
        if level.kind == "slices":  # each slice of a larger argument adds its own rate
            rates = [rate for _, rate in level.rows]
            up = all(isinstance(rate, Fraction) and rate >= 0 for rate in rates)
            down = all(isinstance(rate, Fraction) and rate <= 0 for rate in rates)
            yield times("0" if up and down else "+" if up else "-" if down else "?", moved.sign)
            continue
        for sign, row in _rows(level, moved):
            yield "?" if row is None else times(_sign_of_results(row), sign)


def _rows(grid: t.Grid, moved: Direction) -> Iterator[tuple[Sign, list[CellOrGrid] | None]]:
    """The results in the order in which the key comes to them, and how it moves along; None where that is open."""
    if moved.words:
        cells = dict(grid.rows)
        for steps in moved.words:
            words = [word for word in steps.words if word is not None]
            there = grid.kind == "equals" and (not grid.complete or all(word in cells for word in words))
            yield steps.sign, [cells.get(word, grid.otherwise) for word in words] if there else None
    elif grid.kind == "equals":
        yield moved.sign, _of_equals(grid)
    else:
        results = [result for _, result in grid.rows]
        if not grid.complete and grid.kind == "from":
            results.insert(0, grid.otherwise)
        elif not grid.complete and grid.kind == "up_to":
            results.append(grid.otherwise)
        yield moved.sign, results


def _of_equals(grid: t.Grid) -> list[CellOrGrid] | None:
    """The results for a flag or a number that moves; between numbers of the table its `else` may hold."""
    cells = dict(grid.rows)
    if all(isinstance(key, bool) for key in cells):
        return [cells.get(key, grid.otherwise) for key in (False, True)]
    ordered = [cells[key] for key in sorted(key for key in cells if isinstance(key, Fraction))]
    if len(ordered) < len(cells):
        return None
    if grid.complete:
        return ordered
    same = all(result == grid.otherwise for result in ordered)
    return [grid.otherwise] if same else None


def _sign_of_results(row: list[CellOrGrid]) -> Sign:
    """How results move along a row: cells by themselves, further levels where each cell moves so."""
    numbers = [cell for cell in row if isinstance(cell, Fraction | bool)]
    if len(numbers) == len(row):
        return sign_of_row(numbers)
    return joined_signs(_between(one, other) for one, other in pairwise(row))


def _between(one: CellOrGrid, other: CellOrGrid) -> Sign:
    """How the result moves from one level to another of the same shape, whatever the keys that are left."""
    if isinstance(one, Fraction | bool) and isinstance(other, Fraction | bool):
        return sign_of_row([one, other])
    if not isinstance(one, t.Grid) or not isinstance(other, t.Grid):
        return "?"
    edges = [[edge for edge, _ in grid.rows] for grid in (one, other)]
    if edges[0] != edges[1] or (one.kind, one.complete) != (other.kind, other.complete):
        return "?"
    if one.kind == "slices" and one.rows and not isinstance(one.rows[0][1], Fraction):
        return "?"
    return joined_signs(_between(a, b) for a, b in zip(_results(one), _results(other), strict=True))
