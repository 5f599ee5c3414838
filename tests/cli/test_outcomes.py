"""Honours and pools as a terminal shows them, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from incentive_rules.base.text import width
from incentive_rules.cli.outcomes import MOST_ROWS, honor_lines, pool_lines
from incentive_rules.model.run import HonorOutcome, PoolOutcome

HONORS = (
    HonorOutcome("star", "华东", 12, 1, ("E012", "E031"), 0),
    HonorOutcome("star", "South", 0, 1, (), 1),
    HonorOutcome("best", "", 1200, 12, tuple(f"E{n:03}" for n in range(12)), 0),
)
_LEFT = Decimal("1234567.89")
POOLS = (
    PoolOutcome("project_bonus", "P1", Decimal("20000.00"), Decimal("20000.00"), Decimal("0.00"), 7, "paid"),
    PoolOutcome("project_bonus", "西部二期", _LEFT, Decimal("0.00"), _LEFT, 0, "nobody"),
    PoolOutcome("project_bonus", "P3", Decimal("0.00"), Decimal("0.00"), Decimal("0.00"), 3, "condition_not_met"),
)
TITLES = {"star": "服务之星", "best": "Employee of the year", "project_bonus": "Project bonus"}


def test_honours_name_who_has_them_and_the_places_that_stay_empty() -> None:
    assert honor_lines(HONORS, TITLES, "en") == [
        "honour                group     eligible  places  empty  chosen",
        "服务之星              华东            12       1      —  E012, E031",
        "服务之星              South            0       1      1  nobody",
        "Employee of the year  everyone     1,200      12      —  E000, E001, E002, E003, E004, E005, E006, E007 (+4)",
    ]


def test_pools_add_up_to_the_last_cent() -> None:
    assert pool_lines(POOLS, TITLES, "zh") == [
        "奖金池         群组      份数          金额       已发          余额",
        "Project bonus  P1           7     20,000.00  20,000.00          0.00",
        "Project bonus  西部二期     0  1,234,567.89       0.00  1,234,567.89  没有人参与分配",
        "Project bonus  P3           3          0.00       0.00          0.00  条件不满足",
        "Project bonus  合计        10  1,254,567.89  20,000.00  1,234,567.89",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_long_lists_are_cut_with_their_count_and_summed_in_full(language: str) -> None:
    lines = pool_lines(POOLS * 10, TITLES, language)
    assert len(lines) == 1 + MOST_ROWS + 2 and "10" in lines[-2] and "12,545,678.90" in lines[-1]
    assert len({width(line) for line in lines if line.endswith("0.00")}) == 1
    assert len(honor_lines(HONORS * 10, TITLES, language)) == 1 + MOST_ROWS + 1


def test_without_honours_and_pools_nothing_is_printed() -> None:
    assert honor_lines((), TITLES, "en") == pool_lines((), TITLES, "zh") == []
