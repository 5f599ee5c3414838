"""What somebody is paid in two worlds, compared: less, where better work may not be paid less."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

from attrs import frozen

from ..model.checked import Checked, CheckedQuantity
from ..model.exact_values import as_constant
from ..model.result import Result
from ..model.scheme import Pool
from ..model.verdict import Change, Counterexample, Happening
from .graph import ReadGraph
from .net import NET, decided_lines, net_of
from .shown import amount_in, cell_shown, counterexample_of
from .work import Improvement, measures_of
from .worlds import CrowdRow, Tables

Play = Callable[[Tables], Mapping[str, Result]]  # the people who are in scope and not refused, by key


@frozen
class Pair:
    """Two worlds that differ in one cell: the better one pays `key` less."""

    key: str
    improvement: Improvement
    table: str
    row: int
    worse: Tables
    better: Tables


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
            change = amount_in(other, line.name) - amount_in(one, line.name)
            if wanted * change < -slack:
                return True
        return False


    def line_that_falls(self, one: Result, other: Result) -> str:
        """What is paid out where it is less in the other world, else the line that loses most."""
        losses = {line.name: wanted * (amount_in(one, line.name) - amount_in(other, line.name)) for line, wanted, _ in
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


def shown_pair(checked: Checked, pair: Pair, play: Play) -> Counterexample:
    """A pair as people read it: the fact, and every value of the person that differs."""
    name, before, after = pair.improvement.move.name, pair.worse, pair.better
    values = [cell_shown(checked, name, tables[pair.table][pair.row][name]) for tables in (before, after)]
    change = Change(pair.table, pair.row + 1, name, values[0], values[1])
    line = PayCompared(checked).line_that_falls(play(before)[pair.key], play(after)[pair.key])
    found = counterexample_of(checked, Happening.PAYS_LESS, pair.key, line, (change,), before, after, play)
    assert found is not None, "it was played before"
    return found
