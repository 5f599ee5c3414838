"""Operators, comparisons, conditions and choices: each with its type, its bounds and what it guards."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from ...base.numbers import show_number
from ...lang import nodes as n
from ...lang.types import BOOLEAN, ORDERED, PLAIN, Bounds, Facts, Kind, Type
from ...model import terms as t
from ..ranges.bounds import AT_ZERO, add_bounds, divide_bounds, hull, multiply_bounds, negated_bounds, power_bounds
from ..ranges.prover import Assumptions
from .context import FormulaContext
from .percentages import MOST_OF_A_SHARE, counts_beyond_shares
from .reader import FormulaReader, names_in_term, unknown
from .type_rules import Clash, common_type, product, quotient

MISSING_FACTS = Facts(PLAIN, True, AT_ZERO)  # the literal `missing` has no value of its own


# ── arithmetic ───────────────────────────────────────────────────────────────────────────────


def read_negative(x: t.Term, node: n.Node, context: FormulaContext) -> t.Term:
    if unknown(x):
        return x
    if isinstance(x, t.Fixed) and isinstance(x.value, Fraction):
        bounds = Bounds(-x.value, -x.value)
        return evolve(x, value=-x.value, facts=evolve(x.facts, bounds=bounds), place=context.place_of(node))
    return t.Negated(
        facts=evolve(x.facts, bounds=negated_bounds(x.facts.bounds)), place=context.place_of(node), operand=x
    )


def read_arithmetic(
    reader: FormulaReader, node: n.Arithmetic, context: FormulaContext, assumptions: Assumptions
) -> t.Term:
    if node.operator == "**":
        return _power(reader, node, context, assumptions)
    left, right = reader.number(node.left, context, assumptions), reader.number(node.right, context, assumptions)
    if unknown(left) or unknown(right):
        return reader.refused(node, context)
    if node.operator in "+-":
        return _added(reader, left, right, node.operator == "-", node, context, assumptions)
    if node.operator == "*":
        facts = Facts(
            product(left.facts.type, right.facts.type),
            left.facts.may_miss or right.facts.may_miss,
            multiply_bounds(left.facts.bounds, right.facts.bounds),
        )
        return _narrowed(
            reader, t.Product(facts=facts, place=context.place_of(node), left=left, right=right), assumptions
        )
    return divided_term(reader, left, right, node.right, node, context, assumptions, context.zero_is_missing)


def _added(
    reader: FormulaReader,
    left: t.Term,
    right: t.Term,
    minus: bool,
    node: n.Node,
    context: FormulaContext,
    assumptions: Assumptions,
) -> t.Term:
    """left + right, or left - right."""
    type_ = common_type_of(reader, (left, right), node, context)
    if type_ is None:
        return reader.refused(node, context)
    literal = type_.money == 0 and (left.facts.type.literal or right.facts.type.literal)
    other = negated_bounds(right.facts.bounds) if minus else right.facts.bounds
    facts = Facts(
        evolve(type_, literal=literal),
        left.facts.may_miss or right.facts.may_miss,
        add_bounds(left.facts.bounds, other),
    )
    found = t.Sum(facts=facts, place=context.place_of(node), left=left, right=right, minus=minus)
    return _narrowed(reader, found, assumptions)


def _narrowed(reader: FormulaReader, term: t.Term, assumptions: Assumptions) -> t.Term:
    """Tighten the bounds of a sum or product by facts, where there are facts or quotients to use."""
    if not assumptions.facts and not reader.term_facts.has_quotient(term):
        return term
    return evolve(term, facts=evolve(term.facts, bounds=reader.term_facts.proved_bounds(term, assumptions)))


def divided_term(
    reader: FormulaReader, left: t.Term, right: t.Term, divisor: n.Node, node: n.Node, context: FormulaContext,
    assumptions: Assumptions, missing_at_zero: bool,
) -> t.Term:  # fmt: skip
    """left / right; a divisor that may be 0 is an error, or makes the quotient missing."""
    sign = reader.term_facts.divisor_sign(right, assumptions)
    guarded = sign == 0 and missing_at_zero
    if sign == 0 and not guarded and not assumptions.impossible:
        _may_be_zero(reader, left, right, divisor, context)
        return reader.refused(node, context)
    bounds = right.facts.bounds
    if sign == 0:
        sign = 1 if _at_least_zero(bounds) else -1 if bounds.high is not None and bounds.high <= 0 else 2
    type_ = quotient(left.facts.type, right.facts.type)
    may_miss = guarded or left.facts.may_miss or right.facts.may_miss
    facts = Facts(type_, may_miss, divide_bounds(left.facts.bounds, bounds))
    found = t.Quotient(facts=facts, place=context.place_of(node), left=left, right=right, missing_at_zero=guarded)
    reader.term_facts.note_sign(found, sign)
    if sign == 2:
        proved = reader.term_facts.bounds_by_step(left, right)
    else:
        proved = reader.term_facts.proved_bounds(found, assumptions)
    return evolve(found, facts=evolve(facts, bounds=proved))


def _may_be_zero(reader: FormulaReader, left: t.Term, right: t.Term, divisor: n.Node, context: FormulaContext) -> None:
    """Report a divisor that is not proved different from 0, with the condition that would prove it."""
    text = context.place_of(divisor).text
    begins_at_zero = _at_least_zero(right.facts.bounds)
    an_input = isinstance(right, t.Read) and right.name in reader.symbols.inputs and begins_at_zero
    reader.report(
        "divisor-zero", context.place_of(divisor), variant="input" if an_input else "", text=text,
        guard=f"{text} > 0" if begins_at_zero else f"{text} != 0", span=reader.span(right.facts),
        pair=f"{left.place.text if left.place else 'a'}, {text}",
        others=reader.declared_at(sorted(names_in_term(right))),
    )  # fmt: skip


def _power(reader: FormulaReader, node: n.Arithmetic, context: FormulaContext, assumptions: Assumptions) -> t.Term:
    base = reader.number(node.left, context, assumptions)
    exponent = node.right
    if unknown(base) or not isinstance(exponent, n.Number):
        return reader.refused(node, context)
    times = int(exponent.value)
    bounds = power_bounds(base.facts.bounds, times) if times else Bounds(Fraction(1), Fraction(1))
    type_ = evolve(base.facts.type, money=base.facts.type.money * times)
    facts = Facts(type_, base.facts.may_miss, bounds)
    return t.Power(facts=facts, place=context.place_of(node), operand=base, exponent=times)


# ── conditions and choices ───────────────────────────────────────────────────────────────────


def common_type_of(
    reader: FormulaReader,
    terms: tuple[t.Term, ...],
    node: n.Node,
    context: FormulaContext,
    units: bool = True,
) -> Type | None:
    """The common type of terms; None, and reported, where they clash (or one is unknown)."""
    live = [x for x in terms if not (isinstance(x, t.Fixed) and x.value is None)] or list(terms)
    found = common_type([x.facts.type for x in live], units)
    if found.type is None:
        i, j = found.between
        percent = found.clash is Clash.MONEY and (live[i].facts.type.percent or live[j].facts.type.percent)
        reader.report(
            str(found.clash), context.place_of(node), left=_said(live[i]), right=_said(live[j]),
            variant="percent" if percent else "",
            left_word=_sort(reader, live[i], str(found.clash)), right_word=_sort(reader, live[j], str(found.clash)),
        )  # fmt: skip
        return None
    _percent_of_whole(reader, live)
    return None if found.type.kind is Kind.UNKNOWN else found.type


def _percent_of_whole(reader: FormulaReader, terms: Sequence[t.Term]) -> None:
    """Warn of a percentage compared with, added to or put in place of a number out of 100; and of 60 for 60%."""
    shares = [x for x in terms if x.facts.type.percent]
    number = next((x for x in terms if shares and counts_beyond_shares(x, reader.symbols)), None)
    for share in shares if number is not None else ():
        if number is not None and not (isinstance(share, t.Fixed) and share.value == 0):
            warn_of_percentage(reader, share, _said(number), number.facts)
    for constant in terms if shares else ():
        value = constant.value if isinstance(constant, t.Fixed) else None
        if isinstance(value, Fraction) and not constant.facts.type.percent and abs(value) > MOST_OF_A_SHARE:
            said = _said(constant)
            reader.report("percent-scale", constant.place, variant="whole", name=_said(shares[0]), text=said,
                        value=show_number(value / 100))  # fmt: skip


def warn_of_percentage(reader: FormulaReader, constant: t.Term, name: str, facts: Facts) -> None:
    """Warn of a percentage beside a number whose values go far beyond 1."""
    text = _said(constant)
    if not text.endswith("%") or not isinstance(constant, t.Fixed):
        reader.report("percent-scale", constant.place, variant="name", name=name, span=reader.span(facts), text=text)
        return
    reader.report("percent-scale", constant.place, name=name, span=reader.span(facts), text=text,
                number=text.strip("%"), value=show_number(constant.facts.bounds.low or Fraction(0)))  # fmt: skip


def _said(term: t.Term) -> str:
    return term.place.text if term.place is not None else "?"


def _sort(reader: FormulaReader, term: t.Term, clash: str) -> str:
    return term.facts.type.unit or "-" if clash == "unit-mixed" else reader.kind_word(term)


def read_comparison(
    reader: FormulaReader, node: n.Comparison, context: FormulaContext, assumptions: Assumptions
) -> t.Term:
    terms = tuple(reader.read(x, context, assumptions) for x in node.operands)
    if any(map(unknown, terms)) or common_type_of(reader, terms, node, context) is None:
        return reader.refused(node, context)
    place = context.place_of(node)
    parts: list[t.Term] = []
    for operator, left, right in zip(node.operators, terms, terms[1:], strict=False):
        kind = left.facts.type.kind
        if operator not in ("==", "!=") and kind not in ORDERED:
            reader.report("order-needed", place, kind_word=reader.kind_word(left), operator=operator)
            return reader.refused(node, context)
        if kind is Kind.CATEGORY:
            _check_words(reader, left, right)
        facts = Facts(BOOLEAN, left.facts.may_miss or right.facts.may_miss)
        parts.append(t.Compared(facts=facts, place=place, operator=operator, left=left, right=right))
    if len(parts) == 1:
        return parts[0]
    facts = Facts(BOOLEAN, any(x.facts.may_miss for x in parts))
    return t.Every(facts=facts, place=place, operands=tuple(parts), chain=True)


def _check_words(reader: FormulaReader, left: t.Term, right: t.Term) -> None:
    """A category compared with a word that it cannot be is always different: a typing error."""
    for category, constant in ((left, right), (right, left)):
        if isinstance(constant, t.Fixed) and isinstance(constant.value, str):
            _note_word(reader, constant.value, constant, category)


def _note_word(reader: FormulaReader, text: str, at: t.Term, category: t.Term) -> None:
    """Note a word that a category is compared with, and whether it can take it here."""
    values = category.facts.type.values
    if isinstance(category, t.Fixed):  # a constant proves nothing but itself
        values = frozenset({text}) if category.value == text else None
    if values is not None and at.place is not None:
        name = category.name if isinstance(category, t.Read) else _said(category)
        reader.symbols.words.look("word-impossible", at.place, text, values, name)


def read_membership(
    reader: FormulaReader, node: n.Membership, context: FormulaContext, assumptions: Assumptions
) -> t.Term:
    operand = reader.read(node.operand, context, assumptions)
    members = tuple(reader.read(x, context, assumptions) for x in node.members)
    if any(map(unknown, (operand, *members))):
        return reader.refused(node, context)
    if common_type_of(reader, (operand, *members), node, context) is None:
        return reader.refused(node, context)
    for member in members:
        if isinstance(member, t.Fixed) and isinstance(member.value, str):
            _note_word(reader, member.value, member, operand)
    constants = tuple(x.value for x in members if isinstance(x, t.Fixed))
    facts = Facts(BOOLEAN, operand.facts.may_miss)
    found = t.IsIn(facts=facts, place=context.place_of(node), operand=operand, members=constants)
    return t.IsNot(facts=facts, place=context.place_of(node), operand=found) if node.negated else found


def read_connected(
    reader: FormulaReader,
    parts: tuple[n.Expression, ...],
    both: bool,
    node: n.Node,
    context: FormulaContext,
    assumptions: Assumptions,
) -> t.Term:
    found: list[t.Term] = []
    for part in parts:
        term = reader.condition(part, context, assumptions)
        found.append(term)
        if not unknown(term):
            assumptions = reader.term_facts.assume(term, both, assumptions)
    if any(map(unknown, found)):
        return reader.refused(node, context)
    kind = t.Every if both else t.Some
    return kind(facts=Facts(BOOLEAN), place=context.place_of(node), operands=tuple(found))


def read_choice(reader: FormulaReader, node: n.If, context: FormulaContext, assumptions: Assumptions) -> t.Term:
    condition = reader.condition(node.condition, context, assumptions)
    yes = no = assumptions
    if not unknown(condition):
        yes = reader.term_facts.assume(condition, True, assumptions)
        no = reader.term_facts.assume(condition, False, assumptions)
    then, otherwise = reader.read(node.then, context, yes), reader.read(node.otherwise, context, no)
    if any(map(unknown, (condition, then, otherwise))):
        return reader.refused(node, context)
    type_ = common_type_of(reader, (then, otherwise), node, context)
    if type_ is None:
        return reader.refused(node, context)
    live = [x for x, s in ((then, yes), (otherwise, no)) if not s.impossible] or [then, otherwise]
    facts = Facts(type_, any(x.facts.may_miss for x in live), hull_of_terms(tuple(live)))
    place = context.place_of(node)
    return t.Choice(facts=facts, place=place, condition=condition, then=then, otherwise=otherwise)


def hull_of_terms(terms: tuple[t.Term, ...]) -> Bounds:
    """The bounds around several terms; the literal `missing` has none of its own."""
    live = [x for x in terms if not (isinstance(x, t.Fixed) and x.value is None)]
    found = live[0].facts.bounds if live else AT_ZERO
    for x in live[1:]:
        found = hull(found, x.facts.bounds)
    return found


def _at_least_zero(bounds: Bounds) -> bool:
    return bounds.low is not None and bounds.low >= 0
