"""The seeded faults: each still stands in the code, and in the nightly profile each is found by the random tests."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.mutations.faults import FAULTS, Fault
from tests.mutations.hunt import ROOT, hunted, row

STAGES = ("checking", "compiling", "engine", "judging", "reading", "recording")


def _named(fault: Fault) -> str:
    return fault.name


@pytest.mark.parametrize("fault", FAULTS, ids=_named)
def test_a_fault_has_one_place_in_the_code_as_it_is_today(fault: Fault) -> None:
    text = (ROOT / "incentive_rules" / fault.file).read_text("utf-8")
    assert text.count(fault.sound) == 1
    assert fault.sound != fault.broken


def test_faults_are_seeded_in_every_stage_that_an_amount_goes_through() -> None:
    stages = Counter(Path(fault.file).parts[0] for fault in FAULTS)
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 30
    assert all(stages[stage] >= 5 for stage in STAGES), stages


@pytest.mark.nightly
@pytest.mark.parametrize("fault", FAULTS, ids=_named)
def test_each_fault_is_found(fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    found = hunted(fault)
    with capsys.disabled():
        print(f"\n{row(found)}")
    assert not found.survived
