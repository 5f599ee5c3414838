"""Two worlds as people read them: what differs in the data, and every value of the person that differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction

from ..base.numbers import show_number
from ..lang.types import Kind, Type
from ..model.checked import Checked
from ..model.exact_values import as_constant, show_constant, show_typed
from ..model.result import Result
from ..model.terms import Constant
from ..model.verdict import Change, Counterexample, Happening
from .worlds import CrowdRow, Tables, World, rows_of_world

PlayOne = Callable[[Tables], Mapping[str, Result]]


def counterexample_of(
    checked: Checked, happening: Happening, who: str, line: str, changes: tuple[Change, ...], one: Tables,
    other: Tables, play: PlayOne, amount: str = "",
) -> Counterexample | None:  # fmt: skip
    """The two worlds with what the person gets in each; None where one of them gives no result.

    Without `amount` it is the change of the line.
    """
    first, second = play(one).get(who), play(other).get(who)
    if first is None or second is None:
        return None
    kinds = {q.name: q for q in checked.quantities}
    stages = []
    for called, value in first.items():
        if isinstance(value, tuple) or value == second[called] or called not in kinds:
            continue
        type_, decimals = kinds[called].facts.type, kinds[called].decimals
        texts = [value_told(as_constant(result[called]), type_, decimals) for result in (first, second)]
        stages.append((called, texts[0], texts[1]))
    if not amount and line in kinds:
        change = abs(amount_in(second, line) - amount_in(first, line))
        amount = show_number(change, kinds[line].decimals)
    worlds = [{table: tuple(map(row_text, rows)) for table, rows in tables.items()} for tables in (one, other)]
    return Counterexample(happening, who, line, amount, changes, tuple(stages), worlds[0], worlds[1])


def amount_in(result: Result, name: str) -> Fraction:
    """A number, a flag or an amount of a result; 0 where it is missing."""
    found = as_constant(result[name])
    return Fraction(found) if isinstance(found, Fraction | bool) else Fraction(0)


def changes_of(checked: Checked, tables: Tables, one: World, other: World) -> tuple[Change, ...]:
    """What a second world has in the place of a first: cells of rows that both have, and rows that one of them has."""
    found = []
    here, there = one.cells, other.cells
    for cell in dict.fromkeys((*here, *there)):
        table, row, name = cell
        values = [cells.get(cell, tables[table][row].get(name)) for cells in (here, there)]
        if (table, row) not in one.without | other.without and as_constant(values[0]) != as_constant(values[1]):
            texts = [cell_shown(checked, name, value) for value in values]
            found.append(Change(table, _number_in(one, table, row), name, texts[0], texts[1]))
    for table, row in sorted(one.without ^ other.without):
        has = other if (table, row) in one.without else one
        number = _number_in(has, table, row)
        for name, value in rows_of_world(tables, has)[table][number - 1].items():
            if name in checked.inputs and checked.inputs[name].definition.type != "key":
                text = cell_shown(checked, name, value)
                found.append(Change(table, number, name, *((text, None) if has is one else (None, text))))
    return tuple(found)


def _number_in(world: World, table: str, row: int) -> int:
    """The number of a row, from 1, among those of its table that a world has."""
    return row + 1 - sum(1 for name, number in world.without if name == table and number < row)


def cell_shown(checked: Checked, name: str, raw: object) -> str:
    """A raw cell as verdicts show it."""
    one = checked.inputs.get(name)
    value = as_constant(raw)
    return value_told(value, one.facts.type, None) if one is not None else str(raw)


def value_told(value: Constant, type_: Type, decimals: int | None) -> str:
    """A value by its type, as verdicts show it."""
    return show_constant(value, decimals) if type_.kind is Kind.NUMBER else show_typed(value, type_)


def row_text(row: CrowdRow) -> dict[str, str]:
    """A row as it stands in a file; empty where a cell is missing."""
    return {key: _cell_text(cell) for key, cell in row.items()}


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime | time):
        return cell.isoformat(" ", "minutes") if isinstance(cell, datetime) else cell.isoformat("minutes")
    return show_number(Fraction(cell)) if isinstance(cell, int | Decimal | Fraction) else str(cell)
