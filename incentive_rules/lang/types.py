"""What kind of value a name or a piece of a formula has, and what is known about it beforehand.

`Type` says what a value is; `Facts` adds whether it may be missing and between which bounds it lies.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import frozen


class Kind(StrEnum):
    """The kinds of value. A money amount is a NUMBER with `money` = 1; an integer one that is `whole`."""

    NUMBER = "number"
    BOOLEAN = "boolean"
    CATEGORY = "category"
    DATE = "date"
    TIME = "time"
    KEY = "key"
    UNKNOWN = "unknown"  # a name whose definition is already reported: it starts no second error


MOMENTS = (Kind.DATE, Kind.TIME)  # what is a number to the engines, and a text to everybody else
ORDERED = (Kind.NUMBER, *MOMENTS)  # what can be compared by `<`


@frozen
class Type:
    """One type.

    `money` counts how often money stands in a product: 0 a plain number, 1 an amount, 2 money times
    money (refused at the name). `literal` marks a plain number in which a literal stands, so that a
    money place may read it as money; one in which a percentage stands (`percent`), and that is no product
    with something else, is never an amount. `values` are the texts that a category can take, None if open.
    """

    kind: Kind
    money: int = 0
    literal: bool = False
    percent: bool = False
    whole: bool = False
    unit: str | None = None
    values: frozenset[str] | None = None

    @property
    def is_money(self) -> bool:
        return self.kind is Kind.NUMBER and self.money == 1

    @property
    def counts_as_money(self) -> bool:
        """Whether a plain number may stand for an amount: `5 * jobs` may, `jobs` and `5%` may not."""
        return self.kind is Kind.NUMBER and self.money == 0 and self.literal and not self.percent


PLAIN = Type(Kind.NUMBER)
WHOLE = Type(Kind.NUMBER, whole=True)
MONEY = Type(Kind.NUMBER, money=1)
BOOLEAN = Type(Kind.BOOLEAN)
DATE = Type(Kind.DATE)
TIME = Type(Kind.TIME)
KEY = Type(Kind.KEY)
UNKNOWN = Type(Kind.UNKNOWN)


@frozen
class Bounds:
    """An interval of numbers with both ends inside; None where an end is open."""

    low: Fraction | None = None
    high: Fraction | None = None

    def holds(self, value: Fraction) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    @property
    def closed(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def excludes_zero(self) -> bool:
        return (self.low is not None and self.low > 0) or (self.high is not None and self.high < 0)


ANY = Bounds()


@frozen
class Facts:
    """What the checker knows of a value before any row is read. Bounds of dates are day numbers."""

    type: Type
    may_miss: bool = False
    bounds: Bounds = ANY
