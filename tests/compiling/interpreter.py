"""A plan run step by step, for comparing: no cleverness, and every invariant that a step can break is asserted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from incentive_rules.model.plan import Expr, Find, Gather, Let, Lit, Op, Pick, Plan, Ref, Spread

Cells = dict[int, int | bool | str]

OPERATORS = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "//": lambda a, b: a // b,
    "min": min, "max": max, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "==": lambda a, b: a == b,
    "and": lambda a, b: a and b, "or": lambda a, b: a or b, "not": lambda a: not a, "neg": lambda a: -a, "abs": abs,
}  # fmt: skip


def value_of(plan: Plan, expr: Expr, cells: Cells) -> int | bool | str:
    def of(x: Expr) -> int | bool | str:
        return value_of(plan, x, cells)

    match expr:
        case Lit(value=value):
            return value
        case Ref(cell=cell):
            return cells[cell]
        case Pick(condition=c, then=a, otherwise=b):
            then, otherwise = of(a), of(b)  # both are defined whichever holds
            assert isinstance(of(c), bool)
            return then if of(c) else otherwise
        case Find(map=number, key=key):
            entries, default = plan.maps[number]
            return dict(entries).get(of(key), default)
        case Op(operator=operator, operands=operands):
            values = [of(x) for x in operands]
            assert operator != "//" or values[1] > 0  # type: ignore[operator]
            return OPERATORS[operator](*values)
    raise AssertionError(expr)


def run(
    plan: Plan, given: Mapping[str, Cells], rows: Mapping[str, Sequence[Cells]]
) -> tuple[Cells, dict[str, list[Cells]]]:
    """All cells of the person, and of each detail row; `given` and `rows` hold the inputs' cells."""
    person: Cells = dict(given[""])
    tables = {name: [dict(row) for row in some] for name, some in rows.items()}
    for step in plan.steps:
        if isinstance(step, Gather):
            assert step.cell not in person
            table = tables[step.source[0]]
            values = [row[step.value] for row in table if row[step.where]]
            functions = {"sum": sum, "min": min, "max": max}
            person[step.cell] = functions[step.function](values) if values else step.empty
            assert step.low <= person[step.cell] <= step.high  # type: ignore[operator]
            continue
        for cells in tables[step.level[0]] if step.level else [person]:
            assert step.cell not in cells
            if isinstance(step, Spread):
                cells[step.cell] = person[step.source]
            else:
                value = cells[step.cell] = value_of(plan, step.expr, cells)
                check_bounds(step, value)
    return person, tables


def check_bounds(step: Let, value: int | bool | str) -> None:
    if type(value) is int:
        assert step.low is not None, step
        assert step.high is not None, step
        assert step.low <= value <= step.high, (step, value)
    else:
        assert step.low is None, step
