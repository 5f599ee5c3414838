"""Detail rows: read from their files, given to their owners, or to nobody and said so.

Owners come first: a row is given to a person, to a row of another detail table, to groups. A table without
a file of its own is made from the keys in the rows below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from ..base.problems import Problem
from ..base.text import echo
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow, DataTable, RowOrigin
from ..model.levels import PERSON, Level
from .columns import column_missing, columns_of, heading_of
from .groups import Known, unknown_group
from .joining import Problems
from .links import Key, KeyReader, TableLinks, details_named, key_input, key_of, person_inputs, quoted
from .looks import twins
from .rows import placed, places_of, read_values, where_of
from .words import twin, twin_words


@frozen
class Told:
    """A row as it was read: its cells, and the keys in the order of `TableLinks.told`."""

    cells: Mapping[str, object]
    origin: RowOrigin
    keys: tuple[Key, ...]


@frozen
class TableRead:
    """The rows of one detail table; of one that was made, the other answers that rows gave about it.

    `disputes` leads from a row's own key to the rows below it that name another parent, each with the
    column in which they differ.
    """

    links: TableLinks
    rows: tuple[Told, ...]
    disputes: Mapping[str, tuple[tuple[int, Told], ...]] = field(factory=dict)


# ── Reading, and making what has no file ──────────────────────────────────────────────────────────


class Readers:
    """The readers of key columns: one for each name, so that a text is read once in all tables."""

    def __init__(self) -> None:
        self._made: dict[str, KeyReader] = {}

    def of(self, links: TableLinks) -> tuple[KeyReader, ...]:
        return tuple(self._made.setdefault(one.name, KeyReader(one)) for one in links.told)


def read_details(
    links: TableLinks, tables: Sequence[DataTable], readers: Readers, alone: bool = False
) -> tuple[TableRead, Problems, tuple[tuple[str, str], ...]]:
    """The rows of one detail table in all its files; problems of whole files; columns that nobody reads.

    Rows of one person `alone` name what they have: what they lack is missing, and if no row says what tells it apart
    none has to.
    """
    rows: list[Told] = []
    problems, unread, there = list[Problem](), list[tuple[str, str]](), list[Mapping[str, int]]()
    keys = readers.of(links)
    for table in tables:
        columns, doubled = columns_of(links.readers, table.headings, table.name, table.by_input)
        problems += doubled
        if table.headings and not alone:
            problems += [column_missing(c, table.headings, table.name) for c in links.readers if c.name not in columns]
        there.append(columns)
        if problems or not (table.headings or alone):
            continue
        unread += [(table.name, h) for n, h in enumerate(table.headings) if n not in columns.values()]
        told = tuple((key, columns.get(one.name)) for key, one in zip(keys, links.told, strict=True))
        here = tuple((one.name, columns[one.name]) for one in links.inputs if one.name in columns)
        for number, (cells, line) in enumerate(zip(table.rows, table.lines, strict=True), 1):
            found = {name: cells[column] for name, column in here}
            said = tuple([None if column is None else read(cells[column]) for read, column in told])
            rows.append(Told(found, RowOrigin(table.name, number, line), said))
    if alone and not any(links.told[place].name in found for found in there for place in links.key):
        links = evolve(links, key=())
    return TableRead(links, tuple(rows)), tuple(problems), tuple(unread)


def made_from(links: TableLinks, below: Iterable[TableRead]) -> TableRead:
    """A table out of the rows below it: one row for each key, in the order in which the keys are met."""
    first: dict[str, Told] = {}
    disputes: dict[str, list[tuple[int, Told]]] = {}
    for table in below:
        positions = {one.name: n for n, one in enumerate(table.links.told)}
        places = [positions[one.name] for one in links.told]
        disputed_rows = (other for others in table.disputes.values() for _, other in others)
        for row in (*table.rows, *disputed_rows):
            keys = tuple([row.keys[place] for place in places])
            own = key_of(keys, links.key)
            if own is None:
                continue  # that row says itself that it has no owner
            found = first.get(own)
            if found is None:
                cells = {one.name: keys[n] for n, one in enumerate(links.told) if one in links.inputs}
                first[own] = Told(cells, row.origin, keys)
            elif found.keys != keys:
                column = next(n for n, key in enumerate(keys) if key != found.keys[n])
                disputes.setdefault(own, []).append((column, Told({}, row.origin, keys)))
    return TableRead(links, tuple(first.values()), {own: tuple(rows) for own, rows in disputes.items()})


def people_made(checked: Checked, below: Iterable[TableRead]) -> tuple[DataRow, ...]:
    """The people whom the rows of detail tables name."""
    inputs = person_inputs(checked)
    key = next(number for number, one in enumerate(inputs) if one is key_input(checked))
    table = made_from(TableLinks("", inputs, inputs, (key,), ()), below)
    wrong = {id(row): problems for row, _, problems in disputed(table)}
    return tuple(
        DataRow(key_of(row.keys, (key,)) or "", row.cells, row.origin, problems=wrong.get(id(row), ()))
        for row in table.rows
    )


def told_twice(table: TableRead) -> Iterator[tuple[Told, Problem]]:
    """Rows that their `key` does not tell apart, or that nobody could: counting both would pay twice."""
    links = table.links
    if not links.key:
        return
    met: dict[str, list[Told]] = {}
    for row in table.rows:
        own = key_of(row.keys, links.key)
        if own is not None:
            met.setdefault(own, []).append(row)
        else:
            yield from ((row, problem) for problem in _without_key(links, row))
    same = twins(met)
    for own, rows in met.items():
        if len(rows) > 1:
            params = {"value": quoted(own), "where": places_of(row.origin for row in rows), "details": links.name}
            for row in rows:
                yield row, placed(Problem("data-key-twice", params, "details"), row.origin)
        elif own in same:
            column = links.told[links.key[0]]
            yield rows[0], placed(twin(column.name, heading_of(column), own, same[own]), rows[0].origin)


def _without_key(links: TableLinks, row: Told) -> Iterator[Problem]:
    """Why a row cannot be told from others. A key that says whose it is as well is told with its owner."""
    naming = {place for _, places in links.owners for place in places}
    for place in links.key:
        key, read = row.keys[place], links.told[place]
        if place in naming:
            continue
        if isinstance(key, Problem):
            yield placed(key, row.origin)
        elif key is None:
            params = {"input": echo(read.name), "details": links.name}
            yield placed(Problem("data-missing", params, "key", column=echo(heading_of(read))), row.origin)


def disputed(table: TableRead) -> Iterator[tuple[Told, tuple[Told, ...], tuple[Problem, ...]]]:
    """Each made row about which rows disagree, what else they say of it, and why it cannot stand."""
    for row in table.rows if table.disputes else ():
        own = key_of(row.keys, table.links.key)
        others = table.disputes.get(own or "", ())
        if others:
            problems: dict[int, Problem] = {}
            for column, other in others:
                problems.setdefault(column, _dispute(table.links, column, own or "", row, other))
            yield row, tuple(other for _, other in others), tuple(problems.values())


def _dispute(links: TableLinks, column: int, own: str, row: Told, other: Told) -> Problem:
    read = links.told[column]
    said = {"first": _said(row.keys[column]), "second": _said(other.keys[column]), "where": where_of(row.origin)}
    params = {"details": links.name, "value": quoted(own), "input": read.name, **said}
    variant = "" if links.name else "people"
    return placed(Problem("data-two-owners", params, variant, column=echo(heading_of(read))), other.origin)


def _said(key: Key) -> str:
    return quoted(key if isinstance(key, str) else "")


# ── Owners ────────────────────────────────────────────────────────────────────────────────────────


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


@define
class Given:
    """The rows of one detail table with their owners: by person, or of groups alone.

    `blamed` are problems by person, `orphans` those of rows that are nobody's; `lacking` are these rows, with the
    keys of the owners that they name, and `left_out` counts what the scheme leaves out.
    """

    of_people: dict[str, list[DataRow]] = field(factory=dict)
    shared: list[DataRow] = field(factory=list)
    blamed: dict[str, list[Problem]] = field(factory=dict)
    orphans: list[Problem] = field(factory=list)
    lacking: list[DataRow] = field(factory=list)
    left_out: int = 0


@frozen
class Answer:
    """Whose one row is: its person, the keys of its other owners, and what is wrong with it.

    `lost` says that it has no owner where it should have one; `left` that this one was left out itself.
    """

    person: str | None
    links: Mapping[str, str]
    problems: tuple[Problem, ...]
    lost: bool
    left: bool


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
            if own is not None:
                gone[own] = True
            continue
        problems = (*answer.problems, *bad[id(row)]) if id(row) in bad else answer.problems
        if answer.person is None and not has_person:  # no person will be refused for its cells
            told = {problem.column for problem in problems}
            refused = read_values(DataRow("", row.cells, row.origin), links.inputs)[1]
            problems += tuple(problem for problem in refused if problem.column not in told)
        if problems:
            _blame(given, answer, problems)
        if answer.person is None and (problems or has_person):
            given.orphans += problems
            given.lacking.append(_lacking(row, answer))
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
                lost = True
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
    return Answer(inherited if person is None else person, others, tuple(problems), lost, left and person is None)


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


def _orphan(links: TableLinks, row: Told, key: str, owner: str = "", gone: bool = False) -> Problem:
    params = {"details": links.name, "value": quoted(key), "owner": owner}
    variant = "" if not owner else "above" if gone else "row"
    return placed(Problem("data-orphan", params, variant, key="" if owner else echo(key)), row.origin)
