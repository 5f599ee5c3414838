"""What people decide: who reaches what is given, which indicators count, and how far things go."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.model.verdict import Status, Verdict
from tests.proving.test_founding_claims import SCHEMES
from tests.proving.test_prove import HEAD, WORK

GRADES = """\
grades:
  of: total
  from: {90: {grade: A}, 60: {grade: B}}
  else: {grade: C}
"""


def verdict(promise: str, rest: str) -> Verdict:
    text = f"{HEAD}{rest}principles: {{p: {{title: P, promises: {{{promise}}}}}}}\n"
    return ir.prove(text=text, period="2026-01").verdicts[0]


def test_whoever_reaches_it_is_proof() -> None:
    found = verdict("everything_reachable: [grades, pay]", WORK + GRADES)
    assert (found.status, found.obstacles) == (Status.PROVED, ())
    assert found.grounds.startswith("4 of 4 are reached by somebody")


def test_bounds_that_exclude_it_are_proof_of_the_contrary() -> None:
    rest = WORK.replace("score: value}", "score: value / 2}") + GRADES  # at most 70
    found = verdict("everything_reachable: [grades]", rest)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.REFUTED, ["A"])


def test_what_nobody_reaches_is_named() -> None:
    """A contradiction that bounds do not see: nobody is found, and nothing is claimed."""
    rest = WORK.replace("amount: 10 * total", "amount: 10 * total\n    when: jobs == late and jobs == late + 1")
    found = verdict("everything_reachable: [pay]", rest)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["bonus"])


def test_an_indicator_counts_where_a_pair_shows_it() -> None:
    assert verdict("every_indicator_counts: true", WORK).status is Status.PROVED
    capped = WORK.replace("amount: 10 * total", "amount: 10 * total if late > 200 else 10 * work")
    found = verdict("every_indicator_counts: true", capped)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["care"])


@pytest.mark.thorough
def test_the_founding_schemes_give_what_they_say() -> None:
    """Everybody can reach everything, some of it at the end of the year alone, and every indicator counts."""
    for name in ("service_engineer_1", "service_engineer_2_zh"):
        verdicts = {one.promise: one for one in ir.prove(SCHEMES / f"{name}.yaml").verdicts}
        for promise in ("everything_reachable", "every_indicator_counts"):
            assert verdicts[promise].status is Status.PROVED, verdicts[promise]
