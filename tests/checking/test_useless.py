"""What is written of a value and does nothing is an error: somebody would trust it."""

from __future__ import annotations

import pytest

import incentive_rules as ir

HEAD = """\
format: 1
scheme: useless
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  who: {type: key}
  hired: {type: date}
  post: {type: category, one_of: [a, b]}
  n: {type: integer, range: [0, 5]}
quantities:
"""
NOTHING = [
    ("x: {is: hired, decimals: 2}", "kind", "decimals"),
    ("x: {is: post, decimals: 0, rounding: up}", "kind", "decimals`, `rounding"),
    ("x: {is: n > 2, unit: day}", "kind", "unit"),
    ("x: {is: n / 3, rounding: up}", "exact", "rounding"),
    ("x: {is: n / 3, decimals: exact, rounding: up}", "exact", "rounding"),
    ("x: {of: n, from: {0: 1, 3: 2}, rounding: up}", "exact", "rounding"),
    ("x: {of: n, equals: {1: a}, else: b, rounding: up}", "kind", "rounding"),
]
SOMETHING = [
    "x: {is: n / 3, decimals: 0, rounding: up}",
    "x: {is: n / 3, type: money, rounding: up}",
    "x: {is: n + 1, unit: day}",
    "x: {is: n, decimals: exact}",
]


@pytest.mark.parametrize(("line", "variant", "key"), NOTHING, ids=lambda one: one)
def test_a_word_that_does_nothing_is_refused(line: str, variant: str, key: str) -> None:
    report = ir.check(text=f"{HEAD}  {line}\n")
    assert [(d.code, d.variant, d.params["key"]) for d in report.errors] == [("key-useless", variant, key)]


@pytest.mark.parametrize("line", SOMETHING)
def test_a_word_that_does_something_is_not(line: str) -> None:
    assert ir.check(text=f"{HEAD}  {line}\n").ok


@pytest.mark.parametrize("kind", ["date", "time", "boolean", "category, one_of: [c, d]"])
def test_only_numbers_have_units(kind: str) -> None:
    report = ir.check(text=HEAD.replace("  n: ", f"  m: {{type: {kind}, unit: day}}\n  n: ") + "  x: n\n")
    assert [(d.code, d.params["key"]) for d in report.errors] == [("key-useless", "unit")]


def test_a_pay_line_without_a_currency_lacks_the_currency_alone() -> None:
    text = HEAD.replace("currency: EUR\n", "").replace("quantities:\n", "pay: {p: {amount: n / 3, rounding: floor}}\n")
    assert [d.code for d in ir.check(text=text).errors] == ["key-missing"]


def test_what_a_premise_asks_for_by_its_name_is_no_condition_that_always_holds() -> None:
    text = (
        "format: 1\nscheme: asked\neffective: {first_day: 2026-01-01, last_day: 2026-12-31}\nperiod: month\n"
        "currency: EUR\n"
        "inputs: {k: {type: key}, first: {type: integer, range: [0, 9]}, last: {type: integer, range: [0, 9]}}\n"
        "quantities: {in_order: {is: last >= first}}\nrequire: [in_order]\npay: {bonus: {amount: 10 * last}}\n"
    )
    assert not [found.code for found in ir.check(text=text).diagnostics if found.code == "condition-always"]
