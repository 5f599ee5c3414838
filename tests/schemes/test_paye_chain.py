"""Pay days in a row, each finding what the record of the one before says: carried state and dated values.

The scheme is the published one; the tax year, which its cases bring as a column, is here a dated number of the scheme,
so that each period is taxed by the year that it begins in. Published cases that follow each other make chains of up to
twelve; random pay over two tax years is compared with a loop written by hand (`paye_by_hand`).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

import incentive_rules as ir
from incentive_rules.model.run import Run
from tests.schemes import paye_by_hand as hand
from tests.schemes.engines import as_fraction
from tests.schemes.test_paye import PAYE, cases_of, tax_code

PEOPLE = 40
COLUMN = "  tax_year: {type: integer, range: [2013, 2018]}\n"
DATED = """\
parameters:
  tax_year:
    dated: {2013-04-06: 2013, 2014-04-06: 2014, 2015-04-06: 2015, 2016-04-06: 2016, 2017-04-06: 2017, 2018-04-06: 2018}
"""
BEFORE = {"gross_before": "gross_to_date_before", "tax_before": "tax_to_date_before"}

Cells = Mapping[str, object]
Chain = list[dict[str, str]]


@cache
def dated_scheme() -> str:
    """The published scheme with its tax year by date, its examples left out: they bring a tax year."""
    text = PAYE.read_text("utf-8")
    assert COLUMN in text
    return text[: text.index("# 6 ─ Examples")].replace(COLUMN, "") + DATED


@cache
def pipeline_of(period: str) -> ir.Pipeline:
    with pytest.warns(ir.SchemeWarning, match="table-unreachable"):  # in one tax year the rows of the others
        return ir.compile(text=dated_scheme(), period=period)


def month(tax_year: int, number: int) -> str:
    """The tax month as a period: `month(2013, 1)` is 2013-04, which begins on 6 April."""
    years, months = divmod(number + 2, 12)
    return f"{tax_year + years}-{months + 1:02}"


def in_a_row(steps: Mapping[str, Sequence[Cells]], folder: Path) -> dict[str, Run]:
    """Each period run and recorded; it finds the records of those before it, and nothing else is handed over."""
    runs: dict[str, Run] = {}
    for period, rows in steps.items():
        run = pipeline_of(period).run(rows, history=[folder] if runs else [])
        assert run.summary.paid == len(rows)
        run.save(folder / period)
        runs[period] = run
    return runs


# ── Published cases that follow each other ───────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def chains(shared: Path) -> list[Chain]:
    """Cases whose amounts to date are those that the case before them leaves, from the first to the last."""
    cases = cases_of(shared / "data" / "hmrc_paye_2013_2018" / "paye_cases.csv")
    at = defaultdict(list)
    for case in cases:
        at[_state(case, int(case["period"]), case["gross_to_date_before"], case["tax_to_date_before"])].append(case)
    follows: dict[str, dict[str, str]] = {}
    followers = set()
    for case in cases:
        gross = Fraction(case["gross_to_date_before"]) + Fraction(case["gross"])
        tax = Fraction(case["tax_to_date_before"]) + Fraction(case["expected_tax"])
        later = at.get(_state(case, int(case["period"]) + 1, gross, tax), [])
        if later:
            follows[case["case"]] = later[0]
            followers.add(later[0]["case"])
    found = []
    for case in cases:
        if case["case"] in follows and case["case"] not in followers:
            chain = [case]
            while chain[-1]["case"] in follows:
                chain.append(follows[chain[-1]["case"]])
            found.append(chain)
    return found


def _state(case: Mapping[str, str], period: int, gross: str | Fraction, tax: str | Fraction) -> tuple[object, ...]:
    return case["tax_year"], case["frequency"], case["tax_code"], case["basis"], period, Fraction(gross), Fraction(tax)


def columns(case: Mapping[str, str], first: bool) -> dict[str, object]:
    """The row of one case; what came before it stands in the first of a chain only."""
    row = {**case, **tax_code(case["tax_code"])}
    left_out = {"tax_year", "tax_code", "expected_tax", *(() if first else BEFORE.values())}
    return {name: value for name, value in row.items() if name not in left_out}


FIGURES = {  # tax year → chains, those of a whole year, and cases
    2013: (29, 5, 141),
    2014: (28, 4, 129),
    2015: (36, 3, 143),
    2016: (36, 3, 143),
    2017: (40, 3, 167),
    2018: (12, 0, 52),
}
WHEN = {2018: (), 2013: pytest.mark.thorough}  # the other years: nightly


def test_published_cases_make_chains(chains: list[Chain]) -> None:
    found = {year: [chain for chain in chains if chain[0]["tax_year"] == str(year)] for year in FIGURES}
    counted = {y: (len(c), sum(len(x) == 12 for x in c), sum(map(len, c))) for y, c in found.items()}
    assert counted == FIGURES
    assert [sum(column) for column in zip(*FIGURES.values(), strict=True)] == [181, 18, 775]


@pytest.mark.parametrize(
    "year", [pytest.param(y, marks=WHEN.get(y, pytest.mark.nightly)) for y in FIGURES]
)
def test_published_cases_that_follow_each_other(year: int, chains: list[Chain], tmp_path: Path) -> None:
    """Only the first case of each chain brings what was paid and taxed before it."""
    theirs = {f"chain {n}": chain for n, chain in enumerate(chains) if chain[0]["tax_year"] == str(year)}
    steps = {
        month(year, step + 1): [
            {**columns(chain[step], step == 0), "case": key} for key, chain in theirs.items() if step < len(chain)
        ]
        for step in range(max(map(len, theirs.values())))
    }
    for step, run in enumerate(in_a_row(steps, tmp_path).values()):
        for result in run.results:
            case = theirs[result.key][step]
            assert as_fraction(result["income_tax"]) == Fraction(case["expected_tax"]), (result.key, case)


# ── Random pay, beside a loop by hand ────────────────────────────────────────────────────────────


def random_days(seed: int, first_year: int) -> list[hand.PayDay]:
    """Two tax years of one person: pay that comes and goes, tax codes that change, a basis that changes once."""
    chance = random.Random(seed)
    usual, letter, number = chance.randrange(0, 900_000), chance.choice("LLLTK"), chance.choice((45, 944, 1100, 1185))
    region = "uk"
    days = []
    for year in (first_year, first_year + 1):
        cumulative_from = chance.choice((1, 1, 1, 4))
        if year >= 2016 and chance.random() < 0.5:
            region = "scotland"
        for number_of_month in range(1, 13):
            if chance.random() < 0.1:
                letter, number = chance.choice((("L", 944), ("K", 320), ("BR", 0), ("D", 0), ("NT", 0), ("T", 0)))
            pence = chance.choice((usual, usual, usual, 0, usual * 3, chance.randrange(0, 5_000_000)))
            basis = number_of_month >= cumulative_from
            gross = Fraction(pence, 100)
            days.append(hand.PayDay(year, number_of_month, region, letter, number, basis, gross))
    return days


def cells_of(key: str, day: hand.PayDay, before: Cells = MappingProxyType({})) -> Cells:
    return {
        **before,
        "case": key, "frequency": "Monthly", "tax_period": day.tax_period, "region": day.region, "letter": day.letter,
        "number": day.number, "cumulative": day.cumulative, "gross": day.gross,
    }  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("first_year", [2013, 2017])
def test_random_pay_over_two_tax_years_is_that_of_a_loop_by_hand(first_year: int, tmp_path: Path) -> None:
    """The second tax year has other bands than the first, and begins with nothing.

    With the first month of the scheme itself nothing came before, and `first` says so; whoever takes the scheme over
    later brings what was paid before, once.
    """
    people = {f"P{n:02}": random_days(first_year * 1_000 + n, first_year) for n in range(PEOPLE)}
    wanted = {key: hand.in_a_row(days) for key, days in people.items()}
    periods = [month(first_year + step // 12, step % 12 + 1) for step in range(24)]
    began = {} if first_year == 2013 else dict.fromkeys(BEFORE, 0)
    steps = {
        period: [cells_of(key, days[n], began if n == 0 else {}) for key, days in people.items()]
        for n, period in enumerate(periods)
    }
    for n, (period, run) in enumerate(in_a_row(steps, tmp_path / "records").items()):
        for result in run.results:
            taxed = wanted[result.key][n]
            found = hand.Taxed(*(as_fraction(result[name]) or Fraction(0) for name in NAMES))
            assert found == taxed, (result.key, period)


NAMES = ("gross_earlier", "tax_earlier", "income_tax", "gross_to_date", "tax_to_date")


def test_a_period_without_the_record_before_it_is_refused(tmp_path: Path) -> None:
    """The tax of June cannot be known without the record of May: a hole is not a beginning."""
    days = random_days(1, 2013)[:3]
    april, june = month(2013, 1), month(2013, 3)
    in_a_row({april: [cells_of("P", days[0])]}, tmp_path)
    with pytest.raises(ir.DataError) as refused:
        pipeline_of(june).run([cells_of("P", days[2])], history=[tmp_path])
    assert {problem.code for problem in refused.value.problems} == {"history-gap"}
