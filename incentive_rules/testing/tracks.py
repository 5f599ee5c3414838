"""Ways along which a fact moves: one cell through its values, or the same cell in more and more rows of a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from fractions import Fraction

from ..lang.types import Kind
from ..model.checked import CheckedInput
from ..model.data import ByInput
from ..model.terms import Constant
from ..proving.worlds import World
from ..reading.earlier import raw_cell
from .subjects import DrawnTables, Subject, plain_number
from .thresholds import Mover, SchemeThresholds, Track, cell_constant

FAR = 1000  # from what is known of a number without a bound
DAYS, MINUTES = (1, 7, 31, 366), (1, 15, 60, 1440, 10080)


def place_of(one: CheckedInput, cell: object) -> int | None:
    """A cell as a whole number of its steps: of a number, days or minutes; None where it has none."""
    value = cell_constant(one, cell)
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, Fraction):
        return None
    return int(value * 10**one.decimals) if one.facts.type.kind is Kind.NUMBER else int(value)


def cell_at(one: CheckedInput, place: int) -> object:
    """The cell that stands so many steps from nothing."""
    kind = one.facts.type.kind
    if kind is Kind.BOOLEAN:
        return bool(place)
    if kind is Kind.NUMBER:
        return plain_number(raw_cell(one, Fraction(place, 10**one.decimals)))
    return raw_cell(one, place)


def word_cell(one: CheckedInput, word: Constant) -> object:
    return raw_cell(one, word)


def span_of(one: CheckedInput, subject: Subject) -> tuple[int, int]:
    """The least and the greatest place of a fact."""
    kind, low, high = one.facts.type.kind, one.facts.bounds.low, one.facts.bounds.high
    if kind is Kind.BOOLEAN:
        return (0, 1)
    steps = 10**one.decimals if kind is Kind.NUMBER else 1
    if kind is Kind.NUMBER:
        least = Fraction(0) if low is None else low
        least = least if high is None or least <= high else high - FAR
        most = high if high is not None else least + FAR
    else:
        day = _first_day(subject)
        base = Fraction(day.toordinal() * (1440 if kind is Kind.TIME else 1))
        least = low if low is not None else base
        most = high if high is not None else least + 90 * (1440 if kind is Kind.TIME else 1)
    return (-int(-least * steps // 1), int(most * steps // 1))


def _first_day(subject: Subject) -> date:
    period = subject.checked.period
    return period.first_day if period is not None else subject.scheme.first_day


def usual_place(one: CheckedInput, subject: Subject) -> int:
    """Where a fact stands if nobody says anything: dates at the beginning of the period, numbers in the middle."""
    low, high = span_of(one, subject)
    if one.facts.type.kind is Kind.BOOLEAN:
        return 0
    if one.facts.type.kind is Kind.NUMBER:
        return (low + high) // 2
    first = datetime.combine(_first_day(subject), time(9))
    place = first.toordinal() * 1440 + 540 if one.facts.type.kind is Kind.TIME else first.toordinal()
    return min(max(place, low), high)


def places_worth(one: CheckedInput, thresholds: SchemeThresholds, now: int | None) -> tuple[int, ...]:
    """The places of a fact worth a look: its ends, numbers that it is compared with, one step beside each, and some."""
    low, high = span_of(one, thresholds.subject)
    steps = 10**one.decimals if one.facts.type.kind is Kind.NUMBER else 1
    edges = [int(value * steps // 1) for value in thresholds.constants.get(one.name, ())]
    found = {low, low + 1, high, *(low + (high - low) * n // 4 for n in (1, 2, 3))}
    found |= {edge + side for edge in edges for side in (-1, 0, 1)}
    if one.facts.type.kind in (Kind.DATE, Kind.TIME):
        usual = now if now is not None else usual_place(one, thresholds.subject)
        found = {low, high, usual}
        found |= {usual + sign * n for n in (DAYS if one.facts.type.kind is Kind.DATE else MINUTES) for sign in (1, -1)}
    if now is not None:
        found |= {now - 1, now, now + 1}
    return tuple(sorted(place for place in found if low <= place <= high))


def with_cell_at(tables: DrawnTables, table: str, row: int, name: str, cell: object) -> DrawnTables:
    """The tables with another value in one cell."""
    rows = list(tables[table])
    rows[row] = ByInput({**rows[row], name: cell})
    return {**tables, table: rows}


def cell_track(thresholds: SchemeThresholds, tables: DrawnTables, table: str, row: int, name: str) -> Track | None:
    """One cell through its values; None where it holds no number."""
    subject = thresholds.subject
    one = subject.checked.inputs[name]
    cells = tables[table][row]
    now = place_of(one, cells.get(name))
    if now is None or one.facts.type.kind not in (Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.BOOLEAN):
        return None

    def world(place: int) -> World:
        return World({(table, row, name): cell_at(one, place)})

    mover = Mover(subject.person_of(tables, table, cells), table, row)
    return Track(name, mover, places_worth(one, thresholds, now), now, world)


def row_track(thresholds: SchemeThresholds, tables: DrawnTables, table: str, row: int, name: str) -> Track | None:
    """The cell at its worst in all rows of the person but the first so many, in which it is at its best.

    What is measured is then a ratio of numbers of rows, or a mean between its ends.
    """
    subject = thresholds.subject
    one = subject.checked.inputs[name]
    key = subject.person_of(tables, table, tables[table][row])
    mine = [n for n, other in enumerate(tables[table])
            if other.get(name) is not None and subject.person_of(tables, table, other) == key]  # fmt: skip
    if len(mine) < 2 or one.facts.type.kind not in (Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.BOOLEAN):
        return None
    low, high = span_of(one, subject)

    def world(place: int) -> World:
        return World({(table, number, name): cell_at(one, high if count < place else low)
                      for count, number in enumerate(mine)})  # fmt: skip

    places = {0, 1, len(mine) - 1, len(mine), len(mine) // 2}
    return Track(name, Mover(key, table, mine[0]), tuple(sorted(places)), 0, world)


def word_track(
    subject: Subject, tables: DrawnTables, table: str, row: int, name: str, words: Sequence[Constant]
) -> Track:  # fmt: skip
    """One cell through some words, one after the other."""
    one = subject.checked.inputs[name]
    cells = [word_cell(one, word) for word in words]

    def world(place: int) -> World:
        return World({(table, row, name): cells[place]})

    mover = Mover(subject.person_of(tables, table, tables[table][row]), table, row)
    return Track(name, mover, tuple(range(len(words))), 0, world)
