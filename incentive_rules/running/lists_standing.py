"""Who cannot stand: problems of cells and of what must hold, and the people that each of them refuses.

A row of details refuses its person; a row of a group, or of details that only groups own, refuses all people
that belong to it. Their other rows go with them.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Container, Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from ..base.problems import Problem
from ..base.text import echo
from ..model.data import DataRow, Population
from ..model.levels import EVERYONE, PERSON, Level
from ..model.plan import Plan, PlanCheck
from .lists_frames import Column, Frames
from .lists_reading import UNREADABLE, Bad
from .scalar_rows import inputs_read

Order = tuple[int, int, int]  # problems of cells first, then by table or check, then by row
OF_CELLS, OF_CHECKS = 0, 1
Troubles = dict[Level, dict[int, list[tuple[Order, Problem]]]]


@frozen
class Refused:
    """The refused people, each with every problem; the rows of all levels that go with them; and the problems of
    rows that no person goes with."""

    people: Mapping[int, tuple[Problem, ...]]
    gone: Mapping[Level, set[int]] = field(factory=dict)
    nobodys: tuple[Problem, ...] = ()


class Standing:
    """Finds problems among the rows of `frames`, which are those of the population or some of them."""

    def __init__(self, plan: Plan, population: Population, frames: Frames) -> None:
        self._plan = plan
        self._population = population
        self._frames = frames
        self._reads = inputs_read(plan)
        self._tables: list[Level] = [(name,) for name in plan.details]
        self._rows_of_people: dict[Level, list[list[int]]] = {}
        self.found: Troubles = {}
        self._outside: set[int] = set()

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
        for number, level in enumerate(self._tables):
            if level not in self._frames.numbers:
                continue
            owners: Iterable[Level] = (PERSON,)
            if not self._frames.of_people(level):
                owners = (owner for owner in self._frames.owners(level) if owner != EVERYONE)
            for owner in owners:
                counts = [0] * self._frames.size(owner)
                for above in self._frames.index(level, owner):
                    counts[above] += 1
                over = {row: count for row, count in enumerate(counts) if count > self._plan.max_rows}
                if over:
                    self._too_many(level, owner, (OF_CELLS, 1, number), over)

    def _too_many(self, level: Level, owner: Level, order: Order, over: Mapping[int, int]) -> None:
        own = self.found.get(level, {})
        for row, above in enumerate(self._frames.index(level, owner)):
            if above in over:
                own.pop(row, None)
        limit = {"most": str(self._plan.max_rows), "limit": "max_rows_per_person", "limit_zh": "每人最多行数"}
        for row, count in over.items():
            self._add(owner, row, order, Problem("data-too-many", {"count": str(count), **limit}, table=level[0]))

    def of_checks(
        self, checks: Iterable[tuple[int, PlanCheck]], flags: Mapping[int, Column], scope: Column | None = None,
        *, everybody: bool = False,
    ) -> None:  # fmt: skip
        """What must hold and does not, where it rests on sound cells. Whoever is out of scope is not asked.

        Of their own rows `everybody` is, where the scope stands on what must hold. What does not hold of a group is
        told of its people in scope; where it has none, of the group.
        """
        judged = None if everybody else scope
        self._outside = {person for person, is_in in enumerate(scope or ()) if not is_in}
        unsound = self.refused().people if self.found else {}
        for number, check in checks:
            for row in [row for row, flag in enumerate(flags[check.flag]) if not flag]:
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
        if not self._frames.of_people(level):
            return None
        return self._frames.index(level, PERSON)[row]

    # ── Where it stands ───────────────────────────────────────────────────────────────────────────

    def _placed(self, level: Level, row: int, problem: Problem) -> Problem:
        """The problem with its row: that of the file where there is one, else its number among its owner's rows."""
        origin = origin_of(self._population, level, self._frames.numbers[level][row])
        if origin is not None:
            where = origin.elsewhere.get(problem.params.get("input", ""), origin.origin)
            table = where.table or problem.table or self._name(level)
            return evolve(problem, table=table, row=where.row, line=where.line)
        if level == PERSON:
            return problem
        if not self._frames.of_people(level):
            return evolve(problem, table=self._name(level), row=row + 1)
        if level not in self._rows_of_people:
            self._rows_of_people[level] = self._frames.rows_of(level, PERSON)
        person = self._frames.index(level, PERSON)[row]
        return evolve(problem, table=level[0], row=bisect(self._rows_of_people[level][person], row))

    def _name(self, level: Level) -> str:
        return self._frames.levels[level].table or "".join(level)

    # ── Whom it refuses ───────────────────────────────────────────────────────────────────────────

    def refused(self) -> Refused:
        """Everybody whom a problem refuses, and all rows that go with them."""
        if not self.found:
            return Refused({})
        groups = self._groups()
        people: dict[int, list[tuple[Order, Problem]]] = {}
        for level in self._levels_of_people():
            index = self._frames.index(level, PERSON)
            for row, problems in self._with_owners(level, groups).items():
                told = problems
                if index[row] in self._outside:  # nothing is asked of their groups
                    own = {id(problem) for _, problem in self.found.get(level, {}).get(row, ())}
                    told = [one for one in problems if one[0][0] == OF_CELLS or id(one[1]) in own]
                if told:
                    people.setdefault(index[row], []).extend(told)
        gone: dict[Level, set[int]] = {level: set(rows) for level, rows in groups.items()}
        for level in self._levels_of_people():
            index = self._frames.index(level, PERSON)
            gone[level] = {row for row, person in enumerate(index) if person in people}
        return Refused(
            {person: self._in_order(person, people[person]) for person in sorted(people)},
            gone,
            self._nobodys(groups, {id(problem) for problems in people.values() for _, problem in problems}),
        )

    def _nobodys(self, levels: Iterable[Level], told: Container[int]) -> tuple[Problem, ...]:
        """The problems of rows above people that are `told` of no person."""
        found: list[tuple[Order, Problem]] = []
        for level in levels:
            for row, problems in self.found.get(level, {}).items():
                key = echo(key_of(self._population, level, self._frames.numbers[level][row]))
                found += [(order, evolve(p, key=key)) for order, p in problems if id(p) not in told]
        return tuple(problem for _, problem in sorted(found, key=lambda one: one[0]))

    def _levels_of_people(self) -> list[Level]:
        frames = self._frames
        return [level for level in (PERSON, *self._tables) if level in frames.numbers and frames.of_people(level)]

    def _groups(self) -> Troubles:
        """The rows above people that cannot stand: groups, and the details that only groups own."""
        levels = self._frames.levels
        above = [level for level in self._frames.numbers if not self._frames.of_people(level)]
        found: Troubles = {level: {r: list(p) for r, p in self.found.get(level, {}).items()} for level in above}
        for level in reversed(above):  # a row of details takes its group along
            if levels[level].sort == "details":
                for owner in self._frames.owners(level):
                    if owner != EVERYONE:
                        for row, problems in found[level].items():
                            found[owner].setdefault(self._frames.index(level, owner)[row], []).extend(problems)
        for level in above:
            found[level] = self._with_owners(level, found)
        return found

    def _with_owners(self, level: Level, groups: Troubles) -> dict[int, list[tuple[Order, Problem]]]:
        """The problems of the rows of a level, with those of the groups that they belong to."""
        own = groups.get(level, self.found.get(level, {}))
        found = {row: list(problems) for row, problems in own.items()}
        for owner in self._frames.owners(level):
            bad = groups.get(owner, {})
            if bad:
                for row, above in enumerate(self._frames.index(level, owner)):
                    if above in bad:
                        found.setdefault(row, []).extend(bad[above])
        return found

    def _in_order(self, person: int, problems: Sequence[tuple[Order, Problem]]) -> tuple[Problem, ...]:
        key = key_of(self._population, PERSON, self._frames.numbers[PERSON][person])
        once = {id(problem): (order, problem) for order, problem in problems}
        return tuple(evolve(p, key=echo(key)) for _, p in sorted(once.values(), key=lambda pair: pair[0]))


def origin_of(population: Population, level: Level, number: int) -> DataRow | None:
    """Where a row of the population came from, if that is known."""
    table = population.tables.get(level)
    return table.origins[number] if table is not None and table.origins else None


def key_of(population: Population, level: Level, number: int) -> str:
    """The key of a row of the population, "" where it has none."""
    table = population.tables.get(level)
    return table.keys[number] if table is not None else ""
