"""A national programme that compares hospitals with each other: every flag is the published one.

Six published z scores of 3,129 hospitals go in. Their equal mean, the line that three quarters do not pass, an exempt
state and the flag come out. The published z have 4 decimals, their own total was computed with more: so a total made of
them can be one in the last place away from the published one, and how often it is, is counted here.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.model.data import DataTable
from incentive_rules.model.run import Run
from incentive_rules.reading.sources.files import read_file
from tests.schemes.engines import SCHEMES, Engines, as_fraction

SCHEME = SCHEMES / "hac_fy2024.yaml"
HOSPITALS, WITH_TOTAL = 3_129, 2_972
CUT = Fraction("0.3751")

Cells = Mapping[str, str]


@pytest.fixture(scope="module")
def file(shared: Path) -> Path:
    return shared / "data" / "cms_hac_fy2024" / "FY_2024_HAC_Reduction_Program_Hospital.csv.gz"


@pytest.fixture(scope="module")
def table(file: Path) -> DataTable:
    found, problems = read_file(file)
    assert found is not None
    assert not problems
    return found


@pytest.fixture(scope="module")
def published(file: Path) -> dict[str, Cells]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
        return {row["Facility ID"]: row for row in csv.DictReader(opened)}


@pytest.fixture(scope="module")
def pipeline() -> ir.Pipeline:
    return ir.compile(SCHEME, period="2024")


@pytest.fixture(scope="module")
def run(pipeline: ir.Pipeline, table: DataTable) -> Run:
    return pipeline.run(table)


def test_the_scheme_has_no_finding_and_passes_its_examples() -> None:
    assert str(ir.check(SCHEME).diagnostics) == "()"
    assert ir.test(SCHEME).ok


def test_every_flag_is_the_published_one(run: Run, published: Mapping[str, Cells]) -> None:
    assert (run.summary.read, run.summary.paid, run.summary.quarantined) == (HOSPITALS, HOSPITALS, 0)
    flags = {result.key: result["reduction"] for result in run.results}
    assert flags == {hospital: row["Payment Reduction"] for hospital, row in published.items()}
    assert Counter(flags.values()) == {"No": 2_357, "Yes": 728, "N/A": 44}


def test_every_total_is_within_the_last_place_of_the_published_one(run: Run, published: Mapping[str, Cells]) -> None:
    """Their own z are not rounded: 321 of 2,972 totals (10.8%) differ by 0.0001, and no total by more.

    Were the halves rounded towards plus infinity, it would be 374 (12.6%).
    """
    away: Counter[Fraction | None] = Counter()
    for result in run.results:
        text = published[result.key]["Total HAC Score"]
        ours = as_fraction(result["hac_score"])
        if text == "N/A":
            assert ours is None
            away[None] += 1
        else:
            assert ours is not None
            away[(ours - Fraction(text)) * 10_000] += 1
    assert away == {Fraction(0): 2_651, Fraction(1): 183, Fraction(-1): 138, None: HOSPITALS - WITH_TOTAL}


def test_the_line_is_the_published_one_and_two_hospitals_stand_on_it(run: Run) -> None:
    assert {as_fraction(result["cut"]) for result in run.results} == {CUT}
    assert sum(as_fraction(result["hac_score"]) == CUT for result in run.results) == 2
    assert not any(result["worst_quarter"] for result in run.results if as_fraction(result["hac_score"]) == CUT)


@pytest.mark.thorough
def test_the_referee_agrees_on_every_hospital(pipeline: ir.Pipeline, table: DataTable) -> None:
    assert len(Engines(pipeline).run(pipeline.people(table))) == HOSPITALS


def test_the_order_of_the_rows_plays_no_part(pipeline: ir.Pipeline, table: DataTable, run: Run) -> None:
    turned = DataTable(table.name, table.headings, table.rows[::-1], table.lines[::-1])
    assert {r.key: dict(r) for r in pipeline.run(turned).results} == {r.key: dict(r) for r in run.results}


@pytest.mark.parametrize("method", ["at_least", "linear"])
def test_another_method_flags_two_hospitals_too_many(
    method: str, table: DataTable, published: Mapping[str, Cells]
) -> None:
    text = SCHEME.read_text("utf-8").replace('method="more_than"', f'method="{method}"')
    text = text[: text.index("# 5 ─ Examples")]
    run = ir.compile(text=text, period="2024").run(table)
    wrong = {r.key for r in run.results if r["reduction"] != published[r.key]["Payment Reduction"]}
    assert len(wrong) == 2


def test_without_the_exempt_hospitals_the_line_would_move(table: DataTable) -> None:
    text = SCHEME.read_text("utf-8").replace("over=everyone)", 'over=everyone, where=state != "MD")')
    text = text[: text.index("# 5 ─ Examples")]
    run = ir.compile(text=text, period="2024").run(table)
    assert {as_fraction(result["cut"]) for result in run.results} != {CUT}


WINSORIZED = """\
format: 1
scheme: hac-rates
effective: {first_day: 2024-01-01, last_day: 2024-12-31}
period: year
data: {missing_texts: [N/A]}
repeat:
  measures:
    members:
      psi_90: {rate: PSI 90 Composite Value}
      clabsi: {rate: CLABSI SIR}
      cauti: {rate: CAUTI SIR}
      ssi: {rate: SSI SIR}
      cdi: {rate: CDI SIR}
      mrsa: {rate: MRSA SIR}
    inputs:
      x: {type: number, column: "{rate}", decimals: 4, range: [0, 100], can_be_missing: true}
    quantities:
      low: percentile(x, 5%, method="at_least", over=everyone)
      high: percentile(x, 95%, method="at_least", over=everyone)
      kept: clamp(x, low, high)
      centre: {is: "mean(kept, over=everyone)", decimals: 10}
      spread: {is: "variance(kept, over=everyone)", decimals: 10}
inputs:
  hospital: {type: key, column: Facility ID}
limits: {max_people: 10000}
"""
MEASURES = {
    "psi_90": ("PSI 90 Composite Value", "PSI 90 W Z Score"),
    "clabsi": ("CLABSI SIR", "CLABSI W Z Score"),
    "cauti": ("CAUTI SIR", "CAUTI W Z Score"),
    "ssi": ("SSI SIR", "SSI W Z Score"),
    "cdi": ("CDI SIR", "CDI W Z Score"),
    "mrsa": ("MRSA SIR", "MRSA W Z Score"),
}
RATES = 13_374


@pytest.mark.thorough
def test_the_rates_are_cut_off_where_the_published_z_are(table: DataTable, published: Mapping[str, Cells]) -> None:
    """A rate is at its lower limit just where the published z is the smallest, at its upper where it is the largest.

    Two rates of 13,374 lie between the published limit and ours: some hospitals that count have no published rate.
    Making z itself needs a square root of the variance, which the language does not have yet; here it is checked
    to be within 0.02 of the published z.
    """
    results = ir.compile(text=WINSORIZED, period="2024").run(table).results
    beside: Counter[str] = Counter()
    farthest = 0.0
    for measure, (rate, score) in MEASURES.items():
        known = {key: Fraction(row[score]) for key, row in published.items() if row[rate] != "N/A"}
        smallest, largest = min(known.values()), max(known.values())
        for result in results:
            if result.key not in known:
                continue
            z = known[result.key]
            kept, low, high, centre, spread = (as_fraction(result[f"{measure}_{name}"]) for name in NAMES)
            assert kept is not None
            assert centre is not None
            assert spread is not None
            beside["low"] += (kept == low) is (z == smallest)
            beside["high"] += (kept == high) is (z == largest)
            farthest = max(farthest, abs(float(kept - centre) / float(spread) ** 0.5 - float(z)))
    assert beside == {"low": RATES, "high": RATES - 2}
    assert 0.006 < farthest < 0.02


NAMES = ("kept", "low", "high", "centre", "spread")
