"""Reads the frames that programs hand over, column by column: each different cell is kept once.

polars, pandas, pyarrow, DuckDB, and whatever else exports a stream of Arrow. A lazy frame and a relation are computed
once. What a cell means is decided where all cells are read; here nothing is converted but what would lose digits
without a word: floats of 32 bits are marked as such, and moments that Python cannot hold become what is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...base.text import echo
from ...model.carriers import Carrier, carrier_of, named
from ...model.data import DataTable
from ...model.table import Column, Rows, column_of
from ..cells.showing import shown
from . import refusals
from .coding import column_of_steps
from .refusals import MOST_PROBLEMS, TableOrProblems, file_problem, heading_problems, refused, too_many_cells
from .series_columns import column_of_series

if TYPE_CHECKING:
    import pandas
    import pyarrow


def read_frame(frame: object, name: str = "") -> TableOrProblems:
    """Reads a frame for which `carrier_of` knows a carrier; messages call the table `name`."""
    try:
        match carrier_of(frame):
            case Carrier.POLARS | Carrier.POLARS_LAZY:
                return _of_polars(frame, name)
            case Carrier.PANDAS:
                return _of_pandas(frame, name)
            case _:
                return _of_arrow(frame, name)
    except ImportError as error:
        return refused(name, "data-handed", "library", kind=named(frame), library=echo(error.name or "pyarrow"))


def _of_polars(frame: Any, name: str) -> TableOrProblems:
    import polars

    if isinstance(frame, polars.LazyFrame):
        try:
            frame = frame.collect()
        except Exception as error:  # a query may run whatever its author wrote
            return _failed(frame, name, error)
    assert isinstance(frame, polars.DataFrame)
    return _table(name, frame.columns, len(frame), lambda number: column_of_series(frame.to_series(number)))


def _of_pandas(frame: Any, name: str) -> TableOrProblems:
    return _table(name, list(frame.columns), len(frame), lambda number: _column_of_pandas(frame.iloc[:, number]))


def _of_arrow(frame: Any, name: str) -> TableOrProblems:
    import pyarrow

    try:
        if carrier_of(frame) is Carrier.DUCKDB:
            table = frame.to_arrow_table()
        elif isinstance(frame, pyarrow.RecordBatchReader):
            table = frame.read_all()
        else:
            table = frame if isinstance(frame, pyarrow.Table) else pyarrow.table(frame)
    except ImportError:
        raise
    except Exception as error:  # a relation may be closed, and a query fail
        return _failed(frame, name, error)
    return _table(name, table.column_names, len(table), lambda number: _column_of_arrow(table.column(number)))


def _failed(frame: object, name: str, error: Exception) -> TableOrProblems:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    return refused(name, "data-handed", "query", kind=named(frame), reason=echo(reason))


def _table(name: str, headings: Sequence[object], size: int, column: Any) -> TableOrProblems:
    problems = [file_problem(name, "data-handed", "heading", value=shown(h)) for h in headings if type(h) is not str]
    texts = tuple(str(heading) for heading in headings)
    problems += heading_problems(texts, name) if len(texts) > 1 else ()
    if problems:
        return None, tuple(problems[:MOST_PROBLEMS])
    if size > refusals.MOST_ROWS:
        return refusals.too_many_rows(name)
    if (size + 1) * len(texts) > refusals.MOST_CELLS:
        return too_many_cells(name)
    return DataTable(name, texts, Rows([column(n) for n in range(len(texts))], size), (None,) * size), ()


# ── Columns ───────────────────────────────────────────────────────────────────────────────────────


def _column_of_pandas(cells: pandas.Series) -> Column:
    """A column of pandas; through pyarrow where its type is one of numbers, texts or moments, else cell by cell."""
    import pandas

    kind, is_numpys = cells.dtype, not isinstance(cells.dtype, pandas.api.extensions.ExtensionDtype)
    if (is_numpys and kind.kind == "O") or isinstance(
        kind, pandas.PeriodDtype | pandas.IntervalDtype | pandas.SparseDtype
    ):
        return column_of(list(cells))
    try:
        import pyarrow
    except ImportError:
        has_own_scalars = is_numpys and kind.kind in "fM"  # numpy's, which say how many bits they had
        return column_of(list(cells.to_numpy()) if has_own_scalars else list(cells))
    try:
        array = pyarrow.array(cells, from_pandas=True)
    except (pyarrow.ArrowException, TypeError, ValueError):
        return column_of(list(cells))
    return _column_of_arrow(array)


def _column_of_arrow(cells: pyarrow.ChunkedArray | pyarrow.Array) -> Column:
    """A column of pyarrow: its different cells as objects of Python, and for each row the number of its own."""
    import numpy as np
    import pyarrow
    from pyarrow import types

    whole = cells.combine_chunks() if isinstance(cells, pyarrow.ChunkedArray) else cells
    if isinstance(whole, pyarrow.ChunkedArray):  # of no chunks, or of more than one array can hold
        whole = pyarrow.concat_arrays(whole.chunks) if whole.num_chunks else pyarrow.array([], whole.type)
    if isinstance(whole, pyarrow.ExtensionArray):
        whole = whole.storage
    if types.is_dictionary(whole.type):
        whole = whole.dictionary_decode()
    if types.is_decimal128(whole.type) and not whole.null_count:
        column = _column_of_decimals(whole)
        if column is not None:
            return column
    if types.is_string_view(whole.type):
        whole = whole.cast(pyarrow.large_string())
    try:
        coded = whole.dictionary_encode("encode")
    except pyarrow.ArrowException:  # lists, structures and the like are reported when they are read
        return column_of(_listed(whole))
    codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return Column(codes, _listed(coded.dictionary))


def _column_of_decimals(cells: pyarrow.Array) -> Column | None:
    """Decimals as they lie in memory, two words of 64 bits each; None where one of them needs both."""
    import numpy as np

    begin = cells.offset
    halves = np.frombuffer(cells.buffers()[1] or b"", "<i8")[2 * begin : 2 * (begin + len(cells))].reshape(-1, 2)
    steps = halves[:, 0].astype(np.int64)
    if cells.type.scale < 0 or (halves[:, 1] != steps >> 63).any():
        return None
    return column_of_steps(steps, cells.type.scale)


def _listed(cells: pyarrow.Array) -> list[Any]:
    """The cells as objects of Python; what Python would shorten without a word becomes a list, which is refused."""
    import numpy as np
    from pyarrow import types

    kind = cells.type
    if types.is_float16(kind) or types.is_float32(kind):
        narrow = np.float16 if types.is_float16(kind) else np.float32
        return [None if one is None else narrow(one) for one in cells.to_pylist()]
    if (types.is_timestamp(kind) or types.is_time64(kind)) and kind.unit == "ns":
        import pyarrow

        numbers = cells.cast(pyarrow.int64()).to_pylist()
        coarse = pyarrow.timestamp("us", kind.tz) if types.is_timestamp(kind) else pyarrow.time64("us")
        whole = [None if number is None or number % 1_000 else number // 1_000 for number in numbers]
        held = _python(pyarrow.array(whole, pyarrow.int64()).cast(coarse))
        pairs = zip(held, numbers, strict=True)
        return [[f"{n} ns"] if n is not None and n % 1_000 else one for one, n in pairs]
    return _python(cells)


def _python(cells: pyarrow.Array) -> list[Any]:
    try:
        found: list[Any] = cells.to_pylist()
        return found
    except (ValueError, OverflowError):  # a day beyond the year 9999
        return [_one(cells, number) for number in range(len(cells))]


def _one(cells: pyarrow.Array, number: int) -> object:
    try:
        return cells[number].as_py()
    except (ValueError, OverflowError):
        return [f"{cells.type} {number}"]
