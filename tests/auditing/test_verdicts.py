"""Verdicts at their edges: which end of an interval may touch the limit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from incentive_rules.auditing.report import AuditVerdict
from incentive_rules.auditing.verdicts import around_zero, at_least, at_most

INSIDE, OUTSIDE, INCONCLUSIVE = AuditVerdict.INSIDE, AuditVerdict.OUTSIDE, AuditVerdict.INCONCLUSIVE
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    "ends, verdict",
    [
        ((-0.49, 0.49), INSIDE), ((-0.5, 0.1), INCONCLUSIVE), ((-0.1, 0.5), INCONCLUSIVE), ((0.5, 0.6), OUTSIDE),
        ((-0.6, -0.5), OUTSIDE), ((0.49, 0.6), INCONCLUSIVE), ((-0.6, -0.49), INCONCLUSIVE),
        ((-1.0, 1.0), INCONCLUSIVE), (None, INCONCLUSIVE),
    ],
)  # fmt: skip
def test_a_gap_is_outside_from_the_limit_on(ends: tuple[float, float] | None, verdict: AuditVerdict) -> None:
    """A difference of at least 5% is what article 10 of the Directive speaks of."""
    assert around_zero(ends, HALF) is verdict
    assert around_zero(ends, None) is None


@pytest.mark.parametrize(
    "ends, verdict",
    [((0.5, 0.9), INSIDE), ((0.1, 0.5), INCONCLUSIVE), ((0.1, 0.49), OUTSIDE), ((0.49, 0.9), INCONCLUSIVE)],
)  # fmt: skip
def test_a_ratio_is_inside_from_the_limit_on(ends: tuple[float, float], verdict: AuditVerdict) -> None:
    """Less than four fifths is what the rule speaks of."""
    assert at_least(ends, HALF) is verdict
    assert at_least(ends, None) is None


@pytest.mark.parametrize(
    "ends, verdict",
    [((0.1, 0.5), INSIDE), ((0.5, 0.9), INCONCLUSIVE), ((0.51, 0.9), OUTSIDE), ((0.1, 0.51), INCONCLUSIVE)],
)  # fmt: skip
def test_a_share_is_inside_up_to_the_limit(ends: tuple[float, float], verdict: AuditVerdict) -> None:
    assert at_most(ends, HALF) is verdict
    assert at_most(ends, None) is None


def test_without_an_interval_nobody_can_tell() -> None:
    assert at_least(None, HALF) is at_most(None, HALF) is INCONCLUSIVE
