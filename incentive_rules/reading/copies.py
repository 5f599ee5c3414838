"""Files that hold the same rows: one that was exported twice, packed beside itself, or given by two names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from operator import itemgetter

from ..base.numbers import decimal_text
from ..base.problems import Problem
from ..base.text import echo
from ..model.data import DataTable
from .carriers import plain
from .cell_texts import bare

_FEWEST = 5  # rows of a file that stand in another one before anybody is told: fewer may be alike by chance
_TRIED = 40  # rows that are looked for before all are

Row = tuple[object, ...]
Rows = Callable[[], Iterator[Row]]


def copies_among(
    tables: Sequence[DataTable], columns: Sequence[Collection[int]]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Files of one table with the same rows, which are refused; and those whose rows all stand in another: told.

    `columns` are those that are read of each file, in one order. The order of rows plays no part.
    """
    if len(tables) < 2:
        return (), ()
    files = [(table, _reader(table, tuple(read))) for table, read in zip(tables, columns, strict=True) if table.rows]
    same, within = [], []
    for (one, ours), (other, theirs) in combinations(files, 2):
        few, many = sorted((len(one.rows), len(other.rows)))
        if few == many and _sum(ours) == _sum(theirs) and Counter(ours()) == Counter(theirs()):
            same.append(_problem(one, other, "data-copy"))
        elif few >= _FEWEST:
            (small, inner), (large, outer) = sorted(((one, ours), (other, theirs)), key=lambda file: len(file[0].rows))
            if few < many and _all_within(inner, outer):
                within.append(_problem(large, small, "data-within"))
    return tuple(same), tuple(within)


def _problem(one: DataTable, other: DataTable, code: str) -> Problem:
    params = {"file": echo(one.name), "other": echo(other.name), "count": str(len(other.rows))}
    return Problem(code, params, "same" if code == "data-copy" and one.name == other.name else "", table=other.name)


def _reader(table: DataTable, columns: Sequence[int]) -> Rows:
    """The cells of these columns, row by row: as they stand in a csv file, else as a csv file would have them."""
    cells = itemgetter(*columns) if len(columns) > 1 else lambda row: tuple(row[column] for column in columns)
    if table.content and table.lines and table.lines[0] is not None:
        return lambda: map(cells, table.rows)
    return lambda: (tuple(map(_as_text, cells(row))) for row in table.rows)


def _as_text(cell: object) -> object:
    value = plain(cell)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Decimal):
        return decimal_text(value)
    return bare(value) if isinstance(value, str) else str(value)


def _sum(rows: Rows) -> int:
    """Equal for equal rows in any order, and almost never else."""
    return sum(map(hash, rows()))


def _all_within(inner: Rows, outer: Rows) -> bool:
    """Whether each row of one file stands in the other as often as here."""
    tried: Iterable[Row] = [row for _, row in zip(range(_TRIED), inner(), strict=False)]
    looked_for = set(tried)
    if len(looked_for) < _FEWEST or not looked_for <= {row for row in outer() if row in looked_for}:
        return False
    return Counter(inner()) <= Counter(outer())
