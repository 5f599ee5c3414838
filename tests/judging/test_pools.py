"""Pools before the referee: every method, cap, condition and remainder with amounts reckoned by hand."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest

from incentive_rules.judging.apportionment import Member, apportioned
from incentive_rules.judging.judge import PopulationReferee
from incentive_rules.model.run import PoolOutcome
from incentive_rules.model.scheme import Pool, Role
from incentive_rules.model.trace import Judgement, Pooled, Portion
from tests.judging.made import given, group_of, made, pay, quantity, table_of
from tests.judging.made_people import judged, population, values
from tests.judging.made_steps import pool

# ── The last cents ────────────────────────────────────────────────────────────────────────────────


def units(
    amount: int, weights: list[object], method: str = "largest_remainder", caps: list[int] | None = None,
    keys: list[str] | None = None,
) -> list[int]:  # fmt: skip
    names = keys or [chr(ord("a") + i) for i in range(len(weights))]
    members = [
        Member(Fraction(str(weight)), (names[i],), None if caps is None else caps[i])
        for i, weight in enumerate(weights)
    ]
    return list(apportioned(amount, members, method))


@pytest.mark.parametrize(
    "amount, weights, hamilton, webster, kept",
    [
        (100, [50, 30, 20], [50, 30, 20], [50, 30, 20], [50, 30, 20]),
        (100, [50, 30, 19], [51, 30, 19], [51, 30, 19], [50, 30, 19]),  # exact: 50.505, 30.303, 19.19
        (10, [1, 1, 1], [4, 3, 3], [4, 3, 3], [3, 3, 3]),  # equals: the smaller key
        (2, [1, 1, 1], [1, 1, 0], [1, 1, 0], [0, 0, 0]),
        (5, [7, 2, 1], [4, 1, 0], [4, 1, 0], [3, 1, 0]),  # 3.5, 1, 0.5: equal fractions, the larger share
        (7, ["0.7", "0.2", "0.1"], [5, 1, 1], [5, 1, 1], [4, 1, 0]),
        (0, [3, 4], [0, 0], [0, 0], [0, 0]),
        # Webster may stray from the exact share by more than a unit; the others never do.
        (20, [100, 2, 2, 2, 2, 2, 2], [18, 1, 1, 0, 0, 0, 0], [20, 0, 0, 0, 0, 0, 0], [17, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_the_three_methods_by_hand(
    amount: int, weights: list[object], hamilton: list[int], webster: list[int], kept: list[int]
) -> None:
    assert units(amount, weights) == hamilton
    assert units(amount, weights, "webster") == webster
    assert units(amount, weights, "keep_remainder") == kept


def test_the_key_decides_between_equals_and_the_order_of_rows_never() -> None:
    assert units(10, [1, 1, 1], keys=["c", "b", "a"]) == [3, 3, 4]
    assert units(10, [1, 1, 1], "webster", keys=["10", "9", "2"]) == [4, 3, 3], "keys are texts, by code point"
    for method in ("largest_remainder", "webster", "keep_remainder"):
        found = set()
        for turned in itertools.permutations([("a", 5), ("b", 3), ("c", 3), ("d", 1)]):
            keys, weights = [k for k, _ in turned], [w for _, w in turned]
            found.add(tuple(sorted(zip(keys, units(17, list(weights), method, keys=keys), strict=True))))
        assert len(found) == 1


def test_caps_fill_like_water_and_the_others_share_what_is_freed() -> None:
    assert units(100, [50, 30, 20], caps=[40, 100, 100]) == [40, 36, 24]
    # 60 over 50 and 50 over 30: after the first is full, the second would be above its cap as well.
    assert units(100, [60, 30, 10], caps=[40, 40, 100]) == [40, 40, 20]
    assert units(100, [60, 30, 10], caps=[20, 20, 20]) == [20, 20, 20], "what nobody can take stays"
    assert units(100, [1, 1], "webster", caps=[0, 3]) == [0, 3]
    assert units(13, [1, 1, 1], "webster", caps=[2, 9, 9]) == [2, 6, 5]
    assert units(11, [1, 1, 1], "keep_remainder", caps=[2, 9, 9]) == [2, 4, 4]


def unit_by_unit(amount: int, weights: list[object], keys: list[str], caps: list[int] | None) -> list[int]:
    """Webster's method as it is defined, from the first unit on."""
    found = [0] * len(weights)
    for _ in range(amount):
        free = [i for i in range(len(weights)) if caps is None or found[i] < caps[i]]
        if free:
            worth = {i: Fraction(str(weights[i])) / (2 * found[i] + 1) for i in free}
            found[min(free, key=lambda i: (-worth[i], -Fraction(str(weights[i])), keys[i]))] += 1
    return found


BOX = [(a, list(w)) for a in range(14) for w in itertools.product(range(1, 9, 2), repeat=3)]


@pytest.mark.thorough
def test_webster_is_unit_by_unit_over_a_whole_box() -> None:
    for amount, weights in BOX:
        for caps in (None, [3, 2, 9], [0, 1, 2]):
            assert units(amount, list(weights), "webster", caps) == unit_by_unit(
                amount, list(weights), ["a", "b", "c"], caps
            )
    assert units(10_000, [997, 601, 2], "webster") == unit_by_unit(10_000, [997, 601, 2], ["a", "b", "c"], None)


def test_the_promises_of_each_method_hold_over_a_whole_box() -> None:
    for amount, weights in BOX:
        exact = [Fraction(amount * w, sum(weights)) for w in weights]
        for method in ("largest_remainder", "webster", "keep_remainder"):
            found = units(amount, list(weights), method)
            assert sum(found) == amount or (method == "keep_remainder" and amount - len(weights) < sum(found) <= amount)
            assert all(abs(share - ideal) < 1 for share, ideal in zip(found, exact, strict=True))
            assert [a for _, a in sorted(zip(weights, found, strict=True))] == sorted(found), "more weight, not less"
            if method != "largest_remainder":
                more = units(amount + 1, list(weights), method)
                assert all(a <= b for a, b in zip(found, more, strict=True)), "of a larger pool nobody gets less"


# ── Pools of a scheme ─────────────────────────────────────────────────────────────────────────────

TEAM = [
    {"engineer": "c", "department": "east", "points": 3, "worked": True, "most": 40, "fund": None},
    {"engineer": "a", "department": "east", "points": 1, "worked": True, "most": 1000},
    {"engineer": "b", "department": "east", "points": 2, "worked": False, "most": 1000},
    {"engineer": "d", "department": "west", "points": None, "worked": True, "most": 1000},
]
FUNDS = [{"department": "east", "fund": 100, "ready": True}, {"department": "west", "fund": 50, "ready": False}]


def shares(body: Pool, people: list[dict[str, object]] = TEAM, decimals: int = 2) -> list[Judgement]:
    checked = made(
        inputs=[
            given("engineer", "key", known=True), group_of("department"), given("points"), given("worked", "boolean"),
            given("most"),
        ],
        groups={"department": [given("fund"), given("ready", "boolean")]},
        quantities=[quantity("bonus", body, role=Role.PAY, decimals=decimals, type_="money")],
    )  # fmt: skip
    return judged(checked, people, department=FUNDS)


def paid(body: Pool, **more: object) -> list[object]:
    return values("bonus", shares(body, **more))  # type: ignore[arg-type]


def portion(judgement: Judgement) -> Portion:
    source = next(line.source for line in judgement.trace if line.name == "bonus")
    assert isinstance(source, Pooled)
    return source.portions[0]


def test_a_pool_of_each_group_is_shared_by_its_people() -> None:
    assert paid(pool("fund", "points", each="department")) == [50, "16.67", "33.33", 0]
    assert paid(pool("1000 + 0.004", "1")) == [250] * 4, "the amount is rounded as its line is"
    assert paid(pool("10", "points"), decimals=0) == [5, 2, 3, 0], "exact: 5, 1.67, 3.33, 0"


def test_whoever_takes_no_part_leaves_the_share_to_the_others_or_in_the_pool() -> None:
    assert paid(pool("fund", "points", each="department", among="worked")) == [75, 25, 0, 0]
    kept = shares(pool("fund", "points", each="department", among="worked", left_out="kept"))
    assert values("bonus", kept) == [50, "16.67", 0, 0]
    found = portion(kept[1])
    assert (found.state, found.weight, found.weights, found.remainder) == ("shared", 1, 6, Fraction("33.33"))
    assert portion(kept[2]).state == "left_out"


def test_a_cap_holds_and_frees_money_for_the_others() -> None:
    found = shares(pool("fund", "points", each="department", at_most="most + 0.009"))
    assert values("bonus", found) == [40, 20, 40, 0]
    first, second = portion(found[0]), portion(found[1])
    assert (first.capped, first.exact, first.share) == (True, 40, 40)
    assert (second.left, second.open, second.exact, second.remainder) == (60, 3, 20, 0)


def test_a_condition_of_the_pool_holds_for_the_whole_pool() -> None:
    found = shares(pool("fund", "1", each="departments", when="ready"))
    assert values("bonus", found) == ["33.33", "33.34", "33.33", 0]  # the last cent goes to `a`
    assert [one.states["bonus"] for one in found] == ["paid", "paid", "paid", "condition_not_met"]
    last = portion(found[3])
    assert (last.state, last.amount, last.remainder) == ("condition_not_met", 50, 0)


def test_where_nobody_has_a_share_the_whole_amount_remains_or_is_refused() -> None:
    kept = shares(pool("fund", "points", each="department"))
    assert (portion(kept[3]).state, portion(kept[3]).remainder) == ("nobody", 50)
    zero = shares(pool("fund", "0 * points", each="department"))
    assert [portion(one).remainder for one in zero] == [100, 100, 100, 50]
    refused = shares(pool("fund", "points", each="department", remainder="refuse"))
    assert [[(b.code, b.text, b.level, b.key) for b in one.broken] for one in refused] == [
        [], [], [], [("data-remainder", "bonus", ("department",), "west")],
    ]  # fmt: skip
    thirds = shares(pool("100", "1", cents="keep_remainder", remainder="refuse"), people=TEAM[:3])
    assert [len(one.broken) for one in thirds] == [1, 1, 1], "a cent that stays is a remainder as well"


# ── Shares of rows and of groups ──────────────────────────────────────────────────────────────────


def test_a_person_is_paid_what_the_rows_share_in_each_project() -> None:
    checked = made(
        inputs=[given("engineer", "key", known=True), given("months")],
        groups={"project": [given("worth", "money"), given("accepted", "boolean")]},
        details=[table_of("parts", [given("points")], ["engineer", "project"])],
        quantities=[
            pay("bonus", pool("worth * 2%", "points", each="project", to="parts", when="accepted"))  # type: ignore[arg-type]
        ],
        applies_to="months > 0",
    )
    people = [{"engineer": k, "months": m} for k, m in (("a", 5), ("b", 9), ("c", 0), ("d", 7))]
    projects = [
        {"project": "P1", "worth": 5000, "accepted": True},
        {"project": "P2", "worth": 1000, "accepted": True},
        {"project": "P3", "worth": 9000, "accepted": False},
    ]
    parts = [
        {"engineer": "a", "project": "P1", "points": 1},
        {"engineer": "b", "project": "P1", "points": 2},
        {"engineer": "c", "project": "P1", "points": 97},  # out of scope: takes no part
        {"engineer": "b", "project": "P2", "points": 4},
        {"engineer": "b", "project": "P3", "points": 4},
    ]
    found = judged(checked, people, project=projects, parts=parts)
    assert values("bonus", found) == ["33.33", "86.67", 0, 0]  # 100 over 1 and 2, and 20 alone
    assert [one.states["bonus"] for one in found] == ["paid", "paid", "not_in_scope", "paid"]
    source = next(line.source for line in found[1].trace if line.name == "bonus")
    assert isinstance(source, Pooled)
    assert [(p.among.key, p.row, p.state) for p in source.portions] == [
        ("P1", 1, "shared"), ("P2", 2, "shared"), ("P3", 3, "condition_not_met"),
    ]  # fmt: skip


def test_a_pool_of_the_company_goes_to_departments_and_from_them_to_people() -> None:
    company = pool("1000", "headcount * factor", to="department", cents="webster")
    checked = made(
        inputs=[given("engineer", "key", known=True), group_of("department"), given("points")],
        groups={"department": [given("factor")]},
        quantities=[
            quantity("headcount", "count(over=everyone, within=department)", level="department"),
            quantity("dept_pool", company, level="department", decimals=2, type_="money"),
            pay("bonus", pool("dept_pool", "points", each="department")),  # type: ignore[arg-type]
        ],
    )
    people = [
        {"engineer": "a", "department": "east", "points": 1},
        {"engineer": "b", "department": "east", "points": 3},
        {"engineer": "c", "department": "west", "points": 7},
    ]
    departments = [
        {"department": "east", "factor": 1},
        {"department": "west", "factor": "0.5"},
        {"department": "void", "factor": 9},
    ]
    found = judged(checked, people, department=departments)
    assert values("dept_pool", found) == [800, 800, 200]
    assert values("bonus", found) == [200, 600, 200]


# ── The report of a run ───────────────────────────────────────────────────────────────────────────


def test_the_referee_counts_what_became_of_each_pool() -> None:
    body = pool("fund", "points", each="department", among="worked", left_out="kept", when="fund > 60")
    checked = made(
        inputs=[
            given("engineer", "key", known=True), group_of("department"), given("points"), given("worked", "boolean"),
        ],
        groups={"department": [given("fund"), given("ready", "boolean")]},
        quantities=[quantity("bonus", body, role=Role.PAY, decimals=2, type_="money")],
    )  # fmt: skip
    everybody = PopulationReferee(
        checked, population(checked, TEAM, department=[*FUNDS, {"department": "void", "fund": 70}])
    )
    assert everybody.pools() == (
        PoolOutcome("bonus", "east", Decimal("100.00"), Decimal("66.67"), Decimal("33.33"), 2, "paid"),
        PoolOutcome("bonus", "west", Decimal("50.00"), Decimal("0.00"), Decimal("50.00"), 0, "condition_not_met"),
        PoolOutcome("bonus", "void", Decimal("70.00"), Decimal("0.00"), Decimal("70.00"), 0, "nobody"),
    )


def test_between_equals_the_key_of_the_row_decides_and_then_that_of_its_owner() -> None:
    checked = made(
        inputs=[given("engineer", "key", known=True)],
        details=[
            table_of("cases", [given("case", "key")], key=["case"]), table_of("visits", [given("weight")], ["cases"]),
        ],
        quantities=[pay("bonus", pool("0.02", "weight", to="visits"))],  # type: ignore[arg-type]
    )  # fmt: skip
    people = [{"engineer": "a"}, {"engineer": "b"}, {"engineer": "c"}]
    cases = [{"engineer": "a", "case": "3"}, {"engineer": "b", "case": "10"}, {"engineer": "c", "case": "2"}]
    visits = [{"case": case, "weight": 1} for case in ("3", "10", "2")]
    assert values("bonus", judged(checked, people, cases=cases, visits=visits)) == [0, "0.01", "0.01"]
