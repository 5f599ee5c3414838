"""Small checked schemes made by hand, so that the referee is tested without loader and checker.

`made(quantities=[quantity("pay", "2 * base", decimals=2)])` lays the texts out on a page of its own, one
per line, so that places and lines are those of a small document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from incentive_rules.base.numbers import Rounding
from incentive_rules.base.periods import read_period
from incentive_rules.base.places import Place, Source
from incentive_rules.lang.parser import parse
from incentive_rules.lang.types import BOOLEAN, DATE, KEY, MONEY, PLAIN, Bounds, Facts, Kind, Type
from incentive_rules.model.checked import Checked, CheckedInput, CheckedQuantity, Premise
from incentive_rules.model.levels import Level
from incentive_rules.model.scheme import (
    Adjustment,
    Body,
    Dated,
    Details,
    Family,
    Formula,
    Function,
    Group,
    Indicator,
    Input,
    Literal,
    Outputs,
    Parameter,
    Part,
    PayLine,
    Quantity,
    Role,
    Scheme,
    Selection,
    Table,
    TableBody,
    TableKind,
    WeightedMean,
)
from incentive_rules.model.terms import Constant, Fixed

PAGE = Source("方案.yaml", "\n" * 400)
CATEGORY = Type(Kind.CATEGORY)
KINDS = {"number": PLAIN, "money": MONEY, "boolean": BOOLEAN, "category": CATEGORY, "key": KEY, "date": DATE}


def at(line: int) -> Place:
    return Place(PAGE, line - 1, line)


def formula(text: str, line: int = 1) -> Formula:
    """The formula of a text; a hostile text simply has no syntax of ours."""
    expression, _ = parse(text)
    return Formula(text, expression, at(line), tuple(range(len(text) + 1)))


def literal(text: object, line: int = 1) -> Literal:
    return Literal(str(text), at(line))


def outputs(result: object, line: int) -> Outputs:
    named = result if isinstance(result, Mapping) else {"": result}
    return Outputs(tuple((name, literal(text, line)) for name, text in named.items()), at(line))


def body(kind: str, rows: Mapping[object, object], otherwise: object = None, line: int = 1) -> TableBody:
    """`body("from", {90: 1.5, 80: 1.2}, 0)`; a result may be a mapping of outputs or a further `TableBody`."""

    def result(value: object, here: int) -> TableBody | Outputs:
        return value if isinstance(value, TableBody) else outputs(value, here)

    read = tuple((literal(edge, line + i), result(value, line + i)) for i, (edge, value) in enumerate(rows.items()))
    rest = None if otherwise is None else result(otherwise, line + len(rows))
    return TableBody(TableKind(kind), read, rest, at(line))


def table(name: str, written: TableBody, *, keys: tuple[str, ...] = (), money: bool = False, line: int = 1) -> Table:
    return Table(name, Dated(((date.min, written),)), keys, "money" if money else None, at(line))


def function(name: str, takes: str, text: str, line: int = 1) -> Function:
    return Function(name, tuple(takes.split()), formula(text, line), at(line))


def adjustment(reason: str, when: str | None, action: str, amount: str, line: int = 1) -> Adjustment:
    return Adjustment(reason, None if when is None else formula(when, line), action, formula(amount, line), at(line))


def mean(
    parts: Mapping[str, str], missing: str | None = None, at_least: int | None = None, *, relative: bool = False,
    line: int = 1,
) -> WeightedMean:  # fmt: skip
    """Weights as percents, or as formulas where they are relative."""
    weighed = tuple(
        Part(name, formula(weight, line + i) if relative else literal(weight, line + i), at(line + i))
        for i, (name, weight) in enumerate(parts.items())
    )
    return WeightedMean(weighed, missing, at_least, relative, at(line))


def quantity(
    name: str,
    is_: str | Body | None,
    *,
    role: Role = Role.QUANTITY,
    decimals: int | None = None,
    rounding: Rounding = Rounding.HALF_UP,
    type_: str = "number",
    line: int = 1,
    title: str = "",
    when: str | None = None,
    adjust: Iterable[Adjustment] = (),
    details: str | None = None,
    min_rows: int | None = None,
    kind: str | None = None,
    family: str | None = None,
    member: str | None = None,
    range_: tuple[object, object] | None = None,
    proved: bool = True,
    level: str = "",
    due: bool = True,
) -> CheckedQuantity:
    """One checked quantity. `is_` is a formula text or any other body; `level` names where it lives, "" a person."""
    definition = Quantity(
        name=name,
        role=role,
        body=formula(is_, line) if isinstance(is_, str) else is_,
        place=at(line),
        title=title,
        when=None if when is None else formula(when, line),
        adjust=tuple(adjust),
        table=details or level or None,
        indicator=Indicator("higher", min_rows=min_rows) if role in (Role.MEASURED, Role.SCORE) else None,
        pay=PayLine(kind or "earning") if role is Role.PAY else None,
        family=family,
        member=member,
        low=None if range_ is None else literal(range_[0]),
        high=None if range_ is None else literal(range_[1]),
    )
    facts = Facts(KINDS[type_], may_miss=True, bounds=Bounds())
    term = Fixed(facts=facts, value=None)
    home: Level = (details or level,) if details or level else ()
    return CheckedQuantity(definition, home, term, facts, decimals, rounding, proved=proved, due=due)


def pay(name: str, amount: str, **more: object) -> CheckedQuantity:
    return quantity(name, amount, role=Role.PAY, decimals=2, type_="money", **more)  # type: ignore[arg-type]


def given(name: str, type_: str = "number", line: int = 1, title: str = "", *, known: bool = False) -> Input:
    """An input; only one that is always `known` makes a group."""
    return Input(name, type_, at(line), can_be_missing=not known, title=title)


def group_of(name: str) -> Input:
    """A category that makes a group."""
    return given(name, "category", known=True)


def table_of(
    name: str, inputs: Iterable[Input], belongs_to: Iterable[str] = ("engineer",), key: Iterable[str] = (),
    title: str = "",
) -> Details:  # fmt: skip
    return Details(name, tuple(belongs_to), tuple(inputs), at(1), tuple(key), title)


def made(
    *,
    quantities: Iterable[CheckedQuantity] = (),
    inputs: Iterable[Input] = (),
    tables: Iterable[Table] = (),
    functions: Iterable[Function] = (),
    parameters: Mapping[str, Constant] | None = None,
    details: Mapping[str, Iterable[Input]] | Iterable[Details] = (),
    groups: Mapping[str, Iterable[Input]] | None = None,
    selections: Mapping[str, tuple[str, str]] | None = None,
    period: str = "",
    families: Iterable[Family] = (),
    require: Iterable[str | tuple[str, str]] = (),
    applies_to: str | None = None,
    language: str = "zh",
) -> Checked:
    """A checked scheme of these parts. The terms in it are empty: whoever reads them fails the test.

    `groups` are the inputs of each group's table by its key, `selections` what each runs over, and where. A premise
    may name its level.
    """
    quantities, constants = tuple(quantities), dict(parameters or {})
    tables_of = details.items() if isinstance(details, Mapping) else ()
    further = tuple(table_of(n, rows) for n, rows in tables_of) if isinstance(details, Mapping) else tuple(details)
    premises = [(one, "") if isinstance(one, str) else one for one in require]
    scheme = Scheme(
        name="made",
        place=at(1),
        keyword_language=language,
        language=language,
        currency="CNY",
        inputs=tuple(inputs),
        details=further,
        groups=tuple(Group(f"{key}s", key, tuple(rows), at(1), at(1)) for key, rows in (groups or {}).items()),
        selections=tuple(Selection(n, over, formula(w), at(1), at(1)) for n, (over, w) in (selections or {}).items()),
        parameters=tuple(
            Parameter(name, Dated(((date.min, literal(value)),)), None, at(1)) for name, value in constants.items()
        ),
        tables=tuple(tables),
        functions=tuple(functions),
        quantities=tuple(q.definition for q in quantities),
        families=tuple(families),
        require=tuple(formula(text) for text, _ in premises),
        applies_to=None if applies_to is None else formula(applies_to),
    )
    nothing = Fixed(facts=Facts(BOOLEAN), value=None)
    found: dict[str, CheckedInput] = {}
    for level, items in (
        ((), scheme.inputs),
        *(((d.name,), d.inputs) for d in scheme.details),
        *(((g.key,), g.inputs) for g in scheme.groups),
    ):
        for i in items:
            found[i.name] = CheckedInput(i, Facts(KINDS.get(i.type, PLAIN), may_miss=i.can_be_missing), 2, level)
    return Checked(
        scheme=scheme,
        period=read_period(period),
        inputs=found,
        quantities=quantities,
        premises=tuple(
            Premise(line, nothing, (level,) if level else ())
            for line, (_, level) in zip(scheme.require, premises, strict=True)
        ),
        applies_to=None,
        constants={name: (value, Facts(PLAIN)) for name, value in constants.items()},
        grids={},
        currency_decimals=2,
    )


def fractions(**values: object) -> dict[str, Constant]:
    """Inputs by name: numbers from their text, so that `x="0.1"` is one tenth and `grade="'A'"` the word A."""
    return {name: _value(value) for name, value in values.items()}


def _value(value: object) -> Constant:
    if isinstance(value, str):
        return value[1:-1] if value.startswith("'") else Fraction(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    return value if isinstance(value, (bool, Fraction)) else None
