"""Hands one person's rows to the engines (raw cells) and to the referee (exact values).

Also gives engines' problems the place of their row, and counts corrected numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..base.problems import Problem
from ..lang.made_names import MadeName
from ..model.checked import Checked, CheckedInput
from ..model.data import ByInput, DataRow, People
from .cells.cell import was_corrected
from .tables.columns import input_columns
from .tables.links import column_reader, inputs_at, key_columns, key_input, person_inputs
from .tables.rows import Values, read_values

DetailRows = Mapping[str, Sequence[DataRow]]


def one_person(
    checked: Checked, facts: Mapping[str, object], details: Mapping[str, Iterable[object]]
) -> tuple[DataRow, DetailRows]:
    """One person's facts and detail rows under the names of the inputs; names that no input reads are left out."""
    row = DataRow("", _cells_of(facts, person_inputs(checked)))
    tables = {}
    for name, given in details.items():
        inputs = (*row_inputs(checked, name), *linking(checked, name))
        tables[name] = tuple(DataRow("", _cells_of(one, inputs)) for one in given if isinstance(one, Mapping))
    return row, tables


def row_inputs(checked: Checked, name: str) -> tuple[CheckedInput, ...]:
    """The inputs of a detail table; of a recorded one also the flag that marks the row of this period."""
    mark = checked.inputs.get(MadeName.CURRENT.of(name))
    return (*inputs_at(checked, (name,)), *(() if mark is None else (mark,)))


def linking(checked: Checked, name: str) -> tuple[CheckedInput, ...]:
    """The columns of a detail table that are no inputs of it, and link it with rows of other detail tables."""
    owners = [level for level in checked.levels[name,].owners if checked.levels[level].sort == "details"]
    columns = [column for level in ((name,), *owners) for column in key_columns(checked, level)]
    person, own = key_input(checked), {one.name for one in inputs_at(checked, (name,))}
    return tuple(
        column_reader(checked, one)
        for one in dict.fromkeys(columns)
        if one not in own and (person is None or one != person.name)
    )


def _cells_of(facts: Mapping[str, object], inputs: Iterable[CheckedInput]) -> Mapping[str, object]:
    names = tuple(facts)
    columns, _ = input_columns(inputs, names, by_input=isinstance(facts, ByInput))
    return {name: facts[names[column]] for name, column in columns.items()}


def details_of(people: People, row: DataRow) -> DetailRows:
    """The detail rows of one person."""
    return {name: groups.get(row.key, ()) for name, groups in people.details.items()}


def read_person(
    checked: Checked, row: DataRow, details: DetailRows
) -> tuple[Values, Mapping[str, tuple[Values, ...]], tuple[Problem, ...]]:
    """One person's exact values and those of the detail rows, for the referee."""
    values, problems = read_values(row, person_inputs(checked))
    tables: dict[str, tuple[Values, ...]] = {}
    found = list(problems)
    for table in checked.scheme.details:
        rows = []
        inputs, links = row_inputs(checked, table.name), linking(checked, table.name)
        for detail in details.get(table.name, ()):
            read, refused = read_values(detail, inputs)
            keys = read_values(detail, [one for one in links if one.name in detail.cells])[0] if links else {}
            rows.append({**read, **keys})
            found += refused
        tables[table.name] = tuple(rows)
    return values, tables, tuple(found)


def count_corrections_together(checked: Checked, people: People) -> Mapping[str, int]:
    """By input, how many numbers `read: nearest` changed in rows of groups and in detail rows that no person owns."""
    counts: dict[str, int] = {}
    for item in checked.inputs.values():
        if item.definition.nearest and item.level:
            name = item.level[0]
            rows = people.groups.get(name, people.shared.get(name, ()))
            count = sum(was_corrected(item, one.cells.get(item.name)) for one in rows if not one.problems)
            if count:
                counts[item.name] = count
    return counts


def may_be_corrected(checked: Checked) -> bool:
    """Whether any input is `read: nearest`, that is rounded to its decimals."""
    return any(one.definition.nearest for one in checked.inputs.values())


def count_corrections(checked: Checked, row: DataRow, details: DetailRows) -> Mapping[str, int]:
    """By input, how many numbers of this row and its details `read: nearest` changed."""
    counts: dict[str, int] = {}
    for item in checked.inputs.values():
        if item.definition.nearest:
            rows = details.get(item.level[0], ()) if item.level else (row,)
            count = sum(was_corrected(item, one.cells.get(item.name)) for one in rows)
            if count:
                counts[item.name] = count
    return counts
