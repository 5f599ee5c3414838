"""The wage floor: a quantity, and the last line of the pay statement."""

from __future__ import annotations

import pytest

from incentive_rules.model.scheme import Formula, Role, Scheme
from tests.loading.schemes import CHINESE, clean, quantity, wrong

FEES = (
    "pay: {salary: {amount: wage}, fee: {kind: deduction, amount: 3.00 * jobs}, "
    "levy: {kind: employer_cost, amount: wage * 2%}, gift: {every: year, amount: 50}}\n"
)
FLOOR = (
    "pay:\n  bonus: {amount: 9 * jobs}\n  pension: {kind: deduction, amount: wage * 8%}\n"
    "wage_floor: {title: Minimum, amount: 2000}\n"
)


def text(scheme: Scheme, name: str) -> str:
    body = quantity(scheme, name).body
    assert isinstance(body, Formula)
    return body.text


def test_the_last_line_is_what_is_lacking_to_the_floor() -> None:
    scheme = clean(FLOOR)
    floor, lacking = quantity(scheme, "wage_floor"), quantity(scheme, "shortfall")
    assert (floor.role, floor.type, floor.title, text(scheme, "wage_floor")) == (
        Role.QUANTITY,
        "money",
        "Minimum",
        "2000",
    )
    assert (lacking.role, lacking.pay and lacking.pay.kind) == (Role.PAY, "earning")
    assert text(scheme, "shortfall") == "max(0, wage_floor - (bonus - deductions))"
    assert text(scheme, "earnings") == "bonus + shortfall"
    assert [q.name for q in scheme.quantities if q.role is Role.PAY] == ["bonus", "pension", "shortfall"]


def test_the_last_line_is_called_in_the_language_of_reports() -> None:
    assert quantity(clean(FLOOR), "shortfall").title == "shortfall"
    assert quantity(clean("language: zh\n" + FLOOR), "shortfall").title == "下限补足"


@pytest.mark.parametrize(
    "of, formula",
    [
        ("net", "max(0, wage_floor - (bonus - deductions))"),
        ("earnings", "max(0, wage_floor - (bonus))"),
        ("bonus", "max(0, wage_floor - bonus)"),
    ],
)
def test_the_floor_may_be_under_something_else(of: str, formula: str) -> None:
    assert text(clean(FLOOR.replace("amount: 2000}", f"amount: 2000, of: {of}}}")), "shortfall") == formula


def test_the_name_of_what_is_raised_is_known_by_its_place() -> None:
    scheme = clean(FLOOR.replace("amount: 2000}", "amount: 2000, of: bonos}"))
    body = quantity(scheme, "shortfall").body
    assert isinstance(body, Formula)
    start = body.text.index("bonos")
    assert body.place_of(start, start + 5).text == "bonos"


def test_the_floor_in_chinese() -> None:
    scheme = clean(CHINESE + "薪酬: {津贴: {金额: 10 * 件数}}\n工资下限: {金额: 2000}\n")
    assert text(scheme, "下限补足") == "max(0, 工资下限 - (津贴 - 扣款))"
    assert text(scheme, "应发") == "津贴 + 下限补足"


@pytest.mark.parametrize(
    "change, found",
    [
        ("wage_floor: {}", [("key-missing", "wage_floor")]),
        ("wage_floor: 2000", [("shape-wrong/mapping", "2000")]),
        ("wage_floor: {amount: 2000, of: take home}", [("name-invalid/mended", "take home")]),
        (FEES + "wage_floor: {amount: 2000, of: fee}", [("floor-of", "fee")]),
        (FEES + "wage_floor: {amount: 2000, of: deductions}", [("floor-of", "deductions")]),
        (FEES + "wage_floor: {amount: 2000, of: levy}", [("floor-of/employer", "levy")]),
        (FEES + "wage_floor: {amount: 2000, of: employer_cost}", [("floor-of/employer", "employer_cost")]),
        (FEES + "wage_floor: {amount: 2000, of: gift}", [("floor-of/rare", "gift")]),
        (FEES + "wage_floor: {amount: 2000, of: salary}", []),
        ("wage_floor: {amount: 2000}\nquantities: {shortfall: 5}", [("name-twice/floor", "wage_floor")]),
        ("quantities: {shortfall: 5, wage_floor: 6}", []),
    ],
)
def test_what_can_be_wrong_with_the_floor(change: str, found: list[tuple[str, str]]) -> None:
    assert wrong(change + "\n") == found
