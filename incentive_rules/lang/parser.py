"""The syntax of a formula: text in, an `Expression` out, or what is wrong with it.

Precedence climbing over the tokens of `lang.lexer`. The grammar is docs/reference/grammar.md. No text,
however hostile, makes the parser raise, recurse deeper than its limit or take more than linear time.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..base.numbers import MOST_DIGITS
from ..base.text import echo
from .choices import choice_in_words
from .cursor import Cursor, Refused, refuse
from .faults import Fault
from .functions import OPTIONS, option_word
from .lexer import FUNCTION_NAMES, LONGEST, OUR_NAMES, Token, tokens_of
from .nodes import (
    And,
    Arithmetic,
    ArithmeticOperator,
    Call,
    Comparison,
    ComparisonOperator,
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

MOST_NODES = 1000
DEEPEST = 50
LONGEST_CHAIN = 150
LARGEST_POWER = 16

# How strongly each construct binds, weakest first; the printer reads the same table.
CONDITIONAL, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, POWER = range(1, 10)
BINDS = {
    "if": CONDITIONAL, "or": OR, "and": AND, "in": COMPARISON, "not": COMPARISON, "not in": COMPARISON,
    "<": COMPARISON, "<=": COMPARISON, ">": COMPARISON, ">=": COMPARISON, "==": COMPARISON, "!=": COMPARISON,
    "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER,
}  # fmt: skip

_COMPARISONS: dict[str, ComparisonOperator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "==", "!=": "!="}
_ARITHMETIC: dict[str, ArithmeticOperator] = {"+": "+", "-": "-", "*": "*", "/": "/"}


def parse(
    text: str,
    *,
    length: int = LONGEST,
    nodes: int = MOST_NODES,
    depth: int = DEEPEST,
    chain: int = LONGEST_CHAIN,
    digits: int = MOST_DIGITS,
) -> tuple[Expression | None, tuple[Fault, ...]]:
    """The syntax of one formula, or None and what is wrong with its text.

    `length` is in characters, `digits` in digits of one number, `depth` counts brackets, calls, signs,
    `not`, `else` and operands that are operations of a higher kind; `chain` bounds the whole tree, where
    each further term of `a + b + c` counts one.

    >>> parse("2 * x")[0]
    Arithmetic(operator='*', left=Number(value=Fraction(2, 1), text='2'), right=Name(name='x'))
    """
    tokens, faults = tokens_of(text, length=length, digits=digits)
    if faults:
        return None, _told(text, length, faults)
    try:
        expression = _Parser(tokens, text, depth).whole()
    except Refused as refused:
        return None, _told(text, length, (refused.fault,))
    count, height = _size(expression)
    if count > nodes:
        return None, (Fault("formula-large", 0, len(text.rstrip()), {"count": str(count), "most": str(nodes)}),)
    if height > chain:
        return None, (Fault("formula-deep", 0, len(text.rstrip()), {"most": str(chain)}, "chain"),)
    return expression, ()


def _told(text: str, length: int, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The faults; of a choice in words that are none of ours that one alone, for the others follow from it."""
    choice = choice_in_words(text) if len(text) <= length else None
    return faults if choice is None else (choice,)


def _size(expression: Expression) -> tuple[int, int]:
    """How many nodes there are, and how many stand above one another at most."""
    count, height, waiting = 0, 0, [(expression, 1)]
    while waiting:
        node, level = waiting.pop()
        count, height = count + 1, max(height, level)
        waiting.extend((child, level + 1) for child in children(node))
    return count, height


class _Parser(Cursor):
    def __init__(self, tokens: tuple[Token, ...], text: str, deepest: int) -> None:
        super().__init__(tokens, text)
        self.deepest = deepest
        self.depth = -1  # the whole formula stands at depth 0

    # ── Expressions ──────────────────────────────────────────────────────────────────────────────

    def whole(self) -> Expression:
        if self.token.kind == "end":
            raise Refused(Fault("formula-empty", 0, len(self.text)))
        expression = self.expression(CONDITIONAL)
        if self.token.kind != "end":
            raise self.unexpected(None)
        return expression

    def expression(self, weakest: int) -> Expression:
        """One operand and every operator after it that binds at least as strongly as `weakest`."""
        self.depth += 1
        if self.depth > self.deepest:
            raise refuse("formula-deep", self.token, most=str(self.deepest))
        start = self.token.start
        left = self.operand(weakest)
        while self.token.kind in ("operator", "word"):
            binds = BINDS.get(self.token.text, 0)
            if binds < weakest or not binds:
                break
            if binds == CONDITIONAL:
                left = self.conditional(left, start)
            elif binds in (OR, AND):
                left = self.connected(left, start, binds)
            elif binds == COMPARISON:
                left = self.compared(left, start)
            elif binds == POWER:
                left = self.power(left, start)
            else:
                operator = _ARITHMETIC[self.next().text]
                right = self.expression(binds + 1)
                left = Arithmetic(operator, left, right, start=start, end=self.before.end)
        self.depth -= 1
        return left

    def conditional(self, then: Expression, start: int) -> Expression:
        opening = self.next()
        condition = self.expression(OR)
        if not self.sees("else"):
            if self.token.kind == "end" or self.sees(")", ","):
                raise refuse("formula-if", opening)
            raise self.unexpected(None)
        self.next()
        otherwise = self.expression(CONDITIONAL)
        return If(condition, then, otherwise, start=start, end=self.before.end)

    def connected(self, left: Expression, start: int, binds: int) -> Expression:
        operands, word = [left], self.token.text
        while self.sees(word):
            self.next()
            operands.append(self.expression(binds + 1))
        kind = And if binds == AND else Or
        return kind(tuple(operands), start=start, end=self.before.end)

    def compared(self, left: Expression, start: int) -> Expression:
        """A chain of comparisons, or one membership; the two do not mix."""
        if self.sees("in", "not", "not in"):
            found: Expression = self.membership(left, start)
        else:
            operands, operators = [left], []
            while self.token.kind == "operator" and self.token.text in _COMPARISONS:
                operators.append(_COMPARISONS[self.next().text])
                operands.append(self.expression(SUM))
            found = Comparison(tuple(operands), tuple(operators), start=start, end=self.before.end)
        if self.token.kind in ("operator", "word") and BINDS.get(self.token.text) == COMPARISON:
            raise refuse("formula-chain", self.token)
        return found

    def membership(self, operand: Expression, start: int) -> Expression:
        word = self.next()
        if word.text == "not":
            if not self.sees("in"):
                raise refuse("formula-joined", word, before=self.show(self.at - 2), found=self.show(self.at - 1))
            self.next()
        if not self.sees("["):
            raise self.not_a_list()
        opening = self.next()
        if self.sees("]"):
            raise refuse("formula-in", self.next(), "empty", start=opening.start)
        members = [self.member()]
        while self.sees(","):
            self.next()
            members.append(self.member())
        if self.token.text in BINDS and self.token.kind in ("operator", "word"):
            raise refuse("formula-in", self.token, "member", found=self.show())
        self.expect("]", opening)
        return Membership(operand, tuple(members), word.text != "in", start=start, end=self.before.end)

    def member(self) -> Expression:
        """A constant: a number, perhaps negative, a quoted text, true or false."""
        start = self.token.start
        if self.sees("-") and self.tokens[self.at + 1].kind == "number":
            self.next()
            return Negative(self.number(), start=start, end=self.before.end)
        if self.token.kind == "number":
            return self.number()
        if self.token.kind == "text" or self.sees("true", "false"):
            constant = self.operand(POWER)
            if self.token.kind == "text":
                raise self.unexpected(None)
            return constant
        if self.token.kind == "name":
            raise refuse("formula-in", self.token, "name", f'"{self.token.text}"', name=self.show())
        if self.token.kind == "end":
            raise self.unexpected(None)
        raise refuse("formula-in", self.token, "member", found=self.show())

    def power(self, left: Expression, start: int) -> Expression:
        sign = self.next()
        token = self.token
        if token.kind != "number" or not token.text.isdigit() or int(token.text) > LARGEST_POWER:
            raise refuse("formula-power", sign if token.kind == "end" else token, most=str(LARGEST_POWER))
        exponent = self.number()
        if self.sees("**"):
            raise refuse("formula-power", self.token, "twice")
        return Arithmetic("**", left, exponent, start=start, end=self.before.end)

    # ── Operands ─────────────────────────────────────────────────────────────────────────────────

    def operand(self, weakest: int) -> Expression:
        token = self.token
        if token.kind == "number":
            return self.number()
        if token.kind == "name":
            return self.name()
        if token.kind == "text":
            self.next()
            return Text(token.text, start=token.start, end=token.end)
        if self.sees("true", "false"):
            self.next()
            return Flag(token.text == "true", start=token.start, end=token.end)
        if self.sees("missing"):
            self.next()
            return MissingLiteral(start=token.start, end=token.end)
        if self.sees("("):
            return self.bracketed()
        if self.sees("-", "+"):
            self.next()
            inner = self.expression(SIGN)
            return Negative(inner, start=token.start, end=self.before.end) if token.text == "-" else inner
        if self.sees("not"):
            if weakest > NOT:
                raise refuse("formula-not", token)
            self.next()
            return Not(self.expression(NOT), start=token.start, end=self.before.end)
        raise self.no_operand()

    def number(self) -> Number:
        token = self.next()
        percent = token.text.endswith("%")
        value = Fraction(token.text[:-1]) / 100 if percent else Fraction(token.text)
        return Number(value, token.text, start=token.start, end=token.end)

    def bracketed(self) -> Expression:
        opening = self.next()
        if self.sees(")"):
            raise refuse("formula-bracket", self.next(), "empty", start=opening.start)
        inner = self.expression(CONDITIONAL)
        self.expect(")", opening)
        return inner

    def name(self) -> Expression:
        token = self.next()
        if not self.sees("("):
            return Name(OUR_NAMES.get(token.text, token.text), start=token.start, end=token.end)
        opening = self.next()
        arguments: list[Expression] = []
        options: list[tuple[str, Expression]] = []
        while not self.sees(")"):
            if arguments or options:
                self.expect(",", opening)
            if self.token.kind == "name" and self.tokens[self.at + 1].text == "=":
                options.append(self.option(options))
            elif options and self.token.kind != "end":
                raise refuse("formula-option", self.token, "order")
            else:
                arguments.append(self.expression(CONDITIONAL))
        close = self.next()
        name = FUNCTION_NAMES.get(token.text, token.text)
        return Call(name, tuple(arguments), tuple(options), start=token.start, end=close.end, name_end=token.end)

    def option(self, before: Iterable[tuple[str, Expression]]) -> tuple[str, Expression]:
        token = self.next()
        key = OPTIONS.get(token.text)
        if key is None:
            raise refuse("formula-option", token, name=echo(token.text))
        if any(key == other for other, _ in before):
            raise refuse("formula-option", token, "twice", name=echo(token.text))
        self.next()
        value = self.list_of() if self.sees("[") else self.expression(CONDITIONAL)
        if isinstance(value, Text):
            value = Text(option_word(key, value.value), start=value.start, end=value.end)
        return key, value

    def list_of(self) -> Expression:
        opening = self.next()
        items = [self.expression(CONDITIONAL)]
        while self.sees(","):
            self.next()
            items.append(self.expression(CONDITIONAL))
        close = self.expect("]", opening)
        return ListOf(tuple(items), start=opening.start, end=close.end)
