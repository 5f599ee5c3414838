"""What is proved of the sound schemes of the battery survives pairs at thresholds, through the engine."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

import incentive_rules as ir
from incentive_rules import testing
from tests.proving.planted import Planted, planted

SOUND = {one.name: one for one in planted("sound") if one.scheme != "it_service_desk"}  # which promises nothing
UNTOUCHED = {
    f"{scheme} {period}": Planted(name=scheme, scheme=scheme, period=period, edit={})
    for scheme, periods in {
        "depot": ("2026-04", "2026-12"), "service_engineer_1": ("2026-Q2", "2026-Q4"),
        "service_engineer_2_zh": ("2026-04", "2026-12"),
    }.items()
    for period in periods
}  # fmt: skip
PROVED = {**UNTOUCHED, **SOUND}
EXAMPLES = {"fast": 1, "ci": 2, "nightly": 70}  # of up to 1,500 worlds each: 100,000 a night


@pytest.mark.nightly
@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")
@pytest.mark.parametrize("name", PROVED)
def test_nobody_does_better_and_is_paid_less(name: str, pytestconfig: pytest.Config) -> None:
    pipeline = ir.compile(text=PROVED[name].text, period=PROVED[name].period)

    @settings(max_examples=EXAMPLES[str(pytestconfig.getoption("--profile"))], deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(testing.populations(pipeline, min_size=2, max_size=4))
    def survives(crowd: testing.Crowd) -> None:
        testing.assert_better_never_pays_less(crowd)

    survives()
