"""Prepares one person alone: values that other people decide are given, under the names of their inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ..base.problems import Problem
from ..base.text import MOST_LISTED, echo, listed, nearest
from ..lang.made_names import MadeName, inner_name
from ..model.checked import Checked, CheckedInput
from ..model.data import RowOrigin, changed_row
from ..model.levels import PERSON, Level
from ..model.result import MISSING
from .earlier import not_handed, recorded_rows, too_many_recorded_rows
from .owners.group_facts import GroupFacts, InputValues
from .tables.columns import heading_of
from .tables.duplicate_keys import KeyedRow, duplicate_keys
from .tables.links import KeyReader, TableLinks, column_reader, details_named, inputs_at

RowsByTable = Mapping[str, Sequence[object]]


@frozen
class Alone:
    """The facts and rows of one person by the names of inputs; `problems` name values missing or not asked for."""

    facts: dict[str, object]
    tables: dict[str, list[object]] | None
    problems: tuple[Problem, ...] = ()


def alone_with(
    checked: Checked, needed: Iterable[str], facts: InputValues, tables: RowsByTable | None, given: InputValues,
    idle: Mapping[str, frozenset[str]], groups: GroupFacts,
) -> Alone:  # fmt: skip
    """The facts and rows of one person with what is `given` of others; all `needed` names must be given.

    A value of detail rows is given in each row, under its own name. Columns that are `idle` for one person alone may be
    in the rows of a table, as they are in its file. The rows get the facts of their `groups`.
    """
    needed = tuple(needed)
    levels = {name: _level(checked, name) for name in needed}
    detail_rows = {n: r for n, r in (tables or {}).items() if n in {table.name for table in checked.scheme.details}}
    twice = [problem for name, given_rows in detail_rows.items() for problem in _own_keys(checked, name, given_rows)]
    earlier = [*not_handed(checked, facts, detail_rows)]
    for table in checked.scheme.details:
        if table.recorded:
            earlier += too_many_recorded_rows(checked, table.name, len(detail_rows.get(table.name, ())))
    twice += [one for name, rows_given in detail_rows.items() for one in groups.disagreements(name, rows_given)]
    twice += [_doubled(checked, name) for name in given if levels.get(name) == PERSON and _stands(checked, name, facts)]
    facts = groups.of_person(facts, given)
    tables = None if tables is None else {name: groups.of_rows(name, rows) for name, rows in tables.items()}
    brought = {_input(checked, name): None if v is MISSING else v for name, v in given.items()}
    facts = changed_row(facts, {**facts, **brought})
    rows = None if tables is None else {n: _with_given(checked, n, r, idle.get(n)) for n, r in tables.items()}
    lacking = [name for name in needed if not _is_given(checked, name, levels[name], facts, rows or {})]
    problems = [*groups.problems]
    problems += [_unasked(name, levels) for name in given if levels.get(name) != PERSON]
    if lacking and not problems:
        names = listed((f"`{_called(name, levels[name])}`" for name in lacking), MOST_LISTED)
        tables_of_rows = listed(dict.fromkeys(f"`{levels[name][0]}`" for name in lacking if levels[name]), MOST_LISTED)
        params = {"names": names, "count": str(len(lacking)), "details": tables_of_rows}
        problems.append(Problem("data-needs-others", params, "rows" if tables_of_rows else ""))
    return Alone(facts, rows, (*twice, *earlier, *problems))


def _called(name: str, level: Level) -> str:
    """A name, with the table in whose rows it is given."""
    return f"{level[0]}.{name}" if level else name


def with_this_period(checked: Checked, brought: Alone) -> Alone:
    """The same, with the row of this period in each recorded table."""
    tables = brought.tables or {}
    names = [table.name for table in checked.scheme.details if table.recorded]
    made = {name: recorded_rows(checked, name, tables.get(name, ())) for name in names}
    return evolve(brought, tables={**tables, **made})


def _input(checked: Checked, name: str) -> str:
    """The name of the input for a value that others decide."""
    inner = MadeName.GIVEN.of(name)
    return inner if inner in checked.inputs else name


def _level(checked: Checked, name: str) -> Level:
    return checked.inputs[_input(checked, name)].level


def idle_columns(checked: Checked, nested: bool) -> Mapping[str, frozenset[str]]:
    """By detail table, the columns that lead to groups; and its own key, if no rows are `nested` below others."""
    found = {}
    for table in checked.scheme.details:
        own = {one.name for one in inputs_at(checked, (table.name,))}
        groups = [level for level in checked.levels[table.name,].owners if checked.levels[level].sort == "group"]
        names = {column for level in groups for column in level} | (set() if nested else set(table.key))
        found[table.name] = frozenset(names - own)
    return {name: names for name, names in found.items() if names}


def _with_given(
    checked: Checked, table: str, rows: Sequence[object], idle: frozenset[str] | None
) -> list[object]:
    """The rows, with what is given in them under the names of its inputs; anything that is no row is unchanged."""
    inner = {inner_name(one.name): one.name for one in checked.inputs.values() if MadeName.GIVEN.is_of(one.name)}
    own = {name: full for name, full in inner.items() if checked.inputs[full].level == (table,)}
    if not own and not idle:
        return list(rows)
    left = idle or frozenset()
    return [_renamed(row, own, left) if isinstance(row, Mapping) else row for row in rows]


def _renamed(row: InputValues, own: Mapping[str, str], left: frozenset[str]) -> dict[str, object]:
    """The row, with what is given in it under the name of its input, without the columns in `left`."""
    return changed_row(row, {own.get(name, name): value for name, value in row.items() if name not in left})


def _own_keys(checked: Checked, name: str, rows: Sequence[object]) -> Iterator[Problem]:
    """The problems of rows with missing or equal keys, if any of them has a key."""
    columns = [column_reader(checked, one) for one in details_named(checked, name).key]
    keyed = [(n, row) for n, row in enumerate(rows, 1) if isinstance(row, Mapping)]
    if not any(_says(row, columns) for _, row in keyed):
        return
    pairs = [(KeyReader(one), one) for one in columns]
    keyed_rows = tuple(
        KeyedRow({}, RowOrigin(name, n), tuple([read(_cell(row, one)) for read, one in pairs])) for n, row in keyed
    )
    links = TableLinks(name, (), tuple(columns), tuple(range(len(columns))), ())
    yield from (problem for _, problem in duplicate_keys(links, enumerate(keyed_rows)))


def _says(row: Mapping[str, object], columns: Sequence[CheckedInput]) -> bool:
    return any(heading_of(one) in row or one.name in row for one in columns)


def _cell(row: Mapping[str, object], one: CheckedInput) -> object:
    return row[heading_of(one)] if heading_of(one) in row else row.get(one.name)


def _stands(checked: Checked, name: str, facts: InputValues) -> bool:
    """Whether a value that is given is among the facts of the person as well."""
    return _is_given(checked, name, PERSON, facts, {})


def _doubled(checked: Checked, name: str) -> Problem:
    one = checked.inputs[_input(checked, name)]
    return Problem("data-name-unknown", {"name": name}, "given-fact", column=echo(heading_of(one)))


def _is_given(checked: Checked, name: str, level: Level, facts: InputValues, tables: RowsByTable) -> bool:
    inner = _input(checked, name)
    names = {inner, checked.inputs[inner].definition.column or inner}
    if level == PERSON:
        return not names.isdisjoint(facts)
    return all(isinstance(row, Mapping) and not names.isdisjoint(row) for row in tables.get(level[0], ()))


def _unasked(name: str, needed: Mapping[str, Level]) -> Problem:
    """The problem of a value that is given and not asked for, or unknown."""
    if name in needed:
        return Problem("data-name-unknown", {"name": name, "details": needed[name][0]}, "given-rows")
    near = nearest(name, needed, 1)
    inputs = listed((f"`{_called(n, level)}`" for n, level in needed.items()), MOST_LISTED) or "—"
    params = {"name": echo(name), "near": "".join(near), "inputs": inputs}
    return Problem("data-name-unknown", params, "given-near" if near else "given")
