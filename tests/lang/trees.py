"""Random formulas as trees, and trees as short texts, for every test that needs many of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hypothesis import strategies as st

from incentive_rules.lang.characters import name_fault
from incentive_rules.lang.lexer import FUNCTION_NAMES, OUR_NAMES, RESERVED_WORDS
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
    children,
)


def shape(node: Expression) -> str:
    """A tree as an s-expression: `(+ 3 (* a b))`."""
    match node:
        case Number(value=value):
            return str(value)
        case Text(value=value):
            return f'"{value}"'
        case Flag(value=value):
            return "true" if value else "false"
        case MissingLiteral():
            return "missing"
        case Name(name=name):
            return name
        case Negative(operand=x):
            return f"(neg {shape(x)})"
        case Not(operand=x):
            return f"(not {shape(x)})"
        case Arithmetic(operator=operator, left=a, right=b):
            return f"({operator} {shape(a)} {shape(b)})"
        case And(operands=xs) | Or(operands=xs):
            return f"({type(node).__name__.lower()} {' '.join(map(shape, xs))})"
        case Comparison(operands=xs, operators=operators):
            links = [f"{o} {shape(x)}" for o, x in zip(operators, xs[1:], strict=True)]
            return f"({shape(xs[0])} {' '.join(links)})"
        case Membership(operand=x, members=xs, negated=negated):
            return f"({'not-in' if negated else 'in'} {shape(x)} [{' '.join(map(shape, xs))}])"
        case If(condition=c, then=a, otherwise=b):
            return f"(if {shape(c)} {shape(a)} {shape(b)})"
        case ListOf(items=xs):
            return f"[{' '.join(map(shape, xs))}]"
        case Call(function=function, arguments=xs, options=options):
            parts = [function, *map(shape, xs), *(f"{key}={shape(x)}" for key, x in options)]
            return f"(call {' '.join(parts)})"


_NAMES = ("x", "total", "tasks_on_time", "x_", "a__b", "café", "客户满意度", "売上バー", "лодка", "Δ", "甲且乙")
_TAKEN = {
    *RESERVED_WORDS,
    *FUNCTION_NAMES,
    *OUR_NAMES,
}  # a second spelling comes back as the first
_LETTERS = st.characters(whitelist_categories=("Lu", "Ll", "Lo"), max_codepoint=0x9FFF)


def names() -> st.SearchStrategy[str]:
    free = st.text(_LETTERS, min_size=1, max_size=6).filter(lambda n: name_fault(n) is None and n not in _TAKEN)
    return st.one_of(st.sampled_from(_NAMES), free)


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    whole = draw(st.integers(0, 10**12))
    places = draw(st.integers(0, 6))
    part = draw(st.integers(0, 10**places - 1)) if places else None
    text = str(whole) + (f".{part:0{places}d}" if part is not None else "")
    if draw(st.booleans()):
        return Number(Fraction(text) / 100, text + "%")
    return Number(Fraction(text), text)


def texts() -> st.SearchStrategy[Text]:
    samples = ("A", "", "优秀", "it's", 'say "hi"', "__import__", "<b>", "a, b", "{0.x}", "x # y", "≥")
    return st.sampled_from(samples).map(Text)


def constants() -> st.SearchStrategy[Expression]:
    return st.one_of(numbers(), numbers().map(Negative), texts(), st.booleans().map(Flag))


def atoms() -> st.SearchStrategy[Expression]:
    everyday = st.one_of(names().map(_name), numbers())
    return st.one_of(everyday, texts(), st.booleans().map(Flag), st.just(MissingLiteral()))


def _name(name: str) -> Expression:
    return Name(name)


def several(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[tuple[Expression, ...]]:
    return st.lists(inner, min_size=2, max_size=4).map(tuple)


@st.composite
def comparisons(draw: st.DrawFn, inner: st.SearchStrategy[Expression]) -> Expression:
    operands = draw(several(inner))
    operator = st.sampled_from(("<", "<=", ">", ">=", "==", "!="))
    operators = draw(st.tuples(*[operator] * (len(operands) - 1)))
    return Comparison(operands, operators)


@st.composite
def calls(draw: st.DrawFn, inner: st.SearchStrategy[Expression]) -> Expression:
    function = draw(st.one_of(st.sampled_from(("min", "max", "round", "sum", "count", "value", "coalesce")), names()))
    keys = draw(st.lists(st.sampled_from(("over", "where", "within", "give", "n", "order")), unique=True, max_size=2))
    value = st.one_of(inner, st.lists(inner, min_size=1, max_size=2).map(lambda xs: ListOf(tuple(xs))))
    options = tuple((key, draw(value)) for key in keys)
    return Call(function, tuple(draw(st.lists(inner, max_size=3))), options)


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    operator = st.sampled_from(("+", "-", "*", "/"))
    exponent = st.integers(0, 16).map(lambda n: Number(Fraction(n), str(n)))
    members = st.lists(constants(), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Arithmetic, operator, inner, inner),
        st.builds(Arithmetic, st.just("**"), inner, exponent),
        st.builds(Negative, inner),
        st.builds(Not, inner),
        st.builds(And, several(inner)),
        st.builds(Or, several(inner)),
        st.builds(If, inner, inner, inner),
        st.builds(Membership, inner, members, st.booleans()),
        comparisons(inner),
        calls(inner),
    )


def trees() -> st.SearchStrategy[Expression]:
    """Any tree that the grammar can write, well typed or not."""
    return st.recursive(atoms(), _larger, max_leaves=25)


def nodes_of(tree: Expression) -> Iterator[Expression]:
    yield tree
    for child in children(tree):
        yield from nodes_of(child)
