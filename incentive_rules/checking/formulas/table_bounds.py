"""Between which values a look-up lies, from what its keys can be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from ...lang.types import Bounds
from ...model.scheme import TableKind
from ...model.terms import Constant, Grid
from ..ranges.bounds import add_bounds, hull, multiply_bounds


def reached(grid: Grid, keys: list[Bounds]) -> Bounds:
    """Bounds of a look-up: the rows that the key can reach, exactly at ends and edges where lines run."""
    own = keys[0]
    found: Bounds | None = None
    candidates: list[Bounds] = []
    if grid.kind in (TableKind.POINTS, TableKind.SLICES) and all(isinstance(r, Fraction) for _, r in grid.rows):
        return _line_bounds(grid, own)
    if grid.kind == TableKind.SLICES:
        return _sliced_bounds(grid, keys)
    for result in results_reached(grid, own):
        candidates.extend(_result_bounds(result, keys))
    for bounds in candidates:
        found = bounds if found is None else hull(found, bounds)
    return found if found is not None else Bounds(Fraction(0), Fraction(0))


def results_reached(grid: Grid, key: Bounds) -> Iterator[Grid | Constant]:
    """The results of the rows that a key between these bounds can reach, and the `else`."""
    numbers = [edge for edge, _ in grid.rows]
    for i, (edge, result) in enumerate(grid.rows):
        if isinstance(edge, Fraction) and key.low is not None and key.high is not None:
            following = numbers[i + 1] if i + 1 < len(numbers) else None
            before = numbers[i - 1] if i else None
            if grid.kind == TableKind.FROM and (
                edge > key.high or (isinstance(following, Fraction) and following <= key.low)
            ):
                continue
            if grid.kind == TableKind.UP_TO and (
                edge < key.low or (isinstance(before, Fraction) and before >= key.high)
            ):
                continue
        yield result
    if not grid.complete:
        yield grid.otherwise


def words_reached(grid: Grid, keys: list[Bounds]) -> frozenset[str]:
    """The words that a look-up with such keys can give."""
    found: set[str] = set()
    for result in results_reached(grid, keys[0]):
        if isinstance(result, Grid):
            found |= words_reached(result, keys[1:])
        elif isinstance(result, str):
            found.add(result)
    return frozenset(found)


def _result_bounds(result: Grid | Constant, keys: list[Bounds]) -> list[Bounds]:
    if isinstance(result, Grid):
        return [reached(result, keys[1:])]
    return [Bounds(result, result)] if isinstance(result, Fraction) else []


def _line_bounds(grid: Grid, key: Bounds) -> Bounds:
    """The least and the largest value of lines between the ends of the key: they lie at ends and edges."""
    edges = [(e, r) for e, r in grid.rows if isinstance(e, Fraction) and isinstance(r, Fraction)]
    ends = [end for end in (key.low, key.high) if end is not None]
    if grid.kind == TableKind.POINTS:
        line, corners = _interpolated, edges
        ends += [edges[0][0]] * (key.low is None) + [edges[-1][0]] * (key.high is None)
    else:
        line, corners = _sliced, _corners(edges)
        if key.low is None or (key.high is None and any(rate < 0 for _, rate in edges)):
            return Bounds()
    values = [v for e, v in corners if (key.low is None or e > key.low) and (key.high is None or e < key.high)]
    values += [line(edges, end) for end in ends]
    return Bounds(min(values), None if grid.kind == TableKind.SLICES and key.high is None else max(values))


def _sliced_bounds(grid: Grid, keys: list[Bounds]) -> Bounds:
    """Slices whose rates further keys decide: of each slice the part that the key can fill, at its rates."""
    own = keys[0]
    found = Bounds(Fraction(0), Fraction(0))
    edges = [edge for edge, _ in grid.rows if isinstance(edge, Fraction)]
    for (_, rates), start, end in zip(grid.rows, edges, [*edges[1:], None], strict=True):
        least = Fraction(0) if own.low is None else _part(own.low, start, end)
        tops = [x for x in (own.high, end) if x is not None]
        part = Bounds(least, max(Fraction(0), min(tops) - start) if tops else None)
        (rate,) = _result_bounds(rates, keys) or [Bounds()]
        found = add_bounds(found, multiply_bounds(part, rate))
    return found


def _part(x: Fraction, start: Fraction, end: Fraction | None) -> Fraction:
    """How much of a slice lies below x."""
    return max(Fraction(0), (x if end is None else min(x, end)) - start)


def _corners(edges: list[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """What slices have added up to at each of their edges."""
    found, total = [], Fraction(0)
    before, rate_before = edges[0][0], Fraction(0)
    for edge, rate in edges:
        total += (edge - before) * rate_before
        found.append((edge, total))
        before, rate_before = edge, rate
    return found


def _interpolated(edges: list[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
    if x <= edges[0][0]:
        return edges[0][1]
    for (a, p), (b, q) in itertools.pairwise(edges):
        if x <= b:
            return p + (q - p) * (x - a) / (b - a)
    return edges[-1][1]


def _sliced(edges: list[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
    total = Fraction(0)
    for i, (start, rate) in enumerate(edges):
        top = edges[i + 1][0] if i + 1 < len(edges) else x
        total += max(Fraction(0), min(x, top) - start) * rate
    return total
