"""What stands on somebody's slip, as nouns: every text is worded, every figure as it is shown, nothing is laid out.

Every sum adds up from figures that stand on the slip, as they are shown there.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen


@frozen
class ScoreRow:
    """An indicator or a group of them. A group's `sum` is what its parts' products add up to, and `divisor` the weight
    that is known, where that is not the whole.

    `product` is the score times the weight, exactly. `full` is what the indicator can give of the whole total, `got`
    what it gave; both are 0 of a group, and of a missing score the bar is empty.
    """

    title: str
    depth: int
    is_group: bool
    measured: str
    score: str
    weight: str
    product: str
    missing: bool = False
    sum: str = ""
    divisor: str = ""
    notes: tuple[str, ...] = ()
    full: Fraction = Fraction(0)
    got: Fraction = Fraction(0)


@frozen
class GradeOnSlip:
    """A grade: its `value`, what it was found by, and how far the next ones are, in words."""

    title: str
    value: str
    found: tuple[str, ...]
    next: str = ""


@frozen
class PayRow:
    """A line of pay: the formula in words, the same in numbers step by step, and what else is said of it."""

    title: str
    amount: str
    words: str = ""
    numbers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@frozen
class PaySection:
    """The lines of one kind of pay with their sum. `quiet` are the titles of lines that are 0, each with its reason."""

    kind: str
    title: str
    rows: tuple[PayRow, ...]
    quiet: tuple[tuple[str, str], ...]
    total: str


@frozen
class ToldFact:
    """Something with a title and a value, and in words why it is so."""

    title: str
    value: str
    why: tuple[str, ...] = ()


@frozen
class SlipStep:
    """A step of the procedure as the scheme writes it: what, who is responsible, when it is due."""

    title: str
    responsible: str
    due: str


@frozen
class StepOnSlip:
    """What one thing different would have given: a cell, its values, what changes on the way, by how much pay would."""

    what: str
    values: str
    through: tuple[str, ...]
    change: str
    gains: bool


@frozen
class PaySlip:
    """One person's slip for one period.

    `sums` are what is paid out: each title with its amount and its sign, `net` last of all and apart.
    `net_in_words` is the amount in Chinese characters, where it is paid in yuan and the slip is Chinese. `decided` says
    once what is meant by what is kept back; empty where nothing was.
    """

    key: str
    language: str
    scheme: str
    version: str
    period: str
    first_day: str
    last_day: str
    is_example: bool
    in_scope: bool
    currency: str
    about: tuple[ToldFact, ...] = ()
    sums: tuple[tuple[str, str, int], ...] = ()
    net_title: str = ""
    net: str = ""
    net_in_words: str = ""
    scores: tuple[ScoreRow, ...] = ()
    grades: tuple[GradeOnSlip, ...] = ()
    pay: tuple[PaySection, ...] = ()
    basis: tuple[ToldFact, ...] = ()
    standing: tuple[ToldFact, ...] = ()
    decided: str = ""
    appeal: str = ""
    procedure: tuple[SlipStep, ...] = ()
    fingerprints: tuple[tuple[str, str], ...] = ()
    what_if: tuple[StepOnSlip, ...] = ()
