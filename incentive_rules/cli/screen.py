"""What is known of the terminal: its width, whether it has colours, how wide it draws characters such as `…`."""

from __future__ import annotations

import locale
import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

from ..base.tables import laid_out

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

NARROWEST = 20  # columns; a terminal that says less does not know
_CHINESE_CODING = re.compile(r"gb|936|big5|950|euc|jis|932|949", re.IGNORECASE)
_HEADS = re.compile(r"^(?:(error|错误)|(warning|警告)|(hint|提示))\[[a-z0-9-]+\]", re.MULTILINE)
_STYLES = ("bold red", "bold yellow", "bold cyan")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sees the stream at once; a closed one is nobody's."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def columns_of(stream: TextIO | None) -> int | None:
    """How many columns the terminal has, `COLUMNS` before what it says itself; None for a pipe or a file."""
    if not is_terminal(stream):
        return None
    assert stream is not None
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and int(said) >= NARROWEST:
        return int(said)
    try:
        found = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return None
    return found if found >= NARROWEST else None


def ambiguous_width() -> int:
    """1 or 2: how wide the terminal draws `…`, `—` and `“`.

    INCENTIVE_RULES_AMBIGUOUS says it, as narrow or wide; else the locale does.
    Terminals that write UTF-8 draw them narrow, in Chinese too; those with an older Chinese or Japanese coding, wide.
    """
    said = os.environ.get("INCENTIVE_RULES_AMBIGUOUS", "").strip().lower()
    if said in ("narrow", "wide"):
        return 2 if said == "wide" else 1
    place = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    coding = place.partition(".")[2] or ("" if os.environ.get("LANG") else locale.getpreferredencoding(False))
    return 2 if _CHINESE_CODING.match(coding.removeprefix("cp")) else 1


def has_colour(stream: TextIO | None) -> bool:
    """Whether to colour what goes there: a terminal, or wherever FORCE_COLOR is set; never where NO_COLOR is."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return stream is not None
    return os.environ.get("TERM", "") not in ("dumb", "unknown") and is_terminal(stream)


def styled(text: str, style: str) -> str:
    """The text in a style of rich such as `bold red`, line by line, in the sixteen colours of every terminal."""
    from rich.color import ColorSystem
    from rich.style import Style

    of_rich = Style.parse(style)
    return "\n".join(of_rich.render(line, color_system=ColorSystem.STANDARD) for line in text.split("\n"))


def coloured(text: str, stream: TextIO | None) -> str:
    """A report with its words for errors, warnings and hints in colour, where the stream has any."""
    if "[" not in text or not has_colour(stream):
        return text
    return _HEADS.sub(lambda found: styled(found.group(), _STYLES[(found.lastindex or 1) - 1]), text)


def room_on_screen() -> tuple[int | None, int]:
    """The columns of stdout, and the width of ambiguous characters there; a pipe has room, and is alike everywhere."""
    columns = columns_of(sys.stdout)
    return columns, 1 if columns is None else ambiguous_width()


def table_on_screen(rows: list[list[str]], right: list[bool], heading: bool, indent: int = 0) -> list[str]:
    """The lines of a table as stdout has room for it, its first row as a heading."""
    columns, ambiguous = room_on_screen()
    lines = laid_out(rows, right, None if columns is None else columns - indent, ambiguous)
    if heading and lines and has_colour(sys.stdout):
        lines[0] = [styled(line, "bold") for line in lines[0]]
    return [" " * indent + line for row in lines for line in row]


class Progress:
    """A line on stderr that tells how far long work is, and with what; it is gone when the work is done.

    It changes after `every` so many of what is counted, or with `what` is worked on. Silent where stderr is no terminal
    or the work is short: work of which nobody knows beforehand how much it is says how much was looked at so far, and
    is short until that is `least`.
    """

    def __init__(self, label: str, every: int = 5_000, least: int = 0) -> None:
        self._label = label
        self._every, self._least = every, least
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __call__(self, done: int, of: int, looked_at: int | None = None, what: str = "") -> None:
        if (done % self._every and not what) or not is_terminal(sys.stderr):
            return
        if of < 2 * self._every if looked_at is None else looked_at < self._least:
            return
        so_far = "" if looked_at is None else f"({looked_at:,})"
        self._show(done, of, what or f"{done:,} / {of:,} {so_far}".rstrip())

    def _show(self, done: int, of: int, told: str) -> None:
        if self._bar is None:
            self._bar = _bar()
            self._task = self._bar.add_task(self._label, total=of, told=told)
            self._bar.start()
        assert self._task is not None
        self._bar.update(self._task, completed=done, total=of, told=told)
        self._bar.refresh()

    def end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[told]}", markup=False),
        console=Console(file=sys.stderr, no_color=not has_colour(sys.stderr), highlight=False),
        auto_refresh=False,  # no thread, and nothing is drawn but by the work itself
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
