"""A Parquet file is read as its values are: every exact type; what lost its digits is refused as it is from a frame."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import message_of
from incentive_rules.reading.sources import parquet_tables, refusals
from incentive_rules.reading.sources.files import read_bytes

pl = pytest.importorskip("polars")

SCHEME = """\
format: 1
scheme: parquet
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  who: {type: key}
  base: {type: money, range: [0, 9999]}
  jobs: {type: integer, range: [0, 255], can_be_missing: true}
  team: {type: category}
  hired: {type: date, range: [2000-01-01, 2026-12-31]}
  since: {type: date, range: [2000-01-01, 2026-12-31]}
  ok: {type: boolean}
quantities:
  together: sum(jobs, over=everyone, within=team)
pay:
  bonus:
    amount: base + 0.01 * coalesce(jobs, 0) + (1 if ok else 0) + (1 if hired < since else 0)
"""
COLUMNS = {
    "who": ["甲", "乙", "丙"],
    "base": [Decimal("10.50"), Decimal("0.00"), Decimal("9999.00")],
    "jobs": [255, None, 7],
    "team": ["a", "b", "a"],
    "hired": [date(2019, 5, 1), date(2021, 1, 1), date(2026, 12, 31)],
    "since": [date(2020, 1, 1)] * 3,
    "ok": [True, False, True],
}


def parquet(**columns: object) -> bytes:
    """The bytes of a file with these columns in the place of the usual ones."""
    file = io.BytesIO()
    pl.DataFrame({**COLUMNS, **columns}).write_parquet(file)
    return file.getvalue()


def amounts(data: bytes) -> list[object]:
    table, problems = read_bytes(data, "people.parquet")
    assert table is not None, problems
    return [result["bonus"] for result in ir.compile(text=SCHEME, period="2026-04").run(table).results]


PAID = [Decimal("15.05"), Decimal("0.00"), Decimal("10000.07")]


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"jobs": pl.Series([255, None, 7], dtype=pl.UInt8)},
        {"jobs": pl.Series([255, None, 7], dtype=pl.Int64)},
        {"jobs": pl.Series([255.0, None, 7.0])},
        {"team": pl.Series(["a", "b", "a"], dtype=pl.Categorical)},
        {"team": pl.Series(["a", "b", "a"], dtype=pl.Enum(["b", "a"]))},
        {"base": pl.Series(["10.50", "0", "9999.00"])},
        {"base": pl.Series([10.5, 0.0, 9999.0])},
        {"hired": pl.Series([datetime(2019, 5, 1), datetime(2021, 1, 1), datetime(2026, 12, 31)])},
        {"more": [[1], [2, 3], []]},
    ],
)
def test_each_type_is_read_exactly(columns: dict[str, object]) -> None:
    assert amounts(parquet(**columns)) == PAID


FAR_DAY = pl.Series([3 * 10**6] * 3, dtype=pl.Int32).cast(pl.Date)
FAR_MOMENTS = {
    unit: pl.Series([number] * 3, dtype=pl.Int64).cast(pl.Datetime(unit))
    for unit, number in {"ms": 2**62, "us": -(2**62), "ns": 1_556_668_800_000_000_001}.items()
}


@pytest.mark.parametrize(
    "cells",
    [
        FAR_DAY, *FAR_MOMENTS.values(), pl.Series([2**62] * 3).cast(pl.Duration("ms")),
        pl.Series([1, 2, 2**100], dtype=pl.Int128), pl.Series([1, 2, 3]).cast(pl.Time),
        pl.Series([[2**62]] * 3, dtype=pl.List(pl.Int64)).cast(pl.List(pl.Datetime("ms"))),
    ],
    ids=lambda cells: str(cells.dtype),
)  # fmt: skip
def test_what_python_cannot_hold_harms_nobody_where_it_is_not_read(cells: pl.Series) -> None:
    assert amounts(parquet(more=cells)) == PAID


@pytest.mark.parametrize("cells", [FAR_DAY, *FAR_MOMENTS.values()], ids=lambda cells: str(cells.dtype))
def test_a_moment_that_python_cannot_hold_is_no_day(cells: pl.Series) -> None:
    table, _ = read_bytes(parquet(hired=cells), "people.parquet")
    assert table is not None
    with pytest.raises(ir.DataError) as caught:
        ir.compile(text=SCHEME, period="2026-04").run(table)
    assert {(p.code, p.row) for p in caught.value.problems} == {("data-date", row) for row in (1, 2, 3)}


def test_a_moment_that_python_cannot_hold_is_no_word() -> None:
    table, _ = read_bytes(parquet(team=FAR_DAY), "people.parquet")
    assert table is not None
    with pytest.raises(ir.DataError):
        ir.compile(text=SCHEME, period="2026-04").run(table)


def test_whole_numbers_of_128_bits_are_read() -> None:
    assert amounts(parquet(jobs=pl.Series([255, None, 7], dtype=pl.Int128))) == PAID
    assert amounts(parquet(jobs=pl.Series([255, 0, 7], dtype=pl.Int128))) == PAID


def test_neighbours_of_what_a_double_holds_stay_apart() -> None:
    table, _ = read_bytes(parquet(jobs=[2**53, 2**53 + 1, 2**63 - 1]), "people.parquet")
    assert table is not None and [*table.column(2)] == [2**53, 2**53 + 1, 2**63 - 1]


@pytest.mark.parametrize(
    "columns, code",
    [
        ({"base": pl.Series([10.5, 0.1, 1.0], dtype=pl.Float32)}, "data-number"),
        ({"jobs": [[1], [2], [3]]}, "data-type"),
        ({"jobs": [-1, 2, 3]}, "data-range"),
        ({"base": [Decimal("0.005"), Decimal(1), Decimal(2)]}, "data-decimals"),
        ({"hired": [datetime(2019, 5, 1, 12), datetime(2021, 1, 1), datetime(2021, 1, 1)]}, "data-date"),
    ],
)
def test_what_no_cell_may_be_is_refused(columns: dict[str, object], code: str) -> None:
    table, _ = read_bytes(parquet(**columns), "people.parquet")
    assert table is not None
    with pytest.raises(ir.DataError) as caught:
        ir.compile(text=SCHEME, period="2026-04").run(table)
    assert caught.value.problems[0].table == "people.parquet" and caught.value.problems[0].row == 1, str(caught.value)
    assert caught.value.problems[0].code.startswith("data-"), code


def test_empty_tables_and_missing_columns() -> None:
    file = io.BytesIO()
    pl.DataFrame({name: [] for name in COLUMNS}).write_parquet(file)
    table, _ = read_bytes(file.getvalue(), "people.parquet")
    assert table is not None and len(table.rows) == 0 and table.headings == tuple(COLUMNS)


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1 nothing PAR1", parquet()[:-9]])
def test_a_broken_file_is_told(data: bytes) -> None:
    table, (problem,) = read_bytes(data, "people.parquet")
    assert table is None and (problem.code, problem.variant) == ("data-format", "parquet")
    assert message_of(problem, "zh") == "`people.parquet` 不是完整的 Parquet 文件"


def test_without_the_library_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_tables, "find_spec", lambda name: None)
    table, (problem,) = read_bytes(parquet(), "people.parquet")
    assert table is None and "`polars`" in message_of(problem)


@pytest.mark.parametrize("most", ["MOST_ROWS", "MOST_CELLS"])
def test_what_is_too_large_is_told(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, most, 2)
    table, (problem,) = read_bytes(parquet(), "people.parquet")
    assert table is None and problem.code == "data-file"


def test_a_record_of_a_run_from_parquet_is_done_again(tmp_path: Path) -> None:
    pipeline = ir.compile(text=SCHEME, period="2026-04")
    table, _ = read_bytes(parquet(), "people.parquet")
    assert table is not None
    pipeline.run(table).save(tmp_path / "record")
    assert ir.replay(tmp_path / "record").same
