"""The aggregates of the language, one entry each: a formula over many rows or members becomes one value.

The stages ask an entry's facets: how it is called, of what, what comes out. How it is computed stands in the table of
`compiling/aggregates.py`; `judging/aggregates.py` says it a second time, on purpose.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Takes(StrEnum):
    """What the formula of an aggregate must be."""

    ROWS = "rows"  # a condition, or nothing: then each row counts
    CONDITION = "condition"
    NUMBER = "number"
    ORDERED = "ordered"  # a number, a day or a time
    ANY = "any"


class Gives(StrEnum):
    """What an aggregate gives; the type and the bounds of its value follow from this."""

    COUNT = "count"  # how many rows: a whole number, at most as large as there are rows
    SHARE = "share"  # a plain number from 0 to 1
    TOTAL = "total"  # some or all of the values added up: of their type
    VALUE = "value"  # no less than the least of the values and no more than the largest: of their type
    SQUARE = "square"  # the square of a distance between values
    PLACE = "place"  # a whole number from 1, at most as large as there are rows


@frozen
class AggregateFunction:
    """A function over rows: `f(formula, over=, where=, within=)` and the `options` named here.

    `least` and `most` count its arguments. `of_members`: it may run over the members of a `repeat` family, which are
    spelled out; `of_others`: over everyone but oneself; `of_each_row`: it gives each row a value of its own.
    `divides`: by how many rows there are, so that no number of decimals always writes it. `zero_of_none`: of no
    rows it is 0; else it is missing. `direction` says how the result moves when a value grows, or a condition comes to
    hold: up, or none.
    """

    name: str
    chinese: str
    options: tuple[str, ...]
    takes: Takes
    gives: Gives
    meaning_en: str
    meaning_zh: str
    example: str
    least: int = 1
    most: int = 1
    of_members: bool = False
    of_others: bool = False
    of_each_row: bool = False
    divides: bool = False
    zero_of_none: bool = False
    direction: str = "up"

    @property
    def of_conditions(self) -> bool:
        """Whether it looks at conditions, and not at values."""
        return self.takes in (Takes.ROWS, Takes.CONDITION)

    @property
    def keeps_type(self) -> bool:
        """Whether what it gives is of the type of the values: money of money, a day of days."""
        return self.gives in (Gives.TOTAL, Gives.VALUE)

    @property
    def is_ordered(self) -> bool:
        """Whether its rows stand in an order that the call says."""
        return "order" in self.options


_COMMON = ("over", "where", "within")
AGGREGATES: tuple[AggregateFunction, ...] = (
    AggregateFunction("count", "计数", _COMMON, Takes.ROWS, Gives.COUNT,
              "how many rows, or how many where a condition holds; 0 of none", "行数，或条件成立的行数；没有时为 0", "count(reopened)",
              least=0, of_members=True, of_others=True, zero_of_none=True),
    AggregateFunction("sum", "求和", _COMMON, Takes.NUMBER, Gives.TOTAL, "the sum; 0 of none", "合计；没有时为 0", "sum(order_points)",
              of_members=True, of_others=True, zero_of_none=True),
    AggregateFunction("mean", "平均", (*_COMMON, "weight"), Takes.NUMBER, Gives.VALUE,
              "the mean of the known values, each as often as its `weight=` says; missing of none, and where the weights add to 0",
              "已知值的平均，写了 `权重=` 时按权重平均；没有值或权重合计为 0 时缺失", "mean(rating)",
              of_members=True, of_others=True, divides=True),
    AggregateFunction("share", "占比", _COMMON, Takes.CONDITION, Gives.SHARE,
              "the share of rows where a condition holds; missing of none", "条件成立的行所占的比例；没有时缺失", "share(on_time)",
              of_members=True, of_others=True, divides=True),
    AggregateFunction("min", "取小", _COMMON, Takes.ORDERED, Gives.VALUE,
              "the smallest known value; missing of none", "已知值中最小的；没有时缺失", "min(rating)", of_members=True),
    AggregateFunction("max", "取大", _COMMON, Takes.ORDERED, Gives.VALUE,
              "the largest known value; missing of none", "已知值中最大的；没有时缺失", "max(rating)", of_members=True),
    AggregateFunction("best", "最好几次", (*_COMMON, "n"), Takes.NUMBER, Gives.TOTAL,
              "the sum of the n largest known values; missing of none, and where n is 0", "最大的 n 个已知值之和；没有值或 n 为 0 时缺失",
              "best(score, over=rounds, n=4)", of_members=True),
    AggregateFunction("latest", "最近", (*_COMMON, "order"), Takes.ANY, Gives.VALUE,
              "the latest known value, by the order named; missing of none", "按所列次序，最后一个已知的值；没有时缺失",
              "latest(rating, order=[day])"),
    AggregateFunction("percentile", "百分位", (*_COMMON, "method"), Takes.ORDERED, Gives.VALUE,
              "the percentile of the known values, by a named method; missing of none", "已知值的百分位，按指定的方法；没有时缺失",
              'percentile(hours, 50%, method="linear")', least=2, most=2),
    AggregateFunction("rank", "名次", (*_COMMON, "ties", "first", "then"), Takes.NUMBER, Gives.PLACE,
              "the place in the order, by `then=` among equals; a row that lacks one of the values has none",
              "名次，相同时再按 `再按=` 的各项；缺少其中一项的没有名次",
              'rank(total, ties="standard", first="high")', of_each_row=True, direction="none"),
    AggregateFunction("variance", "方差", _COMMON, Takes.NUMBER, Gives.SQUARE,
              "the variance of all known values; missing of none", "已知值的总体方差；没有时缺失", "variance(score)",
              divides=True, direction="none"),
    AggregateFunction("running", "累计", (*_COMMON, "order"), Takes.NUMBER, Gives.TOTAL,
              "of each row, the sum up to it and with it", "各行累计到本行（含本行）的合计",
              "running(amount, order=[day])", of_each_row=True),
)  # fmt: skip
OVER_ROWS = {f.name: f for f in AGGREGATES}
MOST_BEST = 1000  # values that `best` adds up
