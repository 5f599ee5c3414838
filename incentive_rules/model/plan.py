"""The plan: named exact quantities in stages, on whole numbers only. Every engine runs this.

A plan is a straight line of steps; each gives one cell a value and reads cells given before it. A
step does one operation on cells and constants, so that every intermediate number has its bounds; an
engine may write a cell that is used once in the place of its use.
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
from .checked import CheckedInput, Level
from .scheme import Role

Cell = int  # the number of a cell; names never reach an engine
Value = int | bool | str


def _value_key(value: Value) -> tuple[str, Value]:
    return type(value).__name__, value


@frozen
class Lit:
    """A constant; `Lit(1)` and `Lit(True)` differ."""

    value: Value = field(eq=_value_key)


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
    """`cell` at `level` is the `sum`, `min` or `max` of `value` over the rows of `source` where `where`.

    Over no rows it is `empty`, which is no smaller than any value of a `min`, no larger than any of a `max`.
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
    filler: Value
    checked: CheckedInput = field(eq=False, repr=False)


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
    """`in_scope` is the flag of `applies_to`, None where everybody is in scope.

    The checks are of those in scope; with `checks_first` of everybody, for the scope stands on them.
    """

    inputs: tuple[PlanInput, ...]
    steps: tuple[Step, ...]
    outputs: tuple[PlanOutput, ...]
    checks: tuple[PlanCheck, ...]
    lines: tuple[PlanLine, ...]
    maps: tuple[tuple[tuple[tuple[Value, Value], ...], Value], ...]  # entries and default of each constant map
    in_scope: Cell | None
    details: tuple[str, ...]
    max_rows: int  # of one detail table for one person; sums over rows are bounded by it
    currency_decimals: int | None = None
    checks_first: bool = False


def expr_refs(expr: Expr) -> tuple[Cell, ...]:
    """The cells that an expression reads, one entry for each time."""
    match expr:
        case Ref(cell=cell):
            return (cell,)
        case Op(operands=atoms):
            pass
        case Pick(condition=c, then=a, otherwise=b):
            atoms = (c, a, b)
        case Find(key=key):
            atoms = (key,)
        case _:
            return ()
    return tuple(atom.cell for atom in atoms if isinstance(atom, Ref))


def step_refs(step: Step) -> tuple[Cell, ...]:
    """The cells that a step reads, one entry for each time."""
    match step:
        case Let(expr=expr):
            return expr_refs(expr)
        case Gather(value=value, where=where):
            return (value, where)
        case Spread(source=source):
            return (source,)


def kept_cells(plan: Plan) -> tuple[Cell, ...]:
    """The cells that leave the plan: outputs, checks, paid flags, scope; one entry for each time."""
    cells: list[Cell] = []
    for output in plan.outputs:
        cells.append(output.numerator)
        cells.extend(d for d in output.denominators if isinstance(d, int))
        cells.extend([] if output.known is None else [output.known])
    cells.extend(check.flag for check in plan.checks)
    cells.extend(line.paid for line in plan.lines if line.paid is not None)
    return (*cells, *([] if plan.in_scope is None else [plan.in_scope]))
