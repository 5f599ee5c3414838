"""Which texts of the data mean which value: only words that there are, each text one of them, no digits as a suffix."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of, message_of

HEAD = """\
format: 1
scheme: texts
effective: {first_day: 2024-01-01, last_day: 2030-12-31}
period: month
currency: EUR
"""


def found(x: str, rest: str = "") -> list[tuple[str, str]]:
    report = ir.check(text=f"{HEAD}inputs: {{p: {{type: key}}, x: {{{x}}}}}\n{rest}pay: {{b: {{amount: 1.00}}}}\n")
    for one in report.errors:
        assert "{" not in message_of(one, "zh") + help_of(one, "en")
    return [(one.code, one.variant) for one in report.errors]


@pytest.mark.parametrize(("texts", "variant"), [
    ("{principal: [Sr]}", ""), ("{Senior: [Sr]}", "near"), ("{senior: [S], juniors: [J]}", "near"),
    ("{principal: Sr}", ""), ("{缺: [Sr]}", ""),
])  # fmt: skip
def test_a_text_means_a_word_that_there_is(texts: str, variant: str) -> None:
    """Else it has no row in any table, and the last row was paid."""
    assert found(f"type: category, one_of: [senior, junior], texts: {texts}") == [("text-outside", variant)]


def test_what_is_not_listed_may_be_any_word() -> None:
    assert found("type: category, texts: {principal: [Sr]}") == []
    assert found("type: category, one_of: [senior, junior], texts: {senior: [Sr], junior: [J]}") == []


def test_the_same_in_rows_groups_and_families() -> None:
    bad = "{type: category, one_of: [a, b], texts: {c: [C]}}"
    rest = (
        f"groups: {{teams: {{key: team, inputs: {{kind: {bad}}}}}}}\n"
        f"details: {{visits: {{belongs_to: p, inputs: {{sort: {bad}}}}}}}\n"
    )
    assert found("type: integer, range: [0, 9]", rest) == [("text-outside", "")] * 2


@pytest.mark.parametrize("x", [
    "type: category, one_of: [a, b], texts: {a: [b]}", "type: category, one_of: [a, b], texts: {a: ['b ', x]}",
    "type: category, one_of: [a, b], texts: {a: [b], b: [a]}", "type: category, texts: {a: [b], b: [c]}",
    "type: boolean, texts: {true: ['false'], false: [N]}", "type: boolean, texts: {true: [否], false: [N]}",
    "type: boolean, texts: {true: [Y], false: ['true']}",
])  # fmt: skip
def test_a_word_means_itself(x: str) -> None:
    """`b`, a word of its own, was read as `a`."""
    assert set(found(x)) == {("text-twice", "word")}


@pytest.mark.parametrize("x", [
    "type: category, one_of: [a, b], texts: {a: [a, A], b: [B]}",
    "type: boolean, texts: {true: ['true', Y], false: [N]}",
    "type: boolean, texts: {true: [是, 有], false: [否, 无]}", "type: category, texts: {a: [b]}",
])  # fmt: skip
def test_a_word_may_be_listed_under_itself(x: str) -> None:
    assert found(x) == []


ACCENT, PARTS = "\u00e9", "e\u0301"  # the same letter, as one character and put together from two


@pytest.mark.parametrize(("x", "expected"), [
    (f"type: category, one_of: [a, b], texts: {{a: [{ACCENT}], b: [{PARTS}]}}", ("text-twice", "")),
    ("type: category, one_of: [a, b], texts: {a: [x], b: [' x ']}", ("text-twice", "")),
    ("type: category, one_of: [a, b], texts: {a: [x], b: ['x\u3000']}", ("text-twice", "")),
    ("type: boolean, texts: {true: [Y], false: ['Y ']}", ("text-twice", "")),
    (f"type: category, one_of: [a, {PARTS}], texts: {{a: [{ACCENT}]}}", ("text-twice", "word")),
    (f"type: category, one_of: [a, {ACCENT}], texts: {{a: ['{PARTS} ']}}", ("text-twice", "word")),
    (f"type: category, texts: {{a: [{PARTS}], {ACCENT}: [E]}}", ("text-twice", "word")),
    (f"type: category, texts: {{a: [{PARTS}]}}, missing_texts: [{ACCENT}]", ("text-twice", "missing")),
    (f"type: category, one_of: [a, {PARTS}], missing_texts: [{ACCENT}]", ("text-twice", "missing")),
    ("type: category, texts: {a: [' x']}, missing_texts: ['x ']", ("text-twice", "missing")),
    (f"type: category, one_of: [a, {PARTS}], carried_from: y, first: c, can_be_missing: true", ("first-outside", "")),
])  # fmt: skip
def test_texts_are_told_apart_as_cells_are(x: str, expected: tuple[str, str]) -> None:
    """Whoever wrote the letter in the other form, or with a blank behind it, was paid by the first of the two."""
    rest = f"quantities: {{y: '\"{ACCENT}\"'}}\n" if "carried_from" in x else ""
    assert found(x, rest) == [expected]


@pytest.mark.parametrize("text", ['""', '" "', "'\u3000'", '["", A]'])
@pytest.mark.parametrize("kind", [
    "type: category, one_of: [a, b], texts: {a: TEXT}", "type: boolean, texts: {true: TEXT}",
])  # fmt: skip
def test_an_empty_text_means_missing_and_nothing_else(kind: str, text: str) -> None:
    """An empty cell is missing before any of its texts is looked at: such a text never acted."""
    assert found(kind.replace("TEXT", text)) == [("text-twice", "empty")]
    assert found("type: category, one_of: [a, b], missing_texts: ['', ' ']") == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_to_do_about_an_empty_text_names_what_there_is(language: str) -> None:
    text = HEAD + "inputs: {p: {type: key}, x: {type: boolean, texts: {true: ['']}}}\npay: {b: {amount: 1.00}}\n"
    (error,) = ir.check(text=text).errors
    word = {"en": "can_be_missing: true", "zh": "可缺: 是"}[language]
    assert word in help_of(error, language)
    mended = text.replace("texts: {true: ['']}", "can_be_missing: true") + "quantities: {y: 'coalesce(x, true)'}\n"
    run = ir.compile(text=mended, period="2024-01").run([{"p": "A", "x": ""}, {"p": "B", "x": "false"}], referee="all")
    assert [one["y"] for one in run.results] == [True, False]


@pytest.mark.parametrize("cell", [ACCENT, PARTS, f" {PARTS}\t", f"\u3000{ACCENT}"])
@pytest.mark.parametrize("text", [ACCENT, PARTS, f"' {PARTS} '", f"'\u3000{ACCENT}'"])
def test_a_text_is_found_in_whatever_form_either_has(text: str, cell: str) -> None:
    for x, value in (
        (f"type: category, one_of: [a, b], texts: {{a: [{text}]}}", "a"),
        (f"type: category, texts: {{{ACCENT}: [{text}, o]}}", ACCENT),
        (f"type: category, one_of: [{text}], texts: {{{ACCENT}: [z]}}", ACCENT),
        (f"type: boolean, texts: {{true: [{text}]}}", True),
        (f"type: category, can_be_missing: true, missing_texts: [{text}]", ir.MISSING),
    ):
        data = f"{HEAD}inputs: {{p: {{type: key}}, x: {{{x}}}}}\nquantities: {{y: x}}\npay: {{b: {{amount: 1.00}}}}\n"
        pipeline = ir.compile(text=data, period="2024-01")
        assert pipeline.run([{"p": "A", "x": cell}], referee="all").results[0]["y"] == value
        assert pipeline.score({"p": "A", "x": cell})["y"] == value


@pytest.mark.parametrize("suffix", ['"0"', "5", '".5"', "1.0", '" 00 "'])
@pytest.mark.parametrize("kind", ["money", "integer", "number, decimals: 1"])
def test_a_suffix_is_no_part_of_a_number(suffix: str, kind: str) -> None:
    """The two engines read 1230 and 123 out of one cell."""
    assert found(f"type: {kind}, range: [0, 100000], suffix: {suffix}") == [("suffix-number", "")]


@pytest.mark.parametrize("suffix", ['"%"', '" out of 10"', "h", "元", '"0 h"', '" m2"'])
def test_a_suffix_that_says_what_it_is_is_cut_off_by_both_engines(suffix: str) -> None:
    x = f"type: integer, range: [0, 100000], suffix: {suffix}"
    assert found(x) == []
    text = f"{HEAD}inputs: {{p: {{type: key}}, x: {{{x}}}}}\npay: {{b: {{amount: 1.00 * x}}}}\n"
    pipeline, end = ir.compile(text=text, period="2024-01"), suffix.strip('"')
    run = pipeline.run([{"p": "A", "x": f"1230{end}"}, {"p": "B", "x": "7"}, {"p": "C", "x": 9}], referee="all")
    assert [one["b"] for one in run.results] == [1230, 7, 9]
