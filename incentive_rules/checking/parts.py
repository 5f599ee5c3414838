"""Walks over terms that need no stack and see a shared part once.

Functions are written out where they are called, and an argument that is used twice is one object. So a
term of a few dozen objects may be a tree of millions: whoever walks it as a tree never comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from ..model.terms import Read, Term, operands

T = TypeVar("T")


def parts_of(term: Term, inside: Callable[[Term], Collection[Term]] = operands) -> Iterator[Term]:
    """The term and all that it is made of, each object once; `inside` says which parts to go into."""
    pending, seen = [term], {id(term)}
    while pending:
        part = pending.pop()
        yield part
        for x in inside(part):
            if id(x) not in seen:
                seen.add(id(x))
                pending.append(x)


def bottom_up(top: T, done: Collection[int], inside: Callable[[T], Collection[T]]) -> Iterator[T]:
    """What `top` is made of, operands before their owners, `top` last; whose id is in `done` is passed over.

    The caller adds the id of each part to `done` as it comes.
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


def names_of(term: Term) -> set[str]:
    """Every name that a term reads."""
    return {part.name for part in parts_of(term) if isinstance(part, Read)}


def height_of(term: Term) -> int:
    """How many parts stand above one another at most."""
    heights: dict[int, int] = {}
    for part in bottom_up(term, heights, operands):
        heights[id(part)] = 1 + max((heights[id(x)] for x in operands(part)), default=0)
    return heights[id(term)]
