"""From raw cells to exact values: everything one person's row says, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..base.problems import Problem
from ..base.text import echo
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow
from .cells import Value, read_cell, was_corrected
from .columns import columns_of, names_unknown
from .people import detail_inputs, person_inputs, placed

Values = Mapping[str, Value]


def cells_of(facts: Mapping[str, object], inputs: Iterable[CheckedInput]) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """The facts of one person under the names of the inputs; an unknown or a doubled name is a problem."""
    inputs = tuple(inputs)
    names = tuple(facts)
    columns, problems = columns_of(inputs, names)
    cells = {name: facts[names[column]] for name, column in columns.items()}
    return cells, (*problems, *names_unknown(facts, inputs))


def read_values(row: DataRow, inputs: Iterable[CheckedInput]) -> tuple[Values, tuple[Problem, ...]]:
    """Each input's exact value, None where it is missing; and a problem, with its place, for each refused cell."""
    values: dict[str, Value] = {}
    problems = []
    for checked in inputs:
        read = read_cell(checked, row.cells.get(checked.name))
        if isinstance(read, Problem):
            problems.append(placed(read, row.elsewhere.get(checked.name, row.origin), row.key))
        else:
            values[checked.name] = read
    return values, tuple(problems)


def corrections(row: DataRow, inputs: Iterable[CheckedInput]) -> tuple[str, ...]:
    """The inputs whose number `read: nearest` changed in this row."""
    return tuple(c.name for c in inputs if c.definition.nearest and was_corrected(c, row.cells.get(c.name)))


def read_person(
    checked: Checked, row: DataRow, details: Mapping[str, tuple[DataRow, ...]]
) -> tuple[Values, Mapping[str, tuple[Values, ...]], tuple[Problem, ...]]:
    """One person's values and detail rows, as the referee takes them."""
    values, problems = read_values(row, person_inputs(checked))
    tables: dict[str, tuple[Values, ...]] = {}
    found = list(problems)
    for table in checked.scheme.details:
        rows = []
        inputs = detail_inputs(checked, table.name)
        for detail in details.get(table.name, ()):
            read, refused = read_values(detail, inputs)
            rows.append(read)
            found += refused
        tables[table.name] = tuple(rows)
    return values, tables, tuple(found)


def one_person(
    checked: Checked, facts: Mapping[str, object], details: Mapping[str, Iterable[Mapping[str, object]]]
) -> tuple[DataRow, Mapping[str, tuple[DataRow, ...]], tuple[Problem, ...]]:
    """One person's facts and detail rows as `DataRow`s; no owner key is needed in a detail row."""
    cells, problems = cells_of(facts, person_inputs(checked))
    row = DataRow("", cells)
    found = list(problems)
    tables: dict[str, tuple[DataRow, ...]] = {}
    known = [table.name for table in checked.scheme.details]
    for name, given in details.items():
        if name not in known:
            listed = " ".join(f"`{table}`" for table in known)
            found.append(Problem("data-details", {"name": echo(name), "names": listed}, "" if known else "none"))
            continue
        rows = []
        inputs = (*detail_inputs(checked, name), *(c for c in person_inputs(checked) if c.facts.type.kind == "key"))
        for number, facts_of_row in enumerate(given, 1):
            cells, wrong = cells_of(facts_of_row, inputs)
            rows.append(DataRow("", cells))
            found += [_in_row(problem, name, number) for problem in wrong]
        tables[name] = tuple(rows)
    return row, tables, tuple(found)


def _in_row(problem: Problem, table: str, number: int) -> Problem:
    return Problem(problem.code, problem.params, problem.variant, table, number, None, "", problem.column)
