"""Makes frames of columns with types: lists of dicts, pandas, polars, pyarrow, DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from ..base.moments import MINUTES_PER_DAY
from ..model.carriers import Carrier
from .typed import MOST_DIGITS, CellKind, TypedColumn

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_EPOCH = date(1970, 1, 1).toordinal()
_MINUTE = 60_000_000  # microseconds


def frame_of(columns: Sequence[TypedColumn], carrier: Carrier) -> Any:
    """The columns as a table of this kind; `ImportError` where its library is not installed."""
    return _MAKERS[carrier](columns)


def _dicts(columns: Sequence[TypedColumn]) -> list[dict[str, Any]]:
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*(column.values() for column in columns), strict=True)]


# ── pyarrow ───────────────────────────────────────────────────────────────────────────────────────


def arrow_table(columns: Sequence[TypedColumn]) -> pyarrow.Table:
    """The columns as a table of pyarrow; amounts are decimals of 128 bits, made without an object for each."""
    import pyarrow

    return pyarrow.table([_arrow(column) for column in columns], names=[column.name for column in columns])


def _arrow(column: TypedColumn) -> pyarrow.Array:
    import pyarrow

    gone = ~column.known
    match column.kind:
        case CellKind.UNITS:
            return _decimals(column, column.decimals)
        case CellKind.WHOLE:
            return _decimals(column, 0) if column.is_wide else pyarrow.array(column.cells, mask=gone)
        case CellKind.FLAG:
            return pyarrow.array(column.cells, mask=gone)
        case CellKind.WORD:
            words = pyarrow.array(list(column.words), pyarrow.string())
            return words.take(pyarrow.array(column.cells, mask=gone))
        case CellKind.DATE:
            days = np.where(gone, 0, column.cells - _EPOCH).astype(np.int32)
            return pyarrow.array(days, mask=gone).cast(pyarrow.date32())
        case CellKind.CLOCK:
            moments = np.where(gone, 0, column.cells) * _MINUTE
            return pyarrow.array(moments, mask=gone).cast(pyarrow.time64("us"))
        case CellKind.MOMENT:
            moments = np.where(gone, 0, column.cells - _EPOCH * MINUTES_PER_DAY) * _MINUTE
            return pyarrow.array(moments, mask=gone).cast(pyarrow.timestamp("us"))
        case _:
            return pyarrow.array([text if there else None for text, there in _texts(column)], pyarrow.string())


def _texts(column: TypedColumn) -> Any:
    return zip(column.cells, column.known.tolist(), strict=True)


def _decimals(column: TypedColumn, decimals: int) -> pyarrow.Array:
    """Whole numbers as decimals: the two halves of each, as they lie in memory."""
    import pyarrow

    kind = pyarrow.decimal128(MOST_DIGITS, decimals)
    units = column.units()
    if column.is_wide:
        return pyarrow.array(column.values(), kind)
    halves = np.empty((len(units), 2), np.int64)
    halves[:, 0], halves[:, 1] = units, units >> 63
    bits = None if column.known.all() else pyarrow.py_buffer(np.packbits(column.known, bitorder="little").tobytes())
    return pyarrow.Array.from_buffers(kind, len(units), [bits, pyarrow.py_buffer(halves)])


def _duckdb(columns: Sequence[TypedColumn]) -> Any:
    import duckdb

    return duckdb.from_arrow(arrow_table(columns))


# ── polars ────────────────────────────────────────────────────────────────────────────────────────


def polars_frame(columns: Sequence[TypedColumn]) -> polars.DataFrame:
    """The columns as a frame of polars, with or without pyarrow."""
    import polars

    return polars.DataFrame([_series(column) for column in columns])


def _series(column: TypedColumn) -> polars.Series:
    import polars

    def known(series: polars.Series) -> polars.Series:
        if column.known.all():
            return series
        kept = polars.when(polars.Series(column.known)).then(series)
        return polars.select(kept.alias(column.name)).to_series()

    match column.kind:
        case CellKind.UNITS | CellKind.WHOLE if column.is_wide or column.kind is CellKind.UNITS:
            decimals = column.decimals if column.kind is CellKind.UNITS else 0
            kind = polars.Decimal(MOST_DIGITS, decimals)
            units = column.units()
            if column.is_wide:
                return polars.Series(column.name, column.values(), kind)
            return known(_decimal_series(column.name, units, decimals))
        case CellKind.WHOLE | CellKind.FLAG:
            return known(polars.Series(column.name, column.cells))
        case CellKind.WORD:
            if not len(column.words):
                return polars.Series(column.name, column.values(), polars.String)
            words = polars.Series(column.name, list(column.words), polars.String)
            return known(words.gather(polars.Series(np.where(column.known, column.cells, 0))))
        case CellKind.DATE:
            days = np.where(column.known, column.cells - _EPOCH, 0).astype(np.int32)
            return known(polars.Series(column.name, days).cast(polars.Date))
        case CellKind.CLOCK:
            moments = np.where(column.known, column.cells, 0) * (_MINUTE * 1_000)
            return known(polars.Series(column.name, moments).cast(polars.Time))
        case CellKind.MOMENT:
            moments = np.where(column.known, column.cells - _EPOCH * MINUTES_PER_DAY, 0) * _MINUTE
            return known(polars.Series(column.name, moments).cast(polars.Datetime("us")))
        case _:
            texts = [text if there else None for text, there in _texts(column)]
            return polars.Series(column.name, texts, polars.String)


def _decimal_series(name: str, units: Any, decimals: int) -> polars.Series:
    """Whole numbers as decimals of polars, which counts its decimals in whole numbers of 128 bits as well.

    They are written as text and read again where pyarrow is not there to hand over the numbers as they lie in memory.
    """
    import polars

    kind = polars.Decimal(MOST_DIGITS, decimals)
    if find_spec("pyarrow") is not None:
        column = TypedColumn(name, CellKind.UNITS, units, np.ones(len(units), bool), decimals)
        made = polars.from_arrow(_decimals(column, decimals))
        assert isinstance(made, polars.Series)
        return made.alias(name)
    if not decimals:
        return polars.Series(name, units).cast(kind)
    whole, rest = np.divmod(np.abs(units), 10**decimals)
    signs = polars.Series(np.where(units < 0, "-", ""))
    digits = polars.Series(rest).cast(polars.String).str.zfill(decimals)
    texts = signs + polars.Series(whole).cast(polars.String) + "." + digits
    return texts.str.to_decimal(scale=decimals).cast(kind).alias(name)


def _lazy(columns: Sequence[TypedColumn]) -> polars.LazyFrame:
    return polars_frame(columns).lazy()


# ── pandas ────────────────────────────────────────────────────────────────────────────────────────


def _pandas(columns: Sequence[TypedColumn]) -> pandas.DataFrame:
    """The columns as a frame of pandas: amounts are decimals of pyarrow, or objects where it is not installed."""
    import pandas

    made = {column.name: _of_pandas(column) for column in columns}
    return pandas.DataFrame(made)


def _of_pandas(column: TypedColumn) -> Any:
    import pandas

    whole = bool(column.known.all())
    match column.kind:
        case CellKind.WHOLE if not column.is_wide:
            cells = pandas.Series(column.cells)
            return cells if whole else cells.astype("Int64").mask(~column.known)
        case CellKind.FLAG:
            cells = pandas.Series(column.cells)
            return cells if whole else cells.astype("boolean").mask(~column.known)
        case CellKind.TEXT | CellKind.WORD:
            return pandas.Series(column.values(), dtype=None if len(column) else object)
        case CellKind.MOMENT:
            return pandas.Series(column.values(), dtype="datetime64[us]")
        case _ if find_spec("pyarrow") is not None:
            array = _arrow(column)
            return pandas.Series(array, dtype=pandas.ArrowDtype(array.type))
        case _:
            column.units()
            return pandas.Series(column.values(), dtype=object)


_MAKERS: Mapping[Carrier, Callable[[Sequence[TypedColumn]], Any]] = {
    Carrier.ROWS: _dicts,
    Carrier.PANDAS: _pandas,
    Carrier.POLARS: polars_frame,
    Carrier.POLARS_LAZY: _lazy,
    Carrier.PYARROW: arrow_table,
    Carrier.DUCKDB: _duckdb,
}
