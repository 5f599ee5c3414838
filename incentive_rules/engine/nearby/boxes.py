"""Between which values a cell lies in some worlds: the least and the largest, row by row; a point where both are one.

An operation on boxes gives a box that holds every result of values inside them. Of points it gives the point that the
columns of a run give: one program plays single values and whole stretches of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from ...model.arrays import Array, Flags
from ...model.plan import CellValue, Span
from ..columns.cells import Columns, is_narrow, is_wide, largest, widened

WorldOf = Array  # one row for each world, one column for each row of a cell


@frozen(eq=False)
class Box:
    """The least and the largest value in each world of each row; of flags False is the less. One array for points."""

    low: WorldOf
    high: WorldOf

    @property
    def is_point(self) -> bool:
        return self.low is self.high


def point(values: WorldOf) -> Box:
    """NearbyValues that are known."""
    return Box(values, values)


def box_of(low: WorldOf, high: WorldOf) -> Box:
    """A box, which is of points where its ends are the same everywhere."""
    return Box(low, low) if low is high or np.array_equal(low, high) else Box(low, high)


def certain(*boxes: Box) -> Flags | None:
    """The worlds and rows in which all are points; None where that is everywhere."""
    found: Flags | None = None
    for box in boxes:
        if not box.is_point:
            same = np.asarray(box.low == box.high, bool)
            found = same if found is None else found & same
    return found


def clipped(box: Box, span: Span | None) -> Box:
    """The part of a box within the bounds that the plan promises, in arrays of the width that the plan says."""
    if span is None:
        return box
    if box.is_point:
        return point(_within(box.low, span))
    return box_of(_within(box.low, span), _within(box.high, span))


def _within(values: Array, span: Span) -> Array:
    if is_narrow(*span):
        if is_wide(values):
            return np.minimum(np.maximum(values, span[0]), span[1]).astype(np.int64)
        return np.clip(values, span[0], span[1])
    return np.minimum(np.maximum(widened(values), span[0]), span[1])


def _hull(some: Sequence[Array]) -> Box:
    low = high = some[0]
    for one in some[1:]:
        low, high = np.minimum(low, one), np.maximum(high, one)
    return Box(low, high)


def operated(operator: str, boxes: Sequence[Box]) -> Box:
    """The result of an operation of the plan."""
    if all(box.is_point for box in boxes) and operator != "*":
        return point(_EXACT[operator](*(box.low for box in boxes)))
    first, second = boxes[0], boxes[-1]
    match operator:
        case "+":
            return Box(first.low + second.low, first.high + second.high)
        case "-":
            return Box(first.low - second.high, first.high - second.low)
        case "neg":
            return Box(-first.high, -first.low)
        case "min" | "max" | "and" | "or":
            exact = _EXACT[operator]
            return Box(exact(first.low, second.low), exact(first.high, second.high))
        case "not":
            return Box(~first.high, ~first.low)
        case "abs":
            ends = _hull([np.abs(first.low), np.abs(first.high)])
            around = (first.low < 0) & (first.high > 0)
            return Box(np.where(around, np.zeros_like(ends.low), ends.low), ends.high)
        case "*":
            return _product(first, second)
        case "//":  # by what is above 0: the corners are the ends
            divisors = (second.low,) if second.is_point else (second.low, second.high)
            return _hull([np.floor_divide(top, by) for top in (first.low, first.high) for by in divisors])
        case "<":
            return Box(first.high < second.low, first.low < second.high)
        case "<=":
            return Box(first.high <= second.low, first.low <= second.high)
        case "==":
            same = (first.low == first.high) & (second.low == second.high) & (first.low == second.low)
            return Box(same, (first.low <= second.high) & (second.low <= first.high))
    raise AssertionError(operator)


def _product(first: Box, second: Box) -> Box:
    if not is_wide(first.low, second.low):
        bound = _most(first) * _most(second)
        if not is_narrow(bound):
            first, second = _wide(first), _wide(second)
    if first.is_point and second.is_point:
        return point(first.low * second.low)
    ends = [one * other for one in ends_of(first) for other in ends_of(second)]
    return _hull(ends)


def ends_of(box: Box) -> tuple[Array, ...]:
    """The least and the largest values, of points once."""
    return (box.low,) if box.is_point else (box.low, box.high)


def _most(box: Box) -> int:
    return max(largest(end.ravel()) for end in ends_of(box))


def _wide(box: Box) -> Box:
    return point(widened(box.low)) if box.is_point else Box(widened(box.low), widened(box.high))


def wide_if(needed: bool, boxes: Sequence[Box]) -> list[Box]:
    """Numbers as Python's own, where they may be too wide for an array; flags as they are."""
    return [_wide(box) if needed and box.low.dtype != bool and not is_wide(box.low) else box for box in boxes]


def picked(condition: Box, then: Box, otherwise: Box) -> Box:
    """`then` where the condition holds, `otherwise` where it does not, and both where it may hold or not."""
    if condition.is_point:
        low = np.where(condition.low, then.low, otherwise.low)
        if then.is_point and otherwise.is_point:
            return point(low)
        return box_of(low, np.where(condition.low, then.high, otherwise.high))
    low = np.where(condition.low, then.low, otherwise.low)
    high = np.where(condition.low, then.high, otherwise.high)
    open_ = condition.low != condition.high
    either_low, either_high = np.minimum(then.low, otherwise.low), np.maximum(then.high, otherwise.high)
    return box_of(np.where(open_, either_low, low), np.where(open_, either_high, high))


def masked(where: Box | None, values: Box, empty: int) -> Box:
    """NearbyValues where a condition holds, `empty` where it does not, both where it may hold or not."""
    if where is None:
        return values
    return picked(where, values, point(np.full((1, 1), empty, values.low.dtype)))


def found_in_map(
    columns: Columns, entries: Mapping[CellValue, CellValue], default: CellValue, key: Box, is_text: bool
) -> Box:
    """The entries of a constant map at these keys; all that there are where a key is open."""
    numbers = {
        number: columns.atom(value) for entry, value in entries.items()
        if (number := columns.texts.known(str(entry)) if is_text else entry) is not None
    }  # fmt: skip
    otherwise = columns.atom(default)
    every = [*numbers.values(), otherwise]
    dtype = bool if isinstance(otherwise, bool) else np.int64 if is_narrow(*every) else object
    flat = [numbers.get(one, otherwise) for one in key.low.ravel().tolist()]
    low = np.array(flat, dtype).reshape(key.low.shape)
    if key.is_point:
        return point(low)
    open_ = np.asarray(key.low != key.high, bool)
    return box_of(np.where(open_, np.array(min(every), dtype), low), np.where(open_, np.array(max(every), dtype), low))


_EXACT = {
    "+": np.add, "-": np.subtract, "//": np.floor_divide, "neg": np.negative, "abs": np.absolute,
    "min": np.minimum, "max": np.maximum, "<": np.less, "<=": np.less_equal, "==": np.equal,
    "and": np.logical_and, "or": np.logical_or, "not": np.logical_not,
}  # fmt: skip
