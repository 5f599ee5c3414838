"""Every number in a formula is shown where it comes from, or counted among those that are not shown.

All schemes that come with the project are explained, and the three drafts: for the people of their data and of their
examples. Each explanation is read again as text, as its reader has it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules import example_runs
from incentive_rules.cli.people import people_in
from incentive_rules.explaining.explain import explain
from incentive_rules.model.checked import Checked
from incentive_rules.model.trace import Trace

SCHEMES = Path(__file__).parents[2] / "schemes"
SHIPPED = sorted(path.name for path in SCHEMES.glob("*.yaml"))
DRAFTS = ["smallest.yaml", "service_engineer_1.yaml", "service_engineer_2_zh.yaml"]

MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\b\d\d:\d\d\b")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:/\d+)?%?(?!\w)", re.ASCII)
QUOTED = re.compile(r'"[^"]*"')
PLACE = re.compile(r"  +(?:\S+[,，] ?)?(?:line \d+|第 \d+ 行)$")


def numbers_in(text: str) -> set[Fraction | str]:
    """The numbers of a text, 95% as 0.95, and its days and times."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", QUOTED.sub("", text))
    found: set[Fraction | str] = set(MOMENT.findall(text))
    for written in NUMBER.findall(MOMENT.sub(" ", text)):
        value = Fraction(written.rstrip("%"))
        found.add(value / 100 if written.endswith("%") else value)
    return found


def literals_of(checked: Checked) -> set[Fraction | str]:
    """The numbers that the scheme itself says: where there is no line with names, and in its tables."""
    return numbers_in(checked.scheme.place.source.text)


def from_nowhere(text: str, literals: set[Fraction | str]) -> list[str]:
    """The equations of an explanation in which a number stands that is shown nowhere."""
    lines = [PLACE.sub("", line).lstrip("│├└ ") for line in text.splitlines()]
    shown: set[Fraction | str] = set().union(*(numbers_in(line) for line in lines if not line.startswith("= ")))
    results = [numbers_in(line.rpartition("= ")[2]) if line.startswith("= ") else set() for line in lines]
    wrong = []
    for i, (before, line, after) in enumerate(zip(["", *lines], lines, [*lines[1:], ""], strict=False)):
        names = line.startswith("= ") and not before.startswith("= ") and after.startswith("= ") and "  " not in after
        if line.startswith("= ") and not names and "  " not in line:
            reckoned = line[2:].rpartition(" = ")[0] or line[2:]
            said = numbers_in(before) if before.startswith("= ") else literals
            unknown = numbers_in(reckoned) - shown.union(said, *results[:i], *results[i + 1 :])
            if unknown:
                wrong.append(f"{line}: {', '.join(map(str, unknown))}")
    return wrong


def check(checked: Checked, trace: Trace, language: str) -> int:
    """Both explanations of a trace, the short one and that of every name."""
    if not trace:
        return 0
    literals = literals_of(checked)
    everything = list(dict.fromkeys(line.name for line in trace))
    for names in (None, everything):
        text = str(explain(checked, trace, names, language))
        wrong = from_nowhere(text, literals)
        assert not wrong
    return 1


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every judgement of an example is explained, whatever came out; the list has one entry for each."""
    found: list[int] = []
    judged = example_runs._judged

    def explained(example, checked, result, judgement, language):  # type: ignore[no-untyped-def]
        found.append(check(checked, judgement.trace, "en" if len(found) % 2 else "zh"))
        return judged(example, checked, result, judgement, language)

    monkeypatch.setattr(example_runs, "_judged", explained)
    return found


LARGE = ("service_engineer_1.yaml", "service_engineer_2_zh.yaml", "hvbp_fy2024.yaml")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.thorough if name in LARGE else ()) for name in SHIPPED]
)
def test_in_the_examples_of_the_shipped_schemes(name: str, heard: list[int]) -> None:
    ir.test(SCHEMES / name)
    assert heard


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", DRAFTS)
def test_in_the_examples_of_the_drafts(name: str, heard: list[int], shared: Path) -> None:
    ir.test(shared / "drafts" / name)
    assert heard or name in ("smallest.yaml", "service_engineer_1.yaml")  # examples of one person in a department


@pytest.mark.thorough
@pytest.mark.parametrize(
    "name, folder, period",
    [
        ("service_engineer_1.yaml", "service_engineer_1/2026-Q1", "2026-Q1"),
        ("service_engineer_2_zh.yaml", "service_engineer_2_zh/2026-01", "2026-01"),
    ],
)
def test_in_the_sample_data(name: str, folder: str, period: str) -> None:
    pipeline = ir.compile(SCHEMES / name, period=period)
    people, _ = people_in(pipeline, [str(SCHEMES / "data" / folder)], (), "utf-8", "en")
    assert people is not None
    hearing = pipeline.hearing(people, pipeline.compute(people))
    explained = sum(check(pipeline.checked, hearing.judge(row).trace, "en") for row in people.rows[::9])
    assert explained >= 5
