"""Reads the bytes of one file into a `DataTable`: csv (perhaps with gzip), a json list, Parquet, a sheet of a workbook.

Strict by design: UTF-8 (with or without a byte order mark) or the encoding that was named, every line as long as the
headings, no heading twice. Any other file is refused with a remedy.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import os
import re
import stat
import zlib
from pathlib import Path

from attrs import evolve

from ...base.diagnostics import Diagnostic
from ...base.garbage import collector_paused
from ...base.problems import Problem
from ...base.text import echo
from ...model.data import DataTable
from .csv_tables import read_csv
from .mappings import read_json
from .parquet_tables import read_parquet
from .refusals import TableOrProblems, file_problem, refused
from .sheet_names import split_sheet

MOST_BYTES = 1 << 29  # of one file, unpacked
MOST_PIECE = 1 << 22  # bytes of one line, or of one text of json
_MUCH = 1 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SOMETHING = re.compile(rb"\S")
ENCODINGS = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030"}
_MEGABYTES = str(MOST_BYTES >> 20)

Ends = tuple[bytes, ...]


def read_file(path: str | Path, encoding: str = "utf-8", name: str = "") -> TableOrProblems:
    """Reads the file at `path`; messages call it `name`, or by the name of the file without its folders."""
    name = echo(name or Path(path).name or str(path))
    data, variant, reason = bytes_of(split_sheet(str(path))[0], MOST_BYTES)
    if data is None:
        return refused(name, "data-file", variant, reason=reason)
    return read_bytes(data, name, encoding)


def read_scheme(path: str | Path, most: int) -> tuple[bytes | None, Diagnostic | None]:
    """Reads the bytes of a scheme, at most one more than `most`; or the finding why they cannot be read."""
    data, variant, reason = bytes_of(path, most)
    if data is None:
        name = echo(Path(path).name or str(path))
        return None, Diagnostic("scheme-file", None, {"file": f"`{name}`", "reason": reason}, variant)
    return data, None


def bytes_of(path: str | Path, most: int) -> tuple[bytes | None, str, str]:
    """Reads the bytes of an ordinary file; or None, the variant of the message, and the reason of the system."""
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
def read_bytes(data: bytes, name: str, encoding: str = "utf-8") -> TableOrProblems:
    """Reads the table in `data`; the ending of `name` decides: csv, json, Parquet or xlsx."""
    kind, content = name.lower(), data
    if kind.endswith(".gz"):
        unpacked = _unpacked(data)
        if unpacked is None:
            return refused(name, "data-format", "gzip")
        data, kind = unpacked, kind.removesuffix(".gz")
    if len(data) > MOST_BYTES:
        return refused(name, "data-file", "large", most=_MEGABYTES)
    if data[:4] == b"\xd0\xcf\x11\xe0" or kind.endswith((".xls", ".ods", ".numbers")):
        return refused(name, "data-sheet", "password" if _ENCRYPTED in data else "old")
    if data[:4] == b"PK\x03\x04" or split_sheet(kind)[0].endswith(".xlsx"):
        from .workbooks import read_workbook  # other files wait for no arrays

        return _kept(*read_workbook(data, name), content, encoding)
    if kind.endswith(".parquet"):
        return _kept(*read_parquet(data, name), content, encoding)
    if not kind.endswith((".csv", ".json")):
        return refused(name, "data-format")
    is_json = kind.endswith(".json")
    codec, problem = _codec_of(data, encoding, name, (b'"',) if is_json else (b"\n", b"\r"))
    if problem is not None:
        return None, (problem,)
    if codec == "gb18030" and _is_utf_8(data):
        return refused(name, "data-encoding", "utf-8", encoding=echo(encoding))
    try:
        table, problems = read_json(data.decode(codec), name) if is_json else read_csv(data, name, codec)
    except UnicodeDecodeError:
        variant = "" if codec == "utf-8-sig" else "declared"
        return refused(name, "data-encoding", variant, _undecodable_line(data, codec), encoding=echo(encoding))
    return _kept(table, problems, content, encoding)


def _kept(table: DataTable | None, problems: tuple[Problem, ...], content: bytes, encoding: str) -> TableOrProblems:
    """The table with the bytes of its file, which a record keeps."""
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
    """The codec for `encoding`, or the problem that the undecoded bytes show.

    The problems: unknown encoding, UTF-16, empty, NUL, too long a line. `ends` are bytes of which one ends every piece
    of the text: a line, or a text of json.
    """
    codec = ENCODINGS.get(encoding.lower().replace("_", "-"), "")
    if not codec:
        return "", file_problem(name, "data-encoding", "unknown", encoding=echo(encoding))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", file_problem(name, "data-encoding", "utf-16")
    if _SOMETHING.search(data, len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0) is None:
        return "", file_problem(name, "data-format", "empty")
    nul = data.find(b"\0")
    if nul >= 0:
        return "", file_problem(name, "data-format", "nul", data.count(b"\n", 0, nul) + 1)
    long = _long_piece(data, ends)
    if long is not None:
        line = data.count(b"\n", 0, long) + 1
        return "", file_problem(name, "data-format", "long", line, most=f"{MOST_PIECE:,}")
    return codec, None


def _long_piece(data: bytes, ends: Ends) -> int | None:
    """Where a piece without any of `ends` begins that is longer than `MOST_PIECE`; None where there is none.

    Every such piece contains a whole aligned block of half that length, so only such blocks are searched.
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
    """The line of the first bytes that are no text of this codec, searched piece by piece."""
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
