"""From the bytes of one file to a `DataTable`: csv, csv packed with gzip, or a json list of objects.

Strict by design: UTF-8 (with or without a byte order mark) or the encoding that was named, every line
as long as the headings, no heading twice. A file that is anything else is refused with a remedy.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import stat
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from attrs import evolve

from ..base.diagnostics import Diagnostic
from ..base.numbers import EXACT
from ..base.problems import Problem
from ..base.text import echo
from ..model.data import ByInput, DataTable
from .showing import shown

MOST_BYTES = 1 << 29  # of one file, unpacked
MOST_CELLS, MOST_ROWS = 50_000_000, 10_000_000  # of one file: what is small when packed must not fill the memory
ENCODINGS = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030"}
_MEGABYTES = str(MOST_BYTES >> 20)
_MOST_PROBLEMS = 50

Result = tuple[DataTable | None, tuple[Problem, ...]]


def read_file(path: str | Path, encoding: str = "utf-8") -> Result:
    """The table in the file at `path`; the name it is known by is the file's name without its folders."""
    name = echo(Path(path).name or str(path))
    data, variant, reason = _bytes_of(path, MOST_BYTES)
    if data is None:
        return _refused(name, "data-file", variant, reason=reason)
    return read_bytes(data, name, encoding)


def read_scheme(path: str | Path, most: int) -> tuple[bytes | None, Diagnostic | None]:
    """The bytes of a scheme, at most one more than `most`; or why there are none."""
    data, variant, reason = _bytes_of(path, most)
    if data is None:
        name = echo(Path(path).name or str(path))
        return None, Diagnostic("scheme-file", None, {"file": f"`{name}`", "reason": reason}, variant)
    return data, None


def _bytes_of(path: str | Path, most: int) -> tuple[bytes | None, str, str]:
    """The bytes of an ordinary file; or None, the variant of the message, and the system's reason."""
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None, "special", ""
            return file.read(most + 1), "", ""
    except IsADirectoryError:
        return None, "folder", ""
    except FileNotFoundError:
        return None, "", ""
    except (OSError, ValueError) as error:
        return None, "denied", getattr(error, "strerror", None) or "the name is not valid"


def _open_at_once(path: str, flags: int) -> int:
    # A named pipe without a writer would otherwise block for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_bytes(data: bytes, name: str, encoding: str = "utf-8") -> Result:
    """The table in `data`; the ending of `name` says whether it is csv or json, perhaps with `.gz`."""
    kind, content = name.lower(), data
    if kind.endswith(".gz"):
        unpacked = _unpacked(data)
        if unpacked is None:
            return _refused(name, "data-format", "gzip")
        data, kind = unpacked, kind.removesuffix(".gz")
    if len(data) > MOST_BYTES:
        return _refused(name, "data-file", "large", most=_MEGABYTES)
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") or kind.endswith((".xlsx", ".xls", ".ods", ".numbers")):
        return _refused(name, "data-format", "spreadsheet")
    if not kind.endswith((".csv", ".json")):
        return _refused(name, "data-format")
    text, problem = _decoded(data, name, encoding)
    if text is None:
        return None, (problem,) if problem else ()
    if not text.strip():
        return _refused(name, "data-format", "empty")
    if "\0" in text:
        return _refused(name, "data-format", "nul", line=text.count("\n", 0, text.index("\0")) + 1)
    table, problems = read_json(text, name) if kind.endswith(".json") else read_csv(text, name)
    if table is None:
        return None, problems
    return evolve(table, digest=hashlib.sha256(content).hexdigest(), content=content, encoding=encoding), problems


def _unpacked(data: bytes) -> bytes | None:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            return packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        return None


def _decoded(data: bytes, name: str, encoding: str) -> tuple[str | None, Problem | None]:
    codec = ENCODINGS.get(encoding.lower().replace("_", "-"))
    if codec is None:
        return None, _problem(name, "data-encoding", "unknown", encoding=echo(encoding))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, _problem(name, "data-encoding", "utf-16")
    try:
        return data.decode(codec), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        variant = "" if codec == "utf-8-sig" else "declared"
        return None, _problem(name, "data-encoding", variant, line=line, encoding=echo(encoding))


# ── csv ───────────────────────────────────────────────────────────────────────────────────────────


def read_csv(text: str, name: str) -> Result:
    """The table in a csv `text`. Lines that are wholly empty are passed over at the end only."""
    lines = _Lines(io.StringIO(text.rstrip("\r\n"), newline=""))
    reader = csv.reader(lines, strict=True)
    begins, records, count = 1, list[tuple[int, tuple[str, ...]]](), 0
    try:
        for record in reader:
            count += max(1, len(record))
            lines.most = MOST_CELLS - count
            if len(records) > MOST_ROWS:
                return _too_many_rows(name)
            records.append((begins, tuple(record)))
            begins = reader.line_num + 1
    except _TooMany:
        return _too_many(name)
    except csv.Error as error:
        return _refused(name, "data-format", "quote", line=begins, reason=echo(str(error)))
    headings = records[0][1]
    problems = list(_heading_problems(headings, name))
    problems += [
        _problem(name, "data-ragged", row=number, line=line, count=str(len(cells)), wanted=str(len(headings)))
        for number, (line, cells) in enumerate(records[1:], 1)
        if len(cells) != len(headings)
    ]
    if problems:
        return None, tuple(problems[:_MOST_PROBLEMS])
    rows = tuple(cells for _, cells in records[1:])
    return DataTable(name, headings, rows, tuple(line for line, _ in records[1:])), ()


class _TooMany(Exception):
    pass


class _Lines:
    """The lines of a file, as long as the row to which they belong may still have so many cells."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.most = MOST_CELLS  # set anew after each row

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.most -= line.count(",") + 1
        if self.most < 0:
            raise _TooMany
        return line


def _heading_problems(headings: tuple[str, ...], name: str) -> tuple[Problem, ...]:
    if len(headings) == 1:
        for separator, called in ((";", "`;`"), ("\t", "TAB"), ("|", "`|`"), ("，", "`，`")):
            if separator in headings[0]:
                return (_problem(name, "data-format", "separator", line=1, separator=called),)
    problems, seen = [], dict[str, str]()
    for heading in headings:
        other = seen.get(folded(heading))
        if other is None:
            seen[folded(heading)] = heading
            continue
        variant = "" if other == heading else "alike"
        names = echo(heading), echo(other)
        problems.append(_problem(name, "data-heading-twice", variant, 1, heading=names[0], other=names[1]))
    return tuple(problems)


def folded(heading: str) -> str:
    """A heading without the differences that an eye does not see: width, letter case, spaces, a stray mark."""
    return "".join(unicodedata.normalize("NFKC", heading).casefold().replace("\ufeff", "").split())


# ── json ──────────────────────────────────────────────────────────────────────────────────────────


class _NameTwice(ValueError):
    pass


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _NameTwice(next(name for name, count in counts.items() if count > 1))
    return found


def _exact(text: str) -> object:
    try:
        return Decimal(text, EXACT)
    except InvalidOperation:  # an exponent beyond all bounds: an infinity is refused as such, cell by cell
        return Decimal("Infinity")


def _whole(text: str) -> object:
    # CPython refuses to read thousands of digits with an exception of its own.
    return int(text) if len(text) < 100 else Decimal(text, EXACT)


def read_json(text: str, name: str) -> Result:
    """The table in a json list of objects; numbers stay exact, and a name that an object lacks is None."""
    if text.count(",") >= MOST_CELLS:  # no value, object or list stands without one
        return _too_many(name)
    if text.count("{") > MOST_ROWS:
        return _too_many_rows(name)
    try:
        rows = json.loads(
            text, parse_float=_exact, parse_int=_whole, parse_constant=_exact, object_pairs_hook=_object
        )
    except _NameTwice as error:
        return _refused(name, "data-heading-twice", heading=echo(str(error)))
    except json.JSONDecodeError as error:
        return _refused(name, "data-format", "json", line=error.lineno, reason=echo(error.msg))
    except RecursionError:
        return _refused(name, "data-format", "json", reason="too deeply nested")
    if not isinstance(rows, list):
        return _refused(name, "data-format", "list")
    return read_mappings(rows, name)


def read_mappings(rows: Iterable[object], name: str = "") -> Result:
    """The table that a list of mappings is; its headings stand in the order of their first appearance."""
    headings: dict[object, None] = {}
    mappings: list[Mapping[object, object]] = []
    problems = []
    for number, row in enumerate(rows, 1):
        if isinstance(row, Mapping):
            mappings.append(row)
            headings.update(dict.fromkeys(row))
        else:
            problems.append(_problem(name, "data-row", row=number, value=shown(row)))
    texts = tuple(heading for heading in headings if isinstance(heading, str))
    problems += [_problem(name, "data-row", value=shown(h)) for h in headings if not isinstance(h, str)][:1]
    problems += _heading_problems(texts, name) if len(texts) > 1 else ()
    if problems:
        return None, tuple(problems[:_MOST_PROBLEMS])
    cells = tuple(tuple(row.get(heading) for heading in texts) for row in mappings)
    by_input = bool(mappings) and all(isinstance(row, ByInput) for row in mappings)
    return DataTable(name, texts, cells, (None,) * len(cells), by_input=by_input), ()


def _too_many(name: str) -> Result:
    return _refused(name, "data-file", "cells", most=f"{MOST_CELLS:,}")


def _too_many_rows(name: str) -> Result:
    return _refused(name, "data-file", "rows", most=f"{MOST_ROWS:,}")


def _problem(
    table: str, code: str, variant: str = "", line: int | None = None, row: int | None = None, **params: str
) -> Problem:
    return Problem(code, {"file": f"`{table}`", **params}, variant, table=table, line=line, row=row)


def _refused(table: str, code: str, variant: str = "", line: int | None = None, **params: str) -> Result:
    return None, (_problem(table, code, variant, line, None, **params),)
