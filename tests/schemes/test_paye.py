"""Income tax and student loans of a whole country's payroll, reproduced to the penny.

The published test cases of six tax years go in, the tax code split into its columns; the deduction that stands beside
each case is the answer. Every case is computed by the engine and by the referee. Nothing is compared approximately.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from tests.schemes import paye_by_hand as hand
from tests.schemes.engines import SCHEMES, Engines, as_fraction

PAYE, STUDENT_LOAN = SCHEMES / "paye_2013_2018.yaml", SCHEMES / "student_loan_2016_2018.yaml"
TAX_CASES, LOAN_CASES = 1_449, 156
PERIOD, LOAN_PERIOD = "2018-04", "2018"  # any would do: each case brings its own tax year

Cells = Mapping[str, str]


def tax_code(code: str) -> dict[str, str]:
    """The columns of a tax code.

    >>> tax_code("SK45")
    {'region': 'scotland', 'letter': 'K', 'number': '45'}
    >>> tax_code("BR")
    {'region': 'uk', 'letter': 'BR', 'number': '0'}
    """
    found = re.fullmatch(r"(S?)(?:([KD])(\d+)|(\d+)([LT])|(BR|NT))", code)
    assert found is not None, code
    scottish, before, its_number, number, after, alone = found.groups()
    region = "scotland" if scottish else "uk"
    return {"region": region, "letter": before or after or alone, "number": its_number or number or "0"}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "hmrc_paye_2013_2018"


def cases_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return [{"case": str(number), **row} for number, row in enumerate(csv.DictReader(opened), start=1)]


@pytest.fixture(scope="module")
def tax_cases(folder: Path) -> list[dict[str, str]]:
    return [{**row, **tax_code(row["tax_code"])} for row in cases_of(folder / "paye_cases.csv")]


@pytest.fixture(scope="module")
def loan_cases(folder: Path) -> list[dict[str, str]]:
    return cases_of(folder / "student_loan_cases.csv")


def misses(pipeline: ir.Pipeline, cases: list[dict[str, str]], line: str, answer: str) -> Iterator[tuple[object, ...]]:
    """The cases in which the pay line is not the published answer."""
    run = pipeline.run(cases)
    assert (run.summary.read, run.summary.paid, run.summary.quarantined) == (len(cases), len(cases), 0)
    for case, result in zip(cases, run.results, strict=True):
        assert result.key == case["case"]
        if as_fraction(result[line]) != Fraction(case[answer]):
            yield case, result[line]


def judged(pipeline: ir.Pipeline, cases: list[dict[str, str]]) -> int:
    """On how many cases the referee was heard, agreeing with the engine in every name."""
    people, engines = pipeline.people(cases), Engines(pipeline)
    for row, result in zip(people.rows, pipeline.run(people).results, strict=True):
        engines.agree(result, row, {})
    return len(people.rows)


@pytest.mark.parametrize("scheme", [PAYE, STUDENT_LOAN], ids=lambda path: str(path.stem))
def test_the_scheme_has_no_finding_and_passes_its_examples(scheme: Path) -> None:
    assert str(ir.check(scheme).diagnostics) == "()"
    assert ir.test(scheme).ok


def test_every_tax_is_the_published_one(tax_cases: list[dict[str, str]]) -> None:
    assert len(tax_cases) == TAX_CASES
    assert list(misses(ir.compile(PAYE, period=PERIOD), tax_cases, "income_tax", "expected_tax")) == []


def test_every_student_loan_deduction_is_the_published_one(loan_cases: list[dict[str, str]]) -> None:
    assert len(loan_cases) == LOAN_CASES
    pipeline = ir.compile(STUDENT_LOAN, period=LOAN_PERIOD)
    assert list(misses(pipeline, loan_cases, "student_loan", "expected_deduction")) == []


@pytest.mark.thorough
def test_the_referee_agrees_on_every_tax(tax_cases: list[dict[str, str]]) -> None:
    assert judged(ir.compile(PAYE, period=PERIOD), tax_cases) == TAX_CASES


def test_the_referee_agrees_on_every_student_loan_deduction(loan_cases: list[dict[str, str]]) -> None:
    assert judged(ir.compile(STUDENT_LOAN, period=LOAN_PERIOD), loan_cases) == LOAN_CASES


def test_the_cases_reach_every_part_of_the_scheme(tax_cases: list[dict[str, str]]) -> None:
    """A part that no case reaches would be right by accident."""
    reached: Counter[str] = Counter()
    for case, result in zip(tax_cases, ir.compile(PAYE, period=PERIOD).run(tax_cases).results, strict=True):
        tax, due = as_fraction(result["income_tax"]), as_fraction(result["due"])
        assert tax is not None and due is not None
        reached.update((case["letter"], case["region"]))
        reached["refund"] += tax < 0
        reached["half the pay"] += tax < due
        reached.update(band for band in ("b1", "b2", "b3", "b4") if result[f"{band}_filled"] is True)
    assert reached == {
        "L": 912, "T": 82, "K": 89, "BR": 126, "D": 196, "NT": 44, "uk": 1_283, "scotland": 166,
        "b1": 652, "b2": 270, "b3": 48, "b4": 22, "refund": 83, "half the pay": 67,
    }  # fmt: skip


@pytest.mark.nightly
def test_the_cases_tell_how_a_step_is_rounded(tax_cases: list[dict[str, str]]) -> None:
    """How many cases go wrong if one step is rounded half up; of the edges of bands, none tells."""
    written = PAYE.read_text("utf-8")
    wrong: dict[str, int] = {}
    for found in re.finditer(r"^( +)(\w+):.*\n(?:\1  .*\n)*?\1  rounding: (?:floor|ceiling)$", written, re.MULTILINE):
        half_up = re.sub(r"\w+$", "half_up", found[0])
        pipeline = ir.compile(text=written.replace(found[0], half_up), period=PERIOD)
        wrong[found[2]] = len(list(misses(pipeline, tax_cases, "income_tax", "expected_tax")))
    assert wrong == {
        "free_by_500": 11, "free_by_rest": 7, "pounds": 458, "band_tax": 175, "half_pay": 6,
        "start": 0, "end": 0, "whole": 1,
    }  # fmt: skip


def test_the_routine_by_hand_gives_every_published_tax_too(tax_cases: list[dict[str, str]]) -> None:
    """So the chains of `test_paye_chain` may be compared with it; the two fortnightly cases are left out."""
    monthly_or_weekly = [case for case in tax_cases if case["frequency"] in ("Monthly", "Weekly")]
    assert len(monthly_or_weekly) == TAX_CASES - 2
    for case in monthly_or_weekly:
        before = Fraction(case["gross_to_date_before"]), Fraction(case["tax_to_date_before"])
        assert hand.tax_of(hand.pay_day(case), *before) == Fraction(case["expected_tax"]), case
