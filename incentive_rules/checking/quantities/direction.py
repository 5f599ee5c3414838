"""Checks that the scores of an indicator's table run the way that `better:` says."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction

from ...base.numbers import show_number
from ...model import scheme as s
from ...model import terms as t
from ..names.constants import number_of


def check_direction(quantity: s.Quantity, table: s.TableBody, grid: t.Grid, report: Callable[..., None]) -> None:
    """Reports a table whose scores run against `better:`, a slip that pays the wrong people."""
    better = quantity.indicator.better if quantity.indicator else None
    if better not in ("higher", "lower") or grid.kind == s.TableKind.EQUALS:
        return
    line: list[tuple[object, Fraction]] = [(e, r) for e, r in grid.rows if isinstance(r, Fraction)]
    if isinstance(grid.otherwise, Fraction) and not grid.complete:
        rest = (None, grid.otherwise)
        line = [*line, rest] if grid.kind == s.TableKind.UP_TO else [rest, *line]
    for (low, one), (high, other) in itertools.pairwise(line):
        if (other < one) if better == "higher" else (other > one):
            at = next((e for e, _ in table.rows if number_of(e) in (high, low) and number_of(e) is not None), None)
            report(
                "direction-conflict", at.place if at else table.place, name=quantity.name, variant=better,
                one=_edge(table, low), score=_shown(one), other=_edge(table, high), other_score=_shown(other),
            )  # fmt: skip
            return


def _edge(table: s.TableBody, value: object) -> str:
    """An edge as it is written."""
    return next((e.text for e, _ in table.rows if value is not None and number_of(e) == value), _shown(value))


def _shown(value: object) -> str:
    return show_number(value) if isinstance(value, Fraction) else "…"
