"""People made for a test: what stands in their tables, printed as it would stand in a scheme's examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from attrs import field, frozen

from ..model.result import Result
from .subjects import DrawnRow, DrawnTables, Sheet, Subject


class Printer(Protocol):
    """What Hypothesis, and IPython, print with."""

    def text(self, text: str) -> None: ...


@frozen(repr=False)
class Crowd:
    """People of one scheme and period, with the rows of all its tables, under the names of inputs.

    `pipeline.run(crowd.people, crowd.details, groups=crowd.groups)` pays them.
    """

    subject: Subject = field(eq=False, hash=False)
    tables: DrawnTables = field(hash=False)

    @property
    def people(self) -> Sequence[DrawnRow]:
        """One row for each person."""
        return self.tables[""]

    @property
    def details(self) -> Mapping[str, Sequence[DrawnRow]]:
        """The rows of each table of details."""
        return {sheet.name: self.tables.get(sheet.name, ()) for sheet in self.subject.sheets if sheet.owners}

    @property
    def groups(self) -> Mapping[str, Sequence[DrawnRow]]:
        """The rows of each table of groups."""
        return {
            sheet.name: self.tables.get(sheet.name, ())
            for sheet in self.subject.sheets if sheet.name and not sheet.owners
        }  # fmt: skip

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(str(row.get(self.subject.key, "")) for row in self.people)

    @property
    def results(self) -> Mapping[str, Result]:
        """What each person gets, by key."""
        found = self.subject.play(self.tables)
        assert found is not None, "a crowd that was drawn is paid"
        return found

    def __repr__(self) -> str:
        return "\n".join([f"{type(self).__name__} · {self.subject.scheme.name} · {self.subject.pipeline.period}",
                          *self._lines()])  # fmt: skip

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        """As Hypothesis shows it."""
        printer.text(repr(self))

    def _lines(self) -> Iterator[str]:
        yield "people:"
        for row in self.people:
            key = str(row.get(self.subject.key, ""))
            own = self.subject.rows_of(self.tables, key)
            facts = {name: cell for name, cell in row.items() if name != self.subject.key}
            yield f"  {key}: {_flow(facts)}"
            for sheet in self.subject.sheets:
                if sheet.owners and own[sheet.name]:
                    yield f"    {sheet.name}:"
                    yield from _alike(sheet, own[sheet.name], {self.subject.key})
        for sheet in self.subject.sheets:
            nobodys = [row for row in self.tables.get(sheet.name, ()) if self.subject.key not in row]
            if sheet.name and nobodys:
                yield f"{sheet.name}:"
                yield from _alike(sheet, nobodys, set(), "  ")


def _alike(sheet: Sheet, rows: Sequence[DrawnRow], left: set[str], indent: str = "      ") -> Iterator[str]:
    """The rows, those that are alike but for their own key written once."""
    counted: dict[str, int] = {}
    for row in rows:
        shown = _flow({name: cell for name, cell in row.items() if name not in left and name not in sheet.own_keys})
        counted[shown] = counted.get(shown, 0) + 1
    for shown, times in counted.items():
        inside = shown[1:] if shown != "{}" else "}"
        yield f"{indent}- " + (shown if times == 1 else "{" + f"times: {times}{', ' if shown != '{}' else ''}{inside}")


def _flow(row: DrawnRow) -> str:
    return "{" + ", ".join(f"{name}: {shown_cell(cell)}" for name, cell in row.items()) + "}"


def shown_cell(cell: object) -> str:
    """A cell as an author writes it."""
    if cell is None:
        return "missing"
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


@frozen(repr=False)
class DrawnPerson(Crowd):
    """One person alone; `given` are the values that other people decide.

    `pipeline.score(person.row, person.details, person.given, groups=person.groups)` pays the person.
    """

    given: Mapping[str, object] = field(factory=dict, hash=False)

    @property
    def row(self) -> DrawnRow:
        return self.people[0]

    @property
    def result(self) -> Result:
        """What the person gets."""
        details = self.subject.bare(self.details)
        return self.subject.pipeline.score(self.row, details, dict(self.given) or None, groups=self.groups or None)

    def _lines(self) -> Iterator[str]:
        yield from super()._lines()
        if self.given:
            yield f"given: {_flow(self.given)}"


@frozen(repr=False)
class ImprovedPair:
    """The same people in two worlds that differ in one fact of one of them, which is better in the second.

    The fact stands in row `row` of `table`, counted from 1 ("" the people).
    """

    worse: Crowd
    better: Crowd
    key: str
    fact: str
    table: str
    row: int

    @property
    def before(self) -> object:
        return self.worse.tables[self.table][self.row - 1][self.fact]

    @property
    def after(self) -> object:
        return self.better.tables[self.table][self.row - 1][self.fact]

    def __repr__(self) -> str:
        where = f" ({self.table}, {self.row})" if self.table else ""
        moved = f"{self.key}: {self.fact} {shown_cell(self.before)} → {shown_cell(self.after)}{where}"
        return f"{moved}\n{self.worse!r}"

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        printer.text(repr(self))


@frozen(repr=False)
class Twins(Crowd):
    """People of whom the first two are alike in every fact, but for `apart` where it is named."""

    apart: str = ""
