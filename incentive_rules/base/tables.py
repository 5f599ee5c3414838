"""Tables of text without rules, their columns aligned by their width on a screen and folded where it is narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .text import pad, pieces, width

BETWEEN = 2  # blanks between two columns
STEP = 4  # how far folded columns stand in


def laid_out(
    rows: Sequence[Sequence[str]], right: Sequence[bool], most: int | None = None, ambiguous: int = 1
) -> list[list[str]]:  # fmt: skip
    """The lines of each row, one for each unless the table is wider than `most` columns of the screen.

    Then the columns that have no room stand below the first ones, a little in, those of all rows aligned, and a text
    that is wider than the screen goes on in the next line. A cell of a column that is `right` is a figure and is never
    cut; `most` None is a file, which has room for everything. `ambiguous` is the width of characters that are narrow in
    one script and wide in another.

    >>> for lines in laid_out([["who", "bonus", "tax"], ["E17", "1,200.00", "84.00"]], [False, True, True], 16):
    ...     print(*lines, sep=chr(10))
    who     bonus
          tax
    E17  1,200.00
        84.00
    """
    if not rows:
        return []
    widths = [max(width(row[n], ambiguous) for row in rows) for n in range(len(right))]
    folds = list(_folds(widths, most))
    return [
        [
            line
            for number, fold in enumerate(folds)
            for line in _lines(row, fold, number, widths, right, most, ambiguous)
        ]
        for row in rows
    ]


def _folds(widths: Sequence[int], most: int | None) -> Iterator[list[int]]:
    """The columns of each line: as many as it takes."""
    fold: list[int] = []
    used = 0
    for column, needed in enumerate(widths):
        if fold and most is not None and used + BETWEEN + needed > most:
            yield fold
            fold, used = [], STEP
        used += needed + (BETWEEN if fold else 0)
        fold.append(column)
    yield fold


def _lines(
    row: Sequence[str], fold: Sequence[int], number: int, widths: Sequence[int], right: Sequence[bool],
    most: int | None, ambiguous: int,
) -> list[str]:  # fmt: skip
    """One row's lines for the columns of one fold; none for one that stands below and is empty."""
    lead = " " * (STEP if number else 0)
    if number and not any(row[column] for column in fold):
        return []
    room = None if most is None else most - len(lead)
    if room is not None and len(fold) == 1 and not right[fold[0]] and widths[fold[0]] > room:
        return [lead + piece for piece in pieces(row[fold[0]], room, ambiguous)]
    cells = (pad(row[column], widths[column], right[column], ambiguous) for column in fold)
    return [(lead + (" " * BETWEEN).join(cells)).rstrip()]
