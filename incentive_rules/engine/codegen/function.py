"""The one Python function that a plan becomes for one person: read, work out, check, answer.

Names of the author stand in it as quoted texts only; everything else is called `v12`. What is worked
out by row stands in loops; a loop that needs what an earlier loop gathered comes after it (`stages`).
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ...base.places import Place
from ...lang.types import Kind
from ...model.levels import Level
from ...model.plan import Cell, Gather, Let, Lit, Plan, PlanInput, Spread
from ...model.plan_cells import answered_cells, levels_of_cells, stages_of, step_refs
from .expressions import Expressions
from .inputs import reading_lines


@frozen
class PythonCode:
    """The text, the place in the scheme of each of its lines, and what stands where in its answer."""

    text: str
    places: tuple[Place | None, ...]
    cells: tuple[Cell, ...]  # of the person, in the order of the answer
    row_cells: tuple[tuple[Cell, ...], ...]  # the same for each detail table


def python_of(plan: Plan) -> PythonCode:
    """The text of `score(row, details=None)`."""
    return _Writer(plan).code()


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.levels = levels_of_cells(plan)
        self.stages = stages_of(plan)
        self.write = Expressions(plan, self.stages)
        self.lines: list[tuple[str, Place | None]] = []
        answered = answered_cells(plan)
        self.cells = tuple(c for c in answered if not self.levels[c])
        self.row_cells = tuple(tuple(c for c in answered if self.levels[c] == (table,)) for table in plan.details)
        self.last_stages = tuple(
            max((self.stages[c] for c, level in self.levels.items() if level == (table,)), default=0)
            for table in plan.details
        )

    def code(self) -> PythonCode:
        tables = range(len(self.plan.details))
        self._line("def score(row, details=None):")
        self._line("    bad = []")
        self._read("row", [i for i in self.plan.inputs if not i.level], "    ", -1)
        if tables:
            self._line("    broken = []")
            self._line(f"    {''.join(f'rows{n}, ' for n in tables)}= read_tables(details, bad)")
        else:
            self._line("    if details: no_tables(details, bad)")
        for stage in range(max(self.stages.values(), default=0) + 1):
            self._steps((), stage, "    ")
            for number in tables:
                if stage <= self.last_stages[number]:
                    self._loop(number, stage)
        self._answer()
        texts, places = zip(*self.lines, strict=True)
        return PythonCode("\n".join(texts) + "\n", places, self.cells, self.row_cells)

    def _line(self, text: str, place: Place | None = None) -> None:
        self.lines.append((text, place))

    def _steps(self, level: Level, stage: int, indent: str) -> None:
        for step in self.plan.steps:
            if isinstance(step, Let) and step.level == level and self.stages[step.cell] == stage:
                text = self.write.line(step)
                if text is not None:
                    number = "" if step.place is None else f"  # line {step.place.line}"
                    self._line(indent + text + number, step.place)

    # ── Reading ───────────────────────────────────────────────────────────────────────────────────

    def _read(self, row: str, inputs: Sequence[PlanInput], indent: str, table: int) -> None:
        """The inputs of one row; whatever goes wrong sends the whole row to `read_row`."""
        where = "None" if table < 0 else f"n{table}"
        self._line(f"{indent}try:")
        columns = {one.checked.definition.column for one in inputs if one.checked.definition.column != one.name}
        ambiguous = any(one.name in columns for one in inputs)  # then a name may be another's heading
        self._line(f"{indent}    if {ambiguous or f'len({row}) != {len(inputs)}'}: raise KeyError")
        for one in inputs:
            place = one.checked.definition.place
            self._line(f"{indent}    v{one.cell} = {row}[{one.name!r}]", place)
            for line in reading_lines(one, self.plan.inputs.index(one), where):
                self._line(f"{indent}    {line}", place)
        self._line(f"{indent}except Exception:")
        cells = "".join(f"v{c}, " for one in inputs for c in one.cells)
        answer = f"{cells}= " if cells else ""
        self._line(f"{indent}    {answer}read_row({table}, {row}, bad, {where})")

    # ── Rows ──────────────────────────────────────────────────────────────────────────────────────

    def _loop(self, number: int, stage: int) -> None:
        """One walk over the rows of a table: what can be worked out at this stage, and what it gathers."""
        level = (self.plan.details[number],)
        final = stage == self.last_stages[number]
        gathers = self._gathers(level, stage)
        counts = [g for g in gathers if self._counts_rows(g)]
        for step in gathers:
            first = f"len(rows{number})" if step in counts else str(step.empty)
            self._line(f"    v{step.cell} = {first}", step.place)
        collected = f"out{number}" if final else f"saved{number}_{stage}"
        self._line(f"    {collected} = []")
        if stage == 0:
            self._line(f"    for n{number}, row{number} in enumerate(rows{number}, 1):")
            self._read(f"row{number}", [i for i in self.plan.inputs if i.level == level], " " * 8, number)
        else:
            names = "".join(f"v{c}, " for c in self._saved(number, stage - 1))
            self._line(f"    for n{number}, ({names}) in enumerate(saved{number}_{stage - 1}, 1):")
        self._steps(level, stage, " " * 8)
        for i, check in enumerate(self.plan.checks):
            if check.level == level and self.stages[check.flag] == stage:
                flag = self.write.cell(check.flag, 9)
                self._line(f"        if not {flag}: broken.append(({i}, n{number}))", check.place)
        self._add_up([g for g in gathers if g not in counts])
        cells = self.row_cells[number] if final else self._saved(number, stage)
        if cells or not final:
            self._line(f"        {collected}.append(({''.join(self.write.cell(c, 1) + ', ' for c in cells)}))")

    def _gathers(self, level: Level, stage: int) -> list[Gather]:
        steps = (step for step in self.plan.steps if isinstance(step, Gather) and step.source == level)
        return [step for step in steps if self.stages[step.cell] == stage + 1]

    def _counts_rows(self, step: Gather) -> bool:
        one, true = self.write.constant(step.value), self.write.constant(step.where)
        return step.function == "sum" and one == Lit(1) and true == Lit(True)

    def _add_up(self, gathers: Sequence[Gather]) -> None:
        """What each row adds to what is gathered, those with one condition together."""
        for where in dict.fromkeys(step.where for step in gathers):
            indent = " " * 8
            if self.write.constant(where) != Lit(True):
                self._line(f"{indent}if {self.write.cell(where)}:")
                indent += "    "
            for step in gathers:
                if step.where == where:
                    value, name = self.write.cell(step.value, 1), f"v{step.cell}"
                    sign = {"min": "<", "max": ">"}.get(step.function)
                    text = f"{name} += {value}" if sign is None else f"if {value} {sign} {name}: {name} = {value}"
                    self._line(indent + text, step.place)

    def _saved(self, number: int, stage: int) -> list[Cell]:
        """The cells of a row that were worked out up to `stage` and that a later loop reads."""
        level = (self.plan.details[number],)
        read = set(self.row_cells[number])
        for step in self.plan.steps:
            at = self.stages[step.cell] - isinstance(step, Gather)
            if at > stage and (step.source if isinstance(step, Gather) else step.level) == level:
                read.update(step_refs(step))
        read.update(c.flag for c in self.plan.checks if self.stages[c.flag] > stage)
        spread = {step.cell for step in self.plan.steps if isinstance(step, Spread)}
        return sorted(
            c
            for c in read - spread
            if self.levels[c] == level and self.stages[c] <= stage and self.write.constant(c) is None
        )

    # ── The answer ────────────────────────────────────────────────────────────────────────────────

    def _answer(self) -> None:
        write, plan = self.write, self.plan
        flags = [write.cell(c.flag, 7) for c in plan.checks if not c.level]
        key = next((f"v{i.cell}" for i in plan.inputs if not i.level and i.type.kind is Kind.KEY), "''")
        scope = "True" if plan.in_scope is None else write.cell(plan.in_scope, 9)
        judged = "True" if plan.checks_first else scope
        broken = "broken" if plan.details else "()"
        refusal = f"refuse(bad, {broken}, ({''.join(f'{f}, ' for f in flags)}), {judged}, {key})"
        self._line(f"    if bad: return {refusal}")
        outside = f"    if not {scope}: return result((layout, False, {key}, (), ()))"
        if plan.in_scope is not None and not plan.checks_first:
            self._line(outside)
        wrong = ["broken"] if any(c.level for c in plan.checks) else []
        if flags:
            wrong.append(f"not {flags[0]}" if len(flags) == 1 else f"not ({' and '.join(flags)})")
        if wrong:
            self._line(f"    if {' or '.join(wrong)}: return {refusal}")
        if plan.in_scope is not None and plan.checks_first:
            self._line(outside)
        values = "".join(write.cell(c, 1) + ", " for c in self.cells)
        rows = "".join(f"tuple(out{n}), " for n in range(len(plan.details)))
        self._line("    found = new(Result)")
        self._line(f"    state(found, (layout, True, {key}, ({values}), ({rows})))")
        self._line("    return found")
