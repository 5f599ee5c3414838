"""What a name in a formula stands for: an argument, a constant, an input, a quantity, the key of a group."""

from __future__ import annotations

from attrs import evolve

from ...base.diagnostics import Other
from ...base.looks import in_latin, lookalike
from ...base.places import Place
from ...lang import nodes as n
from ...lang.functions import CANONICAL, PART, VALUE
from ...lang.keywords.words import MEMBER
from ...lang.made_names import MadeName
from ...lang.types import KEY, Facts, Kind
from ...model import terms as t
from ...model.checked import CheckedInput
from ...model.levels import PERSON, Level
from ...model.scheme import Family, Input, Literal
from ..names.constants import constant_facts, number_of, read_as
from ..names.symbols import Symbol, SymbolSort
from .context import FormulaContext
from .reader import FormulaReader, level_word

# ── names ────────────────────────────────────────────────────────────────────────────────────


def read_name(reader: FormulaReader, node: n.Name, context: FormulaContext) -> t.Term:
    """The value of a name as it is written: an argument, a constant or a local name of a member, or a full name."""
    name = node.name
    if name in context.arguments:
        if name in PART and name in reader.symbols.names:
            return _ambiguous(reader, node, context, "")
        return context.arguments[name]
    if context.family is not None and name in MEMBER and name in reader.symbols.names:
        return _ambiguous(reader, node, context, "member")
    if context.family is not None and context.member is not None and context.function is None:
        found = context.family.resolve(context.member, name)
        if isinstance(found, Literal):
            return _member_constant(found)
        name = found or name
    if name in VALUE and context.measured and name not in reader.symbols.names:
        name = context.measured
    return named_value(reader, name, node, context)


def _ambiguous(reader: FormulaReader, node: n.Name, context: FormulaContext, variant: str) -> t.Term:
    """A word of ours that is a name of the author's too, where both could be meant."""
    known = reader.symbols.names[node.name]
    reader.report("word-ambiguous", context.place_of(node), variant=variant, name=node.name, over=context.parts_of,
                others=(Other(known.place),))  # fmt: skip
    return reader.refused(node, context)


def _member_constant(literal: Literal) -> t.Term:
    for kind in (Kind.NUMBER, Kind.BOOLEAN, Kind.CATEGORY):
        value = read_as(literal, kind)
        if value is not None:
            break
    else:
        value = number_of(literal)
    return t.Fixed(facts=constant_facts(value), place=literal.place, value=value)


def named_value(reader: FormulaReader, name: str, node: n.Node, context: FormulaContext) -> t.Term:
    """The value of a full name where `node` stands."""
    place = context.place_of(node)
    known = reader.symbols.names.get(name)
    if known is None:
        report_unknown_name(reader, name, context.place_of(node), context)
        return reader.refused(node, context)
    reader.symbols.used.add(name)
    if context.function is not None and known.sort in (SymbolSort.INPUT, SymbolSort.QUANTITY):
        reader.report("function-reads", place, function=context.function, name=name)
        return reader.refused(node, context)
    level = reader.symbols.level_of(name)
    if level is not None and not reader.symbols.levels.is_above(level, context.level):
        if known.sort in (SymbolSort.INPUT, SymbolSort.GROUP) and (name,) in reader.symbols.levels.above(context.level):
            return _group_key(reader, name, place)
        return _mixed_levels(reader, name, level, known, node, context)
    match known.sort:
        case SymbolSort.GROUP if level == (name,):
            return _group_key(reader, name, place)
        case SymbolSort.INPUT:
            return t.Read(facts=reader.symbols.inputs[name].facts, place=place, name=name)
        case SymbolSort.QUANTITY:
            quantity = reader.symbols.quantities.get(name)
            return (
                reader.refused(node, context)
                if quantity is None
                else t.Read(facts=quantity.facts, place=place, name=name)
            )
        case SymbolSort.PARAMETER | SymbolSort.PERIOD:
            if name not in reader.symbols.constants:
                return reader.refused(node, context)
            value, facts = reader.symbols.constants[name]
            return t.Fixed(facts=facts, place=place, value=value)
        case SymbolSort.LOST:
            return reader.refused(node, context)
    reader.report("name-not-value", place, name=name, sort=str(known.sort), variant=str(known.sort))
    return reader.refused(node, context)


def _mixed_levels(
    reader: FormulaReader, name: str, level: Level, known: Symbol, node: n.Node, context: FormulaContext
) -> t.Term:
    """A value of finer rows, or of rows that have nothing to do with these, is read as if it were one."""
    below = reader.symbols.levels.is_above(context.level, level)
    variant = "apart" if not below else "people" if level == PERSON else "" if context.level == PERSON else "rows"
    reader.report(
        "level-mixed", context.place_of(node), variant=variant, name=name, details_word=level_word(level),
        here_word=level_word(context.level), others=(Other(known.place),),
    )  # fmt: skip
    return reader.refused(node, context)


def _group_key(reader: FormulaReader, name: str, place: Place) -> t.Term:
    """The key of the group itself, where a formula of the group, or of its rows, reads it."""
    internal = MadeName.GROUP.of(name)
    if internal not in reader.symbols.inputs:
        own = reader.symbols.inputs.get(name)
        facts = evolve(own.facts, may_miss=False) if own is not None else Facts(KEY)
        definition = Input(internal, "key", place)
        reader.symbols.inputs[internal] = CheckedInput(definition, facts, 0, (name,))
    return t.Read(facts=reader.symbols.inputs[internal].facts, place=place, name=internal)


def report_unknown_name(reader: FormulaReader, name: str, place: Place, context: FormulaContext) -> None:
    """Report a name that nobody defines, and the one that may be meant: never the one that is being defined."""
    if name in CANONICAL:
        reader.report("name-not-value", place, name=name, sort="function", variant="function")
        return
    family = next((one for one in reader.symbols.families.values() if _is_local(name, one)), None)
    if family is not None and context.family is None:
        reader.report("name-unknown", place, variant="member", name=name, family=family.name,
                    member=family.members[0] if family.members else "")  # fmt: skip
        return
    candidates = _candidates(reader, context) if reader.symbols.guesses else []
    same = tuple(x for x in candidates if in_latin(x) == in_latin(name) and x != name)
    close = same or reader.symbols.guesses.nearest(name, candidates)
    known = reader.symbols.names.get(close[0]) if close else None
    differing = lookalike(name, close[0]) if close and known else None
    one, other = differing or ("", "")
    reader.report(
        "name-unknown", place, name=name, near=close[0] if close else "", one=one, other=other,
        variant="" if not close else "near" if differing is None else "lookalike",
        line=str(known.place.line) if known else "", others=(Other(known.place),) if known else (),
    )  # fmt: skip


def _is_local(name: str, family: Family) -> bool:
    return name in family.locals or any(name in constants for constants in family.constants.values())


def _candidates(reader: FormulaReader, context: FormulaContext) -> list[str]:
    """The names that an author may have meant."""
    own = MadeName.VALUE.inside(context.owner)
    candidates = [x for x in reader.symbols.names if not MadeName.VALUE.is_of(x) and x != own]
    candidates += list(context.arguments)
    return candidates + list(context.family.locals) if context.family is not None else candidates
