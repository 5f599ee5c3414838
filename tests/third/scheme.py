"""What a scheme defines: its names with their making, its tables, families, selections and levels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tests.third.exact import DECIMALS, Span
from tests.third.formulas import Node, parsed, replaced
from tests.third.reading import Tree, Unknown, read
from tests.third.tables import Table
from tests.third.words import FUNCTIONS, OWN, RESULTS


@dataclass
class Name:
    """A name that formulas read.

    `how` it is made says which method of the court makes it, `parts` what that needs. `reads` are the formulas from
    which its level follows where `level` does not say it. `here` is the place in which its formulas are written:
    "" for those of the scheme itself. `money` is a flag, or the formula that decides it.
    """

    name: str
    how: str
    parts: dict[str, Any] = field(default_factory=dict)
    reads: tuple[Node, ...] = ()
    level: str | None = None
    here: str = ""
    money: bool | Node = False
    decimals: int | str | None = None
    mode: str = "half_up"
    low: Any = None
    high: Any = None


@dataclass
class Group:
    """A weighted mean: of an indicator group, the total, or a composite."""

    name: str
    items: list[tuple[str, Node]]
    missing: str | None
    at_least: int
    relative: bool
    adjust: list[dict[str, Any]]


@dataclass
class Scheme:
    """All that a document says, with every formula as a tree."""

    tree: dict[str, Tree]
    period: Span
    chinese: bool
    decimals: int
    mode: str
    names: dict[str, Name] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    functions: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    families: dict[str, list[dict[str, Node]]] = field(default_factory=dict)
    selections: dict[str, tuple[str, Node]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    owners: dict[str, list[str]] = field(default_factory=dict)  # level -> the levels directly above, the first first
    spelled: dict[str, str] = field(default_factory=dict)  # a table's name, or a key -> its level
    inputs: dict[str, dict[str, Tree]] = field(default_factory=dict)  # level -> its inputs
    person_key: str = ""
    require: list[Node] = field(default_factory=list)
    applies_to: Node | None = None

    def fixed(self, name: str) -> str:
        return RESULTS[name] if self.chinese else name

    def node(self, text: str, names: dict[str, Node] | None = None) -> Node:
        """The tree of a formula: functions of the author written out, spellings made one, local names replaced."""
        found = parsed(text.strip())
        return self.spelt(replaced(found, names) if names else found)

    def spelt(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self.spelt(one) for one in node]
        if not isinstance(node, tuple) or not node:
            return node
        if node[0] != "call":
            return tuple(self.spelt(one) if isinstance(one, (tuple, list)) else one for one in node)
        arguments = tuple(self.spelt(one) for one in node[2])
        options = {key: value if isinstance(value, str) else self.spelt(value) for key, value in node[3].items()}
        if node[1] in self.functions:
            takes, text = self.functions[node[1]]
            return ("inlined", self.spelt(replaced(parsed(text), dict(zip(takes, arguments, strict=True)))), arguments)
        if node[1] in self.tables:
            return ("call", node[1], arguments, options)
        name = FUNCTIONS.get(node[1]) or OWN.get(node[1])
        if name is None:
            raise Unknown(f"function {node[1]}")
        return ("call", name, arguments, options)

    def define(self, name: Name) -> None:
        if name.name in self.names:
            raise Unknown(f"{name.name} is defined twice")
        self.names[name.name] = name

    def level_called(self, name: str) -> str:
        """The level that a text after `over=`, `within`, `each` or `to` names."""
        name = OWN.get(name, name)
        if name == "everyone":
            return "everyone"
        if name in self.spelled:
            return self.spelled[name]
        raise Unknown(f"level {name}")


@lru_cache(maxsize=4)
def scheme(text: str, period: str) -> Scheme:
    """The scheme of a document, for a period."""
    from tests.third.sections import SECTIONS

    tree = read(text)
    chinese = re.search("^格式:", text, re.MULTILINE) is not None
    currency = tree.get("currency", "")
    found = Scheme(
        tree,
        Span(period, tree.get("year_starts", "01-01")),
        chinese,
        DECIMALS.get(currency, 2),
        tree.get("rounding", "half_up"),
    )
    for section in SECTIONS:
        section(found)
    return found
