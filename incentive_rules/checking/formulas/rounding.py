"""How names round: the decimals a role brings, the places a formula needs, bounds after rounding."""

from __future__ import annotations

import itertools
from fractions import Fraction

from ...base.numbers import Rounding, decimals_of, rounded
from ...lang.aggregates import Gives
from ...lang.types import Bounds, Kind
from ...model import terms as t
from ...model.checked import CheckedInput, CheckedQuantity
from ...model.scheme import TableKind

SCORE_DECIMALS = 4
MOST_DECIMALS = 15


def rounded_bounds(bounds: Bounds, decimals: int, mode: Rounding) -> Bounds:
    """Bounds after rounding; rounding never changes an order, so the ends round."""
    return Bounds(
        None if bounds.low is None else rounded(bounds.low, decimals, mode),
        None if bounds.high is None else rounded(bounds.high, decimals, mode),
    )


class ExactDecimals:
    """How many decimals write a term exactly, whatever the row; None where no number of them does."""

    def __init__(self, inputs: dict[str, CheckedInput], quantities: dict[str, CheckedQuantity]) -> None:
        self.inputs = inputs
        self.quantities = quantities
        self._known: dict[int, tuple[t.Term, int | None]] = {}  # the term is held, so that its id stays its own

    def of(self, term: t.Term) -> int | None:
        """The decimals that always suffice, at most fifteen."""
        found = self._of(term)
        return found if found is not None and found <= MOST_DECIMALS else None

    def _of(self, term: t.Term) -> int | None:
        seen = self._known.get(id(term))
        if seen is None:
            seen = (term, self._find(term))
            self._known[id(term)] = seen
        return seen[1]

    def _find(self, term: t.Term) -> int | None:
        match term:
            case t.Fixed(value=Fraction() as value):
                return decimals_of(value)
            case t.Fixed() | t.IsKnown():
                return 0
            case t.Read(name=name):
                if name in self.inputs:
                    return self.inputs[name].decimals
                quantity = self.quantities[name]
                return quantity.decimals if quantity.facts.type.kind is Kind.NUMBER else 0
            case t.Product(left=a, right=b):
                return _plus(self._of(a), self._of(b))
            case t.Quotient(left=a, right=t.Fixed(value=Fraction() as value)) if value:
                return _plus(self._of(a), decimals_of(1 / value))
            case t.Quotient() | t.Mean():
                return None
            case t.Power(operand=x, exponent=k):
                one = self._of(x)
                return None if one is None else one * k
            case t.Rounded(decimals=decimals):
                return decimals
            case t.LookUp(grid=grid, keys=keys):
                return self._look_up(grid, keys)
            case t.Aggregate() | t.Fold() if term.entry.divides:
                return None
            case t.Aggregate() | t.Fold() if term.entry.gives is Gives.COUNT:
                return 0
            case t.Ranked():
                return 0
            case t.Aggregate(method="linear", value=value, fraction=fraction) if value is not None:
                return _plus(self._of(value), decimals_of(fraction))
            case t.Shared(decimals=decimals):
                return decimals
            case t.Aggregate(value=value) | t.Running(value=value) if value is not None:
                return self._of(value)
            case t.Fold(values=values):
                return _most([self._of(v) for v in values if v is not None])
            case t.Choice(then=a, otherwise=b):
                return _most([self._of(a), self._of(b)])
            case t.Adjusted(operand=x, steps=steps):
                if any(s.action == "multiply" for s in steps):
                    return None
                return _most([self._of(x), *(self._of(s.amount) for s in steps)])
        return _most([self._of(x) for x in t.operands(term)])

    def _look_up(self, grid: t.Grid, keys: tuple[t.Term, ...]) -> int | None:
        inner = [r for r in (*(r for _, r in grid.rows), grid.otherwise) if isinstance(r, t.Grid)]
        values = _most([*(self._look_up(g, keys[1:]) for g in inner), _cells(grid)])
        if grid.kind not in (TableKind.POINTS, TableKind.SLICES):
            return values
        edges = [e for e, _ in grid.rows if isinstance(e, Fraction)]
        if grid.kind == TableKind.SLICES:
            return _plus(_most([self._of(keys[0]), *map(decimals_of, edges)]), values)
        if not inner:
            return _most([*(_plus(self._of(keys[0]), decimals_of(slope)) for slope in _slopes(grid)), values])
        part = _most([self._of(keys[0]), *map(decimals_of, edges)])
        lengths = [decimals_of(1 / (end - start)) for start, end in itertools.pairwise(edges)]
        return _plus(_plus(values, part), _most(lengths))


def _cells(grid: t.Grid) -> int | None:
    values = [r for _, r in grid.rows] + [grid.otherwise]
    return _most([decimals_of(v) for v in values if isinstance(v, Fraction)])


def _slopes(grid: t.Grid) -> list[Fraction]:
    rows = [(e, r) for e, r in grid.rows if isinstance(e, Fraction) and isinstance(r, Fraction)]
    found = []
    for (a, p), (b, q) in itertools.pairwise(rows):
        slope = (q - p) / (b - a)
        found += [slope, slope * a]
    return found


def _plus(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left + right


def _most(places: list[int | None]) -> int | None:
    found = [p for p in places if p is not None]
    return None if len(found) < len(places) else max(found, default=0)
