"""Honours: who is chosen, how many places there are, and the pay line of an award."""

from __future__ import annotations

import pytest

from incentive_rules.base.numbers import Rounding
from incentive_rules.lang.nodes import Call, Name, children
from incentive_rules.lang.printer import printed
from incentive_rules.loading.sections.formulas import our_formula
from incentive_rules.model.scheme import Formula, Honor, Role, Scheme
from tests.loading.schemes import CHINESE, clean, quantity, wrong

STAR = """\
honors:
  star:
    title: Star of service
    among: jobs > 9 and audited
    within: post
    best_by: [speed, jobs]
    places: {share: 5%, of: group, rounding: down, at_least: 1, at_most: 3}
    ties: none
    empty_places: stay_empty
    award: 1000
    at_risk: false
"""


def honor(scheme: Scheme, name: str = "star") -> Honor:
    body = quantity(scheme, name).body
    assert isinstance(body, Honor)
    return body


# ── Honours ───────────────────────────────────────────────────────────────────────────────────────


def test_an_honour_is_true_for_who_is_chosen() -> None:
    scheme = clean(STAR)
    star = quantity(scheme, "star")
    assert (star.role, star.type, star.title) == (Role.HONOR, "boolean", "Star of service")
    body = honor(scheme)
    assert isinstance(body.among, Formula)
    assert (body.within, body.within_place.text, body.ties) == ("post", "post", "none")
    assert [f.text for f in body.best_by] == ["speed", "jobs"]


def test_the_places_are_a_share_within_bounds_or_a_number() -> None:
    places = honor(clean(STAR)).places
    assert (places.share and places.share.text, places.of, places.rounding) == ("5%", "group", Rounding.DOWN)
    bounds = [f.text for f in (places.at_least, places.at_most) if isinstance(f, Formula)]
    assert (bounds, places.number) == (["1", "3"], None)
    for written in ("3", "{number: 3}"):
        places = honor(clean(f"honors: {{star: {{best_by: speed, places: {written}, ties: all}}}}\n")).places
        assert isinstance(places.number, Formula)
        assert (places.number.text, places.share, places.of) == ("3", None, "")


def test_who_says_no_group_means_everyone() -> None:
    body = honor(clean("honors: {star: {best_by: speed, places: 1, ties: all}}\n"))
    assert (body.within, [f.text for f in body.best_by], body.among) == ("everyone", ["speed"], None)


def test_the_award_is_a_pay_line_for_those_who_are_chosen() -> None:
    scheme = clean(STAR + "pay: {bonus: {amount: 9 * jobs}}\n")
    award = quantity(scheme, "award(star)")
    assert (award.role, award.type, award.title) == (Role.PAY, "money", "Star of service award")
    assert isinstance(award.when, Formula)
    assert award.when.expression == Name("star")
    assert award.pay is not None
    assert (award.pay.kind, award.pay.at_risk) == ("earning", False)
    earnings = quantity(scheme, "earnings").body
    assert isinstance(earnings, Formula)
    assert earnings.text == "bonus + award(star)"
    order = [q.name for q in scheme.quantities]
    assert order.index("bonus") < order.index("award(star)") < order.index("earnings")


def test_awards_alone_are_paid_too() -> None:
    scheme = clean(STAR)
    assert [q.name for q in scheme.quantities][-5:] == ["award(star)", "earnings", "deductions", "net", "employer_cost"]


def test_without_an_award_nothing_is_paid() -> None:
    scheme = clean("honors: {star: {best_by: speed, places: 1, ties: all}}\n")
    assert not [q for q in scheme.quantities if q.role in (Role.PAY, Role.RESULT)]


def test_in_a_chinese_document_the_award_has_a_chinese_title() -> None:
    text = "荣誉:\n  服务之星: {评选依据: 件数, 名额: 1, 并列: 中止, 奖金: 500}\n"
    scheme = clean(CHINESE + text)
    assert quantity(scheme, "award(服务之星)").title == "服务之星奖金"
    assert quantity(clean(CHINESE + "语言: en\n" + text), "award(服务之星)").title == "服务之星 award"


def test_sums_of_ours_read_an_award_by_its_name() -> None:
    found = our_formula("max(0, bonus + award(star) - 奖金(top))", quantity(clean(STAR), "star").place)
    assert found.expression is not None
    assert printed(found.expression) == "max(0, bonus + award(star) - award(top))"
    assert not [part for part in _calls(found) if part != "max"]


def _calls(formula: Formula) -> list[str]:
    waiting, found = [formula.expression], []
    while waiting:
        node = waiting.pop()
        assert node is not None
        if isinstance(node, Call):
            found.append(node.function)
        waiting.extend(children(node))
    return found


@pytest.mark.parametrize(
    "star, found",
    [
        ("{places: 1, ties: all}", [("key-missing", "star")]),
        ("{best_by: speed, ties: all}", [("key-missing", "star")]),
        ("{best_by: speed, places: 1}", [("key-missing", "star")]),
        ("{best_by: [], places: 1, ties: all}", [("key-missing", "best_by")]),
        ("{best_by: speed, places: {share: 5%}, ties: all}", [("key-missing", "share")]),
        ("{best_by: speed, places: {share: 5, of: group}, ties: all}", [("percent-needed/whole", "5")]),
        ("{best_by: speed, places: {share: 105%, of: group}, ties: all}", [("share-outside", "105%")]),
        ("{best_by: speed, places: {share: -5%, of: group}, ties: all}", [("share-outside", "-5%")]),
        ("{best_by: speed, places: {of: group}, ties: all}", [("keys-none", "of")]),
        ("{best_by: speed, places: {share: 5%, of: group, number: 3}, ties: all}", [("keys-clash", "number")]),
        ("{best_by: speed, places: {number: 3, of: group}, ties: all}", [("keys-clash", "of")]),
        ("{best_by: speed, places: {share: 5%, of: all}, ties: all}", [("word-unknown/far", "all")]),
        ("{best_by: speed, places: 1, ties: some}", [("word-unknown/far", "some")]),
        ("{best_by: speed, places: [1], ties: all}", [("shape-wrong/mapping-text", "[1]")]),
        ("{best_by: speed, places: 1, ties: all, award: [1]}", [("shape-wrong/text", "[1]")]),
    ],
)
def test_what_can_be_wrong_with_an_honour(star: str, found: list[tuple[str, str]]) -> None:
    got = wrong(f"honors:\n  star: {star}\n")
    assert [(code, text.split(":")[0].lstrip("{")) for code, text in got] == found


def test_beside_an_award_nothing_else_is_called_award() -> None:
    table = "tables: {award: {equals: {junior: 5, senior: 6}}}\n"
    assert wrong(STAR + table) == [("name-taken/award", "award")]
    assert wrong(table) == []
    assert (
        wrong(CHINESE + "薪酬: {奖金: {金额: 10 * 件数}}\n荣誉: {星: {评选依据: 件数, 名额: 1, 并列: 中止, 奖金: 5}}\n")
        == []
    )
