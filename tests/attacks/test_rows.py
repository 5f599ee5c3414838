"""The corpus of hostile rows: every case through reading and scoring, and through the files that results become.

No case is answered differently from the corpus; what needs a later step stands in `LATER`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.framing.texts import as_file
from incentive_rules.model.data import DataTable
from incentive_rules.model.result import MISSING
from incentive_rules.reading.sources.files import read_bytes
from tests.reading.inputs import FakeScalar
from tests.shared_data import ABSENT, shared_folder

Case = Mapping[str, object]

SCHEME = """\
format: 1
scheme: attacked
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  engineer: {type: key}
  COLUMN
quantities:
  QUANTITIES
"""
COLUMNS = {
    "integer": "tasks: {type: integer, range: [0, 1000000]MISSING}",
    "decimal": "tasks: {type: number, decimals: 15, range: [0, 1000000]MISSING}",
    "boolean": "tasks: {type: booleanMISSING}",
    "text": "tasks: {type: categoryMISSING}",
    "date": "tasks: {type: dateMISSING}",
}
SEEN = {
    "integer": "seen: tasks + 0",
    "decimal": "seen: tasks + 0",
    "boolean": "seen: tasks",
    "text": "seen: tasks",
    "date": "seen: tasks",
}

# What needs a Parquet file comes with the step that reads them.
LATER = {"R151": "Parquet files"}


def cases() -> list[Case]:
    folder = shared_folder()
    if folder is None:
        return []
    lines = (folder / "attacks" / "rows.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


CASES = cases()
CELLS = [case for case in CASES if case["column"] != "(table)"]


def pipeline_for(column: str, missing: bool = False) -> ir.Pipeline:
    allowed = ", can_be_missing: true" if missing else ""
    text = SCHEME.replace("COLUMN", COLUMNS[column].replace("MISSING", allowed)).replace("QUANTITIES", SEEN[column])
    return ir.compile(text=text, period="2026-04")


PIPELINES = {(c, m): pipeline_for(c, m) for c in COLUMNS for m in (False, True)} if CASES else {}


def built(case: Case) -> object:
    """The Python object that a case describes."""
    value, kind = case["value"], case["value_type"]
    if kind == "float":
        return float(str(value))
    if kind == "int":
        return int(str(value))
    if kind == "decimal":
        text = str(value).removeprefix("Decimal:")
        return Decimal("7" * 100) if "100 digits" in text else Decimal(text)
    if kind == "numpy":
        name, _, text = str(value).partition(":")
        return FakeScalar("b", text == "True", 1) if "bool" in name else FakeScalar("i", int(text), 1)
    return value


def outcome(case: Case, raw: object, missing: bool) -> object:
    """The value as the scheme sees it, or the code of the refusal."""
    pipeline = PIPELINES[str(case["column"]), missing]
    try:
        return pipeline.score({"engineer": "G1", "tasks": raw})["seen"]
    except ir.DataError as error:
        report = str(error)
        assert len(report) < 2000 and all(c.isprintable() or c == "\n" for c in report)
        (problem,) = error.problems
        assert problem.column == "tasks" and problem.key == "G1"
        return problem.code


def as_csv(case: Case, raw: str, missing: bool) -> object:
    """The same through a csv file."""
    file = io.StringIO()
    csv.writer(file).writerows([["engineer", "tasks"], ["G1", raw]])
    table, problems = read_bytes(file.getvalue().encode("utf-8", "surrogatepass"), "rows.csv")
    if table is None:
        return problems[0].code
    done = PIPELINES[str(case["column"]), missing].run(table, on_error="quarantine")
    if done.quarantined:
        assert (done.quarantined[0].row, done.quarantined[0].column) == (1, "tasks")
        return done.quarantined[0].problem.code
    return done.results[0]["seen"]


def outcomes(case: Case, missing: bool = False) -> list[object]:
    found = []
    if case["carrier"] != "csv" or case["value_type"] == "text":
        found.append(outcome(case, built(case), missing))
    if case["value_type"] == "text" and case["carrier"] in ("any", "csv"):
        found.append(as_csv(case, str(case["value"]), missing))
    return found


@pytest.mark.skipif(not CASES, reason=ABSENT)
@pytest.mark.parametrize("case", CELLS, ids=lambda case: str(case["id"]))
def test_a_hostile_cell_is_what_the_corpus_says(case: Case) -> None:
    must = case["must"]
    if must == "row_error":
        assert all(isinstance(o, str) and o.startswith("data-") for o in outcomes(case)), outcomes(case)
    elif must == "missing":
        assert set(outcomes(case)) == {"data-missing"}
        assert all(o is MISSING for o in outcomes(case, missing=True))
    elif must == "accept":
        values = outcomes(case)
        assert values and not any(isinstance(v, str) and v.startswith("data-") for v in values), values
        assert all(v == values[0] for v in values)
    else:
        assert must == "export_neutral"
        # What stands in the cell is kept; the blanks around it are no part of it, whatever the type.
        assert outcomes(case) and all(v == str(case["value"]).strip(" \t\r\n") for v in outcomes(case))
        assert_neutral(str(case["value"]))


EXACT = {"R030": 40, "R045": 127, "R051": Decimal("89.99999999999999"), "R062": Decimal("1.1"), "R085": True,
         "R090": "café", "R097": "1e5"}  # fmt: skip


@pytest.mark.skipif(not CASES, reason=ABSENT)
@pytest.mark.parametrize("case", [c for c in CELLS if c["id"] in EXACT], ids=lambda case: str(case["id"]))
def test_an_accepted_cell_has_exactly_the_value_that_was_written(case: Case) -> None:
    assert all(value == EXACT[str(case["id"])] for value in outcomes(case))


def assert_neutral(text: str) -> None:
    """A spreadsheet shows it, a program gets it back, a page does not obey it."""
    (row,) = list(csv.reader(io.StringIO(as_file("pay.csv", ["note"], [[text]]), newline="")))[1:]
    assert row == [text] or row == ["'" + text]
    assert row[0].lstrip()[:1] not in tuple("=+-@\t\r\n|%＝＋－＠")
    assert json.loads(as_file("pay.json", ["note"], [[text]])) == [{"note": text}]
    paid = PIPELINES["text", False].score({"engineer": "G1", "tasks": text})
    assert "<script" not in paid._repr_html_()
    assert "<script" not in paid.explain("en", name="seen")._repr_html_()  # type: ignore[attr-defined]


def assert_neutral_text(text: str) -> None:
    (row,) = list(csv.reader(io.StringIO(as_file("pay.csv", ["note"], [[text]]), newline="")))[1:]
    assert row == ["'" + text]


# ── Shapes of tables ──────────────────────────────────────────────────────────────────────────────


def read(text: str | bytes, name: str = "rows.csv") -> DataTable | str:
    table, problems = read_bytes(text if isinstance(text, bytes) else text.encode(), name)
    return table if table is not None else problems[0].code


def refusal(text: str | bytes) -> str:
    """The code with which a whole table is refused."""
    table = read(text)
    if isinstance(table, str):
        return table
    with pytest.raises(ir.DataError) as refused:
        pipeline_for("integer").run(table)
    (problem,) = refused.value.problems
    assert problem.row is None, "a problem of the table, not of a row"
    return problem.code


SHAPES: dict[str, list[tuple[str | bytes, str]]] = {
    "R136": [("engineer,tasks,tasks\nG1,1,2\n", "data-heading-twice")],
    "R137": [("engineer,task\nG1,1\n", "data-column")],
    "R138": [
        ("engineer,Tasks\nG1,1\n", "data-column"),
        ("engineer, tasks\nG1,1\n", "data-column"),
        ("engineer,\ufefftasks\nG1,1\n", "data-column"),
        ("engineer,tasks,Tasks\nG1,1,2\n", "data-heading-twice"),
    ],
    "R139": [
        ("engineer,ｔａｓｋｓ\nG1,1\n", "data-column"),
        ("engineer,tasks,ｔａｓｋｓ\nG1,1,2\n", "data-heading-twice"),
    ],
    "R142": [("engineer,tasks\nG1\n", "data-ragged")],
    "R148": [("engineer,tasks,部门\nG1,1,华东\n".encode("gbk"), "data-encoding")],
}


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_table_of_the_wrong_shape_is_refused_as_a_whole(name: str) -> None:
    for text, code in SHAPES[name]:
        assert refusal(text) == code


def test_r141_extra_columns_are_never_in_scope() -> None:
    names = ("min", "round", "True", "__class__", "import")
    table = read(f"engineer,tasks,{','.join(names)}\nG1,7,{','.join('9' * len(names))}\n")
    done = pipeline_for("integer").run([table] if isinstance(table, DataTable) else [])
    assert done.results[0]["seen"] == 7
    assert [heading for _, heading in done.summary.unread] == list(names)


def test_r144_no_rows_give_an_empty_result() -> None:
    assert len(pipeline_for("integer").run([])) == 0


def test_r145_a_column_of_nothing_is_missing_row_by_row() -> None:
    rows = [{"engineer": f"G{n}", "tasks": None} for n in range(3)]
    assert all(r["seen"] is MISSING for r in pipeline_for("integer", missing=True).run(rows).results)
    done = pipeline_for("integer").run(rows, on_error="quarantine")
    assert [(q.row, q.problem.code) for q in done.quarantined] == [(n, "data-missing") for n in (1, 2, 3)]


@pytest.mark.skipif(not CASES, reason=ABSENT)
def test_every_case_of_the_corpus_is_answered_here(shared: Path) -> None:
    tables = {str(c["id"]) for c in CASES if c["column"] == "(table)"}
    answered = {*SHAPES, "R141", "R144", "R145", "R147", *LATER}  # R147: tests/framing
    assert tables == answered
