"""Whether a second world is the first after a trick of somebody: a fact or a row left out, a row split in two."""

from __future__ import annotations

from fractions import Fraction

from ..lang.types import Kind
from ..model.checked import Checked
from ..model.exact_values import as_constant
from ..model.verdict import Change
from .compared import owner_of_row
from .shown import cell_shown
from .worlds import CrowdRow, Tables

Changes = tuple[Change, ...]


def trick_between(checked: Checked, way: str, who: str, one: Tables, other: Tables) -> Changes:
    """What the trick did, none where the second world is not the first after this `way` of `who`."""
    tables = [table for table in dict.fromkeys((*one, *other)) if not _same(one.get(table, ()), other.get(table, ()))]
    if len(tables) != 1:
        return ()
    table = tables[0]
    before, after = list(one.get(table, ())), list(other.get(table, ()))
    if way == "withholding":
        found = _cell_left_out(checked, table, before, after) or _row_left_out(checked, table, before, after)
    else:
        found = _row_split(checked, table, before, after) if way == "splitting" else None
    if found is None:
        return ()
    row, changes = found
    return changes if owner_of_row(checked, one, table, before[row]) == who else ()


def _same(rows: object, others: object) -> bool:
    return isinstance(rows, tuple | list) and isinstance(others, tuple | list) and len(rows) == len(others) and all(
        _alike(row, there) for row, there in zip(rows, others, strict=True)
    )  # fmt: skip


def _alike(row: CrowdRow, other: CrowdRow) -> bool:
    return all(as_constant(row.get(name)) == as_constant(other.get(name)) for name in {**row, **other})


Found = tuple[int, Changes] | None  # the row of the first world, and what differs


def _cell_left_out(checked: Checked, table: str, before: list[CrowdRow], after: list[CrowdRow]) -> Found:
    """The one cell that is known in the first world and missing in the second."""
    if len(before) != len(after):
        return None
    cells = [
        (number, name) for number, (row, there) in enumerate(zip(before, after, strict=True))
        for name in {**row, **there} if as_constant(row.get(name)) != as_constant(there.get(name))
    ]  # fmt: skip
    if len(cells) != 1 or after[cells[0][0]].get(cells[0][1]) is not None:
        return None
    number, name = cells[0]
    shown = [cell_shown(checked, name, rows[number].get(name)) for rows in (before, after)]
    return number, (Change(table, number + 1, name, shown[0], shown[1]),)


def _row_left_out(checked: Checked, table: str, before: list[CrowdRow], after: list[CrowdRow]) -> Found:
    """The one row of details that the second world lacks; nobody leaves out a person."""
    if not table or len(before) != len(after) + 1:
        return None
    number = next((n for n, row in enumerate(after) if not _alike(before[n], row)), len(after))
    return (number, _told(checked, table, number, before[number], False)) if _same(
        [*before[:number], *before[number + 1 :]], after
    ) else None  # fmt: skip


def _row_split(checked: Checked, table: str, before: list[CrowdRow], after: list[CrowdRow]) -> Found:
    """The one row in whose place two stand: their numbers add up to its own, or are its own, as all other cells are."""
    if not table or len(after) != len(before) + 1:
        return None
    keys = {name for one in checked.scheme.details if one.name == table for name in one.key}
    for number, row in enumerate(before):
        rest = [*before[:number], *before[number + 1 :]]
        halves = [there for there in after if not any(_alike(there, same) for same in rest)]
        if len(halves) == 2 and _same(rest, [there for there in after if there not in halves]):
            names = {**row, **halves[0], **halves[1]}.keys() - keys
            if all(_adds_up(checked, name, row, halves[0], halves[1]) for name in names):
                return number, _told(checked, table, number, halves[1], True)
    return None


def _adds_up(checked: Checked, name: str, row: CrowdRow, half: CrowdRow, other: CrowdRow) -> bool:
    whole, first, second = (as_constant(one.get(name)) for one in (row, half, other))
    if whole == first == second:
        return True
    fact = checked.inputs.get(name)
    is_number = fact is not None and fact.facts.type.kind is Kind.NUMBER
    numbers = [one for one in (whole, first, second) if isinstance(one, Fraction)]
    return is_number and len(numbers) == 3 and numbers[1] + numbers[2] == numbers[0]


def _told(checked: Checked, table: str, number: int, row: CrowdRow, comes: bool) -> Changes:
    """A row that comes or goes, by its facts."""
    facts = [name for name in row if name in checked.inputs and checked.inputs[name].definition.type != "key"]
    shown = [cell_shown(checked, name, row[name]) for name in facts]
    return tuple(
        Change(table, number + 1, name, *((None, text) if comes else (text, None)))
        for name, text in zip(facts, shown, strict=True)
    )  # fmt: skip
