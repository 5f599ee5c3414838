"""Several files written as one: each is made whole beside its place, then all take their places, or none does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType


class CannotWrite(Exception):
    """A file that cannot be written, as it was named, and the reason that the system gives."""

    def __init__(self, file: str, error: OSError) -> None:
        super().__init__(file)
        self.file = file
        self.reason = error.strerror or type(error).__name__


class PendingFiles:
    """Files on their way: made under other names when this is entered, in their places after `place`.

    Whatever goes wrong before it is left leaves each file as it was.
    """

    def __init__(self, texts: Mapping[str, str | bytes]) -> None:
        self._texts = texts
        self._placed: list[Path] = []
        self._kept: dict[Path, Path] = {}  # what stood there before, under another name

    def __enter__(self) -> PendingFiles:
        try:
            for file, text in self._texts.items():
                with _said(file):
                    _make(Path(file), text)
        except BaseException:
            self._clear()
            raise
        return self

    def place(self) -> None:
        """Put each file in its place."""
        for file in self._texts:
            target = Path(file)
            with _said(file):
                if target.exists():
                    self._kept[target] = _named(target, "before")
                    _copy(target, self._kept[target])
                _named(target, "part").replace(target)
                self._placed.append(target)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if error is not None:
            for target in self._placed:
                with suppress(OSError):
                    if target in self._kept:
                        self._kept[target].replace(target)
                    else:
                        target.unlink()
        self._clear()

    def _clear(self) -> None:
        for name in (*(_named(Path(file), "part") for file in self._texts), *self._kept.values()):
            with suppress(OSError):
                name.unlink(missing_ok=True)


class _said:  # noqa: N801 - reads as what it does
    """Whatever the system refuses inside is said of this file."""

    def __init__(self, file: str) -> None:
        self._file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, OSError):
            raise CannotWrite(self._file, error) from error


def _named(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{ending}")


def _make(target: Path, text: str | bytes) -> None:
    beside = _named(target, "part")
    beside.unlink(missing_ok=True)
    # A mark at the start tells a spreadsheet that the csv is UTF-8.
    mark = "\ufeff" if target.suffix.lower() == ".csv" else ""
    with beside.open("xb") as file:  # never through a link that somebody put there
        file.write(text if isinstance(text, bytes) else (mark + text).encode("utf-8", "backslashreplace"))
        file.flush()
        os.fsync(file.fileno())  # a full disk may say so only now


def _copy(target: Path, kept: Path) -> None:
    """A second name of a file, or a copy where the system has no such thing."""
    kept.unlink(missing_ok=True)
    try:
        kept.hardlink_to(target)
    except OSError:
        shutil.copy2(target, kept)
