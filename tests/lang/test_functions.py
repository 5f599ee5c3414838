"""The catalogue of functions is sound: no spelling stands for two things, every option that takes words has some."""

from __future__ import annotations

from collections import Counter

import pytest

from incentive_rules.lang.aggregates import AGGREGATES
from incentive_rules.lang.functions import (
    AWARD,
    CANONICAL,
    EVERYONE,
    OPTION_WORDS,
    OPTIONS,
    OTHERS,
    PART,
    PERIOD_NAMES,
    ROW_FUNCTIONS,
    VALUE,
    OptionWord,
    option_word,
    option_words,
)
from incentive_rules.lang.keywords.words import MEMBER
from incentive_rules.lang.nodes import Call, Text
from incentive_rules.lang.parser import parse

ENTRIES = [*ROW_FUNCTIONS, *AGGREGATES]
PAIRS = [*((f.name, f.chinese) for f in ENTRIES), VALUE, AWARD, EVERYONE, OTHERS, PART, MEMBER, *PERIOD_NAMES.items()]


def test_no_spelling_stands_for_two_names() -> None:
    """`min` and `max` are functions of a row and of rows: one idea, told apart by the number of arguments."""
    spellings = [spelling for pair in dict.fromkeys(PAIRS) for spelling in pair]
    assert [s for s, count in Counter(spellings).items() if count > 1] == []


def test_every_option_of_a_function_can_be_written_in_both_languages() -> None:
    named = {option for entry in ENTRIES for option in entry.options} | {"give"}
    assert {OPTIONS[option] for option in named} == named
    assert set(Counter(OPTIONS.values()).values()) == {2}


def test_the_words_of_an_option_mean_one_thing_whatever_the_function() -> None:
    """The parser reads them without knowing what is called."""
    for option in {word.option for word in OPTION_WORDS}:
        words = [w for w in OPTION_WORDS if w.option == option]
        spellings = [s for w in words for s in (w.english, w.chinese)]
        assert len(spellings) == len(set(spellings))
        assert all(option in next(e for e in ENTRIES if e.name == w.of).options for w in words)


@pytest.mark.parametrize("word", OPTION_WORDS, ids=lambda w: w.english)
def test_a_word_is_the_english_one_in_whatever_language_it_is_written(word: OptionWord) -> None:
    for spelling in (word.english, word.chinese):
        tree, _ = parse(f'{word.of}(x, {word.option}="{spelling}")')
        assert isinstance(tree, Call)
        assert tree.options == ((word.option, Text(word.english)),)
    assert word.english in option_words(word.option, word.of)


def test_a_strange_word_stays_as_it_is() -> None:
    assert option_word("ties", "odd") == "odd"
    assert option_words("ties", "rank") == ("standard", "modified", "dense")
    assert set(CANONICAL.values()) == {entry.name for entry in ENTRIES}
