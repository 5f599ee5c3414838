"""The formulas under one quantity: its body, its conditions, its weights and adjustments, each in its context."""

from __future__ import annotations

from ...base.places import Place
from ...lang import nodes as n
from ...lang.made_names import MadeName
from ...model import scheme as s
from ...model import terms as t
from ...model.checked import Guard
from ...model.levels import PERSON, Level
from ..formulas.aggregate_ranges import report_unknown_group
from ..formulas.context import FormulaContext
from ..formulas.named_values import named_value
from ..formulas.reader import FormulaReader, level_word, unknown
from ..names.level_inference import group_level
from ..ranges.prover import Assumptions


class QuantityFormulas:
    """Reads the formulas of quantities, each in the context where it stands.

    What must hold of rows so that a quantity has an answer joins `guards`.
    """

    def __init__(self, reader: FormulaReader, currency_decimals: int | None = None) -> None:
        self.reader = reader
        self.symbols = reader.symbols
        self.premises = reader.premises
        self.report = reader.report
        self.currency_decimals = currency_decimals
        self.guards: list[Guard] = []

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
        return named_value(self.reader, name, n.Name(name, start=0, end=2), context)

    def context(self, quantity: s.Quantity, formula: object) -> FormulaContext | None:
        """Where a formula of `quantity` stands."""
        if not isinstance(formula, s.Formula):
            return None
        measured = MadeName.VALUE.of(quantity.name) if quantity.role is s.Role.SCORE else None
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
        return self.reader.read(formula.expression, context, assumptions)

    def condition(self, formula: s.Formula, quantity: s.Quantity) -> t.Term | None:
        """A condition of `quantity` as a term; one that never holds, or always does, is reported."""
        context = self.context(quantity, formula)
        if context is None or formula.expression is None:
            return None
        found = self.reader.condition(formula.expression, context, self.base(quantity))
        if not unknown(found):
            self._dead(found, formula, quantity)
        return found

    def _dead(self, condition: t.Term, formula: s.Formula, quantity: s.Quantity) -> None:
        """A condition that never holds, or always does, is a gate that nobody needs."""
        base = self.base(quantity)
        for holds, code in ((True, "condition-never"), (False, "condition-always")):
            self._dead_if(holds, condition, formula, quantity, base, code)

    def _dead_if(
        self, holds: bool, condition: t.Term, formula: s.Formula, quantity: s.Quantity, base: Assumptions, code: str
    ) -> None:  # fmt: skip
        fixed = isinstance(condition, t.Fixed)
        if not fixed and self.reader.term_facts.assume(condition, holds, base).impossible:
            self.report(code, formula.place, name=quantity.name, text=formula.text.strip())

    def group(self, word: str, place: Place) -> Level | None:
        """The level of a group named in the document; None, and reported, where it is none."""
        level = group_level(word, self.symbols)
        if level is None:
            report_unknown_group(self.reader, word, place)
            return None
        self.symbols.used.add(word)
        return level

    def group_of_people(self, word: str, place: Place) -> Level | None:
        """The level of a group among whose members people are placed; reported where people do not belong to it."""
        level = self.group(word, place)
        if level is None or self.symbols.levels.is_above(level, PERSON):
            return level
        self.report("within-apart", place, name_word=level_word(level), details_word=level_word(PERSON))
        return None

    def at_level(self, formula: s.Formula, quantity: s.Quantity, level: Level) -> t.Term | None:
        """A formula of `quantity` that stands at another level than its own."""
        if formula.expression is None:
            return None
        context = FormulaContext(formula=formula, owner=quantity.name, level=level)
        found = self.reader.read(formula.expression, context, self.premises.base(level))
        return None if unknown(found) else found

    def condition_at(self, formula: object, quantity: s.Quantity, level: Level) -> tuple[t.Term | None, bool]:
        """A condition at a level, None where there is none; and whether it, if written, is sound."""
        if formula is None:
            return None, True
        if not isinstance(formula, s.Formula) or formula.expression is None:
            return None, False
        context = FormulaContext(formula=formula, owner=quantity.name, level=level)
        found = self.reader.condition(formula.expression, context, self.premises.base(level))
        if not unknown(found):
            # That everybody may take part is often said so.
            self._dead_if(True, found, formula, quantity, self.premises.base(level), "condition-never")
        return found, not unknown(found)
