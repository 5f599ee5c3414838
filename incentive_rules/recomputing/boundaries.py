"""Finds rows that are worth a second opinion: those where the very last digit decides a comparison.

A row is on a boundary if a fact is at an end of its range, or if a named value is exactly an edge of a table that looks
it up. Comes in: values. Goes out: the rows to recompute.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ..lang.types import ORDERED
from ..model.checked import Checked
from ..model.exact_values import as_constant
from ..model.result import Result
from ..model.terms import Constant, Grid, LookUp, Read, Term, walk

Boundary = tuple[str, Fraction]
_EDGED = frozenset({"from", "up_to", "points", "slices"})


def boundaries_of(checked: Checked) -> Mapping[str, frozenset[Fraction]]:
    """By name, the ends of ranges and the edges of tables.

    Only arguments with a name count; one that is computed inside a call is no value of its own.
    """
    found: dict[str, set[Fraction]] = {}
    for item in checked.inputs.values():
        bounds = item.facts.bounds
        if item.facts.type.kind in ORDERED:
            found.setdefault(item.name, set()).update(end for end in (bounds.low, bounds.high) if end is not None)
    terms = [q.term for q in checked.quantities] + [q.condition for q in checked.quantities if q.condition is not None]
    for term in terms:
        for look_up in (part for part in walk(term) if isinstance(part, LookUp)):
            for name, edge in _edges(look_up.grid, look_up.keys):
                found.setdefault(name, set()).add(edge)
    return {name: frozenset(values) for name, values in found.items() if values}


def _edges(grid: Grid, keys: Sequence[Term]) -> Iterable[Boundary]:
    key = keys[0]
    for edge, below in grid.rows:
        if grid.kind in _EDGED and isinstance(key, Read) and isinstance(edge, Fraction):
            yield key.name, edge
        if isinstance(below, Grid):
            yield from _edges(below, keys[1:])
    if isinstance(grid.otherwise, Grid):
        yield from _edges(grid.otherwise, keys[1:])


def stands_on(
    boundaries: Mapping[str, frozenset[Fraction]], facts: Iterable[Mapping[str, Constant | int]], result: Result
) -> tuple[Boundary, ...]:
    """The boundaries on which one person is, by the facts (those of details included) and by the results."""
    found: dict[Boundary, None] = {}
    for name, ends in boundaries.items():
        values: list[object] = [row[name] for row in facts if name in row]
        if name in result:
            came = result[name]
            values.extend(came if isinstance(came, tuple) else (came,))
        for value in values:
            exact = None if isinstance(value, bool) else as_constant(value)
            if isinstance(exact, Fraction) and exact in ends:
                found[name, exact] = None
    return tuple(found)


def spread(standing: Iterable[tuple[int, Iterable[Boundary]]], most: int) -> tuple[int, ...]:
    """At most `most` of the rows, one of each boundary in turn, so that a rare one is not crowded out.

    >>> spread([(1, [("jobs", 0)]), (2, [("jobs", 0)]), (3, [("score", 90)])], 2)
    (1, 3)
    """
    rows: dict[Boundary, list[int]] = {}
    for row, met in standing:
        for boundary in met:
            rows.setdefault(boundary, []).append(row)
    waiting = {boundary: iter(found) for boundary, found in rows.items()}
    chosen: dict[int, None] = {}
    while waiting and len(chosen) < most:
        for boundary, queue in tuple(waiting.items()):
            further = next((row for row in queue if row not in chosen), None)
            if further is None:
                del waiting[boundary]
            elif len(chosen) < most:
                chosen[further] = None
    return tuple(chosen)
