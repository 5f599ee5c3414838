"""Results that are wrong on purpose: what a fault of an engine would look like from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pytest
from attrs import evolve

import incentive_rules as ir
from incentive_rules.batch import BatchEngine
from incentive_rules.engine.summary import Computed, OutcomeOfRow, Outcomes
from incentive_rules.model.data import People
from incentive_rules.model.result import Result, make_result
from incentive_rules.model.result_columns import MaybeResults, results_of

Spoil = Callable[[Result], Result]


def off_by_one(name: str, keys: set[str] | None = None, row: int | None = None) -> Spoil:
    """The results with one unit more in a value, of one detail row where `row` says so, and of these people alone."""

    def spoil(result: Result) -> Result:
        layout, in_scope, key, values, rows = result._state
        if not in_scope or (keys is not None and key not in keys):
            return result
        slot = layout.slots[name]
        if row is None:
            return make_result((layout, in_scope, key, _more(values, slot.numerator), rows))
        assert slot.details is not None
        tables = [list(table) for table in rows]
        tables[slot.details][row] = _more(tables[slot.details][row], slot.numerator)
        return make_result((layout, in_scope, key, values, tuple(map(tuple, tables))))

    return spoil


def _more(values: tuple, place: int) -> tuple:  # type: ignore[type-arg]
    changed = list(values)
    changed[place] = not changed[place] if isinstance(changed[place], bool) else changed[place] + 1
    return tuple(changed)


def engine_that(monkeypatch: pytest.MonkeyPatch, spoil: Spoil) -> None:
    """From now on every run comes to these results."""
    right = BatchEngine.compute

    def compute(self: BatchEngine, people: People, progress: object = None) -> object:
        found = right(self, people)
        return spoilt(found, spoil) if isinstance(found, Computed) else found

    monkeypatch.setattr(BatchEngine, "compute", compute)


def spoilt(computed: Computed, spoil: Spoil) -> Computed:
    outcomes = [(row, spoil(r) if r is not None else None, problems) for row, r, problems in computed.outcomes]
    return evolve(computed, outcomes=outcomes_of(outcomes))


def outcomes_of(outcomes: Sequence[OutcomeOfRow]) -> Outcomes:
    """Outcomes that were made one by one, as those of an engine."""
    results = maybe_results_of(result for _, result, _ in outcomes)
    return Outcomes([row for row, _, _ in outcomes], results, [found for _, _, found in outcomes])


def maybe_results_of(results: Iterable[Result | None]) -> MaybeResults:
    """Results that were made one by one, as columns; None where somebody has no result."""
    if isinstance(results, MaybeResults):
        return results
    listed = list(results)
    there = np.fromiter((result is not None for result in listed), bool, len(listed))
    places = np.where(there, np.cumsum(there) - 1, -1)
    return MaybeResults(results_of([result for result in listed if result is not None]), places)


def compiled(text: str, period: str = "2026-04") -> ir.Pipeline:
    return ir.compile(text=text, period=period)
