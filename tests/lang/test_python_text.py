"""Python reads the translated text as our parser reads the original: two parsers, one meaning."""

from __future__ import annotations

import ast
from fractions import Fraction

import pytest
from hypothesis import given

from incentive_rules.lang.nodes import (
    And,
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Flag,
    If,
    ListOf,
    Membership,
    MissingLiteral,
    Name,
    Negative,
    Not,
    Number,
    Or,
    Text,
)
from incentive_rules.lang.parser import parse
from incentive_rules.lang.printer import printed
from incentive_rules.lang.python_text import MISSING_NAME, python_text
from tests.lang.trees import trees

BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
LINKS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


def tree_of(node: ast.expr) -> Expression:
    """Our tree from Python's own: the precedence here is CPython's."""
    match node:
        case ast.Call(func=ast.Name(id="N"), args=[ast.Constant(value=str(text))]):
            return Number(Fraction(text))
        case ast.Constant(value=bool(value)):
            return Flag(value)
        case ast.Constant(value=str(value)):
            return Text(value)
        case ast.Name(id=name):
            return MissingLiteral() if name == MISSING_NAME else Name(name)
        case ast.UnaryOp(op=ast.USub(), operand=x):
            return Negative(tree_of(x))
        case ast.UnaryOp(op=ast.UAdd(), operand=x):
            return tree_of(x)
        case ast.UnaryOp(op=ast.Not(), operand=x):
            return Not(tree_of(x))
        case ast.BinOp(left=a, op=operator, right=b):
            return Arithmetic(BINARY[type(operator)], tree_of(a), tree_of(b))  # type: ignore[arg-type]
        case ast.BoolOp(op=operator, values=xs):
            return (And if isinstance(operator, ast.And) else Or)(tuple(map(tree_of, xs)))
        case ast.Compare(left=x, ops=[ast.In() | ast.NotIn() as operator], comparators=[ast.List(elts=members)]):
            return Membership(tree_of(x), tuple(map(tree_of, members)), isinstance(operator, ast.NotIn))
        case ast.Compare(left=x, ops=operators, comparators=xs):
            links = tuple(LINKS[type(o)] for o in operators)
            return Comparison((tree_of(x), *map(tree_of, xs)), links)  # type: ignore[arg-type]
        case ast.IfExp(test=c, body=a, orelse=b):
            return If(tree_of(c), tree_of(a), tree_of(b))
        case ast.List(elts=xs):
            return ListOf(tuple(map(tree_of, xs)))
        case ast.Call(func=ast.Name(id=name), args=xs, keywords=options):
            return Call(name, tuple(map(tree_of, xs)), tuple((str(o.arg), tree_of(o.value)) for o in options))
    raise AssertionError(ast.dump(node))


def read_by_python(text: str) -> Expression:
    return tree_of(ast.parse(python_text(text, "N"), mode="eval").body)


@given(tree=trees())
def test_pythons_parser_agrees_with_ours(tree: Expression) -> None:
    assert read_by_python(printed(tree, "zh")) == tree


@pytest.mark.parametrize(
    "text",
    [
        "-2 ** 2",
        "a - b - c / d / e * -f",
        "not a == b",
        "not a in [1] and b not in [2, -3]",
        "a < b == c != d",
        "a or b and not c or d",
        "(a or b) and (c and d) and e",
        "a if b else c if d else e",
        "(a if b else c) if d else e",
        "- - + 3",
        "x\n+ 100",
        "平均(评分, 其中=按时 且 非 返修) * 0.5%",
    ],
)
def test_hand_picked_formulas_read_alike(text: str) -> None:
    assert read_by_python(text) == parse(text)[0]


@pytest.mark.parametrize(
    ("number", "python"),
    [("5%", "0.05"), ("0.5%", "0.005"), ("100%", "1.00"), ("1234.5%", "12.345"), ("0%", "0.00"), ("0.10", "0.10")],
)
def test_percentages_become_exact_decimal_texts(number: str, python: str) -> None:
    assert python_text(number) == python
    assert Fraction(python) == parse(number)[0].value  # type: ignore[union-attr]


def test_thirty_four_digits_survive() -> None:
    assert python_text("123456789012345678901234567890.1234%") == "1234567890123456789012345678.901234"


def test_a_text_with_a_fault_has_no_python_text() -> None:
    with pytest.raises(ValueError, match="formula-operator"):
        python_text("a && b")
