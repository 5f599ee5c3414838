"""The functions that a plan becomes for lists: one walk over the rows of a level between two crossings.

All that is worked out row by row between two looks at several rows stands in one loop; only what something
outside the loop reads becomes a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from ..base.places import Place
from ..model.levels import EVERYONE, PERSON, Level
from ..model.plan import (
    Cell,
    Crossing,
    Gather,
    Latest,
    Let,
    Lit,
    Plan,
    Quantile,
    Rank,
    Running,
    Share,
    Spread,
    Step,
    Value,
)
from ..model.plan_cells import levels_of_cells, stages_of, step_refs, steps_to
from .scalar_expressions import Expressions


@frozen
class Walk:
    """One loop: its function takes the number of rows, `own` columns, indexes to levels above, and their columns."""

    name: str
    level: Level
    own: tuple[Cell, ...]
    above: tuple[Level, ...]
    spread: tuple[Cell, ...]
    made: tuple[Cell, ...]


@frozen
class Program:
    """What to do in turn, and the text of the functions; `places` are those of the text's lines in the scheme."""

    work: tuple[Walk | Crossing, ...]
    text: str
    places: tuple[Place | None, ...]
    origins: Mapping[Cell, Cell]  # where a repeated value comes from
    constants: Mapping[Cell, Value]
    levels: Mapping[Cell, Level]


def program_of(plan: Plan, wanted: Iterable[Cell]) -> Program:
    """The work that gives the `wanted` cells their columns."""
    return _Writer(plan, frozenset(wanted)).program()


class _Expressions(Expressions):
    """Expressions in which a cell that becomes a list keeps its variable."""

    def __init__(self, plan: Plan, stages: Mapping[Cell, int], stored: frozenset[Cell]) -> None:
        self._stored = stored
        super().__init__(plan, stages)

    def _read_once(self, plan: Plan, stages: Mapping[Cell, int]) -> frozenset[Cell]:
        return super()._read_once(plan, stages) - self._stored


class _Writer:
    def __init__(self, plan: Plan, wanted: frozenset[Cell]) -> None:
        self.plan = evolve(plan, steps=steps_to(plan.steps, wanted))
        self.levels = levels_of_cells(self.plan)
        self.stages = stages_of(self.plan)
        self.origins = self._origins()
        lets = (step for step in self.plan.steps if isinstance(step, Let))
        self.constants = {let.cell: let.expr.value for let in lets if isinstance(let.expr, Lit)}
        self.stored = self._stored_cells(wanted)
        self.write = _Expressions(self.plan, self.stages, self.stored)
        self.lines: list[tuple[str, Place | None]] = []

    def _origins(self) -> dict[Cell, Cell]:
        origins: dict[Cell, Cell] = {}
        for step in self.plan.steps:
            if isinstance(step, Spread):
                origins[step.cell] = origins.get(step.source, step.source)
        return origins

    def _origin(self, cell: Cell) -> Cell:
        return self.origins.get(cell, cell)

    def _stored_cells(self, wanted: frozenset[Cell]) -> frozenset[Cell]:
        """The cells that are read outside the loop in which they are worked out."""
        stored = {self._origin(cell) for cell in wanted}
        for step in self.plan.steps:
            for cell in step_refs(step):
                same_loop = isinstance(step, Let) and self.levels[self._origin(cell)] == step.level
                if not isinstance(step, Spread) and not (same_loop and self.stages[cell] == self.stages[step.cell]):
                    stored.add(self._origin(cell))
        return frozenset(stored)

    def program(self) -> Program:
        work: list[Walk | Crossing] = []
        for stage in range(max(self.stages.values(), default=0) + 1):
            work.extend(s for s in self.plan.steps if isinstance(s, Crossing) and self.stages[s.cell] == stage)
            for level in self.plan.levels:
                walk = self._walk(level, stage)
                if walk is not None:
                    work.append(walk)
        texts, places = zip(*self.lines, strict=True) if self.lines else ((), ())
        text = "".join(line + "\n" for line in texts)
        return Program(tuple(work), text, places, self.origins, self.constants, self.levels)

    def _line(self, text: str, place: Place | None = None) -> None:
        self.lines.append((text, place))

    def _walk(self, level: Level, stage: int) -> Walk | None:
        here = [s for s in self.plan.steps if isinstance(s, Let) and s.level == level and self.stages[s.cell] == stage]
        body = [(step, text) for step in here if (text := self.write.line(step)) is not None]
        if not body:
            return None
        inside = {step.cell for step in here}
        read = dict.fromkeys(self._origin(cell) for step in here for cell in step_refs(step))
        outside = [cell for cell in read if cell not in inside and cell not in self.constants]
        own = tuple(cell for cell in outside if self.levels[cell] == level)
        spread = tuple(cell for cell in outside if self.levels[cell] != level)
        above = tuple(dict.fromkeys(self.levels[c] for c in spread if self.levels[c] != EVERYONE))
        made = tuple(step.cell for step, _ in body if step.cell in self.stored)
        walk = Walk(f"walk_{'_'.join(level) or 'people'}_{stage}", level, own, above, spread, made)
        self._write(walk, body, [c for c in read if c in self.constants and self.levels[c] != level])
        return walk

    def _write(self, walk: Walk, body: list[tuple[Let, str]], constants: list[Cell]) -> None:
        columns = [f"c{cell}" for cell in walk.own] + [f"k{i}" for i in range(len(walk.above))]
        self._line(f"def {walk.name}({', '.join(['size', *columns, *(f's{cell}' for cell in walk.spread)])}):")
        for cell in constants:
            self._line(f"    v{cell} = {self.constants[cell]!r}")
        for cell in walk.spread:
            if self.levels[cell] == EVERYONE:
                self._line(f"    v{cell}, = s{cell}")
        for cell in walk.made:
            self._line(f"    t{cell} = []")
            self._line(f"    a{cell} = t{cell}.append")
        names = [f"v{cell}" for cell in walk.own] + [f"i{i}" for i in range(len(walk.above))]
        if len(names) > 1:
            self._line(f"    for {', '.join(names)} in zip({', '.join(columns)}):")
        else:
            self._line(f"    for {names[0]} in {columns[0]}:" if names else "    for _ in range(size):")
        for cell in walk.spread:
            if self.levels[cell] != EVERYONE:
                self._line(f"        v{cell} = s{cell}[i{walk.above.index(self.levels[cell])}]")
        for step, text in body:
            number = "" if step.place is None else f"  # line {step.place.line}"
            self._line(f"        {text}{number}", step.place)
            if step.cell in walk.made:
                self._line(f"        a{step.cell}(v{step.cell})", step.place)
        self._line(f"    return {''.join(f't{cell}, ' for cell in walk.made) or '()'}")


def resting_on_others(plan: Plan) -> frozenset[Cell]:
    """The cells that one person's rows and the rows of groups do not decide alone."""
    found: set[Cell] = set()
    for step in plan.steps:
        if any(cell in found for cell in step_refs(step)) or _looks_at_people(plan, step):
            found.add(step.cell)
    return frozenset(found)


def _looks_at_people(plan: Plan, step: Step) -> bool:
    """Whether a step looks at rows of several people, or at several groups."""
    match step:
        case Gather(source=rows, level=group) | Latest(source=rows, level=group) | Quantile(source=rows, level=group):
            pass
        case Rank(level=rows, group=group) | Running(level=rows, group=group) | Share(level=rows, group=group):
            pass
        case _:
            return False
    levels = plan.levels
    if PERSON in levels.above(group):
        return False
    return PERSON in levels.above(rows) or levels[rows].sort == "group"
