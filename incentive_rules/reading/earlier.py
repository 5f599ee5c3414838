"""What earlier periods bring: rows of `recorded:` tables, and values that are carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from ..base.problems import Problem
from ..base.text import echo
from ..lang.types import Kind
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow
from ..model.record import History
from ..model.result import MISSING
from .cells import read_cell
from .columns import heading_of
from .links import RECORDED, inputs_at, person_inputs
from .rows import placed
from .showing import shown

Details = Mapping[str, Mapping[str, tuple[DataRow, ...]]]


# ── Recorded rows ─────────────────────────────────────────────────────────────────────────────────


def with_recorded(checked: Checked, details: Details, people: Iterable[str], history: History) -> Details:
    """The rows of each recorded table by person: those of earlier periods, then the one of this period."""
    found = {}
    for table in checked.scheme.details:
        if table.recorded:
            given, kept = details.get(table.name, {}), history.rows.get(table.name, {})
            found[table.name] = {
                person: (
                    *(_of_earlier(table.name, row) for row in given.get(person, ())),
                    *(_of_earlier(table.name, DataRow(person, _named(row))) for row in kept.get(person, ())),
                    DataRow(person, {f"current({table.name})": True}),
                )
                for person in people
            }
    return found


def _of_earlier(table: str, row: DataRow) -> DataRow:
    return evolve(row, cells={**row.cells, f"current({table})": False})


def _named(row: Mapping[str, object]) -> Mapping[str, object]:
    return {f"{RECORDED}{local})": value for local, value in row.items()}


def recorded_rows(checked: Checked, table: str, rows: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The rows of earlier periods as a caller names their values, and after them the one of this period."""
    current = f"current({table})"
    columns = {heading_of(one): one.name for one in inputs_at(checked, (table,))}
    earlier = [{**{columns.get(name, name): value for name, value in row.items()}, current: False} for row in rows]
    missing = dict.fromkeys(columns.values())
    return [*earlier, {**missing, current: True}]


# ── Carried values ────────────────────────────────────────────────────────────────────────────────


def carried_inputs(checked: Checked, history: History) -> frozenset[str]:
    """The inputs of people that an earlier period brings, or their first value: they need no column."""
    return frozenset(
        one.name
        for one in person_inputs(checked)
        if one.definition.carried_from is not None
        and (one.name in history.carried or one.definition.first is not None)
    )


def with_carried(checked: Checked, rows: Sequence[DataRow], history: History) -> tuple[DataRow, ...]:
    """The rows with what earlier periods bring: the recorded value, else the first one.

    A value that the data have as well must be the same: neither is chosen.
    """
    carried = [one for one in person_inputs(checked) if one.name in carried_inputs(checked, history)]
    if not carried:
        return tuple(rows)
    first = {one.name: _first(one) for one in carried}
    found = []
    for row in rows:
        cells, problems = dict(row.cells), list[Problem]()
        for one in carried:
            recorded = history.carried.get(one.name, {})
            there = read_cell(one, cells[one.name]) if cells.get(one.name) not in (None, "") else None
            if row.key not in recorded:
                cells[one.name] = first[one.name] if there is None else cells[one.name]
                continue
            value = raw_of(one, recorded[row.key])
            if there is not None and not isinstance(there, Problem) and there != read_cell(one, value):
                params = {"input": echo(one.name), "value": shown(cells[one.name]), "recorded": shown(value)}
                problem = Problem("data-carried", params, column=echo(heading_of(one)))
                problems.append(placed(problem, row.elsewhere.get(one.name, row.origin), row.key))
            cells[one.name] = value if there is None else cells[one.name]
        found.append(evolve(row, cells=cells, problems=(*row.problems, *problems)))
    return tuple(found)


def _first(one: CheckedInput) -> object:
    literal = one.definition.first
    if literal is None:
        return None
    plain = evolve(one, definition=evolve(one.definition, percent=False, suffix="", texts=(), missing_texts=()))
    value = read_cell(plain, literal.text)
    return literal.text if isinstance(value, Problem) else raw_of(one, value)


def raw_of(one: CheckedInput, value: object) -> object:
    """A value of an engine or of a record as a caller would hand it over, so that it is read back as itself."""
    if value is MISSING:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        return value
    if isinstance(value, int) and one.facts.type.kind is Kind.DATE:
        return date.fromordinal(value)
    if isinstance(value, int) and one.facts.type.kind is Kind.TIME:
        days, minutes = divmod(value, 1440)
        clock = time(*divmod(minutes, 60))
        return datetime.combine(date.fromordinal(days), clock) if days else clock
    return value * 100 if one.definition.percent else value
