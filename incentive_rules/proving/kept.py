"""Whether two worlds that were kept still break a promise, as the scheme is now."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from ..lang.types import Kind
from ..model import promises as p
from ..model.checked import Checked
from ..model.exact_values import as_constant
from ..model.result import Result
from ..model.terms import Constant
from ..model.verdict import Change, Counterexample, Happening
from .better import lines_left_out, speaks_of
from .compared import Pair, PayCompared, Play, owner_of_row, shown_pair
from .net import net_of
from .ordering import ordered_lines, weights_by_hand
from .shown import amount_in, cell_shown, counterexample_of
from .tricks import trick_between
from .values import next_value
from .work import Improvement, facts_excepted, feeds_of, improvements_of_facts
from .worlds import Tables


@frozen
class _Differs:
    """The one cell in which two worlds differ, with its values."""

    table: str
    row: int
    name: str
    before: Constant
    after: Constant
    raw: tuple[object, object]  # the same as a program hands them over


def broken_again(
    checked: Checked, promise: p.Promise, who: str, one: Tables, other: Tables, play: Play
) -> Counterexample | None:
    """The counterexample that two worlds still are for `who`; None where the promise is kept in them.

    Only a pair of which the promise speaks counts: whatever else differs between two worlds breaks nothing.
    """
    if isinstance(promise, p.BetterNeverPaysLess):
        return _paid_less(checked, promise, who, one, other, play)
    if isinstance(promise, p.LargestJump):
        return _jumped(checked, promise, who, one, other, play)
    if isinstance(promise, p.GainsAtMost):
        return _gained(checked, promise, who, one, other, play)
    if isinstance(promise, p.OrderPreserving):
        return _overtaken(checked, promise, who, one, other, play)
    return None


def _paid_less(
    checked: Checked, promise: p.BetterNeverPaysLess, who: str, one: Tables, other: Tables, play: Play
) -> Counterexample | None:
    cell = _one_cell(one, other)
    if cell is None or owner_of_row(checked, one, cell.table, one[cell.table][cell.row]) != who:
        return None
    results = play(one).get(who), play(other).get(who)
    if results[0] is None or results[1] is None:
        return None
    compared = PayCompared(checked)
    for improvement in improvements_of_facts(checked):
        if not _is_better(checked, improvement, cell) or not speaks_of(checked, promise, improvement):
            continue
        left_out = lines_left_out(checked, promise, improvement)
        if compared.falls(improvement, results[0], results[1], left_out):
            return shown_pair(checked, Pair(who, improvement, cell.table, cell.row, one, other), play)
    return None


def _jumped(
    checked: Checked, promise: p.LargestJump, who: str, one: Tables, other: Tables, play: Play
) -> Counterexample | None:
    """One step of one cell, of which the promise speaks, that changes the line by more than it says."""
    cell, line = _one_cell(one, other), promise.line.text
    if cell is None or cell.name not in checked.inputs:
        return None
    fact = checked.inputs[cell.name]
    next_ones = [next_value(fact, value) for value in cell.raw]
    if cell.after != as_constant(next_ones[0]) and cell.before != as_constant(next_ones[1]):
        return None
    names = [one.name.text for one in promise.exceptions if not one.lines or line in {x.text for x in one.lines}]
    feeding = set[str]().union(*feeds_of(checked).values()) if promise.of == "work" else {cell.name}
    if cell.name not in feeding - facts_excepted(checked, names):
        return None
    results = play(one).get(who), play(other).get(who)
    if results[0] is None or results[1] is None:
        return None
    if abs(amount_in(results[1], line) - amount_in(results[0], line)) <= promise.at_most:
        return None
    texts = [cell_shown(checked, cell.name, value) for value in cell.raw]
    change = Change(cell.table, cell.row + 1, cell.name, texts[0], texts[1])
    return counterexample_of(checked, Happening.JUMPS, who, line, (change,), one, other, play)


def _gained(
    checked: Checked, promise: p.GainsAtMost, who: str, one: Tables, other: Tables, play: Play
) -> Counterexample | None:
    """A fact or a row that is left out, or a row that is split, after which the line pays more than is promised."""
    net = net_of(checked)
    line = promise.line.text if promise.line is not None else "" if net is None else net.name
    changes = trick_between(checked, promise.way, who, one, other)
    left_out = {exception.name.text for exception in promise.exceptions}
    if not changes or not line or all(change.name in left_out for change in changes):
        return None
    results = play(one).get(who), play(other).get(who)
    if results[0] is None or results[1] is None:
        return None
    if amount_in(results[1], line) - amount_in(results[0], line) <= promise.at_most:
        return None
    return counterexample_of(checked, Happening.GAINS, who, line, changes, one, other, play)


def _overtaken(
    checked: Checked, promise: p.OrderPreserving, who: str, one: Tables, other: Tables, play: Play
) -> Counterexample | None:
    """Work of one person that differs, where the better scores by hand are paid less by some line."""
    cells, weights = _cells(one, other), weights_by_hand(checked)
    work = set[str]().union(*feeds_of(checked).values())
    work -= facts_excepted(checked, [exception.name.text for exception in promise.exceptions])
    results = play(one).get(who), play(other).get(who)
    if not cells or weights is None or results[0] is None or results[1] is None:
        return None
    if any(cell.name not in work or owner_of_row(checked, one, cell.table, one[cell.table][cell.row]) != who
           for cell in cells):  # fmt: skip
        return None
    totals = [_by_hand(result, weights) for result in results if result is not None]
    if totals[0] is None or totals[1] is None or totals[1] - totals[0] <= promise.within:
        return None
    for line in ordered_lines(checked):
        if amount_in(results[1], line.name) < amount_in(results[0], line.name):
            changes = tuple(
                Change(cell.table, cell.row + 1, cell.name, *(cell_shown(checked, cell.name, raw) for raw in cell.raw))
                for cell in cells
            )
            return counterexample_of(checked, Happening.PAYS_LESS, who, line.name, changes, one, other, play)
    return None


def _by_hand(result: Result, weights: Mapping[str, Fraction]) -> Fraction | None:
    """The scores of a result, weighted; None where one is missing."""
    total = Fraction(0)
    for name, weight in weights.items():
        score = as_constant(result[name])
        if not isinstance(score, Fraction | bool):
            return None
        total += weight * score
    return total


def _one_cell(one: Tables, other: Tables) -> _Differs | None:
    """The cell that differs; None where several do, rows come or go, or a value does."""
    found = _cells(one, other)
    return found[0] if len(found) == 1 else None


def _cells(one: Tables, other: Tables) -> list[_Differs]:
    """The cells that differ; none where rows come or go, or a value does."""
    found: list[_Differs] = []
    if set(one) != set(other) or any(len(other[table]) != len(rows) for table, rows in one.items()):
        return []
    for table, rows in one.items():
        for number, (row, there) in enumerate(zip(rows, other[table], strict=True)):
            for name in {**row, **there}:
                raw = row.get(name), there.get(name)
                values = as_constant(raw[0]), as_constant(raw[1])
                if values[0] != values[1]:
                    found.append(_Differs(table, number, name, *values, raw))
    return [] if any(cell.before is None or cell.after is None for cell in found) else found


def _is_better(checked: Checked, improvement: Improvement, cell: _Differs) -> bool:
    """Whether the cell moves as the improvement does."""
    move = improvement.move
    if move.name != cell.name or improvement.sign not in ("+", "-"):
        return False
    if checked.inputs[move.name].facts.type.kind in (Kind.CATEGORY, Kind.KEY):
        return move.words == (cell.before, cell.after)
    if isinstance(cell.before, str) or isinstance(cell.after, str):
        return False
    change = Fraction(cell.after or 0) - Fraction(cell.before or 0)
    return change > 0 if improvement.sign == "+" else change < 0
