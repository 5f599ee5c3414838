"""The kinds of tables that programs hand over and get back, known by their types: no library is imported for it."""

from __future__ import annotations

from enum import Enum
from typing import Any, Protocol

_SERIES = frozenset({"Series", "ChunkedArray", "Array", "Index", "ndarray", "Expr"})
_LIBRARIES = {"pandas", "polars", "pyarrow", "duckdb", "_duckdb", "narwhals", "numpy"}


class Frame(Protocol):
    """A table of columns with names: a frame of pandas or polars, eager or lazy, a relation of DuckDB."""

    @property
    def columns(self) -> Any: ...


class ArrowStream(Protocol):
    """A table that can be exported as a stream of Arrow, as those of pyarrow are."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class Carrier(Enum):
    """What carries the rows of a table."""

    ROWS = "a list of dicts"
    PANDAS = "pandas"
    POLARS = "polars"
    POLARS_LAZY = "polars, lazy"
    PYARROW = "pyarrow"
    DUCKDB = "DuckDB"


_FRAMES = {
    ("pandas", "DataFrame"): Carrier.PANDAS,
    ("polars", "DataFrame"): Carrier.POLARS,
    ("polars", "LazyFrame"): Carrier.POLARS_LAZY,
    ("pyarrow", "Table"): Carrier.PYARROW,
    ("pyarrow", "RecordBatch"): Carrier.PYARROW,
    ("pyarrow", "RecordBatchReader"): Carrier.PYARROW,
    ("duckdb", "DuckDBPyRelation"): Carrier.DUCKDB,
    ("_duckdb", "DuckDBPyRelation"): Carrier.DUCKDB,
}


def carrier_of(handed: object) -> Carrier | None:
    """What kind of frame this is; None for anything else.

    A frame of a library that is not named here counts as one of pyarrow if it can be exported as a stream of Arrow.
    """
    for kind in type(handed).__mro__:
        found = _FRAMES.get((kind.__module__.partition(".")[0], kind.__name__))
        if found is not None:
            return found
    return Carrier.PYARROW if hasattr(handed, "__arrow_c_stream__") and not is_series(handed) else None


def is_series(handed: object) -> bool:
    """Whether this is one column of some library, or an array, and no table."""
    return any(
        kind.__module__.partition(".")[0] in _LIBRARIES and kind.__name__.removeprefix("Large") in _SERIES
        for kind in type(handed).__mro__
    )  # fmt: skip


def named(handed: object) -> str:
    """A thing that a program handed over, in the words of messages: `pandas.DataFrame`."""
    kind = type(handed)
    library = kind.__module__.partition(".")[0].removeprefix("_")
    return kind.__name__ if library in ("builtins", "__main__") else f"{library}.{kind.__name__}"
