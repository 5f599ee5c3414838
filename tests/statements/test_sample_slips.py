"""The slips of the sample companies: every figure is what `explain` says, every sum is added again from the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.model.data import DataRow
from incentive_rules.rendering.slip_page import slip_page
from incentive_rules.slips import Slips
from tests.statements.pages import added_again, number
from tests.what_if.replayed import Company, company_of, gathered
from tests.what_if.test_founding import SAMPLES, compiled, sample

ROOT = Path(__file__).resolve().parents[2]


@cache
def company(scheme: str) -> Company:
    return company_of(compiled(scheme), sample(scheme))


@cache
def slips_of(scheme: str, language: str) -> Slips:
    found = company(scheme)
    return compiled(scheme).slips(found.people, found.computed, lang=language)


def held_against_explain(scheme: str, language: str, rows: Sequence[DataRow]) -> None:
    found, slips = company(scheme), slips_of(scheme, language)
    hearing = compiled(scheme).hearing(found.people, found.computed)
    for row in rows:
        slip = slips.of(row)
        lines = hearing.explain(row, lang=language, all=True).entries
        values = {one.title: one.value for one in lines if one.row is None and not one.group}
        told = [(line.title, line.amount) for part in slip.pay for line in part.rows]
        told += [(part.title, part.total) for part in slip.pay] + [(title, amount) for title, amount, _ in slip.sums]
        told += [(one.title, one.value) for one in slip.grades]
        assert slip.net == values[slip.net_title]
        for title, shown in told:
            assert shown == values[title], (row.key, title)
        for score in slip.scores:
            assert score.missing or number(score.score) == number(values[score.title]), (row.key, score.title)
        quiet = [title for part in slip.pay for title, _ in part.quiet]
        assert all(number(values[title]) == 0 for title in quiet)
        assert added_again(slip_page(slip)) >= (3 if slip.in_scope else 1)


@pytest.mark.parametrize("scheme", SAMPLES)
def test_a_few_slips_say_what_explain_says_and_add_up(scheme: str) -> None:
    rows = slips_of(scheme, "zh").rows
    held_against_explain(scheme, "zh", [rows[0], rows[-1]])


@pytest.mark.thorough
@pytest.mark.parametrize("language", ("zh", "en"))
@pytest.mark.parametrize("scheme", SAMPLES)
def test_all_slips_say_what_explain_says_and_add_up(scheme: str, language: str) -> None:
    held_against_explain(scheme, language, slips_of(scheme, language).rows)


def test_whoever_has_no_row_has_no_slip() -> None:
    with pytest.raises(KeyError, match="nobody"):
        slips_of("service_engineer_1", "zh").of_key("nobody")


def test_a_slip_that_would_say_other_amounts_than_the_run_is_refused() -> None:
    """The amounts of a run in which a holiday is worth more stand beside the judgement of this one."""
    found = company("service_engineer_1")
    text = (ROOT / "schemes/service_engineer_1.yaml").read_text("utf-8").replace("2026-01-01: 800,", "2026-01-01: 900,")
    other = ir.compile(text=text, period="2026-Q1")
    computed = other.compute(gathered(other, sample("service_engineer_1")))
    slips = Slips(compiled("service_engineer_1").checked, compiled("service_engineer_1").hearing(
        found.people, found.computed), found.people, computed, "en")  # fmt: skip
    row = next(row for row in slips.rows if (result := computed.results[row.number]) is not None and result.in_scope)
    with pytest.raises(ir.EnginesDiffer, match="two engines disagree"):
        slips.of(row)



@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_one_thing_different_would_have_given_stands_on_the_slip(language: str) -> None:
    """The few steps of a slip are among the nearest steps of the person, with their figures."""
    scheme = next(iter(SAMPLES))
    found, pipeline = company(scheme), compiled(scheme)
    slips = pipeline.slips(found.people, found.computed, lang=language, what_if=True)
    row = slips.rows[0]
    slip, page = slips.of(row), slip_page(slips.of(row))
    steps = pipeline.what_ifs(found.people, found.computed).of(row)
    assert 1 <= len(slip.what_if) <= 5
    assert {one.change for one in slip.what_if} <= {f"{step.paid.difference:+,}" for step in steps}
    assert all(one.change in page and one.values in page for one in slip.what_if)
    assert [one.gains for one in slip.what_if] == sorted((one.gains for one in slip.what_if), reverse=True)
    assert not slips_of(scheme, language).of(row).what_if, "only where they are asked for"
