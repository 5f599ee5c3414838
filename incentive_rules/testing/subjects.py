"""A scheme under test: compiled once, and asked again and again what made-up people would get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from attrs import frozen

from ..base.errors import SchemeError
from ..base.limits import DEFAULT_LIMITS
from ..base.periods import earlier_in_year
from ..base.reports import render
from ..document_to_plan import loaded
from ..examples.facts import example_data
from ..lang.made_names import MadeName
from ..model.checked import CheckedInput
from ..model.data import ByInput
from ..model.levels import PERSON, Level
from ..model.report import Report
from ..model.result import Result
from ..pipeline import Pipeline, compile_quietly
from ..played import PlayedGround, Stage
from ..proof_runs import periods_of
from ..proving.graph import ReadGraph
from ..proving.worlds import GROUND
from ..reading.cells.cell import read_cell
from ..reading.earlier import raw_cell
from ..reading.tables.used import levels_used, names_read
from ..single import OnePerson

DrawnRow = Mapping[str, object]
DrawnTables = Mapping[str, Sequence[DrawnRow]]  # "" the people; cells under the names of inputs
SchemeUnderTest = Pipeline | str | Path


@frozen
class Sheet:
    """A table that people need: its facts, the columns that lead to its owners, and the keys of its own.

    `owners` are (column, table, level): the key of people (table ""), of a table of details, or of a group (None).
    `own_keys` are columns that are no facts and tell its rows apart. `apart` are all the columns that do.
    """

    name: str
    level: Level
    facts: tuple[CheckedInput, ...]
    owners: tuple[tuple[str, str | None, Level], ...] = ()
    own_keys: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    recorded: bool = False


class Subject:
    """A scheme for one period, and the engine on which its people are played."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.checked, self.plan, self.scheme = pipeline.checked, pipeline.plan, pipeline.scheme
        self.language = self.scheme.language or "en"
        self.graph = ReadGraph(self.checked)
        self.key = next((one.name for one in self.scheme.inputs if one.type == "key"), "")
        self._stage = Stage(self.checked, self.plan)

    # ── What the tables are ──────────────────────────────────────────────────────────────────────

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The tables of a population: people, then details after their owners, then groups."""
        used = levels_used(self.checked)
        groups = [
            Sheet(table.name, (table.key,), self._facts((table.key,)), apart=(table.key,))
            for table in self.scheme.groups
        ]
        details: list[Sheet] = []
        waiting = list(self.scheme.details)
        while waiting:
            made = {sheet.name for sheet in details}
            waiting_for = {table.name for table in waiting}
            table = next(t for t in waiting if not (set(t.belongs_to) - {t.name}) & waiting_for - made)
            waiting.remove(table)
            owners: list[tuple[str, str | None, Level]] = []
            for word in table.belongs_to or (self.key,):
                above = next((one for one in self.scheme.details if one.name == word), None)
                if above is not None:
                    owners += [(column, above.name, (above.name,)) for column in above.key]
                elif word == self.key:
                    owners.append((word, "", PERSON))
                else:
                    key = next((group.key for group in self.scheme.groups if group.name == word), word)
                    owners.append((key, None, (key,)))
            facts = self._facts((table.name,))
            taken = {column for column, _, _ in owners} | {one.name for one in facts}
            own = tuple(column for column in table.key if column not in taken)
            details.append(Sheet(table.name, (table.name,), facts, tuple(owners), own, table.key, table.recorded))
        people = Sheet("", PERSON, tuple(one for one in self._facts(PERSON) if one.name != self.key), apart=(self.key,))
        return (people, *details, *(sheet for sheet in groups if sheet.level in used))

    def _facts(self, level: Level) -> tuple[CheckedInput, ...]:
        made = (MadeName.GROUP, MadeName.CURRENT)
        return tuple(
            one for one in self.checked.inputs.values()
            if one.level == level and one.name not in level and not any(sort.is_of(one.name) for sort in made)
        )  # fmt: skip

    @cached_property
    def earlier_periods(self) -> int:
        """How many rows a recorded table has before this period."""
        if self.checked.period is None:
            return 0
        earlier = earlier_in_year(self.checked.period, self.scheme.year_starts)
        return sum(one.first_day >= self.scheme.first_day for one in earlier)

    # ── What people get ──────────────────────────────────────────────────────────────────────────

    def ground(self, tables: DrawnTables) -> PlayedGround | None:
        """The people ready to be played over and over with differences; None where anything is refused."""
        return self._stage.ground(tables)

    def play(self, tables: DrawnTables) -> Mapping[str, Result] | None:
        """The results of everybody in scope by key; None where anything is refused."""
        ground = self.ground(tables)
        if ground is None:
            return None
        played = ground.play((GROUND,))
        found = {key: played.result(0, number) for number, key in enumerate(ground.keys)}
        return {key: result for key, result in found.items() if result is not None and result.in_scope}

    def bare(self, details: DrawnTables) -> dict[str, list[DrawnRow]]:
        """The rows of one person without the key of the person, where it does not tell them apart."""
        apart = {sheet.name: sheet.apart for sheet in self.sheets}
        return {
            name: [row if self.key in apart[name] else ByInput({k: v for k, v in row.items() if k != self.key})
                   for row in rows]
            for name, rows in details.items()
        }  # fmt: skip

    def rows_of(self, tables: DrawnTables, key: str) -> dict[str, list[DrawnRow]]:
        """The detail rows of a person, by table."""
        return {
            sheet.name: [row for row in tables.get(sheet.name, ()) if str(row.get(self.key)) == key]
            for sheet in self.sheets if sheet.owners
        }  # fmt: skip

    def person_of(self, tables: DrawnTables, table: str, row: DrawnRow) -> str:
        """The key of the person who owns a row, itself or through a row of another table; "" where nobody does."""
        if not table or self.key in row:
            return str(row.get(self.key, ""))
        sheet = next(one for one in self.sheets if one.name == table)
        for above in dict.fromkeys(name for _, name, _ in sheet.owners if name):
            columns = [column for column, name, _ in sheet.owners if name == above]
            for other in tables.get(above, ()):
                if all(other.get(column) == row.get(column) for column in columns):
                    return self.person_of(tables, above, other)
        return ""

    def _is_details(self, name: str) -> bool:
        return any(table.name == name for table in self.scheme.details)

    @property
    def needs_others(self) -> bool:
        """Whether other people decide over some value."""
        return not self.plan.is_alone

    @cached_property
    def alone(self) -> OnePerson:
        """The scheme of one person, to whom the values that others decide are given."""
        return OnePerson(self.checked, self.plan)

    # ── People who are there already ─────────────────────────────────────────────────────────────

    @cached_property
    def own_people(self) -> tuple[DrawnTables, ...]:
        """The people of the scheme's own examples, those of this period first, where nothing is wrong with them."""
        found: list[tuple[bool, DrawnTables]] = []
        for example in self.scheme.examples:
            given = example_data(example, self.checked, read_cell, raw_cell, "en", names_read(self.checked))
            if given.findings and example.people:
                continue
            people = [_plain_row({self.key: f"E{n}", **row}) for n, row in enumerate(given.people, 1)]
            owner = {self.key: "E1"} if not example.people else {}
            rows = {name: [_plain_row({**owner, **one} if self._is_details(name) else one) for one in of]
                    for name, of in given.tables.items()}  # fmt: skip
            found.append((example.period != str(self.checked.period), {"": people, **rows}))
        return tuple(tables for _, tables in sorted(found, key=lambda pair: pair[0]))


def _plain_row(row: DrawnRow) -> DrawnRow:
    return ByInput({name: plain_number(cell) for name, cell in row.items()})


def plain_number(cell: object) -> object:
    """A number that prints as authors write it; any other cell as it is."""
    if not isinstance(cell, Fraction):
        return cell
    return cell.numerator if cell.denominator == 1 else Decimal(cell.numerator) / Decimal(cell.denominator)


_KNOWN: dict[tuple[object, ...], Subject] = {}
MOST_KNOWN = 64


def subject_of(scheme: SchemeUnderTest, period: str | None = None) -> Subject:
    """The scheme under test; compiled once for each file as it stands and each period."""
    if isinstance(scheme, Pipeline):
        name: tuple[object, ...] = (id(scheme),)
    else:
        path = Path(scheme)
        stat = path.stat() if path.exists() else None
        name = (str(path.resolve()), period, None if stat is None else (stat.st_mtime_ns, stat.st_size))
    known = _KNOWN.get(name)
    if known is None or (isinstance(scheme, Pipeline) and known.pipeline is not scheme):
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        pipeline = scheme if isinstance(scheme, Pipeline) else compile_quietly(scheme, period=_period(scheme, period))
        known = _KNOWN[name] = Subject(pipeline)
    return known


def _period(scheme: str | Path, period: str | None) -> str | None:
    """The period that is asked for, else that of the scheme's first example, else its first one."""
    if period is not None:
        return period
    return next(iter(periods_by_example(scheme)), None)


def periods_by_example(scheme: str | Path) -> Iterator[str]:
    """The periods of a scheme's examples, then all for which it may be computed; `SchemeError` where it has errors."""
    document = loaded(scheme, None, DEFAULT_LIMITS)
    if document.scheme is None:
        Report(document.findings, document.scheme, document.written).raise_if_errors()
        raise SchemeError(render(document.findings), document.findings)
    possible = [str(one) for one in periods_of(document.scheme)]
    said = [one.period for one in document.scheme.examples if one.period is not None and one.period in possible]
    yield from dict.fromkeys([*said, *possible])
