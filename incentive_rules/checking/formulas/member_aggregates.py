"""Aggregates over the members of a `repeat` family, or over the parts of a group: spelled out one by one."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.words import both
from ...lang import nodes as n
from ...lang.aggregates import AGGREGATES, OVER_ROWS, AggregateFunction, Gives
from ...lang.functions import PART
from ...lang.types import PLAIN, WHOLE, Bounds, Facts
from ...model import terms as t
from ..names.level_inference import over_of
from ..ranges.bounds import AT_ZERO, add_bounds, hull, multiply_bounds
from ..ranges.prover import Assumptions
from .aggregated_values import aggregated_value
from .context import FormulaContext
from .named_values import named_value
from .operators import common_type_of, hull_of_terms
from .options import best_count, count_bound
from .reader import FormulaReader, spelled, unknown

_OF_MEMBERS = [one for one in AGGREGATES if one.of_members]
_FUNCTIONS = both(
    f"{', '.join(one.name for one in _OF_MEMBERS[:-1])} or {_OF_MEMBERS[-1].name}",
    f"{'、'.join(one.chinese for one in _OF_MEMBERS[:-1])}或{_OF_MEMBERS[-1].chinese}",
)


def read_member_aggregate(
    reader: FormulaReader, name: str, node: n.Call, context: FormulaContext, assumptions: Assumptions
) -> t.Term:
    """The term of an aggregate whose members are spelled out: a value and a condition for each of them."""
    entry, over = OVER_ROWS[name], over_of(node)
    reader.symbols.used.add(over or "")
    if "within" in dict(node.options) or not entry.of_members:
        reader.report("over-members", context.place_of(node), name_word=spelled(node.function), over=over or "",
                      functions_word=_FUNCTIONS)  # fmt: skip
        return reader.refused(node, context)
    most = best_count(reader, node, context, assumptions, context.level) if "n" in entry.options else 0
    if most is None:
        return reader.refused(node, context)
    if "weight" in dict(node.options):
        reader.report("over-members", context.place_of(node), variant="weight", name_word=spelled(node.function),
                    over=over or "")  # fmt: skip
        return reader.refused(node, context)
    contexts = _contexts_of_members(reader, over or "", node, context)
    if not contexts:  # they were reported as broken
        return reader.refused(node, context)
    values: list[t.Term | None] = []
    wheres: list[t.Term | None] = []
    for inner in contexts:
        value, where = _value_and_condition(reader, name, node, inner, assumptions)
        if (value is not None and unknown(value)) or (where is not None and unknown(where)):
            return reader.refused(node, context)
        values.append(value)
        wheres.append(where)
    facts = _fold_facts(reader, entry, values, wheres, node, context, most)
    if facts is None:
        return reader.refused(node, context)
    return t.Fold(
        facts=facts, place=context.place_of(node), function=name, values=tuple(values), wheres=tuple(wheres),
        most=most,
    )  # fmt: skip


def _contexts_of_members(
    reader: FormulaReader, over: str, node: n.Call, context: FormulaContext
) -> list[FormulaContext]:
    """The context of each member of a family; or of each part of a group, whose score is called `part`."""
    family = reader.symbols.families.get(over)
    if family is not None:
        return [evolve(context, family=family, member=member) for member in family.members]
    made = []
    for part in reader.symbols.parts_of[over]:
        score = named_value(reader, part, node, context)
        if unknown(score):
            return []
        made.append(evolve(context, arguments={**context.arguments, **dict.fromkeys(PART, score)}, parts_of=over))
    return made


def _value_and_condition(
    reader: FormulaReader, name: str, node: n.Call, context: FormulaContext, assumptions: Assumptions
) -> tuple[t.Term | None, t.Term | None]:
    """The value and the condition of an aggregate, read where its members stand."""
    condition = dict(node.options).get("where")
    where = None
    if condition is not None:
        where = reader.condition(condition, context, assumptions)
        if not unknown(where):
            assumptions = reader.term_facts.assume(where, True, assumptions)
    return aggregated_value(reader, name, node, context, assumptions), where


def _fold_facts(
    reader: FormulaReader,
    entry: AggregateFunction,
    values: list[t.Term | None],
    wheres: list[t.Term | None],
    node: n.Call,
    context: FormulaContext,
    most: int | t.Term,
) -> Facts | None:
    """What is known of the aggregate of these values; None, and reported, where they are not of one type."""
    terms = tuple(v for v in values if v is not None)
    if entry.gives is Gives.COUNT:
        return Facts(WHOLE, bounds=Bounds(Fraction(0), Fraction(len(values))))
    some_left = any(v.facts.may_miss for v in terms) or any(w is not None for w in wheres)
    all_may_go = all((v is None or v.facts.may_miss) or w is not None for v, w in zip(values, wheres, strict=True))
    if entry.gives is Gives.SHARE:
        return Facts(PLAIN, all_may_go, Bounds(Fraction(0), Fraction(1)))
    type_ = common_type_of(reader, terms, node, context)
    if type_ is None:
        return None
    if entry.zero_of_none:
        total = AT_ZERO
        for v in terms:
            total = add_bounds(total, hull(v.facts.bounds, AT_ZERO) if some_left else v.facts.bounds)
        return Facts(type_, bounds=total)
    around = hull_of_terms(terms)
    if entry.gives is Gives.TOTAL:
        times = count_bound(most) if "n" in entry.options else Fraction(len(terms))
        around = multiply_bounds(hull(around, AT_ZERO), Bounds(Fraction(0), times))
        all_may_go = all_may_go or (not isinstance(most, int) and most.facts.bounds.low == 0)
    whole = type_.whole and not entry.divides
    return Facts(evolve(type_, whole=whole, literal=False), all_may_go, around)
