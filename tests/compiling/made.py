"""Checked schemes made by hand, for tests that need no document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from incentive_rules.base.numbers import Rounding
from incentive_rules.base.places import Place, Source
from incentive_rules.compiling import compile_plan
from incentive_rules.engine.scalar import ScalarEngine
from incentive_rules.lang.types import BOOLEAN, KEY, PLAIN, Bounds, Facts, Kind, Type
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked, CheckedInput, CheckedQuantity, Premise
from incentive_rules.model.levels import Level
from incentive_rules.model.scheme import Details, Formula, Input, Literal, PayLine, Quantity, Role, Scheme
from incentive_rules.reading.cells.cell import read_cell

SOURCE = Source("made.yaml", "".join(f"line {i}\n" for i in range(1, 200)))


def at(line: int = 1) -> Place:
    """The place of one line of an invented document."""
    start = sum(len(f"line {i}\n") for i in range(1, line))
    return Place(SOURCE, start, start + 4)


def number(low: object, high: object, may_miss: bool = False, type_: Type = PLAIN) -> Facts:
    return Facts(type_, may_miss, Bounds(Fraction(str(low)), Fraction(str(high))))


def category(*values: str, may_miss: bool = False) -> Facts:
    return Facts(Type(Kind.CATEGORY, values=frozenset(values)), may_miss)


def flag(may_miss: bool = False) -> Facts:
    return Facts(BOOLEAN, may_miss)


def key() -> Facts:
    return Facts(KEY)


def given(name: str, facts: Facts, decimals: int = 0, level: Level = (), line: int = 1, **more: object) -> CheckedInput:
    """An input; `more` are further fields of its definition."""
    definition = Input(name, facts.type.kind.value, at(line), can_be_missing=facts.may_miss, **more)  # type: ignore[arg-type]
    return CheckedInput(definition, facts, decimals, level)


def named(
    name: str,
    term: t.Term,
    decimals: int | None = None,
    mode: Rounding = Rounding.HALF_UP,
    *,
    role: Role = Role.QUANTITY,
    level: Level = (),
    condition: t.Term | None = None,
    facts: Facts | None = None,
    proved: bool = True,
    kind: str = "earning",
    line: int = 1,
) -> CheckedQuantity:
    pay = PayLine(kind) if role is Role.PAY else None
    declared = (facts.bounds.low, facts.bounds.high) if facts is not None and not proved else (None, None)
    low, high = (None if end is None else Literal(str(end), at(line)) for end in declared)
    definition = Quantity(name, role, None, at(line), pay=pay, low=low, high=high)
    return CheckedQuantity(definition, level, term, facts or term.facts, decimals, mode, condition, proved)


def premise(text: str, term: t.Term, level: Level = ()) -> Premise:
    return Premise(Formula(text, None, at(3), ()), term, level)


def checked(
    inputs: Sequence[CheckedInput],
    quantities: Sequence[CheckedQuantity],
    premises: Sequence[Premise] = (),
    applies_to: t.Term | None = None,
    details: Sequence[str] = (),
    max_rows: int = 100,
    constants: Mapping[str, object] | None = None,
) -> Checked:
    scheme = Scheme(
        "made", at(), "en", "en", details=tuple(Details(d, ("person",), (), at()) for d in details),
        max_rows_per_person=max_rows,
    )  # fmt: skip
    return Checked(scheme, None, {i.name: i for i in inputs}, tuple(quantities), tuple(premises), applies_to, {}, {})


def read(one: CheckedInput) -> t.Read:
    """The value of an input, as a term."""
    return t.Read(one.name, facts=one.facts)


def engine_of(one: Checked) -> ScalarEngine:
    plan, findings = compile_plan(one)
    assert findings == ()
    assert plan is not None
    return ScalarEngine(plan, read_cell)
