"""The search for a pair: somebody who does better in one fact, and is paid less.

Small populations go through the engine, which the caller hands over as `play`. One fact of one row is taken through
values from the worst to the best; where a line of pay falls on the way, the two values are brought together until no
step lies between them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from ..lang.types import Kind
from ..model.checked import Checked, CheckedInput, CheckedQuantity
from ..model.exact_values import as_constant
from ..model.levels import PERSON
from ..model.result import Result
from ..model.scheme import Pool
from ..model.verdict import Change, Counterexample, Happening
from .better import Doubt
from .graph import ReadGraph
from .net import NET, decided_lines, net_of
from .shown import cell_shown, counterexample_of, number_in
from .work import Improvement, measures_of
from .worlds import CrowdRow, Tables

Play = Callable[[Tables], Mapping[str, Result]]  # the people who are in scope and not refused, by key
STEPS = (1, 2, 5, 10, 30, 100, 1000, 1440)
MOST_BISECTIONS = 40
MOST_PLAYS = 600
MOST_PLACES = 16  # along the rows of a person


@frozen
class Pair:
    """Two worlds that differ in one cell: the better one pays `key` less."""

    key: str
    improvement: Improvement
    table: str
    row: int
    worse: Tables
    better: Tables


@frozen
class _Cell:
    """The cell that moves: of the row `row` of `table`, whose person is `key`."""

    table: str
    row: int
    key: str


def pairs_that_pay_less(
    checked: Checked, populations: Sequence[Tables], doubts: Sequence[Doubt], play: Play, most_plays: int = MOST_PLAYS
) -> Iterator[Pair]:
    """Pairs of worlds in which a better fact pays less, one for each doubt and population where there is one."""
    search = _Search(checked, play, most_plays)
    for doubt in doubts:
        improvement, out = doubt.improvement, doubt.left_out
        for tables in populations:
            for cell in search.cells(improvement, tables):
                if search.plays_left <= 0:
                    return
                found = search.along(improvement, tables, cell, out)
                found = found or search.row_by_row(improvement, tables, cell, out)
                if found is not None:
                    yield found
                    break


class PayCompared:
    """Whether somebody is paid less in one world than in another: by line, and what is paid out."""

    def __init__(self, checked: Checked) -> None:
        graph = ReadGraph(checked)
        cents = {q.name for q in checked.quantities if isinstance(q.definition.body, Pool)
                 and q.definition.body.cents == "largest_remainder"}  # fmt: skip
        unit = Fraction(2, 10 ** (checked.currency_decimals or 0))
        net = net_of(checked)
        lines = (*decided_lines(checked), *(() if net is None else (net,)))
        loose = {line.name for line in lines if cents & {line.name, *graph.behind(line.name)}}  # but for the last cent
        self.judged = [(line, _wanted(line), unit if line.name in loose else Fraction(0)) for line in lines]

    def falls(self, improvement: Improvement, one: Result, other: Result, left_out: Collection[str]) -> bool:
        """Whether some line is worse in the other world, where it may not be."""
        for name in measures_of(improvement.indicators):
            if (as_constant(one[name]) is None) != (as_constant(other[name]) is None):
                return False
        for line, wanted, slack in self.judged:
            if line.name in left_out or not wanted:
                continue
            change = _number(other[line.name]) - _number(one[line.name])
            if wanted * change < -slack:
                return True
        return False


    def line_that_falls(self, one: Result, other: Result) -> str:
        """What is paid out where it is less in the other world, else the line that loses most."""
        losses = {line.name: wanted * (number_in(one, line.name) - number_in(other, line.name)) for line, wanted, _ in
                  self.judged if wanted}  # fmt: skip
        net = [name for name in NET if losses.get(name, Fraction(0)) > 0]
        return net[0] if net else max(losses, key=losses.__getitem__, default="")


def _wanted(line: CheckedQuantity) -> int:
    """1 where the line may not fall, -1 where it may not rise, 0 of what others bear."""
    pay = line.definition.pay
    return 1 if pay is None or pay.kind == "earning" else -1 if pay.kind == "deduction" else 0


def owner_of_row(checked: Checked, tables: Tables, table: str, row: CrowdRow) -> str:
    """The key of the person to whom a row belongs, itself or through other rows; "" where that is nobody."""
    key = next((one.name for one in checked.scheme.inputs if one.type == "key"), "")
    if key in row:
        return str(row[key])
    tables_of = {one.name: one for one in checked.scheme.details}
    for owner in tables_of[table].belongs_to if table in tables_of else ():
        keys = tables_of[owner].key if owner in tables_of else ()
        for other in tables.get(owner, ()) if keys else ():
            if all(other.get(one) == row.get(one) for one in keys):
                return owner_of_row(checked, tables, owner, other)
    return ""


class _Search:
    def __init__(self, checked: Checked, play: Play, most_plays: int) -> None:
        self.checked, self._play, self.plays_left = checked, play, most_plays
        self.falls = PayCompared(checked).falls

    def play(self, tables: Tables) -> Mapping[str, Result]:
        self.plays_left -= 1
        return self._play(tables)

    def cells(self, improvement: Improvement, tables: Tables) -> Iterator[_Cell]:
        """The first rows of each person that hold the fact."""
        move = improvement.move
        table = move.level[0] if move.level != PERSON else ""
        seen: dict[str, int] = {}
        for number, row in enumerate(tables.get(table, ())):
            key = owner_of_row(self.checked, tables, table, row)
            if row.get(move.name) is not None and seen.get(key, 0) < 1:
                seen[key] = seen.get(key, 0) + 1
                yield _Cell(table, number, key)

    def row_by_row(
        self, improvement: Improvement, tables: Tables, cell: _Cell, left_out: Collection[str]
    ) -> Pair | None:
        """The fact in all rows of the person from the worst value to the best, one row after the other."""
        one = self.checked.inputs[improvement.move.name]
        rows = [number for number, row in enumerate(tables[cell.table]) if row.get(one.name) is not None
                and owner_of_row(self.checked, tables, cell.table, row) == cell.key]  # fmt: skip
        ends = self._values(one, tables[cell.table][cell.row])
        if improvement.move.words is not None or len(rows) < 2 or len(ends) < 2:
            return None
        worst, best = (ends[0], ends[-1]) if improvement.sign == "+" else (ends[-1], ends[0])

        def world(done: int) -> Tables:
            made = tables
            for place, number in enumerate(rows):
                made = with_value(made, cell.table, number, one.name, best if place < done else worst)
            return made

        places = sorted({len(rows) * n // MOST_PLACES for n in range(MOST_PLACES + 1)})
        results = [self.play(world(place)).get(cell.key) for place in places]
        for low, high, before, now in zip(places, places[1:], results, results[1:], strict=False):
            if before is None or now is None or not self.falls(improvement, before, now, left_out):
                continue
            while high - low > 1:
                middle = (low + high) // 2
                between = self.play(world(middle)).get(cell.key)
                if between is None:
                    return None
                if self.falls(improvement, before, between, left_out):
                    high = middle
                else:
                    low, before = middle, between
            return self._closest(
                improvement, world(low), _Cell(cell.table, rows[low], cell.key), worst, best, left_out
            )  # fmt: skip
        return None

    def along(self, improvement: Improvement, tables: Tables, cell: _Cell, left_out: Collection[str]) -> Pair | None:
        """The fact from the worst value to the best, and the first place where pay falls."""
        move = improvement.move
        one = self.checked.inputs[move.name]
        values = list(move.words) if move.words is not None else self._values(one, tables[cell.table][cell.row])
        if improvement.sign == "-":
            values.reverse()
        before: tuple[object, Result] | None = None
        for value in values:
            now = self.play(with_value(tables, cell.table, cell.row, move.name, value)).get(cell.key)
            if now is not None and before is not None and self.falls(improvement, before[1], now, left_out):
                return self._closest(improvement, tables, cell, before[0], value, left_out)
            before = None if now is None else (value, now)
        return None

    def _closest(
        self, improvement: Improvement, tables: Tables, cell: _Cell, worse: object, better: object,
        left_out: Collection[str],
    ) -> Pair:  # fmt: skip
        """The same fall between two neighbouring values: of two halves one has it."""
        one = self.checked.inputs[improvement.move.name]

        def world(value: object) -> Tables:
            return with_value(tables, cell.table, cell.row, one.name, value)

        for _ in range(MOST_BISECTIONS):
            middle = _middle(one, worse, better)
            if middle is None:
                break
            results = [self.play(world(value)).get(cell.key) for value in (worse, middle, better)]
            if results[0] is None or results[1] is None or results[2] is None:
                break
            if self.falls(improvement, results[0], results[1], left_out):
                better = middle
            elif self.falls(improvement, results[1], results[2], left_out):
                worse = middle
            else:
                break
        return Pair(cell.key, improvement, cell.table, cell.row, world(worse), world(better))

    def _values(self, one: CheckedInput, row: CrowdRow) -> list[object]:
        """Values of a fact in ascending order: its own, steps beside it, and some of its range."""
        kind, now = one.facts.type.kind, row[one.name]
        if kind is Kind.BOOLEAN:
            return [False, True]
        if kind is Kind.DATE and isinstance(now, date):
            return [now + timedelta(days=n) for n in sorted({0, *STEPS, *(-n for n in STEPS)})]
        if kind is Kind.TIME and isinstance(now, datetime):
            return [now + timedelta(minutes=n) for n in sorted({0, *STEPS, *(-n for n in STEPS)})]
        if kind is not Kind.NUMBER:
            return []
        middle, step = _number(now), Fraction(1, 10**one.decimals)
        low, high = one.facts.bounds.low, one.facts.bounds.high
        found = {middle, *(middle + sign * n * step for n in STEPS for sign in (1, -1))}
        found |= {middle * times for times in (2, 3, 5)}
        if low is not None and high is not None:
            found |= {low, low + step, high, *(low + (high - low) * n / 8 for n in range(1, 8))}
        inside = {
            _on_grid(value, one.decimals)
            for value in found
            if (low is None or value >= low) and (high is None or value <= high)
        }
        return [_raw(one, value) for value in sorted(inside)]


def with_value(tables: Tables, table: str, row: int, name: str, value: object) -> Tables:
    """The tables with another value in one cell; the rows keep their kind."""
    rows = list(tables[table])
    old = rows[row]
    changed = type(old)(old)  # type: ignore[call-arg]
    changed[name] = value  # type: ignore[index]
    rows[row] = changed
    return {**tables, table: rows}


def _number(value: object) -> Fraction:
    found = as_constant(value)
    return Fraction(found) if isinstance(found, Fraction | bool) else Fraction(0)


def _on_grid(value: Fraction, decimals: int) -> Fraction:
    steps = 10**decimals
    return Fraction(int(value * steps), steps)


def _raw(one: CheckedInput, value: Fraction) -> object:
    """A number as a program would hand it over."""
    if one.definition.percent:
        value *= 100
    return Decimal(value.numerator) / Decimal(value.denominator)


def _middle(one: CheckedInput, worse: object, better: object) -> object | None:
    """A value between two, None between neighbours."""
    if isinstance(worse, datetime) and isinstance(better, datetime):
        minutes = int((better - worse).total_seconds()) // 60
        return worse + timedelta(minutes=int(minutes / 2)) if abs(minutes) > 1 else None
    if isinstance(worse, date) and isinstance(better, date):
        days = (better - worse).days
        return worse + timedelta(days=int(days / 2)) if abs(days) > 1 else None
    if one.facts.type.kind is not Kind.NUMBER:
        return None
    decimals = max(0, one.decimals - 2) if one.definition.percent else one.decimals
    steps = (_number(better) - _number(worse)) * 10**decimals
    if abs(steps) <= 1:
        return None
    middle = _number(worse) + Fraction(int(steps / 2), 10**decimals)
    return Decimal(middle.numerator) / Decimal(middle.denominator)


def shown_pair(checked: Checked, pair: Pair, play: Play) -> Counterexample:
    """A pair as people read it: the fact, and every value of the person that differs."""
    name, before, after = pair.improvement.move.name, pair.worse, pair.better
    values = [cell_shown(checked, name, tables[pair.table][pair.row][name]) for tables in (before, after)]
    change = Change(pair.table, pair.row + 1, name, values[0], values[1])
    line = PayCompared(checked).line_that_falls(play(before)[pair.key], play(after)[pair.key])
    found = counterexample_of(checked, Happening.PAYS_LESS, pair.key, line, (change,), before, after, play)
    assert found is not None, "it was played before"
    return found
