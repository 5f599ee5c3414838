"""A scheme's own examples, run through an engine and the referee, and compared to the last digit.

An example writes facts as the scheme speaks of them (`63%`, `是`, `missing`), not as a data file would:
texts of the data, suffixes and percent scales play no part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from attrs import evolve, frozen

from ..base.diagnostics import Diagnostic
from ..base.numbers import read_number
from ..base.places import Place
from ..base.problems import Problem
from ..base.reports import message_of
from ..lang.types import Kind, Type
from ..model.checked import Checked, CheckedInput
from ..model.result import Result
from ..model.scheme import Example, Fact, Literal
from ..model.terms import Constant
from ..model.trace import Judgement
from .differences import differences, show_constant

Cell = Fraction | str | bool | int | None
Read = Callable[[CheckedInput, object], "Cell | Problem"]
Cells = Mapping[str, object]

_MISSING = ("missing", "缺失")
_SPELLINGS: dict[str, object] = {"true": True, "True": True, "是": True, "false": False, "False": False, "否": False}


@frozen
class Given:
    """The facts of an example: `values` exactly, as the referee takes them, and `cells` as an engine does."""

    values: Mapping[str, Cell]
    rows: Mapping[str, tuple[Mapping[str, Cell], ...]]
    cells: Cells
    detail_cells: Mapping[str, tuple[Cells, ...]]
    findings: tuple[Diagnostic, ...]


def given_by(example: Example, checked: Checked, read: Read, language: str) -> Given:
    """The facts of an example, each read as its input demands; all that is wrong with them is a finding."""
    findings: list[Diagnostic] = []
    values = _values(example.facts, (), example, checked, read, findings, language)
    key = next((c for c in checked.inputs.values() if not c.level and c.facts.type.kind is Kind.KEY), None)
    if key is not None:
        values.setdefault(key.name, example.name)
    rows: dict[str, tuple[Mapping[str, Cell], ...]] = {details.name: () for details in checked.scheme.details}
    for fact in example.facts:
        if fact.rows is not None:
            found: list[Mapping[str, Cell]] = []
            for count, facts in fact.rows:
                row = _values(facts, (fact.name,), example, checked, read, findings, language)
                _complete(row, facts, fact, example, checked, findings, language)
                found += [row] * count
            keys = [c.name for c in checked.inputs.values() if c.level == (fact.name,) and _tells_apart(c)]
            numbered = ({**{name: str(i) for name in keys}, **row} for i, row in enumerate(found, 1))
            rows[fact.name] = tuple(numbered)
    said = {fact.name for fact in example.facts}
    for item in (c for c in checked.inputs.values() if not c.level and c.name not in values):
        if item.name not in said and not item.definition.can_be_missing:
            refused = Problem("data-missing", {"input": item.name})
            findings.append(_refused(example, example.place, refused, language))
        values[item.name] = None
    cells = {name: _as_raw(checked.inputs[name], value) for name, value in values.items()}
    detail_cells = {
        name: tuple({n: _as_raw(checked.inputs[n], v) for n, v in row.items()} for row in table)
        for name, table in rows.items()
    }
    return Given(values, rows, cells, detail_cells, tuple(findings))


def _tells_apart(item: CheckedInput) -> bool:
    return item.facts.type.kind is Kind.KEY


def _complete(
    row: dict[str, Cell], facts: tuple[Fact, ...], table: Fact, example: Example, checked: Checked,
    findings: list[Diagnostic], language: str,
) -> None:  # fmt: skip
    """A row of details with what it leaves out: that is missing, where it may be; keys are numbered."""
    said = {fact.name for fact in facts}
    for item in (c for c in checked.inputs.values() if c.level == (table.name,) and c.name not in row):
        if _tells_apart(item) and item.name not in said:
            continue
        if item.name not in said and not item.definition.can_be_missing:
            refused = Problem("data-missing", {"input": item.name}, table=table.name)
            findings.append(_refused(example, table.place, refused, language))
        row[item.name] = None


def refused_by(example: Example, problems: Sequence[Problem], language: str) -> tuple[Diagnostic, ...]:
    """Why an engine refuses the facts of an example."""
    return tuple(_refused(example, example.place, problem, language) for problem in problems)


def _values(
    facts: tuple[Fact, ...], level: tuple[str, ...], example: Example, checked: Checked, read: Read,
    findings: list[Diagnostic], language: str,
) -> dict[str, Cell]:  # fmt: skip
    values: dict[str, Cell] = {}
    for fact in facts:
        item = checked.inputs.get(fact.name)
        if fact.value is None or item is None or item.level != level:
            continue
        raw: object = None if fact.value.text in _MISSING else fact.value.text
        if item.facts.type.kind is Kind.BOOLEAN:
            raw = _SPELLINGS.get(fact.value.text, raw)
        plain = evolve(item, definition=evolve(item.definition, percent=False, suffix="", texts=(), missing_texts=()))
        value = read(plain, raw)
        if isinstance(value, Problem):
            findings.append(_refused(example, fact.place, value, language))
        else:
            values[fact.name] = value
    return values


def _refused(example: Example, place: Place, problem: Problem, language: str) -> Diagnostic:
    return Diagnostic("example-refused", place, {"example": example.name, "reason": message_of(problem, language)})


def _as_raw(item: CheckedInput, value: Cell) -> object:
    """The exact value as a Python caller would hand it over, so that it is read back as itself."""
    if isinstance(value, Fraction) and item.definition.percent:
        return value * 100
    if isinstance(value, int) and not isinstance(value, bool):
        if item.facts.type.kind is Kind.DATE:
            return date.fromordinal(value)
        days, minutes = divmod(value, 1440)
        clock = time(*divmod(minutes, 60))
        return datetime.combine(date.fromordinal(days), time()) + timedelta(minutes=minutes) if days else clock
    return value


def judge_example(
    example: Example, checked: Checked, result: Result | None, judgement: Judgement
) -> tuple[Diagnostic, ...]:
    """Every expected value that differs, and every name on which the two engines do."""
    findings = []
    for broken in judgement.broken:
        reason = f"`{broken.text}`"
        findings.append(Diagnostic("example-refused", example.place, {"example": example.name, "reason": reason}))
    for name, ours, theirs in differences(result, judgement) if result is not None else ():
        params = {"name": name, "value": show_constant(ours), "expected": show_constant(theirs), "who": example.name}
        findings.append(Diagnostic("engines-differ", example.place, params))
    for fact in example.expect:
        finding = _expectation(fact, example, checked, judgement)
        if finding is not None:
            findings.append(finding)
    return tuple(findings)


def _expectation(fact: Fact, example: Example, checked: Checked, judgement: Judgement) -> Diagnostic | None:
    if fact.value is None or fact.name not in judgement.values:
        return None
    quantity = checked.quantity(fact.name)
    params = {"example": example.name, "name": fact.name, "expected": fact.value.text}
    readable, expected = _expected(fact.value, quantity.facts.type)
    if not readable:
        return Diagnostic("example-differs", fact.place, params, "unreadable")
    value = judgement.values[fact.name]
    if value is None and expected is not None:
        return Diagnostic("example-differs", fact.place, params, "missing")
    if value == expected and isinstance(value, bool) is isinstance(expected, bool):
        return None
    shown = date.fromordinal(int(value)).isoformat() if quantity.facts.type.kind is Kind.DATE and isinstance(
        value, Fraction) else show_constant(value, quantity.decimals)  # fmt: skip
    return Diagnostic("example-differs", fact.place, {**params, "value": shown})


def _expected(literal: Literal, type: Type) -> tuple[bool, Constant]:
    """Whether the literal can be a value of this type, and the value."""
    text = literal.text
    if text in _MISSING and not literal.quoted:
        return True, None
    if type.kind is Kind.NUMBER:
        number = read_number(text)
        return number is not None, number
    if type.kind is Kind.BOOLEAN:
        flag = _SPELLINGS.get(text)
        return isinstance(flag, bool), flag if isinstance(flag, bool) else None
    if type.kind is Kind.DATE:
        try:
            return True, Fraction(date.fromisoformat(text).toordinal())
        except ValueError:
            return False, None
    return True, text
