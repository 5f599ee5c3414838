"""Gives detail rows to their owners, and reports rows that have none.

Owners come first: a row is given to a person, to a row of another detail table, to groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from attrs import define, evolve, field

from ...base.problems import Problem
from ...base.text import echo
from ...model.arrays import Flags, Ints
from ...model.checked import Checked, CheckedInput
from ...model.data import DataRow, RowOrigin
from ...model.levels import PERSON, Level
from ...model.table import Cells
from ..cells.cell import read_cell
from ..tables.data_rows import DataRows, OwnedRows
from ..tables.detail_tables import TableRead, disputed, rows_with_duplicate_keys
from ..tables.duplicate_keys import KeyedRow
from ..tables.key_columns import KeyColumn, column_codes, no_keys
from ..tables.links import details_named
from ..tables.rows import placed, read_values
from ..tables.words import twin_words
from .ownership import Origin, Owners, Ownership, Ownerships, ownership_of, with_near


@define
class GivenRows:
    """The rows of one detail table by their owners: `of_people`, or of groups alone, which are `shared`.

    `blamed` are problems by person, `orphans` those of rows without a person; `lacking` are these rows, with the keys
    of the owners that they name. `left_out` counts what the scheme leaves out, `without_owner` the rows that should
    have an owner and have none, `refused` other refused rows without a person, `waiting` those whose owner is refused;
    `strangers` counts, by unknown person, the rows that are left out.
    """

    of_people: OwnedRows
    shared: DataRows
    blamed: dict[str, list[Problem]] = field(factory=dict)
    orphans: list[Problem] = field(factory=list)
    lacking: list[DataRow] = field(factory=list)
    left_out: int = 0
    without_owner: int = 0
    refused: int = 0
    waiting: int = 0
    strangers: dict[str, int] = field(factory=dict)


def give_rows(
    checked: Checked, table: TableRead, owners: Owners, words: Sequence[CheckedInput] = ()
) -> GivenRows:
    """Gives each row of a table to its owners, which are all known; `words` are inputs whose words are compared."""
    return _Giving(checked, table, owners).given(words)


class _Giving:
    """Gives the rows of one table to their owners.

    Rows that name the same owners have the same ownership, which is found once. Only rows with a problem are looked at
    one by one.
    """

    def __init__(self, checked: Checked, table: TableRead, owners: Owners) -> None:
        self.table, self.owners = table, owners
        self.links = links = table.links
        self.has_person = PERSON in checked.levels.above((links.name,))
        self.leaves_out = details_named(checked, links.name).without_owner == "leave_out"
        self.answers = Ownerships(table, owners)
        level: Level = (links.name,)
        self.known, self.gone = owners.rows.setdefault(level, {}), owners.gone.setdefault(level, {})
        self.own = table.own_keys() if links.key else None
        self.result = GivenRows(OwnedRows(_no_rows()), _no_rows())

    def given(self, words: Sequence[CheckedInput]) -> GivenRows:
        table, result = self.table, self.result
        bad: dict[int, list[Problem]] = {}
        for row, problem in () if self.own is None else rows_with_duplicate_keys(table, self.own):
            bad.setdefault(row, []).append(problem)
        for row, same in twin_words(words, table.cells).items() if words else ():
            bad.setdefault(row, []).extend(placed(problem, table.origins[row]) for problem in same)
        for row, others, problems in disputed(table):
            bad.setdefault(row, []).extend(problems)
            for other in others:
                ownership = ownership_of(self.links, other.keys, _at(other.origin), self.owners)
                _blame(result, ownership, problems)
                result.lacking.append(_lacking(other, ownership))
        out = self._left_out()
        stands = ~out
        for row in np.flatnonzero(self._suspect(bad) & ~out).tolist():
            stands[row] = self._look_at(row, bad.get(row, ()))
        rows = np.flatnonzero(stands)
        people = self.answers.people()
        self._know(rows, people)
        self._give(rows, people)
        return result

    def _left_out(self) -> Flags:
        """The rows that the scheme leaves out, which are counted."""
        out = self.answers.where(lambda answer: answer.left or (answer.lost and self.leaves_out))
        counts = self.answers.named.counts(out)
        for code in self.answers.unsound():
            stranger, count = self.answers[code].stranger, int(counts[code])
            if count and stranger:
                self.result.strangers[stranger] = self.result.strangers.get(stranger, 0) + count
        self.result.left_out = int(counts.sum())
        for row in np.flatnonzero(out).tolist() if self.own is not None else ():
            self._gone(row, left_out=True)
        return out

    def _own_key(self, row: int) -> str | None:
        key = None if self.own is None else self.own[row]
        return key if isinstance(key, str) else None

    def _gone(self, row: int, left_out: bool) -> None:
        """Notes that a row, which could own others, is left out or refused."""
        own = self._own_key(row)
        if own is not None:
            self.gone[own] = left_out

    def _suspect(self, bad: Collection[int]) -> Flags:
        """The rows that may have a problem."""
        table = self.table
        found = self.answers.where(lambda answer: bool(answer.problems))
        found[[*bad, *table.strays]] = True
        if not self.has_person:  # no person will be refused for their cells
            for one in self.links.inputs:
                column = table.cells.columns.get(one.name)
                if column is None:
                    found |= isinstance(read_cell(one, None), Problem)
                else:
                    wrong = [isinstance(read_cell(one, value), Problem) for value in column.values]
                    found |= np.array(wrong, bool)[column_codes(column)] if any(wrong) else False
        return found

    def _look_at(self, row: int, bad: Sequence[Problem]) -> bool:
        """Reports the problems of a row; returns whether it is given to its owners all the same."""
        table, result, ownership = self.table, self.result, self.answers[int(self.answers.named.codes[row])]
        keyed = table.row(row)
        problems: tuple[Problem, ...] = ()
        if ownership.problems:
            ownership = self.answers.of_row(row)  # its problems are those of another row
            problems = tuple([with_near(problem, ownership, self.owners) for problem in ownership.problems])
        problems = (*problems, *bad)
        if keyed.stray is not None:
            problems = (placed(keyed.stray, keyed.origin),)
        elif ownership.person is None and not self.has_person:
            columns = {problem.column for problem in problems}
            refused = read_values(DataRow("", keyed.cells, keyed.origin), self.links.inputs)[1]
            problems += tuple(problem for problem in refused if problem.column not in columns)
        if problems:
            _blame(result, ownership, problems)
        if ownership.person is not None or not (problems or self.has_person):
            return True
        result.orphans += problems
        result.lacking.append(_lacking(keyed, ownership))
        if problems and all(problem.follows for problem in problems):
            result.waiting += 1
        elif any(problem.code == "data-orphan" for problem in problems):
            result.without_owner += 1
        else:
            result.refused += 1
        self._gone(row, left_out=False)
        return False

    def _know(self, rows: Ints, people: KeyColumn) -> None:
        """Notes the rows that can own others, by their own keys."""
        for row in rows.tolist() if self.own is not None else ():
            own, person = self._own_key(row), people[row]
            if own is not None:
                self.known.setdefault(own, person if isinstance(person, str) else None)

    def _give(self, rows: Ints, people: KeyColumn) -> None:
        """Gives these rows to the people, or to the groups, that own them."""
        table, links = self.table, self.answers.links()
        if self.own is not None:
            links[self.links.name] = self.own
        every = DataRows(table.cells, people, links, table.origins)
        owned = ~people.empty()[rows]
        is_whole = len(rows) == len(table) and bool(owned.all())
        self.result.of_people = OwnedRows(every if is_whole else every.at(rows[owned]))
        self.result.shared = every.at(rows[~owned])


def _no_rows() -> DataRows:
    return DataRows(Cells({}, 0), no_keys(0), {}, ())


def _at(origin: RowOrigin) -> Origin:
    return lambda: origin


def _blame(given: GivenRows, ownership: Ownership, problems: Iterable[Problem]) -> None:
    """Adds the problems of a refused row to its person, who would be paid wrongly without it."""
    if ownership.person is not None:
        who = echo(ownership.person)
        blamed = [evolve(problem, key=problem.key or who) for problem in problems]
        if blamed:
            given.blamed.setdefault(ownership.person, []).extend(blamed)


def _lacking(row: KeyedRow, ownership: Ownership) -> DataRow:
    return DataRow("", row.cells, row.origin, links=ownership.links)
