"""Columns of inputs with types: the exact values of cells that were accepted."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..base.moments import MINUTES_PER_DAY
from ..lang.types import Kind
from ..model.checked import CheckedInput
from .typed import CellKind, TypedColumn


def of_input(item: CheckedInput, codes: NDArray[Any], exact: Mapping[int, object]) -> TypedColumn:
    """The column of an input; of each row the exact value is `exact[code]`, None where it is missing."""
    met = sorted(exact)
    places = np.searchsorted(np.array(met, np.int64), codes)
    known = np.array([exact[code] is not None for code in met], bool)[places] if met else np.zeros(0, bool)
    kind, cells = _cells(item, [exact[code] for code in met])
    if kind is CellKind.WORD:
        return TypedColumn(item.name, kind, places, known, words=cells)
    return TypedColumn(item.name, kind, cells[places], known, item.decimals)


def _cells(item: CheckedInput, values: list[Any]) -> tuple[CellKind, Any]:
    """How a column of this input is kept, and each different value in it; anything for a missing one."""
    kind = item.facts.type.kind
    if kind is Kind.NUMBER:
        whole = item.facts.type.whole and not item.decimals
        units = [0 if one is None else int(Fraction(one) * 10**item.decimals) for one in values]
        narrow = all(-(1 << 63) <= number < 1 << 63 for number in units)
        return CellKind.WHOLE if whole else CellKind.UNITS, np.array(units, np.int64 if narrow else object)
    if kind is Kind.BOOLEAN:
        return CellKind.FLAG, np.array([bool(one) for one in values], bool)
    if kind in (Kind.DATE, Kind.TIME):
        numbers = np.array([1 if one is None else int(one) for one in values], np.int64)
        if kind is Kind.DATE:
            return CellKind.DATE, numbers
        return CellKind.MOMENT if len(numbers) and int(numbers.max()) >= MINUTES_PER_DAY else CellKind.CLOCK, numbers
    return CellKind.WORD, ["" if one is None else str(one) for one in values]
