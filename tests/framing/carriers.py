"""The same table in every kind of frame; the libraries are imported where a frame is made, for they load slowly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Rows = Sequence[Mapping[str, Any]]


def _pandas(rows: Rows) -> Any:
    import pandas

    return pandas.DataFrame({name: [row[name] for row in rows] for name in rows[0]}, dtype=object)


def _inferred(rows: Rows) -> Any:
    import pandas

    return pandas.DataFrame(rows)


def _nullable(rows: Rows) -> Any:
    return _pandas(rows).convert_dtypes()


def _arrow_backed(rows: Rows) -> Any:
    return _arrow(rows).to_pandas(types_mapper=__import__("pandas").ArrowDtype)


def _polars(rows: Rows) -> Any:
    import polars

    return polars.DataFrame(rows, infer_schema_length=None)


def _lazy(rows: Rows) -> Any:
    return _polars(rows).lazy()


def _arrow(rows: Rows) -> Any:
    import pyarrow

    return pyarrow.Table.from_pylist(list(rows))


def _batch(rows: Rows) -> Any:
    return _arrow(rows).combine_chunks().to_batches()[0]


def _reader(rows: Rows) -> Any:
    return _arrow(rows).to_reader()


def _duckdb(rows: Rows) -> Any:
    import duckdb

    return duckdb.from_arrow(_arrow(rows))


def _exported(rows: Rows) -> Any:
    """A frame of a library that nobody has heard of."""

    class Exported:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return _arrow(rows).__arrow_c_stream__(requested_schema)

    return Exported()


CARRIERS: Mapping[str, Callable[[Rows], Any]] = {
    "dicts": list,
    "pandas of objects": _pandas,
    "pandas as it infers": _inferred,
    "pandas nullable": _nullable,
    "pandas of Arrow": _arrow_backed,
    "polars": _polars,
    "polars lazy": _lazy,
    "pyarrow": _arrow,
    "pyarrow batch": _batch,
    "pyarrow reader": _reader,
    "DuckDB": _duckdb,
    "a stream of Arrow": _exported,
}


def as_rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of any frame as dicts, a missing cell as None, an amount as a `Decimal`."""
    kind = f"{type(frame).__module__.partition('.')[0]}.{type(frame).__name__}".removeprefix("_")
    if isinstance(frame, list):
        return frame
    if kind == "polars.LazyFrame":
        return frame.collect().to_dicts()  # type: ignore[no-any-return]
    if kind == "polars.DataFrame":
        return frame.to_dicts()  # type: ignore[no-any-return]
    if kind == "pandas.DataFrame":
        import pandas

        rows = frame.astype(object).to_dict("records")
        return [{name: None if cell is pandas.NA or cell is pandas.NaT or cell is None or cell != cell else cell
                 for name, cell in row.items()} for row in rows]  # fmt: skip
    if kind == "duckdb.DuckDBPyRelation":
        frame = frame.to_arrow_table()
    elif kind == "pyarrow.RecordBatchReader":
        frame = frame.read_all()
    elif not kind.startswith("pyarrow."):
        frame = __import__("pyarrow").table(frame)
    return frame.to_pylist()  # type: ignore[no-any-return]


def csv_rows(file: Path) -> list[dict[str, str]]:
    """The rows of a csv file, every cell a text."""
    import csv

    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
