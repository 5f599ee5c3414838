"""Between which edges the rows of a table lie that give certain results."""

from __future__ import annotations

from collections.abc import Set
from fractions import Fraction

from ...model.terms import Constant, Grid

Stretch = tuple[Fraction | None, Fraction | None]  # None: without an end


def stretches(grid: Grid, wanted: Set[Constant]) -> list[Stretch] | None:
    """The stretches of numbers, ascending, for which the result is one of these; None where rows are no stretches.

    >>> stretches(Grid("from", ((Fraction(60), "B"), (Fraction(80), "A")), "C"), {"A", "C"})
    [(None, Fraction(60, 1)), (Fraction(80, 1), None)]
    """
    edges = [edge for edge, _ in grid.rows if isinstance(edge, Fraction)]
    if grid.kind not in ("from", "up_to") or len(edges) < len(grid.rows) or not edges:
        return None
    results = [result for _, result in grid.rows]
    ends: list[Stretch]
    if grid.kind == "from":
        ends = list(zip(edges, [*edges[1:], None], strict=True))
        rest: Stretch = (None, edges[0])
        ends, results = ([rest, *ends], [grid.otherwise, *results]) if not grid.complete else (ends, results)
    else:
        ends = list(zip([None, *edges[:-1]], edges, strict=True))
        rest = (edges[-1], None)
        ends, results = ([*ends, rest], [*results, grid.otherwise]) if not grid.complete else (ends, results)
    if any(isinstance(result, Grid) for result in results):
        return None
    return [end for end, cell in zip(ends, results, strict=True) if not isinstance(cell, Grid) and cell in wanted]
