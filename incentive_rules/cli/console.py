"""The terminal: which language, where text goes, and how a table of words and amounts is laid out."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TextIO

from ..base.text import escape, pad, width

LANGUAGES = ("auto", "zh", "en")
MOST_ROWS = 20  # of one table


def language_of(flag: str = "auto", scheme: str = "") -> str:
    """The language of reports: the flag, INCENTIVE_RULES_LANG, the scheme's own, then LANG."""
    for wish in (flag, os.environ.get("INCENTIVE_RULES_LANG", ""), scheme, _of_machine()):
        if wish[:2].lower() in ("zh", "en"):
            return wish[:2].lower()
    return "en"


def _of_machine() -> str:
    return os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""


def prepare_streams() -> None:
    """Results may be in any script; a terminal that cannot show a character shows its escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


class ReaderGone(Exception):
    """The reader of stdout went away; click would make an exit code of findings out of a `BrokenPipeError`."""


class NotPrinted(Exception):
    """Stdout takes nothing: it is closed, or its disk is full. The text is the reason."""


class Unreported(Exception):
    """Something went wrong after `written`, which is there all the same; the cause says what."""

    def __init__(self, written: Sequence[str]) -> None:
        super().__init__()
        self.written = tuple(written)


def out(text: str = "") -> None:
    """A result, on stdout."""
    _printed(lambda stream: stream.write(text + "\n"))


def flush() -> None:
    """Make sure that what was said is on stdout."""
    _printed(lambda stream: stream.flush())


def _printed(what: Callable[[TextIO], object]) -> None:
    stream: TextIO | None = sys.stdout  # None where the program was started without one
    if stream is None:
        raise NotPrinted(os.strerror(errno.EBADF))
    try:
        what(stream)
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        raise NotPrinted(error.strerror or type(error).__name__) from error
    except ValueError as error:  # it was closed
        raise NotPrinted(os.strerror(errno.EBADF)) from error


def mute() -> None:
    """Give up stdout, so that not even the end of the program tries to write what is left."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def note(text: str) -> None:
    """Anything else, on stderr; where nobody can hear it, the exit code is left."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(text + "\n")


class Progress:
    """A line on stderr that counts long work; silent where stderr is no terminal or the work is short.

    It changes after `every` so many of what is counted. Work of which nobody knows beforehand how much it is says how
    much was looked at so far, and is short until that is `least`.
    """

    def __init__(self, label: str, every: int = 5_000, least: int = 0) -> None:
        self._label = label
        self._every, self._least = every, least
        self._shown = False

    def __call__(self, done: int, of: int, looked_at: int | None = None) -> None:
        if done % self._every or not sys.stderr.isatty():
            return
        if of < 2 * self._every if looked_at is None else looked_at < self._least:
            return
        self._shown = True
        so_far = "" if looked_at is None else f" ({looked_at:,})"
        sys.stderr.write(f"\r{self._label} {done:,} / {of:,}{so_far}")
        sys.stderr.flush()

    def end(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            self._shown = False


def table(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Lines of a table without rules, its columns aligned by their width on the screen."""
    shown = [[escape(cell) for cell in row] for row in rows]
    columns = [max(width(row[n]) for row in shown) for n in range(len(right))] if shown else []
    return [
        "  ".join(pad(cell, columns[n], right[n]) for n, cell in enumerate(row)).rstrip()
        for row in shown
    ]
