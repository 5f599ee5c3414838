"""From people to a population: a table for each level, in which every row has its owners.

A person who cannot stand is not in it; what lacks them is named, so that nobody is paid from a group of which
a part is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ..base.problems import Problem
from ..model.checked import Checked
from ..model.data import DataRow, People, Population, PopulationTable
from ..model.levels import EVERYONE, PERSON, Level, most_rows
from .links import KeyReader, column_reader, inputs_at, person_inputs
from .looks import twins
from .people import gather_one
from .rows import placed, read_values
from .used import levels_used
from .words import twin

Problems = tuple[Problem, ...]
_OF_ONE, _OF_ALL = ("max_rows_per_person", "每人最多行数"), ("max_people", "最多人数")
Refused = dict[int, list[Problem]]  # by the number of the person's row


def population_of(checked: Checked, people: People) -> tuple[Population | None, Problems]:
    """Everybody with raw cells, as the list engine takes them; or the problems of tables that are too large."""
    return _Maker(checked, people).population()


def population_of_one(
    checked: Checked, facts: Mapping[str, object], details: Mapping[str, Sequence[Mapping[str, object]]]
) -> tuple[Population | None, Problems]:
    """One person by themselves; or everything that is wrong with the rows as a whole."""
    people, problems = gather_one(checked, facts, details)
    if people is None:
        return None, problems
    population, problems = population_of(checked, people)
    if population is None:
        return None, problems
    refused = (problem for _, own in population.refused for problem in own)
    return population, (*refused, *people.orphans)


class _Maker:
    """The rows of each level that stand, with the keys of their owners; then the numbers of these."""

    def __init__(self, checked: Checked, people: People) -> None:
        self.checked = checked
        self.people = people
        used = levels_used(checked)
        groups = [level for level in checked.levels if checked.levels[level].sort == "group"]
        self.groups = [level for level in groups if level in used]
        self.idle = [level for level in groups if level not in used]
        self.details = [level for level in checked.levels if checked.levels[level].sort == "details"]
        self.readers = {level: KeyReader(column_reader(checked, level[0])) for level in self.groups}
        self.refused: Refused = {n: list(row.problems) for n, row in enumerate(people.rows) if row.problems}
        self.held: dict[Level, set[str]] = {}

    def population(self) -> tuple[Population | None, Problems]:
        self._refuse_unreadable()
        for level in self.groups:
            self._refuse_twins(level)
        tables: dict[Level, PopulationTable] = {EVERYONE: PopulationTable(EVERYONE, ({},), ("",))}
        # By these nobody is gathered: one row without a key for all, and no cell is read to find it.
        tables |= {level: PopulationTable(level, ({},), ("",), self._zeros(level, 1)) for level in self.idle}
        self._groups(tables)
        self._people(tables)
        for level in self.details:
            self._details(level, tables)
        problems = self._too_many(tables)
        if problems:
            return None, problems
        for number in self.refused:
            self._hold(number)
        refused = tuple((self.people.rows[n], tuple(self.refused[n])) for n in sorted(self.refused))
        held = {level: frozenset(keys) for level, keys in self.held.items() if keys and level in tables}
        lacking = {level: rows for level, rows in self.people.lacking.items() if level in tables}
        return Population(tables, refused, held, lacking), ()

    # ── Whose groups ─────────────────────────────────────────────────────────────────────────────

    def _owner_key(self, level: Level, owner: Level, row: DataRow) -> str | None:
        """The key of the row's owner there; None where it cannot be read."""
        found = row.links.get(owner[0])
        if found is None and owner in self.readers:
            key = self.readers[owner](row.cells.get(owner[0]))
            return key if isinstance(key, str) else None
        return found

    def _owners_but_person(self, level: Level) -> list[Level]:
        return [one for one in self._owners(level) if one not in (PERSON, EVERYONE, *self.idle)]

    def _zeros(self, level: Level, size: int) -> dict[Level, tuple[int, ...]]:
        """The owners that need no key: everyone, and groups by which nobody is gathered."""
        return {one: (0,) * size for one in self._owners(level) if one == EVERYONE or one in self.idle}

    def _rows_of(self, level: Level, person: str) -> Sequence[DataRow]:
        return self.people.details.get(level[0], {}).get(person, ())

    # ── Who cannot stand ─────────────────────────────────────────────────────────────────────────

    def _refuse_unreadable(self) -> None:
        """Who belongs to a group that cannot be read is refused, for all that is wrong with their cells."""
        watched = {level: self._owners_but_person(level) for level in (PERSON, *self.details)}
        for number, row in enumerate(self.people.rows):
            if number in self.refused:
                continue
            large = [self._over_limit(level, row) for level in self.details if self._is_over(level, row)]
            if large:
                self.refused[number] = large
                continue
            whole = all(
                self._owner_key(level, owner, one) is not None
                for level, owners in watched.items()
                if owners
                for one in ((row,) if level == PERSON else self._rows_of(level, row.key))
                for owner in owners
            )
            if not whole:
                self.refused[number] = list(self._cell_problems(row))

    def _refuse_twins(self, level: Level) -> None:
        """Nobody can see that two groups are two whose names differ in blanks alone: who belongs to them is refused.

        Where a table says which groups there are, a name that it lacks is refused for that.
        """
        if level[0] in self.people.groups:
            return
        same = twins(self._met(level))
        fine = [one for one in (PERSON, *self.details) if level in self._owners(one)]
        for number, row in enumerate(self.people.rows if same else ()):
            whose = (
                (self._owner_key(way, level, one), one)
                for way in fine
                for one in ((row,) if way == PERSON else self._rows_of(way, row.key))
            )
            found = [_twin(level, own, same[own], one) for own, one in whose if own is not None and own in same]
            if found and number not in self.refused:
                self.refused[number] = found

    def _is_over(self, level: Level, row: DataRow) -> bool:
        return len(self._rows_of(level, row.key)) > self.checked.scheme.max_rows_per_person

    def _over_limit(self, level: Level, row: DataRow) -> Problem:
        count, most = len(self._rows_of(level, row.key)), self.checked.scheme.max_rows_per_person
        return placed(_limit(level, count, most), row.origin, row.key)

    def _cell_problems(self, row: DataRow) -> Iterable[Problem]:
        yield from read_values(row, person_inputs(self.checked))[1]
        for level in self.details:
            inputs = inputs_at(self.checked, level)
            for one in self._rows_of(level, row.key):
                yield from read_values(one, inputs)[1]

    def _owners(self, level: Level) -> tuple[Level, ...]:
        return self.checked.levels[level].owners

    def _hold(self, number: int) -> None:
        """Every group, and every row of a detail table, that lacks this refused person or a row of theirs."""
        person = self.people.rows[number]
        self.held.setdefault(EVERYONE, set()).add("")
        owned = ((level, one) for level in self.details for one in self._rows_of(level, person.key))
        for level, row in ((PERSON, person), *owned):
            for owner in self._owners_but_person(level):
                key = self._owner_key(level, owner, row) or ""
                self.held.setdefault(owner, set()).add(key if self._is_a_group(owner, key) else "")

    def _is_a_group(self, level: Level, key: str) -> bool:
        """Whether the table of a group has such a row; a slip of the pen may have meant any of them."""
        rows = self.people.groups.get(level[0])
        return rows is None or any(row.key == key for row in rows)

    # ── Tables ───────────────────────────────────────────────────────────────────────────────────

    def _groups(self, tables: dict[Level, PopulationTable]) -> None:
        """The rows of their tables, or the values that are met, each after the groups that it belongs to."""
        for level in reversed(self.groups):
            rows = [row for row in self.people.groups.get(level[0], ()) if not row.problems]
            if not rows and level[0] not in self.people.groups:
                rows = [DataRow(key, {}) for key in sorted(self._met(level))]
            own = f"group({level[0]})"
            cells = tuple({**row.cells, own: row.key} for row in rows)
            tables[level] = PopulationTable(level, cells, tuple(row.key for row in rows), {}, tuple(rows))
        for level in self.groups:
            owners = self._owners_but_person(level)
            rows = [row for row in tables[level].origins if row is not None]
            numbers = {owner: self._numbers(level, owner, rows, tables[owner]) for owner in owners}
            tables[level] = _evolved(tables[level], {**self._zeros(level, len(rows)), **numbers})

    def _met(self, level: Level) -> set[str]:
        """The values of a group in the rows that stand."""
        found: set[str] = set()
        for fine in (PERSON, *self.details, *self.groups):
            if level in self._owners(fine):
                found.update(self._owner_key(fine, level, row) or "" for row in self._standing(fine))
        return found

    def _standing(self, level: Level) -> Iterable[DataRow]:
        if level == PERSON:
            return (row for n, row in enumerate(self.people.rows) if n not in self.refused)
        if level in self.groups:
            return (row for row in self.people.groups.get(level[0], ()) if not row.problems)
        people = (row.key for row in self._standing(PERSON))
        owned = (row for person in people for row in self._rows_of(level, person))
        return (*owned, *self.people.shared.get(level[0], ()))

    def _numbers(self, level: Level, owner: Level, rows: Iterable[DataRow], table: PopulationTable) -> tuple[int, ...]:
        places = {key: number for number, key in enumerate(table.keys)}
        return tuple([places[self._owner_key(level, owner, row) or ""] for row in rows])

    def _people(self, tables: dict[Level, PopulationTable]) -> None:
        rows = tuple(self._standing(PERSON))
        owners = self._zeros(PERSON, len(rows))
        owners |= {one: self._numbers(PERSON, one, rows, tables[one]) for one in self._owners_but_person(PERSON)}
        keys = tuple(row.key for row in rows)
        tables[PERSON] = PopulationTable(PERSON, tuple(row.cells for row in rows), keys, owners, rows)

    def _details(self, level: Level, tables: dict[Level, PopulationTable]) -> None:
        rows = tuple(self._standing(level))
        owners = self._zeros(level, len(rows))
        if PERSON in self._owners(level):
            places = {key: number for number, key in enumerate(tables[PERSON].keys)}
            owners[PERSON] = tuple([places[row.key] for row in rows])
        owners |= {one: self._numbers(level, one, rows, tables[one]) for one in self._owners_but_person(level)}
        own = level[0]
        keys = tuple(row.links.get(own, "") for row in rows)
        tables[level] = PopulationTable(level, tuple(row.cells for row in rows), keys, owners, rows)

    # ── Limits ───────────────────────────────────────────────────────────────────────────────────

    def _too_many(self, tables: Mapping[Level, PopulationTable]) -> Problems:
        """Rows of which one owner has more than sums are bounded for. People are told by their own problems."""
        found = []
        scheme, levels = self.checked.scheme, self.checked.levels
        for level in (*self.groups, *self.details):
            for above in levels.above(level)[1:]:
                most = most_rows(scheme, levels, level, above)
                if len(tables[level]) <= most or above in self.idle:
                    continue
                counts: dict[int, int] = {}
                for owner in _owners_through(tables, levels.way(level, above)):
                    counts[owner] = counts.get(owner, 0) + 1
                count = max(counts.values(), default=0)
                if count > most:
                    found.append(_limit(level, count, most, _OF_ALL if level in self.groups else _OF_ONE))
                    break
        return tuple(found)


def _limit(level: Level, count: int, most: int, limit: tuple[str, str] = _OF_ONE) -> Problem:
    params = {"count": str(count), "most": str(most), "limit": limit[0], "limit_zh": limit[1]}
    return Problem("data-too-many", params, table=level[0])


def _evolved(table: PopulationTable, owners: Mapping[Level, tuple[int, ...]]) -> PopulationTable:
    return PopulationTable(table.level, table.rows, table.keys, owners, table.origins)


def _owners_through(tables: Mapping[Level, PopulationTable], way: Sequence[Level]) -> Iterable[int]:
    numbers: Sequence[int] = range(len(tables[way[0]]))
    for below, above in pairwise(way):
        direct = tables[below].owners[above]
        numbers = [direct[number] for number in numbers]
    return numbers


def _twin(level: Level, key: str, other: str, row: DataRow) -> Problem:
    """The problem of a row whose group has a name that looks like another one's."""
    return placed(twin(level[0], level[0], key, other), row.origin, row.key)
