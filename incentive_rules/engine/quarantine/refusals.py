"""Who is refused: problems of cells and of what must hold, and the people whom each of them refuses.

A problem of a detail row refuses its person, with all other rows of that person. A problem of a group, or of a detail
row that only groups own, refuses the group and all people who belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, field, frozen

from ...base.problems import Problem
from ...base.text import echo
from ...model.arrays import Flags
from ...model.data import DataRow, Population
from ...model.levels import EVERYONE, PERSON, Level
from ...model.plan import Cell, Plan, PlanCheck
from ...model.plan_cells import inputs_read
from ..columns.decode import UNREADABLE, Bad
from ..columns.index import Index

Order = tuple[int, int, int]  # problems of cells first, then by table or check, then by row
OF_CELLS, OF_CHECKS = 0, 1
Troubles = dict[Level, dict[int, list[tuple[Order, Problem]]]]


@frozen(eq=False)
class Refusals:
    """The refused people, each with every problem.

    `gone` flags at each level the rows that are refused with them, or as groups; it is empty where nobody is. `unowned`
    are the problems of rows above people that refuse no person.
    """

    people: Mapping[int, tuple[Problem, ...]] = field(factory=dict)
    gone: Mapping[Level, Flags] = field(factory=dict)
    unowned: tuple[Problem, ...] = ()


class RowProblems:
    """Collects what is wrong with the rows of `index`, which are those of the population or some of them."""

    def __init__(self, plan: Plan, population: Population, index: Index) -> None:
        self._plan = plan
        self._population = population
        self.index = index
        self._tables: list[Level] = [(name,) for name in plan.details]
        self.found: Troubles = {}
        self._out_of_scope: Flags = np.zeros(index.size(PERSON), bool)

    @cached_property
    def _reads(self) -> Mapping[Cell, frozenset[str]]:
        return inputs_read(self._plan)

    def _add(self, level: Level, row: int, order: Order, problem: Problem) -> None:
        self.found.setdefault(level, {}).setdefault(row, []).append((order, self._placed(level, row, problem)))

    # ── What is wrong ─────────────────────────────────────────────────────────────────────────────

    def of_cells(self, level: Level, bad: Bad) -> None:
        """Problems of cells, by row."""
        groups = [one for one in self._plan.levels if one not in self._tables]
        numbers = {one: number for number, one in enumerate([*self._tables, *groups], 2)}
        for row, problem in bad:
            self._add(level, row, (OF_CELLS, 0 if level == PERSON else numbers[level], row), problem)

    def of_counts(self) -> None:
        """Owners of more rows than a sum was made for; their rows are not looked at any further."""
        index = self.index
        for number, level in enumerate(self._tables):
            if level not in index.numbers:
                continue
            owners: Iterable[Level] = (PERSON,)
            if not index.of_people(level):
                owners = (owner for owner in index.owners(level) if owner != EVERYONE)
            for owner in owners:
                counts = index.counts(level, owner)
                if (counts > self._plan.max_rows).any():
                    over = counts > self._plan.max_rows
                    own = self.found.get(level, {})
                    for row in [row for row in own if over[index.up(level, owner)[row]]]:
                        del own[row]
                    for row in np.flatnonzero(over).tolist():
                        self._add(owner, row, (OF_CELLS, 1, number), self._too_many(level, int(counts[row])))

    def _too_many(self, level: Level, count: int) -> Problem:
        limit = {"most": str(self._plan.max_rows), "limit": "max_rows_per_person", "limit_zh": "每人最多行数"}
        return Problem("data-too-many", {"count": str(count), **limit}, table=level[0])

    def of_checks(
        self, checks: Iterable[tuple[int, PlanCheck]], flags: Mapping[Cell, Flags], scope: Flags | None = None,
        *, everybody: bool = False,
    ) -> None:  # fmt: skip
        """What must hold and does not, where it rests on sound cells. Whoever is out of scope is not asked.

        Of their own rows `everybody` is, where the scope stands on what must hold. What does not hold of a group is
        told of its people in scope; where it has none, of the group.
        """
        judged = None if everybody else scope
        if scope is not None:
            self._out_of_scope = ~scope
        unsound = self.refusals().people if self.found else {}
        for number, check in checks:
            for row in np.flatnonzero(~flags[check.flag]).tolist():
                person = self._person(check.level, row)
                if person is not None and judged is not None and not judged[person]:
                    continue
                own = [p for _, p in self.found.get(check.level, {}).get(row, [])]
                about = unsound.get(person, ()) if person is not None else own
                readable = not any(p.code in (UNREADABLE, "data-too-many") for p in about)
                if readable and not self._reads[check.flag] & {p.params.get("input") for p in about}:
                    problem = Problem(check.code, {"text": check.text}, place=check.place)
                    self._add(check.level, row, (OF_CHECKS, number, row), problem)

    def _person(self, level: Level, row: int) -> int | None:
        """The person to whom a row belongs, if it belongs to one."""
        return int(self.index.up(level, PERSON)[row]) if self.index.of_people(level) else None

    # ── Where it stands ───────────────────────────────────────────────────────────────────────────

    def _placed(self, level: Level, row: int, problem: Problem) -> Problem:
        """The problem with its row: that of the file where there is one, else its number among its owner's rows."""
        origin = origin_of(self._population, level, self.index.number(level, row))
        if origin is not None:
            where = origin.elsewhere.get(problem.params.get("input", ""), origin.origin)
            table = where.table or problem.table or self._name(level)
            return evolve(problem, table=table, row=where.row, line=where.line)
        if level == PERSON:
            return problem
        if not self.index.of_people(level):
            return evolve(problem, table=self._name(level), row=row + 1)
        return evolve(problem, table=level[0], row=int(self.index.places(level, PERSON)[row]))

    def _name(self, level: Level) -> str:
        return self.index.levels[level].table or "".join(level)

    # ── Whom it refuses ───────────────────────────────────────────────────────────────────────────

    def refusals(self) -> Refusals:
        """Everybody whom a problem refuses, and all rows that are refused with them."""
        if not self.found:
            return Refusals()
        index = self.index
        above = [level for level in index.numbers if not index.of_people(level)]
        found = self._with_groups_of_details(above)
        people: dict[int, list[tuple[Order, Problem]]] = {}
        for level, rows in found.items():
            for person, row in self._people_below(level, rows):
                told = rows[row]
                if self._out_of_scope[person] and level in above:  # nothing is asked of their groups
                    told = [one for one in told if one[0][0] == OF_CELLS]
                if told:
                    people.setdefault(person, []).extend(told)
        gone: dict[Level, Flags] = {}
        for level in above:  # each after its owners
            gone[level] = _flagged(found.get(level, ()), index.size(level))
            for owner in index.owners(level):
                gone[level] |= gone[owner][index.up(level, owner)]
        for level in self._levels_of_people():
            gone[level] = _flagged(people, index.size(PERSON))[index.up(level, PERSON)]
        told_of = {id(problem) for problems in people.values() for _, problem in problems}
        unowned = [
            (order, self._keyed(level, row, problem))
            for level in above
            for row, problems in self.found.get(level, {}).items()
            for order, problem in problems
            if id(problem) not in told_of
        ]
        by_person = {person: self._of_person(person, people[person]) for person in sorted(people)}
        return Refusals(by_person, gone, _in_order(unowned))

    def _levels_of_people(self) -> list[Level]:
        index = self.index
        return [level for level in (PERSON, *self._tables) if level in index.numbers and index.of_people(level)]

    def _with_groups_of_details(self, above: Sequence[Level]) -> Troubles:
        """What was found; problems of detail rows that only groups own are those of the groups as well."""
        index = self.index
        found: Troubles = {level: {row: list(own) for row, own in rows.items()} for level, rows in self.found.items()}
        for level in reversed(above):
            for owner in index.owners(level) if index.levels[level].sort == "details" else ():
                if owner != EVERYONE:
                    for row, problems in found.get(level, {}).items():
                        of_owner = found.setdefault(owner, {})
                        of_owner.setdefault(int(index.up(level, owner)[row]), []).extend(problems)
        return found

    def _people_below(self, level: Level, rows: Iterable[int]) -> list[tuple[int, int]]:
        """Pairs of a person and one of these rows, to which the person or one of their rows belongs."""
        index = self.index
        is_one = _flagged(rows, index.size(level))
        pairs = set[tuple[int, int]]()
        for fine in self._levels_of_people():
            if level == fine or level in index.above(fine):
                owner = index.up(fine, level)
                those = np.flatnonzero(is_one[owner])
                pairs.update(zip(index.up(fine, PERSON)[those].tolist(), owner[those].tolist(), strict=True))
        return sorted(pairs)

    def _of_person(self, person: int, problems: Iterable[tuple[Order, Problem]]) -> tuple[Problem, ...]:
        once = {id(problem): (order, self._keyed(PERSON, person, problem)) for order, problem in problems}
        return _in_order(once.values())

    def _keyed(self, level: Level, row: int, problem: Problem) -> Problem:
        return evolve(problem, key=echo(key_in(self._population, level, self.index.number(level, row))))


def _in_order(problems: Iterable[tuple[Order, Problem]]) -> tuple[Problem, ...]:
    return tuple(problem for _, problem in sorted(problems, key=lambda one: one[0]))


def _flagged(rows: Iterable[int], size: int) -> Flags:
    """Flags of so many rows, true for these."""
    flags = np.zeros(size, bool)
    flags[list(rows)] = True
    return flags


def origin_of(population: Population, level: Level, number: int) -> DataRow | None:
    """Where a row of the population came from, if that is known."""
    table = population.tables.get(level)
    return table.origins[number] if table is not None and table.origins else None


def key_in(population: Population, level: Level, number: int) -> str:
    """The key of a row of the population, "" where it has none."""
    table = population.tables.get(level)
    return table.keys[number] if table is not None else ""
