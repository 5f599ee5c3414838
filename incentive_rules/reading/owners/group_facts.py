"""Adds facts of groups to the rows of one person alone: each row gets those of the groups to which it belongs.

A detail row that names no group, or an unknown one, is refused or left out as in a run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...base.problems import Problem
from ...base.text import echo
from ...lang.made_names import MadeName
from ...model import terms as t
from ...model.checked import Checked, CheckedInput, CheckedQuantity
from ...model.data import ByInput, DataRow, RowOrigin, changed_row
from ...model.levels import EVERYONE, PERSON, Level, Levels
from ..cells.cell import read_cell
from ..cells.showing import shown
from ..sources.handed import HandedRows, tables_of
from ..tables.columns import heading_of, input_columns
from ..tables.links import KeyReader, ReadKey, column_reader, details_named, inputs_at, person_inputs, quoted
from ..tables.rows import placed, where_of

if TYPE_CHECKING:
    from .groups import Known

InputValues = Mapping[str, object]  # raw, by the name of the input or by its heading
GroupRows = Mapping[str, HandedRows]
NO_GROUPS: GroupRows = {}


class GroupFacts:
    """Finds what one person, and each detail row, gets from the groups to which it belongs.

    `whole` is the scheme, `alone` that of one person, in which facts of groups are inputs of the person or of rows;
    `groups` are rows of `groups:` tables. `problems` are those of the tables, then of every row that was looked at.
    """

    def __init__(self, whole: Checked, alone: Checked, groups: GroupRows = NO_GROUPS) -> None:
        self.whole = whole
        self.problems: list[Problem] = []
        self._rows: dict[Level, Mapping[str, DataRow]] = {}
        self._known: dict[Level, Known] = {}
        for name, given in groups.items():
            self._read(name, given)
        self._homes: dict[str, Level] = {name: one.level for name, one in whole.inputs.items()}
        for quantity in whole.quantities:  # each reads only earlier ones
            self._homes[quantity.name] = _standing(quantity, self._homes, whole.levels)
        self._alone = alone
        self._facts: dict[Level, list[CheckedInput]] = {}
        for one in alone.inputs.values():
            if self._level_of(one.name) in self._rows:
                self._facts.setdefault(one.level, []).append(one)

    def _read(self, name: str, given: HandedRows) -> None:
        from .groups import known_groups, read_groups  # most people are scored without groups

        table = next((one for one in self.whole.scheme.groups if one.name == name), None)
        if table is None:
            names = " ".join(f"`{one.name}`" for one in self.whole.scheme.groups)
            self.problems.append(Problem("data-details", {"name": echo(name), "names": names}, "" if names else "none"))
            return
        wrong: list[Problem] = []
        rows, _, problems, _, _ = read_groups(self.whole, table, tables_of(given, wrong, name))
        wrong += (*problems, *(problem for row in rows for problem in row.problems))
        self.problems += wrong
        if not wrong:
            self._rows[table.key,] = {row.key: row for row in rows}
            self._known[table.key,] = known_groups(table.name, rows)

    def _level_of(self, name: str) -> Level:
        found = self.whole.inputs.get(name)
        return PERSON if found is None else found.level

    def _home_of(self, one: CheckedInput) -> Level:
        """The level at which an input has one value per row: for a fact of a group, the group."""
        name = MadeName.GIVEN.inside(one.name)
        return self._homes.get(name, one.level)

    # ── Whose they are ───────────────────────────────────────────────────────────────────────────

    def of_person(self, facts: InputValues, given: Collection[str]) -> InputValues:
        """The facts of a person, with those of the groups to which the person belongs."""
        if not self._facts.get(PERSON):
            return facts
        return self._with_facts(facts, PERSON, _by_names(facts, person_inputs(self.whole)), RowOrigin(), given)

    def of_rows(self, name: str, rows: Sequence[object]) -> Sequence[object]:
        """The rows of a detail table with the facts of their groups; rows to leave out are omitted."""
        level: Level = (name,)
        groups = [one for one in self.whole.levels[level].owners if self.whole.levels[one].sort == "group"] \
            if level in self.whole.levels else []  # fmt: skip
        if not groups and not self._facts.get(level):
            return rows
        inputs = inputs_at(self.whole, level)
        own = {one.name for one in inputs}
        owners = [KeyReader(column_reader(self.whole, one[0])) for one in groups if one[0] not in own]
        columns = (*inputs, *(one.item for one in owners))
        asked = {self.whole.levels.way(level, self._level_of(one.name))[1][0] for one in self._facts.get(level, ())}
        leaves_out = details_named(self.whole, name).without_owner == "leave_out"
        found: list[object] = []
        for number, row in enumerate(rows, 1):
            if not isinstance(row, Mapping):  # reported where rows are read
                found.append(row)
                continue
            cells, origin = _by_names(row, columns), RowOrigin(name, number)
            said = [(one.item, one(cells[one.item.name])) for one in owners if one.item.name in cells]
            if leaves_out and any(key is None for _, key in said):
                continue
            said += [(one.item, None) for one in owners if one.item.name in asked - cells.keys()]
            self.problems += [_no_group(name, one, key, origin) for one, key in said if not isinstance(key, str)]
            found.append(self._with_facts(row, level, cells, origin))
        return found

    def disagreements(self, name: str, rows: Sequence[object]) -> Iterator[Problem]:
        """The problems of rows that name one group and give it two values: in a run each group has one row."""
        level: Level = (name,)
        if level not in self.whole.levels:
            return
        inputs = inputs_at(self._alone, level)
        of_groups = [one for one in inputs if self._home_of(one) != level and self._is_group(self._home_of(one))]
        ways = {one.name: self.whole.levels.way(level, self._home_of(one))[1:] for one in of_groups}
        keys = {key[0]: KeyReader(column_reader(self.whole, key[0])) for way in ways.values() for key in way}
        columns = {one.name: one for one in (*inputs, *(reader.item for reader in keys.values()))}
        met: dict[tuple[str, str, str], tuple[object, object, RowOrigin]] = {}
        for number, row in enumerate(rows, 1):
            if not isinstance(row, Mapping):  # reported where rows are read
                continue
            cells, origin = _by_names(row, columns.values()), RowOrigin(name, number)
            said = {column: reader(cells.get(column)) for column, reader in keys.items()}
            for one in of_groups:
                raw = cells.get(one.name)
                value = read_cell(one, raw)
                groups = [(key[0], said[key[0]]) for key in ways[one.name]] if not isinstance(value, Problem) else []
                for column, key in groups:
                    if not isinstance(key, str):
                        continue
                    first, written, where = met.setdefault((column, key, one.name), (value, raw, origin))
                    if first != value:
                        both = {"first": shown(written), "second": shown(raw), "where": where_of(where)}
                        params = {"details": name, "value": quoted(key), "input": echo(heading_of(one)), **both}
                        yield placed(Problem("data-two-owners", params, "group", column=echo(heading_of(one))), origin)
                        break

    def _is_group(self, level: Level) -> bool:
        return level in self.whole.levels and self.whole.levels[level].sort == "group"

    def _with_facts(
        self, row: InputValues, level: Level, cells: InputValues, origin: RowOrigin, given: Collection[str] = ()
    ) -> dict[str, object]:
        """A row with the facts of its groups under the names of their inputs."""
        found = changed_row(row, dict(row))
        for one in self._facts.get(level, ()):
            home = self._level_of(one.name)
            if any(name in row or name in given for name in (one.name, heading_of(one))):
                params = {"name": one.name, "group": self._known[home].table}
                self.problems.append(placed(Problem("data-name-unknown", params, "given-twice"), origin))
                continue
            group = self._group_of(cells, self.whole.levels.way(level, home)[1:], origin)
            if group is not None:
                found[one.name] = group.cells.get(one.name)
        return found

    def _group_of(self, cells: InputValues, way: Sequence[Level], origin: RowOrigin) -> DataRow | None:
        """The row at the end of the way; None if a key on it is unknown, or missing, which is reported elsewhere."""
        found: DataRow | None = None
        for level in way:
            reader = KeyReader(column_reader(self.whole, level[0]))
            key = reader(cells.get(level[0]))
            if not isinstance(key, str) or level not in self._known:
                return None
            found = self._rows[level].get(key)
            if found is None:
                from .groups import unknown_group

                self.problems.append(unknown_group(reader.item, key, self._known[level], origin))
                return None
            cells, origin = found.cells, found.origin
        return found


def _standing(quantity: CheckedQuantity, homes: Mapping[str, Level], levels: Levels) -> Level:
    """The level at which a quantity has one value per row: its own, or the group by which all in it is aggregated."""
    found: set[Level] = set()
    for term in (quantity.term, *(() if quantity.condition is None else (quantity.condition,))):
        for part in t.walk(term, lambda x: () if isinstance(x, t.Aggregate) else t.operands(x)):
            if isinstance(part, t.Aggregate) and not part.others:
                found.add(part.level)
            elif isinstance(part, t.Aggregate | t.Ranked | t.Running | t.Shared):
                return quantity.level
            elif isinstance(part, t.Read):
                found.add(homes.get(part.name, EVERYONE))
    only = found - {EVERYONE}
    level = only.pop() if len(only) == 1 else quantity.level
    return level if level in levels and levels[level].sort == "group" else quantity.level


def _by_names(row: InputValues, inputs: Iterable[CheckedInput]) -> InputValues:
    """The cells of a row by the names of inputs."""
    headings = tuple(row)
    columns, _ = input_columns(inputs, headings, by_input=isinstance(row, ByInput))
    return {name: row[headings[column]] for name, column in columns.items()}


def _no_group(table: str, read: CheckedInput, key: ReadKey, origin: RowOrigin) -> Problem:
    """The problem of a row that does not name its group."""
    params = {"details": table, "input": echo(read.name)}
    found = key if isinstance(key, Problem) else Problem("data-orphan", params, "missing", column=heading_of(read))
    return placed(found, origin)
