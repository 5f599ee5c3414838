"""Finds the values in which the result of an engine and the judgement of the referee differ."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from attrs import frozen

from ..model.exact_values import as_constant
from ..model.result import Result
from ..model.terms import Constant
from ..model.trace import Judgement


@frozen
class Unequal:
    """A value that differs between the two engines, None if it is missing.

    For a quantity of detail rows `row` counts those of the person, from 1. `part` is what differs: the value, the state
    of a pay line, whether the person is in scope, or the number of rows.
    """

    name: str
    ours: Constant
    theirs: Constant
    details: str = ""
    row: int | None = None
    part: Literal["value", "state", "scope", "rows"] = "value"

    @property
    def label(self) -> str:
        """`orders.spent [2]`, `bonus: state`."""
        name = f"{self.details}.{self.name}" if self.details else self.name
        if self.row is not None:
            return f"{name} [{self.row}]"
        return f"{name}: {self.part}" if self.part in ("state", "rows") else name


def differences(result: Result, judgement: Judgement) -> Iterator[Unequal]:
    """The values of a person that differ between the engine and the referee, in the order of the scheme."""
    if result.in_scope is not judgement.in_scope:
        yield Unequal("in_scope", result.in_scope, judgement.in_scope, part="scope")
    for name, theirs in judgement.values.items():
        ours = as_constant(result[name])
        if not _equal(ours, theirs):
            yield Unequal(name, ours, theirs)
    for details, rows in judgement.rows.items():
        for name in rows[0] if rows else ():
            values = result[name]
            mine = tuple(map(as_constant, values)) if isinstance(values, tuple) else ()
            if len(mine) != len(rows):
                yield Unequal(name, Fraction(len(mine)), Fraction(len(rows)), details, part="rows")
            for number, (one, row) in enumerate(zip(mine, rows, strict=False), 1):
                if not _equal(one, row[name]):
                    yield Unequal(name, one, row[name], details, number)
    for name, line in result.lines.items():
        if name in judgement.states and line.state != judgement.states[name]:
            yield Unequal(name, line.state, judgement.states[name], part="state")


def _equal(ours: Constant, theirs: Constant) -> bool:
    return ours == theirs and isinstance(ours, bool) is isinstance(theirs, bool)
