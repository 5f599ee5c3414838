"""Checks adjustments (caps, floors, vetoes) in the order written, and bounds the value after each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from ...lang.types import Bounds, Facts, Type
from ...model import scheme as s
from ...model import terms as t
from ...model.scheme import SCORES
from ..formulas.operators import warn_of_percentage
from ..formulas.percentages import MOST_OF_A_SHARE
from ..formulas.reader import unknown
from ..ranges.bounds import add_bounds, hull, multiply_bounds
from ..ranges.prover import Assumptions
from .quantity_formulas import QuantityFormulas


def adjusted_term(
    formulas: QuantityFormulas, term: t.Term, quantity: s.Quantity, assumptions: Assumptions
) -> t.Term | None:
    """The term after the adjustments of `quantity`, in their order; None, and reported, where one is wrong."""
    if not quantity.adjust:
        return term
    steps: list[t.AdjustmentStep] = []
    facts = term.facts
    for line in quantity.adjust:
        when, inner = None, assumptions
        if line.when is not None:
            when = formulas.condition(line.when, quantity) if isinstance(line.when, s.Formula) else None
            if when is None or unknown(when):
                return None
            inner = formulas.reader.term_facts.assume(when, True, assumptions)
        amount = formulas.formula(line.amount, quantity, inner) if isinstance(line.amount, s.Formula) else None
        if amount is None or unknown(amount):
            return None
        said = amount.place.text if amount.place is not None else ""
        if amount.facts.type.kind is not facts.type.kind:
            formulas.report("kinds-mixed", line.place, left=quantity.name, right=said,
                        left_word=str(facts.type.kind), right_word=str(amount.facts.type.kind))  # fmt: skip
            return None
        if amount.facts.may_miss:
            names = formulas.reader.missing_names(amount)
            never = isinstance(amount, t.Fixed)  # the literal `missing`
            formulas.report("missing-unhandled", line.place, variant="adjust-missing" if never else "adjust",
                        name=names[0] if names else said or quantity.name,
                        others=formulas.reader.declared_at(names))  # fmt: skip
            return None
        if quantity.role is s.Role.PAY and line.action != "multiply" and amount.facts.type.percent:
            formulas.report("money-needed", line.place, variant="percent", name=quantity.name, text=said)
            return None
        _warn_of_scale(formulas, facts, line, amount, said, quantity)
        facts = _after(formulas, facts, line.action, amount, when, quantity, line)
        steps.append(t.AdjustmentStep(action=line.action, when=when, amount=amount))
    if quantity.role is s.Role.PAY:
        _refuse_crossed(formulas, steps, quantity)
    return t.Adjusted(facts=facts, place=quantity.place, operand=term, steps=tuple(steps))


def _warn_of_scale(
    formulas: QuantityFormulas, facts: Facts, line: s.Adjustment, amount: t.Term, said: str, quantity: s.Quantity
) -> None:  # fmt: skip
    """Warns of a score out of 100 that is capped at 70%, which is 0.7, or multiplied by 80: mostly a slip."""
    if quantity.role not in SCORES or facts.bounds.high is None or facts.bounds.high <= MOST_OF_A_SHARE:
        return
    low = amount.facts.bounds.low
    if line.action == "multiply" and low is not None and low >= MOST_OF_A_SHARE:
        formulas.report("percent-scale", line.place, variant="times", name=quantity.name, text=said)
    elif line.action != "multiply" and amount.facts.type.percent:
        warn_of_percentage(formulas.reader, amount, quantity.name, facts)


def _refuse_crossed(formulas: QuantityFormulas, steps: Sequence[t.AdjustmentStep], quantity: s.Quantity) -> None:
    """Reports a pay line with a floor above its cap, which would pay the cap to everybody."""
    ends = {step.action: step.amount.value for step in steps if isinstance(step.amount, t.Fixed)}
    floor, cap = ends.get("at_least"), ends.get("at_most")
    if isinstance(floor, Fraction) and isinstance(cap, Fraction) and floor > cap:
        place = next(line.place for line in quantity.adjust if line.action == "at_least")
        formulas.report("range-empty", place, variant="pay", name=quantity.name)


def _after(
    formulas: QuantityFormulas,
    facts: Facts,
    action: str,
    amount: t.Term,
    when: t.Term | None,
    quantity: s.Quantity,
    line: s.Adjustment,
) -> Facts:
    """The facts of the value after one adjustment."""
    before, by = facts.bounds, amount.facts.bounds
    if action == "set":
        after = by
    elif action == "at_most":
        after = Bounds(_min(before.low, by.low), _min(before.high, by.high, open_end=True))
    elif action == "at_least":
        after = Bounds(
            _max(before.low, by.low), None if before.high is None or by.high is None else max(before.high, by.high)
        )
    elif action == "add":
        after = add_bounds(before, by)
    else:
        after = multiply_bounds(before, by)
    may_miss = facts.may_miss and not (action == "set" and when is None)
    type_ = facts.type
    if action == "multiply" and amount.facts.type.money:
        formulas.report("money-times-money", line.place, name=quantity.name, variant="adjust")
    elif action != "multiply" and type_.money != amount.facts.type.money and not _fits(type_, amount.facts.type):
        said = amount.place.text if amount.place else ""
        formulas.report("money-mixed", line.place, left=quantity.name, right=said,
                    left_word=_sort(type_), right_word=_sort(amount.facts.type))  # fmt: skip
    whole = type_.whole and amount.facts.type.whole
    return Facts(evolve(type_, whole=whole), may_miss, after if when is None else hull(before, after))


def _fits(one: Type, other: Type) -> bool:
    return {one.money, other.money} == {0, 1} and (one.counts_as_money or other.counts_as_money)


def _sort(type_: Type) -> str:
    return "money" if type_.money else str(type_.kind)


def _min(left: Fraction | None, right: Fraction | None, open_end: bool = False) -> Fraction | None:
    if left is None or right is None:
        return (right if left is None else left) if open_end else None
    return min(left, right)


def _max(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return right if left is None else left
    return max(left, right)
