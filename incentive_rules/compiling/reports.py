"""Finds the cells that a run reports of pools and honours, in the terms that checking made."""

from __future__ import annotations

from attrs import frozen

from ..base.numbers import Rounding
from ..model.checked import CheckedQuantity
from ..model.levels import PERSON
from ..model.plan import Atom, Cell, Gather, PlanHonor, PlanPool
from ..model.scheme import Honor, Pool
from ..model.terms import Choice, Compared, Fixed, Ranked, Shared, Term, walk
from .cells import CellBuilder
from .lower import Lowering
from .plan_builder import NO_CELL, ONE, TRUE, ZERO
from .rounding import rounded_rational


def shared_in(quantity: CheckedQuantity) -> Shared | None:
    """The pool of a quantity: its term, or the one whose shares are summed over a person's rows."""
    if not isinstance(quantity.definition.body, Pool):
        return None
    return next((term for term in walk(quantity.term) if isinstance(term, Shared)), None)


def pool_of(lowering: Lowering, name: str, term: Shared) -> PlanPool:
    """The pool of a lowered quantity."""
    found = lowering.pools[id(term)]
    return PlanPool(name, term.group, term.source, found.amount, found.when, found.share, found.where, found.decimals)


def pool_is_paid(lowering: Lowering, term: Shared) -> Atom | None:
    """Whether a person has no pool, or one whose condition holds; None if the pool has no condition."""
    if term.when is None:
        return None
    cells, rows = lowering.cells, term.source
    when = cells.at(lowering.flag(term.when, term.group), rows)
    if rows == PERSON:
        return when
    most = lowering.most_rows(rows, PERSON)
    one = cells.at(ONE, rows).cell

    def count(where: Atom) -> Atom:
        here = cells.at(where, rows).cell
        return cells.cross(Gather(NO_CELL, PERSON, rows, "sum", one, here, 0, 0, most))

    return cells.either(cells.compare("==", count(TRUE), ZERO), cells.compare("<", ZERO, count(when)))


@frozen
class HonorParts:
    """The parts of an honour: who could be chosen, by which ranking, for how many places."""

    eligible: Term
    ranked: Ranked
    places: Term


def honor_in(quantity: CheckedQuantity) -> HonorParts | None:
    """The parts of an honour, for which checking makes `rank <= places if eligible else false`."""
    term = quantity.term
    if not isinstance(quantity.definition.body, Honor) or not isinstance(term, Choice):
        return None
    chosen, otherwise = term.then, term.otherwise
    if not (isinstance(chosen, Compared) and chosen.operator == "<=" and isinstance(chosen.left, Ranked)):
        return None
    if not (isinstance(otherwise, Fixed) and otherwise.value is False):
        return None
    return HonorParts(term.condition, chosen.left, chosen.right)


def honor_of(lowering: Lowering, name: str, parts: HonorParts, chosen: Cell) -> PlanHonor:
    """The honour of a lowered quantity, whose flag is the cell `chosen`."""
    cells: CellBuilder = lowering.cells
    eligible = cells.at(lowering.flag(parts.eligible, PERSON), PERSON)
    places = rounded_rational(cells, lowering.number(parts.places, PERSON), 0, Rounding.FLOOR).top
    group = parts.ranked.group
    return PlanHonor(name, group, eligible.cell, chosen, cells.at(places, group).cell)
