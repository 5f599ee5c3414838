"""What authors type and what they mean: each common mistake is named in their words, and mended where that is safe."""

from __future__ import annotations

import pytest
import yaml

from incentive_rules.base.diagnostics import Diagnostic
from incentive_rules.base.reports import render
from incentive_rules.loading.fixes import mend
from incentive_rules.loading.yaml import reader
from incentive_rules.loading.yaml.reader import read_document

PARSERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every case holds with either of PyYAML's parsers."""
    monkeypatch.setattr(reader, "PARSER", request.param)


def refused(text: str | bytes) -> tuple[Diagnostic, ...]:
    document, findings = read_document(text, "scheme.yaml")
    assert document is None
    return findings


def codes(text: str | bytes) -> list[str]:
    return [d.code + (f"/{d.variant}" if d.variant else "") for d in read_document(text, "scheme.yaml")[1]]


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
        "怎么改：给公式加引号："
        "`基础工资: {金额: '岗位工资(岗位) + 50 * 取小(工龄, 20)', 浮动: 否}`（--fix 可自动改），或把公式单独写一行"
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
