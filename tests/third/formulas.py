"""The text of a formula -> a tree of tuples, by the grammar of `docs/reference/grammar.md`.

("number", Fraction) ("text", str) ("flag", bool) ("missing",) ("name", str)
("call", function, arguments, options)   ("sign", "-", a)   ("sum", "+", a, b)   ("product", "*", a, b)
("power", a, 2)   ("compare", [a, b, c], ["<", "<="])   ("among", a, [constants], negated)
("not", a)   ("and", a, b)   ("or", a, b)   ("if", a, condition, b)

A scheme adds ("constant", value) for a member's constant, and ("inlined", tree, arguments) for a function written out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tests.third.exact import FLAGS, MISSING, number
from tests.third.reading import Unknown
from tests.third.words import OPTION_WORDS, OPTIONS

Node = tuple[Any, ...]
TOKENS = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?%?)|(?P<text>"[^"]*"|'[^']*')|(?P<name>[^\W\d]\w*)
                    |(?P<sign>\*\*|<=|>=|==|!=|[-+*/<>(),\[\]=]))""",
    re.VERBOSE,
)
WORDS = {"且": "and", "或": "or", "非": "not", "属于": "in", "不属于": "not in"}
KEYWORDS = ("and", "or", "not", "in", "not in", "if", "else")
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


@lru_cache(maxsize=20_000)
def parsed(text: str) -> Node:
    """The tree of a formula.

    >>> parsed("-a ** 2 if 0 < a <= 5% else 取小(a, 1)")[0]
    'if'
    """
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text.rstrip()):
            found = TOKENS.match(text, place)
            if found is None:
                raise Unknown(f"formula {text!r} at {place}")
            kind = str(found.lastgroup)
            word = found[kind]
            if kind == "name":
                word = WORDS.get(word, word)
                kind = "word" if word in KEYWORDS else kind
            if (kind, word) == ("word", "in") and self.tokens and self.tokens[-1] == ("word", "not"):
                self.tokens[-1] = ("word", "not in")
            else:
                self.tokens.append((kind, word))
            place = found.end()
        self.tokens.append(("end", ""))
        self.at = 0

    def whole(self) -> Node:
        found = self.formula()
        if self.tokens[self.at][0] != "end":
            raise Unknown(f"formula {self.text!r}: {self.tokens[self.at]}")
        return found

    def take(self, *words: str) -> str | None:
        kind, word = self.tokens[self.at]
        if kind in ("sign", "word") and word in words:
            self.at += 1
            return word
        return None

    def need(self, word: str) -> None:
        if self.take(word) is None:
            raise Unknown(f"formula {self.text!r}: {word} is missing")

    def formula(self) -> Node:
        found = self.either()
        if self.take("if") is None:
            return found
        condition = self.either()
        self.need("else")
        return ("if", found, condition, self.formula())

    def either(self) -> Node:
        found = self.both()
        while self.take("or"):
            found = ("or", found, self.both())
        return found

    def both(self) -> Node:
        found = self.negated()
        while self.take("and"):
            found = ("and", found, self.negated())
        return found

    def negated(self) -> Node:
        return ("not", self.negated()) if self.take("not") else self.comparison()

    def comparison(self) -> Node:
        first = self.total()
        word = self.take("in", "not in")
        if word is not None:
            self.need("[")
            constants = [self.signed()]
            while self.take(","):
                constants.append(self.signed())
            self.need("]")
            return ("among", first, constants, word == "not in")
        operands, signs = [first], []
        while (sign := self.take(*COMPARISONS)) is not None:
            signs.append(sign)
            operands.append(self.total())
        return ("compare", operands, signs) if signs else first

    def total(self) -> Node:
        found = self.product()
        while (sign := self.take("+", "-")) is not None:
            found = ("sum", sign, found, self.product())
        return found

    def product(self) -> Node:
        found = self.signed()
        while (sign := self.take("*", "/")) is not None:
            found = ("product", sign, found, self.signed())
        return found

    def signed(self) -> Node:
        sign = self.take("-", "+")
        return ("sign", sign, self.signed()) if sign is not None else self.power()

    def power(self) -> Node:
        found = self.atom()
        if self.take("**") is None:
            return found
        kind, word = self.tokens[self.at]
        if kind != "number":
            raise Unknown(f"formula {self.text!r}: a power of {word}")
        self.at += 1
        return ("power", found, int(word))

    def atom(self) -> Node:
        if self.take("("):
            found = self.formula()
            self.need(")")
            return found
        kind, word = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return ("number", number(word))
        if kind == "text":
            return ("text", word[1:-1])
        if kind == "name" and self.tokens[self.at] == ("sign", "("):
            return self.call(word)
        if kind == "name":
            return ("flag", FLAGS[word]) if word in FLAGS else ("missing",) if word in MISSING else ("name", word)
        raise Unknown(f"formula {self.text!r}: {word!r}")

    def call(self, name: str) -> Node:
        self.need("(")
        arguments: list[Node] = []
        options: dict[str, Any] = {}
        while self.take(")") is None:
            kind, word = self.tokens[self.at]
            if kind == "name" and self.tokens[self.at + 1] == ("sign", "="):
                self.at += 2
                option = OPTIONS.get(word, word)
                options[option] = self.option(option)
            else:
                arguments.append(self.formula())
            if self.tokens[self.at] != ("sign", ")"):
                self.need(",")
        return ("call", name, tuple(arguments), options)

    def option(self, option: str) -> object:
        if self.take("["):
            found = [self.formula()]
            while self.take(","):
                found.append(self.formula())
            self.need("]")
            return found
        node = self.formula()
        if option in OPTION_WORDS and node[0] == "text":
            return OPTION_WORDS[option][node[1]]
        if option in ("over", "within", "give") and node[0] == "name":
            return node[1]
        return node


def replaced(node: Any, names: dict[str, Node]) -> Any:
    """The tree with trees in place of names; an option that names rows is no name of a value.

    The names of a member have that of their block among them: an aggregate inside that runs over the same block
    speaks of all its members again.
    """
    if isinstance(node, tuple) and node and node[0] == "name":
        return names.get(node[1], node)
    if isinstance(node, tuple) and node and node[0] == "call":
        if node[3].get("over") in names:
            return node
        options = {key: value if isinstance(value, str) else replaced(value, names) for key, value in node[3].items()}
        return ("call", node[1], tuple(replaced(one, names) for one in node[2]), options)
    if isinstance(node, (tuple, list)):
        return type(node)(replaced(one, names) for one in node)
    return node
