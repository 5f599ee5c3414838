"""Which column an input reads: headings are matched exactly, by `column` or by the input's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..base.problems import Problem
from ..base.text import echo, listed, nearest
from ..model.checked import CheckedInput
from .files import folded

_MOST_LISTED = 12


def heading_of(checked: CheckedInput) -> str:
    """The heading that the scheme asks for."""
    return checked.definition.column or checked.name


def columns_of(
    inputs: Iterable[CheckedInput], headings: tuple[str, ...], table: str = ""
) -> tuple[Mapping[str, int], tuple[Problem, ...]]:
    """The column number of each input that has one here; a problem where it has two."""
    inputs = tuple(inputs)
    numbers = {heading: number for number, heading in enumerate(headings)}
    declared = {checked.definition.column for checked in inputs if checked.definition.column}
    found, problems = {}, []
    for checked in inputs:
        column = checked.definition.column
        # A heading that another input declares as its column is not read by name.
        named = checked.name in numbers and checked.name not in declared
        if column and column in numbers:
            found[checked.name] = numbers[column]
            if named and column != checked.name:
                params = {"input": checked.name, "heading": echo(column), "other": checked.name}
                problems.append(Problem("data-heading-twice", params, "both", table=table, column=echo(column)))
        elif named:
            found[checked.name] = numbers[checked.name]
    return found, tuple(problems)


def column_missing(checked: CheckedInput, headings: tuple[str, ...], table: str = "") -> Problem:
    """The problem of an input without a column, with the heading that it may have meant."""
    wanted = heading_of(checked)
    alike = [heading for heading in headings if folded(heading) in (folded(wanted), folded(checked.name))]
    near = next(iter((*alike, *nearest(wanted, headings, 1))), None)
    if near is not None:
        return Problem(
            "data-column", {"heading": wanted, "near": echo(near)}, "near", table=table, column=wanted
        )
    there = listed((f"`{echo(heading)}`" for heading in headings), _MOST_LISTED) or "—"
    return Problem("data-column", {"heading": wanted, "headings": there}, table=table, column=wanted)
