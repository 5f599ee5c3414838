"""What pools, honours and grades by rank have in common: groups, counts, places in an order, and lines in it.

Ranks and counts are aggregates over people; a quota is a comparison of a rank with a number of places. So
engines know two steps, to rank and to share, and nothing of honours or grades.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.numbers import Rounding
from ...base.places import Place
from ...lang.types import BOOLEAN, PLAIN, WHOLE, Bounds, Facts
from ...model import scheme as s
from ...model import terms as t
from ...model.checked import Guard
from ...model.levels import PERSON, Level, most_rows
from ..formulas.context import FormulaContext
from ..formulas.reader import level_word, unknown
from ..formulas.rounding import rounded_bounds
from ..names.level_inference import group_level
from .own_formulas import QuantityFormulas

NONE, ALL = Fraction(0), Fraction(1)


def fixed(value: Fraction | bool | None, place: Place) -> t.Fixed:
    """A constant that stands in no formula."""
    if isinstance(value, bool):
        return t.Fixed(facts=Facts(BOOLEAN), place=place, value=value)
    if value is None:
        return t.Fixed(facts=Facts(PLAIN, True, Bounds(NONE, NONE)), place=place, value=None)
    return t.Fixed(facts=Facts(PLAIN, bounds=Bounds(value, value)), place=place, value=value)


class Sharing(QuantityFormulas):
    """Reads the bodies that look at several rows; what must hold so that they have an answer joins `guards`."""

    guards: list[Guard]
    currency_decimals: int | None

    def group(self, word: str, place: Place) -> Level | None:
        """The level of a group named in the document; None, and reported, where it is none."""
        level = group_level(word, self.symbols)
        if level is None:
            self.calls.group_unknown(word, place)
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
        found = self.calls.read(formula.expression, context, self.premises.base(level))
        return None if unknown(found) else found

    def condition_at(self, formula: object, quantity: s.Quantity, level: Level) -> tuple[t.Term | None, bool]:
        """A condition at a level, None where there is none; and whether it, if written, is sound."""
        if formula is None:
            return None, True
        if not isinstance(formula, s.Formula) or formula.expression is None:
            return None, False
        context = FormulaContext(formula=formula, owner=quantity.name, level=level)
        found = self.calls.condition(formula.expression, context, self.premises.base(level))
        return found, not unknown(found)

    def count(self, source: Level, level: Level, where: t.Term | None, place: Place) -> t.Aggregate:
        """How many rows of `source` a row of `level` has."""
        most = Fraction(most_rows(self.symbols.scheme, self.symbols.levels, source, level))
        facts = Facts(WHOLE, bounds=Bounds(NONE, most))
        return t.Aggregate(
            facts=facts, place=place, function="count", source=source, level=level, value=None, where=where
        )

    def place_of(self, keys: tuple[t.Term, ...], group: Level, where: t.Term | None, ties: str, at: Place) -> t.Ranked:
        """The place of each person by these keys, highest first, known where `where` holds."""
        most = Fraction(most_rows(self.symbols.scheme, self.symbols.levels, PERSON, group))
        return t.Ranked(
            facts=Facts(WHOLE, bounds=Bounds(ALL, most)), place=at, source=PERSON, group=group,
            keys=tuple((key, True) for key in keys), where=where, ties=ties,
        )  # fmt: skip

    def part_of(self, count: t.Term, share: Fraction, mode: Rounding, place: Place) -> t.Term:
        """`share` of a count, rounded to a whole number."""
        high = count.facts.bounds.high
        bounds = Bounds(NONE, None if high is None else high * share)
        product = t.Product(facts=Facts(PLAIN, bounds=bounds), place=place, left=count, right=fixed(share, place))
        return rounded_term(product, 0, mode)

    def no_tie(
        self, quantity: s.Quantity, ranked: t.Term, first: t.Term, last: t.Term, line: t.Term, place: Place
    ) -> None:
        """Nobody stands at the line together with somebody beyond it."""
        flag = Facts(BOOLEAN)
        inside = t.Compared(facts=flag, place=place, operator="<=", left=first, right=line)
        beyond = t.Compared(facts=flag, place=place, operator=">", left=last, right=line)
        tied = t.Every(facts=flag, place=place, operands=(ranked, inside, beyond))
        guard = Guard("data-tie", quantity.name, t.IsNot(facts=flag, place=place, operand=tied), PERSON, place)
        if not any(one.code == guard.code and one.place == place for one in self.guards):  # once for all outputs
            self.guards.append(guard)


def rounded_term(term: t.Term, decimals: int, mode: Rounding) -> t.Term:
    """A term in whole steps."""
    bounds = rounded_bounds(term.facts.bounds, decimals, mode)
    type_ = evolve(term.facts.type, whole=decimals == 0 and term.facts.type.money == 0)
    facts = Facts(type_, term.facts.may_miss, bounds)
    return t.Rounded(facts=facts, place=term.place, operand=term, decimals=decimals, mode=mode.value)


def extreme_term(largest: bool, one: t.Term, other: t.Term, place: Place) -> t.Term:
    """The largest, or the smallest, of two whole numbers."""
    (a, b), (c, d) = (
        (one.facts.bounds.low, one.facts.bounds.high),
        (other.facts.bounds.low, other.facts.bounds.high),
    )
    pick = max if largest else min
    bounds = Bounds(None if a is None or c is None else pick(a, c), None if b is None or d is None else pick(b, d))
    return t.Extreme(facts=Facts(WHOLE, bounds=bounds), place=place, largest=largest, operands=(one, other))
