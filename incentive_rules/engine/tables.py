"""What became of every row that was read, table by table: the sums that leave none out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from ..model.checked import Checked
from ..model.data import DataRow, People, RowsRead, count_rows
from ..model.run import TableOutcome
from .summary import Computed

RowPlace = tuple[str, int | None]


def table_outcomes(checked: Checked, people: People, computed: Computed) -> tuple[TableOutcome, ...]:
    """Of people, of each detail table and of each table of groups, in the order of the scheme."""
    problems = (*computed.problems, *people.orphans)
    bad = {(problem.table, problem.row) for problem in problems if not problem.follows}
    found = [_of_people(people.read[""], computed)]
    states = _states_of_others(computed)
    for table in checked.scheme.details:
        if table.name in people.read:
            owned: Mapping[str, Sequence[DataRow]] = people.details.get(table.name, {})
            shared = people.shared.get(table.name, ())
            if table.recorded:  # beside those that were read, rows that stand for this period and for records
                owned = {key: [row for row in rows if row.origin.row is not None] for key, rows in owned.items()}
            gone = computed.gone.get((table.name,), frozenset())
            found.append(_of_details(table.name, people.read[table.name], owned, shared, states, bad, gone))
    for group in checked.scheme.groups:
        if group.name in people.read:
            rows = people.groups.get(group.key, ())
            gone = computed.gone.get((group.key,), frozenset())
            found.append(_of_groups(group.name, people.read[group.name], rows, bad, gone))
    return tuple(found)


def _states_of_others(computed: Computed) -> Mapping[str, str]:
    """Of each person who is not paid, by key, what becomes of their rows."""
    results = computed.paid
    inside = results.in_scope
    waiting = [row.key for row in computed.rows(computed.refused)]
    outside = [results.keys[number] for number in np.flatnonzero(~inside).tolist()]
    states = {**dict.fromkeys(waiting, "waiting"), **dict.fromkeys(outside, "out_of_scope")}
    paid = (results.keys[number] for number in np.flatnonzero(inside).tolist()) if states else ()
    for key in paid:
        states.pop(key, None)
    return states


def _of_people(read: RowsRead, computed: Computed) -> TableOutcome:
    results = computed.paid
    problems = computed.problems_of_people
    waiting = sum(all(problem.follows for problem in problems[number]) for number in computed.refused)
    used = int(results.in_scope.sum())
    refused = len(computed.refused) - waiting
    return TableOutcome("", read.rows, used, len(results) - used, refused, waiting=waiting, files=read.files)


def _of_details(
    name: str, read: RowsRead, owned: Mapping[str, Sequence[DataRow]], shared: Sequence[DataRow],
    states: Mapping[str, str], bad: Collection[RowPlace], gone: Collection[int],
) -> TableOutcome:  # fmt: skip
    """Rows of a person are what their person is; but who is refused for them may have others that are sound.

    `states` are those of the people who are not paid. `gone` are the numbers of rows that no person owns and that do
    not stand.
    """
    counts = dict.fromkeys(("used", "out_of_scope", "refused", "waiting"), 0)
    theirs = count_rows(owned)
    for person, state in states.items():
        rows = owned.get(person, ())
        refused = sum(_place(row) in bad for row in rows) if state == "waiting" else 0
        counts["refused"] += refused
        counts[state] += len(rows) - refused
        theirs -= len(rows)
    refused = sum(_place(row) in bad for row in shared) if bad else 0
    counts["refused"] += refused
    waiting = sum(_place(shared[number]) not in bad for number in gone)
    counts["waiting"] += waiting
    counts["used"] += theirs + len(shared) - refused - waiting
    counts["refused"] += read.refused
    counts["waiting"] += read.waiting
    return TableOutcome(
        name, read.rows, **counts, without_owner=read.without_owner, left_out=read.left_out, files=read.files
    )


def _of_groups(
    name: str, read: RowsRead, rows: Iterable[DataRow], bad: Collection[RowPlace], gone: Collection[int]
) -> TableOutcome:
    """`gone` are the numbers, among those that had no problem when they were read, of groups that do not stand."""
    counts = dict.fromkeys(("used", "refused", "waiting"), 0)
    number = 0
    for row in rows:
        refused = any(not problem.follows for problem in row.problems) or _place(row) in bad
        waits = bool(row.problems) or number in gone
        number += not row.problems
        counts["refused" if refused else "waiting" if waits else "used"] += 1
    return TableOutcome(name, read.rows, **counts, files=read.files)


def _place(row: DataRow) -> RowPlace:
    return (row.origin.table, row.origin.row)
