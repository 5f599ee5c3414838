"""One person: a plan as one Python function on whole numbers, with the slow path beside it.

Plain values are read in line (`codegen.inputs`). Everything else, and every message, comes from `read_cell`, which is
handed in and alone decides what is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..base.places import Place
from ..base.problems import Problem
from ..model.exact_values import ReadCell
from ..model.levels import Level
from ..model.plan import Cell, Lit, Plan, PlanOutput
from ..model.result import Layout, Result, Slot, make_result, new_result, set_state
from .codegen.function import python_of
from .codegen.generated import executed, names_of
from .scalar_reading import RowReader

Score = Callable[..., Result | tuple[Problem, ...]]


class ScalarEngine:
    """Scores one person after another. `score(row, details)` gives a `Result`, or every problem of the row.

    `source` is the generated Python, `places` the place in the scheme of each of its lines. Engines
    pickle as their plan.
    """

    score: Score

    def __init__(self, plan: Plan, read_cell: ReadCell) -> None:
        self.plan = plan
        self.read_cell = read_cell
        code = python_of(plan)
        self.source: str = code.text
        self.places: tuple[Place | None, ...] = code.places
        self.layout = layout_of(plan, code.cells, code.row_cells)
        self.score = self._compiled()

    def _compiled(self) -> Score:
        made = executed(self, self.plan, self.source, self._globals())["score"]
        assert callable(made)
        return made

    def _globals(self) -> dict[str, object]:
        """What the generated function may call."""
        rows = RowReader(self.plan, self.read_cell)
        return names_of(self.plan) | {
            "layout": self.layout, "result": make_result, "new": new_result, "Result": Result, "state": set_state,
            "read": rows.read, "read_maybe": rows.read_maybe, "read_row": rows.read_row,
            "read_tables": rows.read_tables, "refuse": rows.refuse, "no_tables": rows.no_tables,
        }  # fmt: skip

    def __reduce__(self) -> tuple[type[ScalarEngine], tuple[Plan, ReadCell]]:
        return (ScalarEngine, (self.plan, self.read_cell))


def layout_of(plan: Plan, of_person: Sequence[Cell], of_rows: Sequence[Sequence[Cell]]) -> Layout:
    """Where each quantity stands: in the tuple of the person, or in those of the rows of each detail table.

    What stands in neither, such as the value of a group that people do not belong to, is no part of a result.
    """
    tables: dict[Level, int] = {(table,): number for number, table in enumerate(plan.details)}
    positions = {cell: i for i, cell in enumerate(of_person)}
    for cells in of_rows:
        positions |= {cell: i for i, cell in enumerate(cells)}
    outputs = (o for o in plan.outputs if o.numerator in positions)
    slots = {o.name: slot_of(o, positions, tables.get(o.level)) for o in outputs}
    lines = tuple((n.name, n.kind, None if n.paid is None else positions[n.paid], n.due) for n in plan.lines)
    return Layout(slots, lines)


def slot_of(output: PlanOutput, positions: Mapping[Cell, int], details: int | None) -> Slot:
    """Where one quantity stands, given the positions of cells in its tuple."""
    constant = 1
    for one in output.denominators:
        constant *= int(one.value) if isinstance(one, Lit) else 1
    return Slot(
        kind=output.type.kind,
        whole=output.type.whole,
        decimals=output.decimals,
        numerator=positions[output.numerator],
        constant=constant,
        denominators=tuple(positions[d] for d in output.denominators if not isinstance(d, Lit)),
        known=None if output.known is None else positions[output.known],
        role=output.role,
        details=details,
    )
