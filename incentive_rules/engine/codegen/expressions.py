"""Python text of the plan's expressions: short, lazy in its branches, with no more brackets than needed.

A cell that is read once is written where it is read; every other cell is a variable `v12`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ...model.plan import Cell, Find, Gather, Let, Lit, Op, Pick, Plan, Ref, Spread, Step
from ...model.plan_cells import kept_cells, step_refs

# How tightly Python binds: the higher the tighter.
CHOICE, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, ATOM = range(1, 10)
LONGEST = 200  # characters of an expression that may still be written inside another one

_BINARY = {
    "+": (SUM, SUM, SUM), "-": (SUM, SUM, PRODUCT), "*": (PRODUCT, PRODUCT, SIGN), "//": (PRODUCT, PRODUCT, SIGN),
    "<": (COMPARISON, SUM, SUM), "<=": (COMPARISON, SUM, SUM), "==": (COMPARISON, SUM, SUM),
    "and": (AND, AND, AND), "or": (OR, OR, OR),
}  # fmt: skip


class Expressions:
    """Writes cells as Python; `inline` are the cells that get no variable of their own."""

    def __init__(self, plan: Plan, stages: Mapping[Cell, int]) -> None:
        self._steps: dict[Cell, Step] = {step.cell: step for step in plan.steps}
        self._lows = {i.cell: i.low for i in plan.inputs} | {
            step.cell: step.low for step in plan.steps if not isinstance(step, Spread)
        }
        self.inline: dict[Cell, tuple[str, int]] = {}
        self._once = self._read_once(plan, stages)

    def _read_once(self, plan: Plan, stages: Mapping[Cell, int]) -> frozenset[Cell]:
        """The cells that one step of the same loop reads, once, or that only the refusal of a row reads."""
        uses = Counter(kept_cells(plan))
        reader: dict[Cell, Step] = {}
        for step in plan.steps:
            twice = isinstance(step, Let) and isinstance(step.expr, Op) and self._is_written_twice(step.expr)
            twice = twice or (isinstance(step, Gather) and step.function != "sum")
            for cell in step_refs(step):
                uses[cell] += 2 if twice or isinstance(step, Spread) else 1
                reader[cell] = step
        kept = frozenset(kept_cells(plan))
        flags = frozenset(check.flag for check in plan.checks if not check.level)  # the answer reads them, at the end
        return frozenset(
            cell
            for cell, step in self._steps.items()
            if isinstance(step, Let)
            and uses[cell] == 1
            and (cell in flags if cell in kept else _together(cell, reader[cell], stages))
        )

    def _is_written_twice(self, op: Op) -> bool:
        return op.operator in ("min", "max") and not self._is_guard(op)

    def _is_guard(self, op: Op) -> bool:
        """`max(x, 1)` of an x that is never negative: the divisor that may be 0."""
        a, b = op.operands[0], op.operands[-1]
        return op.operator == "max" and b == Lit(1) and isinstance(a, Ref) and self._lows.get(a.cell) == 0

    def variable(self, cell: Cell) -> str:
        """The variable of a cell; a repeated value has that of its source."""
        step = self._steps.get(cell)
        while isinstance(step, Spread):
            cell, step = step.source, self._steps.get(step.source)
        return f"v{cell}"

    def line(self, step: Let) -> str | None:
        """The assignment of a cell, or None where it is written into its reader instead."""
        text, binding = self.expr(step)
        if isinstance(step.expr, Lit) or (step.cell in self._once and len(text) <= LONGEST):
            self.inline[step.cell] = (text, binding)
            return None
        return f"{self.variable(step.cell)} = {text}"

    def constant(self, cell: Cell) -> Lit | None:
        """The constant that a cell holds, if it holds one."""
        step = self._steps.get(cell)
        return step.expr if isinstance(step, Let) and isinstance(step.expr, Lit) else None

    def cell(self, cell: Cell, binding: int = 0) -> str:
        """A cell as an operand of something that binds as tightly as `binding`."""
        text, own = self.inline.get(cell) or (self.variable(cell), ATOM)
        return text if own >= binding else f"({text})"

    def _atom(self, atom: Lit | Ref, binding: int) -> str:
        if isinstance(atom, Ref):
            return self.cell(atom.cell, binding)
        negative = type(atom.value) is int and atom.value < 0
        return f"({atom.value})" if negative and binding > SIGN else repr(atom.value)

    def expr(self, step: Let) -> tuple[str, int]:
        """The text of a step's expression, and how tightly it binds."""
        match step.expr:
            case Lit() as atom:
                return self._atom(atom, 0), ATOM if atom.value is True or atom.value is False else SIGN
            case Ref() as atom:
                return self._atom(atom, 0), ATOM
            case Pick():
                return self._pick(step.expr)
            case Find(map=number, key=key):
                return f"m{number}({self._atom(key, 0)})", ATOM
            case Op(operator="neg", operands=(x,)):
                return f"-{self._atom(x, SIGN)}", SIGN
            case Op(operator="abs", operands=(x,)):
                return f"abs({self._atom(x, 0)})", ATOM
            case Op(operator="not", operands=(x,)):
                equal = self._steps.get(x.cell) if isinstance(x, Ref) and x.cell in self.inline else None
                if isinstance(equal, Let) and isinstance(equal.expr, Op) and equal.expr.operator == "==":
                    a, b = equal.expr.operands
                    return f"{self._atom(a, SUM)} != {self._atom(b, SUM)}", COMPARISON
                return f"not {self._atom(x, NOT)}", NOT
            case Op(operator="min" | "max", operands=(a, b)):
                return self._extreme(step.expr, a, b)
            case Op(operator=operator, operands=(a, b)):
                return self._binary(operator, a, b)
        raise AssertionError(step.expr)

    def _binary(self, operator: str, a: Lit | Ref, b: Lit | Ref) -> tuple[str, int]:
        own, left, right = _BINARY[operator]
        if operator == "+" and isinstance(b, Lit) and type(b.value) is int and b.value < 0:
            return f"{self._atom(a, left)} - {-b.value}", own
        return f"{self._atom(a, left)} {operator} {self._atom(b, right)}", own

    def _pick(self, pick: Pick) -> tuple[str, int]:
        c, a, b = self._atom(pick.condition, OR), self._atom(pick.then, OR), self._atom(pick.otherwise, CHOICE)
        return f"{a} if {c} else {b}", CHOICE

    def _extreme(self, op: Op, a: Lit | Ref, b: Lit | Ref) -> tuple[str, int]:
        """A choice, which is several times faster than a call of `min`."""
        if self._is_guard(op):
            return f"{self._atom(a, OR)} or 1", OR
        left, right = self._atom(a, SUM), self._atom(b, SUM)
        return f"{left} if {left} {'>' if op.operator == 'max' else '<'} {right} else {right}", CHOICE


def _together(cell: Cell, reader: Step, stages: Mapping[Cell, int]) -> bool:
    """Whether a cell and its reader are worked out in the same loop."""
    if isinstance(reader, Gather):
        return stages[cell] == stages[reader.cell] - 1
    return stages[cell] == stages[reader.cell]
