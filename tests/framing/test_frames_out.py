"""Frames handed back: the kind that was given, exact, missing as null, the same values as the results."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir
from tests.framing.carriers import CARRIERS, as_rows, csv_rows
from tests.framing.test_frames_in import PEOPLE, VISITS
from tests.framing.test_frames_in import SCHEME as HANDED

ROOT = Path(__file__).resolve().parents[2]
SCHEME = HANDED.replace("pay:", """\
applies_to: engineer != "E3"
honors:
  star: {among: on_call, within: team, best_by: net_before, places: 1, ties: all}
pay:
  shared:
    pool: {each: team, amount: 100.00, in_proportion_to: 'coalesce(jobs, 1)', cents: largest_remainder}
""").replace("quantities:\n  part", """\
quantities:
  net_before: coalesce(jobs, 0) * 3
  exactly: ratio(coalesce(jobs, 0) + 1, 7)
  missed: {is: jobs, when: known(jobs)}
  since: hired
  word: team
  held: {is: '1', when: 'coalesce(jobs, 0) > 50'}
  part""")  # fmt: skip


@pytest.fixture(scope="module")
def pipeline() -> ir.Pipeline:
    return ir.compile(text=SCHEME, period="2026-04")


def run_of(pipeline: ir.Pipeline, carrier: str) -> ir.Run:
    make = CARRIERS[carrier]
    return pipeline.run(make(PEOPLE), {"visits": make(VISITS)}, referee=0)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_frame_has_the_values_of_the_results(pipeline: ir.Pipeline, carrier: str) -> None:
    run = run_of(pipeline, carrier)
    rows = as_rows(run.frame)
    assert [row["engineer"] for row in rows] == [result.key for result in run.results]
    assert [row["in_scope"] for row in rows] == [True, True, False]
    for row, result in zip(rows, run.results, strict=True):
        for name, cell in row.items():
            if name not in ("engineer", "in_scope"):
                assert cell == _in_frame(result[name]) and type(cell) is type(_in_frame(result[name])), (carrier, name)
    assert rows[0]["exactly"] == "4/7" and rows[1]["missed"] is None and rows[0]["since"] == dt.date(2020, 2, 29)
    assert rows[2]["net"] == Decimal("0.00") and rows[2]["exactly"] is None


def _in_frame(value: Any) -> Any:
    if value is ir.MISSING:
        return None
    return f"{value.numerator}/{value.denominator}" if type(value).__name__ == "Fraction" else value


@pytest.mark.parametrize("carrier, kind", [
    ("dicts", "list"), ("pandas as it infers", "DataFrame"), ("pandas of Arrow", "DataFrame"), ("polars", "DataFrame"),
    ("polars lazy", "LazyFrame"), ("pyarrow", "Table"), ("pyarrow reader", "Table"), ("DuckDB", "DuckDBPyRelation"),
])  # fmt: skip
def test_the_kind_that_was_given_comes_back(pipeline: ir.Pipeline, carrier: str, kind: str) -> None:
    run = run_of(pipeline, carrier)
    for name in ("people", "pools", "honors", "totals", "quarantined", "team", "visits"):
        assert type(run.table(name)).__name__ == kind


def test_amounts_are_decimals_of_128_bits(pipeline: ir.Pipeline) -> None:
    import polars
    import pyarrow

    assert run_of(pipeline, "polars").frame.schema["net"] == polars.Decimal(38, 2)
    assert run_of(pipeline, "pyarrow").frame.schema.field("net").type == pyarrow.decimal128(38, 2)
    assert str(run_of(pipeline, "pandas as it infers").frame["net"].dtype) == "decimal128(38, 2)[pyarrow]"
    relation = run_of(pipeline, "DuckDB").frame
    assert str(relation.types[relation.columns.index("net")]) == "DECIMAL(38,2)"


def test_columns_are_chosen_by_name_inputs_too(pipeline: ir.Pipeline) -> None:
    for carrier in ("dicts", "polars", "pandas of Arrow", "DuckDB"):
        rows = as_rows(run_of(pipeline, carrier).table("people", ["team", "base", "jobs", "hired", "on_call", "net"]))
        assert rows[0] == {**PEOPLE[0], "net": Decimal("237.05")}
        assert rows[1]["jobs"] is None and rows[1]["hired"] is None and next(iter(rows[1])) == "engineer"
    with pytest.raises(KeyError, match="did you mean `net`"):
        run_of(pipeline, "dicts").table("people", ["nett"])
    with pytest.raises(KeyError, match="did you mean `pools`"):
        run_of(pipeline, "dicts").table("pool")
    with pytest.raises(TypeError, match="a list of names"):
        run_of(pipeline, "dicts").table("people", "net")


@pytest.mark.parametrize("carrier", ["dicts", "polars", "pandas nullable", "pyarrow", "DuckDB"])
def test_every_other_table(pipeline: ir.Pipeline, carrier: str) -> None:
    run = run_of(pipeline, carrier)
    (pool,) = as_rows(run.table("pools"))
    whole, nothing = Decimal("100.00"), Decimal("0.00")
    assert [*pool.values()] == ["shared", "north", 2, whole, whole, nothing, nothing, "paid"]
    (star,) = as_rows(run.table("honors", ["honor", "group", "chosen"]))
    assert star == {"honor": "star", "group": "north", "chosen": "E1"}
    totals = {row["line"]: row["total"] for row in as_rows(run.totals)}
    assert totals == dict(run.summary.totals)
    assert as_rows(run.table("team")) == [{"team": "north", "by_team": 3}]
    assert as_rows(run.table("visits")) == [
        {"engineer": "E1", "row": 1, "visit": "v1", "worth": Decimal("3.0")},
        {"engineer": "E1", "row": 3, "visit": "v3", "worth": Decimal("1.0")},
        {"engineer": "王芳", "row": 2, "visit": "v2", "worth": Decimal("6.0")},
    ]
    assert as_rows(run.table("quarantined")) == []


def test_the_refused_are_a_table_too(pipeline: ir.Pipeline) -> None:
    import polars

    people = [PEOPLE[0], {**PEOPLE[1], "jobs": 100}, PEOPLE[2]]
    run = pipeline.run(polars.DataFrame(people), {"visits": VISITS}, on_error="quarantine")
    told = [(row["key"], row["row"], row["column"], row["code"]) for row in as_rows(run.table("quarantined"))]
    assert told == [("E1", 1, "", "data-held"), ("王芳", 2, "jobs", "data-range")]


WIDE = """\
format: 1
scheme: wide
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {k: {type: key}, n: {type: integer, range: [-99999999999999999999, 99999999999999999999]}}
quantities: {cube: n * n * n, square: n * n, plain: n, thin: {is: 'n / 1000', decimals: 3}}
"""


@pytest.mark.parametrize("carrier", ["dicts", "pandas of objects", "polars", "pyarrow", "DuckDB"])
def test_numbers_beyond_64_bits_stay_exact_and_beyond_38_digits_are_refused(carrier: str) -> None:
    ready = ir.compile(text=WIDE, period="2026-04")
    for number in (3, -(10**18) - 1, 2**63, 99999999999999999999):
        run = ready.run(CARRIERS[carrier]([{"k": "a", "n": Decimal(number)}]))
        (row,) = as_rows(run.table("people", ["plain", "thin"]))
        assert int(row["plain"]) == number and row["thin"] == Decimal(number) / 1000
    run = ready.run(CARRIERS[carrier]([{"k": "a", "n": Decimal(10**19)}]))
    if carrier == "dicts":
        assert as_rows(run.table("people", ["cube"]))[0]["cube"] == 10**57
    else:
        with pytest.raises(OverflowError, match="`square` has more than 38 digits"):
            run.table("people", ["square"])


@pytest.fixture
def without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    import incentive_rules.framing.files as files
    import incentive_rules.framing.frames as frames

    for module in (files, frames):
        monkeypatch.setattr(module, "find_spec", lambda name: None if name == "pyarrow" else object())


def test_without_pyarrow_amounts_are_as_exact(pipeline: ir.Pipeline, without_pyarrow: None, tmp_path: Path) -> None:
    import polars

    for carrier in ("polars", "pandas as it infers"):
        run = run_of(pipeline, carrier)
        for row, result in zip(as_rows(run.frame), run.results, strict=True):
            assert row["net"] == result["net"] and row["exactly"] == _in_frame(result["exactly"])
    frame = run_of(pipeline, "polars").frame
    assert frame.schema["net"] == polars.Decimal(38, 2)
    assert run_of(pipeline, "pandas as it infers").frame["net"].dtype == object
    run_of(pipeline, "polars").write(tmp_path / "pay.parquet")
    assert polars.read_parquet(tmp_path / "pay.parquet").equals(frame)
    small = ir.compile(text=WIDE, period="2026-04")
    for number in (-1, -999, -1000, 0, 5, 10**17 + 1):
        (row,) = as_rows(small.run(polars.DataFrame({"k": ["a"], "n": [number]})).table("people", ["thin"]))
        assert row["thin"] == Decimal(number).scaleb(-3)


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_run_is_written_as_csv_json_or_parquet(pipeline: ir.Pipeline, tmp_path: Path) -> None:
    import json

    import polars

    run = run_of(pipeline, "dicts")
    run.write(tmp_path / "pay.csv", columns=["team", "net"])
    assert (
        tmp_path / "pay.csv"
    ).read_bytes().decode() == "engineer,team,net\r\nE1,north,237.05\r\n王芳,north,228.00\r\nE3,南,0.00\r\n"
    run.write(str(tmp_path / "pay.json"), columns=["net"])
    assert json.loads((tmp_path / "pay.json").read_text("utf-8"), parse_float=Decimal)[0] == {
        "engineer": "E1",
        "net": Decimal("237.05"),
    }
    run.write(tmp_path / "pools.parquet", "pools")
    assert polars.read_parquet(tmp_path / "pools.parquet")["paid"].to_list() == [Decimal("100.00")]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["pay.csv", "pay.json", "pools.parquet"]


def test_a_file_is_written_whole_or_not_at_all(pipeline: ir.Pipeline, tmp_path: Path) -> None:
    run = run_of(pipeline, "dicts")
    (tmp_path / "pay.parquet").write_text("what was there")
    with pytest.raises(ValueError, match=r"\.csv, \.json, \.parquet"):
        run.write(tmp_path / "pay.doc")
    with pytest.raises(OSError):
        run.write(tmp_path / "no" / "folder.csv")
    wide = ir.compile(text=WIDE, period="2026-04").run([{"k": "a", "n": 10**19}])
    with pytest.raises(OverflowError):
        wide.write(tmp_path / "pay.parquet")
    assert (tmp_path / "pay.parquet").read_text() == "what was there"
    assert [file.name for file in tmp_path.iterdir()] == ["pay.parquet"]


def test_a_run_from_elsewhere_says_where_its_tables_are(pipeline: ir.Pipeline) -> None:
    from attrs import evolve

    with pytest.raises(TypeError, match="where it was computed"):
        _ = evolve(run_of(pipeline, "dicts"), made_by=None).frame


def test_rows_of_details_have_the_keys_of_their_file() -> None:
    """A key that no formula reads stands in the table too, and one of several columns in each of them."""
    folder = ROOT / "schemes" / "data" / "service_engineer_1" / "2026-Q1"
    ready = ir.compile(ROOT / "schemes" / "service_engineer_1.yaml", period="2026-Q1")
    files = {file.stem: str(file) for file in folder.glob("*.csv")}
    details = {one.name: files[one.name] for one in ready.scheme.details if one.name in files}
    groups = {one.name: files[one.name] for one in ready.scheme.groups}
    run = ready.run(files["engineers"], details, groups=groups, referee=0)
    for table, keys in (("surveys", ["survey_no"]), ("work_orders", ["order_no"]), ("assignments", ["project"])):
        applies = {result.key for result in run.results if result.in_scope}
        read = csv_rows(Path(files[table]))
        expected = {(int(n), row["employee_no"], *(row[key] for key in keys)) for n, row in enumerate(read, 1)
                    if row["employee_no"] in applies}  # fmt: skip
        found = run.table(table)
        assert {(row["row"], row["engineer"], *(row[key] for key in keys)) for row in found} == expected
        assert len(found) == len(expected) > 30
