"""What a scheme promises: the contract of its principles, read into plain nouns with their places.

Loading makes them, checking holds them against the scheme, proving says of each whether it stands. Names are kept as
they are written: an indicator, an input, a pay line, a pool.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import field, frozen

from ..base.places import Place


@frozen
class PromisedName:
    """A name, or a word of ours, in a promise."""

    text: str
    place: Place = field(eq=False)


PromisedNames = tuple[PromisedName, ...]


@frozen
class Exemption:
    """What a promise does not hold for, and why; of these pay `lines` alone where any are named."""

    name: PromisedName
    reason: str
    decided_by: str = ""
    decided_on: date | None = None
    lines: PromisedNames = ()


@frozen(kw_only=True)
class PromiseBase:
    """`keyword` is the English one; `principle` is what people call the principle that makes the promise."""

    keyword: str
    place: Place = field(eq=False)
    principle: str
    exceptions: tuple[Exemption, ...] = ()


@frozen(kw_only=True)
class NeverReads(PromiseBase):
    """No formula and no group rests on these facts."""

    facts: PromisedNames


@frozen(kw_only=True)
class BetterNeverPaysLess(PromiseBase):
    """A better value of these indicators never lowers pay; of all where none is named."""

    indicators: PromisedNames = ()


@frozen(kw_only=True)
class SameFactsSamePay(PromiseBase):
    """Equal facts, equal amounts, but for the last cent of a pool."""


@frozen(kw_only=True)
class EveryIndicatorCounts(PromiseBase):
    """Each indicator can change somebody's pay."""


@frozen(kw_only=True)
class EverythingReachable(PromiseBase):
    """Somebody can reach each grade, honour and so on of these sections: grades | pay | honors | entitlements."""

    sections: PromisedNames


@frozen(kw_only=True)
class LargestJump(PromiseBase):
    """One step of one cell changes the line by `at_most`; `of` is any | work: only facts that feed indicators."""

    line: PromisedName
    at_most: Fraction
    of: str = "any"


@frozen(kw_only=True)
class OrderPreserving(PromiseBase):
    """All else equal, whose scores exceed another's by more than `within` is not paid less."""

    within: Fraction


@frozen(kw_only=True)
class PlateauAtMost(PromiseBase):
    """No stretch on which better work leaves the line as it is is longer than `share` of an indicator's range."""

    line: PromisedName
    share: Fraction


WITHHOLDING, SPLITTING, MOVING = "withholding", "splitting", "moving"  # ways to gain without working better


@frozen(kw_only=True)
class GainsAtMost(PromiseBase):
    """Nobody gains more than `at_most` by this `way`: withholding | splitting | moving; of a line, or of net pay."""

    way: str
    at_most: Fraction
    line: PromisedName | None = None


@frozen
class ComparedGroups:
    """An input that makes groups, by its words or, of a number, by `edges`."""

    name: PromisedName
    edges: tuple[Fraction, ...] = ()


@frozen(kw_only=True)
class CompareGroups(PromiseBase):
    """Pay of groups of at least `min_group` differs by at most `gap`; of a line, among those who share `within`."""

    groups: tuple[ComparedGroups, ...]
    min_group: int = 10
    gap: Fraction | None = None
    of: PromisedName | None = None
    within: PromisedName | None = None


@frozen(kw_only=True)
class PaysEvery(PromiseBase):
    """Some line is paid with each of these frequencies: month | quarter | half_year | year."""

    periods: PromisedNames


@frozen(kw_only=True)
class GivesSections(PromiseBase):
    """The scheme has each of these sections: grades | pay | honors | entitlements."""

    sections: PromisedNames


@frozen(kw_only=True)
class TotalAtMost(PromiseBase):
    """The lines (all earnings where none is named) of `headcount` people add up to `amount` at the most."""

    amount: Fraction
    headcount: int
    lines: PromisedNames = ()


Promise = (
    NeverReads | BetterNeverPaysLess | SameFactsSamePay | EveryIndicatorCounts | EverythingReachable | LargestJump
    | OrderPreserving | PlateauAtMost | GainsAtMost | CompareGroups | PaysEvery | GivesSections | TotalAtMost
)  # fmt: skip
