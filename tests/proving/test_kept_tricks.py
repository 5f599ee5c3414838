"""Kept pairs of what somebody gains: by a fact or a row that is left out, by a row that is split in two."""

from __future__ import annotations

from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.kept_runs import kept_file, read_kept, replayed
from incentive_rules.model.verdict import Counterexample

SCHEME = """\
format: 1
scheme: tricks
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
limits: {max_people: 50, max_rows_per_person: 50}
inputs:
  id: {type: key}
  exam: {type: number, decimals: 0, range: [0, 100], can_be_missing: true}
details:
  tickets:
    key: ticket
    belongs_to: id
    inputs:
      rating: {type: integer, range: [1, 5]}
      hours: {type: integer, range: [0, 100]}
quantities:
  rated: {is: "coalesce(mean(rating, over=tickets), 0)", decimals: 2}
pay:
  bonus: {amount: '100 * rated + 10 * count(over=tickets) + 1 * sum(hours, over=tickets) + 5 * coalesce(exam, 60)'}
principles: {p: {title: P, promises: {PROMISE}}}
"""
ONE = """\
counterexamples:
  - promise: WAY_gains_at_most
    period: 2026-01
    who: E1
    one:
      people:
        - {id: E1, exam: 40}
        - {id: E2, exam: ''}
      tickets:
        - {ticket: T1, id: E1, rating: 5, hours: 8}
        - {ticket: T2, id: E1, rating: 1, hours: 4}
        - {ticket: T3, id: E2, rating: 3, hours: 4}
    other:
"""
LEFT_OUT = """\
      tickets:
        - {ticket: T1, id: E1, rating: 5, hours: 8}
        - {ticket: T3, id: E2, rating: 3, hours: 4}
"""
NO_EXAM = """\
      people:
        - {id: E1, exam: ''}
        - {id: E2, exam: ''}
"""
SPLIT = """\
      tickets:
        - {ticket: T1, id: E1, rating: 5, hours: 8}
        - {ticket: T2, id: E1, rating: 1, hours: 3}
        - {ticket: T2b, id: E1, rating: 1, hours: 1}
        - {ticket: T3, id: E2, rating: 3, hours: 4}
"""


def found(folder: Path, way: str, at_most: str, other: str, more: str = "") -> Counterexample | None:
    scheme = folder / "scheme.yaml"
    promise = f"{way}_gains_at_most: {{line: bonus, at_most: {at_most}{more}}}"
    scheme.write_text(SCHEME.replace("PROMISE", promise), "utf-8")
    kept_file(scheme).write_text(ONE.replace("WAY", way) + other, "utf-8")
    pairs, wrong = read_kept(scheme)
    report = ir.check(scheme)
    assert wrong == () and report.scheme is not None and report.ok, str(report)
    outcomes, wrong = replayed(report.scheme, pairs)
    assert wrong == ()
    return outcomes[0].found


def test_a_row_that_is_left_out(tmp_path: Path) -> None:
    """100 more for a mean of 5 and not of 3 twice over, 10 and 4 less for one ticket and its hours: 186."""
    pair = found(tmp_path, "withholding", "185", LEFT_OUT)
    assert pair is not None
    assert (pair.happening, pair.line, pair.amount) == ("gains", "bonus", "186.00")
    assert [(one.name, one.before, one.after) for one in pair.changes] == [("rating", "1", None), ("hours", "4", None)]
    assert found(tmp_path, "withholding", "186", LEFT_OUT) is None, "so much is allowed"


def test_a_fact_that_is_left_out(tmp_path: Path) -> None:
    pair = found(tmp_path, "withholding", "99", NO_EXAM)
    assert pair is not None
    assert (pair.amount, [(one.name, one.before, one.after) for one in pair.changes]) == (
        "100.00", [("exam", "40", "missing")],
    )  # fmt: skip
    assert found(tmp_path, "withholding", "99", NO_EXAM, ", except: {exam: by agreement}") is None


def test_a_row_that_is_split(tmp_path: Path) -> None:
    """One ticket more, 10; and the mean of two halves of 1 beside a 5 falls: so without the ratings."""
    split = SPLIT.replace("rating: 5", "rating: 1")
    one = ONE.replace("rating: 5", "rating: 1")
    scheme = tmp_path / "scheme.yaml"
    scheme.write_text(SCHEME.replace("PROMISE", "splitting_gains_at_most: {line: bonus, at_most: 9}"), "utf-8")
    kept_file(scheme).write_text(one.replace("WAY", "splitting") + split, "utf-8")
    verdict = ir.prove(scheme, period="2026-01").verdicts[0]
    assert verdict.counterexample is not None and verdict.counterexample.amount == "10.00"
    assert verdict.grounds.startswith("by a kept pair of worlds")


NO_TRICK = {
    "somebody else's row": ("withholding", LEFT_OUT.replace("T3, id: E2, rating: 3", "T2, id: E1, rating: 1")),
    "a row that is changed": ("withholding", LEFT_OUT.replace("hours: 8", "hours: 9")),
    "a row that is split, as withheld": ("withholding", SPLIT),
    "a row that is left out, as split": ("splitting", LEFT_OUT),
    "a row with more hours": ("splitting", SPLIT.replace("hours: 3", "hours: 13")),
    "a better fact": ("withholding", NO_EXAM.replace("E1, exam: ''", "E1, exam: 90")),
}


@pytest.mark.parametrize("case", NO_TRICK)
def test_what_is_no_such_trick_refutes_nothing(tmp_path: Path, case: str) -> None:
    way, other = NO_TRICK[case]
    assert found(tmp_path, way, "0", other) is None
