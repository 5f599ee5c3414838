"""Whose a row is: detail rows given to their owners, or to nobody and said so.

Owners come first: a row is given to a person, to a row of another detail table, to groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import define, evolve, field, frozen

from ..base.problems import Problem
from ..base.text import echo
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow
from ..model.levels import PERSON, Level
from .columns import heading_of
from .detail_tables import TableRead, Told, disputed, told_twice
from .groups import Known, unknown_group
from .links import Key, TableLinks, details_named, key_of, quoted
from .looks import by_look, looks_of_key
from .rows import placed, read_values
from .strays import STRAY, is_total
from .words import twin_words


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
    """The rows of one detail table with their owners: by person, or of groups alone.

    `blamed` are problems by person, `orphans` those of rows that are nobody's; `lacking` are these rows, with the
    keys of the owners that they name. `left_out` counts what the scheme leaves out, `without_owner` the rows that
    should have an owner and have none, `refused` others that are nobody's and cannot stand, `waiting` those whose owner
    cannot; `strangers` counts the rows that are left out by the person whom they name.
    """

    of_people: dict[str, list[DataRow]] = field(factory=dict)
    shared: list[DataRow] = field(factory=list)
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


def give_rows(
    checked: Checked, table: TableRead, owners: Owners, words: Sequence[CheckedInput] = ()
) -> Given:
    """Each row of a table to its owners, which are all known; `words` are inputs whose words must be told apart."""
    given = Given()
    links, name = table.links, table.links.name
    leave_out = details_named(checked, name).without_owner == "leave_out"
    has_person = PERSON in checked.levels.above((name,))
    level: Level = (name,)
    known, gone = owners.rows.setdefault(level, {}), owners.gone.setdefault(level, {})
    bad: dict[int, list[Problem]] = {}
    for row, problem in told_twice(table):
        bad.setdefault(id(row), []).append(problem)
    for number, same in twin_words(words, [row.cells for row in table.rows]).items() if words else ():
        row = table.rows[number]
        bad.setdefault(id(row), []).extend(placed(problem, row.origin) for problem in same)
    for row, others, problems in disputed(table):
        bad.setdefault(id(row), []).extend(problems)
        for other in others:
            answer = _answer(links, other, owners)
            _blame(given, answer, problems)
            given.lacking.append(_lacking(other, answer))
    # Rows that name the same owners have the same answer, unless it holds something of the row.
    answers: dict[tuple[Key, ...], Answer] = {}
    naming = tuple(dict.fromkeys(place for _, places in links.owners for place in places))
    for row in table.rows:
        names = tuple([row.keys[place] for place in naming])
        known_answer = answers.get(names)
        answer = known_answer or _answer(links, row, owners)
        if known_answer is None and not answer.problems:
            answers[names] = answer
        own = key_of(row.keys, links.key)
        if answer.left or (answer.lost and leave_out):
            given.left_out += 1
            if answer.stranger:
                given.strangers[answer.stranger] = given.strangers.get(answer.stranger, 0) + 1
            if own is not None:
                gone[own] = True
            continue
        problems = answer.problems
        if problems:
            problems = tuple([_with_near(problem, answer, owners) for problem in problems])
        if id(row) in bad:
            problems = (*problems, *bad[id(row)])
        if row.stray is not None:
            problems = (placed(row.stray, row.origin),)
        elif answer.person is None and not has_person:  # no person will be refused for its cells
            told = {problem.column for problem in problems}
            refused = read_values(DataRow("", row.cells, row.origin), links.inputs)[1]
            problems += tuple(problem for problem in refused if problem.column not in told)
        if problems:
            _blame(given, answer, problems)
        if answer.person is None and (problems or has_person):
            given.orphans += problems
            given.lacking.append(_lacking(row, answer))
            if problems and all(problem.follows for problem in problems):
                given.waiting += 1
            elif any(problem.code == "data-orphan" for problem in problems):
                given.without_owner += 1
            else:
                given.refused += 1
            if own is not None:
                gone[own] = False
            continue
        if own is not None:
            known.setdefault(own, answer.person)
        tied = answer.links if own is None else {**answer.links, name: own}
        made = DataRow(answer.person or "", row.cells, row.origin, links=tied)
        if answer.person is None:
            given.shared.append(made)
        else:
            given.of_people.setdefault(answer.person, []).append(made)
    return given


def _blame(given: Given, answer: Answer, problems: Iterable[Problem]) -> None:
    """A row that cannot stand is its person's: paid without it they would be paid wrongly."""
    if answer.person is not None:
        who = echo(answer.person)
        blamed = [evolve(problem, key=problem.key or who) for problem in problems]
        if blamed:
            given.blamed.setdefault(answer.person, []).extend(blamed)


def _lacking(row: Told, answer: Answer) -> DataRow:
    return DataRow("", row.cells, row.origin, links=answer.links)


def _answer(links: TableLinks, row: Told, owners: Owners) -> Answer:
    person: str | None = None
    inherited: str | None = None
    others: dict[str, str] = {}
    problems: list[Problem] = []
    lost = left = False
    stranger = ""
    for owner, places in links.owners:
        key = owners.alone if owner == PERSON and not places else key_of(row.keys, places)
        if key is None:
            found = _unreadable(links, row, owner, places)
            problems += found
            lost |= any(p.code == "data-orphan" for p in found)
        elif owner == PERSON:
            if key in owners.people:
                person = key
            else:
                lost, stranger = True, key
                problems.append(_orphan(links, row, key))
        elif owner in owners.rows:
            others[owner[0]] = key
            if key in owners.rows[owner]:
                inherited = inherited if inherited is not None else owners.rows[owner][key]
            else:
                lost = True
                left |= owners.gone[owner].get(key, False)
                problems.append(_orphan(links, row, key, owner[0], key in owners.gone[owner]))
        else:
            others[owner[0]] = key
            there = owners.groups.get(owner)
            if there is not None and not there.keys.get(key, False):
                problems.append(unknown_group(links.told[places[0]], key, there, row.origin))
    person = inherited if person is None else person
    return Answer(person, others, tuple(problems), lost, left and person is None, stranger)


def _unreadable(links: TableLinks, row: Told, owner: Level, places: Sequence[int]) -> list[Problem]:
    """Why a row does not say whose it is. An input of its own is read once more, with all its other cells."""
    found = []
    for place in places:
        key, read = row.keys[place], links.told[place]
        if isinstance(key, str) or (read in links.inputs and owner != PERSON):
            continue
        if isinstance(key, Problem):
            found.append(placed(key, row.origin))
        else:
            params = {"details": links.name, "input": echo(read.name)}
            found.append(placed(Problem("data-orphan", params, "missing", column=echo(heading_of(read))), row.origin))
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


def _orphan(links: TableLinks, row: Told, key: str, owner: str = "", gone: bool = False) -> Problem:
    params = {"details": links.name, "value": quoted(key), "owner": owner}
    variant = "" if not owner else "above" if gone else "row"
    return placed(Problem("data-orphan", params, variant, key="" if owner else echo(key)), row.origin)
