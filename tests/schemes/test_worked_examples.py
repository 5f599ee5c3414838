"""113 published and derived cases of other people's incentive rules, each answered by a small scheme of ours.

The schemes stand in `worked/*.md`; inputs and expected values are read from the shared file. Where a source
printed a wrong figure, the file expects what its stated rule gives, and so do we.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import incentive_rules as ir
from tests.schemes.engines import Engines, compiled
from tests.schemes.worked_pages import Answer, Case, read_answers, read_cases, read_elsewhere, row_of, wanted_of

ANSWERS = read_answers()
CLAIMS = [(answer, f"{answer.example}-{number}") for answer in ANSWERS for number in answer.cases]


@cache
def engines_for(text: str, period: str) -> Engines:
    return compiled(text, period)


@pytest.fixture(scope="module")
def cases(shared: Path) -> Mapping[str, Case]:
    return read_cases(shared / "worked_examples.yaml")


@pytest.mark.parametrize("answer, case_id", CLAIMS, ids=[case for _, case in CLAIMS])
def test_a_worked_example(answer: Answer, case_id: str, cases: Mapping[str, Case]) -> None:
    case = cases[case_id]
    period = str(case.inputs[answer.period]) if answer.period else "2015"
    row, details = row_of(answer, case)
    engines = engines_for(answer.text, period)
    wanted = wanted_of(answer, case)
    if "refused" in wanted:
        assert wanted["refused"] in engines.refusals(row, details), answer.title
        return
    values = engines.score(row, details)
    assert {name: values[name] for name in wanted} == {name: as_value(v) for name, v in wanted.items()}, answer.title


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: f"{a.example}-{a.cases[0]}")
def test_a_scheme_of_the_examples_has_no_finding_at_all(answer: Answer) -> None:
    assert [str(d.code) for d in ir.check(text=answer.text).diagnostics] == []


def as_value(said: object) -> Fraction | bool | str | None:
    if said is None or isinstance(said, bool):
        return said
    try:
        return Fraction(str(said))
    except ValueError:
        return str(said)


def test_every_case_is_answered_or_listed_with_its_reason(cases: Mapping[str, Case]) -> None:
    answered = Counter(case for _, case in CLAIMS)
    listed = Counter(f"{one.example}-{number}" for one in read_elsewhere() for number in one.cases)
    assert not {case: n for case, n in (answered + listed).items() if n > 1}, "claimed twice"
    assert set(answered) | set(listed) == set(cases)
    examples = {case.partition("-")[0] for case in cases}
    print(
        f"\nworked examples: {len(answered)} of {len(cases)} cases answered by {len(ANSWERS)} schemes, "
        f"{len(listed)} listed for later; {len(examples)} examples, E01 to E50"
    )
    assert (len(cases), len(answered), len(listed)) == (113, 102, 11)
