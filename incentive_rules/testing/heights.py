"""What the best paid are: most who are drawn at random are paid nothing, and nothing they do changes it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..lang.types import Kind
from ..model.data import ByInput
from ..model.exact_values import as_constant
from ..model.levels import PERSON
from ..model.result import Result
from ..model.scheme import Role
from ..proving.worlds import World, rows_of_world
from .repairs import Repairs, words_of
from .subjects import DrawnRow, DrawnTables, Subject
from .tracks import cell_at, span_of

ROUNDS = 2
PaidAndScores = tuple[Fraction, Fraction]
NOTHING: PaidAndScores = (Fraction(0), Fraction(0))


def cells_of_the_best(subject: Subject, repairs: Repairs, usual_rows: Mapping[str, DrawnRow]) -> Mapping[str, object]:
    """By fact, the cell of somebody whose pay no single other cell lifts: one fact after the other is tried.

    Facts that leave pay where it is are not named.
    """
    tables = _one_of_each(subject, repairs, usual_rows)
    found: dict[str, object] = {}
    for _ in range(ROUNDS):
        for sheet in subject.sheets:
            for one in sheet.facts:
                rows = tables.get(sheet.name, ())
                ground = subject.ground(tables) if rows else None
                if ground is None or one.name in sheet.apart:
                    continue
                kind = one.facts.type.kind
                if kind in (Kind.CATEGORY, Kind.KEY):
                    cells = words_of(subject, one) if one.definition.one_of else []
                elif kind in (Kind.NUMBER, Kind.BOOLEAN):
                    cells = [cell_at(one, place) for place in span_of(one, subject)]
                else:
                    cells = []
                worlds = [World({(sheet.name, 0, one.name): cell}) for cell in cells]
                played = ground.play([World(), *worlds])
                worths = [_worth(subject, played.result(number, 0)) for number in range(len(worlds) + 1)]
                best = max(range(len(worths)), key=lambda number: (worths[number], number == 0))
                if best:
                    tables = rows_of_world(tables, worlds[best - 1])
                if max(worths) != min(worths):
                    found[one.name] = tables[sheet.name][0][one.name]
    return found


def _worth(subject: Subject, result: Result | None) -> PaidAndScores:
    """What somebody is paid, and then the scores."""
    if result is None or not result.in_scope:
        return (Fraction(-1), Fraction(-1))
    paid, scores = NOTHING
    for quantity in subject.checked.quantities:
        if quantity.level != PERSON or quantity.facts.type.kind is not Kind.NUMBER:
            continue
        value = result[quantity.name]
        amount = as_constant(None if isinstance(value, tuple) else value)
        if isinstance(amount, Fraction):
            if quantity.definition.role is Role.PAY and _is_earned(quantity.definition.pay):
                paid += amount
            elif quantity.definition.role in (Role.SCORE, Role.GROUP, Role.COMPOSITE):
                scores += amount
    return (paid, scores)


def _is_earned(pay: object) -> bool:
    return getattr(pay, "kind", "") == "earning"


def _one_of_each(subject: Subject, repairs: Repairs, usual_rows: Mapping[str, DrawnRow]) -> DrawnTables:
    """The usual person with one row of each table of details that is accepted."""
    tables: dict[str, list[DrawnRow]] = {"": [repairs.usual]}
    made: DrawnTables = repairs.with_group_rows(tables)
    for sheet in subject.sheets:
        if not sheet.owners or sheet.recorded:
            continue
        usual = usual_rows.get(sheet.name, {})
        cells = {one.name: usual[one.name] if one.name in usual else repairs.usual_cell(one) for one in sheet.facts}
        links = {column: "A" if above is None else made[above][0].get(column, "A")
                 for column, above, _ in sheet.owners if above is None or made.get(above)}  # fmt: skip
        row = ByInput({**dict.fromkeys(sheet.own_keys, f"{sheet.name}-1"), **links, **cells})
        more = repairs.with_group_rows({**made, sheet.name: [repairs.row(sheet.level, row)]})
        if repairs.accepted(more):
            made = more
    return made
