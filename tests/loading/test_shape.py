"""The shape of a document: each fault is told once, at its place, in the author's keyword language."""

from __future__ import annotations

import pytest

from incentive_rules.base.reports import help_of, message_of
from incentive_rules.loading.fixes import mend
from tests.errors.fragments import complete
from tests.loading.schemes import CHINESE, codes, loaded


def only(text: str) -> tuple[str, str]:
    """Message and remedy of the one finding, in the language of the document."""
    scheme, (found,) = loaded(text)
    return message_of(found, scheme.language), help_of(found, scheme.language)


def test_an_unknown_key_is_answered_with_the_near_one_and_all_that_are_allowed() -> None:
    message, remedy = only(CHINESE + "指标:\n  速度: {权种: 100%, 方向: 越高越好, 实际值: 件数, 计分: 实际值}\n")
    assert message == "`速度` 下没有 `权种` 这一项"
    assert remedy.startswith("是不是想写 `权重`？这里可以写：标题、权重、")


def test_an_unknown_section_is_answered_with_the_near_one() -> None:
    message, remedy = only("quantites:\n  double: jobs * 2\n")
    assert (message, remedy) == ("a scheme has no section `quantites`", "did you mean `quantities`?")


def test_a_missing_key_says_what_it_is_for_and_how_it_looks() -> None:
    message, remedy = only(CHINESE + "指标:\n  速度: {权重: 100%, 方向: 越高越好, 计分: 实际值}\n")
    assert message.startswith("`速度` 缺少 `实际值`：测得的值")
    assert remedy.startswith("补上一行，例如 `实际值:")


def test_an_unknown_word_is_answered_with_the_words_that_are_allowed() -> None:
    message, remedy = only("status: activ\n")
    assert message == "`activ` is not one of the words for `status`"
    assert remedy == "did you mean `active`? allowed: draft, example, active"


@pytest.mark.parametrize(
    "fragment, variant",
    [
        ("effective: 2026\n", "mapping"),
        ("require: jobs > 0\n", "list"),
        ("version: {en: Bonus}\n", "text"),
        ("quantities:\n  double: [jobs]\n", "mapping-text"),
        ("composites:\n  all: {of: speed}\n", "list-mapping"),
        (
            "details:\n  calls: {belongs_to: {a: b}, inputs: {calls_made: {type: integer, range: [0, 5]}}}\n",
            "list-text",
        ),
        ("pay:\n  bonus: 100\n", "mapping"),
        ("pay:\n  bonus: [100]\n", "mapping-text"),
    ],
)
def test_a_wrong_form_says_which_form_is_due(fragment: str, variant: str) -> None:
    assert codes(fragment) == [f"shape-wrong/{variant}"]


def test_a_wrong_form_hides_what_stands_below_it_and_nothing_beside_it() -> None:
    found = codes("title: [Bonus]\nstatus: activ\nquantites: {}\n")
    assert found == ["shape-wrong/mapping-text", "word-unknown", "key-unknown/top"]


@pytest.mark.parametrize(
    "fragment",
    [
        "tables:\n  step: {form: {10: 2}, else: 1}\n",
        "indicators:\n  pace: {weight: 100%, better: higher, valeu: jobs, score: value}\n",
        "indicators:\n  all: {weight: 100%, parts: {pace: {wieght: 9%, better: higher, value: jobs, score: value}}}\n",
        "grades: {off: speed, from: {90: A}, else: B}\n",
    ],
)
def test_a_mistyped_key_is_not_told_to_be_missing_as_well(fragment: str) -> None:
    assert codes(fragment) == ["key-unknown"]


# ── The language of keywords ──────────────────────────────────────────────────────────────────────


def test_foreign_keywords_are_one_finding_at_the_first_of_them_and_all_are_mended() -> None:
    text = CHINESE + "指标:\n  速度: {weight: 100%, better: higher, 实际值: 件数, 计分: 实际值}\n"
    _, found = loaded(text)
    assert [(d.code, d.variant, d.place.text if d.place else "") for d in found] == [
        ("language-mixed", "zh-many", "weight")
    ]
    mended = mend(text, found)
    assert "{权重: 100%, 方向: 越高越好, 实际值: 件数, 计分: 实际值}" in mended
    assert loaded(mended)[1] == ()


def test_a_foreign_keyword_is_read_as_it_was_meant() -> None:
    """So that one slip of the keyboard hides nothing else and starts nothing else."""
    scheme, found = loaded("参数:\n  target: 80\nquantities:\n  reached: jobs / target\n")
    assert [d.code for d in found] == ["language-mixed"]
    assert [p.name for p in scheme.parameters] == ["target"]


def test_a_foreign_word_counts_as_a_foreign_keyword() -> None:
    message, remedy = only(complete("period: 月\n"))
    assert message == "`月` is a Chinese keyword in a document with English ones"
    assert remedy == "write `month` (`--fix`)"


def test_names_may_be_in_any_script() -> None:
    assert codes("quantities:\n  每日件数: {is: jobs / 30, title: 每日}\n") == []


# ── The first line ────────────────────────────────────────────────────────────────────────────────


def test_the_first_key_decides_the_language() -> None:
    assert loaded(CHINESE)[0].keyword_language == "zh"
    assert loaded("title: Bonus\n")[0].keyword_language == "en"


def test_without_a_first_line_most_sections_decide() -> None:
    scheme, found = loaded("# kein Format\n" + CHINESE.removeprefix("格式: 1\n"))
    assert scheme.keyword_language == "zh"
    assert [d.code for d in found] == ["format-first"]


def test_a_file_without_any_keyword_is_no_scheme() -> None:
    from incentive_rules.loading import load

    scheme, found = load("colour: red\nsize: 4\n", "notes.yaml")
    assert scheme is None
    assert [(d.code, d.variant) for d in found] == [("format-first", "none")]
