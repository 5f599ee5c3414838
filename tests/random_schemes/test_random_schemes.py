"""Random schemes and companies: the engine, the referee and a third evaluator say the same; no corner stays unmet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.random_schemes.coverage import EXCUSED, cells
from tests.random_schemes.trials import Tally, tried, tried_in_time

pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")  # they have many
CHUNKS = range(8)
SEEDS = {"fast": 2, "ci": 10, "nightly": 1_500}  # schemes of a chunk
MONTHS = {"fast": 1, "ci": 4, "nightly": 200}  # schemes of a chunk that read earlier periods
COVERED = {"ci": 800, "nightly": 4_000}  # schemes that must have met every corner


@pytest.fixture
def profile(pytestconfig: pytest.Config) -> str:
    return str(pytestconfig.getoption("--profile"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("chunk", CHUNKS)
def test_all_that_compute_a_random_company_agree(chunk: int, profile: str) -> None:
    tally = Tally()
    for number in range(SEEDS[profile]):
        tried(chunk * 100_000 + number, tally)
    assert not tally.faults, tally.faults[0]
    assert not tally.unknown, "the third evaluator knows every construct"
    assert tally.schemes >= 0.6 * SEEDS[profile], "of most documents something is left"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("chunk", CHUNKS)
def test_so_they_do_through_three_months(chunk: int, profile: str, tmp_path: Path) -> None:
    tally = Tally()
    for number in range(MONTHS[profile]):
        tried_in_time(chunk * 100_000 + number, tally, tmp_path / str(number))
    assert not tally.faults, tally.faults[0]


@pytest.mark.longest
@pytest.mark.thorough
def test_no_corner_of_the_language_is_left_out(profile: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counted from accepted schemes alone; the table says how often the rarest of each sort was met.

    Where chance has left something out, twice as many schemes again may meet it.
    """
    tally = Tally()
    for number in range(3 * COVERED[profile]):
        if number >= COVERED[profile] and not tally.coverage.empty:
            break
        tried(1_000_000 + number, tally)
        if number % 20 == 0:
            tried_in_time(1_000_000 + number, tally, tmp_path / str(number))
    with capsys.disabled():
        print(f"\n{tally}\n{tally.coverage.table()}")
    assert not tally.faults, tally.faults[0]
    assert tally.coverage.empty == []


def test_what_is_excused_from_being_met_is_a_corner_with_a_reason() -> None:
    assert set(EXCUSED).isdisjoint(cells()) and all(EXCUSED.values())
