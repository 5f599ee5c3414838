"""Builds a population from people: a table for each level, in which every row has its owners.

A refused person is not in it; the groups that lack somebody are listed, so that nobody is paid from a part of a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat

import numpy as np
from attrs import evolve

from ..base.problems import Problem, Problems
from ..lang.made_names import MadeName
from ..model.arrays import Flags, Ints
from ..model.checked import Checked
from ..model.data import DataRow, People, Population, PopulationTable
from ..model.levels import EVERYONE, PERSON, Level, most_rows
from ..model.on_demand import Integers
from .people import gather_one
from .tables.data_rows import DataRows, data_rows, keys_of_people, owned_rows, rows_with_problems
from .tables.key_columns import KeyColumn, equal_keys, keys_of, no_keys, or_else
from .tables.links import KeyReader, column_reader, inputs_at, person_inputs
from .tables.looks import twin, twins_by_word
from .tables.rows import placed, read_values
from .tables.used import levels_used

_OF_ONE, _OF_ALL = ("max_rows_per_person", "每人最多行数"), ("max_people", "最多人数")
RefusedRows = dict[int, list[Problem]]  # by the number of the person's row


def population_of(checked: Checked, people: People, alone: bool = False) -> tuple[Population | None, Problems]:
    """Everybody with raw cells, as the columnar engine takes them; or the problems of tables that are too large.

    Where each person stands `alone`, nobody is gathered into groups, and a limit of rows is one of each person's.
    """
    return _Maker(checked, people, alone).population()


def population_of_one(
    checked: Checked, facts: Mapping[str, object], details: Mapping[str, Sequence[Mapping[str, object]]]
) -> tuple[Population | None, Problems]:
    """The population of one person; or everything that is wrong with the rows as a whole."""
    people, problems = gather_one(checked, facts, details)
    if people is None:
        return None, problems
    population, problems = population_of(checked, people)
    if population is None:
        return None, problems
    refused = (problem for _, own in population.refused for problem in own)
    return population, (*refused, *people.orphans)


class _Maker:
    """Builds the `Population` from the accepted rows of each level.

    First the rows and the keys of their owners are picked; then row numbers replace the keys.
    """

    def __init__(self, checked: Checked, people: People, alone: bool) -> None:
        self.checked = checked
        self.people = people
        self.alone = alone
        used = frozenset[Level]() if alone else levels_used(checked)
        groups = [level for level in checked.levels if checked.levels[level].sort == "group"]
        self.groups = [level for level in groups if level in used]
        self.idle = [level for level in groups if level not in used]
        self.details = [level for level in checked.levels if checked.levels[level].sort == "details"]
        self.readers = {level: KeyReader(column_reader(checked, level[0])) for level in self.groups}
        self.owned = {level: owned_rows(people.details.get(level[0], {})) for level in self.details}
        self.refused: RefusedRows = {n: list(row.problems) for n, row in rows_with_problems(people.rows)}
        self.held: dict[Level, set[str]] = {}

    def population(self) -> tuple[Population | None, Problems]:
        if not self.alone:
            self._refuse_unreadable()
        self._note_who_stands()
        for level in self.groups:
            if self._refuse_twins(level):
                self._note_who_stands()
        tables: dict[Level, PopulationTable] = {EVERYONE: PopulationTable(EVERYONE, ({},), ("",))}
        # By these nobody is gathered: one row without a key for all, and no cell is read to find it.
        tables |= {level: PopulationTable(level, ({},), ("",), self._zeros(level, 1)) for level in self.idle}
        self._groups(tables)
        self._people(tables)
        for level in self.details:
            self._details(level, tables)
        problems = () if self.alone else self._too_many(tables)
        if problems:
            return None, problems
        for number in self.refused:
            self._hold(number)
        refused = tuple((self.people.rows[n], tuple(self.refused[n])) for n in sorted(self.refused))
        held = {level: frozenset(keys) for level, keys in self.held.items() if keys and level in tables}
        lacking = {level: rows for level, rows in self.people.lacking.items() if level in tables}
        return Population(tables, refused, held, lacking), ()

    # ── Whose groups ─────────────────────────────────────────────────────────────────────────────

    def _owner_key(self, owner: Level, row: DataRow) -> str | None:
        """The key of an owner of one row of people or of groups; None if it cannot be read."""
        found = row.links.get(owner[0])
        if found is None and owner in self.readers:
            key = self.readers[owner](row.cells.get(owner[0]))
            return key if isinstance(key, str) else None
        return found

    def _owner_keys(self, owner: Level, rows: Sequence[DataRow]) -> KeyColumn:
        """The keys of an owner of rows; None if one cannot be read."""
        if not isinstance(rows, DataRows):
            return equal_keys(np.arange(len(rows)), [self._owner_key(owner, row) for row in rows])
        linked = rows.links.get(owner[0])
        column = rows.cells.columns.get(owner[0])
        if owner not in self.readers or column is None:
            return linked or no_keys(len(rows))
        read = self.readers[owner]
        said = keys_of(column, lambda cell: key if isinstance(key := read(cell), str) else None)
        return said if linked is None else or_else(linked, said)

    def _owners_but_person(self, level: Level) -> list[Level]:
        return [one for one in self._owners(level) if one not in (PERSON, EVERYONE, *self.idle)]

    def _zeros(self, level: Level, size: int) -> dict[Level, Integers]:
        """The owners that need no key: everyone, and groups by which nobody is grouped."""
        owners = [one for one in self._owners(level) if one == EVERYONE or one in self.idle]
        return {one: np.zeros(size, np.int64) for one in owners}

    def _rows_of(self, level: Level, person: str) -> Sequence[DataRow]:
        return self.owned[level].get(person, ())

    # ── Who cannot stand ─────────────────────────────────────────────────────────────────────────

    def _refuse_unreadable(self) -> None:
        """Refuses people whose group cannot be read, with all problems of their cells.

        People with more rows than one person may have are refused for that.
        """
        suspect = self._unreadable(PERSON, self.people.rows)
        whose = set[str]()
        for level in self.details:
            owned = self.owned[level]
            whose.update(owned.rows[row].key for row in np.flatnonzero(self._unreadable(level, owned.rows)).tolist())
            whose.update(owned.with_more_than(self.checked.scheme.max_rows_per_person))
        for number, key in enumerate(keys_of_people(self.people.rows)) if whose else ():
            suspect[number] |= key in whose
        for number in np.flatnonzero(suspect).tolist():
            row = self.people.rows[number]
            if number not in self.refused:
                large = [self._over_limit(level, row) for level in self.details if self._is_over(level, row)]
                self.refused[number] = large or list(self._cell_problems(row))

    def _unreadable(self, level: Level, rows: Sequence[DataRow]) -> Flags:
        """The rows in which the key of some owner cannot be read."""
        found = np.zeros(len(rows), bool)
        for owner in self._owners_but_person(level):
            found |= self._owner_keys(owner, rows).empty()
        return found

    def _refuse_twins(self, level: Level) -> bool:
        """Refuses people of groups whose names differ only in blanks: nobody can see that these are two groups.

        If a table lists the groups, a name that it lacks is refused for that instead. True if there are two such
        groups.
        """
        if level[0] in self.people.groups:
            return False
        same = twins_by_word(self._met(level))
        fine = [one for one in (PERSON, *self.details) if level in self._owners(one)]
        for number, row in enumerate(self.people.rows if same else ()):
            whose = (
                (self._owner_key(level, one), one)
                for way in fine
                for one in ((row,) if way == PERSON else self._rows_of(way, row.key))
            )
            found = [_twin(level, own, same[own], one) for own, one in whose if own is not None and own in same]
            if found and number not in self.refused:
                self.refused[number] = found
        return bool(same)

    def _is_over(self, level: Level, row: DataRow) -> bool:
        return self.owned[level].count(row.key) > self.checked.scheme.max_rows_per_person

    def _over_limit(self, level: Level, row: DataRow) -> Problem:
        count, most = self.owned[level].count(row.key), self.checked.scheme.max_rows_per_person
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
        """Notes every group, and every row of a detail table, that lacks this refused person or a row of theirs."""
        person = self.people.rows[number]
        self.held.setdefault(EVERYONE, set()).add("")
        owned = ((level, one) for level in self.details for one in self._rows_of(level, person.key))
        for level, row in ((PERSON, person), *owned):
            for owner in self._owners_but_person(level):
                key = self._owner_key(owner, row) or ""
                self.held.setdefault(owner, set()).add(key if self._is_a_group(owner, key) else "")

    def _is_a_group(self, level: Level, key: str) -> bool:
        """Whether the table of a group has such a row; an unknown name may have meant any of them."""
        rows = self.people.groups.get(level[0])
        return rows is None or any(row.key == key for row in rows)

    # ── Who stands ───────────────────────────────────────────────────────────────────────────────

    def _note_who_stands(self) -> None:
        every = self.people.rows
        stand = np.ones(len(every), bool)
        stand[list(self.refused)] = False
        numbers = np.flatnonzero(stand)
        some = every if not self.refused else None
        if some is None:
            some = every.at(numbers) if isinstance(every, DataRows) else [every[n] for n in numbers.tolist()]
        self.standing: dict[Level, Sequence[DataRow]] = {PERSON: some}
        keys = keys_of_people(some)
        self.numbers = dict(zip(keys, range(len(keys)), strict=True))
        self.persons: dict[Level, Ints] = {}
        self.standing |= {level: self._rows_that_stand(level) for level in self.details}

    def _rows_that_stand(self, level: Level) -> DataRows:
        """The accepted rows of a detail table: those of accepted people in their order, then those of groups alone."""
        owned = self.owned[level]
        places = np.fromiter(map(self.numbers.get, owned, repeat(-1)), np.int64, len(owned))
        stand = np.flatnonzero(places >= 0)
        in_turn = stand[np.argsort(places[stand], kind="stable")]
        counts = np.diff(owned.starts)[in_turn]
        before = np.cumsum(counts) - counts
        rows = owned.rows.at(np.arange(counts.sum()) + np.repeat(owned.starts[in_turn] - before, counts))
        shared = self.people.shared.get(level[0], ())
        if shared:
            return data_rows([*rows, *shared])
        self.persons[level] = np.repeat(places[in_turn], counts)
        return rows

    def _met(self, level: Level) -> set[str]:
        """The groups that the accepted rows name."""
        found: set[str] = set()
        for fine in (PERSON, *self.details, *self.groups):
            if level in self._owners(fine):
                found.update(self._owner_keys_that_stand(fine, level))
        return found

    def _owner_keys_that_stand(self, fine: Level, owner: Level) -> Iterator[str]:
        """The keys of owners in the accepted rows of a level, "" if one cannot be read."""
        keys = self._owner_keys(owner, self.standing[fine] if fine in self.standing else self._groups_that_stand(fine))
        said = (keys.keys[code] for code in np.unique(keys.codes).tolist())
        yield from (key if isinstance(key, str) else "" for key in said)

    def _groups_that_stand(self, level: Level) -> list[DataRow]:
        return [row for row in self.people.groups.get(level[0], ()) if not row.problems]

    # ── Tables ───────────────────────────────────────────────────────────────────────────────────

    def _groups(self, tables: dict[Level, PopulationTable]) -> None:
        """Adds the rows of groups, from their tables or from the names in other rows, each after its own groups."""
        for level in reversed(self.groups):
            rows = self._groups_that_stand(level)
            if not rows and level[0] not in self.people.groups:
                rows = [DataRow(key, {}) for key in sorted(self._met(level))]
            own = MadeName.GROUP.of(level[0])
            cells = tuple({**row.cells, own: row.key} for row in rows)
            tables[level] = PopulationTable(level, cells, tuple(row.key for row in rows), {}, tuple(rows))
        for level in self.groups:
            owners = self._owners_but_person(level)
            rows = [row for row in tables[level].origins if row is not None]
            numbers = {owner: self._numbers(owner, rows, tables[owner]) for owner in owners}
            tables[level] = evolve(tables[level], owners={**self._zeros(level, len(rows)), **numbers})

    def _numbers(self, owner: Level, rows: Sequence[DataRow], table: PopulationTable) -> Ints:
        """The number of the owner of each row."""
        places = {key: number for number, key in enumerate(table.keys)}
        return _numbers_of(self._owner_keys(owner, rows), places)

    def _people(self, tables: dict[Level, PopulationTable]) -> None:
        rows = self.standing[PERSON]
        owners = self._zeros(PERSON, len(rows))
        owners |= {one: self._numbers(one, rows, tables[one]) for one in self._owners_but_person(PERSON)}
        cells = rows.cells if isinstance(rows, DataRows) else tuple(row.cells for row in rows)
        tables[PERSON] = PopulationTable(PERSON, cells, tuple(keys_of_people(rows)), owners, rows)

    def _details(self, level: Level, tables: dict[Level, PopulationTable]) -> None:
        rows = self.standing[level]
        assert isinstance(rows, DataRows)
        owners = self._zeros(level, len(rows))
        if PERSON in self._owners(level):
            assert rows.people is not None
            known = self.persons.get(level)
            owners[PERSON] = _numbers_of(rows.people, self.numbers) if known is None else known
        owners |= {one: self._numbers(one, rows, tables[one]) for one in self._owners_but_person(level)}
        own = rows.links.get(level[0])
        keys = ("",) * len(rows) if own is None else tuple(own.texts())
        tables[level] = PopulationTable(level, rows.cells, keys, owners, rows)

    # ── Limits ───────────────────────────────────────────────────────────────────────────────────

    def _too_many(self, tables: Mapping[Level, PopulationTable]) -> Problems:
        """The problems of rows of one owner beyond the number for which sums are bounded; people have their own."""
        found = []
        scheme, levels = self.checked.scheme, self.checked.levels
        for level in (*self.groups, *self.details):
            for above in levels.above(level)[1:]:
                most = most_rows(scheme, levels, level, above)
                if len(tables[level]) <= most or above in self.idle:
                    continue
                count = int(np.bincount(_owners_through(tables, levels.way(level, above))).max())
                if count > most:
                    found.append(_limit(level, count, most, _OF_ALL if level in self.groups else _OF_ONE))
                    break
        return tuple(found)


def _limit(level: Level, count: int, most: int, limit: tuple[str, str] = _OF_ONE) -> Problem:
    params = {"count": str(count), "most": str(most), "limit": limit[0], "limit_zh": limit[1]}
    return Problem("data-too-many", params, table=level[0])


def _owners_through(tables: Mapping[Level, PopulationTable], way: Sequence[Level]) -> Ints:
    """The number of each row's owner at the end of the way."""
    numbers = np.arange(len(tables[way[0]]))
    for below, above in pairwise(way):
        numbers = np.asarray(tables[below].owners[above], np.int64)[numbers]
    return numbers


def _numbers_of(keys: KeyColumn, places: Mapping[str, int]) -> Ints:
    """The numbers of the owners whose keys these are."""
    numbers = keys.numbers_in(places)
    assert not (numbers < 0).any()  # rows without an owner do not stand
    return numbers


def _twin(level: Level, key: str, other: str, row: DataRow) -> Problem:
    """The problem of a row whose group has a name that looks like another one."""
    return placed(twin(level[0], level[0], key, other), row.origin, row.key)
