"""All rows of a level read at once: each input becomes a list, and what is wrong is told by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from ..base.problems import Problem
from ..base.text import echo
from ..model.checked import CheckedInput
from ..model.levels import Level
from ..model.plan import Cell, Plan
from ..model.result import Raw
from .generated import executed, names_of
from .lists_frames import Column
from .scalar_inputs import raw_of, reading_lines
from .scalar_rows import missing

ReadCell = Callable[[CheckedInput, object], Fraction | str | bool | int | Problem | None]
Bad = list[tuple[int, Problem]]  # the number of a row, and one thing that is wrong with it
UNREADABLE = "data-row"  # the problem of a row of which nothing is known
_REMEMBERED = 1_000  # texts of one input whose values are kept: flags, words, dates come again and again


class Reading:
    """Reads rows of raw cells; the common types in line, everything else through `read_cell`."""

    def __init__(self, plan: Plan, read_cell: ReadCell) -> None:
        self._inputs = {level: tuple(i for i in plan.inputs if i.level == level) for level in plan.levels}
        self._all = plan.inputs
        self._read_cell = read_cell
        self._known: tuple[dict[str, tuple[Raw, bool]], ...] = tuple({} for _ in plan.inputs)
        texts = [_text(plan, level, number) for number, level in enumerate(plan.levels) if self._inputs[level]]
        names = names_of(plan) | {"read": self._read, "read_maybe": self._read_maybe, "read_row": self._read_row}
        self._made = executed(self, plan, "".join(texts), names, " reading")
        self._levels = tuple(plan.levels)

    def read(self, level: Level, rows: Sequence[Mapping[str, object]]) -> tuple[Mapping[Cell, Column], Bad]:
        """The columns of a level's inputs, with a filler wherever there is a problem."""
        inputs, bad = self._inputs[level], Bad()
        if not inputs:
            return {}, bad
        function = self._made[f"read_{self._levels.index(level)}"]
        assert callable(function)
        cells = (cell for one in inputs for cell in one.cells)
        return dict(zip(cells, function(rows, bad), strict=True)), bad

    # ── Called by the generated functions ─────────────────────────────────────────────────────────

    def _read(self, number: int, raw: object, bad: Bad, row: int) -> Raw:
        return self._read_maybe(number, raw, bad, row)[0]

    def _read_maybe(self, number: int, raw: object, bad: Bad, row: int) -> tuple[Raw, bool]:
        if type(raw) is not str:
            return self._read_new(number, raw, bad, row)
        known = self._known[number]
        found = known.get(raw)
        if found is None:
            before = len(bad)
            found = self._read_new(number, raw, bad, row)
            if len(bad) == before and len(known) < _REMEMBERED:
                known[raw] = found
        return found

    def _read_new(self, number: int, raw: object, bad: Bad, row: int) -> tuple[Raw, bool]:
        one = self._all[number]
        value = self._read_cell(one.checked, raw)
        if isinstance(value, Problem):
            bad.append((row, value))
        return raw_of(one, value)

    def _read_row(self, level: int, raw: object, bad: Bad, row: int) -> tuple[Raw, ...]:
        """All inputs of a row one by one, where the row lacks one or is none."""
        while bad and bad[-1][0] == row:
            bad.pop()
        readable = isinstance(raw, Mapping)
        if not readable:
            bad.append((row, Problem(UNREADABLE, {"value": echo(repr(raw))})))
        cells = raw if isinstance(raw, Mapping) else {}
        values: list[Raw] = []
        for one in self._inputs[self._levels[level]]:
            found: tuple[Raw, bool] = (one.filler, False)
            if one.name in cells:
                found = self._read_maybe(self._all.index(one), cells[one.name], bad, row)
            elif one.known is None and readable:
                bad.append((row, missing(one)))
            values.extend(found[:1] if one.known is None else found)
        return tuple(values)


def _text(plan: Plan, level: Level, number: int) -> str:
    """The function that reads the rows of one level."""
    inputs = [one for one in plan.inputs if one.level == level]
    cells = [cell for one in inputs for cell in one.cells]
    lines = [f"def read_{number}(rows, bad):"]
    for cell in cells:
        lines += [f"    t{cell} = []", f"    a{cell} = t{cell}.append"]
    lines += ["    for number, row in enumerate(rows):", "        try:"]
    for one in inputs:
        lines.append(f"            v{one.cell} = row[{one.name!r}]")
        lines += [f"            {line}" for line in reading_lines(one, plan.inputs.index(one), "number")]
    variables = "".join(f"v{cell}, " for cell in cells)
    lines += ["        except Exception:", f"            {variables}= read_row({number}, row, bad, number)"]
    lines += [f"        a{cell}(v{cell})" for cell in cells]
    return "\n".join([*lines, f"    return {''.join(f't{cell}, ' for cell in cells)}", ""])
