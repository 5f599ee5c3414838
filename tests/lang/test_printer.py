"""Printing a formula and reading it again gives the same formula, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given

from incentive_rules.lang.nodes import Expression
from incentive_rules.lang.parser import parse
from incentive_rules.lang.printer import printed
from tests.lang.trees import nodes_of, trees

ROOMY = {"length": 100_000, "nodes": 10_000, "depth": 200, "chain": 1_000}


@pytest.mark.parametrize("language", ["en", "zh"])
@given(tree=trees())
def test_parse_after_print_is_the_identity(language: str, tree: Expression) -> None:
    assert parse(printed(tree, language), **ROOMY) == (tree, ())


@given(tree=trees())
def test_equal_trees_have_one_canonical_text(tree: Expression) -> None:
    """What a fingerprint is made of: neither `5%` for `0.05` nor the language changes it."""
    text = printed(tree, as_written=False)
    again, faults = parse(printed(tree, "zh"), **ROOMY)
    assert again is not None, faults
    assert printed(again, as_written=False) == text
    assert parse(text, **ROOMY)[0] == tree


@given(tree=trees())
def test_every_node_knows_its_stretch_of_the_text(tree: Expression) -> None:
    """The characters of a node, read alone, are that node: a caret never points beside it."""
    text = printed(tree)
    read = parse(text, **ROOMY)[0]
    assert read is not None
    for node in nodes_of(read):
        stretch = text[node.start : node.end]
        if not stretch.startswith("["):
            assert parse(stretch, **ROOMY)[0] == node, stretch


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("等级 属于 ['优秀'] 且 非 受处分", '等级 in ["优秀"] and not 受处分', '等级 属于 ["优秀"] 且 非 受处分'),
        ("计数(范围=全体, 组内=部门)", "count(over=everyone, within=部门)", "计数(范围=全体, 组内=部门)"),
        ("clamp(实际值(服务及时性), 50%, 1)", "clamp(value(服务及时性), 50%, 1)", "限于(实际值(服务及时性), 50%, 1)"),
        ("x not in [1] or missing == y", "x not in [1] or missing == y", "x 不属于 [1] 或 缺失 == y"),
        ("求和(分, 范围=其他人, 组内=部门)", "sum(分, over=others, within=部门)", "求和(分, 范围=其他人, 组内=部门)"),
        (
            '名次(总分, 并列="并列取前", 次序="高")',
            'rank(总分, ties="standard", first="high")',
            '名次(总分, 并列="并列取前", 次序="高")',
        ),
        (
            'served(hired, left, method="过半月")',
            'served(hired, left, method="majority_months")',
            '在期比例(hired, left, 方法="过半月")',
        ),
        ('percentile(x, 75%, method="odd")', 'percentile(x, 75%, method="odd")', '百分位(x, 75%, 方法="odd")'),
        ("best(score, over=rounds, n=4)", "best(score, over=rounds, n=4)", "最好几次(score, 范围=rounds, 个数=4)"),
    ],
)
def test_a_formula_can_be_shown_in_either_language(written: str, english: str, chinese: str) -> None:
    tree, faults = parse(written)
    assert tree is not None, faults
    assert printed(tree) == english
    assert printed(tree, "zh") == chinese
