"""Curves of pay: every point is what the engine pays, cliffs are one step wide, and nothing is drawn between points."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

import incentive_rules as ir
from incentive_rules.curve_runs import pay_curves
from incentive_rules.model.curves import CurvePoint, PayCurve, PayCurves
from incentive_rules.rendering.curve_pictures import curve_section, value_text, with_separators
from tests.proving.test_founding_claims import SCHEMES
from tests.proving.test_search import HEAD, WORK


def curves(amount: str, rest: str = "") -> PayCurves:
    scheme = ir.check(text=HEAD + WORK.replace("AMOUNT", amount).replace("PROMISED", "all") + rest).scheme
    assert scheme is not None
    found = pay_curves(scheme, "2026-01", "en")
    assert found is not None
    return found


def curve(found: PayCurves, indicator: str) -> PayCurve:
    return next(one for one in found.curves if one.indicator == indicator)


STEPS = "300 if total >= 80 else 200 if total >= 40 else 100"


def test_cliffs_are_one_step_wide_and_plateaus_lie_between() -> None:
    found = curve(curves(STEPS), "work")
    assert {point.amount for point in found.points} <= {100, 200, 300}
    assert 1 <= len(found.cliffs) <= 2
    for one, other in found.cliffs:
        assert other.value - one.value == found.step
    assert len(found.plateaus) == len(found.cliffs) + 1
    assert found.here.value in {point.value for point in found.points}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("amount", [STEPS, "10 * total", "10 * total if jobs < 50 else 300", "min(500, 10 * total)"])
def test_every_point_is_what_the_engine_pays(amount: str) -> None:
    """Where `value` is a fact of one's own, the same person with that fact is paid the same."""
    found = curves(f"'{amount}'")
    text = HEAD + WORK.replace("AMOUNT", f"'{amount}'").replace("PROMISED", "all")
    pipeline = ir.compile(text=text, period="2026-01")
    late = curve(found, "care").here.value
    seen = 0
    for point in curve(found, "work").points:
        if point.value.denominator == 1 and "jobs" not in amount:
            row = {"id": "E1", "dept": "A", "jobs": int(point.value), "late": int(late), "skilled": True}
            assert Fraction(pipeline.score(row)["bonus"]) == point.amount
            seen += 1
    assert seen >= 2 or "jobs" in amount


def test_a_slope_is_no_row_of_cliffs() -> None:
    found = curve(curves("10 * total"), "work")
    assert found.cliffs == () and found.plateaus == ()
    points = tuple(CurvePoint(Fraction(n), Fraction(10 * n + 500 * (n > 50))) for n in range(100))
    whole = PayCurve("i", "I", "", "higher", points, points[3], Fraction(1))
    assert [(one.value, other.value) for one, other in whole.cliffs] == [(50, 51)], "no step like the others"


def test_where_better_is_not_promised_cliffs_are_told() -> None:
    text = HEAD + WORK.replace("AMOUNT", STEPS).replace("better_never_pays_less: PROMISED", "gives: [pay]")
    report = ir.prove(text=text, period="2026-01")
    assert "cliffs of `bonus`, one step wide, for one example" in str(report)
    assert "`bonus` 的断崖（一格之差）" in report.render("text", "zh")
    told = json.loads(report.render("json"))["cliffs"]["work"]
    assert {(one["from"], one["to"]) for one in told} <= {("100.00", "200.00"), ("200.00", "300.00")} and told
    promised = ir.prove(text=text.replace("gives: [pay]", "better_never_pays_less: all"), period="2026-01")
    assert "cliffs" not in str(promised)


def test_a_line_on_which_nothing_rests_has_no_curves() -> None:
    scheme = ir.check(text=HEAD + WORK.replace("AMOUNT", "100 * late").replace("PROMISED", "[care]")).scheme
    assert scheme is not None
    found = pay_curves(scheme, "2026-01", "en")
    assert found is None or found.curves == ()


@pytest.mark.thorough
@pytest.mark.parametrize("name, period, cliffs", [
    ("service_engineer_1", "2026-Q2", 4), ("service_engineer_2_zh", "2026-04", 1),
])  # fmt: skip
def test_the_founding_schemes_have_curves(name: str, period: str, cliffs: int) -> None:
    scheme = ir.check(SCHEMES / f"{name}.yaml").scheme
    assert scheme is not None
    found = pay_curves(scheme, period, "zh")
    assert found is not None
    assert len(found.curves) >= 9
    assert sum(len(one.cliffs) for one in found.curves) >= cliffs


@pytest.mark.thorough
@pytest.mark.parametrize("name, period", [("service_engineer_1", "2026-Q3"), ("service_engineer_2_zh", "2026-07")])
def test_a_period_without_example_shows_somebody_who_is_paid(name: str, period: str) -> None:
    scheme = ir.check(SCHEMES / f"{name}.yaml").scheme
    assert scheme is not None
    found = pay_curves(scheme, period, "zh")
    assert found is not None
    assert all(one.here.amount > 0 for one in found.curves)


@pytest.mark.thorough
def test_of_a_scheme_without_pay_the_facts_move_its_result() -> None:
    scheme = ir.check(SCHEMES / "hvbp_fy2024.yaml").scheme
    assert scheme is not None
    found = pay_curves(scheme, "2024", "en")
    assert found is not None and found.of_facts and found.line == "tps"
    rate = curve(found, "mort_hf_rate")
    assert {other.value - one.value for one, other in rate.cliffs} == {Fraction(1, 1_000_000)}
    assert all(other.amount > one.amount for one, other in rate.cliffs), "a better rate never earns fewer points"
    report = ir.prove(SCHEMES / "hvbp_fy2024.yaml", period="2024")
    cliffs = json.loads(report.render("json"))["cliffs"]
    assert {len(cliffs[name]) for name in ("mort_hf_rate", "mort_pn_rate", "hip_knee_rate", "hai_2_rate")} == {10}
    assert {"before": "0.882307", "after": "0.882308"}.items() <= cliffs["mort_hf_rate"][0].items()
    assert "mort_hf_rate  10 of them (0.882308 … 0.907733), the largest +1.6667" in str(report)
    page = report.render("html")
    assert "How Total performance score changes as one fact does" in page
    assert "never falls as these rise (proved)" in page


def test_the_picture_says_its_cliffs_in_words() -> None:
    found = curves(STEPS)
    picture = curve_section(found, "en")
    one, other = curve(found, "work").cliffs[0]
    assert f"{value_text(one.value)} → {value_text(other.value)}: <b>+100.00</b>" in picture
    assert "纵轴相同" in curve_section(found, "zh")
    assert "it changes step by step" in curve_section(curves("'min(500, 10 * total)'"), "en")
    assert "step by step" not in picture
    assert (with_separators("-1234.50"), with_separators("1000000")) == ("−1,234.50", "1,000,000")
