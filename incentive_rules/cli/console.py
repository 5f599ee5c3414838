"""The terminal: which language, where text goes, and how a table of words and amounts is laid out."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TextIO

from ..base.text import escape
from .screen import coloured, table_on_screen

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
    _printed(lambda stream: stream.write(coloured(text, stream) + "\n"))


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
        sys.stderr.write(coloured(text, sys.stderr) + "\n")


def table(rows: Sequence[Sequence[str]], right: Sequence[bool], heading: bool = True, indent: int = 0) -> list[str]:
    """Lines of a table without rules, its columns aligned by their width on the screen, folded where it is narrow."""
    return table_on_screen([[escape(cell) for cell in row] for row in rows], list(right), heading, indent)
