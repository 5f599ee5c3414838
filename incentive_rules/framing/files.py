"""Writes columns with types into a file: csv, json, Parquet or xlsx, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from .texts import as_file
from .typed import TypedColumn

Write = Callable[[Path, Sequence[TypedColumn]], None]


def write_table(path: Path, columns: Sequence[TypedColumn]) -> None:
    """Writes the columns; `ValueError` for an ending that nothing writes, `OSError` where it cannot be written."""
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"`{path.name}` does not say what to write: a name ends in {', '.join(WRITERS)}")
    handle, beside = tempfile.mkstemp(path.suffix, f".{path.stem}-", path.parent)
    os.close(handle)
    try:
        write(Path(beside), columns)
        Path(beside).chmod(0o644 & ~_mask())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _text(path: Path, columns: Sequence[TypedColumn]) -> None:
    rows = zip(*(column.values() for column in columns), strict=True)
    text = as_file(path.name, [column.name for column in columns], rows)
    path.write_text(text, "utf-8", newline="")


def _parquet(path: Path, columns: Sequence[TypedColumn]) -> None:
    from .frames import arrow_table, polars_frame

    if find_spec("pyarrow") is not None:
        from pyarrow import parquet

        parquet.write_table(arrow_table(columns), path)
    elif find_spec("polars") is not None:
        polars_frame(columns).write_parquet(path)
    else:
        raise ImportError("Parquet is written with pyarrow or polars: python -m pip install pyarrow", name="pyarrow")


def _workbook(path: Path, columns: Sequence[TypedColumn]) -> None:
    from .workbooks import BookSheet, workbook_bytes

    rows = zip(*(column.values() for column in columns), strict=True)
    path.write_bytes(workbook_bytes([BookSheet("data", [column.name for column in columns], rows)], "en"))


# By the ending of a name.
WRITERS: Mapping[str, Write] = {".csv": _text, ".json": _text, ".parquet": _parquet, ".xlsx": _workbook}
