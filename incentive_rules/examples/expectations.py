"""What an example expects, compared to the last digit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from ..base.diagnostics import Diagnostic
from ..base.numbers import read_number
from ..lang.keywords.words import FORMULA_FLAGS, MISSING
from ..lang.types import UNKNOWN, Kind, Type
from ..model.checked import Checked
from ..model.exact_values import show_constant
from ..model.scheme import Example, Fact, Literal
from ..model.terms import Constant
from ..model.trace import Judgement


def judge_example(
    example: Example, checked: Checked, judgement: Judgement, dissents: Iterable[Diagnostic] = ()
) -> tuple[Diagnostic, ...]:
    """Why the referee refuses the example, the `dissents` of the two engines, and every expected value that differs."""
    findings = []
    for broken in judgement.broken:
        reason = f"`{broken.text}`"
        findings.append(Diagnostic("example-refused", example.place, {"example": example.name, "reason": reason}))
    findings += dissents
    for fact in example.expect:
        finding = _expectation(fact, example, checked, judgement)
        if finding is not None:
            findings.append(finding)
    return tuple(findings)


def _expectation(fact: Fact, example: Example, checked: Checked, judgement: Judgement) -> Diagnostic | None:
    if fact.value is None or judgement.broken:
        return None
    type_, decimals = _sort_of(fact.name, checked)
    params = {"example": example.name, "name": fact.name, "expected": fact.value.text}
    found = _values(fact.name, judgement)
    if len(found) != 1:
        variant = "rows" if found else "uncomputed"
        return Diagnostic("example-differs", fact.place, {**params, "count": str(len(found))}, variant)
    readable, expected = _expected(fact.value, type_)
    if not readable:
        return Diagnostic("example-differs", fact.place, params, "unreadable")
    (value,) = found
    if value is None and expected is not None:
        return Diagnostic("example-differs", fact.place, params, "missing")
    if value == expected and isinstance(value, bool) is isinstance(expected, bool):
        return None
    shown = date.fromordinal(int(value)).isoformat() if type_.kind is Kind.DATE and isinstance(
        value, Fraction) else show_constant(value, decimals)  # fmt: skip
    return Diagnostic("example-differs", fact.place, {**params, "value": shown})


def _values(name: str, judgement: Judgement) -> tuple[Constant, ...]:
    """The values of a name: one of the person and of each group above, as many as there are rows of any other."""
    if name in judgement.values:
        return (judgement.values[name],)
    lines = {(line.level, line.row, line.key): line.value for line in judgement.trace if line.name == name}
    return tuple(lines.values())


def _sort_of(name: str, checked: Checked) -> tuple[Type, int | None]:
    """The type and the decimals of a quantity, or of what is given for one."""
    quantity = next((one for one in checked.quantities if one.name == name), None)
    if quantity is not None:
        return quantity.facts.type, quantity.decimals
    given = checked.inputs.get(name)
    return (UNKNOWN, None) if given is None else (given.facts.type, given.decimals)


def _expected(literal: Literal, type: Type) -> tuple[bool, Constant]:
    """Whether the literal can be a value of this type, and the value."""
    text = literal.text
    if text in MISSING and not literal.quoted:
        return True, None
    if type.kind is Kind.NUMBER:
        number = read_number(text)
        return number is not None, number
    if type.kind is Kind.BOOLEAN:
        flag = FORMULA_FLAGS.get(text)
        return isinstance(flag, bool), flag if isinstance(flag, bool) else None
    if type.kind is Kind.DATE:
        try:
            return True, Fraction(date.fromisoformat(text).toordinal())
        except ValueError:
            return False, None
    return True, text
