"""The keyword table is sound: two spellings each, no word twice in one place, everything it names exists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from incentive_rules.lang.keywords import (
    ALL_BLOCKS,
    BLOCKS,
    CHOICES,
    Block,
    ByForm,
    ByKey,
    Entries,
    Fields,
    Form,
    Items,
    Vocabulary,
    example_of,
)  # fmt: skip


def inner_forms(form: Form) -> Iterator[Form]:
    yield form
    match form:
        case Items(of=of) | Entries(of=of):
            yield from inner_forms(of)
        case ByForm(text=text, mapping=mapping, items=items):
            for part in (text, mapping, items):
                if part is not None:
                    yield from inner_forms(part)
        case ByKey(then=then, otherwise=otherwise):
            yield from (then, otherwise)
        case _:
            pass


@pytest.mark.parametrize("block", ALL_BLOCKS, ids=lambda b: b.name)
def test_no_spelling_stands_for_two_fields_of_a_block(block: Block) -> None:
    spellings = [s for f in block.fields for s in {f.key, f.chinese}]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("choice", CHOICES, ids=lambda c: c.name)
def test_no_spelling_stands_for_two_words_of_a_choice(choice: Vocabulary) -> None:
    spellings = [s for w in choice.words for s in {w.english, w.chinese}]
    assert len(spellings) == len(set(spellings))


def test_every_block_that_is_named_exists_and_is_reached() -> None:
    named = {
        f.block for b in ALL_BLOCKS for field in b.fields for f in inner_forms(field.form) if isinstance(f, Fields)
    }
    assert named | {"scheme"} == set(BLOCKS)


def test_every_field_says_what_it_means_in_both_languages() -> None:
    fields = [f for b in ALL_BLOCKS for f in b.fields]
    assert all(f.meaning_en.isascii() and f.meaning_zh and not f.meaning_zh.isascii() for f in fields)


def test_a_keyword_is_spelled_alike_wherever_it_means_the_same() -> None:
    """Where one English word has two Chinese ones, the two ideas differ in Chinese."""
    chinese: dict[str, set[str]] = {}
    for field in (f for b in ALL_BLOCKS for f in b.fields):
        chinese.setdefault(field.key, set()).add(field.chinese)
    assert {key: words for key, words in chinese.items() if len(words) > 1} == {
        "groups": {"群组", "分组"},
        "among": {"评选条件", "参与条件"},
        "people": {"样例人员", "各人"},
        "at_least": {"至少", "不低于"},
        "of": {"依据", "基数"},
        "name": {"情形", "名称"},
        "within": {"评选范围", "组内", "相差"},
    }


@pytest.mark.parametrize(
    "block, key, chinese",
    [
        ("scheme", "effective", "{起: 2026-01-01, 止: 2026-12-31}"),
        ("scheme", "inputs", "{工单数: {类型: 整数, 取值范围: [1, 500]}}"),
        ("indicator", "value", "按时完成数 / 工单数"),
        ("adjustment", "reason", "重大责任事故"),
        ("input", "type", "整数"),
        ("pay", "at_risk", "否"),
        ("indicator", "better", "越高越好"),
    ],
)
def test_examples_are_shown_in_the_language_of_the_keywords(block: str, key: str, chinese: str) -> None:
    assert example_of(BLOCKS[block].by_key[key], "zh") == chinese
