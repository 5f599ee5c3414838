"""The nouns of an audit: what is asked, and each figure that comes out with its interval and its verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

Interval = tuple[float, float]  # of an interval
Measure = Literal[
    "mean_gap", "median_gap", "rate_ratio", "standardised_gap", "reversal", "gini", "ceiling", "floor",
    "effective_weight", "grade_flips",
]  # fmt: skip

# By name, what a figure may be at most (a ratio, and the share of a nominal weight: at least) unless somebody says.
LIMITS: Mapping[str, Fraction | None] = {
    "gap": Fraction(5, 100),  # Directive (EU) 2023/970, article 10
    "ratio": Fraction(80, 100),  # the four-fifths rule: 29 CFR 1607.4 D
    "weight": Fraction(50, 100),
    "ceiling": Fraction(50, 100),
    "flips": Fraction(10, 100),
    "gini": None,
}
LIMIT_OF: Mapping[str, str] = {
    "mean_gap": "gap", "median_gap": "gap", "standardised_gap": "gap", "rate_ratio": "ratio", "gini": "gini",
    "ceiling": "ceiling", "floor": "ceiling", "effective_weight": "weight", "grade_flips": "flips",
}  # fmt: skip


class AuditVerdict(StrEnum):
    """Where the whole interval of a figure lies: inside its limit, outside, or on both sides."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    INCONCLUSIVE = "inconclusive"


@frozen
class Measured:
    """What is compared: a number of each person, or with `is_share` 1 for each of whom something holds, else 0.

    `values` are in the order of the people; None where it is not known.
    """

    name: str
    values: Sequence[Fraction | None] = field(repr=False)
    is_share: bool = False


@frozen
class Grouping:
    """The group of each person, in the order of the people; None where it is not known.

    `order` are the groups where they have one, such as ages from young to old.
    """

    name: str
    labels: Sequence[str | None] = field(repr=False)
    order: tuple[str, ...] = ()


@frozen
class IndicatorScores:
    """The scores of one indicator and its nominal weight in the total, with the total of each person."""

    name: str
    weight: Fraction
    scores: Sequence[Fraction | None] = field(repr=False)
    totals: Sequence[Fraction | None] = field(repr=False)


@frozen
class Flips:
    """Of each person, in which share of the repetitions under noise something came out otherwise."""

    name: str
    shares: Sequence[Fraction | None] = field(repr=False)


@frozen
class AuditQuestion:
    """Everything that an audit looks at; `labels` of all groupings and `values` of all measures go by the same people.

    `reference` is the group that others are compared with, "" for the largest of each comparison.
    """

    measured: tuple[Measured, ...]
    by: tuple[Grouping, ...]
    within: tuple[Grouping, ...] = ()
    indicators: tuple[IndicatorScores, ...] = ()
    flips: tuple[Flips, ...] = ()
    reference: str = ""
    min_group: int = 10
    confidence: Fraction = Fraction(95, 100)
    limits: Mapping[str, Fraction | None] = field(factory=lambda: dict(LIMITS), hash=False)


@frozen
class AuditFigure:
    """One figure. `n` is how many people it rests on; `counts` are those of its group and its reference.

    `value` is exact, None where there is none: `why` is then `zero`, for there is nothing to divide by, or `few`, for
    there are too few people. `interval` is None where no bounded one exists. `limit` is what the verdict goes by;
    without one there is no verdict. `nominal` is the weight that an indicator is said to have.
    """

    measure: Measure
    of: str
    n: int
    value: Fraction | None
    interval: Interval | None = None
    method: str = ""
    by: str = ""
    within: str = ""
    category: str = ""
    group: str = ""
    reference: str = ""
    counts: tuple[int, int] | None = None
    limit: Fraction | None = None
    verdict: AuditVerdict | None = None
    nominal: Fraction | None = None
    why: str = ""


@frozen
class GroupFigures:
    """What one group was paid, at all (`within` is "") or in one category; or all who were looked at (`by` is "").

    `mean` of a share is the share. `receiving` is the share of those above 0, `deviation` the standard deviation (of a
    sample), `bands` the group's share of each quarter of all people from the lowest to the highest paid. `least` and
    `greatest` are single people's, and known where `min_group` is 1.
    """

    of: str
    by: str
    within: str
    category: str
    group: str
    n: int
    is_share: bool
    mean: Fraction
    median: Fraction
    deviation: float | None
    receiving: Fraction
    bands: tuple[Fraction, ...] = ()
    least: Fraction | None = None
    greatest: Fraction | None = None


@frozen
class LeftOut:
    """People who are in no figure of `of`, or with `of` "" of any: `why` is missing (of `name`) | small (groups of
    `name`) | out_of_scope | set_aside, for their data have problems.

    `count` is None where it would tell how many are in a group that is too small to be shown.
    """

    of: str
    why: str
    name: str
    count: int | None


@frozen
class NotShown:
    """How many groups in categories of `within` are not shown, for they are small or would tell of small ones."""

    of: str
    by: str
    within: str
    cells: int
    categories: int


@frozen
class Audit:
    """What an audit found: `str()` of it is what the command line prints.

    `people` counts who was looked at by the name of each measure, `rows` those who were read, in scope and accepted.
    """

    figures: tuple[AuditFigure, ...]
    groups: tuple[GroupFigures, ...]
    people: Mapping[str, int] = field(hash=False)
    left_out: tuple[LeftOut, ...]
    not_shown: tuple[NotShown, ...]
    min_group: int
    confidence: Fraction
    limits: Mapping[str, Fraction | None] = field(hash=False)
    notes: tuple[tuple[str, str], ...] = ()  # a word of `words.NOTES`, and a name in it
    language: str = "en"
    _render: Callable[[Audit, str], str] | None = field(default=None, eq=False, repr=False)

    def count(self, verdict: AuditVerdict) -> int:
        """How many figures have this verdict."""
        return sum(figure.verdict is verdict for figure in self.figures)

    @property
    def ok(self) -> bool:
        """Whether nothing lies outside its limit; something may be inconclusive."""
        return not self.count(AuditVerdict.OUTSIDE)

    def figure(self, measure: str, of: str, **where: str) -> AuditFigure:
        """The one figure of this measure at this place; `KeyError` where there is none, or more than one.

        `where` are by, within, category, group, reference; one that is not said may be any.
        """
        found = [
            one for one in self.figures if (one.measure, one.of) == (measure, of)
            and all(getattr(one, name) == said for name, said in where.items())
        ]  # fmt: skip
        if len(found) != 1:
            raise KeyError(f"{len(found)} figures are {measure} of {of!r} with {where}")
        return found[0]

    def __str__(self) -> str:
        return self._render(self, self.language) if self._render is not None else repr(self)
