"""Reads the bytes of a record, and accepts them only if their sums are those of its manifest.

No link is followed inside a record, nothing but an ordinary file is opened, and no more is read than the manifest
lists. A file that the manifest does not list is ignored.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from attrs import field, frozen

from ..base.problems import Problem
from ..base.text import echo
from .canonical_json import BrokenRecord
from .manifest import CHUNK, FORMAT, MANIFEST, SUMS, FileSum, Manifest, NewerFormat, read_manifest, sums_page

MOST_PAGE = 1 << 24  # bytes of a manifest
MOST_FILE = 1 << 32  # of any other file
MOST_LINE = 1 << 24  # of a line in one


class Changed(Exception):
    """Raised for a file of a record that differs from the one written; `variant` is that of `record-changed`."""

    def __init__(self, file: str, variant: str = "") -> None:
        super().__init__(file)
        self.file = file
        self.variant = variant


@frozen
class Verified:
    """A record whose manifest is verified; every other file is verified when it is read.

    `name` is that of its folder.
    """

    folder: Path = field(repr=False)
    name: str
    fingerprint: str
    manifest: Manifest
    page: bytes = field(default=b"", repr=False)  # of the manifest

    def read(self, file: str, most: int = MOST_FILE) -> bytes:
        """The bytes of a file of the manifest; raises `Changed` if they differ."""
        return b"".join(_chunks(self.folder, file, self.manifest.sums[file], most))

    def lines(self, file: str) -> Iterator[bytes]:
        """The lines of a file without their ends; raises `Changed` at the end if they differ."""
        rest = b""
        for piece in _chunks(self.folder, file, self.manifest.sums[file], MOST_FILE):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            if len(rest) > MOST_LINE:
                raise BrokenRecord(file)
        if rest:
            raise BrokenRecord(file)

    def check(self) -> None:
        """Raises `Changed` if the bytes of any file of the manifest differ."""
        for file, wanted in self.manifest.sums.items():
            for _ in _chunks(self.folder, file, wanted, MOST_FILE):
                pass


def verified(folder: str | Path) -> tuple[Verified | None, Problem | None]:
    """The record in a folder, its manifest verified; or the problem why it is none."""
    folder = Path(folder)
    name = echo(folder.name or folder.resolve().name)
    if not os.path.lexists(folder / MANIFEST):
        variant = "none" if folder.is_dir() else "file" if folder.exists() else ""
        return None, Problem("record-missing", {"record": name}, variant, table=name)
    try:
        page = _all_of(folder, MANIFEST)
        sums = _all_of(folder, SUMS)
        fingerprint = hashlib.sha256(page).hexdigest()
        if f"{fingerprint}  {MANIFEST}\n".encode() not in sums:
            return None, problem_of(Changed(MANIFEST), name)
        manifest = read_manifest(page)
        if sums != sums_page(manifest.sums, page):
            return None, problem_of(Changed(SUMS), name)
    except (Changed, BrokenRecord, NewerFormat, OSError) as error:
        return None, problem_of(error, name)
    return Verified(folder, name, fingerprint, manifest, page), None


def problem_of(error: Exception, record: str) -> Problem:
    """The problem of a record, with its place, for an error that reading it raised."""
    params = {"record": record}
    if isinstance(error, Changed):
        table = f"{record}/{error.file}"
        return Problem("record-changed", {**params, "file": echo(error.file)}, error.variant, table=echo(table))
    if isinstance(error, NewerFormat):
        numbers = {"number": echo(str(error)), "known": str(FORMAT)}
        return Problem("record-version", {**params, **numbers}, table=record)
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        return Problem("record-missing", {**params, "reason": reason}, "denied", table=record)
    return Problem("record-broken", {**params, "what": echo(str(error))}, table=record)


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────


def _all_of(folder: Path, file: str) -> bytes:
    with _opened(folder, file) as handle:
        data = handle.read(MOST_PAGE + 1)
    if len(data) > MOST_PAGE:
        raise Changed(file, "large")
    return data


def _chunks(folder: Path, file: str, wanted: FileSum, most: int) -> Iterator[bytes]:
    """The pieces of a file; raises `Changed` before the last one if the sum differs."""
    if wanted.size > most:
        raise Changed(file, "large")
    digest, left, held = hashlib.sha256(), wanted.size, b""
    with _opened(folder, file) as handle:
        if os.fstat(handle.fileno()).st_size != wanted.size:
            raise Changed(file)
        while left >= 0 and (piece := handle.read(min(CHUNK, left + 1))):
            left -= len(piece)
            digest.update(piece)
            if held:
                yield held
            held = piece
    if left != 0 or digest.hexdigest() != wanted.sha256:
        raise Changed(file)
    if held:
        yield held


def _opened(folder: Path, file: str) -> BinaryIO:
    """Opens an ordinary file inside the record, reached through no link."""
    path = folder
    for part in file.split("/"):
        path /= part
        if path.is_symlink():
            raise Changed(file, "link")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Changed(file, "gone") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Changed(file, "link")
    return os.fdopen(handle, "rb")
