"""One row of data: where it stands, and its exact values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from ...base.problems import Problem
from ...base.text import echo, listed
from ...model.checked import CheckedInput
from ...model.data import DataRow, ExactValue, RowOrigin
from ..cells.cell import read_cell

Values = Mapping[str, ExactValue]
_MOST_PLACES = 5  # in one message


def placed(problem: Problem, origin: RowOrigin, key: str = "") -> Problem:
    """`problem` with the place of its row; the name of the file, where there is one, is the table's name."""
    return evolve(
        problem,
        table=origin.table or problem.table,
        row=origin.row,
        line=origin.line,
        key=problem.key or echo(key),
    )


def where_of(origin: RowOrigin) -> str:
    """`people.csv:7`, or `#6` for the sixth row of what has no file."""
    if origin.line is not None:
        return f"{origin.table}:{origin.line}" if origin.table else str(origin.line)
    return f"{origin.table}#{origin.row}" if origin.table else f"#{origin.row}"


def places_of(origins: Iterable[RowOrigin]) -> str:
    """Where several rows stand, the first of them."""
    return listed(map(where_of, origins), _MOST_PLACES, ", ")


def read_values(row: DataRow, inputs: Iterable[CheckedInput]) -> tuple[Values, tuple[Problem, ...]]:
    """Each input's exact value, None where it is missing; and a problem, with its place, for each refused cell."""
    values: dict[str, ExactValue] = {}
    problems = []
    for checked in inputs:
        read = read_cell(checked, row.cells.get(checked.name))
        if isinstance(read, Problem):
            problems.append(placed(read, row.elsewhere.get(checked.name, row.origin), row.key))
        else:
            values[checked.name] = read
    return values, tuple(problems)
