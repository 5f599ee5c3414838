"""Parses formulas with Python's own parser, and with nothing of this library but the lexer.

Every node that is not listed in `NODES` is refused here, before anything is evaluated.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from ..lang.python_text import python_text
from ..model.scheme import Formula
from .numbers import RefereeFault, number_in

NODES: tuple[type[ast.AST], ...] = (
    ast.Constant, ast.Name, ast.Load, ast.UnaryOp, ast.USub, ast.UAdd, ast.Not, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Div, ast.Pow, ast.Compare, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.BoolOp,
    ast.And, ast.Or, ast.IfExp, ast.Call, ast.keyword, ast.List, ast.Tuple,
)  # fmt: skip


@frozen(eq=False)
class Parsed:
    """A formula as a tree of Python, its numbers read from the text itself.

    `numbers` and `order` are keyed by the identity of a node; `order` counts calls, and `if`s, in reading order.
    """

    formula: Formula
    source: str
    tree: ast.expr
    numbers: dict[int, Fraction]
    order: dict[int, int]


def parsed(formula: Formula) -> Parsed:
    """Parses a formula; a text with any node that is not listed is a fault."""
    try:
        source = python_text(formula.text)
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise RefereeFault(f"not a formula: {formula.text!r}") from error
    numbers: dict[int, Fraction] = {}
    order: dict[int, int] = {}
    calls = choices = 0
    for node in ast_in_reading_order(tree):
        if not isinstance(node, NODES):
            raise RefereeFault(f"{type(node).__name__} is no part of a formula: {formula.text!r}")
        match node:
            case ast.Constant(value=value) if not isinstance(value, (bool, str)):
                numbers[id(node)] = written_number(source, node)
            case ast.Call():
                order[id(node)], calls = calls, calls + 1
                if not isinstance(node.func, ast.Name):
                    raise RefereeFault(f"only a name can be called: {formula.text!r}")
            case ast.IfExp():
                order[id(node)], choices = choices, choices + 1
    return Parsed(formula, source, tree, numbers, order)


def ast_in_reading_order(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all nodes below it, from left to right."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        parts = [node.body, node.test, node.orelse] if isinstance(node, ast.IfExp) else list(ast.iter_child_nodes(node))
        waiting.extend(reversed(parts))


def written_number(source: str, node: ast.Constant) -> Fraction:
    """The number by its digits: 0.1 is one tenth, whatever a float would make of it."""
    text = ast.get_source_segment(source, node) or ""
    number = number_in(text)
    if number is None:
        raise RefereeFault(f"not a number of the language: {text!r}")
    return number
