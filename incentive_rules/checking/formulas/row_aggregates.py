"""Aggregates over the rows of a level: the condition, the value, and what is known of the result."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from ...base.words import both
from ...lang import nodes as n
from ...lang.aggregates import OVER_ROWS, AggregateFunction, Gives
from ...lang.made_names import MadeName
from ...lang.types import ANY, BOOLEAN, ORDERED, PLAIN, WHOLE, Bounds, Facts, Kind
from ...model import terms as t
from ...model.levels import PERSON, Level
from ..names.level_inference import over_of
from ..ranges.bounds import AT_ZERO, hull, multiply_bounds
from ..ranges.prover import Assumptions
from .aggregate_ranges import Range, most_rows_of
from .aggregated_values import aggregated_value
from .context import FormulaContext
from .divisor_levels import divisor_varies
from .options import best_count, count_bound, mean_weight, option_word_of, order_terms, percentile_fraction
from .reader import FormulaReader, unknown
from .type_rules import product


@frozen
class _RowCall:
    """An aggregate over the rows `found`: the call in its `context`, and what was read in that of its rows, `inner`."""

    node: n.Call
    found: Range
    context: FormulaContext
    inner: FormulaContext
    assumptions: Assumptions
    value: t.Term | None
    where: t.Term | None


def read_row_aggregate(
    reader: FormulaReader, name: str, found: Range, node: n.Call, context: FormulaContext, assumptions: Assumptions
) -> t.Term:
    """The term of an aggregate over the rows `found`."""
    entry, place = OVER_ROWS[name], context.place_of(node)
    # Rows of this very row are known by what is known of it; of other people's nothing but what holds of all.
    own = found.level == context.level and found.source != context.level
    inner = evolve(context, level=found.source, gathering=True, zero_is_missing=False)
    rows, beside = reader.premises, assumptions
    outer = rows.below(assumptions, found.source) if own else rows.base(found.source)
    where, assumptions = _where(reader, node, inner, outer)
    value = aggregated_value(reader, name, node, inner, assumptions)
    if (value is not None and unknown(value)) or (where is not None and unknown(where)):
        return reader.refused(node, context)
    if any(_compares_itself(reader, x, found, node, context) for x in (value, where) if x is not None):
        return reader.refused(node, context)
    # A place is found by comparing quotients, whatever their divisors; added up are only those of one divisor.
    whole = not entry.of_conditions and entry.gives is not Gives.PLACE
    here = None if entry.is_ordered else found.level
    if value is not None and whole and divisor_varies(value, here, reader.symbols):
        argument = context.place_of(node.arguments[0])
        reader.report("exact-aggregated", argument, text=argument.text)
        return reader.refused(node, context)
    call = _RowCall(node, found, context, inner, assumptions, value, where)
    if name in _OF_EACH_ROW:
        return _OF_EACH_ROW[name](reader, call)
    if "weight" in dict(node.options):
        return _weighted_mean(reader, call)
    takes = entry.options
    order = order_terms(reader, node, inner, assumptions) if entry.is_ordered else ()
    fraction = percentile_fraction(reader, node, context) if entry.most == 2 else Fraction(0)
    method = option_word_of(reader, node, context, "method", name) if "method" in takes else ""
    most = best_count(reader, node, context, beside, found.level) if "n" in takes else 0
    if order is None or fraction is None or method is None or most is None:
        return reader.refused(node, context)
    if method == "linear" and value is not None and value.facts.type.kind is not Kind.NUMBER:
        # Between two days there is no third one, halfway or at a tenth of the way.
        reader.report("number-needed", context.place_of(node.arguments[0]), kind_word=reader.kind_word(value))
        return reader.refused(node, context)
    times = count_bound(most) if "n" in takes else most_rows_of(reader, found)
    facts = _facts(entry, value, times, method)
    made = t.Aggregate(
        facts=facts, place=place, function=name, source=found.source, level=found.level, value=value, where=where,
        others=found.others, most=most, order=order, method=method, fraction=fraction,
    )  # fmt: skip
    # A branch of the formula may have narrowed the value, and the aggregate may stand in others too.
    branched = own and assumptions is not rows.base(context.level)
    if not found.others and not (branched and value is not None and not isinstance(value, t.Read)):
        _note_parts(reader, made, found)
    return made


def _note_parts(reader: FormulaReader, whole: t.Aggregate, found: Range) -> None:
    """A row is one of those that its group counts and adds up: no more than the sum, or than n times the mean.

    And a sum is no less than the least value for each row that counts.
    """
    term_facts, value = reader.term_facts, whole.value
    if value is None:
        _note_members(reader, whole, found)
        return
    bounds = term_facts.declared.get(value.name, ANY) if isinstance(value, t.Read) else value.facts.bounds
    never_negative = bounds.low is not None and bounds.low >= 0
    if whole.where is None and whole.function in ("max", "min"):
        term_facts.note_part(whole, value, Fraction(1), found.source, least=whole.function == "min")
    elif whole.where is None and whole.function in ("sum", "mean") and never_negative:
        times = Fraction(1) if whole.function == "sum" else most_rows_of(reader, found)
        term_facts.note_part(whole, value, times, found.source)
    if whole.function == "sum":
        for count in counting_terms(whole, most_rows_of(reader, found)):
            term_facts.note_between(whole, count, bounds)
            _note_members(reader, count, found)


def _note_members(reader: FormulaReader, count: t.Aggregate, found: Range) -> None:
    """A row is counted with the others of its group; a group that people alone make has one at least."""
    if count.function != "count" or count.value is not None or count.where is not None:
        return
    levels = reader.symbols.levels
    below = [one for one in levels if found.level in levels[one].owners]
    made_by_people = found.source == PERSON and below == [PERSON] and not levels[found.level].table
    group = made_by_people and levels[found.level].sort == "group"
    reader.term_facts.note_least(count, Fraction(1), found.level if group else found.source)


def _where(
    reader: FormulaReader, node: n.Call, inner: FormulaContext, assumptions: Assumptions
) -> tuple[t.Term | None, Assumptions]:
    """Which rows count: where the selection's condition and the call's own both hold."""
    conditions: list[tuple[n.Expression, FormulaContext]] = []
    over = over_of(node)
    selection = reader.symbols.selections.get(over or "")
    if selection is not None and selection.where is not None and selection.where.expression is not None:
        there = FormulaContext(formula=selection.where, owner=selection.name, level=inner.level, gathering=True)
        conditions.append((selection.where.expression, there))
    own = dict(node.options).get("where")
    if own is not None:
        conditions.append((own, inner))
    found: list[t.Term] = []
    for condition, there in conditions:
        term = reader.condition(condition, there, assumptions)
        if unknown(term):
            return term, assumptions
        assumptions = reader.term_facts.assume(term, True, assumptions)
        found.append(term)
    if len(found) < 2:
        return (found[0] if found else None), assumptions
    return t.Every(facts=found[0].facts, place=found[0].place, operands=tuple(found)), assumptions


def _compares_itself(
    reader: FormulaReader, formula: t.Term, found: Range, node: n.Call, context: FormulaContext
) -> bool:
    """Report where the key of a person or a group is compared with another value of the very same row.

    Who writes `where=manager == engineer` means somebody else's manager; within an aggregate over people both
    names are those of the person who is looked at.
    """
    key = _key_of(reader, found.source)

    def is_key(term: t.Term) -> bool:
        while isinstance(term, t.Read) and isinstance(reader.term_facts.meanings.get(term.name), t.Read):
            term = reader.term_facts.meanings[term.name]
        return isinstance(term, t.Read) and term.name == key

    for part in t.walk(formula):
        if not isinstance(part, t.Compared) or part.operator not in ("==", "!="):
            continue
        sides = (part.left, part.right)
        if any(isinstance(side, t.Fixed) for side in sides):
            continue
        same = reader.term_facts.key(part.left) == reader.term_facts.key(part.right)
        if same or any(map(is_key, sides)):
            texts = [side.place.text if side.place else "" for side in sides]
            place = part.place or context.place_of(node)
            reader.report(
                "compares-itself", place, variant="same" if same else "", text=place.text, left=texts[0],
                right=texts[1], key=MadeName.GROUP.inside(key),
                who_word=both("the person for whom this is computed", "本人"),
            )  # fmt: skip
            return True
    return False


def _key_of(reader: FormulaReader, source: Level) -> str:
    """The name by which people, or groups, are told apart; "" of rows of details."""
    if source == PERSON:
        return next((one.name for one in reader.symbols.scheme.inputs if one.type == "key"), "")
    return MadeName.GROUP.of(source[0]) if reader.symbols.levels[source].sort == "group" else ""


def _weighted_mean(reader: FormulaReader, call: _RowCall) -> t.Term:
    """The sum of the values, each times its weight, by the sum of the weights of the rows that have a value."""
    assert call.value is not None
    place = call.context.place_of(call.node)
    weight = mean_weight(reader, call.node, call.inner, call.assumptions)
    if weight is None:
        return reader.refused(call.node, call.context)
    times = weighed(call.value, weight, call.node, call.inner)
    if divisor_varies(times, call.found.level, reader.symbols):
        reader.report("exact-aggregated", call.inner.place_of(dict(call.node.options)["weight"]), text=place.text)
        return reader.refused(call.node, call.context)
    known = None
    if call.value.facts.may_miss:
        known = t.IsKnown(facts=Facts(BOOLEAN), place=call.value.place, operand=call.value)
    rows = tuple(one for one in (call.where, known) if one is not None)
    counted = t.Every(facts=Facts(BOOLEAN), place=place, operands=rows) if len(rows) > 1 else next(iter(rows), None)

    def added(one: t.Term, those: t.Term | None) -> t.Term:
        return t.Aggregate(
            facts=_facts(OVER_ROWS["sum"], one, most_rows_of(reader, call.found)), place=place, function="sum",
            source=call.found.source, level=call.found.level, value=one, where=those, others=call.found.others,
        )  # fmt: skip

    facts = _facts(OVER_ROWS["mean"], call.value, most_rows_of(reader, call.found))
    return t.Quotient(
        facts=facts, place=place, left=added(times, call.where), right=added(weight, counted), missing_at_zero=True
    )


# ── of each row ──────────────────────────────────────────────────────────────────────────────


def _rank(reader: FormulaReader, call: _RowCall) -> t.Term:
    """The place of each row: by the value, and by what stands under `then` where that is equal."""
    assert call.value is not None
    then = [reader.read(one, call.inner, call.assumptions) for one in n.listed_in(call.node, "then")]
    if any(map(unknown, then)):
        return reader.refused(call.node, call.context)
    for one, part in zip(then, n.listed_in(call.node, "then"), strict=True):
        if one.facts.type.kind not in ORDERED:
            reader.report("number-needed", call.inner.place_of(part), kind_word=reader.kind_word(one))
            return reader.refused(call.node, call.context)
    ties = option_word_of(reader, call.node, call.context, "ties", "rank")
    first = option_word_of(reader, call.node, call.context, "first", "rank", "high")
    if ties is None or first is None:
        return reader.refused(call.node, call.context)
    may_miss = call.where is not None or any(one.facts.may_miss for one in (call.value, *then))
    facts = Facts(WHOLE, may_miss, Bounds(Fraction(1), most_rows_of(reader, call.found)))
    return t.Ranked(
        facts=facts, place=call.context.place_of(call.node), source=call.found.source, group=call.found.level,
        keys=tuple((one, first == "high") for one in (call.value, *then)), where=call.where, ties=ties,
    )  # fmt: skip


def _running(reader: FormulaReader, call: _RowCall) -> t.Term:
    """The sum of the values up to each row, in the order that the call says."""
    assert call.value is not None
    order = order_terms(reader, call.node, call.inner, call.assumptions)
    if order is None:
        return reader.refused(call.node, call.context)
    rows = Bounds(Fraction(0), most_rows_of(reader, call.found))
    facts = Facts(
        evolve(call.value.facts.type, literal=False), call.value.facts.may_miss or call.where is not None,
        multiply_bounds(hull(call.value.facts.bounds, AT_ZERO), rows),
    )  # fmt: skip
    return t.Running(
        facts=facts, place=call.context.place_of(call.node), source=call.found.source, group=call.found.level,
        value=call.value, where=call.where, order=order,
    )  # fmt: skip


_OF_EACH_ROW = {"rank": _rank, "running": _running}


# ── what is known ────────────────────────────────────────────────────────────────────────────


def _facts(entry: AggregateFunction, value: t.Term | None, rows: Fraction, method: str = "") -> Facts:
    """What is known of the aggregate of at most so many `rows`."""
    may_miss = not entry.zero_of_none
    if entry.gives is Gives.COUNT:
        return Facts(WHOLE, may_miss, Bounds(Fraction(0), rows))
    if entry.gives is Gives.SHARE:
        return Facts(PLAIN, may_miss, Bounds(Fraction(0), Fraction(1)))
    assert value is not None
    bounds, type_ = value.facts.bounds, value.facts.type
    if entry.gives is Gives.TOTAL:
        added = multiply_bounds(hull(bounds, AT_ZERO), Bounds(Fraction(0), rows))
        return Facts(evolve(type_, literal=type_.literal and not may_miss), may_miss, added)
    if entry.gives is Gives.SQUARE:
        wide = None if bounds.low is None or bounds.high is None else (bounds.high - bounds.low) ** 2 / 4
        squared = evolve(type_, money=2 * type_.money, whole=False, literal=False, unit=None)
        return Facts(squared, may_miss, Bounds(Fraction(0), wide))
    whole = type_.whole and not entry.divides and method != "linear"
    return Facts(evolve(type_, whole=whole, literal=False), may_miss, bounds)


def counting_terms(whole: t.Aggregate, most: Fraction) -> list[t.Aggregate]:
    """The ways in which an author may count the rows, `most` at the most, that count for an aggregate."""
    value, where = whole.value, whole.where
    assert value is not None
    facts = Facts(WHOLE, bounds=Bounds(Fraction(0), most))
    found: list[tuple[t.Term | None, t.Term | None]] = []
    if value.facts.may_miss:
        found.append((t.IsKnown(facts=Facts(BOOLEAN), place=value.place, operand=value), where))
    else:
        found.append((None, where))
        if where is not None:
            found.append((where, None))
    return [evolve(whole, function="count", value=v, where=w, facts=facts, order=(), most=0) for v, w in found]


def weighed(value: t.Term, weight: t.Term, node: n.Call, inner: FormulaContext) -> t.Term:
    """A value times its weight."""
    facts = Facts(
        product(value.facts.type, weight.facts.type), value.facts.may_miss or weight.facts.may_miss,
        multiply_bounds(value.facts.bounds, weight.facts.bounds),
    )  # fmt: skip
    return t.Product(facts=facts, place=inner.place_of(node), left=value, right=weight)
