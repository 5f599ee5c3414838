"""Gives detail rows to their owners, and reports rows that have none.

Owners come first: a row is given to a person, to a row of another detail table, to groups.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from attrs import define, evolve, field, frozen

from ...base.problems import Problem
from ...base.text import echo
from ...model.checked import Checked, CheckedInput
from ...model.data import DataRow, RowOrigin
from ...model.levels import PERSON, Level
from ...model.table import Cells
from ..cells.cell import read_cell
from ..sources.strays import STRAY, is_total
from ..tables.columns import heading_of
from ..tables.data_rows import DataRows, OwnedRows
from ..tables.detail_tables import TableRead, disputed, rows_with_duplicate_keys
from ..tables.duplicate_keys import KeyedRow
from ..tables.key_columns import KeyColumn, Numbers, RowFlags, column_codes, equal_keys, no_keys, row_groups
from ..tables.links import ReadKey, TableLinks, details_named, joined_key, quoted
from ..tables.looks import by_look, looks_of_key
from ..tables.rows import placed, read_values
from ..tables.words import twin_words
from .groups import Known, unknown_group

Origin = Callable[[], RowOrigin]  # where a row stands; mostly nobody asks


@define
class Owners:
    """The possible owners of rows, and the rows that cannot own others.

    `people` are their keys; of one person `alone` rows need not name it. `rows` leads from the level of a detail table
    to its rows by their own key, each with its person; `groups` from the level of a group to the groups of its table.
    `gone` has the keys of rows that are not there: True if they were left out, False if refused.
    """

    people: Collection[str]
    groups: Mapping[Level, Known]
    alone: str = ""
    rows: dict[Level, dict[str, str | None]] = field(factory=dict)
    gone: dict[Level, dict[str, bool]] = field(factory=dict)
    _looks: dict[Level, Mapping[str, str]] = field(factory=dict)

    def there(self, owner: Level, keys: KeyColumn) -> RowFlags:
        """Which of these keys are those of an owner who is there."""
        known: Collection[str] | None
        if owner == PERSON or owner in self.rows:
            known = self.people if owner == PERSON else self.rows[owner]
        else:
            groups = self.groups.get(owner)
            known = None if groups is None else {key for key, stands in groups.keys.items() if stands}
        texts = keys.plain_texts()
        if texts is not None and known is not None:
            return np.fromiter(map(known.__contains__, texts), bool, len(texts))[keys.codes]
        return keys.where(lambda key: isinstance(key, str) and (known is None or key in known))

    def near(self, owner: Level, key: str) -> str:
        """The key of an owner that looks like this one, or has other leading zeros; "" if none or several do."""
        if owner not in self._looks:
            keys = self.people if owner == PERSON else self.rows.get(owner, {})
            self._looks[owner] = by_look(keys)
        return next((found for look in looks_of_key(key) if (found := self._looks[owner].get(look))), "")


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


@frozen
class Ownership:
    """Whose a row is: its person, the keys of its other owners, and its problems.

    `lost`: an owner that the row needs is missing or unknown; `stranger`: the key of the unknown person; `left`: its
    owner was left out.
    """

    person: str | None
    links: Mapping[str, str]
    problems: tuple[Problem, ...]
    lost: bool
    left: bool
    stranger: str = ""


def give_rows(
    checked: Checked, table: TableRead, owners: Owners, words: Sequence[CheckedInput] = ()
) -> GivenRows:
    """Gives each row of a table to its owners, which are all known; `words` are inputs whose words are compared."""
    return _Giving(checked, table, owners).given(words)


class _Answers:
    """Whose the rows of a table are. Rows that name the same owners have the same answer.

    `named` says which answer each row has. `keys` are by level the keys of the owners, by answer; None where one is not
    said, or cannot be read. An answer is `sound` where every owner is there, and then that is all there is to it. The
    others are found one by one, when somebody looks at them.
    """

    def __init__(self, table: TableRead, owners: Owners) -> None:
        self._table, self._owners = table, owners
        self._made: dict[int, Ownership] = {}
        naming = dict.fromkeys(place for _, places in table.links.owners for place in places)
        self.named = row_groups([table.keys[place].codes for place in naming], len(table))
        self.keys = {o: self._keys(o, places) for o, places in table.links.owners if places or o == PERSON}
        self.sound = np.ones(len(self.named.first), bool)
        for owner, keys in self.keys.items():
            self.sound &= owners.there(owner, keys)

    def _keys(self, owner: Level, places: Sequence[int]) -> KeyColumn:
        first = self.named.first
        if not places:
            return KeyColumn(np.zeros(len(first), np.int64), [self._owners.alone])
        columns = [self._table.keys[place].at(first) for place in places]
        if len(columns) == 1 and columns[0].plain:
            return columns[0]
        rows = zip(*([column[n] for n in range(len(first))] for column in columns), strict=True)
        return equal_keys(np.arange(len(first)), [joined_key(row, range(len(columns))) for row in rows])

    def __getitem__(self, code: int) -> Ownership:
        if code not in self._made:
            self._made[code] = self.of_row(int(self.named.first[code]))
        return self._made[code]

    def of_row(self, row: int) -> Ownership:
        """The answer of one row, with problems that stand where it stands."""
        keys = tuple([column[row] for column in self._table.keys])
        return _ownership(self._table.links, keys, lambda: self._table.origins[row], self._owners)

    def unsound(self) -> list[int]:
        """The numbers of the answers that are looked at."""
        found: list[int] = np.flatnonzero(~self.sound).tolist()
        return found

    def where(self, holds: Callable[[Ownership], bool]) -> RowFlags:
        """Which rows have an answer of which this holds, as it does of none that is sound."""
        found = np.zeros(len(self.sound), bool)
        for code in self.unsound():
            found[code] = holds(self[code])
        return found[self.named.codes] if found.any() else np.zeros(len(self._table), bool)

    def people(self) -> KeyColumn:
        """By row its person; None where it is nobody's."""
        own, places = self.keys.get(PERSON), dict(self._table.links.owners).get(PERSON, ())
        if own is not None and self.sound.all():
            return self._table.keys[places[0]] if len(places) == 1 else self._by_row(own)
        people = [self._person(code) if sound else self[code].person for code, sound in enumerate(self.sound.tolist())]
        return equal_keys(self.named.codes, people)

    def _person(self, code: int) -> str | None:
        """The person of a sound answer: the one that is named, or that of a row which is."""
        if PERSON in self.keys:
            key = self.keys[PERSON][code]
            return key if isinstance(key, str) else None
        rows = ((known, str(keys[code])) for o, keys in self.keys.items() if (known := self._owners.rows.get(o)))
        return next((person for known, key in rows if (person := known[key]) is not None), None)

    def links(self) -> dict[str, KeyColumn]:
        """By row the keys of the other owners, by the names of their levels."""
        others = {owner[0]: keys for owner, keys in self.keys.items() if owner != PERSON}
        return {name: self._by_row(keys) for name, keys in others.items() if any(key is not None for key in keys.keys)}

    def _by_row(self, keys: KeyColumn) -> KeyColumn:
        return KeyColumn(keys.codes[self.named.codes], keys.keys, keys.plain)


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
        self.answers = _Answers(table, owners)
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
                ownership = _ownership(self.links, other.keys, _at(other.origin), self.owners)
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

    def _left_out(self) -> RowFlags:
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

    def _suspect(self, bad: Collection[int]) -> RowFlags:
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
        """Tell what is wrong with a row; whether it is given to its owners all the same."""
        table, result, ownership = self.table, self.result, self.answers[int(self.answers.named.codes[row])]
        keyed = table.row(row)
        problems: tuple[Problem, ...] = ()
        if ownership.problems:
            ownership = self.answers.of_row(row)  # its problems are those of another row
            problems = tuple([_with_near(problem, ownership, self.owners) for problem in ownership.problems])
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


def _blame(given: GivenRows, ownership: Ownership, problems: Iterable[Problem]) -> None:
    """Adds the problems of a refused row to its person, who would be paid wrongly without it."""
    if ownership.person is not None:
        who = echo(ownership.person)
        blamed = [evolve(problem, key=problem.key or who) for problem in problems]
        if blamed:
            given.blamed.setdefault(ownership.person, []).extend(blamed)


def _lacking(row: KeyedRow, ownership: Ownership) -> DataRow:
    return DataRow("", row.cells, row.origin, links=ownership.links)


def _ownership(links: TableLinks, keys: Sequence[ReadKey], origin: Origin, owners: Owners) -> Ownership:
    """Finds the owners of a row with these keys."""
    person: str | None = None
    inherited: str | None = None
    others: dict[str, str] = {}
    problems: list[Problem] = []
    lost = left = False
    stranger = ""
    for owner, places in links.owners:
        key = owners.alone if owner == PERSON and not places else joined_key(keys, places)
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
                problems.append(unknown_group(links.key_inputs[places[0]], key, there, origin()))
    person = inherited if person is None else person
    return Ownership(person, others, tuple(problems), lost, left and person is None, stranger)


def _unreadable(
    links: TableLinks, keys: Sequence[ReadKey], origin: RowOrigin, owner: Level, places: Sequence[int]
) -> list[Problem]:
    """The problems of a row whose owner cannot be read; a key that is an input is reported with its other cells."""
    found = []
    for place in places:
        key, read = keys[place], links.key_inputs[place]
        if isinstance(key, str) or (read in links.inputs and owner != PERSON):
            continue
        if isinstance(key, Problem):
            found.append(placed(key, origin))
        else:
            params = {"details": links.name, "input": echo(read.name)}
            found.append(placed(Problem("data-orphan", params, "missing", column=echo(heading_of(read))), origin))
    return found


def _with_near(problem: Problem, ownership: Ownership, owners: Owners) -> Problem:
    """The problem of an unknown owner, with the owner that was probably meant."""
    if problem.code != "data-orphan" or problem.variant not in ("", "row"):
        return problem
    level: Level = (problem.params["owner"],) if problem.variant else PERSON
    key = ownership.links[level[0]] if level else ownership.stranger
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
