"""What is PROVED of the shipped schemes survives crowds at thresholds, pair by pair, through the engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

import incentive_rules as ir
from incentive_rules.testing import (
    Crowd,
    Twins,
    assert_better_never_pays_less,
    assert_same_facts_same_pay,
    populations,
    twins,
)

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
# The first period, and the last one of the year, in which annual lines are due.
PERIODS = {
    "service_engineer_1": ("2026-Q2", "2026-Q4"),
    "service_engineer_2_zh": ("2026-04", "2026-12"),
}
CASES = [pytest.param(name, period, id=f"{name} {period}") for name, periods in PERIODS.items() for period in periods]
PAIRS = {"fast": 200, "ci": 1_000, "nightly": 100_000}
CROWDS = settings(deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def proved(name: str, period: str, promise: str) -> bool:
    """Whether that is the verdict; of the parts that are excepted nothing is said, and nothing is asserted."""
    verdicts = ir.prove(SCHEMES / f"{name}.yaml", period=period).verdicts
    return any(one.promise == promise and one.status is ir.Status.PROVED for one in verdicts)


@pytest.mark.nightly
@pytest.mark.thorough
@pytest.mark.parametrize("name, period", CASES)
def test_better_work_that_is_proved_to_pay(name: str, period: str, pytestconfig: pytest.Config) -> None:
    """As many pairs of worlds as the profile says, none of which pays less; one crowd after the other."""
    if not proved(name, period, "better_never_pays_less"):
        pytest.skip("it is not proved")
    wanted, compared = PAIRS[pytestconfig.getoption("--profile")], 0

    @settings(CROWDS, max_examples=5)
    @given(populations(SCHEMES / f"{name}.yaml", period=period, max_size=3))
    def test(crowd: Crowd) -> None:
        nonlocal compared
        if compared < wanted:
            compared += assert_better_never_pays_less(crowd, stages=False)

    for start in range(wanted):
        if compared >= wanted:
            break
        seed(start)(test)()
    assert compared >= wanted


@pytest.mark.nightly
@pytest.mark.thorough
@pytest.mark.parametrize("name, period", CASES)
def test_twins_of_whom_it_is_proved_that_they_are_paid_alike(
    name: str, period: str, pytestconfig: pytest.Config
) -> None:  # fmt: skip
    if not proved(name, period, "same_facts_same_pay"):
        pytest.skip("it is not proved")
    most = {"fast": 2, "ci": 4, "nightly": 1_000}[pytestconfig.getoption("--profile")]

    @settings(CROWDS, max_examples=most)
    @given(twins(SCHEMES / f"{name}.yaml", period=period))
    def test(pair: Twins) -> None:
        assert_same_facts_same_pay(pair)

    test()
