"""Finds rows of a detail table with missing or duplicate keys: counting both of two equal rows would pay twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from ...base.problems import Problem
from ...base.text import echo
from ...model.data import RowOrigin
from .columns import heading_of
from .links import ReadKey, TableLinks, joined_key, quoted
from .looks import twin, twins_by_word
from .rows import placed, places_of


@frozen
class KeyedRow:
    """One row as read: raw cells, and its keys in the order of `TableLinks.key_inputs`.

    `stray` is the problem of a line that is no row of data.
    """

    cells: Mapping[str, object]
    origin: RowOrigin
    keys: tuple[ReadKey, ...]
    stray: Problem | None = None


def duplicate_keys(links: TableLinks, rows: Iterable[tuple[int, KeyedRow]]) -> Iterator[tuple[int, Problem]]:
    """Finds rows without a key of their own, by their numbers.

    Yields (row number, problem) for each row whose key is missing, stands in another row, or differs from another key
    only invisibly.
    """
    if not links.key:
        return
    rows_by_key: dict[str, list[tuple[int, KeyedRow]]] = {}
    for number, row in rows:
        own = joined_key(row.keys, links.key)
        if row.stray is not None:
            continue
        if own is not None:
            rows_by_key.setdefault(own, []).append((number, row))
        else:
            yield from ((number, problem) for problem in _without_key(links, row))
    lookalikes = twins_by_word(rows_by_key)
    for own, found in rows_by_key.items():
        if len(found) > 1:
            where = places_of(row.origin for _, row in found)
            params = {"value": quoted(own), "where": where, "details": links.name}
            for number, row in found:
                yield number, placed(Problem("data-key-twice", params, "details"), row.origin)
        elif own in lookalikes:
            column = links.key_inputs[links.key[0]]
            number, row = found[0]
            yield number, placed(twin(column.name, heading_of(column), own, lookalikes[own]), row.origin)


def _without_key(links: TableLinks, row: KeyedRow) -> Iterator[Problem]:
    """The problems of a row whose key is missing or unreadable.

    A key column that also names an owner is skipped: `owners` reports it.
    """
    naming = {place for _, places in links.owners for place in places}
    for place in links.key:
        key, read = row.keys[place], links.key_inputs[place]
        if place in naming:
            continue
        if isinstance(key, Problem):
            yield placed(key, row.origin)
        elif key is None:
            params = {"input": echo(read.name), "details": links.name}
            yield placed(Problem("data-missing", params, "key", column=echo(heading_of(read))), row.origin)
