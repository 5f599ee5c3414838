"""Equal cells have one number: which rows of a column say the same, found without an object for each of them.

A cell comes as one or several words of 64 bits. They are spread over a table by a part of a product, as every hash
table does it; but what meets there is compared, so that no chance decides what is equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain
from typing import TypeGuard

import numpy as np
import numpy.typing as npt

from ...model.arrays import Ints
from ...model.table import Column, DecimalCells

CellWords = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.int32]

_SPREADS = tuple(np.uint64(0x9E3779B97F4A7C15 + 0xD1342543DE82EF9A * n & 0xFFFFFFFFFFFFFFFF | 1) for n in range(16))
_MOST_BITS = 25  # of the size of a table
_MIX = np.uint64(0xFF51AFD7ED558CCD)


def number_cells(words: Sequence[CellWords]) -> tuple[Codes, Ints] | None:
    """Which of the different cells each row has, and the row in which each of them first appears, in their order.

    None where cells meet too often: whoever chose them may have meant them to.
    """
    size = len(words[0])
    mixed = reduce(_mixed, words)
    bits = min(size.bit_length() + 1, _MOST_BITS)
    table = np.empty(1 << bits, np.int32)
    rows = np.arange(size, dtype=np.int32)

    def met(left: Codes, spread: np.uint64) -> Codes:
        """Of these rows, by where they come in the table, the first one that comes there as well."""
        product = (mixed if len(left) == size else mixed[left]) * spread
        place = (product >> np.uint64(64 - bits)).view(np.int64)
        table[place[::-1]] = left[::-1]  # of several the last one stays: the first row
        return table[place]

    same_as = met(rows, _SPREADS[0])  # by row the first one with the same cell, as soon as it is known
    left = rows[reduce(np.logical_or, [one[same_as] != one for one in words])]
    for spread in _SPREADS[1:]:
        if not len(left):
            break
        same_as[left] = met(left, spread)
        left = left[reduce(np.logical_or, [one[same_as[left]] != one[left] for one in words])]
    if len(left):
        return None
    is_first = same_as == rows
    numbers = np.cumsum(is_first, dtype=np.int32) - np.int32(1)
    return numbers[same_as], np.flatnonzero(is_first)


def column_of_steps(steps: Ints, decimals: int) -> Column | None:
    """The column of numbers that are counted in steps of the last of so many decimals; None as above."""
    found = number_cells([np.ascontiguousarray(steps).view(np.uint64)])
    return None if found is None else Column(found[0], DecimalCells(steps[found[1]], decimals))


def number_texts(parts: Sequence[Sequence[str]]) -> tuple[list[str], list[Ints]]:
    """The different texts of several lists, in the order in which they first appear; and of each list their numbers."""
    numbers = dict.fromkeys(chain.from_iterable(parts), 0)
    numbers.update(zip(numbers, range(len(numbers)), strict=True))
    found = [np.fromiter(map(numbers.__getitem__, texts), np.int64, len(texts)) for texts in parts]
    return list(numbers), found


def all_texts(parts: Iterable[Sequence[object]]) -> TypeGuard[Sequence[Sequence[str]]]:
    """Whether everything in these lists is a text."""
    return all(set(map(type, values)) <= {str} for values in parts)


def _mixed(one: CellWords, other: CellWords) -> CellWords:
    mixed: CellWords = (one ^ (one >> np.uint64(29))) * _MIX + other
    return mixed
