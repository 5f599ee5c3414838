"""The plan: named exact quantities in stages, on whole numbers only. Every engine runs this.

A plan is a straight line of steps; each gives one cell a value and reads cells given before it. A
step does one operation on cells and constants, so that every intermediate number has its bounds; an
engine may write a cell that is used once in the place of its use.
A cell holds a whole number, a flag or a text, and belongs to one level; only `Gather`, `Spread`, `Latest`,
`Quantile` and `Share` cross levels, and they, `Rank` and `RunningSum` alone
read more than one row. All steps are total: a divisor is guarded, and a missing value is a pair of a legal
filler and a flag `known`, so that no engine ever meets null, NaN or an exception.

Invariants (`tests/compiling/invariants.py` names each, and tests walk them):
  1. a cell is given once, before it is read;
  2. a step reads cells of its own level only, those excepted that cross levels;
  3. the right operand of `//` is proved or guarded to be above 0;
  4. an output's denominators are above 0, and its known cell is a flag;
  5. bounds are closed for every number, and hold for fillers too.
"""

from __future__ import annotations

from attrs import field, frozen

from ..base.places import Place
from ..lang.types import Type
from .checked import CheckedInput
from .levels import ONE_PERSON, PERSON, Level, Levels
from .scheme import Role

Cell = int  # the number of a cell; names never reach an engine
CellValue = int | bool | str
Span = tuple[int, int]  # the least and the largest number that a cell can hold


def _value_key(value: CellValue) -> tuple[str, CellValue]:
    return type(value).__name__, value


@frozen
class Lit:
    """A constant; `Lit(1)` and `Lit(True)` differ."""

    value: CellValue = field(eq=_value_key)


@frozen
class Ref:
    cell: Cell


@frozen
class Op:
    """One operation on whole numbers, flags or texts, with one or two operands.

    Operators: `+ - * //` (floor; right > 0), `neg abs`, `min max`, `< <= ==`, `and or not`.
    """

    operator: str
    operands: tuple[Atom, ...]


@frozen
class Pick:
    """`then` where `condition` holds, else `otherwise`; both are defined whichever holds."""

    condition: Atom
    then: Atom
    otherwise: Atom


@frozen
class Find:
    """The entry of a constant map (`Plan.maps`) at `key`, or its default."""

    map: int
    key: Atom


Atom = Lit | Ref
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
    """`cell` at `level` is the `sum`, `min`, `max` or `best` of `value` over the rows of `source` where `where`.

    `source` lies any number of levels below. Over no rows it is `empty`, which is no smaller than any value
    of a `min`, no larger than any of a `max`. `best` is the sum of the `most` largest, a number from 0 up or a cell
    at `level`.
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
    most: int | Ref = 0
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class Spread:
    """`cell` at a finer `level` repeats `source`, a cell of the level above."""

    cell: Cell
    level: Level
    source: Cell


@frozen
class Latest:
    """`cell` at `level` is `value` in the row of `source` with the largest `order` where `where`, else `empty`.

    With `clash` it is instead a flag: whether rows share the largest order and differ in value.
    """

    cell: Cell
    level: Level
    source: Level
    value: Cell
    where: Cell
    order: tuple[Cell, ...]
    empty: CellValue
    clash: bool = False
    low: int | None = None
    high: int | None = None
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class Quantile:
    """`cell` at `level` is a percentile of `value` over the rows of `source` where `where`, else `empty`.

    Of n values in ascending order and p = `top`/`bottom` it is number ceil(pn) (`at_least`) or floor(pn)+1
    (`more_than`), counted from 1 and kept within 1..n; or (`linear`), times `bottom`, the point at position
    1 + p(n-1) on the straight lines between neighbours.
    """

    cell: Cell
    level: Level
    source: Level
    value: Cell
    where: Cell
    top: int
    bottom: int
    method: str
    empty: int
    low: int
    high: int
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class RankKey:
    """One thing to rank by: numerator / (product of denominators), the larger first if `descending`."""

    numerator: Cell
    denominators: tuple[Cell, ...] = ()
    descending: bool = True


@frozen
class Rank:
    """`cell` at `level` is the place of each row among those of its `group` row where `where`; 0 elsewhere.

    `ties` standard: 1 and the rows before it; modified: the rows before it or level with it; dense: 1 and the
    different places before it.
    """

    cell: Cell
    level: Level
    group: Level
    keys: tuple[RankKey, ...]
    where: Cell
    ties: str
    low: int
    high: int
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class RunningSum:
    """`cell` at `level` is the sum of `value` where `where` over rows of its `group` row up to it in `order`.

    With `clash` it is instead a flag: whether a row where `where` shares its order with another one.
    """

    cell: Cell
    level: Level
    group: Level
    value: Cell
    where: Cell
    order: tuple[Cell, ...]
    clash: bool = False
    low: int | None = None
    high: int | None = None
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class Share:
    """`cell` at `level` is what each row gets of `amount`, a cell of its `group` row; 0 where not `where`.

    Of rows that are `where` and not `among` (None: there are none), the part that falls to their weights stays; what
    falls to the others, to the nearest unit, they share as a pool of their own. With keep_remainder it is exact.
    In proportion to numerator / denominators of `weight`, which are never below 0, and never above `cap`. Exact
    shares come first: those above their cap become the cap, and the rest shares what that frees, until none
    is above. Then whole units, by `method`:
      largest_remainder: exact shares rounded down, then one unit each to the largest fractions;
      keep_remainder: exact shares rounded down;
      webster: unit by unit to the largest weight / (2 * its units + 1) of those below their cap.
    Of equals the larger weight comes first, then the smaller key, then the smaller key of its first owner, and so
    on up; then, by the inputs' names, the smaller value, a missing one first: after that rows are the same.
    """

    cell: Cell
    level: Level
    group: Level
    amount: Cell
    weight: RankKey
    where: Cell
    cap: Cell | None
    method: str
    low: int
    high: int
    among: Cell | None = None
    place: Place | None = field(default=None, eq=False, repr=False)


Step = Let | Gather | Spread | Latest | Quantile | Rank | RunningSum | Share
Crossing = Gather | Latest | Quantile | Rank | RunningSum | Share  # they look at several rows at once


@frozen
class PlanInput:
    """Where an input enters: its number as whole steps of 10**-decimals, a text, a flag, a day number.

    `known` is None where it may not be missing. `filler` is a legal value for a missing one.
    `checked` says how its cells are read; it is no part of the plan's meaning.
    """

    name: str
    level: Level
    cell: Cell
    known: Cell | None
    type: Type
    decimals: int
    low: int | None
    high: int | None
    filler: CellValue
    checked: CheckedInput = field(eq=False, repr=False)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cell, and that of `known` where there is one."""
        return (self.cell,) if self.known is None else (self.cell, self.known)


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
    role: Role = Role.QUANTITY
    place: Place | None = field(default=None, eq=False, repr=False)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that its value is made of."""
        below = (d for d in self.denominators if not isinstance(d, Lit))
        return (self.numerator, *below, *(() if self.known is None else (self.known,)))


@frozen
class PlanCheck:
    """A flag that must be true for each row: a premise, a declared range not proved, or a guard.

    Where it is false the row is refused; a row of a group or everyone takes all below it along.
    """

    level: Level
    flag: Cell
    code: str  # data-require | data-range-declared | data-tie | data-remainder | data-latest-tie | data-order-tie
    text: str  # the formula or the name, for the message
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class PlanLine:
    """A pay line's place among the outputs: `paid` is the flag of its condition, None if it has none."""

    name: str
    kind: str
    paid: Cell | None
    due: bool = True


@frozen
class PlanPool:
    """A pool, for the report of a run: its cells at `group`, and the share of each row of `level`."""

    name: str
    group: Level
    level: Level
    amount: Cell
    when: Cell | None
    share: Cell
    where: Cell
    decimals: int


@frozen
class PlanHonor:
    """An honour, for the report of a run: who could be chosen, who was, and the places of each `group` row."""

    name: str
    group: Level
    eligible: Cell
    chosen: Cell
    places: Cell


ConstantMap = tuple[tuple[tuple[CellValue, CellValue], ...], CellValue]  # its entries, and the default of all others


@frozen
class Plan:
    """`in_scope` is the flag of `applies_to`, None where everybody is in scope.

    The checks are of those in scope; with `checks_first` of everybody, for the scope stands on them.
    """

    inputs: tuple[PlanInput, ...]
    steps: tuple[Step, ...]
    outputs: tuple[PlanOutput, ...]
    checks: tuple[PlanCheck, ...]
    lines: tuple[PlanLine, ...]
    maps: tuple[ConstantMap, ...]
    in_scope: Cell | None
    details: tuple[str, ...]
    max_rows: int  # of one detail table for one person; sums over rows are bounded by it
    currency_decimals: int | None = None
    checks_first: bool = False
    levels: Levels = ONE_PERSON
    pools: tuple[PlanPool, ...] = ()
    honors: tuple[PlanHonor, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether one person's rows are enough: nothing above the person, details one level deep, plain sums."""
        return all(
            isinstance(step, Let | Spread | Gather)
            and (step.level == PERSON or PERSON in self.levels[step.level].owners)
            and not (isinstance(step, Gather) and (step.level != PERSON or step.function == "best"))
            for step in self.steps
        ) and all(self.levels[i.level].owners[:1] == (PERSON,) for i in self.inputs if i.level != PERSON)
