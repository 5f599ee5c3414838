"""Makes the terms of grades by rank: shares of a group, cut off from the best downwards."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.numbers import read_number
from ...base.places import Place
from ...lang.types import BOOLEAN, ORDERED, WHOLE, Bounds, Facts
from ...model import scheme as s
from ...model import terms as t
from ...model.levels import PERSON
from ..formulas.reader import unknown
from ..names.tables import read_body
from ..ranges.bounds import add_bounds
from .built_terms import ONE, ZERO, count_term, extreme_term, fixed, guard_against_tie, rank_term, share_of_count_term
from .quantity_formulas import QuantityFormulas


def distribution_term(formulas: QuantityFormulas, quantity: s.Quantity, body: s.Distribution) -> t.Term | None:
    """The grade of the first cut that a person's rank does not exceed."""
    group = formulas.group_of_people(body.within, body.within_place or body.place)
    value = formulas.name_in_place(body.argument, body.argument_place, quantity.name)
    if group is None or unknown(value):
        return None
    if value.facts.type.kind not in ORDERED:
        kind = str(value.facts.type.kind)
        formulas.report("number-needed", body.argument_place, kind_word=kind, name=quantity.name)
        return None
    known: t.Term = fixed(True, body.place)
    if value.facts.may_miss:
        known = t.IsKnown(facts=Facts(BOOLEAN), place=body.argument_place, operand=value)
    people = count_term(formulas, PERSON, group, known, body.place)
    ties = "modified" if body.ties == "none" else "standard"
    rank = rank_term(formulas, (value,), group, known, ties, body.place)
    cells = _cells(formulas, quantity, body)
    if cells is None:
        return None
    facts = cells[-1].facts
    found: t.Term = cells[-1]
    cuts = _cuts(body, people)
    for (share, _), cut, cell in reversed(list(zip(body.rows, cuts, cells, strict=False))):
        if body.ties == "refuse":
            other = rank_term(formulas, (value,), group, known, "modified", body.place)
            guard_against_tie(formulas, quantity, known, rank, other, cut, share.place)
        above = t.Compared(facts=Facts(BOOLEAN), place=share.place, operator="<=", left=rank, right=cut)
        found = t.Choice(facts=facts, place=share.place, condition=above, then=cell, otherwise=found)
    if not value.facts.may_miss:
        return found
    gone = evolve(fixed(None, body.place), facts=evolve(facts, may_miss=True))
    return t.Choice(facts=evolve(facts, may_miss=True), place=body.place, condition=known, then=found, otherwise=gone)


def _cuts(body: s.Distribution, people: t.Term) -> list[t.Term]:
    """The last rank of each grade but the worst: the rounded sum of the shares so far, within the limits.

    First the grades below keep as many people as they must have, and get no more than they may have; then the grade has
    its own `at_least`, and last its own `at_most`.
    """
    found: list[t.Term] = []
    upto = ZERO
    before: t.Term = fixed(ZERO, body.place)
    for number, (share, _) in enumerate(body.rows[:-1]):
        upto += read_number(share.text) or ZERO
        cut: t.Term = share_of_count_term(people, upto, body.rounding, share.place)
        if body.limits:
            least, most = body.limits[number]
            below = body.limits[number + 1 :]
            kept, room = sum(low or 0 for low, _ in below), [high for _, high in below if high is not None]
            if kept:
                cut = extreme_term(False, cut, _moved(people, -kept, share.place), share.place)
            if len(room) == len(below):
                cut = extreme_term(True, cut, _moved(people, -sum(room), share.place), share.place)
            cut = extreme_term(True, cut, _moved(before, least or 0, share.place), share.place)
            if most is not None:
                cut = extreme_term(False, cut, _moved(before, most, share.place), share.place)
            before = cut
        found.append(cut)
    return found


def _moved(term: t.Term, by: int, place: Place) -> t.Term:
    """A number of people, plus or minus a constant."""
    if not by:
        return term
    bounds = add_bounds(term.facts.bounds, Bounds(Fraction(by), Fraction(by)))
    return t.Sum(facts=Facts(WHOLE, bounds=bounds), place=place, left=term, right=fixed(Fraction(by), place))


def _cells(formulas: QuantityFormulas, quantity: s.Quantity, body: s.Distribution) -> list[t.Fixed] | None:
    """The results of the rows, all of one kind; None if the shares or the outputs are wrong."""
    total = sum((read_number(share.text) or ZERO for share, _ in body.rows), ZERO)
    columns_of_rows = {tuple(name for name, _ in outputs.values) for _, outputs in body.rows}
    if total != ONE or len(columns_of_rows) != 1:  # reported where the document was read
        return None
    rows = tuple(
        (s.Literal(str(number), share.place, quoted=True), outputs) for number, (share, outputs) in enumerate(body.rows)
    )
    table = s.TableBody(s.TableKind.EQUALS, rows, None, body.place)
    lookup = read_body(quantity.name, table, 1, False, formulas.symbols.findings, body.place, quantity.unit)
    if body.give not in lookup.grids:
        return None
    found, facts = dict(lookup.grids[body.give].rows), lookup.facts[body.give]
    values = [found[str(number)] for number in range(len(rows))]
    if any(isinstance(value, t.Grid) for value in values):
        return None
    return [
        t.Fixed(facts=facts, place=share.place, value=value)
        for value, (share, _) in zip(values, body.rows, strict=True)
        if not isinstance(value, t.Grid)
    ]
