"""The problems of a whole file: too large, or with headings that nobody could tell apart."""

from __future__ import annotations

import unicodedata

from ...base.problems import Problem
from ...base.text import echo
from ...model.data import DataTable

MOST_CELLS, MOST_ROWS = 50_000_000, 10_000_000  # of one file: what is small when packed must not fill the memory
MOST_PROBLEMS = 50

TableOrProblems = tuple[DataTable | None, tuple[Problem, ...]]


def heading_problems(headings: tuple[str, ...], name: str) -> tuple[Problem, ...]:
    if len(headings) == 1:
        for separator, called in ((";", "`;`"), ("\t", "TAB"), ("|", "`|`"), ("，", "`，`")):
            if separator in headings[0]:
                return (file_problem(name, "data-format", "separator", line=1, separator=called),)
    problems, seen = [], dict[str, str]()
    for heading in filter(folded, headings):  # a column without a heading is read by nobody
        other = seen.get(folded(heading))
        if other is None:
            seen[folded(heading)] = heading
            continue
        variant = "" if other == heading else "alike"
        names = echo(heading), echo(other)
        problems.append(file_problem(name, "data-heading-twice", variant, 1, heading=names[0], other=names[1]))
    return tuple(problems)


def folded(heading: str) -> str:
    """A heading without the differences that an eye does not see: width, letter case, spaces, a stray mark."""
    return "".join(unicodedata.normalize("NFKC", heading).casefold().replace("\ufeff", "").split())


def too_many_cells(name: str) -> TableOrProblems:
    return refused(name, "data-file", "cells", most=f"{MOST_CELLS:,}")


def too_many_rows(name: str) -> TableOrProblems:
    return refused(name, "data-file", "rows", most=f"{MOST_ROWS:,}")


def file_problem(
    table: str, code: str, variant: str = "", line: int | None = None, row: int | None = None, **params: str
) -> Problem:
    return Problem(code, {"file": f"`{table}`", **params}, variant, table=table, line=line, row=row)


def refused(table: str, code: str, variant: str = "", line: int | None = None, **params: str) -> TableOrProblems:
    return None, (file_problem(table, code, variant, line, None, **params),)
