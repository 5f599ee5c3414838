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
from incentive_rules.model.exact_values import as_constant
from incentive_rules.model.terms import Constant
from tests.schemes.engines import Engines, compiled
from tests.schemes.worked_pages import (
    Answer,
    Case,
    read_answers,
    read_cases,
    read_elsewhere,
    row_of,
    rows_of,
    wanted_of,
    wanted_of_each,
)

ANY_YEAR = "2015"
FIRST_YEAR = "2013"  # of every scheme of the pages: nothing came before it
ANSWERS = read_answers()
CLAIMS = [(answer, f"{answer.example}-{number}") for answer in ANSWERS for number in answer.cases]


@cache
def engines_for(text: str, period: str) -> Engines:
    return compiled(text, period)


@pytest.fixture(scope="module")
def cases(shared: Path) -> Mapping[str, Case]:
    return read_cases(shared / "worked_examples.yaml")


@pytest.mark.parametrize("answer, case_id", CLAIMS, ids=[case for _, case in CLAIMS])
def test_a_worked_example(answer: Answer, case_id: str, cases: Mapping[str, Case], tmp_path: Path) -> None:
    case = cases[case_id]
    if answer.together:
        check_together(answer, case, tmp_path)
        return
    period = str(case.inputs[answer.period]) if answer.period else ANY_YEAR
    row, details = row_of(answer, case)
    engines = engines_for(answer.text, period)
    wanted = wanted_of(answer, case)
    if "refused" in wanted:
        assert wanted["refused"] in engines.refusals(row, details), answer.title
        return
    values = engines.score(row, details)
    assert {name: values[name] for name in wanted} == {name: as_value(v) for name, v in wanted.items()}, answer.title


def check_together(answer: Answer, case: Case, records: Path) -> None:
    """Several people at once, or one person in several periods, each of which finds the record of the one before."""
    found: dict[str, Mapping[str, Constant]] = {}
    for number, rows in enumerate(rows_of(answer, case)):
        period = str(int(FIRST_YEAR) + number)
        engines = engines_for(answer.text, period)
        run = engines.run(engines.pipeline.people(rows, history=[records] if number else []))
        assert run.summary.paid == len(rows)
        run.save(records / period)
        for result in run.results:
            key = str(number + 1) if answer.periods else result.key
            found[key] = {n: as_constant(value) for n, value in result.items() if not isinstance(value, tuple)}
    for which, wanted in wanted_of_each(answer, case).items():
        for key in found if which == "*" else (which,):
            assert {name: found[key][name] for name in wanted} == {n: as_value(v) for n, v in wanted.items()}, key


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
        f"{len(listed)} listed with the reason; {len(examples)} examples, E01 to E50"
    )
    assert (len(cases), len(answered), len(listed)) == (113, 111, 2)
