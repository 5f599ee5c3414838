"""What every test may ask for: the shared data, and how thorough to be.

    --profile fast|ci|nightly   how many examples Hypothesis tries, and whether `nightly` tests run
    --require-shared            a test that misses the shared data fails instead of being skipped
    --write-docs                what examples print, or what data slips are told, is written into the pages
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from incentive_rules.engine.columns import cells
from tests.shared_data import ABSENT, shared_folder

# Derandomized, a failure on one machine is a failure on all; only the nightly run looks for new cases.
PROFILES = {
    "fast": {"max_examples": 5, "derandomize": True},
    "ci": {"max_examples": 100, "derandomize": True},
    "nightly": {"max_examples": 5_000, "print_blob": True},
}
collect_ignore_glob = ["*.yaml"]  # schemes that tests use; our own plugin would take each for tests of its own
CASES = 2  # of each test with the fast profile, which is to take no longer as the tables of cases grow

for name, options in PROFILES.items():
    settings.register_profile(name, deadline=None, suppress_health_check=[HealthCheck.too_slow], **options)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("incentive_rules")
    group.addoption("--require-shared", action="store_true", help="fail where the shared data are missing")
    group.addoption("--write-docs", action="store_true", help="write into the pages what is printed or told now")
    group.addoption(
        "--profile",
        choices=tuple(PROFILES),
        default=os.environ.get("INCENTIVE_RULES_PROFILE", "fast"),
        help="fast (default), ci or nightly; also INCENTIVE_RULES_PROFILE",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(config.getoption("--profile"))
    cells.bounds_are_checked = True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = {"fast": ("nightly", "thorough"), "ci": ("nightly",), "nightly": ()}[config.getoption("--profile")]
    if config.getoption("--write-docs"):  # all pages are written, whatever the profile
        left_out = ("nightly",)
    later = [item for item in items if any(item.get_closest_marker(mark) for mark in left_out)]
    if "thorough" in left_out:
        later += unsampled(items)
    if later:
        config.hook.pytest_deselected(items=later)
        items[:] = [item for item in items if item not in set(later)]
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


def unsampled(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of the cases of each test all but CASES, evenly spread; the mark `sampled` says another number."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return [case for of in cases.values() for i, case in enumerate(of) if not _is_sampled(case, i, len(of))]


def _is_sampled(case: pytest.Item, place: int, count: int) -> bool:
    mark = case.get_closest_marker("sampled")
    most = CASES if mark is None else mark.args[0]
    return place * most % count < most


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published data and attack files beside the checkout; the test is skipped without it."""
    folder = shared_folder()
    if folder is None:
        pytest.skip(ABSENT)
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """Under `--require-shared`, turn a skip for want of the shared data into a failure."""
    report = yield
    if report.skipped and ABSENT in str(report.longrepr) and item.config.getoption("--require-shared"):
        report.outcome, report.longrepr = "failed", f"{ABSENT}, and --require-shared was given"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", ()) if ABSENT in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests were skipped: {ABSENT} (see CONTRIBUTING.md)")
