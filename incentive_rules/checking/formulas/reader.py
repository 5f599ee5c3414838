"""From the syntax of a formula to its meaning: names resolved, types, missing values and bounds decided.

Each branch is read under its own assumptions, so that a guard proves what it guards. A part that is
refused becomes an unknown term, which starts no second finding.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from ...base.diagnostics import Other
from ...base.limits import DEFAULT_LIMITS
from ...base.numbers import show_number
from ...base.words import both
from ...lang import nodes as n
from ...lang.functions import CHINESE
from ...lang.made_names import MadeName
from ...lang.types import UNKNOWN, Facts, Kind
from ...model import terms as t
from ...model.levels import EVERYONE, Level
from ..names.symbols import Symbols
from ..ranges.prover import Assumptions
from .context import FormulaContext
from .premises import Premises

UNKNOWN_FACTS = Facts(UNKNOWN)
MOST_LEVELS = 170  # of a term, the author's functions written out; the parser allows 150 in one formula


def unknown(term: t.Term) -> bool:
    return term.facts.type.kind is Kind.UNKNOWN


NodeReader = Callable[["FormulaReader", n.Expression, FormulaContext, Assumptions], t.Term]


class FormulaReader:
    """Reads formulas against one table of symbols; what is wrong with one is reported, and its term is unknown.

    `read_node` reads one node, and asks the reader for its parts (`read_node.read_node`). `premises` are what `require`
    makes known of rows. `parts` counts the parts of all formulas so far, what is called or repeated written out.
    """

    def __init__(self, symbols: Symbols, read_node: NodeReader, most_parts: int = DEFAULT_LIMITS.parts) -> None:
        self.symbols = symbols
        self.term_facts = symbols.term_facts
        self.report = symbols.findings.report
        self.premises = Premises(symbols)
        self.parts = 0
        self._read_node = read_node
        self._most_parts = most_parts
        self._depth = 0
        self._heights: dict[int, tuple[t.Term, int]] = {}  # the term is held, so that its id stays its own

    # ── entrances ────────────────────────────────────────────────────────────────────────────────

    def read(self, node: n.Expression, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        """The term of `node`, with all that the assumptions say of it."""
        if self._depth >= MOST_LEVELS:
            return self.too_large(node, context)
        if not self.spend(1, context):
            return self.refused(node, context)
        self._depth += 1
        found = self._read_node(self, node, context, assumptions)
        self._depth -= 1
        if unknown(found):
            return found
        found = self.term_facts.refined(found, assumptions)
        return found if self._height(found) else self.too_large(node, context)

    def _height(self, term: t.Term) -> bool:
        """Note how deep a term is; false where it is too deep, functions written out."""
        levels = 1 + max((self._heights.get(id(x), (x, 0))[1] for x in t.operands(term)), default=0)
        self._heights[id(term)] = (term, levels)
        return levels <= MOST_LEVELS

    def too_large(self, node: n.Node, context: FormulaContext) -> t.Term:
        """Report that a formula, functions written out, is too deep."""
        self.report("too-large", context.formula.place, name=context.owner)
        return self.refused(node, context)

    def spend(self, parts: int, context: FormulaContext) -> bool:
        """Count parts of formulas and rows of tables; false, and said once, where all are used up."""
        before, self.parts = self.parts, self.parts + parts
        if before <= self._most_parts < self.parts:
            self.report(
                "too-large", context.formula.place, variant="all", name=context.owner, most=str(self._most_parts)
            )
        return self.parts <= self._most_parts

    def condition(self, node: n.Expression, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        """A term that is true or false, never missing; anything else is reported."""
        found = self.read(node, context, assumptions)
        if unknown(found):
            return found
        if found.facts.type.kind is not Kind.BOOLEAN:
            self.report("condition-needed", context.place_of(node), kind_word=self.kind_word(found))
            return self.refused(node, context)
        if found.facts.may_miss:
            names, place = self.missing_names(found), context.place_of(node)
            self.report(
                "condition-missing", place, variant="" if names else "text", names=", ".join(f"`{x}`" for x in names),
                name=names[0] if names else "x", text=place.text, others=self.declared_at(names),
            )  # fmt: skip
            return self.refused(node, context)
        return found

    def number(self, node: n.Expression, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        """A term that is a number; anything else is reported."""
        found = self.read(node, context, assumptions)
        if not unknown(found) and found.facts.type.kind is not Kind.NUMBER:
            self.report("number-needed", context.place_of(node), kind_word=self.kind_word(found))
            return self.refused(node, context)
        return found

    def refused(self, node: n.Node, context: FormulaContext) -> t.Term:
        """What stands for a part that was reported."""
        return t.Fixed(facts=UNKNOWN_FACTS, place=context.place_of(node), value=Fraction(0))

    # ── words for messages ───────────────────────────────────────────────────────────────────────

    def kind_word(self, term: t.Term) -> str:
        """The kind of a value as messages name it: an amount is `money`."""
        return "money" if term.facts.type.is_money else str(term.facts.type.kind)

    def missing_names(self, term: t.Term) -> list[str]:
        """The names in a term that may be missing, as the author would look for them."""
        return sorted({x.name for x in t.walk(term) if isinstance(x, t.Read) and x.facts.may_miss})

    def declared_at(self, names: list[str]) -> tuple[Other, ...]:
        """Where the first three of these names are defined."""
        found = [self.symbols.names.get(MadeName.VALUE.inside(x)) for x in names[:3]]
        return tuple(Other(known.place) for known in found if known is not None)

    def span(self, facts: Facts) -> str:
        """Between which values a term lies, as an author would write it: `[0, 50]`, or two days."""
        ends = (facts.bounds.low, facts.bounds.high)
        low, high = ("…" if end is None else shown_end(end, facts.type.kind) for end in ends)
        return f"[{low}, {high}]"


def spelled(name: str) -> str:
    """A function or an option as messages name it, in the language of the report."""
    return both(name, CHINESE.get(name, name))


def level_word(level: Level) -> str:
    """A level as a message names it: the table, the group, or the people."""
    if level == EVERYONE:
        return both("everyone", "全体")
    return level[0] if level else both("people", "人员")


def shown_end(end: Fraction, kind: Kind) -> str:
    """A bound or an edge in a message; days count from the first of year 1."""
    return date.fromordinal(int(end)).isoformat() if kind is Kind.DATE else show_number(end)


def names_in_term(term: t.Term) -> set[str]:
    """The names that a term reads."""
    return {part.name for part in t.walk(term) if isinstance(part, t.Read)}
