"""What one thing different would have given: for each cell of a person's work the nearest value that changes the pay.

The company is computed once. Of a cell that is different, only what rests on it is computed again (`engine.nearby`),
and comes out as the whole company computed again would; every nearer value is tried, or proved to change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np
from attrs import frozen

from .base.errors import DataError
from .base.problems import causes
from .base.reports import render_problems
from .base.text import echo
from .batch import Hearing
from .engine.nearby.company import KnownCompany, Nearby, Played, known_company
from .engine.nearby.search import (
    CellWay,
    Watched,
    cells_in_worlds,
    compared,
    flags_that_must_hold,
    nearest_changes,
    soundness,
)
from .engine.nearby.telling import Discretion
from .engine.scalar import slot_of
from .engine.summary import Computed
from .lang.types import Kind
from .model.checked import Checked, CheckedInput
from .model.data import DataRow, People
from .model.levels import PERSON
from .model.nearest_steps import CellContent, NearestStep, OutcomeChange
from .model.plan import Cell, Plan, PlanInput
from .model.result import Raw, Slot, Value, slot_value
from .model.scheme import Role
from .proving.graph import ReadGraph
from .proving.net import decided_lines, net_of
from .proving.values import raw_number, unit_of, word_cells
from .proving.work import can_move, feeds_of
from .reading.cells.cell import read_cell

ONLY_AS_WORK = (Kind.CATEGORY, Kind.DATE, Kind.TIME)  # else they say who somebody is, and since when


def facts_of_work(checked: Checked) -> tuple[CheckedInput, ...]:
    """The facts of a person that may have been different: what indicators measure, or what decides pay at risk.

    Left out are facts that the scheme promises never to read, keys, what says to which groups somebody belongs, what
    comes from earlier periods; days, moments and words that no indicator measures: post, day of joining; and rows of
    which an indicator wants at least so many, so that nobody can guess who wrote one of them.
    """
    feeds = feeds_of(checked)
    measured = set[str]().union(*feeds.values())
    guarded = set[str]().union(*(facts for name, facts in feeds.items() if _wants_many_rows(checked, name)))
    graph = ReadGraph(checked)
    at_risk = [line for line in decided_lines(checked) if line.definition.pay is not None
               and line.definition.pay.at_risk is not False and line.definition.pay.kind == "earning"]  # fmt: skip
    lines = at_risk or ([] if net_of(checked) is not None else list(checked.quantities))
    paid = set[str]().union(*(graph.behind(line.name) for line in lines))
    protected = {literal.text for literal in checked.scheme.never_reads}
    return tuple(
        one for name, one in checked.inputs.items()
        if can_move(checked, one) and name not in protected and one.facts.type.kind is not Kind.KEY
        and (one.level == PERSON or name not in guarded)
        and (name in measured or (name in paid and one.facts.type.kind not in ONLY_AS_WORK))
    )  # fmt: skip


def _wants_many_rows(checked: Checked, indicator: str) -> bool:
    about = checked.quantity(indicator).definition.indicator
    return about is not None and (about.min_rows or 0) > 1


def usual_outcome(checked: Checked, plan: Plan) -> str:
    """What a step is about where nobody says: net pay; without pay, the last quantity of a person."""
    net = net_of(checked)
    if net is not None:
        return net.name
    names = [output.name for output in plan.outputs if output.level == PERSON and output.role is not Role.MEASURED]
    if not names:
        raise KeyError("the scheme has no quantity of a person")
    return names[-1]


@frozen
class _Asked:
    """The ways of one person's cells, up and down, and whose cell each is."""

    ways: tuple[CellWay, ...]
    inputs: tuple[CheckedInput, ...]  # of each way


class WhatIfs:
    """The people of one run, asked one by one what a single different cell would have given them."""

    def __init__(
        self, checked: Checked, plan: Plan, hearing: Hearing, people: People, computed: Computed,
        show_groups_from: int | None = None,
    ) -> None:  # fmt: skip
        """`hearing` is that of these people, and they are `computed`. Unsaid, the scheme says `show_groups_from`."""
        self._checked, self._plan, self._hearing = checked, plan, hearing
        self._people, self._computed = people, computed
        self._least = checked.scheme.show_groups_from if show_groups_from is None else show_groups_from
        outputs = [one for one in plan.outputs if one.level == PERSON]
        self._outputs = {one.name: one for one in outputs}
        self._cells = tuple(dict.fromkeys(cell for one in outputs for cell in one.cells))
        places = {cell: place for place, cell in enumerate(self._cells)}
        self._slots = {one.name: slot_of(one, places, None) for one in outputs}
        inputs = {one.name: one for one in plan.inputs}
        self._facts = [(one, inputs[one.name]) for one in facts_of_work(checked) if one.name in inputs]

    @cached_property
    def _company(self) -> KnownCompany:
        return known_company(self._plan, self._hearing.population, read_cell)

    @cached_property
    def _nearby(self) -> Nearby:
        return Nearby(self._company)

    @cached_property
    def _discretion(self) -> Discretion:
        return Discretion(self._company, self._least)

    @property
    def outcome(self) -> str:
        """The quantity that steps are about where nobody says."""
        return usual_outcome(self._checked, self._plan)

    def of_key(self, key: str, outcome: str = "") -> tuple[NearestStep, ...]:
        """The nearest steps of the person with this key; KeyError where nobody has it.

        `DataError` with the problems of a person who has no result.
        """
        row = next((row for row in self._people.rows if row.key == key), None)
        if row is None:
            raise KeyError(echo(key))
        problems = self._computed.problems_of_people[row.number]
        if self._computed.results[row.number] is None:
            language = self._checked.scheme.language or "en"
            raise DataError(render_problems(problems, "text", language), causes(problems))
        return self.of(row, outcome)

    def of(self, row: DataRow, outcome: str = "") -> tuple[NearestStep, ...]:
        """The nearest steps of somebody who has a result, up and down, cell by cell in the order of the scheme.

        `outcome` is the quantity that has to change, net pay where none is named; KeyError where people have no such
        quantity. Nobody out of scope has steps.
        """
        name = outcome or self.outcome
        if name not in self._outputs:
            raise KeyError(echo(name))
        person = self._company.row_of(PERSON, self._hearing.number(row))
        if person is None:
            return ()
        watched = Watched(person, self._outputs[name].cells, flags_that_must_hold(self._company))
        asked = self._ways(person)
        distances = nearest_changes(self._nearby, watched, asked.ways)
        found = [(way, one, distance) for way, one, distance in zip(asked.ways, asked.inputs, distances, strict=True)
                 if distance is not None]  # fmt: skip
        return tuple(self._told(row, name, watched, found))

    # ── Which cells ──────────────────────────────────────────────────────────────────────────────

    def _ways(self, person: int) -> _Asked:
        ways: list[CellWay] = []
        inputs: list[CheckedInput] = []
        for one, entry in self._facts:
            for row in self._rows(entry, person):
                for way in self._of_cell(one, entry, row):
                    ways.append(way)
                    inputs.append(one)
        return _Asked(tuple(ways), tuple(inputs))

    def _rows(self, entry: PlanInput, person: int) -> Sequence[int]:
        """The person's rows in which the cell is there."""
        company = self._company
        if entry.level == PERSON:
            rows = np.array([person])
        else:
            rows = np.flatnonzero(company.index.up(entry.level, PERSON) == person)
        if entry.known is not None:
            rows = rows[company.columns[entry.known][rows]]
        return [int(row) for row in rows]

    def _of_cell(self, one: CheckedInput, entry: PlanInput, row: int) -> Iterator[CellWay]:
        now = self._company.columns[entry.cell][row]
        if one.facts.type.kind is Kind.BOOLEAN:
            yield CellWay(entry, row, int(now), -1 if now else 1, 1, 1)
        elif one.facts.type.kind is Kind.CATEGORY:
            yield from self._of_words(one, entry, row, int(now))
        elif entry.low is not None and entry.high is not None:
            stride = int(unit_of(one) * 10**entry.decimals) if one.facts.type.kind is Kind.NUMBER else 1
            for sign, room in ((1, entry.high - int(now)), (-1, int(now) - entry.low)):
                if stride > 0 and room // stride > 0:
                    yield CellWay(entry, row, int(now), sign, stride, room // stride)

    def _of_words(self, one: CheckedInput, entry: PlanInput, row: int, now: int) -> Iterator[CellWay]:
        texts = self._company.columns.texts
        words = [texts.number(literal.text) for literal in one.definition.one_of]
        if now in words:
            at = words.index(now)
            for sign, further in ((1, words[at + 1 :]), (-1, words[:at][::-1])):
                if further:
                    yield CellWay(entry, row, now, sign, 1, len(further), tuple(further))

    # ── What is told ─────────────────────────────────────────────────────────────────────────────

    def _told(
        self, row: DataRow, name: str, watched: Watched, found: Sequence[tuple[CellWay, CheckedInput, int]]
    ) -> Iterator[NearestStep]:
        if not found:
            return
        worlds, changes = cells_in_worlds([(way, [(distance, distance)]) for way, _, distance in found])
        wanted = {cell: np.array([watched.person]) for cell in self._cells}
        slice_ = self._nearby.slice([(way.input, way.row) for way, _, _ in found], wanted, watched.sound)
        played = self._nearby.play(slice_, worlds, changes)
        same, _ = compared(played, watched)
        _, sound = soundness(self._company, played, watched.sound)
        crosses, closed = self._discretion.crosses(played), self._discretion.closed(watched.person)
        before = self._values(self._raw_of_company(watched.person))
        columns = self._raw_columns(played, watched.person)
        for world, (way, one, distance) in enumerate(found):
            assert sound[world] and not same[world]
            raw = tuple(column[world] for column in columns)
            changed = tuple(OutcomeChange(other, value, after) for other, value in before.items()
                            if (after := slot_value(self._slots[other], raw)) != value)  # fmt: skip
            told = [output for one in changed if (output := self._outputs[one.name]).role is Role.PAY]
            if not told or self._outputs[name].role is not Role.RESULT:
                told.append(self._outputs[name])
            kept_back = any(way.input.cell in closed.get(cell, ()) for output in told for cell in output.cells)
            if crosses[world] or kept_back or all(change.name != name for change in changed):
                continue
            yield self._step(row, way, one, distance, name, changed)

    def _raw_of_company(self, person: int) -> tuple[Raw, ...]:
        columns = self._company.columns
        return tuple(self._as_raw(cell, columns[cell][person].item() if hasattr(columns[cell][person], "item")
                                  else columns[cell][person]) for cell in self._cells)  # fmt: skip

    def _raw_columns(self, played: Played, person: int) -> list[list[Raw]]:
        """The values of each cell of results, world by world."""
        rows = np.array([person])
        found = []
        for cell in self._cells:
            box = played.box(cell, rows)
            assert box.is_point or np.array_equal(box.low, box.high)
            values = np.broadcast_to(box.low[:, 0], (played.worlds,)).tolist()
            found.append([self._as_raw(cell, value) for value in values])
        return found

    def _as_raw(self, cell: Cell, value: Raw) -> Raw:
        columns = self._company.columns
        return columns.texts[int(value)] if columns.facts[cell].kind is str else value

    def _values(self, raw: tuple[Raw, ...]) -> Mapping[str, Value]:
        return {name: slot_value(slot, raw) for name, slot in self._slots.items()}

    def _step(
        self, row: DataRow, way: CellWay, one: CheckedInput, distance: int, name: str,
        changed: tuple[OutcomeChange, ...],
    ) -> NearestStep:  # fmt: skip
        index = self._company.index
        table = self._company.population.tables[way.input.level]
        origins = table.origins
        place = origins[index.number(way.input.level, way.row)] if len(origins) else None
        origin = row.origin if place is None else place.elsewhere.get(one.name, place.origin)
        return NearestStep(
            row.key, way.input.level[0] if way.input.level else "", origin.row, origin.line,
            one.definition.column or one.name, one.name,
            self._content(one, way.input, way.start), self._content(one, way.input, way.value(distance)),
            "up" if way.sign > 0 else "down", distance, name, changed,
        )  # fmt: skip

    def _content(self, one: CheckedInput, entry: PlanInput, value: int) -> CellContent:
        """A value of the plan as a program would hand it over."""
        kind = one.facts.type.kind
        if kind is Kind.BOOLEAN:
            return bool(value)
        if kind is Kind.CATEGORY:
            text = self._company.columns.texts[value]
            words = [literal.text for literal in one.definition.one_of]
            said = word_cells(one)[words.index(text)]
            return said if isinstance(said, str) else text
        if kind is Kind.NUMBER:
            number = raw_number(one, Fraction(value, 10**entry.decimals))
            assert isinstance(number, Decimal)
            return int(number) if entry.decimals == 0 else number
        found = slot_value(Slot(kind, True, 0, 0, 1, (), None, Role.QUANTITY), (value,))
        assert not isinstance(found, Fraction) and found is not None
        return found  # type: ignore[return-value]
