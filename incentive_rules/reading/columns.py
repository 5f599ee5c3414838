"""Which column an input reads: headings are matched exactly, by `column` or by the input's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..base.problems import Problem
from ..base.text import echo, listed, nearest
from ..model.checked import CheckedInput
from .files import folded

_MOST_LISTED = 12


def heading_of(checked: CheckedInput) -> str:
    """The heading that the scheme asks for."""
    return checked.definition.column or checked.name


def columns_of(
    inputs: Iterable[CheckedInput], headings: tuple[str, ...], table: str = "", by_input: bool = False
) -> tuple[Mapping[str, int], tuple[Problem, ...]]:
    """The column number of each input that has one here; a problem where it has two.

    Several inputs may read one column. Headings that are `by_input` are the inputs' names.
    """
    inputs = tuple(inputs)
    numbers = {heading: number for number, heading in enumerate(headings)}
    if by_input:
        return {one.name: numbers[one.name] for one in inputs if one.name in numbers}, ()
    readers = readers_of(inputs)
    found, problems = {}, []
    for checked in inputs:
        heading = heading_of(checked)
        # An input with a column is found by its name as well, unless that is a heading that is read itself.
        named = checked.name != heading and checked.name in numbers and checked.name not in readers
        if heading in numbers:
            found[checked.name] = numbers[heading]
        if named and (heading not in numbers or len(readers[heading]) > 1):
            found[checked.name] = numbers[checked.name]
        elif named:
            params = {"input": checked.name, "heading": echo(heading), "other": checked.name}
            problems.append(Problem("data-heading-twice", params, "both", table=table, column=echo(heading)))
    return found, tuple(problems)


def readers_of(inputs: Iterable[CheckedInput]) -> Mapping[str, Sequence[str]]:
    """By heading, the names of the inputs that are read from it."""
    found: dict[str, list[str]] = {}
    for one in inputs:
        found.setdefault(heading_of(one), []).append(one.name)
    return found


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
