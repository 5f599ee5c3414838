"""What comes out of a run: results of people, values of groups, what became of pools and honours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve

from ..base.numbers import to_decimal
from ..lang.types import Kind
from ..model.arrays import Flags
from ..model.data import Population
from ..model.levels import PERSON, Level, Levels
from ..model.plan import Cell, Plan, PlanHonor, PlanPool
from ..model.plan_cells import answered_cells, levels_of_cells
from ..model.result import Raw, Slot, Value, slot_value
from ..model.result_columns import RawColumn, ResultColumns, RowsOfOne, RowsOfPeople
from ..model.run import HonorOutcome, PoolOutcome
from .columns.cells import Columns
from .columns.crossings import sums
from .columns.index import Index
from .columns.ordering import ordered
from .quarantine.refusals import key_in
from .quarantine.taint import Taint
from .scalar import layout_of, slot_of

Groups = Mapping[str, Mapping[str, Mapping[str, Value]]]


def is_met(levels: Levels, level: Level) -> bool:
    """Whether a level is people's own, or lies above or below it."""
    return levels.is_above(level, PERSON) or levels.is_above(PERSON, level)


def of_people(plan: Plan) -> Plan:
    """The plan with those outputs alone that people have: their own, their rows', and those of what they belong to.

    A project that only rows of people belong to has values too, and they are nobody's.
    """
    tables = {(name,) for name in plan.details}
    theirs = (o for o in plan.outputs if o.level in tables or is_met(plan.levels, o.level))
    return evolve(plan, outputs=tuple(theirs))


class Answers:
    """Where everything stands in the answers of a plan; made once, for all runs."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        levels = levels_of_cells(plan)
        tables: list[Level] = [(name,) for name in plan.details]
        answered = answered_cells(of_people(plan))
        self.levels = levels
        self.of_person = tuple(c for c in answered if levels[c] not in tables)
        self.of_rows = tuple(tuple(c for c in answered if levels[c] == table) for table in tables)
        self.cells = answered
        self.layout = layout_of(of_people(plan), self.of_person, self.of_rows)
        self._key = next((i.cell for i in plan.inputs if i.level == PERSON and i.type.kind is Kind.KEY), None)
        self._of_groups = self._slots_of_groups()
        self._made_of = {o.name: o.cells for o in plan.outputs}

    def _slots_of_groups(self) -> dict[Level, tuple[tuple[Cell, ...], dict[str, Slot]]]:
        """For each level above people with quantities: the cells of its rows, and where each quantity stands."""
        found: dict[Level, tuple[tuple[Cell, ...], dict[str, Slot]]] = {}
        for level in self.plan.levels:
            if self.plan.levels[level].sort in ("everyone", "group"):
                outputs = [o for o in self.plan.outputs if o.level == level]
                cells = tuple(dict.fromkeys(c for o in outputs for c in o.cells))
                places = {cell: i for i, cell in enumerate(cells)}
                if outputs:
                    found[level] = cells, {o.name: slot_of(o, places, None) for o in outputs}
        return found

    # ── People ────────────────────────────────────────────────────────────────────────────────────

    @property
    def wanted(self) -> tuple[Cell, ...]:
        """The cells that results, groups, pools and honours are made of."""
        plan = self.plan
        cells = [*answered_cells(plan), *(() if self._key is None else (self._key,))]
        for pool in plan.pools:
            cells += [pool.amount, pool.share, pool.where, *(() if pool.when is None else (pool.when,))]
        for honor in plan.honors:
            cells += [honor.eligible, honor.chosen, honor.places]
        return tuple(cells)

    def results(self, columns: Columns) -> ResultColumns:
        """The values of everybody in columns."""
        own = [_raw(columns, cell, PERSON) for cell in self.of_person]
        of_rows = zip(self.plan.details, self.of_rows, strict=True)
        return ResultColumns(self.layout, own, [self._rows(columns, (name,), cells) for name, cells in of_rows])

    def keys(self, columns: Columns) -> list[str]:
        """The keys of everybody, "" where the scheme has none."""
        if self._key is None:
            return [""] * columns.index.size(PERSON)
        return [str(key) for key in columns.values(self._key)]

    def _rows(self, columns: Columns, level: Level, cells: Sequence[Cell]) -> Sequence[RowsOfOne]:
        """What each person's rows of a detail table say."""
        index, size = columns.index, columns.index.size(PERSON)
        if not cells or not index.of_people(level):
            return [()] * size
        order = ordered(index.up(level, PERSON), size, [])
        return RowsOfPeople([_raw(columns, cell, level) for cell in cells], order.rows, order.begins)

    def _tuples(self, columns: Columns, cells: Sequence[Cell], level: Level) -> list[tuple[Raw, ...]]:
        if not cells:
            return [()] * columns.index.size(level)
        return list(zip(*(columns.values(cell, level) for cell in cells), strict=True))

    # ── Groups, pools and honours ─────────────────────────────────────────────────────────────────

    def groups(self, columns: Columns, population: Population, taint: Taint) -> Groups:
        """The values that stand at groups and at everyone, by level and key; what is held is left out."""
        found: dict[str, dict[str, dict[str, Value]]] = {}
        for level, (cells, slots) in self._of_groups.items():
            out = {name: taint.of(self._made_of[name], level).tolist() for name in slots}
            rows = zip(_keys(columns.index, population, level), self._tuples(columns, cells, level), strict=True)
            found[level[0]] = {
                key: {name: slot_value(slot, raw) for name, slot in slots.items() if not out[name][row]}
                for row, (key, raw) in enumerate(rows)
            }
        return found

    def pools(self, columns: Columns, population: Population, taint: Taint, gone: Flags) -> tuple[PoolOutcome, ...]:
        """What became of each pool; `gone` flags the people without a result."""
        return tuple(one for pool in self.plan.pools for one in self._pool(pool, columns, population, taint, gone))

    def _pool(
        self, pool: PlanPool, columns: Columns, population: Population, taint: Taint, gone: Flags
    ) -> list[PoolOutcome]:
        index, shares = columns.index, columns[pool.share]
        owner, size = index.up(pool.level, pool.group), index.size(pool.group)
        paid: list[int] = sums(shares, owner, size).tolist()
        members = np.bincount(owner[columns[pool.where]], minlength=size).tolist()
        waiting = [0] * size
        if gone.any() and self.plan.levels.is_above(PERSON, pool.level):  # what has no result is paid to nobody
            waiting = sums(np.where(gone[index.up(pool.level, PERSON)], shares, 0), owner, size).tolist()
        when = [True] * size if pool.when is None else columns.values(pool.when)
        amounts: list[int] = columns[pool.amount].tolist()
        all_cells = [pool.share, pool.where, pool.amount, *([] if pool.when is None else [pool.when])]
        held = taint.of_group(all_cells, pool.level, pool.group).tolist()
        unsure = taint.of([pool.amount], pool.group).tolist()
        found = []
        for row, key in enumerate(_keys(index, population, pool.group)):
            state = "held" if held[row] else "paid" if members[row] else "nobody"
            if state != "held" and not when[row]:
                state = "condition_not_met"
            amount = 0 if unsure[row] else amounts[row]
            waits = waiting[row] if state == "paid" else 0
            given = paid[row] - waits if state == "paid" else 0
            state = "in_part" if waits else state
            whole, part, left, later = (to_decimal(n, pool.decimals) for n in (amount, given, amount - given, waits))
            found.append(PoolOutcome(pool.name, key, whole, part, left, members[row], state, later, not unsure[row]))
        return found

    def honors(self, columns: Columns, population: Population, taint: Taint, gone: Flags) -> tuple[HonorOutcome, ...]:
        return tuple(one for honor in self.plan.honors for one in self._honor(honor, columns, population, taint, gone))

    def _honor(
        self, honor: PlanHonor, columns: Columns, population: Population, taint: Taint, gone: Flags
    ) -> list[HonorOutcome]:
        index = columns.index
        owner, size = index.up(PERSON, honor.group), index.size(honor.group)
        eligible = np.bincount(owner[columns[honor.eligible]], minlength=size).tolist()
        chosen: list[list[str]] = [[] for _ in range(size)]
        waiting: list[list[str]] = [[] for _ in range(size)]
        for person in np.flatnonzero(columns[honor.chosen]).tolist():
            names = waiting if gone[person] else chosen
            names[owner[person]].append(key_in(population, PERSON, index.number(PERSON, person)))
        places: list[int] = columns[honor.places].tolist()
        cells = (honor.eligible, honor.chosen, honor.places)
        held = taint.of_group(cells, PERSON, honor.group).tolist()
        found = []
        for row, key in enumerate(_keys(index, population, honor.group)):
            state = "held" if held[row] else "decided"
            has, waits = ((), ()) if held[row] else (tuple(chosen[row]), tuple(waiting[row]))
            state = "in_part" if waits else state
            empty = 0 if held[row] else max(0, places[row] - len(has) - len(waits))
            found.append(HonorOutcome(honor.name, key, eligible[row], places[row], has, empty, state, waits))
        return found


def _raw(columns: Columns, cell: Cell, level: Level) -> RawColumn:
    """A cell's values beside the rows of a level."""
    return RawColumn(columns.at(cell, level), columns.texts.listed if columns.facts[cell].kind is str else None)


def _keys(index: Index, population: Population, level: Level) -> list[str]:
    """The keys of the rows of a level."""
    return [key_in(population, level, number) for number in index.numbers[level].tolist()]
