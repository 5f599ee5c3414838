"""Tables applied to arguments: keys read as the argument asks, holes and unreachable rows found."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from ...base.diagnostics import Other
from ...base.numbers import read_number, show_number
from ...base.places import Place
from ...lang import nodes as n
from ...lang.keywords.words import FORMULA_FLAGS
from ...lang.types import Facts, Kind
from ...model import terms as t
from ...model.scheme import TableBody, TableKind
from ...model.terms import Constant, Grid
from ..names.constants import day_number, is_percentage, number_of
from ..names.table_lines import sliced_at
from ..names.tables import LookupTable
from .context import FormulaContext
from .percentages import counts_beyond_shares
from .reader import FormulaReader, shown_end
from .table_bounds import reached, words_reached
from .type_rules import product

MOST_WORDS = 2_000  # a whole-number key with a wider range needs an `else`


def look_up_term(
    reader: FormulaReader, lookup: LookupTable, column: str, keys: tuple[t.Term, ...], nodes: Sequence[n.Node],
    node: n.Node, context: FormulaContext,
) -> t.Term:  # fmt: skip
    """The term of one output of a table at `keys`; unknown, and reported, where a row is missing."""
    if not reader.spend(lookup.size, context):
        return reader.refused(node, context)
    arguments = tuple(_said(x, context.place_of(x), context) for x in nodes)
    fitter = _Fitter(reader, lookup.name, keys, tuple(context.place_of(x) for x in nodes), arguments)
    grid = fitter.fit(lookup.grids[column], lookup.body, 0, None)
    if grid is None:
        return reader.refused(node, context)
    facts = lookup.facts[column]
    if any(x.facts.may_miss for x in keys):
        facts = evolve(facts, may_miss=True)
    sliced = None if lookup.body is None else sliced_at(lookup.body)
    if sliced is not None:
        cut = evolve(keys[sliced].facts.type, literal=False)
        facts = evolve(facts, type=product(evolve(facts.type, literal=False), cut))
    if facts.type.kind is Kind.NUMBER:
        facts = evolve(facts, bounds=reached(grid, [x.facts.bounds for x in keys]))
    elif facts.type.kind is Kind.CATEGORY:
        words = words_reached(grid, [x.facts.bounds for x in keys])
        facts = evolve(facts, type=evolve(facts.type, values=words)) if words else facts
    return t.LookUp(facts=facts, place=context.place_of(node), grid=grid, keys=keys, table=lookup.name)


def _said(node: n.Node, place: Place, context: FormulaContext) -> str:
    """An argument as its author would say it: a table in place has its argument from elsewhere, a member its own."""
    return context.in_full(node.name) if isinstance(node, n.Name) else place.text


class _Fitter:
    """Fits the levels of a table to its arguments, one key after the other."""

    def __init__(
        self, reader: FormulaReader, name: str, keys: tuple[t.Term, ...], places: tuple[Place, ...],
        arguments: tuple[str, ...],
    ) -> None:  # fmt: skip
        self.report = reader.report
        self.reader = reader
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
        places = grid.places if len(fitted) == len(grid.places) else ()
        return Grid(grid.kind, tuple(fitted), otherwise, complete=fallback is None, places=places)

    def _key_text(self, text: str, facts: Facts) -> Fraction | str | bool | None:
        from_number = read_number(text)
        if facts.type.kind in (Kind.NUMBER, Kind.DATE):
            return from_number
        return FORMULA_FLAGS.get(text) if facts.type.kind is Kind.BOOLEAN else text

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
        if facts.type.kind is Kind.CATEGORY and facts.type.values is not None:
            key = self.keys[depth]
            known = frozenset({str(key.value)}) if isinstance(key, t.Fixed) else facts.type.values
            for edge in sorted(str(k) for k in keys):
                place = self._edge_place(body, edge) or self.places[depth]
                if not written_out or edge in known:
                    words = self.reader.symbols.words
                    words.look("table-word", place, edge, known, self.arguments[depth], self.name)
        if covered:
            return rows
        if wanted is None:
            self.report("table-else", self._body_place(body, depth), name=self.name, argument=self.arguments[depth])
            return None
        absent = [x for x in wanted if x not in keys]
        if absent:
            self.report(
                "table-incomplete", self._body_place(body, depth), name=self.name, argument=self.arguments[depth],
                value=_shown(absent[0]), others=self.reader.declared_at([self.arguments[depth]]),
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
            self.report(
                "number-needed", self.places[depth], variant="key-time" if facts.type.kind is Kind.TIME else "key",
                kind_word=str(facts.type.kind), name=self.name, argument=self.arguments[depth],
            )  # fmt: skip
            return None
        for written, _ in body.rows if body is not None else ():
            if (day_number(written.text) is not None) is not (facts.type.kind is Kind.DATE):
                self._refuse_edge(written.text, written.place, facts)
                return None
        numbers = [edge for edge, _ in grid.rows if isinstance(edge, Fraction)]
        if not numbers:
            return None  # that no row can be read was reported where the table was read
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
                "table-hole", self._body_place(body, depth), variant=hole, name=self.name,
                edge=shown_end(edge, facts.type.kind), argument=self.arguments[depth], span=self.reader.span(facts),
            )  # fmt: skip
            return None
        self._unreachable(grid, body, facts, numbers)
        self._percentages(body, depth)
        return list(grid.rows)

    def _percentages(self, body: TableBody | None, depth: int) -> None:
        """Report an edge of 90% where the argument is out of 100: nearly everybody is above 0.9."""
        beyond = body is not None and counts_beyond_shares(self.keys[depth], self.reader.symbols)
        for edge, _ in body.rows if body is not None and beyond else ():
            if is_percentage(edge):
                self.report(
                    "percent-scale", edge.place, name=self.arguments[depth], text=edge.text,
                    number=edge.text.rstrip("%"),
                    value=show_number(number_of(edge) or Fraction(0)), span=self.reader.span(self.keys[depth].facts),
                )  # fmt: skip

    def _unreachable(self, grid: Grid, body: TableBody | None, facts: Facts, numbers: list[Fraction]) -> None:
        """Note the rows that this use cannot reach, and those that it can."""
        if body is None:
            return
        bounds, rows = facts.bounds, self.reader.symbols.unreached
        places = {number_of(e): e.place for e, _ in body.rows}
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
                rows.setdefault(place, (self.name, shown_end(edge, facts.type.kind), self.reader.span(facts)))


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
