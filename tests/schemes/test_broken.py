"""A Chinese scheme with one mistake at a time, as people in HR make them, and the whole report that each one gets.

The reports in `broken/<code>.txt` are read by people before they change. For such a reading
`python -m tests.schemes.test_broken` writes them anew.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.document_to_plan import mended
from tests.schemes.broken.mistakes import MISTAKES, Mistake, broken
from tests.schemes.engines import SCHEMES

REPORTS = Path(__file__).with_name("broken")
# Two of its aims have no indicator, which is a hint in every report: here they have one.
SCHEME = (SCHEMES / "service_engineer_2_zh.yaml").read_text("utf-8").replace("衡量指标: []", "衡量指标: [服务满意度]")
NAME = "方案.yaml"

ALL = pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.code)


def report_on(mistake: Mistake, folder: Path) -> ir.Report:
    path = folder / NAME
    path.write_text(broken(SCHEME, mistake), "utf-8")
    return ir.check(path)


def report_file(mistake: Mistake) -> Path:
    return REPORTS / f"{mistake.code}.txt"


@pytest.mark.sampled(2)
@ALL
def test_one_mistake_earns_one_finding_where_it_was_made_in_the_words_that_were_read(
    mistake: Mistake, tmp_path: Path
) -> None:
    """On one of the changed lines; a fault between two places may be marked at the other one."""
    report = report_on(mistake, tmp_path)
    assert [found.code for found in report.diagnostics] == [mistake.code]
    assert f"{report}\n" == report_file(mistake).read_text("utf-8")
    (found,) = report.diagnostics
    before, after = SCHEME.splitlines(), broken(SCHEME, mistake).splitlines()
    changed = {line for line in after if line not in before}
    places = [found.place, *(other.place for other in found.others)]
    assert changed & {place.source.line_text(place.line) for place in places if place is not None}


@pytest.mark.thorough
@pytest.mark.sampled(1)
@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.mechanical], ids=lambda mistake: mistake.code)
def test_what_is_mechanical_mends_itself(mistake: Mistake) -> None:
    text, count = mended(broken(SCHEME, mistake), NAME)
    assert count == 1
    assert ir.check(text=text).ok


def test_there_are_at_least_ten_and_no_report_without_a_mistake() -> None:
    assert len(MISTAKES) >= 10
    assert sorted(REPORTS.glob("*.txt")) == sorted(report_file(mistake) for mistake in MISTAKES)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for one in MISTAKES:
            report_file(one).write_text(f"{report_on(one, Path(folder))}\n", "utf-8")
