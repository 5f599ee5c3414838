"""Operators, comparisons, conditions and choices: each with its type, its bounds and what it guards."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from ...base.numbers import show_number
from ...lang import nodes as n
from ...lang.types import BOOLEAN, ORDERED, PLAIN, Bounds, Facts, Kind, Type
from ...model import terms as t
from ..names.constants import constant_facts
from ..ranges.bounds import add_bounds, divide_bounds, hull, multiply_bounds, negated_bounds, power_bounds
from ..ranges.prover import Assumptions
from .context import FormulaContext
from .percentages import MOST_OF_A_SHARE, counts_beyond_shares
from .reader import FormulaReader, names_in_term, unknown
from .type_rules import Clash, common_type, product, quotient

MISSING_FACTS = Facts(PLAIN, True, Bounds(Fraction(0), Fraction(0)))  # the literal `missing` has no value of its own
MOST_SHOWN = 40  # words of a category in one message


class Operations(FormulaReader):
    """Reads every node but names and calls."""

    def _read(self, node: n.Expression, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        place = context.place_of(node)
        match node:
            case n.Number(value=value):
                percent = node.text.endswith("%")
                type_ = Type(Kind.NUMBER, literal=True, percent=percent, whole=value.denominator == 1)
                facts = Facts(type_, bounds=Bounds(value, value))
                return t.Fixed(facts=facts, place=place, value=value)
            case n.Text(value=text):
                return t.Fixed(facts=constant_facts(text), place=place, value=text)
            case n.Flag(value=flag):
                return t.Fixed(facts=Facts(BOOLEAN), place=place, value=flag)
            case n.MissingLiteral():
                return t.Fixed(facts=MISSING_FACTS, place=place, value=None)
            case n.Name():
                return self._name(node, context)
            case n.Negative(operand=x):
                return self._negative(self.number(x, context, assumptions), node, context)
            case n.Arithmetic():
                return self._arithmetic(node, context, assumptions)
            case n.Comparison():
                return self._comparison(node, context, assumptions)
            case n.Membership():
                return self._membership(node, context, assumptions)
            case n.Not(operand=x):
                found = self.condition(x, context, assumptions)
                return found if unknown(found) else t.IsNot(facts=Facts(BOOLEAN), place=place, operand=found)
            case n.And(operands=xs):
                return self._connected(xs, True, node, context, assumptions)
            case n.Or(operands=xs):
                return self._connected(xs, False, node, context, assumptions)
            case n.If():
                return self._choice(node, context, assumptions)
            case n.Call():
                return self.call(node, context, assumptions)
            case _:
                self.report("option-wrong", place)
                return self.refused(node, context)

    # ── arithmetic ───────────────────────────────────────────────────────────────────────────────

    def _negative(self, x: t.Term, node: n.Node, context: FormulaContext) -> t.Term:
        if unknown(x):
            return x
        if isinstance(x, t.Fixed) and isinstance(x.value, Fraction):
            bounds = Bounds(-x.value, -x.value)
            return evolve(x, value=-x.value, facts=evolve(x.facts, bounds=bounds), place=context.place_of(node))
        return t.Negated(
            facts=evolve(x.facts, bounds=negated_bounds(x.facts.bounds)), place=context.place_of(node), operand=x
        )

    def _arithmetic(self, node: n.Arithmetic, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        if node.operator == "**":
            return self._power(node, context, assumptions)
        left, right = self.number(node.left, context, assumptions), self.number(node.right, context, assumptions)
        if unknown(left) or unknown(right):
            return self.refused(node, context)
        if node.operator in "+-":
            return self.added(left, right, node.operator == "-", node, context, assumptions)
        if node.operator == "*":
            facts = Facts(
                product(left.facts.type, right.facts.type),
                left.facts.may_miss or right.facts.may_miss,
                multiply_bounds(left.facts.bounds, right.facts.bounds),
            )
            return self._narrowed(
                t.Product(facts=facts, place=context.place_of(node), left=left, right=right), assumptions
            )
        return self.divided(left, right, node.right, node, context, assumptions, context.zero_is_missing)

    def added(
        self, left: t.Term, right: t.Term, minus: bool, node: n.Node, context: FormulaContext, assumptions: Assumptions
    ) -> t.Term:
        """left + right, or left - right."""
        type_ = self.alike((left, right), (node, node), node, context)
        if type_ is None:
            return self.refused(node, context)
        literal = type_.money == 0 and (left.facts.type.literal or right.facts.type.literal)
        other = negated_bounds(right.facts.bounds) if minus else right.facts.bounds
        facts = Facts(
            evolve(type_, literal=literal),
            left.facts.may_miss or right.facts.may_miss,
            add_bounds(left.facts.bounds, other),
        )
        found = t.Sum(facts=facts, place=context.place_of(node), left=left, right=right, minus=minus)
        return self._narrowed(found, assumptions)

    def _narrowed(self, term: t.Term, assumptions: Assumptions) -> t.Term:
        """Tighten the bounds of a sum or product by facts, where there are facts or quotients to use."""
        if not assumptions.facts and not self.term_facts.has_quotient(term):
            return term
        return evolve(term, facts=evolve(term.facts, bounds=self.term_facts.proved_bounds(term, assumptions)))

    def divided(
        self, left: t.Term, right: t.Term, divisor: n.Node, node: n.Node, context: FormulaContext,
        assumptions: Assumptions, missing_at_zero: bool,
    ) -> t.Term:  # fmt: skip
        """left / right; a divisor that may be 0 is an error, or makes the quotient missing."""
        sign = self.term_facts.divisor_sign(right, assumptions)
        guarded = sign == 0 and missing_at_zero
        if sign == 0 and not guarded and not assumptions.impossible:
            self._may_be_zero(left, right, divisor, context)
            return self.refused(node, context)
        bounds = right.facts.bounds
        if sign == 0:
            sign = 1 if _at_least_zero(bounds) else -1 if bounds.high is not None and bounds.high <= 0 else 2
        type_ = quotient(left.facts.type, right.facts.type)
        may_miss = guarded or left.facts.may_miss or right.facts.may_miss
        facts = Facts(type_, may_miss, divide_bounds(left.facts.bounds, bounds))
        found = t.Quotient(facts=facts, place=context.place_of(node), left=left, right=right, missing_at_zero=guarded)
        self.term_facts.note_sign(found, sign)
        if sign == 2:
            proved = self.term_facts.bounds_by_step(left, right)
        else:
            proved = self.term_facts.proved_bounds(found, assumptions)
        return evolve(found, facts=evolve(facts, bounds=proved))

    def _may_be_zero(self, left: t.Term, right: t.Term, divisor: n.Node, context: FormulaContext) -> None:
        """Report a divisor that is not proved different from 0, with the condition that would prove it."""
        text = context.place_of(divisor).text
        begins_at_zero = _at_least_zero(right.facts.bounds)
        an_input = isinstance(right, t.Read) and right.name in self.symbols.inputs and begins_at_zero
        self.report(
            "divisor-zero", context.place_of(divisor), variant="input" if an_input else "", text=text,
            guard=f"{text} > 0" if begins_at_zero else f"{text} != 0", span=self.span(right.facts),
            pair=f"{left.place.text if left.place else 'a'}, {text}",
            others=self.declared_at(sorted(names_in_term(right))),
        )  # fmt: skip

    def _power(self, node: n.Arithmetic, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        base = self.number(node.left, context, assumptions)
        exponent = node.right
        if unknown(base) or not isinstance(exponent, n.Number):
            return self.refused(node, context)
        times = int(exponent.value)
        bounds = power_bounds(base.facts.bounds, times) if times else Bounds(Fraction(1), Fraction(1))
        type_ = evolve(base.facts.type, money=base.facts.type.money * times)
        facts = Facts(type_, base.facts.may_miss, bounds)
        return t.Power(facts=facts, place=context.place_of(node), operand=base, exponent=times)

    # ── conditions and choices ───────────────────────────────────────────────────────────────────

    def alike(
        self,
        terms: tuple[t.Term, ...],
        nodes: tuple[n.Node, ...],
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
            self.report(
                str(found.clash), context.place_of(node), left=self._said(live[i]), right=self._said(live[j]),
                variant="percent" if percent else "",
                left_word=self._sort(live[i], str(found.clash)), right_word=self._sort(live[j], str(found.clash)),
            )  # fmt: skip
            return None
        self._percent_of_whole(live)
        return None if found.type.kind is Kind.UNKNOWN else found.type

    def _percent_of_whole(self, terms: Sequence[t.Term]) -> None:
        """Warn of a percentage compared with, added to or put in place of a number out of 100; and of 60 for 60%."""
        shares = [x for x in terms if x.facts.type.percent]
        number = next((x for x in terms if shares and counts_beyond_shares(x, self.symbols)), None)
        for share in shares if number is not None else ():
            if number is not None and not (isinstance(share, t.Fixed) and share.value == 0):
                self.percent_beside(share, self._said(number), number.facts)
        for constant in terms if shares else ():
            value = constant.value if isinstance(constant, t.Fixed) else None
            if isinstance(value, Fraction) and not constant.facts.type.percent and abs(value) > MOST_OF_A_SHARE:
                said = self._said(constant)
                self.report("percent-scale", constant.place, variant="whole", name=self._said(shares[0]), text=said,
                            value=show_number(value / 100))  # fmt: skip

    def percent_beside(self, constant: t.Term, name: str, facts: Facts) -> None:
        """Warn of a percentage beside a number whose values go far beyond 1."""
        text = self._said(constant)
        if not text.endswith("%") or not isinstance(constant, t.Fixed):
            self.report("percent-scale", constant.place, variant="name", name=name, span=self.span(facts), text=text)
            return
        self.report("percent-scale", constant.place, name=name, span=self.span(facts), text=text,
                    number=text.strip("%"), value=show_number(constant.facts.bounds.low or Fraction(0)))  # fmt: skip

    def _said(self, term: t.Term) -> str:
        return term.place.text if term.place is not None else "?"

    def _sort(self, term: t.Term, clash: str) -> str:
        return term.facts.type.unit or "-" if clash == "unit-mixed" else self.kind(term)

    def _comparison(self, node: n.Comparison, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        terms = tuple(self.read(x, context, assumptions) for x in node.operands)
        if any(map(unknown, terms)) or self.alike(terms, node.operands, node, context) is None:
            return self.refused(node, context)
        place = context.place_of(node)
        parts: list[t.Term] = []
        for operator, left, right in zip(node.operators, terms, terms[1:], strict=False):
            kind = left.facts.type.kind
            if operator not in ("==", "!=") and kind not in ORDERED:
                self.report("order-needed", place, kind_word=self.kind(left), operator=operator)
                return self.refused(node, context)
            if kind is Kind.CATEGORY:
                self._check_words(left, right)
            facts = Facts(BOOLEAN, left.facts.may_miss or right.facts.may_miss)
            parts.append(t.Compared(facts=facts, place=place, operator=operator, left=left, right=right))
        if len(parts) == 1:
            return parts[0]
        facts = Facts(BOOLEAN, any(x.facts.may_miss for x in parts))
        return t.Every(facts=facts, place=place, operands=tuple(parts), chain=True)

    def _check_words(self, left: t.Term, right: t.Term) -> None:
        """A category compared with a word that it cannot be is always different: a typing error."""
        for category, constant in ((left, right), (right, left)):
            if isinstance(constant, t.Fixed) and isinstance(constant.value, str):
                self.check_word(constant.value, constant, category)

    def check_word(self, text: str, at: t.Term, category: t.Term) -> None:
        """Note a word that a category is compared with, and whether it can take it here."""
        values = category.facts.type.values
        if isinstance(category, t.Fixed):  # a constant proves nothing but itself
            values = frozenset({text}) if category.value == text else None
        if values is not None and at.place is not None:
            name = category.name if isinstance(category, t.Read) else self._said(category)
            self.symbols.words.look("word-impossible", at.place, text, values, name)

    def _membership(self, node: n.Membership, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        operand = self.read(node.operand, context, assumptions)
        members = tuple(self.read(x, context, assumptions) for x in node.members)
        if any(map(unknown, (operand, *members))):
            return self.refused(node, context)
        if self.alike((operand, *members), (node.operand, *node.members), node, context) is None:
            return self.refused(node, context)
        for member in members:
            if isinstance(member, t.Fixed) and isinstance(member.value, str):
                self.check_word(member.value, member, operand)
        constants = tuple(x.value for x in members if isinstance(x, t.Fixed))
        facts = Facts(BOOLEAN, operand.facts.may_miss)
        found = t.IsIn(facts=facts, place=context.place_of(node), operand=operand, members=constants)
        return t.IsNot(facts=facts, place=context.place_of(node), operand=found) if node.negated else found

    def _connected(
        self,
        parts: tuple[n.Expression, ...],
        both: bool,
        node: n.Node,
        context: FormulaContext,
        assumptions: Assumptions,
    ) -> t.Term:
        found: list[t.Term] = []
        for part in parts:
            term = self.condition(part, context, assumptions)
            found.append(term)
            if not unknown(term):
                assumptions = self.term_facts.assume(term, both, assumptions)
        if any(map(unknown, found)):
            return self.refused(node, context)
        kind = t.Every if both else t.Some
        return kind(facts=Facts(BOOLEAN), place=context.place_of(node), operands=tuple(found))

    def _choice(self, node: n.If, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        condition = self.condition(node.condition, context, assumptions)
        yes = no = assumptions
        if not unknown(condition):
            yes = self.term_facts.assume(condition, True, assumptions)
            no = self.term_facts.assume(condition, False, assumptions)
        then, otherwise = self.read(node.then, context, yes), self.read(node.otherwise, context, no)
        if any(map(unknown, (condition, then, otherwise))):
            return self.refused(node, context)
        type_ = self.alike((then, otherwise), (node.then, node.otherwise), node, context)
        if type_ is None:
            return self.refused(node, context)
        live = [x for x, s in ((then, yes), (otherwise, no)) if not s.impossible] or [then, otherwise]
        facts = Facts(type_, any(x.facts.may_miss for x in live), self.hull_of(tuple(live)))
        place = context.place_of(node)
        return t.Choice(facts=facts, place=place, condition=condition, then=then, otherwise=otherwise)

    def hull_of(self, terms: tuple[t.Term, ...]) -> Bounds:
        """The bounds around several terms; the literal `missing` has none of its own."""
        live = [x for x in terms if not (isinstance(x, t.Fixed) and x.value is None)]
        found = live[0].facts.bounds if live else Bounds(Fraction(0), Fraction(0))
        for x in live[1:]:
            found = hull(found, x.facts.bounds)
        return found


def _at_least_zero(bounds: Bounds) -> bool:
    return bounds.low is not None and bounds.low >= 0
