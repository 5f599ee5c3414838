"""What is drawn keeps the premises of its scheme, is paid, stands at thresholds, and prints as an example would."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.testing import (
    Crowd,
    DrawnPerson,
    ImprovedPair,
    Twins,
    improved_pairs,
    people,
    periods,
    populations,
    teams,
    twins,
)
from tests.testing.planted import SOUND

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
QUICK = settings(deadline=None, database=None, derandomize=True, max_examples=10, phases=[Phase.generate],
                 suppress_health_check=[HealthCheck.too_slow])  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drawn") / "sound.yaml"
    path.write_text(SOUND, "utf-8")
    return path


def drawn(strategy: st.SearchStrategy[object], check: Callable[..., None], count: int = 10) -> None:
    """Hold what is drawn against a check."""

    @settings(QUICK, max_examples=count)
    @given(strategy)
    def test(one: object) -> None:
        check(one)

    test()


def test_a_crowd_is_paid_by_the_pipeline_and_keeps_every_premise(sound: Path) -> None:
    pipeline = ir.compile(sound, period="2026-02")

    def check(crowd: Crowd) -> None:
        run = pipeline.run(crowd.people, crowd.details, groups=crowd.groups)
        assert {one.key: one["net"] for one in run.results} == {key: one["net"] for key, one in crowd.results.items()}
        assert all(row["days_worked"] <= row["days_due"] for row in crowd.people)  # type: ignore[operator]

    drawn(populations(pipeline), check)


@pytest.mark.thorough
def test_one_person_is_scored_with_what_others_decide() -> None:
    pipeline = ir.compile(SCHEMES / "service_engineer_2_zh.yaml", period="2026-04")

    def check(one: DrawnPerson) -> None:
        assert set(one.given) == set(pipeline.needs_others)
        assert one.result["实发"] is not None

    drawn(people(pipeline), check, 2)


@pytest.mark.thorough
def test_a_team_shares_its_group_and_twins_their_facts(sound: Path) -> None:
    def of_a_team(crowd: Crowd) -> None:
        assert len(crowd.people) >= 2
        assert len({row["team"] for row in crowd.people}) == 1

    def alike(pair: Twins) -> None:
        first, second = ({k: v for k, v in row.items() if k != "id"} for row in pair.people[:2])
        differ = {name for name in first if first[name] != second[name]}
        assert differ == ({pair.apart} if pair.apart else set())
        rows = [[{k: v for k, v in row.items() if k not in ("id", "order_no")} for row in pair.details["orders"]
                 if row["id"] == key] for key in pair.keys[:2]]  # fmt: skip
        assert rows[0] == rows[1]

    drawn(teams(sound, within="team"), of_a_team, 4)
    drawn(twins(sound), alike, 4)
    drawn(twins(sound, but="gender"), alike, 4)


def test_an_improved_pair_differs_in_one_cell(sound: Path) -> None:
    def check(pair: ImprovedPair) -> None:
        differ = [
            (table, number, name)
            for table, rows in pair.worse.tables.items()
            for number, row in enumerate(rows)
            for name, cell in row.items() if cell != pair.better.tables[table][number][name]
        ]  # fmt: skip
        assert differ == [(pair.table, pair.row - 1, pair.fact)]

    drawn(improved_pairs(sound), check)


def test_periods_are_those_for_which_the_scheme_may_be_computed(sound: Path) -> None:
    seen: set[str] = set()
    drawn(periods(sound), seen.add, 30)  # type: ignore[arg-type]
    assert seen == {"2026-01", "2026-02", "2026-03"}


# ── Thresholds ───────────────────────────────────────────────────────────────────────────────────


def met(strategy: st.SearchStrategy[Crowd], check: Callable[[ir.Result], bool]) -> int:
    """How many of a hundred people pass."""
    passed: list[bool] = []
    drawn(strategy, lambda crowd: passed.append(any(map(check, crowd.results.values()))), 100)
    return sum(passed)


@pytest.mark.nightly
@pytest.mark.thorough
def test_people_stand_at_grades_and_on_ratios_of_counts(sound: Path) -> None:
    """98 % takes 49 of 50 orders; within a point of a grade a small thing decides."""

    def beside_a_grade(one: ir.Result) -> bool:
        total = Fraction(str(one["total"]))
        return any(abs(edge - total) <= 1 for edge in (70, 80, 90))

    def on_a_ratio(one: ir.Result) -> bool:
        return one["value(timely)"] in (Fraction(49, 50), Fraction(19, 20), Fraction(4, 5))

    steered, anybody = populations(sound, max_size=1), populations(sound, max_size=1, near=None)
    assert met(steered, beside_a_grade) >= 2 * met(anybody, beside_a_grade) > 0
    assert met(steered, on_a_ratio) >= 3 > met(anybody, on_a_ratio)


# ── Conventions ──────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_read_before_the_first_example_is_drawn(tmp_path: Path, sound: Path) -> None:
    absent = populations(tmp_path / "absent.yaml")
    with pytest.raises(ir.SchemeError):
        drawn(absent, lambda _: None)
    with pytest.raises(ValueError, match="min_size=3"):
        drawn(populations(sound, min_size=3, max_size=2), lambda _: None)
    with pytest.raises(ValueError, match="people belong to team"):
        drawn(teams(sound, within="project"), lambda _: None)
    with pytest.raises(ValueError, match="no fact of people"):
        drawn(twins(sound, but="colour"), lambda _: None)
    with pytest.raises(ValueError, match="'thresholds' or None"):
        drawn(populations(sound, near="edges"), lambda _: None)  # type: ignore[arg-type]


@pytest.mark.thorough
def test_a_crowd_prints_as_an_example_is_written(sound: Path) -> None:
    crowd = find(
        populations(sound, max_size=1), lambda one: len(one.details["orders"]) > 1,
        settings=settings(deadline=None, database=None, derandomize=True),
    )  # fmt: skip
    lines = repr(crowd).splitlines()
    assert lines[0] == "Crowd · planted · 2026-01"
    assert lines[1] == "people:"
    assert lines[2].startswith("  E1: {team: A, gender: female, jobs: ")
    assert lines[3] == "    orders:"
    assert lines[4].startswith("      - {times: 2, opened: 2026-01-01 09:00, ")
