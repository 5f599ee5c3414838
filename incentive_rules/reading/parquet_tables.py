"""The table in a Parquet file, which `polars` reads: its columns have types, and each different value is kept once."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..model.data import DataTable
from ..model.table import Column, Rows, column_of
from . import refusals
from .refusals import MOST_PROBLEMS, Result, heading_problems, refused, too_many_cells, too_many_rows

if TYPE_CHECKING:
    import polars


def read_parquet(data: bytes, name: str) -> Result:
    """The table in a Parquet file.

    Whole numbers, decimals, dates and texts come as they are; of floats of 32 bits it is said that digits are lost.
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
    rows = Rows([_column(cells) for cells in frame.iter_columns()], size)
    return DataTable(name, headings, rows, (None,) * size), ()


def _column(cells: polars.Series) -> Column:
    import numpy as np
    import polars

    kind = cells.dtype
    if kind.is_nested() or kind == polars.Object:
        return column_of(cells.to_list())  # whoever reads such a cell is told
    if isinstance(kind, polars.Categorical | polars.Enum):
        cells = cells.cast(polars.String)
    values = cells.unique(maintain_order=True)
    numbered = polars.DataFrame({"value": values, "code": np.arange(len(values), dtype=np.int32)})
    every = cells.to_frame("value")
    codes = every.join(numbered, on="value", how="left", nulls_equal=True, maintain_order="left")["code"]
    if codes.null_count():
        return column_of(cells.to_list())
    # The type says that digits were lost, and Python's own float does not.
    narrow = kind == polars.Float32
    listed = [np.float32(one) if narrow and one is not None else one for one in values.to_list()]
    return Column(codes.to_numpy(), listed)
