"""Populations of a scheme's own examples, and of its ranges; and the engine that they are played on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from fractions import Fraction
from random import Random

from .base.problems import Problem
from .batch import BatchEngine, Hearing
from .engine.summary import Computed
from .examples.facts import example_data
from .lang.types import Kind
from .model.checked import Checked, CheckedInput
from .model.data import ByInput, DataTable, People
from .model.levels import PERSON, Level
from .model.plan import Plan
from .model.result import Result
from .reading.cells.cell import read_cell
from .reading.earlier import raw_cell
from .reading.people import gather
from .reading.sources.mappings import read_mappings
from .reading.tables.used import names_read
from .recomputing.differences import differences

CrowdTables = Mapping[str, Sequence[Mapping[str, object]]]
MOST_MADE = 6  # populations made from ranges


class Stage:
    """A compiled scheme on which populations are played, by the engine and, when asked, by the referee."""

    def __init__(self, checked: Checked, plan: Plan) -> None:
        self.checked, self.plan = checked, plan
        self._engine = BatchEngine(checked, plan)

    def play(self, tables: CrowdTables) -> Mapping[str, Result]:
        """The results of the people in scope, by key; nobody where the tables are refused."""
        played = self._played(tables)
        return {} if played is None else {
            str(row.key): result for row, result, _ in played[1].outcomes if result is not None and result.in_scope
        }  # fmt: skip

    def agrees(self, tables: CrowdTables, key: str) -> bool:
        """Whether the referee finds the same for the person with this key."""
        played = self._played(tables)
        if played is None:
            return False
        hearing = Hearing(self.checked, self.plan, *played)
        found = [(row, result) for row, result, _ in played[1].outcomes if str(row.key) == key and result is not None]
        return bool(found) and all(not [*differences(result, hearing.judge(row))] for row, result in found)

    def refusals(self, tables: CrowdTables) -> tuple[Problem, ...]:
        """Why these tables, or rows of them, are refused."""
        found = self._gathered(tables)
        if isinstance(found, tuple):
            return found
        computed = self._engine.compute(found)
        return computed.problems if isinstance(computed, Computed) else computed

    def _played(self, tables: CrowdTables) -> tuple[People, Computed] | None:
        people = self._gathered(tables)
        if isinstance(people, tuple):
            return None
        computed = self._engine.compute(people)
        return (people, computed) if isinstance(computed, Computed) else None

    def _gathered(self, tables: CrowdTables) -> People | tuple[Problem, ...]:
        further = {name: [_table(name, rows)] for name, rows in tables.items() if name}
        for table in self.checked.scheme.details:
            if not table.recorded:
                further.setdefault(table.name, [DataTable(table.name, (), (), ())])
        people, problems = gather(self.checked, [_table("", tables.get("", ()))], further)
        return problems if people is None else people


def _table(name: str, rows: Sequence[Mapping[str, object]]) -> DataTable:
    table, _ = read_mappings(rows, name)
    return DataTable(name, (), (), ()) if table is None else table


# ── Populations ──────────────────────────────────────────────────────────────────────────────


def populations(checked: Checked) -> Iterator[CrowdTables]:
    """The people of the scheme's examples of several, those of this period; without any, some made from its ranges."""
    found = False
    for example in checked.scheme.examples:
        if not example.people or example.period != str(checked.period):
            continue
        given = example_data(example, checked, read_cell, raw_cell, "en", names_read(checked))
        if not given.findings:
            found = True
            yield {"": given.people, **given.tables}
    if not found:
        yield from (_made(checked, Random(number)) for number in range(MOST_MADE))  # noqa: S311 - the same each time


def _made(checked: Checked, rng: Random) -> CrowdTables:
    """Three people with a few rows each, and a row for each group that they belong to."""
    tables: dict[str, list[Mapping[str, object]]] = {"": [_row(checked, rng, PERSON, f"E{n}") for n in range(1, 4)]}
    for table in checked.scheme.details:
        owner = table.belongs_to[0] if table.belongs_to else ""
        above = tables.get(owner, tables[""])
        rows: list[Mapping[str, object]] = []
        for one in above:
            for _ in range(rng.choice((1, 2, 3))):
                row = _row(checked, rng, (table.name,), f"{table.name}-{len(rows) + 1}")
                row.update({key: one[key] for key in one if key in table.belongs_to or key in _keys_of(checked, owner)})
                rows.append(row)
        if not table.recorded:
            tables[table.name] = rows
    for group in checked.scheme.groups:
        words = {row[group.key] for rows in tables.values() for row in rows if group.key in row} or {"A"}
        tables[group.name] = [
            _row(checked, rng, (group.key,), str(word)) | {group.key: word} for word in sorted(map(str, words))
        ]
    return tables


def _keys_of(checked: Checked, table: str) -> tuple[str, ...]:
    return next((one.key for one in checked.scheme.details if one.name == table), ())


def _row(checked: Checked, rng: Random, level: Level, key: str) -> ByInput:
    row = ByInput()
    for one in checked.inputs.values():
        if one.level == level and "(" not in one.name:
            row[one.name] = key if one.definition.type == "key" and level != PERSON else _cell(checked, rng, one, key)
    return row


def _cell(checked: Checked, rng: Random, one: CheckedInput, key: str) -> object:
    kind, low, high = one.facts.type.kind, one.facts.bounds.low, one.facts.bounds.high
    if one.definition.type == "key":
        return key
    if kind is Kind.BOOLEAN:
        return rng.random() < 0.5
    if kind is Kind.CATEGORY:
        words = sorted(one.facts.type.values or ())
        return rng.choice(words) if words else "A"
    if kind is Kind.DATE:
        return _first_day(checked)
    if kind is Kind.TIME:
        return datetime.combine(_first_day(checked), time(9, 0))
    least, most = low or Fraction(0), high if high is not None else (low or Fraction(0)) + 100
    steps = 10**one.decimals
    value = Fraction(rng.choice((int(least * steps), int(most * steps), *(
        rng.randint(int(least * steps), int(most * steps)) for _ in range(4)))), steps)  # fmt: skip
    return raw_cell(one, value)


def _first_day(checked: Checked) -> date:
    return checked.period.first_day if checked.period is not None else checked.scheme.first_day
