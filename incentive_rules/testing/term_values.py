"""The value of a term where the names in it are known: to see on which side of a threshold somebody stands.

Nobody is paid by this: it steers. What it cannot say (rows of others, ranks, pools) it leaves open.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..model import terms as t
from ..model.terms import Constant

ValueOfName = Callable[[str], Constant]


class Open(Exception):
    """A value that is not known here."""


def value_of(term: t.Term, named: ValueOfName) -> Constant:
    """The value of the term; raises `Open` where it rests on more than names, `None` is missing."""
    match term:
        case t.Fixed(value=value):
            return value
        case t.Read(name=name):
            return named(name)
        case t.Choice(condition=condition, then=one, otherwise=other):
            held = value_of(condition, named)
            return None if held is None else value_of(one if held else other, named)
        case t.FirstKnown(operands=operands):
            return next((one for one in (value_of(x, named) for x in operands) if one is not None), None)
        case t.IsKnown(operand=operand):
            return value_of(operand, named) is not None
        case t.LookUp(grid=grid, keys=keys):
            found = [value_of(key, named) for key in keys]
            return None if None in found else _looked_up(grid, found)
        case t.Every(operands=operands, chain=chain) if not chain:
            return all(_flag(value_of(x, named)) for x in operands)
        case t.Mean() | t.Adjusted() | t.Aggregate() | t.Fold() | t.Ranked() | t.Running() | t.Shared() | t.Rounded():
            raise Open
    found = [value_of(x, named) for x in t.operands(term)]
    return None if None in found else _computed(term, found)


def _computed(term: t.Term, found: list[Constant]) -> Constant:
    match term:
        case t.Negated():
            return -_number(found[0])
        case t.Sum(minus=minus):
            return _number(found[0]) - _number(found[1]) if minus else _number(found[0]) + _number(found[1])
        case t.Product():
            return _number(found[0]) * _number(found[1])
        case t.Quotient():
            divisor = _number(found[1])
            return None if divisor == 0 else _number(found[0]) / divisor
        case t.Power(exponent=exponent):
            return _number(found[0]) ** exponent
        case t.Absolute():
            return abs(_number(found[0]))
        case t.Extreme(largest=largest):
            return max(map(_number, found)) if largest else min(map(_number, found))
        case t.Compared(operator=operator):
            return _compared(operator, found[0], found[1])
        case t.IsIn(members=members):
            return found[0] in members
        case t.IsNot():
            return not _flag(found[0])
        case t.Every():
            return all(map(_flag, found))
        case t.Some():
            return any(map(_flag, found))
        case _:
            raise Open


def _compared(operator: str, one: Constant, other: Constant) -> bool:
    if operator in ("==", "!="):
        return (one == other) is (operator == "==")
    a, b = _number(one), _number(other)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]


def _number(value: Constant) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        return Fraction(value)
    raise Open


def _flag(value: Constant) -> bool:
    if isinstance(value, bool):
        return value
    raise Open


def _looked_up(grid: t.Grid, keys: list[Constant]) -> Constant:
    """The cell of a table with bounds or words; one that draws lines between its points is left open."""
    if grid.kind == "equals":
        found = next((result for edge, result in grid.rows if edge == keys[0]), grid.otherwise)
    elif grid.kind in ("from", "up_to"):
        key = _number(keys[0])
        rows = [(Fraction(edge), result) for edge, result in grid.rows if isinstance(edge, Fraction | bool)]
        if grid.kind == "from":
            met = [result for edge, result in rows if key >= edge]
            found = met[-1] if met else grid.otherwise
        else:
            found = next((result for edge, result in rows if key <= edge), grid.otherwise)
    else:
        raise Open
    return _looked_up(found, keys[1:]) if isinstance(found, t.Grid) else found
