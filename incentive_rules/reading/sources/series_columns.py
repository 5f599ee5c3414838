"""Converts a column of `polars` to a `Column`: each different value is kept once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ...model.table import Column, column_of

if TYPE_CHECKING:
    import polars


def column_of_series(cells: polars.Series) -> Column:
    """The cells as objects of Python; floats of 32 bits as objects that mark lost digits."""
    import numpy as np
    import polars

    from .coding import column_of_steps, number_cells

    kind = cells.dtype
    if kind.is_nested() or kind == polars.Object:
        return column_of(_nested(cells))  # they are reported when they are read
    if isinstance(kind, polars.Categorical | polars.Enum):
        cells = cells.cast(polars.String)
    if kind == polars.String and not cells.null_count():
        coded = cells.cast(polars.Categorical(polars.Categories.random()))
        texts = coded.unique(maintain_order=True)
        if np.array_equal(texts.to_physical(), np.arange(len(texts))):  # texts are numbered as they appear
            return Column(coded.to_physical().to_numpy().view(np.int32), texts.cast(polars.String).to_list())
    is_wide = str(kind) in ("Int128", "UInt128")
    if (kind.is_integer() or kind.is_temporal() or kind == polars.Boolean) and not (cells.null_count() or is_wide):
        numbers = cells.to_physical().to_numpy()
        wide = numbers if numbers.dtype.itemsize == 8 else numbers.astype(np.int64)
        found = number_cells([wide.view(np.uint64)]) if numbers.dtype.kind in "iub" else None
        if found is not None:
            return Column(found[0], _listed(cells.gather(found[1])))
    if isinstance(kind, polars.Decimal) and not cells.null_count():
        steps = cells.to_physical().cast(polars.Int64, strict=False)
        column = None if steps.null_count() else column_of_steps(steps.to_numpy(), kind.scale)
        if column is not None:
            return column
    values = cells.unique(maintain_order=True)
    told = polars.DataFrame({"value": values, "code": np.arange(len(values), dtype=np.int32)})
    every = cells.to_frame("value")
    codes = every.join(told, on="value", how="left", nulls_equal=True, maintain_order="left")["code"]
    if codes.null_count():
        return column_of(_listed(cells))
    # The type says that digits were lost, and Python's own float does not.
    narrow = kind == polars.Float32
    listed = [np.float32(one) if narrow and one is not None else one for one in _listed(values)]
    return Column(codes.to_numpy(), listed)


def _listed(cells: polars.Series) -> list[Any]:
    """The cells as objects of Python. A moment that Python cannot hold to the last digit becomes a list, which every
    reader refuses: as a text it could be taken for a word.
    """
    import polars

    kind = cells.dtype
    unit = "d" if kind == polars.Date else "ns" if kind == polars.Time else getattr(kind, "time_unit", None)
    if unit is None:
        return cells.to_list()
    per_day = {"d": 1, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}[unit]
    epoch = date(1970, 1, 1).toordinal()
    # One day less at both ends, for the zones of time.
    first, last = (date.min.toordinal() + 1 - epoch) * per_day, (date.max.toordinal() - 1 - epoch) * per_day
    numbers = cells.to_physical().cast(polars.Int64)
    first, last = max(first, -(2**63)), min(last, 2**63 - 1)
    is_held = (numbers >= first) & (numbers <= last) & ((numbers % 1_000 == 0) if unit == "ns" else True)
    is_held = is_held.fill_null(True)
    if is_held.all():
        return cells.to_list()
    held = polars.select(polars.when(is_held).then(cells).otherwise(None)).to_series().to_list()
    pairs = zip(held, is_held.to_list(), numbers.to_list(), strict=True)
    return [one if is_one_held else [f"{number} {unit} from 1970-01-01"] for one, is_one_held, number in pairs]


def _nested(cells: polars.Series) -> list[Any]:
    """Lists and structures as objects of Python; if they hold what Python cannot, empty lists, refused as well."""
    import polars

    try:
        return cells.to_list()
    except (ValueError, OverflowError, polars.exceptions.PolarsError, polars.exceptions.PanicException):
        return [[] for _ in range(len(cells))]
