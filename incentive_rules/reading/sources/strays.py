"""Finds lines of a file that are no rows of data: empty ones, repeated headings, and totals at the end.

Empty rows are passed over and counted. A row of totals is recognised by a word such as `Total` and refused; else it
would be paid as a person, or have a pool as a group.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ...base.problems import Problem
from ...base.text import bare
from ...model.data import DataTable
from ..cells.carriers import plain
from ..cells.showing import shown
from ..cells.texts import ordinary

_TOTALS = frozenset(
    "合计 总计 小计 共计 总和 累计 合計 總計 小計 總和 本页合计 total totals grandtotal subtotal sub-total sum "
    "gesamt gesamtsumme summe".split()
)
STRAY = "data-row"  # the code of what is no row of data
_LONGEST = max(map(len, _TOTALS)) + 4  # with blanks and a colon


def is_blank(cells: Iterable[object]) -> bool:
    """Whether nothing stands in any cell of a row."""
    return all(is_nothing(cell) for cell in cells)


def is_nothing(cell: object) -> bool:
    """Whether a cell is empty, or holds nothing but blanks."""
    return not bare(cell) if type(cell) is str else plain(cell) is None


def is_total(text: object) -> bool:
    """Whether a cell is a word that marks a total: 合计, Total, `Sub-total:`."""
    if type(text) is not str or len(text) > _LONGEST:
        return False
    return "".join(ordinary(text).split()).rstrip(":").casefold() in _TOTALS


def totals_in(keys: Sequence[str]) -> bool:
    """Whether one of these texts of ASCII letters and digits is the word that stands beside a sum."""
    return not _TOTALS.isdisjoint("\n".join(keys).casefold().split("\n"))


def unread_in(table: DataTable, read: Collection[int]) -> tuple[tuple[str, str], ...]:
    """The file with each heading that nobody reads; a column without one is listed if anything stands in it."""
    return tuple((table.name, h) for number, h in enumerate(table.headings) if number not in read and bare(h))


def without_heading(table: DataTable) -> Iterator[Problem]:
    """The problem of cells in a column without a heading: nobody reads them, and the heading may be lost."""
    for number, heading in enumerate(table.headings):
        if bare(heading):
            continue
        column = table.column(number)
        says = [not is_nothing(cell) for cell in column.values]
        there = [row for row, code in enumerate(column.codes) if says[code]] if any(says) else []
        if there:
            row = there[0]
            params = {"number": str(number + 1), "count": str(len(there)), "value": shown(column[row])}
            yield Problem("data-unnamed", params, table=table.name, row=row + 1, line=table.lines[row])


def stray_row(cells: Sequence[object], headings: Sequence[str]) -> Problem | None:
    """The problem of a line that is no row: it repeats the headings, or a word in it marks a total."""
    if all(type(cell) is str and bare(cell) == bare(heading) for cell, heading in zip(cells, headings, strict=True)):
        return Problem(STRAY, {}, "heading")
    word = next((cell for cell in cells if is_total(cell)), None)
    return None if word is None else Problem(STRAY, {"value": shown(word)}, "total")
