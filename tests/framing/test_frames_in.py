"""Frames handed over: every carrier brings the same rows, and what a carrier would lose is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir
from incentive_rules.framing.texts import as_file
from tests.framing.carriers import CARRIERS, csv_rows

ROOT = Path(__file__).resolve().parents[2]
SCHEME = """\
format: 1
scheme: handed
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  engineer: {type: key}
  team: {type: category}
  base: {type: money, range: [0, 10000]}
  jobs: {type: integer, range: [0, 99], can_be_missing: true}
  hired: {type: date, can_be_missing: true}
  on_call: {type: boolean}
details:
  visits:
    belongs_to: engineer
    key: visit
    inputs:
      visit: {type: key}
      points: {type: number, range: [0, 50], decimals: 1}
    quantities:
      worth: points * 2
pay:
  bonus: {amount: base * 10%}
  done:
    amount: 20.00 * coalesce(jobs, 0) + 1.00 * sum(points)
quantities:
  part: {is: 'ratio(sum(points), 7)', range: [0, 99]}
  by_team: {is: 'sum(jobs, over=everyone, within=team)'}
"""
PEOPLE = [
    {
        "engineer": "E1",
        "team": "north",
        "base": Decimal("1000.50"),
        "jobs": 3,
        "hired": dt.date(2020, 2, 29),
        "on_call": True,
    },
    {"engineer": "王芳", "team": "north", "base": Decimal("2000.00"), "jobs": None, "hired": None, "on_call": False},
    {
        "engineer": "E3",
        "team": "南",
        "base": Decimal("0.07"),
        "jobs": 99,
        "hired": dt.date(1999, 12, 31),
        "on_call": True,
    },
]
VISITS = [
    {"engineer": "E1", "visit": "v1", "points": Decimal("1.5")},
    {"engineer": "王芳", "visit": "v2", "points": Decimal("3.0")},
    {"engineer": "E1", "visit": "v3", "points": Decimal("0.5")},
]


@pytest.fixture(scope="module")
def pipeline() -> ir.Pipeline:
    return ir.compile(text=SCHEME, period="2026-04")


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_carrier_brings_the_same_rows(pipeline: ir.Pipeline, carrier: str) -> None:
    plain = pipeline.run(PEOPLE, {"visits": VISITS})
    make = CARRIERS[carrier]
    found = pipeline.run(make(PEOPLE), {"visits": make(VISITS)})
    assert found.results == plain.results
    assert found.summary == plain.summary
    assert [result["net"] for result in found.results] == [Decimal("162.05"), Decimal("203.00"), Decimal("1980.01")]
    again = pipeline.run(make(PEOPLE), {"visits": make(VISITS)})
    assert again.results == found.results


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_bad_cell_is_told_by_column_row_and_key(pipeline: ir.Pipeline, carrier: str) -> None:
    people = [PEOPLE[0], {**PEOPLE[1], "jobs": 100}, PEOPLE[2]]
    with pytest.raises(ir.DataError) as refused:
        pipeline.run(CARRIERS[carrier](people), {"visits": CARRIERS[carrier](VISITS)})
    (problem,) = refused.value.problems
    assert (problem.code, problem.column, problem.row, problem.key) == ("data-range", "jobs", 2, "王芳")


@pytest.mark.parametrize("carrier", CARRIERS)
def test_groups_and_audit_take_frames_too(carrier: str) -> None:
    text = SCHEME.replace(
        "details:", "groups:\n  teams:\n    key: team\n    inputs: {goal: {type: integer, range: [1, 9]}}\ndetails:"
    )
    ready = ir.compile(text=text.replace("amount: base * 10%", "amount: base * goal"), period="2026-04")
    make = CARRIERS[carrier]
    goals = [{"team": "north", "goal": 2}, {"team": "南", "goal": 3}]
    run = ready.run(make(PEOPLE), {"visits": make(VISITS)}, groups={"teams": make(goals)})
    assert [result["bonus"] for result in run.results] == [Decimal("2001.00"), Decimal("4000.00"), Decimal("0.21")]


@pytest.mark.parametrize("scheme, folder, period", [
    ("service_engineer_1.yaml", "service_engineer_1/2026-Q1", "2026-Q1"),
    ("service_engineer_2_zh.yaml", "service_engineer_2_zh/2026-01", "2026-01"),
])  # fmt: skip
def test_both_founding_schemes_have_one_digest(scheme: str, folder: str, period: str, tmp_path: Path) -> None:
    """From csv, gz, json and Parquet, and from every frame: the same results to the last digit."""
    import gzip
    import hashlib
    import json

    ready = ir.compile(ROOT / "schemes" / scheme, period=period)
    files = {file.stem: file for file in sorted((ROOT / "schemes" / "data" / folder).glob("*.csv"))}
    further = [one.name for one in (*ready.scheme.details, *ready.scheme.groups) if one.name in files]
    (people,) = (file for name, file in files.items() if name not in further)

    def digest(make: Any) -> str:
        made = {name: make(files[name]) for name in further}
        details = {one.name: made[one.name] for one in ready.scheme.details if one.name in made}
        groups = {one.name: made[one.name] for one in ready.scheme.groups if one.name in made}
        run = ready.run(make(people), details, groups=groups, referee=0)
        names = list(run.results[0])
        text = as_file("pay.csv", names, [[result[name] for name in names] for result in run.results])
        return hashlib.sha256(text.encode()).hexdigest()

    def packed(file: Path) -> Path:
        (tmp_path / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
        return tmp_path / f"{file.name}.gz"

    def as_json(file: Path) -> Path:
        (tmp_path / f"{file.stem}.json").write_text(json.dumps(csv_rows(file), ensure_ascii=False), "utf-8")
        return tmp_path / f"{file.stem}.json"

    def as_parquet(file: Path) -> str:
        CARRIERS["polars"](csv_rows(file)).write_parquet(tmp_path / f"{file.stem}.parquet")
        return str(tmp_path / f"{file.stem}.parquet")

    makers: dict[str, Any] = {"csv": str, "gz": packed, "json": as_json, "parquet": as_parquet}
    makers |= {name: lambda file, make=make: make(csv_rows(file)) for name, make in CARRIERS.items()}
    digests = {name: digest(make) for name, make in makers.items()}
    assert len(set(digests.values())) == 1, digests


# ── What types bring ──────────────────────────────────────────────────────────────────────────────

NUMBERS = """\
format: 1
scheme: numbers
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  k: {type: key}
  n: {type: integer, range: [-99999999999999999999, 99999999999999999999], can_be_missing: true}
  x: {type: number, range: [-99999999999999999999, 99999999999999999999], decimals: 3, can_be_missing: true}
quantities: {twice: n + n, also: x + x}
"""


def seen(frame: Any, name: str = "twice") -> object:
    """The value for the only row, or the code of the refusal."""
    run = ir.compile(text=NUMBERS, period="2026-04").run(frame, on_error="quarantine")
    return run.quarantined[0].problem.code if run.quarantined else run.results[0][name]


@pytest.mark.parametrize("library", ["polars", "pyarrow", "pandas"])
@pytest.mark.parametrize("kind, value, twice", [
    ("int8", -128, -256), ("uint8", 255, 510), ("int16", -32_768, -65_536), ("uint64", 2**64 - 1, 2**65 - 2),
    ("int64", 2**63 - 1, 2**64 - 2), ("int64", -(2**63), -(2**64)), ("int64", 2**53 + 1, 2**54 + 2),
    ("float64", 3.0, 6), ("float64", float(2**53), 2**54), ("float64", float(2**53 + 2), "data-float"),
    ("float64", 3.5, "data-decimals"), ("float64", float("nan"), ir.MISSING), ("float32", 3.0, "data-float"),
])  # fmt: skip
def test_numbers_of_every_width_are_right_or_refused(library: str, kind: str, value: Any, twice: object) -> None:
    import numpy as np

    array = np.array([value], kind)
    found = seen(_frame(library, {"k": ["a"], "n": array, "x": [None]}))
    assert found is twice if twice is ir.MISSING else found == twice


def _frame(library: str, columns: dict[str, Any]) -> Any:
    import pandas
    import polars
    import pyarrow

    return {"polars": polars.DataFrame, "pandas": pandas.DataFrame, "pyarrow": pyarrow.table}[library](columns)


def test_decimals_of_any_scale_and_exact_floats() -> None:
    import pyarrow

    for kind in (pyarrow.decimal128(38, 10), pyarrow.decimal256(60, 3), pyarrow.decimal128(10, 1)):
        cells = pyarrow.array([Decimal("1.5")], kind)
        assert seen(pyarrow.table({"k": ["a"], "n": pyarrow.nulls(1, pyarrow.int64()), "x": cells}), "also") == 3
    assert seen(_frame("pandas", {"k": ["a"], "n": [1], "x": [0.1]}), "also") == Decimal("0.2")
    assert seen(_frame("polars", {"k": ["a"], "n": [1], "x": [0.1234]}), "also") == "data-decimals"
    assert seen([{"k": "a", "n": 1, "x": Fraction(1, 8)}], "also") == Decimal("0.25")


def test_categories_slices_and_chunks_are_read_as_they_stand(pipeline: ir.Pipeline) -> None:
    import polars
    import pyarrow

    plain = pipeline.run(PEOPLE, {"visits": VISITS}).results
    table = pyarrow.Table.from_pylist(PEOPLE)
    coded = table.set_column(1, "team", table.column("team").dictionary_encode())
    chunked = pyarrow.concat_tables([coded.slice(0, 1), coded.slice(1, 2).combine_chunks()], promote_options="default")
    twice = pyarrow.concat_tables([table, table])
    frame = polars.DataFrame(PEOPLE)
    categories = frame.with_columns(polars.col("team").cast(polars.Categorical))
    words = frame.with_columns(polars.col("team").cast(polars.Enum(["南", "x", "north"])))
    pandas_words = table.to_pandas().astype({"team": "category"})
    for one in (coded, chunked, twice.slice(3), categories, words, pandas_words, frame.rechunk().slice(0)):
        assert pipeline.run(one, {"visits": VISITS}).results == plain


def test_rows_align_by_position_and_never_by_an_index(pipeline: ir.Pipeline) -> None:
    """R147 of the attacks: an index that is doubled and out of order."""
    import pandas

    frame = pandas.DataFrame(PEOPLE, index=[7, 1, 7])
    assert pipeline.run(frame, {"visits": VISITS}).results == pipeline.run(PEOPLE, {"visits": VISITS}).results


def test_moments_keep_their_last_digit_or_are_refused() -> None:
    import pandas
    import polars
    import pyarrow

    number = "n: {type: integer, range: [-99999999999999999999, 99999999999999999999], can_be_missing: true}"
    text = NUMBERS.replace(number, "n: {type: date}").replace("twice: n + n", "twice: n")
    ready = ir.compile(text=text, period="2026-04")
    day = dt.datetime(2026, 4, 1)

    def told(cells: Any) -> object:
        run = ready.run(pyarrow.table({"k": ["a"], "n": cells, "x": pyarrow.nulls(1)}), on_error="quarantine")
        return run.quarantined[0].problem.code if run.quarantined else run.results[0]["twice"]

    nanoseconds = int(day.timestamp() * 0) + (day - dt.datetime(1970, 1, 1)).days * 86_400 * 10**9
    assert told(pyarrow.array([nanoseconds], pyarrow.timestamp("ns"))) == dt.date(2026, 4, 1)
    assert told(pyarrow.array([nanoseconds + 1], pyarrow.timestamp("ns"))) == "data-date"
    assert told(pyarrow.array([day.date()], pyarrow.date32())) == dt.date(2026, 4, 1)
    assert told(pyarrow.array([2**31 - 1], pyarrow.int32()).cast(pyarrow.date32())) == "data-date"
    assert str(told(pyarrow.array([day], pyarrow.timestamp("us", "Asia/Shanghai")))).startswith("data-")
    frame = pandas.DataFrame({"k": ["a"], "n": pandas.Series([nanoseconds + 1], dtype="datetime64[ns]"), "x": [None]})
    assert ready.run(frame, on_error="quarantine").quarantined[0].problem.code == "data-date"
    stored = polars.DataFrame({"k": ["a"], "n": [[1, 2]], "x": [None]})
    assert ready.run(stored, on_error="quarantine").quarantined[0].problem.code == "data-date"


@pytest.mark.parametrize("library", ["polars", "pyarrow", "pandas"])
def test_an_empty_frame_is_nobody(pipeline: ir.Pipeline, library: str) -> None:
    frame = _frame(library, {name: [] for name in PEOPLE[0]})
    run = pipeline.run(frame, {"visits": VISITS[:0]})
    assert len(run) == 0 and run.summary.reconciles


# ── What cannot be read ───────────────────────────────────────────────────────────────────────────


def refusal(pipeline: ir.Pipeline, frame: Any) -> tuple[str, str]:
    with pytest.raises(ir.DataError) as refused:
        pipeline.run(frame, {"visits": VISITS})
    return refused.value.problems[0].code, str(refused.value)


def test_a_query_that_fails_is_told_in_one_line(pipeline: ir.Pipeline) -> None:
    import duckdb
    import polars

    code, text = refusal(pipeline, polars.DataFrame(PEOPLE).lazy().select("nothing_like_it"))
    assert code == "data-handed" and "polars.LazyFrame" in text and "nothing_like_it" in text
    connection = duckdb.connect()
    relation = connection.sql("select 'E1' as engineer")
    connection.close()
    code, text = refusal(pipeline, relation)
    assert code == "data-handed" and "duckdb.DuckDBPyRelation" in text


def test_columns_need_names_that_can_be_told_apart(pipeline: ir.Pipeline) -> None:
    import pandas

    frame = pandas.DataFrame(PEOPLE)
    assert refusal(pipeline, frame.rename(columns={"jobs": 7}))[0] == "data-handed"
    assert refusal(pipeline, frame.rename(columns={"jobs": "Base"}))[0] == "data-heading-twice"
    assert refusal(pipeline, pandas.concat([frame, frame[["jobs"]]], axis=1))[0] == "data-heading-twice"
    assert refusal(pipeline, frame.rename(columns={"jobs": "Jobs "}))[0] == "data-column"


def test_what_is_no_table_gets_the_sentence_that_helps(pipeline: ir.Pipeline) -> None:
    import pandas
    import polars

    frame = pandas.DataFrame(PEOPLE)
    for handed, sentence in (
        (frame["jobs"], "one column (pandas.Series)"), (polars.Series([1]), "one column (polars.Series)"),
        (PEOPLE[0], "pipeline.score(row)"), (frame.to_dict(), "several columns"), (5, "not int"),
        ("Anna", "no name of a data file"), ({"staff": frame}, "several columns or tables"),
    ):  # fmt: skip
        with pytest.raises(TypeError) as refused:
            pipeline.run(handed)  # type: ignore[arg-type]
        assert sentence in str(refused.value)
    with pytest.raises(TypeError, match=r"details=\{name: rows\}, not pandas.DataFrame"):
        pipeline.run(PEOPLE, frame)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"groups=\{name: rows\}, not list"):
        pipeline.run(PEOPLE, groups=VISITS)  # type: ignore[arg-type]
    for handed, sentence in (
        (frame, "pipeline.run(frame)"), (frame.iloc[0], "dict(frame.iloc[0])"), (PEOPLE, "pipeline.run(rows)"),
        (3, "not int"),
    ):  # fmt: skip
        with pytest.raises(TypeError) as refused:
            pipeline.score(handed)  # type: ignore[arg-type]
        assert sentence in str(refused.value)


def test_a_missing_library_is_named(pipeline: ir.Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    import duckdb

    relation = duckdb.sql("select 'E1' as engineer")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, text = refusal(pipeline, relation)
    assert code == "data-handed" and "pip install pyarrow" in text


def test_pandas_without_pyarrow_is_read_cell_by_cell(pipeline: ir.Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    import numpy as np
    import pandas

    frame = pandas.DataFrame(PEOPLE)
    narrow = pandas.DataFrame({"k": ["a"], "n": np.array([3], "float32"), "x": [None]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert pipeline.run(frame, {"visits": VISITS}).results == pipeline.run(PEOPLE, {"visits": VISITS}).results
    assert seen(narrow) == "data-float"


def test_a_run_of_frames_is_recorded_and_replayed(pipeline: ir.Pipeline, tmp_path: Path) -> None:
    run = pipeline.run(CARRIERS["polars"](PEOPLE), {"visits": CARRIERS["polars"](VISITS)})
    plain = pipeline.run(PEOPLE, {"visits": VISITS})
    run.save(tmp_path / "one" / "of_frames")
    plain.save(tmp_path / "other" / "of_dicts")
    assert ir.replay(tmp_path / "one" / "of_frames").same
    named = {file.name for file in (tmp_path / "one" / "of_frames").rglob("*")}
    assert named == {file.name for file in (tmp_path / "other" / "of_dicts").rglob("*")}


def test_importing_and_scoring_load_no_library_of_frames() -> None:
    import subprocess
    import sys

    code = (
        f"import sys, incentive_rules as ir; p = ir.compile(text={SCHEME!r}, period='2026-04'); "
        "p.run([], {'visits': []}).frame; print([m for m in ('pandas', 'pyarrow', 'duckdb') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
