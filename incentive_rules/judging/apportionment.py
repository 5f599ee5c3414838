"""Shares a sum in whole units by the bare definitions: exact shares, caps, and then the last units.

Comes in: units to share, and for each member a weight, a key and perhaps a cap. Goes out: the units of each.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from .numbers import RefereeFault


@frozen
class Member:
    """One who shares: a weight above 0, the key that decides between equals, and the cap in units."""

    weight: Fraction
    key: tuple[object, ...]
    cap: int | None = None


@frozen
class Levelled:
    """The exact shares once caps are respected.

    `left` is what remains for the members below their caps, whose weights sum to `open`. `exact` is each member's share
    before anything is rounded: the cap if it would be more.
    """

    left: Fraction
    open: Fraction
    exact: tuple[Fraction, ...]
    capped: tuple[bool, ...]


def levelled(amount: int | Fraction, members: Sequence[Member]) -> Levelled:
    """Shares exactly: a member above its cap gets the cap, and the others share the rest, until none is above."""
    capped = [False] * len(members)
    while True:
        left = Fraction(amount) - sum(m.cap or 0 for m, full in zip(members, capped, strict=True) if full)
        weights = sum((m.weight for m, full in zip(members, capped, strict=True) if not full), Fraction(0))
        exact = [
            Fraction(m.cap or 0) if full else left * m.weight / weights for m, full in zip(members, capped, strict=True)
        ]
        above = [m.cap is not None and share > m.cap for m, share in zip(members, exact, strict=True)]
        if not any(above):
            return Levelled(left, weights, tuple(exact), tuple(capped))
        capped = [full or over for full, over in zip(capped, above, strict=True)]


def apportioned(amount: int | Fraction, members: Sequence[Member], method: str) -> tuple[int, ...]:
    """The units of each member, in their order; units that nobody may take, and fractions of a unit, remain."""
    if not members:
        return ()
    exact = levelled(amount, members).exact
    match method:
        case "keep_remainder":
            return tuple(share // 1 for share in exact)
        case "largest_remainder":
            return _largest_remainder(min(amount, sum(exact)), members, exact)
        case "webster":
            return _webster(amount // 1, members)
    raise RefereeFault(f"{method} is no way to share the last units")


def _largest_remainder(amount: int | Fraction, members: Sequence[Member], exact: Sequence[Fraction]) -> tuple[int, ...]:
    """Hamilton 1792: everybody gets the whole units, then the largest remaining fractions one unit each."""
    found = [share // 1 for share in exact]
    order = sorted(
        range(len(members)), key=lambda i: (-(exact[i] - found[i]), -members[i].weight, members[i].key)
    )  # fmt: skip
    for i in order[: int(amount) - sum(found)]:
        found[i] += 1
    return tuple(found)


def _webster(amount: int, members: Sequence[Member]) -> tuple[int, ...]:
    """Webster 1832: unit by unit to the largest weight / (2 x units + 1) of those below their cap.

    The units above a threshold are given at once if the amount covers them all; only the rest is given one by one.
    """

    def above(threshold: Fraction) -> list[int]:
        """How many units of each member have a weight / (2 x units + 1) of at least the threshold."""
        counts = [int((m.weight / threshold + 1) / 2) for m in members]
        return [c if m.cap is None else min(c, m.cap) for c, m in zip(counts, members, strict=True)]

    def next_in_line(i: int) -> tuple[Fraction, Fraction, tuple[object, ...], int]:
        """What a member waits for the next unit with: the smallest comes first."""
        return -members[i].weight / (2 * found[i] + 1), -members[i].weight, members[i].key, i

    low, high = Fraction(0), max(m.weight for m in members) + 1
    room = None if any(m.cap is None for m in members) else sum(m.cap or 0 for m in members)
    if room is not None and room <= amount:
        return tuple(m.cap or 0 for m in members)
    while amount - sum(above(high)) > len(members):
        middle = (low + high) / 2
        if sum(above(middle)) <= amount:
            high = middle
        else:
            low = middle
    found = above(high)
    waiting = [next_in_line(i) for i, m in enumerate(members) if m.cap is None or found[i] < m.cap]
    heapq.heapify(waiting)
    for _ in range(amount - sum(found)):
        _, _, _, first = heapq.heappop(waiting)
        found[first] += 1
        cap = members[first].cap
        if cap is None or found[first] < cap:
            heapq.heappush(waiting, next_in_line(first))
    return tuple(found)
