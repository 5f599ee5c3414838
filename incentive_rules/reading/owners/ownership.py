"""Finds the owners of rows (a person, another row, groups), and the problem if an owner is not there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from attrs import define, evolve, field, frozen

from ...base.problems import Problem
from ...base.text import echo
from ...model.arrays import Flags
from ...model.data import RowOrigin
from ...model.levels import PERSON, Level
from ..sources.strays import STRAY, is_total
from ..tables.columns import heading_of
from ..tables.detail_tables import TableRead
from ..tables.key_columns import KeyColumn, equal_keys, row_groups
from ..tables.links import ReadKey, TableLinks, joined_key, quoted
from ..tables.looks import by_look, looks_of_key
from ..tables.rows import placed
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

    def there(self, owner: Level, keys: KeyColumn) -> Flags:
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


class Ownerships:
    """The ownerships of the rows of a table; rows that name the same owners share one.

    `named` has the number of the ownership of each row. `keys` are, by level, the keys of the owners, one for each
    ownership; None if it is missing or unreadable. An ownership is `sound` if every owner is there. The others are
    found one by one, when they are looked at.
    """

    def __init__(self, table: TableRead, owners: Owners) -> None:
        self._table, self._owners = table, owners
        self._made: dict[int, Ownership] = {}
        naming = dict.fromkeys(place for _, places in table.links.owners for place in places)
        self.named = row_groups([table.keys[place].codes for place in naming], len(table))
        self.keys = {o: self._keys(places) for o, places in table.links.owners if places or o == PERSON}
        self.sound = np.ones(len(self.named.first), bool)
        for owner, keys in self.keys.items():
            self.sound &= owners.there(owner, keys)

    def _keys(self, places: Sequence[int]) -> KeyColumn:
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
        """The ownership of one row, its problems with the place of that row."""
        keys = tuple([column[row] for column in self._table.keys])
        return ownership_of(self._table.links, keys, lambda: self._table.origins[row], self._owners)

    def unsound(self) -> list[int]:
        """The numbers of the ownerships that are not sound."""
        found: list[int] = np.flatnonzero(~self.sound).tolist()
        return found

    def where(self, holds: Callable[[Ownership], bool]) -> Flags:
        """For each row whether `holds` is true of its ownership; False for every sound one."""
        found = np.zeros(len(self.sound), bool)
        for code in self.unsound():
            found[code] = holds(self[code])
        return found[self.named.codes] if found.any() else np.zeros(len(self._table), bool)

    def people(self) -> KeyColumn:
        """By row its person; None if it belongs to nobody."""
        own, places = self.keys.get(PERSON), dict(self._table.links.owners).get(PERSON, ())
        if own is not None and self.sound.all():
            return self._table.keys[places[0]] if len(places) == 1 else self._by_row(own)
        people = [self._person(code) if sound else self[code].person for code, sound in enumerate(self.sound.tolist())]
        return equal_keys(self.named.codes, people)

    def _person(self, code: int) -> str | None:
        """The person of a sound ownership: the one that is named, or that of a row which is."""
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


def ownership_of(links: TableLinks, keys: Sequence[ReadKey], origin: Origin, owners: Owners) -> Ownership:
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


def with_near(problem: Problem, ownership: Ownership, owners: Owners) -> Problem:
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
