"""Reads a call of an aggregate, and describes the rows that it runs over."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Generic, TypeVar

from attrs import frozen

from ..lang.functions import option_word
from ..model.levels import Level
from ..model.terms import Constant
from .functions import as_number
from .numbers import RefereeFault
from .parse import Parsed

EXCEPT_ONESELF = ("count", "sum", "mean", "share")
COMMON = frozenset({"over", "where", "within"})
AGGREGATES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("count", "sum", "share", "min", "max", "variance"), COMMON),
    "mean": COMMON | {"weight"},
    "best": COMMON | {"n"},
    "latest": COMMON | {"order"},
    "running": COMMON | {"order"},
    "percentile": COMMON | {"method"},
    "rank": COMMON | {"ties", "first", "then"},
}
DEMANDED = {"best": "n", "latest": "order", "running": "order", "percentile": "method"}
EITHER = ("min", "max")  # of several arguments, or over rows
WORDS = {
    "method": ("at_least", "more_than", "linear"),
    "ties": ("standard", "modified", "dense"),
    "first": ("high", "low"),
}

S = TypeVar("S")


@frozen(eq=False)
class AggregateCall:
    """One aggregate as it is written; its `order` is what a rank compares among equals, and the weight of a mean.

    `most` is how many values are the best, as it came out where the aggregate is written.
    """

    function: str
    value: ast.expr | None
    where: ast.expr | None = None
    over: str = ""
    within: str = ""
    order: tuple[ast.expr, ...] = ()
    most: Constant = Fraction(0)
    fraction: Fraction = Fraction(0)
    method: str = ""
    ties: str = "standard"
    first: str = "high"

    @property
    def parts(self) -> tuple[ast.expr, ...]:
        return tuple(part for part in (self.value, self.where, *self.order) if part is not None)


@frozen(eq=False)
class Ground(Generic[S]):
    """What an aggregate runs over: a scope `of` each of the `numbers`, and the row where its value stands.

    `group` names the level of that row, "" where it is a person's or a detail row, and `key` is its key. `sort` is
    rows | people | groups | members (of a family, or the parts of a group of indicators); `strange` says that the
    rows are not one person's. `own` is the number of the row that asks, where it is one of them. `conditions` are
    those of selections. `address` tells grounds apart, None where nothing is asked of it twice.
    """

    over: str
    numbers: Sequence[int]
    of: Callable[[int], S]
    stand: Level
    stand_row: int
    group: str = ""
    key: str = ""
    address: tuple[object, ...] | None = None
    sort: str = "rows"
    strange: bool = False
    others: bool = False
    needed: int = 0
    own: int | None = None
    conditions: tuple[Parsed, ...] = ()


def asked_of(
    function: str, node: ast.Call, options: dict[str, ast.expr], work: Callable[[ast.expr], Constant]
) -> AggregateCall:  # fmt: skip
    """The aggregate of a call; a fault where it is not called like this."""
    arguments = 2 if function == "percentile" else 1
    if (
        not options.keys() <= AGGREGATES[function]
        or DEMANDED.get(function, "over") not in {*options, "over"}
        or len(node.args) > arguments
        or (len(node.args) < arguments and function != "count")
    ):
        raise RefereeFault(f"{function} is not called like this: {ast.unparse(node)[:200]!r}")
    order = options.get({"rank": "then", "mean": "weight"}.get(function, "order"))
    most = work(options["n"]) if "n" in options else Fraction(0)
    return AggregateCall(
        function,
        node.args[0] if node.args else None,
        options.get("where"),
        name_of(options["over"]) if "over" in options else "",
        name_of(options["within"]) if "within" in options else "",
        tuple(order.elts) if isinstance(order, (ast.List, ast.Tuple)) else (order,) if order is not None else (),
        most,
        as_number(work(node.args[1])) if function == "percentile" else Fraction(0),
        **{key: text_of(key, options[key], words) for key, words in WORDS.items() if key in options},
    )


def name_of(node: ast.expr) -> str:
    if not isinstance(node, ast.Name):
        raise RefereeFault("a name is due")
    return node.id


def text_of(option: str, node: ast.expr, words: tuple[str, ...]) -> str:
    """One of these words, written as a text in either language: `method="linear"`."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise RefereeFault(f"{option} is a word in quotes")
    found = option_word(option, node.value)
    if found not in words:
        raise RefereeFault(f"{option} is never {found!r}")
    return found
