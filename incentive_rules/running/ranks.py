"""Places in a ranking, with named ties; and values of a sorted row, by named methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def places(keys: Sequence[Any], ties: str) -> list[int]:
    """The place of each key, the smallest first; equal keys have equal places.

    `standard`: 1 and those before it; `modified`: those before it or level with it; `dense`: 1 and the
    different places before it.

    >>> [places([7, 3, 7, 9], ties) for ties in ("standard", "modified", "dense")]
    [[2, 1, 2, 4], [3, 1, 3, 4], [2, 1, 2, 3]]
    """
    order = sorted(range(len(keys)), key=keys.__getitem__)
    found = [0] * len(keys)
    begin = different = 0
    while begin < len(order):
        end = begin
        while end < len(order) and keys[order[end]] == keys[order[begin]]:
            end += 1
        different += 1
        place = begin + 1 if ties == "standard" else end if ties == "modified" else different
        for number in order[begin:end]:
            found[number] = place
        begin = end
    return found


def quantile(values: Sequence[int], top: int, bottom: int, method: str) -> int:
    """The percentile top/bottom of ascending values, of which there is one at least; `linear` gives it times `bottom`.

    >>> [quantile([10, 20, 30, 40], 1, 2, method) for method in ("at_least", "more_than", "linear")]
    [20, 30, 50]
    """
    count = len(values)
    if method == "linear":
        number, part = divmod(top * (count - 1), bottom)
        step = values[number + 1] - values[number] if part else 0
        return values[number] * bottom + part * step
    number = -(-top * count // bottom) if method == "at_least" else top * count // bottom + 1
    return values[min(max(number, 1), count) - 1]
