"""Tables applied to arguments: keys read as the argument asks, holes and unreachable rows found."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from ..base.diagnostics import Other
from ..base.numbers import read_number, show_number
from ..base.places import Place
from ..base.text import nearest
from ..lang import nodes as n
from ..lang.types import Bounds, Facts, Kind
from ..model import terms as t
from ..model.scheme import TableBody, TableKind
from ..model.terms import Constant, Grid
from .constants import FLAGS, day_number
from .situation import hull
from .tables import Columns
from .typing import product

if TYPE_CHECKING:
    from .formulas import Formulas
    from .frames import Frame

MOST_WORDS = 2_000  # a whole-number key with a wider range needs an `else`


def look_up(
    formulas: Formulas, columns: Columns, column: str, keys: tuple[t.Term, ...], nodes: Sequence[n.Node], node: n.Node,
    frame: Frame,
) -> t.Term:  # fmt: skip
    """The term of one output of a table at `keys`; unknown, and reported, where a row is missing."""
    if not formulas.spend(columns.size, frame):
        return formulas.refused(node, frame)
    arguments = tuple(_said(x, frame.place_of(x), formulas) for x in nodes)
    fitter = _Fitter(formulas, columns.name, keys, tuple(frame.place_of(x) for x in nodes), arguments)
    grid = fitter.fit(columns.grids[column], columns.body, 0, None)
    if grid is None:
        return formulas.refused(node, frame)
    facts = columns.facts[column]
    last = keys[-1].facts
    if any(x.facts.may_miss for x in keys):
        facts = evolve(facts, may_miss=True)
    if grid.kind == TableKind.SLICES or (
        isinstance(columns.body, TableBody) and _innermost(columns.body) is TableKind.SLICES
    ):
        facts = evolve(facts, type=product(evolve(facts.type, literal=False), evolve(last.type, literal=False)))
    if facts.type.kind is Kind.NUMBER:
        facts = evolve(facts, bounds=_bounds(grid, [x.facts.bounds for x in keys]))
    return t.LookUp(facts=facts, place=frame.place_of(node), grid=grid, keys=keys, table=columns.name)


def _said(node: n.Node, place: Place, formulas: Formulas) -> str:
    """An argument as its author would say it: a table in place has its argument from elsewhere."""
    if not isinstance(node, n.Name):
        return place.text
    chinese = formulas.world.scheme.keyword_language == "zh" and node.name.startswith("value(")
    return f"实际值{node.name[5:]}" if chinese else node.name


def _innermost(body: TableBody) -> TableKind:
    for _, result in body.rows:
        if isinstance(result, TableBody):
            return _innermost(result)
    return body.kind


class _Fitter:
    """Fits the levels of a table to its arguments, one key after the other."""

    def __init__(
        self, formulas: Formulas, name: str, keys: tuple[t.Term, ...], places: tuple[Place, ...],
        arguments: tuple[str, ...],
    ) -> None:  # fmt: skip
        self.report = formulas.report
        self.formulas = formulas
        self.name = name
        self.keys = keys
        self.places = places
        self.arguments = arguments

    def fit(
        self, grid: Grid, body: TableBody | None, depth: int, inherited: tuple[Grid | Constant] | None
    ) -> Grid | None:
        """One level with its keys read; an `else` further out holds for the levels inside."""
        facts = self.keys[depth].facts
        fallback = (grid.otherwise,) if not grid.complete else inherited
        if grid.kind == TableKind.EQUALS:
            rows = self._words(grid, body, facts, depth, fallback is not None)
        else:
            rows = self._edges(grid, body, facts, depth, fallback is not None)
        if rows is None:
            return None
        below = {i: result for i, (_, result) in enumerate(body.rows)} if body is not None else {}
        order = (
            {self._key_text(edge.text, facts): i for i, (edge, _) in enumerate(body.rows)} if body is not None else {}
        )
        # An `else` that is a table itself answers for the next key only; a constant answers at any depth.
        passed_on = fallback if fallback is not None and not isinstance(fallback[0], Grid) else None
        fitted: list[tuple[Fraction | str | bool, Grid | Constant]] = []
        for edge, result in rows:
            if isinstance(result, Grid):
                inside = below.get(order.get(edge, -1))
                deeper = self.fit(result, inside if isinstance(inside, TableBody) else None, depth + 1, passed_on)
                if deeper is None:
                    return None
                fitted.append((edge, deeper))
            else:
                fitted.append((edge, result))
        otherwise = fallback[0] if fallback is not None else None
        if isinstance(otherwise, Grid) and depth + 1 < len(self.keys) and not grid.complete:
            written = body.otherwise if body is not None else None
            otherwise = self.fit(otherwise, written if isinstance(written, TableBody) else None, depth + 1, inherited)
            if otherwise is None:
                return None
        return Grid(grid.kind, tuple(fitted), otherwise, complete=fallback is None)

    def _key_text(self, text: str, facts: Facts) -> Fraction | str | bool | None:
        from_number = read_number(text)
        if facts.type.kind in (Kind.NUMBER, Kind.DATE):
            return from_number
        return FLAGS.get(text) if facts.type.kind is Kind.BOOLEAN else text

    # ── equals ───────────────────────────────────────────────────────────────────────────────────

    def _words(
        self, grid: Grid, body: TableBody | None, facts: Facts, depth: int, covered: bool
    ) -> list[tuple[Fraction | str | bool, Grid | Constant]] | None:
        rows: list[tuple[Fraction | str | bool, Grid | Constant]] = []
        texts: dict[Fraction | str | bool, str] = {}
        for edge, result in grid.rows:
            value = self._key_text(str(edge), facts)
            if value is None:
                self._refuse_edge(str(edge), self._edge_place(body, str(edge)) or self.places[depth], facts)
                return None
            if value in texts:  # 60 and 60.0, or true and 是: two texts of one value
                first, second = (self._edge_place(body, x) or self.places[depth] for x in (texts[value], str(edge)))
                self.report("table-edge-twice", second, name=self.name, edge=str(edge), others=(Other(first),))
                return None
            texts[value] = str(edge)
            rows.append((value, result))
        keys = set(texts)
        wanted = _all_values(facts)
        written_out = isinstance(self.keys[depth], t.Fixed)  # one word, of a table that others look words up in
        if facts.type.kind is Kind.CATEGORY and facts.type.values is not None and not written_out:
            for edge in sorted(str(k) for k in keys if k not in facts.type.values):
                close = nearest(edge, sorted(facts.type.values))
                place = self._edge_place(body, edge) or self.places[depth]
                self.report(
                    "table-word", place, name=self.name, text=edge, argument=self.arguments[depth],
                    values=", ".join(sorted(facts.type.values)),
                    near=close[0] if close else "", variant="near" if close else "",
                )  # fmt: skip
                return None
        if covered:
            return rows
        if wanted is None:
            self.report("table-else", self._body_place(body, depth), name=self.name, argument=self.arguments[depth])
            return None
        absent = [x for x in wanted if x not in keys]
        if absent:
            self.report(
                "table-incomplete", self._body_place(body, depth), name=self.name, argument=self.arguments[depth],
                value=_shown(absent[0]), others=self.formulas.declared_at([self.arguments[depth]]),
            )  # fmt: skip
            return None
        return rows

    def _refuse_edge(self, text: str, place: Place, facts: Facts) -> None:
        kind = str(facts.type.kind)
        self.report("table-edge", place, name=self.name, text=text, variant="word", kind_word=kind)

    def _edge_place(self, body: TableBody | None, text: str) -> Place | None:
        if body is None:
            return None
        return next((edge.place for edge, _ in body.rows if edge.text == text), None)

    def _body_place(self, body: TableBody | None, depth: int) -> Place:
        return body.place if body is not None else self.places[depth]

    # ── edges ────────────────────────────────────────────────────────────────────────────────────

    def _edges(
        self, grid: Grid, body: TableBody | None, facts: Facts, depth: int, covered: bool
    ) -> list[tuple[Fraction | str | bool, Grid | Constant]] | None:
        if facts.type.kind not in (Kind.NUMBER, Kind.DATE):
            self.report("number-needed", self.places[depth], kind_word=str(facts.type.kind))
            return None
        for written, _ in body.rows if body is not None else ():
            if (day_number(written.text) is not None) is not (facts.type.kind is Kind.DATE):
                self._refuse_edge(written.text, written.place, facts)
                return None
        numbers = [edge for edge, _ in grid.rows if isinstance(edge, Fraction)]
        bounds = facts.bounds
        first, last = numbers[0], numbers[-1]
        hole = ""
        if grid.kind == TableKind.FROM and not covered and (bounds.low is None or bounds.low < first):
            hole = "below"
        elif grid.kind == TableKind.UP_TO and not covered and (bounds.high is None or bounds.high > last):
            hole = "above"
        elif grid.kind == TableKind.SLICES and (bounds.low is None or bounds.low < first):
            hole = "slices"
        if hole:
            edge = last if hole == "above" else first
            self.report(
                "table-hole", self._body_place(body, depth), variant=hole, name=self.name, edge=show_number(edge),
                argument=self.arguments[depth], span=self.formulas.span(bounds),
            )  # fmt: skip
            return None
        self._unreachable(grid, body, bounds, numbers)
        return list(grid.rows)

    def _unreachable(self, grid: Grid, body: TableBody | None, bounds: Bounds, numbers: list[Fraction]) -> None:
        """Note the rows that this use cannot reach, and those that it can."""
        if body is None:
            return
        places, rows = {read_number(e.text): e.place for e, _ in body.rows}, self.formulas.world.unreached
        if bounds.low is None or bounds.high is None:
            rows.update(dict.fromkeys(places.values()))
            return
        for i, edge in enumerate(numbers):
            if grid.kind == TableKind.FROM:
                dead = edge > bounds.high or (i + 1 < len(numbers) and numbers[i + 1] <= bounds.low)
            elif grid.kind == TableKind.UP_TO:
                dead = edge < bounds.low or (i > 0 and numbers[i - 1] >= bounds.high)
            elif grid.kind == TableKind.SLICES:
                dead = edge > bounds.high
            else:
                return
            place = places.get(edge)
            if place is not None and not dead:
                rows[place] = None
            elif place is not None:
                rows.setdefault(place, (self.name, show_number(edge), self.formulas.span(bounds)))


def _shown(value: Fraction | str | bool) -> str:
    if isinstance(value, Fraction):
        return show_number(value)
    return str(value).lower() if isinstance(value, bool) else value


def _all_values(facts: Facts) -> list[Fraction | str | bool] | None:
    """Every value an argument can take, if they can be listed."""
    kind, bounds = facts.type.kind, facts.bounds
    if kind is Kind.BOOLEAN:
        return [True, False]
    if kind is Kind.CATEGORY and facts.type.values is not None:
        return sorted(facts.type.values)
    if kind is Kind.NUMBER and facts.type.whole and bounds.low is not None and bounds.high is not None:
        low, high = -((-bounds.low) // 1), bounds.high // 1
        return [Fraction(x) for x in range(low, high + 1)] if high - low < MOST_WORDS else None
    return None


def _bounds(grid: Grid, keys: list[Bounds]) -> Bounds:
    """Bounds of a look-up: the rows that the key can reach, exactly at ends and edges where lines run."""
    own = keys[0]
    found: Bounds | None = None
    candidates: list[Bounds] = []
    if grid.kind in (TableKind.POINTS, TableKind.SLICES) and all(isinstance(r, Fraction) for _, r in grid.rows):
        return _line_bounds(grid, own)
    numbers = [edge for edge, _ in grid.rows]
    for i, (edge, result) in enumerate(grid.rows):
        if isinstance(edge, Fraction) and own.low is not None and own.high is not None:
            following = numbers[i + 1] if i + 1 < len(numbers) else None
            before = numbers[i - 1] if i else None
            if grid.kind == TableKind.FROM and (
                edge > own.high or (isinstance(following, Fraction) and following <= own.low)
            ):
                continue
            if grid.kind == TableKind.UP_TO and (
                edge < own.low or (isinstance(before, Fraction) and before >= own.high)
            ):
                continue
        candidates.extend(_result_bounds(result, keys))
    if not grid.complete:
        candidates.extend(_result_bounds(grid.otherwise, keys))
    for bounds in candidates:
        found = bounds if found is None else hull(found, bounds)
    return found if found is not None else Bounds(Fraction(0), Fraction(0))


def _result_bounds(result: Grid | Constant, keys: list[Bounds]) -> list[Bounds]:
    if isinstance(result, Grid):
        return [_bounds(result, keys[1:])]
    return [Bounds(result, result)] if isinstance(result, Fraction) else []


def _line_bounds(grid: Grid, key: Bounds) -> Bounds:
    """The least and the largest value of lines between the ends of the key: they lie at ends and edges."""
    edges = [(e, r) for e, r in grid.rows if isinstance(e, Fraction) and isinstance(r, Fraction)]
    ends = [end for end in (key.low, key.high) if end is not None]
    if grid.kind == TableKind.POINTS:
        line, corners = _interpolated, edges
        ends += [edges[0][0]] * (key.low is None) + [edges[-1][0]] * (key.high is None)
    else:
        line, corners = _sliced, _corners(edges)
        if key.low is None or (key.high is None and any(rate < 0 for _, rate in edges)):
            return Bounds()
    values = [v for e, v in corners if (key.low is None or e > key.low) and (key.high is None or e < key.high)]
    values += [line(edges, end) for end in ends]
    return Bounds(min(values), None if grid.kind == TableKind.SLICES and key.high is None else max(values))


def _corners(edges: list[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """What slices have added up to at each of their edges."""
    found, total = [], Fraction(0)
    before, rate_before = edges[0][0], Fraction(0)
    for edge, rate in edges:
        total += (edge - before) * rate_before
        found.append((edge, total))
        before, rate_before = edge, rate
    return found


def _interpolated(edges: list[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
    if x <= edges[0][0]:
        return edges[0][1]
    for (a, p), (b, q) in itertools.pairwise(edges):
        if x <= b:
            return p + (q - p) * (x - a) / (b - a)
    return edges[-1][1]


def _sliced(edges: list[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
    total = Fraction(0)
    for i, (start, rate) in enumerate(edges):
        top = edges[i + 1][0] if i + 1 < len(edges) else x
        total += max(Fraction(0), min(x, top) - start) * rate
    return total
