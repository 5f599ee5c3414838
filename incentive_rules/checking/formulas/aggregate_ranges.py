"""Which rows an aggregate runs over, and at which level its value stands: named by `over` and `within`, or inferred."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from ...base.places import Place
from ...base.words import both, in_language
from ...lang import nodes as n
from ...lang.aggregates import OVER_ROWS, AggregateFunction
from ...lang.functions import EVERYONE as EVERYONE_WORDS
from ...lang.functions import MEANS_EVERYONE, OF_ROWS, OTHERS
from ...lang.made_names import MadeName, sort_of
from ...lang.types import Kind
from ...model.levels import EVERYONE, PERSON, Level, most_rows
from ..names.dependencies import names_in
from ..names.level_inference import MemberNames, over_of, source_of, within_level
from ..names.symbols import SymbolSort
from .context import FormulaContext
from .named_values import report_unknown_name
from .reader import FormulaReader, level_word, spelled


@frozen
class Range:
    """What an aggregate runs over: rows of `source`, and the `level` where its value stands."""

    source: Level
    level: Level
    others: bool = False


def range_of(reader: FormulaReader, name: str, node: n.Call, context: FormulaContext) -> Range | None:
    """The rows that an aggregate runs over and where its value stands; None, and reported, if that is unclear."""
    source = _source(reader, node, context)
    if source is None:
        return None
    entry, options = OVER_ROWS[name], dict(node.options)
    within, others = options.get("within"), over_of(node) in OTHERS
    if within is not None:
        level = _group(reader, within, context)
        if level is None:
            return None
        if level == source or not reader.symbols.levels.is_above(level, source):
            here, details = level_word(level), level_word(source)
            reader.report("within-apart", context.place_of(within), name_word=here, details_word=details)
            return None
    else:
        level = _level_unsaid(reader, entry, source, node, context, others)
        if level == EVERYONE and not others and _is_of_a_group(reader, source, context):
            reader.report(
                "over-whole", context.place_of(node), name=over_of(node) or "", here_word=level_word(context.level)
            )
    if others and (not entry.of_others or context.level != PERSON):
        reader.report("others-where", context.place_of(node), name_word=spelled(node.function))
        return None
    stands = source if entry.of_each_row or others else level
    if not reader.symbols.levels.is_above(stands, context.level):
        reader.report(
            "level-mixed", context.place_of(node), variant="value", name=context.place_of(node).text,
            details_word=level_word(stands), here_word=level_word(context.level),
        )  # fmt: skip
        return None
    return Range(source, level, others)


def _level_unsaid(
    reader: FormulaReader, entry: AggregateFunction, source: Level, node: n.Call, context: FormulaContext, others: bool
) -> Level:
    """Whose rows come together where no `within` says it.

    Rows of details are one owner's, those of the formula's own row where they lie below it. People and groups
    are everybody's; in the formula of a group, and without an `over`, those of the group.
    """
    levels = reader.symbols.levels
    inside = context.level != source and levels.is_above(context.level, source)
    first = levels[source].owners[0]
    along = entry.of_each_row and entry.is_ordered
    if along or (levels[source].sort == "details" and not others):
        return context.level if inside and not entry.of_each_row else first
    return context.level if over_of(node) is None and _is_of_a_group(reader, source, context) else EVERYONE


def _is_of_a_group(reader: FormulaReader, source: Level, context: FormulaContext) -> bool:
    """Whether the formula is one of a group to which each row of `source` belongs."""
    levels = reader.symbols.levels
    return levels[context.level].sort == "group" and levels.is_above(context.level, source) and context.level != source


def _group(reader: FormulaReader, within: n.Expression, context: FormulaContext) -> Level | None:
    level = within_level(within.name, reader.symbols) if isinstance(within, n.Name) else None
    if level is None:
        text = context.place_of(within).text
        report_unknown_group(reader, text, context.place_of(within))
        return None
    if isinstance(within, n.Name):
        reader.symbols.used.add(within.name)
    return level


def report_unknown_group(reader: FormulaReader, text: str, place: Place) -> None:
    """Report a word that is no group, unless its definition was lost."""
    if reader.symbols.is_lost(text):
        return
    own = reader.symbols.inputs.get(text)
    groups = [level[0] for level in reader.symbols.levels if reader.symbols.levels[level].sort == "group"]
    everyone = in_language(reader.symbols.scheme.keyword_language, *EVERYONE_WORDS)
    close = (everyone,) if text.casefold() in MEANS_EVERYONE else reader.symbols.guesses.nearest(text, groups)
    variant = "missing" if own is not None and own.facts.may_miss else "near" if close else ""
    variant = "others" if text in OTHERS else variant
    named = [x for x in groups if x not in EVERYONE_WORDS]
    kind = None if own is None else own.facts.type.kind
    if not variant and kind is not None and kind is not Kind.CATEGORY:
        variant = "kind"
    reader.report(
        "group-unknown", place, variant=variant, name=text, near=close[0] if close else "",
        groups_word=both(", ".join(["everyone", *named]), "、".join(["全体", *named])), kind_word=str(kind),
    )  # fmt: skip


def _source(reader: FormulaReader, node: n.Call, context: FormulaContext) -> Level | None:
    """The level of the rows, None (reported) if there is none."""
    over = dict(node.options).get("over")
    lost = _lost_names(reader, node, context)
    if lost:
        return None
    inside = MemberNames(context.family, context.member) if context.family is not None else MemberNames()
    source = source_of(node, reader.symbols, inside, context.level)
    if source is not None:
        if isinstance(over, n.Name):
            reader.symbols.used.add(over.name)
            if over.name in reader.symbols.selections:
                reader.symbols.used.add(reader.symbols.selections[over.name].over)
        return None if _gathers_groups(reader, node, source, context) else source
    if isinstance(over, n.Name) and reader.symbols.names.get(over.name) is not None:
        known = reader.symbols.names[over.name]
        if known.sort is SymbolSort.LOST:
            return None
    if over is not None:
        sources = _sources(reader)
        text = over.name if isinstance(over, n.Name) else context.place_of(over).text
        everyone = in_language(reader.symbols.scheme.keyword_language, *EVERYONE_WORDS)
        close = (everyone,) if text.casefold() in MEANS_EVERYONE else reader.symbols.guesses.nearest(text, sources)
        reader.report(
            "over-unknown", context.place_of(over), name=text, near=close[0] if close else "",
            sources=", ".join(sources), variant="near" if close else "",
        )  # fmt: skip
        return None
    levels = {reader.symbols.level_of(x) for part in _parts(node) for x in names_in(part, reader.symbols.families)}
    tables = [level[0] for level in reader.symbols.levels if level in levels and _is_details(reader, level)]
    of_people = bool(levels) and not tables and PERSON in levels
    groups = [level[0] for level in reader.symbols.levels[PERSON].owners if level != EVERYONE]
    ranked = [x[0] for x in levels if x is not None and reader.symbols.levels[x].sort == "group"]
    of_group = OVER_ROWS[node.function].of_each_row and bool(ranked) and not of_people and not tables
    reader.report(
        "over-needed", context.place_of(node), name_word=spelled(node.function), tables=", ".join(tables),
        sources=", ".join(_sources(reader)), groups=", ".join(groups), text=context.place_of(node).text,
        group=ranked[0] if ranked else "",
        variant="two" if len(tables) > 1 else "group" if of_group else "" if not of_people
        else "people" if groups else "everyone",
    )  # fmt: skip
    return None


def _gathers_groups(reader: FormulaReader, node: n.Call, source: Level, context: FormulaContext) -> bool:
    """Whether rows are meant where groups are named: `mean(points, over=department)`; and reported."""
    if reader.symbols.levels[source].sort != "group":
        return False
    for part in node.arguments:
        for name in names_in(part, reader.symbols.families, context.family, context.member):
            level = reader.symbols.level_of(name)
            if level is not None and level != source and reader.symbols.levels.is_above(source, level):
                rows = both("everyone", "全体") if level == PERSON else level[0]
                reader.report(
                    "level-mixed", context.place_of(node), variant="over", name=name, here_word=level_word(source),
                    details_word=level_word(level), rows_word=rows,
                )  # fmt: skip
                return True
    return False


def _sources(reader: FormulaReader) -> list[str]:
    """What `over=` may name."""
    sorts = (SymbolSort.DETAILS, SymbolSort.FAMILY, SymbolSort.GROUP, SymbolSort.SELECTION)
    everyone = in_language(reader.symbols.scheme.keyword_language, *EVERYONE_WORDS)
    groups = [level[0] for level in reader.symbols.levels if reader.symbols.levels[level].sort == "group"]
    return list(dict.fromkeys([everyone, *groups, *(x for x, k in reader.symbols.names.items() if k.sort in sorts)]))


def _is_details(reader: FormulaReader, level: Level) -> bool:
    return reader.symbols.levels[level].sort == "details"


def _lost_names(reader: FormulaReader, node: n.Call, context: FormulaContext) -> bool:
    """Whether the formula reads a name that nobody defines (reported) or whose definition was lost."""
    lost, told = False, set[str]()
    for part in _parts(node):
        for name in sorted(set(names_in(part, reader.symbols.families, context.family, context.member)) - told):
            known = reader.symbols.names.get(name)
            if known is None and name not in context.arguments and not _is_word(reader, name):
                found = next((x for x in n.in_reading_order(part) if isinstance(x, n.Name) and x.name == name), part)
                report_unknown_name(reader, name, context.place_of(found), context)
                told.add(name)
            lost = lost or name in told or (known is not None and known.sort is SymbolSort.LOST)
    return lost


def _is_word(reader: FormulaReader, name: str) -> bool:
    """Whether it is a word of ours, or of whose rows another aggregate speaks: no name of a value."""
    made = sort_of(name) in (MadeName.VALUE, MadeName.AWARD)
    ours = name in OVER_ROWS or name in EVERYONE_WORDS or name in OTHERS or made
    return ours or any(level[0] == name for level in reader.symbols.levels if level)


def most_rows_of(reader: FormulaReader, found: Range) -> Fraction:
    """How many rows can come together in one value."""
    return Fraction(most_rows(reader.symbols.scheme, reader.symbols.levels, found.source, found.level))


def _parts(node: n.Call) -> list[n.Expression]:
    return [*node.arguments, *(value for key, value in node.options if key in OF_ROWS)]
