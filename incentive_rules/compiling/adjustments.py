"""Compiles adjustments: caps, floors and vetoes, in the order written."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ..model.plan import Atom
from .cells import CellBuilder
from .choices import choose, extreme
from .rationals import Lowered, Rational, add_rationals, multiply_rationals


@frozen
class LoweredStep:
    """One adjustment, its condition and amount lowered."""

    action: str
    when: Atom
    amount: Lowered


def lower_adjustments(cells: CellBuilder, value: Lowered, steps: Sequence[LoweredStep]) -> Lowered:
    """The value after its steps; `set` acts on a missing value too, the others only on a known one."""
    for step in steps:
        if step.action == "set":
            value = choose(cells, step.when, step.amount, value)
            continue
        assert isinstance(value, Rational) and isinstance(step.amount, Rational)
        value = choose(cells, step.when, _stepped(cells, step.action, value, step.amount), value)
    return value


def _stepped(cells: CellBuilder, action: str, value: Rational, amount: Rational) -> Rational:
    match action:
        case "at_most":
            return extreme(cells, False, value, amount)
        case "at_least":
            return extreme(cells, True, value, amount)
        case "add":
            return add_rationals(cells, value, amount)
        case "multiply":
            return multiply_rationals(cells, value, amount)
    raise AssertionError(action)
