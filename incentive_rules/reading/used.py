"""Which levels a scheme stands on: those where something is computed, and those on the way between them."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.checked import Checked
from ..model.levels import EVERYONE, PERSON, Level
from ..model.terms import Aggregate, Ranked, Running, Shared, Term, walk


def levels_used(checked: Checked) -> frozenset[Level]:
    """People, everyone, details, groups with rows of their own; of the other groups those that formulas use.

    A category that is only read makes no group: nobody has to be gathered by it.
    """
    levels = checked.levels
    used = {PERSON, EVERYONE, *(one.level for one in levels.collections.values() if one.sort == "details" or one.table)}
    used |= {found.level for found in checked.inputs.values()}
    for term, level in _formulas(checked):
        used.add(level)
        for part in walk(term):
            used.update(_crossed(part))
    used &= set(levels)
    ways = {
        passed
        for fine in used
        for coarse in used
        if fine != coarse and levels.is_above(coarse, fine)
        for passed in levels.way(fine, coarse)
    }
    return frozenset(used | ways)


def _formulas(checked: Checked) -> Iterable[tuple[Term, Level]]:
    for quantity in checked.quantities:
        yield quantity.term, quantity.level
        if quantity.condition is not None:
            yield quantity.condition, quantity.level
    yield from ((premise.term, premise.level) for premise in checked.premises)
    yield from ((guard.term, guard.level) for guard in checked.guards)
    if checked.applies_to is not None:
        yield checked.applies_to, PERSON


def _crossed(term: Term) -> tuple[Level, ...]:
    match term:
        case Aggregate(source=source, level=level):
            return (source, level)
        case Ranked() | Running() | Shared():
            return (term.source, term.group)
    return ()
