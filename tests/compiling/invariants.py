"""What is true of every plan: each property by name, how often it was looked at, and where it fails.

Engines rely on these and do not check them again; the tests look at every plan that they make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import fields, frozen

from incentive_rules.model.levels import PERSON, Level
from incentive_rules.model.plan import (
    Atom,
    Cell,
    Crossing,
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
from incentive_rules.model.plan_cells import kept_cells, kinds_of_cells, step_refs

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


def a_step_reads_its_own_level_unless_it_crosses_levels(plan: Plan) -> Looks:
    levels = {c: i.level for i in plan.inputs for c in i.cells}
    for step in plan.steps:
        levels[step.cell] = step.level
        for cell, wanted in _levels_read(step):
            yield None if levels[cell] == wanted else f"cell {step.cell} reads cell {cell} of another level"
        yield from _crossing(plan, step, levels)
    leaving = [(o.name, c, o.level) for o in plan.outputs for c in (o.numerator, o.known) if c is not None]
    leaving += [(check.text, check.flag, check.level) for check in plan.checks]
    for pool in plan.pools:
        leaving += [(pool.name, pool.share, pool.level), (pool.name, pool.where, pool.level)]
        leaving += [(pool.name, c, pool.group) for c in (pool.amount, pool.when) if c is not None]
    for one in plan.honors:
        leaving += [(one.name, one.eligible, PERSON), (one.name, one.chosen, PERSON), (one.name, one.places, one.group)]
    for name, cell, level in leaving:
        yield None if levels[cell] == level else f"{name} stands at another level"


def _levels_read(step: Step) -> list[tuple[Cell, Level]]:
    """The cells that a step reads, each with the level at which it must stand."""
    if isinstance(step, Spread):
        return []
    if isinstance(step, Gather) and isinstance(step.most, Ref):
        return [(step.value, step.source), (step.where, step.source), (step.most.cell, step.level)]
    if isinstance(step, Gather | Latest | Quantile):
        return [(cell, step.source) for cell in step_refs(step)]
    return [(c, step.group if isinstance(step, Share) and c == step.amount else step.level) for c in step_refs(step)]


def _crossing(plan: Plan, step: Step, levels: dict[Cell, Level]) -> Looks:
    """A repeated value comes from a direct owner; several rows are those of one row above them."""
    if isinstance(step, Spread):
        ok = levels[step.source] in plan.levels[step.level].owners
        yield None if ok else f"cell {step.cell} is spread from what is no owner"
    elif isinstance(step, Gather | Latest | Quantile):
        ok = step.source != step.level and plan.levels.is_above(step.level, step.source)
        yield None if ok else f"cell {step.cell} gathers from what is not below it"
    elif isinstance(step, Rank | RunningSum | Share):
        ok = step.group != step.level and plan.levels.is_above(step.group, step.level)
        yield None if ok else f"cell {step.cell} has a group that is not above it"


def a_divisor_is_above_zero(plan: Plan) -> Looks:
    low = _lows(plan)
    for step in plan.steps:
        if isinstance(step, Let) and isinstance(step.expr, Op) and step.expr.operator == "//":
            yield None if _low(step.expr.operands[1], low) > 0 else f"cell {step.cell} may divide by 0"


def an_answer_has_positive_denominators_and_a_flag_for_known(plan: Plan) -> Looks:
    low, kinds = _lows(plan), kinds_of_cells(plan)
    for output in plan.outputs:
        for below in output.denominators:
            atom = below if isinstance(below, Lit) else Ref(below)
            yield None if _low(atom, low) > 0 else f"{output.name} has a denominator that may be 0"
        flag = output.known is None or kinds[output.known] is bool
        yield None if flag else f"{output.name} has a known that is no flag"
        yield None if output.decimals is None or not output.denominators else f"{output.name} is rounded and divided"


def bounds_of_numbers_are_closed_and_of_nothing_else(plan: Plan) -> Looks:
    kinds = kinds_of_cells(plan)
    for step in plan.steps:
        if not isinstance(step, Spread):
            closed = step.low is not None and step.high is not None and step.low <= step.high
            is_number = kinds[step.cell] is int
            yield None if closed is is_number else f"cell {step.cell} has bounds {step.low}, {step.high}"


def operands_are_of_the_kind_that_the_operator_takes(plan: Plan) -> Looks:
    kinds = kinds_of_cells(plan)

    def kind(atom: Atom) -> type:
        return type(atom.value) if isinstance(atom, Lit) else kinds[atom.cell]

    for step in plan.steps:
        if isinstance(step, Let) and isinstance(step.expr, Op):
            found = [kind(atom) for atom in step.expr.operands]
            operator = step.expr.operator
            wanted = {**ARITHMETIC, **COMPARISONS, **LOGIC}.get(operator)
            ok = len(found) == wanted and (operator == "==" or set(found) == {bool if operator in LOGIC else int})
            yield None if ok and len(set(found)) == 1 else f"cell {step.cell}: {operator} of {found}"
        elif isinstance(step, Let) and isinstance(step.expr, Pick):
            pick = step.expr
            ok = kind(pick.condition) is bool and kind(pick.then) is kind(pick.otherwise)
            yield None if ok else f"cell {step.cell} picks between different kinds"
        elif isinstance(step, Crossing):
            ok = kinds[step.where] is bool and all(kinds[cell] is int for cell in _numbers_of(step))
            yield None if ok else f"cell {step.cell} is made of what is no number"


def _numbers_of(step: Crossing) -> list[Cell]:
    """The cells that a step needs to be numbers."""
    match step:
        case Gather(value=value) | Quantile(value=value) | RunningSum(value=value):
            return [value]
        case Rank(keys=keys):
            return [cell for key in keys for cell in (key.numerator, *key.denominators)]
        case Share(amount=amount, weight=weight, cap=cap):
            return [amount, weight.numerator, *weight.denominators, *([] if cap is None else [cap])]
    return []


def weights_and_denominators_are_not_negative(plan: Plan) -> Looks:
    low = _lows(plan)
    for step in plan.steps:
        for key in step.keys if isinstance(step, Rank) else (step.weight,) if isinstance(step, Share) else ():
            ok = all(low[cell] > 0 for cell in key.denominators)
            yield None if ok else f"cell {step.cell} compares over what may be 0"
        if isinstance(step, Share):
            shared = (step.amount, step.weight.numerator, *(() if step.cap is None else (step.cap,)))
            yield None if min(low[c] for c in shared) >= 0 else f"cell {step.cell} shares what may be negative"


def no_operation_is_done_twice(plan: Plan) -> Looks:
    seen = set[object]()
    for step in plan.steps:
        if not isinstance(step, Spread):
            names = [a.name for a in fields(type(step)) if a.name not in ("cell", "low", "high", "place")]
            key = (type(step), *(getattr(step, name) for name in names))
            yield None if key not in seen else f"cell {step.cell} repeats an earlier one"
            seen.add(key)


def every_step_is_needed(plan: Plan) -> Looks:
    read = set(kept_cells(plan)).union(*(step_refs(step) for step in plan.steps))
    for step in plan.steps:
        yield None if step.cell in read else f"cell {step.cell} is never read"


INVARIANTS: tuple[Callable[[Plan], Looks], ...] = (
    a_cell_is_given_once_before_it_is_read,
    a_step_reads_its_own_level_unless_it_crosses_levels,
    a_divisor_is_above_zero,
    an_answer_has_positive_denominators_and_a_flag_for_known,
    bounds_of_numbers_are_closed_and_of_nothing_else,
    operands_are_of_the_kind_that_the_operator_takes,
    weights_and_denominators_are_not_negative,
    no_operation_is_done_twice,
    every_step_is_needed,
)


def _input_cells(plan: Plan) -> set[Cell]:
    return {c for i in plan.inputs for c in i.cells}


def _lows(plan: Plan) -> dict[Cell, int]:
    low = {i.cell: i.low or 0 for i in plan.inputs}
    for step in plan.steps:
        low[step.cell] = low.get(step.source, 0) if isinstance(step, Spread) else step.low or 0
    return low


def _low(atom: Atom, low: dict[Cell, int]) -> int:
    return int(atom.value) if isinstance(atom, Lit) else low[atom.cell]
