"""Property tests of a scheme: people made near its thresholds with Hypothesis, and what is asserted of them.

    from hypothesis import given
    from incentive_rules.testing import assert_better_never_pays_less, populations

    @given(populations("team.yaml", period="2026-Q2"))
    def test_better_work(crowd):
        assert_better_never_pays_less(crowd)

It needs the extra `testing`: `pip install "incentive_rules[testing]"`.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis
except ImportError:
    from ..base.errors import MissingExtra

    _INSTALL = 'pip install "incentive_rules[testing]"'
    raise MissingExtra(f"property tests need hypothesis: {_INSTALL}", _INSTALL) from None

from .assertions import assert_better_never_pays_less, assert_largest_jump, assert_same_facts_same_pay
from .crowds import Crowd, DrawnPerson, ImprovedPair, Twins
from .strategies import improved_pairs, people, periods, populations, teams, twins

__all__ = [
    "Crowd",
    "DrawnPerson",
    "ImprovedPair",
    "Twins",
    "assert_better_never_pays_less",
    "assert_largest_jump",
    "assert_same_facts_same_pay",
    "improved_pairs",
    "people",
    "periods",
    "populations",
    "teams",
    "twins",
]

del _hypothesis
