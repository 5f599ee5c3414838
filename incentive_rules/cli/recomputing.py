"""`run --referee N`: some people once more by the referee, and those who stand on a boundary."""

from __future__ import annotations

import hashlib

from attrs import frozen

from ..base.problems import Problem
from ..model.data import People
from ..pipeline import Pipeline
from ..reading.values import details_of, read_person
from ..running.boundaries import boundaries_of, spread, stands_on
from ..running.differences import differences, show_constant
from ..running.many import Computed

MOST_ON_EDGES = 500  # people on a boundary are recomputed at most, one of each boundary in turn


@frozen
class Recomputed:
    """How many people the referee computed again: `on_edges` of them of the `standing` who are on a boundary."""

    count: int
    on_edges: int
    standing: int


def recomputed(
    pipeline: Pipeline, people: People, computed: Computed, sample: int
) -> tuple[Problem | None, Recomputed | None]:
    """The first difference from the referee, and who was recomputed.

    These are `sample` people, chosen by a hash of their keys, and those who stand on a boundary.
    """
    if not sample:
        return None, None
    salt = pipeline.fingerprint
    found = ((row, result) for row, result, _ in computed.outcomes if result is not None)
    pairs = [
        (hashlib.sha256(f"{salt}:{row.key}:{n}".encode("utf-8", "replace")).digest(), row, result)
        for n, (row, result) in enumerate(found)
    ]
    pairs.sort(key=lambda pair: pair[0])
    boundaries = boundaries_of(pipeline.checked)
    standing = []
    for n, (_, row, result) in enumerate(pairs):
        values, tables, _ = read_person(pipeline.checked, row, details_of(people, row))
        met = stands_on(boundaries, [values, *(r for rows in tables.values() for r in rows)], result)
        standing += [(n, met)] if met else []
    edges = spread(standing, MOST_ON_EDGES)
    chosen = sorted({*range(min(sample, len(pairs))), *edges})
    hearing = pipeline.hearing(people, computed)
    for _, row, result in (pairs[n] for n in chosen):
        for name, ours, theirs in differences(result, hearing.judge(row)):
            params = {"name": name, "who": row.key, "value": show_constant(ours), "expected": show_constant(theirs)}
            return Problem("engines-differ", params, key=row.key), None
    on_edges = {n for n, _ in standing}
    return None, Recomputed(len(chosen), sum(n in on_edges for n in chosen), len(standing))
