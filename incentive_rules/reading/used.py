"""What a scheme stands on: the levels where something is computed or that lie between, and the names that are read."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.checked import Checked
from ..model.levels import EVERYONE, PERSON, Level
from ..model.terms import Aggregate, Ranked, Read, Running, Shared, Term, walk


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


def names_read(checked: Checked) -> frozenset[str]:
    """The names that something computed stands on: read in a formula, or what people and rows are gathered by."""
    read = {part.name for term, _ in _formulas(checked) for part in walk(term) if isinstance(part, Read)}
    return frozenset(read | {level[0] for level in levels_used(checked) if level})


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
