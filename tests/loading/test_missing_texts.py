"""Which texts of the data mean that nothing is there: the list of an input replaces that of all data."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of

SCHEME = """\
format: 1
scheme: missing texts
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: year
data: {missing_texts: [None, "-"]}
quantities: {seen: 'coalesce(s, "nothing")'}
inputs:
  p: {type: key}
  s: {type: category, can_be_missing: true, MORE}
"""


def read(more: str, *cells: str) -> list[object]:
    pipeline = ir.compile(text=SCHEME.replace("MORE", more), period="2026")
    return [pipeline.score({"p": "A", "s": cell})["seen"] for cell in cells]


def found(more: str, text: str = SCHEME) -> list[tuple[str, str]]:
    return [(d.code, d.variant) for d in ir.check(text=text.replace("MORE", more)).errors]


def test_without_a_list_of_its_own_an_input_has_that_of_all() -> None:
    assert read("column: s", "None", "-", "N/A", "") == ["nothing", "nothing", "N/A", "nothing"]


def test_a_list_of_its_own_replaces_that_of_all() -> None:
    assert read("missing_texts: [N/A]", "None", "-", "N/A", "") == ["None", "-", "nothing", "nothing"]
    assert read("missing_texts: []", "None", "-", "N/A", "") == ["None", "-", "N/A", "nothing"]
    both = "texts: {none: None, rated: '5'}, missing_texts: [zzz]"
    assert read(both, "None", "5", "zzz") == ["none", "rated", "nothing"]


@pytest.mark.parametrize(
    "more, variant",
    [
        ("texts: {none: None}", "missing-all"), ("one_of: [None, a]", "missing-all"),
        ("texts: {none: zzz}, missing_texts: [zzz]", "missing"), ("one_of: [zzz, a], missing_texts: [zzz]", "missing"),
    ],
)  # fmt: skip
def test_a_text_that_means_a_value_does_not_mean_missing_as_well(more: str, variant: str) -> None:
    assert found(more) == [("text-twice", variant)]
    for language in ("en", "zh"):
        (error,) = ir.check(text=SCHEME.replace("MORE", more)).errors
        assert "[]" in help_of(error, language) or variant == "missing"


def test_the_remedies_mend_it() -> None:
    assert found("texts: {none: None}, missing_texts: []") == found("one_of: [None, a], missing_texts: []") == []
    assert found("texts: {none: zzz}, missing_texts: ['-']") == []
    assert found("one_of: [None, a], texts: {None: [nothing given]}") == [], "the data spell the word in another way"


def test_a_flag_is_no_missing_value() -> None:
    text = SCHEME.replace("category", "boolean").replace('coalesce(s, "nothing")', "coalesce(s, false)")
    assert found("missing_texts: [否]", text) == [("text-twice", "missing")]
    assert found("texts: {true: [Y], false: [N]}, missing_texts: [N]", text) == [("text-twice", "missing")]
    assert found("texts: {true: [Y], false: [N]}", text) == []


def test_details_groups_and_families_have_the_same_rule() -> None:
    more = """\
groups: {areas: {key: area, inputs: {kind: {type: category, texts: {none: None}}}}}
details:
  visits: {belongs_to: p, inputs: {note: {type: category, one_of: [None, x]}}}
"""
    assert found("column: s", SCHEME + more) == [("text-twice", "missing-all")] * 2
