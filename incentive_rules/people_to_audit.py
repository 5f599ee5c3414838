"""People of a scheme as an audit looks at them: what they get, their facts, and columns of data that nothing reads."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from .auditing.report import Flips, IndicatorScores
from .base.numbers import read_number
from .base.problems import Problem
from .base.text import echo, listed, nearest
from .columns_to_audit import as_audited, number_column, read_columns, word_column
from .engine.summary import Computed
from .lang.functions import TOTAL_NAMES
from .lang.types import Kind, Type
from .model.checked import Checked, CheckedInput
from .model.data import ByInput, DataRow, DataTable
from .model.exact_values import as_constant
from .model.levels import PERSON
from .model.plan import Plan
from .model.result import Result
from .model.scheme import Literal, Role, WeightedMean
from .model.terms import Constant
from .reading.cells.cell import read_cell
from .reading.tables.columns import input_columns
from .reading.tables.links import key_input, person_inputs

_MOST_NAMES = 12


@frozen
class Person:
    """One who is paid: the row of data and what came of it."""

    row: DataRow
    result: Result


@frozen
class PeopleToAudit:
    """All who are paid, the rows of all who are in the data, and the tables that they come from.

    `out_of_scope` counts those to whom the scheme does not apply, `set_aside` those with a problem.
    """

    checked: Checked
    plan: Plan
    people: Sequence[Person]
    rows: Sequence[DataRow]
    tables: Sequence[DataTable]
    out_of_scope: int = 0
    set_aside: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that can be looked at."""
        headings = [heading for table in self.tables for heading in table.headings]
        return tuple(dict.fromkeys((*self._outputs, *self._inputs, *headings)))

    @property
    def _outputs(self) -> Mapping[str, Type]:
        return {one.name: one.type for one in self.plan.outputs if one.level == PERSON}

    @property
    def _inputs(self) -> Mapping[str, CheckedInput]:
        return {one.name: one for one in person_inputs(self.checked)}

    def column(self, name: str, as_number: bool, problems: list[Problem]) -> tuple[Sequence[Constant], Kind] | None:
        """The values of a result, a fact or a column of the data, by person, and what they are.

        A column that nothing reads is one of words, and of numbers where that is asked.
        """
        if name in self._outputs:
            values = [as_constant(person.result[name]) for person in self.people]
            return values, self._outputs[name].kind
        if name in self._inputs:
            return [_fact(self._inputs[name], person.row) for person in self.people], self._inputs[name].facts.type.kind
        table = next((table for table in self.tables if name in table.headings), None)
        if table is None:
            problems.append(self._unknown(name))
            return None
        return self._unread(table, name, as_number, problems)

    def _unread(
        self, table: DataTable, name: str, as_number: bool, problems: list[Problem]
    ) -> tuple[Sequence[Constant], Kind] | None:
        """A column that the scheme does not read: of each person's row, known by the key or else by its place."""
        reader = number_column(name) if as_number else word_column(name)
        key = key_input(self.checked)
        numbers, _ = input_columns([key] if key is not None else [], table.headings)
        before = len(problems)
        (values,) = read_columns([table], [reader], problems, blank_too=True)
        if len(problems) > before:
            return None
        if key is None or key.name not in numbers:
            rows: list[int | None] = [
                person.row.origin.row - 1 if person.row.origin.row and person.row.origin.table == table.name else None
                for person in self.people
            ]  # fmt: skip
        else:
            column = table.column(numbers[key.name])
            keys = [read_cell(key, cell) for cell in column.values]
            places = {keys[code]: row for row, code in enumerate(column.codes) if isinstance(keys[code], str)}
            rows = [places.get(person.row.key) for person in self.people]
        return [None if row is None else as_audited(values[row]) for row in rows], reader.facts.type.kind

    def _unknown(self, name: str) -> Problem:
        near = next(iter(nearest(name, self.names)), "")
        rows = next((one for one in self.plan.outputs if one.name == name and one.level != PERSON), None)
        if rows is not None:
            return Problem("audit-name", {"name": echo(name), "table": echo(str(rows.level[0]))}, "rows")
        if near:
            return Problem("audit-name", {"name": echo(name), "near": echo(near)}, "near")
        headings = dict.fromkeys(heading for table in self.tables for heading in table.headings)
        told = {
            "name": echo(name), "names": listed((f"`{echo(n)}`" for n in self._outputs), _MOST_NAMES) or "—",
            "headings": listed((f"`{echo(n)}`" for n in headings), _MOST_NAMES) or "—",
        }  # fmt: skip
        return Problem("audit-name", told)

    # ── Indicators ───────────────────────────────────────────────────────────────────────────────

    def indicators(self) -> Iterator[IndicatorScores]:
        """Each indicator with what it weighs in the total, 0 where its weight is no number of its own."""
        total = next((name for name in TOTAL_NAMES if name in self._outputs), "")
        if not total:
            return
        totals = [_number(person.result[total]) for person in self.people]
        for name, weight in self._weights(total, Fraction(1)):
            yield IndicatorScores(name, weight, [_number(person.result[name]) for person in self.people], totals)

    def _weights(self, name: str, weight: Fraction) -> Iterator[tuple[str, Fraction]]:
        definition = self.checked.quantity(name).definition
        if not isinstance(definition.body, WeightedMean):
            if definition.role is Role.SCORE and name in self._outputs:
                yield name, weight
            return
        for part in definition.body.parts:
            own = read_number(part.weight.text) if isinstance(part.weight, Literal) else None
            if own is not None and not definition.body.relative:
                yield from self._weights(part.name, weight * own)

    # ── Noise ────────────────────────────────────────────────────────────────────────────────────

    def noisy_inputs(self, noise: Mapping[str, Fraction], problems: list[Problem]) -> None:
        """That the inputs of the noise are numbers of people; what is not is added to `problems`."""
        numbers = [name for name, one in self._inputs.items() if one.facts.type.kind is Kind.NUMBER]
        for name in noise:
            if name not in numbers:
                told = {"option": "noise", "text": echo(name)}
                told["names"] = listed((f"`{echo(n)}`" for n in numbers), _MOST_NAMES) or "—"
                problems.append(Problem("audit-argument", told, "noise"))

    def disturbed(self, noise: Mapping[str, Fraction], repetition: int) -> list[Mapping[str, object]]:
        """The facts of everybody, each measured value moved by a part of its noise that chance alone chooses.

        Chance goes by what stands in a row, so that neither the order of rows nor the clock plays a part.
        """
        rows: list[Mapping[str, object]] = []
        for row in self.rows:
            cells = {name: cell for name, cell in row.cells.items() if name not in row.earlier}
            told = "\0".join(f"{name}={cell}" for name, cell in sorted(cells.items()) if name in self._inputs)
            for name, width in sorted(noise.items()):
                reader = self._inputs[name]
                value = read_cell(reader, cells.get(name))
                if isinstance(value, Fraction):
                    seed = random.Random(f"{repetition}\0{name}\0{told}")  # noqa: S311 - a simulation, no secret
                    cells[name] = _moved(reader, value, width, seed)
            rows.append(ByInput(cells))
        return rows

    def outcomes(self, names: Iterable[str]) -> Mapping[str, Mapping[str, Constant]]:
        """By name and key, what came out."""
        return {name: {person.result.key: as_constant(person.result[name]) for person in self.people} for name in names}

    @property
    def grades(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.plan.outputs if one.role is Role.GRADE and one.level == PERSON)


def _fact(reader: CheckedInput, row: DataRow) -> Constant:
    value = read_cell(reader, row.cells.get(reader.name))
    return None if isinstance(value, Problem) else as_audited(value)


def _number(value: object) -> Fraction | None:
    found = as_constant(value)
    return found if isinstance(found, Fraction) else None


def _moved(reader: CheckedInput, value: Fraction, width: Fraction, chance: random.Random) -> Fraction:
    """A value moved by whole steps of the input's decimals, up to `width` to either side and never out of range."""
    steps = int(width * 10**reader.decimals)
    moved = value + Fraction(chance.randint(-steps, steps), 10**reader.decimals)
    bounds = reader.facts.bounds
    if bounds.low is not None:
        moved = max(moved, bounds.low)
    return moved if bounds.high is None else min(moved, bounds.high)


def people_of_run(checked: Checked, plan: Plan, computed: Computed, tables: Sequence[DataTable]) -> PeopleToAudit:
    """Those who are in scope and have a result."""
    people = [Person(row, result) for row, result, _ in computed.outcomes if result is not None and result.in_scope]
    paid = sum(result is not None for result in computed.outcomes.results)
    rows = computed.outcomes.rows
    return PeopleToAudit(checked, plan, people, rows, tables, paid - len(people), len(rows) - paid)


def flips_of(
    before: Mapping[str, Mapping[str, Constant]], after: Sequence[Mapping[str, Mapping[str, Constant]]]
) -> Iterator[Flips]:
    """Of each outcome and each person, in which share of the repetitions it was another one."""
    for name, outcomes in before.items():
        shares: list[Fraction | None] = []
        for key, outcome in outcomes.items():
            seen = [again[name][key] for again in after if key in again[name]]
            shares.append(Fraction(sum(one != outcome for one in seen), len(seen)) if seen else None)
        yield Flips(name, shares)
