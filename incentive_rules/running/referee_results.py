"""What happens to a value on its way to the statement: adjustments in their order, and the sums of the lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..model.scheme import Adjustment, Formula, PayLine
from ..model.terms import Constant
from ..model.trace import Acted, Working
from .referee_functions import flag, number
from .referee_numbers import RefereeFault

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


def lines_of(result: str, lines: Sequence[tuple[str, PayLine]]) -> Iterator[tuple[str, bool]]:
    """The pay lines of a result in the order of the statement, and whether each is added or taken off."""
    plus, minus = RESULTS[result]
    return ((name, line.kind in plus) for name, line in lines if line.kind in plus or line.kind in minus)


def adjusted(
    value: Constant, steps: Sequence[Adjustment], work: Callable[[Formula], Working]
) -> tuple[Constant, tuple[Acted, ...]]:
    """The value after each step in the order written, and what each step did.

    `set` acts on a missing value too; every other step leaves a missing value missing.
    """
    done: list[Acted] = []
    for step in steps:
        condition = work(step.when) if isinstance(step.when, Formula) else None
        held = condition is None or flag(condition.value)
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
    x, y = number(value), number(amount)
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
