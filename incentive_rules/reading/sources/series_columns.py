"""Converts a column of `polars` to a `Column`: each different value is kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.table import Column, column_of

if TYPE_CHECKING:
    import polars


def column_of_series(cells: polars.Series) -> Column:
    """The cells as objects of Python; floats of 32 bits as objects that mark lost digits."""
    import numpy as np
    import polars

    from .coding import number_cells

    kind = cells.dtype
    if kind.is_nested() or kind == polars.Object:
        return column_of(cells.to_list())  # they are reported when they are read
    if isinstance(kind, polars.Categorical | polars.Enum):
        cells = cells.cast(polars.String)
    if kind == polars.String and not cells.null_count():
        coded = cells.cast(polars.Categorical(polars.Categories.random()))
        texts = coded.unique(maintain_order=True)
        if np.array_equal(texts.to_physical(), np.arange(len(texts))):  # texts are numbered as they appear
            return Column(coded.to_physical().to_numpy().view(np.int32), texts.cast(polars.String).to_list())
    if (kind.is_integer() or kind.is_temporal() or kind == polars.Boolean) and not cells.null_count():
        numbers = cells.to_physical().to_numpy()
        wide = numbers if numbers.dtype.itemsize == 8 else numbers.astype(np.int64)
        found = number_cells([wide.view(np.uint64)]) if numbers.dtype.kind in "iub" else None
        if found is not None:
            return Column(found[0], cells.gather(found[1]).to_list())
    values = cells.unique(maintain_order=True)
    told = polars.DataFrame({"value": values, "code": np.arange(len(values), dtype=np.int32)})
    every = cells.to_frame("value")
    codes = every.join(told, on="value", how="left", nulls_equal=True, maintain_order="left")["code"]
    if codes.null_count():
        return column_of(cells.to_list())
    # The type says that digits were lost, and Python's own float does not.
    narrow = kind == polars.Float32
    listed = [np.float32(one) if narrow and one is not None else one for one in values.to_list()]
    return Column(codes.to_numpy(), listed)
