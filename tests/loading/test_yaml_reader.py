"""Reading YAML strictly: what becomes of a text, where each character stands, and what is refused."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.codes import CODES, Code, Wording
from incentive_rules.base.codes import yaml as family
from incentive_rules.base.diagnostics import Diagnostic
from incentive_rules.base.limits import Limits
from incentive_rules.base.reports import render
from incentive_rules.loading import yaml_reader
from incentive_rules.loading.mending import mend
from incentive_rules.loading.yaml_reader import read_document
from incentive_rules.model.document import Document, Item, Mapping, Scalar, Sequence

PARSERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every case holds with either of PyYAML's parsers."""
    monkeypatch.setattr(yaml_reader, "PARSER", request.param)


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


def refused(text: str | bytes, limits: Limits | None = None) -> tuple[Diagnostic, ...]:
    document, findings = read_document(text, "scheme.yaml", limits or Limits())
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


# What authors mean ----------------------------------------------------------------------------------------------------

# What was typed, the code, and the text that `--fix` makes of it ("" where it needs an author).
MISTAKES = [
    ("a: {amount: f(x) + 50 * min(y, 20), b: no}", "formula-cut", "a: {amount: 'f(x) + 50 * min(y, 20)', b: no}"),
    ("a: {of: [p, q], is: clamp(p / q, 0, 1.5)}", "formula-cut", "a: {of: [p, q], is: 'clamp(p / q, 0, 1.5)'}"),
    ("a: {金额: 工资（岗位, 1）, 浮动: 否}", "formula-cut", "a: {金额: '工资（岗位, 1）', 浮动: 否}"),
    ("a: [max(a, b), c]", "formula-cut", "a: ['max(a, b)', c]"),
    ('a: {when: g in ["A", "B"], set: 0}', "formula-cut/bracket", 'a: {when: \'g in ["A", "B"]\', set: 0}'),
    ("a: {amount: 1,000.00}", "formula-cut/thousands", "a: {amount: 1000.00}"),
    ("a: {amount: 1,000,000, b: 1}", "formula-cut/thousands", "a: {amount: 1000000, b: 1}"),
    ("a: {amount: f(x, 20, b: 1}", "formula-cut/open", ""),
    ("a: {60:0, 75:60}", "colon-space", "a: {60: 0, 75: 60}"),
    ("a: 1\n标题:服务\n", "colon-space", "a: 1\n标题: 服务\n"),
    ("a:{b: 1}", "colon-space", "a: {b: 1}"),
    ("服务之星：\n  奖金: 5\n", "fullwidth-mark", "服务之星:\n  奖金: 5\n"),
    ("标题：服务", "fullwidth-mark", "标题: 服务"),
    ("a: {权重：40%，标题：服务}", "fullwidth-mark", "a: {权重: 40%, 标题: 服务}"),
    ("a: {权重: 40%，标题: 服务}", "fullwidth-mark/comma", "a: {权重: 40%, 标题: 服务}"),
    ("a: ｛权重: 40%，标题: 服务｝", "fullwidth-mark/comma", "a: {权重: 40%, 标题: 服务}"),
    ("amount:\u3000100", "fullwidth-mark/space", "amount: 100"),
    ("a:\n  b: 1\n\u3000c: 2\n", "fullwidth-mark/indent", "a:\n  b: 1\n  c: 2\n"),
    ("目的: 说明: 按季度", "text-colon", "目的: '说明: 按季度'"),
    ("when: x if a else y: z", "text-colon", "when: 'x if a else y: z'"),
    ("a:\n\tb: 1\n", "tab-indent", "a:\n  b: 1\n"),
    ('title: "优秀"员工', "text-after-quote", "title: '\"优秀\"员工'"),
    ("title: 'it's'", "text-after-quote", "title: 'it''s'"),
    ('when: "A" == grade', "text-after-quote", "when: '\"A\" == grade'"),
    ('a: {when: "A" == grade, b: 1}', "text-after-quote", "a: {when: '\"A\" == grade', b: 1}"),
    ("when: @tasks > 1", "formula-start", "when: '@tasks > 1'"),
    ("when: `tasks` > 1", "formula-start", "when: '`tasks` > 1'"),
    ("when: &tasks > 3", "formula-start", "when: '&tasks > 3'"),
    ("when: *tasks > 3", "formula-start", "when: '*tasks > 3'"),
    ("when: [tasks] > 3", "formula-start", "when: '[tasks] > 3'"),
    ("when: {tasks} > 3", "formula-start", "when: '{tasks} > 3'"),
    ("when: |x", "formula-start", "when: '|x'"),
    ("when: >= 3", "formula-start/condition", ""),
    ("weight: %40", "formula-start/percent", ""),
    ("weight: ?", "yaml-syntax/question", ""),
    ("missing: -\n", "yaml-syntax/dash", ""),
    ("a:\n  - x\n  -y\n", "yaml-syntax/dash-space", ""),
    ("a:\n  服务质量\n  权重: 40%\n", "yaml-syntax/no-colon", ""),
    ('a: "\\q"', "yaml-syntax/escape", ""),
    ('a: "abc\nb: 1\n', "quote-unclosed", ""),
    ('a: "abc\nb: "x"\n', "quote-unclosed", ""),
    ("a: {b: 1\nc: 2\n", "bracket-unclosed", ""),
    ("a: {b: 1]\n", "bracket-unclosed/other", ""),
    ("a:\n  - b: 1\n     c: 2\n", "indent/deeper", ""),
    ("a:\n  - b: 1\n - b: 2\n", "indent", ""),
    ("  a: 1\nb: 2\n", "indent/first", ""),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("typed", "code", "mended"), MISTAKES)
def test_a_common_mistake_is_recognised_and_mended_where_that_is_safe(typed: str, code: str, mended: str) -> None:
    findings = refused(typed)
    assert {d.code + (f"/{d.variant}" if d.variant else "") for d in findings} == {code}
    for language in ("en", "zh"):
        report = render(findings, language=language)
        assert "…" not in report, "a hole of the wording was not filled"
    if mended:
        assert mend(typed, findings) == mended
        assert codes(mended) == []
    else:
        assert mend(typed, findings) == typed


def test_the_report_of_a_cut_formula_shows_the_mended_line() -> None:
    text = "薪酬:\n  基础工资: {金额: 岗位工资(岗位) + 50 * 取小(工龄, 20), 浮动: 否}\n"
    assert render(refused(text), language="zh") == (
        "错误[formula-cut]：`岗位工资(岗位) + 50 * 取小(工龄, 20)` 在逗号处被切断：`{ }` 和 `[ ]` 里的逗号是分隔符\n"
        " --> scheme.yaml:2:14\n"
        "2 |   基础工资: {金额: 岗位工资(岗位) + 50 * 取小(工龄, 20), 浮动: 否}\n"
        "  |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "怎么改：给公式加引号，或单独写一行："
        "`基础工资: {金额: '岗位工资(岗位) + 50 * 取小(工龄, 20)', 浮动: 否}`（--fix 可自动加引号）"
    )


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("title: 奖金 #1", True),
        ("title: Team #A", True),
        ("when: tasks > 1 # and complaints == 0", True),
        ("amount: base +  # the rest\n", True),
        ("status: example   # draft | example | active", False),
        ("状态: 示例 #草案或示例", False),
        ("when: tasks > 1  # at least two", False),
        ("note: |\n  奖金 #1\n", False),
        ('title: "奖金 #1"', False),
    ],
)
def test_a_comment_that_seems_to_cut_a_text_is_a_warning(text: str, cut: bool) -> None:
    document, findings = read_document(text, "scheme.yaml")
    assert document is not None
    assert [d.code for d in findings] == ["text-cut"] * cut


# Limits ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "limits", "code"),
    [
        ("a: " + "x" * 100, Limits(file_bytes=50), "file-too-large"),
        ("a: " + "中" * 20, Limits(file_bytes=50), "file-too-large"),
        ("a: {b: {c: {d: 1}}}", Limits(yaml_depth=3), "yaml-too-deep"),
        ("a: [1, 2, 3, 4]", Limits(yaml_nodes=5), "yaml-too-big"),
        ("a: " + "x" * 100, Limits(text_chars=99), "text-too-long"),
    ],
)
def test_each_limit_names_itself_and_its_value(text: str, limits: Limits, code: str) -> None:
    (finding,) = refused(text, limits)
    assert finding.code == code
    assert finding.params["limit"] in render([finding]) and finding.params["limit"].isdigit()


HEAVY = {
    "100,000 open brackets": "'a: ' + '[' * 100_000",
    "100,000 open braces": "'{a: ' * 100_000",
    "a million spaces": "'a: 1' + ' ' * 1_000_000",
    "a list of 400,000 items": "'a: [' + '1,' * 400_000 + ']'",
    "100,000 dashes": "'a:\\n  ' + '- ' * 100_000",
    "100,000 question marks": "'? ' * 100_000",
    "one text of a megabyte": "'a: ' + 'x y ' * 260_000",
    "a megabyte of quoted line breaks": "'a: \"' + '\\n' * 1_000_000 + '\"'",
    "an alias bomb": "'a: &a [1]\\n' + ''.join(f'k{i}: &k{i} [*a, *a]\\n' for i in range(30_000))",
    "100,000 hidden characters": "'a: ' + '\\u200b\\n' * 100_000",
    "70,000 repeated keys": "'a: 1\\n' * 70_000",
}


@pytest.mark.parametrize("made", HEAVY.values(), ids=HEAVY.keys())
def test_no_document_hangs_or_kills_the_process(made: str) -> None:
    """In a child process with a bound on memory, 700 calls deep: refused within seconds, by one of our codes."""
    program = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "from incentive_rules.loading.yaml_reader import read_document\n"
        "from incentive_rules.base.reports import render\n"
        f"text = {made}\n"
        "def deep(n):\n"
        "    return deep(n - 1) if n else read_document(text, 'heavy.yaml')\n"
        "document, findings = deep(700)\n"
        "report = render(findings)\n"
        "assert document is None or text.endswith(' '), findings\n"
        "assert len(report) < 40_000\n"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert time.monotonic() - began < 20


def test_time_grows_with_size_and_not_with_its_square() -> None:
    def seconds(entries: int) -> float:
        text = "".join(f"k{i}: {{a: {i}, b: 'text {i}'}}\n" for i in range(entries))
        return min(_timed(text) for _ in range(3))

    def _timed(text: str) -> float:
        began = time.perf_counter()
        assert read_document(text, "big.yaml")[0] is not None
        return time.perf_counter() - began

    assert seconds(6_000) < 3 * seconds(3_000)
