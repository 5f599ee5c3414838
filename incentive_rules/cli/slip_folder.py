"""A folder of slips, whole or not at all: made under another name beside its place, renamed when all is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from ..recording.file_names import folded_name, safe_name
from .writing import CannotWrite

FOLDER, FILE = 0o750, 0o640  # pay of named people: others may not read it
INDEX = "index.html"


class SlipFolder:
    """A new folder on its way; nothing is there unless `place` was called."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._target = Path(os.path.abspath(folder))  # noqa: PTH100 - a link on the way is the user's own
        self._taken = {folded_name(INDEX)}
        self._numbers: dict[str, int] = {}
        self._missing = [one for one in self._target.parents if not one.exists()]

    def __enter__(self) -> SlipFolder:
        try:
            for one in reversed(self._missing):
                one.mkdir(FOLDER, exist_ok=True)
            self._beside = Path(tempfile.mkdtemp(prefix=f".{self._target.name[:40]}.", dir=self._target.parent))
            self._made = self._beside / "slips"
            self._made.mkdir(FOLDER)
        except OSError as error:
            self._clear()
            raise CannotWrite(self._folder, error) from error
        return self

    def file_of(self, key: str, ending: str) -> str:
        """A name for the file of somebody's slip: harmless everywhere, like the key, no two of them alike."""
        first = safe_name(key + ending)
        number = self._numbers.get(folded_name(first), 1)
        while folded_name(name := safe_name(key + ending, number)) in self._taken:
            number += 1
        self._numbers[folded_name(first)] = number + 1
        self._taken.add(folded_name(name))
        return name

    def write(self, name: str, text: str) -> None:
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(self._made / name, flags, FILE), "wb") as file:
                file.write(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise CannotWrite(self._folder, error) from error

    def place(self) -> None:
        """Give the folder its name; nothing that exists is ever replaced."""
        try:
            if os.path.lexists(self._target):
                raise FileExistsError(17, os.strerror(17))
            self._made.rename(self._target)
            self._missing = []
        except OSError as error:
            raise CannotWrite(self._folder, error) from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._clear()

    def _clear(self) -> None:
        if hasattr(self, "_beside"):
            shutil.rmtree(self._beside, ignore_errors=True)
        for one in self._missing:
            try:
                one.rmdir()
            except OSError:
                return
