"""From the bytes of one file to a `DataTable`: csv, csv packed with gzip, or a json list of objects.

Strict by design: UTF-8 (with or without a byte order mark) or the encoding that was named, every line
as long as the headings, no heading twice. A file that is anything else is refused with a remedy.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import os
import re
import stat
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import chain, islice
from pathlib import Path

from attrs import evolve

from ..base.diagnostics import Diagnostic
from ..base.garbage import collector_paused
from ..base.numbers import EXACT
from ..base.problems import Problem
from ..base.text import echo
from ..model.data import ByInput, DataTable
from ..model.table import Coder, Rows, column_of, rows_of
from .showing import shown

MOST_BYTES = 1 << 29  # of one file, unpacked
MOST_CELLS, MOST_ROWS = 50_000_000, 10_000_000  # of one file: what is small when packed must not fill the memory
MOST_PIECE = 1 << 22  # bytes of one line, or of one text of json
_MUCH = 1 << 20
_MANY_ROWS = 1 << 15  # of a file, that are read before their cells go into columns
_SOMETHING = re.compile(rb"\S")
ENCODINGS = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030"}
_MEGABYTES = str(MOST_BYTES >> 20)
_MOST_PROBLEMS = 50

Result = tuple[DataTable | None, tuple[Problem, ...]]
Ends = tuple[bytes, ...]


def read_file(path: str | Path, encoding: str = "utf-8", name: str = "") -> Result:
    """The table in the file at `path`; it is known by `name`, or by the name of the file without its folders."""
    name = echo(name or Path(path).name or str(path))
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
            # No more than there is: a reader that is asked for half a gigabyte makes room for it.
            return file.read(min(most, os.fstat(file.fileno()).st_size) + 1), "", ""
    except IsADirectoryError:
        return None, "folder", ""
    except FileNotFoundError:
        return None, "", ""
    except (OSError, ValueError) as error:
        return None, "denied", getattr(error, "strerror", None) or "the name is not valid"


def _open_at_once(path: str, flags: int) -> int:
    # A named pipe without a writer would otherwise block for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@collector_paused()
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
    is_json = kind.endswith(".json")
    codec, problem = _codec_of(data, encoding, name, (b'"',) if is_json else (b"\n", b"\r"))
    if problem is not None:
        return None, (problem,)
    if codec == "gb18030" and _is_utf_8(data):
        return _refused(name, "data-encoding", "utf-8", encoding=echo(encoding))
    try:
        table, problems = read_json(data.decode(codec), name) if is_json else read_csv(data, name, codec)
    except UnicodeDecodeError:
        variant = "" if codec == "utf-8-sig" else "declared"
        return _refused(name, "data-encoding", variant, _undecodable_line(data, codec), encoding=echo(encoding))
    if table is None:
        return None, problems
    return evolve(table, digest=hashlib.sha256(content).hexdigest(), content=content, encoding=encoding), problems


def _is_utf_8(data: bytes) -> bool:
    """Whether there are bytes beyond ASCII, and all of them are letters in UTF-8.

    GB18030 hardly ever is that by chance, while UTF-8 can mostly be read as GB18030: as other letters.
    """
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unpacked(data: bytes) -> bytes | None:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            return packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        return None


def _codec_of(data: bytes, encoding: str, name: str, ends: Ends) -> tuple[str, Problem | None]:
    """The codec of a text, or why these bytes are none that is worth decoding: nothing is decoded yet.

    `ends` are bytes of which one ends every piece of the text: a line, or a text of json.
    """
    codec = ENCODINGS.get(encoding.lower().replace("_", "-"), "")
    if not codec:
        return "", _problem(name, "data-encoding", "unknown", encoding=echo(encoding))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", _problem(name, "data-encoding", "utf-16")
    if _SOMETHING.search(data, len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0) is None:
        return "", _problem(name, "data-format", "empty")
    nul = data.find(b"\0")
    if nul >= 0:
        return "", _problem(name, "data-format", "nul", data.count(b"\n", 0, nul) + 1)
    long = _long_piece(data, ends)
    if long is not None:
        line = data.count(b"\n", 0, long) + 1
        return "", _problem(name, "data-format", "long", line, most=f"{MOST_PIECE:,}")
    return codec, None


def _long_piece(data: bytes, ends: Ends) -> int | None:
    """Where a piece without any of `ends` begins that is longer than is decoded; None where there is none.

    One of half the length lies whole in every such piece, so that only few places are looked at.
    """
    half = MOST_PIECE // 2
    for start in range(0, len(data) - half, half):
        if all(data.find(end, start, start + half) < 0 for end in ends):
            before = max(data.rfind(end, 0, start) for end in ends) + 1
            after = min((found for end in ends if (found := data.find(end, start)) >= 0), default=len(data))
            if after - before > MOST_PIECE:
                return before
    return None


def _undecodable_line(data: bytes, codec: str) -> int:
    """The line of the first bytes that are no text of this codec; read piece by piece."""
    decoder = codecs.getincrementaldecoder(codec)()
    lines = 1
    for start in range(0, len(data), _MUCH):
        piece = data[start : start + _MUCH]
        try:
            decoder.decode(piece, start + _MUCH >= len(data))
        except UnicodeDecodeError as error:
            return lines + error.object.count(b"\n", 0, error.start)
        lines += piece.count(b"\n")
    return lines


# ── csv ───────────────────────────────────────────────────────────────────────────────────────────


def read_csv(data: bytes, name: str, codec: str = "utf-8-sig") -> Result:
    """The table in a csv file. Lines before the headings that are wholly empty are passed over, and so are those at the
    end; others stand as rows in which every cell is empty.

    `UnicodeDecodeError` where the bytes are no text.
    """
    plain = _plain_csv(data, name, codec) if b'"' not in data else None
    return (plain, ()) if plain is not None else _any_csv(data, name, codec)


def _plain_csv(data: bytes, name: str, codec: str) -> DataTable | None:
    """The table in a csv file without quotes, in which every line is a row; None where something is wrong with it.

    What is wrong is then found row by row.
    """
    lines = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") + 1
    if lines > MOST_ROWS or data.count(b",") + lines > MOST_CELLS:
        return None
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), codec, newline=""), strict=True)
    try:
        headings = next(filter(None, reader), [])
        first = reader.line_num + 1
        if not headings or _heading_problems(tuple(headings), name):
            return None
        coders, nothing = [Coder() for _ in headings], [""] * len(headings)
        waiting = size = 0  # empty lines, of which nobody knows yet whether a row comes after them
        while records := list(islice(reader, _MANY_ROWS)):
            trailing = 0
            while records and not records[-1]:
                records.pop()
                trailing += 1
            if not records:
                waiting += trailing
                continue
            lengths = set(map(len, records))
            if lengths - {0, len(headings)}:
                return None
            if waiting or len(lengths) > 1:
                records = [record or nothing for record in chain([nothing] * waiting, records)]
            for coder, cells in zip(coders, zip(*records, strict=True), strict=True):
                coder.texts(cells)
            size, waiting = size + len(records), trailing
    except csv.Error:
        return None
    return DataTable(name, tuple(headings), Rows([one.column() for one in coders], size), range(first, first + size))


def _any_csv(data: bytes, name: str, codec: str) -> Result:
    """The table in a csv file, read row by row; or all that is wrong with it."""
    lines = _Lines(io.TextIOWrapper(io.BytesIO(data), codec, newline=""))
    reader = csv.reader(lines, strict=True)
    begins, records, count = 1, list[tuple[int, tuple[str, ...]]](), 0
    try:
        for record in reader:
            count += max(1, len(record))
            lines.most = MOST_CELLS - count
            if len(records) > MOST_ROWS:
                return _too_many_rows(name)
            if record or records:
                records.append((begins, tuple(record)))
            begins = reader.line_num + 1
    except _TooMany:
        return _too_many(name)
    except csv.Error as error:
        return _broken(name, begins, str(error))
    while records and not records[-1][1]:
        records.pop()
    if not records:
        return _refused(name, "data-format", "empty")
    headings = records[0][1]
    problems = list(_heading_problems(headings, name))
    problems += [
        _problem(name, "data-ragged", row=number, line=line, count=str(len(cells)), wanted=str(len(headings)))
        for number, (line, cells) in enumerate(records[1:], 1)
        if len(cells) != len(headings) and cells
    ]
    if problems:
        return None, tuple(problems[:_MOST_PROBLEMS])
    nothing = ("",) * len(headings)
    rows = rows_of((cells or nothing for _, cells in records[1:]), len(headings))
    return DataTable(name, headings, rows, tuple(line for line, _ in records[1:])), ()


def _broken(name: str, line: int, reason: str) -> Result:
    """A csv that cannot be taken apart, in words of our own."""
    if reason.startswith("field larger"):
        return _refused(name, "data-format", "long", line, most=f"{csv.field_size_limit():,}")
    variant = "unclosed" if "end of data" in reason else "quote"
    return _refused(name, "data-format", variant, line)


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
    for heading in filter(folded, headings):  # a column without a heading is read by nobody
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
    columns = [column_of(row.get(heading) for row in mappings) for heading in texts]
    by_input = bool(mappings) and all(isinstance(row, ByInput) for row in mappings)
    rows = Rows(columns, len(mappings))
    return DataTable(name, texts, rows, (None,) * len(mappings), by_input=by_input), ()


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
