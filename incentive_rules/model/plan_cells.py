"""The cells of a plan: what each step reads, where each cell stands, which leave the plan."""

from __future__ import annotations

from collections.abc import Iterable

from .levels import Level
from .plan import (
    Cell,
    Crossing,
    Expr,
    Find,
    Gather,
    Latest,
    Let,
    Op,
    Pick,
    Plan,
    Quantile,
    Rank,
    Ref,
    Running,
    Share,
    Spread,
    Step,
)


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
        case Latest(value=value, where=where, order=order) | Running(value=value, where=where, order=order):
            return (value, where, *order)
        case Quantile(value=value, where=where):
            return (value, where)
        case Rank(keys=keys, where=where):
            return (*(c for key in keys for c in (key.numerator, *key.denominators)), where)
        case Share(amount=amount, weight=key, where=where, cap=cap, among=among):
            return (amount, key.numerator, *key.denominators, where, *(one for one in (cap, among) if one is not None))


def steps_to(steps: tuple[Step, ...], wanted: Iterable[Cell]) -> tuple[Step, ...]:
    """Those of the steps that these cells rest on."""
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


def stages_of(plan: Plan) -> dict[Cell, int]:
    """After how many looks at several rows, one upon the other, a cell can be worked out."""
    stages = {c: 0 for i in plan.inputs for c in i.cells}
    for step in plan.steps:
        stages[step.cell] = max((stages[c] for c in step_refs(step)), default=0) + isinstance(step, Crossing)
    return stages


def answered_cells(plan: Plan) -> tuple[Cell, ...]:
    """The cells that a result is made of, each once."""
    cells = [cell for output in plan.outputs for cell in output.cells]
    cells.extend(line.paid for line in plan.lines if line.paid is not None)
    return tuple(dict.fromkeys(cells))
