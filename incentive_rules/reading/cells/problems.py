"""Makes the problem of a refused cell: the input, the value as written, and what was probably meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction

from ...base.problems import Problem
from ...base.text import echo
from ...lang.types import Kind
from ...model.checked import CheckedInput
from .showing import shown

_PLAIN = re.compile(r"[^\W_]([\w./ -]*\w)?")


def cell_problem(item: CheckedInput, code: str, raw: object, variant: str = "", **params: str) -> Problem:
    """The problem of a cell with the value `raw`."""
    return worded(item, code, shown(raw), variant, **params)


def worded(item: CheckedInput, code: str, value: str, variant: str = "", **params: str) -> Problem:
    """The problem of a cell whose value is words already."""
    heading = item.definition.column or item.name
    return Problem(code, {"input": echo(item.name), "value": value, **params}, variant, column=echo(heading))


def wrong_type(item: CheckedInput, raw: object) -> Problem:
    return cell_problem(item, "data-type", raw, "" if item.facts.type.kind is Kind.NUMBER else "text")


def out_of_range(item: CheckedInput, value: str, show: Callable[[Fraction], str]) -> Problem:
    """The problem of a value outside its range; `show` writes the ends in the form of the value."""
    bounds = item.facts.bounds
    variant = "" if bounds.closed else "low" if bounds.low is not None else "high"
    ends = {name: show(end) for name, end in (("low", bounds.low), ("high", bounds.high)) if end is not None}
    return worded(item, "data-range", value, variant, **ends)


def in_yaml(text: str) -> str:
    """A text of the data as a list of a scheme may hold it, in quotes where it has to be.

    >>> in_yaml("N/A"), in_yaml("-")
    ('N/A', '"-"')
    """
    return text if _PLAIN.fullmatch(text) else json.dumps(echo(text), ensure_ascii=False)
