"""Reads the tables of a scheme: each output of a table becomes a grid of exact constants, with its type and bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from ...base.diagnostics import Other
from ...base.numbers import read_number
from ...base.places import Place
from ...lang.characters import name_fault
from ...lang.keywords.words import FORMULA_FLAGS, MISSING
from ...lang.types import BOOLEAN, Bounds, Facts, Kind, Type
from ...model.scheme import Literal, Outputs, Table, TableBody, TableKind, Tbd
from ...model.terms import Constant, Grid, cells_of
from ..ranges.bounds import hull
from .constants import is_percentage, number_of, word
from .findings import Findings
from .table_lines import check_lines, sliced_at

EDGED = (TableKind.FROM, TableKind.UP_TO, TableKind.POINTS, TableKind.SLICES)


@frozen
class LookupTable:
    """A table that was read: for each output ("" if unnamed) its grid, and the type and bounds of its values."""

    name: str
    depth: int  # how many keys it takes
    grids: Mapping[str, Grid]
    facts: Mapping[str, Facts]
    place: Place
    body: TableBody | None
    size: int = 0  # rows of one output


def unknown_table(name: str, depth: int, place: Place) -> LookupTable:
    """The stand-in for a table with a reported fault: it has no outputs."""
    return LookupTable(name, depth, {}, {}, place, None)


def read_table(table: Table, day: date, findings: Findings) -> LookupTable:
    """Reads the table's body that is in force on `day`."""
    body = table.body.at(day)
    depth = max(1, len(table.keys))
    if body is None or isinstance(body, Tbd):
        if body is None and table.body.values:
            findings.report("dated-start", table.place, name=table.name, day=day.isoformat())
        return unknown_table(table.name, depth, table.place)
    lookup = read_body(table.name, body, depth, table.money, findings, table.place, table.unit)
    sound = table.type is None or _gives_what_it_says(table, lookup, findings)
    return lookup if sound else unknown_table(table.name, depth, table.place)


def _gives_what_it_says(table: Table, lookup: LookupTable, findings: Findings) -> bool:
    """Whether the outputs of a table are of its `type`; reported if not."""
    wanted = {"boolean": Kind.BOOLEAN, "category": Kind.CATEGORY}.get(table.type or "", Kind.NUMBER)
    for column, facts in lookup.facts.items():
        if facts.type.kind is not wanted or (table.type == "integer" and not facts.type.whole):
            found = str(facts.type.kind)
            variant = "words" if wanted is Kind.CATEGORY else "whole" if facts.type.kind is wanted else ""
            findings.report("table-type", table.place, variant=variant, name=table.name, column=column,
                            wanted_word=str(table.type), kind_word=found)  # fmt: skip
            return False
    return True


def read_body(
    name: str, body: TableBody, depth: int, money: bool, findings: Findings, place: Place, unit: str | None = None
) -> LookupTable:
    """Reads a table body with `depth` keys into a grid for each output; every fault in it is reported."""
    reader = _Reader(name, money, findings, unit, rates=sliced_at(body) is not None)
    columns = reader.column_names(body)
    if not columns or not check_lines(name, body, findings):
        return unknown_table(name, depth, place)
    before = len(findings.found)
    grids: dict[str, Grid] = {}
    facts: dict[str, Facts] = {}
    for column in columns:
        cells = list(reader.cells(body, column))
        kind = reader.kind_of(cells)
        if kind is not Kind.NUMBER and _draws_lines(body):
            return unknown_table(name, depth, place)  # a point that is no number was reported where it was read
        grid = reader.grid(body, depth, column, kind)
        grids[column] = grid
        percent = bool(cells) and all(map(is_percentage, cells))
        facts[column] = reader.facts(grid, kind, percent)
    if len(findings.found) > before:
        return unknown_table(name, depth, place)
    return LookupTable(name, depth, grids, facts, place, body, max(len(cells_of(grid)) for grid in grids.values()))


class _Reader:
    """Reads the body of one table; a column is one of its outputs."""

    def __init__(self, name: str, money: bool, findings: Findings, unit: str | None, rates: bool) -> None:
        self.name = name
        self.money = money
        self.rates = rates  # whether the cells are rates of slices
        self.findings = findings
        self.unit = unit

    def _outputs(self, body: TableBody) -> list[Outputs]:
        found: list[Outputs] = []
        for _, result in body.rows:
            found.extend(self._outputs(result) if isinstance(result, TableBody) else [result])
        if body.otherwise is not None:
            other = body.otherwise
            found.extend(self._outputs(other) if isinstance(other, TableBody) else [other])
        return found

    def column_names(self, body: TableBody) -> tuple[str, ...] | None:
        """The names of the outputs, which must be the same in each row; None, and reported, if rows differ."""
        found = self._outputs(body)
        if not found:
            return None
        complete_rows = [o for o in found if not _bare_missing(o)]
        most_common = Counter(frozenset(n for n, _ in o.values) for o in complete_rows).most_common(1)
        # What most rows give is meant, so that one slip is one finding, wherever it stands.
        usual = (tuple(n for n, _ in o.values) for o in complete_rows if {n for n, _ in o.values} == most_common[0][0])
        names = next(usual, ("",))
        good = True
        for outputs in complete_rows:
            here = tuple(n for n, _ in outputs.values)
            if set(here) != set(names):
                good = False
                if any(n and name_fault(n) for n in here):
                    continue  # reported where names are read
                self.findings.report(
                    "table-outputs", outputs.place, name=self.name,
                    expected=", ".join(n or "-" for n in names), found=", ".join(n or "-" for n in here),
                )  # fmt: skip
        return names if good else None

    def cells(self, body: TableBody, column: str) -> list[Literal]:
        return [lit for o in self._outputs(body) for n, lit in o.values if n == column and lit.text not in MISSING]

    def kind_of(self, cells: list[Literal]) -> Kind:
        """The kind of an output: number if all its cells are numbers, boolean if all are flags, else category."""
        if all(not c.quoted and read_number(c.text) is not None for c in cells):
            return Kind.NUMBER
        if all(not c.quoted and c.text in FORMULA_FLAGS for c in cells):
            return Kind.BOOLEAN
        numbers = [c for c in cells if not c.quoted and read_number(c.text) is not None]
        if numbers:
            self.findings.report("table-mixed", numbers[0].place, name=self.name, text=numbers[0].text)
        return Kind.CATEGORY

    def _cell(self, outputs: Outputs, column: str, kind: Kind) -> Constant:
        literal = dict(outputs.values).get(column)
        if literal is None or (literal.text in MISSING and not literal.quoted):
            return None
        if kind is Kind.NUMBER:
            if self.money and is_percentage(literal):
                variant, said = "rates" if self.rates else "percent", literal.text
                self.findings.report("money-needed", literal.place, variant=variant, name=self.name, text=said)
            return read_number(literal.text)
        return FORMULA_FLAGS.get(literal.text) if kind is Kind.BOOLEAN else word(literal.text)

    def _result(self, result: TableBody | Outputs, depth: int, column: str, kind: Kind) -> Grid | Constant:
        if isinstance(result, TableBody):
            if depth <= 1:
                self.findings.report("table-depth", result.place, name=self.name)
                return None
            return self.grid(result, depth - 1, column, kind)
        return self._cell(result, column, kind)

    def grid(self, body: TableBody, depth: int, column: str, kind: Kind) -> Grid:
        """Reads one level of the table for one output."""
        rows: list[tuple[Fraction | str | bool, Grid | Constant]] = []
        places: dict[Fraction | str | bool, Place] = {}
        for edge, result in body.rows:
            value = self._edge(edge, body.kind)
            if value is None:
                continue
            if value in places:
                self.findings.report(
                    "table-edge-twice", edge.place, name=self.name, edge=edge.text, others=(Other(places[value]),)
                )
                continue
            places[value] = edge.place
            if depth > 1 and not isinstance(result, TableBody):
                self.findings.report("table-shallow", result.place, name=self.name, keys=str(depth - 1))
                continue
            rows.append((value, self._result(result, depth, column, kind)))
        if body.kind in EDGED:
            rows.sort(key=lambda row: row[0])
        if body.kind is TableKind.POINTS and len(rows) < 2:
            self.findings.report("table-points", body.place, name=self.name)
        otherwise: Grid | Constant = None
        if body.otherwise is not None:
            other = body.otherwise
            otherwise = (
                self._result(other, depth, column, kind)
                if isinstance(other, TableBody)
                else self._cell(other, column, kind)
            )
        at = tuple(places[edge] for edge, _ in rows)
        return Grid(str(body.kind), tuple(rows), otherwise, complete=body.otherwise is None, places=at)

    def _edge(self, edge: Literal, kind: TableKind) -> Fraction | str | bool | None:
        if kind not in EDGED:
            return word(edge.text)  # read as its argument asks, where the table is called
        value = number_of(edge)
        if value is None:
            self.findings.report("table-edge", edge.place, name=self.name, text=edge.text)
        return value

    def facts(self, grid: Grid, kind: Kind, percent: bool) -> Facts:
        """The type and bounds of a whole grid, and whether any cell says `missing`."""
        values = cells_of(grid)
        present = [v for v in values if v is not None]
        may_miss = len(present) < len(values)
        if kind is Kind.NUMBER:
            numbers = [v for v in present if isinstance(v, Fraction)]
            whole, percent = not self.money and _whole(grid), not self.money and percent
            type_ = Type(Kind.NUMBER, int(self.money), whole=whole, unit=self.unit, percent=percent)
            if not numbers:
                return Facts(type_, may_miss)
            bounds = Bounds(numbers[0], numbers[0])
            for v in numbers[1:]:
                bounds = hull(bounds, Bounds(v, v))
            return Facts(type_, may_miss, bounds)
        if kind is Kind.BOOLEAN:
            return Facts(BOOLEAN, may_miss)
        return Facts(Type(Kind.CATEGORY, values=frozenset(v for v in present if isinstance(v, str))), may_miss)


def _bare_missing(outputs: Outputs) -> bool:
    return len(outputs.values) == 1 and outputs.values[0][0] == "" and outputs.values[0][1].text in MISSING


def _draws_lines(body: TableBody) -> bool:
    inner = (result for _, result in body.rows if isinstance(result, TableBody))
    return body.kind in (TableKind.POINTS, TableKind.SLICES) or any(map(_draws_lines, inner))


def _whole(grid: Grid) -> bool:
    if grid.kind in (TableKind.POINTS, TableKind.SLICES):
        return False
    below = [result for _, result in grid.rows] + ([grid.otherwise] if not grid.complete else [])
    return all(
        _whole(r) if isinstance(r, Grid) else r is None or (isinstance(r, Fraction) and r.denominator == 1)
        for r in below
    )
