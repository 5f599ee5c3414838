"""The codes about records say the same in both languages."""

from __future__ import annotations

import re

import pytest

from incentive_rules.base.codes.entry import Code
from incentive_rules.base.codes.records import CODES


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_both_languages_say_the_same_holes(code: Code) -> None:
    for english, chinese in ((code.en, code.zh), *code.variants.values()):
        for one, other in ((english.message, chinese.message), (english.help, chinese.help)):
            assert set(re.findall(r"\{(\w+)\}", one)) == set(re.findall(r"\{(\w+)\}", other))
