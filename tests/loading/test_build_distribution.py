"""Grades by rank: as the grades of the scheme, and as a quantity beside them."""

from __future__ import annotations

import pytest

from incentive_rules.base.numbers import Rounding
from incentive_rules.model.scheme import Distribution, Role, Tbd
from tests.loading.schemes import clean, codes, loaded, quantity, wrong

BY_YEAR = (
    "quantities:\n  year: {of: speed, within: post, ties: all, rounding: down, "
    "shares: {A: {share: 20%, factor: 1.5}, B: {share: 80%, factor: 1}}}\n"
)


def test_a_quantity_by_rank_is_called_as_it_is_written_and_makes_its_further_outputs() -> None:
    scheme = clean(BY_YEAR)
    for name, words in (("year", ["A", "B"]), ("factor", ["1.5", "1"])):
        found = quantity(scheme, name)
        assert found.role is Role.QUANTITY
        body = found.body
        assert isinstance(body, Distribution)
        assert (body.argument, body.within, body.give, body.ties, body.rounding) == (
            "speed", "post", name, "all", Rounding.DOWN,
        )  # fmt: skip
        assert [share.text for share, _ in body.rows] == ["20%", "80%"]
        assert [dict(outputs.values)[name].text for _, outputs in body.rows] == words


def test_the_grades_of_the_scheme_stand_beside_it() -> None:
    scheme = clean(BY_YEAR + "grades: {of: total, from: {90: A}, else: B}\n")
    assert [q.name for q in scheme.quantities if q.name in ("grade", "year", "factor")] == ["year", "factor", "grade"]


@pytest.mark.parametrize(
    "fragment, code",
    [
        ("quantities: {year: {of: speed, is: speed, shares: {A: 50%, B: 50%}}}\n", "keys-clash"),
        ("quantities: {year: {of: speed, from: {1: A}, shares: {A: 50%, B: 50%}}}\n", "keys-clash"),
        ("quantities: {year: {of: speed, decimals: 2, shares: {A: 50%, B: 50%}}}\n", "keys-clash"),
        ("quantities: {year: {shares: {A: 50%, B: 50%}}}\n", "key-missing"),
        ("quantities: {year: {is: speed, within: post}}\n", "key-missing"),
        ("quantities: {year: {is: speed, ties: all}}\n", "key-missing"),
        ("quantities: {year: {of: speed, shares: {A: 50%, B: 40%}}}\n", "shares-total"),
        ("quantities: {y: {of: speed, shares: {A: {share: 9%, wage: 1}, B: {share: 91%, wage: 2}}}}\n", "name-twice"),
    ],
)  # fmt: skip
def test_what_cannot_stand_beside_shares_is_found(fragment: str, code: str) -> None:
    assert codes(fragment) == [code]


# ── The grades of the scheme ───────────────────────────────────────────────────────────────────────

SHARES = (
    "grades:\n  of: speed\n  title: Mark\n  within: post\n  ties: none\n"
    "  shares: {A: {share: 20%, factor: 1.5}, B: {share: 80%, factor: 1}}\n"
)


def test_grades_by_rank_make_the_grade_and_a_name_for_each_further_output() -> None:
    scheme = clean(SHARES)
    assert [(q.name, q.title) for q in scheme.quantities if q.role is Role.GRADE] == [("grade", "Mark"), ("factor", "")]
    for name, words in (("grade", ["A", "B"]), ("factor", ["1.5", "1"])):
        body = quantity(scheme, name).body
        assert isinstance(body, Distribution)
        assert (body.argument, body.within, body.ties, body.give) == ("speed", "post", "none", name)
        assert [share.text for share, _ in body.rows] == ["20%", "80%"]
        assert [dict(outputs.values)[name].text for _, outputs in body.rows] == words


def test_an_output_called_grade_is_the_grade() -> None:
    scheme = clean("grades: {of: speed, shares: {first: {share: 50%, grade: A}, second: {share: 50%, grade: B}}}\n")
    body = quantity(scheme, "grade").body
    assert isinstance(body, Distribution)
    assert [outputs.values[0][1].text for _, outputs in body.rows] == ["A", "B"]
    assert (body.within, body.rounding, body.ties, body.within_place) == ("everyone", Rounding.HALF_UP, "refuse", None)


def test_a_hole_in_the_shares_is_one_of_the_whole() -> None:
    scheme = clean("status: draft\ngrades: {of: speed, shares: {A: tbd, B: 50%}}\n")
    assert [hole.what for hole in scheme.holes] == ["grades · shares · A"]
    assert isinstance(quantity(scheme, "grade").body, Tbd)
    assert isinstance(quantity(clean("status: draft\ngrades: {of: speed, shares: tbd}\n"), "grade").body, Tbd)


@pytest.mark.parametrize(
    "grades, found",
    [
        ("{of: speed, shares: {A: 20%, B: 70%}}", [("shares-total", "shares")]),
        ("{of: speed, shares: {}}", [("shares-total", "shares")]),
        ("{of: speed, shares: {A: 120%, B: -20%}}", [("share-outside", "120%"), ("share-outside", "-20%")]),
        ("{of: speed, shares: {A: 20, B: 80%}}", [("percent-needed/whole", "20")]),
        (
            "{of: speed, shares: {A: 50%, B: 50%}, from: {90: A}, else: B}",
            [("keys-clash", "from"), ("keys-clash", "else")],
        ),
        ("{of: speed, shares: {A: {share: 50%, factor: 1}, B: 50%}}", [("shares-outputs", "B")]),
        ("{of: speed, shares: {A: {factor: 1}, B: 100%}}", [("key-missing", "A")]),
        ("{of: speed, shares: {A: {share: 50%, jobs: 1}, B: {share: 50%, jobs: 2}}}", [("name-twice", "jobs")]),
        ("{of: speed, shares: {A: {share: 50%, a b: 1}, B: {share: 50%, a b: 2}}}", [("name-invalid/mended", "a b")]),
        ("{of: speed, shares: {A: {share: 50%, f: 1_0}, B: {share: 50%, f: 2}}}", [("number-wrong/separator", "1_0")]),
        ("{of: speed, shares: {A: [50%], B: 50%}}", [("shape-wrong/mapping-text", "[50%]")]),
        ("{of: speed, shares: {A: 50%, B: 50%}, ties: some}", [("word-unknown/far", "some")]),
        ("{shares: {A: 50%, B: 50%}}", [("key-missing", "grades")]),
        ("{of: speed, from: {90: A}, else: B, within: post}", [("key-missing", "within")]),
    ],
)
def test_what_can_be_wrong_with_grades_by_rank(grades: str, found: list[tuple[str, str]]) -> None:
    assert wrong(f"grades: {grades}\n") == found


def test_the_total_of_the_shares_is_exact() -> None:
    _, (found,) = loaded("grades: {of: speed, shares: {A: 33.33%, B: 33.33%, C: 33.33%}}\n")
    assert (found.params["total"], found.params["rows"]) == ("99.99%", "3")
