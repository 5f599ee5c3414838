"""How each value came about: what an evaluator hands to explaining, as plain data.

A trace is a tuple of lines in an order in which each line reads only lines above it: the inputs, the
parameters, then every named quantity. A value None is missing; a date is its day number. Of others it has
counts, sums and the values beside one's own place, and never a name.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ..base.numbers import Rounding
from ..base.places import Place
from ..lang.aggregates import OVER_ROWS, AggregateFunction
from .levels import PERSON, Level
from .scheme import Formula
from .terms import Constant


@frozen
class Reading:
    """One name that a formula read: as `written` there, its full `name`, and the value found."""

    written: str
    name: str
    value: Constant


@frozen
class Decision:
    """A condition that chose a branch. `index` counts the `if`s of the formula in reading order."""

    index: int
    held: bool


@frozen
class RowFound:
    """One level of a table look-up.

    `edge` is the row's edge as a value, `else_` where no row matched. `missed` is the nearest edge on
    the other side of the key: for `from` the next one that it does not reach, for `up_to` the next one
    that it exceeds; `edge_text` and `missed_text` are as written. `corners` are the two points of a
    straight line, or the slices (from, amount, rate); `inner` are the look-ups of further keys, one for each.
    """

    kind: str
    key: Constant
    edge: Constant
    else_: bool
    missed: Constant
    place: Place = field(eq=False)
    corners: tuple[tuple[Constant, ...], ...] = ()
    edge_text: str = ""
    missed_text: str = ""
    inner: tuple[LookedUp, ...] = ()


@frozen
class LookedUp:
    """A table applied to its keys; `give` is the output column, "" for the unnamed one."""

    table: str
    give: str
    keys: tuple[Constant, ...]
    steps: tuple[RowFound, ...]
    value: Constant
    place: Place = field(eq=False)


@frozen
class Among:
    """Whose rows something is said of: a row of `level` (`department`, `everyone`), its key, how many take part.

    `level` is "" for the rows that the value's own row owns.
    """

    level: str
    key: str
    members: int


@frozen
class Gathered:
    """An aggregate: `counted` values, out of `rows` rows or members of `over`.

    `values` are all of them, none where they are other people's; `total` is the sum of the numbers, or how
    many flags hold. For `count` and `share` the values are the flags of the condition, or true for each row counted.
    `too_few` is the number of rows that were needed where fewer counted, else 0. `reads` are the names of
    the rows, or of the members, that it read. `among` says whose rows they are where that is not the value's
    own row; `others` that this row itself was left out. `sort` is rows | people | groups | members. A percentile has
    its `steps`. Of a weighted mean `total` is the sum of the values times their `weights`, and `weight` that of these.
    Of `best`, `most` is the number of values that it adds up, and `chosen` are those values, the largest first.
    """

    function: str
    over: str
    rows: int
    values: tuple[Constant, ...]
    value: Constant
    too_few: int = 0
    reads: tuple[str, ...] = ()
    counted: int = field()
    total: Constant = None
    among: Among | None = None
    others: bool = False
    sort: str = "rows"
    steps: Percentile | None = None
    weights: tuple[Constant, ...] = ()
    weight: Constant = None
    most: Constant = None
    chosen: tuple[Constant, ...] = ()

    @property
    def entry(self) -> AggregateFunction:
        """What the language says of its function."""
        return OVER_ROWS[self.function]

    @counted.default
    def _counted(self) -> int:
        return len(self.values)


@frozen
class Percentile:
    """How a percentile was found: `fraction` and `method` give a `position` among the values in ascending order.

    `low` and `high` are the values at and after it, equal where the position is whole.
    """

    fraction: Constant
    method: str
    position: Constant
    low: Constant
    high: Constant


@frozen
class Placed:
    """A rank: `place` of `of` ranked rows `among` all; None for a row that is not ranked.

    `value` is its own, `before` and `after` are the nearest better and worse ones, `level_with` counts the rows
    that share the place, itself included. `first` is high | low, `ties` standard | modified | dense. `reads` are the
    names that its value rests on. `sort` is rows | people | groups, `over` the table of rows. `then` are the further
    values by which equals were told apart: its own, those of the better and those of the worse ones.
    """

    among: Among
    place: Constant
    of: int
    ties: str
    first: str
    value: Constant
    before: Constant
    after: Constant
    level_with: int
    reads: tuple[str, ...] = ()
    sort: str = "people"
    over: str = ""
    then: tuple[tuple[Constant, ...], ...] = ()


@frozen
class Served:
    """The share of the period that was served: `counted` of `of` days or months; missing where a day is."""

    method: str
    counted: int
    of: int
    value: Constant


@frozen
class Applied:
    """An author's function with the values of its arguments (those that it read), and its own working."""

    function: str
    arguments: tuple[tuple[str, Constant], ...]
    working: Working


@frozen
class Called:
    """A call that more than arithmetic stands behind. `index` counts the calls of the formula in reading order."""

    index: int
    made: LookedUp | Gathered | Placed | Served | Applied


@frozen
class Working:
    """One formula, evaluated once: what it read, what it looked up, which branches it took, its exact value.

    `zero_divisor` says that a division by zero made something in it missing.
    """

    formula: Formula
    value: Constant
    readings: tuple[Reading, ...] = ()
    calls: tuple[Called, ...] = ()
    decisions: tuple[Decision, ...] = ()
    zero_divisor: bool = False


@frozen
class Weighed:
    """One part of a weighted mean. `weight` None is a relative weight that was missing itself."""

    name: str
    weight: Constant
    value: Constant
    working: Working | None = None  # of a relative weight


@frozen
class Averaged:
    """A weighted mean: its parts, the divisor that the weights made, and its exact value."""

    parts: tuple[Weighed, ...]
    missing: str | None
    at_least: int
    divisor: Constant
    value: Constant


@frozen
class Acted:
    """One adjustment: whether it held, by how much it worked, and the value before and after it."""

    reason: str
    action: str
    held: bool
    amount: Constant
    before: Constant
    after: Constant
    place: Place = field(eq=False)
    condition: Working | None = None
    working: Working | None = None


@frozen
class GivenValue:
    """A value that was not computed: an input, a parameter in force, or one of others that was given.

    What an input carries from an earlier period is `recorded`, or the `first` value of the scheme.
    """

    what: str  # input | parameter | given | recorded | first
    text: str = ""  # as it stands in the scheme, for a parameter


@frozen
class Added:
    """A result that adds pay lines up: each line, taken positively or not, and what it was."""

    lines: tuple[tuple[str, bool, Constant], ...]


@frozen
class Chosen:
    """An honour: whether this person is among the `places` best of the `eligible`.

    `verdict` is chosen | not_eligible | not_ranked | beyond | tied | no_places. `wanted` is the number of places
    before there were fewer eligible. It is `counted`, `share` of `base` people with its `rounding` or a `number`,
    within `least` and `most`. `place` is the own one, shared by `level_with`; `last` are the values of the last one
    within the places.
    """

    among: Among
    verdict: str
    eligible: int
    places: int
    wanted: Constant
    share: Constant = None
    base: int = 0
    place: int | None = None
    level_with: int = 0
    ties: str = "refuse"
    last: tuple[Constant, ...] = ()
    condition: Working | None = None
    best_by: tuple[Working, ...] = ()
    counted: Constant = None
    rounding: Rounding | None = None
    number: Working | None = None
    least: Working | None = None
    most: Working | None = None

    @property
    def formulas(self) -> tuple[Working | None, ...]:
        """Every formula of it, in the order of the scheme."""
        return (self.condition, *self.best_by, self.number, self.least, self.most)


@frozen
class Portion:
    """One share of a pool: `share` of `amount`, for one's own `weight` in the sum of `weights`.

    `left` ÷ `open` is what a unit of weight is worth once capped shares are taken off; without caps they are the amount
    and all weights. `exact` is the share before the last units were handed out, or the `cap` where it was reached
    (`capped`). `state` is shared | condition_not_met | nobody | left_out | no_weight. `row` counts detail rows from 1.
    Where the part of others stays in the pool, `part` is what falls to those who take part, whose weights add to
    `taking`; it is rounded before it is shared, from `exact_part`.
    """

    among: Among
    state: str
    share: Constant
    amount: Constant
    weight: Constant
    weights: Constant
    left: Constant
    open: Constant
    exact: Constant
    remainder: Constant
    method: str
    decimals: int
    cap: Constant = None
    capped: bool = False
    row: int | None = None
    part: Constant = None
    exact_part: Constant = None
    taking: Constant = None
    of_amount: Working | None = None
    of_weight: Working | None = None
    of_cap: Working | None = None
    condition: Working | None = None  # of the pool
    partakes: Working | None = None  # of this member


@frozen
class Pooled:
    """A value that shares of pools add up to: one share, or that of each detail row."""

    pool: str
    to: str  # people, or the table whose rows share
    portions: tuple[Portion, ...]


@frozen
class Graded:
    """A grade by rank: `place` of `of`; best first, of each grade its share, its cut and its limits (least, most).

    `row` is the number of the grade that was reached, None where the value of `argument` is missing.
    """

    among: Among
    argument: str
    value: Constant
    place: int | None
    of: int
    level_with: int
    ties: str
    cuts: tuple[tuple[Constant, Constant, int], ...]
    row: int | None
    limits: tuple[tuple[int | None, int | None], ...] = ()
    rounding: Rounding | None = None


@frozen
class Remembered:
    """A value of `source` in an earlier period; or the one of this period, where the row stands for it (`now`)."""

    source: str
    now: bool


ValueSource = GivenValue | Working | LookedUp | Averaged | Added | Chosen | Pooled | Graded | Remembered


@frozen
class TraceLine:
    """One name and its value.

    `state` is computed | condition_not_met | not_in_scope | not_this_period. `exact` is the value before rounding,
    and `decimals` None leaves it exact. `level` is where the value lives: for a row's of `details`, `row` counts the
    rows of the person from 1; `key` is that of a group. `kept_back` is how | value where too few others decide with the
    person: how it came about, or the value as well, is not for the person to read.
    """

    name: str
    value: Constant
    source: ValueSource | None
    place: Place = field(eq=False)
    exact: Constant = None
    decimals: int | None = None
    rounding: Rounding | None = None
    state: str = "computed"
    condition: Working | None = None
    adjustments: tuple[Acted, ...] = ()
    details: str | None = None
    row: int | None = None
    level: Level = PERSON
    key: str = ""
    kept_back: str = ""


Trace = tuple[TraceLine, ...]


@frozen
class Violation:
    """A premise that does not hold: a line of `require`, a declared range, or what a population step needs.

    `code` is data-require | data-range-declared | data-tie | data-remainder | data-latest-tie | data-order-tie.
    `row` counts the rows of `details` from 1; `level` and `key` name the group that it is about.
    """

    code: str
    text: str
    place: Place = field(eq=False)
    details: str | None = None
    row: int | None = None
    level: Level = PERSON
    key: str = ""


@frozen
class Judgement:
    """What the referee found for one person.

    `values` has every quantity of the person and of the groups above, `rows` those of each detail row, `states` the
    state of each pay line and entitlement: paid | condition_not_met | not_in_scope | not_this_period | missing.
    `outside` names the values that the checker proved impossible. If a premise is violated, only what premises read is
    computed.
    """

    in_scope: bool
    values: Mapping[str, Constant]
    rows: Mapping[str, tuple[Mapping[str, Constant], ...]]
    states: Mapping[str, str]
    broken: tuple[Violation, ...]
    outside: tuple[str, ...]
    trace: Trace
