"""The formulas that a quantity's own lines hold: its body, its conditions, its weights and adjustments."""

from __future__ import annotations

from ...base.places import Place
from ...lang import nodes as n
from ...model import scheme as s
from ...model import terms as t
from ...model.levels import PERSON, Level
from ..formulas.calls import Calls
from ..formulas.context import FormulaContext
from ..formulas.reader import unknown
from ..names.symbols import Symbols
from ..ranges.prover import Assumptions
from .premises import Premises


class QuantityFormulas:
    """Reads the formulas of quantities, each where it stands."""

    def __init__(self, symbols: Symbols, calls: Calls, premises: Premises) -> None:
        self.symbols = symbols
        self.calls = calls
        self.premises = premises
        self.report = symbols.findings.report

    def level(self, quantity: s.Quantity) -> Level:
        """Where a quantity stands."""
        return self.symbols.level_of(quantity.name) or PERSON

    def base(self, quantity: s.Quantity) -> Assumptions:
        """What is known of every row where a quantity stands."""
        return self.premises.base(self.level(quantity))

    def name_in_place(self, name: str, place: Place, owner: str, level: Level = PERSON) -> t.Term:
        """The value of a name that stands in the document by itself, outside of any formula."""
        last = max(place.end - 1, place.start)  # whatever its spelling there, all of it is shown
        formula = s.Formula(name, None, place, (place.start, *([last] * max(len(name), 1))))
        context = FormulaContext(formula=formula, owner=owner, level=level)
        return self.calls.named(name, n.Name(name, start=0, end=2), context)

    def context(self, quantity: s.Quantity, formula: object) -> FormulaContext | None:
        """Where a formula of `quantity` stands."""
        if not isinstance(formula, s.Formula):
            return None
        measured = f"value({quantity.name})" if quantity.role is s.Role.SCORE else None
        return FormulaContext(
            formula=formula, owner=quantity.name, level=self.level(quantity), measured=measured,
            family=self.symbols.families.get(quantity.family) if quantity.family else None, member=quantity.member,
            zero_is_missing=quantity.role is s.Role.MEASURED,
        )  # fmt: skip

    def formula(self, formula: s.Formula | None, quantity: s.Quantity, assumptions: Assumptions) -> t.Term | None:
        """A formula of `quantity` as a term."""
        context = self.context(quantity, formula)
        if context is None or formula is None or formula.expression is None:
            return None
        return self.calls.read(formula.expression, context, assumptions)

    def condition(self, formula: s.Formula, quantity: s.Quantity) -> t.Term | None:
        """A condition of `quantity` as a term; one that never holds, or always does, is reported."""
        context = self.context(quantity, formula)
        if context is None or formula.expression is None:
            return None
        found = self.calls.condition(formula.expression, context, self.base(quantity))
        if not unknown(found):
            self._dead(found, formula, quantity)
        return found

    def _dead(self, condition: t.Term, formula: s.Formula, quantity: s.Quantity) -> None:
        """A condition that never holds, or always does, is a gate that nobody needs."""
        if isinstance(condition, t.Fixed):
            return
        for holds, code in ((True, "condition-never"), (False, "condition-always")):
            if self.calls.term_facts.assume(condition, holds, self.base(quantity)).impossible:
                self.report(code, formula.place, name=quantity.name, text=formula.text.strip())
