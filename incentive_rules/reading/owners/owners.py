"""Whose a row is: detail rows given to their owners, or to nobody and said so.

Owners come first: a row is given to a person, to a row of another detail table, to groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from attrs import define, evolve, field

from ...base.problems import Problem
from ...base.text import echo
from ...model.checked import Checked, CheckedInput
from ...model.data import DataRow, RowOrigin
from ...model.levels import PERSON, Level
from ...model.table import Cells
from ..cells.cell import read_cell
from ..tables.data_rows import DataRows, OwnedRows
from ..tables.detail_tables import TableRead, disputed, rows_told_twice
from ..tables.key_columns import Flags, KeyColumn, Numbers, codes_of, no_keys
from ..tables.links import details_named
from ..tables.rows import placed, read_values
from ..tables.told_twice import Told
from ..tables.words import twin_words
from .answers import Answer, Origin, Owners, OwnersOfRows, answer_of, with_near


@define
class Given:
    """The rows of one detail table with their owners: `of_people`, or of groups alone, which are `shared`.

    `blamed` are problems by person, `orphans` those of rows that are nobody's; `lacking` are these rows, with the
    keys of the owners that they name. `left_out` counts what the scheme leaves out, `without_owner` the rows that
    should have an owner and have none, `refused` others that are nobody's and cannot stand, `waiting` those whose owner
    cannot; `strangers` counts the rows that are left out by the person whom they name.
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
) -> Given:
    """Each row of a table to its owners, which are all known; `words` are inputs whose words must be told apart."""
    return _Giving(checked, table, owners).given(words)


class _Giving:
    """Gives the rows of one table to their owners.

    Rows that name the same owners have the same answer, which is found once. Only the rows that something is wrong
    with are looked at one by one.
    """

    def __init__(self, checked: Checked, table: TableRead, owners: Owners) -> None:
        self.table, self.owners = table, owners
        self.links = links = table.links
        self.has_person = PERSON in checked.levels.above((links.name,))
        self.leaves_out = details_named(checked, links.name).without_owner == "leave_out"
        self.answers = OwnersOfRows(table, owners)
        level: Level = (links.name,)
        self.known, self.gone = owners.rows.setdefault(level, {}), owners.gone.setdefault(level, {})
        self.own = table.own_keys() if links.key else None
        self.result = Given(OwnedRows(_no_rows()), _no_rows())

    def given(self, words: Sequence[CheckedInput]) -> Given:
        table, result = self.table, self.result
        bad: dict[int, list[Problem]] = {}
        for row, problem in () if self.own is None else rows_told_twice(table, self.own):
            bad.setdefault(row, []).append(problem)
        for row, same in twin_words(words, table.cells).items() if words else ():
            bad.setdefault(row, []).extend(placed(problem, table.origins[row]) for problem in same)
        for row, others, problems in disputed(table):
            bad.setdefault(row, []).extend(problems)
            for other in others:
                answer = answer_of(self.links, other.keys, _at(other.origin), self.owners)
                _blame(result, answer, problems)
                result.lacking.append(_lacking(other, answer))
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
        """Note that a row, which could own others, is left out or refused."""
        own = self._own_key(row)
        if own is not None:
            self.gone[own] = left_out

    def _suspect(self, bad: Collection[int]) -> Flags:
        """The rows that something may be wrong with."""
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
                    found |= np.array(wrong, bool)[codes_of(column)] if any(wrong) else False
        return found

    def _look_at(self, row: int, bad: Sequence[Problem]) -> bool:
        """Tell what is wrong with a row; whether it is given to its owners all the same."""
        table, result, answer = self.table, self.result, self.answers[int(self.answers.named.codes[row])]
        told = table.row(row)
        problems: tuple[Problem, ...] = ()
        if answer.problems:
            answer = self.answers.of_row(row)  # its problems are those of another row
            problems = tuple([with_near(problem, answer, self.owners) for problem in answer.problems])
        problems = (*problems, *bad)
        if told.stray is not None:
            problems = (placed(told.stray, told.origin),)
        elif answer.person is None and not self.has_person:
            columns = {problem.column for problem in problems}
            refused = read_values(DataRow("", told.cells, told.origin), self.links.inputs)[1]
            problems += tuple(problem for problem in refused if problem.column not in columns)
        if problems:
            _blame(result, answer, problems)
        if answer.person is not None or not (problems or self.has_person):
            return True
        result.orphans += problems
        result.lacking.append(_lacking(told, answer))
        if problems and all(problem.follows for problem in problems):
            result.waiting += 1
        elif any(problem.code == "data-orphan" for problem in problems):
            result.without_owner += 1
        else:
            result.refused += 1
        self._gone(row, left_out=False)
        return False

    def _know(self, rows: Numbers, people: KeyColumn) -> None:
        """Note the rows, by their own keys, that can own others."""
        for row in rows.tolist() if self.own is not None else ():
            own, person = self._own_key(row), people[row]
            if own is not None:
                self.known.setdefault(own, person if isinstance(person, str) else None)

    def _give(self, rows: Numbers, people: KeyColumn) -> None:
        """Give these rows to the people, or to the groups, that own them."""
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


def _blame(given: Given, answer: Answer, problems: Iterable[Problem]) -> None:
    """A row that cannot stand is its person's: paid without it they would be paid wrongly."""
    if answer.person is not None:
        who = echo(answer.person)
        blamed = [evolve(problem, key=problem.key or who) for problem in problems]
        if blamed:
            given.blamed.setdefault(answer.person, []).extend(blamed)


def _lacking(row: Told, answer: Answer) -> DataRow:
    return DataRow("", row.cells, row.origin, links=answer.links)
