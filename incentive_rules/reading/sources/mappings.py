"""Reads the table in a list of objects: one of json, or one of mappings that a program hands over."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from ...base.numbers import EXACT
from ...base.text import echo
from ...model.data import ByInput, DataTable
from ...model.table import Rows, column_of
from ..cells.showing import shown
from . import refusals
from .refusals import (
    MOST_PROBLEMS,
    TableOrProblems,
    file_problem,
    heading_problems,
    refused,
    too_many_cells,
    too_many_rows,
)


class _NameTwice(ValueError):
    pass


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _NameTwice(next(name for name, count in counts.items() if count > 1))
    return found


def _exact(text: str) -> object:
    try:
        return Decimal(text, EXACT)
    except InvalidOperation:  # an exponent beyond all bounds: an infinity is refused as such, cell by cell
        return Decimal("Infinity")


def _whole(text: str) -> object:
    # CPython refuses to read thousands of digits with an exception of its own.
    return int(text) if len(text) < 100 else Decimal(text, EXACT)


def read_json(text: str, name: str) -> TableOrProblems:
    """Reads a json list of objects; numbers stay exact, and a name that an object lacks is None."""
    if text.count(",") >= refusals.MOST_CELLS:  # no value, object or list stands without one
        return too_many_cells(name)
    if text.count("{") > refusals.MOST_ROWS:
        return too_many_rows(name)
    try:
        rows = json.loads(
            text, parse_float=_exact, parse_int=_whole, parse_constant=_exact, object_pairs_hook=_object
        )
    except _NameTwice as error:
        return refused(name, "data-heading-twice", heading=echo(str(error)))
    except json.JSONDecodeError as error:
        return refused(name, "data-format", "json", line=error.lineno, reason=echo(error.msg))
    except RecursionError:
        return refused(name, "data-format", "json", reason="too deeply nested")
    if not isinstance(rows, list):
        return refused(name, "data-format", "list")
    return read_mappings(rows, name)


def read_mappings(rows: Iterable[object], name: str = "") -> TableOrProblems:
    """Reads a list of mappings; the headings are in the order of their first appearance."""
    headings: dict[object, None] = {}
    mappings: list[Mapping[object, object]] = []
    problems = []
    for number, row in enumerate(rows, 1):
        if isinstance(row, Mapping):
            mappings.append(row)
            headings.update(dict.fromkeys(row))
        else:
            problems.append(file_problem(name, "data-row", row=number, value=shown(row)))
    texts = tuple(heading for heading in headings if isinstance(heading, str))
    problems += [file_problem(name, "data-row", value=shown(h)) for h in headings if not isinstance(h, str)][:1]
    problems += heading_problems(texts, name) if len(texts) > 1 else ()
    if problems:
        return None, tuple(problems[:MOST_PROBLEMS])
    columns = [column_of(row.get(heading) for row in mappings) for heading in texts]
    by_input = bool(mappings) and all(isinstance(row, ByInput) for row in mappings)
    rows = Rows(columns, len(mappings))
    return DataTable(name, texts, rows, (None,) * len(mappings), by_input=by_input), ()
