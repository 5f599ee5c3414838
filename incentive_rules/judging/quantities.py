"""Computes one quantity of one row: whether it is due, its condition, body, adjustments and rounding, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ..lang.made_names import MadeName
from ..lang.types import Kind
from ..model.checked import CheckedQuantity
from ..model.levels import PERSON, Level
from ..model.scheme import (
    Adjustment,
    Distribution,
    Formula,
    Given,
    Honor,
    Literal,
    Part,
    PayLine,
    Pool,
    Recorded,
    Role,
    TableOf,
    WeightedMean,
)
from ..model.terms import Constant
from ..model.trace import Acted, Added, Averaged, Remembered, TraceLine, ValueSource, Weighed, Working
from ..model.trace import GivenValue as GivenValue
from .functions import as_flag, as_number
from .honors_and_grades import chosen, graded
from .numbers import RefereeFault, number_in, round_to
from .pools import pooled
from .scope import CaseValues, Standpoint

# Which kinds of line a result adds, and which it takes off; both spellings of its name.
RESULTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "earnings": (("earning",), ()),
    "deductions": (("deduction",), ()),
    "net": (("earning",), ("deduction",)),
    "employer_cost": (("employer_cost",), ()),
}
RESULTS |= {
    "应发": RESULTS["earnings"],
    "扣款": RESULTS["deductions"],
    "实发": RESULTS["net"],
    "单位承担": RESULTS["employer_cost"],
}


def standpoint_of(case: CaseValues, quantity: CheckedQuantity, level: Level, row: int) -> Standpoint:
    """The scope of the formulas of a quantity."""
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


def trace_line_of(case: CaseValues, quantity: CheckedQuantity, row: int) -> TraceLine:
    """Computes the value of one row, with everything that an explanation shows of it."""
    definition = quantity.definition
    here = standpoint_of(case, quantity, quantity.level, row)
    if not quantity.due:
        return _line(case, quantity, row, unpaid(definition.role), "not_this_period")
    condition = case.work(definition.when, here) if isinstance(definition.when, Formula) else None
    if condition is not None and definition.body is not None and not as_flag(condition.value):
        return _line(case, quantity, row, unpaid(definition.role), "condition_not_met", condition)
    value, source = _body(case, quantity, here, condition)
    value, steps = adjusted(value, definition.adjust, lambda formula: case.work(formula, here))
    return _line(case, quantity, row, value, "computed", condition, source, steps)


def unpaid(role: Role) -> Constant:
    """A quantity that is not due, or whose condition fails: 0 for pay, False for an honour, else missing."""
    return Fraction(0) if role is Role.PAY else False if role is Role.HONOR else None


def _line(
    case: CaseValues, quantity: CheckedQuantity, row: int, value: Constant, state: str,
    condition: Working | None = None, source: ValueSource | None = None, steps: tuple[Acted, ...] = (),
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
    case: CaseValues, quantity: CheckedQuantity, here: Standpoint, condition: Working | None
) -> tuple[Constant, ValueSource]:
    definition = quantity.definition
    if definition.role is Role.RESULT and definition.name in RESULTS:
        names = lines_of_result(definition.name, case.ready.pay_lines)
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
    case: CaseValues, quantity: CheckedQuantity, here: Standpoint, source: str
) -> tuple[Constant, Remembered]:
    """The value of the row's own period: the recorded one, or this period's in the row of this period."""
    now = as_flag(case.value(here.level, here.row, MadeName.CURRENT.of(here.level[0])))
    value = here.find(source)[1] if now else case.value(here.level, here.row, MadeName.RECORDED.of(quantity.name))
    return value, Remembered(source, now)


def weighted_mean(
    mean: WeightedMean, value_of: Callable[[str], Constant], work: Callable[[Formula], Working]
) -> Averaged:  # fmt: skip
    """The mean of the parts; `missing` decides about missing ones: `reweigh`, `zero` or `refuse`.

    Fewer known parts than `at_least`, or weights that sum to 0, make it missing; under `zero` a missing part counts 0
    and its weight stays, so that a group of nothing but missing parts is 0.
    """
    parts = tuple(_weighed(part, value_of(part.name), work) for part in mean.parts)
    counted = [(as_number(p.weight), as_number(p.value)) for p in parts if p.value is not None and p.weight is not None]
    absent = len(parts) - len(counted)
    if absent and mean.missing is None:
        raise RefereeFault("a part is missing, and the group does not say what that means")
    divisor = sum((weight for weight, _ in counted), Fraction(0))
    if mean.missing == "zero":
        divisor = sum((as_number(p.weight) for p in parts if p.weight is not None), Fraction(0))
    least = mean.at_least or 0
    if (absent and mean.missing == "refuse") or len(counted) < least or divisor == 0:
        return Averaged(parts, mean.missing, least, None, None)
    total = sum((weight * value for weight, value in counted), Fraction(0))
    return Averaged(parts, mean.missing, least, divisor, total / divisor)


def _weighed(part: Part, value: Constant, work: Callable[[Formula], Working]) -> Weighed:
    weight = part.weight
    if isinstance(weight, Formula):
        working = work(weight)
        return Weighed(part.name, working.value, value, working)
    written = number_in(weight.text) if isinstance(weight, Literal) else None
    if written is None:
        raise RefereeFault(f"{part.name} has no weight")
    return Weighed(part.name, written, value)


def lines_of_result(result: str, lines: Sequence[tuple[str, PayLine]]) -> Iterator[tuple[str, bool]]:
    """The pay lines of a result in the order of the statement, and whether each is added or subtracted."""
    plus, minus = RESULTS[result]
    return ((name, line.kind in plus) for name, line in lines if line.kind in plus or line.kind in minus)


def adjusted(
    value: Constant, steps: Sequence[Adjustment], work: Callable[[Formula], Working]
) -> tuple[Constant, tuple[Acted, ...]]:
    """The value after all steps in the order written, and the effect of each step.

    `set` acts on a missing value too; every other step leaves a missing value missing.
    """
    done: list[Acted] = []
    for step in steps:
        condition = work(step.when) if isinstance(step.when, Formula) else None
        held = condition is None or as_flag(condition.value)
        amount = work(step.amount) if held and isinstance(step.amount, Formula) else None
        if held and amount is None:
            raise RefereeFault(f"the adjustment {step.reason!r} has no amount")
        before = value
        if amount is not None:
            value = _after(step.action, before, amount.value)
        limit = None if amount is None else amount.value
        done.append(Acted(step.reason, step.action, held, limit, before, value, step.place, condition, amount))
    return value, tuple(done)


def _after(action: str, value: Constant, amount: Constant) -> Constant:
    if action == "set":
        return amount
    if value is None or amount is None:
        return None
    x, y = as_number(value), as_number(amount)
    match action:
        case "at_most":
            return x if x <= y else y
        case "at_least":
            return x if x >= y else y
        case "add":
            return x + y
        case "multiply":
            return x * y
    raise RefereeFault(f"{action} is no adjustment")
