"""One quantity of one row: whether it is due, its condition, body, adjustments and rounding, in this order."""

from __future__ import annotations

from fractions import Fraction

from ..lang.types import Kind
from ..model.checked import CheckedQuantity
from ..model.levels import PERSON, Level
from ..model.scheme import (
    Distribution,
    Formula,
    Given,
    Honor,
    Pool,
    Recorded,
    Role,
    TableOf,
    WeightedMean,
)
from ..model.terms import Constant
from ..model.trace import Acted, Added, Remembered, Source, TraceLine, Working
from ..model.trace import Given as GivenValue
from .referee_functions import flag
from .referee_mean import weighted_mean
from .referee_numbers import RefereeFault, round_to
from .referee_pools import pooled
from .referee_ranks import chosen, graded
from .referee_results import RESULTS, adjusted, lines_of
from .referee_scope import Everybody, Standpoint


def standpoint_of(case: Everybody, quantity: CheckedQuantity, level: Level, row: int) -> Standpoint:
    """Where the formulas of a quantity stand."""
    definition = quantity.definition
    measured = definition.role is Role.MEASURED
    least = definition.indicator.min_rows if definition.indicator is not None and measured else None
    return Standpoint(
        case,
        level=level,
        row=row,
        owner=definition.name,
        measuring=measured,
        min_rows=least or 0,
        family=case.ready.families[definition.family] if definition.family is not None else None,
        member=definition.member or "",
    )


def line_of(case: Everybody, quantity: CheckedQuantity, row: int) -> TraceLine:
    """The value of one row, with everything that an explanation says of it."""
    definition = quantity.definition
    here = standpoint_of(case, quantity, quantity.level, row)
    if not quantity.due:
        return _line(case, quantity, row, unpaid(definition.role), "not_this_period")
    condition = case.work(definition.when, here) if isinstance(definition.when, Formula) else None
    if condition is not None and definition.body is not None and not flag(condition.value):
        return _line(case, quantity, row, unpaid(definition.role), "condition_not_met", condition)
    value, source = _body(case, quantity, here, condition)
    value, steps = adjusted(value, definition.adjust, lambda formula: case.work(formula, here))
    return _line(case, quantity, row, value, "computed", condition, source, steps)


def unpaid(role: Role) -> Constant:
    """What a quantity is that is not due, or whose condition fails: nothing paid, nobody chosen, else missing."""
    return Fraction(0) if role is Role.PAY else False if role is Role.HONOR else None


def _line(
    case: Everybody, quantity: CheckedQuantity, row: int, value: Constant, state: str,
    condition: Working | None = None, source: Source | None = None, steps: tuple[Acted, ...] = (),
) -> TraceLine:  # fmt: skip
    final, level = value, quantity.level
    asked = quantity.decimals if quantity.rounds else None
    if isinstance(value, Fraction) and asked is not None and quantity.facts.type.kind is Kind.NUMBER:
        final = round_to(value, asked, quantity.rounding)
    details, number, key = case.rows.address(level, row)
    return TraceLine(
        quantity.name, final, source, quantity.definition.place, value, quantity.decimals, quantity.rounding,
        state, condition, steps, details, number, level, key,
    )  # fmt: skip


def _body(
    case: Everybody, quantity: CheckedQuantity, here: Standpoint, condition: Working | None
) -> tuple[Constant, Source]:
    definition = quantity.definition
    if definition.role is Role.RESULT and definition.name in RESULTS:
        names = lines_of(definition.name, case.ready.pay_lines)
        lines = tuple((name, plus, case.value(PERSON, here.row, name)) for name, plus in names)
        return sum((v if plus else -v for _, plus, v in lines if isinstance(v, Fraction)), Fraction(0)), Added(lines)
    body = definition.body
    match body:
        case Formula():
            working = case.work(body, here)
            return working.value, working
        case TableOf():
            looked_up = case.ready.column_of(quantity, body).find((argument(here, body.argument),))
            return looked_up.value, looked_up
        case WeightedMean():
            mean = weighted_mean(
                body, lambda name: here.find(here.full_name(name))[1], lambda formula: case.work(formula, here)
            )
            return mean.value, mean
        case Recorded(source=source):
            return _recorded(case, quantity, here, source)
        case Pool():
            return pooled(case, quantity, here, body)
        case Honor():
            return chosen(case, quantity, here, body)
        case Distribution():
            return graded(case, quantity, here, body)
        case Given(source=source):
            return here.find(source)[1], GivenValue("given")
        case None if condition is not None:  # an entitlement that is nothing but its condition
            return condition.value, condition
    raise RefereeFault(f"{quantity.name} has no body")


def argument(here: Standpoint, name: str) -> Constant:
    return here.find(name if here.case.ready.knows(name) else here.full_name(name))[1]


def _recorded(
    case: Everybody, quantity: CheckedQuantity, here: Standpoint, source: str
) -> tuple[Constant, Remembered]:
    """The value of the row's own period: what is recorded, or what this period gives where the row stands for it."""
    now = flag(case.value(here.level, here.row, f"current({here.level[0]})"))
    value = here.find(source)[1] if now else case.value(here.level, here.row, f"recorded({quantity.name})")
    return value, Remembered(source, now)
