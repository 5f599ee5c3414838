"""From the syntax of a formula to its meaning: names resolved, types, missing values and bounds decided.

Each branch is read under its own assumptions, so that a guard proves what it guards. A part that is
refused becomes an unknown term, which starts no second finding.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from fractions import Fraction

from attrs import evolve

from ...base.diagnostics import Other
from ...base.limits import DEFAULT_LIMITS
from ...base.looks import in_latin, lookalike
from ...base.numbers import show_number
from ...base.places import Place
from ...base.words import both
from ...lang import nodes as n
from ...lang.functions import CANONICAL, CHINESE, PART, VALUE
from ...lang.keywords.words import MEMBER
from ...lang.types import KEY, UNKNOWN, Facts, Kind
from ...model import terms as t
from ...model.checked import CheckedInput
from ...model.levels import EVERYONE, PERSON, Level
from ...model.scheme import Family, Input, Literal
from ..names.constants import constant_facts, number_of, read_as
from ..names.symbols import Symbol, Symbols, SymbolSort
from ..ranges.prover import Assumptions
from .context import FormulaContext

UNKNOWN_FACTS = Facts(UNKNOWN)
MOST_LEVELS = 170  # of a term, the author's functions written out; the parser allows 150 in one formula


def unknown(term: t.Term) -> bool:
    return term.facts.type.kind is Kind.UNKNOWN


class FormulaReader(ABC):
    """Reads formulas against one table of symbols."""

    def __init__(self, symbols: Symbols, most_parts: int = DEFAULT_LIMITS.parts) -> None:
        self.symbols = symbols
        self.term_facts = symbols.term_facts
        self.report = symbols.findings.report
        self.parts = 0  # of all formulas so far, what is called or repeated written out
        self._most_parts = most_parts
        self._depth = 0
        self._heights: dict[int, tuple[t.Term, int]] = {}  # the term is held, so that its id stays its own

    # ── entrances ────────────────────────────────────────────────────────────────────────────────

    def read(self, node: n.Expression, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        """The term of `node`, with all that the assumptions say of it."""
        if self._depth >= MOST_LEVELS:
            return self._too_large(node, context)
        if not self.spend(1, context):
            return self.refused(node, context)
        self._depth += 1
        found = self._read(node, context, assumptions)
        self._depth -= 1
        if unknown(found):
            return found
        found = self.term_facts.refined(found, assumptions)
        return found if self._height(found) else self._too_large(node, context)

    def _height(self, term: t.Term) -> bool:
        """Note how deep a term is; false where it is too deep, functions written out."""
        levels = 1 + max((self._heights.get(id(x), (x, 0))[1] for x in t.operands(term)), default=0)
        self._heights[id(term)] = (term, levels)
        return levels <= MOST_LEVELS

    def _too_large(self, node: n.Node, context: FormulaContext) -> t.Term:
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
            self.report("condition-needed", context.place_of(node), kind_word=self.kind(found))
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
            self.report("number-needed", context.place_of(node), kind_word=self.kind(found))
            return self.refused(node, context)
        return found

    def refused(self, node: n.Node, context: FormulaContext) -> t.Term:
        """What stands for a part that was reported."""
        return t.Fixed(facts=UNKNOWN_FACTS, place=context.place_of(node), value=Fraction(0))

    # ── words for messages ───────────────────────────────────────────────────────────────────────

    def kind(self, term: t.Term) -> str:
        return "money" if term.facts.type.is_money else str(term.facts.type.kind)

    def missing_names(self, term: t.Term) -> list[str]:
        """The names in a term that may be missing, as the author would look for them."""
        return sorted({x.name for x in t.walk(term) if isinstance(x, t.Read) and x.facts.may_miss})

    def declared_at(self, names: list[str]) -> tuple[Other, ...]:
        found = [self.symbols.names.get(x.removeprefix("value(").removesuffix(")")) for x in names[:3]]
        return tuple(Other(known.place) for known in found if known is not None)

    def span(self, facts: Facts) -> str:
        """Between which values a term lies, as an author would write it: `[0, 50]`, or two days."""
        ends = (facts.bounds.low, facts.bounds.high)
        low, high = ("…" if end is None else shown_end(end, facts.type.kind) for end in ends)
        return f"[{low}, {high}]"

    # ── nodes ────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def _read(self, node: n.Expression, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        """The term of one node (`operators`)."""

    @abstractmethod
    def call(self, node: n.Call, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        """Read a call of a function, an aggregate or a table (`calls`)."""

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def _name(self, node: n.Name, context: FormulaContext) -> t.Term:
        place = context.place_of(node)
        name = node.name
        if name in context.arguments:
            if name in PART and name in self.symbols.names:
                return self._ambiguous(node, context, "")
            return context.arguments[name]
        if context.family is not None and name in MEMBER and name in self.symbols.names:
            return self._ambiguous(node, context, "member")
        if context.family is not None and context.member is not None and context.function is None:
            found = context.family.resolve(context.member, name)
            if isinstance(found, Literal):
                return self._member_constant(found, place)
            name = found or name
        if name in VALUE and context.measured and name not in self.symbols.names:
            name = context.measured
        return self.named(name, node, context)

    def _ambiguous(self, node: n.Name, context: FormulaContext, variant: str) -> t.Term:
        """A word of ours that is a name of the author's too, where both could be meant."""
        known = self.symbols.names[node.name]
        self.report("word-ambiguous", context.place_of(node), variant=variant, name=node.name, over=context.parts_of,
                    others=(Other(known.place),))  # fmt: skip
        return self.refused(node, context)

    def _member_constant(self, literal: Literal, place: object) -> t.Term:
        for kind in (Kind.NUMBER, Kind.BOOLEAN, Kind.CATEGORY):
            value = read_as(literal, kind)
            if value is not None:
                break
        else:
            value = number_of(literal)
        return t.Fixed(facts=constant_facts(value), place=literal.place, value=value)

    def named(self, name: str, node: n.Node, context: FormulaContext) -> t.Term:
        """The value of a full name where `node` stands."""
        place = context.place_of(node)
        known = self.symbols.names.get(name)
        if known is None:
            self._unknown_name(name, node, context)
            return self.refused(node, context)
        self.symbols.used.add(name)
        if context.function is not None and known.sort in (SymbolSort.INPUT, SymbolSort.QUANTITY):
            self.report("function-reads", place, function=context.function, name=name)
            return self.refused(node, context)
        level = self.symbols.level_of(name)
        if level is not None and not self.symbols.levels.is_above(level, context.level):
            if known.sort in (SymbolSort.INPUT, SymbolSort.GROUP) and (name,) in self.symbols.levels.above(
                context.level
            ):
                return self._group_key(name, place)
            return self._mixed(name, level, known, node, context)
        match known.sort:
            case SymbolSort.GROUP if level == (name,):
                return self._group_key(name, place)
            case SymbolSort.INPUT:
                return t.Read(facts=self.symbols.inputs[name].facts, place=place, name=name)
            case SymbolSort.QUANTITY:
                quantity = self.symbols.quantities.get(name)
                return (
                    self.refused(node, context)
                    if quantity is None
                    else t.Read(facts=quantity.facts, place=place, name=name)
                )
            case SymbolSort.PARAMETER | SymbolSort.PERIOD:
                if name not in self.symbols.constants:
                    return self.refused(node, context)
                value, facts = self.symbols.constants[name]
                return t.Fixed(facts=facts, place=place, value=value)
            case SymbolSort.LOST:
                return self.refused(node, context)
        self.report("name-not-value", place, name=name, sort=str(known.sort), variant=str(known.sort))
        return self.refused(node, context)

    def _mixed(self, name: str, level: Level, known: Symbol, node: n.Node, context: FormulaContext) -> t.Term:
        """A value of finer rows, or of rows that have nothing to do with these, is read as if it were one."""
        below = self.symbols.levels.is_above(context.level, level)
        variant = "apart" if not below else "people" if level == PERSON else "" if context.level == PERSON else "rows"
        self.report(
            "level-mixed", context.place_of(node), variant=variant, name=name, details_word=level_word(level),
            here_word=level_word(context.level), others=(Other(known.place),),
        )  # fmt: skip
        return self.refused(node, context)

    def _group_key(self, name: str, place: Place) -> t.Term:
        """The key of the group itself, where a formula of the group, or of its rows, reads it."""
        internal = f"group({name})"
        if internal not in self.symbols.inputs:
            own = self.symbols.inputs.get(name)
            facts = evolve(own.facts, may_miss=False) if own is not None else Facts(KEY)
            definition = Input(internal, "key", place)
            self.symbols.inputs[internal] = CheckedInput(definition, facts, 0, (name,))
        return t.Read(facts=self.symbols.inputs[internal].facts, place=place, name=internal)

    def _unknown_name(self, name: str, node: n.Node, context: FormulaContext) -> None:
        self.unknown_at(name, context.place_of(node), context)

    def unknown_at(self, name: str, place: Place, context: FormulaContext) -> None:
        """Report a name that nobody defines, and the one that may be meant: never the one that is being defined."""
        if name in CANONICAL:
            self.report("name-not-value", place, name=name, sort="function", variant="function")
            return
        family = next((one for one in self.symbols.families.values() if self._is_local(name, one)), None)
        if family is not None and context.family is None:
            self.report("name-unknown", place, variant="member", name=name, family=family.name,
                        member=family.members[0] if family.members else "")  # fmt: skip
            return
        candidates = self._candidates(context) if self.symbols.guesses else []
        same = tuple(x for x in candidates if in_latin(x) == in_latin(name) and x != name)
        close = same or self.symbols.guesses.nearest(name, candidates)
        known = self.symbols.names.get(close[0]) if close else None
        differing = lookalike(name, close[0]) if close and known else None
        one, other = differing or ("", "")
        self.report(
            "name-unknown", place, name=name, near=close[0] if close else "", one=one, other=other,
            variant="" if not close else "near" if differing is None else "lookalike",
            line=str(known.place.line) if known else "", others=(Other(known.place),) if known else (),
        )  # fmt: skip

    def _is_local(self, name: str, family: Family) -> bool:
        return name in family.locals or any(name in constants for constants in family.constants.values())

    def _candidates(self, context: FormulaContext) -> list[str]:
        """The names that an author may have meant."""
        own = context.owner.removeprefix("value(").removesuffix(")")
        candidates = [x for x in self.symbols.names if not x.startswith("value(") and x != own]
        candidates += list(context.arguments)
        return candidates + list(context.family.locals) if context.family is not None else candidates


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
