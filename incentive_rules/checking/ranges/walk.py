"""Visits each part of a term once, without recursion, and says of a part whether it may be missing by itself.

Functions are written out where they are called, and an argument that is used twice is one object. So a term of a
few dozen objects may be a tree of millions of nodes: a naive recursive walk takes exponential time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from ...model import terms as t

T = TypeVar("T")


def bottom_up(top: T, done: Collection[int], inside: Callable[[T], Collection[T]]) -> Iterator[T]:
    """Yields the parts of `top`, operands before the terms that have them, `top` last.

    Parts whose id is in `done` are passed over; the caller adds the id of each part to `done` as it comes.
    """
    pending = [top]
    while pending:
        part = pending[-1]
        waiting = [x for x in inside(part) if id(x) not in done] if id(part) not in done else []
        if waiting:
            pending.extend(waiting)
            continue
        pending.pop()
        if id(part) not in done:
            yield part


def makes_missing(term: t.Term) -> bool:
    """Whether a term may be missing although none of its operands is."""
    match term:
        case t.Fixed(value=value):
            return value is None
        case t.LookUp(grid=grid):
            return None in t.cells_of(grid)
        case t.Quotient(missing_at_zero=guarded):
            return guarded
        case t.Aggregate() | t.Fold():
            return not term.entry.zero_of_none
    return isinstance(term, t.Mean | t.Ranked | t.Running)
