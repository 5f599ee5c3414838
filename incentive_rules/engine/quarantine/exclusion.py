"""Who is excluded from a run: the refused and those out of scope, with their rows; everybody else is the rest.

Whoever is not held comes out as if the excluded rows had never been there.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...model.arrays import Array, Flags
from ...model.levels import EVERYONE, PERSON, Level
from ...model.plan import Cell
from ..columns.index import Index


def without_excluded(index: Index, refused: Mapping[Level, Flags], outside: Flags) -> Index:
    """The rest of the rows; `refused` flags rows of each level, `outside` the people out of scope.

    A group that nobody is left in goes too, unless a table of groups brings it.
    """
    dropped = {level: np.zeros(index.size(level), bool) for level in index.numbers}
    for level, flags in refused.items():
        dropped[level] |= flags
    dropped[PERSON] |= outside
    for level in index.numbers:
        if outside.any() and level != PERSON and index.of_people(level):
            dropped[level] |= dropped[PERSON][index.up(level, PERSON)]
    for group in reversed(tuple(index.numbers)):  # those that belong to others before these
        if index.levels[group].sort == "group" and not index.levels[group].table:
            left = np.zeros(index.size(group), bool)
            for level in index.numbers:
                if group in index.owners(level):
                    left[index.up(level, group)[~dropped[level]]] = True
            dropped[group] |= ~left
    dropped[EVERYONE][:] = False  # there may be nobody left, and then everyone is nobody
    return index.without(dropped)


def columns_of_rest(
    rest: Index, before: Index, columns: Mapping[Cell, Array], levels: Mapping[Cell, Level]
) -> Mapping[Cell, Array]:
    """Columns of all rows before some were excluded as those of the rest."""
    if rest is before:
        return columns
    return {cell: column[rest.numbers[levels[cell]]] for cell, column in columns.items()}


def refused_above_people(
    before: Index, early: Mapping[Level, Flags], rest: Index, late: Mapping[Level, Flags]
) -> Mapping[Level, frozenset[int]]:
    """The refused rows that are no person's, by their numbers in the population.

    `early` flags rows of `before`, `late` those of the `rest` that were refused when all was worked out.
    """
    found: dict[Level, frozenset[int]] = {}
    for level in rest.numbers:
        if not rest.of_people(level):
            gone = [index.numbers[level][flags[level]] for index, flags in ((before, early), (rest, late)) if flags]
            found[level] = frozenset(number for numbers in gone for number in numbers.tolist())
    return found
