"""Collects the inputs that a person can read: their own, and those of the groups to which they belong."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.checked import Checked, CheckedInput
from ...model.data import DataRow, People
from ...model.levels import PERSON, Level
from ..tables.links import KeyReader, column_reader, is_internal
from ..tables.rows import Values, read_values


def facts_read_by_people(checked: Checked) -> tuple[CheckedInput, ...]:
    """The inputs of people and of the groups above them, by name."""
    above = set(checked.levels.above(PERSON))
    found = (one for one in checked.inputs.values() if one.level in above and not is_internal(one))
    return tuple(sorted(found, key=lambda one: one.name))


class FactsOf:
    """Reads the values of these inputs for one person of a run after another; each group is read once."""

    def __init__(self, checked: Checked, people: People) -> None:
        by_level: dict[Level, list[CheckedInput]] = {}
        for one in facts_read_by_people(checked):
            by_level.setdefault(one.level, []).append(one)
        self._own = by_level.pop(PERSON, [])
        self._groups = [(checked.levels.way(PERSON, level)[1:], inputs) for level, inputs in by_level.items()]
        passed = {level for way, _ in self._groups for level in way}
        self._readers = {level: KeyReader(column_reader(checked, level[0])) for level in passed}
        self._rows = {level: {row.key: row for row in people.groups.get(level[0], ())} for level in passed}
        self._known: dict[tuple[Level, str], Values] = {}

    def __call__(self, row: DataRow) -> Values:
        found = dict(read_values(row, self._own)[0])
        for way, inputs in self._groups:
            found.update(self._of_group(row, way, inputs))
        return found

    def _of_group(self, row: DataRow, way: Sequence[Level], inputs: Sequence[CheckedInput]) -> Values:
        top: DataRow | None = row
        key = ""
        for level in way:
            read = self._readers[level](row.cells.get(level[0])) if top is not None else None
            key = read if isinstance(read, str) else ""
            top = self._rows[level].get(key)
            row = row if top is None else top
        if top is None:
            return {}
        if (way[-1], key) not in self._known:
            self._known[way[-1], key] = read_values(top, inputs)[0]
        return self._known[way[-1], key]
