"""The plan: named exact quantities in stages, on whole numbers only. Every engine runs this.

A plan is a straight line of steps; each gives one cell a value and reads cells given before it.
A cell holds a whole number, a flag or a text, and belongs to one level; only `Gather` and `Spread`
cross levels. All steps are total: a divisor is guarded, and a missing value is a pair of a legal
filler and a flag `known`, so that no engine ever meets null, NaN or an exception.

Invariants (`plan_faults` in `compiling.invariants` names each, tests walk them):
  1. a cell is given once, before it is read;
  2. a step reads cells of its own level only, `Gather` and `Spread` excepted;
  3. the right operand of `//` is proved or guarded to be above 0;
  4. an output's denominators are above 0, and its known cell is a flag;
  5. bounds are closed for every number, and hold for fillers too.
"""

from __future__ import annotations

from attrs import field, frozen

from ..base.places import Place
from ..lang.types import Type
from .checked import Level

Cell = int  # the number of a cell; names never reach an engine
Value = int | bool | str


@frozen
class Lit:
    value: Value


@frozen
class Ref:
    cell: Cell


@frozen
class Op:
    """One operation on whole numbers, flags or texts.

    Operators: `+ - * //` (floor; right > 0), `neg abs`, `min max`, `< <= == !=`, `and or not`.
    """

    operator: str
    operands: tuple[Expr, ...]


@frozen
class Pick:
    """`then` where `condition` holds, else `otherwise`; both are defined whichever holds."""

    condition: Expr
    then: Expr
    otherwise: Expr


@frozen
class Find:
    """The entry of a constant map (`Plan.maps`) at `key`, or its default."""

    map: int
    key: Expr


Expr = Lit | Ref | Op | Pick | Find


@frozen
class Let:
    """`cell` is `expr`. `low` and `high` bound a number; None for flags and texts."""

    cell: Cell
    level: Level
    expr: Expr
    low: int | None = None
    high: int | None = None
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class Gather:
    """`cell` at `level` is the `sum`, `min` or `max` of `value` over the rows of `source` where `where`.

    Over no rows it is `empty`.
    """

    cell: Cell
    level: Level
    source: Level
    function: str
    value: Cell
    where: Cell
    empty: int
    low: int
    high: int
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class Spread:
    """`cell` at a finer `level` repeats `source`, a cell of the level above."""

    cell: Cell
    level: Level
    source: Cell


Step = Let | Gather | Spread


@frozen
class PlanInput:
    """Where an input enters: its number as whole steps of 10**-decimals, a text, a flag, a day number.

    `known` is None where it may not be missing. `filler` is a legal value for a missing one.
    """

    name: str
    level: Level
    cell: Cell
    known: Cell | None
    type: Type
    decimals: int
    low: int | None
    high: int | None
    filler: Value


@frozen
class PlanOutput:
    """A named quantity: numerator / (product of denominators), or a text, flag or day number.

    With `decimals` the numerator counts steps of 10**-decimals and there is no denominator; an exact
    name has `decimals` None. `known` is None where it is never missing.
    """

    name: str
    level: Level
    type: Type
    numerator: Cell
    denominators: tuple[Cell | Lit, ...]
    known: Cell | None
    decimals: int | None
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class PlanCheck:
    """A flag that must be true for each row: a premise, or a declared range that was not proved."""

    level: Level
    flag: Cell
    code: str  # data-require | data-range-declared
    text: str  # the formula or the name, for the message
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class PlanLine:
    """A pay line's place among the outputs: `paid` is the flag of its condition, None if it has none."""

    name: str
    kind: str
    paid: Cell | None


@frozen
class Plan:
    """`in_scope` is the flag of `applies_to`, None where everybody is in scope."""

    inputs: tuple[PlanInput, ...]
    steps: tuple[Step, ...]
    outputs: tuple[PlanOutput, ...]
    checks: tuple[PlanCheck, ...]
    lines: tuple[PlanLine, ...]
    maps: tuple[tuple[tuple[tuple[Value, Value], ...], Value], ...]  # entries and default of each constant map
    in_scope: Cell | None
    details: tuple[str, ...]
    currency_decimals: int | None = None
