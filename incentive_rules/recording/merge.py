"""The rows of a run with what earlier periods bring: recorded rows beside the details, carried values in the cells.

A value that the data bring and a record knows too must be the same; where it is not, the row is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from ..base.numbers import read_number, show_number
from ..base.problems import Problem
from ..base.text import echo
from ..lang.keywords.words import FLAGS
from ..lang.types import Kind
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow, People, RowOrigin
from ..model.record import History
from ..model.terms import Constant
from .texts import written_constant

ReadCell = Callable[[CheckedInput, object], "Constant | int | Problem"]


def with_history(checked: Checked, people: People, history: History, read_cell: ReadCell) -> People:
    """`people` with their recorded rows and carried values, and with a problem where one of these is in doubt."""
    carried = tuple(i for i in checked.inputs.values() if i.definition.carried_from)
    tables = tuple(history.rows)
    rows = tuple(_merged(row, carried, tables, history, read_cell) for row in people.rows)
    details = {**people.details}
    for table, by_key in history.rows.items():
        mine = dict(details.get(table, {}))
        for row in people.rows:
            if row.key in by_key:
                mine[row.key] = (*_rows(table, row.key, by_key[row.key]), *mine.get(row.key, ()))
        details[table] = mine
    return evolve(people, rows=rows, details=details, history=history)


def _rows(table: str, key: str, found: tuple[Mapping[str, object], ...]) -> tuple[DataRow, ...]:
    """Rows of earlier periods under the inputs that a recorded table has for them."""
    return tuple(
        DataRow(key, {f"current({table})": False, **{f"recorded({local})": v for local, v in row.items()}},
                RowOrigin(table, number))
        for number, row in enumerate(found, 1)
    )  # fmt: skip


def _merged(
    row: DataRow, carried: tuple[CheckedInput, ...], tables: tuple[str, ...], history: History, read_cell: ReadCell
) -> DataRow:
    problems = [history.unknown[table][row.key] for table in tables if row.key in history.unknown.get(table, {})]
    cells = dict(row.cells)
    for one in carried:
        found = _carried(one, row, history, read_cell)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            cells[one.name] = found
    return evolve(row, cells=cells, problems=(*row.problems, *problems)) if problems or carried else row


def _carried(one: CheckedInput, row: DataRow, history: History, read_cell: ReadCell) -> object:
    """The cell of an input that is carried over; or why it has none."""
    cell, recorded = row.cells.get(one.name), history.carried.get(one.name, {})
    lenient = evolve(one, definition=evolve(one.definition, can_be_missing=True))
    given = read_cell(lenient, cell)
    if isinstance(given, Problem):
        return cell  # whoever computes the row says what is wrong with it
    if row.key in recorded:
        kept = _constant(recorded[row.key])
        if given is not None and given != kept:
            return _differs(one, row, given, kept)
    elif given is not None:
        return cell
    elif row.key in history.unknown.get(one.name, {}):
        return history.unknown[one.name][row.key]
    elif not history.complete:
        return cell  # a needed one is missing, and said to be so
    elif one.definition.first is None:
        params = {"input": echo(one.name), "key": echo(row.key), "source": echo(one.definition.carried_from or "")}
        return _at(row, row.origin, "carried-first", params)
    else:
        kept = _literal(one, one.definition.first.text)
    raw = _raw(one, kept)
    found = read_cell(lenient, raw)
    # Texts of a file that mean another value, or too many decimals, must not make something else of it.
    return raw if found == kept or isinstance(found, Problem) else _differs(one, row, found, kept)


def _constant(value: object) -> Constant | int:
    """A recorded value as formulas have it."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, datetime):
        return value.toordinal() * 1440 + value.hour * 60 + value.minute
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    assert isinstance(value, int | Decimal | Fraction)
    return Fraction(value)


def _literal(one: CheckedInput, text: str) -> Constant | int:
    """The value of a literal of the scheme."""
    kind = one.facts.type.kind
    if kind is Kind.NUMBER:
        return read_number(text)
    if kind is Kind.BOOLEAN:
        return FLAGS.get(text)
    if kind is Kind.DATE:
        return date.fromisoformat(text).toordinal()
    if kind is Kind.TIME:
        return _constant(datetime.fromisoformat(text) if len(text) > len("12:30") else time.fromisoformat(text))
    return text


def _raw(one: CheckedInput, value: Constant | int) -> object:
    """A cell that is read as `value`, whatever the input says of how files write it."""
    definition, kind = one.definition, one.facts.type.kind
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return next((spelled[0] for word, spelled in definition.texts if word == value and spelled), value)
    if kind is Kind.DATE:
        return date.fromordinal(int(value))
    if kind is Kind.TIME:
        days, minutes = divmod(int(value), 1440)
        clock = time(minutes // 60, minutes % 60)
        return datetime.combine(date.fromordinal(days), clock) if days else clock
    return Fraction(value) * 100 if definition.percent else Fraction(value)


def _differs(one: CheckedInput, row: DataRow, given: Constant | int, kept: Constant | int) -> Problem:
    kind = one.facts.type.kind

    def shown(value: Constant | int) -> str:
        if isinstance(value, Fraction) and kind is Kind.NUMBER:
            return show_number(value)
        found = written_constant(value, kind, False, None)
        return "missing" if found is None else echo(str(found))

    params = {"input": echo(one.name), "value": shown(given), "recorded": shown(kept)}
    return _at(row, row.elsewhere.get(one.name, row.origin), "carried-differs", params, one)


def _at(
    row: DataRow, origin: RowOrigin, code: str, params: Mapping[str, str], one: CheckedInput | None = None
) -> Problem:
    column = "" if one is None else echo(one.definition.column or one.name)
    return Problem(code, params, "", origin.table, origin.row, origin.line, echo(row.key), column)
