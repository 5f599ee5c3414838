"""An `Expression` as text: the canonical spelling, with the fewest brackets that keep its meaning.

`parse(printed(e))` gives `e` back, in either language of keywords.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..base.numbers import read_number, show_number
from ..base.words import is_chinese
from .aggregates import AGGREGATES
from .functions import EVERYONE, OPTION_WORDS, OPTIONS, OTHERS, ROW_FUNCTIONS, VALUE
from .nodes import (
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
from .parser import AND, BINDS, COMPARISON, CONDITIONAL, NOT, OR, POWER, SIGN, SUM

_ATOM = POWER + 1

_CHINESE_WORDS = {
    "and": "且", "or": "或", "not": "非", "in": "属于", "not in": "不属于",
    "true": "是", "false": "否", "missing": "缺失", VALUE[0]: VALUE[1], EVERYONE[0]: EVERYONE[1],
    OTHERS[0]: OTHERS[1],
}  # fmt: skip
_CHINESE_FUNCTIONS = {f.name: f.chinese for f in ROW_FUNCTIONS} | {f.name: f.chinese for f in AGGREGATES}
_CHINESE_OPTION_WORDS = {(w.option, w.english): w.chinese for w in OPTION_WORDS}
_CHINESE_OPTIONS = {english: spelling for spelling, english in OPTIONS.items() if not spelling.isascii()}


def printed(expression: Expression, language: str = "en", *, as_written: bool = True) -> str:
    """The text of `expression`, with connectives, functions and options in `zh` or `en`.

    A number keeps the spelling of its author (`5%`, `0.50`); with `as_written=False` equal numbers are
    written alike, so that equal expressions have equal texts.

    >>> from incentive_rules.lang.parser import parse
    >>> printed(parse("(3*(a))+min( b,5% )")[0], "zh")
    '3 * a + 取小(b, 5%)'
    """
    return _Printer(language, as_written).at(expression, CONDITIONAL)


class _Printer:
    def __init__(self, language: str, as_written: bool) -> None:
        chinese = is_chinese(language)
        self.words: Mapping[str, str] = _CHINESE_WORDS if chinese else {}
        self.functions: Mapping[str, str] = {**_CHINESE_FUNCTIONS, VALUE[0]: VALUE[1]} if chinese else {}
        self.options: Mapping[str, str] = _CHINESE_OPTIONS if chinese else {}
        self.option_words: Mapping[tuple[str, str], str] = _CHINESE_OPTION_WORDS if chinese else {}
        self.as_written = as_written

    def at(self, node: Expression, weakest: int) -> str:
        """The text of `node` where only what binds at least as strongly as `weakest` may stand bare."""
        text, binds = self.bare(node)
        return text if binds >= weakest else f"({text})"

    def word(self, word: str) -> str:
        return self.words.get(word, word)

    def several(self, nodes: tuple[Expression, ...]) -> str:
        return ", ".join([self.at(node, CONDITIONAL) for node in nodes])

    def bare(self, node: Expression) -> tuple[str, int]:
        """The text of a node without brackets around it, and how strongly it binds."""
        match node:
            case Number():
                return self.number(node)
            case Text(value=value):
                return (f"'{value}'" if '"' in value else f'"{value}"'), _ATOM
            case Flag(value=value):
                return self.word("true" if value else "false"), _ATOM
            case MissingLiteral():
                return self.word("missing"), _ATOM
            case Name(name=name):
                return self.word(name) if name in (VALUE[0], EVERYONE[0], OTHERS[0]) else name, _ATOM
            case Negative(operand=x):
                return "-" + self.at(x, SIGN), SIGN
            case Arithmetic(operator=operator, left=a, right=b):
                binds = BINDS[operator]
                base = binds + 1 if operator == "**" else binds
                return f"{self.at(a, base)} {operator} {self.at(b, binds + 1)}", binds
            case Comparison(operands=xs, operators=operators):
                rest = [f" {o} {self.at(x, SUM)}" for o, x in zip(operators, xs[1:], strict=True)]
                return self.at(xs[0], SUM) + "".join(rest), COMPARISON
            case Membership(operand=x, members=members, negated=negated):
                word = self.word("not in" if negated else "in")
                return f"{self.at(x, SUM)} {word} [{self.several(members)}]", COMPARISON
            case Not(operand=x):
                return f"{self.word('not')} {self.at(x, NOT)}", NOT
            case And(operands=xs):
                return f" {self.word('and')} ".join([self.at(x, NOT) for x in xs]), AND
            case Or(operands=xs):
                return f" {self.word('or')} ".join([self.at(x, AND) for x in xs]), OR
            case If(condition=c, then=a, otherwise=b):
                return f"{self.at(a, OR)} if {self.at(c, OR)} else {self.at(b, CONDITIONAL)}", CONDITIONAL
            case Call():
                return self.call(node), _ATOM
            case ListOf(items=items):
                return f"[{self.several(items)}]", _ATOM

    def call(self, node: Call) -> str:
        arguments = [self.at(x, CONDITIONAL) for x in node.arguments]
        options = [f"{self.options.get(key, key)}={self.option(key, x)}" for key, x in node.options]
        return f"{self.functions.get(node.function, node.function)}({', '.join(arguments + options)})"

    def option(self, key: str, node: Expression) -> str:
        if isinstance(node, Text):
            node = Text(self.option_words.get((key, node.value), node.value))
        return self.at(node, CONDITIONAL)

    def number(self, node: Number) -> tuple[str, int]:
        if self.as_written and node.text and read_number(node.text) == node.value:
            return node.text, _ATOM
        text = show_number(node.value)
        if read_number(text) is None:  # no finite decimal: only a tree made by us can hold one
            return f"{node.value.numerator} / {node.value.denominator}", BINDS["/"]
        return text, SIGN if node.value < 0 else _ATOM
