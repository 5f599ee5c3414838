"""How each value came about: what an evaluator hands to explaining, as plain data.

A trace is a tuple of lines in an order in which each line reads only lines above it: the inputs, the
parameters, then every named quantity. A value None is missing; a date is its day number.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ..base.numbers import Rounding
from ..base.places import Place
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
    straight line, or the slices (from, amount, rate).
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
class Gathered:
    """An aggregate: the values that counted, out of `rows` rows or members of `over`.

    For `count` and `share` the values are the flags of the condition, or true for each row counted.
    `too_few` is the number of rows that were needed where fewer counted, else 0. `reads` are the names of
    the rows, or of the members, that it read.
    """

    function: str
    over: str
    rows: int
    values: tuple[Constant, ...]
    value: Constant
    too_few: int = 0
    reads: tuple[str, ...] = ()


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
    made: LookedUp | Gathered | Applied


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
class Mean:
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
class Given:
    """A value that was not computed: an input, or a parameter in force."""

    what: str  # input | parameter
    text: str = ""  # as it stands in the scheme, for a parameter


@frozen
class Added:
    """A result that adds pay lines up: each line, taken positively or not, and what it was."""

    lines: tuple[tuple[str, bool, Constant], ...]


Source = Given | Working | LookedUp | Mean | Added


@frozen
class TraceLine:
    """One name and its value.

    `state` is computed | condition_not_met | not_in_scope. `exact` is the value before rounding, and
    `decimals` None leaves it exact. `row` counts the rows of `details` from 1, for a row's quantity.
    """

    name: str
    value: Constant
    source: Source | None
    place: Place = field(eq=False)
    exact: Constant = None
    decimals: int | None = None
    rounding: Rounding | None = None
    state: str = "computed"
    condition: Working | None = None
    adjustments: tuple[Acted, ...] = ()
    details: str | None = None
    row: int | None = None


Trace = tuple[TraceLine, ...]


@frozen
class Broken:
    """A premise that does not hold: a line of `require`, or a declared range. `row` counts from 1."""

    code: str  # data-require | data-range-declared
    text: str
    place: Place = field(eq=False)
    details: str | None = None
    row: int | None = None


@frozen
class Judgement:
    """What the referee found for one person.

    `values` has every quantity of the person, `rows` those of each detail row, `lines` the state of each
    pay line and entitlement: paid | condition_not_met | not_in_scope | missing. `outside` names the
    values that the checker thought impossible. Where a premise is broken nothing is computed.
    """

    in_scope: bool
    values: Mapping[str, Constant]
    rows: Mapping[str, tuple[Mapping[str, Constant], ...]]
    lines: Mapping[str, str]
    broken: tuple[Broken, ...]
    outside: tuple[str, ...]
    trace: Trace
