"""A `Decimal` in a row is read fast, exactly, and with the same answer as the text that it is written as."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from time import process_time

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: t
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay: {bonus: {amount: 10 * jobs + part}}
inputs:
  k: {type: key}
  jobs: {type: integer, range: [-5, 100000]}
  part: {type: money, range: [-100, 100000]}
"""
ODD = (
    "0", "-0", "5", "5.0", "5.00", "0.5E1", "5E3", "-5", "-1", "-100", "-100.01", "99999.99", "100000", "100000.01",
    "1E+5", "1E+6", "1E+1000000", "-1E+1000000", "1E-1000000", "0E+1000000", "0E-1000000", "2.005", "2.0050000000",
    "2.00" + "0" * 60, "2.00" + "0" * 60 + "1", "1" + "0" * 60, "NaN", "sNaN", "Infinity", "-Infinity",
)  # fmt: skip


def outcome(facts: dict[str, object]) -> object:
    pipeline = ir.compile(text=SCHEME, period="2026-04")
    begun = process_time()
    try:
        found: object = pipeline.score(facts)["bonus"]
    except ir.DataError as error:
        found = [(problem.code, problem.column) for problem in error.problems]
    assert process_time() - begun < 2
    return found


@pytest.mark.parametrize("name", ["jobs", "part"])
@pytest.mark.parametrize("text", ODD)
def test_it_is_read_as_what_it_is_worth(text: str, name: str) -> None:
    facts: dict[str, object] = {"k": "A", "jobs": 2, "part": Decimal("1.50")}
    low, high, places = (-5, 100_000, 0) if name == "jobs" else (-100, 100_000, 2)
    value = Decimal(text)
    right = value.is_finite() and low <= value <= high
    if right and value:
        right = value.adjusted() > -20 and (Fraction(value) * 10**places).denominator == 1
    found = outcome(facts | {name: value})
    if not right:
        assert isinstance(found, list) and {column for _, column in found} == {name}, found
    elif name == "jobs":
        assert found == 10 * value + Decimal("1.50")
    else:
        assert found == 20 + value


def test_the_context_of_the_caller_plays_no_part() -> None:
    with localcontext() as context:
        context.prec = 2
        assert outcome({"k": "A", "jobs": 2, "part": Decimal("12345.67")}) == Decimal("12365.67")
