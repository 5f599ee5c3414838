"""The normative page keeps its word: its table of formulas, and every formula of the drafts it was tried against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from incentive_rules.lang.functions import OPTIONS
from incentive_rules.lang.lexer import OPERATORS, WORDS
from incentive_rules.lang.parser import BINDS, parse

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "grammar.md").read_text(encoding="utf-8")
READINGS = re.findall(r"^\| `(.+?)` \| `(.+?)` \|$", PAGE.split("## Tried against real schemes")[1], re.MULTILINE)

# Where the drafts hold formulas.
PLACES = frozenset({
    "value", "amount", "when", "among", "applies_to", "score", "is", "set", "at_most", "best_by", "require",
    "实际值", "金额", "条件", "评选条件", "适用对象", "计分", "为", "记为", "不高于", "评选依据", "数据要求",
})  # fmt: skip


@pytest.mark.parametrize(("formula", "reading"), READINGS)
def test_the_table_of_readings_is_true(formula: str, reading: str) -> None:
    tree, faults = parse(formula)
    assert tree is not None, faults
    assert parse(reading) == (tree, ())


def test_the_page_names_every_word_and_operator() -> None:
    for word in (*WORDS, *OPERATORS, *BINDS):
        assert word in PAGE, word
    assert READINGS
    assert set(OPTIONS.values()) <= set(OPTIONS)


def formulas(item: object, key: str = "") -> Iterator[str]:
    if isinstance(item, dict):
        for inner, value in item.items():
            yield from formulas(value, inner)
    elif isinstance(item, list):
        for value in item:
            yield from formulas(value, key)
    elif key in PLACES:
        yield str(item)


def test_every_formula_of_the_drafts_is_in_the_grammar(shared: Path) -> None:
    found = [
        text
        for draft in sorted((shared / "drafts").glob("*.yaml"))
        for text in formulas(yaml.load(draft.read_text(encoding="utf-8"), yaml.BaseLoader))
    ]
    assert len(found) > 90
    assert [(text, parse(text)[1]) for text in found if parse(text)[0] is None] == []
