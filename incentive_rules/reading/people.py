"""From tables to people: columns found, files joined one to one on the key, detail rows given to owners.

Nothing here reads a cell but the keys. A table that cannot be used as a whole is a problem of the
table; a row that cannot stand (its key missing, or twice) keeps its problem, so that a run may set
that row aside and pay the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from ..base.problems import Problem
from ..base.text import echo
from ..lang.types import Kind
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow, DataTable, People, RowOrigin
from ..model.run import NeededInput
from .cells import read_cell
from .columns import column_missing, columns_of, heading_of

Problems = tuple[Problem, ...]


def gather(
    checked: Checked, tables: Sequence[DataTable], details: Mapping[str, Sequence[DataTable]]
) -> tuple[People | None, Problems]:
    """Everybody in `tables`, with the rows of `details`; or the problems of whole tables, all of them."""
    inputs = person_inputs(checked)
    key = key_input(checked)
    columns, problems = _columns_of_all(inputs, key, tables)
    detail_problems = _unknown_details(checked, details)
    if problems or detail_problems:
        return None, (*problems, *detail_problems)
    rows = _joined(inputs, key, tables, columns)
    if len(rows) > checked.scheme.max_people:
        return None, (_too_many(len(rows), checked.scheme.max_people),)
    read = {(number, column) for number, found in enumerate(columns) for column in found.values()}
    unread = [
        (table.name, heading)
        for number, table in enumerate(tables)
        for column, heading in enumerate(table.headings)
        if (number, column) not in read
    ]
    owned: dict[str, Mapping[str, tuple[DataRow, ...]]] = {}
    orphans: list[Problem] = []
    table_problems: list[Problem] = []
    blamed: dict[str, list[Problem]] = {}
    keys = {row.key for row in rows}
    for name, given in details.items():
        groups, lost, broken, left = _details_of(checked, name, key, given, keys)
        owned[name] = groups
        for owner, problem in _told_twice(checked, name, key, groups):
            blamed.setdefault(owner, []).append(problem)
        orphans += lost
        table_problems += broken
        unread += left
    if table_problems:
        return None, tuple(table_problems)
    if blamed:
        rows = tuple(evolve(r, problems=(*r.problems, *blamed[r.key])) if r.key in blamed else r for r in rows)
    files = (*tables, *(table for given in details.values() for table in given))
    return People(rows, owned, tuple(orphans), tuple(unread), tuple(table.digest for table in files)), ()


def person_inputs(checked: Checked) -> tuple[CheckedInput, ...]:
    """The inputs of one person, in the order of the scheme."""
    return tuple(checked.inputs[i.name] for i in checked.scheme.inputs if i.name in checked.inputs)


def detail_inputs(checked: Checked, details: str) -> tuple[CheckedInput, ...]:
    """The inputs of one detail table."""
    return tuple(found for found in checked.inputs.values() if found.level == (details,))


def key_input(checked: Checked) -> CheckedInput | None:
    """The input that tells people apart: the first of type `key`."""
    return next((i for i in person_inputs(checked) if i.facts.type.kind is Kind.KEY), None)


# ── People ────────────────────────────────────────────────────────────────────────────────────────


def _columns_of_all(
    inputs: Sequence[CheckedInput], key: CheckedInput | None, tables: Sequence[DataTable]
) -> tuple[list[Mapping[str, int]], Problems]:
    columns, problems = [], list[Problem]()
    for table in tables:
        found, doubled = columns_of(inputs, table.headings, table.name)
        columns.append(found)
        problems += doubled
        if len(tables) > 1 and key is not None and key.name not in found:
            params = {"file": echo(table.name), "heading": heading_of(key)}
            problems.append(Problem("data-column", params, "key", table=table.name))
    for checked in inputs:
        homes = [table for table, found in zip(tables, columns, strict=True) if checked.name in found]
        if not homes and any(table.headings for table in tables):
            headings = tuple(heading for table in tables for heading in table.headings)
            problems.append(column_missing(checked, headings, tables[0].name if len(tables) == 1 else ""))
        elif len(homes) > 1 and checked is not key:
            params = {"heading": heading_of(checked), "file": homes[0].name, "other": homes[1].name}
            problems.append(Problem("data-heading-twice", params, "files", table=homes[1].name))
    return columns, tuple(problems)


def _joined(
    inputs: Sequence[CheckedInput],
    key: CheckedInput | None,
    tables: Sequence[DataTable],
    columns: Sequence[Mapping[str, int]],
) -> tuple[DataRow, ...]:
    if not tables:
        return ()
    if len(tables) == 1:
        return _marked(_rows_of(key, tables[0], columns[0], inputs))
    parts = [_marked(_rows_of(key, table, found, inputs)) for table, found in zip(tables, columns, strict=True)]
    by_key: dict[str, list[DataRow]] = {}
    unkeyed = []
    for row in (row for part in parts for row in part):
        if row.problems:
            unkeyed.append(row)
        else:
            by_key.setdefault(row.key, []).append(row)
    # A key that stands twice in one file is set aside whole: its rows in the other files too.
    doubled = {row.key for row in unkeyed if row.key}
    required = {checked.name for checked in inputs if not checked.definition.can_be_missing and checked is not key}
    needed = [table.name for table, found in zip(tables, columns, strict=True) if required & set(found)]
    merged = (_merged(rows, inputs, needed) for found, rows in by_key.items() if found not in doubled)
    return (*merged, *unkeyed)


def _rows_of(
    key: CheckedInput | None, table: DataTable, columns: Mapping[str, int], inputs: Sequence[CheckedInput]
) -> list[DataRow]:
    found = []
    here = tuple((checked.name, columns[checked.name]) for checked in inputs if checked.name in columns)
    for number, (cells, line) in enumerate(zip(table.rows, table.lines, strict=True), 1):
        origin = RowOrigin(table.name, number, line)
        values = {name: cells[column] for name, column in here}
        if key is None or key.name not in columns:
            found.append(DataRow("", values, origin))
            continue
        read = read_cell(key, cells[columns[key.name]])
        if isinstance(read, Problem):
            found.append(DataRow("", values, origin, problems=(placed(read, origin),)))
        else:
            found.append(DataRow(str(read), values, origin))
    return found


def _marked(rows: list[DataRow]) -> tuple[DataRow, ...]:
    """The rows, those with a key that stands twice marked as such, each naming all of them."""
    first: dict[str, int] = {}
    doubled: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if row.key:
            earlier = first.setdefault(row.key, number)
            if earlier != number:
                doubled.setdefault(row.key, [earlier]).append(number)
    marked = list(rows)
    for key, numbers in doubled.items():
        where = ", ".join(_where(rows[n].origin) for n in numbers[:5]) + (" …" if len(numbers) > 5 else "")
        for n in numbers:
            problem = Problem("data-key-twice", {"value": f'"{echo(key)}"', "where": where}, key=key)
            marked[n] = evolve(rows[n], problems=(placed(problem, rows[n].origin),))
    return tuple(marked)


def _where(origin: RowOrigin) -> str:
    if origin.line is not None:
        return f"{origin.table}:{origin.line}" if origin.table else str(origin.line)
    return f"{origin.table}#{origin.row}" if origin.table else f"#{origin.row}"


def _merged(rows: Sequence[DataRow], inputs: Sequence[CheckedInput], needed: Sequence[str]) -> DataRow:
    """One person's row out of all files; a file of `needed` that has no row for them is one problem."""
    first = rows[0]
    lacking = [name for name in needed if all(row.origin.table != name for row in rows)]
    absent = tuple(
        placed(Problem("data-missing", {"value": f'"{echo(first.key)}"', "file": echo(name)}, "file"), first.origin,
               first.key)
        for name in lacking
    )  # fmt: skip
    cells: dict[str, object] = dict.fromkeys(checked.name for checked in inputs)
    elsewhere = {}
    for row in rows:
        cells.update(row.cells)
        if row is not first:
            elsewhere.update(dict.fromkeys(row.cells, row.origin))
    return DataRow(first.key, cells, first.origin, elsewhere, absent)


def placed(problem: Problem, origin: RowOrigin, key: str = "") -> Problem:
    """`problem` with the place of its row; the name of the file, where there is one, is the table's name."""
    return evolve(
        problem,
        table=origin.table or problem.table,
        row=origin.row,
        line=origin.line,
        key=problem.key or echo(key),
    )


# ── Details ───────────────────────────────────────────────────────────────────────────────────────


def _unknown_details(checked: Checked, details: Mapping[str, object]) -> Problems:
    known = [table.name for table in checked.scheme.details]
    listed = " ".join(f"`{name}`" for name in known)
    unknown = [
        Problem("data-details", {"name": echo(name), "names": listed}, "" if known else "none")
        for name in details
        if name not in known
    ]
    needed = {level[0] for level in (found.level for found in checked.inputs.values()) if level}
    return (*unknown, *(Problem("data-details", {"name": n}, "missing") for n in known if n in needed - set(details)))


def _details_of(
    checked: Checked, name: str, key: CheckedInput | None, tables: Sequence[DataTable], keys: set[str]
) -> tuple[Mapping[str, tuple[DataRow, ...]], list[Problem], list[Problem], list[tuple[str, str]]]:
    """The rows of one detail table by owner; its orphans; problems of its tables; its unread columns."""
    inputs = detail_inputs(checked, name)
    groups: dict[str, list[DataRow]] = {}
    orphans, problems, unread = list[Problem](), list[Problem](), list[tuple[str, str]]()
    for table in tables:
        readers = (*((key,) if key else ()), *inputs)
        columns, doubled = columns_of(readers, table.headings, table.name)
        problems += doubled
        if table.headings:
            problems += [column_missing(c, table.headings, table.name) for c in readers if c.name not in columns]
        if problems:
            continue
        unread += [(table.name, h) for n, h in enumerate(table.headings) if n not in columns.values()]
        for row in _rows_of(key, table, columns, inputs):
            if row.problems:
                orphans += row.problems
            elif row.key not in keys:
                params = {"details": name, "value": f'"{echo(row.key)}"'}
                orphans.append(placed(Problem("data-orphan", params, key=echo(row.key)), row.origin))
            else:
                groups.setdefault(row.key, []).append(row)
    return {owner: tuple(rows) for owner, rows in groups.items()}, orphans, problems, unread


def _told_twice(
    checked: Checked, name: str, key: CheckedInput | None, groups: Mapping[str, Sequence[DataRow]]
) -> Iterator[tuple[str, Problem]]:
    """Detail rows that their `key` does not tell apart, each with its owner: counting both would pay twice."""
    columns = next(table.key for table in checked.scheme.details if table.name == name)
    readers = {c.name: c for c in detail_inputs(checked, name)}
    if not columns or not all(c in readers or (key and c == key.name) for c in columns):
        return
    seen: dict[tuple[object, ...], list[tuple[str, DataRow]]] = {}
    for owner, rows in groups.items():
        for row in rows:
            values = tuple(read_cell(readers[c], row.cells.get(c)) if c in readers else owner for c in columns)
            if not any(isinstance(value, Problem) for value in values):
                seen.setdefault(values, []).append((owner, row))
    for told, doubled in seen.items():
        if len(doubled) > 1:
            where = ", ".join(_where(row.origin) for _, row in doubled[:5]) + (" …" if len(doubled) > 5 else "")
            shown = ", ".join(f'"{echo(str(value))}"' for value in told)
            for owner, row in doubled:
                problem = Problem("data-key-twice", {"value": shown, "where": where, "details": name}, "details")
                yield owner, placed(problem, row.origin, owner)


def needed_inputs(checked: Checked) -> tuple[NeededInput, ...]:
    """Every fact that the data must bring, in the order of the scheme; then those of the detail tables."""
    found = []
    for item in checked.inputs.values():
        d = item.definition
        found.append(
            NeededInput(
                d.name, heading_of(item), d.type, d.low.text if d.low else "", d.high.text if d.high else "",
                item.decimals if item.facts.type.kind is Kind.NUMBER else None,
                tuple(word.text for word in d.one_of), d.can_be_missing, d.unit or "", d.title,
                item.level[0] if item.level else "",
            )
        )  # fmt: skip
    return tuple(found)


def _too_many(count: int, most: int) -> Problem:
    params = {"count": str(count), "most": str(most), "limit": "max_people", "limit_zh": "最多人数"}
    return Problem("data-too-many", params)
