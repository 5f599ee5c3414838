"""The decimals of a percentage are those of the fraction that it is, and the message counts them."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import message_of

SCHEME = """\
format: 1
scheme: percentages
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  who: {type: key}
  rate: {type: number, decimals: 4, range: [0, 1], scale: percent}
quantities: {seen: {is: rate, decimals: 4}}
"""


@pytest.mark.parametrize(("cell", "exact"), [("12.345%", "0.12345"), ("12.345", "0.12345"), (12.345, "0.12345")])
def test_a_percentage_with_too_many_decimals_is_shown_as_it_is_counted(cell: object, exact: str) -> None:
    with pytest.raises(ir.DataError) as refused:
        ir.compile(text=SCHEME, period="2026-04").score({"who": "A", "rate": cell})
    (problem,) = refused.value.problems
    assert (problem.code, problem.variant) == ("data-decimals", "percent")
    for language in ("en", "zh"):
        assert exact in message_of(problem, language) and "4" in message_of(problem, language)


def test_as_many_as_there_may_be_are_read() -> None:
    assert str(ir.compile(text=SCHEME, period="2026-04").score({"who": "A", "rate": "12.34%"})["seen"]) == "0.1234"
