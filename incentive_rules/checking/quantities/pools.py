"""Makes the terms of pools: a fixed sum and who shares it, each checked to be something that can be shared."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.numbers import Rounding
from ...lang.types import BOOLEAN, Bounds, Facts, Kind, Type
from ...model import scheme as s
from ...model import terms as t
from ...model.checked import Guard
from ...model.levels import PERSON, Level, most_rows
from ..formulas.reader import level_word
from ..formulas.type_rules import can_be_money
from ..names.level_inference import sharers_of
from .built_terms import ZERO, rounded_term
from .quantity_formulas import QuantityFormulas


def pool_term(formulas: QuantityFormulas, quantity: s.Quantity, body: s.Pool) -> t.Term | None:
    """The share of each row in a pool; for a pay line that detail rows share, the sum of a person's rows."""
    group = formulas.group(body.each, body.each_place)
    source = sharers_of(body, formulas.symbols)
    if group is None:
        return None
    if body.to and formulas.symbols.is_lost(body.to):
        return None
    if source is None or source == group or not formulas.symbols.levels.is_above(group, source):
        _nobody_to_share(formulas, quantity, body, group)
        return None
    if body.to:
        formulas.symbols.used.add(body.to)
    paid = quantity.role is s.Role.PAY
    if paid and PERSON not in formulas.symbols.levels.above(source):
        formulas.report("pool-apart", body.to_place or body.place, variant="pay", name=quantity.name, to=body.to,
                    each=body.each)  # fmt: skip
        return None
    amount = _amount(formulas, quantity, body, group)
    weight = formulas.at_level(body.in_proportion_to, quantity, source) if isinstance(
        body.in_proportion_to, s.Formula) else None  # fmt: skip
    when, sound = formulas.condition_at(body.when, quantity, group)
    among, also = formulas.condition_at(body.among, quantity, source)
    if amount is None or weight is None or not sound or not also:
        return None
    if not _shares_fairly(formulas, body, quantity, weight, source):
        return None
    decimals = _unit(formulas, quantity, amount)
    if decimals is None:
        return None
    mode = quantity.rounding or formulas.symbols.scheme.rounding
    amount = rounded_term(amount, decimals, mode)
    cap = None
    if body.at_most is not None:
        cap = _cap(formulas, quantity, body, source, amount, decimals)
        if cap is None:
            return None
    type_ = _type_of_share(formulas, quantity, body, amount, decimals)
    if type_ is None:
        return None
    share = t.Shared(
        facts=Facts(type_, bounds=Bounds(ZERO, amount.facts.bounds.high)), place=body.place, source=source,
        group=group, amount=amount, weight=weight, when=when, among=among, cap=cap, left_out=body.left_out,
        method=body.cents, decimals=decimals,
    )  # fmt: skip
    if body.remainder == "refuse":
        _nothing_left(formulas, quantity, body, share)
    return _added_up(formulas, share, source, PERSON) if paid and source != PERSON else share


def _nobody_to_share(formulas: QuantityFormulas, quantity: s.Quantity, body: s.Pool, group: Level) -> None:
    """Reports that those who are to share a pool do not belong to the group that has it, and who does."""
    levels = formulas.symbols.levels
    able = [one[0] for one in levels if one and one != group and levels.is_above(group, one)]
    close = formulas.symbols.guesses.nearest(body.to, able) if body.to else []
    known = body.to in formulas.symbols.names or (body.to,) in levels
    variant = "" if known or not able else "near" if close else "unknown"
    formulas.report(
        "pool-apart", body.to_place or body.each_place, variant=variant if body.to else "people" if able else "",
        name=quantity.name, to_word=body.to or level_word(PERSON), to=body.to, each=body.each,
        near=close[0] if close else "", shares=", ".join(able),
    )  # fmt: skip


def _type_of_share(
    formulas: QuantityFormulas, quantity: s.Quantity, body: s.Pool, amount: t.Term, decimals: int
) -> Type | None:
    """Money if money is due; otherwise the type of the amount of the pool."""
    if quantity.role is not s.Role.PAY and quantity.type != "money":
        return evolve(amount.facts.type, literal=False, whole=decimals == 0 and not amount.facts.type.money)
    if not can_be_money(amount.facts.type):
        assert isinstance(body.amount, s.Formula)
        formulas.report("money-needed", body.amount.place, name=quantity.name, text=body.amount.text.strip())
        return None
    return evolve(amount.facts.type, money=1, literal=False, whole=False, unit=None)


def _amount(formulas: QuantityFormulas, quantity: s.Quantity, body: s.Pool, group: Level) -> t.Term | None:
    if not isinstance(body.amount, s.Formula):
        return None
    amount = formulas.at_level(body.amount, quantity, group)
    if amount is None:
        return None
    if amount.facts.type.kind is not Kind.NUMBER:
        formulas.report("number-needed", body.amount.place, kind_word=str(amount.facts.type.kind), name=quantity.name)
        return None
    if amount.facts.may_miss:
        names = formulas.reader.missing_names(amount)
        formulas.report("missing-unhandled", body.amount.place, variant="pool",
                    name=names[0] if names else body.amount.text.strip(),
                    others=formulas.reader.declared_at(names))  # fmt: skip
        return None
    return amount if _not_negative(formulas, amount, body.amount, quantity, "amount", group) else None


def _not_negative(
    formulas: QuantityFormulas, term: t.Term, formula: s.Formula, quantity: s.Quantity, what: str, level: Level
) -> bool:
    bounds = formulas.reader.term_facts.proved_bounds(term, formulas.premises.base(level))
    if bounds.low is not None and bounds.low >= 0:
        return True
    span = formulas.reader.span(evolve(term.facts, bounds=bounds))
    formulas.report("pool-negative", formula.place, variant=what, name=quantity.name, span=span)
    return False


def _shares_fairly(
    formulas: QuantityFormulas, body: s.Pool, quantity: s.Quantity, weight: t.Term, source: Level
) -> bool:
    formula = body.in_proportion_to
    assert isinstance(formula, s.Formula)
    if weight.facts.type.kind is not Kind.NUMBER:
        kind = str(weight.facts.type.kind)
        formulas.report("number-needed", formula.place, kind_word=kind, name=quantity.name)
        return False
    return _not_negative(formulas, weight, formula, quantity, "", source)


def _unit(formulas: QuantityFormulas, quantity: s.Quantity, amount: t.Term) -> int | None:
    """The decimals of a share: as declared, else those of the currency; 0 for a pool of whole things."""
    if isinstance(quantity.decimals, int):
        return quantity.decimals
    money = quantity.role is s.Role.PAY or quantity.type == "money" or amount.facts.type.is_money
    if money:
        return formulas.currency_decimals or 0
    if amount.facts.type.whole:
        return 0
    formulas.report("pool-decimals", quantity.place, name=quantity.name)
    return None


def _cap(
    formulas: QuantityFormulas, quantity: s.Quantity, body: s.Pool, source: Level, amount: t.Term, decimals: int
) -> t.Term | None:
    formula = body.at_most
    if not isinstance(formula, s.Formula):
        return None
    cap = formulas.at_level(formula, quantity, source)
    if cap is None:
        return None
    one, other = cap.facts.type, amount.facts.type
    apart = one.money != other.money and not one.counts_as_money and not other.counts_as_money
    if one.kind is not Kind.NUMBER or apart:
        formulas.report("money-mixed", formula.place, left=quantity.name, right=formula.text.strip(),
                    left_word="money" if other.money else "number",
                    right_word="money" if one.money else str(one.kind))  # fmt: skip
        return None
    if one.percent:
        formulas.report("money-needed", formula.place, variant="percent", name=quantity.name, text=formula.text.strip())
        return None
    if cap.facts.may_miss:
        names = formulas.reader.missing_names(cap)
        formulas.report("missing-unhandled", formula.place, variant="pool",
                    name=names[0] if names else formula.text.strip(),
                    others=formulas.reader.declared_at(names))  # fmt: skip
        return None
    sound = _not_negative(formulas, cap, formula, quantity, "cap", source)
    return rounded_term(cap, decimals, Rounding.FLOOR) if sound else None


def _nothing_left(formulas: QuantityFormulas, quantity: s.Quantity, body: s.Pool, share: t.Shared) -> None:
    paid = _added_up(formulas, share, share.source, share.group)
    whole: t.Term = t.Compared(facts=Facts(BOOLEAN), place=body.place, operator="==", left=paid, right=share.amount)
    if share.when is not None:
        nothing = t.IsNot(facts=Facts(BOOLEAN), place=body.place, operand=share.when)
        whole = t.Some(facts=Facts(BOOLEAN), place=body.place, operands=(nothing, whole))
    formulas.guards.append(Guard("data-remainder", quantity.name, whole, share.group, body.place))


def _added_up(formulas: QuantityFormulas, share: t.Shared, source: Level, level: Level) -> t.Aggregate:
    """The sum of the shares of several rows, at most the amount of the pool for each row."""
    most = Fraction(most_rows(formulas.symbols.scheme, formulas.symbols.levels, source, level))
    high = share.facts.bounds.high
    top = high if level == share.group or high is None else high * most
    return t.Aggregate(
        facts=evolve(share.facts, bounds=Bounds(ZERO, top)), place=share.place, function="sum", source=source,
        level=level, value=share, where=None,
    )  # fmt: skip
