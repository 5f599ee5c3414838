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
from .functions import as_flag, as_number, total_of
from .numbers import RefereeFault
from .parse import Parsed

COMMON = frozenset({"over", "where", "within"})


@frozen
class AggregateRule:
    """One aggregate, as the referee knows it: what it makes of the values that count, in the order of their rows.

    None of those that need more than the values. `of_none` is its value where none counts. `more` are its options
    beside the common ones, `demanded` is the one that must be written. `of_flags`: the values are those of conditions.
    """

    made_of: Callable[[tuple[Constant, ...]], Constant] | None = None
    of_none: Constant = None
    more: frozenset[str] = frozenset()
    demanded: str = ""
    least: int = 1
    most: int = 1
    of_flags: bool = False
    of_others: bool = False
    of_each_row: bool = False


def _count(flags: tuple[Constant, ...]) -> Fraction:
    return Fraction(sum(map(as_flag, flags)))


def _share(flags: tuple[Constant, ...]) -> Fraction:
    return _count(flags) / len(flags)


def _mean(values: tuple[Constant, ...]) -> Fraction:
    return total_of(values) / len(values)


def _variance(values: tuple[Constant, ...]) -> Fraction:
    middle = _mean(values)
    return sum(((as_number(v) - middle) ** 2 for v in values), Fraction(0)) / len(values)


AGGREGATES: dict[str, AggregateRule] = {
    "count": AggregateRule(_count, Fraction(0), least=0, of_flags=True, of_others=True),
    "sum": AggregateRule(total_of, Fraction(0), of_others=True),
    "mean": AggregateRule(_mean, more=frozenset({"weight"}), of_others=True),
    "share": AggregateRule(_share, of_flags=True, of_others=True),
    "min": AggregateRule(lambda values: min(map(as_number, values))),
    "max": AggregateRule(lambda values: max(map(as_number, values))),
    "best": AggregateRule(more=frozenset({"n"}), demanded="n"),
    "latest": AggregateRule(lambda values: values[0], more=frozenset({"order"}), demanded="order"),
    "percentile": AggregateRule(more=frozenset({"method"}), demanded="method", least=2, most=2),
    "rank": AggregateRule(more=frozenset({"ties", "first", "then"}), of_each_row=True),
    "variance": AggregateRule(_variance),
    "running": AggregateRule(total_of, more=frozenset({"order"}), demanded="order", of_each_row=True),
}
EITHER = ("min", "max")  # of several arguments, or over rows
WORDS = {
    "method": ("at_least", "more_than", "linear"),
    "ties": ("standard", "modified", "dense"),
    "first": ("high", "low"),
}

S = TypeVar("S")


@frozen(eq=False)
class AggregateCall:
    """One aggregate as it is written.

    `order` has the keys that break ties of a rank, the order of `latest` and `running`, or the weight of a mean. `most`
    is how many values `best` adds up, computed where the aggregate is written.
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
class RowSet(Generic[S]):
    """The rows that an aggregate runs over: a scope `of` each of the `numbers`, and the row at which its value stands.

    `group` names the level of that row, "" if it is a person's or a detail row, and `key` is its key. `sort` is rows |
    people | groups | members (of a family, or the parts of a group of indicators); `strange`: the rows are not one
    person's. `own` is the number of the row that asks, if it is one of them. `conditions` are those of selections.
    `address` identifies the set for the cache, None if nothing is cached for it.
    """

    over: str
    numbers: Sequence[int]
    of: Callable[[int], S]
    value_level: Level
    value_row: int
    group: str = ""
    key: str = ""
    address: tuple[object, ...] | None = None
    sort: str = "rows"
    strange: bool = False
    others: bool = False
    needed: int = 0
    own: int | None = None
    conditions: tuple[Parsed, ...] = ()


def aggregate_call(
    function: str, node: ast.Call, options: dict[str, ast.expr], work: Callable[[ast.expr], Constant]
) -> AggregateCall:  # fmt: skip
    """The aggregate of a call; raises a fault if it cannot be called like this."""
    rule = AGGREGATES[function]
    if (
        not options.keys() <= COMMON | rule.more
        or (rule.demanded or "over") not in {*options, "over"}
        or not rule.least <= len(node.args) <= rule.most
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
        as_number(work(node.args[1])) if len(node.args) > 1 else Fraction(0),
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
