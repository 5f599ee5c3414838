"""Compiles table look-ups: edges compared by cross-multiplying, words found in constant maps.

`from`, `up_to`, `points` and `slices` are all pieces of straight lines over the key, found by halving.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import evolve

from ..model.plan import Atom, Lit
from ..model.scheme import TableKind
from ..model.terms import Constant, Grid
from .cells import CellBuilder
from .choices import MISSING_NUMBER, aligned, choose, compare, extreme
from .plan_builder import FALSE, TRUE
from .rationals import Lowered, Rational, TextOrFlag, add_rationals, constant_rational, multiply_rationals, reduced

Test = Callable[[Fraction], Atom]


def lower_look_up(cells: CellBuilder, grid: Grid, keys: tuple[Lowered, ...]) -> Lowered:
    """The cell of `grid` at `keys`; missing where a key is."""
    found = _level(cells, grid, keys)
    return evolve(found, known=cells.all_of(found.known, *(key.known for key in keys)))


def _level(cells: CellBuilder, grid: Grid, keys: tuple[Lowered, ...]) -> Lowered:
    key, rest = keys[0], keys[1:]
    if grid.kind == TableKind.EQUALS:
        return _equals(cells, grid, key, rest)
    assert isinstance(key, Rational)
    flat = all(isinstance(value, Fraction) for _, value in grid.rows)
    if grid.kind == TableKind.POINTS:
        return _points(cells, grid, key) if flat else _between(cells, grid, key, rest)
    if grid.kind == TableKind.SLICES:
        return _slices(cells, grid, key) if flat else _at_rates(cells, grid, key, rest)
    return _edges(cells, grid, key, rest)


def _leaf(cells: CellBuilder, value: Grid | Constant, rest: tuple[Lowered, ...]) -> Lowered:
    if isinstance(value, Grid):
        return _level(cells, value, rest)
    if value is None:
        return MISSING_NUMBER
    return constant_rational(value) if isinstance(value, Fraction) else TextOrFlag(Lit(value))


def _alike(cells: CellBuilder, leaves: Sequence[Lowered]) -> list[Lowered]:
    """Leaves that are numbers, over one constant; missing ones unchanged."""
    numbers = [leaf for leaf in leaves if isinstance(leaf, Rational) and leaf.known != FALSE]
    alike = iter(aligned(cells, numbers)) if numbers else iter(())
    return [next(alike) if isinstance(leaf, Rational) and leaf.known != FALSE else leaf for leaf in leaves]


# ── Edges and lines ───────────────────────────────────────────────────────────────────────────────


def _halved(cells: CellBuilder, edges: Sequence[Fraction], leaves: Sequence[Lowered], beyond: Test) -> Lowered:
    """Of one leaf more than edges, the one after the last edge that the key is `beyond`."""
    if not edges:
        return leaves[0]
    middle = len(edges) // 2
    return choose(
        cells,
        beyond(edges[middle]),
        _halved(cells, edges[middle + 1 :], leaves[middle + 1 :], beyond),
        _halved(cells, edges[:middle], leaves[: middle + 1], beyond),
    )


def _edges(cells: CellBuilder, grid: Grid, key: Rational, rest: tuple[Lowered, ...]) -> Lowered:
    from_ = grid.kind == TableKind.FROM
    edges = [edge for edge, _ in grid.rows if isinstance(edge, Fraction)]
    leaves = [_leaf(cells, value, rest) for _, value in grid.rows]
    if grid.complete:
        edges = edges[1:] if from_ else edges[:-1]
    else:
        other = _leaf(cells, grid.otherwise, rest)
        leaves = [other, *leaves] if from_ else [*leaves, other]
    return _halved(cells, edges, _alike(cells, leaves), _reaches(cells, key, "<=" if from_ else "<"))


def _reaches(cells: CellBuilder, key: Rational, operator: str) -> Test:
    return lambda edge: compare(cells, operator, constant_rational(edge), evolve(key, known=None))


def _line(cells: CellBuilder, key: Rational, slope: Fraction, intercept: Fraction) -> Rational:
    if slope == 0:
        return constant_rational(intercept)
    return add_rationals(
        cells,
        multiply_rationals(cells, constant_rational(slope), evolve(key, known=None)),
        constant_rational(intercept),
    )


def _points(cells: CellBuilder, grid: Grid, key: Rational) -> Rational:
    points = [(x, y) for x, y in grid.rows if isinstance(x, Fraction) and isinstance(y, Fraction)]
    lines = [(Fraction(0), points[0][1])]
    for (x, y), (next_x, next_y) in itertools.pairwise(points):
        slope = (next_y - y) / (next_x - x)
        lines.append((slope, y - slope * x))
    lines.append((Fraction(0), points[-1][1]))
    ys = [y for _, y in points]
    return _pieces(cells, key, [x for x, _ in points], lines, (min(ys), max(ys)))


def _slices(cells: CellBuilder, grid: Grid, key: Rational) -> Rational:
    """Each slice at its own rate from its lower edge; 0 at and below the first edge."""
    slices = [(edge, rate) for edge, rate in grid.rows if isinstance(edge, Fraction) and isinstance(rate, Fraction)]
    lines, value, before = [(Fraction(0), Fraction(0))], Fraction(0), (slices[0][0], Fraction(0))
    for edge, rate in slices:
        value += (edge - before[0]) * before[1]
        lines.append((rate, value - rate * edge))
        before = (edge, rate)
    ends = [Fraction(0), value]
    if key.high > before[0]:
        ends.append(value + (key.high - before[0]) * before[1])
    for (edge, _), (rate, intercept) in zip(slices, lines[1:], strict=True):
        ends.append(rate * edge + intercept)
    return _pieces(cells, key, [edge for edge, _ in slices], lines, (min(ends), max(ends)))


def _between(cells: CellBuilder, grid: Grid, key: Rational, rest: tuple[Lowered, ...]) -> Lowered:
    """Straight lines between values that the further keys decide; flat outside."""
    edges = [edge for edge, _ in grid.rows if isinstance(edge, Fraction)]
    values = [_number(_leaf(cells, value, rest)) for _, value in grid.rows]
    lines = [values[0]]
    for (start, end), (low, high) in zip(itertools.pairwise(edges), itertools.pairwise(values), strict=True):
        beyond = add_rationals(cells, evolve(key, known=None), constant_rational(start), minus=True)
        part = multiply_rationals(cells, constant_rational(1 / (end - start)), beyond)
        line = add_rationals(cells, low, multiply_rationals(cells, add_rationals(cells, high, low, minus=True), part))
        lines.append(line)
    lines.append(values[-1])
    found = _halved(cells, edges, lines, _reaches(cells, key, "<="))
    assert isinstance(found, Rational)
    ends = min(value.low for value in values), max(value.high for value in values)
    return reduced(cells, evolve(found, low=max(found.low, ends[0]), high=min(found.high, ends[1])))


def _at_rates(cells: CellBuilder, grid: Grid, key: Rational, rest: tuple[Lowered, ...]) -> Lowered:
    """Each slice at a rate that the further keys decide."""
    edges = [edge for edge, _ in grid.rows if isinstance(edge, Fraction)]
    total = constant_rational(Fraction(0))
    for (_, value), start, end in zip(grid.rows, edges, [*edges[1:], None], strict=True):
        top = evolve(key, known=None)
        if end is not None:
            top = extreme(cells, False, top, constant_rational(end))
        part = extreme(
            cells, True, add_rationals(cells, top, constant_rational(start), minus=True), constant_rational(Fraction(0))
        )
        total = add_rationals(cells, total, multiply_rationals(cells, part, _number(_leaf(cells, value, rest))))
    return total


def _number(leaf: Lowered) -> Rational:
    assert isinstance(leaf, Rational)
    return leaf


def _pieces(
    cells: CellBuilder,
    key: Rational,
    edges: list[Fraction],
    lines: list[tuple[Fraction, Fraction]],
    bounds: tuple[Fraction, Fraction],
) -> Rational:
    """One straight line between each two edges, over a common denominator; pieces out of reach are left out."""
    first = max((i for i, edge in enumerate(edges) if edge <= key.low), default=-1)
    last = min((i for i, edge in enumerate(edges) if edge > key.high), default=len(edges))
    leaves = [_line(cells, key, *line) for line in lines[first + 1 : last + 1]]
    alike = [_over_key(cells, key, leaf) for leaf in aligned(cells, leaves)]
    found = _halved(cells, edges[first + 1 : last], alike, _reaches(cells, key, "<="))
    assert isinstance(found, Rational)
    return reduced(cells, evolve(found, low=max(found.low, bounds[0]), high=min(found.high, bounds[1])))


def _over_key(cells: CellBuilder, key: Rational, leaf: Rational) -> Rational:
    """A flat piece written over the key's own factors, so that a choice need not pick denominators."""
    if leaf.factors == key.factors:
        return leaf
    return evolve(leaf, top=cells.multiply(cells.product(key.factors), leaf.top), factors=key.factors)


# ── Words, flags and exact numbers ────────────────────────────────────────────────────────────────


def _equals(cells: CellBuilder, grid: Grid, key: Lowered, rest: tuple[Lowered, ...]) -> Lowered:
    leaves = [_leaf(cells, value, rest) for _, value in grid.rows]
    entries = [edge for edge, _ in grid.rows]
    leaves.append(leaves[-1] if grid.complete else _leaf(cells, grid.otherwise, rest))
    leaves = _alike(cells, leaves)
    if isinstance(key, Rational):
        if key.factors:
            return _one_by_one(cells, key, [e for e in entries if isinstance(e, Fraction)], leaves)
        reachable = [
            (int(edge * key.constant), leaf)
            for edge, leaf in zip(entries, leaves, strict=False)
            if isinstance(edge, Fraction) and (edge * key.constant).denominator == 1
        ]
        return _in_map(cells, key.top, reachable, leaves[-1])
    words = [(e, leaf) for e, leaf in zip(entries, leaves, strict=False) if isinstance(e, str | bool)]
    if words and isinstance(words[0][0], bool):
        by_flag = {bool(word): leaf for word, leaf in words}
        return choose(cells, key.atom, by_flag.get(True, leaves[-1]), by_flag.get(False, leaves[-1]))
    return _in_map(cells, key.atom, words, leaves[-1])


def _one_by_one(cells: CellBuilder, key: Rational, edges: list[Fraction], leaves: list[Lowered]) -> Lowered:
    found = leaves[-1]
    for edge, leaf in zip(edges, leaves, strict=False):
        found = choose(cells, compare(cells, "==", evolve(key, known=None), constant_rational(edge)), leaf, found)
    return found


def _in_map(
    cells: CellBuilder, key: Atom, rows: Sequence[tuple[str | int | bool, Lowered]], default: Lowered
) -> Lowered:
    leaves = [*(leaf for _, leaf in rows), default]
    if not all(_is_constant(leaf) for leaf in leaves):
        return _by_number(cells, key, rows, default)
    sure = [leaf for leaf in leaves if leaf.known != FALSE]
    if not sure:
        return default
    entries = tuple((word, _value(leaf, sure[0])) for word, leaf in rows)
    atom = cells.find(entries, _value(default, sure[0]), key)
    known: Atom | None = None
    if len(sure) < len(leaves):
        flags = tuple((word, leaf.known != FALSE) for word, leaf in rows)
        known = cells.find(flags, default.known != FALSE, key)
    if isinstance(sure[0], TextOrFlag):
        return TextOrFlag(atom, known)
    numbers = [leaf for leaf in sure if isinstance(leaf, Rational)]
    low, high = min(n.low for n in numbers), max(n.high for n in numbers)
    return reduced(cells, Rational(atom, low, high, sure[0].constant, (), None if known == TRUE else known))


def _is_constant(leaf: Lowered) -> bool:
    atom = leaf.top if isinstance(leaf, Rational) else leaf.atom
    return leaf.known == FALSE or (leaf.known is None and isinstance(atom, Lit) and not _factors(leaf))


def _factors(leaf: Lowered) -> bool:
    return isinstance(leaf, Rational) and bool(leaf.factors)


def _value(leaf: Lowered, filler: Lowered) -> str | int | bool:
    chosen = filler if leaf.known == FALSE else leaf
    atom = chosen.top if isinstance(chosen, Rational) else chosen.atom
    assert isinstance(atom, Lit)
    return atom.value


def _by_number(
    cells: CellBuilder, key: Atom, rows: Sequence[tuple[str | int | bool, Lowered]], default: Lowered
) -> Lowered:
    """Rows with further levels: the word is replaced by the number of its row, which is then found by halving."""
    if not rows:
        return default
    entries = tuple((word, number) for number, (word, _) in enumerate(rows))
    number = cells.find(entries, len(rows), key)
    leaves = [*(leaf for _, leaf in rows), default]

    def reaches(edge: Fraction) -> Atom:
        return cells.compare("<=", Lit(int(edge)), number)

    edges = [Fraction(i) for i in range(1, len(leaves))]
    return _halved(cells, edges, leaves, reaches)
