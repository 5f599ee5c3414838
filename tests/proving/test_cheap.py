"""What `check` says of promises without people: refuted is an error there and a warning elsewhere, open is a hint."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import render
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
