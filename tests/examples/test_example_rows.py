"""Detail rows of examples: keys that nobody writes, facts that are left out, more rows than are allowed."""

from __future__ import annotations

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: rows
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
limits: {max_rows_per_person: 5}
inputs:
  id: {type: key}
details:
  tickets:
    belongs_to: id
    key: [number]
    inputs:
      number: {type: key}
      stars: {type: integer, range: [1, 5]}
      note: {type: integer, range: [1, 5], can_be_missing: true}
quantities:
  n: count(over=tickets)
  s: sum(stars)
  noted: count(known(note))
examples:
  - {name: sample, period: 2026-03, given: {tickets: ROWS}, expect: {n: 4, s: 11, noted: 1}}
"""


def codes(rows: str) -> list[str]:
    return [d.code for d in ir.test(text=SCHEME.replace("ROWS", rows)).diagnostics]


def test_rows_need_no_key_and_no_fact_that_may_be_missing() -> None:
    assert codes("[{times: 3, stars: 2}, {stars: 5, note: 1}]") == []
    assert codes("[{number: a, stars: 1, note: 1}, {number: b, stars: 2}, {times: 2, stars: 4}]") == []


@pytest.mark.parametrize("rows", ["[{note: 1}]", "[{times: 6, stars: 2}]", "[{stars: missing}]", "[{stars: 7}]"])
def test_rows_that_are_refused_are_a_finding(rows: str) -> None:
    assert set(codes(rows)) == {"example-refused"}


def test_a_fact_that_nothing_stands_on_need_not_be_said() -> None:
    """It may be there for the audit alone; where it is said it has to be one all the same."""
    key = "  id: {type: key}\n"
    more = "  age: {type: integer, range: [16, 75]}\n  sex: {type: category}\n  born: {type: date}\n"
    text = SCHEME.replace(key, key + more).replace("ROWS", "[{times: 4, stars: 3}]")
    found = [d.code for d in ir.test(text=text).diagnostics]
    assert found == ["example-differs", "example-differs"], "the sum and the notes, and nothing of age, sex or birth"
    spoilt = text.replace("given: {tickets", "given: {age: 9, tickets")
    assert "example-refused" in [d.code for d in ir.test(text=spoilt).diagnostics]
