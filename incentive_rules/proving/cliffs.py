"""Cliffs between two values of a cell: what happens over a stretch is followed to the step at which most of it does.

No threshold need be known for it: between two values at which a line differs there is a step at which it changes, and
of two halves the one is taken in which it changes more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from ..model.checked import CheckedInput
from .climb import Numbers, Twin
from .values import value_between
from .worlds import CellAt, World

MOST_STRETCHES = 24  # that are followed
MOST_HALVINGS = 40

Judged = Callable[[Sequence[Twin]], Numbers]  # how much happens in each pair of worlds
InputOf = Callable[[CellAt], CheckedInput | None]


def wide_pairs(world: World, cell: CellAt, values: Iterable[object]) -> list[Twin]:
    """Pairs of worlds over a whole stretch between two values that are tried."""
    return [Twin(world, ((cell, low, high),)) for low, high in pairwise(values)]


def steps_of_stretches(twins: Sequence[Twin], input_of: InputOf, judged: Judged) -> list[Twin]:
    """The steps at which most happens, of the stretches over which most does."""
    amounts = judged(twins)
    order = sorted(range(len(twins)), key=lambda number: -amounts[number])
    followed = [twins[number] for number in order[:MOST_STRETCHES] if amounts[number] > 0]
    found: list[Twin] = []
    for _ in range(MOST_HALVINGS):
        halves = [(twin, _halves(twin, input_of)) for twin in followed]
        found += [twin for twin, parts in halves if not parts]
        tried = [part for _, parts in halves for part in parts]
        if not tried:
            break
        amounts = judged(tried)
        followed = [tried[number + (amounts[number + 1] > amounts[number])] for number in range(0, len(tried), 2)]
    return found


def _halves(twin: Twin, input_of: InputOf) -> tuple[Twin, ...]:
    """The two halves of a stretch; none where it is one step."""
    ((cell, low, high),) = twin.cells
    one = input_of(cell)
    between = None if one is None else value_between(one, low, high)
    if between is None or between in (low, high):
        return ()
    return Twin(twin.world, ((cell, low, between),)), Twin(twin.world, ((cell, between, high),))
