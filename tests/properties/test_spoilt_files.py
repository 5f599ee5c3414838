"""Whatever is wrong with the files, no row is lost: each is used, or counted among those that are not.

Files of a small company are spoilt at random: cells, keys, rows, headings that come again, empty lines. Every run that
reads them reconciles, table by table, and whoever is paid is paid as if what was refused had never been there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.model.data import DataTable
from incentive_rules.reading.sources.files import read_bytes

HEAD = """\
format: 1
scheme: spoilt
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
applies_to: months >= 1
inputs:
  who: {type: key}
  team: {type: category}
  months: {type: integer, range: [0, 99]}
"""
ORDERS = """\
details:
  orders:
    belongs_to: who
    key: [order]
    without_owner: OWNER
    inputs: {hours: {type: integer, range: [0, 100], can_be_missing: true}, kind: {type: category}}
"""
ALONE = HEAD + ORDERS + """\
pay:
  own: {amount: "1.00 * sum(hours) + 10.00 * count(kind == 'mend')"}
"""
TOGETHER = HEAD + """\
groups:
  projects:
    key: project
    inputs: {worth: {type: money, range: [0, 1000]}}
    quantities: {reached: {is: sum(due), type: money}}
""" + ORDERS + """\
    quantities: {spent: sum(took)}
  visits:
    belongs_to: orders
    inputs: {took: {type: integer, range: [0, 600]}}
  shares:
    belongs_to: [who, project]
    inputs: {part: {type: integer, range: [0, 9]}}
  milestones:
    belongs_to: project
    inputs: {due: {type: money, range: [0, 100]}}
pay:
  own: {amount: "1.00 * sum(spent) + 1.00 * sum(hours)"}
  of_team: {pool: {each: team, amount: '100', in_proportion_to: "count(kind == 'mend')"}}
  of_project: {pool: {each: project, amount: worth + reached, to: shares, in_proportion_to: part}}
"""
FILES = {
    "people": ("who,team,months", "A,north,5|B,north,0|C,south,7|D,south,9|E,east,1"),
    "projects": ("project,worth", "P1,100|P2,200|P3,50"),
    "orders": ("order,who,hours,kind", "O1,A,5,mend|O2,A,,mend|O3,B,2,move|O4,C,3,mend|O5,D,9,move|O6,E,1,mend"),
    "visits": ("order,took", "O1,10|O1,20|O3,30|O4,40|O5,50|O6,60"),
    "shares": ("who,project,part", "A,P1,1|B,P1,2|C,P2,1|E,P2,3"),
    "milestones": ("project,due", "P1,10|P2,20|P2,30"),
}
CELLS = ["", " ", "x", "-1", "1e3", "１２", "95%", "A", "a", "Z", "P1", "P9", "O1", "合计", "Total", "north ",
         "no\u200brth", "NORTH", "10", "nor\u3000th", "0", "501", "#N/A"]  # fmt: skip

Rows = list[list[str]]


def rows_of(name: str) -> Rows:
    heading, rows = FILES[name]
    return [heading.split(","), *(row.split(",") for row in rows.split("|"))]


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> Rows:
    """The rows of a file after a few slips."""
    rows = rows_of(name)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(1, len(rows) - 1))
        match draw(st.sampled_from(["cell", "cell", "cell", "twice", "empty", "gone", "headings", "moved", "sum"])):
            case "cell":
                rows[at][draw(st.integers(0, len(rows[at]) - 1))] = draw(st.sampled_from(CELLS))
            case "twice":
                rows.insert(draw(st.integers(1, len(rows))), list(rows[at]))
            case "empty":
                rows.insert(at, draw(st.sampled_from([[""] * len(rows[0]), [" "] * len(rows[0])])))
            case "gone" if len(rows) > 2:
                del rows[at]
            case "headings":
                rows.insert(at, list(rows[0]))
            case "sum":
                rows.append(["合计", *[""] * (len(rows[0]) - 1)])
            case "moved":
                rows.append(rows.pop(at))
        rows = [row or [""] * len(rows[0]) for row in rows]
    return rows


def as_table(name: str, rows: Sequence[Sequence[str]]) -> DataTable:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    table, problems = read_bytes(text.getvalue().encode(), f"{name}.csv")
    assert table is not None, problems
    return table


PIPELINES = {
    (together, owner): ir.compile(text=text.replace("OWNER", owner), period="2026-04")
    for together, text in ((False, ALONE), (True, TOGETHER))
    for owner in ("refuse", "leave_out")
}
NAMES = {False: ("people", "orders"), True: tuple(FILES)}


def ran(pipeline: ir.Pipeline, files: dict[str, Rows]) -> ir.Run | None:
    """The run with what is wrong set aside; None where a file cannot be used at all."""
    tables = {name: as_table(name, rows) for name, rows in files.items()}
    people, projects = tables.pop("people"), tables.pop("projects", None)
    try:
        return pipeline.run(
            people, tables, groups={} if projects is None else {"projects": projects}, on_error="quarantine", referee=0
        )
    except ir.DataError as error:
        assert all(problem.row is None for problem in error.problems), "rows are set aside, tables are refused"
        return None


@given(st.data(), st.booleans(), st.sampled_from(["refuse", "leave_out"]))
def test_every_row_of_spoilt_files_is_accounted_for(data: st.DataObject, together: bool, owner: str) -> None:
    names = NAMES[together]
    files = {name: data.draw(spoilt(name), name) for name in names}
    run = ran(PIPELINES[together, owner], files)
    if run is None:
        return
    assert run.summary.reconciles
    assert {one.name for one in run.tables} == {"" if name == "people" else name for name in names}
    for one in run.tables:
        assert one.reconciles, one
        name = one.name or "people"
        filled = sum(any(cell.strip() for cell in row) for row in files[name][1:])
        assert (one.rows, one.rows + one.blank) == (filled, len(files[name]) - 1), one
    people = run.tables[0]
    summary = run.summary
    assert (people.rows, people.used, people.out_of_scope) == (summary.read, summary.paid, summary.out_of_scope)
    assert people.refused + people.waiting == summary.quarantined
    refused = {(q.problem.table, q.problem.line) for q in run.quarantined if not q.problem.follows}
    for one in run.tables[1:]:
        told = {line for table, line in refused if table == f"{one.name}.csv"}
        assert one.refused + one.without_owner >= len(told) - one.waiting, "what was told is counted"
    assert run.whole == (not run.quarantined and not any(one.left_out for one in run.tables))


@given(st.data(), st.booleans(), st.sampled_from(["refuse", "leave_out"]))
def test_who_is_paid_beside_spoilt_rows_is_paid_as_without_them(
    data: st.DataObject, together: bool, owner: str
) -> None:
    """The rows that were refused or left out are taken out of the files; everybody who was paid gets the same again."""
    names = NAMES[together]
    files = {name: data.draw(spoilt(name), name) for name in names}
    run = ran(PIPELINES[together, owner], files)
    if run is None or run.whole:
        return
    gone = {(q.problem.table, q.problem.line) for q in run.quarantined if q.problem.table}
    held = {q.key for q in run.quarantined}
    rest = {name: [row for n, row in enumerate(rows, 1) if (f"{name}.csv", n) not in gone or n == 1]
            for name, rows in files.items()}  # fmt: skip
    again = ran(PIPELINES[together, owner], rest)
    if again is None:
        return
    now = {result.key: result for result in again.results}
    for result in run.results:
        if result.key in now and result.key not in held:
            assert now[result.key].as_dict() == result.as_dict(), result.key
