"""Finds the place of a row of data, and reads its exact values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from ...base.problems import Problem
from ...base.text import echo, listed
from ...model.checked import CheckedInput
from ...model.data import DataRow, ExactValue, RowOrigin
from ..cells.cell import read_cell

Values = Mapping[str, ExactValue]
_MOST_ROWS_NAMED = 5  # in one message


def placed(problem: Problem, origin: RowOrigin, key: str = "") -> Problem:
    """`problem` with the place of its row; its table is the name of the file, if there is one."""
    return evolve(
        problem,
        table=origin.table or problem.table,
        row=origin.row,
        line=origin.line,
        key=problem.key or echo(key),
    )


def where_of(origin: RowOrigin) -> str:
    """`people.csv:7`, or `#6` for the sixth row of a table without a file."""
    if origin.line is not None:
        return f"{origin.table}:{origin.line}" if origin.table else str(origin.line)
    return f"{origin.table}#{origin.row}" if origin.table else f"#{origin.row}"


def places_of(origins: Iterable[RowOrigin]) -> str:
    """The places of several rows, the first few of them."""
    return listed(map(where_of, origins), _MOST_ROWS_NAMED, ", ")


def read_values(row: DataRow, inputs: Iterable[CheckedInput]) -> tuple[Values, tuple[Problem, ...]]:
    """Reads each input's exact value, None if it is missing; and a problem, with its place, for each refused cell."""
    values: dict[str, ExactValue] = {}
    problems = []
    for item in inputs:
        read = read_cell(item, row.cells.get(item.name))
        if isinstance(read, Problem):
            problems.append(placed(read, row.elsewhere.get(item.name, row.origin), row.key))
        else:
            values[item.name] = read
    return values, tuple(problems)
