"""Rows of a detail table that nobody could tell apart: counting both would pay twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from ...base.problems import Problem
from ...base.text import echo
from ...model.data import RowOrigin
from .columns import heading_of
from .links import Key, TableLinks, key_of, quoted
from .looks import twin, twins
from .rows import placed, places_of


@frozen
class Told:
    """A row as it was read: its cells, and the keys in the order of `TableLinks.told`.

    `stray` says why a line is no row of data.
    """

    cells: Mapping[str, object]
    origin: RowOrigin
    keys: tuple[Key, ...]
    stray: Problem | None = None


def told_twice(links: TableLinks, rows: Iterable[tuple[int, Told]]) -> Iterator[tuple[int, Problem]]:
    """Rows that their `key` does not tell apart, by their numbers: those with equal keys, with keys that look the same,
    and those that do not say their key."""
    if not links.key:
        return
    met: dict[str, list[tuple[int, Told]]] = {}
    for number, row in rows:
        own = key_of(row.keys, links.key)
        if row.stray is not None:
            continue
        if own is not None:
            met.setdefault(own, []).append((number, row))
        else:
            yield from ((number, problem) for problem in _without_key(links, row))
    same = twins(met)
    for own, found in met.items():
        if len(found) > 1:
            where = places_of(row.origin for _, row in found)
            params = {"value": quoted(own), "where": where, "details": links.name}
            for number, row in found:
                yield number, placed(Problem("data-key-twice", params, "details"), row.origin)
        elif own in same:
            column = links.told[links.key[0]]
            number, row = found[0]
            yield number, placed(twin(column.name, heading_of(column), own, same[own]), row.origin)


def _without_key(links: TableLinks, row: Told) -> Iterator[Problem]:
    """Why a row cannot be told from others. A key that says whose it is as well is told with its owner."""
    naming = {place for _, places in links.owners for place in places}
    for place in links.key:
        key, read = row.keys[place], links.told[place]
        if place in naming:
            continue
        if isinstance(key, Problem):
            yield placed(key, row.origin)
        elif key is None:
            params = {"input": echo(read.name), "details": links.name}
            yield placed(Problem("data-missing", params, "key", column=echo(heading_of(read))), row.origin)
