"""Finds the column of each input: headings are matched exactly, by `column` or by the name of the input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...base.problems import Problem
from ...base.text import MOST_LISTED, bare, echo, listed, nearest
from ...model.checked import CheckedInput
from ...model.data import DataTable
from ..cells.showing import shown_character
from ..cells.texts import hidden_character
from ..sources.refusals import folded

_MOST_ABOVE = 20  # lines above the headings


def heading_of(item: CheckedInput) -> str:
    """The heading of an input in files."""
    return item.definition.column or item.name


def input_columns(
    inputs: Iterable[CheckedInput], headings: tuple[str, ...], table: str = "", by_input: bool = False
) -> tuple[Mapping[str, int], tuple[Problem, ...]]:
    """The column number of each input that has one here; a problem if it has two.

    Several inputs may read one column. Headings that are `by_input` are the names of inputs.
    """
    inputs = tuple(inputs)
    numbers = {heading: number for number, heading in enumerate(headings)}
    if by_input:
        return {one.name: numbers[one.name] for one in inputs if one.name in numbers}, ()
    readers = readers_of(inputs)
    found, problems = {}, []
    for item in inputs:
        heading = heading_of(item)
        # An input with a column is found by its name as well, unless that is a heading that is read itself.
        named = item.name != heading and item.name in numbers and item.name not in readers
        if heading in numbers:
            found[item.name] = numbers[heading]
        if named and (heading not in numbers or len(readers[heading]) > 1):
            found[item.name] = numbers[item.name]
        elif named:
            params = {"input": item.name, "heading": echo(heading), "other": item.name}
            problems.append(Problem("data-heading-twice", params, "both", table=table, column=echo(heading)))
    return found, tuple(problems)


def readers_of(inputs: Iterable[CheckedInput]) -> Mapping[str, Sequence[str]]:
    """By heading, the names of the inputs that are read from it."""
    found: dict[str, list[str]] = {}
    for one in inputs:
        found.setdefault(heading_of(one), []).append(one.name)
    return found


def columns_missing(inputs: Iterable[CheckedInput], *tables: DataTable) -> list[Problem]:
    """The problems of inputs without a column in these files; headings found in a later line are one problem."""
    headings = [heading for table in tables for heading in table.headings if bare(heading)]
    file = tables[0].name if len(tables) == 1 else ""
    below: dict[int, list[str]] = {}
    problems = []
    for one in inputs:
        wanted = heading_of(one)
        alike = next((heading for heading in headings if folded(heading) in (folded(wanted), folded(one.name))), None)
        line = None if alike is not None else _line_with(wanted, tables)
        if line is None:
            problems.append(_column_missing(wanted, alike, headings, tables, file))
        else:
            below.setdefault(line, []).append(wanted)
    for line, lower in below.items():
        params = {"line": str(line), "headings": listed((f"`{echo(one)}`" for one in lower), MOST_LISTED)}
        problems.append(Problem("data-column", params, "below", table=file))
    return problems


def _column_missing(
    wanted: str, alike: str | None, headings: Sequence[str], tables: Sequence[DataTable], file: str
) -> Problem:
    """The problem of an input without a column, with the heading that was probably meant."""
    params = {"heading": wanted, "headings": listed((f"`{echo(one)}`" for one in headings), MOST_LISTED) or "—"}
    near = alike if alike is not None else next(iter(nearest(wanted, headings, 1)), None)
    variant = "" if near is None else "near"
    if near is not None:
        params["near"] = echo(near)
        hidden = hidden_character(near)
        if bare(near) == wanted:
            variant = "blank"
        elif hidden:
            variant, params["character"] = "hidden", shown_character(hidden)
    elif len(headings) < sum(len(table.headings) for table in tables):
        variant, params["number"] = "unnamed", str(_first_unnamed(tables))
    return Problem("data-column", params, variant, table=file, column=wanted)


def _line_with(heading: str, tables: Iterable[DataTable]) -> int | None:
    """The line, among the first ones, that contains a heading: a title may have been written above it."""
    for table in tables:
        for cells, line in zip(table.rows[:_MOST_ABOVE], table.lines[:_MOST_ABOVE], strict=True):
            if line is not None and any(type(cell) is str and bare(cell) == heading for cell in cells):
                return line
    return None


def _first_unnamed(tables: Iterable[DataTable]) -> int:
    """The number of the first column without a heading."""
    return next(n for table in tables for n, heading in enumerate(table.headings, 1) if not bare(heading))
