"""Makes the tables of a run: one row for each person, what became of pools and honours, groups, details, sums.

They come in the kind of frame that brought the people, or are written into a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from .base.text import nearest
from .engine.summary import Computed
from .framing.files import write_table
from .framing.frames import frame_of
from .framing.typed import CellKind, TypedColumn, flag_column, of_quantity, of_slot, of_values, text_column
from .framing.typed_inputs import of_input
from .model.carriers import Carrier
from .model.checked import Checked
from .model.data import DataRow, People
from .model.result_columns import RawColumn, Results, RowsOfPeople, results_of
from .model.run import Run
from .reading.cells.cell import read_cell
from .reading.tables.data_rows import column_of_rows
from .reading.tables.links import BETWEEN, key_input, person_inputs

TypedTable = Sequence[TypedColumn]

TEXT, WHOLE, UNITS = CellKind.TEXT, CellKind.WHOLE, CellKind.UNITS
POOLS = {"pool": TEXT, "group": TEXT, "members": WHOLE, "amount": UNITS, "paid": UNITS, "remainder": UNITS,
         "waiting": UNITS, "state": TEXT}  # fmt: skip
HONORS = {"honor": TEXT, "group": TEXT, "eligible": WHOLE, "places": WHOLE, "empty": WHOLE, "state": TEXT,
          "chosen": TEXT}  # fmt: skip
REFUSED = {"key": TEXT, "table": TEXT, "line": WHOLE, "row": WHOLE, "column": TEXT, "value": TEXT, "code": TEXT,
           "reason": TEXT}  # fmt: skip
TOTALS = {"line": TEXT, "total": UNITS}


@frozen(eq=False)
class RunTables:
    """The tables of one run of these people."""

    checked: Checked
    people: People
    computed: Computed
    carrier: Carrier

    def table(self, run: Run, name: str, columns: Iterable[str] | None) -> Any:
        """The table with this name, as a frame; `KeyError` with the names there are for another one."""
        return frame_of(self._columns(run, name, columns), self.carrier)

    def write(self, run: Run, path: str | Path, name: str, columns: Iterable[str] | None) -> None:
        """Writes the table with this name into a file, whole or not at all; its ending says how."""
        write_table(Path(path), self._columns(run, name, columns))

    def _columns(self, run: Run, name: str, chosen: Iterable[str] | None) -> TypedTable:
        tables = self._tables(run)
        if name not in tables:
            raise _unknown(name, "table of this run", tables)
        columns = self._of_people(run, chosen) if name == "people" else tables[name]()
        if name == "people" or chosen is None:
            return columns
        by_name = {column.name: column for column in columns}
        return [_chosen(one, by_name, f"column of `{name}`") for one in _named(chosen)]

    def _tables(self, run: Run) -> Mapping[str, Callable[[], TypedTable]]:
        """What makes each table; a table of the scheme with the name of one of ours is left out."""
        own: dict[str, Callable[[], TypedTable]] = {
            "people": lambda: self._of_people(run, None),
            "pools": lambda: _pools(run),
            "honors": lambda: _honors(run),
            "totals": lambda: _totals(run),
            "quarantined": lambda: _quarantined(run),
        }
        for level in run.groups:
            own.setdefault(level, partial(_groups, run, level))
        for table in self.checked.scheme.details:
            own.setdefault(table.name, partial(self._details, run, table.name))
        return own

    # ── People ───────────────────────────────────────────────────────────────────────────────────

    def _of_people(self, run: Run, chosen: Iterable[str] | None) -> TypedTable:
        """The key, whether the scheme applies where it asks, and every quantity of people; or what was chosen."""
        results, key = results_of(run.results), key_input(self.checked)
        first = [] if key is None else [text_column(key.name, results.keys)]
        if chosen is None:
            inside = [flag_column("in_scope", results.in_scope)] if self.checked.scheme.applies_to else []
            slots = results.layout.slots
            return [*first, *inside, *(of_quantity(one, results) for one in slots if slots[one].details is None)]
        wanted = [name for name in _named(chosen) if key is None or name != key.name]
        inputs = {one.name: one for one in person_inputs(self.checked)}
        makers: dict[str, Callable[[], TypedColumn]] = {
            name: partial(of_quantity, name, results)
            for name, slot in results.layout.slots.items() if slot.details is None
        }  # fmt: skip
        makers["in_scope"] = lambda: flag_column("in_scope", results.in_scope)
        for name in inputs:
            makers[name] = partial(self._input, name)
        return [*first, *(_chosen(name, makers, "input or quantity of people")() for name in wanted)]

    def _input(self, name: str) -> TypedColumn:
        """An input of everybody who has a result, as it was read."""
        item = next(one for one in person_inputs(self.checked) if one.name == name)
        column = column_of_rows(self.people.rows, name)
        codes = np.asarray(column.codes)[np.asarray(self.computed.accepted)]
        met = np.unique(codes)
        exact = {int(code): read_cell(item, column.values[code]) for code in met.tolist()}
        return of_input(item, codes, exact)

    # ── Details ──────────────────────────────────────────────────────────────────────────────────

    def _details(self, run: Run, name: str) -> TypedTable:
        """The own values of a detail table, row by row: whose row it is, which one of its file, and its key."""
        results, key = results_of(run.results), key_input(self.checked)
        slots = {one: slot for one, slot in results.layout.slots.items() if slot.details is not None}
        number = next((table for table, one in enumerate(self.checked.scheme.details) if one.name == name), -1)
        slots = {one: slot for one, slot in slots.items() if slot.details == number}
        rows = _rows_of(results, number, self._owned(name, results.keys))
        columns = [] if key is None else [text_column(key.name, rows.keys)]
        columns += [of_values("row", [row.origin.row for row in rows.origins])]
        own = next(one for one in self.checked.scheme.details if one.name == name)
        said = [_own_key(row, name, own.key) for row in rows.origins]
        for place, heading in enumerate(own.key):
            if key is None or heading != key.name:
                columns.append(of_values(heading, [one[place] for one in said]))
        known = np.ones(len(rows.keys), bool)
        for one, slot in slots.items():
            there = known if slot.known is None else rows.raw(slot.known).values.astype(bool)
            raw = [rows.raw(place) for place in (slot.numerator, *slot.denominators)]
            columns.append(of_slot(one, slot, [RawColumn(c.values[there], c.texts) for c in raw], there))
        return columns

    def _owned(self, name: str, keys: Sequence[str]) -> list[Sequence[DataRow]]:
        owned = self.people.details.get(name, {})
        return [owned.get(key, ()) for key in keys]


@frozen(eq=False)
class _DetailRows:
    """The rows of one detail table of all people, one after the other."""

    keys: Sequence[str]
    origins: Sequence[DataRow]
    columns: Sequence[RawColumn]

    def raw(self, place: int) -> RawColumn:
        return self.columns[place] if self.columns else RawColumn(np.zeros(0, np.int64))


def _rows_of(results: Results, number: int, owned: Sequence[Sequence[DataRow]]) -> _DetailRows:
    """What the engine found for the rows of people, beside the rows themselves, in one order."""
    inside = results.in_scope
    origins = [row for rows, there in zip(owned, inside.tolist(), strict=True) if there for row in rows]
    keys = [key for key, rows, there in zip(results.keys, owned, inside.tolist(), strict=True) if there for _ in rows]
    tables = results.columns.tables
    of_people = tables[number] if number < len(tables) else ()
    if isinstance(of_people, RowsOfPeople):
        places = [of_people.rows[of_people.begins[row] : of_people.begins[row + 1]] for row in results.rows[inside]]
        at = np.concatenate([np.zeros(0, np.int64), *places])
        return _DetailRows(keys, origins, [RawColumn(one.values[at], one.texts) for one in of_people.columns])
    tuples = [one for row in results.rows[inside].tolist() for one in of_people[row]] if len(of_people) else []
    cells = [list(column) for column in zip(*tuples, strict=True)]
    return _DetailRows(keys, origins, [_raw_of(column) for column in cells])


def _raw_of(cells: list[Any]) -> RawColumn:
    if any(isinstance(cell, str) for cell in cells):
        words = list(dict.fromkeys(map(str, cells)))
        return RawColumn(np.array([words.index(str(cell)) for cell in cells], np.int64), words)
    narrow = all(-(1 << 63) <= int(cell) < 1 << 63 for cell in cells)
    return RawColumn(np.array(cells, np.int64 if narrow else object))


def _own_key(row: DataRow, table: str, headings: Sequence[str]) -> Sequence[object]:
    """What stands in the columns of a row's own key, as it was read; None where it has none."""
    texts = row.links[table].split(BETWEEN) if table in row.links else []
    return texts if len(texts) == len(headings) else [None for _ in headings]


# ── Whole runs ────────────────────────────────────────────────────────────────────────────────────


def _table(headings: Mapping[str, CellKind], rows: Sequence[Sequence[object]]) -> TypedTable:
    return [of_values(name, [row[place] for row in rows], kind) for place, (name, kind) in enumerate(headings.items())]


def _pools(run: Run) -> TypedTable:
    """What became of each pool in each group; an amount that is not known is missing."""
    known = [(one.amount, one.paid, one.remainder) if one.known else (None, one.paid, None) for one in run.pools]
    pairs = zip(run.pools, known, strict=True)
    return _table(POOLS, [[p.name, p.group, p.members, *own, p.waiting, p.state] for p, own in pairs])


def _honors(run: Run) -> TypedTable:
    """A row for each who was chosen, and one for each group in which nobody was."""
    chosen = [(honor, key) for honor in run.honors for key in honor.chosen or (None,)]
    return _table(HONORS, [[h.name, h.group, h.eligible, h.places, h.empty, h.state, key] for h, key in chosen])


def _totals(run: Run) -> TypedTable:
    return _table(TOTALS, list(run.summary.totals.items()))


def _quarantined(run: Run) -> TypedTable:
    rows = [[q.key, q.problem.table, q.problem.line, q.row, q.column, q.value, q.problem.code, q.reason]
            for q in run.quarantined]  # fmt: skip
    return _table(REFUSED, rows)


def _groups(run: Run, level: str) -> TypedTable:
    """The values that stand at a level, one row for each group."""
    groups = run.groups[level]
    names = dict.fromkeys(name for values in groups.values() for name in values)
    keys = [] if level == "everyone" else [text_column(level, groups)]
    return [*keys, *(of_values(name, [values.get(name) for values in groups.values()]) for name in names)]


def _named(chosen: Iterable[str]) -> list[str]:
    if isinstance(chosen, str):
        raise TypeError(f"columns are a list of names: [{chosen!r}]")
    return list(dict.fromkeys(chosen))


def _chosen(name: str, there: Mapping[str, Any], what: str) -> Any:
    if name not in there:
        raise _unknown(name, what, there)
    return there[name]


def _unknown(name: str, what: str, there: Iterable[str]) -> KeyError:
    names = list(there)
    near = nearest(str(name), names)
    hint = f"did you mean `{near[0]}`?" if near else "there are " + ", ".join(f"`{one}`" for one in names)
    return KeyError(f"`{name}` is no {what}; {hint}")
