"""Some facts of many people, as the referee reads them, without a row for each of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..base.problems import Problem
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow, People
from .cells.cell import read_cell
from .tables.data_rows import OwnedRows
from .tables.links import person_inputs
from .tables.rows import Values, read_values
from .values import linking, row_inputs


class NamedFacts:
    """Some facts of one person of a run after another: those of the inputs with these names.

    Each different cell is read once, and of the rows of a person each different cell is told once.
    """

    def __init__(self, checked: Checked, people: People, names: Collection[str]) -> None:
        self._people = people
        self._own = [one for one in person_inputs(checked) if one.name in names]
        self._of_rows: dict[str, list[tuple[CheckedInput, bool]]] = {}
        for table in checked.scheme.details:
            inputs = [(one, False) for one in row_inputs(checked, table.name) if one.name in names]
            links = [(one, True) for one in linking(checked, table.name) if one.name in names]
            self._of_rows[table.name] = inputs + links
        self._known: dict[tuple[str, str, int], Values] = {}

    def __call__(self, row: DataRow) -> list[Values]:
        found = [read_values(row, self._own)[0]] if self._own else []
        for name, inputs in self._of_rows.items():
            rows = self._people.details.get(name, {}) if inputs else {}
            if isinstance(rows, OwnedRows) and not rows.rows.changed:
                found += self._of_columns(name, inputs, rows, row.key)
                continue
            for one in rows.get(row.key, ()):
                there = [read for read, is_link in inputs if not is_link or read.name in one.cells]
                found.append(read_values(one, there)[0])
        return found

    def _of_columns(
        self, table: str, inputs: Iterable[tuple[CheckedInput, bool]], rows: OwnedRows, person: str
    ) -> Iterator[Values]:
        begin, end = rows.span(person)
        for one, _ in inputs:
            column = rows.rows.cells.columns.get(one.name)
            if column is None:
                continue
            for code in dict.fromkeys(column.codes[begin:end]):
                place = (table, one.name, int(code))
                if place not in self._known:
                    value = read_cell(one, column.values[code])
                    self._known[place] = {} if isinstance(value, Problem) else {one.name: value}
                yield self._known[place]
