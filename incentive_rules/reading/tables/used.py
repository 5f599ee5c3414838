"""Finds what a scheme reads: the levels where something is computed or that lie between, and the names of inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...base.remembered import remembered
from ...lang.made_names import MadeName
from ...model.checked import Checked
from ...model.levels import EVERYONE, PERSON, Level
from ...model.terms import (
    Aggregate,
    Choice,
    Compared,
    Constant,
    FirstKnown,
    Fixed,
    Grid,
    IsIn,
    LookUp,
    Ranked,
    Read,
    Running,
    Shared,
    Term,
    walk,
)


@remembered
def levels_used(checked: Checked) -> frozenset[Level]:
    """People, everyone, details, and groups with rows of their own; of the other groups, those that formulas use.

    A category that is only read makes no group.
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


@remembered
def names_read(checked: Checked) -> frozenset[str]:
    """The names that a computed value depends on: read in a formula, or used to group people or rows."""
    read = {part.name for term, _ in _formulas(checked) for part in walk(term) if isinstance(part, Read)}
    return frozenset(read | {level[0] for level in levels_used(checked) if level})


@remembered
def words_compared(checked: Checked) -> Mapping[str, frozenset[str]]:
    """By input, the words with which formulas compare it, or that tables have for it."""
    sources = _Sources(checked)
    found: dict[str, set[str]] = {}

    def compare(term: Term, words: Iterable[object]) -> None:
        said = {word for word in words if isinstance(word, str)}
        for name in sources.of(term) if said else ():
            found.setdefault(name, set()).update(said)

    def look_up(grid: Grid | Constant, keys: Sequence[Term]) -> None:
        if isinstance(grid, Grid):
            compare(keys[0], (edge for edge, _ in grid.rows))
            for _, below in (*grid.rows, (None, grid.otherwise)):
                look_up(below, keys[1:])

    for formula, _ in _formulas(checked):
        for term in walk(formula):
            match term:
                case Compared(left=left, right=Fixed(value=word)) | Compared(left=Fixed(value=word), right=left):
                    compare(left, (word,))
                case IsIn(operand=operand, members=words):
                    compare(operand, words)
                case LookUp(grid=grid, keys=keys):
                    look_up(grid, keys)
    return {name: frozenset(words) for name, words in found.items()}


class _Sources:
    """Finds the inputs whose words a term may have as its value; each part of a formula is looked at once."""

    def __init__(self, checked: Checked) -> None:
        self._terms = {quantity.name: quantity.term for quantity in checked.quantities}
        self._known: dict[int, frozenset[str]] = {}

    def of(self, term: Term) -> frozenset[str]:
        pending = [term]
        while pending:
            top = pending[-1]
            names, parts = self._said_by(top)
            below = [part for part in parts if id(part) not in self._known]
            self._known[id(top)] = names.union(*(self._known.get(id(part), frozenset()) for part in parts))
            if below:
                pending += below
            else:
                pending.pop()
        return self._known[id(term)]

    def _said_by(self, term: Term) -> tuple[frozenset[str], tuple[Term, ...]]:
        """The input that a term is, and the parts of it whose words it may be."""
        match term:
            case Read(name=name):
                inner = MadeName.GROUP.inside(name)
                return (frozenset(), (self._terms[inner],)) if inner in self._terms else (frozenset({inner}), ())
            case Choice(then=one, otherwise=other):
                return frozenset(), (one, other)
            case FirstKnown(operands=several):
                return frozenset(), tuple(several)
            case Aggregate(value=value) if value is not None:
                return frozenset(), (value,)
        return frozenset(), ()


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
