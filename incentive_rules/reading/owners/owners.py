"""Whose a row is: detail rows given to their owners, or to nobody and said so.

Owners come first: a row is given to a person, to a row of another detail table, to groups.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from attrs import define, evolve, field, frozen

from ...base.problems import Problem
from ...base.text import echo
from ...model.arrays import Flags, Ints
from ...model.checked import Checked, CheckedInput
from ...model.data import DataRow, RowOrigin
from ...model.levels import PERSON, Level
from ...model.table import Cells
from ..cells.cell import read_cell
from ..sources.strays import STRAY, is_total
from ..tables.columns import heading_of
from ..tables.data_rows import DataRows, OwnedRows
from ..tables.detail_tables import TableRead, disputed, rows_told_twice
from ..tables.key_columns import codes_of, different, equal_keys, no_keys
from ..tables.links import Key, TableLinks, details_named, key_of, quoted
from ..tables.looks import by_look, looks_of_key
from ..tables.rows import placed, read_values
from ..tables.told_twice import Told
from ..tables.words import twin_words
from .groups import Known, unknown_group

Origin = Callable[[], RowOrigin]  # where a row stands; mostly nobody asks


@define
class Owners:
    """Who there is to own a row, and what became of the rows that nobody owns.

    `people` are their keys; of one person `alone` rows need not say it. `rows` leads from the level of a detail
    table to its rows by their own key, each with its person; `groups` from a group's level to those that its
    table says there are. `gone` has the keys of rows that are not there: true where they were left out, false
    where refused.
    """

    people: Collection[str]
    groups: Mapping[Level, Known]
    alone: str = ""
    rows: dict[Level, dict[str, str | None]] = field(factory=dict)
    gone: dict[Level, dict[str, bool]] = field(factory=dict)
    _looks: dict[Level, Mapping[str, str]] = field(factory=dict)

    def near(self, owner: Level, key: str) -> str:
        """The key of an owner that looks like this one, or has other zeros in front; "" where none or several do."""
        if owner not in self._looks:
            keys = self.people if owner == PERSON else self.rows.get(owner, {})
            self._looks[owner] = by_look(keys)
        return next((found for look in looks_of_key(key) if (found := self._looks[owner].get(look))), "")


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


@frozen
class Answer:
    """Whose one row is: its person, the keys of its other owners, and what is wrong with it.

    `lost` says that it has no owner where it should have one, `stranger` which person it names then; `left` that its
    owner was left out itself.
    """

    person: str | None
    links: Mapping[str, str]
    problems: tuple[Problem, ...]
    lost: bool
    left: bool
    stranger: str = ""


def give_rows(checked: Checked, table: TableRead, owners: Owners, words: Sequence[CheckedInput] = ()) -> Given:
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
        naming = dict.fromkeys(place for _, places in links.owners for place in places)
        self.named = different([table.keys[place].codes for place in naming], len(table))
        self.answers = [self._answer(row) for row in self.named.first.tolist()]
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
                answer = _answer(self.links, other.keys, _at(other.origin), self.owners)
                _blame(result, answer, problems)
                result.lacking.append(_lacking(other, answer))
        out = self._left_out()
        stands = ~out
        for row in np.flatnonzero(self._suspect(bad) & ~out).tolist():
            stands[row] = self._look_at(row, bad.get(row, ()))
        rows = np.flatnonzero(stands)
        self._know(rows)
        self._give(rows)
        return result

    def _answer(self, row: int) -> Answer:
        keys = tuple([column[row] for column in self.table.keys])
        return _answer(self.links, keys, lambda: self.table.origins[row], self.owners)

    def _of_answers(self, holds: Callable[[Answer], bool]) -> Flags:
        """Which rows have an answer of which this holds."""
        return np.fromiter(map(holds, self.answers), bool, len(self.answers))[self.named.codes]

    def _left_out(self) -> Flags:
        """The rows that the scheme leaves out, which are counted."""
        out = self._of_answers(lambda answer: answer.left or (answer.lost and self.leaves_out))
        counts = self.named.counts(out).tolist() if out.any() else ()
        for answer, count in zip(self.answers, counts, strict=False):
            if count and answer.stranger:
                self.result.strangers[answer.stranger] = self.result.strangers.get(answer.stranger, 0) + count
        self.result.left_out = sum(counts)
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
        found = self._of_answers(lambda answer: bool(answer.problems))
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
        table, result, answer = self.table, self.result, self.answers[self.named.codes[row]]
        told = table.row(row)
        problems: tuple[Problem, ...] = ()
        if answer.problems:
            answer = self._answer(row)  # its problems are those of another row
            problems = tuple([_with_near(problem, answer, self.owners) for problem in answer.problems])
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

    def _know(self, rows: Ints) -> None:
        """Note the rows, by their own keys, that can own others."""
        for row in rows.tolist() if self.own is not None else ():
            own = self._own_key(row)
            if own is not None:
                self.known.setdefault(own, self.answers[self.named.codes[row]].person)

    def _give(self, rows: Ints) -> None:
        """Give these rows to the people, or to the groups, that own them."""
        codes, answers, table = self.named.codes, self.answers, self.table
        people = equal_keys(codes, [answer.person for answer in answers])
        names = dict.fromkeys(name for answer in answers for name in answer.links)
        links = {n: equal_keys(codes, [answer.links.get(n) for answer in answers]) for n in names}
        if self.own is not None:
            links[self.links.name] = self.own
        every = DataRows(table.cells, people, links, table.origins)
        owned = people.where(lambda key: key is not None)[rows]
        self.result.of_people = OwnedRows(every.at(rows[owned]))
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


def _answer(links: TableLinks, keys: Sequence[Key], origin: Origin, owners: Owners) -> Answer:
    """Whose a row with these keys is."""
    person: str | None = None
    inherited: str | None = None
    others: dict[str, str] = {}
    problems: list[Problem] = []
    lost = left = False
    stranger = ""
    for owner, places in links.owners:
        key = owners.alone if owner == PERSON and not places else key_of(keys, places)
        if key is None:
            found = _unreadable(links, keys, origin(), owner, places)
            problems += found
            lost |= any(p.code == "data-orphan" for p in found)
        elif owner == PERSON:
            if key in owners.people:
                person = key
            else:
                lost, stranger = True, key
                problems.append(_orphan(links, origin(), key))
        elif owner in owners.rows:
            others[owner[0]] = key
            if key in owners.rows[owner]:
                inherited = inherited if inherited is not None else owners.rows[owner][key]
            else:
                lost = True
                left |= owners.gone[owner].get(key, False)
                problems.append(_orphan(links, origin(), key, owner[0], key in owners.gone[owner]))
        else:
            others[owner[0]] = key
            there = owners.groups.get(owner)
            if there is not None and not there.keys.get(key, False):
                problems.append(unknown_group(links.told[places[0]], key, there, origin()))
    person = inherited if person is None else person
    return Answer(person, others, tuple(problems), lost, left and person is None, stranger)


def _unreadable(
    links: TableLinks, keys: Sequence[Key], origin: RowOrigin, owner: Level, places: Sequence[int]
) -> list[Problem]:
    """Why a row does not say whose it is. An input of its own is read once more, with all its other cells."""
    found = []
    for place in places:
        key, read = keys[place], links.told[place]
        if isinstance(key, str) or (read in links.inputs and owner != PERSON):
            continue
        if isinstance(key, Problem):
            found.append(placed(key, origin))
        else:
            params = {"details": links.name, "input": echo(read.name)}
            found.append(placed(Problem("data-orphan", params, "missing", column=echo(heading_of(read))), origin))
    return found


def _with_near(problem: Problem, answer: Answer, owners: Owners) -> Problem:
    """The problem of an owner that is not there, with the one that was probably meant."""
    if problem.code != "data-orphan" or problem.variant not in ("", "row"):
        return problem
    level: Level = (problem.params["owner"],) if problem.variant else PERSON
    key = answer.links[level[0]] if level else answer.stranger
    if is_total(key):
        return evolve(problem, code=STRAY, variant="total", params={"value": quoted(key)})
    near = owners.near(level, key)
    if not near:
        return problem
    zeros = not level and near.lstrip("0") == key.lstrip("0")
    variant = "row-near" if level else "zeros" if zeros else "near"
    return evolve(problem, variant=variant, params={**problem.params, "near": echo(near)})


def _orphan(links: TableLinks, origin: RowOrigin, key: str, owner: str = "", gone: bool = False) -> Problem:
    params = {"details": links.name, "value": quoted(key), "owner": owner}
    variant = "" if not owner else "above" if gone else "row"
    return placed(Problem("data-orphan", params, variant, key="" if owner else echo(key)), origin)
