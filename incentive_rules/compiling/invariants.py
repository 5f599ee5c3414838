"""What is true of every plan: each property by name, how often it was looked at, and where it fails.

Engines rely on these and do not check them again; the tests look at every plan that they make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from ..lang.types import Kind
from ..model.plan import (
    Atom,
    Cell,
    Find,
    Gather,
    Latest,
    Let,
    Lit,
    Op,
    Pick,
    Plan,
    Ref,
    Running,
    Spread,
    Value,
    expr_refs,
    kept_cells,
    step_refs,
)

ARITHMETIC = {"+": 2, "-": 2, "*": 2, "//": 2, "min": 2, "max": 2, "neg": 1, "abs": 1}
COMPARISONS = {"<": 2, "<=": 2, "==": 2}
LOGIC = {"and": 2, "or": 2, "not": 1}


@frozen
class Invariant:
    """One property: `walked` counts the places looked at, `faults` says where it does not hold."""

    name: str
    walked: int
    faults: tuple[str, ...]


Looks = Iterator[str | None]  # None where the property holds


def plan_invariants(plan: Plan) -> tuple[Invariant, ...]:
    """Every invariant, looked at everywhere."""
    found = []
    for look in INVARIANTS:
        looks = list(look(plan))
        faults = tuple(fault for fault in looks if fault is not None)
        found.append(Invariant(look.__name__.strip("_"), len(looks), faults))
    return tuple(found)


def plan_faults(plan: Plan) -> tuple[str, ...]:
    """What is wrong with a plan; nothing, for every plan that compiling makes."""
    return tuple(f"{one.name}: {fault}" for one in plan_invariants(plan) for fault in one.faults)


def a_cell_is_given_once_before_it_is_read(plan: Plan) -> Looks:
    given = _input_cells(plan)
    for step in plan.steps:
        yield None if all(cell in given for cell in step_refs(step)) else f"cell {step.cell} reads ahead"
        yield None if step.cell not in given else f"cell {step.cell} is given twice"
        given.add(step.cell)
    for cell in kept_cells(plan):
        yield None if cell in given else f"cell {cell} leaves the plan and is never given"


def only_gather_and_spread_cross_levels(plan: Plan) -> Looks:
    levels = {c: i.level for i in plan.inputs for c in (i.cell, i.known) if c is not None}
    for step in plan.steps:
        levels[step.cell] = step.level
        if isinstance(step, Let):
            wanted = step.level
        elif isinstance(step, Gather):
            wanted = step.source
            yield None if step.source[:-1] == step.level else f"cell {step.cell} gathers across two levels"
        else:
            wanted = step.level[:-1]
        ok = all(levels[cell] == wanted for cell in step_refs(step))
        yield None if ok else f"cell {step.cell} reads another level"
    for output in plan.outputs:
        ok = levels[output.numerator] == output.level and output.known in (None, *levels)
        yield None if ok else f"{output.name} stands at another level"
    for check in plan.checks:
        yield None if levels[check.flag] == check.level else f"{check.text} stands at another level"


def a_divisor_is_above_zero(plan: Plan) -> Looks:
    low = _lows(plan)
    for step in plan.steps:
        if isinstance(step, Let) and isinstance(step.expr, Op) and step.expr.operator == "//":
            yield None if _low(step.expr.operands[1], low) > 0 else f"cell {step.cell} may divide by 0"


def an_answer_has_positive_denominators_and_a_flag_for_known(plan: Plan) -> Looks:
    low, sorts = _lows(plan), _sorts(plan)
    for output in plan.outputs:
        for below in output.denominators:
            atom = below if isinstance(below, Lit) else Ref(below)
            yield None if _low(atom, low) > 0 else f"{output.name} has a denominator that may be 0"
        flag = output.known is None or sorts[output.known] is bool
        yield None if flag else f"{output.name} has a known that is no flag"
        yield None if output.decimals is None or not output.denominators else f"{output.name} is rounded and divided"


def bounds_of_numbers_are_closed_and_of_nothing_else(plan: Plan) -> Looks:
    sorts = _sorts(plan)
    for step in plan.steps:
        if isinstance(step, Let):
            closed = step.low is not None and step.high is not None and step.low <= step.high
            is_number = sorts[step.cell] is int
            yield None if closed is is_number else f"cell {step.cell} has bounds {step.low}, {step.high}"


def operands_are_of_the_kind_that_the_operator_takes(plan: Plan) -> Looks:
    sorts = _sorts(plan)

    def sort(atom: Atom) -> type:
        return type(atom.value) if isinstance(atom, Lit) else sorts[atom.cell]

    for step in plan.steps:
        if isinstance(step, Let) and isinstance(step.expr, Op):
            found = [sort(atom) for atom in step.expr.operands]
            operator = step.expr.operator
            wanted = {**ARITHMETIC, **COMPARISONS, **LOGIC}.get(operator)
            ok = len(found) == wanted and (operator == "==" or set(found) == {bool if operator in LOGIC else int})
            yield None if ok and len(set(found)) == 1 else f"cell {step.cell}: {operator} of {found}"
        elif isinstance(step, Let) and isinstance(step.expr, Pick):
            pick = step.expr
            ok = sort(pick.condition) is bool and sort(pick.then) is sort(pick.otherwise)
            yield None if ok else f"cell {step.cell} picks between different kinds"
        elif isinstance(step, Gather):
            ok = sorts[step.where] is bool and sorts[step.value] is int
            yield None if ok else f"cell {step.cell} gathers what is no number"


def no_operation_is_done_twice(plan: Plan) -> Looks:
    seen = set()
    for step in plan.steps:
        if isinstance(step, Let):
            key = (step.level, step.expr)
            yield None if key not in seen else f"cell {step.cell} repeats an earlier one"
            seen.add(key)


def every_step_is_needed(plan: Plan) -> Looks:
    read = set(kept_cells(plan)).union(*(step_refs(step) for step in plan.steps))
    for step in plan.steps:
        yield None if step.cell in read else f"cell {step.cell} is never read"


INVARIANTS: tuple[Callable[[Plan], Looks], ...] = (
    a_cell_is_given_once_before_it_is_read,
    only_gather_and_spread_cross_levels,
    a_divisor_is_above_zero,
    an_answer_has_positive_denominators_and_a_flag_for_known,
    bounds_of_numbers_are_closed_and_of_nothing_else,
    operands_are_of_the_kind_that_the_operator_takes,
    no_operation_is_done_twice,
    every_step_is_needed,
)


def _input_cells(plan: Plan) -> set[Cell]:
    return {c for i in plan.inputs for c in (i.cell, i.known) if c is not None}


def _lows(plan: Plan) -> dict[Cell, int]:
    low = {i.cell: i.low or 0 for i in plan.inputs}
    for step in plan.steps:
        low[step.cell] = low.get(step.source, 0) if isinstance(step, Spread) else step.low or 0
    return low


def _low(atom: Atom, low: dict[Cell, int]) -> int:
    return int(atom.value) if isinstance(atom, Lit) else low[atom.cell]


def _sorts(plan: Plan) -> dict[Cell, type]:
    """Whether each cell holds an int, a bool or a str."""
    sorts: dict[Cell, type] = {}
    for one in plan.inputs:
        numeric = one.type.kind in (Kind.NUMBER, Kind.DATE, Kind.TIME)
        sorts[one.cell] = int if numeric else bool if one.type.kind is Kind.BOOLEAN else str
        if one.known is not None:
            sorts[one.known] = bool
    for step in plan.steps:
        if isinstance(step, Spread):
            sorts[step.cell] = sorts[step.source]
        elif isinstance(step, Let):
            sorts[step.cell] = _sort(plan, step, sorts)
        elif isinstance(step, Latest | Running) and step.clash:
            sorts[step.cell] = bool
        else:
            sorts[step.cell] = sorts[step.value] if isinstance(step, Latest) else int
    return sorts


def _sort(plan: Plan, step: Let, sorts: dict[Cell, type]) -> type:
    expr = step.expr
    if isinstance(expr, Op):
        return int if expr.operator in ARITHMETIC else bool
    if isinstance(expr, Find):
        value: Value = plan.maps[expr.map][1]
        return type(value)
    if isinstance(expr, Lit):
        return type(expr.value)
    atom = expr.then if isinstance(expr, Pick) else expr
    return type(atom.value) if isinstance(atom, Lit) else sorts[expr_refs(atom)[0]]
