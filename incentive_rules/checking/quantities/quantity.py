"""Checks each named quantity: reads its body, adjusts it, types it as its role demands, and rounds it."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.periods import Period
from ...base.places import Place
from ...lang.keywords import as_spelled
from ...lang.made_names import MadeName
from ...lang.nodes import Name
from ...lang.types import Bounds, Facts, Kind, Type
from ...model import scheme as s
from ...model import terms as t
from ...model.checked import CheckedQuantity
from ...model.scheme import SCORES
from ..formulas.context import FormulaContext
from ..formulas.lookups import look_up_term
from ..formulas.named_values import named_value, report_unknown_name
from ..formulas.reader import names_in_term, unknown
from ..formulas.rounding import SCORE_DECIMALS, ExactDecimals, rounded_bounds
from ..formulas.type_rules import amounts_multiplied, can_be_money
from ..names.constants import day_number, number_of
from ..names.tables import LookupTable, read_body
from ..ranges.bounds import hull, tighter
from ..ranges.prover import Assumptions
from .adjustments import adjusted_term
from .direction import check_direction
from .due import is_due
from .grades_by_rank import distribution_term
from .honors import honor_term
from .means import weighted_mean_term
from .min_rows import missing_below, over_details
from .pools import pool_term
from .quantity_formulas import QuantityFormulas
from .recorded import recorded

KIND_OF = {
    "number": Kind.NUMBER, "integer": Kind.NUMBER, "money": Kind.NUMBER, "boolean": Kind.BOOLEAN,
    "category": Kind.CATEGORY, "date": Kind.DATE, "time": Kind.TIME, "key": Kind.KEY,
}  # fmt: skip


class QuantityChecker:
    """Checks quantities one by one, in computing order; each joins the symbols that the next ones may read."""

    def __init__(self, formulas: QuantityFormulas, period: Period | None) -> None:
        self.formulas = formulas
        self.reader = formulas.reader
        self.symbols = formulas.symbols
        self.report = formulas.report
        self.period = period
        self.decimals = ExactDecimals(self.symbols.inputs, self.symbols.quantities)
        self._read_tables: dict[tuple[int, bool, str | None], LookupTable] = {}

    def check(self, quantity: s.Quantity) -> None:
        """Check one quantity; if it is good, it joins the symbols."""
        condition, assumptions = None, self.formulas.base(quantity)
        if isinstance(quantity.when, s.Formula):
            condition = self.formulas.condition(quantity.when, quantity)
            if condition is None or unknown(condition):
                return
            assumptions = self.reader.term_facts.assume(condition, True, assumptions)
        elif quantity.when is not None:
            return
        term = self._body(quantity, assumptions)
        if term is None or unknown(term):
            return
        after = adjusted_term(self.formulas, term, quantity, assumptions)
        if after is not None:
            self._join(quantity, after, condition, assumptions)

    # ── bodies ───────────────────────────────────────────────────────────────────────────────────

    def _body(self, quantity: s.Quantity, assumptions: Assumptions) -> t.Term | None:
        body = quantity.body
        if isinstance(body, s.Formula):
            if quantity.role is s.Role.ENTITLEMENT and quantity.type == "boolean":
                return self.formulas.condition(
                    body, quantity
                )  # nothing but its `when`, which may not be missing either
            return self._with_rows(quantity, self.formulas.formula(body, quantity, assumptions))
        if isinstance(body, s.TableOf):
            return self._table(quantity, body)
        if isinstance(body, s.WeightedMean):
            return weighted_mean_term(self.formulas, quantity, body)
        if isinstance(body, s.Pool):
            return pool_term(self.formulas, quantity, body)
        if isinstance(body, s.Honor):
            return honor_term(self.formulas, quantity, body)
        if isinstance(body, s.Distribution):
            return distribution_term(self.formulas, quantity, body)
        if isinstance(body, s.Recorded):
            return recorded(self.formulas, quantity, body)
        return None

    def _with_rows(self, quantity: s.Quantity, term: t.Term | None) -> t.Term | None:
        """What an indicator measures, missing where it has fewer rows than its `min_rows`."""
        about = quantity.indicator
        if quantity.role is not s.Role.MEASURED or about is None or not about.min_rows or term is None or unknown(term):
            return term
        levels = self.symbols.levels
        if not any(over_details(x, levels) for x in t.walk(term)):
            name = MadeName.VALUE.inside(quantity.name)
            self.report("min-rows-none", self._body_place(quantity), name=name)
        return missing_below(term, about.min_rows, levels, quantity.place)

    def _table(self, quantity: s.Quantity, body: s.TableOf) -> t.Term | None:
        lookup = self._lookup(quantity, body.table)
        known = self.symbols.names.get(body.argument)
        if not lookup.grids or known is None:
            if known is None:
                at = body.place or body.table.place
                lost = s.Formula(body.argument, None, at, ())
                report_unknown_name(self.reader, body.argument, at, FormulaContext(formula=lost, owner=quantity.name))
            return None
        formula = s.Formula(
            body.argument, None, body.table.place, tuple([body.table.place.start] * (len(body.argument) + 1))
        )
        context = FormulaContext(formula=formula, owner=quantity.name, level=self.formulas.level(quantity))
        node = Name(body.argument, start=0, end=1)  # stands for the whole of a table written in place
        argument = named_value(self.reader, body.argument, node, context)
        if unknown(argument) or body.give not in lookup.grids:
            return None
        if quantity.indicator is not None and quantity.role is s.Role.SCORE:
            check_direction(quantity, body.table, lookup.grids[body.give], self.report)
        return look_up_term(self.reader, lookup, body.give, (argument,), (node,), node, context)

    def _lookup(self, quantity: s.Quantity, table: s.TableBody) -> LookupTable:
        """Reads a table; grades with several outputs share one, which is read once."""
        money = quantity.type == "money" or quantity.role is s.Role.PAY
        key = (id(table), money, quantity.unit)
        if key not in self._read_tables:
            findings = self.symbols.findings
            self._read_tables[key] = read_body(quantity.name, table, 1, money, findings, table.place, quantity.unit)
        return self._read_tables[key]

    # ── the name itself ──────────────────────────────────────────────────────────────────────────

    def _join(self, quantity: s.Quantity, term: t.Term, condition: t.Term | None, assumptions: Assumptions) -> None:
        type_ = self._type(quantity, term)
        if type_ is None:
            return
        # Whoever reads the name is told what is proved where the name is defined: that oneself is counted, say.
        counted = isinstance(term, t.Aggregate) and type_.kind is Kind.NUMBER
        bounds = self.reader.term_facts.proved_bounds(term, assumptions) if counted else term.facts.bounds
        facts = evolve(term.facts, type=type_, bounds=bounds)
        if not self._present(quantity, term, facts):
            return
        decimals, rounding = None, quantity.rounding or self.symbols.scheme.rounding
        rounds = False
        if type_.kind is Kind.NUMBER:
            decimals, rounds = self._decimals(quantity, term, type_)
            paid = quantity.role in (s.Role.PAY, s.Role.RESULT)  # rounded to the currency, once there is one
            if quantity.rounding is not None and not rounds and not paid and not isinstance(quantity.body, s.Pool):
                self._useless(quantity, ["rounding"], "exact")
            if decimals is not None:
                facts = evolve(facts, bounds=rounded_bounds(facts.bounds, decimals, rounding))
        else:
            said = {"decimals": quantity.decimals, "rounding": quantity.rounding, "unit": quantity.unit}
            self._useless(quantity, [key for key, value in said.items() if value is not None], "kind", type_.kind)
        declared = self._declared(quantity, type_.kind)
        proved = True
        if declared is not None:
            proved = _within(facts.bounds, declared)
            facts = evolve(facts, bounds=tighter(facts.bounds, declared))
        if type_.kind is Kind.NUMBER and not facts.bounds.closed:
            names = sorted(_unbounded(term))
            alone = "measured" if quantity.role is s.Role.MEASURED else ""
            self.report("range-unbounded", quantity.place, name=quantity.name, cause=names[0] if names else "",
                        variant="cause" if names else alone, others=self.reader.declared_at(names))  # fmt: skip
            return
        due = is_due(quantity.every, self.period, self.symbols.scheme.year_starts)
        if condition is not None or not due:
            facts = self._where_not(quantity, facts)
        found = CheckedQuantity(
            quantity,
            self.formulas.level(quantity),
            term,
            facts,
            decimals,
            rounding,
            condition,
            proved,
            due,
            rounds,
        )
        self.symbols.quantities[quantity.name] = found
        term_facts = self.reader.term_facts
        term_facts.declare(quantity.name, facts, decimals)
        if condition is None and due:
            term_facts.meanings[quantity.name] = term

    def _where_not(self, quantity: s.Quantity, facts: Facts) -> Facts:
        """Where its condition fails a pay line is 0, a boolean entitlement false, anything else missing."""
        if quantity.role is s.Role.PAY:
            return evolve(facts, bounds=hull(facts.bounds, Bounds(Fraction(0), Fraction(0))))
        if quantity.role is s.Role.HONOR:
            return facts
        return evolve(facts, may_miss=True)

    def _type(self, quantity: s.Quantity, term: t.Term) -> Type | None:
        """The type of the name, as declared or inferred; None and reported where they disagree."""
        found = term.facts.type
        place = self._body_place(quantity)
        wanted = "money" if quantity.role in (s.Role.PAY, s.Role.RESULT) else quantity.type
        if quantity.role in SCORES:
            wanted = "number"
        if wanted is not None and KIND_OF.get(wanted, found.kind) is not found.kind:
            code = "number-needed" if KIND_OF.get(wanted) is Kind.NUMBER else "kind-needed"
            self.report(code, place, kind_word=str(found.kind), wanted_word=wanted, name=quantity.name)
            return None
        if found.kind is not Kind.NUMBER:
            return found
        if found.money not in (0, 1):
            self._not_money(quantity, term, place)
            return None
        if quantity.unit and found.unit and quantity.unit != found.unit:
            self.report("unit-mixed", place, left=quantity.name, right=place.text, left_word=quantity.unit,
                        right_word=found.unit)  # fmt: skip
            return None
        if wanted == "money":
            if not can_be_money(found):
                variant = "percent" if found.percent else ""
                self.report("money-needed", place, variant=variant, name=quantity.name, text=place.text)
                return None
            return evolve(found, money=1, literal=False, whole=False, unit=quantity.unit)
        if wanted in ("number", "integer") and found.money == 1:
            self.report("plain-needed", place, name=quantity.name)
            return None
        if wanted == "integer" and not found.whole and quantity.decimals != 0:
            self.report("integer-needed", place, name=quantity.name)
            return None
        return evolve(found, literal=False, unit=quantity.unit or found.unit)

    def _not_money(self, quantity: s.Quantity, term: t.Term, place: Place) -> None:
        product = amounts_multiplied(term)
        rates = next((x for x in t.walk(term) if isinstance(x, t.LookUp) and x.facts.type.money > 1), None)
        if product is None or rates is not None:
            variant = "per-money" if rates is None else "slices"
            table = "" if rates is None else rates.table
            self.report("money-times-money", place, name=quantity.name, variant=variant, table=table)
            return
        left, right = product
        sides = [side.place.text if side.place else quantity.name for side in product]
        named = sorted(names_in_term(left) | names_in_term(right))
        amounts = [x for x in named if x in self.symbols.quantities and self.symbols.quantities[x].facts.type.is_money]
        self.report("money-times-money", place, left=sides[0], right=sides[1], others=self.reader.declared_at(amounts))

    def _body_place(self, quantity: s.Quantity) -> Place:
        body = quantity.body
        if isinstance(body, s.Formula):
            return body.place
        return body.table.place if isinstance(body, s.TableOf) else quantity.place

    def _present(self, quantity: s.Quantity, term: t.Term, facts: Facts) -> bool:
        """A pay line may never be missing."""
        if quantity.role not in (s.Role.PAY, s.Role.RESULT) or not facts.may_miss:
            return True
        names = self.reader.missing_names(term)
        path = self._missing_path(names[0]) if names else []
        of_rows = [x.place.text for x in t.walk(term) if isinstance(x, t.Aggregate) and x.facts.may_miss and x.place]
        text = of_rows[0] if of_rows and not names else ""
        self.report(
            "missing-unhandled", self._missing_place(term, names) or self._body_place(quantity), text=text, mended=text,
            name=names[0] if names else quantity.name, owner=quantity.name,
            variant="through" if path else "day" if self._is_day(names) else "rows" if text else "",
            path=" ← ".join(f"`{x}`" for x in path), cause=path[-1] if path else "",
            others=self.reader.declared_at([*names[:1], *path]),
        )  # fmt: skip
        return False

    def _is_day(self, names: list[str]) -> bool:
        found = self.symbols.inputs.get(names[0]) if names else None
        return found is not None and found.facts.type.kind is Kind.DATE

    def _missing_path(self, name: str) -> list[str]:
        """The names behind `name` that make it missing, one leading to the next, the cause last."""
        found: list[str] = []
        while name in self.symbols.quantities and len(found) < 8:
            behind = self.reader.missing_names(self.symbols.quantities[name].term)
            if not behind or behind[0] in found:
                break
            name = behind[0]
            found.append(name)
        return found

    def _missing_place(self, term: t.Term, names: list[str]) -> Place | None:
        found = (x for x in t.walk(term) if isinstance(x, t.Read) and names and x.name == names[0])
        return next((x.place for x in found), None)

    def _useless(self, quantity: s.Quantity, keys: list[str], variant: str, kind: Kind = Kind.NUMBER) -> None:
        """Report what is written of a value and does nothing: somebody would trust it."""
        if keys:
            spelled = "`, `".join(as_spelled(key, self.symbols.scheme.keyword_language) for key in keys)
            self.report("key-useless", quantity.place, variant=variant, key=spelled, name=quantity.name,
                        kind_word=str(kind))  # fmt: skip

    def _decimals(self, quantity: s.Quantity, term: t.Term, type_: Type) -> tuple[int | None, bool]:
        """The places of the name, None for an exact one; and whether it is rounded to them.

        They are as declared, else what its role brings, else those that write every exact value.
        """
        declared = self._declared_decimals(quantity, type_)
        return (self.decimals.of(term), False) if declared is None else (declared, True)

    def _declared_decimals(self, quantity: s.Quantity, type_: Type) -> int | None:
        declared = quantity.decimals
        if isinstance(declared, int):
            limit = self.formulas.currency_decimals
            if quantity.role is s.Role.PAY and limit is not None and declared > limit:
                self.report(
                    "pay-decimals",
                    quantity.place,
                    name=quantity.name,
                    currency=self.symbols.scheme.currency or "",
                    places=str(limit),
                )
            return declared
        if declared is not None and quantity.role is s.Role.PAY:
            currency, limit = self.symbols.scheme.currency or "", self.formulas.currency_decimals
            self.report("pay-decimals", quantity.place, name=quantity.name, currency=currency, places=str(limit))
        if declared is None:
            if quantity.role in SCORES:
                return SCORE_DECIMALS
            if type_.money == 1 and self.formulas.currency_decimals is not None:
                return self.formulas.currency_decimals
        if quantity.role in (s.Role.PAY, s.Role.RESULT):
            return self.formulas.currency_decimals
        return None

    def _declared(self, quantity: s.Quantity, kind: Kind) -> Bounds | None:
        if quantity.low is None and quantity.high is None:
            return None
        for end in (quantity.low, quantity.high):
            found = Kind.NUMBER if end is None or day_number(end.text) is None else Kind.DATE
            if end is not None and found is not kind and not (kind is Kind.TIME and found is Kind.DATE):
                self.report("kinds-mixed", end.place, variant="range", left=quantity.name, right=end.text,
                            left_word=str(kind), right_word=str(found))  # fmt: skip
                return None
        low, high = number_of(quantity.low), number_of(quantity.high)
        if low is not None and high is not None and low > high:
            self.report("range-empty", quantity.low.place if quantity.low else quantity.place, name=quantity.name)
            return None
        return Bounds(low, high)


def _within(inner: Bounds, outer: Bounds) -> bool:
    low = outer.low is None or (inner.low is not None and inner.low >= outer.low)
    return low and (outer.high is None or (inner.high is not None and inner.high <= outer.high))


def _unbounded(term: t.Term) -> set[str]:
    reads = (x for x in t.walk(term) if isinstance(x, t.Read) and x.facts.type.kind is Kind.NUMBER)
    return {x.name for x in reads if not x.facts.bounds.closed}
