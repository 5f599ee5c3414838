"""Shares pools: who takes part in one, what each may get at most, and the share of one row, with its arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from ..base.numbers import Rounding
from ..model.checked import CheckedQuantity
from ..model.levels import EVERYONE, PERSON, Level
from ..model.scheme import Formula, Pool
from ..model.terms import Constant
from ..model.trace import Among, Pooled, Portion, Violation, Working
from .apportionment import Levelled, Member, apportioned, levelled
from .functions import as_flag, as_number
from .numbers import RefereeFault, round_to
from .scope import CaseValues, Standpoint


@frozen(eq=False)
class SharedPool:
    """One pool of one group, shared; amounts are whole units of its last decimal.

    `members` counts the group's rows; `parts` are the rows that share, `places` maps a row's number to its index in
    `parts`. `paid` maps a row's number to its share, 0 if `when` fails. `kept` is the sum of the weights that `among`
    excludes under `left_out: kept`; `theirs` is the part of `amount` that the rows in `parts` share.
    """

    members: int
    amount: int
    places: Mapping[int, int]
    parts: tuple[Member, ...]
    level: Levelled | None
    paid: Mapping[int, int]
    remainder: int
    kept: Fraction
    theirs: Fraction
    of_amount: Working
    condition: Working | None

    @property
    def state(self) -> str:
        if self.condition is not None and not as_flag(self.condition.value):
            return "condition_not_met"
        return "shared" if self.parts else "nobody"


def pooled(case: CaseValues, quantity: CheckedQuantity, here: Standpoint, body: Pool) -> tuple[Constant, Pooled]:
    """The share of a row; or, of a person whose detail rows share pools, the sum of the shares of these rows."""
    source = level_of(case, body.to) if body.to else PERSON
    rows = (here.row,) if source == here.level else case.taking_part(source, here.level, here.row)
    portions = tuple(_portion(case, quantity, body, source, row) for row in rows)
    name = body.to or "people"
    return sum((as_number(p.share) for p in portions), Fraction(0)), Pooled(quantity.name, name, portions)


def outcome_of(case: CaseValues, quantity: CheckedQuantity, body: Pool, source: Level, group_row: int) -> SharedPool:
    """The pool of one group: shared among its members when it is first asked for, and then kept."""
    known = case.outcomes.get((quantity.name, group_row))
    if isinstance(known, SharedPool):
        return known
    group = level_of(case, body.each)
    above = Standpoint(case, group, group_row, quantity.name)
    of_amount = case.work(formula_of(body.amount, quantity), above)
    unit = decimals_of_unit(case, quantity)
    amount = int(round_to(as_number(of_amount.value), unit, quantity.rounding) * 10**unit)
    condition = case.work(body.when, above) if isinstance(body.when, Formula) else None
    members = case.taking_part(source, group, group_row)
    taking, parts, kept = [], [], Fraction(0)
    for row in members:
        here = Standpoint(case, source, row, quantity.name)
        partakes = not isinstance(body.among, Formula) or as_flag(case.work(body.among, here).value)
        if not partakes and body.left_out == "shared":
            continue
        weight = case.work(formula_of(body.in_proportion_to, quantity), here).value
        if weight is None or as_number(weight) <= 0:
            continue
        if not partakes:
            kept += as_number(weight)
            continue
        taking.append(row)
        parts.append(Member(as_number(weight), _key(case, source, row), _cap(case, quantity, body, here)))
    holds = condition is None or as_flag(condition.value)
    weights = sum((part.weight for part in parts), Fraction(0))
    theirs = amount * weights / (weights + kept) if parts else Fraction(0)
    if body.cents != "keep_remainder":
        theirs = round_to(theirs, 0, Rounding.HALF_UP)
    shares = zip(taking, apportioned(theirs, parts, body.cents), strict=True)
    paid = {row: share if holds else 0 for row, share in shares}
    found = SharedPool(
        len(members), amount, {row: i for i, row in enumerate(taking)}, tuple(parts),
        levelled(theirs, parts) if parts else None, paid, amount - sum(paid.values()), kept, theirs, of_amount,
        condition,
    )  # fmt: skip
    if body.remainder == "refuse" and found.state != "condition_not_met" and found.remainder:
        case.breaks(Violation("data-remainder", quantity.name, body.place), group, group_row)
    case.outcomes[quantity.name, group_row] = found
    return found


def _portion(case: CaseValues, quantity: CheckedQuantity, body: Pool, source: Level, row: int) -> Portion:
    """One row's share with all that an explanation shows of it."""
    group = level_of(case, body.each)
    group_row = case.rows.owner(source, row, group)
    found = outcome_of(case, quantity, body, source, group_row)
    here = Standpoint(case, source, row, quantity.name)
    unit = decimals_of_unit(case, quantity)
    state, place = found.state, found.places.get(row)
    open_pool = state != "condition_not_met"
    partakes = case.work(body.among, here) if isinstance(body.among, Formula) and open_pool else None
    weight = cap = None
    if open_pool and (partakes is None or as_flag(partakes.value)):
        weight = case.work(formula_of(body.in_proportion_to, quantity), here)
        cap = case.work(body.at_most, here) if isinstance(body.at_most, Formula) else None
    if partakes is not None and not as_flag(partakes.value):
        state = "left_out"
    elif state == "shared" and place is None:
        state = "no_weight"
    level, taking = found.level, sum((part.weight for part in found.parts), Fraction(0))
    weights = taking + found.kept
    left, open_ = (Fraction(found.amount), Fraction(0)) if level is None else (level.left, level.open)
    exact = Fraction(0) if level is None or place is None else level.exact[place]
    apart = bool(found.kept) and level is not None
    if level is not None and body.cents == "keep_remainder" and not any(level.capped):
        left, open_, apart = Fraction(found.amount), weights, False  # the same shares, by the weights of everybody

    def money(units: Fraction | int) -> Fraction:
        return Fraction(units, 10**unit) if isinstance(units, int) else units * Fraction(1, 10**unit)

    return Portion(
        among=Among(group[0], case.rows.key(group, group_row), found.members),
        state=state,
        share=money(found.paid.get(row, 0)),
        amount=money(found.amount),
        weight=None if weight is None else weight.value,
        weights=weights,
        left=money(left),
        open=open_,
        exact=money(exact),
        remainder=money(found.remainder) if open_pool else Fraction(0),
        method=body.cents,
        decimals=unit,
        cap=None if cap is None else cap.value,
        capped=level is not None and place is not None and level.capped[place],
        row=case.rows.address(source, row)[1],
        part=money(found.theirs) if apart else None,
        exact_part=money(found.amount * taking / weights) if apart else None,
        taking=taking if apart else None,
        of_amount=found.of_amount,
        of_weight=weight,
        of_cap=cap,
        condition=found.condition,
        partakes=partakes,
    )


def level_of(case: CaseValues, word: str) -> Level:
    """The level of a detail table, a group or everyone, by the word for it in the scheme."""
    found = case.ready.level_named(word)
    if found is None:
        raise RefereeFault(f"{word} is no group and no details")
    return found


def decimals_of_unit(case: CaseValues, quantity: CheckedQuantity) -> int:
    """The decimals in which a pool is shared: the quantity's own; else the currency's for money, 0 for others."""
    if quantity.decimals is not None:
        return quantity.decimals
    return (case.ready.checked.currency_decimals or 0) if quantity.facts.type.is_money else 0


def formula_of(written: object, quantity: CheckedQuantity) -> Formula:
    if not isinstance(written, Formula):
        raise RefereeFault(f"{quantity.name} lacks a formula")
    return written


def _key(case: CaseValues, source: Level, row: int) -> tuple[object, ...]:
    """The key that decides who gets a last unit among equals.

    It is made of the keys of the row and of its owners upwards, then of the row's inputs by name, missing values first.
    """
    found: list[object] = []
    level, number_ = source, row
    while level != EVERYONE:
        found.append(case.rows.key(level, number_))
        above = EVERYONE if level == PERSON else case.levels[level].owners[0]
        level, number_ = above, case.rows.owner(level, number_, above)
    for name in sorted(n for n, one in case.ready.checked.inputs.items() if one.level == source):
        value = case.rows.cell(source, row, name)
        found.append((value is not None, 0 if value is None else value))
    return tuple(found)


def _cap(case: CaseValues, quantity: CheckedQuantity, body: Pool, here: Standpoint) -> int | None:
    """`at_most` in whole units, rounded down and at least 0; None without a cap."""
    if not isinstance(body.at_most, Formula):
        return None
    unit = Fraction(1, 10 ** decimals_of_unit(case, quantity))
    return max(0, as_number(case.work(body.at_most, here).value) // unit)
