"""Prints what `run` did with the rows: a line for each table, and whether everything is in the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..base.text import echo
from ..base.words import comma
from ..model.run import Run, TableOutcome
from .console import table
from .exits import Exit
from .wording import say, say_count

MOST_TABLES = 20
MOST_FILES = 3
_GONE = ("out_of_scope", "refused", "without_owner", "left_out", "waiting", "blank")


def table_lines(run: Run, language: str) -> list[str]:
    """A line for each table, with a column for each outcome of a row; none if the line of people is enough.

    An outcome that is 0 everywhere has no column.
    """
    if all(_is_plain(one) for one in run.tables) and len(run.tables) < 2:
        return []
    shown = [word for word in _GONE if any(getattr(one, word) for one in run.tables)]
    several = any(len(one.files) > 1 for one in run.tables)
    heads = [say(f"rows_{word}", language) for word in ("table", "rows", "used", *shown)]
    heads += [say("rows_files", language)] if several else []
    rows = [_row(one, shown, several, language) for one in run.tables[:MOST_TABLES]]
    lines = table([heads, *rows], [False, *[True] * (len(shown) + 2), *([False] if several else [])])
    if len(run.tables) > MOST_TABLES:
        lines.append(say("and_more_rows", language, count=f"{len(run.tables) - MOST_TABLES:,}"))
    return lines


def _is_plain(one: TableOutcome) -> bool:
    return len(one.files) < 2 and not any(getattr(one, word) for word in ("without_owner", "left_out", "blank"))


def _row(one: TableOutcome, shown: Sequence[str], several: bool, language: str) -> list[str]:
    name = echo(one.name, 40) if one.name else say("people", language)
    counts = [f"{count:,}" if count else "" for count in (getattr(one, word) for word in shown)]
    row = [name, f"{one.rows:,}", f"{one.used:,}", *counts]
    return [*row, _files(one)] if several else row


def _files(one: TableOutcome) -> str:
    if len(one.files) < 2:
        return ""
    said = [f"{echo(file.name, 40)} {file.rows:,}" for file in one.files[:MOST_FILES]]
    return ", ".join(said) + (f" … (+{len(one.files) - MOST_FILES})" if len(one.files) > MOST_FILES else "")


def exit_of(run: Run) -> Exit:
    """The exit code of a run that paid people: in order, in part, or with rows left out as the scheme asks."""
    if run.whole:
        return Exit.CLEAN
    only_left_out = all(t.rows == t.used + t.out_of_scope + t.left_out for t in run.tables) and not run.quarantined
    return Exit.LEFT_OUT if only_left_out else Exit.IN_PART


def not_whole(run: Run, language: str) -> str:
    """Why not everything is in the result, with the exit code; "" if everything is."""
    code = exit_of(run)
    if code is Exit.CLEAN:
        return ""
    said = list(_missing(run, language)) or [say_count("not_held", len(run.quarantined), language)]
    return say(
        "left_out_only" if code is Exit.LEFT_OUT else "in_part",
        language,
        what=comma(language).join(said),
        code=int(code),
    )


def _missing(run: Run, language: str) -> Iterator[str]:
    aside = run.summary.quarantined
    if aside:
        yield say_count("people_aside", aside, language)
    others = [one for one in run.tables if one.name]
    for word in ("refused", "without_owner", "left_out"):
        count = sum(getattr(one, word) for one in others)
        if count:
            yield say_count(f"rows_gone_{word}", count, language)
