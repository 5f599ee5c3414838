"""What a scheme says: the document, read into plain nouns, before anything is checked.

Loading makes it, in the order of the document; keywords are the English ones whatever language the
author wrote. A part that was reported as broken is None (a formula, a number) or absent.
`TBD` stands where a draft leaves a hole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from attrs import field, frozen

from ..base.numbers import Rounding
from ..base.periods import Period, PeriodKind
from ..base.places import Place
from ..base.titles import NO_TITLE, Title, as_title
from ..lang.nodes import Expression
from ..lang.pay import USUAL
from .promises import NeverReads, Promise, PromisedNames


@frozen
class Formula:
    """A formula: its text, its syntax (None if that is broken), and where each character stands.

    `offsets` has one source offset per character of `text` and one for its end, so that a place
    inside the formula is found through quotes, escapes and folded lines.
    """

    text: str
    expression: Expression | None
    place: Place = field(eq=False)
    offsets: tuple[int, ...] = field(eq=False, repr=False)

    def place_of(self, start: int, end: int) -> Place:
        """The place in the document of the characters `start` up to `end` of the formula."""
        first = self.offsets[start]
        return Place(self.place.source, first, max(self.offsets[max(end - 1, start)] + 1, first))


@frozen
class Tbd:
    """A hole of a draft: `tbd` or `待定` where a number, formula or table is due."""

    place: Place = field(eq=False)
    what: str  # the owner and the field, as the author would say it: `服务质量 · 权重`


# ── Constants and tables ──────────────────────────────────────────────────────────────────────────


@frozen
class Literal:
    """A constant as written: `40%`, `优秀`, `true`, `2026-01-01`. What it is, its place decides later."""

    text: str
    place: Place = field(eq=False)
    quoted: bool = field(default=False, eq=False)


class TableKind(StrEnum):
    """How a table finds its row; the first word of its mapping."""

    FROM = "from"  # the highest edge that the value reaches
    UP_TO = "up_to"  # the lowest edge that the value does not exceed
    EQUALS = "equals"  # the very word or number
    POINTS = "points"  # a straight line between points, flat outside
    SLICES = "slices"  # each slice of the value at its own rate, from its lower edge


@frozen
class Outputs:
    """The result of a row: one unnamed constant (name ""), or named ones; a constant may be `missing`."""

    values: tuple[tuple[str, Literal], ...]
    place: Place = field(eq=False)


@frozen
class TableBody:
    """One level of a table. A row leads to a further level while keys remain, else to outputs."""

    kind: TableKind
    rows: tuple[tuple[Literal, TableBody | Outputs], ...]
    otherwise: TableBody | Outputs | None
    place: Place = field(eq=False)


T = TypeVar("T")


@frozen
class Dated(Generic[T]):
    """Values with their first days, ascending; an undated value has the single day `date.min`."""

    values: tuple[tuple[date, T], ...]

    def at(self, day: date) -> T | None:
        """The value in force on `day`."""
        found = [value for start, value in self.values if start <= day]
        return found[-1] if found else None

    changes_inside: bool = False  # `changes_inside: first_day`: a change inside the period is declared


@frozen
class Table:
    """A table that formulas call by name: `t(key, ..., x)` or `t(x, give=coefficient)`."""

    name: str
    body: Dated[TableBody | Tbd]
    keys: tuple[str, ...]  # what the arguments are called, in order; one argument if empty
    type: str | None  # what the results are: number | integer | money | boolean | category; None if it is not said
    place: Place = field(eq=False)
    title: Title = field(default=NO_TITLE, converter=as_title)
    unit: str | None = None

    @property
    def money(self) -> bool:
        """Whether the results are amounts."""
        return self.type == "money"


@frozen
class Parameter:
    """A named constant, perhaps dated."""

    name: str
    value: Dated[Literal | Tbd]
    type: str | None
    place: Place = field(eq=False)
    title: Title = field(default=NO_TITLE, converter=as_title)
    unit: str | None = None
    source: str = ""


@frozen
class Function:
    """An author's own formula with arguments; inlined where it is called, never recursive."""

    name: str
    takes: tuple[str, ...]
    formula: Formula | Tbd | None
    place: Place = field(eq=False)
    title: Title = field(default=NO_TITLE, converter=as_title)


# ── Inputs ────────────────────────────────────────────────────────────────────────────────────────


@frozen
class Input:
    """A fact that the data bring, one per person or per detail row, and how it is read."""

    name: str
    type: str  # number | integer | money | boolean | category | date | time | key
    place: Place = field(eq=False)
    low: Literal | None = None
    high: Literal | None = None
    decimals: int | None = None
    one_of: tuple[Literal, ...] = ()
    can_be_missing: bool = False
    column: str = ""  # the heading in the data; the name itself if empty
    missing_texts: tuple[str, ...] = ()
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()  # value → the texts in the file that mean it
    suffix: str = ""
    percent: bool = False  # `scale: percent`: the data write 63 for 0.63
    nearest: bool = False  # `read: nearest`: a spreadsheet's float is read as the nearest allowed number
    unit: str | None = None
    title: Title = field(default=NO_TITLE, converter=as_title)
    carried_from: str | None = None  # the name whose value of the last period this becomes
    first: Literal | None = None  # what it is where no earlier period is recorded
    carried_place: Place | None = field(default=None, eq=False, repr=False)
    written: str = ""  # `written: DD-MM-YYYY hh:mm`: how a date or time stands in the data, "" for ISO
    words: tuple[tuple[str, Title], ...] = ()  # words of `one_of` that have a title


# ── Named quantities ──────────────────────────────────────────────────────────────────────────────


class Role(StrEnum):
    """Why a quantity is in the scheme; each is computed in the same way."""

    QUANTITY = "quantity"
    MEASURED = "measured"  # what an indicator measured; its name is value(indicator)
    SCORE = "score"  # an indicator's score; its name is the indicator's
    GROUP = "group"  # the weighted mean of parts
    COMPOSITE = "composite"  # a second weighing of indicators that exist
    GRADE = "grade"
    PAY = "pay"
    HONOR = "honor"  # true for who is chosen; its money is the pay line `award(honour)`
    RECORDED = "recorded"  # a value of an earlier period, or of this one in the row that stands for it
    ENTITLEMENT = "entitlement"
    RESULT = "result"  # earnings, deductions, net, employer_cost


SCORES = (Role.SCORE, Role.GROUP, Role.COMPOSITE)


@frozen
class Part:
    """One part of a weighted mean. A weight is a percentage, or a formula under `weights: relative`."""

    name: str
    weight: Literal | Formula | Tbd | None
    place: Place = field(eq=False)


@frozen
class WeightedMean:
    """`missing` is `reweigh`, `zero` or `refuse`, None where the group and its parents say nothing."""

    parts: tuple[Part, ...]
    missing: str | None
    at_least: int | None
    relative: bool
    place: Place = field(eq=False)


@frozen
class TableOf:
    """A table written in place (a score, a grade), applied to the quantity `argument`."""

    argument: str
    table: TableBody
    give: str  # the output column, "" for the unnamed one
    place: Place | None = field(default=None, eq=False, repr=False)  # of the argument, where it is written


@frozen
class Pool:
    """A fixed sum that several share: the value of its quantity is the share of each.

    `each` names the group (or `everyone`) that has one pool each, `to` who shares it: "" people, a detail
    table, or a group below `each`. `among` says who takes part; the part of the others is `shared` by the
    rest or `kept` in the pool (`left_out`). What cannot be paid is `keep` (stated) or `refuse`.
    """

    each: str
    to: str
    amount: Formula | Tbd | None
    in_proportion_to: Formula | Tbd | None
    place: Place = field(eq=False)
    each_place: Place = field(eq=False)
    to_place: Place | None = field(default=None, eq=False)
    when: Formula | Tbd | None = None  # of the pool; where it fails nothing is paid
    among: Formula | Tbd | None = None  # of each member
    at_most: Formula | Tbd | None = None  # a cap on each share
    cents: str = "largest_remainder"  # largest_remainder | webster | keep_remainder
    left_out: str = "shared"  # shared | kept
    remainder: str = "keep"  # keep | refuse


@frozen
class Places:
    """How many places an honour has: a share `of` the eligible or the group, or a number, within bounds."""

    place: Place = field(eq=False)
    share: Literal | None = None
    of: str = ""  # eligible | group
    number: Formula | Tbd | None = None
    rounding: Rounding = Rounding.HALF_UP
    at_least: Formula | Tbd | None = None
    at_most: Formula | Tbd | None = None


@frozen
class Honor:
    """Who is chosen: of those `among`, in each group `within`, the best by these formulas, highest first."""

    within: str  # a group, or `everyone`
    best_by: tuple[Formula, ...]
    places: Places
    place: Place = field(eq=False)
    within_place: Place = field(eq=False)
    among: Formula | Tbd | None = None
    ties: str = "refuse"  # all | none | refuse


@frozen
class Distribution:
    """Grades by rank: shares of a group, best first; cut k is the rounded sum of the first k shares.

    Each row has its share and its outputs; `give` is the output that the quantity takes.
    """

    argument: str
    within: str
    rows: tuple[tuple[Literal, Outputs], ...]
    give: str
    place: Place = field(eq=False)
    argument_place: Place = field(eq=False)
    within_place: Place | None = field(default=None, eq=False)
    rounding: Rounding = Rounding.HALF_UP
    ties: str = "refuse"  # all: the whole tie gets the better grade; none: the worse; refuse
    limits: tuple[tuple[int | None, int | None], ...] = ()  # of each row, how many people at least and at most


@frozen
class Recorded:
    """The value that `source` had in an earlier period; in the row of the period being run, that it has now."""

    source: str
    place: Place = field(eq=False)


@frozen
class Given:
    """A value that takes other people to compute, where one person stands alone: the input `source` brings it."""

    source: str
    place: Place = field(eq=False)


@frozen
class Adjustment:
    """One step after the mean and before rounding; `action` is set | at_most | at_least | add | multiply."""

    reason: str
    when: Formula | Tbd | None
    action: str
    amount: Formula | Tbd | None
    place: Place = field(eq=False)


@frozen
class PayLine:
    """What makes a quantity a line of the pay statement.

    The amount of a deduction is positive, in results and in files: only `net` subtracts it.
    """

    kind: str = USUAL.name  # the name of one of `lang.pay.PAY_KINDS`
    at_risk: bool | None = None


@frozen
class Indicator:
    """What makes a quantity an indicator, beside its formula."""

    better: str | None  # higher | lower | near | none; None for a group
    near: Literal | None = None
    source: str = ""
    parent: str | None = None
    min_rows: int | None = None


Body = Formula | TableOf | WeightedMean | Pool | Honor | Distribution | Recorded | Given


@frozen
class Quantity:
    """One named, exact quantity: a body, and how its name rounds.

    `decimals` is a number of places, "exact", or None where the role's default holds.
    `table` names the detail table, or the group by its key, in whose block it stands: it belongs to the rows
    of that. None is the person for every role but a plain quantity, whose level is inferred.
    `when` makes the value 0 (of a pay line) or missing (of an entitlement) where it does not hold.
    """

    name: str
    role: Role
    body: Body | Tbd | None
    place: Place = field(eq=False)
    title: Title = field(default=NO_TITLE, converter=as_title)
    type: str | None = None
    unit: str | None = None
    decimals: int | str | None = None
    rounding: Rounding | None = None
    low: Literal | None = None  # a declared `range:`
    high: Literal | None = None
    when: Formula | Tbd | None = None
    adjust: tuple[Adjustment, ...] = ()
    table: str | None = None
    every: str | None = None  # month | quarter | half_year | year: due in the last period of each
    indicator: Indicator | None = None
    pay: PayLine | None = None
    decided_by: str = ""
    family: str | None = None  # the `repeat` family and the member that it was expanded for
    member: str | None = None


@frozen
class Family:
    """A `repeat` block after expansion: its members, their constants, and what each local name became."""

    name: str
    members: tuple[str, ...]
    constants: Mapping[str, Mapping[str, Literal]]  # member → constant → what was written
    locals: tuple[str, ...]  # each stands for `<member>_<local>` outside the block
    place: Place = field(eq=False)

    def resolve(self, member: str, name: str) -> str | Literal | None:
        """What `name` means inside the block for `member`: a full name, a constant, or None (nothing of the block's).

        `member` itself (`成员`) is the member's own key.
        """
        if name in self.locals:
            return f"{member}_{name}"
        constant = self.constants.get(member, {}).get(name)
        if constant is None and name in ("member", "成员") and member in self.members:
            return Literal(member, self.place, quoted=True)
        return constant


@frozen
class Details:
    """A further table whose rows belong to people, to rows of another detail table, or to groups.

    `belongs_to` names the owners: the key of the people, a detail table, the key of a group; the first is
    the one that aggregates run up to. Each is a column of its rows (of a detail table, its `key`).
    `recorded` tables have the earlier periods of this year as rows, and the period being run as the last;
    `gaps` says what a period without a record does: refuse | allow. Rows without an owner: refuse | leave_out.
    """

    name: str
    belongs_to: tuple[str, ...]
    inputs: tuple[Input, ...]
    place: Place = field(eq=False)
    key: tuple[str, ...] = ()
    title: Title = field(default=NO_TITLE, converter=as_title)
    recorded: bool = False
    gaps: str = "refuse"
    without_owner: str = "refuse"


@frozen
class Group:
    """A table with a key and no owner: departments, projects. `key` is also the name of its level."""

    name: str
    key: str
    inputs: tuple[Input, ...]
    place: Place = field(eq=False)
    key_place: Place = field(eq=False)
    title: Title = field(default=NO_TITLE, converter=as_title)


@frozen
class Selection:
    """A name for the rows of a collection where a condition holds."""

    name: str
    over: str
    where: Formula | None
    place: Place = field(eq=False)
    over_place: Place = field(eq=False)


# ── Examples and what only people read ────────────────────────────────────────────────────────────


@frozen
class Fact:
    """One given or expected value of an example; `rows` for a detail table, with repeat counts."""

    name: str
    value: Literal | None
    place: Place = field(eq=False)
    rows: tuple[tuple[int, tuple[Fact, ...]], ...] | None = None


@frozen
class ExamplePerson:
    """One of several people of an example: by key, with what they bring and what must come out."""

    key: str
    facts: tuple[Fact, ...]
    expect: tuple[Fact, ...]
    place: Place = field(eq=False)


@frozen
class Example:
    """One case with its results. Of one person: `facts` (what needs others may be among them) and `expect`.

    With `people` it is of several at once, and `facts` are rows of groups.
    """

    name: str
    period: str | None
    facts: tuple[Fact, ...]  # of the named person, `but` already applied
    expect: tuple[Fact, ...]
    place: Place = field(eq=False)
    people: tuple[ExamplePerson, ...] = ()


@frozen
class Note:
    """Text for people (purpose, objectives, principles, procedure), kept as it was written."""

    key: str
    text: str
    place: Place = field(eq=False)
    items: tuple[Note, ...] = ()


SHOW_GROUPS_FROM = 3  # others behind a value, or nobody is told of it

# ── The whole ─────────────────────────────────────────────────────────────────────────────────────


@frozen
class Scheme:
    """Everything that one document says. Quantities stand in document order; `total` is one of them."""

    name: str
    place: Place = field(eq=False)
    keyword_language: str  # zh | en: the language the keywords are written in
    language: str  # the language of reports
    version: str = ""
    title: Title = field(default=NO_TITLE, converter=as_title)
    status: str = "active"  # draft | example | active
    currency: str | None = None
    rounding: Rounding = Rounding.HALF_UP
    period_kind: PeriodKind = PeriodKind.MONTH
    year_starts: tuple[int, int] = (1, 1)
    first_day: date = date.min
    last_day: date = date.max
    published: date | None = None
    backdated: str = ""
    applies_to: Formula | Tbd | None = None
    inputs: tuple[Input, ...] = ()
    details: tuple[Details, ...] = ()
    groups: tuple[Group, ...] = ()
    selections: tuple[Selection, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    tables: tuple[Table, ...] = ()
    functions: tuple[Function, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    families: tuple[Family, ...] = ()
    require: tuple[Formula, ...] = ()
    examples: tuple[Example, ...] = ()
    promises: tuple[Promise, ...] = ()
    measured_by: tuple[tuple[Note, tuple[Literal, ...]], ...] = ()  # objective → its indicators
    notes: tuple[Note, ...] = ()
    lost_names: tuple[tuple[str, Place], ...] = ()  # names that exist, and whose definitions were lost to an error
    holes: tuple[Tbd, ...] = ()
    max_people: int = 1_000_000
    max_rows_per_person: int = 10_000
    show_groups_from: int = SHOW_GROUPS_FROM
    example_periods: tuple[Period, ...] = ()

    @property
    def never_reads(self) -> PromisedNames:
        """The facts that no formula and no group may rest on, those left out that are excepted."""
        promised = [one for one in self.promises if isinstance(one, NeverReads)]
        return tuple(
            fact for one in promised for fact in one.facts if fact.text not in {x.name.text for x in one.exceptions}
        )
