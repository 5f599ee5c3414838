"""Answers questions about the cells of a plan: what each step reads, the level of each cell, which leave the plan."""

from __future__ import annotations

from collections.abc import Iterable

from ..lang.types import ORDERED, Kind
from .levels import PERSON, Level
from .plan import (
    Cell,
    Crossing,
    Expr,
    Find,
    Gather,
    Latest,
    Let,
    Lit,
    Op,
    Pick,
    Plan,
    Quantile,
    Rank,
    Ref,
    RunningSum,
    Share,
    Spread,
    Step,
)

ARITHMETIC = frozenset({"+", "-", "*", "//", "min", "max", "neg", "abs"})  # the operators that give numbers


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
        case Gather(value=value, where=where, most=most):
            return (value, where, *((most.cell,) if isinstance(most, Ref) else ()))
        case Spread(source=source):
            return (source,)
        case Latest(value=value, where=where, order=order) | RunningSum(value=value, where=where, order=order):
            return (value, where, *order)
        case Quantile(value=value, where=where):
            return (value, where)
        case Rank(keys=keys, where=where):
            return (*(c for key in keys for c in (key.numerator, *key.denominators)), where)
        case Share(amount=amount, weight=key, where=where, cap=cap, among=among):
            return (amount, key.numerator, *key.denominators, where, *(one for one in (cap, among) if one is not None))


def looked_at(step: Crossing) -> tuple[Level, Level]:
    """The level of the rows that a step looks at, and the level above, of whose rows each has its own looked at."""
    if isinstance(step, Gather | Latest | Quantile):
        return step.source, step.level
    return step.level, step.group


def looks_at_people(plan: Plan, step: Step) -> bool:
    """Whether a step looks at rows of several people, or at several groups."""
    if not isinstance(step, Crossing):
        return False
    rows, owners = looked_at(step)
    levels = plan.levels
    if PERSON in levels.above(owners):
        return False
    return PERSON in levels.above(rows) or levels[rows].sort == "group"


def steps_to(steps: tuple[Step, ...], wanted: Iterable[Cell]) -> tuple[Step, ...]:
    """Those of the steps on which these cells depend."""
    needed = set(wanted)
    kept: list[Step] = []
    for step in reversed(steps):
        if step.cell in needed:
            kept.append(step)
            needed.update(step_refs(step))
    return tuple(reversed(kept))


def kept_cells(plan: Plan) -> tuple[Cell, ...]:
    """The cells that leave the plan: outputs, checks, paid flags, scope; one entry for each time."""
    cells: list[Cell] = []
    for output in plan.outputs:
        cells.extend(output.cells)
    cells.extend(check.flag for check in plan.checks)
    cells.extend(line.paid for line in plan.lines if line.paid is not None)
    for pool in plan.pools:
        cells.extend((pool.amount, pool.share, pool.where, *(() if pool.when is None else (pool.when,))))
    for honor in plan.honors:
        cells.extend((honor.eligible, honor.chosen, honor.places))
    return (*cells, *([] if plan.in_scope is None else [plan.in_scope]))


def levels_of_cells(plan: Plan) -> dict[Cell, Level]:
    """The level to which each cell belongs."""
    return {c: i.level for i in plan.inputs for c in i.cells} | {step.cell: step.level for step in plan.steps}


def kinds_of_cells(plan: Plan) -> dict[Cell, type[int] | type[bool] | type[str]]:
    """The kind of each cell: whole number, flag or text."""
    kinds: dict[Cell, type[int] | type[bool] | type[str]] = {}
    for one in plan.inputs:
        numeric = one.type.kind in ORDERED
        kinds[one.cell] = int if numeric else bool if one.type.kind is Kind.BOOLEAN else str
        if one.known is not None:
            kinds[one.known] = bool

    def of_atom(atom: Lit | Ref) -> type[int] | type[bool] | type[str]:
        return type(atom.value) if isinstance(atom, Lit) else kinds[atom.cell]

    for step in plan.steps:
        match step:
            case Spread(source=cell):
                kinds[step.cell] = kinds[cell]
            case Let(expr=Op(operator=operator)):
                kinds[step.cell] = int if operator in ARITHMETIC else bool
            case Let(expr=Find(map=number)):
                kinds[step.cell] = type(plan.maps[number][1])
            case Let(expr=Pick(then=atom) | (Lit() | Ref() as atom)):
                kinds[step.cell] = of_atom(atom)
            case Latest(clash=True) | RunningSum(clash=True):
                kinds[step.cell] = bool
            case Latest(value=cell):
                kinds[step.cell] = kinds[cell]
            case _:
                kinds[step.cell] = int
    return kinds


def spans_of_cells(plan: Plan) -> dict[Cell, tuple[int, int] | None]:
    """The bounds of each number; None of flags and texts. A repeated value has those of its source."""
    spans: dict[Cell, tuple[int, int] | None] = {}
    for one in plan.inputs:
        spans |= dict.fromkeys(one.cells, None)
        spans[one.cell] = None if one.low is None or one.high is None else (one.low, one.high)
    for step in plan.steps:
        if isinstance(step, Spread):
            spans[step.cell] = spans[step.source]
        else:
            spans[step.cell] = None if step.low is None or step.high is None else (step.low, step.high)
    return spans


def stages_of(plan: Plan) -> dict[Cell, int]:
    """For each cell, how many steps over several rows come before it, one after another."""
    stages = {c: 0 for i in plan.inputs for c in i.cells}
    for step in plan.steps:
        stages[step.cell] = max((stages[c] for c in step_refs(step)), default=0) + isinstance(step, Crossing)
    return stages


def answered_cells(plan: Plan) -> tuple[Cell, ...]:
    """The cells of a result, each once."""
    cells = [cell for output in plan.outputs for cell in output.cells]
    cells.extend(line.paid for line in plan.lines if line.paid is not None)
    return tuple(dict.fromkeys(cells))


def inputs_read(plan: Plan) -> dict[Cell, frozenset[str]]:
    """By cell, the inputs on which its value depends."""
    read = {c: frozenset({i.name}) for i in plan.inputs for c in i.cells}
    for step in plan.steps:
        read[step.cell] = frozenset().union(*(read[c] for c in step_refs(step)))
    return read
