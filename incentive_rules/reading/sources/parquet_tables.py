"""Reads a Parquet file with `polars`: its columns have types, and each different value is kept once."""

from __future__ import annotations

import io
from importlib.util import find_spec

from ...model.data import DataTable
from ...model.table import Rows
from . import refusals
from .refusals import MOST_PROBLEMS, TableOrProblems, heading_problems, refused, too_many_cells, too_many_rows
from .series_columns import column_of_series


def read_parquet(data: bytes, name: str) -> TableOrProblems:
    """Reads the table in a Parquet file.

    Whole numbers, decimals, dates and texts keep their values; floats of 32 bits are marked as having lost digits.
    """
    if find_spec("polars") is None:
        return refused(name, "data-format", "library", library="polars")
    import polars

    try:
        whole = polars.scan_parquet(io.BytesIO(data))
        headings = tuple(whole.collect_schema().names())
        size = whole.select(polars.len()).collect().item()
        if size > refusals.MOST_ROWS:
            return too_many_rows(name)
        if (size + 1) * len(headings) > refusals.MOST_CELLS:
            return too_many_cells(name)
        frame = whole.collect()
    except (polars.exceptions.PolarsError, OSError, ValueError):
        return refused(name, "data-format", "parquet")
    if not headings:
        return refused(name, "data-format", "empty")
    problems = heading_problems(headings, name)
    if problems:
        return None, problems[:MOST_PROBLEMS]
    rows = Rows([column_of_series(cells) for cells in frame.iter_columns()], size)
    return DataTable(name, headings, rows, (None,) * size), ()
