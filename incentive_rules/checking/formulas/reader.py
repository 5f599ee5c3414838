"""From the syntax of a formula to its meaning: names resolved, types, missing values and bounds decided.

Each branch is read in its own situation, so that a guard proves what it guards. A part that is
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
from ..names.constants import facts_of, number_of, read_as
from ..names.symbols import Known, Sort, World
from ..ranges.prover import Situation
from .context import Frame

UNKNOWN_FACTS = Facts(UNKNOWN)
MOST_LEVELS = 170  # of a term, the author's functions written out; the parser allows 150 in one formula
ORDERED = (Kind.NUMBER, Kind.DATE, Kind.TIME)


def unknown(term: t.Term) -> bool:
    return term.facts.type.kind is Kind.UNKNOWN


class Formulas(ABC):
    """Reads formulas against one world. Calls, tables and aggregates are read by `calls` and `aggregates`."""

    def __init__(self, world: World, most_parts: int = DEFAULT_LIMITS.parts) -> None:
        self.world = world
        self.knowledge = world.knowledge
        self.report = world.findings.report
        self.parts = 0  # of all formulas so far, what is called or repeated written out
        self._most_parts = most_parts
        self._depth = 0
        self._heights: dict[int, tuple[t.Term, int]] = {}  # the term is held, so that its id stays its own

    # ── entrances ────────────────────────────────────────────────────────────────────────────────

    def read(self, node: n.Expression, frame: Frame, situation: Situation) -> t.Term:
        """The term of `node`, with all that the situation says of it."""
        if self._depth >= MOST_LEVELS:
            return self._too_large(node, frame)
        if not self.spend(1, frame):
            return self.refused(node, frame)
        self._depth += 1
        found = self._read(node, frame, situation)
        self._depth -= 1
        if unknown(found):
            return found
        found = self.knowledge.refined(found, situation)
        return found if self._height(found) else self._too_large(node, frame)

    def _height(self, term: t.Term) -> bool:
        """Note how deep a term is; false where it is too deep, functions written out."""
        levels = 1 + max((self._heights.get(id(x), (x, 0))[1] for x in t.operands(term)), default=0)
        self._heights[id(term)] = (term, levels)
        return levels <= MOST_LEVELS

    def _too_large(self, node: n.Node, frame: Frame) -> t.Term:
        self.report("too-large", frame.formula.place, name=frame.owner)
        return self.refused(node, frame)

    def spend(self, parts: int, frame: Frame) -> bool:
        """Count parts of formulas and rows of tables; false, and said once, where all are used up."""
        before, self.parts = self.parts, self.parts + parts
        if before <= self._most_parts < self.parts:
            self.report("too-large", frame.formula.place, variant="all", name=frame.owner, most=str(self._most_parts))
        return self.parts <= self._most_parts

    def condition(self, node: n.Expression, frame: Frame, situation: Situation) -> t.Term:
        """A term that is true or false, never missing; anything else is reported."""
        found = self.read(node, frame, situation)
        if unknown(found):
            return found
        if found.facts.type.kind is not Kind.BOOLEAN:
            self.report("condition-needed", frame.place_of(node), kind_word=self.kind(found))
            return self.refused(node, frame)
        if found.facts.may_miss:
            names, place = self.missing_names(found), frame.place_of(node)
            self.report(
                "condition-missing", place, variant="" if names else "text", names=", ".join(f"`{x}`" for x in names),
                name=names[0] if names else "x", text=place.text, others=self.declared_at(names),
            )  # fmt: skip
            return self.refused(node, frame)
        return found

    def number(self, node: n.Expression, frame: Frame, situation: Situation) -> t.Term:
        """A term that is a number; anything else is reported."""
        found = self.read(node, frame, situation)
        if not unknown(found) and found.facts.type.kind is not Kind.NUMBER:
            self.report("number-needed", frame.place_of(node), kind_word=self.kind(found))
            return self.refused(node, frame)
        return found

    def refused(self, node: n.Node, frame: Frame) -> t.Term:
        """What stands for a part that was reported."""
        return t.Fixed(facts=UNKNOWN_FACTS, place=frame.place_of(node), value=Fraction(0))

    # ── words for messages ───────────────────────────────────────────────────────────────────────

    def kind(self, term: t.Term) -> str:
        return "money" if term.facts.type.is_money else str(term.facts.type.kind)

    def missing_names(self, term: t.Term) -> list[str]:
        """The names in a term that may be missing, as the author would look for them."""
        return sorted({x.name for x in t.walk(term) if isinstance(x, t.Read) and x.facts.may_miss})

    def declared_at(self, names: list[str]) -> tuple[Other, ...]:
        found = [self.world.names.get(x.removeprefix("value(").removesuffix(")")) for x in names[:3]]
        return tuple(Other(known.place) for known in found if known is not None)

    def span(self, facts: Facts) -> str:
        """Between which values a term lies, as an author would write it: `[0, 50]`, or two days."""
        ends = (facts.bounds.low, facts.bounds.high)
        low, high = ("…" if end is None else shown_end(end, facts.type.kind) for end in ends)
        return f"[{low}, {high}]"

    # ── nodes ────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def _read(self, node: n.Expression, frame: Frame, situation: Situation) -> t.Term:
        """The term of one node (`operators`)."""

    @abstractmethod
    def call(self, node: n.Call, frame: Frame, situation: Situation) -> t.Term:
        """Read a call of a function, an aggregate or a table (`calls`)."""

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def _name(self, node: n.Name, frame: Frame) -> t.Term:
        place = frame.place_of(node)
        name = node.name
        if name in frame.arguments:
            if name in PART and name in self.world.names:
                return self._ambiguous(node, frame, "")
            return frame.arguments[name]
        if frame.family is not None and name in MEMBER and name in self.world.names:
            return self._ambiguous(node, frame, "member")
        if frame.family is not None and frame.member is not None and frame.function is None:
            found = frame.family.resolve(frame.member, name)
            if isinstance(found, Literal):
                return self._member_constant(found, place)
            name = found or name
        if name in VALUE and frame.measured and name not in self.world.names:
            name = frame.measured
        return self.named(name, node, frame)

    def _ambiguous(self, node: n.Name, frame: Frame, variant: str) -> t.Term:
        """A word of ours that is a name of the author's too, where both could be meant."""
        known = self.world.names[node.name]
        self.report("word-ambiguous", frame.place_of(node), variant=variant, name=node.name, over=frame.parts_of,
                    others=(Other(known.place),))  # fmt: skip
        return self.refused(node, frame)

    def _member_constant(self, literal: Literal, place: object) -> t.Term:
        for kind in (Kind.NUMBER, Kind.BOOLEAN, Kind.CATEGORY):
            value = read_as(literal, kind)
            if value is not None:
                break
        else:
            value = number_of(literal)
        return t.Fixed(facts=facts_of(value), place=literal.place, value=value)

    def named(self, name: str, node: n.Node, frame: Frame) -> t.Term:
        """The value of a full name where `node` stands."""
        place = frame.place_of(node)
        known = self.world.names.get(name)
        if known is None:
            self._unknown_name(name, node, frame)
            return self.refused(node, frame)
        self.world.used.add(name)
        if frame.function is not None and known.sort in (Sort.INPUT, Sort.QUANTITY):
            self.report("function-reads", place, function=frame.function, name=name)
            return self.refused(node, frame)
        level = self.world.level_of(name)
        if level is not None and not self.world.levels.is_above(level, frame.level):
            if known.sort in (Sort.INPUT, Sort.GROUP) and (name,) in self.world.levels.above(frame.level):
                return self._group_key(name, place)
            return self._mixed(name, level, known, node, frame)
        match known.sort:
            case Sort.GROUP if level == (name,):
                return self._group_key(name, place)
            case Sort.INPUT:
                return t.Read(facts=self.world.inputs[name].facts, place=place, name=name)
            case Sort.QUANTITY:
                quantity = self.world.quantities.get(name)
                return (
                    self.refused(node, frame)
                    if quantity is None
                    else t.Read(facts=quantity.facts, place=place, name=name)
                )
            case Sort.PARAMETER | Sort.PERIOD:
                if name not in self.world.constants:
                    return self.refused(node, frame)
                value, facts = self.world.constants[name]
                return t.Fixed(facts=facts, place=place, value=value)
            case Sort.LOST:
                return self.refused(node, frame)
        self.report("name-not-value", place, name=name, sort=str(known.sort), variant=str(known.sort))
        return self.refused(node, frame)

    def _mixed(self, name: str, level: Level, known: Known, node: n.Node, frame: Frame) -> t.Term:
        """A value of finer rows, or of rows that have nothing to do with these, is read as if it were one."""
        below = self.world.levels.is_above(frame.level, level)
        variant = "apart" if not below else "people" if level == PERSON else "" if frame.level == PERSON else "rows"
        self.report(
            "level-mixed", frame.place_of(node), variant=variant, name=name, details_word=level_word(level),
            here_word=level_word(frame.level), others=(Other(known.place),),
        )  # fmt: skip
        return self.refused(node, frame)

    def _group_key(self, name: str, place: Place) -> t.Term:
        """The key of the group itself, where a formula of the group, or of its rows, reads it."""
        internal = f"group({name})"
        if internal not in self.world.inputs:
            own = self.world.inputs.get(name)
            facts = evolve(own.facts, may_miss=False) if own is not None else Facts(KEY)
            definition = Input(internal, "key", place)
            self.world.inputs[internal] = CheckedInput(definition, facts, 0, (name,))
        return t.Read(facts=self.world.inputs[internal].facts, place=place, name=internal)

    def _unknown_name(self, name: str, node: n.Node, frame: Frame) -> None:
        self.unknown_at(name, frame.place_of(node), frame)

    def unknown_at(self, name: str, place: Place, frame: Frame) -> None:
        """Report a name that nobody defines, and the one that may be meant: never the one that is being defined."""
        if name in CANONICAL:
            self.report("name-not-value", place, name=name, sort="function", variant="function")
            return
        family = next((one for one in self.world.families.values() if self._is_local(name, one)), None)
        if family is not None and frame.family is None:
            self.report("name-unknown", place, variant="member", name=name, family=family.name,
                        member=family.members[0] if family.members else "")  # fmt: skip
            return
        candidates = self._candidates(frame) if self.world.guesses else []
        same = tuple(x for x in candidates if in_latin(x) == in_latin(name) and x != name)
        close = same or self.world.guesses.nearest(name, candidates)
        known = self.world.names.get(close[0]) if close else None
        differing = lookalike(name, close[0]) if close and known else None
        one, other = differing or ("", "")
        self.report(
            "name-unknown", place, name=name, near=close[0] if close else "", one=one, other=other,
            variant="" if not close else "near" if differing is None else "lookalike",
            line=str(known.place.line) if known else "", others=(Other(known.place),) if known else (),
        )  # fmt: skip

    def _is_local(self, name: str, family: Family) -> bool:
        return name in family.locals or any(name in constants for constants in family.constants.values())

    def _candidates(self, frame: Frame) -> list[str]:
        """The names that an author may have meant."""
        own = frame.owner.removeprefix("value(").removesuffix(")")
        candidates = [x for x in self.world.names if not x.startswith("value(") and x != own]
        candidates += list(frame.arguments)
        return candidates + list(frame.family.locals) if frame.family is not None else candidates


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


def names_of(term: t.Term) -> set[str]:
    """The names that a term reads."""
    return {part.name for part in t.walk(term) if isinstance(part, t.Read)}
