"""Makes the terms of honours: who may be chosen, how they are ranked, and how many places there are."""

from __future__ import annotations

from ...base.numbers import read_number
from ...lang import nodes as n
from ...lang.types import BOOLEAN, ORDERED, Facts, Kind
from ...model import scheme as s
from ...model import terms as t
from ...model.levels import PERSON, Level
from ..formulas.context import FormulaContext
from ..formulas.reader import unknown
from .built_terms import count_term, extreme_term, fixed, guard_against_tie, rank_term, share_of_count_term
from .quantity_formulas import QuantityFormulas


def honor_term(formulas: QuantityFormulas, quantity: s.Quantity, body: s.Honor) -> t.Term | None:
    """Whether a person is chosen: eligible, and ranked within the places."""
    group = formulas.group_of_people(body.within, body.within_place)
    among, sound = formulas.condition_at(body.among, quantity, PERSON)
    keys = [_key(formulas, quantity, formula, among) for formula in body.best_by]
    if group is None or not sound or any(key is None for key in keys):
        return None
    found = tuple(key for key in keys if key is not None)
    known = [t.IsKnown(facts=Facts(BOOLEAN), place=key.place, operand=key) for key in found if key.facts.may_miss]
    needed = (*(() if among is None else (among,)), *known)
    eligible: t.Term = fixed(True, body.place) if not needed else needed[0] if len(needed) == 1 else t.Every(
        facts=Facts(BOOLEAN), place=body.place, operands=needed)  # fmt: skip
    places = _places(formulas, quantity, body.places, group, eligible)
    if places is None:
        return None
    rank = rank_term(formulas, found, group, eligible, "modified" if body.ties == "none" else "standard", body.place)
    if body.ties == "refuse":
        other = rank_term(formulas, found, group, eligible, "modified", body.place)
        guard_against_tie(formulas, quantity, eligible, rank, other, places, body.place)
    chosen = t.Compared(facts=Facts(BOOLEAN), place=body.place, operator="<=", left=rank, right=places)
    return t.Choice(
        facts=Facts(BOOLEAN), place=body.place, condition=eligible, then=chosen, otherwise=fixed(False, body.place)
    )


def _key(formulas: QuantityFormulas, quantity: s.Quantity, formula: s.Formula, among: t.Term | None) -> t.Term | None:
    if formula.expression is None:
        return None
    assumptions = formulas.premises.base(PERSON)
    if among is not None:
        assumptions = formulas.reader.term_facts.assume(among, True, assumptions)
    found = formulas.reader.read(formula.expression, FormulaContext(formula=formula, owner=quantity.name), assumptions)
    if unknown(found):
        return None
    if found.facts.type.kind not in ORDERED:
        formulas.report("number-needed", formula.place, kind_word=str(found.facts.type.kind), name=quantity.name)
        return None
    return found


def _places(
    formulas: QuantityFormulas, quantity: s.Quantity, places: s.Places, group: Level, eligible: t.Term
) -> t.Term | None:
    """The number of places of a group, within its bounds."""
    if places.share is not None:
        share = read_number(places.share.text)
        if share is None:
            return None
        base = count_term(formulas, PERSON, group, eligible if places.of == "eligible" else None, places.place)
        found: t.Term | None = share_of_count_term(base, share, places.rounding, places.place)
    else:
        found = _whole(formulas, quantity, places.number, group)
    for limit, largest in ((places.at_least, True), (places.at_most, False)):
        if limit is None or found is None:
            continue
        end = _whole(formulas, quantity, limit, group)
        if end is None:
            return None
        found = extreme_term(largest, found, end, places.place)
    return found


def _whole(formulas: QuantityFormulas, quantity: s.Quantity, formula: object, group: Level) -> t.Term | None:
    """A whole number of places that a group has."""
    if not isinstance(formula, s.Formula):
        return None
    found = formulas.at_level(formula, quantity, group)
    if found is None:
        return None
    if isinstance(formula.expression, n.Number) and formula.text.strip().endswith("%"):
        formulas.report("places-whole", formula.place, variant="share", name=quantity.name, text=formula.text.strip())
        return None
    low = found.facts.bounds.low
    plain = found.facts.type.kind is Kind.NUMBER and found.facts.type.whole and not found.facts.may_miss
    if not plain or low is None or low < 0:
        formulas.report("places-whole", formula.place, name=quantity.name, span=formulas.reader.span(found.facts))
        return None
    return found
