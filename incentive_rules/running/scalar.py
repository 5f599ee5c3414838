"""One person: a plan as one Python function on whole numbers, with the slow path beside it.

The function reads the common types in line. Everything else, and every message, comes from `read_cell`,
which is handed in: the rules of reading stand in one place only.
"""

from __future__ import annotations

import linecache
import weakref
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from types import CodeType

from ..base.fingerprints import fingerprint
from ..base.places import Place
from ..base.problems import Problem
from ..model.checked import CheckedInput
from ..model.levels import Level
from ..model.plan import Lit, Plan, PlanOutput
from ..model.result import Layout, Raw, Result, Slot, make_result, new_result, set_state
from .scalar_code import Code, python_of
from .scalar_inputs import decimal_ends, plain_words, text_steps, written_places
from .scalar_rows import Rows

ReadCell = Callable[[CheckedInput, object], Fraction | str | bool | int | Problem | None]
Row = Mapping[str, object]
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
        self.layout = layout_of(plan, code)
        self.score = self._compiled()

    def _compiled(self) -> Score:
        file = f"<scheme {fingerprint(self.plan)[:12]}>"
        # linecache shows the lines in tracebacks; without the finalizer a long-lived service would keep them all.
        linecache.cache[file] = (len(self.source), None, self.source.splitlines(True), file)
        weakref.finalize(self, linecache.cache.pop, file, None)
        code: CodeType = compile(self.source, file, "exec")
        names = self._globals()
        exec(code, names)  # noqa: S102 - the text is ours: authors' names are quoted texts in it
        made = names["score"]
        assert callable(made)
        return made

    def _globals(self) -> dict[str, object]:
        """What the generated function may call."""
        rows = Rows(self.plan, self.read_cell)
        exact = Context(prec=60, traps=[Inexact])
        names: dict[str, object] = {
            "Decimal": Decimal, "date": date, "times": exact.multiply, "layout": self.layout, "result": make_result,
            "new": new_result, "Result": Result, "state": set_state,
            "text_steps": text_steps,
            "read": rows.read, "read_maybe": rows.read_maybe, "read_row": rows.read_row,
            "read_tables": rows.read_tables, "refuse": rows.refuse,
            "no_tables": rows.no_tables,
        }  # fmt: skip
        for number, (entries, default) in enumerate(self.plan.maps):
            names[f"m{number}"] = _Finder(entries, default).find
        for one in self.plan.inputs:
            names[f"words{one.cell}"] = plain_words(one)
            names[f"ten{written_places(one)}"] = Decimal(10).scaleb(written_places(one) - 1)
            ends = decimal_ends(one)
            if ends is not None:
                names[f"low{one.cell}"], names[f"high{one.cell}"] = ends
        return names

    def __reduce__(self) -> tuple[type[ScalarEngine], tuple[Plan, ReadCell]]:
        return (ScalarEngine, (self.plan, self.read_cell))


class _Finder(dict[Raw, Raw]):
    """A constant map with its default."""

    def __init__(self, entries: Sequence[tuple[Raw, Raw]], default: Raw) -> None:
        super().__init__(entries)
        self._default = default

    def __missing__(self, key: Raw) -> Raw:
        return self._default

    @property
    def find(self) -> Callable[[Raw], Raw]:
        return self.__getitem__


def layout_of(plan: Plan, code: Code) -> Layout:
    """Where each quantity stands in the answer of the generated function."""
    tables: dict[Level, int] = {(table,): number for number, table in enumerate(plan.details)}
    positions = {cell: i for i, cell in enumerate(code.cells)}
    for cells in code.row_cells:
        positions |= {cell: i for i, cell in enumerate(cells)}
    slots = {o.name: _slot(o, positions, tables.get(o.level)) for o in plan.outputs}
    lines = tuple((n.name, n.kind, None if n.paid is None else positions[n.paid], n.due) for n in plan.lines)
    return Layout(slots, lines)


def _slot(output: PlanOutput, positions: Mapping[int, int], details: int | None) -> Slot:
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
