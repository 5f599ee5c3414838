"""What `check` says of promises without people: refuted is an error there and a warning elsewhere, open is a hint."""

from __future__ import annotations

from time import process_time

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import render
from incentive_rules.model import promises as p
from incentive_rules.model.checked import Checked
from incentive_rules.model.verdict import Status
from incentive_rules.proving.better import better_never_pays_less
from tests.pace import seconds
from tests.proving.planted import scheme_text
from tests.proving.test_prove import HEAD, WORK


def document(promises: str, rest: str = WORK) -> str:
    return f"{HEAD}{rest}principles: {{p: {{title: P, promises: {{{promises}}}}}}}\n"


IDLE = document("every_indicator_counts: true", WORK.replace("10 * total", "10 * work"))


def test_an_indicator_that_counts_for_nothing_is_an_error_of_check_and_test() -> None:
    report = ir.check(text=IDLE)
    said = [(one.code, one.variant, one.params["name"]) for one in report.errors]
    assert said == [("promise-refuted", "idle", "care")]
    assert [one.place.text for one in report.errors[0].others] == ["value"]
    assert "`care`" in render(report.errors, "text", "zh")
    assert not ir.test(text=IDLE).ok


def test_who_runs_it_is_warned() -> None:
    with pytest.warns(ir.SchemeWarning, match="care"):
        pipeline = ir.compile(text=IDLE, period="2026-01")
    assert [one.code for one in pipeline.warnings] == ["promise-broken"]
    assert [one.status.value for one in ir.prove(text=IDLE).verdicts] == ["REFUTED"]


def test_an_exception_takes_it_out() -> None:
    excepted = IDLE.replace("every_indicator_counts: true", "every_indicator_counts: {of: true, except: {care: shown}}")
    assert ir.check(text=excepted).ok


def test_what_is_left_open_is_a_hint_that_names_the_lines() -> None:
    rest = WORK.replace("amount: 10 * total", "amount: 10 * total if jobs != 50 else 0")
    report = ir.check(text=document("better_never_pays_less: all", rest))
    assert report.ok
    hints = [one for one in report.diagnostics if one.code == "promise-open"]
    assert [(one.variant, one.params["name"]) for one in hints] == [("blamed", "bonus")]
    assert any("jobs != 50" in other.place.text for other in hints[0].others)
    assert "incentive-rules prove" in render(hints, "text", "en")
    assert "未能证明" in render(hints, "text", "zh")


def test_what_is_proved_is_not_told() -> None:
    report = ir.check(text=document("better_never_pays_less: all, same_facts_same_pay: true"))
    assert [one.code for one in report.diagnostics if one.code.startswith("promise")] == []


@pytest.mark.parametrize("name", ["service_engineer_1", "service_engineer_2_zh"])
def test_a_founding_scheme_is_checked_well_within_a_second(name: str) -> None:
    text = scheme_text(name)
    ir.check(text=text)
    began = process_time()
    ir.check(text=text)
    assert process_time() - began < seconds(1)


FOUNDING = [
    ("service_engineer_1", "2026-Q2"), ("service_engineer_1", "2026-Q4"),
    ("service_engineer_2_zh", "2026-04"), ("service_engineer_2_zh", "2026-12"),
]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme, period", FOUNDING)
def test_directions_of_a_founding_scheme_take_a_seventh_of_a_second(scheme: str, period: str) -> None:
    assert directions_take(ir.compile(text=scheme_text(scheme), period=period).checked) < seconds(0.15)


def test_directions_of_eighty_indicators_take_half_a_second() -> None:
    facts = "".join(f"  fact{n}: {{type: integer, range: [0, 100]}}\n" for n in range(80))
    parts = "".join(f"  part{n}: {{weight: 1.25%, better: higher, value: fact{n}, score: value}}\n" for n in range(80))
    rest = f"{facts}indicators:\n{parts}pay: {{bonus: {{amount: 10 * total}}}}\nwage_floor: {{amount: 100}}\n"
    text = document("better_never_pays_less: all", rest)
    assert directions_take(ir.compile(text=text, period="2026-01").checked) < seconds(0.5)


def directions_take(checked: Checked) -> float:
    promise = next(one for one in checked.scheme.promises if isinstance(one, p.BetterNeverPaysLess))
    taken = []
    for _ in range(3):
        began = process_time()
        assert better_never_pays_less(checked, promise).status is Status.PROVED
        taken.append(process_time() - began)
    return min(taken)
