"""Finds what a term is divided by, and whether that is the same for all rows that are added up.

Exact quotients can be summed over rows only if all rows share one divisor; else the common denominator grows with every
row.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...lang.types import Kind
from ...model import terms as t
from ...model.levels import PERSON, Level
from ..names.symbols import Symbols


def divisor_varies(term: t.Term, level: Level | None, symbols: Symbols) -> bool:
    """Whether a term is a quotient whose divisor differs among the rows of one row of `level`.

    Without a level, whether it is a quotient by anything but a constant.
    """
    return any(
        level is None or not symbols.levels.is_above(home, level)
        for part in t.walk(term, lambda x: _exact_parts(x, symbols))
        for home in _divided_by(part, symbols)
    )


def _divided_by(term: t.Term, symbols: Symbols) -> list[Level]:
    """The levels of what a term itself is divided by, constants left out."""
    match term:
        case t.Quotient(right=divisor):
            return [level for _, level in homes_of(divisor, symbols)]
        case t.Aggregate() if term.entry.divides:
            return [term.source if term.others else term.level]
        case t.Mean(weights=weights):
            fixed = term.missing != "reweigh" and all(isinstance(x, t.Fixed) for x in weights)
            return [] if fixed else [PERSON]
    return []


def homes_of(term: t.Term, symbols: Symbols) -> Iterator[tuple[t.Term, Level]]:
    """The values that a term reads within one row, each with its level."""
    for part in t.walk(term, _inside_one_row):
        match part:
            case t.Read(name=name):
                own = symbols.inputs.get(name)
                level = own.level if own is not None else symbols.level_of(name)
                yield part, PERSON if level is None else level
            case t.Aggregate():
                yield part, part.source if part.others else part.level
            case t.Ranked(source=source) | t.Running(source=source) | t.Shared(source=source):
                yield part, source


def _inside_one_row(term: t.Term) -> tuple[t.Term, ...]:
    """The operands of a term that are values of the same row; none for a term over many rows."""
    of_many = isinstance(term, t.Aggregate | t.Ranked | t.Running | t.Shared)
    return () if of_many else t.operands(term)


def _exact_parts(term: t.Term, symbols: Symbols) -> tuple[t.Term, ...]:
    """The numeric operands whose divisors survive in the term's exact value (none below a rounding)."""
    match term:
        case t.Rounded() | t.Shared() | t.Ranked() | t.Running():
            return ()
        case t.Read(name=name):
            quantity = symbols.quantities.get(name)
            return (quantity.term,) if quantity is not None and quantity.decimals is None else ()
        case t.LookUp(grid=grid, keys=keys):
            return keys if t.draws_lines(grid) else ()
    return tuple(x for x in t.operands(term) if x.facts.type.kind is not Kind.BOOLEAN)
