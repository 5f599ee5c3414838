"""A national pay-for-performance programme, reproduced to the last published digit.

The measure files of the programme's fiscal year 2024 go in: 2,474 hospitals, 21 measures. The points in those files and
the file of totals are the answer. Nothing is compared approximately.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml
from attrs import frozen

import incentive_rules as ir
from incentive_rules.base.numbers import Rounding, rounded
from incentive_rules.model.data import DataTable
from incentive_rules.model.result import Result
from incentive_rules.reading.sources.files import read_file
from tests.schemes.engines import SCHEMES, Engines, as_fraction

SCHEME = SCHEMES / "hvbp_fy2024.yaml"
MEASURE_FILES = ("clinical_outcomes", "safety", "efficiency_and_cost_reduction", "person_and_community_engagement")
TOTALS_FILE = "tps"
HOSPITALS, MEASURES = 2_474, 21

Cells = Mapping[str, str]

DOMAINS = {
    "clinical": "Unweighted Normalized Clinical Outcomes Domain Score",
    "engagement": "Unweighted Person And Community Engagement Domain Score",
    "safety": "Unweighted Normalized Safety Domain Score",
    "efficiency": "Unweighted Normalized Efficiency And Cost Reduction Domain Score",
}
SURVEY = {"hcahps_base": "Hcahps Base Score", "consistency": "Hcahps Consistency Score"}


@frozen
class Member:
    """One measure: its name in the scheme, its heading in the files, and what the scheme says of it."""

    name: str
    heading: str
    constants: Mapping[str, str]
    survey: bool

    def column(self, what: str) -> str:
        return f"{self.heading} {what}"


@cache
def members() -> tuple[Member, ...]:
    # BaseLoader keeps every text as it was written.
    families = yaml.load(SCHEME.read_text("utf-8"), Loader=yaml.BaseLoader)["repeat"]
    return tuple(
        Member(name, constants["label"], constants, family == "dimensions")
        for family, block in families.items()
        for name, constants in block["members"].items()
    )


def published(text: str) -> Fraction | None:
    """A published cell: `7 out of 10`, `53.50%`, `38.333333333333`, `Not Available`."""
    if text == "Not Available":
        return None
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text.partition(" out of ")[0])


def cells_of(folder: Path, file: str) -> dict[str, Cells]:
    with gzip.open(folder / f"hvbp_{file}.csv.gz", "rt", encoding="utf-8", newline="") as opened:
        return {row["Facility ID"]: row for row in csv.DictReader(opened)}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "cms_hvbp_fy2024"


@pytest.fixture(scope="module")
def tables(folder: Path) -> list[DataTable]:
    read = [read_file(folder / f"hvbp_{file}.csv.gz") for file in MEASURE_FILES]
    assert all(table is not None and not problems for table, problems in read)
    return [table for table, _ in read if table is not None]


@pytest.fixture(scope="module")
def answers(folder: Path) -> dict[str, dict[str, str]]:
    """What was published for each hospital, points and totals together."""
    together: dict[str, dict[str, str]] = {}
    for file in (*MEASURE_FILES, TOTALS_FILE):
        for hospital, cells in cells_of(folder, file).items():
            together.setdefault(hospital, {}).update(cells)
    return together


@pytest.fixture(scope="module")
def pipeline() -> ir.Pipeline:
    return ir.compile(SCHEME, period="2024")


@pytest.fixture(scope="module")
def results(pipeline: ir.Pipeline, tables: list[DataTable]) -> dict[str, Result]:
    run = pipeline.run(tables)
    assert (run.summary.read, run.summary.paid, run.summary.quarantined) == (HOSPITALS, HOSPITALS, 0)
    return {result.key: result for result in run.results}


@pytest.mark.thorough
def test_thresholds_benchmarks_and_floors_are_those_of_every_row(answers: Mapping[str, Cells]) -> None:
    """So they may stand in the scheme as constants, and a divisor made of them is proved not to be 0."""
    headings = {"threshold": "Achievement Threshold", "benchmark": "Benchmark", "floor_rate": "Floor"}
    compared = 0
    for member in members():
        for constant, heading in headings.items():
            if constant in member.constants:
                in_files = {published(cells[member.column(heading)]) for cells in answers.values()}
                assert in_files == {published(member.constants[constant])}, member
                compared += 1
    assert compared == 2 * MEASURES + 8


@pytest.mark.thorough
def test_the_scheme_has_no_finding_and_passes_its_examples() -> None:
    assert str(ir.check(SCHEME).diagnostics) == "()"
    assert ir.test(SCHEME).ok


def compare_scores(results: Mapping[str, Mapping[str, object]], answers: Mapping[str, Cells]) -> Counter[str]:
    """How many achievement, improvement and measure scores there are, published ones apart, and all equal."""
    counts: Counter[str] = Counter()
    for hospital, result in results.items():
        for member in members():
            score = "Dimension Score" if member.survey else "Measure Score"
            columns = {"achievement": "Achievement Points", "improvement": "Improvement Points", "score": score}
            for local, heading in columns.items():
                ours = as_fraction(result[f"{member.name}_{local}"])
                theirs = published(answers[hospital][member.column(heading)])
                assert ours == theirs, (hospital, member.heading, local)
                counts[local] += 1
                counts[f"{local} published"] += theirs is not None
    return counts


def compare_totals(results: Mapping[str, Mapping[str, object]], answers: Mapping[str, Cells]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for hospital, result in results.items():
        for name, column in {**DOMAINS, **SURVEY, "tps": "Total Performance Score"}.items():
            ours, theirs = as_fraction(result[name]), published(answers[hospital][column])
            # The domains keep 15 decimals, for the total's sake; 12 are published.
            shown = None if ours is None else rounded(ours, 12, Rounding.HALF_UP)
            assert shown == theirs, (hospital, name)
            counts[name] += 1
            counts[f"{name} published"] += theirs is not None
    return counts


@pytest.mark.thorough
def test_every_achievement_improvement_and_measure_score(
    results: Mapping[str, Result], answers: Mapping[str, Cells]
) -> None:
    assert compare_scores(results, answers) == {
        "achievement": 51_954, "achievement published": 43_688,
        "improvement": 51_954, "improvement published": 42_870,
        "score": 51_954, "score published": 43_688,
    }  # fmt: skip


@pytest.mark.thorough
def test_every_domain_score_to_12_decimals_and_every_total(
    results: Mapping[str, Result], answers: Mapping[str, Cells]
) -> None:
    counts = compare_totals(results, answers)
    assert {name: counts[name] for name in (*DOMAINS, *SURVEY)} == dict.fromkeys((*DOMAINS, *SURVEY), HOSPITALS)
    assert sum(counts[f"{name} published"] for name in DOMAINS) == 9_459
    assert counts["tps"] == counts["tps published"] == HOSPITALS
    # The total itself has just the 12 published decimals.
    totals = [result["tps"] for result in results.values()]
    assert {total.as_tuple().exponent for total in totals if isinstance(total, Decimal)} == {-12}
    assert all(isinstance(total, Decimal) for total in totals)


def judged(pipeline: ir.Pipeline, tables: list[DataTable], every: int) -> Iterable[str]:
    """The hospitals on which the referee was heard, each agreeing with the scalar engine in every name."""
    people = pipeline.people(tables)
    engines = Engines(pipeline)
    results = {result.key: result for result in pipeline.run(people).results}
    for row in people.rows[::every]:
        engines.agree(results[row.key], row, {})
        yield row.key


@pytest.mark.thorough
def test_the_referee_agrees_on_every_fiftieth_hospital(pipeline: ir.Pipeline, tables: list[DataTable]) -> None:
    assert len(list(judged(pipeline, tables, 50))) == 50


@pytest.mark.nightly
def test_the_referee_agrees_on_every_hospital(pipeline: ir.Pipeline, tables: list[DataTable]) -> None:
    assert len(set(judged(pipeline, tables, 1))) == HOSPITALS


@pytest.mark.thorough
def test_the_order_of_the_rows_and_of_the_files_plays_no_part(
    pipeline: ir.Pipeline, tables: list[DataTable], results: Mapping[str, Result]
) -> None:
    turned = [DataTable(t.name, t.headings, t.rows[::-1], t.lines[::-1]) for t in tables[::-1]]
    assert {result.key: result for result in pipeline.run(turned).results} == results
