"""Decides which columns are the keys of a table and of its owners, and how they are read.

A column that several tables share is read by one rule everywhere: that of the input that declares it, else as a key. So
a key that is spelled in two ways in two files is one key if the scheme says so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeGuard

from attrs import evolve, frozen

from ...base.problems import Problem
from ...base.text import are_plain, echo
from ...lang.made_names import MadeName, inner_name, sort_of
from ...lang.types import KEY, Facts, Kind
from ...model.checked import Checked, CheckedInput
from ...model.levels import PERSON, Level
from ...model.scheme import Details, Group, Input
from ..cells.cell import read_cell

ReadKey = str | Problem | None  # a key as text, why there is none, or None where the cell is empty
BETWEEN = "\x1f"  # the parts of a key of several columns; no key holds it


def person_inputs(checked: Checked) -> tuple[CheckedInput, ...]:
    """The inputs of one person, in the order of the scheme."""
    return tuple(_by_own_name(checked.inputs[i.name]) for i in checked.scheme.inputs if i.name in checked.inputs)


def inputs_at(checked: Checked, level: Level) -> tuple[CheckedInput, ...]:
    """The inputs that a file has for the rows of a detail table or of a group."""
    return tuple(_by_own_name(i) for i in checked.inputs.values() if i.level == level and not is_internal(i))


def _by_own_name(found: CheckedInput) -> CheckedInput:
    """The input with its heading in files: the local name of a value of an earlier period, the name of a given one."""
    if sort_of(found.name) not in (MadeName.RECORDED, MadeName.GIVEN) or found.definition.column:
        return found
    return evolve(found, definition=evolve(found.definition, column=inner_name(found.name)))


def key_input(checked: Checked) -> CheckedInput | None:
    """The key of people: the first input of type `key`."""
    return next((i for i in person_inputs(checked) if i.facts.type.kind is Kind.KEY), None)


def is_internal(found: CheckedInput) -> bool:
    """Whether reading makes the value: a group's own key, and which period a recorded row is of."""
    return sort_of(found.name) in (MadeName.GROUP, MadeName.CURRENT)


def column_reader(checked: Checked, name: str) -> CheckedInput:
    """The input as which the column `name` of any table is read: that of this name, or a plain key."""
    found = checked.inputs.get(name) or checked.inputs.get(MadeName.GROUP.of(name))
    if found is not None and not is_internal(found):
        return found
    place = found.definition.place if found is not None else checked.scheme.place
    return CheckedInput(Input(name, "key", place), Facts(KEY), 0)


@frozen
class TableLinks:
    """One detail table: its inputs, and `key_inputs`, the columns of its keys, each as it is read.

    `key` and `owners` are positions in `key_inputs`; an owner is a level with the columns of its key. `key_inputs` also
    has the columns from which owners without a file are made.
    """

    name: str
    inputs: tuple[CheckedInput, ...]
    key_inputs: tuple[CheckedInput, ...]
    key: tuple[int, ...]
    owners: tuple[tuple[Level, tuple[int, ...]], ...]

    @property
    def readers(self) -> tuple[CheckedInput, ...]:
        """Every column that is read, once."""
        return tuple({one.name: one for one in (*self.key_inputs, *self.inputs)}.values())


def links_of(
    checked: Checked, name: str, levels: Collection[Level], made: Collection[Level] = (), alone: bool = False
) -> TableLinks:
    """The links of one detail table to owners among `levels`.

    The columns from which owners are `made`, which have no file of their own, are included. If all rows are those of
    one person `alone`, they need not name it.
    """
    names = _key_inputs_of(checked, name, levels, made, alone)
    places = {column: number for number, column in enumerate(names)}
    owners = tuple(
        (owner, () if alone and owner == PERSON else tuple(places[one] for one in key_columns(checked, owner)))
        for owner in checked.levels[name,].owners
        if owner in levels
    )
    key_inputs = tuple(column_reader(checked, one) for one in names)
    own = tuple(places[one] for one in details_named(checked, name).key)
    return TableLinks(name, inputs_at(checked, (name,)), key_inputs, own, owners)


def details_named(checked: Checked, name: str) -> Details:
    return next(table for table in checked.scheme.details if table.name == name)


def group_table(checked: Checked, key: str) -> Group | None:
    """The `groups:` table whose key is `key`."""
    return next((table for table in checked.scheme.groups if table.key == key), None)


def key_columns(checked: Checked, level: Level) -> tuple[str, ...]:
    """The columns of the key of a level; none if it has none."""
    if level == PERSON:
        key = key_input(checked)
        return () if key is None else (key.name,)
    sort = checked.levels[level].sort
    return details_named(checked, level[0]).key if sort == "details" else level if sort == "group" else ()


def _key_inputs_of(
    checked: Checked, name: str, levels: Collection[Level], made: Collection[Level], alone: bool
) -> tuple[str, ...]:
    """The key columns of a detail table: its own, those of its owners, and those from which owners are made."""
    found = dict.fromkeys(details_named(checked, name).key)
    for owner in checked.levels[name,].owners:
        if owner not in levels or (alone and owner == PERSON):
            continue
        found |= dict.fromkeys(key_columns(checked, owner))
        if owner in made:
            found |= dict.fromkeys(one.name for one in _inputs_of(checked, owner))
            found |= dict.fromkeys(_key_inputs_of(checked, owner[0], levels, made, alone) if owner else ())
    return tuple(found)


def _inputs_of(checked: Checked, level: Level) -> tuple[CheckedInput, ...]:
    return person_inputs(checked) if level == PERSON else inputs_at(checked, level)


def can_be_made(checked: Checked, level: Level) -> bool:
    """Whether the rows of a level can be made from the rows below them: all of its inputs are keys."""
    keys = key_columns(checked, level)
    return bool(keys) and all(one.definition.type == "key" for one in _inputs_of(checked, level))


# ── Reading keys ──────────────────────────────────────────────────────────────────────────────────


class KeyReader:
    """Reads the keys of one column, each different text once."""

    def __init__(self, item: CheckedInput) -> None:
        self.item = item
        self._known: dict[str, ReadKey] = {}
        # Letters and digits of ASCII are a key as they stand, and most keys are that.
        self._plain = item.facts.type.kind is Kind.KEY and not item.definition.missing_texts

    def __call__(self, raw: object) -> ReadKey:
        if type(raw) is not str:
            return self._read(raw)
        if self._plain and raw.isascii() and raw.isalnum():
            return raw
        try:
            return self._known[raw]
        except KeyError:
            return self._known.setdefault(raw, self._read(raw))

    def takes_as_they_are(self, cells: Sequence[object]) -> TypeGuard[Sequence[str]]:
        """Whether each of these cells is a key as it stands."""
        if not self._plain or set(map(type, cells)) != {str}:
            return False
        return are_plain(cells)  # type: ignore[arg-type]  # all of them are texts

    def _read(self, raw: object) -> ReadKey:
        value = read_cell(self.item, raw)
        if isinstance(value, Problem):
            return None if value.code == "data-missing" else value
        return value if value is None else str(value)


def joined_key(keys: Sequence[ReadKey], places: Sequence[int]) -> str | None:
    """The key that these columns form together; None if one of them is empty or refused."""
    if len(places) == 1:
        only = keys[places[0]]
        return only if isinstance(only, str) else None
    if not places:
        return None
    texts = [part for part in (keys[place] for place in places) if isinstance(part, str)]
    return BETWEEN.join(texts) if len(texts) == len(places) else None


def quoted(key: str) -> str:
    """A key as messages show it."""
    return f'"{echo(", ".join(key.split(BETWEEN)))}"'
