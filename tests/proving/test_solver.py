"""What the directions leave open a solver decides; it is asked within a bound of work, and never says what is wrong."""

from __future__ import annotations

from decimal import Decimal
from importlib.util import find_spec
from random import Random
from warnings import catch_warnings, simplefilter

import pytest

import incentive_rules as ir
from incentive_rules import proof_runs
from incentive_rules.compiling import compile_plan
from incentive_rules.model.verdict import Status, Verdict
from incentive_rules.proving.solver import EFFORT, Question

pytest.importorskip("z3")
HEAD = """\
format: 1
scheme: solved
effective: {first_day: 2026-01-01, last_day: 2026-03-31}
period: month
currency: EUR
inputs:
  id: {type: key}
  post: {type: category, one_of: [a, b]}
  jobs: {type: integer, range: [0, 100]}
  late: {type: integer, range: [0, 100]}
indicators:
  work: {weight: 60%, better: higher, value: jobs, score: value}
  care: {weight: 40%, better: lower, value: late, score: 100 - value}
principles: {p: {title: P, promises: {better_never_pays_less: all}}}
"""
# Directions see two parts that go apart in each of them; together they never fall.
SOUND = [
    "20 * total - 10 * min(total, 50)",
    "10 * total - 5 * max(0, total - 60)",
    "10 * total - 3 * work",
    "10 * total - 4 * round(total)",
    "300 if total >= 60 and (total < 80 or total >= 60) else 0",
    "max(0, 20 * total - 600) - max(0, 15 * total - 450)",
    "20 * total - 5 * jobs",
    "(5 if post == \"a\" else 3) * total - 2 * min(total, 80)",
]
# Somewhere each of them falls.
WRONG = [
    "20 * total - 30 * min(total, 50)",
    "10 * total - 10 * round(total)",
    "10 * total if total < 50 or total > 51 else 100",
    "10 * total - 7 * work",
    "20 * total - 13 * jobs",
    "5 * total - (200 if total >= 99 else 0)",
]


def text(amount: str, more: str = "", kind: str = "earning") -> str:
    return f"{HEAD}pay:\n  bonus: {{kind: {kind}, amount: '{amount}'}}\n{more}"


def verdict(amount: str, kind: str = "earning") -> Verdict:
    return ir.prove(text=text(amount, kind=kind), period="2026-01").verdicts[0]


@pytest.mark.parametrize("amount", SOUND)
def test_what_parts_that_go_apart_make_together_is_proved(amount: str) -> None:
    found = verdict(amount)
    assert found.status is Status.PROVED, found
    assert any("by a solver" in note for note in found.notes)
    pay, rng = ir.compile(text=text(amount), period="2026-01"), Random(amount)
    for _ in range(50):
        jobs, late, step = rng.randint(0, 99), rng.randint(1, 100), rng.randint(1, 100)
        rows = [
            {"id": "A", "post": rng.choice("ab"), "jobs": jobs, "late": late},
            {"id": "A", "jobs": min(100, jobs + step), "late": late},
            {"id": "A", "jobs": jobs, "late": max(0, late - step)},
        ]
        base, more, sooner = (pay.score(rows[0] | row)["bonus"] for row in rows)
        assert isinstance(base, Decimal)
        assert base <= min(more, sooner)  # type: ignore[type-var]


@pytest.mark.parametrize("amount", WRONG)
def test_what_falls_somewhere_is_not_proved(amount: str) -> None:
    assert verdict(amount).status in (Status.REFUTED, Status.UNKNOWN)


def test_what_is_taken_off_may_not_rise() -> None:
    assert verdict("2000 - 20 * total + 10 * min(total, 50)", "deduction").status is Status.PROVED
    assert verdict("2000 - 20 * total + 30 * min(total, 50)", "deduction").status is not Status.PROVED


def question(amount: str, more: str = "", effort: int = EFFORT) -> Question:
    with catch_warnings():
        simplefilter("ignore")  # that one indicator can reach more than another, say
        pipeline = ir.compile(text=text(amount, more), period="2026-01")
    plan, _ = compile_plan(pipeline.checked)
    assert plan is not None
    return Question(plan, effort)


def test_nothing_is_proved_of_worlds_that_cannot_be() -> None:
    """With one number of jobs alone nobody has more of them: that pay does not fall then says nothing."""
    sound, work = "20 * total - 10 * min(total, 50)", frozenset({"work"})
    assert question(sound).never_less("bonus", work, "jobs")
    assert not question(sound, "require: [jobs == 5]\n").never_less("bonus", work, "jobs")


def test_work_is_bounded_and_what_is_not_done_by_then_is_unknown() -> None:
    assert not question(SOUND[3], effort=1).never_less("bonus", frozenset({"work"}), "jobs")


def test_nothing_is_claimed_of_what_moves_on_another_way_than_through_scores() -> None:
    care = frozenset({"care"})
    assert question("20 * total").never_less("bonus", care, "late")
    assert not question("20 * total + late").never_less("bonus", care, "late")
    assert not question("20 * total - late").never_less("bonus", care, "late")


GRADES = """\
grades:
  of: total
  from:
    90: {grade: A}
    60: {grade: B}
  else: {grade: C}
"""


def test_what_nobody_can_reach_is_told_from_what_somebody_can() -> None:
    low = question("10 * total", f"{GRADES}require: [jobs <= 20]\n")  # 60% of 20 and 40% of 100 are 52
    assert [low.never("grade", word) for word in "ABC"] == [True, True, False]
    free = question("10 * total", GRADES)
    assert [free.never("grade", word) for word in "ABC"] == [False, False, False]


CONTRADICTION = "pay:\n  bonus: {amount: 10 * total, when: jobs == late and jobs == late + 1}\n"


@pytest.mark.thorough
def test_what_contradicts_itself_is_dead_and_nobody_has_to_be_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has as many jobs as, and one more than, they were late: bounds do not see it, a solver does."""
    head = HEAD.replace("better_never_pays_less: all", "everything_reachable: [pay]")
    found = ir.prove(text=head + CONTRADICTION, period="2026-01").verdicts[0]
    assert (found.status, [one.name for one in found.obstacles]) == (Status.REFUTED, ["bonus"])
    assert found.obstacles[0].reason.startswith("a solver proves that nobody can reach it")
    reached = CONTRADICTION.replace("jobs == late and jobs == late + 1", "jobs * 101 + late == 7834")
    rare = ir.prove(text=head + reached, period="2026-01").verdicts[0]
    assert rare.status is Status.UNKNOWN, "that nobody is found is no proof"
    monkeypatch.setattr(proof_runs, "find_spec", lambda name: None if name == "z3" else find_spec(name))
    assert ir.prove(text=head + CONTRADICTION, period="2026-01").verdicts[0].status is Status.UNKNOWN


@pytest.mark.thorough
def test_without_a_solver_it_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_runs, "find_spec", lambda name: None if name == "z3" else find_spec(name))
    assert verdict(SOUND[0]).status is Status.UNKNOWN
