"""Adds what earlier periods bring: rows of `recorded:` tables, and carried values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from ..base.moments import MINUTES_PER_DAY
from ..base.numbers import read_number
from ..base.periods import Period, earlier_in_year
from ..base.problems import Problem
from ..base.text import echo
from ..lang.keywords.words import MISSING as MISSING_WORDS
from ..lang.made_names import MadeName
from ..lang.types import Kind
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow, DataTable, RowOrigin
from ..model.record import History
from ..model.result import MISSING
from .cells.cell import read_cell
from .cells.showing import shown
from .tables.columns import heading_of, input_columns
from .tables.links import inputs_at, person_inputs
from .tables.rows import placed

DetailsByPerson = Mapping[str, Mapping[str, Sequence[DataRow]]]


# ── Recorded rows ─────────────────────────────────────────────────────────────────────────────────


def with_recorded(
    checked: Checked, details: DetailsByPerson, people: Iterable[str], history: History
) -> DetailsByPerson:
    """The rows of each recorded table by person: those of earlier periods, then the one of this period."""
    found = {}
    for table in checked.scheme.details:
        if table.recorded:
            # Rows that the data bring hold those of the records too, or are refused: counting both would pay twice.
            given, kept = details.get(table.name, {}), {} if table.name in details else history.rows.get(table.name, {})
            found[table.name] = {
                person: (
                    *(_of_earlier(table.name, row) for row in given.get(person, ())),
                    *(_of_earlier(table.name, DataRow(person, _named(row))) for row in kept.get(person, ())),
                    DataRow(person, {MadeName.CURRENT.of(table.name): True}),
                )
                for person in people
            }
    return found


def wrong_rows(checked: Checked, details: DetailsByPerson, history: History) -> Mapping[str, list[Problem]]:
    """By person, the problems of rows of earlier periods that the data bring themselves.

    There is at most one row for each earlier period of the year. The data must have all rows of the records: neither is
    preferred.
    """
    found: dict[str, list[Problem]] = {}
    for table in checked.scheme.details:
        if not table.recorded or table.name not in details:
            continue
        given, kept = details[table.name], history.rows.get(table.name, {})
        for person in dict.fromkeys((*given, *kept)):
            rows = given.get(person, ())
            problems = [*too_many_recorded_rows(checked, table.name, len(rows))]
            problems += _not_brought(checked, table.name, rows, kept.get(person, ()))
            if problems:
                origin = rows[-1].origin if rows else RowOrigin(table.name)
                found[person] = [placed(one, origin, person) for one in problems]
    return found


def too_few_rows(checked: Checked, details: DetailsByPerson, history: History) -> Iterator[Problem]:
    """The problem that the data have a recorded table, and nobody has a row for each earlier period of the year.

    The rows do not name their periods; but a period of which nobody at all has a row is left out. If records have rows
    as well, the two are compared.
    """
    wanted = _in_force_before(checked)
    for table in checked.scheme.details:
        if table.recorded and table.gaps == "refuse" and table.name in details and not history.rows.get(table.name):
            most = max(map(len, details[table.name].values()), default=0)
            if most < len(wanted):
                params = {"name": echo(table.name), "count": str(most), "most": str(len(wanted))}
                yield Problem("history-gap", {**params, "period": wanted[-1].text}, "few", table=table.name)


def _in_force_before(checked: Checked) -> tuple[Period, ...]:
    """The earlier periods of the year in which the scheme was in force."""
    if checked.period is None:
        return ()
    every = earlier_in_year(checked.period, checked.scheme.year_starts)
    return tuple(one for one in every if one.first_day >= checked.scheme.first_day)


def too_many_recorded_rows(checked: Checked, table: str, count: int) -> Iterator[Problem]:
    """The problem of more rows of one person than the year has periods before the one that is paid."""
    if checked.period is None:
        return
    most = len(earlier_in_year(checked.period, checked.scheme.year_starts))
    if count > most:
        params = {"name": echo(table), "count": str(count), "most": str(most), "period": checked.period.text}
        yield Problem("history-rows", params)


def _not_brought(
    checked: Checked, table: str, rows: Sequence[DataRow], kept: Sequence[Mapping[str, object]]
) -> Iterator[Problem]:
    """The problems of rows that records have, and that are not in the table that the data bring."""
    if not kept:
        return
    inputs = [_lenient(one) for one in inputs_at(checked, (table,))]
    there = Counter(tuple(read_cell(one, row.cells.get(one.name)) for one in inputs) for row in rows)
    for row in kept:
        named = _named(row)
        values = tuple(read_cell(one, raw_cell(one, named.get(one.name))) for one in inputs)
        if there[values] > 0:
            there[values] -= 1
            continue
        raws = [(heading_of(one), raw_cell(one, named.get(one.name))) for one in inputs]
        said = ", ".join(f"{heading} {'—' if raw is None else shown(raw)}" for heading, raw in raws)
        yield Problem("history-rows", {"name": echo(table), "recorded": said}, "lacks")


def not_handed(checked: Checked, facts: Mapping[str, object], tables: Mapping[str, object]) -> Iterator[Problem]:
    """The problems of what earlier periods bring of one person, and nobody handed over: no record is read here."""
    for one in person_inputs(checked):
        if one.definition.carried_from is not None and not {one.name, heading_of(one)} & facts.keys():
            yield Problem("data-missing", {"input": echo(one.name)}, "carried", column=echo(heading_of(one)))
    earlier = _in_force_before(checked)
    for table in checked.scheme.details if earlier else ():
        if table.recorded and table.name not in tables and table.gaps == "refuse":
            yield Problem("history-gap", {"name": echo(table.name), "period": earlier[-1].text}, "rows")


def _of_earlier(table: str, row: DataRow) -> DataRow:
    return evolve(row, cells={**row.cells, MadeName.CURRENT.of(table): False})


def _named(row: Mapping[str, object]) -> Mapping[str, object]:
    return {MadeName.RECORDED.of(local): value for local, value in row.items()}


def recorded_rows(checked: Checked, table: str, rows: Sequence[object]) -> list[object]:
    """The rows of earlier periods, whose values a caller names by their local names, and the row of this period."""
    current = MadeName.CURRENT.of(table)
    columns = {heading_of(one): one.name for one in inputs_at(checked, (table,))}
    earlier = [
        {**{columns.get(name, name): value for name, value in row.items()}, current: False}
        if isinstance(row, Mapping)
        else row  # an engine says what is wrong with it
        for row in rows
    ]
    missing = dict.fromkeys(columns.values())
    return [*earlier, {**missing, current: True}]


# ── Carried values ────────────────────────────────────────────────────────────────────────────────


def carried_inputs(checked: Checked, history: History) -> frozenset[str]:
    """The inputs of people that an earlier period brings, or that have their first value: they need no column."""
    return frozenset(
        one.name
        for one in person_inputs(checked)
        if one.definition.carried_from is not None
        and (one.name in history.carried or one.definition.first is not None)
    )


def brought(checked: Checked, tables: Iterable[DataTable], further: Iterable[str]) -> frozenset[str]:
    """The recorded tables and the carried inputs that the data bring themselves."""
    recorded = {table.name for table in checked.scheme.details if table.recorded}
    carried = [one for one in person_inputs(checked) if one.definition.carried_from is not None]
    found = set[str]()
    for table in tables if carried else ():
        there, _ = input_columns(person_inputs(checked), table.headings, by_input=table.by_input)
        found |= {one.name for one in carried if one.name in there}
    return frozenset(found | (recorded & set(further)))


def with_carried(checked: Checked, rows: Sequence[DataRow], history: History) -> Sequence[DataRow]:
    """The rows with the carried values: the recorded one, else the first one.

    A value that the data have as well must be equal: neither is preferred. A value in the data alone is taken.
    """
    carried = [one for one in person_inputs(checked) if one.name in carried_inputs(checked, history)]
    if not carried:
        return rows
    found = []
    for row in rows:
        cells, problems, earlier = dict(row.cells), list[Problem](), dict[str, str]()
        for one in carried:
            cell = _carried(one, row, history)
            if isinstance(cell, Problem):
                problems.append(placed(cell, row.elsewhere.get(one.name, row.origin), row.key))
            else:
                if read_cell(_lenient(one), row.cells.get(one.name)) is None:
                    earlier[one.name] = "recorded" if row.key in history.carried.get(one.name, {}) else "first"
                cells[one.name] = cell
        found.append(evolve(row, cells=cells, problems=(*row.problems, *problems), earlier=earlier))
    return tuple(found)


def _carried(one: CheckedInput, row: DataRow, history: History) -> object:
    """The cell of a carried input; or the problem why there is none."""
    cell, recorded = row.cells.get(one.name), history.carried.get(one.name, {})
    lenient = _lenient(one)
    there = read_cell(lenient, cell)
    if isinstance(there, Problem):
        return cell  # whoever computes the row says what is wrong with it
    if row.key in recorded:
        value = raw_cell(one, recorded[row.key])
        if there is None or there == read_cell(lenient, value):
            return value
        params = {"input": echo(one.name), "value": shown(cell), "recorded": shown(value)}
        missing = "missing" if value is None else ""
        return Problem("data-carried", params, missing, column=echo(heading_of(one)))
    if there is not None:
        return cell
    unknown = history.unknown.get(one.name, {}).get(row.key)
    if unknown is not None:
        reported = any(problem.code == unknown.code for problem in history.problems.get(row.key, ()))
        return cell if reported else unknown
    if not history.complete:
        return cell  # a needed one is missing, and said to be so
    if one.name in history.strangers:
        stranger = history.strangers[one.name]
        return evolve(stranger, key=echo(row.key), params={**stranger.params, "key": echo(row.key)})
    if one.definition.first is None:
        params = {"input": echo(one.name), "source": echo(one.definition.carried_from or "")}
        return Problem("carried-first", params, column=echo(heading_of(one)))
    return _first(one)


def _lenient(one: CheckedInput) -> CheckedInput:
    return evolve(one, definition=evolve(one.definition, can_be_missing=True))


def _first(one: CheckedInput) -> object:
    literal = one.definition.first
    if literal is None or literal.text in MISSING_WORDS:
        return None
    # Whatever the data write, a scheme writes its own values as schemes do.
    bare = evolve(one.definition, percent=False, suffix="", written="", texts=(), missing_texts=())
    plain = evolve(one, definition=bare)
    # A scheme writes 5% for 0.05 wherever a number is due; in the data the column has to say so.
    number = read_number(literal.text) if one.facts.type.kind is Kind.NUMBER else None
    text = literal.text
    if one.facts.type.kind is Kind.TIME and len(text) == len("YYYY-MM-DD"):
        text += " 00:00"  # as where a scheme bounds a time by a day
    value = read_cell(plain, text if number is None else number)
    return literal.text if isinstance(value, Problem) else raw_cell(one, value)


def raw_cell(one: CheckedInput, value: object) -> object:
    """A value of an engine or of a record as a raw cell, from which the same value is read."""
    if value is MISSING:
        return None
    if isinstance(value, str):
        # A word that files spell in another way is handed over in that way.
        return next((spelled[0] for word, spelled in one.definition.texts if word == value and spelled), value)
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        return value
    if isinstance(value, int) and one.facts.type.kind is Kind.DATE:
        return date.fromordinal(value)
    if isinstance(value, int) and one.facts.type.kind is Kind.TIME:
        days, minutes = divmod(value, MINUTES_PER_DAY)
        clock = time(*divmod(minutes, 60))
        return datetime.combine(date.fromordinal(days), clock) if days else clock
    if one.definition.percent:
        return Fraction(value) * 100
    # A value of the scheme is never a text of the data that means: missing.
    return Fraction(value) if one.definition.missing_texts else value
