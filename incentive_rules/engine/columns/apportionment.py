"""A sum shared in whole units, in proportion to weights: exact, and the same whatever the order of the rows.

`shares(10, [1, 1, 1], ...)` gives 4, 3, 3: of equals the larger weight comes first, then the smaller key.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

Weight = int | Fraction
TieKey = int | str | tuple[object, ...]  # comparable with each other


def shares(
    amount: int | Fraction,
    weights: Sequence[Weight],
    keys: Sequence[TieKey],
    method: str = "largest_remainder",
    caps: Sequence[int] | None = None,
) -> list[int]:
    """What each gets of `amount`, in the order of `weights`; the rest of a sum that cannot be shared stays.

    An amount that is no whole number of units is shared exactly; in the end there are as many units as are whole in it.

    Weights and caps are not negative; who has no weight gets nothing. Methods are `largest_remainder`
    (Hamilton 1792), `webster` (Webster 1832, Sainte-Laguë) and `keep_remainder`.

    >>> shares(100, [50, 30, 19], ["a", "b", "c"])
    [51, 30, 19]
    >>> shares(100, [50, 30, 19], ["a", "b", "c"], "keep_remainder")
    [50, 30, 19]
    >>> shares(100, [50, 30, 20], ["a", "b", "c"], caps=[40, 100, 100])
    [40, 36, 24]
    >>> shares(100, [0, 0], ["a", "b"])
    [0, 0]
    >>> shares(Fraction(203, 2), [50, 50], ["a", "b"])
    [51, 50]
    """
    given = [0] * len(weights)
    some = [i for i, weight in enumerate(weights) if weight > 0]
    if caps is not None and sum(caps[i] for i in some) <= amount:
        for i in some:
            given[i] = caps[i]
        return given
    if not some or amount <= 0:
        return given
    full, rest, left = _filled(amount, weights, some, caps)
    if method == "webster":
        return _webster(amount, weights, keys, caps, some, (full, left, sum(weights[i] for i in rest)))
    for i in full:
        given[i] = caps[i] if caps is not None else 0
    _rounded_down(left, weights, keys, rest, given, method == "largest_remainder")
    return given


def part_of(amount: int, weights: Weight, every: Weight, method: str) -> int | Fraction:
    """What falls to some of those with weights, where the part of the others stays: the nearest units, a half up.

    `keep_remainder` rounds each share down, and nothing before it.

    >>> part_of(100037, 1, 4, "largest_remainder"), part_of(100037, 1, 4, "keep_remainder")
    (25009, Fraction(100037, 4))
    """
    if not every:
        return 0
    theirs = Fraction(amount) * weights / every
    return theirs if method == "keep_remainder" else int((2 * theirs + 1) // 2)


def is_full(
    amount: int | Fraction, weights: Sequence[Weight], caps: Sequence[int], one: int
) -> bool:  # fmt: skip
    """Whether one of them gets the cap, however much more its weight would be.

    >>> is_full(100, [50, 30, 20], [40, 100, 100], 0), is_full(100, [50, 30, 20], [50, 100, 100], 0)
    (True, False)
    """
    some = [i for i, weight in enumerate(weights) if weight > 0]
    if one not in some or amount <= 0:
        return False
    return sum(caps[i] for i in some) <= amount or one in _filled(amount, weights, some, caps)[0]


def _filled(
    amount: int | Fraction, weights: Sequence[Weight], some: Sequence[int], caps: Sequence[int] | None
) -> tuple[list[int], list[int], int | Fraction]:
    """Who gets the cap although the exact share is larger, who shares the rest, and that rest.

    Water that rises in vessels: those with the lowest cap for their weight are full first.
    """
    if caps is None:
        return [], list(some), amount
    rising = sorted(some, key=_cap_for_weight(weights, some, caps))
    left, total = amount, sum(weights[i] for i in some)
    for number, i in enumerate(rising):
        if caps[i] * total >= left * weights[i]:
            return rising[:number], rising[number:], left
        left -= caps[i]
        total -= weights[i]
    return rising, [], left


def _cap_for_weight(
    weights: Sequence[Weight], some: Sequence[int], caps: Sequence[int]
) -> Callable[[int], int | Fraction]:  # fmt: skip
    """The cap of each for its weight; of whole weights over one denominator, for whole numbers compare sooner."""
    whole = [weight for i in some if isinstance(weight := weights[i], int)]
    if len(whole) < len(some):
        return lambda i: Fraction(caps[i]) / weights[i]
    common = lcm(*whole)
    return lambda i: caps[i] * (common // int(weights[i]))


def _rounded_down(
    amount: int | Fraction, weights: Sequence[Weight], keys: Sequence[TieKey], some: Sequence[int], given: list[int],
    all_of_it: bool,
) -> None:  # fmt: skip
    """Exact shares rounded down; then one unit each to the largest fractions, if the rest is given too."""
    total = sum(weights[i] for i in some)
    fractions: list[tuple[Weight, Weight, TieKey, int]] = []
    left = amount
    for i in some:
        whole, part = divmod(amount * weights[i], total)
        given[i] = int(whole)
        left -= int(whole)  # below 0 never, for each is rounded down
        fractions.append((-part, -weights[i], keys[i], i))
    if all_of_it:
        for _, _, _, i in heapq.nsmallest(int(left), fractions):
            given[i] += 1


def _webster(
    amount: int | Fraction,
    weights: Sequence[Weight],
    keys: Sequence[TieKey],
    caps: Sequence[int] | None,
    some: Sequence[int],
    level: tuple[Sequence[int], int | Fraction, Weight],
) -> list[int]:
    """Unit by unit to the largest weight / (2 * its units + 1), begun where that is nearly done.

    At the exact shares' own divisor each weight rounded half up is what so many units lead to, whatever
    their number; from there at most half a unit for each is missing or too much.

    >>> shares(7, [5, 3, 1], ["a", "b", "c"], "webster")
    [4, 2, 1]
    >>> shares(13, [1, 1, 1], ["a", "b", "c"], "webster", caps=[2, 9, 9])
    [2, 6, 5]
    """
    full, left, total = level
    given = [0] * len(weights)
    for i in full:
        given[i] = caps[i] if caps is not None else 0
    for i in set(some).difference(full):
        nearest = int((2 * left * weights[i] + total) // (2 * total))
        given[i] = nearest if caps is None else min(nearest, caps[i])
    missing = int(amount) - sum(given)
    if missing > 0:
        able = (i for i in some if _has_room(i, given, caps))
        waiting = [(-_priority(weights[i], given[i]), -weights[i], keys[i], i) for i in able]
        heapq.heapify(waiting)
        for _ in range(missing):
            _, weight, key, i = heapq.heappop(waiting)
            given[i] += 1
            if _has_room(i, given, caps):
                heapq.heappush(waiting, (-_priority(weights[i], given[i]), weight, key, i))
    elif missing < 0:
        _taken_back(-missing, weights, keys, some, given)
    return given


def _priority(weight: Weight, units: int) -> Fraction:
    return Fraction(weight) / (2 * units + 1)


def _has_room(i: int, given: Sequence[int], caps: Sequence[int] | None) -> bool:
    return caps is None or given[i] < caps[i]


def _taken_back(
    count: int, weights: Sequence[Weight], keys: Sequence[TieKey], some: Sequence[int], given: list[int]
) -> None:
    """The last units are taken back: those given to the smallest weight / (2 * units + 1)."""
    order = {i: place for place, i in enumerate(sorted(some, key=lambda i: (-weights[i], keys[i], i)))}
    last = [(_priority(weights[i], given[i] - 1), -order[i], i) for i in some if given[i]]
    heapq.heapify(last)
    for _ in range(count):
        _, place, i = heapq.heappop(last)
        given[i] -= 1
        if given[i]:
            heapq.heappush(last, (_priority(weights[i], given[i] - 1), place, i))
