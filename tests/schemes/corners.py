"""The head of a small scheme, its results by key with the referee's consent, and the codes of its errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import incentive_rules as ir
from incentive_rules.recomputing.differences import differences

Rows = Sequence[Mapping[str, object]]

HEAD = """\
format: 1
scheme: corners
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
"""


def results(text: str, people: Rows, **details: Rows) -> dict[str, ir.Result]:
    """Each person's result by key; the referee finds the same values."""
    pipeline = ir.compile(text=HEAD + text, period="2026-04")
    gathered = pipeline.people(people, details)
    computed = pipeline.compute(gathered)
    hearing = pipeline.hearing(gathered, computed)
    found = {}
    for row, result, problems in computed.outcomes:
        assert result is not None, problems
        assert not list(differences(result, hearing.judge(row))), row.key
        found[row.key] = result
    return found


def codes(text: str) -> set[str]:
    return {d.code for d in ir.check(text=HEAD + text, period="2026-04").errors}
