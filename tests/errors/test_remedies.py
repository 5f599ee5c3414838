"""What a remedy tells an author to write exists, in both languages, and helps.

Keywords, words of choices, functions and options that stand in a remedy are those of the language of the report; the
Chinese remedy names what the English one names. Each failing example, and its mended one, is tried in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from incentive_rules.base.codes import CODES, Wording
from incentive_rules.base.reports import severity_of
from incentive_rules.lang import functions as f
from incentive_rules.lang.keywords import ALL_BLOCKS, CHOICES, OneOf
from tests.errors.fragments import complete
from tests.errors.test_codes import PIECES, SHOWN, Severity, findings
from tests.errors.translated import in_chinese
from tests.errors.variants import MENDED, WITHOUT

QUOTED = re.compile(r"`([^`]*)`")
# Names of the author's own, as a remedy invents them; and words of other programs.
INVENTED = {
    "engineer", "PERSON", "wage", "before", "SUBSTITUTE", "UNICHAR", "grade", "name",
    "工号", "岗位工资", "取整前", "等级", "名称",
}  # fmt: skip

LITERALS = (("else", "其余"), ("missing", "缺失"), ("true", "是"), ("false", "否"), ("tbd", "待定"))
PYTHON = {"period", "score", "given", "details", "groups"}  # arguments of our own functions, as code calls them


def spellings() -> dict[str, set[str]]:
    """Of each English word of ours, the Chinese words that it may be."""
    found: dict[str, set[str]] = {}
    for block in ALL_BLOCKS:
        for one in block.fields:
            found.setdefault(one.key, set()).add(one.chinese)
    for choice in CHOICES:
        for word in choice.words:
            found.setdefault(word.english, set()).add(word.chinese)
    for english, chinese in f.CHINESE.items():
        found.setdefault(english, set()).add(chinese)
    for option in f.OPTION_WORDS:
        found.setdefault(option.english, set()).add(option.chinese)
    for english, chinese in (f.EVERYONE, f.OTHERS, f.PART, f.VALUE, f.AWARD, *LITERALS):
        found.setdefault(english, set()).add(chinese)
    return found


SPELLINGS = spellings()
WORDS = {"en": set(SPELLINGS), "zh": set().union(*SPELLINGS.values())}
KEYS = {one.spelling(language): one for language in ("en", "zh") for block in ALL_BLOCKS for one in block.fields}
CHOSEN: dict[str, set[str]] = {}
for _block in ALL_BLOCKS:
    for _one in _block.fields:
        for _language in ("en", "zh"):
            _own = CHOSEN.setdefault(_one.spelling(_language), set())
            _own |= {w.spelling(_language) for w in _one.form.choice.words} if isinstance(_one.form, OneOf) else {"*"}


def wordings() -> Iterator[tuple[str, Wording, Wording]]:
    for name, code in CODES.items():
        for variant, (english, chinese) in {"": (code.en, code.zh), **code.variants}.items():
            yield f"{name}/{variant}", english, chinese


def quoted(text: str) -> list[str]:
    """What stands between backticks, without holes and without words of data."""
    plain = (re.sub(r"\"[^\"]*\"", " ", one.replace("{{", " ").replace("}}", " ")) for one in QUOTED.findall(text))
    return [re.sub(r"\{[a-z_]*\}", "…", one) for one in plain]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_key_function_and_option_of_a_remedy_exists(language: str) -> None:
    unknown = []
    for name, *pair in wordings():
        wording = pair[language == "zh"]
        for text in quoted(wording.help):
            for word in re.findall(r"([^\W\d]\w*)(?=: |:$|\(|=(?!=))", text):
                if word not in WORDS[language] | INVENTED | PYTHON:
                    unknown.append((name, word, wording.help))
    assert not unknown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_word_behind_a_key_is_one_that_it_may_hold(language: str) -> None:
    wrong = []
    for name, *pair in wordings():
        for text in quoted(pair[language == "zh"].help):
            for key, word in re.findall(r"([^\W\d]\w*): ([^\W\d]\w*)$", text):
                allowed = CHOSEN.get(key, {"*"})
                if "*" not in allowed and word not in allowed:
                    wrong.append((name, key, word))
    assert not wrong


def test_a_chinese_word_in_marks_is_one_of_ours() -> None:
    """“…” marks a keyword or a word of a choice; what else stands in marks is named here."""
    others = {"另存为", "半角冒号加空格", "文本", "如果……否则", "CSV UTF-8（逗号分隔）", "Unicode 文本", "”"}
    unknown = []
    for name, _, chinese in wordings():
        for word in re.findall(r"“([^“”{}`]+)”", chinese.help):
            if word not in others and not set(re.split("[、：: ]+", word)) <= WORDS["zh"]:
                unknown.append((name, word, chinese.help))
    assert not unknown


def test_the_chinese_remedy_names_what_the_english_one_names() -> None:
    apart = []
    for name, english, chinese in wordings():
        both = chinese.help + chinese.message
        for text in quoted(english.help):
            for word in re.findall(r"([a-z_]+)(?=: |:$)|(?<=: )([a-z_]+)$|^([a-z_]+)$", text):
                one = "".join(word)
                if one in SPELLINGS and one not in both and not any(c in both for c in SPELLINGS[one]):
                    apart.append((name, one, english.help, chinese.help))
    apart = [x for x in apart if x[:2] not in NO_KEYWORD]
    assert not apart


# `name: value` is any entry; `缺失` stands in the remedy as a word of formulas.
NO_KEYWORD = {("key-complex/", "value"), ("yaml-syntax/no-colon", "value"), ("value-empty/flow", "value")}


@pytest.mark.parametrize("name", [name for name in SHOWN if name not in PIECES])
def test_with_chinese_keywords_the_same_fails_and_the_same_mends_it(name: str) -> None:
    wrong, right = (in_chinese(complete(text)) for text in (CODES[name].wrong, CODES[name].right))
    if wrong is None or right is None or name == "language-mixed":
        return  # the text itself is at fault, which a tree does not show
    assert name in {d.code for d in findings(wrong)}, wrong
    bad = [d for d in findings(right) if d.code == name or severity_of(d.code) is Severity.ERROR]
    assert not bad, f"{[(d.code, d.place.text if d.place else '') for d in bad]}\n{right}"


# A tree shows neither quotes nor comments, and a Chinese keyword has no near English word.
ONLY_ENGLISH = {
    ("language-mixed", "many"), ("key-unknown", "top"), ("table-type", "words"), ("formula-cut", "comment"),
}  # fmt: skip


def earned(text: str) -> set[tuple[str, str]]:
    return {(d.code, d.variant) for d in findings(text)}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("which", MENDED, ids="/".join)
def test_what_the_remedy_of_a_wording_says_mends_it(which: tuple[str, str], language: str) -> None:
    wrong, right = (complete(text) for text in MENDED[which])
    if language == "zh" and which not in ONLY_ENGLISH:
        chinese = in_chinese(wrong), in_chinese(right)
        assert chinese[0] is not None and chinese[1] is not None
        wrong, right = chinese
    assert which in earned(wrong), f"{earned(wrong)}\n{wrong}"
    bad = [d for d in findings(right) if d.code == which[0] or severity_of(d.code) is Severity.ERROR]
    assert not bad, f"{[(d.code, d.place.text if d.place else '') for d in bad]}\n{right}"


@pytest.mark.thorough
def test_every_wording_is_tried_or_listed() -> None:
    """A new wording brings the fragment that earns it and the fragment that its remedy makes of it."""
    tried = set(MENDED).union(*(earned(complete(CODES[name].wrong)) for name in SHOWN))
    wanted = {(name, variant) for name in SHOWN for variant in ("", *CODES[name].variants)}
    assert {"/".join(one) for one in wanted - tried} == WITHOUT
