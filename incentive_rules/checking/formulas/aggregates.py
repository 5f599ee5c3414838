"""Aggregates: what they run over, where their value stands, and what is known of it.

f(formula, over=, where=, within=)    over the rows of a level: details, groups, everyone, others
f(formula, over=family)               over the members of a `repeat` family, or the parts of a group
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from attrs import evolve, frozen

from ...base.places import Place
from ...base.words import both
from ...lang import nodes as n
from ...lang.functions import CHINESE, MEANS_EVERYONE, OF_ROWS, OTHERS, OVER_ROWS, PART
from ...lang.functions import EVERYONE as EVERYONE_WORDS
from ...lang.types import ORDERED, PLAIN, WHOLE, Bounds, Facts, Kind
from ...model import terms as t
from ...model.levels import EVERYONE, PERSON, Level, most_rows
from ..names.dependencies import names_in
from ..names.level_inference import OF_EACH_ROW, MemberNames, over_of, source_of, within_level
from ..names.symbols import SymbolSort
from ..ranges.bounds import add_bounds, hull, multiply_bounds
from ..ranges.prover import Assumptions
from .context import FormulaContext
from .operators import Operations
from .reader import level_word, spelled, unknown

ZERO = Bounds(Fraction(0), Fraction(0))
OF_CONDITION = ("count", "share")
OF_OTHERS = ("count", "sum", "mean", "share")
OF_ANY_KIND = ("latest",)
OF_NUMBERS = ("sum", "mean", "variance", "min", "max", "best", "latest", "percentile", "running")


@frozen
class Range:
    """What an aggregate runs over: rows of `source`, and the `level` where its value stands."""

    source: Level
    level: Level
    others: bool = False


class KnownOfRows(Protocol):
    """What `require` makes known of rows (`checking.quantities.premises`)."""

    def base(self, level: Level) -> Assumptions:
        """What is known of every row of `level`."""

    def below(self, assumptions: Assumptions, level: Level) -> Assumptions:
        """What is known of a row of `level` that belongs to a row of which `assumptions` hold."""


class Aggregates(Operations):
    """Reads `f(formula, over=, where=, within=)`; the level is inferred where `over` is left out."""

    premises: KnownOfRows

    def aggregate(self, name: str, node: n.Call, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        entry, place = OVER_ROWS[name], context.place_of(node)
        options = dict(node.options)
        strange = [key for key in options if key not in entry.options]
        wanted = 0 if not entry.needs_formula and not node.arguments else 2 if name == "percentile" else 1
        if strange:
            self.option_unknown(strange[0], entry.options, node, context)
            return self.refused(node, context)
        if len(node.arguments) != wanted:
            self.report(
                "arguments", place, name_word=spelled(node.function), wanted="2" if name == "percentile" else "1",
                found=str(len(node.arguments)), example=entry.example,
            )  # fmt: skip
            return self.refused(node, context)
        over = over_of(node)
        if over in self.symbols.families or over in self.symbols.parts_of:
            return self._fold(name, node, context, assumptions)
        if context.gathering or context.function is not None:
            self.report("aggregate-inside", place, name_word=spelled(node.function))
            return self.refused(node, context)
        found = self._range(name, node, context)
        return self.refused(node, context) if found is None else self.over_rows(name, found, node, context, assumptions)

    def option_unknown(self, option: str, options: Sequence[str], node: n.Call, context: FormulaContext) -> None:
        """Report an option that this function does not take, at its value: an option has no place of its own."""
        value = dict(node.options)[option]
        own = both(*(" ".join(f"{name}=" for name in names) for names in (options, [CHINESE[x] for x in options])))
        self.report(
            "arguments", context.place_of(value), variant="option" if options else "option-none", options_word=own,
            name_word=spelled(node.function), option_word=spelled(option),
        )  # fmt: skip

    def over_rows(
        self, name: str, found: Range, node: n.Call, context: FormulaContext, assumptions: Assumptions
    ) -> t.Term:
        """The term of an aggregate over the rows of a level (`checking.row_aggregates`)."""
        raise NotImplementedError

    # ── what it runs over ────────────────────────────────────────────────────────────────────────

    def _range(self, name: str, node: n.Call, context: FormulaContext) -> Range | None:
        """The rows that an aggregate runs over and where its value stands; None, and reported, if that is unclear."""
        source = self._source(node, context)
        if source is None:
            return None
        options = dict(node.options)
        within, others = options.get("within"), over_of(node) in OTHERS
        if within is not None:
            level = self._group(within, context)
            if level is None:
                return None
            if level == source or not self.symbols.levels.is_above(level, source):
                here, details = level_word(level), level_word(source)
                self.report("within-apart", context.place_of(within), name_word=here, details_word=details)
                return None
        else:
            level = self._level_unsaid(name, source, node, context, others)
            if level == EVERYONE and not others and self._is_of_a_group(source, context):
                self.report(
                    "over-whole", context.place_of(node), name=over_of(node) or "", here_word=level_word(context.level)
                )
        if others and (name not in OF_OTHERS or context.level != PERSON):
            self.report("others-where", context.place_of(node), name_word=spelled(node.function))
            return None
        stands = source if name in OF_EACH_ROW or others else level
        if not self.symbols.levels.is_above(stands, context.level):
            self.report(
                "level-mixed", context.place_of(node), variant="value", name=context.place_of(node).text,
                details_word=level_word(stands), here_word=level_word(context.level),
            )  # fmt: skip
            return None
        return Range(source, level, others)

    def _level_unsaid(self, name: str, source: Level, node: n.Call, context: FormulaContext, others: bool) -> Level:
        """Whose rows come together where no `within` says it.

        Rows of details are one owner's, those of the formula's own row where they lie below it. People and groups
        are everybody's; in the formula of a group, and without an `over`, those of the group.
        """
        levels = self.symbols.levels
        inside = context.level != source and levels.is_above(context.level, source)
        first = levels[source].owners[0]
        if name == "running" or (levels[source].sort == "details" and not others):
            return context.level if inside and name not in OF_EACH_ROW else first
        return context.level if over_of(node) is None and self._is_of_a_group(source, context) else EVERYONE

    def _is_of_a_group(self, source: Level, context: FormulaContext) -> bool:
        """Whether the formula is one of a group to which each row of `source` belongs."""
        levels = self.symbols.levels
        return (
            levels[context.level].sort == "group" and levels.is_above(context.level, source) and context.level != source
        )

    def _group(self, within: n.Expression, context: FormulaContext) -> Level | None:
        level = within_level(within.name, self.symbols) if isinstance(within, n.Name) else None
        if level is None:
            text = context.place_of(within).text
            self.group_unknown(text, context.place_of(within))
            return None
        if isinstance(within, n.Name):
            self.symbols.used.add(within.name)
        return level

    def group_unknown(self, text: str, place: Place) -> None:
        """Report a word that is no group, unless its definition was lost."""
        if self.symbols.is_lost(text):
            return
        own = self.symbols.inputs.get(text)
        groups = [level[0] for level in self.symbols.levels if self.symbols.levels[level].sort == "group"]
        everyone = EVERYONE_WORDS[self.symbols.scheme.keyword_language == "zh"]
        close = (everyone,) if text.casefold() in MEANS_EVERYONE else self.symbols.guesses.nearest(text, groups)
        variant = "missing" if own is not None and own.facts.may_miss else "near" if close else ""
        variant = "others" if text in OTHERS else variant
        named = [x for x in groups if x not in EVERYONE_WORDS]
        kind = None if own is None else own.facts.type.kind
        if not variant and kind is not None and kind is not Kind.CATEGORY:
            variant = "kind"
        self.report(
            "group-unknown", place, variant=variant, name=text, near=close[0] if close else "",
            groups_word=both(", ".join(["everyone", *named]), "、".join(["全体", *named])), kind_word=str(kind),
        )  # fmt: skip

    def _source(self, node: n.Call, context: FormulaContext) -> Level | None:
        """The level of the rows, None (reported) if there is none."""
        over = dict(node.options).get("over")
        lost = self._lost_names(node, context)
        if lost:
            return None
        inside = MemberNames(context.family, context.member) if context.family is not None else MemberNames()
        source = source_of(node, self.symbols, inside, context.level)
        if source is not None:
            if isinstance(over, n.Name):
                self.symbols.used.add(over.name)
                if over.name in self.symbols.selections:
                    self.symbols.used.add(self.symbols.selections[over.name].over)
            return None if self._gathers_groups(node, source, context) else source
        if isinstance(over, n.Name) and self.symbols.names.get(over.name) is not None:
            known = self.symbols.names[over.name]
            if known.sort is SymbolSort.LOST:
                return None
        if over is not None:
            sources = self._sources()
            text = over.name if isinstance(over, n.Name) else context.place_of(over).text
            everyone = EVERYONE_WORDS[self.symbols.scheme.keyword_language == "zh"]
            close = (everyone,) if text.casefold() in MEANS_EVERYONE else self.symbols.guesses.nearest(text, sources)
            self.report(
                "over-unknown", context.place_of(over), name=text, near=close[0] if close else "",
                sources=", ".join(sources), variant="near" if close else "",
            )  # fmt: skip
            return None
        levels = {self.symbols.level_of(x) for part in _parts(node) for x in names_in(part, self.symbols.families)}
        tables = [level[0] for level in self.symbols.levels if level in levels and self._is_details(level)]
        of_people = bool(levels) and not tables and PERSON in levels
        groups = [level[0] for level in self.symbols.levels[PERSON].owners if level != EVERYONE]
        ranked = [x[0] for x in levels if x is not None and self.symbols.levels[x].sort == "group"]
        of_group = node.function in OF_EACH_ROW and bool(ranked) and not of_people and not tables
        self.report(
            "over-needed", context.place_of(node), name_word=spelled(node.function), tables=", ".join(tables),
            sources=", ".join(self._sources()), groups=", ".join(groups), text=context.place_of(node).text,
            group=ranked[0] if ranked else "",
            variant="two" if len(tables) > 1 else "group" if of_group else "" if not of_people
            else "people" if groups else "everyone",
        )  # fmt: skip
        return None

    def _gathers_groups(self, node: n.Call, source: Level, context: FormulaContext) -> bool:
        """Whether rows are meant where groups are named: `mean(points, over=department)`; and reported."""
        if self.symbols.levels[source].sort != "group":
            return False
        for part in node.arguments:
            for name in names_in(part, self.symbols.families, context.family, context.member):
                level = self.symbols.level_of(name)
                if level is not None and level != source and self.symbols.levels.is_above(source, level):
                    rows = both("everyone", "全体") if level == PERSON else level[0]
                    self.report(
                        "level-mixed", context.place_of(node), variant="over", name=name, here_word=level_word(source),
                        details_word=level_word(level), rows_word=rows,
                    )  # fmt: skip
                    return True
        return False

    def _sources(self) -> list[str]:
        """What `over=` may name."""
        sorts = (SymbolSort.DETAILS, SymbolSort.FAMILY, SymbolSort.GROUP, SymbolSort.SELECTION)
        everyone = EVERYONE_WORDS[self.symbols.scheme.keyword_language == "zh"]
        groups = [level[0] for level in self.symbols.levels if self.symbols.levels[level].sort == "group"]
        return list(dict.fromkeys([everyone, *groups, *(x for x, k in self.symbols.names.items() if k.sort in sorts)]))

    def _is_details(self, level: Level) -> bool:
        return self.symbols.levels[level].sort == "details"

    def _lost_names(self, node: n.Call, context: FormulaContext) -> bool:
        """Whether the formula reads a name that nobody defines (reported) or whose definition was lost."""
        lost, told = False, set[str]()
        for part in _parts(node):
            for name in sorted(set(names_in(part, self.symbols.families, context.family, context.member)) - told):
                known = self.symbols.names.get(name)
                if known is None and name not in context.arguments and not self._is_word(name):
                    found = next(
                        (x for x in n.in_reading_order(part) if isinstance(x, n.Name) and x.name == name), part
                    )
                    self._unknown_name(name, found, context)
                    told.add(name)
                lost = lost or name in told or (known is not None and known.sort is SymbolSort.LOST)
        return lost

    def _is_word(self, name: str) -> bool:
        """Whether it is a word of ours, or of whose rows another aggregate speaks: no name of a value."""
        ours = name in OVER_ROWS or name in EVERYONE_WORDS or name in OTHERS or name.startswith(("value(", "award("))
        return ours or any(level[0] == name for level in self.symbols.levels if level)

    # ── what is aggregated ───────────────────────────────────────────────────────────────────────

    def row_value(self, name: str, node: n.Call, context: FormulaContext, assumptions: Assumptions) -> t.Term | None:
        """The formula of an aggregate, read where its rows stand; None where it has none."""
        if not node.arguments:
            return None
        argument = node.arguments[0]
        value = self.read(argument, context, assumptions)
        if unknown(value):
            return value
        kind = value.facts.type.kind
        if name in OF_CONDITION and kind is not Kind.BOOLEAN:
            text = context.place_of(argument).text
            self.report("count-condition", context.place_of(argument), name_word=spelled(node.function), text=text)
            return self.refused(argument, context)
        ordered = name in ("min", "max", "percentile") and kind in ORDERED
        if name not in (*OF_CONDITION, *OF_ANY_KIND) and kind is not Kind.NUMBER and not ordered:
            self.report("number-needed", context.place_of(argument), kind_word=self.kind(value))
            return self.refused(argument, context)
        return value

    def _parts(
        self, name: str, node: n.Call, context: FormulaContext, assumptions: Assumptions
    ) -> tuple[t.Term | None, t.Term | None]:
        """The value and the condition of an aggregate, read where its members stand."""
        condition = dict(node.options).get("where")
        where = None
        if condition is not None:
            where = self.condition(condition, context, assumptions)
            if not unknown(where):
                assumptions = self.term_facts.assume(where, True, assumptions)
        return self.row_value(name, node, context, assumptions), where

    def most_rows(self, found: Range) -> Fraction:
        """How many rows can come together in one value."""
        return Fraction(most_rows(self.symbols.scheme, self.symbols.levels, found.source, found.level))

    # ── members ──────────────────────────────────────────────────────────────────────────────────

    def _fold(self, name: str, node: n.Call, context: FormulaContext, assumptions: Assumptions) -> t.Term:
        over = over_of(node)
        most = dict(node.options).get("n")
        self.symbols.used.add(over or "")
        if "within" in dict(node.options) or name not in FOLDED:
            self.report("over-members", context.place_of(node), name_word=spelled(node.function), over=over or "")
            return self.refused(node, context)
        if name == "best" and not (
            isinstance(most, n.Number) and most.value.denominator == 1 and 1 <= most.value <= 1000
        ):
            self.report("best-n", context.place_of(node), name_word=spelled(node.function))
            return self.refused(node, context)
        if "weight" in dict(node.options):
            self.report("over-members", context.place_of(node), variant="weight", name_word=spelled(node.function),
                        over=over or "")  # fmt: skip
            return self.refused(node, context)
        frames = self._frames_of_members(over or "", node, context)
        if not frames:  # they were reported as broken
            return self.refused(node, context)
        values: list[t.Term | None] = []
        wheres: list[t.Term | None] = []
        for inner in frames:
            value, where = self._parts(name, node, inner, assumptions)
            if (value is not None and unknown(value)) or (where is not None and unknown(where)):
                return self.refused(node, context)
            values.append(value)
            wheres.append(where)
        count = int(most.value) if isinstance(most, n.Number) else 0
        facts = self._fold_facts(name, values, wheres, node, context, count)
        if facts is None:
            return self.refused(node, context)
        return t.Fold(
            facts=facts, place=context.place_of(node), function=name, values=tuple(values), wheres=tuple(wheres),
            most=count,
        )  # fmt: skip

    def _frames_of_members(self, over: str, node: n.Call, context: FormulaContext) -> list[FormulaContext]:
        """The context of each member of a family; or of each part of a group, whose score is called `part`."""
        family = self.symbols.families.get(over)
        if family is not None:
            return [evolve(context, family=family, member=member) for member in family.members]
        made = []
        for part in self.symbols.parts_of[over]:
            score = self.named(part, node, context)
            if unknown(score):
                return []
            made.append(evolve(context, arguments={**context.arguments, **dict.fromkeys(PART, score)}, parts_of=over))
        return made

    def _fold_facts(
        self,
        name: str,
        values: list[t.Term | None],
        wheres: list[t.Term | None],
        node: n.Call,
        context: FormulaContext,
        most: int,
    ) -> Facts | None:
        terms = tuple(v for v in values if v is not None)
        if name == "count":
            return Facts(WHOLE, bounds=Bounds(Fraction(0), Fraction(len(values))))
        some_left = any(v.facts.may_miss for v in terms) or any(w is not None for w in wheres)
        all_may_go = all((v is None or v.facts.may_miss) or w is not None for v, w in zip(values, wheres, strict=True))
        if name == "share":
            return Facts(PLAIN, all_may_go, Bounds(Fraction(0), Fraction(1)))
        type_ = self.alike(terms, tuple(node.arguments) * len(terms), node, context)
        if type_ is None:
            return None
        if name == "sum":
            total = ZERO
            for v in terms:
                total = add_bounds(total, hull(v.facts.bounds, ZERO) if some_left else v.facts.bounds)
            return Facts(type_, bounds=total)
        around = self.hull_of(terms)
        if name == "best":
            around = multiply_bounds(hull(around, ZERO), Bounds(Fraction(0), Fraction(most)))
        whole = type_.whole and name != "mean"
        return Facts(evolve(type_, whole=whole, literal=False), all_may_go, around)


FOLDED = ("count", "sum", "mean", "share", "min", "max", "best")


def _parts(node: n.Call) -> list[n.Expression]:
    return [*node.arguments, *(value for key, value in node.options if key in OF_ROWS)]
