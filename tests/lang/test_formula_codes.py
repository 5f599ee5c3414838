"""Each code of a formula is earned by its own wrong example, and the right example is free of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import incentive_rules.lang
from incentive_rules.base.codes import formula
from incentive_rules.base.codes.entry import Code
from incentive_rules.lang.parser import parse

# Their characters are refused in the document already; `tests/language/formulas.md` has them for formulas alone.
WITHOUT_EXAMPLE = {"formula-control", "formula-invisible"}
SHOWN = [code for code in formula.CODES if code.name not in WITHOUT_EXAMPLE]


def formulas_of(fragment: str) -> list[str]:
    return [str(text) for text in yaml.safe_load(fragment)["quantities"].values()]


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.name)
def test_the_wrong_example_earns_the_code_and_the_right_one_does_not(code: Code) -> None:
    wrong = [fault.code for text in formulas_of(code.wrong) for fault in parse(text)[1]]
    assert set(wrong) == {code.name}
    assert [fault for text in formulas_of(code.right) for fault in parse(text)[1]] == []


@pytest.mark.parametrize("code", formula.CODES, ids=lambda code: code.name)
def test_both_languages_have_the_same_holes(code: Code) -> None:
    for english, chinese in [(code.en, code.zh), *code.variants.values()]:
        holes = [set(re.findall(r"\{(\w+)\}", w.message + w.help)) for w in (english, chinese)]
        assert holes[0] == holes[1], code.name
        assert english.message[0].islower() or not english.message[0].isalpha()


def test_every_code_that_the_parser_uses_is_in_the_catalogue_and_the_reverse() -> None:
    sources = [p.read_text(encoding="utf-8") for p in Path(incentive_rules.lang.__path__[0]).glob("*.py")]
    used = {name for source in sources for name in re.findall(r'"(formula-[a-z-]+)"', source)}
    assert used == {code.name for code in formula.CODES}
