"""What is published, worked out a third time: examples of the shipped schemes, of the pages, of other people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.schemes.worked_pages import (
    Answer,
    Case,
    read_answers,
    read_cases,
    row_of,
    rows_of,
    wanted_of,
    wanted_of_each,
)
from tests.third.examples import failing, means
from tests.third.judge import judged

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = sorted((ROOT / "schemes").glob("*.yaml"))
BLOCK = re.compile(r"^```yaml file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN_TO_FAIL = ("changed.yaml",)
PAGES = [
    (f"{page.name}:{name}", text)
    for page in sorted(ROOT.glob("docs/*/*.md"))
    for name, text in BLOCK.findall(page.read_text(encoding="utf-8"))
    if re.search(r"^(examples|算例):", text, re.MULTILINE) and name.endswith(".yaml") and name not in SHOWN_TO_FAIL
]


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_the_examples_of_a_shipped_scheme(path: Path) -> None:
    assert list(failing(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("text", [text for _, text in PAGES], ids=[name for name, _ in PAGES])
def test_the_examples_on_the_pages(text: str) -> None:
    assert list(failing(text)) == []


# ── Worked examples of other people ───────────────────────────────────────────────────────────────

CLAIMS = [(answer, f"{answer.example}-{number}") for answer in read_answers() for number in answer.cases]


@pytest.fixture(scope="module")
def cases(shared: Path) -> Mapping[str, Case]:
    return read_cases(shared / "worked_examples.yaml")


@pytest.mark.parametrize("answer, case_id", CLAIMS, ids=[case for _, case in CLAIMS])
def test_a_worked_example(answer: Answer, case_id: str, cases: Mapping[str, Case]) -> None:
    compared = 0
    for name, expected, value in worked(answer, cases[case_id]):
        said = "missing" if expected is None else str(expected).lower() if isinstance(expected, bool) else str(expected)
        assert means(said, value), (name, expected, value)
        compared += 1
    assert compared


def worked(answer: Answer, case: Case) -> Iterator[tuple[str, object, object]]:
    """Each name that a case expects something of, what it expects, and what a third comes to."""
    if answer.together:
        found: dict[str, Mapping[str, object]] = {}
        history: list[tuple[str, Mapping[str, Mapping[str, object]]]] = []
        for number, rows in enumerate(rows_of(answer, case)):
            period = str(2013 + number)
            people = judged(answer.text, period, {"": rows}, history).people
            history.append((period, people))
            found |= {str(number + 1) if answer.periods else key: values for key, values in people.items()}
        for which, wanted in wanted_of_each(answer, case).items():
            for key in found if which == "*" else (which,):
                yield from ((name, expected, found[key][name]) for name, expected in wanted.items())
        return
    row, details = row_of(answer, case)
    period = str(case.inputs[answer.period]) if answer.period else "2015"
    third = judged(answer.text, period, {"": [{answer.key: case.id, **row}], **_owned(answer, case, details)})
    for name, expected in wanted_of(answer, case).items():
        if name == "refused":
            yield name, True, case.id in third.refused
        else:
            yield name, expected, third.people[case.id][name]


def _owned(
    answer: Answer, case: Case, details: Mapping[str, list[dict[str, object]]]
) -> dict[str, list[dict[str, object]]]:
    return {name: [{answer.key: case.id, **row} for row in rows] for name, rows in details.items()}


# ── The drafts with which the language began ──────────────────────────────────────────────────────


def test_the_smallest_draft_pays_what_its_page_says(shared: Path) -> None:
    text = (shared / "drafts" / "smallest.yaml").read_text(encoding="utf-8")
    row = {"engineer": "G001", "jobs": "100", "on_time": "90", "complaints": "0"}
    [values] = judged(text, "2026-03", {"": [row]}).people.values()
    assert (values["on_time_rate"], values["complaint_count"], values["total"], values["bonus"]) == (80, 100, 88, 2640)


def test_the_examples_of_the_chinese_draft(shared: Path) -> None:
    text = (shared / "drafts" / "service_engineer_2_zh.yaml").read_text(encoding="utf-8")
    assert list(failing(text)) == []
