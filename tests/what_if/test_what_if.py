"""Which cells have steps, what is refused, and what is kept back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.explaining.steps import chosen_steps, told_steps
from incentive_rules.model.nearest_steps import NearestStep

pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")

Told = Callable[..., tuple[int, str, str]]

HEAD = """
format: 1
scheme: team
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: quarter
currency: EUR
"""
INPUTS = """
inputs:
  engineer: {type: key}
  department: {type: category}
  jobs: {type: integer, range: [0, 300]}
  late: {type: integer, range: [0, 300]}
  level: {type: category, one_of: [low, middle, high]}
  hired: {type: date, range: [2020-01-01, 2026-12-31]}
  gender: {type: category, one_of: [f, m]}
"""


def person(key: str, jobs: int, department: str = "A", **more: object) -> dict[str, object]:
    known = {"late": 0, "level": "middle", "hired": "2024-01-01", "gender": "f"}
    return {"engineer": key, "jobs": jobs, "department": department, **known, **more}


def steps_of(
    rest: str, people: Sequence[dict[str, object]], key: str = "E1", outcome: str = ""
) -> dict[str, NearestStep]:  # fmt: skip
    """The steps of one person by name and direction."""
    pipeline = ir.compile(text=HEAD + rest + INPUTS, period="2026-Q2")
    found = pipeline.nearest_steps(pipeline.people(people), key, outcome)
    return {f"{step.name} {step.direction}": step for step in found}


SLABS = """
pay:
  bonus: {amount: slab(jobs)}
tables:
  slab: {from: {0: 0, 100: 50.00, 250: 80.00}, type: money}
"""


def test_a_far_threshold_is_found_on_both_sides() -> None:
    steps = steps_of(SLABS, [person("E1", 120)])
    up = steps["jobs up"]
    assert (up.after, up.units, up.paid.difference) == (250, 130, Decimal("30.00"))
    assert (steps["jobs down"].after, steps["jobs down"].paid.after) == (99, Decimal("0.00"))
    assert set(steps) == {"jobs up", "jobs down"}, "nothing else decides the pay"


def test_nothing_is_said_where_nothing_changes() -> None:
    assert set(steps_of(SLABS, [person("E1", 260)])) == {"jobs down"}


def test_a_value_that_the_scheme_refuses_is_no_step() -> None:
    """249 and all below are refused, so no fewer jobs change anything; more jobs are refused with nobody late."""
    scheme = SLABS + "require:\n  - jobs >= 240\n  - jobs <= 260\n"
    assert set(steps_of(scheme, [person("E1", 255)])) == {"jobs down"}
    assert steps_of(scheme, [person("E1", 255)])["jobs down"].after == 249
    assert not steps_of(SLABS + "require:\n  - jobs >= 250\n", [person("E1", 255)])


def test_nobody_leaves_the_scheme_by_a_step() -> None:
    steps = steps_of(SLABS + "applies_to: jobs >= 100\n", [person("E1", 120)])
    assert set(steps) == {"jobs up"}


def test_words_are_tried_in_their_order_where_an_indicator_measures_them() -> None:
    scheme = """
indicators:
  skill: {weight: 100%, better: higher, value: level, score: {equals: {low: 0, middle: 50, high: 50}}}
pay:
  bonus: {amount: 2 * skill}
"""
    steps = steps_of(scheme, [person("E1", 120)])
    assert set(steps) == {"level down"}
    assert (steps["level down"].before, steps["level down"].after) == ("middle", "low")
    twice = steps_of(scheme, [person("E1", 120, level="high")])
    assert (twice["level down"].after, twice["level down"].units) == ("low", 2)


def test_what_is_no_work_has_no_steps() -> None:
    """A post, a day, what is protected, and what pay that is not at risk stands on."""
    scheme = """
pay:
  post_pay: {amount: "10.00 if level == 'low' else 20.00"}
  since: {amount: "5.00 if hired < 2025-01-01 else 0"}
  fixed: {amount: 1.00 * jobs, at_risk: false}
principles:
  fair: {title: Fair, promises: {never_reads: [gender]}}
"""
    assert not steps_of(scheme.replace("hired < 2025-01-01", "days(hired, period_last_day) > 500"), [person("E1", 120)])


def test_a_single_rating_of_those_that_nobody_shall_guess_is_not_named() -> None:
    scheme = """
indicators:
  spirit: {weight: 100%, better: higher, value: mean(rating), min_rows: 3, score: 20 * value}
total: {missing: zero}
pay:
  bonus: {amount: 2.00 * total}
details:
  reviews: {belongs_to: engineer, inputs: {rating: {type: integer, range: [1, 5]}}}
"""
    found = {}
    for text in (scheme, scheme.replace(" min_rows: 3,", "")):
        pipeline = ir.compile(text=HEAD + text + INPUTS, period="2026-Q2")
        reviews = [{"engineer": "E1", "rating": rating} for rating in (3, 4, 5)]
        found[text] = pipeline.nearest_steps(pipeline.people([person("E1", 1)], {"reviews": reviews}), "E1")
    assert [len(steps) for steps in found.values()] == [0, 5]


RANKED = """
quantities:
  place: {is: "rank(jobs, within=department, ties='standard')"}
pay:
  bonus: {amount: "1.00 * jobs + (100 if place == 1 else 0)"}
"""


def test_no_step_passes_anybody() -> None:
    """Between two others one job more or less is told; a step to another place is not."""
    colleagues = [person(f"C{n}", 100 + 10 * n) for n in range(5)]
    apart = steps_of(RANKED, [person("E1", 125), *colleagues])
    assert set(apart) == {"jobs up", "jobs down"}
    level = steps_of(RANKED, [person("E1", 120), *colleagues])
    assert set(level) == {"jobs up"}, "with one job less the colleague who did 120 would come first"
    almost = steps_of(RANKED, [person("E1", 119), *colleagues])
    assert set(almost) == {"jobs down"}, "with one job more there would be an equal"


POOLED = """
quantities:
  fund: {is: "100.00 * count(over=everyone, within=department)", type: money}
pay:
  team_bonus: {pool: {each: department, amount: fund, in_proportion_to: jobs, cents: largest_remainder}}
"""


def test_a_pool_of_few_is_not_told() -> None:
    """With two colleagues the pool and one's own weight say what they did together; with three it is a sum of three."""
    few = [person("E1", 50), person("E2", 40), person("E3", 70)]
    assert not steps_of(POOLED, few)
    steps = steps_of(POOLED, [*few, person("E4", 90)])
    assert (steps["jobs up"].after, steps["jobs up"].paid.before) == (51, Decimal("80.00"))
    alone = steps_of(POOLED, [person("E1", 50, "B"), *few[1:]])
    assert set(alone) == {"jobs down"} and alone["jobs down"].after == 0, "alone one has the whole pool for one job"


def test_a_pool_of_few_hides_no_step_of_another_line() -> None:
    scheme = POOLED + "  own: {amount: 3.00 * late}\n"
    assert set(steps_of(scheme, [person("E1", 50), person("E2", 40)])) == {"late up"}


def test_another_quantity_may_be_asked_about() -> None:
    steps = steps_of(SLABS + "quantities:\n  good: {is: jobs - late}\n", [person("E1", 120)], outcome="good")
    assert set(steps) == {"jobs up", "jobs down"} and steps["jobs up"].after == 121


def test_errors_name_what_is_wrong() -> None:
    pipeline = ir.compile(text=HEAD + SLABS + INPUTS, period="2026-Q2")
    people = pipeline.people([person("E1", 120), person("E2", 999)])
    with pytest.raises(KeyError, match="E9"):
        pipeline.nearest_steps(people, "E9")
    with pytest.raises(KeyError, match="bonsu"):
        pipeline.nearest_steps(people, "E1", "bonsu")
    with pytest.raises(ir.DataError, match="999"):
        pipeline.nearest_steps(people, "E2")
    assert len(pipeline.nearest_steps(people, "E1")) == 2, "a refused colleague hides nobody's steps"


def test_a_page_gets_the_steps_that_bring_most_for_how_far_they_go() -> None:
    """One of those through the same line, the large before the small, those that lose last."""
    scheme = """
pay:
  far: {amount: "500.00 if jobs >= 200 else 0"}
  near: {amount: 1.00 * late}
"""
    pipeline = ir.compile(text=HEAD + scheme + INPUTS, period="2026-Q2")
    steps = pipeline.nearest_steps(pipeline.people([person("E1", 100, late=10)]), "E1")
    assert len(steps) == 3
    told = [(one.what, one.change) for one in told_steps(chosen_steps(steps, pipeline.checked), pipeline.checked, "en")]
    assert told == [("jobs", "+500.00"), ("late", "+1.00"), ("late", "-1.00")]
    assert [step.name for step in chosen_steps(steps, pipeline.checked, 1, 0)] == ["jobs"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "team.yaml").write_text(HEAD + SLABS + INPUTS, "utf-8")
    rows = "engineer,department,jobs,late,level,hired,gender\nE1,A,120,0,low,2024-01-01,f\nE2,A,0,0,low,2024-01-01,f\n"
    (tmp_path / "people.csv").write_text(rows, "utf-8")
    return tmp_path


@pytest.fixture
def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*more: str) -> tuple[int, str, str]:
        code = main(["explain", str(folder / "team.yaml"), str(folder / "people.csv"), "--period", "2026-Q2", *more])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_the_command_tells_steps_in_both_languages(told: Told) -> None:
    code, text, _ = told("--id", "E1", "--what-if")
    assert code == 0
    assert "+30.00  jobs  120 → 250" in text and "-50.00  jobs  120 → 99" in text
    assert "假如只有一件事不同" in told("--id", "E1", "--what-if", "--lang", "zh")[1]
    code, text, _ = told("--id", "E1", "--what-if", "--format", "json")
    found = json.loads(text)
    assert code == 0 and found["outcome"] == "net"
    assert [(one["name"], one["before"], one["after"], one["row"]) for one in found["steps"]] == [
        ("jobs", "120", "250", 1), ("jobs", "120", "99", 1),
    ]  # fmt: skip


def test_the_command_says_what_it_needs(told: Told) -> None:
    assert told("--pool", "x", "--what-if")[0] == 2
    code, _, said = told("--id", "E1", "--what-if", "--name", "bnous")
    assert code == 2 and "bnous" in said and "bonus" in said
    assert "No single change" in told("--id", "E2", "--what-if", "--name", "deductions")[1]
