"""Writes a folder whole or not at all: it is made under another name, flushed to the disk, then renamed.

Nothing that exists already is ever touched. Whatever goes wrong on the way, nothing is left behind.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from .manifest import CHUNK, MANIFEST, SUMS, FileSum, sums_page

# Pay of named people: the group may read it, others not; never more than the user's own mask allows.
_FOLDER, _FILE = 0o750, 0o640


def write_folder(
    target: Path, files: Mapping[str, Iterable[bytes]], manifest: Callable[[Mapping[str, FileSum]], bytes],
    before: Callable[[], None] | None = None,
) -> str:  # fmt: skip
    """Writes the new folder `target`; returns the SHA-256 of its manifest.

    `manifest` gets the sums of all `files` and makes the bytes of the manifest. `before` is called when everything is
    written and the folder has not got its name yet; if it raises, there is no folder. Raises `FileExistsError` if
    `target` exists.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - a link on the way is the user's own
    if os.path.lexists(target):
        raise FileExistsError(17, "it exists already", target.name)
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(_FOLDER, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=target.parent))
        try:
            page = _filled(beside / "record", files, manifest)
            if before is not None:
                before()
            _renamed(beside / "record", target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise
    _flush_folder(target.parent)
    return hashlib.sha256(page).hexdigest()


def _filled(
    folder: Path, files: Mapping[str, Iterable[bytes]], manifest: Callable[[Mapping[str, FileSum]], bytes]
) -> bytes:
    folder.mkdir(_FOLDER)
    (folder / "inputs").mkdir(_FOLDER)
    sums = {name: _written(folder / name, pieces) for name, pieces in files.items()}
    page = manifest(sums)
    _written(folder / MANIFEST, (page,))
    _written(folder / SUMS, (sums_page(sums, page),))
    _flush_folder(folder / "inputs")
    _flush_folder(folder)
    return page


def _written(path: Path, pieces: Iterable[bytes]) -> FileSum:
    digest, size = hashlib.sha256(), 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, _FILE), "wb", buffering=CHUNK) as file:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return FileSum(digest.hexdigest(), size)


def _renamed(made: Path, target: Path) -> None:
    # A rename puts a folder in the place of an empty one; such a one may have come while we were writing.
    if os.path.lexists(target):
        raise FileExistsError(17, "it exists already", target.name)
    made.rename(target)


def _flush_folder(folder: Path) -> None:
    """Flushes the names in a folder to the disk, if the system can do so."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
