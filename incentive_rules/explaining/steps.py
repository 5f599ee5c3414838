"""Nearest steps in words and as exact data: what one thing different would have given.

Steps of several rows that bring the same are told once, by the one that moves least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction

from attrs import frozen

from ..base.moments import MINUTES_PER_DAY
from ..lang.functions import TOTAL_NAMES
from ..lang.types import Kind, Type
from ..model.checked import Checked
from ..model.exact_values import as_constant
from ..model.nearest_steps import NearestStep, OutcomeChange
from ..model.scheme import Role
from .formatting import ValueFormatter, exact_text
from .words import phrase

LEAST_DISTANCE = Fraction(1, 10)  # so that a step is not worth much only because it is very small


@frozen
class ToldStep:
    """A step in words, for one line of a table: the cell, its values, the change of pay, and what it goes through.

    `alike` counts further rows of the same table, the same cell of which brings the same in the same direction.
    """

    step: NearestStep
    what: str
    values: str  # 13 → 14
    through: tuple[str, ...]  # total 89.65 → 90.02; grade B → A
    change: str  # +1,328.90, or the words before and after
    alike: int


def told_steps(steps: Iterable[NearestStep], checked: Checked, language: str) -> tuple[ToldStep, ...]:
    """Steps in words: those that gain first, then all others, the largest change first."""
    formatter = ValueFormatter(checked, language)
    alike: dict[tuple[object, ...], list[NearestStep]] = {}
    for step in steps:
        paid = step.paid
        alike.setdefault((step.table, step.name, step.direction, paid.before, paid.after), []).append(step)
    told = [_told(min(same, key=lambda one: one.units), len(same) - 1, checked, formatter) for same in alike.values()]
    return tuple(sorted(told, key=lambda one: _order(one.step)))


def chosen_steps(
    steps: Iterable[NearestStep], checked: Checked, gains: int = 3, losses: int = 2
) -> tuple[NearestStep, ...]:  # fmt: skip
    """The few steps for a page: those that gain, then those that lose, most for how far they go; each in order of pay.

    Of steps through the same indicators, or else the same pay lines, the one that brings most is taken; of equal ones
    that with fewer units, then the first of the scheme.
    """
    roles = {q.name: q.definition.role for q in checked.quantities}
    best: dict[object, NearestStep] = {}
    for step in sorted(steps, key=lambda one: (-_amount(one), one.units)):
        changed = [one.name for one in step.changes]
        through = [name for name in changed if roles[name] is Role.SCORE and name not in TOTAL_NAMES]
        best.setdefault((step.gains, *(through or (name for name in changed if roles[name] is Role.PAY))), step)
    found: list[NearestStep] = []
    for gaining, most in ((True, gains), (False, losses)):
        worth = sorted((step for step in best.values() if step.gains is gaining), key=_worth, reverse=True)
        found += sorted(worth[:most], key=_order)
    return tuple(found)


def _amount(step: NearestStep) -> Fraction:
    return abs(Fraction(step.paid.difference or 0))


def _worth(step: NearestStep) -> Fraction:
    """By how much a step changes pay for how far it goes: for its part of what the cell says, for a day, for a word."""
    before, after = as_constant(step.before), as_constant(step.after)
    distance = Fraction(step.units)
    if isinstance(step.before, datetime):
        distance /= MINUTES_PER_DAY
    elif isinstance(before, Fraction) and isinstance(after, Fraction) and before and not isinstance(step.before, date):
        distance = abs(after / before - 1)
    return _amount(step) / (distance + LEAST_DISTANCE)


def _order(step: NearestStep) -> tuple[bool, Fraction]:
    return not step.gains, -_amount(step)


def _told(step: NearestStep, alike: int, checked: Checked, formatter: ValueFormatter) -> ToldStep:
    language, what = formatter.language, formatter.title(step.name)
    if step.table:
        what = phrase("row_of_table", language, table=formatter.title(step.table), row=step.row, what=what)
    if alike:
        what += phrase("rows_alike_1" if alike == 1 else "rows_alike", language, count=alike)
    grades = {q.name for q in checked.quantities
              if q.definition.role is Role.GRADE and q.facts.type.kind is Kind.CATEGORY}  # fmt: skip
    shown = [one for one in step.changes if one.name in TOTAL_NAMES or one.name in grades]
    through = tuple(_between(one, formatter) for one in shown if one.name != step.outcome)
    values = " → ".join(_content(value, step.name, checked, formatter) for value in (step.before, step.after))
    return ToldStep(step, what, values, through, _change(step.paid, formatter), alike)


def _content(value: object, name: str, checked: Checked, formatter: ValueFormatter) -> str:
    one = checked.inputs[name]
    constant = as_constant(value)
    if isinstance(constant, str):
        spelled = {text: word for word, texts in one.definition.texts for text in texts}
        return formatter.value(spelled.get(constant, constant), name)
    if one.definition.percent and isinstance(constant, Fraction):
        return formatter.value(constant) + "%"
    return formatter.value(constant, name)


def _between(change: OutcomeChange, formatter: ValueFormatter) -> str:
    title, *ends = formatter.title(change.name), *(formatter.value(as_constant(value), change.name)
                                                   for value in (change.before, change.after))  # fmt: skip
    return f"{title} {ends[0]} → {ends[1]}"


def _change(change: OutcomeChange, formatter: ValueFormatter) -> str:
    """By how much a number moves, with its sign; else both values."""
    difference = change.difference
    if difference is None:
        return _between(change, formatter)
    text = formatter.value(Fraction(difference), change.name)
    return text if difference < 0 else f"+{text}"


def outcome_line(steps: Sequence[NearestStep], name: str, value: object, formatter: ValueFormatter) -> str:
    """What the person has now, and whether there is a step at all."""
    word = "what_if" if steps else "what_if_none"
    shown = formatter.value(as_constant(value), name)
    return phrase(word, formatter.language, title=formatter.title(name), value=shown)


def step_as_json(step: NearestStep, checked: Checked) -> dict[str, object]:
    """A step with English words and exact texts, ready for `json.dumps`."""
    types = {q.name: q.facts.type for q in checked.quantities}
    of_cell = checked.inputs[step.name].facts.type

    def exact(value: object, type_: Type) -> object:
        constant = as_constant(value)
        is_number = type_.kind is Kind.NUMBER and isinstance(constant, Fraction)
        return exact_text(constant) if is_number else exact_text(constant, type_)

    return {
        "table": step.table, "row": step.row, "line": step.line, "column": step.column, "name": step.name,
        "before": exact(step.before, of_cell), "after": exact(step.after, of_cell), "direction": step.direction,
        "units": step.units,
        "changes": [{"name": one.name, "before": exact(one.before, types[one.name]),
                     "after": exact(one.after, types[one.name])} for one in step.changes],
    }  # fmt: skip
