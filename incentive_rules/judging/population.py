"""Holds the rows of a population for the referee: which there are, who owns which, and their values.

Comes in: an `ExactPopulation`, or one person's values and detail rows. Goes out: `PopulationRows`, which finds the
owners of a row and the rows that it owns, by nothing but the numbers of rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from ..lang.types import Kind
from ..model.checked import Checked
from ..model.data import ExactPopulation, ExactTable, ExactValue
from ..model.levels import EVERYONE, PERSON, Level, Levels
from ..model.on_demand import Integers
from ..model.terms import Constant
from .numbers import RefereeFault

RowValues = Mapping[str, ExactValue]
Focus = Mapping[Level, frozenset[int]]
NO_FOCUS: Focus = {}


def exact(value: ExactValue) -> Constant:
    """A value of the data; whole numbers become fractions."""
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


class PopulationRows:
    """The tables of a population; a row is a level and a number in its table, from 0.

    `focus` names by level the rows whose owned rows will be asked for: these are found in one pass, and those of all
    rows once another one is asked.
    """

    def __init__(self, levels: Levels, population: ExactPopulation, focus: Focus = NO_FOCUS) -> None:
        self.levels = levels
        self._tables = dict(population.tables)
        self._tables.setdefault(EVERYONE, ExactTable(EVERYONE, ({},), ("",)))
        self._focus = focus
        self._ways: dict[tuple[Level, Level], tuple[tuple[Level, Level], ...]] = {}
        self._below: dict[tuple[Level, Level, bool], dict[int, tuple[int, ...]]] = {}
        self._numbers: dict[tuple[Level, int], dict[int, int]] = {}

    def __contains__(self, level: object) -> bool:
        """Whether there is a table of this level: one that nothing reads may be left out."""
        return level in self._tables

    def count(self, level: Level) -> int:
        return len(self._tables[level]) if level in self._tables else 0

    def key(self, level: Level, row: int) -> str:
        return self._tables[level].keys[row]

    def has(self, level: Level, row: int, name: str) -> bool:
        return name in self._tables[level].rows[row]

    def cell(self, level: Level, row: int, name: str) -> Constant:
        return exact(self._tables[level].rows[row].get(name))

    def owner(self, level: Level, row: int, coarse: Level) -> int:
        """The number of the row of `coarse` that a row of `level` belongs to, directly or through others."""
        if coarse == EVERYONE:
            return 0
        for below, above in self._way(level, coarse):
            row = int(self._tables[below].owners[above][row])
        return row

    def owned(self, level: Level, row: int, fine: Level) -> Sequence[int]:
        """The rows of `fine` that belong to a row of `level`, in the order of the data."""
        if level == EVERYONE:
            return range(self.count(fine))
        if level == fine:
            return (row,)
        near = row in self._focus.get(level, ())
        if (level, fine, near) not in self._below:
            self._below[level, fine, near] = self._owned_by(level, fine, self._focus[level] if near else None)
        return self._below[level, fine, near].get(row, ())

    def address(self, level: Level, row: int) -> tuple[str | None, int | None, str]:
        """The address of a row: its detail table and its number there, from 1 for each person; the key of a group."""
        if self.levels[level].sort != "details":
            return None, None, self.key(level, row) if level != PERSON else ""
        if PERSON not in self.levels.above(level):
            return level[0], row + 1, ""
        return level[0], self.number_of(level, row), ""

    def number_of(self, level: Level, row: int) -> int:
        """The number of a detail row among those of its person, from 1."""
        person = self.owner(level, row, PERSON)
        if (level, person) not in self._numbers:
            self._numbers[level, person] = {n: i for i, n in enumerate(self.owned(PERSON, person, level), 1)}
        return self._numbers[level, person][row]

    def _owned_by(self, level: Level, fine: Level, owners: Collection[int] | None) -> dict[int, tuple[int, ...]]:
        """The rows of `fine` by their owner, for each of the `owners` or for all rows of `level`."""
        top: Mapping[int, int] = {row: row for row in (range(self.count(level)) if owners is None else owners)}
        *higher, (_, last) = reversed(self._way(fine, level))
        for below, above in higher:
            direct = self._tables[below].owners[above] if self.count(below) else ()
            top = {row: top[owner] for row, owner in _rows_of(top, direct)}
        found: dict[int, list[int]] = {}
        for row, owner in _rows_of(top, self._tables[fine].owners[last] if self.count(fine) else ()):
            found.setdefault(top[owner], []).append(row)
        return {owner: tuple(rows) for owner, rows in found.items()}

    def _way(self, fine: Level, coarse: Level) -> tuple[tuple[Level, Level], ...]:
        """The steps from a level up to one above it."""
        if (fine, coarse) not in self._ways:
            self._ways[fine, coarse] = tuple(pairwise(self.levels.way(fine, coarse)))
        return self._ways[fine, coarse]


def _rows_of(owners: Collection[int], numbers: Integers) -> Iterable[tuple[int, int]]:
    """The rows that belong to one of these owners, each with its owner's number; `numbers` are those of all rows."""
    if isinstance(numbers, Sequence):
        return ((row, owner) for row, owner in enumerate(numbers) if owner in owners)
    import numpy as np  # the numbers are an array of it

    rows = np.flatnonzero(np.isin(numbers, list(owners)))
    return zip(rows.tolist(), numbers[rows].tolist(), strict=True)


# ── One person alone ──────────────────────────────────────────────────────────────────────────────


def exact_population_of_one(
    checked: Checked, inputs: RowValues, details: Mapping[str, Sequence[RowValues]]
) -> ExactPopulation:
    """The population of one person: each group has the one row that the person, or a detail row, belongs to.

    A row of a nested table carries the columns of its owner's `key`; an owner without rows of its own is made
    from those of the rows below it.
    """
    maker = _OnePerson(checked, inputs, details)
    for level in reversed(tuple(checked.levels)):
        if checked.levels[level].sort == "details":
            maker.make_details(level)
    maker.make_person()
    return ExactPopulation(maker.tables())


class _OnePerson:
    def __init__(self, checked: Checked, inputs: RowValues, details: Mapping[str, Sequence[RowValues]]) -> None:
        self.checked, self.levels = checked, checked.levels
        self.inputs = inputs
        self.details = {table.name: table for table in checked.scheme.details}
        self.rows: dict[Level, list[RowValues]] = {(name,): list(details.get(name, ())) for name in self.details}
        self.owners: dict[Level, dict[Level, tuple[int, ...]]] = {}
        self.groups: dict[Level, dict[str, int]] = {
            level: {} for level in self.levels if self.levels[level].sort == "group"
        }

    def make_details(self, level: Level) -> None:
        """The owners of one detail table; tables below it come first, so that it has all rows that it needs."""
        owners: dict[Level, tuple[int, ...]] = {}
        for owner in self.levels[level].owners:
            sort = self.levels[owner].sort
            if sort == "group":
                owners[owner] = tuple(self.group(owner, row) for row in self.rows[level])
            elif sort == "details":
                owners[owner] = tuple(self.parent(owner, row) for row in self.rows[level])
            else:
                owners[owner] = tuple(0 for _ in self.rows[level])
        self.owners[level] = owners

    def parent(self, level: Level, row: RowValues) -> int:
        """The row of the table above with the same key."""
        columns = self.details[level[0]].key
        wanted = tuple(as_key(row.get(column)) for column in columns)
        for number, other in enumerate(self.rows[level]):
            if tuple(as_key(other.get(column)) for column in columns) == wanted:
                return number
        if not columns or None in (row.get(column) for column in columns):
            raise RefereeFault(f"a row belongs to no row of {level[0]}: {dict(row)}")
        self.rows[level].append({column: row.get(column) for column in columns})
        return len(self.rows[level]) - 1

    def group(self, level: Level, row: RowValues) -> int:
        known = self.groups[level]
        return known.setdefault(as_key(row.get(level[0])), len(known))

    def make_person(self) -> None:
        self.rows[PERSON] = [self.inputs]
        owners = [level for level in self.levels[PERSON].owners if level != EVERYONE]
        self.owners[PERSON] = {EVERYONE: (0,), **{level: (self.group(level, self.inputs),) for level in owners}}

    def tables(self) -> dict[Level, ExactTable]:
        key = next((c.name for c in self.checked.inputs.values() if not c.level and c.facts.type.kind is Kind.KEY), "")
        for level, known in self.groups.items():
            for owner in self.levels[level].owners:
                if known and owner != EVERYONE and not self.groups[owner]:
                    self.groups[owner][""] = 0  # nobody says which one, and alone nobody asks
        found = {}
        for level, rows in self.rows.items():
            keys = tuple(as_key(row.get(key)) if level == PERSON else "" for row in rows)
            found[level] = ExactTable(level, tuple(rows), keys, self.owners[level])
        for level, known in self.groups.items():
            above = {owner: tuple(0 for _ in known) for owner in self.levels[level].owners}
            found[level] = ExactTable(level, tuple({} for _ in known), tuple(known), above)
        return found


def as_key(value: ExactValue) -> str:
    """A value as the key of a group: texts as they are, whole numbers by their digits."""
    return "" if value is None else str(value)
