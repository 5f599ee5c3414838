"""A cliff is found wherever it lies: without a threshold that names it, and beside what must hold of people."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.model.verdict import Counterexample, Status

HEAD = """\
format: 1
scheme: cliffs
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  工号: {type: key}
  工单: {type: integer, range: [0, 5000]}
  超时: {type: integer, range: [0, 5000]}
  登记: {type: integer, range: [0, 5000]}
"""
PREMISES = [
    "", "require: [超时 <= 工单]\n", "require: [超时 <= 登记, 登记 <= 工单]\n", "require: [超时 + 登记 <= 工单]\n"
]  # fmt: skip


def jump(amount: str, premises: str) -> tuple[Status, Counterexample | None]:
    text = (
        f"{HEAD}{premises}indicators: {{量: {{weight: 100%, better: higher, value: 工单, score: 'value / 50'}}}}\n"
        f"pay: {{奖金: {{amount: '{amount}'}}}}\n"
        "principles: {p: {title: P, promises: {largest_jump: {line: 奖金, at_most: 90}}}}\n"
    )
    (verdict,) = ir.prove(text=text, period="2026-03").verdicts
    return verdict.status, verdict.counterexample


@pytest.mark.parametrize("premises", PREMISES)
@pytest.mark.parametrize(
    ("amount", "before", "after"),
    [
        ("100 if 量 * 7 > 91.3 else 0", "652", "653"),
        ("100 if 工单 * 工单 >= 1234567 else 0", "1111", "1112"),
        ("300 - (100 if 量 + 3 >= 40.02 else 0)", "1850", "1851"),
    ],
)
def test_a_cliff_that_no_threshold_names_is_one_step_wide(
    amount: str, before: str, after: str, premises: str
) -> None:
    status, pair = jump(amount, premises)
    assert status is Status.REFUTED
    assert pair is not None
    assert (pair.fact, pair.before, pair.after) == ("工单", before, after)
    assert pair.amount == "100.00"


@pytest.mark.parametrize("premises", PREMISES)
def test_a_slope_has_no_cliff(premises: str) -> None:
    assert jump("30 * 量", premises)[0] is Status.TESTED


@pytest.mark.parametrize("premises", PREMISES)
def test_who_does_better_and_is_paid_less_is_found_beside_premises(premises: str) -> None:
    text = (
        f"{HEAD}{premises}indicators: {{量: {{weight: 100%, better: higher, value: 工单, score: 'value / 50'}}}}\n"
        "pay: {奖金: {amount: '30 * 量 - (200 if 工单 >= 777 else 0)'}}\n"
        "principles: {p: {title: P, promises: {better_never_pays_less: all}}}\n"
    )
    (verdict,) = ir.prove(text=text, period="2026-03").verdicts
    assert verdict.counterexample is not None
    assert (verdict.counterexample.before, verdict.counterexample.after) == ("776", "777")
