"""Asks a solver (z3, the extra `proof`) what the directions leave open: whether pay can fall as scores rise.

The plan of a person is cut at the scores. Below the cut nothing is asked: directions say that these scores rise. Above
it two worlds are written down step by step, in whole numbers as the engine computes them, and the solver is asked for
scores, facts and crossings with which the line is less. Where there are none, none is possible in the scheme either,
for what is left free may take any value within its bounds. Where there are some, they need not be possible, so nothing
follows.

Rounding is a division without remainder. Each gets a quotient and a remainder of its own, and between the two worlds a
lemma that follows from these: what is no smaller has no smaller quotient. With it a solver is done in hundredths of a
second, without it not in minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count
from typing import Any

from ..model.levels import PERSON
from ..model.plan import Atom, Cell, CellValue, Find, Let, Lit, Op, Pick, Plan, Ref
from ..model.plan_cells import kinds_of_cells, spans_of_cells, step_refs
from ..model.scheme import Role

EFFORT = 4_000_000  # of one question, in the solver's own count of work: no clock decides a verdict
SolverCells = dict[Cell, Any]  # by cell, what the solver writes for it


class Question:
    """One plan, cut at `scores`, for questions about what stands above them."""

    def __init__(self, plan: Plan, effort: int = EFFORT) -> None:
        self.plan, self.effort = plan, effort
        self.outputs = {output.name: output for output in plan.outputs}
        self._kinds, self._spans = kinds_of_cells(plan), spans_of_cells(plan)
        scores = [output for output in plan.outputs if output.role is Role.SCORE and output.level == PERSON]
        self._steps = {step.cell: step for step in plan.steps}
        whole = [score for score in scores if not score.denominators]
        self._number_of = {score.name: self._proportional(score.numerator) for score in whole}
        self._cut = {*self._number_of.values(), *(score.known for score in scores if score.known is not None)}
        self._answers: dict[tuple[Cell, frozenset[Cell], bool], bool] = {}
        self._flags = [check.flag for check in plan.checks if check.level == PERSON]
        self._flags += [] if plan.in_scope is None else [plan.in_scope]

    def never_less(self, line: str, rising: Collection[str], moved: str) -> bool:
        """Whether `line` is proved not to fall where the scores `rising` rise because `moved`, a name, did.

        Their being known is the same in both worlds, and so is everything that does not rest on them. Nothing is
        claimed where `moved` reaches the line on another way than through scores.
        """
        return self._monotone(line, rising, moved, falls=True)

    def never_more(self, line: str, rising: Collection[str], moved: str) -> bool:
        """Whether `line` is proved not to rise: the same of what is taken off."""
        return self._monotone(line, rising, moved, falls=False)

    def _monotone(self, line: str, rising: Collection[str], moved: str, falls: bool) -> bool:
        found = self.outputs.get(line)
        if found is None or found.denominators or not rising or not self._number_of.keys() >= set(rising):
            return False
        wanted = [found.numerator, *self._flags]
        steps, needed = self._above_the_cut(wanted)
        if not self._cells_reached(moved).isdisjoint(needed):
            return False
        numbers = frozenset({self._number_of[name] for name in rising} & needed)
        question = (found.numerator, numbers, falls)
        if question not in self._answers:
            self._answers[question] = bool(numbers) and self._asked(steps, needed, *question)
        return self._answers[question]

    def _asked(self, steps: list[Let], needed: set[Cell], line: Cell, numbers: frozenset[Cell], falls: bool) -> bool:
        worlds = _SolverWorlds(self, steps, needed)
        first = worlds.first()
        better = {cell: worlds.free(cell) for cell in sorted(numbers)}
        second = worlds.second(first, better)
        rises = [better[cell] >= first[cell] for cell in better]
        rises += [worlds.any_of([better[cell] > first[cell] for cell in better])]
        held = [world[flag] for world in (first, second) for flag in self._flags]
        broken = second[line] < first[line] if falls else second[line] > first[line]
        # A proof about worlds that cannot be would prove anything: some must be possible.
        return worlds.is_possible([*held, *rises]) and worlds.is_impossible([*held, *rises, broken])

    def never(self, output: str, value: CellValue | None) -> bool:
        """Whether nobody is proved to have `value` in the name `output`, of its person's level; without a value,
        anything but 0."""
        found = self.outputs.get(output)
        if found is None or found.level != PERSON or found.denominators:
            return False
        known_by = [] if found.known is None else [found.known]
        steps, needed = self._above_the_cut([found.numerator, *known_by, *self._flags], cut=())
        worlds = _SolverWorlds(self, steps, needed)
        world = worlds.first()
        held = [world[flag] for flag in self._flags]
        known = [world[cell] for cell in known_by]
        has = world[found.numerator] != 0 if value is None else world[found.numerator] == worlds.constant(value)
        return worlds.is_possible(held) and worlds.is_impossible([*held, *known, has])

    # ── which cells take part ────────────────────────────────────────────────────────────────────

    def _above_the_cut(
        self, wanted: Iterable[Cell], cut: Collection[Cell] | None = None
    ) -> tuple[list[Let], set[Cell]]:
        """The person's own steps that lead to these cells, in order, and every cell that takes part.

        What crosses levels is free within its bounds.
        """
        stops = self._cut if cut is None else cut
        needed, kept = set(wanted), []
        for step in reversed(self.plan.steps):
            if step.cell in needed and step.cell not in stops and isinstance(step, Let) and step.level == PERSON:
                kept.append(step)
                needed.update(step_refs(step))
        return kept[::-1], needed

    def _cells_reached(self, name: str) -> set[Cell]:
        """The cells that rest on a name on another way than through a score."""
        inputs = [cell for one in self.plan.inputs if one.name == name for cell in one.cells]
        output = self.outputs.get(name)
        return self.moved_with({*inputs, *(output.cells if output is not None else ())} - self._cut, self._cut)

    def _proportional(self, cell: Cell) -> Cell:
        """The cell of which a cell is a positive multiple, and with which it rises: formulas may read that instead."""
        match self._steps.get(cell):
            case Let(expr=Op(operator="*", operands=(Lit(value=int() as factor), Ref(cell=inner)))) if factor > 0:
                return self._proportional(inner)
            case _:
                return cell

    def moved_with(self, cells: Collection[Cell], stops: Collection[Cell] = ()) -> set[Cell]:
        """These cells and all that rest on them, at any level, on a way without those where it stops."""
        moved = set(cells)
        for step in self.plan.steps:
            if step.cell not in stops and not moved.isdisjoint(step_refs(step)):
                moved.add(step.cell)
        return moved

    def kind_of(self, cell: Cell) -> type:
        return self._kinds[cell]

    def span_of(self, cell: Cell) -> tuple[int, int] | None:
        return self._spans[cell]


class _SolverWorlds:
    """Two worlds written down for the solver, and what is known of both."""

    def __init__(self, question: Question, steps: list[Let], needed: set[Cell]) -> None:
        import z3

        self.z3, self.question, self.steps, self.needed = z3, question, steps, needed
        self.known: list[Any] = []  # bounds of what is free, quotients, lemmas
        self._numbers = count()
        self._words: dict[str, int] = {}
        self._divided: dict[Cell, tuple[Any, Any, Any]] = {}  # of the first world: dividend, divisor, quotient

    # ── the two worlds ───────────────────────────────────────────────────────────────────────────

    def first(self) -> SolverCells:
        world: SolverCells = {}
        for step in self.steps:
            self._fill(world, step_refs(step), {})
            world[step.cell] = self._bounded(step, self._value(step, world, again=False))
        self._fill(world, self.needed, {})
        self._fillers(world)
        return world

    def second(self, first: SolverCells, given: SolverCells) -> SolverCells:
        """The second world: `given` are its cells at the cut; what does not rest on them is as in the first."""
        moved = self.question.moved_with(given)
        world: SolverCells = dict(given)
        for step in self.steps:
            self._fill(world, step_refs(step), first, moved)
            if step.cell not in moved:
                world[step.cell] = first[step.cell]
            elif step.cell not in world:
                world[step.cell] = self._bounded(step, self._value(step, world, again=True))
        self._fill(world, self.needed, first, moved)
        return world

    def _fill(
        self, world: SolverCells, cells: Iterable[Cell], first: SolverCells, moved: Collection[Cell] = ()
    ) -> None:
        """Gives each cell that no step makes a free value, or the one of the first world where it does not move."""
        for cell in cells:
            if cell not in world:
                world[cell] = first[cell] if cell in first and cell not in moved else self.free(cell)

    def _fillers(self, world: SolverCells) -> None:
        """What is missing is a filler in the engine, and so it is here."""
        for one in self.question.plan.inputs:
            if one.known is not None and one.cell in world and one.known in world:
                filler = world[one.cell] == self.constant(one.filler)
                self.known.append(self.z3.Or(world[one.known], filler))

    # ── single values ────────────────────────────────────────────────────────────────────────────

    def free(self, cell: Cell) -> Any:
        """A value of which nothing is known but its bounds; of a word, but that it is one of those declared."""
        name = f"c{cell}_{next(self._numbers)}"
        kind = self.question.kind_of(cell)
        if kind is bool:
            return self.z3.Bool(name)
        value = self.z3.Int(name)
        span = self.question.span_of(cell)
        if span is not None:
            self.known += [value >= span[0], value <= span[1]]
        words = next((one.type.values for one in self.question.plan.inputs if one.cell == cell), None)
        if kind is str and words:
            self.known.append(self.z3.Or([value == self._word(word) for word in sorted(words)]))
        return value

    def constant(self, value: CellValue) -> Any:
        if isinstance(value, bool):
            return self.z3.BoolVal(value)
        return self._word(value) if isinstance(value, str) else self.z3.IntVal(value)

    def _word(self, word: str) -> Any:
        return self.z3.IntVal(self._words.setdefault(word, len(self._words)))

    def _bounded(self, step: Let, value: Any) -> Any:
        """The value of a step; its bounds, which compiling has proved, join what is known."""
        if step.low is None or step.high is None:
            return value
        self.known += [value >= step.low, value <= step.high]
        return value

    def _value(self, step: Let, world: SolverCells, again: bool) -> Any:
        """What a step makes of cells of its world; `again` in the second world."""
        def at(atom: Atom) -> Any:
            return self.constant(atom.value) if isinstance(atom, Lit) else world[atom.cell]

        match step.expr:
            case Lit() | Ref() as atom:
                return at(atom)
            case Pick(condition=condition, then=then, otherwise=otherwise):
                return self.z3.If(at(condition), at(then), at(otherwise))
            case Find(map=number, key=key):
                entries, default = self.question.plan.maps[number]
                found, wanted = self.constant(default), at(key)
                for entry, value in reversed(entries):
                    found = self.z3.If(wanted == self.constant(entry), self.constant(value), found)
                return found
            case Op(operator="//", operands=(left, right)):
                return self._quotient(step.cell, at(left), at(right), again)
            case Op(operator=operator, operands=operands):
                return self._operation(operator, [at(one) for one in operands])

    def _quotient(self, cell: Cell, dividend: Any, divisor: Any, again: bool) -> Any:
        number = next(self._numbers)
        quotient, remainder = self.z3.Int(f"q{number}"), self.z3.Int(f"r{number}")
        self.known += [dividend == quotient * divisor + remainder, remainder >= 0, remainder < divisor]
        if not again:
            self._divided[cell] = (dividend, divisor, quotient)
        elif cell in self._divided:
            before, by, was = self._divided[cell]
            same = self.z3.BoolVal(True) if by.eq(divisor) else by == divisor
            self.known += [
                self.z3.Implies(self.z3.And(same, before <= dividend), was <= quotient),
                self.z3.Implies(self.z3.And(same, dividend <= before), quotient <= was),
            ]
        return quotient

    def _operation(self, operator: str, values: list[Any]) -> Any:
        if operator == "neg":
            return -values[0]
        if operator == "abs":
            return self.z3.If(values[0] >= 0, values[0], -values[0])
        if operator == "not":
            return self.z3.Not(values[0])
        left, right = values
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "min":
                return self.z3.If(left <= right, left, right)
            case "max":
                return self.z3.If(left >= right, left, right)
            case "<":
                return left < right
            case "<=":
                return left <= right
            case "==":
                return left == right
            case "and":
                return self.z3.And(left, right)
            case "or":
                return self.z3.Or(left, right)
        raise AssertionError(f"the plan has no operator {operator}")

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    def any_of(self, conditions: list[Any]) -> Any:
        return self.z3.Or(conditions)

    def is_possible(self, conditions: list[Any]) -> bool:
        return bool(self._asked(conditions) == self.z3.sat)

    def is_impossible(self, conditions: list[Any]) -> bool:
        return bool(self._asked(conditions) == self.z3.unsat)

    def _asked(self, conditions: list[Any]) -> Any:
        solver = self.z3.Solver()
        solver.set("rlimit", self.question.effort)
        solver.add(self.known)
        solver.add(conditions)
        return solver.check()
