"""The facts of an example, as a program would hand them over: of one person, or of several with their groups.

An example writes facts as the scheme speaks of them (`63%`, `是`, `missing`), not as a data file would:
texts of the data, suffixes, percent scales and other orders of dates play no part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from ..base.diagnostics import Diagnostic
from ..base.numbers import read_number
from ..base.places import Place
from ..base.problems import Problem
from ..base.reports import message_of
from ..lang.keywords.words import FORMULA_FLAGS, MISSING
from ..lang.made_names import MadeName, sort_of
from ..lang.types import Kind
from ..model.checked import Checked, CheckedInput
from ..model.data import ByInput, ExactValue
from ..model.exact_values import ReadCell
from ..model.levels import PERSON, Level
from ..model.scheme import Example, Fact

ToRaw = Callable[[CheckedInput, object], object]
ExampleRow = Mapping[str, object]


@frozen
class ExampleData:
    """What an example brings: the cells of each person, their detail rows and the rows of groups, and what is wrong.

    Names are those of the inputs. A row of several people has the column of its person.
    """

    people: tuple[ExampleRow, ...]
    tables: Mapping[str, tuple[ExampleRow, ...]] = field(hash=False)
    findings: tuple[Diagnostic, ...] = ()


def example_data(
    example: Example, checked: Checked, read: ReadCell, raw: ToRaw, language: str, used: frozenset[str],
    from_groups: frozenset[str] = frozenset(),
) -> ExampleData:  # fmt: skip
    """The facts of an example, each read as its input demands; all that is wrong with them is a finding.

    An input that no formula reads (not in `used`) may be left out; so may the inputs in `from_groups`, which rows of
    groups bring.
    """
    reader = _Reader(example, checked, read, raw, language, used, from_groups)
    if not example.people:
        person, tables = reader.person(example.facts, example.name, example.place)
        return ExampleData((person,), tables, tuple(reader.findings))
    key = next((c.name for c in checked.inputs.values() if _tells_apart(c, PERSON)), "")
    people: list[ExampleRow] = []
    rows: dict[str, list[ExampleRow]] = {}
    for one in example.people:
        person, tables = reader.person(one.facts, one.key, one.place, one.key)
        people.append(person)
        for name, found in tables.items():
            rows.setdefault(name, []).extend(ByInput({key: one.key, **row}) for row in found)
    for fact in example.facts:
        found = reader.rows(fact, "")
        if found:
            rows.setdefault(fact.name, []).extend(found)
    return ExampleData(tuple(people), {name: tuple(found) for name, found in rows.items()}, tuple(reader.findings))


def group_rows(
    example: Example, checked: Checked, read: ReadCell, raw: ToRaw, language: str, used: frozenset[str]
) -> tuple[Mapping[str, tuple[ExampleRow, ...]], tuple[Diagnostic, ...]]:
    """The rows of groups that an example of one person brings, by table, and what is wrong with them."""
    names = {table.name for table in checked.scheme.groups}
    reader = _Reader(example, checked, read, raw, language, used)
    found = {fact.name: reader.rows(fact, "") for fact in example.facts if fact.name in names and fact.rows is not None}
    return found, tuple(reader.findings)


def refused_by(example: Example, problems: Iterable[Problem], language: str) -> tuple[Diagnostic, ...]:
    """Why an engine refuses the facts of an example."""
    return tuple(_refused(example, example.place, problem, language) for problem in problems)


def lacking_finding(example: Example, needed: Sequence[str]) -> tuple[Diagnostic, ...]:
    """A finding that lists the `needed` values of others that the example does not give."""
    rows = [row for fact in example.facts for _, row in fact.rows or ()]
    said = {fact.name for fact in (*example.facts, *(one for row in rows for one in row))}
    names = [name for name in needed if name not in said]
    if not names:
        return ()
    params = {"example": example.name, "names": " ".join(f"`{name}`" for name in names)}
    return (Diagnostic("example-population", example.place, params),)


class _Reader:
    """Reads facts, and gathers what is wrong with them."""

    def __init__(
        self, example: Example, checked: Checked, read: ReadCell, raw: ToRaw, language: str, used: frozenset[str],
        from_groups: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.example = example
        self.used = used
        self.from_groups = from_groups
        self.checked = checked
        self.read = read
        self.raw = raw
        self.language = language
        self.findings: list[Diagnostic] = []
        self.levels: dict[str, Level] = {table.name: (table.name,) for table in checked.scheme.details}
        self.levels |= {table.name: (table.key,) for table in checked.scheme.groups}

    def person(
        self, facts: Sequence[Fact], name: str, place: Place, key_prefix: str = ""
    ) -> tuple[ExampleRow, Mapping[str, tuple[ExampleRow, ...]]]:
        """One person's cells and detail rows; the key input is `name` unless a fact gives it."""
        cells = self._cells(facts, PERSON)
        for item in self._inputs(PERSON):
            if _tells_apart(item, PERSON) and item.name not in cells:
                cells[item.name] = name
                break
        self._complete(cells, facts, PERSON, place)
        found: dict[str, tuple[ExampleRow, ...]] = {}
        if not key_prefix:
            found = dict.fromkeys((table.name for table in self.checked.scheme.details), ())
        tables = (fact for fact in facts if fact.rows is not None and fact.name in self.levels)
        found |= {fact.name: self.rows(fact, key_prefix) for fact in tables}
        return cells, found

    def rows(self, fact: Fact, key_prefix: str) -> tuple[ExampleRow, ...]:
        """The rows of one table, repeated as written; keys that a row lacks become 1, 2, 3 …."""
        level = self.levels.get(fact.name)
        if level is None or fact.rows is None:
            return ()
        found: list[dict[str, object]] = []
        for count, facts in fact.rows:
            row = self._cells(facts, level)
            self._complete(row, facts, level, fact.place)
            found += [row] * count
        keys = [one.name for one in self._inputs(level) if _tells_apart(one, level)] + self._own_key(level)
        mark = f"{key_prefix}-" if key_prefix else ""
        return tuple(ByInput({**dict.fromkeys(keys, f"{mark}{number}"), **row}) for number, row in enumerate(found, 1))

    def _own_key(self, level: Level) -> list[str]:
        """The columns of a detail table's key that are neither inputs nor keys of its owners."""
        tables = {table.name: table for table in self.checked.scheme.details}
        table = tables.get("".join(level))
        if table is None:
            return []
        owners = [tables[owner].key if owner in tables else (owner,) for owner in table.belongs_to]
        others = {column for columns in owners for column in columns} | set(self.checked.inputs)
        return [one for one in table.key if one not in others]

    def _cells(self, facts: Sequence[Fact], level: Level) -> dict[str, object]:
        """The cells by the names of inputs; a row also has the keys of the rows and groups to which it belongs."""
        cells = ByInput()
        for fact in facts:
            if fact.value is None:
                continue
            item = self._input(fact.name, level)
            text = fact.value.text
            if item is None:
                if level:
                    cells[fact.name] = None if text in MISSING else text
                continue
            found = self._cell(item, text, fact.place)
            if not isinstance(found, Problem):
                cells[item.name] = found
        return cells

    def _cell(self, item: CheckedInput, text: str, place: Place) -> object:
        """The cell as a program would hand it over; where that fails, the problem becomes a finding."""
        given: object = None if text in MISSING else text
        if item.facts.type.kind is Kind.BOOLEAN:
            given = FORMULA_FLAGS.get(text, given)
        if item.facts.type.kind is Kind.NUMBER and text.endswith("%"):
            number = read_number(text)
            given = text if number is None else number
        says = evolve(item.definition, percent=False, suffix="", texts=(), missing_texts=(), written="")
        value = self.read(evolve(item, definition=says), given)
        if isinstance(value, Problem):
            self.findings.append(_refused(self.example, place, value, self.language))
            return value
        return self.raw(item, value)

    def _complete(self, cells: dict[str, object], facts: Sequence[Fact], level: Level, place: Place) -> None:
        """Fills in what the facts leave out: `first`, missing, or any legal value if nothing reads it; else a finding.

        Keys of rows are filled by `rows`.
        """
        said = {item.name for fact in facts if (item := self._input(fact.name, level)) is not None}
        for item in self._inputs(level):
            if item.name in cells or item.name in said or item.name in self.from_groups:
                continue
            if level and _tells_apart(item, level):
                continue
            first = item.definition.first if item.definition.carried_from is not None else None
            if first is not None:  # an example has no earlier period
                cells[item.name] = None if first.text in MISSING else self._cell(item, first.text, place)
                continue
            if not item.definition.can_be_missing and item.name not in self.used:
                cells[item.name] = self.raw(item, _some_value(item))
                continue
            if not item.definition.can_be_missing and not MadeName.GIVEN.is_of(item.name):
                refused = Problem("data-missing", {"input": item.name}, table="".join(level))
                self.findings.append(_refused(self.example, place, refused, self.language))
            if not MadeName.GIVEN.is_of(item.name):
                cells[item.name] = None

    def _input(self, name: str, level: Level) -> CheckedInput | None:
        """The input that a fact gives: values of others, and of earlier periods, have names of their own."""
        for full in (name, MadeName.GIVEN.of(name), MadeName.RECORDED.of(name)):
            item = self.checked.inputs.get(full)
            if item is not None and item.level == level:
                return item
        return None

    def _inputs(self, level: Level) -> list[CheckedInput]:
        made_by_reading = (MadeName.GROUP, MadeName.CURRENT)
        inputs = (one for one in self.checked.inputs.values() if one.level == level)
        return [one for one in inputs if sort_of(one.name) not in made_by_reading]


def _some_value(item: CheckedInput) -> ExactValue:
    """Any legal value of an input."""
    type_, bounds = item.facts.type, item.facts.bounds
    if type_.kind is Kind.BOOLEAN:
        return False
    if type_.kind in (Kind.CATEGORY, Kind.KEY):
        return min(type_.values) if type_.values else "—"
    low = bounds.low if bounds.low is not None else Fraction(0)
    return low if type_.kind is Kind.NUMBER else int(low)


def _tells_apart(item: CheckedInput, level: Level) -> bool:
    return item.facts.type.kind is Kind.KEY and item.level == level


def _refused(example: Example, place: Place, problem: Problem, language: str) -> Diagnostic:
    return Diagnostic("example-refused", place, {"example": example.name, "reason": message_of(problem, language)})
