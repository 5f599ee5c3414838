"""What a scheme recorded in earlier periods it can read, however its tables, parameters and days differ since."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: periods
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
HEAD
quantities:
  x: VALUE
  seen: SEEN
inputs:
  person: {type: key}
  score: {type: integer, range: [0, 100]}
  day: {type: date, range: [2020-01-01, 2030-12-31]}
details:
  months: {belongs_to: person, recorded: {m: x}}
"""
KNOWN = "count(known(m))"
LETTERS = """\
tables:
  letters:
    dated:
      2026-01-01: {from: {80: A, 60: B}, else: C}
      2026-02-01: {from: {80: S, 60: A}, else: B}"""
NUMBERS = """\
tables:
  n:
    dated:
      2026-01-01: {from: {80: 1000.25, 60: 5}, else: 3}
      2026-02-01: {from: {80: 1}, else: 0}"""


def dated(first: object, then: object, kind: str = "") -> str:
    type_ = f"type: {kind}, " if kind else ""
    return f"parameters: {{p: {{{type_}dated: {{2026-01-01: {first}, 2026-02-01: {then}}}}}}}"


CASES = [
    ("", "period_first_day", KNOWN, [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]),
    ("", "period_last_day", KNOWN, [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]),
    ("", "period_days", KNOWN, [31, 28, 31]),
    ("", "min(score, period_days)", KNOWN, [31, 28, 31]),
    ("functions: {f: {takes: [a], is: a + period_days}}", "f(0)", KNOWN, [31, 28, 31]),
    ("", "day if day > period_first_day else period_first_day", KNOWN,
     [date(2026, 2, 1), date(2026, 2, 1), date(2026, 3, 1)]),
    (LETTERS, "letters(100 - score)", 'count(m == "C")', ["C", "B", "B"]),
    (LETTERS, 'letters(score) if score > 3 else "none"', 'count(m == "B")', ["A", "S", "S"]),
    (NUMBERS, "n(score)", KNOWN, [Decimal("1000.25"), 1, 1]),
    (dated("10.125", 1), "p", KNOWN, [Decimal("10.125"), 1, 1]),
    (dated(100_000, 1), "p * score", KNOWN, [8_500_000, 85, 85]),
    (dated(-4, 1), "p * score", KNOWN, [-340, 85, 85]),
    (dated("u", "v", "category"), "p", 'count(m == "v")', ["u", "v", "v"]),
    (dated("2025-01-01", "2026-02-03", "date"), "p", KNOWN, [date(2025, 1, 1), date(2026, 2, 3), date(2026, 2, 3)]),
]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("head", "value", "seen", "wanted"), CASES, ids=[f"{n}-{c[1]}" for n, c in enumerate(CASES)])
def test_what_was_recorded_is_read_in_every_later_period(
    tmp_path: Path, head: str, value: str, seen: str, wanted: list[object]
) -> None:
    text = SCHEME.replace("HEAD", head or "title: plain").replace("VALUE", f"'{value}'").replace("SEEN", f"'{seen}'")
    assert ir.check(text=text).ok
    row = {"person": "A", "score": 85, "day": "2026-02-01"}
    for month in (1, 2, 3):
        pipeline = ir.compile(text=text, period=f"2026-0{month}")
        run = pipeline.run([row], history=[tmp_path] if month > 1 else [], referee="all")
        assert list(run.results[0]["m"]) == wanted[:month]
        run.save(tmp_path / f"{month}")
        assert ir.replay(tmp_path / f"{month}").same


def test_a_word_that_no_period_knows_is_still_an_error() -> None:
    text = SCHEME.replace("HEAD", LETTERS).replace("VALUE", "letters(score)").replace("SEEN", "'count(m == \"Z\")'")
    assert [one.code for one in ir.check(text=text).errors] == ["word-impossible"]


def test_a_table_on_recorded_words_needs_a_row_for_those_of_every_period() -> None:
    """In March alone only S, A and B could be looked up, and C of January would find no row."""
    rows = "{equals: {S: 3, A: 2, B: 1}}"
    head = LETTERS + f"\n  worth: {rows}"
    text = SCHEME.replace("HEAD", head).replace("VALUE", "letters(score)").replace("SEEN", "sum(worth(m))")
    assert not ir.check(text=text, period="2026-03").ok
    assert ir.check(text=text.replace("B: 1}", "B: 1, C: 0}"), period="2026-03").ok
