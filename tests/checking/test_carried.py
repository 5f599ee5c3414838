"""An input that carries a value of the last period is such a value: a person's, of its type, with its decimals."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from tests.errors.fragments import complete

GRADES = "grades: {of: speed, from: {90: {mark: A, factor: 1.5}}, else: {mark: B, factor: 0}}\n"
DETAILS = "details:\n  surveys: {belongs_to: engineer, inputs: {stars: {type: integer, range: [1, 5]}}}\n"


@pytest.mark.parametrize(
    "said, found",
    [
        ("type: number, decimals: 4, range: [0, 100], carried_from: speed", []),
        ("type: number, decimals: 6, range: [0, 100], carried_from: speed", []),
        ("type: integer, range: [0, 500], carried_from: jobs", []),
        ("type: category, one_of: [A, B, C], carried_from: mark", []),
        ("type: category, carried_from: mark", []),
        ("type: category, carried_from: post", []),
        ("type: boolean, carried_from: audited", []),
        ("type: integer, range: [0, 500], carried_from: jbos", [("name-unknown/near", "jbos")]),
        ("type: integer, range: [0, 500], carried_from: surveys", [("level-mixed", "surveys")]),
        ("type: integer, range: [1, 5], carried_from: stars", [("level-mixed", "stars")]),
        ("type: number, decimals: 2, range: [0, 100], carried_from: speed", [("carried-differs/decimals", "speed")]),
        ("type: number, range: [0, 500], carried_from: value(speed)", [("carried-differs/exact", "value(speed)")]),
        ("type: money, range: [0, 500], carried_from: speed", [("carried-differs", "speed")]),
        ("type: number, range: [0, 500], carried_from: wage", [("carried-differs", "wage")]),
        ("type: boolean, carried_from: mark", [("carried-differs", "mark")]),
        ("type: category, one_of: [A, C], carried_from: mark", [("carried-differs/words", "mark")]),
    ],
)
def test_what_is_carried_can_be_read_as_the_input(said: str, found: list[tuple[str, str]]) -> None:
    report = ir.check(text=complete(f"inputs:\n  last: {{{said}}}\n{GRADES}{DETAILS}"))
    got = [("/".join(filter(None, (d.code, d.variant))), d.place.text if d.place else "") for d in report.errors]
    assert got == found, str(report)
