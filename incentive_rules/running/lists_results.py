"""What comes out of a run over lists: results of people, values of groups, what became of pools and honours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from attrs import evolve

from ..base.numbers import to_decimal
from ..lang.types import Kind
from ..model.data import Population
from ..model.levels import PERSON, Level, Levels
from ..model.plan import Cell, Plan, PlanHonor, PlanPool
from ..model.plan_cells import answered_cells, levels_of_cells
from ..model.result import Raw, Result, Slot, Value, make_result, slot_value
from ..model.run import HonorOutcome, PoolOutcome
from .lists_crossings import Columns
from .lists_held import Holding
from .lists_standing import key_of
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

    def outside(self, key: str) -> Result:
        """The result of somebody to whom the scheme does not apply."""
        return make_result((self.layout, False, key, (), ()))

    def keys(self, columns: Columns) -> Sequence[str]:
        """The keys of all people as they were read; "" where the scheme has none."""
        return [""] * columns.frames.size(PERSON) if self._key is None else columns[self._key]

    def results(self, columns: Columns, skipped: Set[int]) -> dict[int, Result]:
        """The result of each person by number, those `skipped` left out."""
        frames = columns.frames
        size = frames.size(PERSON)
        values = self._tuples(columns, self.of_person, PERSON, size)
        tables = []
        for number, cells in enumerate(self.of_rows):
            level = (self.plan.details[number],)
            found: list[list[tuple[Raw, ...]]] = [[] for _ in range(size)]
            if cells and frames.of_people(level):
                rows = self._tuples(columns, cells, level, frames.size(level))
                for person, row in zip(frames.index(level, PERSON), rows, strict=True):
                    found[person].append(row)
            tables.append(found)
        made = {}
        keys = self.keys(columns)
        for person in range(size):
            if person not in skipped:
                rows_of = tuple(tuple(table[person]) for table in tables)
                made[person] = make_result((self.layout, True, keys[person], values[person], rows_of))
        return made

    def _tuples(self, columns: Columns, cells: Sequence[Cell], level: Level, size: int) -> list[tuple[Raw, ...]]:
        if not cells:
            return [()] * size
        found = []
        for cell in cells:
            column, own = columns[cell], self.levels[cell]
            index = columns.frames.index(level, own) if own != level else None
            found.append(column if index is None else [column[row] for row in index])
        return list(zip(*found, strict=True))

    # ── Groups, pools and honours ─────────────────────────────────────────────────────────────────

    def groups(self, columns: Columns, population: Population, held: Holding | None) -> Groups:
        """The values that stand at groups and at everyone, by level and key; what is held is left out."""
        frames = columns.frames
        found: dict[str, dict[str, dict[str, Value]]] = {}
        for level, (cells, slots) in self._of_groups.items():
            rows = self._tuples(columns, cells, level, frames.size(level))
            kept: dict[str, dict[str, Value]] = {}
            out = {name: held.of_all(self._made_of[name], level) if held else {} for name in slots}
            for row, raw in enumerate(rows):
                key = key_of(population, level, frames.numbers[level][row])
                kept[key] = {name: slot_value(slot, raw) for name, slot in slots.items() if row not in out[name]}
            found[level[0]] = kept
        return found

    def pools(
        self, columns: Columns, population: Population, held: Holding | None, gone: Set[int]
    ) -> tuple[PoolOutcome, ...]:
        """What became of each pool; `gone` are the people without a result, by number."""
        return tuple(one for pool in self.plan.pools for one in self._pool(pool, columns, population, held, gone))

    def _pool(
        self, pool: PlanPool, columns: Columns, population: Population, held: Holding | None, gone: Set[int]
    ) -> list[PoolOutcome]:
        frames = columns.frames
        size = frames.size(pool.group)
        paid, members, waiting = [0] * size, [0] * size, [0] * size
        shares, owners = columns[pool.share], frames.index(pool.level, pool.group)
        for owner, share, part in zip(owners, shares, columns[pool.where], strict=True):
            paid[owner] += share
            members[owner] += bool(part)
        if gone and self.plan.levels.is_above(PERSON, pool.level):  # what has no result is paid to nobody
            own = pool.level == PERSON
            whose = range(len(shares)) if own else frames.index(pool.level, PERSON)
            for owner, share, person in zip(owners, shares, whose, strict=True):
                waiting[owner] += share if person in gone else 0
        when = [True] * size if pool.when is None else columns[pool.when]
        amounts = columns[pool.amount]
        all_cells = [pool.share, pool.where, pool.amount, *([] if pool.when is None else [pool.when])]
        out = held.of_group(all_cells, pool.level, pool.group) if held else {}
        unsure = held.of_all([pool.amount], pool.group) if held else {}
        found = []
        for row in range(size):
            state = "held" if row in out else "paid" if members[row] else "nobody"
            if state != "held" and not when[row]:
                state = "condition_not_met"
            amount = 0 if row in unsure else amounts[row]
            waits = waiting[row] if state == "paid" else 0
            given = paid[row] - waits if state == "paid" else 0
            state = "in_part" if waits else state
            key = key_of(population, pool.group, frames.numbers[pool.group][row])
            whole, part, left, later = (to_decimal(n, pool.decimals) for n in (amount, given, amount - given, waits))
            found.append(PoolOutcome(pool.name, key, whole, part, left, members[row], state, later, row not in unsure))
        return found

    def honors(
        self, columns: Columns, population: Population, held: Holding | None, gone: Set[int]
    ) -> tuple[HonorOutcome, ...]:
        return tuple(one for honor in self.plan.honors for one in self._honor(honor, columns, population, held, gone))

    def _honor(
        self, honor: PlanHonor, columns: Columns, population: Population, held: Holding | None, gone: Set[int]
    ) -> list[HonorOutcome]:
        frames = columns.frames
        size = frames.size(honor.group)
        eligible = [0] * size
        chosen: list[list[str]] = [[] for _ in range(size)]
        waiting: list[list[str]] = [[] for _ in range(size)]
        people = frames.numbers[PERSON]
        flags = zip(frames.index(PERSON, honor.group), columns[honor.eligible], columns[honor.chosen], strict=True)
        for person, (owner, able, is_chosen) in enumerate(flags):
            eligible[owner] += bool(able)
            if is_chosen:
                names = waiting if person in gone else chosen
                names[owner].append(key_of(population, PERSON, people[person]))
        places = columns[honor.places]
        cells = (honor.eligible, honor.chosen, honor.places)
        out = held.of_group(cells, PERSON, honor.group) if held else {}
        found = []
        for row in range(size):
            key = key_of(population, honor.group, frames.numbers[honor.group][row])
            state = "held" if row in out else "decided"
            has, waits = ((), ()) if row in out else (tuple(chosen[row]), tuple(waiting[row]))
            state = "in_part" if waits else state
            empty = 0 if row in out else max(0, places[row] - len(has) - len(waits))
            found.append(HonorOutcome(honor.name, key, eligible[row], places[row], has, empty, state, waits))
        return found
