"""The syntax of a formula as it was written: what the parser returns.

Nothing here knows types or names; `start` and `end` are character offsets in the formula's own text.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal as OneOf

from attrs import field, frozen

ArithmeticOperator = OneOf["+", "-", "*", "/", "**"]
ComparisonOperator = OneOf["<", "<=", ">", ">=", "==", "!="]


@frozen(kw_only=True)
class Node:
    start: int = field(eq=False, repr=False, default=0)
    end: int = field(eq=False, repr=False, default=0)


@frozen
class Number(Node):
    """`12`, `0.50` or `5%`; `text` is what was written."""

    value: Fraction
    text: str = field(eq=False, default="")


@frozen
class Text(Node):
    """A quoted category such as `"A"`."""

    value: str


@frozen
class Flag(Node):
    """`true` or `false`, `是` or `否`."""

    value: bool


@frozen
class MissingLiteral(Node):
    """The literal `missing`."""


@frozen
class Name(Node):
    name: str


@frozen
class Negative(Node):
    operand: Expression


@frozen
class Arithmetic(Node):
    operator: ArithmeticOperator
    left: Expression
    right: Expression


@frozen
class Comparison(Node):
    """A chain: `60 <= x < 90` has three operands and two operators, and every operand is read once."""

    operands: tuple[Expression, ...]
    operators: tuple[ComparisonOperator, ...]


@frozen
class Membership(Node):
    """`grade in ["A", "B"]`, or `not in`; the members are constants."""

    operand: Expression
    members: tuple[Expression, ...]
    negated: bool = False


@frozen
class Not(Node):
    operand: Expression


@frozen
class And(Node):
    operands: tuple[Expression, ...]


@frozen
class Or(Node):
    operands: tuple[Expression, ...]


@frozen
class If(Node):
    """`then if condition else otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@frozen
class Call(Node):
    """`function(arguments, key=value)`; `function` may be ours, the author's, or a table."""

    function: str
    arguments: tuple[Expression, ...]
    options: tuple[tuple[str, Expression], ...] = ()
    name_end: int = field(eq=False, repr=False, default=0)


@frozen
class ListOf(Node):
    """`[day, ticket]`: only ever the value of an option, as in `order=[day, ticket]`."""

    items: tuple[Expression, ...]


Expression = (
    Number | Text | Flag | MissingLiteral | Name | Negative | Arithmetic | Comparison
    | Membership | Not | And | Or | If | Call | ListOf
)  # fmt: skip


def children(node: Expression) -> tuple[Expression, ...]:
    """The direct parts of a node, in reading order."""
    match node:
        case Negative(operand=x) | Not(operand=x):
            return (x,)
        case Arithmetic(left=a, right=b):
            return (a, b)
        case Comparison(operands=xs) | And(operands=xs) | Or(operands=xs) | ListOf(items=xs):
            return xs
        case Membership(operand=x, members=xs):
            return (x, *xs)
        case If(condition=c, then=a, otherwise=b):
            return (a, c, b)
        case Call(arguments=xs, options=options):
            return (*xs, *(value for _, value in options))
        case _:
            return ()


def in_reading_order(node: Expression) -> Iterator[Expression]:
    """The node and all below it, from left to right: calls and branches are counted in this order."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def listed_in(node: Call, option: str) -> tuple[Expression, ...]:
    """The formulas of an option that takes one or a list of them; none where it is not written."""
    written = dict(node.options).get(option)
    return written.items if isinstance(written, ListOf) else () if written is None else (written,)
