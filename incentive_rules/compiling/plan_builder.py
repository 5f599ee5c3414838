"""Builds the plan: gives each operation a cell, once, with its level and its bounds.

Equal operations share one cell, constants fold, and an operation is put at the coarsest level that can read its
operands; those from above are spread there. So what does not depend on the row is not computed by row.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, fields

from ..base.places import Place
from ..model.levels import ONE_PERSON, PERSON, Level, Levels
from ..model.plan import Atom, Cell, CellValue, Crossing, Expr, Find, Let, Lit, Op, Pick, Ref, Span, Spread, Step
from ..model.plan_cells import expr_refs

WIDEST = 256  # bits; what the engines' limbs go up to
NO_CELL = -1  # of a step that has none yet
TRUE, FALSE, ZERO, ONE = Lit(True), Lit(False), Lit(0), Lit(1)


class TooWide(Exception):
    """A number of more than `WIDEST` bits would be needed; `bits` says how many."""

    def __init__(self, bits: int) -> None:
        super().__init__(bits)
        self.bits = bits


def width_of(span: Span) -> int:
    """How many bits the magnitudes within `span` need."""
    return max(abs(span[0]), abs(span[1])).bit_length()


class PlanBuilder:
    """All cells of the plan being built; `place` is that of the current piece of formula.

    `context` is the level at which it is read: it decides the rows of an operation whose operands come from two levels
    that several kinds of rows can read together.
    """

    def __init__(self, levels: Levels = ONE_PERSON) -> None:
        self.place: Place | None = None
        self.context: Level = PERSON
        self.graph = levels
        self.maps: list[tuple[tuple[tuple[CellValue, CellValue], ...], CellValue]] = []
        self._steps: list[Step | None] = []  # by cell; None for an input
        self._levels: list[Level] = []
        self._spans: list[Span | None] = []
        self._known: dict[object, Cell] = {}
        self._meets: dict[frozenset[Level], Level | None] = {}

    # ── What is known of an atom ──────────────────────────────────────────────────────────────────

    def span(self, atom: Atom) -> Span:
        """The bounds of a number; (0, 0) of anything else."""
        if isinstance(atom, Lit):
            number = atom.value if type(atom.value) is int else 0
            return (number, number)
        return self._spans[atom.cell] or (0, 0)

    def level(self, atom: Ref) -> Level:
        return self._levels[atom.cell]

    def expr(self, atom: Atom) -> Expr:
        """The operation of an atom, or the atom itself if it is an input or a constant."""
        step = None if isinstance(atom, Lit) else self._steps[atom.cell]
        return step.expr if isinstance(step, Let) else atom

    def steps(self) -> tuple[Step, ...]:
        """All steps so far, with the bounds as narrowed since."""
        made = []
        for step, span in zip(self._steps, self._spans, strict=True):
            if isinstance(step, Let) and span is not None:
                step = Let(step.cell, step.level, step.expr, *span, place=step.place)
            made.append(step)
        return tuple(step for step in made if step is not None)

    # ── Making cells ──────────────────────────────────────────────────────────────────────────────

    def _new(self, level: Level, span: Span | None) -> Cell:
        if span is not None and width_of(span) > WIDEST:
            raise TooWide(width_of(span))
        self._levels.append(level)
        self._spans.append(span)
        self._steps.append(None)
        return len(self._steps) - 1

    def enter(self, level: Level, span: Span | None) -> Cell:
        """A cell that an input fills."""
        return self._new(level, span)

    def narrow(self, atom: Atom, low: int, high: int) -> Atom:
        """Notes that an atom lies between `low` and `high` on every row, and gives the atom back."""
        if isinstance(atom, Ref):
            least, most = self.span(atom)
            if max(least, low) <= min(most, high):
                self._spans[atom.cell] = (max(least, low), min(most, high))
        return atom

    def let(self, expr: Expr, span: Span | None, level: Level | None = None) -> Ref:
        """The cell of `expr`, at `level`, or where its operands meet."""
        if isinstance(expr, Ref):
            return expr if level is None else self.at(expr, level)
        if level is None:
            level = self.meet(self._levels[cell] for cell in expr_refs(expr))
        expr = self._spread_operands(expr, level)
        key = (level, expr)
        if key not in self._known:
            cell = self._known[key] = self._new(level, span)
            self._steps[cell] = Let(cell, level, expr, place=self.place)
        elif span is not None:
            self.narrow(Ref(self._known[key]), *span)
        return Ref(self._known[key])

    def meet(self, levels: Iterable[Level]) -> Level:
        """The coarsest level that can read all of these; the current one if there are several."""
        found = frozenset(levels)
        if len(found) == 1:
            return next(iter(found))
        if found not in self._meets:
            self._meets[found] = self.graph.meet(found) if found else None
        met = self._meets[found]
        return self.context if met is None else met

    def at(self, atom: Atom, level: Level) -> Ref:
        """A cell at `level` with the value of `atom`, which is at this level or above."""
        if isinstance(atom, Lit):
            return self.let(atom, self.span(atom) if type(atom.value) is int else None, level)
        own = self._levels[atom.cell]
        for finer in reversed(self.graph.way(level, own)[:-1] if own != level else ()):
            key = ("spread", finer, atom.cell)
            if key not in self._known:
                cell = self._known[key] = self._new(finer, self._spans[atom.cell])
                self._steps[cell] = Spread(cell, finer, atom.cell)
            atom = Ref(self._known[key])
        return atom

    def cross(self, step: Crossing) -> Ref:
        """The cell of a step over several rows, whose own `cell` is not given yet."""
        told_apart = (a.name for a in fields(type(step)) if a.name not in ("cell", "low", "high", "place"))
        key = (type(step), *(getattr(step, name) for name in told_apart))
        if key not in self._known:
            span = None if step.low is None or step.high is None else (step.low, step.high)
            cell = self._known[key] = self._new(step.level, span)
            self._steps[cell] = evolve(step, cell=cell, place=self.place)
        return Ref(self._known[key])

    def _spread_operands(self, expr: Expr, level: Level) -> Expr:
        def here(atom: Atom) -> Atom:
            return atom if isinstance(atom, Lit) else self.at(atom, level)

        match expr:
            case Op(operator=operator, operands=atoms):
                return Op(operator, tuple(here(atom) for atom in atoms))
            case Pick(condition=c, then=a, otherwise=b):
                return Pick(here(c), here(a), here(b))
            case Find(map=number, key=key):
                return Find(number, here(key))
        return expr
