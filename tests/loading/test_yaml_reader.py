"""Reading YAML strictly: what becomes of a text, where each character stands, and what is refused."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.codes import CODES, Code, Wording
from incentive_rules.base.codes import yaml as family
from incentive_rules.base.diagnostics import Diagnostic
from incentive_rules.base.reports import render
from incentive_rules.loading.yaml import reader
from incentive_rules.loading.yaml.reader import read_document
from incentive_rules.model.document import Document, Item, Mapping, Scalar, Sequence

PARSERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every case holds with either of PyYAML's parsers."""
    monkeypatch.setattr(reader, "PARSER", request.param)


def read(text: str | bytes) -> Document:
    document, findings = read_document(text, "scheme.yaml")
    assert document is not None, render(findings)
    return document


def plain(item: Item) -> object:
    """A document as lists and dicts of texts."""
    if isinstance(item, Scalar):
        return item.text
    if isinstance(item, Sequence):
        return [plain(i) for i in item.items]
    return {entry.key.text: plain(entry.value) for entry in item.entries}


def texts(item: Item) -> list[Scalar]:
    if isinstance(item, Scalar):
        return [item]
    if isinstance(item, Sequence):
        return [text for i in item.items for text in texts(i)]
    return [text for entry in item.entries for text in (entry.key, *texts(entry.value))]


def refused(text: str | bytes) -> tuple[Diagnostic, ...]:
    document, findings = read_document(text, "scheme.yaml")
    assert document is None
    return findings


def codes(text: str | bytes) -> list[str]:
    return [d.code + (f"/{d.variant}" if d.variant else "") for d in read_document(text, "scheme.yaml")[1]]


# What is read ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text", ["no", "yes", "007", "12:30", "2026.10", "1e3", "0x1F", "null", "2026-02-30", "5%", "N/A"]
)
def test_no_look_makes_a_text_anything_else(text: str) -> None:
    assert plain(read(f"key: {text}").root) == {"key": text}
    assert plain(read(f"{text}: value").root) == {text: "value"}


@pytest.mark.usefixtures("parser")
def test_mappings_lists_and_texts_come_in_written_order() -> None:
    document = read("b: {x: 1, y: [p, q]}\na:\n  - one\n  - k: v\nempty: []\nnone: {}\n")
    assert plain(document.root) == {"b": {"x": "1", "y": ["p", "q"]}, "a": ["one", {"k": "v"}], "empty": [], "none": {}}
    assert list(plain(document.root)) == ["b", "a", "empty", "none"]
    braces, block = (document.root.entries[i].value for i in (0, 1))
    assert isinstance(braces, Mapping)
    assert braces.flow
    assert braces.place.text == "{x: 1, y: [p, q]}"
    assert block.place.text == "- one\n  - k: v"


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_read_the_same(ending: str) -> None:
    document = read(f"a: |{ending}  x{ending}  y{ending}b: p{ending}  q{ending}")
    assert plain(document.root) == {"a": "x\ny\n", "b": "p q"}
    assert document.root.entries[1].key.place.line == 4


@pytest.mark.usefixtures("parser")
def test_a_byte_order_mark_at_the_start_moves_no_place() -> None:
    document = read("\ufeffname: 𠮷野".encode())
    value = document.root.entries[0].value
    assert (value.place.line, value.place.column, value.place.text) == (1, 7, "𠮷野")


@pytest.mark.usefixtures("parser")
def test_a_tab_inside_a_line_reads_as_a_space() -> None:
    assert plain(read("a:\tb\tc\t# comment\n\t\n").root) == {"a": "b c"}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "written",
    [
        "min(a, b) + 奖金",
        "'min(a, b) + 奖金'",
        '"min(a, b) + 奖金"',
        "|\n  min(a, b) + 奖金\n",
        ">-\n  min(a, b) + 奖金\n",
        '"m\\x69n(a, b) \\\n  + 奖金"',
        "min(a, b)\n  + 奖金",
        "'min(a, b)\n\n  + 奖金'",
        ">2\n  min(a, b)\n  + 奖金\n\n",
    ],
)
def test_every_character_of_a_text_knows_its_place(written: str) -> None:
    source = f"# 注释 😀\nformula: {written}\n"
    (value,) = (entry.value for entry in read(source).root.entries)
    assert isinstance(value, Scalar)
    assert len(value.offsets) == len(value.text) + 1
    assert source[value.offsets[value.text.index("奖")]] == "奖"
    assert source[value.offsets[value.text.index("(")]] == "("
    assert list(value.offsets) == sorted(value.offsets)


PIECES = st.sampled_from(
    [
        " ",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n  ",
        "a",
        "b中",
        "😀",
        "''",
        "\\n",
        "\\x41",
        '"',
        "'",
        ":",
        "#",
        ",",
        "+",
        "\t",
        "\\\n",
    ]
)
HEADS = st.sampled_from(
    ["k: ", "k: |\n  ", "k: >-\n  ", "k: |2\n   ", "k: >+\n  ", 'k: "', "k: '", "k: {a: ", "k: [", "k:\n  "]
)
TAILS = st.sampled_from(["", "\n", '"\n', "'\n", "}\n", "]\n", "\nz: 1\n", "\n  y\nz: 1\n"])


@given(HEADS, st.lists(PIECES, max_size=20).map("".join), TAILS)
def test_offsets_agree_with_the_parser_on_any_text(head: str, middle: str, tail: str) -> None:
    """Either a text is refused, or each of its characters is found where its offset says."""
    source = head + middle + tail
    document, findings = read_document(source, "any.yaml")
    render(findings, "text", "zh")
    for scalar in texts(document.root) if document else ():
        assert len(scalar.offsets) == len(scalar.text) + 1
        for character, offset in zip(scalar.text, scalar.offsets, strict=False):
            assert source[offset] == character or character in " \n" or source[offset] == "\\"


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    document, findings = read_document(text, "any.yaml")
    assert (document is None) == any(CODES[d.code].severity == "error" for d in findings)
    assert all(d.place is not None for d in findings)


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("code", [c for c in family.CODES if c.wrong], ids=lambda code: code.name)
def test_each_code_has_an_example_that_earns_it_and_one_that_does_not(code: Code) -> None:
    assert code.name in {d.code for d in read_document(code.wrong, "wrong.yaml")[1]}
    assert read_document(code.right, "right.yaml")[1] == ()


def holes(wording: Wording) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", wording.message + wording.help))


@pytest.mark.parametrize("code", family.CODES, ids=lambda code: code.name)
def test_each_code_says_the_same_in_both_languages(code: Code) -> None:
    for variant in ("", *code.variants):
        english, chinese = (code.wording(language, variant) for language in ("en", "zh"))
        assert holes(english) == holes(chinese), variant
    assert code.why_en
    assert code.why_zh


NAMED = [
    ("a: 1\na: 2\n", "key-twice", 2, "a"),
    ('amount: 1\n"\\x61mount": 2\n', "key-twice", 2, '"\\x61mount"'),
    ("tasks: 1\nｔａｓｋｓ: 2\n", "key-twice/alike", 2, "ｔａｓｋｓ"),
    ("优: 1\n（优）: 2\n(优): 3\n", "key-twice/alike", 3, "(优)"),
    ('" a": 1\n', "key-form/space", 1, '" a"'),
    ("ｔ: 1\n", "key-form/alike", 1, "ｔ"),
    ("=: 1\n", "key-form/equals", 1, "="),
    ("'': 1\n", "key-form", 1, "''"),
    ("? a\n: 1\n", "key-complex", 1, "a"),
    ("{a: 1}: 1\n", "key-complex", 1, "{"),
    ("a: ~\n", "value-empty", 1, "a"),
    ("a:\nb: 1\n", "value-empty", 1, "a"),
    ("a: >\nb: 1\n", "value-empty", 1, "a"),
    ("a:\n  -\n  - x\n", "value-empty/item", 2, ""),
    ("a: &x 1\n", "yaml-anchor", 1, "&x"),
    ("a: *x\n", "yaml-anchor/alias", 1, "*x"),
    ("a:\n  <<: 5\n", "yaml-anchor/merge", 2, "<<"),
    ("a: !!python/object/apply:os.system [ls]\n", "yaml-tag", 1, "!!python/object/apply:os.system"),
    ("%YAML 1.1\n---\na: 1\n", "yaml-directive", 1, "%YAML 1.1"),
    ("a: 1\n---\nb: 2\n", "second-document", 2, "---"),
    ("a: 1\n...\nb: 2\n", "second-document", 2, "..."),
    ("- a\n", "root-shape", 1, "-"),
    ("a: x\u200by\n", "character", 1, "\u200b"),
    ("a: 1 # \u202e\n", "character", 1, "\u202e"),
    ("a: 1\n\ufeffb: 2\n", "character", 2, "\ufeff"),
    ('a: "\\e[2J"\n', "character/escape", 1, "\\e"),
    ('a: "x\\ud800"\n', "character/escape", 1, "\\ud800"),
    ('a: "\\U00110000"\n', "yaml-syntax/escape", 1, "\\U"),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "code", "line", "stretch"), NAMED)
def test_what_is_not_read_is_named_at_its_place(text: str, code: str, line: int, stretch: str) -> None:
    first = refused(text)[0]
    assert first.place is not None
    assert first.code + (f"/{first.variant}" if first.variant else "") == code
    assert (first.place.line, first.place.text[: len(stretch)]) == (line, stretch)


def test_words_of_a_category_may_have_full_width_brackets_and_roman_numerals() -> None:
    assert codes("（优）: 1\nⅡ级: 2\n㎡: 3\n①: 4\n") == []


def test_a_repeated_key_shows_both_lines() -> None:
    assert render(refused("a: 1\nb: 2\na: 3\n")) == (
        "error[key-twice]: `a` is here for the second time; the first is on line 1\n"
        " --> scheme.yaml:3:1\n"
        "3 | a: 3\n"
        "  | ^\n"
        "1 | a: 1\n"
        "help: keep one of them, or rename one"
    )


def test_all_findings_are_reported_at_once() -> None:
    found = codes("a: 1\na: 2\nb:\nc: &x 1\nd: {e: f(1, 2)}\n")
    assert sorted(found) == ["formula-cut", "key-twice", "value-empty", "yaml-anchor"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"# only a comment\n", "file-empty"),
        ("方案: 示例\n".encode("gb18030"), "encoding/gb18030"),
        ("方案: 示例\n".encode("utf-16"), "encoding/utf16"),
        (b"a: \xff\xff\xff", "encoding"),
        (b"a: x\x00y\n", "character"),
        ("a: x\u2028b: 2\n".encode(), "character"),
    ],
)
def test_bytes_that_are_no_scheme_say_what_they_are(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def test_the_place_of_a_wrong_encoding_is_shown_as_the_author_sees_it() -> None:
    (finding,) = refused("title: ok\n方案: 示例\n".encode("gb18030"))
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (2, 1)
    assert "方案: 示例" in render([finding])
